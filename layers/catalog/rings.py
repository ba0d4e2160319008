"""A ring on each city with a segment per shown sector: full for core, half for expansion."""

from __future__ import annotations

from geodata.boundaries import Boundaries
from geodata.plan import Plan
from layers.catalog.zones import shown_assignments
from layers.scene import Glyph, Segment
from layers.theme import INK, role_level, sector_colour
from layers.view import ViewState, effective_style, shown_sectors


def rings(plan: Plan, view: ViewState, boundaries: Boundaries) -> tuple[Glyph, ...]:
    """Rings of the cities that have a role; none in the styles that fill areas."""
    if effective_style(plan, view) != "glyphs":
        return ()
    levels: dict[tuple[str, str], float] = {}
    for item in shown_assignments(plan, view):
        level = role_level(plan.role(item.role))
        levels[item.place, item.sector] = max(level, levels.get((item.place, item.sector), 0.0))
    sectors = shown_sectors(plan, view)
    return tuple(
        Glyph(
            adcode,
            boundaries.label_points[adcode][:2],
            tuple(
                Segment(
                    sector.id, INK if view.template.bw else sector_colour(sector), levels.get((adcode, sector.id), 0.0)
                )
                for sector in sectors
            ),
        )
        for adcode in boundaries.prefectures
        if any((adcode, sector.id) in levels for sector in sectors)
    )
