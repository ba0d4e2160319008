"""Hatching and stripes: as much line as there is room, equally far apart on every device, no area lost."""

from __future__ import annotations

from itertools import pairwise
from math import cos, floor, hypot, pi, radians, sin

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from looking import page_of, pixels, polygon_of
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.geometry import Outline, Point, outline
from geodata.plan import Document, Plan
from layers.build import build_scene
from layers.compose import compose
from layers.drawing import FillOp, StrokeOp, TextOp
from layers.fills import area_ops
from layers.fonts import measure
from layers.furniture import paper_page
from layers.hatch import hatch_lines, scaled, stripes
from layers.page import MM, Page
from layers.paint import paint_ops
from layers.scene import Area, Fill, Hatch, LegendEntry, Scene
from layers.view import ViewState, view_for

PLAN = Plan("x", "某规划", Document("x", "某规划", None, (2021, 2025), None, "", 0, None), *[()] * 8)

STEADY = settings(max_examples=80, deadline=None, database=None, derandomize=True)
Rings = list[list[Point]]

SQUARE: Rings = [[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]]
HOLED: Rings = [*SQUARE, [(30, 30), (30, 70), (70, 70), (70, 30), (30, 30)]]
PARTS: Rings = [*HOLED, [(130, 10), (180, 40), (140, 90), (130, 10)], [(40, 40), (60, 40), (50, 60), (40, 40)]]


@st.composite
def areas(draw: st.DrawFn) -> Rings:
    """Stars with many corners: one or two parts, each with or without a hole. Outer rings turn left, holes right."""
    rings: Rings = []
    for part in range(draw(st.integers(1, 2))):
        centre = (draw(st.floats(-200, 200)) + 1000 * part, draw(st.floats(-200, 200)))
        radii = draw(st.lists(st.floats(20, 200), min_size=3, max_size=24))
        turn = draw(st.floats(0, 2 * pi))

        def ring(factor: float, centre: Point = centre, radii: list[float] = radii, turn: float = turn) -> list[Point]:
            number = len(radii)
            points = [
                (
                    centre[0] + factor * radius * cos(turn + 2 * pi * index / number),
                    centre[1] + factor * radius * sin(turn + 2 * pi * index / number),
                )
                for index, radius in enumerate(radii)
            ]
            return [*points, points[0]]

        rings.append(ring(1.0))
        if draw(st.booleans()):
            rings.append(ring(0.45)[::-1])
    return rings


def shape_of(rings: Rings) -> shapely.Geometry:
    """The even-odd area of closed rings."""
    area = shapely.Polygon()
    for ring in rings:
        area = shapely.symmetric_difference(area, shapely.Polygon(ring))
    return area


