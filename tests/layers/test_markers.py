"""Sites, projects and regions on the map: each where its plan says, none over another, and the legend says how."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import dist

import pytest
from looking import PAGES, page_of, symbols_of, writing_of
from PySide6.QtGui import QGuiApplication

from explorer.legend_fold import is_too_large
from geodata.analysis.items import SITE, ItemKey, find_item, items
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.geometry import Point
from geodata.plan import Plan
from layers.build import build_scene
from layers.catalog.markers import shown_items
from layers.compose import LEADERS, compose
from layers.corners import legend_box
from layers.drawing import FillOp, Op, StrokeOp, SymbolOp, TextOp, overlap
from layers.fonts import measure
from layers.furniture import screen_page
from layers.page import Page
from layers.scene import Scene, Symbol
from layers.template import Template
from layers.theme import COUNTY_DETAIL, HOLLOW_WORDS, LEADER, SOLID_WORDS, SYMBOLS
from layers.view import LAYERS, view_for

PLANS = ("sichuan-strategic-13", "sichuan-hightech-14", "mianyang-green-14", "sichuan-green-14")
ZOOMS = ((1.0, "510100"), (3.0, "510100"), (3.0, "510700"), (8.0, "510100"), (8.0, "510700"))
"""The window at three zooms, around 成都 and 绵阳."""

Picture = tuple[Scene, Page, list[Op]]
Window = tuple[list[Picture], float]


def scene_of(atlas: Atlas, plan: Plan, boundaries: Boundaries, sectors: list[str], counties: bool = False) -> Scene:
    view = view_for(plan, sectors)._replace(layers=frozenset(LAYERS))
    return build_scene(atlas, view, boundaries, counties)


def sector_sets(plan: Plan) -> list[list[str]]:
    ids = [sector.id for sector in plan.sectors]
    return [ids[:1], ids[1:3], ids]


@pytest.fixture(params=PLANS)
def some_plan(request: pytest.FixtureRequest, atlas: Atlas) -> Plan:
    return atlas.plan(request.param)


@pytest.fixture
def sheets(gui: QGuiApplication, atlas: Atlas, some_plan: Plan, coarse: Boundaries) -> list[Picture]:
    """One plan with one, two and all sectors on every page, all layers on."""
    found = []
    for sectors in sector_sets(some_plan):
        scene = scene_of(atlas, some_plan, coarse, sectors)
        for name in PAGES:
            page = page_of(scene, name)
            found.append((scene, page, compose(scene, page, measure)))
    return found


@pytest.fixture
def zoomed(gui: QGuiApplication, atlas: Atlas, some_plan: Plan, coarse: Boundaries) -> list[Picture]:
    """One plan with all sectors in a window of 1440 × 900 pixels at three zooms."""
    found = []
    sectors = [sector.id for sector in some_plan.sectors]
    for factor, adcode in ZOOMS:
        whole = screen_page(scene_of(atlas, some_plan, coarse, sectors), 1080, 675, measure)
        centre = coarse.label_points[adcode][:2] if factor > 1 else whole.centre
        page = whole._replace(scale=whole.scale * factor, centre=centre)
        scene = scene_of(atlas, some_plan, coarse, sectors, counties=1 / page.scale < COUNTY_DETAIL)
        found.append((scene, page, compose(scene, page, measure)))
    return found


@pytest.fixture
def pictures(sheets: list[Picture], zoomed: list[Picture]) -> list[Picture]:
    return [*sheets, *zoomed]


def marks_of(ops: list[Op]) -> list[SymbolOp]:
    """The symbols and counts of sites and projects."""
    return [op for op in symbols_of(ops) if op.items]


def names_of(ops: list[Op]) -> list[TextOp]:
    """Names of places, sites and projects on the map."""
    return [op for op in ops if isinstance(op, TextOp) and op.group in ("labels", "names")]


def are_apart(a: SymbolOp, b: SymbolOp) -> bool:
    """Rings are round, all else fills its box."""
    if a.items or b.items:
        return not overlap(a.box, b.box)
    return dist(a.at, b.at) >= (a.box[2] - a.box[0] + b.box[2] - b.box[0]) / 2


def test_no_two_symbols_overlap(pictures: list[Picture]) -> None:
    seen = 0
    for _, page, ops in pictures:
        symbols = symbols_of(ops)
        seen += len(symbols)
        assert [(a.key, b.key, page) for a, b in combinations(symbols, 2) if not are_apart(a, b)] == []
    assert seen > 40


def test_no_two_names_overlap_and_none_lies_over_another_symbol(pictures: list[Picture]) -> None:
    for _, page, ops in pictures:
        names = names_of(ops)
        assert len(names) > 5
        assert [(a.text, b.text, page) for a, b in combinations(names, 2) if overlap(a.box, b.box)] == []
        # A listed name stands inside the box of its own symbol.
        others = [(name, mark) for name in names for mark in symbols_of(ops) if name.key != mark.key]
        assert [(name.text, mark.key) for name, mark in others if overlap(name.box, mark.box)] == []


def test_no_symbol_lies_under_the_legend_the_title_or_the_notes(sheets: list[Picture]) -> None:
    for scene, page, ops in sheets:
        boxes = [*(op.box for op in writing_of(ops)), legend_box(scene, page, measure)]
        assert [mark.key for mark in marks_of(ops) for box in boxes if overlap(mark.box, box)] == []


def test_every_item_with_a_place_is_on_every_sheet_once_for_each_place(
    sheets: list[Picture], atlas: Atlas, some_plan: Plan
) -> None:
    for scene, page, ops in sheets:
        drawn = Counter(key for mark in marks_of(ops) for key in mark.items)
        places = Counter(marker.key for marker in scene.markers)
        assert set(drawn) == set(places), page
        # An item of several counties that have no room is one of its prefecture's.
        assert all(number <= places[key] for key, number in drawn.items()), page
        assert not [mark for mark in marks_of(ops) if len(set(mark.items)) < len(mark.items)], page
    located = {item.key for item in items(some_plan) if item.spots}
    whole = view_for(some_plan, [sector.id for sector in some_plan.sectors])._replace(layers=frozenset(LAYERS))
    shown = {item.key for item in shown_items(some_plan, whole) if item.spots}
    doubled = {
        key
        for key in located - shown
        if any(found.name == name_of(atlas, key) for found in items(some_plan) if found.key.kind == SITE)
    }
    assert located - shown == doubled


def name_of(atlas: Atlas, key: ItemKey) -> str:
    found = find_item(atlas.plans, key)
    assert found is not None
    return found.name


def leaders_of(ops: list[Op]) -> list[StrokeOp]:
    """The lines from marks to their places."""
    return [op for op in ops if isinstance(op, StrokeOp) and op.group == LEADERS and op.stroke == LEADER]


def line_of(op: StrokeOp) -> tuple[Point, Point]:
    """The two ends of a line."""
    ((start, end),) = op.shape.rings()
    return start, end


def led_of(ops: list[Op]) -> set[Point]:
    """Where marks stand that found room only outside their place, with a leader to it."""
    return {line_of(op)[0] for op in leaders_of(ops)}


def test_a_mark_without_a_leader_stands_in_the_prefecture_it_is_for(pictures: list[Picture]) -> None:
    seen = 0
    for scene, page, ops in pictures:
        shapes = {area.key: area.shape for area in scene.areas}
        led = led_of(ops)
        for mark in marks_of(ops):
            if len(mark.items) == 1 and mark.at not in led:
                spots = [marker.place for marker in scene.markers if marker.key == mark.items[0]]
                assert any(shapes[spot[:4] + "00"].contains(*page.to_map(*mark.at)) for spot in spots), mark.key
                seen += 1
    assert seen > 5


def test_leaders_are_for_small_windows_only(pictures: list[Picture]) -> None:
    for scene, page, ops in pictures:
        if 1 / page.scale >= COUNTY_DETAIL:  # else a county may have no room either
            assert not led_of(ops), (scene.title, page)


SMALL_WINDOWS = {"744x322 px": 0.75, "402x428 px": 0.75, "402x254 px": 0.4, "624x606 px": 0.95}
"""The map with a list open below it, in a window of 1024 × 700 without and with one, and beside another map; and the
share of marks that have room in their prefecture."""

LEDS = pytest.mark.parametrize(
    "small_window", [name for name, share in SMALL_WINDOWS.items() if share < 0.95], indirect=True
)
"""Those in which some have none."""


@pytest.fixture(params=SMALL_WINDOWS)
def small_window(request: pytest.FixtureRequest, gui: QGuiApplication, atlas: Atlas, coarse: Boundaries) -> Window:
    """All plans with one, two and all sectors; the legend is folded where it would hide much."""
    found = []
    for plan in atlas.plans:
        for sectors in sector_sets(plan):
            view = view_for(plan, sectors)._replace(layers=frozenset({"sites", "projects"}))
            scene = build_scene(atlas, view, coarse)
            page = page_of(scene, request.param)
            if is_too_large(scene, page):
                page = screen_page(scene, page.width, page.height, measure, folded=True)
            found.append((scene, page, compose(scene, page, measure)))
    return found, SMALL_WINDOWS[request.param]


def test_in_a_small_window_no_item_is_lost_and_most_marks_are_in_their_prefecture(small_window: Window) -> None:
    pictures, share = small_window
    inside = seen = 0
    for scene, page, ops in pictures:
        shapes = {area.key: area.shape for area in scene.areas}
        led = led_of(ops)
        assert {key for mark in marks_of(ops) for key in mark.items} == {marker.key for marker in scene.markers}
        assert not [(a.key, b.key) for a, b in combinations(symbols_of(ops), 2) if not are_apart(a, b)]
        for mark in marks_of(ops):
            homes = {marker.place[:4] + "00" for marker in scene.markers if marker.key in mark.items}
            seen += 1
            if mark.at not in led:
                inside += 1
                assert any(shapes[home].contains(*page.to_map(*mark.at)) for home in homes), mark.key
    assert inside >= share * seen > 5


@LEDS
def test_a_leader_can_be_seen_and_ends_in_a_dot_in_the_place_or_at_its_name(small_window: Window) -> None:
    seen = 0
    for scene, page, ops in small_window[0]:
        shapes = {area.key: area.shape for area in scene.areas}
        names = {op.key: op.box for op in names_of(ops)}
        dots = {op.placing[2:] for op in ops if isinstance(op, FillOp) and op.group == LEADERS}
        ends = dict(map(line_of, leaders_of(ops)))
        for mark in marks_of(ops):
            if mark.at not in ends:
                continue
            seen += 1
            x, y = end = ends[mark.at]
            homes = {marker.place[:4] + "00" for marker in scene.markers if marker.key in mark.items}
            assert dist(mark.at, end) > (mark.box[3] - mark.box[1]) / 2 + 4, mark.key
            assert end in dots
            at_name = any(
                left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1
                for left, top, right, bottom in (names[home] for home in homes if home in names)
            )
            assert at_name or any(shapes[home].contains(*page.to_map(x, y)) for home in homes), mark.key
    assert seen > 2


def test_on_the_smallest_sheet_a_leader_ends_in_the_place_that_its_mark_is_for(
    gui: QGuiApplication, atlas: Atlas, coarse: Boundaries
) -> None:
    view = view_for(atlas.plan("sichuan-strategic-13"), ["新材料", "新能源汽车"])
    template = Template(off=frozenset({"legend"}))
    scene = build_scene(atlas, view._replace(layers=frozenset({"sites", "projects"}), template=template), coarse)
    page = page_of(scene, "80x70mm")
    ops = compose(scene, page, measure)
    ends, shapes = dict(map(line_of, leaders_of(ops))), {area.key: area.shape for area in scene.areas}
    assert len(ends) > 2
    for mark in marks_of(ops):
        if mark.at in ends:
            homes = {marker.place[:4] + "00" for marker in scene.markers if marker.key in mark.items}
            assert any(shapes[home].contains(*page.to_map(*ends[mark.at])) for home in homes), mark.key


@LEDS
def test_a_mark_outside_its_prefecture_is_in_no_other_ones_middle(small_window: Window) -> None:
    seen = wrong = 0
    for scene, page, ops in small_window[0]:
        circles = [(page.to_page(*label.at), label.room * page.scale) for label in scene.labels if label.rank == 1]
        for start, _ in map(line_of, leaders_of(ops)):
            seen += 1
            wrong += any(dist(start, middle) < 0.5 * radius for middle, radius in circles)
    assert seen > 2
    assert wrong == 0


def test_symbols_of_known_counties_stand_in_them_when_counties_are_shown(
    gui: QGuiApplication, atlas: Atlas, full: Boundaries
) -> None:
    plan = atlas.plan("mianyang-green-14")
    sectors = [sector.id for sector in plan.sectors]
    view = view_for(plan, sectors)._replace(layers=frozenset(LAYERS), extent_of="510700")
    scene = build_scene(atlas, view, full)
    page = page_of(scene, "a4")
    seen = 0
    for mark in marks_of(compose(scene, page, measure)):
        counties = {
            marker.place
            for marker in scene.markers
            if marker.key in mark.items and not marker.place.endswith("00") and len(mark.items) == 1
        }
        if counties:
            seen += 1
            assert any(full.counties[county].contains(*page.to_map(*mark.at)) for county in counties), mark.key
    assert seen >= 8


def test_no_mark_of_a_known_county_stands_in_another_one_without_a_leader(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, full: Boundaries
) -> None:
    seen = 0
    for sectors in (["高端装备"], [sector.id for sector in plan.sectors]):
        view = view_for(plan, sectors)._replace(layers=frozenset(LAYERS), extent_of="510100")
        scene = build_scene(atlas, view, full)
        places = {marker.key: marker.place for marker in scene.markers}
        for name in ("a4", "a4-portrait", "slide"):
            page = page_of(scene, name)
            ops = compose(scene, page, measure)
            for mark in marks_of(ops):
                county = places[mark.items[0]]
                if len(mark.items) == 1 and not county.endswith("00") and mark.at not in led_of(ops):
                    seen += 1
                    assert full.counties[county].contains(*page.to_map(*mark.at)), (mark.key, name)
    assert seen > 6


def test_the_legend_explains_just_the_shapes_that_are_drawn(sheets: list[Picture]) -> None:
    for scene, page, ops in sheets:
        if not page.margins:
            continue
        texts = " ".join(op.text for op in writing_of(ops))
        single = {mark.items[0] for mark in marks_of(ops) if len(mark.items) == 1}
        drawn = {marker.symbol for marker in scene.markers if marker.key in single}
        for shape, words in SYMBOLS.items():
            assert (words in texts) == (shape in {symbol.shape for symbol in drawn}), (words, page)
        assert (HOLLOW_WORDS in texts) == any(symbol.hollow for symbol in drawn)
        assert (SOLID_WORDS in texts) == any(not symbol.hollow for symbol in drawn)


def test_what_is_inferred_or_known_to_the_prefecture_only_is_hollow(atlas: Atlas, coarse: Boundaries) -> None:
    hollow = solid = 0
    for plan in atlas.plans:
        scene = scene_of(atlas, plan, coarse, [sector.id for sector in plan.sectors])
        for marker in scene.markers:
            item = find_item(atlas.plans, marker.key)
            assert item is not None
            vague = item.basis == "inferred" or item.precision == "prefecture"
            assert marker.symbol.hollow == vague, item.name
            hollow += vague
            solid += not vague
    assert hollow > 50
    assert solid > 10


def test_only_items_of_shown_sectors_are_on_the_map(atlas: Atlas, plan: Plan) -> None:
    view = view_for(plan, ["新材料"])._replace(layers=frozenset({"sites"}))
    found = shown_items(plan, view)
    assert {item.name for item in found} >= {"国家新材料产业化基地", "攀枝花钒钛高新区"}
    assert all("新材料" in item.sectors for item in found)
    assert not shown_items(plan, view._replace(layers=frozenset()))


def test_a_region_is_an_outline_around_its_members_or_an_axis_through_them(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = scene_of(atlas, plan, coarse, ["高端装备"])
    lines = {line.key: line for line in scene.lines if line.key.startswith("region:")}
    assert len(lines) == 2
    around, axis = lines["region:成德绵航空产业集聚区"], lines["region:成德绵"]
    points = {point for piece in around.pieces for ring in piece.rings() for point in ring}
    members = {
        point for code in ("510100", "510600", "510700") for ring in coarse.prefectures[code].rings() for point in ring
    }
    assert points <= members
    inner = {point for ring in coarse.prefectures["510600"].rings() for point in ring} - points
    assert inner  # 德阳 lies between the two others: the edges it shares with them are no edge of the region
    ends = [point for piece in axis.pieces for ring in piece.rings() for point in ring]
    assert ends == [coarse.label_points[code][:2] for code in ("510100", "510600", "510700")]
    assert [entry.line for entry in scene.legend if entry.line.startswith("region:")] == list(lines)


def test_the_legends_signs_are_all_different(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    scene = scene_of(atlas, plan, coarse, ["新材料", "新能源汽车"])
    samples = [entry.sample for entry in scene.legend if isinstance(entry.sample, Symbol)]
    assert len(samples) >= 4
    assert len(set(samples)) == len(samples)
