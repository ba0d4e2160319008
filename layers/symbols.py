"""Shapes of symbols in points around their own centre."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, cos, pi, sin

from geodata.geometry import Outline, outline

HOLE = 0.42
"""The ring's inner radius as a share of the outer."""


@lru_cache(maxsize=512)
def ring_segment(index: int, number: int, level: float, radius: float) -> Outline:
    """Segment `index` of `number` of a ring, clockwise from the top, filled outward to `level` of its width."""
    gap = 0.05 if number > 1 else 0.0
    start = 2 * pi * index / number + gap - pi / 2
    end = 2 * pi * (index + 1) / number - gap - pi / 2
    inner = radius * HOLE
    outer = inner + (radius - inner) * level
    steps = max(4, ceil((end - start) / 0.12))
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    points = [(outer * cos(angle), outer * sin(angle)) for angle in angles]
    points += [(inner * cos(angle), inner * sin(angle)) for angle in reversed(angles)]
    return outline([[*points, points[0]]])


POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)),
    "diamond": ((0, -1.12), (1.12, 0), (0, 1.12), (-1.12, 0)),
    "triangle": ((0, -1.05), (1.08, 0.86), (-1.08, 0.86)),
    "pentagon": tuple((1.08 * sin(2 * pi * k / 5), -1.08 * cos(2 * pi * k / 5)) for k in range(5)),
    "circle": tuple((cos(2 * pi * k / 24), sin(2 * pi * k / 24)) for k in range(24)),
}
"""Corners of the shapes of `layers.theme.SYMBOLS`, y down, for a half size of 1; they look equally large."""

PAIR = tuple(
    tuple((0.85 * x + side, 0.85 * y) for x, y in POLYGONS[shape])
    for shape, side in (("square", -1.2), ("circle", 1.2))
)
"""Corners of `pair`: two shapes that stand for all of them in a legend."""


@lru_cache(maxsize=64)
def polygon(shape: str, size: float) -> Outline:
    """A shape of POLYGONS about `size` points wide, or the PAIR of two of them."""
    rings = PAIR if shape == "pair" else (POLYGONS[shape],)
    return outline([[(x * size / 2, y * size / 2) for x, y in (*ring, ring[0])] for ring in rings])


@lru_cache(maxsize=64)
def pill(width: float, height: float) -> Outline:
    """A box with round ends."""
    radius, reach = height / 2, (width - height) / 2
    steps = [pi * step / 10 - pi / 2 for step in range(11)]
    right = [(reach + radius * cos(angle), radius * sin(angle)) for angle in steps]
    corners = [*right, *((-x, -y) for x, y in right)]
    return outline([[*corners, corners[0]]])


def north_arrow(size: float) -> tuple[Outline, Outline]:
    """The left (filled) and right (open) half of an arrow that points up, `size` points high."""
    tip, foot, notch = (0.0, -size / 2), size / 2, size / 4
    left = [tip, (-size / 3.4, foot), (0.0, notch), tip]
    right = [tip, (size / 3.4, foot), (0.0, notch), tip]
    return outline([left]), outline([right])


def rectangle(left: float, top: float, right: float, bottom: float) -> Outline:
    return outline([[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]])
