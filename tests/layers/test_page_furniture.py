"""Around the map: a scale bar that is true, and title, source and notes that can be read."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from looking import PAGES, PAPERS, boxes_of, is_within, page_of, sector_ids, sector_sets, writing_of
from pyproj import Geod
from PySide6.QtGui import QGuiApplication

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import UserError
from geodata.projection import to_lonlat
from layers.build import build_scene
from layers.compose import compose
from layers.corners import NOWHERE, legend_box, scale_bar_length, scale_box
from layers.drawing import overlap
from layers.fonts import measure
from layers.furniture import fitted_text, map_share, paper_page
from layers.page import Page
from layers.scene import Scene
from layers.view import view_for

EARTH = Geod(ellps="GRS80")  # the ellipsoid of CGCS2000 to 0.1 mm


def metres_on_the_ground(page: Page, points: float) -> float:
    """The geodesic length of a horizontal line of so many points in the middle of the map."""
    left, top, right, bottom = page.frame
    x, y = (left + right) / 2, (top + bottom) / 2
    start, end = to_lonlat(*page.to_map(x - points / 2, y)), to_lonlat(*page.to_map(x + points / 2, y))
    return EARTH.inv(*start, *end)[2]


def drawn_bar(scene: Scene, page: Page) -> tuple[float, str]:
    """Length of the scale bar in points, and the text at its end."""
    ops = compose(scene, page, measure)
    parts = boxes_of(ops, "scale")
    end = [op.text for op in writing_of(ops) if op.text.endswith(" km") or op.text.endswith(" m")]
    assert len(end) == 1
    assert len(parts) == 2
    assert parts[0][2] == pytest.approx(parts[1][0])
    return parts[1][2] - parts[0][0], end[0]


def said_metres(text: str) -> float:
    number, unit = text.split()
    return float(number) * {"km": 1000, "m": 1}[unit]


@pytest.mark.parametrize("name", PAGES)
def test_the_scale_bar_is_as_long_as_it_says(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for number in (1, 2, 8):
        scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:number]), coarse)
        page = page_of(scene, name)
        points, text = drawn_bar(scene, page)
        assert said_metres(text) == scale_bar_length(page)
        assert points == pytest.approx(scale_bar_length(page) * page.scale)
        assert metres_on_the_ground(page, points) == pytest.approx(said_metres(text), rel=0.005)


@pytest.mark.parametrize("name", ["a4", "160x120mm", "1024x700 px"])
def test_the_scale_bar_of_a_city_is_as_long_as_it_says(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for adcode in coarse.prefectures:
        scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:1])._replace(extent_of=adcode), coarse)
        page = page_of(scene, name)
        points, text = drawn_bar(scene, page)
        assert metres_on_the_ground(page, points) == pytest.approx(said_metres(text), rel=0.005), adcode


def test_the_scale_bar_is_a_round_number_about_a_sixth_of_the_map(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:1]), coarse)
    page = page_of(scene, "a4")
    for step in range(60):
        zoomed = page._replace(scale=page.scale * 1.15**step)
        metres = scale_bar_length(zoomed)
        assert f"{metres:.0e}"[0] in "125"
        assert metres * zoomed.scale <= (page.frame[2] - page.frame[0]) / 6 + 1e-6 < 2.6 * metres * zoomed.scale


@pytest.mark.parametrize("name", PAPERS)
def test_a_sheet_says_title_source_and_approval(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        page = page_of(scene, name)
        texts = [op.text for op in writing_of(compose(scene, page, measure))]
        assert {scene.title, scene.approval, "北", "0", "图例"} <= set(texts)
        assert scene.source.replace("　", "") in "".join(texts).replace("　", "")
        assert {entry.text for entry in scene.legend} <= set(texts)


def test_a_screen_says_the_title_and_that_it_is_for_internal_use(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:1]), coarse)
    texts = {op.text for op in writing_of(compose(scene, page_of(scene, "1024x700 px"), measure))}
    assert {scene.title, scene.approval} <= texts


@pytest.mark.parametrize("name", PAGES)
def test_what_is_written_around_the_map_is_on_the_page_and_does_not_overlap(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids)._replace(approval="川S（2026）00001号"), coarse)
        page = page_of(scene, name)
        texts = writing_of(compose(scene, page, measure))
        assert all(is_within(op.box, (0, 0, page.width, page.height)) for op in texts)
        assert [(a.text, b.text) for a, b in combinations(texts, 2) if overlap(a.box, b.box)] == []


@pytest.mark.parametrize("name", PAGES)
def test_legend_scale_bar_and_north_arrow_keep_apart(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        page = page_of(scene, name)
        ops = compose(scene, page, measure)
        legend = legend_box(scene, page, measure)
        others = [*boxes_of(ops, "scale"), *boxes_of(ops, "north")]
        assert len(others) == 4
        assert all(is_within(box, page.frame) for box in (legend, *others))
        assert not any(overlap(legend, box) for box in others)


@pytest.mark.parametrize("name", [*PAPERS, "100x80mm"])
def test_a_title_too_long_for_its_line_is_shortened_and_stays_on_the_page(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    view = view_for(plan, sector_ids(plan)[:1])._replace(title="四川省战略性新兴产业空间布局示意图" * 30)
    scene = build_scene(atlas, view, coarse)
    page = page_of(scene, name)
    (title,) = [op for op in writing_of(compose(scene, page, measure)) if op.text.startswith("四川省战略性")]
    assert title.text.endswith("…")
    assert is_within(title.box, (0, 0, page.width, page.height))


def test_a_sheet_too_small_for_its_legend_is_refused_with_a_size_that_would_do(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)), coarse)
    with pytest.raises(UserError, match="放不下图例") as refused:
        paper_page(scene, (60.0, 60.0), measure)
    size = re.search(r"60×(\d+) mm 就够", refused.value.problems[0].hint)
    assert size is not None
    page = paper_page(scene, (60.0, float(size[1])), measure)
    assert map_share(scene, page.frame, page.scale) >= 0.3


def test_text_that_fits_is_left_alone_and_text_that_does_not_is_made_smaller_first() -> None:
    def wide(text: str, size: float) -> float:
        return len(text) * size

    assert fitted_text("四川", 16, 40, 8, wide) == ("四川", 16)
    assert fitted_text("四川省", 16, 40, 8, wide) == ("四川省", pytest.approx(40 / 3))
    text, size = fitted_text("四川省新材料产业布局", 16, 40, 8, wide)
    assert (size, text) == (8, "四川省新…")
    assert wide(text, size) <= 40


@pytest.mark.parametrize("name", ["1600x1000 px", "1024x700 px", "740x690 px", "640x520 px", "520x400 px"])
def test_in_a_window_the_note_stands_on_the_plate_of_the_scale_bar_beside_the_legend(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for number in (1, 2, 8):
        scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:number]), coarse)
        page = page_of(scene, name)
        plate, legend = scale_box(scene, page, measure), legend_box(scene, page, measure)
        notes = [op for op in writing_of(compose(scene, page, measure)) if op.text == scene.approval]
        if plate != NOWHERE:  # a window too small for both keeps the legend
            (note,) = notes
            assert is_within(note.box, plate)
            assert is_within(plate, page.frame)
            assert not overlap(plate, legend)
        assert plate != NOWHERE or name == "520x400 px"
