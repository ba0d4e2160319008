"""A scene on a page: the drawing, in painting order. Pure; what it costs is cached by scene and scale."""

from __future__ import annotations

from functools import lru_cache
from math import hypot

from geodata.geometry import Outline, meet, outline
from layers.arrange import arrange
from layers.drawing import IN_POINTS, FillOp, Op, Placing, StrokeOp, SymbolOp, overlap
from layers.furniture import furniture
from layers.hatch import hatch_lines, scaled, stripes
from layers.legend import count_ops, count_size, glyph_ops, symbol_ops
from layers.page import MM, Box, Page
from layers.placing import Measure
from layers.scene import Area, Fill, Glyph, Scene, Stroke
from layers.spread import Mark, grain
from layers.symbols import rectangle
from layers.theme import LEADER, OUTSIDE, PAPER, STRIPE_WIDTH, SYMBOL_SIZE

LARGEST_GLYPH = 5.2 * MM
SMALLEST_GLYPH = 1.2 * MM


def compose(scene: Scene, page: Page, measure: Measure) -> list[Op]:
    """All that is drawn, first to last. Marks outside the frame are left out, labels without room too."""
    placing: Placing = (page.scale, -page.scale, *page.origin)
    extent = page.extent
    ops = background(page)
    for area in scene.areas:
        if meet(area.shape.bounds, extent):
            ops += _area_ops(area, page, placing)
    for line in scene.lines:
        ops += [StrokeOp(piece, placing, line.stroke, line.key) for piece in line.pieces if meet(piece.bounds, extent)]
    radius = glyph_radius(scene.glyphs, page)
    rings: dict[Box, list[Op]] = {}
    for glyph in scene.glyphs:
        x, y = page.to_page(*glyph.at)
        box = (x - radius, y - radius, x + radius, y + radius)
        if overlap(box, page.frame):
            rings[box] = [SymbolOp(glyph.key, box, (x, y)), *glyph_ops(glyph, x, y, radius, "glyphs")]
    found = arrange(scene, page, measure, tuple(rings), radius if scene.glyphs else 0.0)
    for mark in found.marks:
        if mark.leader is not None:
            ops.append(StrokeOp(outline([[mark.at, mark.leader]]), IN_POINTS, LEADER, "markers"))
    for ring in rings.values():
        ops += ring
    for mark in found.marks:
        ops += _mark_ops(mark, SYMBOL_SIZE * grain(page), measure)
    return [*ops, *found.labels, *furniture(scene, page, measure, found.drawn)]


def _mark_ops(mark: Mark, size: float, measure: Measure) -> list[Op]:
    """One marker's symbol, or a count."""
    keys = tuple(marker.key for marker in mark.markers)
    if len(keys) == 1:
        symbol = mark.markers[0].symbol
        return [SymbolOp("/".join(keys[0]), mark.box, mark.at, keys), *symbol_ops(symbol, *mark.at, size, "markers")]
    number = str(len(keys))
    pill = count_ops(number, mark.count_colour, mark.at, count_size(number, measure), measure, "markers")
    return [SymbolOp(f"count:{mark.markers[0].place}", mark.box, mark.at, keys), *pill]


def glyph_radius(glyphs: tuple[Glyph, ...], page: Page) -> float:
    """As large as the two nearest rings allow with a label between them, within fixed limits; in points."""
    nearest = min(
        (hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) for i, a in enumerate(glyphs) for b in glyphs[:i]),
        default=1e6,
    )
    return max(SMALLEST_GLYPH, min(LARGEST_GLYPH, 0.46 * nearest * page.scale))


def _area_ops(area: Area, page: Page, placing: Placing) -> list[Op]:
    shift: Placing = (1.0, 1.0, *page.origin)
    # The first fill lies under the whole area, so that no seam between two stripes lets the ground through.
    ops: list[Op] = [FillOp(area.shape, placing, area.fills[0].colour, "areas")]
    shares = _stripes(area.shape, page.scale, len(area.fills)) if len(area.fills) > 1 else ()
    for fill, share in zip(area.fills[1:], shares[1:], strict=True):
        ops.append(FillOp(share, shift, fill.colour, "stripes"))
    for index, fill in enumerate(area.fills):
        lines = _stripe_hatching(shares[index], fill) if shares else _hatching(area.shape, page.scale, fill)
        if lines is not None and fill.hatch is not None:
            ops.append(StrokeOp(lines, shift, Stroke(fill.hatch.colour, fill.hatch.width, flat=True), "hatch"))
    return ops


@lru_cache(maxsize=64)
def _rings_in_points(shape: Outline, scale: float) -> list[list[tuple[float, float]]]:
    return scaled(shape.rings(), scale)


@lru_cache(maxsize=256)
def _hatching(shape: Outline, scale: float, fill: Fill) -> Outline | None:
    """Hatch lines in points around the map origin: they move with the map and need no new sums when it is panned."""
    if fill.hatch is None:
        return None
    lines = hatch_lines(_rings_in_points(shape, scale), fill.hatch.spacing * MM, -fill.hatch.angle)
    return outline([[(x1, y1), (x2, y2)] for x1, y1, x2, y2 in lines])


@lru_cache(maxsize=128)
def _stripes(shape: Outline, scale: float, number: int) -> tuple[Outline, ...]:
    hands = stripes(_rings_in_points(shape, scale), STRIPE_WIDTH * MM, number, 45.0)
    return tuple(outline(hand) for hand in hands)


@lru_cache(maxsize=256)
def _stripe_hatching(share: Outline, fill: Fill) -> Outline | None:
    """The hatching of a fill inside its stripes, the same as over a whole area."""
    if fill.hatch is None or not share.records:
        return None
    lines = hatch_lines(share.rings(), fill.hatch.spacing * MM, -fill.hatch.angle)
    return outline([[(x1, y1), (x2, y2)] for x1, y1, x2, y2 in lines])


def background(page: Page) -> list[Op]:
    """The paper itself, and the plain ground that the map stands on."""
    return [
        FillOp(rectangle(-9, -9, page.width + 9, page.height + 9), IN_POINTS, PAPER, "paper"),
        FillOp(rectangle(*page.frame), IN_POINTS, OUTSIDE, "paper"),
    ]
