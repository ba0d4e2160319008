"""Outlines: ragged coordinates in map metres, packed so that they need no conversion before they are drawn.

One record is a big-endian (int32 kind, float64 x, float64 y) with kind 0 for the first vertex of a ring or
line and 1 for the others: the element layout of a serialised `QPainterPath` (Qt, "Serializing Qt Data
Types"), which numpy reads as a structured array too. The first map therefore needs neither numpy nor shapely.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from geodata.identity import by_identity

if TYPE_CHECKING:
    import shapely

RECORD = struct.Struct(">idd")
Point: TypeAlias = tuple[float, float]
Bounds: TypeAlias = tuple[float, float, float, float]


@by_identity
class Outline(NamedTuple):
    """Rings (or lines) as packed records; `bounds` is (min x, min y, max x, max y) in map metres."""

    records: bytes
    bounds: Bounds

    def rings(self) -> list[list[Point]]:
        """The vertices of each ring or line; a closed ring repeats its first vertex."""
        rings: list[list[Point]] = []
        for kind, x, y in RECORD.iter_unpack(self.records):
            if kind == 0:
                rings.append([])
            rings[-1].append((x, y))
        return rings

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside, by the even-odd rule."""
        min_x, min_y, max_x, max_y = self.bounds
        if not (min_x <= x <= max_x and min_y <= y <= max_y):
            return False
        inside = False
        last_x = last_y = 0.0
        for kind, here_x, here_y in RECORD.iter_unpack(self.records):
            if (
                kind == 1
                and (here_y > y) != (last_y > y)
                and x < (last_x - here_x) * (y - here_y) / (last_y - here_y) + here_x
            ):
                inside = not inside
            last_x, last_y = here_x, here_y
        return inside


def outline(rings: Iterable[Sequence[Point]]) -> Outline:
    """Packs rings or lines of (x, y) in map metres."""
    records = bytearray()
    xs: list[float] = []
    ys: list[float] = []
    for ring in rings:
        for index, (x, y) in enumerate(ring):
            records += RECORD.pack(1 if index else 0, x, y)
            xs.append(x)
            ys.append(y)
    return Outline(bytes(records), (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0))


def outline_of(geometry: shapely.Geometry) -> Outline:
    """Packs a shapely Polygon, MultiPolygon, LineString or MultiLineString."""
    import shapely

    parts = shapely.get_parts(geometry)  # get_rings passes over MultiPolygons silently
    lines = [line for part in parts for line in (shapely.get_rings(part) if part.geom_type == "Polygon" else [part])]
    return outline([[(x, y) for x, y in shapely.get_coordinates(line).tolist()] for line in lines])


def meet(a: Bounds, b: Bounds) -> bool:
    """Whether two bounds touch or overlap."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
