"""The vocabulary of pictures: marks in map metres, and what the furniture of a figure says.

A scene is the same for the screen and every file format. Widths and text sizes are in points, hatching in
millimetres, positions in map metres (x east, y north).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from geodata.geometry import Bounds, Outline, Point

Colour: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Hatch:
    """Parallel lines: distance in mm across the lines, width in points, angle in degrees from the x axis."""

    colour: Colour
    spacing: float
    width: float
    angle: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A solid colour, with hatching over it or without."""

    colour: Colour
    hatch: Hatch | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: colour, width in points, dash and gap lengths in points; `flat` ends stop at the last vertex."""

    colour: Colour
    width: float
    dash: tuple[float, ...] = ()
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon with one fill, or several that share it as stripes."""

    key: str
    shape: Outline
    fills: tuple[Fill, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Border pieces drawn with one stroke; each piece is short, because a stroke's cost grows with length squared."""

    key: str
    pieces: tuple[Outline, ...]
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Segment:
    """One sector's part of a ring glyph: `level` 1 fills the ring's whole width, 0.5 half of it, 0 is absent."""

    sector: str
    colour: Colour
    level: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A ring at a place, with a segment per sector in a fixed order."""

    key: str
    at: Point
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a place. Rank 1 is placed first and gives way last; `room` is the radius in metres around `at`."""

    key: str
    at: Point
    text: str
    size: float
    colour: Colour
    rank: int
    room: float


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: a heading, or a sample with its meaning."""

    text: str
    sample: tuple[Fill, ...] | Stroke | Glyph | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a figure shows. Marks are drawn in the order areas, lines, glyphs, labels."""

    areas: tuple[Area, ...]
    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]
    labels: tuple[Label, ...]
    legend: tuple[LegendEntry, ...]
    title: str
    source: str
    approval: str
    notes: tuple[str, ...]
    extent: Bounds
    body: Outline
    """The province, or the prefecture zoomed to: what furniture must not cover."""
