"""Meridians and parallels, for sheets. Imports the projection library, which a first map does not need."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from geodata.geometry import Outline, Point, outline
from layers.scene import Line
from layers.theme import GRATICULE

WEST, EAST, SOUTH, NORTH = 94, 112, 24, 37
"""Degrees: a little more than any figure of the province shows."""

STEP = 0.25
"""Degrees between the points of a line."""


class Meridians(NamedTuple):
    """Lines by degree: longitudes and latitudes with their points in map metres."""

    longitudes: dict[float, tuple[Point, ...]]
    latitudes: dict[float, tuple[Point, ...]]


@lru_cache(maxsize=4)
def meridians(interval: float) -> Meridians:
    """The lines at every `interval` degrees."""
    from geodata.projection import to_map

    def steps(low: float, high: float, step: float) -> list[float]:
        return [low + index * step for index in range(round((high - low) / step) + 1)]

    return Meridians(
        {lon: tuple(to_map(lon, lat) for lat in steps(SOUTH, NORTH, STEP)) for lon in steps(WEST, EAST, interval)},
        {lat: tuple(to_map(lon, lat) for lon in steps(WEST, EAST, STEP)) for lat in steps(SOUTH, NORTH, interval)},
    )


def interval_for(width: float) -> float:
    """Degrees between lines for a body so many metres wide: about five lines across."""
    return 2.0 if width > 600_000 else 1.0 if width > 250_000 else 0.5


def graticule(body: Outline) -> Line:
    """All lines, to be drawn under everything else."""
    lines = meridians(interval_for(body.bounds[2] - body.bounds[0]))
    pieces = (*lines.longitudes.values(), *lines.latitudes.values())
    return Line("graticule", tuple(outline([piece]) for piece in pieces), GRATICULE)
