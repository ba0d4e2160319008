"""The map widget: draws the scene of the session's view, and turns mouse and keys into places.

A plain widget with its own picture: it starts in a quarter of a graphics view's time. The picture is drawn
again when scene or page change; while the map is dragged or zoomed the last picture is moved and the crisp
one follows when the event queue is empty. Hover and selection are drawn in their own small region, over the areas
and under symbols, names and legend.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QPen, QRegion, QTransform
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from explorer.legend_fold import LegendFold, is_too_large
from explorer.map_picture import PX_PER_PT, MapPicture, draw_outline, draw_ring, drawn_picture
from explorer.map_tips import place_tip, symbol_tip
from explorer.session import Session
from geodata.analysis.items import ItemKey, counties_with_facts, find_item
from geodata.boundaries import Boundaries, level_for, load_boundaries
from geodata.geometry import Point
from geodata.language import language, tr
from layers.build import build_scene
from layers.corners import heading_box, legend_box, scale_box
from layers.drawing import SymbolOp
from layers.fonts import measure
from layers.furniture import screen_page
from layers.hit import place_at
from layers.page import Page
from layers.scene import Scene
from layers.theme import COUNTY_DETAIL, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

CRISP_AFTER = 40
"""Milliseconds without another movement after which the moved picture is drawn again."""

HOVER = QColor(20, 20, 20)
SELECTED = QColor(196, 22, 28)
GROUP = QColor(190, 0, 140)
THIN, BOLD = 1.2, 2.4
"""Pixels: the outline of a place under the pointer, and of a selected one."""

AROUND_A_NAME = 14
"""Pixels from the middle of a place, where its name is, to the ring for what has no symbol."""

FILLED = 0.8
"""Share of the map's width or height that a place takes which it is enlarged to."""

NEAREST = 1 / 40.0
"""Points per map metre of the closest view: the boundaries are not good for more."""


