"""The web map: prefectures, sites and projects on a Leaflet map made with folium, for those who have a network.

The file holds the facts and the geometry; Leaflet itself comes from the network, and so does a base map if there is
one. A base map shows inside the province only, so that no national border of anybody's drawing comes into sight.
"""

from __future__ import annotations

import re
from functools import reduce
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.boundaries import Boundaries
from geodata.geometry import Outline
from geodata.language import mark, tr
from geodata.problems import fail
from geodata.projection import to_lonlat
from layers.export.html import resource, script_json, shared_script
from layers.export.web_facts import hex_colour, line_facts, plan_facts
from layers.export.xml_text import language_tag
from layers.ornaments import right_parts
from layers.scene import Scene
from layers.table import INFERRED
from layers.theme import BORDERS, OUTSIDE
from layers.view import LAYERS

if TYPE_CHECKING:
    import folium

LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet"
SCRIPT_HASH = "sha384-okbbMvvx/qfQkmiQKfd5VifbKZ/W8p1qIsWvE1ROPUfHWsDcC8/BnHohF7vPg2T6"
STYLE_HASH = "sha384-o/2yZuJZWGJ4s/adjxVW71R+EO/LyCwdQfP5UWSgX/w87iiTXuvDZaejd3TsN7mf"
"""The version that folium 0.20 is made for; a browser takes no other file than the one with this hash."""

OFFLINE = mark("没有取到 Leaflet 程序库：这张网络地图要联网打开。不能联网时，请用 HTML 图件。")

ITEM_LAYERS = {key: words for key, words in LAYERS.items() if key != "regions"}

DRAWN_LINES = ("province", "prefecture")

DEGREE_DIGITS = 5
"""0.00001° is 1 m."""


OVER_BASE = 0.6
"""Opacity of areas over a base map, and of their samples in the legend (webmap.css)."""


class Base(NamedTuple):
    """A base map in web Mercator without shift: tile addresses in drawing order, and what must be said of it, for tr."""

    words: str
    tiles: tuple[str, ...] = ()
    attribution: str = ""
    most_zoom: int = 18
    subdomains: str = "abc"
    caution: str = ""

    @property
    def needs_key(self) -> bool:
        return any("{key}" in tiles for tiles in self.tiles)


_TIANDITU = (
    "https://t{s}.tianditu.gov.cn/KIND_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=KIND&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
)

BASES: dict[str, Base] = {
    "none": Base(mark("不用底图")),
    "osm": Base(
        "OpenStreetMap",
        ("https://tile.openstreetmap.org/{z}/{x}/{y}.png",),
        '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors',
        19,
        caution=mark("OpenStreetMap 不是国家标准地图，只供内部参考；它可能拒绝本地文件取图，放到网站上再打开"),
    ),
    "tianditu": Base(
        mark("天地图"),
        (_TIANDITU.replace("KIND", "vec"), _TIANDITU.replace("KIND", "cva")),
        mark('&copy; <a href="https://www.tianditu.gov.cn">国家地理信息公共服务平台（天地图）</a>'),
        18,
        "01234567",
        mark("密钥写在文件里，拿到文件的人都能看到"),
    ),
}
"""Not here: base maps in shifted coordinates (GCJ-02, BD-09: 高德, 腾讯, 百度), on which borders would lie hundreds of
metres off."""


def check_base(base: str, key: str) -> None:
    """Raises UserError when the base map needs a key and there is none that could be one."""
    if BASES[base].needs_key and not re.fullmatch(r"[0-9A-Za-z]{8,64}", key):
        name = tr(BASES[base].words)
        what = tr("{name}的密钥“{key}”不像密钥", name=name, key=key) if key else tr("{name}要密钥", name=name)
        raise fail("", what, tr("在 console.tianditu.gov.cn 申请浏览器端密钥，写 --key 密钥；或写 --base none"))


def web_map(scene: Scene, boundaries: Boundaries, base: str = "none", key: str = "") -> bytes:
    """The page. `boundaries` of the 1 km level are fine enough. Raises UserError as check_base does."""
    check_base(base, key)
    import folium
    from branca.element import Element, Figure, MacroElement
    from folium.template import Template

    west, south, east, north = _bounds(scene.body)
    page = folium.Map(
        [(south + north) / 2, (west + east) / 2],
        tiles=None,
        zoom_start=7,
        zoom_snap=0.25 if base == "none" else 0.5,
        max_zoom=BASES[base].most_zoom,
    )
    page.default_js, page.default_css = [], []
    root = page.get_root()
    assert isinstance(root, Figure)
    root.title = escape(scene.title)
    for text in _head():
        root.header.add_child(Element(_verbatim(text)))
    for number, tiles in enumerate(BASES[base].tiles):
        _tile_layer(BASES[base], tiles, number, key).add_to(page)
    data = {**plan_facts(scene, boundaries, _rounded), **_map_facts(scene, boundaries, base)}
    sectors = {sector for sector, _ in scene.view.shown}
    groups = [
        folium.FeatureGroup(name=_markup(sector.name), show=sector.id in sectors).add_to(page)
        for sector in scene.plan.sectors
    ]
    layers = {
        layer: folium.FeatureGroup(name=_markup(tr(words)), show=layer in scene.view.layers).add_to(page)
        for layer, words in ITEM_LAYERS.items()
    }
    folium.LayerControl(collapsed=False).add_to(page)
    start: Any = MacroElement()  # type: ignore[no-untyped-call]
    start._template = Template("{% macro script(this, kwargs) %}{{ this.call }}{% endmacro %}")
    listed = ", ".join(group.get_name() for group in groups)
    named = ", ".join(f"{layer}: {group.get_name()}" for layer, group in layers.items())
    start.call = f"figureOnMap({page.get_name()}, [{listed}], {{{named}}}, {_plain(script_json(data))});"
    page.add_child(start)
    return str(root.render()).replace("<html>", f'<html lang="{language_tag()}">', 1).encode()


