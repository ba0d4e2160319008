"""What the tips over the map say, as plain text."""

from __future__ import annotations

from geodata.analysis.items import find_item
from geodata.atlas import Atlas
from geodata.language import tr
from geodata.plan import Plan
from layers.drawing import SymbolOp
from layers.view import ViewState

MOST_IN_TIP = 8
"""Names of sites and projects in the tip of a count."""


def place_tip(atlas: Atlas, view: ViewState, adcode: str) -> str:
    """The place and its roles in the sectors that are shown."""
    return "\n".join([atlas.places[adcode].name, *_roles_shown(atlas.plan(view.plan), view.shown, adcode)])


def _roles_shown(plan: Plan, shown: frozenset[tuple[str, str]], adcode: str) -> list[str]:
    return [
        tr("{name}：{text}", name=plan.sector(item.sector).name, text=plan.role(item.role).name)
        for item in plan.assignments
        if item.place == adcode and (item.sector, item.role) in shown
    ]


def symbol_tip(atlas: Atlas, symbol: SymbolOp) -> str:
    """What a symbol stands for, in which place, and how exact its position is; of a count the first names."""
    found = [find_item(atlas.plans, key) for key in symbol.items]
    items = [item for item in found if item is not None]
    if len(items) == 1:
        item = items[0]
        place = atlas.places.full_name(atlas.places[symbol.place])
        exact = "" if item.is_exact else tr("（推定）") if item.basis == "inferred" else tr("（具体位置文件未写）")
        return f"{item.name}\n{tr('{category}，{place}', category=item.category, place=place)}{exact}"
    rest = [tr("等 {n} 个，单击展开", n=len(items)) if len(items) > MOST_IN_TIP else tr("单击展开")]
    return "\n".join([*(item.name for item in items[:MOST_IN_TIP]), *rest])
