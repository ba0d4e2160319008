"""Scale bar, north arrow, degrees of the graticule, and the lines below a figure."""

from __future__ import annotations

import re
from itertools import pairwise

from geodata.language import tr
from layers.catalog.graticule import interval_for, meridians
from layers.corners import scale_bar_length
from layers.drawing import IN_POINTS, FillOp, Op, StrokeOp, TextOp, overlap
from layers.legend import LINE, plain_text
from layers.page import MM, Box, Page
from layers.placing import Measure
from layers.scene import Scene, Stroke
from layers.symbols import north_arrow, rectangle
from layers.theme import FAINT_INK, INK, NOTE_SIZE, PAPER, SMALLEST_TEXT

CLOSING = "）》”’】，。、；：！？·—…)]}"
"""Marks that no line begins with."""

LATIN_END = re.compile("[!-~’”]+$")
"""The word that a text ends with, as far as it is Latin, with its marks."""

NOTE_LINE = 1.35
"""Height of a line below the figure in text sizes."""


def scale_bar(box: Box, page: Page, measure: Measure) -> list[Op]:
    """The bar in its box, a round number of kilometres long."""
    _, _, right, bottom = box
    metres = scale_bar_length(page)
    length, height = metres * page.scale, 3.0
    end = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    x = right - 3 * MM - measure(end, NOTE_SIZE) / 2 - length
    y = bottom - (3 * MM if page.margins else 3 * MM + NOTE_SIZE * LINE)
    half = x + length / 2
    ops: list[Op] = [
        FillOp(rectangle(x, y - height, half, y), IN_POINTS, INK, "scale"),
        FillOp(rectangle(half, y - height, x + length, y), IN_POINTS, PAPER, "scale"),
        StrokeOp(rectangle(x, y - height, x + length, y), IN_POINTS, Stroke(INK, 0.5), "scale"),
    ]
    for at, text in ((x, "0"), (x + length, end)):
        left = at - measure(text, NOTE_SIZE) / 2
        ops.append(plain_text(text, NOTE_SIZE, left, y - height - 2.5, measure, halo=1.4))
    return ops


def north(box: Box, words: str, measure: Measure) -> list[Op]:
    """The arrow in its box, with its word above."""
    left, top, right, bottom = box
    size = bottom - top - NOTE_SIZE - 3
    x, y = (left + right) / 2, bottom - size / 2
    filled, hollow = north_arrow(size)
    placing = (1.0, 1.0, x, y)
    at = x - measure(words, NOTE_SIZE + 1) / 2
    return [
        plain_text(words, NOTE_SIZE + 1, at, y - size / 2 - 2, measure, halo=1.4),
        FillOp(hollow, placing, PAPER, "north"),
        FillOp(filled, placing, INK, "north"),
        StrokeOp(hollow, placing, Stroke(INK, 0.5), "north"),
        StrokeOp(filled, placing, Stroke(INK, 0.5), "north"),
    ]


def degrees(scene: Scene, page: Page, measure: Measure, taken: list[Box]) -> list[TextOp]:
    """Longitudes along the upper edge of the frame and latitudes along the left one, where nothing else stands."""
    left, top, right, bottom = page.frame
    size = SMALLEST_TEXT
    lines = meridians(interval_for(scene.body.bounds[2] - scene.body.bounds[0]))
    placed: list[TextOp] = []
    for longitude, points in lines.longitudes.items():
        for (x1, y1), (x2, y2) in pairwise(page.to_page(*point) for point in points):
            if (y1 - top) * (y2 - top) <= 0 and y1 != y2:
                x = x1 + (x2 - x1) * (top - y1) / (y2 - y1)
                words = f"{longitude:g}°E"
                placed.append(_degree(words, x - measure(words, size) / 2, top + size + 1.5, size, measure))
    for latitude, points in lines.latitudes.items():
        for (x1, y1), (x2, y2) in pairwise(page.to_page(*point) for point in points):
            if (x1 - left) * (x2 - left) <= 0 and x1 != x2:
                y = y1 + (y2 - y1) * (left - x1) / (x2 - x1)
                placed.append(_degree(f"{latitude:g}°N", left + 2, y + size * 0.35, size, measure))
    kept: list[TextOp] = []
    for op in placed:
        inside = op.box[0] >= left and op.box[1] >= top and op.box[2] <= right and op.box[3] <= bottom
        if inside and not any(overlap(op.box, box) for box in [*taken, *(other.box for other in kept)]):
            kept.append(op)
    return kept


