"""How the matrix looks: chips that tell roles without colour, the header of sectors, and the legend of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeaderV2,
    QStyleOptionViewItem,
    QWidget,
)

from explorer.matrix_file import TOGETHER
from explorer.panels.small import small
from geodata.analysis.items import KINDS, PROJECT, SITE
from geodata.analysis.matrix import Cell, Matrix, Total
from geodata.language import mark, tr
from geodata.plan import Role
from layers.scene import Colour
from layers.theme import FAINT_INK, PAPER, mix, sector_colour

if TYPE_CHECKING:
    from explorer.panels.matrix_table import MatrixTable

CHIP = (26, 12)
SMALL_CHIP = (14, 9)
"""Pixels, wide and high."""

SITE_MARK, PROJECT_MARK = "■", "●"
"""As on the map: a square is a park, a circle a project."""

LEGEND_EDGE = 2
"""Pixels left of the legend."""

TOGETHER_MARK = mark("共")

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def draw_chip(painter: QPainter, box: QRectF, kind: str, colour: Colour, palette: QPalette) -> None:
    """Core solid, expansion lighter and hatched, any other role open with a broken edge."""
    core = QColor(*mix(colour, PAPER, 0.82))
    ground = palette.color(QPalette.ColorRole.Base)
    dark = ground.lightness() < 128
    line = QColor(*mix(colour, PAPER, 0.6)) if dark else core
    shape = QPainterPath()
    shape.addRoundedRect(box, 3, 3)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind == "core":
        painter.fillPath(shape, core)
        painter.setPen(QPen(line, 1))
    else:
        tint = QColor(line)
        tint.setAlphaF(0.16)
        painter.fillPath(shape, tint)
        painter.setPen(QPen(line, 1.2))
        if kind == "expansion":
            painter.save()
            painter.setClipPath(shape)
            x = box.left() - box.height() + 3
            while x < box.right():
                painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
                x += 4.5
            painter.restore()
        else:
            painter.setPen(QPen(line, 1.2, Qt.PenStyle.DashLine))
    painter.drawPath(shape)
    painter.restore()


def counts_words(sites: int, projects: int, inferred: bool = False) -> str:
    """`■2 ●5*`: sites and projects, and a mark when some are there by inference."""
    marks = ((SITE_MARK, sites), (PROJECT_MARK, projects))
    words = " ".join(f"{sign}{number}" for sign, number in marks if number)
    return words + "*" if inferred else words


def is_together(cell: Cell) -> bool:
    """Whether the plan names the city with others only, without a role of its own."""
    return bool(cell.joint) and not cell.roles


def draw_totals(painter: QPainter, box: QRect, total: Total, colour: Colour, palette: QPalette, centred: bool) -> None:
    """Small chips with the number of each role; sites and projects where the plan has no roles."""
    metrics = painter.fontMetrics()
    numbers = [(role.kind, str(number)) for role, number in total.roles]
    if not numbers:
        align = Qt.AlignmentFlag.AlignCenter if centred else LEFT
        painter.drawText(box, align, counts_words(total.sites, total.projects))
        return
    wide = sum(SMALL_CHIP[0] + 4 + metrics.horizontalAdvance(number) for _, number in numbers) + 10 * (len(numbers) - 1)
    x = box.left() + max(0, (box.width() - wide) // 2) if centred else box.left()
    for kind, number in numbers:
        chip = QRectF(x, box.center().y() - SMALL_CHIP[1] / 2 + 0.5, *SMALL_CHIP)
        draw_chip(painter, chip, kind, colour, palette)
        x += SMALL_CHIP[0] + 4
        painter.drawText(QRect(x, box.top(), box.right() - x + 1, box.height()), LEFT, number)
        x += metrics.horizontalAdvance(number) + 10


class CellDelegate(QStyledItemDelegate):
    """A chip for the role and small counts; the selected cells are framed, so that colours stay what they are."""

    def __init__(self, table: MatrixTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, model = self._table, self._table.matrix
        box, palette = QRect(option.rect), table.palette()  # type: ignore[attr-defined]
        assert model.shown is not None
        painter.save()
        place = model.place(index)
        if place is None:
            _draw_heading(painter, box, model.lines[index.row()].words, palette)
        else:
            _draw_ground(
                painter, box, palette, index.row() == table.hovered_row, index.column() == table.hovered_column
            )
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            cell, sector = model.cell(index), model.sector(index)
            painter.setFont(small(table.font()))
            if cell is not None and sector is not None:
                _draw_cell(painter, box, cell, sector_colour(sector), bool(model.shown.table.plan.roles), palette)
            else:
                inner = box.adjusted(8, 0, -4, 0)
                draw_totals(
                    painter, inner, model.shown.table.rows[place], FAINT_INK, palette, not model.shown.table.plan.roles
                )
            if table.selectionModel().isSelected(index):
                current = index == table.currentIndex() and table.hasFocus()
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 3 if current else 2))
                painter.drawRect(QRectF(box).adjusted(1, 1, -2, -2))
        painter.restore()


def _draw_heading(painter: QPainter, box: QRect, words: str, palette: QPalette) -> None:
    painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    inner = box.adjusted(6, 0, -6, 0)
    painter.drawText(inner, LEFT, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width()))


def _draw_ground(painter: QPainter, box: QRect, palette: QPalette, row: bool, column: bool) -> None:
    painter.fillRect(box, palette.color(QPalette.ColorRole.Base))
    if row or column:
        tint = palette.color(QPalette.ColorRole.Highlight)
        tint.setAlphaF(0.28 if row and column else 0.14)
        painter.fillRect(box, tint)


def _draw_cell(painter: QPainter, box: QRect, cell: Cell, colour: Colour, roles: bool, palette: QPalette) -> None:
    words = counts_words(len(cell.sites), len(cell.projects), bool(cell.inferred))
    if is_together(cell):
        words = f"{tr(TOGETHER_MARK)} {words}".strip()
    if not roles:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return
    x = box.left() + max(7, (box.width() - 84) // 2)
    for role, _ in cell.roles:
        draw_chip(painter, QRectF(x + 0.5, box.center().y() - CHIP[1] / 2 + 0.5, *CHIP), role.kind, colour, palette)
        x += CHIP[0] + 6
    if not cell.roles:
        x += CHIP[0] + 6
    painter.drawText(QRect(x, box.top(), box.right() - x, box.height()), LEFT, words)


class SectorHeader(QHeaderView):
    """The sector's name in up to two lines, or in one where there is little room, and under it how many cities have
    which role."""

    def __init__(self, table: MatrixTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.sorted_by: int | None = None
        self.is_reversed = False
        self._lines = 2

    def set_low(self, low: bool) -> None:
        """Whether names have one line only."""
        if self._lines != (lines := 1 if low else 2):
            self._lines = lines
            self.updateGeometry()
            self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), (self._lines + 1) * self.fontMetrics().height() + 12)

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        model, palette = self._table.matrix, self.palette()
        if model.shown is None or not box.isValid():
            return
        option = QStyleOptionHeaderV2()
        self.initStyleOption(option)
        self.initStyleOptionForIndex(option, section)
        option.rect = box  # type: ignore[attr-defined]
        option.text = ""  # type: ignore[attr-defined]
        painter.save()
        self.style().drawControl(QStyle.ControlElement.CE_HeaderSection, option, painter, self)
        if section == self._table.hovered_column:
            tint = palette.color(QPalette.ColorRole.Highlight)
            tint.setAlphaF(0.2)
            painter.fillRect(box, tint)
        sector = model.sectors[section] if section < len(model.sectors) else None
        total = model.shown.table.columns[sector.id] if sector else model.shown.table.total
        line = self.fontMetrics().height()
        font = self.font()
        font.setBold(section == self.sorted_by)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
        name = QRect(box.left() + 4, box.top() + 3, box.width() - 8, self._lines * line)
        words = sector.name if sector else tr("合计")
        if section == self.sorted_by:
            words += " ▲" if self.is_reversed else " ▼"
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
        room = name.width() if self._lines == 1 else round(1.8 * name.width())
        words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        painter.setClipRect(box)
        painter.drawText(name, flags, words)
        painter.setFont(small(self.font()))
        below = QRect(box.left() + 4, box.bottom() - line - 4, box.width() - 8, line + 2)
        draw_totals(painter, below, total, sector_colour(sector) if sector else FAINT_INK, palette, True)
        painter.restore()


class MatrixLegend(QWidget):
    """What the chips and marks in the matrix mean; nothing that is not in it. In as many lines as it needs."""

    def __init__(self) -> None:
        super().__init__()
        self._roles: list[Role] = []
        self._words: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_matrix(self, table: Matrix) -> None:
        """Reads which roles and marks are in the matrix."""
        self._roles = [role for role, number in table.total.roles if number]
        self._words = [f"{SITE_MARK} {tr(KINDS[SITE])}"] if table.total.sites else []
        self._words += [f"{PROJECT_MARK} {tr(KINDS[PROJECT])}"] if table.total.projects else []
        if any(map(is_together, table.cells.values())):
            self._words.append(f"{tr(TOGETHER_MARK)} {tr(TOGETHER)}")
        if any(cell.inferred for cell in table.cells.values()):
            self._words.append(tr("* 其中有位置为推定的"))
        if table.unplaced:
            self._words.append(tr("另有 {n} 个园区、项目未写明在哪个市（州），不在表中", n=table.unplaced))
        self.setAccessibleName(tr("图例：{words}", words=self.words))
        self.setToolTip(self.words)
        self._fit()

    @property
    def words(self) -> str:
        """The legend as one line of text."""
        return tr("　").join([*(role.name for role in self._roles), *self._words])

    def entries(self) -> list[tuple[int, int, Role | None, str]]:
        """Left edge, line, role and words of each entry: one that has no room begins the next line."""
        found: list[tuple[int, int, Role | None, str]] = []
        x, line = LEGEND_EDGE, 0
        for role, words in [*((role, role.name) for role in self._roles), *((None, words) for words in self._words)]:
            wide = self.fontMetrics().horizontalAdvance(words) + (CHIP[0] + 5 if role else 0)
            if x > LEGEND_EDGE and x + wide > self.width():
                x, line = LEGEND_EDGE, line + 1
            found.append((x, line, role, words))
            x += wide + 16
        return found

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def _fit(self) -> None:
        lines = max((line for _, line, _, _ in self.entries()), default=0) + 1
        self.setFixedHeight(lines * self._line())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        for x, line, role, words in self.entries():
            top, left = line * self._line(), x
            if role is not None:
                chip = QRectF(x + 0.5, top + (self._line() - CHIP[1]) / 2, *CHIP)
                draw_chip(painter, chip, role.kind, FAINT_INK, self.palette())
                left += CHIP[0] + 5
            painter.drawText(QRect(left, top, self.width() - left, self._line()), LEFT, words)
        painter.end()
