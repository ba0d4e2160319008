"""The one line that a first start shows over the map; gone with the first click, and not shown again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from explorer.canvas import MapCanvas
from explorer.session import Session
from explorer.settings import HINT_SEEN, read, write

WORDS = "单击一个市（州），右侧列出规划对它的全部安排　·　滚轮缩放，拖动平移　·　F1 看指南和全部快捷键"

FROM_TOP, SIDE, INSIDE = 40, 12, 8
"""Pixels: below the map's upper edge, under the title; to its sides; and around the words."""


class Hint(QLabel):
    """Lies over the map and lets the pointer through to it."""

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        super().__init__(WORDS, canvas)
        self._session, self._canvas = session, canvas
        self._selected = session.view.place, session.view.item
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMargin(INSIDE)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Highlight)
        self.setForegroundRole(QPalette.ColorRole.HighlightedText)
        canvas.installEventFilter(self)
        session.view_changed.connect(self._view_changed)
        self._place()
        self.show()

    def _place(self) -> None:
        width = min(self._canvas.width() - 2 * SIDE, self.fontMetrics().horizontalAdvance(WORDS) + 4 * INSIDE)
        self.resize(width, self.heightForWidth(width))
        self.move(QPoint((self._canvas.width() - width) // 2, FROM_TOP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.dismiss()
        return False

    def _view_changed(self) -> None:
        if (self._session.view.place, self._session.view.item) != self._selected:
            self.dismiss()

    def dismiss(self) -> None:
        """Gone for good."""
        self._canvas.removeEventFilter(self)
        self._session.view_changed.disconnect(self._view_changed)
        write(HINT_SEEN, True)
        self.hide()
        self.deleteLater()


def show_hint(session: Session, canvas: MapCanvas) -> Hint | None:
    """The hint, if it was not seen before."""
    return None if read(HINT_SEEN) else Hint(session, canvas)
