"""Rich text whose links are gone through with Tab and Shift+Tab and followed with Enter."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget


class Link(NamedTuple):
    """Where a link stands: characters of the document from `start` to `end` (excluded)."""

    start: int
    end: int
    href: str


class LinkText(QTextBrowser):
    """Qt's own browser leaves at the last link and does not find back to it. Here Tab comes in at the first link and
    Shift+Tab at the last one; the link that has its turn is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)

    def links(self) -> list[Link]:
        """All links in the order of the text."""
        found: list[Link] = []
        block = self.document().begin()
        while block.isValid():
            for part in block:
                fragment = part.fragment()
                href = fragment.charFormat().anchorHref()
                if href:
                    start, end = fragment.position(), fragment.position() + fragment.length()
                    if found and (found[-1].end, found[-1].href) == (start, href):  # one link in several formats
                        found[-1] = found[-1]._replace(end=end)
                    else:
                        found.append(Link(start, end, href))
            block = block.next()
        return found

    def go_before(self, link: Link) -> None:
        """Tab comes to `link` next, and Shift+Tab to the one before it."""
        cursor = self.textCursor()
        cursor.setPosition(link.start)
        self.setTextCursor(cursor)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """To the next or previous link; out of the text where there is none."""
        if self._step(forward):
            return True
        cursor = self.textCursor()
        cursor.clearSelection()  # the link has no longer its turn
        self.setTextCursor(cursor)
        return QWidget.focusNextPrevChild(self, forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            forward = event.reason() == Qt.FocusReason.TabFocusReason
            cursor = self.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.Start if forward else QTextCursor.MoveOperation.End)
            self.setTextCursor(cursor)
            self._step(forward)

    def _step(self, forward: bool) -> bool:
        """Selects the next or previous link; whether there is one."""
        cursor = self.textCursor()
        if forward:
            link = next((link for link in self.links() if link.start >= cursor.selectionEnd()), None)
        else:
            link = next((link for link in reversed(self.links()) if link.end <= cursor.selectionStart()), None)
        if link is None:
            return False
        cursor.setPosition(link.start)
        cursor.setPosition(link.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True
