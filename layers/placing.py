"""Labels that do not overlap: each takes the first free position around its place, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from math import cos, hypot, inf, pi, sin
from typing import TypeAlias

from geodata.geometry import Point, outline
from layers.drawing import IN_POINTS, StrokeOp, TextOp, crosses, holds, overlap
from layers.ground import Ground
from layers.page import Box, Page
from layers.scene import Label
from layers.theme import LEADER, NAME_SIZE, SMALLEST_TEXT

Measure: TypeAlias = Callable[..., float]
"""Width in points of a text at a size in points, in a font of `layers.fonts.FACES` if a third argument names one."""

ASCENT, DESCENT = 0.82, 0.14
"""Of Chinese text, as shares of its size."""

PADDING = 0.8
"""Points kept free around a label."""

HALO = 1.4

NAME_RANK = 4
"""Of the names of sites and projects, which stand beside a symbol as prefectures' names do."""

LED_STEPS, LED_TURNS = 12, 32
"""Text sizes that a label with a leader may be away from its place, and in how many directions."""

ON_LAND, ACROSS = 8.0, 4.0
"""Text sizes that such a label goes farther so as not to stand in another prefecture, or to have its leader run across
another's."""

THICK = 0.8
"""Points to each side of a leader that no other name may stand on."""

FULL_SIZE = 400.0
"""Shorter side of a sheet's frame in points below which names shrink with the sheet."""

FULL_SCREEN, MOST_GROWTH = 750.0, 1.35
"""Shorter side of a window's map in points above which names grow with it, and how far."""


@lru_cache(maxsize=16)
def in_face(measure: Measure, face: str) -> Measure:
    """The measure with another usual font; the very same one for the bundled font."""
    if not face:
        return measure
    return lambda text, size, other=None: measure(text, size, face if other is None else other)


def text_op(text: str, size: float, centre_x: float, centre_y: float, measure: Measure, label: Label) -> TextOp:
    """The label's text centred on a point."""
    width = measure(text, size)
    left, top = centre_x - width / 2, centre_y - size * (ASCENT + DESCENT) / 2
    box = (left - PADDING, top - PADDING, left + width + PADDING, top + size * (ASCENT + DESCENT) + PADDING)
    return TextOp(left, top + size * ASCENT, text, size, label.colour, box, HALO, group="labels", key=label.key)


def place_labels(
    labels: Iterable[Label],
    page: Page,
    measure: Measure,
    taken: Sequence[Box],
    symbol_radius: float,
    rings: Sequence[Box] = (),
    land: Callable[[], Ground] | None = None,
) -> list[TextOp]:
    """The labels that have room, strongest rank first, none over another, over `taken`, or out of the frame.

    A prefecture with one of `rings`, of `symbol_radius` points, has its label below, above or beside it, a site or
    project beside its symbol first; a county's or neighbour's label (rank 2 and 3) must also fit in the room its area
    has. The label of a prefecture without room gets a leader, and stands off the `land` where that can be. It is left
    out where each leader would run across another name.
    """
    boxes, leaders = list(taken), list[Box]()
    placed: list[TextOp] = []
    grown = name_growth(page)
    for _, group in groupby(sorted(labels, key=lambda label: label.rank), key=lambda label: label.rank):
        crowded: list[tuple[Label, float]] = []
        for label in group:
            size = max(SMALLEST_TEXT, label.size * grown)
            width = measure(label.text, size)
            if label.rank > 1 and width / 2 > label.room * page.scale * (1.3 if label.rank == 2 else 1.0):
                continue
            near = _near(label, size, width, page, symbol_radius, rings)
            ops = (text_op(label.text, size, x, y, measure, label) for x, y in near)
            op = next((op for op in ops if _is_free(op.box, page, chain(boxes, leaders))), None)
            if op is not None:
                boxes.append(op.box)
                placed.append(op)
            elif label.rank == 1 and page.margins and holds(page.frame, *page.to_page(*label.at)):
                crowded.append((label, size))
        for label, size in crowded:  # after the others of their rank: their leaders must not be covered
            led = _led(label, size, page, measure, boxes, rings, leaders, land)
            if led is not None:
                boxes.append(led.box)
                leaders += leader_boxes(led)
                placed.append(led)
    return placed


def _near(
    label: Label, size: float, width: float, page: Page, symbol_radius: float, rings: Sequence[Box]
) -> Iterator[Point]:
    """Where the middle of a label may stand at or beside its place, best first, in points."""
    x, y = page.to_page(*label.at)
    beside = label.rank == NAME_RANK or (label.rank == 1 and any(holds(ring, x, y) for ring in rings))
    offsets = _offsets(width / 2, size * (ASCENT + DESCENT) / 2, symbol_radius if beside else 0.0)
    for dx, dy in (*offsets[2:4], *offsets) if label.rank == NAME_RANK else offsets:
        yield x + dx, y + dy


