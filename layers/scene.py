"""The vocabulary of pictures: marks in map metres, and what the furniture of a figure says.

A scene is the same for the screen and every file format. Widths and text sizes are in points, hatching in
millimetres, positions in map metres (x east, y north).
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from geodata.analysis.items import ItemKey
from geodata.geometry import Outline, Point
from geodata.identity import by_identity
from geodata.plan import Plan
from layers.view import ViewState

Colour: TypeAlias = tuple[int, int, int]


class Hatch(NamedTuple):
    """Parallel lines: distance in mm across the lines, width in points, angle in degrees from the x axis."""

    colour: Colour
    spacing: float
    width: float
    angle: float


class Fill(NamedTuple):
    """A solid colour, with hatching over it or without."""

    colour: Colour
    hatch: Hatch | None = None


class Stroke(NamedTuple):
    """A line: colour, width in points, dash and gap lengths in points; `flat` ends stop at the last vertex."""

    colour: Colour
    width: float
    dash: tuple[float, ...] = ()
    flat: bool = False


class Area(NamedTuple):
    """A polygon with one fill, or several that share it as stripes."""

    key: str
    shape: Outline
    fills: tuple[Fill, ...]


class Line(NamedTuple):
    """Border pieces drawn with one stroke; each piece is short, because a stroke's cost grows with length squared."""

    key: str
    pieces: tuple[Outline, ...]
    stroke: Stroke


class Segment(NamedTuple):
    """One sector's part of a ring glyph: `level` 1 fills the ring's whole width, 0.5 half of it, 0 is absent."""

    sector: str
    colour: Colour
    level: float


class Glyph(NamedTuple):
    """A ring at a place, with a segment per sector in a fixed order."""

    key: str
    at: Point
    segments: tuple[Segment, ...]


class Symbol(NamedTuple):
    """A small figure: the name of a shape in `layers.symbols`, filled, or hollow for what is not known exactly."""

    shape: str
    colour: Colour
    hollow: bool = False


class Count(NamedTuple):
    """The number that stands for several symbols at one spot."""

    words: str
    colour: Colour


class Marker(NamedTuple):
    """A site or project at a spot.

    `place` is the adcode of the county or prefecture it is known to be in; `at` its position, or the middle of the
    place, around which a circle of `room` metres lies inside the place; `room` is 0 for an exact position.
    `home` is the middle and the room of its prefecture.
    """

    key: ItemKey
    name: str
    place: str
    at: Point
    room: float
    home: tuple[Point, float]
    symbol: Symbol


class Label(NamedTuple):
    """A name at a place. Rank 1 is placed first and gives way last; `room` is the radius in metres around `at`."""

    key: str
    at: Point
    text: str
    size: float
    colour: Colour
    rank: int
    room: float


class LegendEntry(NamedTuple):
    """One line of the legend: a heading (no sample), a remark (an empty one), or a sample with its meaning.

    `line` is the key of the Line that a border's sample stands for: shown where that line is on the page. `mark` is
    what of a marker the sample stands for: a shape of `layers.theme.SYMBOLS`, `solid`, `hollow` or `count`.
    """

    text: str
    sample: tuple[Fill, ...] | Stroke | Glyph | Symbol | Count | None = None
    line: str = ""
    mark: str = ""


class Panel(NamedTuple):
    """One small map of several: its title and its areas."""

    title: str
    areas: tuple[Area, ...]


@by_identity
class Scene(NamedTuple):
    """All that a figure shows. Marks are drawn in the order areas, lines, glyphs, markers, labels."""

    areas: tuple[Area, ...]
    lines: tuple[Line, ...]
    glyphs: tuple[Glyph, ...]
    labels: tuple[Label, ...]
    legend: tuple[LegendEntry, ...]
    title: str
    source: str
    approval: str
    markers: tuple[Marker, ...]
    body: Outline
    """The province, or the prefecture zoomed to: what furniture must not cover."""
    plan: Plan
    view: ViewState
    """What it is a picture of, for formats that say more than a picture does."""
    panels: tuple[Panel, ...] = ()
    """Small multiples, which take the place of the one map; `areas` are empty then."""
