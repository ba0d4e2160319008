"""The matrix of cities and sectors: what is in a cell, totals, orders, groups."""

from __future__ import annotations

import json

import pytest

from geodata.analysis.items import SITE, items
from geodata.analysis.likeness import NOTHING, by_likeness, distance, vectors
from geodata.analysis.matrix import (
    CODE,
    LIKENESS,
    NAME,
    TOTAL,
    Cell,
    by_zone,
    matrix,
    ordered,
    without_empty,
)
from geodata.analysis.zones import NOTE, economic_zones
from geodata.folders import RESOURCES
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from geodata.plan import Plan

CHENGDU, ZIGONG, DEYANG, MIANYANG, GANZI = "510100", "510300", "510600", "510700", "513300"
CORE, EXPANSION = "核心发展区", "重点拓展区"


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {plan.id: plan for plan in load_plans()[0]}


@pytest.fixture(scope="module")
def strategic(plans: dict[str, Plan]) -> Plan:
    return plans["sichuan-strategic-13"]


def roles(cell: Cell) -> list[str]:
    return [role.name for role, _ in cell.roles]


def test_a_cell_has_the_roles_with_their_passages_and_what_carries_them(strategic: Plan) -> None:
    table = matrix(strategic)
    assert roles(table.cell(MIANYANG, "新一代信息技术")) == [CORE]
    assert roles(table.cell(DEYANG, "新一代信息技术")) == [EXPANSION]
    assert not any(table.cell(ZIGONG, "新一代信息技术"))
    cell = table.cell(MIANYANG, "新一代信息技术")
    assert cell.citations == cell.roles[0][1].citations
    assert cell.focus == cell.roles[0][1].focus != ()
    joint = table.cell(DEYANG, "高端装备").joint
    assert [statement.places for statement in joint] == [(CHENGDU, DEYANG, MIANYANG)]


def test_a_city_named_only_with_others_has_their_passage_and_no_role(strategic: Plan) -> None:
    plan = strategic._replace(assignments=(), sites=(), projects=())
    cell = matrix(plan).cell(DEYANG, "高端装备")
    assert cell.roles == ()
    assert cell.citations == cell.joint[0].citations
    assert sum(bool(cell.joint) for cell in matrix(plan).cells.values()) == 5


def test_every_assignment_is_in_its_cell_and_the_totals_count_the_core_apart(strategic: Plan) -> None:
    table = matrix(strategic)
    assert sum(len(cell.roles) for cell in table.cells.values()) == len(strategic.assignments)
    given = [(item.place, item.sector, item.role) for item in strategic.assignments]
    assert [(role.name, number) for role, number in table.total.roles] == [
        (CORE, sum(role == CORE for *_, role in given)),
        (EXPANSION, sum(role == EXPANSION for *_, role in given)),
    ]
    for role, number in table.rows[DEYANG].roles:
        assert number == sum((DEYANG, role.id) == (place, found) for place, _, found in given)
    for role, number in table.columns["新材料"].roles:
        assert number == sum(("新材料", role.id) == (sector, found) for _, sector, found in given)


def test_a_site_of_several_sectors_or_places_is_counted_once_in_a_total(plans: dict[str, Plan]) -> None:
    plan = plans["sichuan-hightech-14"]
    table = matrix(plan)
    there = {item.key for item in items(plan) if item.sectors and item.spots}
    assert table.total.sites == sum(key.kind == SITE for key in there)
    assert table.total.sites + table.total.projects == len(there)
    assert sum(len(cell.sites) for cell in table.cells.values()) > table.total.sites
    assert table.unplaced == sum(bool(item.sectors) and not item.spots for item in items(plan)) > 0


def test_a_plan_without_roles_has_counts_and_the_passages_of_what_is_counted(plans: dict[str, Plan]) -> None:
    table = matrix(plans["sichuan-hightech-14"])
    cell = table.cell(MIANYANG, "航空航天")
    assert (cell.roles, len(cell.sites), len(cell.projects)) == ((), 2, 2)
    assert cell.citations == tuple(dict.fromkeys(citation for item in cell.items for citation in item.fact.citations))
    assert matrix(plans["mianyang-green-14"]).rows[MIANYANG].projects > 50
    assert table.cell(CHENGDU, "航空航天").inferred == sum(
        item.basis == "inferred" for item in table.cell(CHENGDU, "航空航天").items
    )


def test_only_the_shown_sectors_are_listed_and_counted(strategic: Plan) -> None:
    table = matrix(strategic, frozenset(["新材料", "生物"]))
    assert [sector.id for sector in table.sectors] == ["新材料", "生物"]
    assert sum(number for _, number in table.rows[CHENGDU].roles) == 2
    assert matrix(strategic, frozenset()).sectors == ()


