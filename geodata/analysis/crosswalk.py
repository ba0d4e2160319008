"""Crosswalk: which sectors of other plans a sector is the same as, part of, or contains.

These are the compiler's judgements. A row stands in one pack and is read from both of its plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from geodata.atlas import Atlas
from geodata.language import mark, tr
from geodata.plan import Link, Plan, Sector
from geodata.problems import Problem

WORDS = {"same": mark("同"), "part_of": mark("属于"), "contains": mark("包含"), "none": mark("没有相当的产业")}
"""Relation -> how a reader is told, the best match first."""

REVERSED = {"same": "same", "part_of": "contains", "contains": "part_of"}


class Related(NamedTuple):
    """How the sector asked for stands to `sector` of `plan`, which is in the top sector `top`.

    `part` is the sub-sector of the asked one that this is about; None when it is the asked one itself. With
    the relation `none` there is no `sector` and no `top`.
    """

    relation: str
    plan: Plan
    sector: Sector | None
    top: Sector | None
    why: str
    part: Sector | None = None


def related(atlas: Atlas, plan_id: str, sector_id: str) -> tuple[Related, ...]:
    """What the crosswalk says of a sector and of its sub-sectors, for the other plans in the order of the atlas.

    In each plan the sector itself comes before its sub-sectors, and the best match first. Rows on plans or sectors
    that the atlas does not have are left out. Raises UserError when there is no such plan, KeyError when it has no
    such sector.
    """
    plan = atlas.plan(plan_id)
    asked = _tops(plan)[sector_id][0]
    tree = {sector.id: sector for sector in asked.walk()}
    places = {id: index for index, id in enumerate(tree)}
    ranks = {relation: index for index, relation in enumerate(WORDS)}
    found: list[Related] = []
    for other in atlas.plans:
        if other is plan:
            continue
        tops = _tops(other)
        here = [
            (places[link.sector], ranks[link.relation], link)
            for link in _links(plan, other)
            if link.sector in tree and (link.other is None or link.other in tops)
        ]
        for place, _, link in sorted(here, key=lambda item: item[:2]):
            sector, top = tops[link.other] if link.other is not None else (None, None)
            part = tree[link.sector] if place else None
            found.append(Related(link.relation, other, sector, top, link.why, part))
    return tuple(found)


def matching_sectors(atlas: Atlas, plan_id: str, sector_id: str) -> tuple[tuple[Plan, Sector], ...]:
    """The top sectors of other plans to look at beside a sector, each once, in the order of `related`."""
    matches = [(item.plan, item.top) for item in related(atlas, plan_id, sector_id) if item.top is not None]
    return tuple({(plan.id, top.id): (plan, top) for plan, top in matches}.values())


def crosswalk_words(items: Iterable[Related]) -> str:
    """A line for each: `同：《…》先进材料（…）`; of a sub-sector `其中集成电路，同：《…》电子信息—集成电路（…）`."""
    return "\n".join(map(_words, items))


def _words(item: Related) -> str:
    part = tr("其中{name}，", name=item.part.name) if item.part is not None else ""
    relation, plan = tr(WORDS[item.relation]), item.plan.title
    if item.sector is None or item.top is None:
        return part + tr("《{plan}》{relation}（{why}）", plan=plan, relation=relation, why=item.why)
    name = item.sector.name
    if item.sector is not item.top:
        name = tr("{first}—{last}", first=item.top.name, last=name)
    return part + tr("{relation}：《{plan}》{name}（{why}）", relation=relation, plan=plan, name=name, why=item.why)


def crosswalk_problems(plans: Iterable[Plan], library: Iterable[Plan]) -> tuple[Problem, ...]:
    """What is wrong with the crosswalks of `plans` beside the plans of the `library`.

    A row on a plan that the library does not have is allowed. A sector that such a plan lacks, a pair that both
    packs give, and `none` for a sector that another row relates are problems.
    """
    known = {plan.id: plan for plan in library}
    found: list[Problem] = []
    for plan in plans:
        for index, link in enumerate(plan.crosswalk):
            if (other := known.get(link.plan)) is not None and (fault := _fault(plan, link, other)) is not None:
                found.append(Problem(f"{plan.id} crosswalk[{index}]", *fault))
    return tuple(found)


def _fault(plan: Plan, link: Link, other: Plan) -> tuple[str, str] | None:
    if link.other is None:
        if any(row.sector == link.sector and row.other is not None for row in _links(plan, other)):
            said = tr("“{sector}”在《{plan}》中既写了 none，又写了对应", sector=link.sector, plan=other.title)
            return said, tr("删去其中一条")
        return None
    if link.other not in (ids := _tops(other)):
        from difflib import get_close_matches

        close = get_close_matches(link.other, ids, 1, 0.4)
        known = tr("、").join(sector.id for sector in other.sectors)
        hint = tr("是不是“{name}”？", name=close[0]) if close else tr("可选的产业：{names}", names=known)
        return tr("《{plan}》中没有产业“{sector}”", plan=other.title, sector=link.other), hint
    if any((row.sector, row.plan, row.other) == (link.other, plan.id, link.sector) for row in other.crosswalk):
        both = tr("、").join((link.sector, link.other))
        return tr("与《{plan}》的数据包重复：{sectors}", plan=other.title, sectors=both), tr("只写在较晚的规划中")
    return None


def _links(plan: Plan, other: Plan) -> Iterator[Link]:
    """All rows between two plans as `plan` reads them, whichever pack they stand in."""
    yield from (link for link in plan.crosswalk if link.plan == other.id)
    for link in other.crosswalk:
        if link.plan == plan.id and link.other is not None:
            yield Link(link.other, REVERSED[link.relation], other.id, link.sector, link.why)


def _tops(plan: Plan) -> dict[str, tuple[Sector, Sector]]:
    """Id -> the sector or sub-sector, and the top sector that it is in."""
    return {sector.id: (sector, top) for top in plan.sectors for sector in top.walk()}