class MapCanvas(QWidget):
    """The map of the session's view. Positions in signals are map metres. `show_menu` is called for a place's menu, with
    a position on the screen, `show_folded` with whether the legend that was drawn is folded."""

    place_clicked = Signal(str)
    pointer_moved = Signal(str, float, float)
    extent_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.show_menu: Callable[[str, QPoint], object] = lambda *_: None
        self.show_folded: Callable[[bool], object] = lambda _: None
        self._levels: dict[int, Boundaries] = {}
        self._page: Page | None = None
        self._fitted = True
        self._settled = True
        self._picture: MapPicture | None = None
        self._whole: QImage | None = None
        self._symbols: tuple[SymbolOp, ...] = ()
        self._fold = LegendFold()
        self._over_heading = False
        self._hovered_symbol: SymbolOp | None = None
        self._rough = False
        self._hovered: str | None = None
        self._hovered_with: tuple[str, ...] = ()
        self._press: QPointF | None = None
        self._drag_from: tuple[QPointF, Point] | None = None
        self._crisp = QTimer(self)
        self._crisp.setSingleShot(True)
        self._crisp.timeout.connect(self._redraw)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("地图"))
        self.setAccessibleDescription(
            tr("四川省地图；方向键平移，加减键缩放，方括号键选择上一个或下一个市州，菜单键打开所选市州的菜单")
        )
        session.view_changed.connect(self._view_changed)
        session.atlas_changed.connect(self._view_changed)

    # --- what is shown ---

    @property
    def page(self) -> Page:
        """The surface in points and the extent on it."""
        if self._page is None:
            self._page = self._fitted_page()
        elif not self._settled:
            self._page = self._page._replace(folded=self._fold.is_folded(is_too_large(self.scene(), self._page)))
        self._settled = True
        return self._page

    def boundaries(self) -> Boundaries:
        """The level of detail for the current scale."""
        scale = self._page.scale * PX_PER_PT * self.devicePixelRatioF() if self._page else 1 / 1000
        level = level_for(1 / scale)
        if level not in self._levels:
            self._levels[level] = load_boundaries(level)
        return self._levels[level]

    def scene(self) -> Scene:
        """The scene of the session's view at the current level of detail."""
        # The selection is drawn over the picture.
        view = self._session.view._replace(place=None, item=None, group=())
        if view.style == "multiples":  # of sheets only: small maps cannot be moved and enlarged
            view = view._replace(style="auto")
        return _scene_of(language(), self._session.atlas, view, self.boundaries(), self.shows_counties())

    def shows_counties(self) -> bool:
        """Whether the map is near enough for counties."""
        return self._page is not None and 1 / self._page.scale < COUNTY_DETAIL

    def _fitted_page(self) -> Page:
        scene, width, height = self.scene(), self.width() / PX_PER_PT, self.height() / PX_PER_PT
        page = screen_page(scene, width, height, measure)
        if self._fold.is_folded(is_too_large(scene, page)):
            return screen_page(scene, width, height, measure, folded=True)
        return page

    def _view_changed(self) -> None:
        self._fold_or_not()
        self._redraw()

    def _fold_or_not(self) -> None:
        """Has the legend folded or unfolded when the page is next asked for; a map that is fitted is fitted again."""
        if self._fitted:
            self._page = None
        self._settled = False

    def legend_folded(self) -> bool:
        """Whether only the legend's heading is shown."""
        return self.page.folded

    def fold_legend(self) -> None:
        """Folds the legend to its heading, or unfolds it; that is remembered."""
        self._fold.switch(is_too_large(self.scene(), self.page))
        self._fold_or_not()
        self._redraw()
        self.extent_changed.emit()  # one that is fitted has room for a larger map

    def _redraw(self) -> None:
        self._rough = False
        self.update()

    # --- looking around ---

    def fit(self) -> None:
        """The whole province, as large as the widget allows."""
        self._fitted = True
        self._page = None
        self._redraw()
        self.extent_changed.emit()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarges by `factor` around a position in pixels, else around the selected place or item that is in sight,
        else around the middle."""
        page = self.page
        where = at or self._selected_in_sight() or QPointF(self.width() / 2, self.height() / 2)
        x, y = where.x() / PX_PER_PT, where.y() / PX_PER_PT
        map_x, map_y = page.to_map(x, y)
        smallest = 0.5 * self._fitted_page().scale
        scale = max(smallest, min(NEAREST, page.scale * factor))
        share = page.scale / scale
        centre = (map_x + (page.centre[0] - map_x) * share, map_y + (page.centre[1] - map_y) * share)
        self._go(page._replace(scale=scale, centre=centre))

    def pan(self, dx: float, dy: float) -> None:
        """Moves the map by pixels."""
        x, y = self.page.centre
        step = PX_PER_PT * self.page.scale
        self._go(self.page._replace(centre=(x - dx / step, y + dy / step)))

    def _selected_in_sight(self) -> QPointF | None:
        view = self._session.view
        item = find_item(self._session.atlas.plans, view.item) if view.item is not None else None
        places = [spot.place for spot in item.spots] if item is not None else [view.place] if view.place else []
        return next((QPointF(self.widget_position(place)) for place in places if self.is_in_sight(place)), None)

    def is_in_sight(self, adcode: str) -> bool:
        """Whether the middle of a place is on the map and not under legend or scale bar."""
        at = self.widget_position(adcode)
        return self.rect().contains(at) and not self._furniture().contains(at)

    def show_item(self, key: ItemKey) -> None:
        """Moves and enlarges so that the item's spot can be told from its neighbours; of several spots all are in
        sight."""
        found = find_item(self._session.atlas.plans, key)
        places = sorted({spot.place for spot in found.spots}) if found is not None else []
        if len(places) == 1:
            self._show_spot(places[0])
        elif not all(map(self.is_in_sight, places)):
            self._show_spots(places)

    def _show_spot(self, place: str) -> None:
        room = self.boundaries().label_points[place[:4] + "00"][2]
        near = min(self.width(), self.height()) / PX_PER_PT / (6 * room)
        centre = self.boundaries().label_points[place][:2]
        self._go(self.page._replace(scale=max(self.page.scale, near), centre=centre))

    def _show_spots(self, places: Sequence[str]) -> None:
        """As large as lets all the places' middles be in sight; the whole province where that is no larger."""
        spots = [self.boundaries().label_points[place] for place in places]
        min_x, max_x = min(x - room for x, _, room in spots), max(x + room for x, _, room in spots)
        min_y, max_y = min(y - room for _, y, room in spots), max(y + room for _, y, room in spots)
        whole = self._fitted_page()
        scale = FILLED * min(whole.width / (max_x - min_x), whole.height / (max_y - min_y))
        if scale > whole.scale:
            self._go(whole._replace(scale=min(NEAREST, scale), centre=((min_x + max_x) / 2, (min_y + max_y) / 2)))
            if all(map(self.is_in_sight, places)):
                return
        self.fit()

    def show_extent_of(self, adcode: str) -> None:
        """Moves so that the place is in the middle, if it is not in sight."""
        x, y, _ = self.boundaries().label_points[adcode]
        min_x, min_y, max_x, max_y = self.page.extent
        if not (min_x < x < max_x and min_y < y < max_y):
            self._go(self.page._replace(centre=(x, y)))

    def show_place(self, adcode: str) -> None:
        """Moves and enlarges so that the place fills the map."""
        min_x, min_y, max_x, max_y = self.boundaries().outline(adcode).bounds
        page = self.page
        scale = FILLED * min(page.width / (max_x - min_x), page.height / (max_y - min_y))
        self._go(page._replace(scale=min(NEAREST, scale), centre=((min_x + max_x) / 2, (min_y + max_y) / 2)))

    def _go(self, page: Page) -> None:
        min_x, min_y, max_x, max_y = self.boundaries().extent
        x, y = page.centre
        self._page = page._replace(centre=(max(min_x, min(max_x, x)), max(min_y, min(max_y, y))))
        self._fitted = False
        self._rough = True
        self._crisp.start(CRISP_AFTER)
        self.update()
        self.extent_changed.emit()

    def go_to(self, scale: float, centre: Point) -> None:
        """Goes to a scale (points per map metre) and a centre (map metres), those of another map say."""
        if (scale, centre) != (self.page.scale, self.page.centre):
            self._go(self.page._replace(scale=scale, centre=centre))

    def extent_to_keep(self) -> tuple[float, float, float] | None:
        """Scale and centre for the next start; None when the whole province is shown."""
        return None if self._fitted else (self.page.scale, *self.page.centre)

    def keep_extent(self, kept: tuple[float, ...]) -> None:
        """Goes where an earlier extent_to_keep() was."""
        scale, x, y = kept
        self._page = self._fitted_page()._replace(scale=min(NEAREST, max(1e-6, scale)), centre=(x, y))
        self._fitted = False
        self._redraw()
        self.extent_changed.emit()

    def picture(self) -> QImage | None:
        """The crisp picture of the map as it is on the screen, without hover and selection."""
        if self._picture is None or self._rough:
            return None
        if self._whole is None:
            self._whole = self._picture.whole()
        return self._whole

    # --- painting ---

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

    def _furniture(self) -> QRegion:
        """Where legend and scale bar cover the map: no place is under them."""
        return _furniture_of(self.scene(), self.page)

    def _transform(self) -> QTransform:
        scale = self.page.scale * PX_PER_PT
        x, y = self.page.origin
        return QTransform(scale, 0, 0, -scale, x * PX_PER_PT, y * PX_PER_PT)

    def _region_of(self, adcode: str | None) -> QRect:
        if adcode is None:
            return QRect()
        min_x, min_y, max_x, max_y = self.boundaries().outline(adcode).bounds
        corners = QRectF(QPointF(min_x, min_y), QPointF(max_x, max_y))
        return self._transform().mapRect(corners).toAlignedRect().adjusted(-4, -4, 4, 4)

    # --- pointer and keys ---

    def place_under(self, position: QPointF) -> str | None:
        """The prefecture at a position in pixels, or a county with facts of its own where counties are shown; none
        under the legend."""
        if self._furniture().contains(position.toPoint()):
            return None
        where = self.map_position(position)
        if self.shows_counties():
            county = place_at(self.boundaries(), *where, counties=True)
            if any(county in counties_with_facts(plan) for plan in self._session.atlas.plans):
                return county
        return place_at(self.boundaries(), *where)

    def symbol_under(self, position: QPointF) -> SymbolOp | None:
        """The symbol or count at a position in pixels, unless the picture is being moved."""
        if self._rough or self._furniture().contains(position.toPoint()):
            return None
        x, y = position.x() / PX_PER_PT, position.y() / PX_PER_PT
        return next((op for op in self._symbols if op.box[0] <= x <= op.box[2] and op.box[1] <= y <= op.box[3]), None)

    def map_position(self, position: QPointF) -> Point:
        """Map metres of a position in pixels."""
        return self.page.to_map(position.x() / PX_PER_PT, position.y() / PX_PER_PT)

    def widget_position(self, adcode: str) -> QPoint:
        """Pixels of the point where a place's name stands."""
        x, y, _ = self.boundaries().label_points[adcode]
        px, py = self.page.to_page(x, y)
        return QPoint(round(px * PX_PER_PT), round(py * PX_PER_PT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._press = event.position()
            self._drag_from = (event.position(), self.page.centre)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._drag_from is not None and event.buttons():
            start, centre = self._drag_from
            if self._press is not None and (position - self._press).manhattanLength() < 5:
                return
            self._press = None
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            step = PX_PER_PT * self.page.scale
            moved = position - start
            self._go(self.page._replace(centre=(centre[0] - moved.x() / step, centre[1] + moved.y() / step)))
            return
        if self._point_at_heading(self._heading().contains(position), position):
            return
        symbol = self.symbol_under(position)
        self._hover(None if symbol is not None else self.place_under(position), position, symbol)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.unsetCursor()
        self._drag_from = None
        if self._press is not None and event.button() == Qt.MouseButton.LeftButton:
            symbol = self.symbol_under(event.position())
            place = self.place_under(event.position())
            if self._heading().contains(event.position()):
                self.fold_legend()
            elif symbol is not None:
                self._open(symbol, event.globalPosition().toPoint())
            elif place is not None:
                self.place_clicked.emit(place)
        self._press = None

    def _open(self, symbol: SymbolOp, at: QPoint) -> None:
        """Selects the one item, or offers the several in a menu."""
        if len(symbol.items) == 1:
            self._session.select_item(symbol.items[0])
            return
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        for key in symbol.items:
            found = find_item(self._session.atlas.plans, key)
            if found is not None:
                words = tr("{name}（{text}）", name=found.name, text=found.category).replace("&", "&&")
                self.menu.addAction(words).triggered.connect(lambda _=False, key=key: self._session.select_item(key))
        self.menu.popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """For the place under the pointer, or by key for the selected one."""
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            place, at = self.place_under(QPointF(event.pos())), event.globalPos()
        elif (place := self._session.view.place) is not None:
            spot = self.widget_position(place)
            at = self.mapToGlobal(spot if self.rect().contains(spot) else self.rect().center())
        if place is not None:
            self.show_menu(place, at)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at_heading(False)
        self._hover(None, None)

    def _heading(self) -> QRectF:
        """The legend's heading in pixels."""
        left, top, right, bottom = (edge * PX_PER_PT for edge in heading_box(self.scene(), self.page, measure))
        return QRectF(left, top, right - left, bottom - top)

    def _point_at_heading(self, over: bool, position: QPointF | None = None) -> bool:
        """Shows that a click on the legend's heading does something; gives `over` back."""
        if over and position is not None:
            self._hover(None, position)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            words = tr("展开图例（Ctrl+L）") if self.legend_folded() else tr("折叠图例（Ctrl+L）")
            QToolTip.showText(self.mapToGlobal(position).toPoint() + QPoint(14, 14), words, self)
        elif self._over_heading:
            self.unsetCursor()
            QToolTip.hideText()
        self._over_heading = over
        return over

    def set_hover(self, adcode: str | None, *others: str) -> None:
        """Outlines places that the pointer is over elsewhere, in a table say; no tip, and nothing is emitted."""
        if (adcode, others) != (self._hovered, self._hovered_with):
            before, now = {self._hovered, *self._hovered_with}, {adcode, *others}
            changed = QRect()
            for place in before ^ now:
                changed = changed.united(self._region_of(place))
            self.update(changed)
            self._hovered, self._hovered_with = adcode, others

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def _hover(self, place: str | None, position: QPointF | None, symbol: SymbolOp | None = None) -> None:
        if self._hovered_with:  # left over from elsewhere
            self.set_hover(self._hovered)
        if (place, symbol) != (self._hovered, self._hovered_symbol):
            changed = self._region_of(self._hovered).united(self._region_of(place))
            for op in (self._hovered_symbol, symbol):
                for spot in self._spots_of(op.items) if op is not None else ():
                    changed = changed.united(spot.toAlignedRect().adjusted(-6, -6, 6, 6))
            self.update(changed)
            self._hovered, self._hovered_symbol = place, symbol
            self.setCursor(Qt.CursorShape.PointingHandCursor if symbol is not None else Qt.CursorShape.ArrowCursor)
            if place is None and symbol is None:
                QToolTip.hideText()
            elif position is not None:
                words = self.symbol_tip(symbol) if symbol is not None else self.tip(place or "")
                QToolTip.showText(self.mapToGlobal(position).toPoint() + QPoint(14, 14), _rich(words), self)
        x, y = self.map_position(position) if position is not None else (0.0, 0.0)
        self.pointer_moved.emit(place or "", x, y)

    def symbol_tip(self, symbol: SymbolOp) -> str:
        """What a symbol stands for."""
        here = place_at(self.boundaries(), *self.page.to_map(*symbol.at)) or ""
        return symbol_tip(self._session.atlas, symbol, here)

    def tip(self, adcode: str) -> str:
        """The place and its roles in the sectors that are shown."""
        return place_tip(self._session.atlas, self._session.view, adcode)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            return True  # the tip is shown on entering a place, without delay
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (80, 0),
            Qt.Key.Key_Right: (-80, 0),
            Qt.Key.Key_Up: (0, 80),
            Qt.Key.Key_Down: (0, -80),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.pan(*steps[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.3)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.3)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._fitted and self._page is not None:
            width, height = self.width() / PX_PER_PT, self.height() / PX_PER_PT
            self._page = self._page._replace(width=width, height=height, frame=(0.0, 0.0, width, height))
        self._fold_or_not()
        self._redraw()


def _rich(text: str) -> str:
    """Plain text for a tip: as it is, whatever a pack's names contain."""
    return escape(text).replace("\n", "<br>")


@lru_cache(maxsize=4)
def _scene_of(language: str, *parts: object) -> Scene:
    """Kept for each language: title and legend are words."""
    return build_scene(*parts)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _furniture_of(scene: Scene, page: Page) -> QRegion:
    """Pixels under legend and scale bar; kept, because every move of the pointer asks."""
    region = QRegion()
    for box in (legend_box(scene, page, measure), scale_box(scene, page, measure)):
        left, top, right, bottom = (round(edge * PX_PER_PT) for edge in box)
        region = region.united(QRect(left, top, right - left, bottom - top))
    return region
