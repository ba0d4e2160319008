"""How a figure looks: size and contrast of text, fills that can be told apart, nothing overlapping or off the page."""

from __future__ import annotations

from itertools import combinations, product
from math import dist
from typing import NamedTuple

from geodata.language import tr
from layers.checks.drawn import Drawn, furniture_text
from layers.checks.finding import ERROR, WARNING, Finding, listed
from layers.checks.sight import covers, page_box
from layers.drawing import FillOp, Op, SymbolOp, TextOp, overlap
from layers.page import Box, Page
from layers.scene import Colour, Fill, LegendEntry, Scene
from layers.template import ELEMENTS
from layers.theme import PAPER, SMALLEST_TEXT

CONTRAST, LARGE_CONTRAST = 4.5, 3.0
"""Least ratios of text against its ground (WCAG 2.2, 1.4.3)."""

LARGE, LARGE_BOLD = 18.0, 14.0
"""Points from which text counts as large."""

APART = 8.0
"""Least difference of two plain fills (CIE 1976), about four times what is just noticeable side by side."""


def text_findings(ops: list[Op]) -> list[Finding]:
    """Text that is too small or too pale."""
    texts = [op for op in ops if isinstance(op, TextOp) and op.text.strip()]
    small = [
        tr("“{text}”（{size:.1f} 磅）", text=op.text, size=op.size) for op in texts if op.size < SMALLEST_TEXT - 1e-6
    ]
    found = []
    if small:
        what = tr("文字小于 {size:g} 磅：{texts}", size=SMALLEST_TEXT, texts=listed(small))
        found.append(Finding(ERROR, what, tr("加大页面，减少产业和图层，或写短图题")))
    pale: dict[tuple[Colour, Colour], list[str]] = {}
    for index, op in enumerate(ops):
        if isinstance(op, TextOp) and op.text.strip():
            ground = PAPER if op.halo else _ground(ops[:index], op)
            large = op.size >= LARGE or (op.bold and op.size >= LARGE_BOLD)
            if contrast(op.colour, ground) < (LARGE_CONTRAST if large else CONTRAST):
                pale.setdefault((op.colour, ground), []).append(tr("“{text}”", text=op.text))
    for (colour, ground), words in pale.items():
        ratio = contrast(colour, ground)
        what = tr(
            "文字与底色的对比度只有 {ratio:.2f}（应不低于 {least}）：{texts}",
            ratio=ratio,
            least=CONTRAST,
            texts=listed(words),
        )
        found.append(Finding(ERROR if ratio < LARGE_CONTRAST else WARNING, what, tr("换用更深的文字或更浅的底色")))
    return found


def _ground(below: list[Op], text: TextOp) -> Colour:
    """The colour of the topmost fill under the middle of a text."""
    x, y = (text.box[0] + text.box[2]) / 2, (text.box[1] + text.box[3]) / 2
    for op in reversed(below):
        if isinstance(op, FillOp) and covers(op, x, y):
            return op.colour
    return PAPER