def signed_area(ring: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def rows_of(shape: shapely.Geometry, spacing: float, angle: float) -> shapely.Geometry:
    """All lines of the pattern that can meet the shape: parallel, `spacing` apart, one through the origin."""
    along, across = np.array([cos(radians(angle)), sin(radians(angle))]), np.array([-sin(radians(angle)), cos(radians(angle))])  # fmt: skip
    corners = shapely.get_coordinates(shape)
    reach = float(np.abs(corners).max()) * 2 + spacing
    rows = range(floor((corners @ across).min() / spacing), floor((corners @ across).max() / spacing) + 2)
    return shapely.multilinestrings(
        [[across * row * spacing - along * reach, across * row * spacing + along * reach] for row in rows]
    )


# --- hatching ---


@STEADY
@given(rings=areas(), spacing=st.floats(1.5, 20), angle=st.floats(-180, 180))
def test_hatching_is_all_of_the_pattern_that_lies_inside(rings: Rings, spacing: float, angle: float) -> None:
    shape = shape_of(rings)
    drawn = sum(hypot(x2 - x1, y2 - y1) for x1, y1, x2, y2 in hatch_lines(rings, spacing, angle))
    assert drawn == pytest.approx(shapely.intersection(shape, rows_of(shape, spacing, angle)).length, rel=0.01, abs=0.5)


@STEADY
@given(rings=areas(), spacing=st.floats(1.5, 20), angle=st.floats(-180, 180))
def test_no_hatch_line_leaves_its_area(rings: Rings, spacing: float, angle: float) -> None:
    inside = shapely.buffer(shape_of(rings), 1e-6)
    lines = shapely.linestrings([[(x1, y1), (x2, y2)] for x1, y1, x2, y2 in hatch_lines(rings, spacing, angle)])
    assert lines.size == 0 or shapely.covers(inside, lines).all()


@pytest.mark.parametrize("angle", [0.0, 30.0, 45.0, 90.0, 135.0, -45.0, 180.0])
@pytest.mark.parametrize("rings", [SQUARE, HOLED, PARTS], ids=["plain", "hole", "parts"])
def test_hatching_goes_round_holes_and_into_every_part(rings: Rings, angle: float) -> None:
    turned = [[(x + 0.3, y + 0.4) for x, y in ring] for ring in rings]
    shape = shape_of(turned)
    drawn = sum(hypot(x2 - x1, y2 - y1) for x1, y1, x2, y2 in hatch_lines(turned, 3.0, angle))
    assert drawn == pytest.approx(shapely.intersection(shape, rows_of(shape, 3.0, angle)).length, rel=0.01)
    assert drawn * 3.0 == pytest.approx(shape.area, rel=0.05)


def test_hatching_of_a_city_is_as_long_as_its_area_allows(coarse: Boundaries) -> None:
    for adcode, shape in coarse.prefectures.items():
        rings = scaled(shape.rings(), 0.0008)
        area = shape_of(rings)
        drawn = sum(hypot(x2 - x1, y2 - y1) for x1, y1, x2, y2 in hatch_lines(rings, 1.8 * MM, -45.0))
        wanted = shapely.intersection(area, rows_of(area, 1.8 * MM, -45.0)).length
        assert drawn == pytest.approx(wanted, rel=0.01), adcode


def test_neighbouring_areas_continue_one_pattern() -> None:
    left: Rings = [[(0, 0), (50, 0), (50, 80), (0, 80), (0, 0)]]
    right: Rings = [[(50, 0), (90, 0), (90, 80), (50, 80), (50, 0)]]
    ends = {round(y2, 6) for x1, y1, x2, y2 in hatch_lines(left, 7.0, 30.0) if abs(x2 - 50) < 1e-9}
    starts = {round(y1, 6) for x1, y1, x2, y2 in hatch_lines(right, 7.0, 30.0) if abs(x1 - 50) < 1e-9}
    assert ends == starts
    assert len(ends) > 5


def test_an_area_smaller_than_the_spacing_may_have_no_line_and_is_no_error() -> None:
    assert hatch_lines([[(1, 3), (2, 3), (2, 4), (1, 3)]], 100.0, 45.0) == []
    assert hatch_lines([], 3.0, 45.0) == []


# --- hatching on devices ---


def hatched_square(hatch: Hatch, side: float) -> Scene:
    shape = outline([[(0, 0), (side, 0), (side, side), (0, side), (0, 0)]])
    area = Area("square", shape, (Fill((250, 250, 250), hatch),))
    return Scene((area,), (), (), (), (LegendEntry("正方形"),), "方", "源", "注", (), shape, PLAN, ViewState(PLAN.id))


@pytest.mark.parametrize("dpi", [96, 300, 600])
@pytest.mark.parametrize(("spacing", "angle"), [(1.8, 45.0), (3.0, 135.0), (2.5, 20.0)])
def test_hatch_lines_are_as_many_millimetres_apart_at_every_resolution(
    gui: QGuiApplication, dpi: int, spacing: float, angle: float
) -> None:
    scene = hatched_square(Hatch((0, 0, 0), spacing, 0.55, angle), 300_000.0)
    page = paper_page(scene, (210.0, 210.0), measure)
    ops = [op for op in compose(scene, page, measure) if isinstance(op, FillOp | StrokeOp)]
    unit = dpi / 72
    width = round(page.width * unit)
    image = QImage(width, 3, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(0, -round(page.height * unit / 3))
    drawn = list(paint_ops(painter, [op for op in ops if op.group in ("areas", "hatch")], unit))
    painter.end()
    assert len(drawn) == 2
    row = 255 - pixels(image)[1, :, 0].astype(float)
    row[row < 12] = 0
    marks = np.split(np.arange(width), np.flatnonzero(np.diff(row > 0)) + 1)
    centres = [float(np.average(mark, weights=row[mark])) for mark in marks if row[mark[0]] > 0]
    assert len(centres) > 15
    gap = (centres[-1] - centres[0]) / (len(centres) - 1)
    assert gap * abs(sin(radians(angle))) / dpi * 25.4 == pytest.approx(spacing, rel=0.05)


def test_hatch_lines_rise_to_the_right_at_45_degrees() -> None:
    scene = hatched_square(Hatch((0, 0, 0), 1.8, 0.55, 45.0), 300_000.0)
    page = paper_page(scene, (210.0, 210.0), lambda text, size: len(text) * size)
    hatching = [op for op in compose(scene, page, lambda text, size: len(text) * size) if getattr(op, "group", "") == "hatch"]  # fmt: skip
    (op,) = hatching
    assert isinstance(op, StrokeOp)
    for (x1, y1), (x2, y2) in op.shape.rings():
        assert (y2 - y1) / (x2 - x1) == pytest.approx(-1.0)


def test_panning_moves_the_hatching_with_the_map() -> None:
    scene = hatched_square(Hatch((0, 0, 0), 1.8, 0.55, 45.0), 300_000.0)

    def wide(text: str, size: float) -> float:
        return len(text) * size

    page = paper_page(scene, (210.0, 210.0), wide)
    panned = page._replace(centre=(page.centre[0] + 12_345, page.centre[1] - 6_789))

    def first_line(where: object) -> tuple[float, float]:
        assert isinstance(where, type(page))
        (op,) = [op for op in compose(scene, where, wide) if isinstance(op, StrokeOp) and op.group == "hatch"]
        x, y = op.shape.rings()[0][0]
        return where.to_map(x + op.placing[2], y + op.placing[3])

    assert first_line(panned) == pytest.approx(first_line(page), abs=1e-3)


# --- stripes ---


@STEADY
@given(rings=areas(), width=st.floats(3, 60), number=st.integers(2, 5), angle=st.floats(-180, 180))
def test_stripes_together_are_the_whole_area(rings: Rings, width: float, number: int, angle: float) -> None:
    hands = stripes(rings, width, number, angle)
    assert len(hands) == number
    total = sum(signed_area(ring) for hand in hands for ring in hand)
    assert total == pytest.approx(shape_of(rings).area, rel=1e-6)


@STEADY
@given(rings=areas(), width=st.floats(10, 60), number=st.integers(2, 4), angle=st.floats(-180, 180))
def test_each_hand_is_the_area_cut_with_its_bands(rings: Rings, width: float, number: int, angle: float) -> None:
    shape = shape_of(rings)
    hands = stripes(rings, width, number, angle)
    for index, bands in enumerate(bands_of(shape, width, number, angle)):
        wanted = shapely.intersection(shape, bands).area
        assert sum(signed_area(ring) for ring in hands[index]) == pytest.approx(wanted, rel=1e-6, abs=1e-4)


@STEADY
@given(
    rings=areas(),
    width=st.floats(5, 60),
    number=st.integers(2, 4),
    angle=st.floats(-180, 180),
    points=st.lists(st.tuples(st.floats(-400, 1400), st.floats(-400, 400)), min_size=20, max_size=20),
)
def test_every_point_of_the_area_is_in_exactly_the_hand_of_its_band(
    rings: Rings, width: float, number: int, angle: float, points: list[Point]
) -> None:
    whole = outline(rings)
    hands = [outline(hand) for hand in stripes(rings, width, number, angle)]
    turn_x, turn_y = cos(radians(angle)), sin(radians(angle))
    corners = [point for ring in rings for point in ring]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(corners)]
    for x, y in [*points, *middles]:
        across = (y * turn_x - x * turn_y) / width
        if abs(across - round(across)) > 1e-6 and not on_edge(whole, x, y):
            holders = [index for index, hand in enumerate(hands) if hand.contains(x, y)]
            assert holders == ([floor(across) % number] if whole.contains(x, y) else [])


@pytest.mark.parametrize("angle", [0.0, 45.0, 90.0, 135.0])
@pytest.mark.parametrize("rings", [SQUARE, HOLED, PARTS], ids=["plain", "hole", "parts"])
def test_stripes_whose_sides_run_along_the_edges_are_whole_too(rings: Rings, angle: float) -> None:
    shape = shape_of(rings)
    oriented = [list(ring.coords) for part in shapely.get_parts(shapely.orient_polygons(shape)) for ring in (part.exterior, *part.interiors)]  # fmt: skip
    for width in (10.0, 25.0, 100.0):
        for number in (2, 3):
            hands = stripes(oriented, width, number, angle)
            for index, bands in enumerate(bands_of(shape, width, number, angle)):
                wanted = shapely.intersection(shape, bands).area
                assert sum(signed_area(ring) for ring in hands[index]) == pytest.approx(wanted, rel=1e-6, abs=1e-6)


def test_stripes_of_a_city_are_the_city(coarse: Boundaries) -> None:
    for adcode, shape in coarse.prefectures.items():
        rings = scaled(shape.rings(), 0.0008)
        hands = stripes(rings, 2.6 * MM, 2, 45.0)
        area = shape_of(rings).area
        assert abs(sum(signed_area(ring) for hand in hands for ring in hand)) == pytest.approx(area, rel=1e-6), adcode
        shares = [abs(sum(signed_area(ring) for ring in hand)) / area for hand in hands]
        assert min(shares) > 0.35, adcode


def bands_of(shape: shapely.Geometry, width: float, number: int, angle: float) -> list[shapely.Geometry]:
    """For each hand all the bands dealt to it that can meet the shape."""
    along, across = np.array([cos(radians(angle)), sin(radians(angle))]), np.array([-sin(radians(angle)), cos(radians(angle))])  # fmt: skip
    corners = shapely.get_coordinates(shape)
    reach = float(np.abs(corners).max()) * 2 + width
    rows = range(floor((corners @ across).min() / width), floor((corners @ across).max() / width) + 1)
    hands: list[list[shapely.Geometry]] = [[] for _ in range(number)]
    for row in rows:
        low, high = across * row * width, across * (row + 1) * width
        hands[row % number].append(shapely.Polygon([low - along * reach, low + along * reach, high + along * reach, high - along * reach]))  # fmt: skip
    return [shapely.union_all(bands) for bands in hands]


def on_edge(shape: Outline, x: float, y: float) -> bool:
    """Whether the even-odd rule is undecided at the point."""
    return shapely.distance(shapely.multilinestrings([shapely.linestrings(r) for r in shape.rings()]), shapely.Point(x, y)) < 1e-6  # fmt: skip


@pytest.mark.parametrize("name", ["718x612 px", "744x322 px", "402x428 px", "624x606 px", "a4", "160x120mm"])
def test_of_what_names_leave_of_a_city_each_of_its_sectors_has_its_part(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    seen = 0
    for pair in pairwise(sector.id for sector in plan.sectors):
        scene = build_scene(atlas, view_for(plan, pair), coarse)
        page = page_of(scene, name)
        ops = compose(scene, page, measure)
        names = shapely.union_all([shapely.box(*op.box) for op in ops if isinstance(op, TextOp)])
        for area in scene.areas:
            for share in shares_of(area, page, names):
                seen += 1
                assert share > 0.3, (pair, area.key)
    assert seen > 20


def shares_of(area: Area, page: Page, hidden: shapely.Geometry) -> list[float]:
    """The parts that an area's fills have of what is not hidden; nothing for one with a single fill."""
    if len(area.fills) == 1:
        return []
    whole = shape_of([[page.to_page(x, y) for x, y in ring] for ring in area.shape.rings()]).difference(hidden)
    parts = []
    for op in area_ops(area, page, (page.scale, -page.scale, *page.origin)):
        if isinstance(op, FillOp) and op.group == "stripes":
            _, _, x, y = op.placing
            rings = [[(px + x, py + y) for px, py in ring] for ring in op.shape.rings() if len(ring) > 3]
            parts.append(whole.intersection(polygon_of(outline(rings))).area / whole.area)
    return [*parts, 1 - sum(parts)]