def _is_free(box: Box, page: Page, taken: Iterable[Box]) -> bool:
    """Whether a box is in the frame and over nothing that is taken."""
    left, top, right, bottom = page.frame
    inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
    return inside and not any(overlap(box, other) for other in taken)


def name_growth(page: Page) -> float:
    """What the size of names is multiplied by: they shrink with a small sheet, and grow in a large window,
    where the user sits no farther away but the map has room."""
    left, top, right, bottom = page.frame
    short = min(right - left, bottom - top)
    return min(1.0, short / FULL_SIZE) if page.margins else max(1.0, min(MOST_GROWTH, short / FULL_SCREEN))


def listed_size(page: Page) -> float:
    """The size of names in a list beside their symbols, which shrinks with nothing."""
    return NAME_SIZE * max(1.0, name_growth(page))


def leader_op(label: TextOp) -> StrokeOp:
    """The line from a label to the place that it stands for."""
    assert label.leader is not None
    return StrokeOp(outline([[edge_towards(label.box, label.leader), label.leader]]), IN_POINTS, LEADER, "labels")


def edge_towards(box: Box, point: Point) -> Point:
    """The point of a box nearest to another point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def leader_boxes(label: TextOp) -> list[Box]:
    """What the leader of a label takes up; nothing for a label without one."""
    if label.leader is None:
        return []
    (x1, y1), (x2, y2) = edge_towards(label.box, label.leader), label.leader
    steps = max(1, round(hypot(x2 - x1, y2 - y1) / THICK))
    points = [(x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps) for step in range(steps + 1)]
    return [(x - THICK, y - THICK, x + THICK, y + THICK) for x, y in points]


def _led(
    label: Label,
    size: float,
    page: Page,
    measure: Measure,
    boxes: list[Box],
    rings: Sequence[Box],
    leaders: list[Box],
    land: Callable[[], Ground] | None,
) -> TextOp | None:
    """The label of a prefecture that has no room at its place, as near as can be off `boxes` and `leaders`, with a
    leader to it that crosses none of the boxes but its own ring."""
    at = page.to_page(*label.at)
    others = [box for box in boxes if box not in rings or not holds(box, *at)]
    best: tuple[float, TextOp | None] = (inf, None)
    for distance, x, y in _around(at, size):
        if distance >= best[0]:
            break
        op = text_op(label.text, size, x, y, measure, label)
        if not _is_free(op.box, page, chain(boxes, leaders)):
            continue
        cost = distance + (size * ON_LAND * _share_on(land(), op.box, page) if land is not None else 0.0)
        start = edge_towards(op.box, at)
        if cost < best[0] and any(crosses(box, start, at) for box in leaders):
            cost += size * ACROSS
        if cost < best[0] and not any(crosses(box, start, at) for box in others):
            best = cost, op._replace(leader=at)
    return best[1]


def _around(at: Point, size: float) -> Iterator[tuple[float, float, float]]:
    """Distances from a position and positions around it, from near to far."""
    for step in range(2, LED_STEPS):
        for turn in range(LED_TURNS):
            angle = turn * 2 * pi / LED_TURNS
            yield step * size, at[0] + step * size * cos(angle), at[1] + step * size * sin(angle)


def _share_on(land: Ground, box: Box, page: Page) -> float:
    """How much of a box is on the land, 0 to 1."""
    left, top, right, bottom = box
    ox, oy = page.origin
    points = [(x, y) for x in (left, (left + right) / 2, right) for y in (top, (top + bottom) / 2, bottom)]
    return sum(land.holds(x - ox, y - oy) for x, y in points) / len(points)


def _offsets(half_width: float, half_height: float, radius: float) -> list[tuple[float, float]]:
    if radius:
        below, beside = radius + half_height + 1.8, radius + half_width + 2.6
        corner = radius * 0.75
        return [
            (0, below), (0, -below), (beside, 0), (-beside, 0),
            (half_width + corner, corner + half_height), (-half_width - corner, corner + half_height),
            (half_width + corner, -corner - half_height), (-half_width - corner, -corner - half_height),
        ]  # fmt: skip
    up, side = half_height * 1.2, half_width * 0.6
    return [
        (0, 0),
        (0, up),
        (0, -up),
        (side, 0),
        (-side, 0),
        (side, up),
        (-side, up),
        (side, -up),
        (-side, -up),
    ]
