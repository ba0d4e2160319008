"""What is under the pointer."""

from __future__ import annotations

from geodata.boundaries import Boundaries


def place_at(boundaries: Boundaries, x: float, y: float, counties: bool = False) -> str | None:
    """The adcode of the prefecture (or county) at a position in map metres; None outside the province."""
    units = boundaries.counties if counties else boundaries.prefectures
    return next((adcode for adcode, shape in units.items() if shape.contains(x, y)), None)
