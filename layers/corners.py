"""Where legend, scale bar and north arrow stand: each in the corner its template gives it, stacked where they share
one; on the screen always in the usual ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from geodata.geometry import Outline, meet
from layers.drawing import overlap
from layers.legend import LINE, LegendBlock, head_height, legend_block, line_spacing
from layers.page import MM, Box, Page, cell_boxes
from layers.placing import Measure
from layers.scene import Fill, LegendEntry, Scene
from layers.template import CORNERS, Template
from layers.theme import LEGEND_SIZE, NOTE_SIZE, SMALLEST_TEXT

NOWHERE: Box = (-1e6, -1e6, -1e6, -1e6)
"""The box of what is switched off: it overlaps nothing."""

LEAST_BAR = 46.0
"""Points that a scale bar is wished to have at least; the round number may make it 2.5 times shorter."""

GAP = 2 * MM
"""Between the frame and the legend, and between what shares a corner."""


def template_of(scene: Scene, page: Page) -> Template:
    """The scene's template on sheets; on the screen the usual one.

    Small multiples leave a low strip: the legend stands on its side of it, scale bar and north arrow on the other.
    """
    template = scene.view.template if page.margins else Template(bw=scene.view.template.bw)
    if not scene.panels:
        return template
    side, other = ("e", "w") if template.legend.endswith("e") else ("w", "e")
    return template._replace(legend=f"s{side}", scale=f"s{other}", north=f"n{other}")


def corner_page(scene: Scene, page: Page) -> Page:
    """The page whose frame's corners the furniture stands in: what small multiples leave of the frame, else all."""
    if not scene.panels:
        return page
    if page.band:
        return page._replace(frame=(page.frame[0], page.frame[3] - page.band, page.frame[2], page.frame[3]))
    cells = cell_boxes(page)
    first = cells[len(scene.panels)]  # what is left of the last row belongs together
    return page._replace(frame=(first[0], first[1], page.frame[2], page.frame[3]))


def legend_size(frame: Box, largest: float = LEGEND_SIZE * 1.3) -> float:
    """Legend text grows a little on large sheets and shrinks on small ones, never under SMALLEST_TEXT."""
    short = min(frame[2] - frame[0], frame[3] - frame[1])
    return max(SMALLEST_TEXT, min(largest, LEGEND_SIZE * short / 480))


def placed_legend(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None) -> LegendBlock:
    """The legend as it is laid out on the page. `drawn` as in visible_entries."""
    size = legend_size(page.frame) if page.margins else legend_size(page.frame, LEGEND_SIZE)
    heading = template_of(scene, page).legend_title
    spacing = line_spacing(scene.legend)
    folded = None if page.margins else page.folded
    entries = visible_entries(scene, page, drawn)
    return legend_block(entries, measure, size, page.legend_columns, heading, spacing, folded)


def heading_box(scene: Scene, page: Page, measure: Measure) -> Box:
    """The legend's heading line on the screen."""
    left, top, right, _ = legend_box(scene, page, measure)
    return left, top, right, top + head_height(legend_size(page.frame, LEGEND_SIZE), line_spacing(scene.legend))


def visible_entries(scene: Scene, page: Page, drawn: frozenset[str] | None = None) -> tuple[LegendEntry, ...]:
    """The legend without what a sheet does not show; on the screen it is whole, because the map is moved there.

    `drawn` holds what there is of markers (see LegendEntry.mark); None when that is not known yet.
    """
    if not page.margins:
        return scene.legend
    lines = {line.key: line for line in scene.lines}
    areas = [area for panel in scene.panels for area in panel.areas] or scene.areas
    seen = [area.fills for area in areas if scene.panels or _in_sight(area.shape, page)]
    filled = {fill for fills in seen for fill in fills}

    def visible(entry: LegendEntry) -> bool:
        if entry.line:
            return any(scene.panels or meet(piece.bounds, page.extent) for piece in lines[entry.line].pieces)
        if entry.mark:
            return drawn is None or entry.mark in drawn
        if scene.glyphs or not entry.sample or not isinstance(entry.sample[0], Fill):
            return True
        return entry.sample[0] in filled if len(entry.sample) == 1 else any(len(fills) > 1 for fills in seen)

    kept = [entry for entry in scene.legend if visible(entry)]
    return tuple(
        entry
        for entry, following in zip(kept, [*kept[1:], None], strict=True)
        if entry.sample is not None or (following is not None and following.sample is not None and not following.line)
    )


