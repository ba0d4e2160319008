"""What a figure shows as rows of words, for formats that print or note it beside the picture."""

from __future__ import annotations

from typing import NamedTuple

from geodata.analysis.items import find_item
from geodata.gazetteer import gazetteer
from geodata.report import BASIS, references
from layers.catalog.zones import shown_assignments
from layers.extent import extent_places
from layers.scene import Scene


class AssignmentRow(NamedTuple):
    """One shown assignment: adcode and name of the prefecture, sector, role, terms and carriers, section and page."""

    adcode: str
    place: str
    sector: str
    role: str
    focus: str
    positions: str
    sites: str
    reference: str


class ItemRow(NamedTuple):
    """One shown site or project: where the plan says it is, whether that is inferred, section and page."""

    name: str
    kind: str
    sectors: str
    place: str
    basis: str
    note: str
    reference: str


def assignment_rows(scene: Scene) -> tuple[AssignmentRow, ...]:
    """By sector in the plan's order, then by role, strongest first; in the prefectures zoomed to only, if any."""
    plan, view = scene.plan, scene.view
    order = {sector.id: index for index, sector in enumerate(plan.sectors)}
    ranks = {role.id: role.rank for role in plan.roles}
    shown = [item for item in shown_assignments(plan, view) if _within(scene, item.place)]
    shown.sort(key=lambda item: (order[item.sector], ranks[item.role]))
    return tuple(
        AssignmentRow(
            item.place,
            gazetteer()[item.place].name,
            plan.sector(item.sector).name,
            plan.role(item.role).name,
            "、".join(item.focus),
            "；".join(item.positions),
            "、".join(plan.site(site).name for site in item.sites),
            references(item.citations),
        )
        for item in shown
    )


def item_rows(scene: Scene) -> tuple[ItemRow, ...]:
    """The shown sites and projects, each once, in the order of the plan; in the prefectures zoomed to only, if any."""
    rows = []
    for key in {marker.key: None for marker in scene.markers if _within(scene, marker.place)}:
        item = find_item((scene.plan,), key)
        if item is None:
            continue
        rows.append(
            ItemRow(
                item.name,
                item.category,
                "、".join(scene.plan.sector(sector).name for sector in item.sectors),
                "、".join(gazetteer().full_name(gazetteer()[spot.place]) for spot in item.spots),
                BASIS[item.basis],
                item.fact.note,
                references(item.fact.citations),
            )
        )
    return tuple(rows)


def _within(scene: Scene, adcode: str) -> bool:
    places = extent_places(scene.plan, scene.view)
    return not places or adcode[:4] in {place[:4] for place in places}
