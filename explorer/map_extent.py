"""The part of the map that a widget shows: its page, fitted to the province or where the user has moved it.

Knows nothing of painting and pointer: `explorer.map_painting` and `explorer.canvas` add these.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QTimer, Signal
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget

from explorer.legend_fold import LegendFold, is_too_large
from explorer.map_picture import PX_PER_PT
from explorer.session import Session
from geodata.analysis.items import ItemKey, find_item
from geodata.boundaries import Boundaries, level_for, load_boundaries
from geodata.geometry import Point
from geodata.language import language
from layers.build import build_scene
from layers.corners import legend_box, scale_box
from layers.fonts import measure
from layers.furniture import screen_page
from layers.page import Page
from layers.scene import Scene
from layers.theme import COUNTY_DETAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

CRISP_AFTER = 40
"""Milliseconds without another movement after which the moved picture is drawn again."""

FILLED = 0.8
"""Share of the map's width or height that a place takes which it is enlarged to."""

NEAREST = 1 / 40.0
"""Points per map metre of the closest view: the boundaries are not good for more."""


class MapExtent(QWidget):
    """The session's view on a page of the widget's size, which follows both, and the ways to look around in it."""

    extent_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._levels: dict[int, Boundaries] = {}
        self._page: Page | None = None
        self._fitted = True
        self._settled = True
        self._fold = LegendFold()
        self._rough = False
        self._crisp = QTimer(self)
        self._crisp.setSingleShot(True)
        self._crisp.timeout.connect(self._redraw)
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

    def map_position(self, position: QPointF) -> Point:
        """Map metres of a position in pixels."""
        return self.page.to_map(position.x() / PX_PER_PT, position.y() / PX_PER_PT)

    def widget_position(self, adcode: str) -> QPoint:
        """Pixels of the point where a place's name stands."""
        x, y, _ = self.boundaries().label_points[adcode]
        px, py = self.page.to_page(x, y)
        return QPoint(round(px * PX_PER_PT), round(py * PX_PER_PT))

    def _furniture(self) -> QRegion:
        """Where legend and scale bar cover the map: no place is under them."""
        return _furniture_of(self.scene(), self.page)

    def is_in_sight(self, adcode: str) -> bool:
        """Whether the middle of a place is on the map and not under legend or scale bar."""
        at = self.widget_position(adcode)
        return self.rect().contains(at) and not self._furniture().contains(at)

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

    def fold_for_itself(self) -> None:
        """From now on what the user folds here is not remembered, nor is what he folded elsewhere followed."""
        self._fold = LegendFold(kept=False)
        self._fold_or_not()

    def fold_legend(self) -> None:
        """Folds the legend to its heading, or unfolds it; that is remembered."""
        self._fold.switch(is_too_large(self.scene(), self.page))
        self._fold_or_not()
        self._redraw()
        self.extent_changed.emit()  # one that is fitted has room for a larger map

    def _redraw(self) -> None:
        self._rough = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._fitted and self._page is not None:
            width, height = self.width() / PX_PER_PT, self.height() / PX_PER_PT
            self._page = self._page._replace(width=width, height=height, frame=(0.0, 0.0, width, height))
        self._fold_or_not()
        self._redraw()

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

    def show_item(self, key: ItemKey) -> None:
        """Moves and enlarges so that the item's spot can be told from its neighbours; of several spots all are in
        sight."""
        found = find_item(self._session.atlas.plans, key)
        places = sorted({spot.place for spot in found.spots}) if found is not None else []
        if len(places) == 1:
            self._show_spot(places[0])
        elif not all(map(self.is_in_sight, places)):
            self._show_spots(places)

    def near_scale(self, place: str) -> float:
        """Points per map metre at which the spots of the place's prefecture can be told apart; no less than now."""
        room = self.boundaries().label_points[place[:4] + "00"][2]
        return max(self.page.scale, min(self.width(), self.height()) / PX_PER_PT / (6 * room))

    def _show_spot(self, place: str) -> None:
        self.show_at(self.near_scale(place), self.boundaries().label_points[place][:2])

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
        if not self.is_in_sight(adcode):
            self.show_at(self.page.scale, self.boundaries().label_points[adcode][:2])

    def show_place(self, adcode: str) -> None:
        """Moves and enlarges so that the place fills the map."""
        min_x, min_y, max_x, max_y = self.boundaries().outline(adcode).bounds
        left, right = self._free_width()
        scale = FILLED * min((right - left) / (max_x - min_x), self.page.height / (max_y - min_y))
        self.show_at(scale, ((min_x + max_x) / 2, (min_y + max_y) / 2))

    def show_at(self, scale: float, at: Point) -> None:
        """Shows a position (map metres) in the middle of what the legend leaves free, at a scale (points per metre)."""
        scale, aside = min(NEAREST, scale), sum(self._free_width()) / 2 - self.page.width / 2
        self.keep_extent((scale, at[0] - aside / scale, at[1]))

    def _free_width(self) -> tuple[float, float]:
        """The left and right end, in points, of what the legend leaves free of the middle third of the map's height."""
        left, top, right, bottom = legend_box(self.scene(), self.page, measure)
        if bottom < self.page.height / 3 or top > self.page.height * 2 / 3:
            return 0.0, self.page.width
        return max((0.0, left), (right, self.page.width), key=lambda ends: ends[1] - ends[0])

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