def _degree(words: str, x: float, baseline: float, size: float, measure: Measure) -> TextOp:
    return plain_text(words, size, x, baseline, measure, halo=1.2, colour=FAINT_INK)


# --- the lines below a figure ---


def right_parts(scene: Scene) -> list[str]:
    """The approval number or the internal-use note, then who made the figure and when."""
    template = scene.view.template
    maker = tr("制图：{maker}", maker=template.maker) if template.maker else ""
    made = tr("　").join(part for part in (maker, template.date) if part)
    return [line for line, element in ((scene.approval, "approval"), (made, "maker")) if line and template.has(element)]


def right_lines(scene: Scene, width: float, measure: Measure) -> list[str]:
    """The right parts in lines of at most half the width."""
    return [line for part in right_parts(scene) for line in _wrapped(part, [width / 2], measure)]


def _wrapped(text: str, rooms: list[float], measure: Measure) -> list[str]:
    """The text in lines that fit the rooms, the last of which goes on; no line begins with a closing mark or a space,
    and a Latin word is broken only when it fills a line."""
    lines = [""]
    for char in text:
        line, room = lines[-1], rooms[min(len(lines), len(rooms)) - 1]
        if line and measure(line + char, NOTE_SIZE) > room:
            word = LATIN_END.search(line + char)
            carried = (word[0][:-1] if word else "") or (line[-1] if char in CLOSING else "")
            if carried == line:
                carried = ""
            lines[-1] = line.removesuffix(carried).rstrip(" ")
            lines.append((carried + char).lstrip(" "))
        else:
            lines[-1] += char
    return lines


def left_lines(scene: Scene, width: float, measure: Measure) -> list[str]:
    """Source and note in lines that fit the width, nothing left out; the first leave room for the lines on the right,
    or are empty where there is none."""
    template = scene.view.template
    source = scene.source if template.has("source") else ""
    note = template.note if template.has("note") else ""
    beside = [width - measure(line, NOTE_SIZE) - 12 for line in right_lines(scene, width, measure)]
    rooms = [*beside, width]
    if not note and measure(source, NOTE_SIZE) <= rooms[0]:
        return [source] if source else []
    parts = [*(part for part in source.split(tr("　")) if part), *([note] if note else [])]
    lines = [""] * len(beside) if parts and measure(parts[0], NOTE_SIZE) > rooms[0] else []
    for part in parts:
        lines += _wrapped(part, rooms[min(len(lines), len(rooms) - 1) :], measure)
    return lines


def note_height(scene: Scene, width: float, measure: Measure) -> float:
    """Points that the lines below the figure take."""
    return max(len(left_lines(scene, width, measure)), len(right_lines(scene, width, measure))) * NOTE_SIZE * NOTE_LINE


def notes(scene: Scene, page: Page, measure: Measure) -> list[Op]:
    """The lines below a sheet's frame: source and note on the left, approval and maker on the right."""
    left, _, right, bottom = page.frame
    size = NOTE_SIZE
    ops: list[Op] = []
    for index, line in enumerate(right_lines(scene, right - left, measure)):
        x = right - measure(line, size)
        ops.append(plain_text(line, size, x, bottom + size * NOTE_LINE * (index + 1), measure))
    for index, line in enumerate(left_lines(scene, right - left, measure)):
        if line:
            ops.append(plain_text(line, size, left, bottom + size * NOTE_LINE * (index + 1), measure))
    return ops


def plate(scene: Scene, box: Box, page: Page, measure: Measure) -> list[Op]:
    """On the screen: the scale bar on white in its box, with the approval number or the internal-use note below it."""
    x, y = box[2] - measure(scene.approval, NOTE_SIZE) - 8, box[3] - 6
    note = plain_text(scene.approval, NOTE_SIZE, x, y, measure, halo=1.4, colour=FAINT_INK)
    return [FillOp(rectangle(*box), IN_POINTS, PAPER, "furniture"), *scale_bar(box, page, measure), note]
