"""What a plan says of an industry: who has which role in it, as a report like that of a place.

Where the plan gives nobody a role, the prefectures that its facts on the industry name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from geodata.analysis.items import KINDS, PROJECT, SITE, items
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Citation, Plan, Role
from geodata.report import Entry, Part, Report, Row, Section, links, place_names, places

STATEMENTS = mark("其他内容")

INFERRED = mark("推定在")

BASES = {"stated": mark("市（州）"), "context": mark("据上下文在"), "inferred": INFERRED}
"""The rows of places, by what is known of them from the surest basis to the least."""


class RolePlaces(NamedTuple):
    """A role and the prefectures that have it in a sector, in the plan's order, with the passages that say so."""

    role: Role
    places: tuple[str, ...]
    citations: tuple[Citation, ...]


def role_places(plan: Plan, sector: str) -> tuple[RolePlaces, ...]:
    """The roles that the plan gives anyone in the sector, strongest first."""
    found = []
    for role in sorted(plan.roles, key=lambda role: role.rank):
        given = [item for item in plan.assignments if (item.sector, item.role) == (sector, role.id)]
        if given:
            places = tuple(dict.fromkeys(item.place for item in given))
            found.append(RolePlaces(role, places, _each_once(item.citations for item in given)))
    return tuple(found)


def role_words(plan: Plan, sector: str, role: str | None = None) -> str:
    """`核心发展区 4 个市（州）：成都、泸州、南充、达州`, a line for each role or for the one; empty where there is none."""
    return "\n".join(
        tr("{role} {n} 个市（州）：{names}", role=found.role.name, n=len(found.places), names=place_names(found.places))
        for found in role_places(plan, sector)
        if role in (None, found.role.id)
    )


def sector_report(plan: Plan, sector: str, roles: Collection[str] | None = None) -> Report:
    """The roles of a top sector with their prefectures, all or those of these ids; without roles what else is said."""
    top = plan.sector(sector)
    entries = tuple(
        Entry(
            found.role.name,
            tr("{n} 个市（州）", n=len(found.places)),
            links(mark("市（州）"), places(found.places)),
            found.citations,
            cluster=(top, found.role),
        )
        for found in role_places(plan, sector)
        if roles is None or found.role.id in roles
    )
    if not role_places(plan, sector):
        entries = (*(_items_entry(plan, sector, kind) for kind in (SITE, PROJECT)), _statements_entry(plan, sector))
    entries = tuple(entry for entry in entries if entry.citations)
    return Report(top.name, (), (Part(plan, (Section("", entries, ""),)),) if entries else ())


def named_places(plan: Plan, sector: str) -> tuple[str, ...]:
    """The prefectures with a role in the sector, or where there is none those that its report names, by code; not
    those where only inference puts something."""
    if any(item.sector == sector for item in plan.assignments):
        return tuple(sorted({item.place for item in plan.assignments if item.sector == sector}))
    sections = (section for part in sector_report(plan, sector).parts for section in part.sections)
    rows = (row for section in sections for entry in section.entries for row in entry.rows if row.kind != INFERRED)
    return tuple(sorted({piece.target for row in rows for piece in row.pieces if isinstance(piece.target, str)}))


def _items_entry(plan: Plan, sector: str, kind: str) -> Entry:
    """The sites or projects of a sector: where the plan puts them, and apart from that where only its context does,
    or only inference."""
    found = [item for item in items(plan) if item.key.kind == kind and sector in item.sectors]
    rows: tuple[Row, ...] = ()
    told: set[str] = set()
    for basis, kind_of_row in BASES.items():
        there = _prefectures(spot.place for item in found if item.basis == basis for spot in item.spots)
        rows += links(kind_of_row, places(place for place in there if place not in told))
        told.update(there)
    nowhere = sum(not item.spots for item in found)
    words = tr("{n} 项", n=len(found))
    if nowhere:
        words = tr("{n} 项，其中 {nowhere} 项未写明市（州）", n=len(found), nowhere=nowhere)
    return Entry(tr(KINDS[kind]), words, rows, _each_once(item.fact.citations for item in found))


def _statements_entry(plan: Plan, sector: str) -> Entry:
    """What else the plan says of a sector; only the places that it names itself, not those of a named region."""
    inside = {found.id for found in plan.sector(sector).walk()}
    found = [item for item in plan.statements if inside & set(item.sectors)]
    named = _prefectures(place for item in found for place in (*item.places, *item.counties))
    words = tr("{n} 项", n=len(found)) if named else tr("{n} 项，没有写明市（州）", n=len(found))
    rows = links(mark("市（州）"), places(named))
    return Entry(tr(STATEMENTS), words, rows, _each_once(item.citations for item in found))


def _prefectures(adcodes: Iterable[str]) -> list[str]:
    """Of each place the prefecture: its own, or the one it lies in; by code."""
    return sorted({gazetteer()[adcode].parent for adcode in adcodes})


def _each_once(citations: Iterable[tuple[Citation, ...]]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(citation for group in citations for citation in group))
