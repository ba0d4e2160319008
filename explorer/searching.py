"""Where a search leads: the place, sector, item, region or term that was chosen, on the map and in the inspector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.canvas import PX_PER_PT, MapCanvas
from explorer.session import Session
from geodata.language import tr
from layers.theme import COUNTY_DETAIL
from layers.view import ViewState, role_pairs

if TYPE_CHECKING:
    from geodata.analysis.search import Hit


def go(session: Session, canvas: MapCanvas, hit: Hit) -> None:
    """Shows what was found: one change of the view, so that one undo leads back."""
    from geodata.searching.entries import PlaceKey, RegionKey, SectorKey, TermKey

    target = hit.target
    if isinstance(target, PlaceKey):
        session.select_place(target.adcode)
        bring(canvas, target.adcode)
    elif isinstance(target, SectorKey | TermKey):
        view = _turned(session.view, target.plan)
        pairs = frozenset(role_pairs(session.atlas.plan(target.plan), target.sector))
        _show(session, canvas, view._replace(shown=pairs), target.places)
    elif isinstance(target, RegionKey):
        view = _turned(session.view, target.plan)
        _show(session, canvas, view._replace(layers=view.layers | {"regions"}), target.places)
    else:
        session.select_item(target)
        canvas.show_item(target)
    session.notice.emit(tr("　").join(part for part in (hit.name, hit.detail, hit.plan) if part))


def _turned(view: ViewState, plan: str) -> ViewState:
    """The view of that plan; with nothing on when it was of another."""
    if plan == view.plan:
        return view
    return ViewState(plan, frozenset(), view.style, view.layers, view.place, view.item, template=view.template)


def _show(session: Session, canvas: MapCanvas, view: ViewState, places: Sequence[str]) -> None:
    """The view with one place selected, or several highlighted together; all of them in sight."""
    if len(places) == 1:
        view = view._replace(place=places[0], item=None, group=())
    elif places:
        view = view._replace(place=None, item=None, group=tuple(places))
    session.set_view(view)
    if len(places) == 1:
        bring(canvas, places[0])
    elif not all(in_sight(canvas, place) for place in places):
        canvas.fit()


def bring(canvas: MapCanvas, adcode: str) -> None:
    """Moves the map so that a prefecture is in sight; to a county also so near that its neighbours have names."""
    if adcode.endswith("00"):
        if not in_sight(canvas, adcode):
            x, y, _ = canvas.boundaries().label_points[adcode]
            canvas.keep_extent((canvas.page.scale, x, y))
        return
    points = canvas.boundaries().label_points
    room = points[adcode[:4] + "00"][2]
    near = min(canvas.width(), canvas.height()) / PX_PER_PT / (6 * room)
    scale = max(canvas.page.scale, near, 1.01 / COUNTY_DETAIL)
    canvas.keep_extent((scale, *points[adcode][:2]))


def in_sight(canvas: MapCanvas, adcode: str) -> bool:
    """Whether the middle of a place is in the window and not under legend or scale bar."""
    at = canvas.widget_position(adcode)
    return canvas.rect().contains(at) and canvas.place_under(at.toPointF()) is not None
