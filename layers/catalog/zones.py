"""Prefectures filled by the roles that the shown sectors give them; two sectors share an area as stripes."""

from __future__ import annotations

from geodata.boundaries import Boundaries
from geodata.plan import Assignment, Plan
from layers.scene import Area, Fill
from layers.theme import REST, role_fill
from layers.view import ViewState, effective_style


def shown_assignments(plan: Plan, view: ViewState) -> tuple[Assignment, ...]:
    """The assignments that are switched on."""
    return tuple(item for item in plan.assignments if view.is_on(item.sector, item.role))


def zones(plan: Plan, view: ViewState, boundaries: Boundaries) -> tuple[Area, ...]:
    """An area per prefecture. In the glyph style all are plain, because the rings tell the roles."""
    fills: dict[str, list[Fill]] = {}
    if effective_style(plan, view) != "glyphs":
        order = {sector.id: index for index, sector in enumerate(plan.sectors)}
        for item in sorted(shown_assignments(plan, view), key=lambda item: order[item.sector]):
            fills.setdefault(item.place, []).append(role_fill(plan.sector(item.sector), plan.role(item.role)))
    return tuple(
        Area(adcode, shape, tuple(fills.get(adcode, (Fill(REST),)))) for adcode, shape in boundaries.prefectures.items()
    )
