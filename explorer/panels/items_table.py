"""The table of the list of sites and projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView

from explorer import listing
from explorer.listing import BASES, COLUMNS, PRECISIONS, Row
from explorer.panels.quiet import Quiet
from explorer.tables import harmless
from geodata.analysis.items import KINDS, ItemKey
from geodata.language import mark, tr

WIDTHS = (206, 110, 80, 80, 100, 78, 102, 78, 78, 116, 126, 98)
"""Least pixels of COLUMNS where a Chinese character is 13 pixels wide; the last one takes what is left. No column
is narrower than its header and FIXED."""

FIXED = {listing.KIND: KINDS, listing.PRECISION: PRECISIONS, listing.BASIS: BASES}
"""All that can be in a column, where the program itself says it."""

PADDING = 12
"""Pixels in a column beside its words."""

HOVER_SHARE = 0.2
"""How much of the accent is in the ground of a row that the pointer is over, here or on the map."""

EMPTY = mark("没有符合条件的条目。放宽上面的条件，或按“清除条件”看全部")

HEADER_TIPS = {
    listing.CATEGORY: mark("规划文件自己的叫法"),
    listing.SECTORS: mark("按该规划自己的产业划分；空白即文件没有归入某个产业"),
    listing.PRECISION: mark("知道位置到什么程度；到市的条目在地图上是空心符号"),
    listing.BASIS: mark("位置从何而知；推定的不是文件所写，整行用斜体"),
    listing.REFERENCE: mark("文件的章节和页码；排序按在文件中的先后"),
}

Index = QModelIndex | QPersistentModelIndex
SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class ItemsModel(QAbstractTableModel):
    """The rows that are shown, in their order. `on_sort` is called with a column, or -1, and whether descending."""

    def __init__(self) -> None:
        super().__init__()
        self.on_sort: Callable[[int, bool], None] = lambda column, descending: None
        self.rows: list[Row] = []
        self.hovered: str | None = None
        self.hovered_row: int | None = None
        self.hover_ground = QColor()

    def is_hovered(self, number: int) -> bool:
        """Whether the pointer is over the row, or elsewhere over its prefecture or one of them."""
        return number == self.hovered_row or self.hovered in self.rows[number].prefectures

    def set_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(row.words[index.column()].split())
            case Qt.ItemDataRole.ToolTipRole:
                words = row.words[index.column()]
                return f"<p>{escape(words)}</p>" if words else None
            case Qt.ItemDataRole.BackgroundRole if self.is_hovered(index.row()):
                return self.hover_ground
            case Qt.ItemDataRole.FontRole if row.item.basis == "inferred":
                font = QFont()
                font.setItalic(True)
                return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    return tr(COLUMNS[section])
                case Qt.ItemDataRole.ToolTipRole:
                    return tr(HEADER_TIPS[section]) if section in HEADER_TIPS else None
                case Qt.ItemDataRole.TextAlignmentRole:
                    return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Asks for an order; -1 is that of the plans."""
        self.on_sort(column, order == Qt.SortOrder.DescendingOrder)


