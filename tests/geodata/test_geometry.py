"""Outlines: vertices come back as they went in, and inside is inside."""

from __future__ import annotations

import math
import struct
from itertools import pairwise

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geodata.geometry import Outline, meet, outline, outline_of

Ring = list[tuple[float, float]]

COORDINATES = st.floats(-1e7, 1e7, allow_nan=False)
RINGS = st.lists(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=12), max_size=5)


def star(centre: tuple[float, float], radii: list[float]) -> Ring:
    """A closed ring around the centre, never crossing itself."""
    steps = len(radii)
    ring = [
        (
            centre[0] + radius * math.cos(2 * math.pi * step / steps),
            centre[1] + radius * math.sin(2 * math.pi * step / steps),
        )
        for step, radius in enumerate(radii)
    ]
    return [*ring, ring[0]]


STARS = st.builds(
    star,
    st.tuples(st.floats(-5e5, 5e5), st.floats(-5e5, 5e5)),
    st.lists(st.floats(1e3, 1e5), min_size=5, max_size=24),
)


@given(RINGS)
@settings(deadline=None, derandomize=True)
def test_vertices_come_back_exactly(rings: list[Ring]) -> None:
    assert outline(rings).rings() == rings


@given(RINGS)
@settings(deadline=None, derandomize=True)
def test_bounds_hold_every_vertex_and_touch_four(rings: list[Ring]) -> None:
    points = [point for ring in rings for point in ring]
    assume(points)
    xs, ys = zip(*points, strict=True)
    assert outline(rings).bounds == (min(xs), min(ys), max(xs), max(ys))


def test_nothing_makes_an_empty_outline() -> None:
    assert outline([]).rings() == []
    assert not outline([]).contains(0.0, 0.0)


def test_records_have_the_layout_that_qt_and_numpy_read() -> None:
    packed = outline([[(1.5, -2.0), (3.0, 4.0)], [(0.0, 0.0)]])
    assert packed.records == struct.pack(">idd", 0, 1.5, -2.0) + struct.pack(">idd", 1, 3.0, 4.0) + struct.pack(
        ">idd", 0, 0.0, 0.0
    )


@given(STARS, st.floats(-7e5, 7e5), st.floats(-7e5, 7e5), st.floats(-1.4, 1.4), st.floats(-1.4, 1.4))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_a_click_is_inside_exactly_when_shapely_says_so(
    ring: Ring, x: float, y: float, share_x: float, share_y: float
) -> None:
    polygon = shapely.Polygon(ring)
    assume(polygon.is_valid)
    packed = outline([ring])
    min_x, min_y, max_x, max_y = packed.bounds
    near = ((min_x + max_x) / 2 + share_x * (max_x - min_x) / 2, (min_y + max_y) / 2 + share_y * (max_y - min_y) / 2)
    for point in ((x, y), near):
        where = shapely.Point(point)
        assume(polygon.exterior.distance(where) > 1e-3)
        assert packed.contains(*point) == polygon.contains(where)


@given(STARS, st.integers(0, 23), st.floats(0.05, 0.95), st.sampled_from([-5.0, -0.1, -0.01, 0.01, 0.1, 5.0]))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_a_border_is_where_it_is_drawn_to_the_centimetre(ring: Ring, number: int, share: float, off: float) -> None:
    polygon = shapely.Polygon(ring)
    assume(polygon.is_valid)
    (ax, ay), (bx, by) = list(pairwise(ring))[number % (len(ring) - 1)]
    length = math.dist((ax, ay), (bx, by))
    x = ax + share * (bx - ax) - off * (by - ay) / length
    y = ay + share * (by - ay) + off * (bx - ax) / length
    assume(polygon.exterior.distance(shapely.Point(x, y)) > 1e-3)
    assert outline([ring]).contains(x, y) == polygon.contains(shapely.Point(x, y))


@given(STARS, st.floats(0.1, 0.9), st.floats(-1.0, 1.0), st.floats(-1.0, 1.0))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_a_hole_is_outside_and_an_island_in_it_inside(ring: Ring, size: float, dx: float, dy: float) -> None:
    polygon = shapely.Polygon(ring)
    centre = polygon.representative_point()

    def shrunk(share: float) -> Ring:
        return [(centre.x + (px - centre.x) * share, centre.y + (py - centre.y) * share) for px, py in ring]

    hole, island = shrunk(size), shrunk(size / 2)
    whole = shapely.Polygon(ring, [hole])
    assume(whole.is_valid)
    land = shapely.union_all([whole, shapely.Polygon(island)])
    packed = outline([ring, hole, island])
    min_x, min_y, max_x, max_y = packed.bounds
    x, y = centre.x + dx * (max_x - min_x) / 2, centre.y + dy * (max_y - min_y) / 2
    assume(land.boundary.distance(shapely.Point(x, y)) > 1e-3)
    assert packed.contains(x, y) == land.contains(shapely.Point(x, y))


def test_every_kind_of_shape_is_packed_ring_by_ring() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    hole = [(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (1.0, 1.0)]
    far = [(9.0, 9.0), (10.0, 9.0), (10.0, 10.0), (9.0, 9.0)]
    line = [(0.0, 0.0), (5.0, 5.0)]
    assert outline_of(shapely.Polygon(square, [hole])).rings() == [square, hole]
    both = shapely.MultiPolygon([shapely.Polygon(square, [hole]), shapely.Polygon(far)])
    assert outline_of(both).rings() == [square, hole, far]
    assert outline_of(shapely.LineString(line)).rings() == [line]
    assert outline_of(shapely.MultiLineString([line, hole])).rings() == [line, hole]


@pytest.mark.parametrize(
    ("other", "together"),
    [
        ((1, 1, 2, 2), True),
        ((-9, -9, 9, 9), True),
        ((4, 3, 5, 5), True),
        ((4.1, 0, 5, 3), False),
        ((0, 3.1, 4, 5), False),
        ((-2, 0, -0.1, 3), False),
        ((0, -2, 4, -0.1), False),
    ],
)
def test_bounds_meet_when_they_touch_or_overlap(other: tuple[float, float, float, float], together: bool) -> None:
    assert meet((0, 0, 4, 3), other) is together
    assert meet(other, (0, 0, 4, 3)) is together


def test_an_outline_is_a_key_of_caches() -> None:
    one, twin = outline([[(0.0, 0.0)]]), outline([[(0.0, 0.0)]])
    kept: dict[Outline, str] = {one: "one", twin: "twin"}
    assert (kept[one], kept[twin]) == ("one", "twin")
