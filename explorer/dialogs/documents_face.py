"""What the dialog 规划文件 is made of; what its lists and buttons do is said elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.dialogs.document_lists import empty_list
from explorer.dialogs.pressing import PressingDialog
from explorer.dialogs.room import resize_on_screen
from geodata.language import mark, tr

INTRO = mark(
    "程序里只有名称、数字和引文的位置，没有原文。添加你手里的规划文件（Word、PDF、网页、文本），"
    "就能看到每条内容的原文。可以一次添加多个，也可以把文件或文件夹拖到这里。文件只在本机读取。"
)


class DocumentsFace(PressingDialog):
    """Plans and what is attached to them above, what runs in the middle, and the results of adding below; these are
    hidden at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("规划文件"))
        self.plans = empty_list(tr("每份规划文件和你的文件"))
        self.add, self.add_folder = QPushButton(tr("添加文件…")), QPushButton(tr("添加文件夹…"))
        self.remove = QPushButton(tr("移除"))
        self.remove.setToolTip(tr("不再使用所选规划的文件；你的文件本身不会被删除"))
        self.results_label = QLabel(tr("结果"))
        self.results = empty_list(tr("每个文件的结果"))
        self.assign = QPushButton(tr("说明是哪份规划…"))
        self.assign.setToolTip(tr("所选文件没有认出时，说明它是哪一份规划文件"))
        self.menu = QMenu(self)
        self.assign.setMenu(self.menu)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.working = QLabel()
        self.working.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cancel = QPushButton(tr("取消"))
        self.shut = QPushButton(tr("关闭"))
        self._lay_out()
        resize_on_screen(self, 760, 560)

    def _lay_out(self) -> None:
        for button in (self.add, self.add_folder, self.remove, self.assign, self.cancel, self.shut):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        for button in (self.add, self.add_folder, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.assign)
        last.addStretch(1)
        last.addWidget(self.shut)
        row = QHBoxLayout()
        row.addWidget(self.working, 2)
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        intro = QLabel(tr(INTRO))
        intro.setWordWrap(True)
        column.addWidget(intro)
        column.addWidget(self.plans, 3)
        column.addLayout(buttons)
        column.addLayout(row)
        column.addWidget(self.results_label)
        column.addWidget(self.results, 2)
        column.addLayout(last)
        for widget in (self.progress, self.working, self.cancel, self.results_label, self.results, self.assign):
            widget.setVisible(False)
