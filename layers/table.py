"""What a figure shows as rows of words, for formats that print or note it beside the picture."""

from __future__ import annotations

from typing import NamedTuple

from geodata.analysis.items import Item, find_item
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Plan
from geodata.report import BASIS, place_names, references
from layers.catalog.markers import shown_items
from layers.catalog.regions import drawn_regions, members
from layers.catalog.zones import shown_assignments
from layers.extent import extent_places
from layers.scene import Scene

INFERRED = mark("空心符号：只知到市（州），或位置为推定；标“推定”“据上下文”的位置不是文件写明的，使用前请核实。")
"""What every format with a list of sites and projects says of their positions."""


class AssignmentRow(NamedTuple):
    """One shown assignment: adcode and name of the prefecture, sector, role, terms and carriers, caveats, section and page."""

    adcode: str
    place: str
    sector: str
    role: str
    focus: str
    positions: str
    sites: str
    note: str
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


class RegionRow(NamedTuple):
    """One drawn region: name, kind, its members, caveats, section and page."""

    name: str
    kind: str
    places: str
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
            tr("、").join(item.focus),
            tr("；").join(item.positions),
            tr("、").join(plan.site(site).name for site in item.sites),
            item.note,
            references(item.citations),
        )
        for item in shown
    )


def item_rows(scene: Scene) -> tuple[ItemRow, ...]:
    """The shown sites and projects, each once, in the order of the plan; in the prefectures zoomed to only, if any."""
    rows = []
    for key in {marker.key: None for marker in scene.markers if _within(scene, marker.place)}:
        item = find_item((scene.plan,), key)
        if item is not None:
            rows.append(_item_row(scene.plan, item))
    return tuple(rows)


def unlocated_rows(scene: Scene) -> tuple[ItemRow, ...]:
    """The sites and projects that would be shown if the plan said where they are. A figure that zooms has none:
    nobody knows whether they lie in it."""
    if scene.view.extent_of is not None:
        return ()
    return tuple(_item_row(scene.plan, item) for item in shown_items(scene.plan, scene.view) if not item.spots)


def region_rows(scene: Scene) -> tuple[RegionRow, ...]:
    """The regions drawn, in the order of the plan."""
    drawn = {line.key for line in scene.lines}
    return tuple(
        RegionRow(region.name, region.kind, place_names(members(region)), region.note, references(region.citations))
        for region in drawn_regions(scene.plan, scene.view)
        if f"region:{region.id}" in drawn
    )


def has_inferred(scene: Scene) -> bool:
    """Whether the figure needs the words INFERRED."""
    return any(marker.symbol.hollow for marker in scene.markers) or any(item.basis for item in item_rows(scene))


def _item_row(plan: Plan, item: Item) -> ItemRow:
    return ItemRow(
        item.name,
        item.category,
        tr("、").join(plan.sector(sector).name for sector in item.sectors),
        tr("、").join(gazetteer().full_name(gazetteer()[spot.place]) for spot in item.spots),
        tr(BASIS[item.basis]),
        item.fact.note,
        references(item.fact.citations),
    )


def _within(scene: Scene, adcode: str) -> bool:
    places = extent_places(scene.plan, scene.view)
    return not places or adcode[:4] in {place[:4] for place in places}
