"""Names on the map: none over another, over a symbol or over the furniture, and on the usual sheets all of them."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from looking import PAGES, boxes_of, is_within, labels_of, page_of, sector_ids, sector_sets, symbols_of, writing_of
from PySide6.QtGui import QGuiApplication
from shapely.geometry import LineString, box

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.check import check_figure
from layers.checks.finding import listed
from layers.compose import compose
from layers.corners import legend_box, scale_box
from layers.drawing import Op, TextOp, overlap
from layers.fonts import measure
from layers.furniture import TITLE
from layers.page import Page
from layers.placing import edge_towards
from layers.scene import Scene
from layers.theme import COUNTY_DETAIL, LABEL_SIZE
from layers.view import FIRST_LAYERS, view_for

CHENGDU_AND_AROUND = ("510100", "510600", "510700")


@pytest.fixture(params=PAGES)
def laid_out(
    request: pytest.FixtureRequest, gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> list[tuple[Scene, Page, list[Op]]]:
    """Each set of sectors on one page."""
    found = []
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        page = page_of(scene, request.param)
        found.append((scene, page, compose(scene, page, measure)))
    return found


Layouts = list[tuple[Scene, Page, list[Op]]]


def test_no_two_names_overlap(laid_out: Layouts) -> None:
    for scene, _, ops in laid_out:
        labels = labels_of(ops)
        assert len(labels) > 15
        assert [(a.text, b.text, scene.title) for a, b in combinations(labels, 2) if overlap(a.box, b.box)] == []


def test_no_name_lies_over_a_symbol(laid_out: Layouts) -> None:
    seen = 0
    for scene, _, ops in laid_out:
        seen += len(symbols_of(ops))
        assert not [
            (label.text, scene.title)
            for label in labels_of(ops)
            for symbol in symbols_of(ops)
            if overlap(label.box, symbol.box)
        ]
    assert seen > 50


def test_no_name_lies_over_legend_scale_bar_north_arrow_or_title(laid_out: Layouts) -> None:
    for scene, page, ops in laid_out:
        taken = [legend_box(scene, page, measure), scale_box(scene, page, measure)]
        taken += [*boxes_of(ops, "scale"), *boxes_of(ops, "north"), *(op.box for op in writing_of(ops))]
        assert not [(label.text, scene.title) for label in labels_of(ops) for box in taken if overlap(label.box, box)]


def test_no_two_rings_touch(laid_out: Layouts) -> None:
    rings = [symbols_of(ops) for _, _, ops in laid_out]
    assert max(map(len, rings)) == 21
    for a, b in (pair for symbols in rings for pair in combinations(symbols, 2)):
        apart = hypot(a.box[0] - b.box[0], a.box[1] - b.box[1])
        assert apart > a.box[2] - a.box[0], (a.key, b.key)


def test_no_ring_lies_under_the_legend_or_the_scale_bar(laid_out: Layouts) -> None:
    assert any(symbols_of(ops) for _, _, ops in laid_out)
    for scene, page, ops in laid_out:
        taken = [legend_box(scene, page, measure), *boxes_of(ops, "scale"), *boxes_of(ops, "north")]
        assert not [symbol.key for symbol in symbols_of(ops) for box in taken if overlap(symbol.box, box)]


def test_names_and_rings_are_inside_the_frame(laid_out: Layouts) -> None:
    for _, page, ops in laid_out:
        assert all(is_within(op.box, page.frame) for op in (*labels_of(ops), *symbols_of(ops)))


@pytest.mark.parametrize("name", [page for page in PAGES if page != "160x120mm"])
def test_all_21_prefectures_have_their_names(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        ops = compose(scene, page_of(scene, name), measure)
        named = [label.text for label in labels_of(ops) if label.key.startswith("51")]
        assert sorted(named) == sorted(place.short for place in atlas.places.prefectures)


def test_a_name_stands_in_or_beside_its_own_city(laid_out: Layouts) -> None:
    for scene, page, ops in laid_out:
        at = {label.key: label.at for label in scene.labels}
        for label in labels_of(ops):
            x, y = page.to_page(*at[label.key])
            middle = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2
            assert abs(middle[0] - x) < 45
            assert abs(middle[1] - y) < 25


@pytest.mark.parametrize("name", ["a4", "slide", "160x120mm", "1024x700 px"])
def test_names_in_a_city_figure_do_not_overlap_and_its_own_is_there(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    for adcode in coarse.prefectures:
        for ids in (sector_ids(plan)[:1], sector_ids(plan)):
            scene = build_scene(atlas, view_for(plan, ids)._replace(extent_of=adcode), coarse)
            page = page_of(scene, name)
            ops = compose(scene, page, measure)
            labels = labels_of(ops)
            assert adcode in {label.key for label in labels}
            assert not [(a.text, b.text) for a, b in combinations(labels, 2) if overlap(a.box, b.box)]
            taken = [legend_box(scene, page, measure), scale_box(scene, page, measure)]
            taken += [symbol.box for symbol in symbols_of(ops)]
            assert not [label.text for label in labels for box in taken if overlap(label.box, box)]
            assert all(is_within(label.box, page.frame) for label in labels)


@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_in_a_very_large_window_the_names_grow_and_the_title_does_not_drown_them(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, zoom: float
) -> None:
    view = view_for(plan, sector_ids(plan)[:2])._replace(layers=FIRST_LAYERS)
    sizes = []
    for screen in ("1600x1000 px", "3000x2000 px"):
        page = page_of(build_scene(atlas, view, coarse), screen)
        page = page._replace(scale=page.scale * zoom)
        scene = build_scene(atlas, view, coarse, counties=1 / page.scale < COUNTY_DETAIL)
        ops = compose(scene, page, measure)
        names = [op for op in ops if isinstance(op, TextOp) and op.group in ("labels", "names")]
        assert [(a.text, b.text) for a, b in combinations(names, 2) if overlap(a.box, b.box)] == []
        others = [(op, symbol) for op in names for symbol in symbols_of(ops) if op.key != symbol.key]
        assert [op.text for op, symbol in others if overlap(op.box, symbol.box)] == []
        (name,) = {op.size for op in names if op.key in CHENGDU_AND_AROUND}
        (title,) = (op.size for op in ops if isinstance(op, TextOp) and op.key == TITLE)
        sizes.append((name, title))
    (name, title), (large_name, large_title) = sizes
    assert name == LABEL_SIZE
    assert 11 <= large_name <= 12
    assert title <= large_title < 1.7 * large_name


@pytest.mark.parametrize("name", ["80x90mm", "100x80mm"])
def test_on_a_small_sheet_no_leader_runs_under_a_name_and_names_without_room_are_told(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, name: str
) -> None:
    led, told, elsewhere = 0, 0, 0
    for ids in sector_sets(plan)[:-1]:
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        try:
            page = page_of(scene, name)
        except UserError:  # too many industries for such a sheet
            continue
        labels = labels_of(compose(scene, page, measure))
        for label in labels:
            if label.leader is None:
                continue
            led += 1
            middle = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2
            elsewhere += scene.body.contains(*page.to_map(*middle))
            line = LineString([edge_towards(label.box, label.leader), label.leader])
            crossed = [other.text for other in labels if other is not label and box(*other.box).intersects(line)]
            assert crossed == [], (label.text, scene.title)
        places = [label for label in scene.labels if label.rank == 1]
        drawn = {label.text for label in labels}
        missing = [label.text for label in places if label.text not in drawn]
        words = [finding.what for finding in check_figure(scene, page, measure) if "放不下名称" in finding.what]
        assert [what.rsplit("：")[-1] for what in words] == ([listed(missing)] if missing else [])
        told += len(missing)
    assert led > 10
    assert elsewhere <= led / 20, "a name with a leader stands off the province where it can"
    assert told > 0


def test_no_symbol_stands_on_the_leader_of_a_name(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    led = 0
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids)._replace(layers=FIRST_LAYERS), coarse)
        try:
            page = page_of(scene, "100x80mm")
        except UserError:
            continue
        ops = compose(scene, page, measure)
        for label in labels_of(ops):
            if label.leader is not None:
                led += 1
                line = LineString([edge_towards(label.box, label.leader), label.leader])
                assert not [symbol.key for symbol in symbols_of(ops) if symbol.items and box(*symbol.box).crosses(line)]
    assert led > 3


def test_a_prefecture_without_a_ring_has_its_name_on_its_own_ground(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    seen = 0
    for ids in combinations(sector_ids(plan), 3):
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        page = page_of(scene, "856x500 px")
        shapes, rings = {area.key: area.shape for area in scene.areas}, {glyph.key for glyph in scene.glyphs}
        for label in labels_of(compose(scene, page, measure)):
            if label.key in shapes and label.key not in rings:
                seen += 1
                middle = (label.box[0] + label.box[2]) / 2, (label.box[1] + label.box[3]) / 2
                assert shapes[label.key].contains(*page.to_map(*middle)), (label.text, scene.title)
    assert seen > 20
