"""The ring around the control that has the focus, in every window, once that is used with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from explorer.theme import RING, is_dark

RING_WIDTH = 2
"""Pixels."""


def show_focus(_old: QWidget | None, now: QWidget | None) -> None:
    """Puts the window's ring around the widget that has the focus, once the window is used with the keyboard."""
    if now is None:
        return
    window = now.window()
    ring = window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange) or now is window:
        if ring is not None:
            ring.hide()
        return
    (ring or FocusRing(window)).surround(now)


class FocusRing(QWidget):
    """A ring over the window, around one of its widgets; lets everything through to what is under it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._around: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, widget: QWidget) -> None:
        """Moves the ring around a widget, and keeps it there while that moves or changes its size."""
        self._leave()
        self._around = widget
        for one in self._watched():
            one.installEventFilter(self)
        self._place()

    def _watched(self) -> list[QWidget]:
        """The widget and what it is in, below the window."""
        found, widget = [], self._around
        while widget is not None and isValid(widget) and widget is not self.window():
            found.append(widget)
            widget = widget.parentWidget()
        return found

    def _leave(self) -> None:
        for one in self._watched():
            one.removeEventFilter(self)
        self._around = None

    def _place(self) -> None:
        around = self._around
        if around is None or not isValid(around) or not around.isVisible() or around.window() is not self.window():
            self.hide()
            return
        seen = around.visibleRegion().boundingRect()
        box = QRect(around.mapTo(self.window(), seen.topLeft()), seen.size())
        self.setGeometry(box.adjusted(-RING_WIDTH, -RING_WIDTH, RING_WIDTH, RING_WIDTH))
        inner = self.rect().adjusted(RING_WIDTH, RING_WIDTH, -RING_WIDTH, -RING_WIDTH)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in (kinds.Move, kinds.Resize, kinds.Show):
            self._place()
        elif event.type() in (kinds.Hide, kinds.DeferredDelete):
            self.hide()
        return False

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(RING[is_dark(self)]), 2 * RING_WIDTH))
        painter.drawRect(self.rect())
        painter.end()
