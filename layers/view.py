"""ViewState: what is shown and how, as one frozen value. Changing a view makes another view."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from geodata.analysis.items import ItemKey
from geodata.gazetteer import gazetteer
from geodata.language import mark
from geodata.plan import Plan, Sector
from layers.template import NAMES, Template

STYLES: dict[str, str] = {
    "auto": mark("自动"),
    "zones": mark("分区"),
    "stripes": mark("条纹"),
    "glyphs": mark("环形符号"),
    "count": mark("重叠个数"),
    "multiples": mark("分产业小图"),
}
"""Style -> the words for it. `auto`: zones for one sector, stripes for two, ring glyphs for more; `count`: how many sectors each place has;
`multiples`: a small map for each sector, on sheets only."""

LAYERS = {"sites": mark("园区、平台"), "projects": mark("项目、工程"), "regions": mark("区域")}
"""What can be laid over the roles -> the words for it."""

FIRST_LAYERS = frozenset({"sites", "projects"})
"""What a fresh start lays over the roles."""

MOST_BW = 4
"""Sectors whose hatchings can be told apart where they lie over each other in black and white."""

Pair = tuple[str, str]
"""(sector id, role id); the role is NO_ROLE for a sector in which the plan gives nobody a role."""

NO_ROLE = ""


class ViewState(NamedTuple):
    """A plan, the (sector, role) pairs of it that are on, and the choices of display.

    `layers` are keys of LAYERS; `place` is the adcode of the selected prefecture or county and `item` the selected
    site or project, which may be of another plan; `group` are places highlighted together; `extent_of` is the
    prefecture, or as `region:` and its id the region, that a figure zooms to; an empty `title` stands for the one made from what is shown; `approval` is the
    审图号 the user typed.
    """

    plan: str
    shown: frozenset[Pair] = frozenset()
    style: str = "auto"
    layers: frozenset[str] = frozenset()
    place: str | None = None
    item: ItemKey | None = None
    group: tuple[str, ...] = ()
    extent_of: str | None = None
    title: str = ""
    approval: str = ""
    template: Template = Template()

    def is_on(self, sector: str, role: str) -> bool:
        return (sector, role) in self.shown

    def with_pairs(self, pairs: Iterable[Pair], on: bool) -> ViewState:
        """The view with these pairs switched on or off."""
        changed = self.shown.union(pairs) if on else self.shown.difference(pairs)
        return self._replace(shown=changed)

    def of_plan(self, plan: str) -> ViewState:
        """The view turned to the plan of that id: itself, or with nothing on where it was of another."""
        if plan == self.plan:
            return self
        return ViewState(plan, frozenset(), self.style, self.layers, self.place, self.item, template=self.template)


def role_pairs(plan: Plan, sector: str) -> tuple[Pair, ...]:
    """The sector with each role that the plan gives anyone in it, strongest first; with NO_ROLE when there is none."""
    used = {assignment.role for assignment in plan.assignments if assignment.sector == sector}
    roles = sorted((role for role in plan.roles if role.id in used), key=lambda role: role.rank)
    return tuple((sector, role.id) for role in roles) or ((sector, NO_ROLE),)


def shown_sectors(plan: Plan, view: ViewState) -> tuple[Sector, ...]:
    """The sectors of which anything is on, in the plan's order."""
    on = {sector for sector, _ in view.shown}
    return tuple(sector for sector in plan.sectors if sector.id in on)


def all_pairs(plan: Plan, view: ViewState) -> frozenset[Pair]:
    """The sectors of which anything is on, with all their roles."""
    return frozenset(pair for sector in shown_sectors(plan, view) for pair in role_pairs(plan, sector.id))


def core_pairs(plan: Plan, view: ViewState) -> frozenset[Pair]:
    """Of all_pairs those whose role is of kind core; sectors in which nobody has such a role have none."""
    core = {role.id for role in plan.roles if role.kind == "core"}
    return frozenset(pair for pair in all_pairs(plan, view) if pair[1] in core)


def effective_style(plan: Plan, view: ViewState) -> str:
    """The chosen style, or the one of `zones`, `stripes` and `glyphs` that fits the number of sectors.

    Zones can tell one sector only; with more they give way to stripes.
    """
    number = len({sector for sector, role in view.shown if role != NO_ROLE})
    if number == 0 and view.style in ("count", "multiples"):  # nothing to count or to make small maps of
        return "zones"
    if view.style == "zones" and number > 1:
        return "stripes" if not view.template.bw or number <= MOST_BW else "glyphs"
    if view.style == "stripes" and view.template.bw and number > MOST_BW:
        return "glyphs"
    if view.style != "auto":
        return view.style
    return "zones" if number <= 1 else "stripes" if number <= (MOST_BW if view.template.bw else 2) else "glyphs"


def first_view(plan: Plan) -> ViewState:
    """What a fresh start shows: the plan's first sector with all its roles, and what lies over them."""
    first = plan.sectors[:1]
    return view_for(plan, (sector.id for sector in first))._replace(layers=FIRST_LAYERS)


def view_for(plan: Plan, sectors: Iterable[str]) -> ViewState:
    """The view with these sectors on, with all their roles."""
    return ViewState(plan.id, frozenset(pair for sector in sectors for pair in role_pairs(plan, sector)))


def view_to_json(view: ViewState) -> str:
    """The lasting part of a view, to be kept between starts."""
    return json.dumps(
        {
            "plan": view.plan,
            "shown": sorted(map(list, view.shown)),
            "style": view.style,
            "bw": view.template.bw,
            "names": view.template.names,
            "layers": sorted(view.layers),
            "place": view.place,
            "item": view.item,
        },
        ensure_ascii=False,
    )


def plan_of(text: str) -> str | None:
    """The plan of a kept view, before any plan is read; None when the text is no view."""
    try:
        plan = json.loads(text)["plan"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return plan if isinstance(plan, str) else None


def view_from_json(text: str, plans: Iterable[Plan]) -> ViewState | None:
    """The kept view as far as the plans still have what it shows; None when it makes no sense any more."""
    try:
        raw = json.loads(text)
        plan = next(plan for plan in plans if plan.id == raw["plan"])
        known = {pair for sector in plan.sectors for pair in role_pairs(plan, sector.id)}
        shown = frozenset((str(sector), str(role)) for sector, role in raw["shown"]) & known
        style = raw["style"] if raw["style"] in STYLES else "auto"
        layers = frozenset(raw.get("layers", FIRST_LAYERS)) & frozenset(LAYERS)
        place = raw["place"] if raw["place"] in gazetteer().places else None
        item = ItemKey(*map(str, raw["item"])) if raw.get("item") else None
        template = Template(bw=raw.get("bw") is True, names=raw["names"] if raw.get("names") in NAMES else "short")
    except (ValueError, TypeError, KeyError, StopIteration, RecursionError):
        return None
    return ViewState(plan.id, shown, style, layers, place, item, template=template)
