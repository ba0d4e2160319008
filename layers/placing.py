"""Labels that do not overlap: each takes the first free position around its place, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import cos, pi, sin
from typing import TypeAlias

from geodata.geometry import Point, outline
from layers.drawing import IN_POINTS, StrokeOp, TextOp, overlap
from layers.page import Box, Page
from layers.scene import Label
from layers.theme import LEADER, NAME_SIZE, SMALLEST_TEXT

Measure: TypeAlias = Callable[..., float]
"""Width in points of a text at a size in points, in a font of `layers.fonts.FACES` if a third argument names one."""

ASCENT, DESCENT = 0.82, 0.14
"""Of Chinese text, as shares of its size."""

PADDING = 0.8
"""Points kept free around a label."""

HALO = 1.4

NAME_RANK = 4
"""Of the names of sites and projects, which stand beside a symbol as prefectures' names do."""

LED_STEPS = 14
"""Text sizes that a label with a leader may be away from its place."""

FULL_SIZE = 400.0
"""Shorter side of a sheet's frame in points below which names shrink with the sheet."""

FULL_SCREEN, MOST_GROWTH = 750.0, 1.35
"""Shorter side of a window's map in points above which names grow with it, and how far."""


@lru_cache(maxsize=16)
def in_face(measure: Measure, face: str) -> Measure:
    """The measure with another usual font; the very same one for the bundled font."""
    if not face:
        return measure
    return lambda text, size, other=None: measure(text, size, face if other is None else other)


def text_op(text: str, size: float, centre_x: float, centre_y: float, measure: Measure, label: Label) -> TextOp:
    """The label's text centred on a point."""
    width = measure(text, size)
    left, top = centre_x - width / 2, centre_y - size * (ASCENT + DESCENT) / 2
    box = (left - PADDING, top - PADDING, left + width + PADDING, top + size * (ASCENT + DESCENT) + PADDING)
    return TextOp(left, top + size * ASCENT, text, size, label.colour, box, HALO, group="labels", key=label.key)


def place_labels(
    labels: Iterable[Label], page: Page, measure: Measure, taken: Sequence[Box], symbol_radius: float
) -> list[TextOp]:
    """The labels that have room, strongest rank first, none over another, over `taken`, or out of the frame.

    A place with a symbol of `symbol_radius` points has its label below, above or beside it, a site or project beside
    it first; a county's or neighbour's label (rank 2 and 3) must also fit in the room its area has.
    """
    boxes = list(taken)
    placed: list[TextOp] = []
    left, top, right, bottom = page.frame
    grown = name_growth(page)
    for label in sorted(labels, key=lambda label: label.rank):
        x, y = page.to_page(*label.at)
        size = max(SMALLEST_TEXT, label.size * grown)
        half_width = measure(label.text, size) / 2
        half_height = size * (ASCENT + DESCENT) / 2
        if label.rank > 1 and half_width > label.room * page.scale * (1.3 if label.rank == 2 else 1.0):
            continue
        offsets = _offsets(half_width, half_height, symbol_radius if label.rank in (1, NAME_RANK) else 0.0)
        for dx, dy in (*offsets[2:4], *offsets) if label.rank == NAME_RANK else offsets:
            op = text_op(label.text, size, x + dx, y + dy, measure, label)
            inside = op.box[0] >= left and op.box[1] >= top and op.box[2] <= right and op.box[3] <= bottom
            if inside and not any(overlap(op.box, box) for box in boxes):
                boxes.append(op.box)
                placed.append(op)
                break
        else:
            if label.rank == 1 and page.margins and left < x < right and top < y < bottom:
                led = _led(label, (x, y), size, page, measure, boxes)
                if led is not None:
                    boxes.append(led.box)
                    placed.append(led)
    return placed


def name_growth(page: Page) -> float:
    """What the size of names is multiplied by: they shrink with a small sheet, and grow in a large window,
    where the user sits no farther away but the map has room."""
    left, top, right, bottom = page.frame
    short = min(right - left, bottom - top)
    return min(1.0, short / FULL_SIZE) if page.margins else max(1.0, min(MOST_GROWTH, short / FULL_SCREEN))


def listed_size(page: Page) -> float:
    """The size of names in a list beside their symbols, which shrinks with nothing."""
    return NAME_SIZE * max(1.0, name_growth(page))


def leader_op(label: TextOp) -> StrokeOp:
    """The line from a label to the place that it stands for."""
    assert label.leader is not None
    return StrokeOp(outline([[edge_towards(label.box, label.leader), label.leader]]), IN_POINTS, LEADER, "labels")


def edge_towards(box: Box, point: Point) -> Point:
    """The point of a box nearest to another point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _led(
    label: Label, at: tuple[float, float], size: float, page: Page, measure: Measure, boxes: list[Box]
) -> TextOp | None:
    """The label of a prefecture that has no room at its place, as near as can be, with a leader to it."""
    x, y = at
    left, top, right, bottom = page.frame
    for step in range(2, LED_STEPS):
        for turn in range(16):
            distance, angle = step * size, turn * pi / 8
            op = text_op(label.text, size, x + distance * cos(angle), y + distance * sin(angle), measure, label)
            inside = op.box[0] >= left and op.box[1] >= top and op.box[2] <= right and op.box[3] <= bottom
            if inside and not any(overlap(op.box, box) for box in boxes):
                return op._replace(leader=at)
    return None


def _offsets(half_width: float, half_height: float, radius: float) -> list[tuple[float, float]]:
    if radius:
        below, beside = radius + half_height + 1.8, radius + half_width + 2.6
        corner = radius * 0.75
        return [
            (0, below), (0, -below), (beside, 0), (-beside, 0),
            (half_width + corner, corner + half_height), (-half_width - corner, corner + half_height),
            (half_width + corner, -corner - half_height), (-half_width - corner, -corner - half_height),
        ]  # fmt: skip
    up, side = half_height * 1.2, half_width * 0.6
    return [
        (0, 0),
        (0, up),
        (0, -up),
        (side, 0),
        (-side, 0),
        (side, up),
        (-side, up),
        (side, -up),
        (-side, -up),
    ]