def _in_sight(shape: Outline, page: Page) -> bool:
    """Whether any of an area falls in the frame."""
    if not meet(shape.bounds, page.extent):
        return False
    min_x, min_y, max_x, max_y = page.extent
    inside = any(min_x <= x <= max_x and min_y <= y <= max_y for ring in shape.rings() for x, y in ring)
    return inside or shape.contains((min_x + max_x) / 2, (min_y + max_y) / 2)


class Boxes(NamedTuple):
    """Where legend, scale bar and north arrow stand, in points; NOWHERE for what is off or finds no room."""

    legend: Box
    scale: Box
    north: Box


def legend_box(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> Box:
    """Where the legend stands. `drawn` as in visible_entries."""
    return boxes(scene, page, measure, drawn).legend


def scale_box(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> Box:
    """Where the scale bar stands; on the screen with the note below it."""
    return boxes(scene, page, measure, drawn).scale


def north_box(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> Box:
    """Where the north arrow stands."""
    return boxes(scene, page, measure, drawn).north


@lru_cache(maxsize=16)
def boxes(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> Boxes:
    """The legend in its corner, then scale bar and north arrow in theirs, over or under what is there already; in
    another corner when theirs has no room."""
    template = template_of(scene, page)
    frame = corner_page(scene, page).frame
    legend = scale = north = NOWHERE
    if template.has("legend"):
        block = placed_legend(scene, page, measure, drawn)
        legend = _stand(frame, template.legend, (block.width, block.height), (GAP, GAP), 0.0)
    if template.has("scale"):
        scale = _free(frame, template.scale, scale_size(scene, page, measure), (0.0, 0.0), [legend])
    if template.has("north"):
        north = _free(frame, template.north, north_size(frame), (3 * MM, 2.5 * MM), [legend, scale])
    return Boxes(legend, scale, north)


def scale_size(scene: Scene, page: Page, measure: Measure) -> tuple[float, float]:
    """Width and height that the scale bar takes."""
    here = corner_page(scene, page)
    width, height = bar_size(scale_bar_length(here) * page.scale)
    if page.margins:
        return width, height
    return max(width, measure(scene.approval, NOTE_SIZE) + 16), height + NOTE_SIZE * LINE


def bar_size(length: float) -> tuple[float, float]:
    """Width and height that a scale bar of a length takes on a sheet."""
    return length + 3 * MM + 2 * NOTE_SIZE + 14, 3 * MM + NOTE_SIZE * 2 + 5


def north_size(frame: Box) -> tuple[float, float]:
    """Width and height that the north arrow takes; smaller on small sheets."""
    size = max(13.0, min(22.0, 22.0 * min(frame[2] - frame[0], frame[3] - frame[1]) / 400))
    return size, size + NOTE_SIZE + 3


def _free(frame: Box, corner: str, size: tuple[float, float], margin: tuple[float, float], taken: Sequence[Box]) -> Box:
    """A box in the corner beyond what is taken there, else in the next corner with room, else NOWHERE."""
    for here in (corner, *(other for other in CORNERS if other != corner)):
        below = 0.0
        for _ in range(len(taken) + 1):
            box = _stand(frame, here, size, margin, below)
            hit = next((other for other in taken if overlap(other, box)), None)
            if hit is None:
                if frame[1] <= box[1] and box[3] <= frame[3] and frame[0] <= box[0] and box[2] <= frame[2]:
                    return box
                break
            below = (hit[3] - frame[1] if here.startswith("n") else frame[3] - hit[1]) + GAP
    return NOWHERE


def _stand(frame: Box, corner: str, size: tuple[float, float], margin: tuple[float, float], below: float) -> Box:
    """A box of a size in a corner, `margin` from the frame's edges and `below` further from its top or bottom."""
    left, top, right, bottom = frame
    width, height = size
    x = left + margin[0] if corner.endswith("w") else right - margin[0] - width
    y = top + margin[1] + below if corner.startswith("n") else bottom - margin[1] - below - height
    return x, y, x + width, y + height


def scale_bar_length(page: Page) -> float:
    """A round number of map metres that is about a sixth of the frame's width, and long enough for its words."""
    target = longest_bar(page.frame) / page.scale
    for power in (7, 6, 5, 4, 3, 2, 1):
        for lead in (5.0, 2.0, 1.0):
            if lead * 10**power <= target:
                return lead * 10**power
    return 10.0


def longest_bar(frame: Box) -> float:
    """Points that a scale bar may be long."""
    return max(LEAST_BAR, min(140.0, (frame[2] - frame[0]) / 6))
