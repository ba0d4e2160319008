"""What marks, fills and lines of a drawing become on a slide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from geodata.geometry import Point, outline, outline_of
from geodata.language import tr
from layers.drawing import FillOp, Op, StrokeOp, TextOp
from layers.export.slide import Canvas, Pattern, Words
from layers.page import Box
from layers.scene import Colour, Fill, Stroke, Symbol
from layers.theme import PAPER

Rings: TypeAlias = list[list[Point]]

PRESETS = {
    "square": "rect",
    "diamond": "diamond",
    "triangle": "triangle",
    "pentagon": "pentagon",
    "circle": "ellipse",
}
"""Shape of `layers.symbols` -> native shape; both fill their box in the same way."""

PATTERNS = ("ltHorz", "ltUpDiag", "ltVert", "ltDnDiag")
"""Native patterns for hatching at 0, 45, 90 and 135 degrees."""

FINEST = 0.1
"""Points (0.035 mm) that an outline may deviate: less than a tenth of the border drawn over it."""

RIM = 0.5
"""Points that a symbol's box grows on each side, so that a white line along its edge leaves its colour whole."""

MIDDLE = 0.40
"""Height above the baseline, in text sizes, of the middle of a line of text in the fonts that offices use."""


# --- fills ---


def native_fill(fill: Fill) -> Colour | Pattern:
    """What fills a shape of its own. The lines of a pattern are as far apart as the office program likes: they do
    for a hatching on a tint, which its colour tells apart, not for one on white (`is_exact`)."""
    if fill.hatch is None or is_exact(fill):
        return fill.colour
    return Pattern(PATTERNS[round(fill.hatch.angle / 45) % 4], fill.hatch.colour, fill.colour)


def is_exact(fill: Fill) -> bool:
    """Whether direction and density of the hatching alone say what the fill means; its lines are drawn one by one."""
    return fill.hatch is not None and fill.colour == PAPER


def draw_fills(canvas: Canvas, name: str, fills: Sequence[Fill], ops: Iterable[Op], boxes: Sequence[Box] = ()) -> None:
    """What lies over the first fill of a shape: the others as stripes, or the lines of hatchings on white. `ops` are
    those after the first fill's ground; `boxes` as in `clipped`, or none."""
    others = iter(fills[1:])
    for op in ops:
        if isinstance(op, FillOp):
            fill = next(others)
            rings = clipped(rings_of(op), boxes, closed=True) if boxes else rings_of(op)
            canvas.free_form(tr("{name} 条纹", name=name), rings, (native_fill(fill), None))
        elif isinstance(op, StrokeOp) and is_exact(fills[0]):
            lines = clipped(rings_of(op), boxes, closed=False) if boxes else rings_of(op)
            canvas.free_form(tr("{name} 填充线", name=name), lines, (None, op.stroke), closed=False)


# --- geometry ---


def rings_of(op: FillOp | StrokeOp) -> Rings:
    """The op's rings or lines in points on the page."""
    sx, sy, tx, ty = op.placing
    return [[(x * sx + tx, y * sy + ty) for x, y in ring] for ring in op.shape.rings()]


def box_of(op: FillOp | StrokeOp) -> Box:
    """The op's bounds in points on the page."""
    sx, sy, tx, ty = op.placing
    x1, y1, x2, y2 = op.shape.bounds
    xs, ys = sorted((x1 * sx + tx, x2 * sx + tx)), sorted((y1 * sy + ty, y2 * sy + ty))
    return xs[0], ys[0], xs[1], ys[1]


def joined(ops: Iterable[StrokeOp]) -> Rings:
    """Short pieces as lines from junction to junction."""
    import shapely

    lines = [shapely.linestrings(line) for op in ops for line in rings_of(op) if len(line) > 1]
    return simplified(_lines(shapely.line_merge(shapely.multilinestrings(lines)))) if lines else []


def simplified(rings: Rings) -> Rings:
    """The lines or rings with no more vertices than the page shows; what is smaller than a dot is left out."""
    import shapely

    thinned = shapely.simplify([shapely.linestrings(ring) for ring in rings], FINEST, preserve_topology=False)
    found = [[(x, y) for x, y in shapely.get_coordinates(line).tolist()] for line in thinned]
    return [line for line, ring in zip(found, rings, strict=True) if len(line) > 3 or ring[0] != ring[-1]]