def test_cities_are_ordered_by_code_sound_total_or_a_sector(strategic: Plan) -> None:
    table, names = matrix(strategic), gazetteer()
    codes = ordered(table, CODE)
    assert codes == tuple(sorted(codes))
    assert len(codes) == 21
    assert [names[code].short for code in ordered(table, NAME)[:4]] == ["阿坝", "巴中", "成都", "达州"]
    assert ordered(table, TOTAL)[:3] == (CHENGDU, DEYANG, MIANYANG)
    by_sector = ordered(table, "新一代信息技术")
    assert set(by_sector[:2]) == {CHENGDU, MIANYANG}
    kinds = [roles(table.cell(code, "新一代信息技术")) for code in by_sector]
    assert kinds == sorted(kinds, key=lambda found: [[CORE], [EXPANSION], []].index(found))
    assert ordered(table, "新一代信息技术", reverse=True)[0] == next(
        code for code in codes if not any(table.cell(code, "新一代信息技术"))
    )
    for key in (CODE, NAME, TOTAL, LIKENESS, "新材料"):
        assert sorted(ordered(table, key)) == sorted(ordered(table, key, True)) == list(codes)


def test_the_economic_zones_hold_every_city_once_and_say_whose_they_are() -> None:
    zones = economic_zones()
    assert [(name, len(members)) for name, members in zones.zones] == [
        ("成都平原经济区", 8),
        ("川南经济区", 4),
        ("川东北经济区", 5),
        ("攀西经济区", 2),
        ("川西北生态经济区", 2),
    ]
    members = [code for _, places in zones.zones for code in places]
    assert sorted(members) == [place.adcode for place in gazetteer().prefectures]
    raw = json.loads((RESOURCES / "zones.json").read_text(encoding="utf-8"))
    assert raw["source"] == zones.source != ""
    assert "不是" in NOTE


def test_groups_keep_the_order_of_the_cities(strategic: Plan) -> None:
    table = matrix(strategic)
    codes = ordered(table, NAME)
    for groups in (by_zone(codes), by_likeness(table, codes)):
        assert sorted(code for group in groups for code in group.places) == sorted(codes)
        for group in groups:
            assert list(group.places) == [code for code in codes if code in group.places]
    assert [group.words for group in by_zone([GANZI])] == ["川西北生态经济区"]


def test_cities_that_a_plan_treats_alike_are_in_one_group_named_by_what_they_share(strategic: Plan) -> None:
    table = matrix(strategic)
    groups = by_likeness(table, ordered(table))
    leading = next(group for group in groups if CHENGDU in group.places)
    assert leading.places == (CHENGDU, DEYANG, MIANYANG)
    for group in groups:
        for name in group.words.removeprefix("共同：").split("、"):
            sector = next(sector.id for sector in table.sectors if sector.name == name)
            assert all(table.cell(code, sector).roles for code in group.places)
    assert ordered(table, LIKENESS) == ordered(matrix(strategic, None), LIKENESS)


def test_likeness_looks_at_roles_and_without_roles_at_what_is_there(plans: dict[str, Plan], strategic: Plan) -> None:
    found = vectors(matrix(strategic))
    assert found[CHENGDU] == (1.0,) * 8
    assert found[ZIGONG][0] == 0.0
    assert found[DEYANG][0] == 0.5
    groups = by_likeness(matrix(plans["mianyang-green-14"]), ordered(matrix(plans["mianyang-green-14"])))
    assert [(len(group.places), group.words == NOTHING) for group in groups] == [(1, False), (20, True)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((1.0, 0.5), (1.0, 0.5), 0.0),
        ((1.0, 0.0), (0.0, 1.0), 1.0),
        ((1.0, 1.0), (0.5, 0.5), 0.5),
        ((0.0, 0.0), (0.0, 0.0), 0.0),
        ((0.0, 0.0), (0.0, 0.5), 1.0),
    ],
)
def test_distance(one: tuple[float, ...], other: tuple[float, ...], expected: float) -> None:
    assert distance(one, other) == distance(other, one) == expected


def test_nothing_shown_has_no_groups_to_tell_and_no_rows_that_are_full(strategic: Plan) -> None:
    table = matrix(strategic, frozenset())
    assert without_empty(table, ordered(table, TOTAL)) == ()
    assert [group.words for group in by_likeness(table, ordered(table))] == [NOTHING]
    assert ordered(table, LIKENESS) == ordered(table)
