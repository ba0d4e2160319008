"""Where names and markers go on a page, so that none lies over another: the names of prefectures first, because a
map is read by them, then markers, then all other names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain
from math import inf
from typing import NamedTuple

from geodata.geometry import Point
from layers.corners import legend_box, north_box, scale_box
from layers.drawing import TextOp
from layers.furniture import furniture
from layers.ground import ground_of
from layers.page import Box, Page
from layers.placing import ASCENT, DESCENT, HALO, NAME_RANK, Measure, leader_boxes, listed_size, place_labels
from layers.scene import Label, Marker, Scene
from layers.spread import CELL, Mark, Room, grain, spread
from layers.theme import COUNTY_DETAIL, INK, NAME_SIZE

FIRST_RANKS = 2
"""Prefectures and, where they are shown, counties."""


class Arrangement(NamedTuple):
    """The marks and all the names of a page; `drawn` is what the legend has to explain (see LegendEntry.mark)."""

    marks: tuple[Mark, ...]
    labels: tuple[TextOp, ...]
    drawn: frozenset[str]


@lru_cache(maxsize=4)
def arrange(scene: Scene, page: Page, measure: Measure, glyphs: tuple[Box, ...], radius: float) -> Arrangement:
    """The arrangement of a scene's names and markers around its ring `glyphs` of `radius` points.

    The legend leaves out what is not drawn, and what is drawn must not stand under the legend: found with the whole
    legend first, then once more with the smaller one, unless that makes it larger again.
    """
    first = _arranged(scene, page, measure, glyphs, radius, None)
    box = legend_box(scene, page, measure, first.drawn)
    if not page.margins or box == legend_box(scene, page, measure):
        return first
    second = _arranged(scene, page, measure, glyphs, radius, first.drawn)
    return second if legend_box(scene, page, measure, second.drawn) == box else first


def _arranged(
    scene: Scene, page: Page, measure: Measure, glyphs: tuple[Box, ...], radius: float, drawn: frozenset[str] | None
) -> Arrangement:
    covered = tuple(box(scene, page, measure, drawn) for box in (legend_box, scale_box, north_box))
    shapes = {area.key: area.shape for area in scene.areas}

    def inside(place: str, at: Point) -> bool:
        return shapes[place].contains(*page.to_map(*at))

    writing = [op.box for op in furniture(scene, page, measure, drawn) if isinstance(op, TextOp)]
    taken = [*glyphs, *covered, *writing]
    first = [label for label in scene.labels if label.rank <= FIRST_RANKS]
    others = [label for label in scene.labels if label.rank > FIRST_RANKS]
    named = 1 / page.scale < COUNTY_DETAIL
    land = partial(ground_of, scene.body, page.centre, page.scale)
    labels = place_labels(first, page, measure, taken, radius, glyphs, land)
    taken = [*taken, *(op.box for op in labels), *chain.from_iterable(map(leader_boxes, labels))]
    grounds = {
        label.key: partial(ground_of, shapes[label.key], label.at, page.scale) for label in first if label.key in shapes
    }
    middles = {label.key: (page.to_page(*label.at), label.room * page.scale) for label in first if label.key in shapes}
    room = Room(page, measure, tuple(taken), covered, inside, grounds, middles, named, grain(page))
    marks = spread(scene.markers, room)
    taken += [mark.box for mark in marks]
    if named:
        names = _names(marks, page, measure, taken)
        labels += names
        taken += [op.box for op in names]
    labels += place_labels(others, page, measure, taken, radius)
    return Arrangement(marks, tuple(labels), frozenset(_drawn(marks)))


def _drawn(marks: Sequence[Mark]) -> set[str]:
    drawn = set()
    for mark in marks:
        symbol = mark.markers[0].symbol
        if len(mark.markers) == 1:
            drawn |= {symbol.shape, "hollow" if symbol.hollow else "solid", f"colour:{symbol.colour}"}
        else:
            drawn |= {"count", f"colour:{mark.count_colour}"}
    return drawn


def _names(marks: Sequence[Mark], page: Page, measure: Measure, taken: Sequence[Box]) -> list[TextOp]:
    """Names of listed marks, and of those that stand alone, beside, below or above them where there is room."""
    listed = [_listed(mark, listed_size(page), measure) for mark in marks if mark.name_at is not None]
    alone = [mark for mark in marks if mark.name_at is None and mark.alone and len(mark.markers) == 1]
    placed: list[TextOp] = []
    for mark in alone:
        label = _label(mark.markers[0], page.to_map(*mark.at))
        boxes = [*taken, *(op.box for op in placed)]
        placed += place_labels([label], page, measure, [box for box in boxes if box != mark.box], CELL / 2)
    return [*listed, *placed]


def _listed(mark: Mark, size: float, measure: Measure) -> TextOp:
    assert mark.name_at is not None
    x, y = mark.name_at
    text = mark.markers[0].name
    box = (x, y - size * ASCENT, x + measure(text, size), y + size * DESCENT)
    return TextOp(x, y, text, size, INK, box, HALO, group="names", key="/".join(mark.markers[0].key))


def _label(marker: Marker, at: Point) -> Label:
    return Label("/".join(marker.key), at, marker.name, NAME_SIZE, INK, NAME_RANK, inf)
