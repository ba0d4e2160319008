"""Sites and projects of the shown sectors as markers, one for each spot of each."""

from __future__ import annotations

from geodata.analysis.items import PROJECT, SITE, Item, ItemKey, items
from geodata.boundaries import Boundaries
from geodata.geometry import Point
from geodata.plan import Plan, Project
from layers.scene import Marker
from layers.theme import item_symbol
from layers.view import ViewState, shown_sectors


def shown_items(plan: Plan, view: ViewState) -> tuple[Item, ...]:
    """The items of the layers and sectors that are on; those of no sector when all sectors are.

    A project that is the building of a site of the same name in the same place shows as that site only, when both
    layers are on.
    """
    on = {sector.id for sector in shown_sectors(plan, view)}
    kinds = {kind for kind, layer in ((SITE, "sites"), (PROJECT, "projects")) if layer in view.layers}
    everything = on.issuperset(sector.id for sector in plan.sectors)
    found = [
        item
        for item in items(plan)
        if item.key.kind in kinds and (on.intersection(item.sectors) if item.sectors else everything)
    ]
    shown = {item.key for item in found}
    return tuple(item for item in found if not shown.intersection(twins(plan, item)))


def twins(plan: Plan, item: Item) -> tuple[ItemKey, ...]:
    """The sites that stand for a project, because it is their building: of its name, in its places."""
    if not isinstance(item.fact, Project) or not item.fact.sites:
        return ()
    places = {spot.place for spot in item.spots}
    sites = (site for site in items(plan) if site.key.kind == SITE and site.key.id in item.fact.sites)
    return tuple(s.key for s in sites if s.name == item.name and places.issubset(spot.place for spot in s.spots))


def markers(plan: Plan, view: ViewState, boundaries: Boundaries) -> tuple[Marker, ...]:
    """A marker in the colour of the item's first shown sector at each of its spots; unlocated items have none."""
    colours = {sector.id: sector for sector in shown_sectors(plan, view)}
    found = []
    bw = view.template.bw
    for item in shown_items(plan, view):
        symbol = item_symbol(item, next((colours[sector] for sector in item.sectors if sector in colours), None), bw)
        for spot in item.spots:
            home = _middle(spot.place[:4] + "00", boundaries)
            where = (_exact(spot.at), 0.0) if spot.at is not None else _middle(spot.place, boundaries)
            found.append(Marker(item.key, item.name, spot.place, *where, home, symbol))
    return tuple(found)


def _middle(place: str, boundaries: Boundaries) -> tuple[Point, float]:
    x, y, room = boundaries.label_points[place]
    return (x, y), room


def _exact(at: Point) -> Point:
    from geodata.projection import to_map

    return to_map(*at)
