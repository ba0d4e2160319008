"""Prefectures filled by the roles that the shown sectors give them, or by how many sectors they have."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from geodata.boundaries import Boundaries
from geodata.plan import Assignment, Plan
from layers.scene import Area, Fill
from layers.theme import COUNT_SHARES, REST, bw_fill, count_fill, role_fill
from layers.view import ViewState, effective_style, shown_sectors


def shown_assignments(plan: Plan, view: ViewState) -> tuple[Assignment, ...]:
    """The assignments that are switched on."""
    return tuple(item for item in plan.assignments if view.is_on(item.sector, item.role))


def zones(plan: Plan, view: ViewState, boundaries: Boundaries) -> tuple[Area, ...]:
    """An area per prefecture. All are plain in ring glyphs, which tell the roles, and in small multiples."""
    style = effective_style(plan, view)
    fills: dict[str, tuple[Fill, ...]] = {}
    if style == "count":
        classes = count_classes(plan, view)
        for place, number in sectors_by_place(plan, view).items():
            index = next(index for index, (_, high) in enumerate(classes) if number <= high)
            fills[place] = (count_fill(index, view.template.bw),)
    elif style not in ("glyphs", "multiples"):
        fills = _role_fills(plan, view)
    return _areas(fills, view, boundaries)


def rest_fill(view: ViewState) -> Fill:
    """Of a place without a role: white in black and white."""
    return Fill((255, 255, 255)) if view.template.bw else Fill(REST)


def pair_fill(plan: Plan, view: ViewState, sector: str, role: str) -> Fill:
    """The fill of a role of a sector in the colours of the view."""
    if view.template.bw:
        order = [found.id for found in shown_sectors(plan, view)].index(sector)
        return bw_fill(order, plan.role(role))
    return role_fill(plan.sector(sector), plan.role(role))


def _role_fills(plan: Plan, view: ViewState) -> dict[str, tuple[Fill, ...]]:
    order = {sector.id: index for index, sector in enumerate(plan.sectors)}
    fills: dict[str, tuple[Fill, ...]] = {}
    for item in sorted(shown_assignments(plan, view), key=lambda item: order[item.sector]):
        fill = pair_fill(plan, view, item.sector, item.role)
        fills[item.place] = (*fills.get(item.place, ()), fill)
    return fills


def _areas(fills: Mapping[str, tuple[Fill, ...]], view: ViewState, boundaries: Boundaries) -> tuple[Area, ...]:
    rest = (rest_fill(view),)
    return tuple(Area(adcode, shape, fills.get(adcode, rest)) for adcode, shape in boundaries.prefectures.items())


def panel_areas(plan: Plan, view: ViewState, sector: str, boundaries: Boundaries) -> tuple[Area, ...]:
    """The areas of one small multiple: one sector in the fills that all multiples share."""
    fills = {
        item.place: (shared_fill(plan, view, item.role),)
        for item in shown_assignments(plan, view)
        if item.sector == sector
    }
    return _areas(fills, view, boundaries)


def shared_fill(plan: Plan, view: ViewState, role: str) -> Fill:
    """The fill of a role in all small multiples."""
    if view.template.bw:
        return bw_fill(0, plan.role(role))
    return role_fill(plan.sectors[0], plan.role(role))


def sectors_by_place(plan: Plan, view: ViewState) -> dict[str, int]:
    """How many of the shown sectors each place has a role in; places with none are absent."""
    found: dict[str, set[str]] = {}
    for item in shown_assignments(plan, view):
        found.setdefault(item.place, set()).add(item.sector)
    return {place: len(sectors) for place, sectors in found.items()}


def count_classes(plan: Plan, view: ViewState) -> tuple[tuple[int, int], ...]:
    """Least and most sectors of each class of an overlap count, up to four classes of about equal width."""
    most = max(sectors_by_place(plan, view).values(), default=1)
    number = min(most, len(COUNT_SHARES))
    ends = [-(-most * step // number) for step in range(number + 1)]
    return tuple((low + 1, high) for low, high in pairwise(ends))
