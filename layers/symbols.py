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


def north_arrow(size: float) -> tuple[Outline, Outline]:
    """The left (filled) and right (open) half of an arrow that points up, `size` points high."""
    tip, foot, notch = (0.0, -size / 2), size / 2, size / 4
    left = [tip, (-size / 3.4, foot), (0.0, notch), tip]
    right = [tip, (size / 3.4, foot), (0.0, notch), tip]
    return outline([left]), outline([right])


def rectangle(left: float, top: float, right: float, bottom: float) -> Outline:
    return outline([[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]])