def _head() -> tuple[str, ...]:
    script = f"{shared_script()}\n{resource('webmap.js')}"
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'unsafe-inline' {LEAFLET}.js",
            f"style-src 'unsafe-inline' {LEAFLET}.css",
            "img-src data: https:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="stylesheet" href="{LEAFLET}.css" integrity="{STYLE_HASH}" crossorigin="anonymous">',
        f'<script src="{LEAFLET}.js" integrity="{SCRIPT_HASH}" crossorigin="anonymous"></script>',
        f"<style>{resource('webmap.css')}</style>",
        f"<script>{script}\nsayOffline({script_json(tr(OFFLINE))});</script>",
    )


def _plain(text: str) -> str:
    """JSON without what branca, which takes even finished scripts for templates, would carry out."""
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


def _markup(text: str) -> str:
    """The name of a layer: Leaflet sets it as markup, and it passes through templates."""
    return escape(text).replace("{", "&#123;")


def _verbatim(text: str) -> str:
    """Text that branca, which takes every text for a template, leaves as it is."""
    return "{% raw %}" + text + "{% endraw %}"


def _tile_layer(base: Base, tiles: str, number: int, key: str) -> folium.TileLayer:
    import folium

    return folium.TileLayer(
        tiles.replace("{key}", key),
        attr=tr(base.attribution),
        name=f"{tr(base.words)} {number}",
        max_zoom=base.most_zoom,
        subdomains=base.subdomains,
        control=False,
        overlay=number > 0,
        referrerPolicy="strict-origin-when-cross-origin",  # OpenStreetMap refuses requests without it
    )


def _map_facts(scene: Scene, boundaries: Boundaries, base: str) -> dict[str, Any]:
    """Geometry, lines of notes, and the look of borders."""
    plan, view = scene.plan, scene.view
    template = view.template
    shown = {sector for sector, _ in view.shown}
    west, south, east, north = _bounds(scene.body)
    notes = (
        scene.source,
        template.note if template.has("note") else "",
        tr(INFERRED),
        tr("底图（{name}）只显示省界以内", name=tr(BASES[base].words)) if base != "none" else "",
        *right_parts(scene),
    )
    return {
        "geometry": {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"adcode": code}, "geometry": _geometry(shape)}
                for code, shape in boundaries.prefectures.items()
            ],
        },
        "province": _geometry(boundaries.province),
        "bounds": [[south, west], [north, east]],
        "off": [
            f"{item.sector}|{item.role}"
            for item in plan.assignments
            if item.sector in shown and (item.sector, item.role) not in view.shown
        ],
        "notes": [line for line in notes if line],
        "base": base != "none",
        "opacity": 1 if base == "none" else OVER_BASE,
        "lines": [line for line in line_facts(scene) if line["key"] in DRAWN_LINES],
        "border": {kind: hex_colour(BORDERS[kind].colour) for kind in DRAWN_LINES},
        "outside": hex_colour(OUTSIDE),
    }


def _geometry(shape: Outline) -> dict[str, Any]:
    """GeoJSON in longitude and latitude of an outline, which is filled by the even-odd rule."""
    import shapely

    area = reduce(shapely.symmetric_difference, (shapely.Polygon(ring) for ring in shape.rings()))
    parts = [
        [_degrees(ring.coords) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shapely.normalize(area))
    ]
    return {"type": "MultiPolygon", "coordinates": parts}


def _degrees(points: Any) -> list[tuple[float, float]]:
    return [_rounded(x, y) for x, y in points]


def _rounded(x: float, y: float) -> tuple[float, float]:
    longitude, latitude = to_lonlat(x, y)
    return round(longitude, DEGREE_DIGITS), round(latitude, DEGREE_DIGITS)


def _bounds(shape: Outline) -> tuple[float, float, float, float]:
    """West, south, east, north of an outline in degrees."""
    corners = [to_lonlat(x, y) for ring in shape.rings() for x, y in ring[::8]]
    east_west = [x for x, _ in corners]
    north_south = [y for _, y in corners]
    return min(east_west), min(north_south), max(east_west), max(north_south)
