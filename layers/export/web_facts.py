"""What web pages of a figure know: places, roles, items and the theme as plain values for `resources/templates/*.js`.

Positions are in units of UNIT metres, x east and y south, or whatever `position` makes of map metres. A role of a sector has the key `sector|role`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geodata.analysis.coverage import places_per_role
from geodata.analysis.items import Item, ItemKey, items
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.gazetteer import Place, gazetteer
from geodata.geometry import Outline, Point
from geodata.language import tr
from geodata.plan import Plan, Sector
from geodata.report import Entry, item_report, place_report, references
from layers.build import build_scene
from layers.catalog.markers import markers, twins
from layers.catalog.names import name_of
from layers.catalog.zones import rest_fill
from layers.export.web_words import script_words
from layers.extent import extent_name
from layers.scene import Colour, Fill, Scene, Stroke
from layers.symbols import HOLE, PAIR, POLYGONS
from layers.template import worded
from layers.theme import (
    ABSENT,
    BW_ITEMS,
    COUNT_SHARES,
    COUNT_WORDS,
    COUNTY_DETAIL,
    FAINT_INK,
    HOLLOW_WORDS,
    INK,
    PAPER,
    SOLID_WORDS,
    STRIPE_WIDTH,
    SYMBOL_SIZE,
    SYMBOLS,
    bw_fill,
    count_fill,
    item_colour,
    item_shape,
    role_fill,
    role_level,
    sector_colour,
)
from layers.view import LAYERS, MOST_BW, NO_ROLE, ViewState, role_pairs, view_for

Position = Callable[[float, float], tuple[float, float]]
"""From map metres the two numbers that a page places things by."""

UNIT = 100.0
"""Metres."""


def hex_colour(colour: Colour) -> str:
    """`#0072b2`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def unit_point(x: float, y: float) -> tuple[int, int]:
    """Units of a position in map metres."""
    return round(x / UNIT), round(-y / UNIT)


def wide_scene(scene: Scene, boundaries: Boundaries) -> Scene:
    """The figure's scene as a page needs it that can be zoomed: one map, with regions, counties and their names."""
    view = scene.view._replace(style="auto", layers=frozenset({"regions"}))
    return build_scene(Atlas((scene.plan,)), view, boundaries, counties=True)


def plan_facts(scene: Scene, boundaries: Boundaries, position: Position = unit_point) -> dict[str, Any]:
    """What `rules.js` and `drawing.js` know: the plan, what the figure shows of it, and the theme.

    `position` gives the two numbers of a position in map metres that pages place things by, as x and y.
    """
    plan, view = scene.plan, scene.view
    return {
        "plan": {"title": plan.title, "heading": plan.heading, "period": plan.period},
        "title": view.title and scene.title,
        "number": view.template.number,
        "place": extent_name(plan, view),
        "zoomed": view.extent_of is not None,
        "areas": len(boundaries.prefectures),
        "view": {
            "on": [f"{sector}|{role}" for sector, role in sorted(view.shown)],
            "layers": sorted(view.layers),
            "style": view.style,
            "place": view.place if view.place in boundaries.prefectures else None,
        },
        "roles": [
            {"id": role.id, "name": role.name, "level": role_level(role)}
            for role in sorted(plan.roles, key=lambda role: role.rank)
            if any(item.role == role.id for item in plan.assignments)
        ],
        "sectors": [_sector(plan, view, sector) for sector in plan.sectors],
        "assignments": [{"key": f"{item.sector}|{item.role}", "place": item.place} for item in plan.assignments],
        "places": {code: _place(plan, view, code, boundaries, position) for code in boundaries.prefectures},
        "items": _items(plan, view, boundaries, position),
        "theme": _theme(view),
        "words": script_words(),
    }


def figure_facts(scene: Scene, wide: Scene, boundaries: Boundaries) -> dict[str, Any]:
    """All that a page of the figure knows. `wide` is `wide_scene(scene, boundaries)`."""
    return {
        **plan_facts(scene, boundaries),
        "unit": UNIT,
        "body": _body(scene.body),
        "labels": [
            {
                "code": label.key,
                **_at(unit_point, label.at),
                "text": label.text,
                "size": label.size,
                "colour": hex_colour(label.colour),
                "rank": label.rank,
                "room": round(label.room / UNIT),
            }
            for label in wide.labels
        ],
        "layers": [
            {"id": key, "name": tr(words)}
            for key, words in LAYERS.items()
            if key != "regions" or any(line.key.startswith("region:") for line in wide.lines)
        ],
        "lines": line_facts(wide),
    }


def line_facts(scene: Scene) -> list[dict[str, Any]]:
    """The lines of the legend: key, name and stroke."""
    return [
        {"key": entry.line, "name": entry.text, "stroke": _stroke(entry.sample)}
        for entry in scene.legend
        if isinstance(entry.sample, Stroke)
    ]


def _at(position: Position, at: Point) -> dict[str, float]:
    return dict(zip("xy", position(*at), strict=True))


def _place(plan: Plan, view: ViewState, code: str, boundaries: Boundaries, position: Position) -> dict[str, Any]:
    x, y, room = boundaries.label_points[code]
    place = gazetteer()[code]
    return {
        **_at(position, (x, y)),
        "room": round(room / UNIT),
        "name": place.name,
        "label": name_of(place, view.template.names),
        "list": _list(plan, place),
    }


