"""Sites and projects alike, as the map and the list show them: what, whose, where, and how sure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from geodata.gazetteer import gazetteer
from geodata.language import mark
from geodata.plan import Plan, Project, Site

SITE, PROJECT = "site", "project"
KINDS = {SITE: mark("园区、平台"), PROJECT: mark("项目、工程")}
"""Kind of item -> the words for it."""


class ItemKey(NamedTuple):
    """Which item: the plan's id, SITE or PROJECT, and the item's id in that plan's list."""

    plan: str
    kind: str
    id: str


class Spot(NamedTuple):
    """Where an item is: the county if it is known, else the prefecture, and the exact position if that is known.

    `at` is longitude and latitude in degrees (CGCS2000), or None when the item is only known to be in the place.
    """

    place: str
    at: tuple[float, float] | None


class Item(NamedTuple):
    """A site or a project. `category` is the plan's word for its kind; `sectors` are top sectors of the plan.

    `precision` is `site`, `county`, `prefecture` or `none`; `spots` is empty for `none`, and has several entries
    for a project in several places.
    """

    key: ItemKey
    name: str
    category: str
    sectors: tuple[str, ...]
    precision: str
    basis: str
    spots: tuple[Spot, ...]
    fact: Site | Project

    @property
    def is_exact(self) -> bool:
        """Whether the plan itself says where the item is, to the county at least; other marks are hollow."""
        return self.basis != "inferred" and self.precision in ("site", "county")


@lru_cache(maxsize=32)
def items(plan: Plan) -> tuple[Item, ...]:
    """The plan's sites, then its projects, in the order of the pack."""
    tops = {found.id: sector.id for sector in plan.sectors for found in sector.walk()}

    def top_sectors(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tops[sector] for sector in ids))

    sites = (
        Item(
            ItemKey(plan.id, SITE, site.id),
            site.name,
            site.kind,
            top_sectors(site.sectors),
            site.precision,
            site.basis,
            site_spots(site),
            site,
        )
        for site in plan.sites
    )
    projects = (
        Item(
            ItemKey(plan.id, PROJECT, project.id),
            project.name,
            project.kind,
            top_sectors(project.sectors),
            "county" if project.counties else "prefecture" if project.places else "none",
            project.basis,
            _project_spots(project),
            project,
        )
        for project in plan.projects
    )
    return (*sites, *projects)


def site_spots(site: Site) -> tuple[Spot, ...]:
    """Where a site is; nothing when its place is not known."""
    place = site.county or site.place
    if place is None or site.precision == "none":
        return ()
    exact = site.precision == "site" and site.lon is not None and site.lat is not None
    return (Spot(place, (site.lon, site.lat) if exact else None),)  # type: ignore[arg-type]


def _project_spots(project: Project) -> tuple[Spot, ...]:
    """The counties, and the prefectures of which no county is named."""
    named = {county[:4] for county in project.counties}
    whole = (place for place in project.places if place[:4] not in named)
    return tuple(Spot(place, None) for place in (*project.counties, *whole))


def position(spot: Spot) -> tuple[float, float]:
    """Longitude and latitude in degrees to show a spot at: its own, or the middle of its place."""
    return spot.at or gazetteer()[spot.place].centre


def find_item(plans: Iterable[Plan], key: ItemKey | None) -> Item | None:
    """The item of that key; None when no plan has it (any more)."""
    found = (item for plan in plans if key is not None and plan.id == key.plan for item in items(plan))
    return next((item for item in found if item.key == key), None)


@lru_cache(maxsize=8)
def counties_with_facts(plan: Plan) -> frozenset[str]:
    """The counties that the plan says something of by name."""
    facts = (*plan.sites, *plan.projects, *plan.regions, *plan.statements)
    named = {county for fact in facts for county in getattr(fact, "counties", ())}
    return frozenset(named | {site.county for site in plan.sites if site.county})
