"""Web pages of a figure say everything in the language in use; what plans and the gazetteer say stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
from looking import sector_ids

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.gazetteer import gazetteer
from geodata.language import language, use
from geodata.plan import Plan
from layers.build import build_scene
from layers.catalog.names import ENGLISH_NEIGHBOURS
from layers.export.html import PAGE_SCRIPTS, SHARED_SCRIPTS, TEMPLATES, resource
from layers.export.web_words import PAGE, SCRIPTS
from layers.export.webmap import web_map
from layers.furniture import full_title
from layers.view import FIRST_LAYERS, ViewState, view_for

Write = Callable[[Plan, ViewState], Path]

CHINESE = re.compile(r"[\u3000-\u3009\u300c-\u303f\u3400-\u9fff\uff01-\uff5e]+")
"""Also punctuation and full-width letters, but for 《 and 》 around titles."""

KNOWN = {"rules.js": ["产业"]}
"""What scripts compare with names in the data."""

SAID = """
const found = [];
const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const node = walk.currentNode;
  if (node.nodeType === Node.TEXT_NODE && !/^(script|style)$/i.test(node.parentNode.tagName)) found.push(node.data);
  ["title", "aria-label"].forEach((name) => { if (node.getAttribute && node.getAttribute(name)) found.push(node.getAttribute(name)); });
}
return found;
"""

LEGEND = "return Array.from(document.querySelectorAll('.legend text:not(.count)'), (text) => text.textContent)"


@pytest.fixture
def english() -> Iterator[None]:
    before = language()
    use("en")
    yield
    use(before)


def texts_of(value: Any) -> Iterator[str]:
    """All texts in nested plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from texts_of(part)


def without_data(text: str, plan: Plan) -> str:
    """The text without what the plan says and without names of places."""
    data = {part for part in texts_of(plan) if CHINESE.search(part)}
    data |= {sector.name.removesuffix("产业") for sector in plan.sectors}
    data |= {name for place in gazetteer().places.values() for name in (place.name, place.short)}
    for part in sorted([*data, *ENGLISH_NEIGHBOURS], key=len, reverse=True):
        text = text.replace(part, "")
    return text


@pytest.mark.parametrize("file", sorted(path.name for path in TEMPLATES.iterdir()))
def test_no_word_for_the_reader_stands_in_a_template(file: str) -> None:
    assert CHINESE.findall(resource(file)) == KNOWN.get(file, [])


def test_scripts_and_page_know_the_words_they_ask_for() -> None:
    scripts = "\n".join(map(resource, (*SHARED_SCRIPTS, *PAGE_SCRIPTS, "webmap.js")))
    asked = set(re.findall(r'say\(data, (?:[\w.]+ \? )?"(\w+)"', scripts))
    assert asked <= set(SCRIPTS)
    assert set(SCRIPTS) <= set(re.findall(r'"(\w+)"', scripts))
    assert set(PAGE) <= set(re.findall(r"\{\{(\w+)\}\}", resource("figure.html")))


@pytest.mark.parametrize(("tongue", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_names_its_language(
    plan: Plan, coarse: Boundaries, write_html: Write, english: None, tongue: str, tag: str
) -> None:
    use(tongue)
    view = view_for(plan, sector_ids(plan)[:1])
    page = web_map(build_scene(Atlas((plan,)), view, coarse), coarse).decode()
    for text in (write_html(plan, view).read_text("utf-8"), page):
        assert re.findall("<html[^>]*>", text) == [f'<html lang="{tag}">']


def views_of(plan: Plan) -> Iterator[ViewState]:
    """One for each kind of title and legend."""
    ids = sector_ids(plan)
    everything = view_for(plan, ids)._replace(layers=frozenset({*FIRST_LAYERS, "regions"}))
    for style in ("glyphs", "count", "multiples"):
        yield everything._replace(style=style)
    for number in (1, 2, 3):
        yield view_for(plan, ids[:number])._replace(style="stripes", layers=FIRST_LAYERS)
    bw = everything.template._replace(bw=True, number="1", off=frozenset())
    yield view_for(plan, ids[:3])._replace(template=bw, style="stripes", layers=FIRST_LAYERS)
    one = view_for(plan, ids[:1])
    yield one._replace(shown=frozenset(list(one.shown)[:1]), place="510700")
    yield everything._replace(extent_of="510700")
    yield view_for(plan, ())


@pytest.mark.parametrize("plan_id", ["sichuan-strategic-13", "sichuan-hightech-14", "mianyang-green-14"])
def test_an_english_page_says_chinese_names_only(
    atlas: Atlas, coarse: Boundaries, write_html: Write, browser: Browser, english: None, plan_id: str
) -> None:
    plan = atlas.plan(plan_id)
    for view in views_of(plan):
        scene = build_scene(Atlas((plan,)), view, coarse)
        file = write_html(plan, view)
        text = without_data(file.read_text("utf-8"), plan)
        assert CHINESE.findall(text) == KNOWN["rules.js"], view
        browser.open(file)
        said = "\n".join(browser.run(SAID))
        assert "{" not in said, view
        assert "undefined" not in said, view
        assert CHINESE.findall(without_data(said, plan)) == [], view
        assert browser.run("return document.getElementById('title').textContent") == full_title(scene)
        if not scene.panels:
            assert set(browser.run(LEGEND)) <= {"Legend", *(entry.text for entry in scene.legend)}, view
        assert [entry["message"] for entry in browser.log("browser")] == []


def test_an_english_web_map_says_chinese_names_only(atlas: Atlas, coarse: Boundaries, english: None) -> None:
    for plan in atlas.plans:
        view = view_for(plan, sector_ids(plan))._replace(layers=FIRST_LAYERS)
        page = web_map(build_scene(Atlas((plan,)), view, coarse), coarse, "tianditu", "0123456789abcdef").decode()
        text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), page)
        assert CHINESE.findall(without_data(text, plan)) == KNOWN["rules.js"], plan.id
