"""What paint_scene draws: outlines and text in points from the page's top left corner, in painting order.

A scene and a page give a drawing (compose.py); tests ask the drawing what overlaps what.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from geodata.analysis.items import ItemKey
from geodata.geometry import Outline, Point
from layers.page import Box
from layers.scene import Colour, Stroke

Placing: TypeAlias = tuple[float, float, float, float]
"""Scale x, scale y, shift x, shift y from an outline's own coordinates to points."""

IN_POINTS: Placing = (1.0, 1.0, 0.0, 0.0)


class FillOp(NamedTuple):
    """An outline filled with one colour, even-odd."""

    shape: Outline
    placing: Placing
    colour: Colour
    group: str = ""


class StrokeOp(NamedTuple):
    """An outline drawn as lines; the stroke's width is in points whatever the placing."""

    shape: Outline
    placing: Placing
    stroke: Stroke
    group: str = ""


class TextOp(NamedTuple):
    """A line of text: left end and baseline in points; `halo` is the width of the rim around it, or 0.

    `leader` is the place that a label far from it stands for; `face` a font family, empty for the bundled font.
    """

    x: float
    y: float
    text: str
    size: float
    colour: Colour
    box: Box
    halo: float = 0.0
    bold: bool = False
    group: str = ""
    key: str = ""
    leader: Point | None = None
    face: str = ""


class SymbolOp(NamedTuple):
    """Where a symbol stands; it draws nothing itself but says what the fills that follow it belong to.

    `at` is its middle; the `box` of a site or project may hold its name too. `items` are the sites and projects that
    it stands for, a ring has none; of one alone `place` is the county or prefecture it stands for it in.
    """

    key: str
    box: Box
    at: Point
    items: tuple[ItemKey, ...] = ()
    place: str = ""


Op: TypeAlias = FillOp | StrokeOp | TextOp | SymbolOp


TOUCH = 1e-6
"""Points that boxes side by side may share, because sums are rounded."""


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return a[0] < b[2] - TOUCH and b[0] < a[2] - TOUCH and a[1] < b[3] - TOUCH and b[1] < a[3] - TOUCH


def holds(box: Box, x: float, y: float) -> bool:
    """Whether a position lies inside a box."""
    return box[0] < x < box[2] and box[1] < y < box[3]


def crosses(box: Box, start: Point, end: Point) -> bool:
    """Whether a straight line goes through a box."""
    first, last = 0.0, 1.0
    for low, high, a, b in ((box[0], box[2], start[0], end[0]), (box[1], box[3], start[1], end[1])):
        if a == b:
            if not low < a < high:
                return False
            continue
        near, far = sorted(((low - a) / (b - a), (high - a) / (b - a)))
        first, last = max(first, near), min(last, far)
    return first < last
