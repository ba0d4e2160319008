"""The one line that a first start shows over the map; gone with the first click, and not shown again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from explorer.canvas import PX_PER_PT, MapCanvas
from explorer.session import Session
from explorer.settings import HINT_SEEN, read, write
from geodata.language import mark, tr
from layers.corners import legend_box, scale_box
from layers.fonts import measure

WORDS = mark("单击一个市（州），右侧列出规划对它的全部安排；滚轮缩放；F1 看指南和全部快捷键")

SIDE, INSIDE, UNDER_TITLE = 12, 8, 34
"""Pixels: to its sides, around the words, and from the map's upper edge where there is no room at the lower one."""

AFTER = 150
"""Milliseconds after which it takes its place: the first map comes first."""

LEAST, LEAST_ABOVE = 240, 180
"""Pixels that it needs between legend and scale bar; and beside the legend, above the scale bar."""


class Hint(QLabel):
    """Lies over the map and lets the pointer through to it."""

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        super().__init__(tr(WORDS), canvas)
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
        self.hide()
        self._later = QTimer(self)  # the map's extent is not known before its first painting, nor right after a resize
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.place)
        self._later.start(AFTER)

    def place(self) -> None:
        """At the lower edge between legend and scale bar; above the scale bar; or, over the map, under the title."""
        scene, page = self._canvas.scene(), self._canvas.page
        scale = [round(side * PX_PER_PT) for side in scale_box(scene, page, measure)]
        left = round(legend_box(scene, page, measure)[2] * PX_PER_PT) + SIDE
        right, bottom = scale[0] - SIDE, self._canvas.height() - SIDE
        if right - left < LEAST:
            right, bottom = self._canvas.width() - SIDE, scale[1] - SIDE
        low = right - left >= LEAST_ABOVE
        if not low:
            left = SIDE
        width = min(right - left, self.fontMetrics().horizontalAdvance(self.text()) + 4 * INSIDE)
        height = self.heightForWidth(width)
        top = bottom - height if low else UNDER_TITLE
        self.setGeometry((left + right - width) // 2, top, width, height)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._later.start(AFTER)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.dismiss()
        return False

    def _view_changed(self) -> None:
        if (self._session.view.place, self._session.view.item) != self._selected:
            self.dismiss()
        else:
            self._later.start(AFTER)  # the legend is another

    def dismiss(self) -> None:
        """Gone for good."""
        self._canvas.removeEventFilter(self)
        self._session.view_changed.disconnect(self._view_changed)
        self._later.stop()
        write(HINT_SEEN, True)
        self.hide()
        self.deleteLater()


def show_hint(session: Session, canvas: MapCanvas) -> Hint | None:
    """The hint, if it was not seen before."""
    return None if read(HINT_SEEN) else Hint(session, canvas)
