"""The rules of the HTML figure are the rules of the program: the same fills, rings, numbers, titles and legends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
from looking import sector_sets

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from layers.build import build_scene
from layers.export.web_facts import hex_colour
from layers.scene import Count, Fill, Glyph, LegendEntry, Scene, Stroke, Symbol
from layers.view import FIRST_LAYERS, ViewState, view_for

Write = Callable[[Plan, ViewState], Path]

RULES = """
const data = JSON.parse(document.getElementById("facts").textContent);
const rules = figureRules(data);
return arguments[0].map((wanted) => {
  const state = { on: {}, layers: {}, style: wanted.style };
  wanted.on.forEach((key) => { state.on[key] = true; });
  wanted.layers.forEach((layer) => { state.layers[layer] = true; });
  const drawn = {};
  const located = rules.shownItems(state).filter((shown) => shown.item.spots.length);
  located.forEach((shown) => {
    [shown.item.shape, shown.colour, shown.item.hollow ? "hollow" : "solid"].forEach((key) => { drawn[key] = true; });
  });
  drawn.count = located.reduce((number, shown) => number + shown.item.spots.length, 0) > 1;
  return {
    fills: rules.areaFills(state),
    rings: rules.rings(state),
    title: rules.title(state),
    numbers: Object.keys(data.places).map((code) => rules.numbersOf(state, code)),
    legend: rules.legend(state, drawn),
    items: located.map((shown) => [shown.item.id, shown.colour, shown.item.shape, shown.item.hollow]),
  };
});
"""


def plain_fill(fill: Fill) -> dict[str, Any]:
    found: dict[str, Any] = {"colour": hex_colour(fill.colour)}
    if fill.hatch is not None:
        found["hatch"] = {**fill.hatch._asdict(), "colour": hex_colour(fill.hatch.colour)}
    return found


def plain_sample(entry: LegendEntry) -> Any:
    """What of a sample tells it from others: fills, the segments of a ring, a symbol, the words of a count."""
    if isinstance(entry.sample, Glyph):
        return [(hex_colour(segment.colour), segment.level) for segment in entry.sample.segments]
    if isinstance(entry.sample, Symbol):
        return entry.sample.shape, hex_colour(entry.sample.colour), entry.sample.hollow
    if isinstance(entry.sample, Count):
        return entry.sample.words
    return [plain_fill(fill) for fill in entry.sample or ()]


def drawn_sample(entry: dict[str, Any]) -> Any:
    sample = entry.get("sample") or {}
    if "ring" in sample:
        return [(s["colour"], s["level"]) for s in sample["ring"]]
    if "symbol" in sample:
        return sample["symbol"]["shape"], sample["symbol"]["colour"], sample["symbol"]["hollow"]
    return sample.get("count") or sample.get("fills", [])


def items_of(scene: Scene) -> Iterable[tuple[str, str, str, bool]]:
    for key, symbol in {marker.key: marker.symbol for marker in scene.markers}.items():
        yield f"{key.kind}:{key.id}", hex_colour(symbol.colour), symbol.shape, symbol.hollow


@pytest.mark.parametrize("bw", [False, True], ids=["colour", "black and white"])
@pytest.mark.parametrize("plan_id", ["sichuan-strategic-13", "sichuan-hightech-14", "mianyang-green-14"])
def test_page_shows_what_the_program_shows(
    atlas: Atlas, coarse: Boundaries, write_html: Write, browser: Browser, plan_id: str, bw: bool
) -> None:
    plan = atlas.plan(plan_id)
    template = ViewState("").template._replace(bw=bw)
    whole = [
        view_for(plan, sectors)._replace(style=style, template=template, layers=FIRST_LAYERS)
        for sectors, style in product(sector_sets(plan), ("auto", "zones", "stripes", "glyphs", "count"))
    ]
    parts = [
        view._replace(shown=frozenset(pair for pair in view.shown if pair[1] != role), layers=frozenset({"sites"}))
        for view, role in product(whole, {role.id for role in plan.roles})
    ]
    views = whole + parts
    file = write_html(plan, views[0])
    browser.open(file)
    wanted = [
        {"on": [f"{s}|{r}" for s, r in view.shown], "layers": sorted(view.layers), "style": view.style}
        for view in views
    ]
    for view, page in zip(views, browser.run(RULES, wanted), strict=True):
        scene = build_scene(atlas, view, coarse)
        where = f"{view.style} {sorted(view.shown)}"
        rest = "#ffffff" if bw else "#f6f3ea"
        fills = {area.key: [plain_fill(fill) for fill in area.fills] for area in scene.areas}
        assert {code: page["fills"].get(code, [{"colour": rest}]) for code in fills} == fills, where
        rings = {glyph.key: [(hex_colour(s.colour), s.level) for s in glyph.segments] for glyph in scene.glyphs}
        assert {k: [(s["colour"], s["level"]) for s in v] for k, v in page["rings"].items()} == rings, where
        assert page["title"] == scene.title, where
        told = [entry for entry in scene.legend if not isinstance(entry.sample, Stroke)]
        assert [entry["text"] for entry in page["legend"]] == [entry.text for entry in told], where
        for own, other in zip(page["legend"], told, strict=True):
            assert drawn_sample(own) == plain_sample(other), (where, other.text)
        items = set(items_of(scene))
        assert {tuple(row) for row in page["items"]} == items, where
        numbers = [label.text.partition(" ")[2] for label in scene.labels if label.rank == 1]
        assert page["numbers"] == numbers, where
