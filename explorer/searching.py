"""Where a search leads: the place, sector, item, region or term that was chosen, on the map and in the inspector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.canvas import MapCanvas
from explorer.session import Session
from layers.view import ViewState, role_pairs

if TYPE_CHECKING:
    from geodata.analysis.search import Hit


def go(session: Session, canvas: MapCanvas, hit: Hit) -> None:
    """Shows what was found: one change of the view, so that one undo leads back."""
    from geodata.searching.entries import PlaceKey, RegionKey, SectorKey, TermKey

    target = hit.target
    if isinstance(target, PlaceKey):
        session.select_place(target.adcode)
        canvas.show_extent_of(target.adcode)
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
    session.notice.emit("　".join(part for part in (hit.name, hit.detail, hit.plan) if part))


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
    points = [canvas.boundaries().label_points[place] for place in places]
    min_x, min_y, max_x, max_y = canvas.page.extent
    if not all(min_x < x < max_x and min_y < y < max_y for x, y, _ in points):
        canvas.fit()
