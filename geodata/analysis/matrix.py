"""The matrix of a plan: prefectures down, sectors across, and in each cell what the plan gives that city there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from geodata.analysis.items import SITE, Item, items
from geodata.atlas import assignments_of
from geodata.gazetteer import Place, gazetteer
from geodata.plan import Assignment, Citation, Plan, Role, Sector, Statement

NAME, CODE, TOTAL, LIKENESS = "name", "code", "total", "likeness"
"""Orders of the cities besides the sectors' ids: by pinyin, adcode, strongest total, and like beside like."""


class Cell(NamedTuple):
    """A city in a sector: its roles, strongest first, with their assignments; joint statements that name the city with
    others; and the sites and projects of the sector that are known to be in the city."""

    roles: tuple[tuple[Role, Assignment], ...] = ()
    joint: tuple[Statement, ...] = ()
    sites: tuple[Item, ...] = ()
    projects: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return self.sites + self.projects

    @property
    def inferred(self) -> int:
        """How many of the items are in the city by inference only."""
        return sum(item.basis == "inferred" for item in self.items)

    @property
    def focus(self) -> tuple[str, ...]:
        """The focus terms of the assignments, each once."""
        return tuple(dict.fromkeys(term for _, item in self.roles for term in item.focus))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the cell stands on: the passages of the assignments, or where there are none those of the joint
        statements, or of the items."""
        given = [item.citations for _, item in self.roles] or [item.citations for item in self.joint]
        given = given or [item.fact.citations for item in self.items]
        return tuple(dict.fromkeys(citation for citations in given for citation in citations))

    def plus(self, other: Cell) -> Cell:
        """What either has, the other's after its own."""
        return Cell(
            self.roles + other.roles,
            self.joint + other.joint,
            self.sites + other.sites,
            self.projects + other.projects,
        )


class Total(NamedTuple):
    """Of a row, a column or all: how many (city, sector) pairs have each role, strongest role first; and how many
    sites and projects, each counted once."""

    roles: tuple[tuple[Role, int], ...]
    sites: int
    projects: int


class Matrix(NamedTuple):
    """`cells` has an entry for every place and sector, keyed by adcode and sector id; totals are of these sectors.

    `unplaced` is how many sites and projects of these sectors the plan puts in no prefecture: they are in no cell.
    """

    plan: Plan
    places: tuple[Place, ...]
    sectors: tuple[Sector, ...]
    cells: dict[tuple[str, str], Cell]
    rows: dict[str, Total]
    columns: dict[str, Total]
    total: Total
    unplaced: int

    def cell(self, adcode: str, sector: str) -> Cell:
        return self.cells[adcode, sector]


@lru_cache(maxsize=8)
def matrix(plan: Plan, shown: frozenset[str] | None = None) -> Matrix:
    """The plan's prefectures and top sectors in their own order; with `shown`, only the sectors of these ids."""
    places = gazetteer().prefectures
    sectors = tuple(sector for sector in plan.sectors if shown is None or sector.id in shown)
    tops = {found.id: top.id for top in plan.sectors for found in top.walk()}
    listed = {sector.id for sector in sectors}
    roles = {role.id: role for role in plan.roles}
    found: dict[tuple[str, str], Cell] = {(place.adcode, sector.id): Cell() for place in places for sector in sectors}

    def put(place: str, sector: str, add: Cell) -> None:
        key = (place, tops[sector])
        if key in found:
            found[key] = found[key].plus(add)

    for assignment in assignments_of(plan):
        put(assignment.place, assignment.sector, Cell(((roles[assignment.role], assignment),)))
    for statement in plan.statements:
        if statement.kind == "joint":
            for sector in dict.fromkeys(tops[sector] for sector in statement.sectors):
                for place in statement.places:
                    put(place, sector, Cell(joint=(statement,)))
    for item in items(plan):
        add = Cell(sites=(item,)) if item.key.kind == SITE else Cell(projects=(item,))
        for place in dict.fromkeys(spot.place[:4] + "00" for spot in item.spots):
            for sector in item.sectors:
                put(place, sector, add)
    return Matrix(
        plan,
        places,
        sectors,
        found,
        {place.adcode: _total(plan, (found[place.adcode, sector.id] for sector in sectors)) for place in places},
        {sector.id: _total(plan, (found[place.adcode, sector.id] for place in places)) for sector in sectors},
        _total(plan, found.values()),
        sum(not item.spots and any(sector in listed for sector in item.sectors) for item in items(plan)),
    )


def _total(plan: Plan, cells: Iterable[Cell]) -> Total:
    cells = tuple(cells)
    ranked = sorted(plan.roles, key=lambda role: role.rank)
    counts = ((role, sum(any(found is role for found, _ in cell.roles) for cell in cells)) for role in ranked)
    sites = {item.key for cell in cells for item in cell.sites}
    projects = {item.key for cell in cells for item in cell.projects}
    return Total(tuple(counts), len(sites), len(projects))


def ordered(table: Matrix, key: str = CODE, reverse: bool = False) -> tuple[str, ...]:
    """The adcodes by NAME, CODE, TOTAL, LIKENESS or a sector's id; of equal ones the lower code comes first.

    TOTAL counts the strongest role first, then the weaker ones, then sites and projects; a sector's order is that of
    the strongest role, then of the number of sites and projects. `reverse` turns the order of what differs.
    """
    codes = [place.adcode for place in table.places]
    if key == CODE:
        return tuple(reversed(codes)) if reverse else tuple(codes)
    if key == LIKENESS:
        from geodata.analysis.likeness import like_order

        return tuple(reversed(like_order(table))) if reverse else like_order(table)
    names = gazetteer()

    def place_of(code: str) -> tuple[object, ...]:
        if key == NAME:
            return tuple(names[code].pinyin.split())
        if key == TOTAL:
            total = table.rows[code]
            return (*(-number for _, number in total.roles), -total.sites - total.projects)
        cell = table.cell(code, key)
        weakest = 1 + max((role.rank for role in table.plan.roles), default=0)
        return (min((role.rank for role, _ in cell.roles), default=weakest), -len(cell.items))

    return tuple(sorted(codes, key=place_of, reverse=reverse))


def without_empty(table: Matrix, codes: Iterable[str]) -> tuple[str, ...]:
    """The cities that have anything in any column."""
    return tuple(code for code in codes if any(any(table.cell(code, sector.id)) for sector in table.sectors))


class Group(NamedTuple):
    """Cities that belong together, in their order. `words` is what they are together for, in a reader's words."""

    words: str
    places: tuple[str, ...]


def by_zone(codes: Collection[str]) -> tuple[Group, ...]:
    """The cities by economic zone, each zone in the order of `codes`; zones without a city are left out."""
    from geodata.analysis.zones import economic_zones

    groups = (Group(name, tuple(code for code in codes if code in members)) for name, members in economic_zones().zones)
    return tuple(group for group in groups if group.places)
