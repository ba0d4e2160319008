"""Atlas: all plans and places together, and the questions one asks of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from geodata.gazetteer import Gazetteer, gazetteer
from geodata.identity import by_identity
from geodata.language import tr
from geodata.plan import Assignment, Plan, Sector
from geodata.problems import fail


@by_identity
class Atlas(NamedTuple):
    """Immutable; a changed library makes a new atlas."""

    plans: tuple[Plan, ...]

    @property
    def places(self) -> Gazetteer:
        return gazetteer()

    def plan(self, plan_id: str) -> Plan:
        """The plan of this id or title. Raises UserError with the ids there are."""
        for plan in self.plans:
            if plan_id in (plan.id, plan.title, plan.document.title):
                return plan
        from difflib import get_close_matches

        ids = [plan.id for plan in self.plans]
        close = get_close_matches(plan_id, ids, 1)
        known = tr("、").join(ids) or tr("（无）")
        hint = tr("是不是要找：{names}？", names=close[0]) if close else tr("现有规划：{names}", names=known)
        raise fail("", tr("没有编号为“{id}”的规划", id=plan_id), hint)


def find_sector(plan: Plan, name: str) -> Sector:
    """The top sector that people mean by `name`: id, name or alias, with or without 产业.

    Raises UserError with suggestions when there is none.
    """
    wanted = "".join(name.split()).lower()
    names: dict[str, Sector] = {}
    for sector in plan.sectors:
        for known in (sector.id, sector.name, *sector.aliases):
            names.setdefault(known.lower(), sector)
    for key in (wanted, wanted.removesuffix("产业"), wanted + "产业"):
        if key in names:
            return names[key]
    from difflib import get_close_matches

    close = get_close_matches(wanted, names, 3, 0.5)
    suggestions = list(dict.fromkeys(names[key].name for key in close))
    if suggestions:
        hint = tr("是不是要找：{names}？", names=tr("、").join(suggestions))
    else:
        hint = tr("可选的产业：{names}", names=tr("、").join(sector.name for sector in plan.sectors))
    raise fail("", tr("《{plan}》中没有产业“{sector}”", plan=plan.title, sector=name), hint)


def assignments_of(plan: Plan, sector: str | None = None, place: str | None = None) -> tuple[Assignment, ...]:
    """The plan's assignments of a sector, a place or both, strongest role first, else in the plan's order."""
    ranks = {role.id: role.rank for role in plan.roles}
    found: Iterable[Assignment] = (
        assignment
        for assignment in plan.assignments
        if sector in (None, assignment.sector) and place in (None, assignment.place)
    )
    return tuple(sorted(found, key=lambda assignment: ranks[assignment.role]))
