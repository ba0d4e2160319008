"""The scene of a view: what is filled, striped and ringed, and a legend that says that and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest
from looking import sector_ids, sector_sets

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from layers.build import build_scene
from layers.scene import Fill, Glyph, LegendEntry, Scene, Stroke
from layers.theme import REST, role_fill, sector_colour
from layers.view import Pair, ViewState, effective_style, role_pairs, view_for


def lightness(colour: tuple[int, int, int]) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def roles_of(plan: Plan, sector: str) -> dict[str, str]:
    """Place -> kind of its role in the sector."""
    return {item.place: plan.role(item.role).kind for item in plan.assignments if item.sector == sector}


def pairs_of_kind(plan: Plan, view: ViewState, kind: str) -> list[Pair]:
    return [pair for pair in view.shown if plan.role(pair[1]).kind == kind]


def samples(scene: Scene) -> list[tuple[Fill, ...]]:
    """The filled boxes of the legend."""
    found = [e.sample for e in scene.legend if isinstance(e.sample, tuple) and not isinstance(e.sample, Stroke | Glyph)]
    return [sample for sample in found if sample]


def number_in(entry: LegendEntry) -> int:
    found = re.search(r"（(\d+)）$", entry.text)
    assert found
    return int(found[1])


# --- one sector ---


def test_core_is_solid_expansion_lighter_and_hatched_the_rest_pale(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    for sector in plan.sectors:
        scene = build_scene(atlas, view_for(plan, [sector.id]), coarse)
        roles = roles_of(plan, sector.id)
        fills = {area.key: area.fills for area in scene.areas}
        assert set(fills) == set(coarse.prefectures)
        assert all(len(own) == 1 for own in fills.values())
        by_kind: dict[str, set[Fill]] = {"core": set(), "expansion": set(), "rest": set()}
        for place, (fill,) in fills.items():
            by_kind[roles.get(place, "rest")].add(fill)
        assert [len(by_kind["core"]), len(by_kind["expansion"]), by_kind["rest"]] == [1, 1, {Fill(REST)}]
        (core,), (expansion,) = by_kind["core"], by_kind["expansion"]
        assert core.hatch is None
        assert expansion.hatch is not None
        assert lightness(core.colour) + 40 < lightness(expansion.colour)
        assert expansion.colour != REST != core.colour
        assert lightness(expansion.hatch.colour) + 40 < lightness(expansion.colour)


def test_no_rings_for_one_sector_or_two(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    for number in (0, 1, 2):
        assert build_scene(atlas, view_for(plan, sector_ids(plan)[:number]), coarse).glyphs == ()


def test_each_sector_has_a_colour_of_its_own(plan: Plan) -> None:
    fills = {role_fill(plan.sector(s), plan.role(r)) for sector in plan.sectors for s, r in role_pairs(plan, sector.id)}
    assert len(fills) == sum(len(role_pairs(plan, sector.id)) for sector in plan.sectors)


def test_nothing_shown_is_a_pale_map_without_industry(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    scene = build_scene(atlas, ViewState(plan.id), coarse)
    assert {area.fills for area in scene.areas} == {(Fill(REST),)}
    assert scene.glyphs == ()
    assert samples(scene) == []
    assert scene.title == "四川省行政区划"


# --- two sectors ---


def test_stripes_stand_exactly_where_both_sectors_do(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    for first, second in combinations(sector_ids(plan), 2):
        scene = build_scene(atlas, view_for(plan, [first, second]), coarse)
        striped = {area.key for area in scene.areas if len(area.fills) == 2}
        assert striped == roles_of(plan, first).keys() & roles_of(plan, second).keys()
        assert all(len(area.fills) <= 2 for area in scene.areas)


def test_stripes_have_the_fills_of_their_two_roles_in_the_order_of_the_plan(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    first, second = plan.sectors[2], plan.sectors[4]
    given = {(item.sector, item.place): role_fill(plan.sector(item.sector), plan.role(item.role))
             for item in plan.assignments}  # fmt: skip
    scene = build_scene(atlas, view_for(plan, [second.id, first.id]), coarse)
    for area in scene.areas:
        own = tuple(given[s.id, area.key] for s in (first, second) if (s.id, area.key) in given)
        assert area.fills == (own or (Fill(REST),))


# --- three and more ---


def test_three_and_more_sectors_are_rings_on_pale_areas(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    for number in range(3, len(plan.sectors) + 1):
        ids = sector_ids(plan)[:number]
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        assert {area.fills for area in scene.areas} == {(Fill(REST),)}
        assert {glyph.key for glyph in scene.glyphs} == {place for sector in ids for place in roles_of(plan, sector)}
        assert len(scene.glyphs) == len({glyph.key for glyph in scene.glyphs})


def test_a_ring_has_a_segment_for_each_shown_sector_wide_for_core_half_for_expansion(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    width = {"core": 1.0, "expansion": 0.5, None: 0.0}
    for ids in (sector_ids(plan)[:3], sector_ids(plan)[3:8], sector_ids(plan)):
        scene = build_scene(atlas, view_for(plan, ids), coarse)
        for glyph in scene.glyphs:
            assert [segment.sector for segment in glyph.segments] == ids
            assert [segment.level for segment in glyph.segments] == [
                width[roles_of(plan, sector).get(glyph.key)] for sector in ids
            ]
            assert [segment.colour for segment in glyph.segments] == [sector_colour(plan.sector(s)) for s in ids]


def test_a_ring_stands_inside_its_city(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    for glyph in build_scene(atlas, view_for(plan, sector_ids(plan)), coarse).glyphs:
        assert coarse.prefectures[glyph.key].contains(*glyph.at)


# --- roles off ---


@pytest.mark.parametrize(("off", "stays"), [("core", "expansion"), ("expansion", "core")])
def test_a_role_that_is_off_is_neither_drawn_nor_in_the_legend(
    atlas: Atlas, plan: Plan, coarse: Boundaries, off: str, stays: str
) -> None:
    for sector in plan.sectors:
        view = view_for(plan, [sector.id])
        view = view.with_pairs(pairs_of_kind(plan, view, off), False)
        scene = build_scene(atlas, view, coarse)
        shown = {area.key for area in scene.areas if area.fills != (Fill(REST),)}
        assert shown == {place for place, kind in roles_of(plan, sector.id).items() if kind == stays}
        gone = [role for role in plan.roles if role.kind == off]
        assert not any(role.name in entry.text for role in gone for entry in scene.legend)
        assert not any(role_fill(sector, role) in sample for role in gone for sample in samples(scene))


@pytest.mark.parametrize(("off", "level"), [("core", 1.0), ("expansion", 0.5)])
def test_a_role_that_is_off_has_no_ring_segments_and_no_legend_line(
    atlas: Atlas, plan: Plan, coarse: Boundaries, off: str, level: float
) -> None:
    view = view_for(plan, sector_ids(plan))
    scene = build_scene(atlas, view.with_pairs(pairs_of_kind(plan, view, off), False), coarse)
    assert scene.glyphs
    assert not any(segment.level == level for glyph in scene.glyphs for segment in glyph.segments)
    assert all(any(segment.level for segment in glyph.segments) for glyph in scene.glyphs)
    assert not any(role.name in entry.text for role in plan.roles if role.kind == off for entry in scene.legend)


def test_a_sector_that_is_off_is_not_in_the_legend(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    for ids in sector_sets(plan):
        headings = {re.sub(r"（.*", "", e.text) for e in build_scene(atlas, view_for(plan, ids), coarse).legend}
        named = {sector.id for sector in plan.sectors if sector.name in headings}
        assert named == set(ids)


# --- the legend ---


def views_of(plan: Plan, style: str) -> list[ViewState]:
    """Sets of sectors with all roles, with the core alone and with the expansion alone."""
    views = []
    for ids in (*sector_sets(plan), []):
        view = view_for(plan, ids)._replace(style=style)
        views += [view, *(view.with_pairs(pairs_of_kind(plan, view, kind), False) for kind in ("core", "expansion"))]
    return views


@pytest.mark.parametrize("style", ["auto", "zones", "stripes", "glyphs"])
def test_the_legend_lists_just_what_is_drawn(atlas: Atlas, plan: Plan, coarse: Boundaries, style: str) -> None:
    for view in views_of(plan, style):
        scene = build_scene(atlas, view, coarse)
        if effective_style(plan, view) == "glyphs":
            drawn = {segment for glyph in scene.glyphs for segment in glyph.segments}
            rings = [entry.sample for entry in scene.legend if isinstance(entry.sample, Glyph)]
            assert {s.level for ring in rings for s in ring.segments} == {s.level for s in drawn if s.level}
            assert {fill.colour for sample in samples(scene) for fill in sample} == {s.colour for s in drawn}
            remarks = [number_in(entry) for entry in scene.legend if entry.text.startswith("无环形符号")]
            without = len(scene.areas) - len(scene.glyphs)
            assert remarks == ([without] if view.shown and without else [])
        else:
            said = Counter(sample for sample in samples(scene) if len(sample) == 1)
            assert set(said.values()) <= {1}
            filled = {(fill,) for area in scene.areas for fill in area.fills}
            assert set(said) == (filled if view.shown else set())
            patterns = [sample for sample in samples(scene) if len(sample) > 1]
            striped = {area.fills for area in scene.areas if len(area.fills) > 1}
            assert len(patterns) == bool(striped)
            assert set(patterns) <= striped


@pytest.mark.parametrize("style", ["zones", "stripes"])
def test_the_numbers_in_the_legend_are_the_numbers_of_areas(
    atlas: Atlas, plan: Plan, coarse: Boundaries, style: str
) -> None:
    for view in views_of(plan, style):
        scene = build_scene(atlas, view, coarse)
        counts = Counter(fill for area in scene.areas for fill in area.fills)
        striped = sum(len(area.fills) > 1 for area in scene.areas)
        said = {entry.sample: number_in(entry) for entry in scene.legend if entry.sample in samples(scene)}
        assert said == {sample: striped if len(sample) > 1 else counts[sample[0]] for sample in samples(scene)}


def test_the_numbers_beside_ring_colours_are_the_numbers_of_segments(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    for view in views_of(plan, "glyphs"):
        scene = build_scene(atlas, view, coarse)
        levels = [e.sample.segments[0].level for e in scene.legend if isinstance(e.sample, Glyph)]
        checked = set()
        for sector in plan.sectors:
            for entry in scene.legend:
                if entry.text.startswith(f"{sector.name}（"):
                    said = entry.text.removeprefix(f"{sector.name}（").removesuffix("）").split("＋")
                    drawn = Counter(s.level for glyph in scene.glyphs for s in glyph.segments if s.sector == sector.id)
                    assert [0 if number == "—" else int(number) for number in said] == [drawn[lv] for lv in levels]
                    checked.add(sector.id)
        assert checked == {sector for sector, _ in view.shown}


@pytest.mark.parametrize("counties", [False, True])
def test_the_legend_explains_the_borders_that_are_drawn(
    atlas: Atlas, plan: Plan, coarse: Boundaries, counties: bool
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:1]), coarse, counties)
    drawn = [(line.key, line.stroke) for line in scene.lines]
    said = [(entry.line, entry.sample) for entry in scene.legend if isinstance(entry.sample, Stroke)]
    assert sorted(said) == sorted(drawn)
    assert ("county" in {line.key for line in scene.lines}) is counties


def test_the_legend_speaks_in_the_words_of_the_plan(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    roles = tuple(role._replace(name={"core": "一极", "expansion": "两翼"}[role.kind]) for role in plan.roles)
    renamed = plan._replace(roles=roles)
    for ids in (sector_ids(plan)[:1], sector_ids(plan)[:2], sector_ids(plan)):
        texts = " ".join(e.text for e in build_scene(Atlas((renamed,)), view_for(renamed, ids), coarse).legend)
        assert "一极" in texts
        assert "两翼" in texts
        assert not any(role.name in texts for role in plan.roles)


def test_a_role_of_another_kind_has_a_fill_and_a_ring_of_its_own(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    third = plan.roles[0]._replace(id="协同发展地", name="协同发展地", rank=3, kind="other")
    ids = sector_ids(plan)
    changed = tuple(
        item._replace(role=third.id) if (item.sector, item.place) == (ids[0], "511400") else item
        for item in plan.assignments
    )
    wider = plan._replace(roles=(*plan.roles, third), assignments=changed)
    scene = build_scene(Atlas((wider,)), view_for(wider, ids[:1]), coarse)
    fills = Counter(fill for area in scene.areas for fill in area.fills)
    assert len(fills) == 4
    assert {area.key for area in scene.areas if fills[area.fills[0]] == 1} >= {"511400"}
    assert f"{third.name}（1）" in [entry.text for entry in scene.legend]
    rings = {glyph.key: glyph for glyph in build_scene(Atlas((wider,)), view_for(wider, ids), coarse).glyphs}
    assert 0 < rings["511400"].segments[0].level < 0.5


# --- what the figure says ---


def test_the_title_names_sectors_and_period(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    def title(ids: list[str]) -> str:
        return build_scene(atlas, view_for(plan, ids), coarse).title

    assert title(["新材料"]) == "四川省新材料产业布局（2016—2020年）"
    assert title(["新材料", "生物"]) == "四川省新材料与生物产业布局（2016—2020年）"
    assert title(sector_ids(plan)) == "四川省产业布局：8 个产业（2016—2020年）"


def test_a_typed_title_stands_as_typed(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    assert build_scene(atlas, view_for(plan, ["生物"])._replace(title="图 3-1"), coarse).title == "图 3-1"


def test_the_source_names_the_plan_and_the_boundary_data(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    source = build_scene(atlas, view_for(plan, ["生物"]), coarse).source
    for word in (plan.document.title, "天地图", "2000国家大地坐标系"):
        assert word in source


def test_without_a_number_the_figure_is_for_internal_use(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    approval = build_scene(atlas, view_for(plan, ["生物"]), coarse).approval
    assert "内部使用" in approval
    assert "审图号" not in approval


def test_a_typed_approval_number_is_printed_instead(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    approval = build_scene(atlas, view_for(plan, ["生物"])._replace(approval="川S（2026）00001号"), coarse).approval
    assert approval == "审图号：川S（2026）00001号"


def test_a_city_figure_shows_its_counties(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    for adcode, shape in coarse.prefectures.items():
        scene = build_scene(atlas, view_for(plan, ["生物"])._replace(extent_of=adcode), coarse)
        assert scene.body is shape
        assert scene.title.startswith(atlas.places[adcode].name)
        assert "county" in {line.key for line in scene.lines}
        assert {code for code in coarse.counties if code[:4] == adcode[:4]} <= {label.key for label in scene.labels}


def test_a_city_figure_counts_nothing_because_the_counts_are_of_the_province(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    for ids in sector_sets(plan):
        scene = build_scene(atlas, view_for(plan, ids)._replace(extent_of="510700"), coarse)
        assert not [entry.text for entry in scene.legend if re.search(r"（[\d＋—]+）", entry.text)]


def test_a_city_figure_outlines_the_city_and_says_so(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    scene = build_scene(atlas, view_for(plan, ["生物"])._replace(extent_of="510700"), coarse)
    (line,) = [line for line in scene.lines if line.key == "focus"]
    assert {point for piece in line.pieces for ring in piece.rings() for point in ring} == {
        point for ring in scene.body.rings() for point in ring
    }
    assert [(entry.text, entry.sample) for entry in scene.legend if entry.line == "focus"] == [("绵阳市", line.stroke)]


def test_places_whose_role_is_switched_off_are_not_passed_off_as_others(
    atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    for ids in (["生物"], sector_ids(plan)):
        view = view_for(plan, ids)
        all_on = [entry.text for entry in build_scene(atlas, view, coarse).legend]
        assert not any("未显示" in text for text in all_on)
        fewer = view.with_pairs(pairs_of_kind(plan, view, "expansion"), False)
        assert any("未显示" in entry.text for entry in build_scene(atlas, fewer, coarse).legend)


def test_each_prefecture_has_its_name_once(atlas: Atlas, plan: Plan, coarse: Boundaries) -> None:
    names = Counter(label.text for label in build_scene(atlas, ViewState(plan.id), coarse).labels if label.rank == 1)
    assert names == Counter(place.short for place in atlas.places.prefectures)
    assert len(names) == 21
