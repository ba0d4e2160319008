"""Coverage: how many places each role of each sector has, and how many sectors each place has in each role."""

from __future__ import annotations

from collections import Counter

from geodata.plan import Plan


def places_per_role(plan: Plan) -> Counter[tuple[str, str]]:
    """(sector id, role id) -> number of places."""
    return Counter((assignment.sector, assignment.role) for assignment in plan.assignments)


def sectors_per_place(plan: Plan) -> Counter[tuple[str, str]]:
    """(adcode, role id) -> number of sectors."""
    return Counter((assignment.place, assignment.role) for assignment in plan.assignments)