class ItemsTable(QTableView):
    """Selects whole rows, is sorted by its headers, and says so when it is empty.

    `on_copy` and `on_enter` are called when the user copies and when he presses Enter or double-clicks; `on_hover`
    with the prefectures of the row under the pointer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.on_copy: Callable[[], None] = lambda: None
        self.on_enter: Callable[[], None] = lambda: None
        self.on_hover: Callable[[tuple[str, ...]], object] = lambda places: None
        self.empty_words = tr(EMPTY)
        self._to_fit: Sequence[Row] = ()
        self._wanted = [0] * len(COLUMNS)
        self._fitting = Quiet()
        self._is_users = False
        self.items = ItemsModel()
        self.setModel(self.items)
        self.setAccessibleName(tr("园区、平台和项目、工程"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setStretchLastSection(True)
        self._fit_columns()
        header.sectionResized.connect(self._resized)
        self.setSortingEnabled(True)
        for words, keys, do in (
            (tr("复制所选的行"), QKeySequence.StandardKey.Copy, lambda: self.on_copy()),
            (tr("在地图上查看"), Qt.Key.Key_Return, self._enter),
            (tr("在地图上查看"), Qt.Key.Key_Enter, self._enter),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
            self.addAction(action)
        self.doubleClicked.connect(lambda _: self.on_enter())
        self.items.modelAboutToBeReset.connect(lambda: self._hover(None))

    def make_room_for(self, rows: Sequence[Row]) -> None:
        """Has the columns fit to what these rows say."""
        self._to_fit = rows
        metrics = self.fontMetrics()
        said = [{row.words[column] for row in rows} for column in range(len(COLUMNS))]
        self._wanted = [max(map(metrics.horizontalAdvance, words), default=0) + PADDING for words in said]
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Gives columns that would cut their words half of what the last one can spare, from left to right; no more
        once the user has changed a width."""
        metrics = QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        if self._is_users:
            return
        widths = []
        for column, width in enumerate(WIDTHS):
            words = (COLUMNS[column], *FIXED.get(column, {}).values())
            least = max(metrics.horizontalAdvance(tr(text)) for text in words) + PADDING
            widths.append(max(least, round(width * metrics.horizontalAdvance("规划") / 26)))
        spare = max(0, (self.viewport().width() - sum(widths)) // 2)
        with self._fitting:
            for column, width in enumerate(widths[:-1]):
                more = max(0, min(self._wanted[column] - width, width, spare))
                spare -= more
                self.horizontalHeader().resizeSection(column, width + more)

    def _resized(self, column: int) -> None:
        if not self._fitting and column != len(COLUMNS) - 1:
            self._is_users = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.make_room_for(self._to_fit)

    def show_hover(self, adcode: str | None) -> None:
        """Marks the rows of the prefecture that the pointer is over elsewhere."""
        self._mark(adcode, None)

    def _hover(self, row: int | None) -> None:
        before = self.items.hovered_row
        if row != before:
            self._mark(None, row)
            self.on_hover(self.items.rows[row].prefectures if row is not None else ())

    def _mark(self, adcode: str | None, row: int | None) -> None:
        if (adcode, row) != (self.items.hovered, self.items.hovered_row):
            ground = self.palette().color(QPalette.ColorRole.Accent)
            ground.setAlphaF(HOVER_SHARE)
            self.items.hovered, self.items.hovered_row, self.items.hover_ground = adcode, row, ground
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first arrow key selects the row that has the focus, which the list gives to its first row unselected."""
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down) or not self._select_current():
            super().keyPressEvent(event)

    def _enter(self) -> None:
        self._select_current()
        self.on_enter()

    def _select_current(self) -> bool:
        """Selects the row that has the focus if no row is selected; whether it did."""
        index = self.currentIndex()
        if not index.isValid() or self.selectionModel().hasSelection():
            return False
        self.selectionModel().setCurrentIndex(index, SELECT)
        return True

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            self._hover(index.row() if index.isValid() else None)
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._hover(None)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.items.rows:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty_words)
            painter.end()

    def selected_rows(self) -> list[Row]:
        """From top to bottom."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.items.rows[number] for number in numbers]

    def current_key(self) -> ItemKey | None:
        """The item of the current row, if that is selected."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            return None
        return self.items.rows[index.row()].item.key

    def select_items(self, current: ItemKey | None, others: Iterable[ItemKey] = ()) -> None:
        """Selects the rows of these items as far as they are shown, and scrolls up or down to the current one."""
        others = set(others)
        selection, sideways = self.selectionModel(), self.horizontalScrollBar()
        column, across = max(0, self.currentIndex().column()), sideways.value()
        selection.clear()
        for number, row in enumerate(self.items.rows):
            if row.item.key == current:
                index = self.items.index(number, column)
                selection.setCurrentIndex(index, SELECT)
                self.scrollTo(index)
            elif row.item.key in others:
                selection.select(self.items.index(number, 0), SELECT)
        sideways.setValue(across)


def rows_as_text(rows: Iterable[Row]) -> str:
    """Header and rows with tabs between columns, as spreadsheets take text apart."""
    lines = [tuple(tr(column) for column in COLUMNS), *(tuple(map(harmless, row.words)) for row in rows)]
    return "\n".join("\t".join(" ".join(word.split()) for word in line) for line in lines)
