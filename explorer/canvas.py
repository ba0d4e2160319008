"""The map widget: draws the scene of the session's view, and turns mouse and keys into places.

A plain widget with its own picture: it starts in a quarter of a graphics view's time. The picture is drawn
again when scene or page change; while the map is dragged or zoomed the last picture is moved and the crisp
one follows when the event queue is empty. Hover and selection are drawn over it in their own small region.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QPen, QRegion, QTransform
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from explorer.session import Session
from geodata.analysis.items import ItemKey, counties_with_facts, find_item
from geodata.boundaries import Boundaries, level_for, load_boundaries, pieces
from geodata.geometry import Outline, Point
from geodata.language import language, tr
from geodata.plan import Plan
from layers.build import build_scene
from layers.corners import legend_box, scale_box
from layers.drawing import SymbolOp
from layers.fonts import measure
from layers.furniture import screen_page
from layers.hit import place_at
from layers.page import Page
from layers.paint import Text, paint_scene, path_of
from layers.scene import Scene
from layers.theme import COUNTY_DETAIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

PX_PER_PT = 96 / 72
"""Logical pixels in a point: Qt scales logical pixels to the screen's."""

CRISP_AFTER = 40
"""Milliseconds without another movement after which the moved picture is drawn again."""

MOST_IN_TIP = 8
"""Names of sites and projects in the tip of a count."""

HOVER = QColor(20, 20, 20)
SELECTED = QColor(196, 22, 28)
GROUP = QColor(190, 0, 140)
FILLED = 0.8
"""Share of the map's width or height that a place takes which it is enlarged to."""

NEAREST = 1 / 40.0
"""Points per map metre of the closest view: the boundaries are not good for more."""


