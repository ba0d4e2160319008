"""Facts for scripts: the object behind `facts --json`, and the rows of a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.facts import COLUMNS, LISTS, facts, place_value, rows
from geodata.folders import RESOURCES
from geodata.gazetteer import gazetteer
from geodata.library import read_plan
from geodata.plan import Plan

Pack = dict[str, Any]
Found = dict[str, list[dict[str, Any]]]

KEYS = {
    "documents": {"plan", "id", "title", "issuer", "period", "boundary_date", "sha256", "characters", "pages"},
    "sectors": {"plan", "id", "name", "parent", "aliases", "colour", "subsectors", "citations"},
    "roles": {"plan", "id", "name", "rank", "kind", "citations"},
    "assignments": {"plan", "sector", "role", "role_kind", "place", "focus", "positions", "sites", "note", "citations"},
    "sites": {
        "plan", "id", "name", "kind", "precision", "basis", "citations", "aliases", "place", "county", "sectors",
        "lon", "lat", "note",
    },
    "regions": {"plan", "id", "name", "kind", "citations", "aliases", "places", "counties", "sites", "note"},
    "crosswalk": {"plan", "sector", "relation", "other_plan", "other", "why"},
}  # fmt: skip


@pytest.fixture
def plan(small: Pack, tmp_path: Path) -> Plan:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(small), encoding="utf-8")
    return read_plan(file)


@pytest.fixture
def found(plan: Plan) -> Found:
    return facts([plan])


@pytest.fixture(scope="module")
def strategic() -> Plan:
    return read_plan(RESOURCES / "plans" / "sichuan-strategic-13.json")


def test_there_is_a_list_for_every_kind_of_fact(found: Found) -> None:
    assert list(found) == ["documents", "sectors", *LISTS, "crosswalk"]
    assert {"roles", "assignments", "sites", "projects", "regions", "indicators", "statements"} == set(LISTS)


def test_no_plan_gives_empty_lists() -> None:
    assert set(map(tuple, facts([]).values())) == {()}
    assert list(rows([])) == []


@pytest.mark.parametrize("kind", KEYS)
def test_a_fact_has_its_keys(found: Found, kind: str) -> None:
    assert found[kind]
    assert all(set(item) == KEYS[kind] for item in found[kind])


def test_every_fact_says_its_plan(found: Found) -> None:
    assert {item["plan"] for items in found.values() for item in items} == {"hills-1"}


def test_every_fact_has_citations_with_document_section_page_and_passage(found: Found, plan: Plan) -> None:
    for items in (found["sectors"], *(found[name] for name in LISTS)):
        for item in items:
            assert item["citations"]
            for citation in item["citations"]:
                assert citation["document"] == plan.document.id
                assert {"section", "page", "start", "end", "digest"} <= set(citation)
                assert citation["start"] < citation["end"]


def test_page_to_and_exception_stand_only_where_they_say_something(found: Found) -> None:
    lead, follow = found["roles"]
    assert "page_to" not in lead["citations"][0]
    assert follow["citations"][0]["page_to"] == 2
    assert not any("exception" in citation for item in found["sites"] for citation in item["citations"])


def test_places_are_name_and_code(found: Found) -> None:
    assert found["assignments"][0]["place"] == {"name": "德阳市", "adcode": "510600"}
    assert found["sites"][0]["county"] == {"name": "旌阳区", "adcode": "510603"}
    assert found["regions"][0]["places"] == [place_value("510600"), place_value("510700")]
    assert found["projects"][0]["counties"] == [{"name": "旌阳区", "adcode": "510603"}]


def test_an_assignment_says_the_kind_of_its_role(found: Found) -> None:
    assert [(item["role"], item["role_kind"]) for item in found["assignments"]] == [
        ("lead", "core"),
        ("lead", "core"),
        ("follow", "expansion"),
    ]


def test_a_statement_without_a_role_has_no_kind_of_role(found: Found) -> None:
    (statement,) = found["statements"]
    assert statement["role"] is None
    assert "role_kind" not in statement


def test_figures_have_their_year(found: Found) -> None:
    (output,) = found["indicators"]
    assert output["base"] is None
    assert output["target"] == {"year": 2031, "value": 120}


def test_sub_sectors_stand_in_their_sector_and_name_it(found: Found) -> None:
    wind, radar = found["sectors"]
    assert (wind["parent"], wind["colour"]) == (None, 0)
    assert [(child["id"], child["parent"], child["colour"]) for child in wind["subsectors"]] == [
        ("wind/blade", "wind", None)
    ]
    assert radar["subsectors"] == []


def test_facts_are_plain_json(strategic: Plan) -> None:
    found = facts([strategic])
    assert json.loads(json.dumps(found)) == found


def test_nothing_of_a_plan_is_left_out(strategic: Plan) -> None:
    found = facts([strategic])
    for name in ("sectors", *LISTS, "crosswalk"):
        assert len(found[name]) == len(getattr(strategic, name)), name


def test_facts_of_several_plans_stand_together(plan: Plan, strategic: Plan) -> None:
    both = facts([strategic, plan])
    assert [item["id"] for item in both["documents"]] == ["sichuan-strategic-13", "hills-1"]
    assert both["assignments"] == facts([strategic])["assignments"] + facts([plan])["assignments"]


# --- rows ---


def test_a_row_has_every_column_and_no_empty_object(strategic: Plan) -> None:
    for row in rows([strategic]):
        assert tuple(row) == COLUMNS
        assert all(isinstance(value, str | int | float) for value in row.values())
        assert (row["kind"], row["plan"], row["section"]) != ("", "", "")


def test_there_is_a_row_for_each_place_and_each_citation(plan: Plan) -> None:
    joint = [row for row in rows([plan]) if row["kind"] == "statements"]
    assert [row["adcode"] for row in joint] == ["510600", "510700"]
    deyang = [row for row in rows([plan]) if row["kind"] == "assignments" and row["adcode"] == "510600"]
    assert [row["section"] for row in deyang] == ["一", "二"]


def test_sub_sectors_have_rows_of_their_own(plan: Plan) -> None:
    named = [row["name"] for row in rows([plan]) if row["kind"] == "sectors"]
    assert named == ["风电", "叶片", "雷达"]


def test_every_citation_of_a_plan_is_in_the_table(strategic: Plan) -> None:
    from geodata.documents.citing import cited_facts

    wanted = {(citation.start, citation.end) for fact in cited_facts(strategic) for citation in fact.citations}
    assert {(row["start"], row["end"]) for row in rows([strategic])} == wanted


def test_a_row_reads_without_the_rest_of_the_table(plan: Plan) -> None:
    row = next(row for row in rows([plan]) if row["kind"] == "assignments")
    wanted = {
        "sector": "wind",
        "role": "lead",
        "role_kind": "core",
        "place": "德阳市",
        "adcode": "510600",
        "focus": "风电整机",
        "positions": "装备高地",
        "sites": "park",
        "document": "hills-1",
        "page": 1,
    }
    assert {name: row[name] for name in wanted} == wanted
    site = next(row for row in rows([plan]) if row["kind"] == "sites")
    assert (site["county"], site["basis"]) == ("旌阳区", "inferred")


def test_a_site_has_a_position_as_exact_as_its_precision_says(plan: Plan) -> None:
    known = plan.sites[0]._replace(place="510100", county="510116", precision="county", lon=None, lat=None)
    exact = known._replace(id="b", precision="site", lon=104.0, lat=30.5)
    vague = known._replace(id="c", county=None, precision="prefecture")
    nowhere = known._replace(id="d", place=None, county=None, precision="none")
    stated = known._replace(id="e", lon=103.99, lat=30.51)
    sites = facts([plan._replace(sites=(known, exact, vague, nowhere, stated))])["sites"]
    places = gazetteer()
    assert [(site["lon"], site["lat"]) for site in sites] == [
        places["510116"].centre,
        (104.0, 30.5),
        places["510100"].centre,
        (None, None),
        (103.99, 30.51),
    ]
