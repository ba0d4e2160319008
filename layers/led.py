"""Marks whose prefecture or county has no room at all: beside it, with a leader to a dot in it."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, dist, inf, pi, sin

from geodata.geometry import Point
from layers.drawing import crosses, overlap
from layers.ground import Ground
from layers.page import Box
from layers.placing import edge_towards
from layers.scene import Marker
from layers.spread import CELL, Mark, Room, count, shifted, single

FAR = 32.0
"""Cells that a mark may lie away from the middle of its place."""

DIRECTIONS = 24

OTHERS_MIDDLE = 0.75
"""Share of the circle inside another prefecture in which a mark would read as that one's."""

IN_ANOTHER, ACROSS_A_NAME, IN_ANOTHERS_MIDDLE = 1.0, 2.5, 5.0
"""Cells that a mark goes farther to avoid this."""

MOST_DOTS = 40
"""Positions for the dot that are tried."""

DOT_ROOMS = (4.0, 2.8, 1.6)
"""Points around the middle of a dot that are in its place and free of names: wished, hoped for, and at least."""

LEAST_LEADER = 5.0
"""Points of it to be seen."""


def led(group: list[Marker], at: Point, room: Room, ground: Ground | None) -> list[Mark]:
    """The group as one mark as near as can be to a dot on the ground, or at its position when there is no ground.

    In another prefecture, in its middle, or with the leader across a name only where anything else is far. Nothing
    when the whole page is full.
    """
    middle = room.page.to_page(*at)
    cell = CELL * room.grain
    dots = _dots(room, ground) if ground is not None else (middle,)
    widest = max(dist(dot, middle) for dot in dots)
    others = {key: circle for key, circle in room.middles.items() if key != group[0].place[:4] + "00"}
    mark = count(group, room.measure) if len(group) > 1 else single(group[0], cell)
    best: tuple[float, Point, Point] = (inf, middle, middle)
    for far, x, y in _around(middle, cell):
        if far - widest > best[0]:
            break
        if not _is_free(mark.box, (x, y), room):
            continue
        ends = [_seen(dot, (x, y), room, ground) for dot in dots]
        seen = [dot for dot in ends if dist(dot, (x, y)) > LEAST_LEADER + mark.box[3]]
        if not seen:
            continue
        dot = min(seen, key=lambda dot: dist(dot, (x, y)))
        cost = dist(dot, (x, y))
        if cost < best[0]:
            cost += cell * _faults((x, y), dot, room, others)
        if cost < best[0]:
            best = cost, (x, y), dot
    if best[0] == inf:
        return []
    return [shifted(mark, *best[1])._replace(leader=best[2])]


def _dots(room: Room, ground: Ground) -> tuple[Point, ...]:
    """Positions on the ground that are in sight and free of names; where there is none, any."""
    ox, oy = room.page.origin
    for reach in DOT_ROOMS:
        points = [(x + ox, y + oy) for x, y in ground.points if ground.holds_around(x, y, reach)]
        free = [at for at in points if not room.hides(*at) and not any(_near(box, at, reach) for box in room.taken)]
        if free:
            return tuple(free[:: max(1, len(free) // MOST_DOTS)])
    return tuple((x + ox, y + oy) for x, y in ground.points[:MOST_DOTS])


def _seen(dot: Point, at: Point, room: Room, ground: Ground | None) -> Point:
    """The dot, or where the leader meets the name that it would stand under, if that is still in its place."""
    over = next((box for box in room.taken if _near(box, dot, 0.0)), None)
    if over is None:
        return dot
    edge = edge_towards(over, at)
    ox, oy = room.page.origin
    return edge if ground is None or ground.holds(edge[0] - ox, edge[1] - oy) else dot


def _near(box: Box, at: Point, reach: float) -> bool:
    left, top, right, bottom = box
    return left - reach < at[0] < right + reach and top - reach < at[1] < bottom + reach


def _around(middle: Point, cell: float) -> Iterator[tuple[float, float, float]]:
    """Distances from the middle and positions, from near to far."""
    for step in range(1, round(2 * FAR)):
        far = step * cell / 2
        for turn in range(DIRECTIONS):
            angle = 2 * pi * turn / DIRECTIONS
            yield far, middle[0] + far * cos(angle), middle[1] + far * sin(angle)


def _is_free(box: Box, at: Point, room: Room) -> bool:
    left, top, right, bottom = room.page.frame
    here = (at[0] + box[0], at[1] + box[1], at[0] + box[2], at[1] + box[3])
    if here[0] < left or here[1] < top or here[2] > right or here[3] > bottom:
        return False
    return not any(overlap(here, other) for other in room.taken)


def _faults(at: Point, dot: Point, room: Room, others: dict[str, tuple[Point, float]]) -> float:
    """What speaks against a position, in cells."""
    found = 0.0
    if any(crosses(box, at, dot) for box in room.taken):
        found += ACROSS_A_NAME
    if any(dist(at, middle) < OTHERS_MIDDLE * radius for middle, radius in others.values()):
        return found + IN_ANOTHERS_MIDDLE
    return found + (IN_ANOTHER if any(room.inside(place, at) for place in others) else 0.0)