class MapCanvas(QWidget):
    """The map of the session's view. Positions in signals are map metres. `show_menu` is called for a place's menu, with
    a position on the screen."""

    place_clicked = Signal(str)
    pointer_moved = Signal(str, float, float)
    extent_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.show_menu: Callable[[str, QPoint], object] = lambda *_: None
        self._levels: dict[int, Boundaries] = {}
        self._page: Page | None = None
        self._fitted = True
        self._picture: tuple[QImage, Scene, Page] | None = None
        self._symbols: tuple[SymbolOp, ...] = ()
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
        return screen_page(self.scene(), self.width() / PX_PER_PT, self.height() / PX_PER_PT, measure)

    def _view_changed(self) -> None:
        if self._fitted:
            self._page = None
        self._redraw()

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
        """Enlarges by `factor` around a position in pixels, or around the middle."""
        page = self.page
        where = at or QPointF(self.width() / 2, self.height() / 2)
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

    def show_item(self, key: ItemKey) -> None:
        """Moves and enlarges so that the item's first spot can be told from its neighbours."""
        found = find_item(self._session.atlas.plans, key)
        if found is None or not found.spots:
            return
        place = found.spots[0].place
        x, y, room = self.boundaries().label_points[place[:4] + "00"]
        near = min(self.width(), self.height()) / PX_PER_PT / (6 * room)
        page = self.page
        if place.endswith("00"):
            self._go(page._replace(scale=max(page.scale, near), centre=(x, y)))
        else:
            self._go(page._replace(scale=max(page.scale, near), centre=self.boundaries().label_points[place][:2]))

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
        return None if self._picture is None or self._rough else self._picture[0]

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        page = self.page
        painter = QPainter(self)
        if not self._rough or self._picture is None:
            self._draw_picture()
        assert self._picture is not None
        image, _, drawn = self._picture
        if drawn == page:
            painter.drawImage(QPointF(0, 0), image)
        else:
            painter.fillRect(self.rect(), QColor(240, 241, 243))
            factor = page.scale / drawn.scale
            x, y = page.to_page(*drawn.to_map(0, 0))
            painter.drawImage(
                QRectF(
                    x * PX_PER_PT,
                    y * PX_PER_PT,
                    drawn.width * PX_PER_PT * factor,
                    drawn.height * PX_PER_PT * factor,
                ),
                image,
            )
        painter.setClipRegion(QRegion(self.rect()).subtracted(self._furniture()))
        view = self._session.view
        outlines = [(adcode, GROUP, 2.4) for adcode in view.group]
        outlines += [(view.place, SELECTED, 2.4)] if view.place else []
        outlines += [(adcode, HOVER, 1.6) for adcode in (*self._hovered_with, self._hovered) if adcode]
        for adcode, colour, width in outlines:
            self._draw_outline(painter, adcode, colour, width)
        for key, colour in (
            (self._hovered_symbol.items if self._hovered_symbol else (), HOVER),
            ((view.item,) if view.item else (), SELECTED),
        ):
            for at in self._spots_of(key):
                self._draw_ring(painter, at, colour)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _draw_picture(self) -> None:
        page, scene = self.page, self.scene()
        ratio = self.devicePixelRatioF()
        if self._picture is not None:
            image, drawn, at = self._picture
            if drawn is scene and at == page and image.devicePixelRatio() == ratio:
                return
        size = self.size() * ratio
        image = QImage(size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = paint_scene(painter, scene, page, PX_PER_PT * ratio, Text.SPRITES)
        self._symbols = tuple(op for op in drawn if isinstance(op, SymbolOp) and op.items)
        painter.end()
        image.setDevicePixelRatio(ratio)
        self._picture = (image, scene, page)

    def _draw_outline(self, painter: QPainter, adcode: str, colour: QColor, width: float) -> None:
        transform = self._transform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for under, pen_width in ((QColor(255, 255, 255), width + 2), (colour, width)):
            pen = QPen(under, pen_width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            for piece in _pieces(self.boundaries().outline(adcode)):
                painter.strokePath(transform.map(path_of(piece)), pen)

    def _spots_of(self, keys: tuple[ItemKey, ...]) -> list[QRectF]:
        """Where the symbols or counts of items are; for one that is not shown, the middle of its places."""
        wanted = set(keys)
        found = [self._pixels(op) for op in self._symbols if wanted.intersection(op.items)]
        if found or len(keys) != 1:
            return found
        item = find_item(self._session.atlas.plans, keys[0])
        spots = [self.widget_position(spot.place) for spot in item.spots] if item is not None else []
        return [QRectF(spot.x() - 6, spot.y() - 6, 12, 12) for spot in spots]

    def _pixels(self, op: SymbolOp) -> QRectF:
        """A square around the symbol in pixels, moved with the picture while that is not drawn anew."""
        assert self._picture is not None
        x, y = self.page.to_page(*self._picture[2].to_map(*op.at))
        half = (op.box[3] - op.box[1]) / 2 * PX_PER_PT
        return QRectF(x * PX_PER_PT - half, y * PX_PER_PT - half, 2 * half, 2 * half)

    def _draw_ring(self, painter: QPainter, at: QRectF, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for under, width in ((QColor(255, 255, 255), 4.0), (colour, 2.0)):
            painter.setPen(QPen(under, width))
            painter.drawEllipse(at.adjusted(-2, -2, 2, 2))

    def _furniture(self) -> QRegion:
        """Where legend and scale bar cover the map: no outline is drawn over them, no place is under them."""
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
        symbol = self.symbol_under(position)
        self._hover(None if symbol is not None else self.place_under(position), position, symbol)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.unsetCursor()
        self._drag_from = None
        if self._press is not None and event.button() == Qt.MouseButton.LeftButton:
            symbol = self.symbol_under(event.position())
            place = self.place_under(event.position())
            if symbol is not None:
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
        self._hover(None, None)

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
        """What a symbol stands for, and how exact its position is; of a count the first names."""
        found = [find_item(self._session.atlas.plans, key) for key in symbol.items]
        items = [item for item in found if item is not None]
        if len(items) == 1:
            item = items[0]
            here = place_at(self.boundaries(), *self.page.to_map(*symbol.at)) or ""  # a project may be in several
            spot = next((spot for spot in item.spots if spot.place[:4] == here[:4]), item.spots[0])
            place = self._session.atlas.places.full_name(self._session.atlas.places[spot.place])
            exact = "" if item.is_exact else tr("（推定）") if item.basis == "inferred" else tr("（具体位置文件未写）")
            return f"{item.name}\n{tr('{category}，{place}', category=item.category, place=place)}{exact}"
        rest = [tr("等 {n} 个，单击展开", n=len(items)) if len(items) > MOST_IN_TIP else tr("单击展开")]
        return "\n".join([*(item.name for item in items[:MOST_IN_TIP]), *rest])

    def tip(self, adcode: str) -> str:
        """The place and its roles in the sectors that are shown."""
        session = self._session
        lines = [session.atlas.places[adcode].name, *_roles_shown(session.plan, session.view.shown, adcode)]
        return "\n".join(lines)

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
        if self._fitted or self._page is None:
            self._page = None
        else:
            width, height = self.width() / PX_PER_PT, self.height() / PX_PER_PT
            self._page = self._page._replace(width=width, height=height, frame=(0.0, 0.0, width, height))
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


@lru_cache(maxsize=64)
def _pieces(shape: Outline) -> tuple[Outline, ...]:
    """Short pieces of an outline: the cost of stroking grows with length squared."""
    return pieces(shape.rings())


def _roles_shown(plan: Plan, shown: frozenset[tuple[str, str]], adcode: str) -> list[str]:
    return [
        tr("{name}：{text}", name=plan.sector(item.sector).name, text=plan.role(item.role).name)
        for item in plan.assignments
        if item.place == adcode and (item.sector, item.role) in shown
    ]
