"""Borders, each drawn once: neighbours' under counties' under prefectures' under the province's."""

from __future__ import annotations

from geodata.boundaries import Boundaries
from layers.scene import Line
from layers.theme import BORDERS


def borders(boundaries: Boundaries, counties: bool) -> tuple[Line, ...]:
    """County borders only where `counties` says so: on a map of the whole province they are noise."""
    kinds = [kind for kind in BORDERS if counties or kind != "county"]
    return tuple(Line(kind, boundaries.borders[kind], BORDERS[kind]) for kind in kinds)
