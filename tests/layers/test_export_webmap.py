"""The web map: facts, attribution and text in the file; with a stand-in for Leaflet, what it draws and says."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
from looking import core_colour, sector_ids

from explorer import cli_web
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.library import DEFAULT_PLAN
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.export.webmap import BASES, INFERRED, OFFLINE, OVER_BASE, web_map
from layers.view import FIRST_LAYERS, ViewState, view_for

KEY = "0123456789abcdef0123456789abcdef"
EVIL = '</script><script>window.evil=1</script><img src=x onerror="window.evil=2">{{ 7*7 }}{% endraw %}{% bad %}&\'"'


@pytest.fixture(scope="module")
def view(plan: Plan) -> ViewState:
    """新材料 with its sites and projects."""
    return view_for(plan, sector_ids(plan)[2:3])._replace(layers=FIRST_LAYERS)


def made(plan: Plan, view: ViewState, boundaries: Boundaries, base: str = "none", key: str = "") -> str:
    scene = build_scene(Atlas((plan,)), view, boundaries)
    return web_map(scene, boundaries, base, key).decode()


@pytest.fixture(scope="module")
def page(plan: Plan, view: ViewState, coarse: Boundaries) -> str:
    return made(plan, view, coarse)


def facts_of(page: str) -> dict[str, Any]:
    start = page.index("figureOnMap(map_")
    facts: dict[str, Any] = json.JSONDecoder().raw_decode(page, page.index('{"plan"', start))[0]
    return facts


def inside(point: tuple[float, float], polygons: list[Any]) -> bool:
    import shapely

    return any(shapely.Polygon(rings[0], rings[1:]).contains(shapely.Point(*point)) for rings in polygons)


def test_prefectures_lie_where_they_are(page: str) -> None:
    shapes = {f["properties"]["adcode"]: f["geometry"] for f in facts_of(page)["geometry"]["features"]}
    assert len(shapes) == 21
    for code, at in (("510100", (104.066, 30.573)), ("510700", (104.68, 31.47)), ("513400", (102.267, 27.886))):
        assert [other for other, shape in shapes.items() if inside(at, shape["coordinates"])] == [code]


def test_there_is_a_layer_for_each_industry_and_the_shown_ones_are_on(page: str, plan: Plan, view: ViewState) -> None:
    control = page[page.index("overlays :") :]
    offered = dict(re.findall(r'"([^"]+)" : (feature_group_\w+)', control[: control.index("};")]))
    assert [json.loads(f'"{name}"') for name in offered] == [
        *(s.name for s in plan.sectors),
        "园区、平台",
        "项目、工程",
    ]
    on = {name for name, group in offered.items() if f"{group}.addTo(map_" in page}
    shown = {plan.sector(sector).name for sector, _ in view.shown}
    assert {json.loads(f'"{name}"') for name in on} == {*shown, "园区、平台", "项目、工程"}


def test_map_says_where_its_facts_and_borders_are_from(page: str, plan: Plan) -> None:
    notes = facts_of(page)["notes"]
    assert f"《{plan.document.title}》" in notes[0]
    assert "国家地理信息公共服务平台（天地图）" in notes[0]
    assert INFERRED in notes
    assert "内部使用，未经地图审核" in notes
    assert "<title>四川省新材料产业布局（2016—2020年）</title>" in page


def test_leaflet_alone_comes_from_the_network_and_only_as_it_was_checked(page: str) -> None:
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+)"[^>]*>', page)
    assert sorted(loaded) == [
        f"https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.{kind}" for kind in ("css", "js")
    ]
    assert page.count('integrity="sha384-') == 2
    assert "default-src 'none'" in page
    assert "L.tileLayer" not in page


@pytest.mark.parametrize("base", ["osm", "tianditu"])
def test_base_map_is_named_and_stays_inside_the_province(
    plan: Plan, view: ViewState, coarse: Boundaries, base: str
) -> None:
    text = made(plan, view, coarse, base, KEY)
    facts = facts_of(text)
    assert text.count("L.tileLayer") == len(BASES[base].tiles)
    host = "openstreetmap.org/copyright" if base == "osm" else "www.tianditu.gov.cn"
    assert re.search(rf'"attribution": ".*{host}', text)
    assert f"底图（{BASES[base].words}）只显示省界以内" in facts["notes"]
    assert facts["base"]
    assert facts["opacity"] == OVER_BASE
    assert (KEY in text) == BASES[base].needs_key
    for word in ("autonavi", "amap", "baidu", "gtimg"):  # shifted base maps
        assert word not in text


def test_tianditu_without_a_key_is_refused(plan: Plan, view: ViewState, coarse: Boundaries) -> None:
    for key in ("", "a key", "x&tk=1" * 4):
        with pytest.raises(UserError, match="密钥"):
            made(plan, view, coarse, "tianditu", key)


def test_markup_and_templates_in_a_pack_arrive_as_text(plan: Plan, view: ViewState, coarse: Boundaries) -> None:
    sectors = tuple(sector._replace(name=EVIL) for sector in plan.sectors)
    evil = plan._replace(sectors=sectors, sites=tuple(site._replace(name=EVIL, note=EVIL) for site in plan.sites))
    text = made(evil, view._replace(title=EVIL, approval=EVIL), coarse)
    assert "<script>window" not in text
    assert "<img" not in text
    assert text.count("</script>") == made(plan, view, coarse).count("</script>")
    assert facts_of(text)["items"][0]["name"] == EVIL
    assert "&lt;/script&gt;" in text.partition("</title>")[0]
    control = text[text.index("overlays :") :].partition("};")[0]
    assert "\\u0026lt;img" in control  # Leaflet sets names of layers as markup
    assert "\\u003cimg" not in control


# --- the command ---


def run(atlas: Atlas, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    cli_web.add_command(commands, lambda name: (atlas, atlas.plan(name or DEFAULT_PLAN)), lambda *_: None)
    options = parser.parse_args(["web", *arguments])
    status: int = options.run(options)
    return status


def test_command_writes_the_map_and_says_what_it_needs(
    atlas: Atlas, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "图.html"
    target.write_text("old")
    words = (
        "--sector",
        "新材料",
        "生物",
        "--city",
        "绵阳",
        "--layer",
        "sites",
        "--base",
        "osm",
        "--approval",
        "川S 1号",
    )
    assert run(atlas, str(target), *words) == 0
    facts = facts_of(target.read_text("utf-8"))
    assert facts["place"] == "绵阳市"
    assert len({key.split("|")[0] for key in facts["view"]["on"]}) == 2
    assert facts["view"]["layers"] == ["sites"]
    assert "审图号：川S 1号" in facts["notes"]
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["图.html"]
    said = capsys.readouterr()
    assert said.out.strip() == str(target)
    assert "联网" in said.err
    assert "不是国家标准地图" in said.err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("图.png",), "HTML"),
        (("图.html", "--base", "tianditu"), "密钥"),
        (("图.html", "--sector", "没有的产业"), "没有的产业"),
        (("图.html", "--city", "双流区"), "县级"),
        (("没有/图.html",), "没有这个文件夹"),
    ],
)
def test_command_that_cannot_be_carried_out_leaves_the_old_file(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("图.html").write_text("old")
    with pytest.raises(UserError, match=what):
        run(atlas, *arguments)
    assert Path("图.html").read_text() == "old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["图.html"]


def test_command_offers_the_base_maps_there_are() -> None:
    assert tuple(BASES) == cli_web.BASES


# --- in a browser ---

STAND_IN = """
/* As much of Leaflet as the page uses: what it is told is kept in `told`. */
const told = { tips: {}, popups: {}, fills: {}, markers: [], handlers: {}, off: [] };
const any = () => new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 0 : name === "options" ? {} : any()), apply: () => any(), set: () => true,
});
class Layer {
  addTo(map) { if (map instanceof Chart) map.on_.add(this); return this; }
  setContent(box) { this.box = box; return this; }
  setLatLng() { return this; }
  update() {}
  on() {}
  clearLayers() { told.markers = told.markers.filter((marker) => marker.on !== this); }
  bindTooltip(words) { this.tip = words; }
  bindPopup(words) { this.popup = words; }
  setStyle(style) { if (style.fillColor) told.fills[this.feature.properties.adcode] = style.fillColor; }
}
class Marker extends Layer {
  constructor(at, options) { super(); this.options = options; }
  addTo(group) { this.on = group; told.markers.push(this); return this; }
}
class Chart {
  constructor() { this.on_ = new Set(); this.attributionControl = any(); }
  hasLayer(layer) { return this.on_.has(layer); }
  on(names, run) { names.split(" ").forEach((name) => { told.handlers[name] = run; }); }
  fitBounds(bounds) { told.bounds = bounds; }
  setMaxBounds() { return this; }
  setMinZoom() {}
  getBoundsZoom() { return 7; }
  latLngToLayerPoint(at) { return { x: at[1] * 90, y: -at[0] * 90 }; }
  layerPointToLatLng(at) { return [-at.y / 90, at.x / 90]; }
}
var L = {
  map: () => (told.map = new Chart()),
  CRS: any(), control: Object.assign((o) => ({ addTo() { document.body.appendChild(this.onAdd()); } }), { layers: any(), scale: any() }),
  DomEvent: any(), point: (x, y) => ({ x: x, y: y }), divIcon: (o) => o, tileLayer: () => new Layer(),
  featureGroup: () => new Layer(), layerGroup: () => new Layer(), polygon: () => new Layer(),
  tooltip: () => Object.assign(new Layer(), { options: {} }), marker: (at, o) => new Marker(at, o),
  geoJSON(found, options) {
    const all = (found.features || []).map((feature) => Object.assign(new Layer(), { feature: feature }));
    all.forEach((layer) => { told.tips[layer.feature.properties.adcode] = layer; options.onEachFeature(layer.feature, layer); });
    return Object.assign(new Layer(), { eachLayer: (run) => all.forEach(run), getBounds: () => ({ pad: () => 0 }) });
  },
};
"""


def opened(browser: Browser, folder: Path, page: str) -> None:
    """The page with the stand-in where Leaflet would be."""
    file = folder / "map.html"
    file.write_text(
        re.sub(r"<script src=[^>]*></script>", lambda _: f"<script>{STAND_IN}</script>", page, count=1), "utf-8"
    )
    browser.log("browser")
    browser.open(file)


def errors(browser: Browser) -> list[str]:
    """What went wrong, but for the style sheet of Leaflet that no network gives."""
    return [entry["message"] for entry in browser.log("browser") if "ERR_NAME_NOT_RESOLVED" not in entry["message"]]


def test_map_shows_roles_markers_title_and_legend(page: str, browser: Browser, tmp_path: Path, plan: Plan) -> None:
    opened(browser, tmp_path, page)
    assert errors(browser) == []
    fills = browser.run("return told.fills")
    assert len(fills) == 21
    assert fills["513400"] == core_colour(plan, "新材料")
    assert fills["510700"].startswith("url(#")
    said = browser.run("return document.body.textContent")
    for words in ("四川省新材料产业布局", "核心发展区（6）", "空心：只知到市（州）或为推定", "内部使用，未经地图审核"):
        assert words in said
    assert browser.run("return told.markers.length") > 3


def test_click_lists_what_the_plan_says_with_its_pages(page: str, browser: Browser, tmp_path: Path, plan: Plan) -> None:
    opened(browser, tmp_path, page)
    said = browser.run("return told.tips['510700'].popup().textContent")
    own = [item for item in plan.assignments if item.place == "510700"]
    assert all(item.citations[0].reference in said for item in own)
    assert browser.run("return told.tips['510700'].tip().textContent") == "绵阳市重点拓展区：新材料"
    listed = browser.run("return told.markers.map((marker) => marker.popup().textContent)")
    assert listed
    assert all(re.search(r"出处.*第\d+", words) for words in listed)


def test_switching_an_industry_off_takes_its_colour(page: str, browser: Browser, tmp_path: Path) -> None:
    opened(browser, tmp_path, page)
    browser.run("told.map.on_.clear(); told.handlers.overlayremove();")
    assert set(browser.run("return Object.values(told.fills)")) == {"#f6f3ea"}
    assert browser.run("return told.markers.length") == 0
    assert "四川省行政区划" in browser.run("return document.body.textContent")
    assert "核心发展区" not in browser.run("return document.querySelector('.figure-legend').textContent")


def test_scripts_of_a_pack_do_not_run(
    plan: Plan, view: ViewState, coarse: Boundaries, browser: Browser, tmp_path: Path
) -> None:
    sites = tuple(site._replace(name=EVIL, note=EVIL) for site in plan.sites)
    told = tuple(item._replace(note=EVIL) for item in plan.assignments)
    evil = plan._replace(sites=sites, assignments=told)
    opened(browser, tmp_path, made(evil, view._replace(title=EVIL, approval=EVIL), coarse))
    browser.run(
        "['510100', '510700'].forEach((code) => document.body.appendChild(told.tips[code].popup()));"
        "told.markers.forEach((marker) => document.body.appendChild(marker.popup()));"
    )
    assert EVIL in browser.run("return document.body.textContent")
    assert browser.run("return window.evil === undefined && document.images.length === 0")
    assert errors(browser) == []


def test_without_a_network_the_page_says_what_is_missing(page: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text(page, "utf-8")
    browser.open(file)
    assert OFFLINE in browser.run("return document.body.textContent")
    assert [entry for entry in errors(browser) if "L is not defined" not in entry] == []
