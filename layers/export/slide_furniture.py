"""Title, legend, scale bar, north arrow and the lines below a figure as named groups and text boxes of a slide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from geodata.language import tr
from layers.drawing import FillOp, Op, StrokeOp, SymbolOp, TextOp, overlap
from layers.export.slide import Canvas
from layers.export.slide_parts import box_of, draw_fills, draw_ring, draw_symbol, native_fill, rings_of, words_of
from layers.legend import HAIRLINE
from layers.page import Box, Page
from layers.scene import Count, Glyph, LegendEntry, Scene, Stroke, Symbol
from layers.template import ELEMENTS

FURNITURE = ("furniture", "scale", "north")
"""Groups of ops that stand around the map, after all its marks."""


def draw_furniture(canvas: Canvas, scene: Scene, page: Page, ops: Sequence[Op], tick: Callable[[], None]) -> None:
    """Draws the ops around the map."""
    legend = _legend_range(ops)
    if legend:
        with canvas.group(tr("图例")):
            _legend(canvas, scene, ops[legend.start : legend.stop])
    tick()
    rest = [op for index, op in enumerate(ops) if index not in legend]
    parts = {group: [op for op in rest if not isinstance(op, SymbolOp) and op.group == group] for group in FURNITURE}
    texts = [op for op in parts["furniture"] if isinstance(op, TextOp)]
    for op in parts["furniture"]:
        if isinstance(op, StrokeOp):
            canvas.preset(tr("图框"), "rect", box_of(op), (None, op.stroke))
    for group in ("scale", "north"):
        shapes = [op for op in parts[group] if isinstance(op, FillOp | StrokeOp)]
        near = [op for op in texts if _is_near(op, shapes)]
        name = tr(ELEMENTS[group])
        with canvas.group(name):
            _shapes(canvas, name, shapes)
            for text in near:
                canvas.text(tr("{name}文字：{text}", name=name, text=text.text), *words_of(text, "ctr"))
        texts = [op for op in texts if op not in near]
        tick()
    for text in texts:
        name, align = _purpose(scene, text)
        box, words = words_of(text, align)
        if text.bold:  # the title, as wide as the page: a title may be wrapped whatever its box says
            box = (0.0, box[1], page.width, box[3])
        canvas.text(name, box, words, is_title=text.bold)
        tick()


def _legend_range(ops: Sequence[Op]) -> range:
    """Where the legend's ops are: from its white ground with a hairline around it to the last op in that box."""
    for index, (ground, edge) in enumerate(pairwise(ops)):
        if (
            isinstance(ground, FillOp)
            and isinstance(edge, StrokeOp)
            and edge.shape is ground.shape
            and edge.stroke == HAIRLINE
        ):
            box = box_of(ground)
            end = index
            while end < len(ops) and _is_within(_box(ops[end]), box):
                end += 1
            return range(index, end)
    return range(0)


def _box(op: Op) -> Box:
    return box_of(op) if isinstance(op, FillOp | StrokeOp) else op.box


def _is_within(inner: Box, outer: Box, slack: float = 1.0) -> bool:
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def _is_near(text: TextOp, shapes: Sequence[FillOp | StrokeOp]) -> bool:
    reach = text.size * 0.6
    box = (text.box[0], text.box[1] - reach, text.box[2], text.box[3] + reach)
    return not text.bold and any(overlap(box, box_of(shape)) for shape in shapes)


def _purpose(scene: Scene, text: TextOp) -> tuple[str, str]:
    """Name and alignment of a text outside legend, scale bar and north arrow."""
    template = scene.view.template
    if text.bold:
        return tr(ELEMENTS["title"]), "ctr"
    if text.text == scene.approval:
        return tr("审图号"), "r"
    if text.text in scene.source:
        return tr(ELEMENTS["source"]), "l"
    if text.text.endswith(("°E", "°N")):
        return tr("经纬度：{text}", text=text.text), "ctr"
    if text.text in template.note:
        return tr(ELEMENTS["note"]), "l"
    return tr(ELEMENTS["maker"]), "r"


def _shapes(canvas: Canvas, name: str, ops: Sequence[FillOp | StrokeOp]) -> None:
    """Fills and lines as free forms; a fill and the line around it are one."""
    lines = {op.shape.records: op.stroke for op in ops if isinstance(op, StrokeOp)}
    fills = {op.shape.records for op in ops if isinstance(op, FillOp)}
    for op in ops:
        if isinstance(op, FillOp):
            canvas.free_form(name, rings_of(op), (op.colour, lines.get(op.shape.records)))
        elif op.shape.records not in fills:
            canvas.free_form(name, rings_of(op), (None, op.stroke))


# --- the legend ---


def _legend(canvas: Canvas, scene: Scene, ops: Sequence[Op]) -> None:
    """The ground, then for each entry its sample and its text."""
    ground, edge, *others = ops
    assert isinstance(ground, FillOp)
    assert isinstance(edge, StrokeOp)
    canvas.preset(tr("图例底框"), "rect", box_of(ground), (ground.colour, edge.stroke))
    entries = list(scene.legend)
    sample: list[Op] = []
    for op in others:
        at = next((at for at, entry in enumerate(entries) if isinstance(op, TextOp) and entry.text == op.text), None)
        if at is not None and isinstance(op, TextOp):
            if sample:
                _sample(canvas, scene, entries[at], sample)
            canvas.text(tr("图例文字：{text}", text=op.text), *words_of(op, "l"))
            entries, sample = entries[at + 1 :], []
        elif isinstance(op, TextOp) and not sample:
            canvas.text(tr("图例标题：{text}", text=op.text), *words_of(op, "l"))
        else:
            sample.append(op)


def _sample(canvas: Canvas, scene: Scene, entry: LegendEntry, ops: Sequence[Op]) -> None:
    name, sample = tr("图例样式：{text}", text=entry.text), entry.sample
    shapes = [op for op in ops if isinstance(op, FillOp | StrokeOp)]
    if isinstance(sample, Stroke):
        ((start, *_, end),) = rings_of(shapes[0])
        canvas.line(name, start, end, sample)
    elif isinstance(sample, Glyph):
        with canvas.group(name):
            draw_ring(canvas, [tr("{name} 环段", name=name)] * len(sample.segments), ops)
    elif isinstance(sample, Symbol):
        draw_symbol(canvas, name, sample, ops)
    elif isinstance(sample, Count):
        draw_symbol(canvas, name, None, ops)
    elif sample:
        canvas.preset(name, "rect", box_of(shapes[-1]), (native_fill(sample[0]), HAIRLINE))
        draw_fills(canvas, name, sample, shapes[1:-1])
