"""What the plans say of one place, and how many places have which role."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from geodata.analysis.coverage import places_per_role, sectors_per_place
from geodata.analysis.place import PlaceInPlan, joint_statement, place_in_plans
from geodata.atlas import Atlas
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from geodata.plan import Plan

CORE, EXPANSION = "核心发展区", "重点拓展区"


@pytest.fixture
def atlas(home: Path) -> Atlas:
    return Atlas(tuple(plan for plan in load_plans()[0] if plan.id == "sichuan-strategic-13"))


@pytest.fixture
def plan(atlas: Atlas) -> Plan:
    return atlas.plans[0]


def entry(atlas: Atlas, name: str) -> PlaceInPlan:
    (found,) = place_in_plans(atlas, gazetteer().resolve(name))
    return found


def test_a_city_s_roles_come_strongest_first_with_their_sectors(atlas: Atlas) -> None:
    roles = {role.name: [item.sector for item in items] for role, items in entry(atlas, "德阳").roles}
    assert list(roles) == [CORE, EXPANSION]
    assert roles[CORE] == ["高端装备", "新材料", "新能源", "节能环保"]
    assert roles[EXPANSION] == ["新一代信息技术", "生物", "新能源汽车", "数字创意"]


def test_what_is_said_of_several_places_is_kept_apart(atlas: Atlas) -> None:
    deyang = entry(atlas, "德阳")
    assert {item.kind for item in deyang.together} == {"zone", "joint"}
    assert not {"zone", "joint"} & {item.kind for item in deyang.statements}
    assert deyang.statements


def test_a_joint_statement_is_found_from_each_of_its_cities(atlas: Atlas) -> None:
    for name in ("攀枝花", "凉山"):
        found = entry(atlas, name)
        (item,) = [item for _, items in found.roles for item in items if item.sector == "新材料"]
        joint = joint_statement(found, item)
        assert joint is not None
        assert joint.focus == ("钒钛", "稀土", "石墨烯")
    deyang = entry(atlas, "德阳")
    (alone,) = [item for _, items in deyang.roles for item in items if item.sector == "新材料"]
    assert joint_statement(deyang, alone) is None


def test_a_prefecture_includes_what_is_said_of_its_counties(atlas: Atlas) -> None:
    assert "夹江军民融合产业基地" in [site.name for site in entry(atlas, "乐山").sites]


def test_a_county_has_what_is_said_of_itself_only(atlas: Atlas) -> None:
    found = entry(atlas, "双流区")
    assert {site.county for site in found.sites} == {"510116"}
    assert (found.roles, found.projects, found.indicators) == ((), (), ())


def test_a_place_of_which_no_plan_says_anything_has_no_entry(atlas: Atlas) -> None:
    assert place_in_plans(atlas, gazetteer().resolve("石渠县")) == ()


@pytest.mark.parametrize("place", gazetteer().prefectures, ids=[place.short for place in gazetteer().prefectures])
def test_every_assignment_of_a_city_is_in_its_entry(atlas: Atlas, plan: Plan, place: object) -> None:
    (found,) = place_in_plans(atlas, place)  # type: ignore[arg-type]
    listed = [item for _, items in found.roles for item in items]
    assert Counter(map(id, listed)) == Counter(id(item) for item in plan.assignments if item.place == place.adcode)  # type: ignore[attr-defined]


def test_a_city_has_what_is_said_of_its_region(atlas: Atlas) -> None:
    (park,) = [item for item in atlas.plans[0].statements if item.id == "成德绵-合作园"]
    assert park.places == ()
    for name in ("成都", "德阳", "绵阳"):
        assert park in entry(atlas, name).statements
    assert park not in entry(atlas, "乐山").statements


def test_places_are_counted_per_sector_and_role(plan: Plan) -> None:
    counts = places_per_role(plan)
    assert (counts["新材料", CORE], counts["新材料", EXPANSION]) == (6, 12)
    assert (counts["生物", CORE], counts["生物", EXPANSION]) == (1, 15)
    assert counts.total() == len(plan.assignments)


def test_sectors_are_counted_per_place_and_role(plan: Plan) -> None:
    counts = sectors_per_place(plan)
    assert counts["510100", CORE] == 8
    assert (counts["510600", CORE], counts["510600", EXPANSION]) == (4, 4)
    assert counts["513200", CORE] == 0