def contrast(a: Colour, b: Colour) -> float:
    """The contrast ratio of WCAG: 1 for equal colours, 21 for black on white."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _linear(colour: Colour) -> tuple[float, float, float]:
    r, g, b = (c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return r, g, b


def _luminance(colour: Colour) -> float:
    r, g, b = _linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _lab(colour: Colour) -> tuple[float, float, float]:
    """CIE L*a*b* under D65."""
    r, g, b = _linear(colour)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(a: Colour, b: Colour) -> float:
    """CIE 1976 colour difference."""
    return dist(_lab(a), _lab(b))


def fill_findings(drawn: Drawn, entries: list[LegendEntry]) -> list[Finding]:
    """Fills that the legend tells apart and the eye hardly does: near colours with the same hatching."""
    said = [
        (entry.text, entry.sample[0])
        for entry in entries
        if isinstance(entry.sample, tuple) and len(entry.sample) == 1 and isinstance(entry.sample[0], Fill)
    ]
    near = [
        tr("“{one}”与“{other}”", one=a[0], other=b[0])
        for a, b in combinations(said, 2)
        if a[1] != b[1] and _alike(a[1], b[1]) and {a[1].colour, b[1].colour} <= drawn.fills | drawn.ring_slots
    ]
    if not near:
        return []
    what = tr("填充颜色相近，不易分辨：{names}", names=listed(near))
    return [Finding(WARNING, what, tr("少选几个产业，或换一种画法"))]


def _alike(a: Fill, b: Fill) -> bool:
    if difference(a.colour, b.colour) >= APART:
        return False
    if a.hatch is None or b.hatch is None:
        return a.hatch is b.hatch
    return a.hatch[1:] == b.hatch[1:] and difference(a.hatch.colour, b.hatch.colour) < APART


class Piece(NamedTuple):
    """Something with a place of its own: pieces of one `owner` may touch."""

    words: str
    box: Box
    owner: str


def place_findings(scene: Scene, page: Page, ops: list[Op]) -> list[Finding]:
    """Overlaps of names, symbols and furniture, and what leaves the page."""
    legend = legend_box(scene, ops)
    names = [Piece(op.text, op.box, op.key) for op in ops if isinstance(op, TextOp) and op.group in ("labels", "names")]
    marks = [Piece(_mark_words(op), op.box, op.key) for op in ops if isinstance(op, SymbolOp) and op.items]
    rings = [Piece(tr("环形符号"), op.box, op.key) for op in ops if isinstance(op, SymbolOp) and not op.items]
    writing = [Piece(op.text, op.box, f"text {index}") for index, op in enumerate(furniture_text(ops))]
    things = [
        Piece(tr(ELEMENTS[op.group]), page_box(op), op.group)
        for op in ops
        if isinstance(op, FillOp) and op.group in ("scale", "north")
    ]
    box = [Piece(tr("图例"), legend, "legend")] if legend is not None else []
    outside_legend = [piece for piece in writing if legend is None or not _within(piece.box, legend)]
    pairs = [
        *combinations([*names, *marks], 2),
        *product([*names, *marks], [*box, *things, *outside_legend]),
        *product(rings, [*names, *marks]),
        *combinations(writing, 2),
        *product(box, [*things, *outside_legend]),
    ]
    over = [
        tr("“{one}”与“{other}”", one=a.words, other=b.words)
        for a, b in pairs
        if a.owner != b.owner and overlap(a.box, b.box)
    ]
    hidden = [piece for piece in rings if any(overlap(piece.box, other.box) for other in [*box, *things])]
    sheet = (0.0, 0.0, page.width, page.height)
    every = [*names, *marks, *writing, *things, *box]
    off = [tr("“{text}”", text=piece.words) for piece in every if not _within(piece.box, sheet)]
    found = []
    if over:
        what = tr("互相压盖：{names}", names=listed(over))
        found.append(Finding(ERROR, what, tr("加大页面，减少图层，或把图例移到别的角上")))
    if hidden:
        what = tr("有 {n} 个环形符号被图例、比例尺或指北针压住一部分", n=len(hidden))
        found.append(Finding(WARNING, what, tr("把图例移到别的角上，或加大页面")))
    if off:
        what = tr("超出页面：{names}", names=listed(off))
        found.append(Finding(ERROR, what, tr("加大页面，或写短图题和说明")))
    return found


def _mark_words(op: SymbolOp) -> str:
    return tr("园区或项目的符号") if len(op.items) == 1 else tr("数字 {number}", number=len(op.items))


def legend_box(scene: Scene, ops: list[Op]) -> Box | None:
    """The ground of the legend: the smallest box that holds the words of its entries. None when there is no legend."""
    said = {entry.text for entry in scene.legend}
    boxes = [op.box for op in furniture_text(ops) if op.text in said]
    if not boxes:
        return None
    words = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    grounds = [page_box(op) for op in ops if isinstance(op, FillOp) and op.group in ("furniture", "legend")]
    holding = [box for box in grounds if _within(words, box)]
    return min(holding, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=words)


def _within(box: Box, frame: Box) -> bool:
    slack = 1e-6
    return (
        box[0] >= frame[0] - slack
        and box[1] >= frame[1] - slack
        and box[2] <= frame[2] + slack
        and box[3] <= frame[3] + slack
    )
