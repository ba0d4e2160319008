"""The dialog 我的视图: the saved views, to open, rename, delete and hand on."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from explorer.dialogs.pressing import PressingDialog
from explorer.dialogs.room import resize_on_screen
from explorer.dialogs.view_name import ViewNameDialog
from explorer.messages import show_problems
from explorer.viewing import Views
from explorer.views import Kept, delete_view, rename_view, saved_views, set_damaged_aside, write_view
from geodata.language import mark, tr
from geodata.problems import UserError

EMPTY = mark(
    "还没有保存的视图。\n\n"
    "把地图调到想要的样子（规划、产业、图层、画法、范围），点“保存当前视图…”，起一个名称；"
    "以后双击它就回到这里，也可以导出成小文件发给别人。"
)
FILE = Qt.ItemDataRole.UserRole
WIDTHS = {1: 190, 2: 170}
"""Pixels of the columns for plan and industries; the name takes what is left."""

ROW_SPACE = 8
MOST_NAMED = 3
"""Sectors that are named in the list."""


class ViewsDialog(PressingDialog):
    """A view is opened by double click or Enter and the dialog closed. A deleted one can be put back while it is open."""

    def __init__(self, views: Views) -> None:
        super().__init__(views.window)
        self._views = views
        self._kept: dict[Path, Kept] = {}
        self._deleted: list[tuple[Path, Kept]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("我的视图"))
        resize_on_screen(self, 880, 460)
        self._make_widgets()
        problems = set_damaged_aside()
        self.refresh()
        if problems:
            show_problems(self, tr("有的视图没有打开"), problems)

    def _make_widgets(self) -> None:
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("保存的视图"))
        self.list.setHeaderLabels([tr("名称"), tr("规划"), tr("产业"), tr("范围")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setAlternatingRowColors(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)
        self.empty = QLabel(tr(EMPTY))
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(48)
        self.open_button, self.rename, self.delete = (
            QPushButton(tr("打开")),
            QPushButton(tr("改名…")),
            QPushButton(tr("删除")),
        )
        self.export = QPushButton(tr("导出文件…"))
        self.save, self.open_other = QPushButton(tr("保存当前视图…")), QPushButton(tr("打开文件…"))
        self.note, self.restore = QLabel(), QPushButton(tr("放回"))
        self.shut = QPushButton(tr("关闭"))
        self._of_selected = (self.open_button, self.rename, self.delete, self.export)
        beside = QVBoxLayout()
        for button in self._of_selected:
            beside.addWidget(button)
        beside.addSpacing(16)
        for button in (self.save, self.open_other):
            beside.addWidget(button)
        beside.addStretch(1)
        beside.addWidget(self.shut)
        for button in (*self._of_selected, self.save, self.open_other, self.restore, self.shut):
            button.setAutoDefault(False)
        below = QHBoxLayout()
        below.addWidget(self.note)
        below.addWidget(self.restore)
        below.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.empty, 1)
        left.addLayout(below)
        row = QHBoxLayout(self)
        row.addLayout(left, 1)
        row.addLayout(beside)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda *_: self.open_selected())
        self.open_button.clicked.connect(self.open_selected)
        self.rename.clicked.connect(self._ask_name)
        self.delete.clicked.connect(self.delete_selected)
        self.export.clicked.connect(self._export_selected)
        self.save.clicked.connect(self._save)
        self.open_other.clicked.connect(self._open_other)
        self.restore.clicked.connect(self.put_back)
        self.shut.clicked.connect(self.reject)
        for keys, do in (
            (QKeySequence("F2"), self._ask_name),
            (QKeySequence(QKeySequence.StandardKey.Delete), self.delete_selected),
            (QKeySequence(QKeySequence.StandardKey.Undo), self.put_back),
        ):
            QShortcut(keys, self, do)
        self.rename.setToolTip("F2")
        self.delete.setToolTip(tr("Delete；删除后可以放回"))
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setVisible(False)
        self.restore.setVisible(False)

    def refresh(self, selected: Path | None = None) -> None:
        """Reads the views again; the one of this file is selected, or else the first."""
        self._kept = saved_views()
        self.list.clear()
        for file, kept in self._kept.items():
            item = QTreeWidgetItem([kept.name, kept.title, _sectors(kept), tr("局部") if kept.bounds else tr("全省")])
            item.setData(0, FILE, str(file))
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + ROW_SPACE))
            for column, words in ((0, kept.name), (1, kept.title), (2, tr("、").join(kept.sectors.values()))):
                item.setToolTip(column, f"<p>{escape(words)}</p>")
            self.list.addTopLevelItem(item)
            if file == selected:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self._kept:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        self.list.setVisible(bool(self._kept))
        self.empty.setVisible(not self._kept)
        (self.list if self._kept else self.save).setFocus()
        self._enable()

    def _enable(self) -> None:
        for button in self._of_selected:
            button.setEnabled(self.selected is not None)

    @property
    def selected(self) -> Path | None:
        """The file of the selected view."""
        items = self.list.selectedItems()
        return Path(items[0].data(0, FILE)) if items else None

    def open_selected(self) -> None:
        """Shows the selected view and closes the dialog."""
        if self.selected is not None and self._views.open_file(self.selected):
            self.accept()

    def delete_selected(self) -> None:
        """Deletes the selected view; it can be put back."""
        file = self.selected
        if file is None:
            return
        row = self.list.indexOfTopLevelItem(self.list.selectedItems()[0])
        try:
            self._deleted.append((file, delete_view(file)))
        except UserError as error:
            show_problems(self, tr("没有删除"), error.problems)
        files = list(self._kept)
        pressed = self.delete.hasFocus()
        self.refresh(files[row + 1] if row + 1 < len(files) else files[row - 1])
        if pressed and self.delete.isEnabled():
            self.delete.setFocus()  # in the list the same key would open the next view
        self._tell()

    def put_back(self) -> None:
        """Brings the view that was deleted last back."""
        if not self._deleted:
            return
        file, kept = self._deleted.pop()
        try:
            write_view(file, kept)
        except UserError as error:
            show_problems(self, tr("没有放回"), error.problems)
        self.refresh(file)
        self._tell()

    def _tell(self) -> None:
        """Which view was deleted last."""
        self.note.setText(tr("已删除“{name}”", name=self._deleted[-1][1].name) if self._deleted else "")
        self.note.setVisible(bool(self._deleted))
        self.restore.setVisible(bool(self._deleted))

    def _ask_name(self) -> None:
        file = self.selected
        if file is None:
            return
        taken = {kept.name for other, kept in self._kept.items() if other != file}
        ViewNameDialog(
            tr("视图改名"), self._kept[file].name, taken, lambda name: self._renamed(file, name), self
        ).open()

    def _renamed(self, file: Path, name: str) -> None:
        try:
            rename_view(file, name)
        except UserError as error:
            show_problems(self, tr("没有改名"), error.problems)
        self.refresh(file)

    def _save(self) -> None:
        taken = {kept.name for kept in self._kept.values()}
        name = self._views.suggested_name()
        ViewNameDialog(
            tr("保存视图"), name, taken, lambda name: self.refresh(self._views.save_as(name)), self, replace=True
        ).open()

    def _export_selected(self) -> None:
        if self.selected is not None:
            self._views.ask_export(self._kept[self.selected])

    def _open_other(self) -> None:
        self.accept()
        self._views.ask_open()


def _sectors(kept: Kept) -> str:
    names = list(kept.sectors.values())
    return tr("、").join(names) if len(names) <= MOST_NAMED else tr("{n} 个产业", n=len(names))
