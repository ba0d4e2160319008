"""What is drawn in the frame against what the legend says, both ways."""

from __future__ import annotations

from typing import NamedTuple

from geodata.analysis.items import ItemKey
from geodata.language import tr
from layers.checks.finding import ERROR, WARNING, Finding, listed
from layers.checks.sight import Look, area_in_sight, fits, hatch_look, line_in_sight, wanted
from layers.drawing import FillOp, Op, StrokeOp, SymbolOp, TextOp
from layers.legend import is_overlay
from layers.page import Page
from layers.scene import Colour, Count, Fill, Glyph, LegendEntry, Scene, Stroke, Symbol
from layers.theme import COUNT_WORDS, HOLLOW_WORDS, PAPER, REST, SOLID_WORDS, SYMBOLS

MAP_TEXT = ("labels", "names", "markers")
"""Groups of text that stands on the map; all other text is furniture."""

UNEXPLAINED_LINES = ("graticule",)
"""Lines that a legend need not explain."""


class Drawn(NamedTuple):
    """What there is in the frame, taken from the ops."""

    fills: frozenset[Colour]
    striped: bool
    hatches: tuple[Look, ...]
    rings: frozenset[Colour]
    ring_slots: frozenset[Colour]
    levels: frozenset[float]
    lines: dict[str, Stroke]
    symbols: frozenset[Symbol]
    counted: bool


def drawn_marks(scene: Scene, page: Page, ops: list[Op]) -> Drawn:
    """What the ops draw inside the frame."""
    fills: set[Colour] = set()
    striped = False
    hatches: list[Look] = []
    rings: set[Colour] = set()
    lines: dict[str, Stroke] = {}
    keys = {line.key: line.stroke for line in scene.lines}
    for op in ops:
        if isinstance(op, FillOp):
            if op.group in ("areas", "stripes") and area_in_sight(op, page.frame):
                fills.add(op.colour)
                striped = striped or op.group == "stripes"
            elif op.group == "glyphs" and op.colour != PAPER:
                rings.add(op.colour)
        elif isinstance(op, StrokeOp):
            if op.group == "hatch" and line_in_sight(op, page.frame):
                look = hatch_look(op)
                hatches += [look] if look is not None else []
            elif op.group in keys:
                lines[op.group] = op.stroke
    marks = [op for op in ops if isinstance(op, SymbolOp) and op.items]
    symbols = {marker.key: marker.symbol for marker in scene.markers}
    shown = {op.key for op in ops if isinstance(op, SymbolOp) and not op.items}
    segments = [segment for glyph in scene.glyphs if glyph.key in shown for segment in glyph.segments]
    return Drawn(
        frozenset(fills),
        striped,
        tuple(dict.fromkeys(hatches)),
        frozenset(rings),
        frozenset(segment.colour for segment in segments),
        frozenset(segment.level for segment in segments if segment.level),
        lines,
        frozenset(symbols[op.items[0]] for op in marks if len(op.items) == 1 and op.items[0] in symbols),
        any(len(op.items) > 1 for op in marks),
    )


def marked_items(ops: list[Op]) -> dict[ItemKey, bool]:
    """The sites and projects on the figure -> whether each has a symbol of its own (else it is part of a count)."""
    found: dict[ItemKey, bool] = {}
    for op in ops:
        if isinstance(op, SymbolOp):
            for key in op.items:
                found[key] = found.get(key, False) or len(op.items) == 1
    return found


def furniture_text(ops: list[Op]) -> list[TextOp]:
    """All text around the map and in the legend."""
    return [op for op in ops if isinstance(op, TextOp) and op.group not in MAP_TEXT]


def shown_entries(scene: Scene, ops: list[Op]) -> list[LegendEntry]:
    """The entries of the legend whose words and sample are both drawn."""
    texts = {op.text for op in furniture_text(ops)}
    fills = {op.colour for op in ops if isinstance(op, FillOp) and op.group in ("furniture", "legend")}
    strokes = [op for op in ops if isinstance(op, StrokeOp) and op.group in ("furniture", "legend")]
    looks = {look[:3] for op in strokes if op.stroke.flat and (look := hatch_look(op)) is not None}
    plain = {op.stroke for op in strokes}

    def sampled(entry: LegendEntry) -> bool:
        if isinstance(entry.sample, Stroke):
            return entry.sample in plain
        if isinstance(entry.sample, tuple) and entry.sample and isinstance(entry.sample[0], Fill):
            return all(
                fill.colour in fills and (fill.hatch is None or wanted(fill.hatch) in looks)
                for fill in entry.sample
                if isinstance(fill, Fill)
            )
        return True

    return [entry for entry in scene.legend if entry.text in texts and sampled(entry)]


def legend_findings(scene: Scene, drawn: Drawn, entries: list[LegendEntry]) -> list[Finding]:
    """What is drawn and not explained (errors), and what is explained and not drawn (warnings)."""
    if not entries and (drawn.fills - {REST} or drawn.rings or drawn.lines or drawn.symbols):
        return [Finding(ERROR, tr("图上没有图例"), tr("在导出对话框中打开图例"))]
    missing = [*_missing_fills(drawn, entries), *_missing_marks(scene, drawn, entries)]
    extra = [entry.text for entry in entries if not _is_drawn(entry, drawn)]
    found = []
    if missing:
        what = tr("图上画了而图例没有说明：{names}", names=listed(missing))
        found.append(Finding(ERROR, what, tr("补上图例，或关闭相应的产业或图层")))
    if extra:
        what = tr("图例列出而图上没有：{names}", names=listed(extra))
        found.append(Finding(WARNING, what, tr("关闭相应的产业或图层，或扩大图幅")))
    return [*found, *_inferred(drawn, entries), *_same(scene, entries)]


