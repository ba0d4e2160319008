"""A scene on a page: the drawing, in painting order. Pure; what it costs is cached by scene and scale."""

from __future__ import annotations

from math import hypot

from geodata.geometry import Point, meet, outline
from layers.arrange import arrange
from layers.corners import template_of
from layers.drawing import IN_POINTS, FillOp, Op, Placing, StrokeOp, SymbolOp, TextOp, overlap
from layers.fills import area_ops
from layers.furniture import TITLE, furniture
from layers.legend import count_ops, count_size, glyph_ops, symbol_ops
from layers.page import MM, Box, Page
from layers.panels import compose_panels
from layers.placing import Measure, in_face, leader_op
from layers.scene import Glyph, Scene
from layers.spread import SMALL, Mark, grain
from layers.symbols import polygon, rectangle
from layers.theme import DOT_SIZE, LEADER, LEADER_RIM, OUTSIDE, PAPER, SYMBOL_SIZE

LARGEST_GLYPH = 5.2 * MM
SMALLEST_GLYPH = 1.2 * MM

LEADERS = "leaders"
"""Group of the ops of marks' leaders."""


def compose(scene: Scene, page: Page, measure: Measure) -> list[Op]:
    """All that is drawn, first to last. Marks outside the frame are left out, labels without room too."""
    template = template_of(scene, page)
    measure = in_face(measure, template.text_font)
    ops = compose_panels(scene, page, measure) if scene.panels else _compose(scene, page, measure)
    if not (template.title_font or template.text_font):
        return ops
    faces = {TITLE: template.title_font}
    return [op._replace(face=faces.get(op.key, template.text_font)) if isinstance(op, TextOp) else op for op in ops]


def _compose(scene: Scene, page: Page, measure: Measure) -> list[Op]:
    placing: Placing = (page.scale, -page.scale, *page.origin)
    extent = page.extent
    ops = background(page)
    if scene.lines and scene.lines[0].key == "graticule":  # under everything else
        ops += [StrokeOp(piece, placing, scene.lines[0].stroke, "graticule") for piece in scene.lines[0].pieces]
    for area in scene.areas:
        if meet(area.shape.bounds, extent):
            ops += area_ops(area, page, placing)
    for line in scene.lines:
        if line.key == "graticule":
            continue
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
            ops += _leader_ops(mark.at, mark.leader)
    for ring in rings.values():
        ops += ring
    for mark in found.marks:
        ops += _mark_ops(mark, SYMBOL_SIZE * grain(page), measure)
    for label in found.labels:
        if label.leader is not None:
            ops.append(leader_op(label))
    return [*ops, *found.labels, *furniture(scene, page, measure, found.drawn)]


def _leader_ops(start: Point, end: Point) -> list[Op]:
    """The line from a mark outside its place to a dot in it, on a light rim."""
    line = outline([[start, end]])
    rim, dot = (polygon("circle", DOT_SIZE + wider) for wider in (LEADER_RIM.width - LEADER.width, 0.0))
    placing = (1.0, 1.0, *end)
    return [
        StrokeOp(line, IN_POINTS, LEADER_RIM, LEADERS),
        FillOp(rim, placing, PAPER, LEADERS),
        StrokeOp(line, IN_POINTS, LEADER, LEADERS),
        FillOp(dot, placing, LEADER.colour, LEADERS),
    ]


def _mark_ops(mark: Mark, size: float, measure: Measure) -> list[Op]:
    """One marker's symbol, or a count."""
    keys = tuple(marker.key for marker in mark.markers)
    if len(keys) == 1:
        (marker,) = mark.markers
        size *= SMALL if mark.small else 1.0
        stands = SymbolOp("/".join(marker.key), mark.box, mark.at, keys, marker.place)
        return [stands, *symbol_ops(marker.symbol, *mark.at, size, "markers")]
    number = str(len(keys))
    pill = count_ops(number, mark.count_colour, mark.at, count_size(number, measure, mark.small), measure, "markers")
    return [SymbolOp(f"count:{mark.markers[0].place}", mark.box, mark.at, keys), *pill]


def glyph_radius(glyphs: tuple[Glyph, ...], page: Page) -> float:
    """As large as the two nearest rings allow with a label between them, within fixed limits; in points."""
    nearest = min(
        (hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) for i, a in enumerate(glyphs) for b in glyphs[:i]),
        default=1e6,
    )
    return max(SMALLEST_GLYPH, min(LARGEST_GLYPH, 0.46 * nearest * page.scale))


def background(page: Page) -> list[Op]:
    """The paper itself, and the plain ground that the map stands on."""
    return [
        FillOp(rectangle(-9, -9, page.width + 9, page.height + 9), IN_POINTS, PAPER, "paper"),
        FillOp(rectangle(*page.frame), IN_POINTS, OUTSIDE, "paper"),
    ]
