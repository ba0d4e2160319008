"""Plans as a reader meets them: headings, references to pages, sub-sectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.language import use
from geodata.library import read_plan
from geodata.plan import Citation, Plan


@pytest.fixture
def plan(small: dict[str, Any], tmp_path: Path) -> Plan:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(small), encoding="utf-8")
    return read_plan(file)


@pytest.mark.parametrize(
    ("page", "page_to", "pages", "reference"),
    [
        (24, None, "第24页", "五（六），第24页"),
        (24, 25, "第24—25页", "五（六），第24—25页"),
        (None, None, "", "五（六）"),
    ],
)
def test_a_citation_is_written_as_a_reader_looks_it_up(
    page: int | None, page_to: int | None, pages: str, reference: str
) -> None:
    citation = Citation("五（六）", 0, 9, "0" * 12, page, page_to)
    assert (citation.pages, citation.reference) == (pages, reference)


def test_a_plan_says_its_period(plan: Plan) -> None:
    assert plan.period == "2027—2031"
    use("en")
    try:
        assert plan.period == "2027–2031"
    finally:
        use("zh")


def test_a_heading_has_the_title_and_the_period(plan: Plan) -> None:
    assert plan.heading.startswith("丘陵省示范产业规划")
    assert "2027—2031" in plan.heading


def test_a_title_that_states_its_period_does_not_get_it_twice(plan: Plan) -> None:
    titled = plan._replace(document=plan.document._replace(title="丘陵省示范产业规划（2027—2031年）"))
    assert titled.heading == "丘陵省示范产业规划（2027—2031年）"


def test_roles_sectors_and_sites_are_found_by_id(plan: Plan) -> None:
    assert plan.role("follow").name == "跟随区"
    assert plan.sector("wind/blade").name == "叶片"
    assert plan.site("park").name == "旌湖产业园"


def test_a_sector_lists_itself_and_all_below_it(plan: Plan) -> None:
    assert [[found.id for found in sector.walk()] for sector in plan.sectors] == [["wind", "wind/blade"], ["radar"]]


def test_plans_are_keys_of_caches(plan: Plan) -> None:
    twin = plan._replace()
    assert {plan: "one", twin: "twin"}[plan] == "one"
