"""The legend and its samples, laid out in points around their own corner; the map draws with the same functions."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from geodata.geometry import Point, outline
from layers.drawing import IN_POINTS, FillOp, Op, StrokeOp, TextOp
from layers.hatch import hatch_lines, stripes
from layers.page import MM
from layers.placing import ASCENT, DESCENT, Measure
from layers.scene import Colour, Count, Fill, Glyph, LegendEntry, Stroke, Symbol
from layers.symbols import pill, polygon, rectangle, ring_segment
from layers.template import USUAL_LEGEND, worded
from layers.theme import ABSENT, COUNT_SIZE, INK, LEGEND_SIZE, PAPER, SMALLEST_TEXT, STRIPE_WIDTH, SYMBOL_SIZE

LINE = 1.65
"""Height of a legend line in text sizes."""

TIGHT_LINE, MANY = 1.42, 16
"""The same in a legend of more entries than this."""

SAMPLE = 7.0 * MM
FILLED = 1.35
"""Least height of a count's pill in text sizes."""
HAIRLINE = Stroke((150, 150, 150), 0.4)


class LegendBlock(NamedTuple):
    """A legend laid out with its top left corner at 0, 0."""

    width: float
    height: float
    ops: tuple[Op, ...]


def plain_text(text: str, size: float, x: float, baseline: float, measure: Measure, **more: object) -> TextOp:
    """A line of text that starts at x."""
    width = measure(text, size)
    box = (x, baseline - size * ASCENT, x + width, baseline + size * DESCENT)
    op = TextOp(x, baseline, text, size, INK, box, group="furniture")
    return op._replace(**more)  # type: ignore[arg-type]


def line_spacing(entries: tuple[LegendEntry, ...]) -> float:
    """How high a scene's legend lines are, in text sizes."""
    return LINE if len(entries) <= MANY else TIGHT_LINE


def legend_block(
    entries: tuple[LegendEntry, ...],
    measure: Measure,
    size: float = LEGEND_SIZE,
    number: int = 1,
    title: str = USUAL_LEGEND,
    spacing: float = LINE,
    folded: bool | None = None,
) -> LegendBlock:
    """The legend on white with a thin frame, in `number` columns under its title; lines are `spacing` sizes high.

    When it can be `folded`, a mark behind the title says whether it is: then there is nothing but the title.
    """
    title = worded(title)
    pad = size * 0.9
    line = size * spacing
    head = head_height(size, spacing)
    columns = _columns(entries if not folded else (), number)
    ops: list[Op] = [plain_text(title, size * 1.1, pad, pad + size, measure, bold=True)]
    titled = measure(title, size * 1.1) + 2 * pad
    if folded is not None:
        ops.append(_fold_mark(folded, titled - pad + size * 0.9, pad + size * 0.62, size))
        titled += size * 1.2
    x = pad
    for column in columns:
        y = head
        for entry in column:
            ops += _entry(entry, x, y, size, line, measure)
            y += line
        widths = (measure(entry.text, size) + (SAMPLE + 5 if entry.sample is not None else 0) for entry in column)
        x += max(widths, default=0.0) + 1.6 * pad
    width = max(x - 0.6 * pad, titled) if not folded else titled
    height = head + line * max(map(len, columns), default=0) + pad * 0.6 if not folded else head
    frame = rectangle(0, 0, width, height)
    back: list[Op] = [
        FillOp(frame, IN_POINTS, PAPER, "furniture"),
        StrokeOp(frame, IN_POINTS, HAIRLINE, "furniture"),
    ]
    return LegendBlock(width, height, (*back, *ops))


def head_height(size: float, spacing: float) -> float:
    """Height of the legend's heading line in points, for its text size and `spacing` as in legend_block."""
    return size * 0.9 + size * spacing * 1.15


def _fold_mark(folded: bool, x: float, y: float, size: float) -> FillOp:
    """A triangle that points right at what is folded, else down."""
    half, depth = size * 0.4, size * 0.5
    down = [(-half, -depth / 2), (half, -depth / 2), (0.0, depth / 2)]
    corners = [(b, a) for a, b in down] if folded else down
    return FillOp(outline([[*corners, corners[0]]]), (1.0, 1.0, x, y), INK, "furniture")


def _columns(entries: tuple[LegendEntry, ...], number: int) -> list[tuple[LegendEntry, ...]]:
    """The entries in columns of about equal length; a heading stays with what it heads."""
    columns = []
    rest = entries
    for left in range(number, 0, -1):
        cut = ceil(len(rest) / left)
        if 0 < cut < len(rest) and rest[cut - 1].sample is None:
            cut -= 1
        columns.append(rest[:cut])
        rest = rest[cut:]
    return columns


def _entry(entry: LegendEntry, x: float, y: float, size: float, line: float, measure: Measure) -> list[Op]:
    ops: list[Op] = []
    if entry.sample is not None:
        gap = min(1.5, line * 0.09)
        ops += _sample(entry.sample, x, y + gap, SAMPLE, line - 2 * gap, measure)
        x += SAMPLE + 5
    baseline = y + line / 2 + size * (ASCENT - DESCENT) / 2
    return [*ops, plain_text(entry.text, size, x, baseline, measure, bold=entry.sample is None)]


