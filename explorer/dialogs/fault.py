"""The dialog for an error that nobody foresaw: what happened, what to do, and the details for those who mend it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from explorer.faults import Fault, log_file
from geodata.language import mark, tr

WORDS = mark("""程序出了一个没有预料到的错误，刚才的操作可能没有完成。

您的工作没有丢失：规划数据和文件没有改动，当前视图会自动保存。可以关上这个窗口继续使用。

如果同一操作又出错，请退出后重新打开程序；仍然出错，请把“详细信息”复制给维护者。""")

WIDTH = 520


class FaultDialog(QDialog):
    """Says it in plain words; the details open on demand and can be copied."""

    def __init__(self, fault: Fault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("出了一个错误"))
        self._fault = fault
        icon = QLabel()
        pixmap = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning).pixmap(40, 40)
        icon.setPixmap(pixmap)
        self.words = QLabel(tr(WORDS))
        self.kind = QLabel(fault.line if len(fault.line) < 300 else fault.line[:300] + tr("……"))
        self.log = QLabel(tr("日志文件：{file}", file=log_file()))
        for label in (self.words, self.kind, self.log):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(fault.details)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("错误的详细信息"))
        self.text.setMinimumHeight(200)
        self.text.hide()
        self.more, self.copy, self.close_button = (
            QPushButton(tr("详细信息")),
            QPushButton(tr("复制详细信息")),
            QPushButton(tr("知道了")),
        )
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_details)
        self.copy.setToolTip(tr("把错误的详细信息复制到剪贴板"))
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self._fault.details))
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        column = QVBoxLayout()
        for label in (self.words, self.kind, self.log):
            column.addWidget(label)
        top = QHBoxLayout()
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addSpacing(10)
        top.addLayout(column, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.more)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.addLayout(top)
        whole.addWidget(self.text, 1)
        whole.addLayout(buttons)
        self.setMinimumWidth(WIDTH)
        self.close_button.setFocus()

    def _show_details(self, on: bool) -> None:
        self.text.setVisible(on)
        self.layout().activate()
        self.resize(self.width(), self.layout().totalHeightForWidth(self.width()))
