"""The map as it is painted: the picture of what is shown, and over its areas what is selected or pointed at.

The picture is drawn again when scene or page change; while the map is dragged or zoomed the last picture is moved and
the crisp one follows when the event queue is empty. Hover and selection are drawn in their own small region, over the
areas and under symbols, names and legend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget

from explorer.map_extent import MapExtent
from explorer.map_picture import PX_PER_PT, MapPicture, draw_outline, draw_ring, drawn_picture
from explorer.session import Session
from geodata.analysis.items import ItemKey, find_item
from layers.drawing import SymbolOp
from layers.page import Page
from layers.theme import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

HOVER = QColor(20, 20, 20)
SELECTED = QColor(196, 22, 28)
GROUP = QColor(190, 0, 140)
THIN, BOLD = 1.2, 2.4
"""Pixels: the outline of a place under the pointer, and of a selected one."""

AROUND_A_NAME = 14
"""Pixels from the middle of a place, where its name is, to the ring for what has no symbol."""


class PaintedMap(MapExtent):
    """Paints what is shown. `show_folded` is called with whether the legend that was drawn is folded."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.show_folded: Callable[[bool], object] = lambda _: None
        self._picture: MapPicture | None = None
        self._whole: QImage | None = None
        self._symbols: tuple[SymbolOp, ...] = ()
        self._hovered: str | None = None
        self._hovered_with: tuple[str, ...] = ()
        self._hovered_symbol: SymbolOp | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def picture(self) -> QImage | None:
        """The crisp picture of the map as it is on the screen, without hover and selection."""
        if self._picture is None or self._rough:
            return None
        if self._whole is None:
            self._whole = self._picture.whole()
        return self._whole

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._rough or self._picture is None:
            self._draw_picture()
        assert self._picture is not None
        if self._picture.page != self.page:
            painter.fillRect(self.rect(), QColor(*OUTSIDE))
        self._draw_image(painter, self._picture.ground, self._picture.page)
        self._draw_marks(painter)
        self._draw_image(painter, self._picture.over, self._picture.page)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(self.palette().highlight().color(), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _draw_image(self, painter: QPainter, image: QImage, drawn: Page) -> None:
        """A picture of that page where it belongs on the widget; pixel by pixel when it is the page shown."""
        if drawn == self.page:
            painter.drawImage(QPointF(0, 0), image)
            return
        factor = PX_PER_PT * self.page.scale / drawn.scale
        x, y = self.page.to_page(*drawn.to_map(0, 0))
        where = QRectF(x * PX_PER_PT, y * PX_PER_PT, drawn.width * factor, drawn.height * factor)
        painter.drawImage(where, image)

    def _draw_marks(self, painter: QPainter) -> None:
        """Outlines of places and rings around items: what is selected over what the pointer is on."""
        view, transform = self._session.view, self._transform()
        marked = {**dict.fromkeys(view.group, GROUP), **({view.place: SELECTED} if view.place else {})}
        hovered = [place for place in (*self._hovered_with, self._hovered) if place and place not in marked]
        for place in hovered:
            draw_outline(painter, transform, self.boundaries().outline(place), HOVER, THIN)
        for place, colour in marked.items():
            draw_outline(painter, transform, self.boundaries().outline(place), colour, BOLD)
        for keys, colour in (
            (self._hovered_symbol.items if self._hovered_symbol else (), HOVER),
            ((view.item,) if view.item else (), SELECTED),
        ):
            for at in self._spots_of(keys):
                draw_ring(painter, at, colour)

    def _draw_picture(self) -> None:
        page, scene = self.page, self.scene()
        ratio = self.devicePixelRatioF()
        kept = self._picture
        if kept is not None and kept.scene is scene and kept.page == page and kept.ground.devicePixelRatio() == ratio:
            return
        self._picture = drawn_picture(scene, page, self.size(), ratio)
        self._symbols, self._whole = self._picture.symbols, None
        self.show_folded(page.folded)

    def _spots_of(self, keys: tuple[ItemKey, ...]) -> list[QRectF]:
        """Where the symbols or counts of items are; for one that is not shown, the middle of its places."""
        wanted = set(keys)
        found = [self._pixels(op) for op in self._symbols if wanted.intersection(op.items)]
        if found or len(keys) != 1:
            return found
        item = find_item(self._session.atlas.plans, keys[0])
        spots = [self.widget_position(spot.place) for spot in item.spots] if item is not None else []
        half = AROUND_A_NAME
        return [QRectF(spot.x() - half, spot.y() - half, 2 * half, 2 * half) for spot in spots]

    def _pixels(self, op: SymbolOp) -> QRectF:
        """A square around the symbol in pixels, moved with the picture while that is not drawn anew."""
        assert self._picture is not None
        x, y = self.page.to_page(*self._picture.page.to_map(*op.at))
        half = (op.box[3] - op.box[1]) / 2 * PX_PER_PT
        return QRectF(x * PX_PER_PT - half, y * PX_PER_PT - half, 2 * half, 2 * half)

    def _transform(self) -> QTransform:
        scale = self.page.scale * PX_PER_PT
        x, y = self.page.origin
        return QTransform(scale, 0, 0, -scale, x * PX_PER_PT, y * PX_PER_PT)

    # --- the pointer elsewhere ---

    def set_hover(self, adcode: str | None, *others: str) -> None:
        """Outlines places that the pointer is over elsewhere, in a table say; no tip, and nothing is emitted."""
        if (adcode, others) != (self._hovered, self._hovered_with):
            before, now = {self._hovered, *self._hovered_with}, {adcode, *others}
            changed = QRect()
            for place in before ^ now:
                changed = changed.united(self._region_of(place))
            self.update(changed)
            self._hovered, self._hovered_with = adcode, others

    def _mark_hovered(self, place: str | None, symbol: SymbolOp | None) -> bool:
        """Outlines or rings what the pointer is over here; whether that is something else than before."""
        if (place, symbol) == (self._hovered, self._hovered_symbol):
            return False
        changed = self._region_of(self._hovered).united(self._region_of(place))
        for op in (self._hovered_symbol, symbol):
            for spot in self._spots_of(op.items) if op is not None else ():
                changed = changed.united(spot.toAlignedRect().adjusted(-6, -6, 6, 6))
        self.update(changed)
        self._hovered, self._hovered_symbol = place, symbol
        return True

    def _region_of(self, adcode: str | None) -> QRect:
        if adcode is None:
            return QRect()
        min_x, min_y, max_x, max_y = self.boundaries().outline(adcode).bounds
        corners = QRectF(QPointF(min_x, min_y), QPointF(max_x, max_y))
        return self._transform().mapRect(corners).toAlignedRect().adjusted(-4, -4, 4, 4)