def _sample(
    sample: tuple[Fill, ...] | Stroke | Glyph | Symbol | Count,
    left: float,
    top: float,
    width: float,
    height: float,
    measure: Measure,
) -> list[Op]:
    right, bottom = left + width, top + height
    if isinstance(sample, Stroke):
        across = outline([[(left, (top + bottom) / 2), (right, (top + bottom) / 2)]])
        return [StrokeOp(across, IN_POINTS, sample, "furniture")]
    if isinstance(sample, Glyph):
        return glyph_ops(sample, (left + right) / 2, (top + bottom) / 2, height * 0.56, "furniture")
    if isinstance(sample, Count):
        at = ((left + right) / 2, (top + bottom) / 2)
        wide, high = count_size(sample.words, measure)
        return count_ops(sample.words, sample.colour, at, (wide, min(high, height)), measure, "furniture")[1:]
    if isinstance(sample, Symbol):
        return symbol_ops(sample, (left + right) / 2, (top + bottom) / 2, min(SYMBOL_SIZE, height), "furniture")
    if not sample:
        return []
    frame = rectangle(left, top, right, bottom)
    # Around its own middle, so that the widest hatching has a line there.
    middle = ((left + right) / 2, (top + bottom) / 2)
    rings = rectangle(-width / 2, -height / 2, width / 2, height / 2).rings()
    striped = len(sample) > 1 and not is_overlay(sample)
    shares = stripes(rings, STRIPE_WIDTH * MM, len(sample), 45.0) if striped else [rings] * len(sample)
    ops: list[Op] = []
    for index, (fill, share) in enumerate(zip(sample, shares, strict=True)):
        found = fill_ops(fill, share, middle)
        ops += found if striped or not index else found[1:]
    return [*ops, StrokeOp(frame, IN_POINTS, HAIRLINE, "furniture")]


def is_overlay(fills: tuple[Fill, ...]) -> bool:
    """Whether several fills of one area are hatchings on white, which lie over each other instead of in stripes."""
    return len(fills) > 1 and all(fill.colour == PAPER and fill.hatch is not None for fill in fills)


def fill_ops(
    fill: Fill, rings: list[list[tuple[float, float]]], shift: tuple[float, float], group: str = ""
) -> list[Op]:
    """Rings in points filled, with the hatching over them; `shift` moves both."""
    if not rings:
        return []
    placing = (1.0, 1.0, *shift)
    ops: list[Op] = [FillOp(outline(rings), placing, fill.colour, group or "furniture")]
    if fill.hatch is not None:
        lines = hatch_lines(rings, fill.hatch.spacing * MM, -fill.hatch.angle)
        if lines:
            shape = outline([[(x1, y1), (x2, y2)] for x1, y1, x2, y2 in lines])
            ops.append(
                StrokeOp(
                    shape,
                    placing,
                    Stroke(fill.hatch.colour, fill.hatch.width, flat=True),
                    group or "furniture",
                )
            )
    return ops


def glyph_ops(glyph: Glyph, x: float, y: float, radius: float, group: str) -> list[Op]:
    """A ring: white under it, absent segments as a pale rim, the others filled to their level."""
    number = len(glyph.segments)
    placing = (1.0, 1.0, x, y)
    ops: list[Op] = []
    for index, segment in enumerate(glyph.segments):
        ops.append(FillOp(ring_segment(index, number, 1.0, radius), placing, PAPER, group))
        if segment.level:
            ops.append(FillOp(ring_segment(index, number, segment.level, radius), placing, segment.colour, group))
        ops.append(
            StrokeOp(
                ring_segment(index, number, 1.0, radius),
                placing,
                Stroke(segment.colour if segment.level else ABSENT, 0.4),
                group,
            )
        )
    return ops


def symbol_ops(symbol: Symbol, x: float, y: float, size: float, group: str) -> list[Op]:
    """A symbol with a light rim, so that it stands out from a zone of its own colour."""
    shape = polygon(symbol.shape, size if not symbol.hollow else size - 0.6)
    placing = (1.0, 1.0, x, y)
    ops: list[Op] = [
        StrokeOp(shape, placing, Stroke(PAPER, 3.0 if symbol.hollow else 2.0), group),
        FillOp(shape, placing, PAPER if symbol.hollow else symbol.colour, group),
    ]
    if symbol.hollow:
        ops.append(StrokeOp(shape, placing, Stroke(symbol.colour, 1.2), group))
    return ops


def count_size(words: str, measure: Measure, small: bool = False) -> tuple[float, float]:
    """Width and height of a count's pill in points; a small one has no room to spare around its number."""
    if small:
        height = SMALLEST_TEXT * FILLED
        return max(height, measure(words, SMALLEST_TEXT) + SMALLEST_TEXT * 0.6), height
    height = COUNT_SIZE * 1.6
    return max(height, measure(words, COUNT_SIZE) + COUNT_SIZE), height


def count_ops(
    words: str, colour: Colour, middle: Point, size: tuple[float, float], measure: Measure, group: str
) -> list[Op]:
    """A pill with a number in it, on a white rim."""
    x, y = middle
    shape, placing = pill(*size), (1.0, 1.0, x, y)
    high = min(COUNT_SIZE, max(SMALLEST_TEXT, size[1] / FILLED))
    baseline = y + high * (ASCENT - DESCENT) / 2
    text = plain_text(words, high, x - measure(words, high) / 2, baseline, measure)
    return [
        StrokeOp(shape, placing, Stroke(PAPER, 2.6), group),
        FillOp(shape, placing, PAPER, group),
        StrokeOp(shape, placing, Stroke(colour, 1.0), group),
        text._replace(group=group),
    ]


def moved(ops: tuple[Op, ...], x: float, y: float) -> list[Op]:
    """The ops shifted by x, y points."""
    shifted: list[Op] = []
    for op in ops:
        if isinstance(op, FillOp | StrokeOp):
            sx, sy, tx, ty = op.placing
            shifted.append(op._replace(placing=(sx, sy, tx + x, ty + y)))
        else:
            left, top, right, bottom = op.box
            box = (left + x, top + y, right + x, bottom + y)
            shifted.append(
                op._replace(x=op.x + x, y=op.y + y, box=box) if isinstance(op, TextOp) else op._replace(box=box)
            )
    return shifted
