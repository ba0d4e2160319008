"""A read-only text with one part of it highlighted and in view. What is copied has no breaks that were put in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QMenu, QTextBrowser, QWidget

from geodata.language import tr

HIGHLIGHT = (("#ffe98a", "#1b1b1b"), ("#6b5300", "#ffffff"))
"""Ground and ink of the highlighted part, on a light and on a dark ground."""

_HEADING = 30
"""Characters up to which a paragraph without a full stop is a heading."""
_BREAKS = str.maketrans("", "", "\u2028\u2029")


class PassageView(QTextBrowser):
    """Shows a passage or a few words; the highlighted part stays in view when the size changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self._shown: tuple[str, int, int, Sequence[int]] | None = None
        self._marked: tuple[int, int] | None = None  # positions in the document
        self._looked_at: int | None = None  # a position that is kept in view instead of the marked part
        self._begins: list[tuple[int, int]] = []  # of each paragraph: in the text, in the document

    def show_words(self, words: str) -> None:
        """A message in place of a passage; lines become paragraphs."""
        self._shown = self._marked = None
        self.clear()
        self.setCursorWidth(0)
        cursor = self.textCursor()
        for index, line in enumerate(words.splitlines()):
            if index:
                cursor.insertBlock()
            cursor.setBlockFormat(_paragraph())
            cursor.insertText(line, QTextCharFormat())

    def show_passage(self, text: str, start: int, end: int, paragraphs: Sequence[int]) -> None:
        """`text` with the characters `start` to `end` (excluded) highlighted, broken before each of `paragraphs`."""
        self._shown, self._marked, self._looked_at, self._begins = (text, start, end, paragraphs), None, None, []
        ground, ink = HIGHLIGHT[self.palette().text().color().lightness() > 128]
        marked = QTextCharFormat()
        marked.setBackground(QBrush(QColor(ground)))
        marked.setForeground(QBrush(QColor(ink)))
        self.clear()
        self.setCursorWidth(1)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setBlockFormat(_paragraph())
        begins = [0, *paragraphs, len(text)]
        first = last = 0
        for begin, until in pairwise(begins):
            if begin:
                cursor.insertBlock(_paragraph())
            self._begins.append((begin, cursor.position()))
            plain = QTextCharFormat()
            if until - begin <= _HEADING and "。" not in text[begin:until]:
                plain.setFontWeight(600)
            cuts = [begin, *(cut for cut in (start, end) if begin < cut < until), until]
            for low, high in pairwise(cuts):
                inside = start <= low < end
                if inside and low == start:
                    first = cursor.position()
                cursor.insertText(text[low:high], marked if inside else plain)
                if inside:
                    last = cursor.position()
        cursor.endEditBlock()
        cursor.setPosition(first)
        self.setTextCursor(cursor)
        self._marked = (first, last)
        self._reveal()

    def reveal(self, at: int) -> None:
        """Scrolls so that the character `at` of the text is in the middle, and keeps it there."""
        begin, position = max((pair for pair in self._begins if pair[0] <= at), default=(at, 0))
        self._looked_at = position + at - begin
        self._reveal()

    def highlighted(self) -> str:
        """The text that is highlighted, as it stands in the document."""
        if self._marked is None:
            return ""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._marked[0])
        cursor.setPosition(self._marked[1], QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().translate(_BREAKS)

    def selected(self) -> str:
        """The selected text without the breaks that were put in."""
        return self.textCursor().selectedText().translate(_BREAKS)

    def copy_selected(self) -> None:
        # Handing out QMimeData of our own (createMimeDataFromSelection) would crash Python at its end.
        if self.selected():
            QApplication.clipboard().setText(self.selected())

    def _reveal(self) -> None:
        """Scrolls so that the highlighted part is in the middle, or its start near the top when it is taller."""
        if self._marked is None:
            return
        shown = self._marked if self._looked_at is None else (self._looked_at, self._looked_at)
        first, last = (QTextCursor(self.document()), QTextCursor(self.document()))
        first.setPosition(shown[0])
        last.setPosition(shown[1])
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = self.cursorRect(first).top() + bar.value()
        height = self.cursorRect(last).bottom() + bar.value() - top
        bar.setValue(round(top - max((room - height) / 2, min(room / 8, 40))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("复制"), self.copy_selected).setEnabled(bool(self.selected()))
        menu.addAction(tr("全选"), self.selectAll)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reveal()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_shown", None) is not None:
            self.show_passage(*self._shown)


def _paragraph() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(130.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setBottomMargin(6)
    return form
