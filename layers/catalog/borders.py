"""Borders, each drawn once: neighbours' under counties' under prefectures' under the province's."""

from __future__ import annotations

from geodata.boundaries import Boundaries
from layers.scene import Line
from layers.theme import BORDERS, CASING


def borders(boundaries: Boundaries, counties: bool, bw: bool = False) -> tuple[Line, ...]:
    """County borders only where `counties` says so: on a map of the whole province they are noise.

    In black and white a white edge sets the prefectures' borders off from dense hatching.
    """
    kinds = [kind for kind in BORDERS if counties or kind != "county"]
    lines = [Line(kind, boundaries.borders[kind], BORDERS[kind]) for kind in kinds]
    if bw:
        lines.insert(kinds.index("prefecture"), Line("prefecture", boundaries.borders["prefecture"], CASING))
    return tuple(lines)
