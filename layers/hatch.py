"""Hatching and stripes as geometry: no brush patterns and no clipping, which differ between devices.

Both work on rings already in points, turned so that the lines run along x, and cost one pass over the vertices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, cos, floor, radians, sin

from geodata.geometry import Point

Rings = Sequence[Sequence[Point]]


def hatch_lines(rings: Rings, spacing: float, angle: float) -> list[tuple[float, float, float, float]]:
    """Line segments (x1, y1, x2, y2) inside the even-odd area of closed rings.

    `spacing` is in the unit of the coordinates; line 0 passes through the origin, so that neighbouring
    areas and a panned map keep one pattern. `angle` in degrees from the x axis.
    """
    turn_x, turn_y = cos(radians(angle)), sin(radians(angle))
    crossings: dict[int, list[float]] = {}
    for ring in rings:
        last_u = last_v = 0.0
        for index, (x, y) in enumerate(ring):
            u, v = (x * turn_x + y * turn_y) / spacing, (y * turn_x - x * turn_y) / spacing
            if index and v != last_v:
                low, high = (last_v, v) if last_v < v else (v, last_v)
                first = ceil(low)
                if first < high:
                    slope = (u - last_u) / (v - last_v)
                    for row in range(first, ceil(high)):
                        crossings.setdefault(row, []).append(last_u + (row - last_v) * slope)
            last_u, last_v = u, v
    lines = []
    for row, us in crossings.items():
        us.sort()
        for start, end in zip(us[::2], us[1::2], strict=False):
            lines.append(
                (
                    (start * turn_x - row * turn_y) * spacing,
                    (start * turn_y + row * turn_x) * spacing,
                    (end * turn_x - row * turn_y) * spacing,
                    (end * turn_y + row * turn_x) * spacing,
                )
            )
    return lines


def stripes(rings: Rings, width: float, number: int, angle: float) -> list[list[list[Point]]]:
    """The area cut into stripes of `width`, dealt out in turn to `number` hands; each hand is a list of rings.

    Where a ring leaves a stripe and comes back over the same side, the piece runs along that side: it has no
    area there, so the even-odd or winding fill of a hand is exactly its part of the area.
    """
    turn_x, turn_y = cos(radians(angle)), sin(radians(angle))
    hands: list[list[list[Point]]] = [[] for _ in range(number)]
    for ring in rings:
        turned = [((x * turn_x + y * turn_y) / width, (y * turn_x - x * turn_y) / width) for x, y in ring]
        bands: dict[int, list[Point]] = {}
        last_u, last_v = turned[0]
        for u, v in turned[1:]:
            band, last_band = floor(v), floor(last_v)
            here_u, here_v = last_u, last_v
            step = 1 if band > last_band else -1
            bands.setdefault(last_band, []).append((here_u, here_v))
            while last_band != band:
                side = last_band + (1 if step > 0 else 0)
                here_u = last_u + (side - last_v) * (u - last_u) / (v - last_v)
                bands.setdefault(last_band, []).append((here_u, side))
                last_band += step
                bands.setdefault(last_band, []).append((here_u, side))
            last_u, last_v = u, v
        for band, points in bands.items():
            back = [((u * turn_x - v * turn_y) * width, (u * turn_y + v * turn_x) * width) for u, v in points]
            hands[band % number].append([*back, back[0]])
    return hands


def scaled(rings: Iterable[Iterable[Point]], scale: float) -> list[list[Point]]:
    """Map metres to points around the map origin, y down."""
    return [[(x * scale, -y * scale) for x, y in ring] for ring in rings]
