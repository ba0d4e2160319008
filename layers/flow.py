"""Running text on a page: spans broken into lines, lines into columns. Pure; all in points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from geodata.geometry import outline
from geodata.language import tr
from layers.drawing import IN_POINTS, Op, StrokeOp
from layers.legend import plain_text
from layers.placing import Measure
from layers.scene import Colour, Stroke
from layers.theme import INK

LEADING = 1.4
"""Distance of baselines in text sizes."""

RULED = 0.35
"""What a rule under a line adds to it, in text sizes."""

RULE = Stroke((120, 122, 126), 0.5)

_TOKEN = re.compile(r"[A-Za-z0-9.%+\-/']{1,24}|.", re.DOTALL)
_PART = re.compile(r"(?:[^；，;,]|[;,](?! ))+(?:[；，]|[;,] )?|[；，]|[;,] ")
_NOT_FIRST = frozenset(" ，。、；：！？）〕》”’％%·—…,.;:!?)]}\u00a0")
_NOT_LAST = frozenset("（〔《“‘([{\u00a0")


class Span(NamedTuple):
    """Text in one look; a `whole` one breaks after ； and ， only, or after `; ` and `, `; a `glued` one nowhere, and stays
    with the last word before it."""

    text: str
    bold: bool = False
    colour: Colour = INK
    whole: bool = False
    glued: bool = False


class Block(NamedTuple):
    """A paragraph: its size as a share of the text's, the space before it and its indent in sizes; with `keep` it
    never ends a column, with `ruled` a line is drawn under it."""

    spans: tuple[Span, ...]
    scale: float = 1.0
    before: float = 0.0
    indent: float = 0.0
    keep: bool = False
    ruled: bool = False


class Run(NamedTuple):
    """A piece of a line: its left end from the column's."""

    x: float
    text: str
    span: Span


class Line(NamedTuple):
    """`before` is the space above it, which the first line of a column does without; `height` its own."""

    runs: tuple[Run, ...]
    size: float
    before: float
    height: float
    keep: bool
    ruled: bool = False


def break_lines(blocks: Iterable[Block], size: float, width: float, measure: Measure) -> list[Line]:
    """The blocks as lines of at most this width. Punctuation stays with its word; words break only when too long."""
    lines: list[Line] = []
    for block in blocks:
        em = size * block.scale
        indent = block.indent * em
        rows = list(_rows(block.spans, em, width - indent, measure))
        for number, row in enumerate(rows):
            before = block.before * em if number == 0 else 0.0
            alone = len(rows) > 1 and number in (0, len(rows) - 2)  # a first line at a column's end, a last at its top
            ruled = block.ruled and number + 1 == len(rows)
            height = em * (LEADING + RULED) if ruled else em * LEADING
            lines.append(Line(_runs(row, indent, em, measure), em, before, height, block.keep or alone, ruled))
    return lines


def _tokens(spans: Sequence[Span]) -> Iterator[list[tuple[str, Span]]]:
    """What stays together on a line."""
    unit: list[tuple[str, Span]] = []
    for span in spans:
        for token in (_PART if span.whole else _TOKEN).findall(span.text):
            if unit and not span.glued and token[0] not in _NOT_FIRST and unit[-1][0][-1] not in _NOT_LAST:
                yield unit
                unit = []
            unit.append((token, span))
    if unit:
        yield unit


def _rows(spans: Sequence[Span], em: float, width: float, measure: Measure) -> Iterator[list[tuple[str, Span]]]:
    row: list[tuple[str, Span]] = []
    used = 0.0
    for unit in _tokens(spans):
        wide = sum(measure(token, em) for token, _ in unit)
        if row and used + wide > width:
            yield row
            row, used = [], 0.0
        if wide > width:
            unit = [(char, span) for token, span in unit for char in token]
        for token, span in unit:
            length = measure(token, em)
            if row and used + length > width:
                yield row
                row, used = [], 0.0
            row.append((token, span))
            used += length
    if row:
        yield row


def _runs(row: Sequence[tuple[str, Span]], indent: float, em: float, measure: Measure) -> tuple[Run, ...]:
    runs: list[Run] = []
    x = indent
    text = ""
    for number, (token, span) in enumerate(row):
        text += token
        if number + 1 == len(row) or row[number + 1][1] != span:
            runs.append(Run(x, text, span))
            x += measure(text, em)
            text = ""
    return tuple(runs)


def in_columns(lines: Sequence[Line], number: int, height: float) -> list[list[Line]] | None:
    """The lines in so many columns of this height, or None when they do not fit."""
    columns: list[list[Line]] = [[]]
    used = 0.0
    for line in lines:
        above = line.before if columns[-1] else 0.0
        if columns[-1] and used + above + line.height > height:
            moved: list[Line] = []
            while len(columns[-1]) > 1 and columns[-1][-1].keep:
                moved.insert(0, columns[-1].pop())
            columns.append(moved)
            used = height_of(moved)
            above = line.before if moved else 0.0
        columns[-1].append(line)
        used += above + line.height
        if len(columns) > number or used > height:
            return None
    return columns


def balanced(lines: Sequence[Line], number: int, height: float) -> list[list[Line]] | None:
    """As in_columns, in columns as short as they can be."""
    if in_columns(lines, number, height) is None:
        return None
    low, high = height_of(lines) / number * 0.9, height
    while high - low > 1.0:
        middle = (low + high) / 2
        if in_columns(lines, number, middle) is None:
            low = middle
        else:
            high = middle
    return in_columns(lines, number, high)


def cut_blocks(
    blocks: Sequence[Block], size: float, width: float, measure: Measure, lines: int
) -> tuple[list[Block], list[Block]]:
    """The blocks of about the first so many lines that break_lines makes, and the others. One that runs on is cut after
    a ； span (as the language has it), others are not; a heading goes with what follows it."""
    before = list(blocks)
    after: list[Block] = []
    for number, block in enumerate(blocks):
        em = size * block.scale
        rows = list(_rows(block.spans, em, width - block.indent * em, measure))
        if lines < len(rows):
            shown = sum(len(text) for row in rows[:lines] for text, _ in row)
            ends = [at + 1 for at, span in enumerate(block.spans) if span.text == tr("；")]
            cut = max((at for at in ends if sum(len(span.text) for span in block.spans[:at]) <= shown), default=0)
            before, after = list(blocks[:number]), list(blocks[number + 1 :])
            if cut:
                before.append(block._replace(spans=block.spans[:cut]))
                block = block._replace(spans=block.spans[cut:], before=0.0)
            after.insert(0, block)
            break
        lines -= len(rows)
    while before and before[-1].keep:
        after.insert(0, before.pop())
    return before, after


def height_of(lines: Sequence[Line]) -> float:
    """Of lines under each other in a column."""
    return sum(line.height + (line.before if number else 0.0) for number, line in enumerate(lines))


def text_ops(lines: Iterable[Line], left: float, top: float, width: float, measure: Measure, group: str) -> list[Op]:
    """The lines under each other, from the column's upper left corner; `width` is the column's."""
    ops: list[Op] = []
    y = top
    for number, line in enumerate(lines):
        y += line.before if number else 0.0
        baseline = y + line.size * (LEADING + 0.76) / 2
        for run in line.runs:
            op = plain_text(run.text, line.size, left + run.x, baseline, measure)
            ops.append(op._replace(bold=run.span.bold, colour=run.span.colour, group=group))
        y += line.height
        if line.ruled:
            under = y - line.size * RULED / 2
            ops.append(StrokeOp(outline([[(left, under), (left + width, under)]]), IN_POINTS, RULE, group))
    return ops
