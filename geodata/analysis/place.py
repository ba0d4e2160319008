"""Everything that the plans say of one place, grouped as a reader asks for it. Window and command line read this."""

from __future__ import annotations

from typing import NamedTuple

from geodata.atlas import Atlas, assignments_of
from geodata.gazetteer import Place
from geodata.plan import Assignment, Indicator, Plan, Project, Region, Role, Site, Statement

TOGETHER = ("joint", "zone")
"""Kinds of statements on several places as one; they are never handed to each place."""


class PlaceInPlan(NamedTuple):
    """What one plan says of a place. `roles` holds each role with its assignments, strongest first."""

    plan: Plan
    roles: tuple[tuple[Role, tuple[Assignment, ...]], ...]
    together: tuple[Statement, ...]
    statements: tuple[Statement, ...]
    sites: tuple[Site, ...]
    projects: tuple[Project, ...]
    regions: tuple[Region, ...]
    indicators: tuple[Indicator, ...]


def place_in_plans(atlas: Atlas, place: Place) -> tuple[PlaceInPlan, ...]:
    """One entry per plan that says anything of the place; a prefecture includes its counties."""
    found = (_in_plan(plan, place) for plan in atlas.plans)
    return tuple(entry for entry in found if entry is not None)


def _in_plan(plan: Plan, place: Place) -> PlaceInPlan | None:
    code = place.adcode

    def concerns(places: tuple[str, ...], counties: tuple[str, ...]) -> bool:
        if place.is_prefecture:
            return code in places or any(county[:4] == code[:4] for county in counties)
        return code in counties

    assigned = assignments_of(plan, place=code)
    members = {region.id: (region.places, region.counties) for region in plan.regions}
    statements = tuple(
        s
        for s in plan.statements
        if concerns(s.places, s.counties) or any(concerns(*members[region]) for region in s.regions)
    )
    entry = PlaceInPlan(
        plan=plan,
        roles=tuple(
            (role, tuple(item for item in assigned if item.role == role.id))
            for role in sorted(plan.roles, key=lambda role: role.rank)
            if any(item.role == role.id for item in assigned)
        ),
        together=tuple(s for s in statements if s.kind in TOGETHER),
        statements=tuple(s for s in statements if s.kind not in TOGETHER),
        sites=tuple(s for s in plan.sites if concerns((s.place,) if s.place else (), (s.county,) if s.county else ())),
        projects=tuple(p for p in plan.projects if concerns(p.places, p.counties)),
        regions=tuple(r for r in plan.regions if concerns(r.places, r.counties)),
        indicators=tuple(i for i in plan.indicators if code in i.places),
    )
    empty = not any((entry.roles, statements, entry.sites, entry.projects, entry.regions, entry.indicators))
    return None if empty else entry


def joint_statement(entry: PlaceInPlan, assignment: Assignment) -> Statement | None:
    """What the plan says of this place's sector together with other places, if it does."""
    return next(
        (
            statement
            for statement in entry.together
            if statement.kind == "joint" and assignment.sector in statement.sectors
        ),
        None,
    )
