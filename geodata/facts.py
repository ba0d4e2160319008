"""Facts as plain values for scripts: the object behind `facts --json`, and rows for tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from geodata.analysis.items import position, site_spots
from geodata.analysis.place import place_in_plans
from geodata.atlas import Atlas
from geodata.gazetteer import Place, gazetteer
from geodata.plan import Citation, Link, Plan, Sector, Site

LISTS = ("roles", "assignments", "sites", "projects", "regions", "indicators", "statements")
"""The lists of facts besides `documents` and `sectors`, in the order in which they are given."""

PLAIN = ("plan", "id", "role", "role_kind", "unit", "comparator", "status", "lon", "lat", "precision", "basis", "note")
"""Fields that go into a row as they are."""

COLUMNS = (
    "kind", "plan", "id", "name", "sector", "role", "role_kind", "place", "adcode", "county", "focus", "positions",
    "sites", "unit", "comparator", "base_year", "base", "target_year", "target", "details", "status", "lon", "lat",
    "precision", "basis", "note", "document", "section", "page", "start", "end",
)  # fmt: skip
"""Columns of a table of facts: one row for each fact, place and citation."""


def facts(plans: Iterable[Plan]) -> dict[str, list[dict[str, Any]]]:
    """Every fact of the plans: `documents`, `sectors` and LISTS, places as {"name", "adcode"}; and `crosswalk`.

    `lon` and `lat` of a site are as exact as `precision` says: for `county` and `prefecture` a point in the middle of
    the place. A row of the crosswalk is a judgement on two plans and stands on no passage: it has no citations.
    """
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("documents", "sectors", *LISTS, "crosswalk")}
    for plan in plans:
        document = _values(plan.document, plan)
        found["documents"].append({"plan": plan.id, **document, "period": list(plan.document.period)})
        found["sectors"] += [_sector(sector, plan, None) for sector in plan.sectors]
        for name in LISTS:
            found[name] += [{"plan": plan.id, **_values(fact, plan)} for fact in getattr(plan, name)]
        found["crosswalk"] += [_link(link, plan) for link in plan.crosswalk]
    return found


def place_facts(atlas: Atlas, place: Place) -> dict[str, list[dict[str, Any]]]:
    """What the plans say of one place, the same facts that the window lists, as facts() gives them."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS if name != "roles"}
    for entry in place_in_plans(atlas, place):
        said = {
            "assignments": [item for _, assigned in entry.roles for item in assigned],
            "sites": entry.sites,
            "projects": entry.projects,
            "regions": entry.regions,
            "indicators": entry.indicators,
            "statements": (*entry.together, *entry.statements),
        }
        for name in found:
            found[name] += [{"plan": entry.plan.id, **_values(fact, entry.plan)} for fact in said[name]]
    return found


def place_value(adcode: str) -> dict[str, str]:
    """A place as scripts see it."""
    return {"name": gazetteer()[adcode].name, "adcode": adcode}


def citation_value(citation: Citation, plan: Plan) -> dict[str, Any]:
    """A citation as scripts see it; `page_to` and `exception` only where they say something."""
    value: dict[str, Any] = {
        "document": plan.document.id,
        "section": citation.section,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "digest": citation.digest,
    }
    if citation.page_to is not None:
        value["page_to"] = citation.page_to
    if citation.exception:
        value["exception"] = citation.exception
    return value


def _values(fact: Any, plan: Plan) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in zip(fact._fields, fact, strict=True):
        match name:
            case "citations":
                values["citations"] = [citation_value(citation, plan) for citation in value]
            case "place" | "county":
                values[name] = None if value is None else place_value(value)
            case "places" | "counties":
                values[name] = [place_value(code) for code in value]
            case "base" | "target":
                values[name] = None if value is None else {"year": value.year, "value": value.value}
            case _:
                values[name] = list(value) if isinstance(value, tuple) else value
            # role_kind stands beside the role that it explains
        if name == "role" and value is not None:
            values["role_kind"] = plan.role(value).kind
    if isinstance(fact, Site) and fact.lon is None and (spots := site_spots(fact)):
        values["lon"], values["lat"] = position(spots[0])
    if "citations" in values:
        values["citations"] = values.pop("citations")
    return values


def _sector(sector: Sector, plan: Plan, parent: str | None) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "id": sector.id,
        "name": sector.name,
        "parent": parent,
        "aliases": list(sector.aliases),
        "colour": sector.colour if parent is None else None,
        "subsectors": [_sector(child, plan, sector.id) for child in sector.subsectors],
        "citations": [citation_value(citation, plan) for citation in sector.citations],
    }


def _link(link: Link, plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "sector": link.sector,
        "relation": link.relation,
        "other_plan": link.plan,
        "other": link.other,
        "why": link.why,
    }


def rows(plans: Iterable[Plan]) -> Iterator[dict[str, Any]]:
    """Rows of COLUMNS: one for each fact, each of its places, and each of its citations; not the crosswalk."""
    given = facts(plans)
    for kind in ("sectors", *LISTS):
        for fact in given[kind]:
            yield from _fact_rows(kind, fact)
            below = list(fact.get("subsectors", ()))
            while below:
                child = below.pop(0)
                yield from _fact_rows(kind, child)
                below = child["subsectors"] + below


def _fact_rows(kind: str, fact: dict[str, Any]) -> Iterator[dict[str, Any]]:
    counties = fact.get("counties") or ([fact["county"]] if fact.get("county") else [])
    common = {
        **{name: fact.get(name) for name in PLAIN},
        "kind": kind,
        "name": fact.get("name") or fact.get("summary"),
        "sector": fact.get("sector") or "；".join(fact.get("sectors", ())),
        "county": "；".join(county["name"] for county in counties),
        **{name: "；".join(fact.get(name, ())) for name in ("focus", "positions", "sites", "details")},
        **{name: (fact.get(name) or {}).get("value") for name in ("base", "target")},
        **{f"{name}_year": (fact.get(name) or {}).get("year") for name in ("base", "target")},
    }
    places = fact.get("places") or ([fact["place"]] if fact.get("place") else [None])
    for place in places:
        for citation in fact["citations"]:
            row = {
                **common,
                "place": place and place["name"],
                "adcode": place and place["adcode"],
                **{name: citation[name] for name in ("document", "section", "page", "start", "end")},
            }
            yield {name: "" if row[name] is None else row[name] for name in COLUMNS}
