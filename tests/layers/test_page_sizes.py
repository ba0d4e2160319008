"""Sheets and screens: sizes by name and in millimetres, what fits where, and positions to and fro."""

from __future__ import annotations

from contextlib import suppress
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looking import PAGES, is_within, page_of, sector_ids, sector_sets
from PySide6.QtGui import QGuiApplication

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.geometry import outline
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.corners import legend_box
from layers.drawing import overlap
from layers.fonts import measure
from layers.page import MM, Page, fit, paper_size
from layers.view import view_for

STEADY = settings(max_examples=150, deadline=None, database=None, derandomize=True)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("a4", (297, 210)),
        ("a4-portrait", (210, 297)),
        ("a3", (420, 297)),
        ("a3-portrait", (297, 420)),
        ("slide", (338.7, 190.5)),
        (" A4 ", (297, 210)),
        ("Slide", (338.7, 190.5)),
    ],
)
def test_the_named_papers_have_their_sizes(name: str, size: tuple[float, float]) -> None:
    assert paper_size(name) == size


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("160x120mm", (160, 120)),
        ("160x120", (160, 120)),
        ("160X120MM", (160, 120)),
        ("160×120mm", (160, 120)),
        ("160.5 x 120.25 mm", (160.5, 120.25)),
        ("60x60mm", (60, 60)),
        ("2000x2000mm", (2000, 2000)),
    ],
)
def test_a_size_in_millimetres_is_taken_as_people_write_it(name: str, size: tuple[float, float]) -> None:
    assert paper_size(name) == size


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "0x0", "0x0mm", "nonsense", "a5", "160", "160x", "x120mm", "160x120cm", "-160x120mm", "160x-120mm",
        "59.9x100mm", "100x59.9mm", "2000.1x100mm", "1e3x100mm", "nanxnan", "infxinfmm", "160x120x80mm", "160,5x120",
        "9" * 400 + "x100mm", "100000x100000mm", "a4\n160x120", "160xx120mm",
    ],
)  # fmt: skip
def test_a_size_that_no_sheet_has_is_refused_with_what_to_write_instead(name: str) -> None:
    with pytest.raises(UserError) as caught:
        paper_size(name)
    (problem,) = caught.value.problems
    assert problem.message
    assert "mm" in problem.hint


@pytest.mark.parametrize("page", PAGES)
def test_the_province_is_whole_and_clear_of_the_legend(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, full: Boundaries, page: str
) -> None:
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids), full)
        sheet = page_of(scene, page)
        corner = legend_box(scene, sheet, measure)
        assert is_within(corner, sheet.frame)
        points = [sheet.to_page(x, y) for ring in scene.body.rings() for x, y in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        assert is_within((min(xs), min(ys), max(xs), max(ys)), sheet.frame)
        assert not any(overlap((x, y, x, y), corner) for x, y in points)


@pytest.mark.parametrize("page", ["a4", "slide", "160x120mm", "1024x700 px"])
def test_a_city_is_whole_and_clear_of_the_legend(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, page: str
) -> None:
    for adcode in coarse.prefectures:
        for ids in (sector_ids(plan)[:1], sector_ids(plan)):
            scene = build_scene(atlas, view_for(plan, ids)._replace(extent_of=adcode), coarse)
            sheet = page_of(scene, page)
            corner = legend_box(scene, sheet, measure)
            points = [sheet.to_page(x, y) for ring in scene.body.rings() for x, y in ring]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            assert is_within((min(xs), min(ys), max(xs), max(ys)), sheet.frame), adcode
            assert not any(overlap((x, y, x, y), corner) for x, y in points), adcode


@STEADY
@given(
    width=st.floats(200, 2000),
    height=st.floats(200, 2000),
    body=st.tuples(st.floats(1e4, 1e6), st.floats(1e4, 1e6)),
    at=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
)
def test_with_nothing_to_keep_clear_the_map_fills_the_frame(
    width: float, height: float, body: tuple[float, float], at: tuple[float, float]
) -> None:
    x, y = at
    shape = outline([[(x, y), (x + body[0], y), (x + body[0], y + body[1]), (x, y + body[1]), (x, y)]])
    scale, centre = fit((0, 0, width, height), shape, {}, padding=10)
    assert centre == pytest.approx((x + body[0] / 2, y + body[1] / 2), abs=1)
    spare = (width - 20 - body[0] * scale, height - 20 - body[1] * scale)
    assert min(spare) == pytest.approx(0, abs=1e-6)


@STEADY
@given(
    width=st.floats(300, 2000),
    height=st.floats(300, 2000),
    clear=st.tuples(st.floats(0, 150), st.floats(0, 150)),
    corners=st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=3, max_size=12),
)
def test_whatever_its_shape_the_body_stays_in_the_frame_and_out_of_the_corner(
    width: float, height: float, clear: tuple[float, float], corners: list[tuple[float, float]]
) -> None:
    shape = outline([[*corners, (0, 0), (1e5, 1e5), corners[0]]])
    frame = (20.0, 30.0, 20 + width, 30 + height)
    scale, centre = fit(frame, shape, {"sw": clear}, padding=5)
    page = Page(width + 40, height + 60, frame, scale, centre)
    for x, y in corners:
        left, top = page.to_page(x, y)
        assert is_within((left, top, left, top), frame)
        assert not (left < frame[0] + clear[0] - 1e-6 and top > frame[3] - clear[1] + 1e-6)


@STEADY
@given(
    scale=st.floats(1e-5, 1),
    centre=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    point=st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)),
)
def test_to_the_map_and_back_is_the_same_point(
    scale: float, centre: tuple[float, float], point: tuple[float, float]
) -> None:
    page = Page(800, 600, (30, 60, 770, 560), scale, centre)
    assert page.to_page(*page.to_map(*point)) == pytest.approx(point, abs=1e-3)


def test_the_middle_of_the_frame_is_the_centre_and_north_is_up() -> None:
    page = Page(800, 600, (30, 60, 770, 560), 0.001, (50_000, -20_000))
    assert page.to_page(50_000, -20_000) == (400, 310)
    assert page.to_page(60_000, -10_000) == (410, 300)
    assert page.extent == pytest.approx((-320_000, -270_000, 420_000, 230_000))


@pytest.mark.parametrize("size", ["60x60mm", "80x60mm"])
def test_a_sheet_too_small_for_its_legend_is_refused(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, size: str
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)), coarse)
    with pytest.raises(UserError) as caught:
        page_of(scene, size)
    (problem,) = caught.value.problems
    assert "图例" in problem.message
    assert problem.hint


@pytest.mark.parametrize("name", ["a4", "160x120mm", "1024x700 px", "240x200 px", "240x2000 px", "2000x200 px"])
def test_a_legend_of_any_length_still_gives_a_page_or_a_reason(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    long = "面向成渝地区双城经济圈的新一代信息技术与先进制造融合发展产业"
    wordy = plan._replace(sectors=tuple(sector._replace(name=long) for sector in plan.sectors))
    for number in (1, 2, 8):
        scene = build_scene(Atlas((wordy,)), view_for(wordy, sector_ids(plan)[:number]), coarse)
        scale = None
        with suppress(UserError):
            scale = page_of(scene, name).scale
        assert scale is None or (scale > 0 and isfinite(scale))
        assert scale is not None or name.endswith("mm")


def test_a_sheet_is_as_large_as_its_millimetres(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:1]), coarse)
    for name in PAGES[:6]:
        page = page_of(scene, name)
        assert (page.width / MM, page.height / MM) == pytest.approx(paper_size(name))
        assert is_within(page.frame, (0, 0, page.width, page.height))
