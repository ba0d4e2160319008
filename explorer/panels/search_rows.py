"""Rows of the search's list: headings, hits with what was met in bold, and notes; and how they are drawn."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from geodata.analysis.search import Hit
from geodata.language import tr

SIDE, ABOVE, GAP = 12, 5, 14
"""Pixels beside and above a row's text, and between the parts of a line."""

DIM = 0.62
"""Share of the text's colour in dimmed text: at least 4.5:1 on a light and on a dark ground."""

MOST_LINES = 4
"""Lines of a note."""


class Heading(NamedTuple):
    """The title over a group."""

    text: str


class Note(NamedTuple):
    """Words to the user that cannot be chosen."""

    text: str


class More(NamedTuple):
    """Shows the rest of a group when it is chosen."""

    group: str
    text: str


class Example(NamedTuple):
    """Something to search for, and the words that say what it shows; is put into the field when it is chosen."""

    query: str
    words: str


class LookUp(NamedTuple):
    """Looks the text up in the words of the attached documents when it is chosen."""

    query: str
    text: str


Row = Heading | Note | More | Example | LookUp | Hit
ROW = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


def spoken(row: Row) -> str:
    """A row in words, for screen readers."""
    if isinstance(row, Hit):
        return tr("，").join(part for part in (row.name, row.detail, row.plan) if part)
    return tr("，").join((row.query, row.words)) if isinstance(row, Example) else row.text


class RowPainter(QStyledItemDelegate):
    """Draws rows: name, detail and plan in one line if they fit, else the detail below."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        line = option.fontMetrics.height()
        width = self._view.viewport().width()
        if isinstance(row, Heading):
            return QSize(width, _small(option.font)[1].height() + 3 * ABOVE)
        if isinstance(row, Note):
            box = option.fontMetrics.boundingRect(QRect(0, 0, width - 2 * SIDE, 1000), _WRAP, row.text)
            return QSize(width, min(box.height(), MOST_LINES * line) + 4 * ABOVE)
        lines = 2 if isinstance(row, Hit) and not _fits(row, option.font, width) else 1
        return QSize(width, lines * line + 2 * ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        palette, box = option.palette, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        active = QPalette.ColorGroup.Active  # the focus is in the field, and headings are not enabled
        ground = palette.color(active, QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Base)
        ink = palette.color(active, QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        dim = mixed(ink, ground, 0.85 if chosen else DIM)
        painter.save()
        if chosen:
            painter.fillRect(box, ground)
        inner = box.adjusted(SIDE, ABOVE, -SIDE, -ABOVE)
        if isinstance(row, Heading):
            if index.row() > 0:
                painter.setPen(mixed(ink, ground, 0.18))
                painter.drawLine(box.topLeft(), box.topRight())
            painter.setFont(_small(option.font)[0])
            painter.setPen(dim)
            _write(painter, inner.bottomLeft() - QPoint(0, painter.fontMetrics().height()), row.text, inner.width())
        elif isinstance(row, Note):
            painter.setPen(dim)
            painter.drawText(inner, _WRAP, row.text)
        elif isinstance(row, Hit):
            self._hit(painter, option, inner, row, (ink, dim))
        else:
            painter.setFont(option.font)
            parts = ((row.query, ink), (row.words, dim)) if isinstance(row, Example) else ((row.text, dim),)
            if isinstance(row, LookUp):  # of no group
                painter.setPen(mixed(ink, ground, 0.18))
                painter.drawLine(box.topLeft(), box.topRight())
                parts = ((row.text, ink),)
            left = inner.left()
            for text, colour in parts:
                painter.setPen(colour)
                left = _write(painter, QPoint(left, inner.top()), text, inner.right() - left) + GAP
        painter.restore()

    def _hit(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, hit: Hit, inks: tuple[QColor, QColor]
    ) -> None:
        ink, dim = inks
        metrics = option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(dim)
        plan = metrics.elidedText(hit.plan, Qt.TextElideMode.ElideRight, inner.width() // 2)
        right = inner.right() - (metrics.horizontalAdvance(plan) + GAP if plan else 0)
        _write(painter, QPoint(inner.right() - metrics.horizontalAdvance(plan), inner.top()), plan, inner.width())
        painter.setPen(ink)
        left = inner.left()
        for text, bold in _runs(hit):
            painter.setFont(_bold(option.font) if bold else option.font)
            left = _write(painter, QPoint(left, inner.top()), text, right - left)
        painter.setFont(option.font)
        painter.setPen(dim)
        if _fits(hit, option.font, self._view.viewport().width()):
            _write(painter, QPoint(left + GAP, inner.top()), hit.detail, right - left - GAP)
        else:
            below = QPoint(inner.left(), inner.top() + metrics.height())
            _write(painter, below, hit.detail, inner.width())


_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


def _fits(hit: Hit, font: QFont, width: int) -> bool:
    """Whether a hit needs only one line."""
    metrics, bold = QFontMetrics(font), QFontMetrics(_bold(font))
    name = sum((bold if marked else metrics).horizontalAdvance(text) for text, marked in _runs(hit))
    plan = metrics.horizontalAdvance(hit.plan) + GAP if hit.plan else 0
    return name + GAP + metrics.horizontalAdvance(hit.detail) + plan <= width - 2 * SIDE


def _runs(hit: Hit) -> list[tuple[str, bool]]:
    """The name in pieces, and whether each is what was met."""
    runs, last = [], 0
    for start, end in hit.marks:
        runs += [(hit.name[last:start], False), (hit.name[start:end], True)]
        last = end
    return [run for run in (*runs, (hit.name[last:], False)) if run[0]]


def _write(painter: QPainter, at: QPoint, text: str, room: int) -> int:
    """Draws one line, cut with … where the room ends, and gives where it ends.

    By its base line: in a box, Chinese from a second font stands lower than the rest.
    """
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
    painter.drawText(at + QPoint(0, metrics.ascent()), shown)
    return at.x() + metrics.horizontalAdvance(shown)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _small(font: QFont) -> tuple[QFont, QFontMetrics]:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9) if font.pointSizeF() > 0 else small.setPixelSize(font.pixelSize() - 1)
    return small, QFontMetrics(small)


def mixed(ink: QColor, ground: QColor, share: float) -> QColor:
    """A colour between two; opaque."""
    parts = zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)
    return QColor(*(round(share * a + (1 - share) * b) for a, b in parts))
