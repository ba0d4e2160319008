"""The atlas: plans and sectors by the names people use, assignments in the order of their roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.atlas import Atlas, assignments_of, find_sector
from geodata.library import load_plans
from geodata.plan import Plan
from geodata.problems import UserError


@pytest.fixture
def atlas(home: Path) -> Atlas:
    return Atlas(tuple(plan for plan in load_plans()[0] if plan.id == "sichuan-strategic-13"))


@pytest.fixture
def plan(atlas: Atlas) -> Plan:
    return atlas.plan("sichuan-strategic-13")


@pytest.mark.parametrize(
    "name", ["sichuan-strategic-13", "四川“十三五”战略性新兴产业", "四川省“十三五”战略性新兴产业发展规划"]
)
def test_a_plan_is_found_by_id_and_by_title(atlas: Atlas, name: str) -> None:
    assert atlas.plan(name).id == "sichuan-strategic-13"


def test_a_misspelt_plan_is_suggested(atlas: Atlas) -> None:
    with pytest.raises(UserError) as caught:
        atlas.plan("sichuan-strategic-31")
    assert "sichuan-strategic-13" in caught.value.problems[0].hint


@pytest.mark.parametrize("plans", [True, False])
def test_an_unknown_plan_is_told_with_those_there_are(atlas: Atlas, plans: bool) -> None:
    with pytest.raises(UserError) as caught:
        (atlas if plans else Atlas(())).plan("四季")
    assert caught.value.problems[0].hint == f"现有规划：{'sichuan-strategic-13' if plans else '（无）'}"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("新材料", "新材料"),
        ("新材料产业", "新材料"),
        (" 新 材料 ", "新材料"),
        ("高端装备制造", "高端装备"),
        ("高端装备制造产业", "高端装备"),
        ("电子信息", "新一代信息技术"),
        ("新能源", "新能源"),
        ("新能源汽车", "新能源汽车"),
        ("新能源汽车产业", "新能源汽车"),
    ],
)
def test_a_sector_is_found_as_people_write_it(plan: Plan, written: str, name: str) -> None:
    assert find_sector(plan, written).name == name


@pytest.mark.parametrize(
    ("written", "meant"), [("新材科", "新材料"), ("节能环报", "节能环保"), ("新能源气车", "新能源汽车")]
)
def test_a_misspelt_sector_is_suggested(plan: Plan, written: str, meant: str) -> None:
    with pytest.raises(UserError) as caught:
        find_sector(plan, written)
    (problem,) = caught.value.problems
    assert f"“{written}”" in problem.message
    assert meant in problem.hint


def test_a_sector_like_no_other_is_told_with_all_there_are(plan: Plan) -> None:
    with pytest.raises(UserError) as caught:
        find_sector(plan, "xyz")
    assert all(sector.name in caught.value.problems[0].hint for sector in plan.sectors)


def test_assignments_come_strongest_role_first(plan: Plan) -> None:
    ranks = {role.id: role.rank for role in plan.roles}
    for found in (assignments_of(plan), assignments_of(plan, place="510600"), assignments_of(plan, sector="新能源")):
        assert found
        assert [ranks[item.role] for item in found] == sorted(ranks[item.role] for item in found)


def test_assignments_are_those_asked_for(plan: Plan) -> None:
    assert len(assignments_of(plan)) == len(plan.assignments)
    assert {item.sector for item in assignments_of(plan, sector="新能源")} == {"新能源"}
    assert {item.place for item in assignments_of(plan, place="510600")} == {"510600"}
    (one,) = assignments_of(plan, sector="新能源", place="510600")
    assert (one.sector, one.place) == ("新能源", "510600")
    assert assignments_of(plan, sector="数字创意", place="513400") == ()


def test_an_atlas_is_a_key_of_caches(atlas: Atlas) -> None:
    twin = Atlas(atlas.plans)
    assert {atlas: "one", twin: "twin"}[atlas] == "one"
