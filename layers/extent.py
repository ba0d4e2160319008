"""What a figure zooms to: a prefecture, or a region with stated members."""

from __future__ import annotations

from geodata.boundaries import Boundaries, pieces
from geodata.gazetteer import gazetteer
from geodata.geometry import Outline, outline
from geodata.language import tr
from geodata.plan import Plan, Region
from geodata.problems import fail
from layers.catalog.regions import around, has_outline, members
from layers.scene import Line, Marker
from layers.theme import FOCUS, FOCUS_BW
from layers.view import ViewState

REGION = "region:"
"""Before a region's id in ViewState.extent_of."""


def find_region(plan: Plan, name: str) -> Region:
    """The region of that id, name or alias that has an outline. Raises UserError with those there are."""
    known = [region for region in plan.regions if has_outline(region)]
    for region in known:
        if name in (region.id, region.name, *region.aliases):
            return region
    listed = tr("、").join(region.name for region in known) or tr("（无）")
    what = tr("{plan}中没有写明成员的区域“{name}”", plan=plan.title, name=name)
    raise fail("", what, tr("可以是：{names}", names=listed))


def extent_places(plan: Plan, view: ViewState) -> tuple[str, ...]:
    """The prefectures and counties that the figure zooms to; nothing for the whole province."""
    if view.extent_of is None:
        return ()
    if not view.extent_of.startswith(REGION):
        return (view.extent_of,)
    return members(next(region for region in plan.regions if region.id == view.extent_of.removeprefix(REGION)))


def extent_name(plan: Plan, view: ViewState) -> str:
    """`四川省`, `德阳市` or a region's name."""
    if view.extent_of is None:
        return tr("四川省")
    if view.extent_of.startswith(REGION):
        return next(region.name for region in plan.regions if region.id == view.extent_of.removeprefix(REGION))
    return gazetteer()[view.extent_of].name


def extent_body(plan: Plan, view: ViewState, boundaries: Boundaries) -> Outline:
    """The outline that furniture must not cover."""
    places = extent_places(plan, view)
    if not places:
        return boundaries.province
    if len(places) == 1:
        return boundaries.outline(places[0])
    return outline([ring for place in places for ring in boundaries.outline(place).rings()])


def focus(plan: Plan, view: ViewState, boundaries: Boundaries) -> tuple[Line, ...]:
    """The edge of what the figure zooms to."""
    places = extent_places(plan, view)
    if not places:
        return ()
    stroke = FOCUS_BW if view.template.bw else FOCUS
    if len(places) == 1:
        return (Line("focus", pieces(boundaries.outline(places[0]).rings()), stroke),)
    return (Line("focus", around(places, boundaries), stroke),)


def within(plan: Plan, view: ViewState, marked: tuple[Marker, ...]) -> tuple[Marker, ...]:
    """The markers without those that are only known to be in a prefecture of which the extent has some counties."""
    counties = {place for place in extent_places(plan, view) if not place.endswith("00")}
    partly = {county[:4] + "00" for county in counties}
    return tuple(marker for marker in marked if marker.place not in partly)