def _inferred(drawn: Drawn, entries: list[LegendEntry]) -> list[Finding]:
    """Hollow symbols have to be declared."""
    if not any(symbol.hollow for symbol in drawn.symbols) or any(entry.mark == "hollow" for entry in entries):
        return []
    what = tr("图上有空心符号（推定的，或只知到市（州）的位置），图例没有说明")
    return [Finding(ERROR, what, tr("在图例中保留“{words}”一项", words=tr(HOLLOW_WORDS)))]


def _same(scene: Scene, entries: list[LegendEntry]) -> list[Finding]:
    """Two entries with the very same sample: nobody can tell them apart."""
    said: dict[Fill, list[str]] = {}
    for entry in entries:
        if isinstance(entry.sample, tuple) and len(entry.sample) == 1 and isinstance(entry.sample[0], Fill):
            said.setdefault(entry.sample[0], []).append(entry.text)
    return [
        Finding(ERROR, tr("图例中画法相同，无法分辨：{names}", names=listed(texts)), tr("少选几个产业，或换一种画法"))
        for texts in said.values()
        if len(texts) > 1 and not (scene.glyphs and len(said) == 1)  # black rings: the order tells the sectors
    ]


def _missing_fills(drawn: Drawn, entries: list[LegendEntry]) -> list[str]:
    fills = [fill for entry in entries for fill in _fills(entry)]
    colours = {fill.colour for fill in fills}
    plain = {REST, PAPER}
    wanted = drawn.fills - plain
    missing = [tr("填充色 {colour}", colour=_hex(colour)) for colour in sorted(wanted - colours)]
    if wanted or drawn.hatches:
        missing += [
            tr("底色 {colour}（其他地区）", colour=_hex(colour)) for colour in sorted((drawn.fills & plain) - colours)
        ]
    hatches = [fill.hatch for fill in fills if fill.hatch is not None]
    missing += [
        tr("线纹 {colour}、{angle:g}°", colour=_hex(look.colour), angle=look.angle)
        for look in drawn.hatches
        if not any(fits(look, h) for h in hatches)
    ]
    if drawn.striped and not any(len(_fills(entry)) > 1 for entry in entries):
        missing.append(tr("条纹"))
    return missing


def _missing_marks(scene: Scene, drawn: Drawn, entries: list[LegendEntry]) -> list[str]:
    segments = [segment for entry in entries if isinstance(entry.sample, Glyph) for segment in entry.sample.segments]
    levels = {segment.level for segment in segments}
    colours = {fill.colour for entry in entries for fill in _fills(entry)} | {segment.colour for segment in segments}
    missing = [tr("环形符号的颜色 {colour}", colour=_hex(colour)) for colour in sorted(drawn.rings - colours)]
    if drawn.levels - levels:
        missing.append(tr("环形符号的宽窄"))
    lines = {entry.line: entry.sample for entry in entries if entry.line}
    names = {entry.line: entry.text for entry in scene.legend if entry.line}
    missing += [
        names.get(key, tr("线（{key}）", key=key))
        for key, stroke in drawn.lines.items()
        if lines.get(key) != stroke and key not in UNEXPLAINED_LINES
    ]
    marks = {entry.mark for entry in entries}
    shapes = {symbol.shape for symbol in drawn.symbols}
    missing += [
        tr("符号：{words}", words=tr(SYMBOLS[shape]) if shape in SYMBOLS else shape) for shape in sorted(shapes - marks)
    ]
    if any(not symbol.hollow for symbol in drawn.symbols) and "solid" not in marks:
        missing.append(tr("“{text}”", text=tr(SOLID_WORDS)))
    if drawn.counted and "count" not in marks:
        missing.append(tr("数字（{words}）", words=tr(COUNT_WORDS)))
    return missing


def _is_drawn(entry: LegendEntry, drawn: Drawn) -> bool:
    """Whether what the entry explains is on the figure."""
    if entry.line:
        return entry.line in drawn.lines
    if entry.mark.startswith("colour:"):
        return True  # of the sector of a symbol or a count, which the symbols' own entries answer for
    if isinstance(entry.sample, Count):
        return drawn.counted
    if isinstance(entry.sample, Symbol):
        hollow = {"solid": False, "hollow": True}.get(entry.mark)
        if hollow is not None:
            return any(symbol.hollow is hollow for symbol in drawn.symbols)
        return any(symbol.shape == entry.sample.shape for symbol in drawn.symbols)
    if isinstance(entry.sample, Glyph):
        levels = {segment.level for segment in entry.sample.segments}
        by_place = len(levels) > 1 or len(entry.sample.segments) == 1  # it tells a sector, not a role
        return by_place or levels <= drawn.levels
    fills = _fills(entry)
    if len(fills) > 1 and not is_overlay(fills):
        return drawn.striped
    known = drawn.fills | drawn.ring_slots
    return all(
        fill.colour in known and (fill.hatch is None or any(fits(look, fill.hatch) for look in drawn.hatches))
        for fill in fills
    )


def _fills(entry: LegendEntry) -> tuple[Fill, ...]:
    if not isinstance(entry.sample, tuple) or isinstance(entry.sample, Stroke | Glyph | Symbol | Count):
        return ()
    return () if entry.mark else entry.sample


def _hex(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)
