"""Clusters: what one plan assigns to a prefecture in one sector, with what carries it and who shares it."""

from __future__ import annotations

from typing import NamedTuple

from geodata.atlas import assignments_of
from geodata.gazetteer import gazetteer
from geodata.plan import Assignment, Plan, Project, Role, Sector, Site


class Cluster(NamedTuple):
    """A sector of a prefecture in its role: the chain of focus terms, positions, carriers, projects of the sector
    there, and the `group` of adjoining prefectures that have the same role in the sector, itself among them."""

    sector: Sector
    role: Role
    assignment: Assignment
    carriers: tuple[Site, ...]
    projects: tuple[Project, ...]
    group: tuple[str, ...]


def clusters(plan: Plan, adcode: str) -> tuple[Cluster, ...]:
    """The prefecture's clusters, strongest role first, else in the plan's order."""
    return tuple(_cluster(plan, item) for item in assignments_of(plan, place=adcode))


def _cluster(plan: Plan, item: Assignment) -> Cluster:
    sector = plan.sector(item.sector)
    inside = {found.id for found in sector.walk()}
    carriers = [plan.site(site) for site in item.sites]
    projects = (
        project for project in plan.projects if item.place in project.places and inside.intersection(project.sectors)
    )
    group = contiguous(plan, item.sector, item.role, item.place)
    return Cluster(sector, plan.role(item.role), item, tuple(carriers), tuple(projects), group)


def contiguous(plan: Plan, sector: str, role: str, adcode: str) -> tuple[str, ...]:
    """The prefectures with this role in the sector that can be reached from one over shared borders, by adcode."""
    names = gazetteer()
    same = {item.place for item in plan.assignments if (item.sector, item.role) == (sector, role)}
    found: set[str] = set()
    waiting = [adcode]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += same.intersection(names[here].adjoins)
    return tuple(sorted(found))
