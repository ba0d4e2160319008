"""Many markers at one spot: side by side where there is room, else one count that stands for them all.

Most items are only known to be in a county or a prefecture, so all of a place have one position. They are spread
within the circle that fits inside the place, else anywhere in their prefecture, smaller where need be: a mark stands
in a place its item is not in only where its prefecture has no room at all (see layers.led).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from math import ceil, cos, hypot, pi, sin
from typing import NamedTuple

from geodata.geometry import Point
from layers.drawing import holds, overlap
from layers.ground import Ground
from layers.legend import count_size
from layers.page import Box, Page
from layers.placing import ASCENT, DESCENT, FULL_SIZE, Measure, listed_size
from layers.scene import Colour, Marker
from layers.theme import INK, SYMBOL_SIZE

CELL = SYMBOL_SIZE + 2.8
"""Points from one symbol to the next in a block."""

SMALL = 0.85
"""The size of a symbol that has no room otherwise, as a share of the usual one."""

LEAST_GRAIN, LEAST_GRAIN_ON_SCREEN = 0.65, 0.75

MOST_SIDE_BY_SIDE = 24
MOST_NAMED = 14
"""Symbols in a block, and rows in a list with names."""

STEPS = 10
"""Distances from the middle that are tried, in DIRECTIONS directions each."""
DIRECTIONS = 16

LEAST_REACH = 1.5
"""Cells that the marks of a prefecture may lie away from its middle, if that is still inside it."""

WITHIN = (0.45, 0.2, 0.0)
"""Shares of its size that a mark should reach to each side inside its prefecture: wished, hoped for, and at least."""

Inside = Callable[[str, Point], bool]
"""Whether a position in points lies in the prefecture of that adcode."""


class Mark(NamedTuple):
    """What is drawn at `at` (points): the one marker's symbol, or a count of several; `name_at` is where the name
    of a listed marker starts, on its baseline. `alone` is false in a block; `small` marks had no room at their usual
    size; `leader` is the spot a mark is for that found room only outside its place."""

    at: Point
    box: Box
    markers: tuple[Marker, ...]
    name_at: Point | None = None
    alone: bool = True
    small: bool = False
    leader: Point | None = None

    @property
    def count_colour(self) -> Colour:
        """Of a count: the colour that all it stands for have, else black."""
        colours = {marker.symbol.colour for marker in self.markers}
        return colours.pop() if len(colours) == 1 else INK


class Room(NamedTuple):
    """What markers are placed in: the page, boxes taken, boxes that hide the map, and the size of things.

    `grounds` are those of the prefectures, made when asked for, `middles` the largest circles inside them; `named`
    asks for lists with names; `grain` is the share of their full size that symbols have on a small sheet.
    """

    page: Page
    measure: Measure
    taken: tuple[Box, ...]
    covered: tuple[Box, ...]
    inside: Inside
    grounds: Mapping[str, Callable[[], Ground]]
    middles: Mapping[str, tuple[Point, float]]
    named: bool
    grain: float

    def with_marks(self, marks: Iterable[Mark]) -> Room:
        return self._replace(taken=(*self.taken, *(mark.box for mark in marks)))

    def hides(self, x: float, y: float) -> bool:
        """Whether a position in points is out of the frame or covered."""
        left, top, right, bottom = self.page.frame
        return not (left < x < right and top < y < bottom) or any(holds(box, x, y) for box in self.covered)


def grain(page: Page) -> float:
    """Symbols shrink with a small sheet or window as names do on sheets, though not as far."""
    left, top, right, bottom = page.frame
    least = LEAST_GRAIN if page.margins else LEAST_GRAIN_ON_SCREEN
    return max(least, min(1.0, min(right - left, bottom - top) / FULL_SIZE))


def spread(markers: Iterable[Marker], room: Room) -> tuple[Mark, ...]:
    """Marks for all markers whose position is in the frame and not hidden.

    No mark lies over another or over a taken box. Markers of a county that has no room join their prefecture's or,
    where counties are drawn, stand outside it with a leader, as those of a prefecture without room do.
    """
    from layers.led import led

    counties: dict[str, list[Marker]] = {}
    prefectures: dict[str, list[Marker]] = {}
    for marker in markers:
        if marker.place.endswith("00") and marker.room:
            prefectures.setdefault(marker.place, []).append(marker)
        else:
            spot = marker.place if marker.room else f"{marker.place}@{marker.at}"
            counties.setdefault(spot, []).append(marker)
    marks: list[Mark] = []
    outside: list[tuple[list[Marker], Point, Ground | None]] = []
    for group in counties.values():
        first = group[0]
        found = placed(group, first.at, first.room * room.page.scale, room.with_marks(marks))
        if found is not None:
            marks += found
        elif room.named or not first.room:  # a mark in another county would be wrong
            outside.append((group, first.at, None))
        else:
            prefectures.setdefault(first.place[:4] + "00", []).extend(group)
    for place, joined in prefectures.items():
        group = list({marker.key: marker for marker in joined}.values())  # an item of several counties counts once
        middle, radius = group[0].home
        reach = max(radius * room.page.scale, LEAST_REACH * CELL * room.grain)
        ground = room.grounds[place]()
        found = placed(group, middle, reach, room.with_marks(marks), ground)
        if found is None:
            outside.append((group, middle, ground))
        else:
            marks += found
    for group, at, own in outside:  # last, so that none of them takes another prefecture's room
        marks += led(group, at, room.with_marks(marks), own)
    return tuple(marks)


def placed(group: list[Marker], at: Point, reach: float, room: Room, ground: Ground | None = None) -> list[Mark] | None:
    """The group within `reach` points around a position or, given that, all over the ground of its prefecture: in a
    list, in a block, or as a count, smaller where nothing else helps. None without room, nothing when hidden."""
    x, y = room.page.to_page(*at)
    if room.hides(x, y):
        return []
    place = group[0].place[:4] + "00"
    layouts = list(_layouts(group, room, reach, ground is not None))
    for within in WITHIN if ground is not None else WITHIN[-1:]:
        for marks in layouts:
            for dx, dy in _spots(marks, (x, y), reach, room, ground):
                here = [shifted(mark, dx, dy) for mark in marks]
                if all(_is_on(mark, room.page, ground, within) for mark in here) and all(
                    room.inside(place, mark.at) for mark in here
                ):
                    return here
    return None


def _spots(marks: list[Mark], middle: Point, reach: float, room: Room, ground: Ground | None) -> Iterator[Point]:
    """Where marks around 0, 0 may be moved to without lying over anything, nearest to the middle first."""
    left, top, right, bottom = room.page.frame
    box = _hull(mark.box for mark in marks)
    corners = _corners(marks)
    x, y = middle
    here = [(x + dx, y + dy) for dx, dy in _steps(reach) if all(hypot(cx + dx, cy + dy) <= reach for cx, cy in corners)]
    if ground is not None and marks[0].name_at is None:
        ox, oy = room.page.origin
        here += [(px + ox, py + oy) for px, py in ground.points]
    if not here:
        return
    xs, ys = [px for px, _ in here], [py for _, py in here]
    around = (min(xs) + box[0], min(ys) + box[1], max(xs) + box[2], max(ys) + box[3])
    near = [other for other in room.taken if overlap(other, around)]
    for px, py in here:
        hull = (px + box[0], py + box[1], px + box[2], py + box[3])
        if hull[0] < left or hull[1] < top or hull[2] > right or hull[3] > bottom:
            continue
        if not any(overlap(hull, other) for other in near):
            yield px, py


def _is_on(mark: Mark, page: Page, ground: Ground | None, within: float) -> bool:
    """Whether that share of the mark to each side of its middle is on the ground."""
    if ground is None or not within:
        return True
    left, top, right, bottom = mark.box
    reach = within * min(right - left, bottom - top)
    return ground.holds_around(mark.at[0] - page.origin[0], mark.at[1] - page.origin[1], reach)


def _corners(marks: list[Mark]) -> set[Point]:
    """The corners of the box around the middles of marks: if they are within reach, all middles are."""
    xs, ys = [mark.at[0] for mark in marks], [mark.at[1] for mark in marks]
    return {(x, y) for x in (min(xs), max(xs)) for y in (min(ys), max(ys))}


def _layouts(group: list[Marker], room: Room, reach: float, small: bool) -> Iterator[list[Mark]]:
    """The ways to show a group, best first, around 0, 0. Names need a reach: an exact position has one place."""
    cell = CELL * room.grain
    number = len(group)
    if room.named and reach and number <= MOST_NAMED:
        yield _listed(group, cell, listed_size(room.page), room.measure)
    if number <= MOST_SIDE_BY_SIDE:
        yield _block(group, cell)
        if small:
            yield [mark._replace(small=True) for mark in _block(group, SMALL * cell)]
    if number > 1:
        yield [count(group, room.measure)]
        if small:
            yield [count(group, room.measure, small=True)]


def count(group: list[Marker], measure: Measure, small: bool = False) -> Mark:
    """The number of a group's markers around 0, 0."""
    width, height = count_size(str(len(group)), measure, small)
    gap = 0.5 if small else 1.0
    box = (-width / 2 - gap, -height / 2 - gap, width / 2 + gap, height / 2 + gap)
    return Mark((0.0, 0.0), box, tuple(group), small=small)


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
        mark = single(marker, cell, cell * (column + 0.5 - columns / 2), cell * (row + 0.5 - rows / 2))
        marks.append(mark._replace(alone=len(group) == 1))
    return marks


def _listed(group: list[Marker], cell: float, size: float, measure: Measure) -> list[Mark]:
    """A row for each marker: its symbol, and its name to the right of it."""
    marks = []
    for index, marker in enumerate(group):
        y = cell * (index + 0.5 - len(group) / 2)
        name_at = (cell / 2, y + size * (ASCENT - DESCENT) / 2)
        right = cell / 2 + measure(marker.name, size) + 1
        marks.append(Mark((0.0, y), (-cell / 2, y - cell / 2, right, y + cell / 2), (marker,), name_at))
    return marks


def single(marker: Marker, cell: float, x: float = 0.0, y: float = 0.0) -> Mark:
    return Mark((x, y), (x - cell / 2, y - cell / 2, x + cell / 2, y + cell / 2), (marker,))


def shifted(mark: Mark, x: float, y: float) -> Mark:
    left, top, right, bottom = mark.box
    name_at = None if mark.name_at is None else (mark.name_at[0] + x, mark.name_at[1] + y)
    box = (left + x, top + y, right + x, bottom + y)
    return mark._replace(at=(mark.at[0] + x, mark.at[1] + y), box=box, name_at=name_at)


def _hull(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
