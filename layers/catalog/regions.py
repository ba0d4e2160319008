"""The plan's regions: an outline around the members, or an axis through them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise

from geodata.boundaries import Boundaries, pieces
from geodata.geometry import Outline
from geodata.plan import Plan, Region
from layers.scene import Line, Stroke
from layers.theme import AXIS_ENDINGS, AXIS_WIDTH, INK, REGION_STROKES
from layers.view import ViewState


def drawn_regions(plan: Plan, view: ViewState) -> tuple[Region, ...]:
    """The regions that have an outline."""
    if "regions" not in view.layers:
        return ()
    return tuple(
        region
        for region in plan.regions
        # The edge of the region that a figure zooms to is drawn as such.
        if has_outline(region) and view.extent_of != f"region:{region.id}"
    )


def has_outline(region: Region) -> bool:
    """Whether the region is known by its members: one with a single member is a part of it, one made of sites too."""
    return len(members(region)) > 1 and not region.sites


def regions(plan: Plan, view: ViewState, boundaries: Boundaries) -> tuple[Line, ...]:
    """A line for each drawn region; its key is `region:` and the region's id."""
    found = []
    for index, region in enumerate(drawn_regions(plan, view)):
        stroke = REGION_STROKES[index % len(REGION_STROKES)]
        if view.template.bw:
            stroke = stroke._replace(colour=INK)
        if _is_axis(region):
            stroke = Stroke(stroke.colour, AXIS_WIDTH)
        found.append(Line(f"region:{region.id}", _shape(region, boundaries), stroke))
    return tuple(found)


def _is_axis(region: Region) -> bool:
    return region.kind.endswith(AXIS_ENDINGS)


def members(region: Region) -> tuple[str, ...]:
    """Counties where the region is known by county, else prefectures."""
    named = {county[:4] for county in region.counties}
    return (*region.counties, *(place for place in region.places if place[:4] not in named))


def _shape(region: Region, boundaries: Boundaries) -> tuple[Outline, ...]:
    if _is_axis(region):
        return pieces([[boundaries.label_points[member][:2] for member in members(region)]])
    return around(members(region), boundaries)


@lru_cache(maxsize=32)
def around(members: tuple[str, ...], boundaries: Boundaries) -> tuple[Outline, ...]:
    """The edges that only one of the members has: members are parts of one coverage, so shared edges are equal."""
    count: Counter[tuple[tuple[float, float], tuple[float, float]]] = Counter()
    chains = [ring for member in members for ring in boundaries.outline(member).rings()]
    for ring in chains:
        count.update((min(a, b), max(a, b)) for a, b in pairwise(ring))
    lines: list[list[tuple[float, float]]] = []
    for ring in chains:
        lines.append([])
        for a, b in pairwise(ring):
            if count[min(a, b), max(a, b)] > 1:
                lines.append([])
            elif lines[-1]:
                lines[-1].append(b)
            else:
                lines[-1] += [a, b]
    return pieces(line for line in lines if line)
