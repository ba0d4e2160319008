"""The ground of a prefecture on a page: where in it a mark may stand, looked up on a fine grid."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor, hypot, sqrt
from typing import NamedTuple

from geodata.geometry import Outline, Point
from layers.hatch import hatch_lines, scaled

FINEST = 1.2
"""Points between the positions of a grid at least."""

ACROSS = 26
"""Positions across a place of that area, about."""


class Ground(NamedTuple):
    """The positions of a grid that lie in a place, in points around the map origin with y down, nearest to its middle
    first; the same as whole numbers of `step` points (column, row)."""

    step: float
    points: tuple[Point, ...]
    cells: frozenset[tuple[int, int]]

    def holds(self, x: float, y: float) -> bool:
        """Whether the position is in the place, as well as the grid knows."""
        return (round(x / self.step), round(y / self.step)) in self.cells

    def holds_around(self, x: float, y: float, reach: float) -> bool:
        """Whether that is so to all four sides of a position too."""
        return all(self.holds(x + dx, y + dy) for dx, dy in ((0, 0), (reach, 0), (-reach, 0), (0, reach), (0, -reach)))


@lru_cache(maxsize=128)
def ground_of(shape: Outline, middle: Point, scale: float) -> Ground:
    """The ground of an outline in map metres, with its middle there, at a scale in points per metre."""
    min_x, min_y, max_x, max_y = shape.bounds
    step = max(FINEST, sqrt((max_x - min_x) * (max_y - min_y)) * scale / ACROSS)
    cells = set()
    for x1, y, x2, _ in hatch_lines(scaled(shape.rings(), scale), step, 0.0):
        low, high = min(x1, x2) / step, max(x1, x2) / step
        cells |= {(column, round(y / step)) for column in range(ceil(low), floor(high) + 1)}
    x, y = middle[0] * scale, -middle[1] * scale
    points = sorted(((column * step, row * step) for column, row in cells), key=lambda at: hypot(at[0] - x, at[1] - y))
    return Ground(step, tuple(points), frozenset(cells))
