"""Turning to another plan with what is shown kept, as far as the crosswalk says what it is called there."""

from __future__ import annotations

from typing import NamedTuple

from geodata.analysis.crosswalk import WORDS, related
from geodata.atlas import Atlas
from geodata.language import tr
from geodata.plan import Plan, Sector
from layers.view import ViewState, first_view, shown_sectors, view_for


class Match(NamedTuple):
    """A shown sector and the top sector `other` of the other plan that it is turned to. `relation`, as in the crosswalk,
    is to `other` or to the sub-sector `part` of it."""

    sector: Sector
    relation: str
    other: Sector
    part: Sector | None = None

    @property
    def words(self) -> str:
        """`新材料→先进材料（同）`; to a part `动力电池→新能源汽车（同其中动力电池）`."""
        names = {"sector": self.sector.name, "other": self.other.name, "relation": tr(WORDS[self.relation])}
        if self.part is None:
            return tr("{sector}→{other}（{relation}）", **names)
        return tr("{sector}→{other}（{relation}其中{part}）", **names, part=self.part.name)


class Turned(NamedTuple):
    """The view of the other plan, what it was made of, and the shown sectors that have no match there; `instead` are
    the sectors that are on because none has one."""

    view: ViewState
    matches: tuple[Match, ...]
    lost: tuple[Sector, ...]
    instead: tuple[Sector, ...] = ()

    @property
    def words(self) -> str:
        """`新材料→先进材料（同）；没有相当的产业：生物`; empty when nothing was shown."""
        parts = [match.words for match in self.matches]
        if self.lost:
            lost = tr("、").join(sector.name for sector in self.lost)
            parts.append(tr("{none}：{sectors}", none=tr(WORDS["none"]), sectors=lost))
        if self.instead:
            parts.append(tr("改为显示：{sectors}", sectors=tr("、").join(sector.name for sector in self.instead)))
        return tr("；").join(parts)


def turn_to(atlas: Atlas, view: ViewState, plan_id: str) -> Turned:
    """The view turned to another plan: style, layers, selection and template stay, and each shown sector becomes what
    the crosswalk calls the same there, else what it is part of, else what it contains. When none has a match, the
    plan's first sector is on; when nothing was shown, nothing is. Raises UserError when there is no such plan.
    """
    plan, before = atlas.plan(plan_id), atlas.plan(view.plan)
    if plan is before:
        return Turned(view, (), ())
    shown = shown_sectors(before, view)
    found = {sector.id: _matches(atlas, before, sector, plan) for sector in shown}
    matches = tuple(match for row in found.values() for match in row)
    wanted = {match.other.id for match in matches}
    pairs = view_for(plan, (sector.id for sector in plan.sectors if sector.id in wanted)).shown
    instead: tuple[Sector, ...] = ()
    if shown and not pairs:
        instead, pairs = plan.sectors[:1], first_view(plan).shown
    turned = view._replace(plan=plan.id, shown=pairs, title="")
    return Turned(turned, matches, tuple(sector for sector in shown if not found[sector.id]), instead)


def _matches(atlas: Atlas, plan: Plan, sector: Sector, other: Plan) -> tuple[Match, ...]:
    """The sector's matches in the other plan, of the best relation that there is. Its own sub-sectors do not count, nor
    does what it contains only a part of: the rest of that would be shown for what it is not."""
    rows = [
        Match(sector, item.relation, item.top, None if item.sector is item.top else item.sector)
        for item in related(atlas, plan.id, sector.id)
        if item.plan is other and item.part is None and item.top is not None
    ]
    rows = [row for row in rows if row.part is None or row.relation != "contains"]
    best = rows[0].relation if rows else ""
    return tuple({row.other.id: row for row in rows if row.relation == best}.values())
