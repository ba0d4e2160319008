"""The command palette: every command of the window, found while typing, run by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from explorer.commands import Command, commands, search, syllables_of
from geodata.language import tr

if TYPE_CHECKING:
    from explorer.workbench import Workbench

WIDTH, HEIGHT = 680, 480
"""Pixels at most."""

TOP = 48
"""Pixels below the window's upper edge."""

MARK, ROW_SPACE = 24, 10
"""Pixels of the column that says what is on, and between the lines of two rows."""

LEAST_ROWS = 3
"""The height of so many rows is kept when less is found."""

COLUMNS, TEXT = 4, 1
"""Whether it is on, its words, group and shortcut."""

WIDEST = {2: "产" * 13, 3: "Ctrl+Shift+Z Ctrl+Y"}
"""Words for which group and shortcut have room; longer ones are cut."""

COMMAND = Qt.ItemDataRole.UserRole
OWN_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QFrame):
    """Lies over the window until something is run, Esc is pressed, or the focus goes elsewhere.

    No window of its own: in a popup, input methods for Chinese get no keys on some systems.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.window)
        self._bench = bench
        self._commands: Sequence[Command] = ()
        self._focus_before: QWidget | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(tr("命令面板"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("输入命令、产业、图层或视图的名称，可写拼音首字母"))
        self.field.setAccessibleName(tr("查找命令"))
        self.field.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("命令"))
        self.list.setColumnCount(COLUMNS)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(MARK)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, words in WIDEST.items():
            header.resizeSection(column, self.fontMetrics().horizontalAdvance(words) + MARK)
        header.resizeSection(0, MARK)
        self.none = QLabel()
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        self.field.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._run)
        self.field.installEventFilter(self)
        bench.window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Shows all commands as they are now; hides when they are shown already."""
        if self.isVisible():
            self.dismiss()
            return
        self._focus_before = self._bench.window.focusWidget()
        self._commands = commands(self._bench)
        Thread(target=syllables_of, args=("热",), daemon=True).start()  # loading the readings takes 0.1 s
        self.field.clear()
        self._fill()
        self.show()
        self.raise_()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Hides and gives the focus back, unless it is elsewhere already."""
        if not self.isVisible():
            return
        mine = self._bench.window.focusWidget() in (self.field, None)
        before = self._focus_before
        self.hide()
        if mine:
            (before if before is not None and isValid(before) else self._bench.canvas).setFocus()

    @property
    def listed(self) -> list[Command]:
        """The commands in the list."""
        return [self.list.topLevelItem(row).data(0, COMMAND) for row in range(self.list.topLevelItemCount())]

    def _fill(self) -> None:
        self.list.clear()
        dim = _between(self.palette().color(QPalette.ColorRole.Text), self.palette().color(QPalette.ColorRole.Base))
        off = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        items = []
        for command in search(self.field.text(), self._commands):
            item = QTreeWidgetItem(["✓" if command.on else "", command.text, command.group, command.shortcut])
            item.setData(0, COMMAND, command)
            item.setToolTip(TEXT, f"<p>{escape(command.text)}</p>")
            item.setToolTip(TEXT + 1, f"<p>{escape(command.group)}</p>")
            item.setSizeHint(0, QSize(MARK, self.fontMetrics().height() + ROW_SPACE))
            if command.on is not None:
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, tr("已打开") if command.on else tr("已关闭"))
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags if command.enabled else Qt.ItemFlag.NoItemFlags)
            for number in range(COLUMNS):
                if not command.enabled:
                    item.setForeground(number, off)
                elif number > TEXT:
                    item.setForeground(number, dim)
            items.append(item)
        self.list.addTopLevelItems(items)
        first = next((item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled), None)
        self.list.setCurrentItem(first)
        self.list.setVisible(bool(items))
        self.none.setVisible(not items)
        words = tr(
            "没有这样的命令。地点、产业、园区和项目用查找（Ctrl+F）：按回车就查找“{text}”。", text=self.field.text()
        )
        self.none.setText(words)
        self._place()

    def _place(self) -> None:
        window = self._bench.window
        rows = max(LEAST_ROWS, self.list.topLevelItemCount())
        wanted = self.field.sizeHint().height() + 32 + rows * (self.fontMetrics().height() + ROW_SPACE)
        width, height = min(WIDTH, window.width() - 32), min(HEIGHT, wanted, window.height() - TOP - 32)
        self.setGeometry((window.width() - width) // 2, TOP, width, height)

    def _run(self, item: QTreeWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        command = item.data(0, COMMAND)
        self.dismiss()
        command.run()

    def _find(self, text: str) -> None:
        """Hands what is no command on to the search."""
        self.dismiss()
        self._bench.search.look_for(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own context menu
                self.dismiss()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:  # the window has it as the shortcut of an action
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """The keys of the list, while the focus stays in the field."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.listed:
                self._run(self.list.currentItem())
            else:
                self._find(self.field.text())
        elif key in OWN_KEYS:
            self.list.keyPressEvent(event)
        else:
            return False
        return True


def _between(text: QColor, base: QColor) -> QColor:
    """A paler colour of text that still can be read: placeholders are too pale for that."""
    parts = zip(text.getRgb()[:3], base.getRgb()[:3], strict=True)
    return QColor(*(round(0.65 * over + 0.35 * under) for over, under in parts))