def clipped(rings: Rings, boxes: Sequence[Box], closed: bool) -> Rings:
    """What of the rings, or lines, lies in the boxes."""
    import shapely

    if not rings:  # a place too small for one stripe of each
        return []
    shape = outline(rings)
    left, top, right, bottom = shape.bounds
    if any(box[0] <= left and box[1] <= top and box[2] >= right and box[3] >= bottom for box in boxes):
        return rings
    lines = shapely.multilinestrings([shapely.linestrings(ring) for ring in rings])
    window = shapely.union_all([shapely.box(*box) for box in boxes])
    if not closed:
        shown = shapely.intersection(lines, window)
        parts = [part for part in shapely.get_parts(shown) if shapely.get_dimensions(part) == 1]
        return _lines(shapely.line_merge(shapely.multilinestrings(parts))) if parts else []
    shown = shapely.intersection(shapely.build_area(lines), window)
    parts = [part for part in shapely.get_parts(shown) if shapely.get_dimensions(part) == 2]
    return outline_of(shapely.multipolygons(parts)).rings() if parts else []


def _lines(geometry: Any) -> Rings:
    import shapely

    return [[(x, y) for x, y in shapely.get_coordinates(part).tolist()] for part in shapely.get_parts(geometry)]


# --- marks ---


def draw_ring(canvas: Canvas, names: Sequence[str], ops: Iterable[Op]) -> None:
    """The segments of a ring glyph, each one shape, or two when it is filled in part."""
    fills: list[FillOp] = []
    number = 0
    for op in ops:
        if isinstance(op, FillOp):
            fills.append(op)
        elif isinstance(op, StrokeOp) and fills:  # ends a segment
            name = names[number] if number < len(names) else tr("环段")
            number += 1
            last = fills[-1]
            if last.shape is op.shape:
                canvas.free_form(name, rings_of(op), (last.colour, op.stroke))
            else:
                canvas.free_form(tr("{name} 底环", name=name), rings_of(op), (PAPER, op.stroke))
                canvas.free_form(name, rings_of(last), (last.colour, None))
            fills = []


def draw_symbol(canvas: Canvas, name: str, symbol: Symbol | None, ops: Sequence[Op], about: str = "") -> None:
    """A site's or project's symbol as a preset shape; without a symbol a count, a rounded box with its number."""
    body = next(op for op in ops if isinstance(op, FillOp))
    edge = next((op.stroke for op in reversed(ops) if isinstance(op, StrokeOp)), None)
    if symbol is None:
        text = next(op for op in ops if isinstance(op, TextOp))
        words = words_of(text, "ctr")[1]
        canvas.preset(name, "roundRect", box_of(body), (PAPER, edge), words, about, adjust="val 50000")
        return
    preset = PRESETS.get(symbol.shape)
    look = (PAPER, edge) if symbol.hollow else (symbol.colour, Stroke(PAPER, 2 * RIM))
    if preset is None:
        canvas.free_form(name, rings_of(body), look, about=about)
    else:
        canvas.preset(name, preset, box_of(body) if symbol.hollow else _grown(body), look, about=about)


def _grown(body: FillOp) -> Box:
    """The box of a shape whose edges lie RIM outside the body's."""
    import shapely

    (ring,) = rings_of(body)
    left, top, right, bottom = shapely.bounds(
        shapely.buffer(shapely.Polygon(ring), RIM, join_style="mitre", mitre_limit=10)
    ).tolist()
    return left, top, right, bottom


def words_of(op: TextOp, align: str) -> tuple[Box, Words]:
    """A text's box and words: the box is as wide as the text, and the middle of the line is the middle of the box."""
    left, right = op.box[0], op.box[2]
    middle, half = op.y - MIDDLE * op.size, 0.7 * op.size
    start = left if align == "ctr" else op.x
    words = Words(op.text, op.size, op.colour, align, op.bold, op.halo, op.face)
    return (start, middle - half, right, middle + half), words