def _list(plan: Plan, place: Place) -> list[dict[str, Any]]:
    """What the plan says of a prefecture, in sections, as the window says it."""
    report = place_report(Atlas((plan,)), place)
    return [
        {"heading": section.heading, "entries": [_entry(entry) for entry in section.entries]}
        for part in report.parts
        for section in part.sections
    ]


def _entry(entry: Entry) -> dict[str, Any]:
    """`key` is of the role of a sector that the entry is of, `item` of the site or project; one or neither is there."""
    found: dict[str, Any] = {
        "title": entry.title,
        "extra": entry.extra,
        "rows": [[row.name, row.text] for row in entry.rows],
        "reference": references(entry.citations),
    }
    if entry.cluster is not None:
        sector, role = entry.cluster
        found["key"] = f"{sector.id}|{role.id}"
    if isinstance(entry.target, ItemKey):
        found["item"] = _item_id(entry.target)
    return found


def _item_id(key: ItemKey) -> str:
    return f"{key.kind}:{key.id}"


def _sector(plan: Plan, view: ViewState, sector: Sector) -> dict[str, Any]:
    counts = places_per_role(plan)
    pairs = role_pairs(plan, sector.id)
    bare = pairs == ((sector.id, NO_ROLE),)
    roles = []
    for pair in pairs:
        entry: dict[str, Any] = {"key": "|".join(pair), "id": pair[1]}
        if not bare:
            role = plan.role(pair[1])
            fills = (
                [bw_fill(order, role) for order in range(MOST_BW)] if view.template.bw else [role_fill(sector, role)]
            )
            entry |= {"name": role.name, "count": counts[pair], "level": role_level(role)}
            entry["fills"] = [_fill(fill) for fill in fills]
        roles.append(entry)
    return {
        "id": sector.id,
        "name": sector.name,
        "colour": hex_colour(sector_colour(sector)),
        "itemColour": hex_colour(item_colour(sector, view.template.bw)),
        "bare": bare,
        "items": sum(sector.id in item.sectors for item in items(plan)),
        "roles": roles,
    }


def _items(plan: Plan, view: ViewState, boundaries: Boundaries, position: Position) -> list[dict[str, Any]]:
    """Sites and projects with all their spots, shown or not."""
    everything = view_for(plan, (sector.id for sector in plan.sectors))
    spots: dict[ItemKey, list[dict[str, Any]]] = {}
    for layer in ("sites", "projects"):
        for marker in markers(plan, everything._replace(layers=frozenset({layer})), boundaries):
            spot = {"place": marker.place, **_at(position, marker.at), "room": round(marker.room / UNIT)}
            spots.setdefault(marker.key, []).append(spot)
    return [_item(plan, item, spots.get(item.key, [])) for item in items(plan)]


def _item(plan: Plan, item: Item, spots: list[dict[str, Any]]) -> dict[str, Any]:
    report = item_report(Atlas((plan,)), item.key)
    assert report is not None
    said = _entry(report.parts[0].sections[0].entries[0])
    return {
        "id": _item_id(item.key),
        "kind": item.key.kind,
        "name": item.name,
        "sectors": list(item.sectors),
        "shape": item_shape(item),
        "hollow": not item.is_exact,
        "rows": said["rows"],
        "reference": said["reference"],
        "twins": [_item_id(key) for key in twins(plan, item)],
        "spots": spots,
    }


def _body(body: Outline) -> dict[str, Any]:
    """The box of what the page opens on, and the vertices with no other both left of and below them."""
    points = sorted({unit_point(x, y) for ring in body.rings() for x, y in ring})
    front: list[tuple[int, int]] = []
    for x, y in points:
        if not front or y > front[-1][1]:
            front.append((x, y))
    ys = [y for _, y in points]
    return {"left": points[0][0], "right": points[-1][0], "top": min(ys), "bottom": max(ys), "front": front}


def _theme(view: ViewState) -> dict[str, Any]:
    template, bw = view.template, view.template.bw
    return {
        "bw": bw,
        "mostBw": MOST_BW,
        "rest": hex_colour(rest_fill(view).colour),
        "ink": hex_colour(INK),
        "faint": hex_colour(FAINT_INK),
        "paper": hex_colour(PAPER),
        "absent": hex_colour(ABSENT),
        "bareColour": hex_colour(item_colour(None, bw)),
        "stripe": STRIPE_WIDTH,
        "hole": HOLE,
        "symbolSize": SYMBOL_SIZE,
        "countyUnits": COUNTY_DETAIL * 0.75 / UNIT,
        "countFills": [_fill(count_fill(index, bw)) for index in range(len(COUNT_SHARES))],
        "symbols": [
            {"shape": shape, "words": tr(words), "corners": POLYGONS[shape]} for shape, words in SYMBOLS.items()
        ],
        "pair": PAIR,
        "solidWords": tr(SOLID_WORDS),
        "hollowWords": tr(HOLLOW_WORDS),
        "countWords": tr(COUNT_WORDS),
        "bwItems": tr(BW_ITEMS),
        "legendTitle": worded(template.legend_title),
        "northWords": worded(template.north_words),
        "has": {name: template.has(name) for name in ("legend", "scale", "north")},
    }


def _fill(fill: Fill) -> dict[str, Any]:
    found: dict[str, Any] = {"colour": hex_colour(fill.colour)}
    if fill.hatch is not None:
        found["hatch"] = {**fill.hatch._asdict(), "colour": hex_colour(fill.hatch.colour)}
    return found


def _stroke(stroke: Stroke) -> dict[str, Any]:
    return {"colour": hex_colour(stroke.colour), "width": stroke.width, "dash": list(stroke.dash)}
