"""What a plan says of an industry: who has which role, or where its facts are."""

from __future__ import annotations

import pytest

from geodata.analysis.items import KINDS, PROJECT, SITE, items
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from geodata.plan import Plan
from geodata.report import Entry, Report
from geodata.sector_report import named_places, role_places, role_words, sector_report


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {plan.id: plan for plan in load_plans()[0]}


def entries(report: Report) -> tuple[Entry, ...]:
    return tuple(entry for part in report.parts for section in part.sections for entry in section.entries)


def test_each_role_has_its_prefectures_and_pages(plans: dict[str, Plan]) -> None:
    core, expansion = entries(sector_report(plans["sichuan-strategic-13"], "新能源汽车"))
    assert (core.title, core.extra) == ("核心发展区", "4 个市（州）")
    assert core.rows[0].text == "成都、泸州、南充、达州"
    assert [piece.target for piece in core.rows[0].pieces if piece.target] == ["510100", "510500", "511300", "511700"]
    assert {citation.reference for citation in core.citations} == {"七（三）2，第39页"}
    assert (expansion.title, expansion.extra) == ("重点拓展区", "9 个市（州）")


def test_only_the_roles_that_are_asked_for(plans: dict[str, Plan]) -> None:
    assert [
        entry.title for entry in entries(sector_report(plans["sichuan-strategic-13"], "新材料", {"核心发展区"}))
    ] == ["核心发展区"]


def test_every_assignment_is_in_the_report_of_its_sector(plans: dict[str, Plan]) -> None:
    plan = plans["sichuan-strategic-13"]
    told = {
        (s.id, found.role.id, place)
        for s in plan.sectors
        for found in role_places(plan, s.id)
        for place in found.places
    }
    assert told == {(item.sector, item.role, item.place) for item in plan.assignments}


def test_the_numbers_of_a_sector_are_said_in_words(plans: dict[str, Plan]) -> None:
    lines = role_words(plans["sichuan-strategic-13"], "新能源汽车").splitlines()
    assert lines[0] == "核心发展区 4 个市（州）：成都、泸州、南充、达州"
    assert lines[1].startswith("重点拓展区 9 个市（州）：德阳、")
    assert role_words(plans["sichuan-strategic-13"], "新能源汽车", "核心发展区") == lines[0]


def test_without_roles_the_places_of_parks_projects_and_statements_with_inference_apart(plans: dict[str, Plan]) -> None:
    plan = plans["sichuan-hightech-14"]
    sector = next(sector.id for sector in plan.sectors if sector.name == "航空航天")
    sites, projects, others = entries(sector_report(plan, sector))
    assert [(row.name, row.text) for row in sites.rows] == [("市（州）", "绵阳"), ("推定在", "成都")]
    assert projects.extra == "4 项，其中 1 项未写明市（州）"
    assert others.rows[0].text == "绵阳"
    assert [(row.name, row.text) for row in projects.rows] == [("据上下文在", "绵阳"), ("推定在", "成都")]
    assert named_places(plan, sector) == ("510700",)


@pytest.mark.parametrize("plan_id", ["sichuan-hightech-14", "sichuan-green-14", "mianyang-green-14"])
def test_no_prefecture_that_only_inference_or_context_names_stands_with_the_stated(
    plans: dict[str, Plan], plan_id: str
) -> None:
    plan, seen = plans[plan_id], set()
    for sector in plan.sectors:
        by_title = {entry.title: entry for entry in entries(sector_report(plan, sector.id))}
        sure = {
            gazetteer()[adcode].parent
            for statement in plan.statements
            if {found.id for found in sector.walk()} & set(statement.sectors)
            for adcode in (*statement.places, *statement.counties)
        }
        for kind in (SITE, PROJECT):
            found = [item for item in items(plan) if item.key.kind == kind and sector.id in item.sectors]
            where = {
                basis: {gazetteer()[spot.place].parent for item in found if item.basis == basis for spot in item.spots}
                for basis in ("stated", "context", "inferred")
            }
            sure |= where["stated"] | where["context"]
            rows = {row.name: row for row in by_title[KINDS[kind]].rows} if found else {}
            for name, places in (
                ("市（州）", where["stated"]),
                ("据上下文在", where["context"] - where["stated"]),
                ("推定在", where["inferred"] - where["context"] - where["stated"]),
            ):
                assert (
                    {piece.target for piece in rows[name].pieces if piece.target} == places
                    if places
                    else name not in rows
                )
                seen |= {name} if places else set()
        if not role_places(plan, sector.id):
            assert set(named_places(plan, sector.id)) == sure
    assert "据上下文在" in seen or plan_id == "sichuan-green-14"


def test_what_names_no_prefecture_says_so(plans: dict[str, Plan]) -> None:
    plan = plans["sichuan-hightech-14"]
    sector = next(sector.id for sector in plan.sectors if sector.name == "绿色低碳")
    projects, others = entries(sector_report(plan, sector))
    assert not projects.rows
    assert projects.extra == "3 项，其中 3 项未写明市（州）"
    assert others.extra == "7 项，没有写明市（州）"
    assert named_places(plan, sector) == ()
