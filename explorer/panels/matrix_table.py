"""The table of the matrix: model, chips, header and the pointer's row and column."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from explorer.matrix_file import Arranged, Line, cell_words, total_words
from explorer.panels.matrix_chips import CellDelegate, SectorHeader
from geodata.analysis.items import KINDS, PROJECT, SITE, Item
from geodata.analysis.matrix import Cell
from geodata.language import mark, tr
from geodata.plan import Sector

Index = QModelIndex | QPersistentModelIndex
NARROWEST = 88
MOST_NAMES = 6
"""Of sites or projects in a tip."""

NOTHING = mark("规划没有给它角色，也没有写明在这里的园区、项目")


class MatrixModel(QAbstractTableModel):
    """Lines of an arranged matrix down; its sectors across, and after them the totals of the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Arranged | None = None

    def show_matrix(self, shown: Arranged) -> None:
        self.beginResetModel()
        self.shown = shown
        self.endResetModel()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.shown.lines if self.shown is not None else ()

    @property
    def sectors(self) -> tuple[Sector, ...]:
        return self.shown.table.sectors if self.shown is not None else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.sectors else len(self.sectors) + 1

    def place(self, index: Index) -> str | None:
        """The city of a cell; None for a group's heading and for no cell."""
        return self.lines[index.row()].place if index.isValid() else None

    def sector(self, index: Index) -> Sector | None:
        """The sector of a cell; None for the totals and for no cell."""
        return self.sectors[index.column()] if index.isValid() and index.column() < len(self.sectors) else None

    def cell(self, index: Index) -> Cell | None:
        place, sector = self.place(index), self.sector(index)
        return self.shown.table.cell(place, sector.id) if self.shown and place and sector else None

    def row_of(self, adcode: str | None) -> int | None:
        """The line of a prefecture, or of the one that a county lies in."""
        code = adcode[:4] + "00" if adcode else ""
        return next((number for number, line in enumerate(self.lines) if line.place == code), None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.place(index) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self.shown is not None
        line, sector, cell = self.lines[index.row()], self.sector(index), self.cell(index)
        words = line.words
        if line.place is not None:
            words = cell_words(cell) if cell is not None else total_words(self.shown.table.rows[line.place])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Qt.ItemDataRole.AccessibleTextRole if line.place is not None:
                name = sector.name if sector else tr("合计")
                return tr("{place}，{sector}：{words}", place=line.words, sector=name, words=words or tr("无"))
            case Qt.ItemDataRole.ToolTipRole if line.place is not None:
                if cell is None or sector is None:
                    head = tr("{place} · 合计", place=line.words)
                    return f"<p><b>{escape(head)}</b></p><p>{escape(words or tr('无'))}</p>"
                return tip(line.words, sector, cell)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        assert self.shown is not None
        table = self.shown.table
        if orientation == Qt.Orientation.Horizontal:
            sector = self.sectors[section] if section < len(self.sectors) else None
            name = sector.name if sector else tr("合计")
            total = table.columns[sector.id] if sector else table.total
            match role:
                case Qt.ItemDataRole.DisplayRole:
                    return name
                case Qt.ItemDataRole.ToolTipRole:
                    words = f"<p><b>{escape(name)}</b></p><p>{escape(total_words(total) or tr('无'))}</p>"
                    return words + f"<p>{tr('单击按此列排序，再单击反过来')}</p>"
        elif role == Qt.ItemDataRole.DisplayRole:
            place = self.lines[section].place
            return next((found.short for found in table.places if found.adcode == place), "")
        elif role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{escape(self.lines[section].words)}</p>"
        return None


def tip(place: str, sector: Sector, cell: Cell) -> str:
    """What a cell says, as HTML."""
    lines = []
    for role, item in cell.roles:
        where = tr("；").join(citation.reference for citation in item.citations)
        lines.append(tr("{role}（{where}）", role=role.name, where=where) if where else role.name)
        lines += [tr("重点：{names}", names=tr("、").join(item.focus))] if item.focus else []
        lines += [tr("定位：{text}", text=tr("；").join(item.positions))] if item.positions else []
    lines += [tr("与其他市（州）共同：{text}", text=statement.summary) for statement in cell.joint]
    for kind, found in ((SITE, cell.sites), (PROJECT, cell.projects)):
        if found:
            lines.append(tr("{kind} {n}：{names}", kind=tr(KINDS[kind]), n=len(found), names=_names(found)))
    lines += [tr("其中 {n} 个的位置为推定", n=cell.inferred)] if cell.inferred else []
    body = "<br>".join(map(escape, lines or [tr(NOTHING)]))
    return f"<p><b>{escape(place)} · {escape(sector.name)}</b></p><p>{body}</p>"


def _names(items: tuple[Item, ...]) -> str:
    names = tr("、").join(item.name for item in items[:MOST_NAMES])
    return names if len(items) <= MOST_NAMES else tr("{names}等 {n} 个", names=names, n=len(items))


class MatrixTable(QTableView):
    """`on_hover` is called with the city under the pointer or None; `on_open` when a cell is clicked or entered;
    `on_copy` when the user copies."""

    def __init__(self) -> None:
        super().__init__()
        self.on_hover: Callable[[str | None], None] = lambda adcode: None
        self.on_open: Callable[[QModelIndex], None] = lambda index: None
        self.on_copy: Callable[[], None] = lambda: None
        self.matrix = MatrixModel()
        self.empty_words = ""
        self.hovered_row: int | None = None
        self.hovered_column: int | None = None
        self.setModel(self.matrix)
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(SectorHeader(self))
        self.setAccessibleName(tr("市（州）与产业矩阵"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionsClickable(True)
        across.setMinimumSectionSize(NARROWEST)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._low = False
        self._set_height()
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(lambda index: self.on_open(index))
        for words, keys, do in (
            (tr("复制"), QKeySequence(QKeySequence.StandardKey.Copy), lambda: self.on_copy()),
            (tr("查看原文"), QKeySequence(Qt.Key.Key_Return), lambda: self.on_open(self.currentIndex())),
            (tr("查看原文"), QKeySequence(Qt.Key.Key_Enter), lambda: self.on_open(self.currentIndex())),
        ):
            action = QAction(words, self)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
            self.addAction(action)

    def set_low(self, low: bool) -> None:
        """Whether there is little room above one another: header and rows are lower then."""
        self._low = low
        header = self.horizontalHeader()
        assert isinstance(header, SectorHeader)
        header.set_low(low)
        self._set_height()

    def _set_height(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + (4 if self._low else 8))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_low"):
            self._set_height()

    def show_matrix(self, shown: Arranged) -> None:
        """Shows another matrix; headings of groups go across all columns."""
        self._hover(None, None)
        self.clearSpans()
        self.matrix.show_matrix(shown)
        names = max((self.fontMetrics().horizontalAdvance(place.short) for place in shown.table.places), default=0)
        self.verticalHeader().setFixedWidth(names + 18)
        for number, line in enumerate(shown.lines):
            if line.place is None and shown.table.sectors:
                self.setSpan(number, 0, 1, len(shown.table.sectors) + 1)

    def show_hover(self, adcode: str | None) -> None:
        """Marks the row of a city that the pointer is over elsewhere."""
        self._mark(self.matrix.row_of(adcode), None)

    def _hover(self, row: int | None, column: int | None) -> None:
        before = self.hovered_row
        self._mark(row, column)
        if row != before:
            self.on_hover(self.matrix.lines[row].place if row is not None else None)

    def _mark(self, row: int | None, column: int | None) -> None:
        if (row, column) != (self.hovered_row, self.hovered_column):
            self.hovered_row, self.hovered_column = row, column
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            index = self.indexAt(event.position().toPoint())
            place = self.matrix.place(index)
            self._hover(index.row() if place else None, index.column() if place else None)
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._hover(None, None)
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(700, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_words:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), flags, self.empty_words)
            painter.end()
