"""Many markers at one spot: side by side where there is room, else one count that stands for them all.

Most items are only known to be in a county or a prefecture, so all of a place have one position. They are spread
within the circle that fits inside the place: a mark never stands in a place its item is not in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from math import ceil, cos, hypot, pi, sin
from typing import NamedTuple

from geodata.geometry import Point
from layers.drawing import overlap
from layers.legend import count_size
from layers.page import Box, Page
from layers.placing import ASCENT, DESCENT, FULL_SIZE, Measure
from layers.scene import Colour, Marker
from layers.theme import INK, NAME_SIZE, SYMBOL_SIZE

CELL = SYMBOL_SIZE + 2.8
"""Points from one symbol to the next in a block."""

MOST_SIDE_BY_SIDE = 24
MOST_NAMED = 14
"""Symbols in a block, and rows in a list with names."""

STEPS = 10
"""Distances from the middle that are tried, in DIRECTIONS directions each."""
DIRECTIONS = 16

LEAST_REACH = 1.5
"""Cells that the marks of a prefecture may lie away from its middle, if that is still inside it."""

FAR = 8.0
"""Cells that a mark may lie outside its prefecture, with a leader to its middle."""

Inside = Callable[[str, Point], bool]
"""Whether a position in points lies in the prefecture of that adcode."""


class Mark(NamedTuple):
    """What is drawn at `at` (points): the one marker's symbol, or a count of several; `name_at` is where the name
    of a listed marker starts, on its baseline. `alone` is false in a block; `leader` is the spot a mark is for that
    found room only outside its place."""

    at: Point
    box: Box
    markers: tuple[Marker, ...]
    name_at: Point | None = None
    alone: bool = True
    leader: Point | None = None

    @property
    def count_colour(self) -> Colour:
        """Of a count: the colour that all it stands for have, else black."""
        colours = {marker.symbol.colour for marker in self.markers}
        return colours.pop() if len(colours) == 1 else INK


class Room(NamedTuple):
    """What markers are placed in: the page, boxes taken, boxes that hide the map, and the size of things.

    `named` asks for lists with names; `grain` is the share of their full size that symbols have on a small sheet.
    """

    page: Page
    measure: Measure
    taken: tuple[Box, ...]
    covered: tuple[Box, ...]
    inside: Inside
    named: bool
    grain: float

    def with_marks(self, marks: Iterable[Mark]) -> Room:
        return self._replace(taken=(*self.taken, *(mark.box for mark in marks)))


def grain(page: Page) -> float:
    """Symbols shrink with a small sheet as names do, though not as far."""
    left, top, right, bottom = page.frame
    return max(0.65, min(1.0, min(right - left, bottom - top) / FULL_SIZE)) if page.margins else 1.0


def spread(markers: Iterable[Marker], room: Room) -> tuple[Mark, ...]:
    """Marks for all markers whose position is in the frame and not hidden.

    No mark lies over another or over a taken box. Markers of a county that has no room join their prefecture's or,
    where counties are drawn, stand outside it with a leader, as those of a prefecture without room do.
    """
    counties: dict[str, list[Marker]] = {}
    prefectures: dict[str, list[Marker]] = {}
    for marker in markers:
        if marker.place.endswith("00") and marker.room:
            prefectures.setdefault(marker.place, []).append(marker)
        else:
            spot = marker.place if marker.room else f"{marker.place}@{marker.at}"
            counties.setdefault(spot, []).append(marker)
    marks: list[Mark] = []
    for group in counties.values():
        first = group[0]
        here = room.with_marks(marks)
        found = _placed(group, first.at, first.room * room.page.scale, here)
        if found is None and (room.named or not first.room):  # a mark in another county would be wrong
            found = _led(group, first.at, here)
        if found is None:
            prefectures.setdefault(first.place[:4] + "00", []).extend(group)
        else:
            marks += found
    for joined in prefectures.values():
        group = list({marker.key: marker for marker in joined}.values())  # an item of several counties counts once
        middle, radius = group[0].home
        least = LEAST_REACH * CELL * room.grain
        here = room.with_marks(marks)
        found = _placed(group, middle, max(radius * room.page.scale, least), here)
        if found is None:
            found = _led(group, middle, here) or []
        marks += found
    return tuple(marks)


def _led(group: list[Marker], at: Point, room: Room) -> list[Mark] | None:
    """The group as near a position as there is room, anywhere, with leaders to it. None without room."""
    anywhere = room._replace(inside=lambda _, __: True, named=False)
    for far in (FAR, 2 * FAR, 4 * FAR):
        found = _placed(group, at, far * CELL * room.grain, anywhere)
        if found is not None:
            return [mark._replace(leader=room.page.to_page(*at)) for mark in found]
    return None


def _placed(group: list[Marker], at: Point, reach: float, room: Room) -> list[Mark] | None:
    """The group within `reach` points around a position: in a list, in a block, or as a count. None without room."""
    x, y = room.page.to_page(*at)
    left, top, right, bottom = room.page.frame
    if not (left < x < right and top < y < bottom) or any(_holds(box, x, y) for box in room.covered):
        return []
    place = group[0].place[:4] + "00"
    for marks in _layouts(group, room, reach):
        box = _hull(mark.box for mark in marks)
        around = (x - reach + box[0], y - reach + box[1], x + reach + box[2], y + reach + box[3])
        near = [other for other in room.taken if overlap(other, around)]
        corners = _corners(marks)
        for dx, dy in _steps(reach):
            if any(hypot(cx + dx, cy + dy) > reach for cx, cy in corners):
                continue
            hull = (x + dx + box[0], y + dy + box[1], x + dx + box[2], y + dy + box[3])
            if hull[0] < left or hull[1] < top or hull[2] > right or hull[3] > bottom:
                continue
            if any(overlap(hull, other) for other in near):
                continue
            here = [_shifted(mark, x + dx, y + dy) for mark in marks]
            if all(room.inside(place, mark.at) for mark in here):
                return here
    return None


def _corners(marks: list[Mark]) -> set[Point]:
    """The corners of the box around the middles of marks: if they are within reach, all middles are."""
    xs, ys = [mark.at[0] for mark in marks], [mark.at[1] for mark in marks]
    return {(x, y) for x in (min(xs), max(xs)) for y in (min(ys), max(ys))}


def _layouts(group: list[Marker], room: Room, reach: float) -> Iterator[list[Mark]]:
    """The ways to show a group, best first, around 0, 0. Names need a reach: an exact position has one place."""
    cell = CELL * room.grain
    number = len(group)
    if room.named and reach and number <= MOST_NAMED:
        yield _listed(group, cell, room.measure)
    if number == 1:
        yield [_mark(group[0], 0.0, 0.0, cell)]
    elif number <= MOST_SIDE_BY_SIDE and reach < FAR * cell:
        yield _block(group, cell)
    if number > 1:
        width, height = count_size(str(number), room.measure)
        yield [Mark((0.0, 0.0), (-width / 2 - 1, -height / 2 - 1, width / 2 + 1, height / 2 + 1), tuple(group))]


@lru_cache(maxsize=512)
def _steps(reach: float) -> tuple[Point, ...]:
    """Shifts from near to far, downward first."""
    if not reach:
        return ((0.0, 0.0),)
    turns = [pi / 2 + (turn + 1) // 2 * (1 if turn % 2 else -1) * 2 * pi / DIRECTIONS for turn in range(DIRECTIONS)]
    distances = [reach * step / STEPS for step in range(1, STEPS + 1)]
    return ((0.0, 0.0), *((distance * cos(turn), distance * sin(turn)) for distance in distances for turn in turns))


def _block(group: list[Marker], cell: float) -> list[Mark]:
    """Rows of symbols, the last one not full."""
    columns = ceil((len(group) * 1.5) ** 0.5)
    rows = ceil(len(group) / columns)
    marks = []
    for index, marker in enumerate(group):
        row, column = divmod(index, columns)
        mark = _mark(marker, cell * (column + 0.5 - columns / 2), cell * (row + 0.5 - rows / 2), cell)
        marks.append(mark._replace(alone=False))
    return marks


def _listed(group: list[Marker], cell: float, measure: Measure) -> list[Mark]:
    """A row for each marker: its symbol, and its name to the right of it."""
    marks = []
    for index, marker in enumerate(group):
        y = cell * (index + 0.5 - len(group) / 2)
        name_at = (cell / 2, y + NAME_SIZE * (ASCENT - DESCENT) / 2)
        right = cell / 2 + measure(marker.name, NAME_SIZE) + 1
        marks.append(Mark((0.0, y), (-cell / 2, y - cell / 2, right, y + cell / 2), (marker,), name_at))
    return marks


def _mark(marker: Marker, x: float, y: float, cell: float) -> Mark:
    return Mark((x, y), (x - cell / 2, y - cell / 2, x + cell / 2, y + cell / 2), (marker,))


def _shifted(mark: Mark, x: float, y: float) -> Mark:
    left, top, right, bottom = mark.box
    name_at = None if mark.name_at is None else (mark.name_at[0] + x, mark.name_at[1] + y)
    box = (left + x, top + y, right + x, bottom + y)
    return mark._replace(at=(mark.at[0] + x, mark.at[1] + y), box=box, name_at=name_at)


def _hull(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] < x < box[2] and box[1] < y < box[3]
