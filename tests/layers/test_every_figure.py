"""Every figure there is: all sets of sectors in all styles, in colour and in black and white, on all pages.

What the legend says is what is drawn, nothing lies over anything else, and no text is too small to be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations
from math import hypot

import pytest
from looking import PAGES, page_of, sector_ids, sector_sets
from PySide6.QtGui import QGuiApplication

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.checks.drawn import drawn_marks, legend_findings, shown_entries
from layers.checks.finding import ERROR
from layers.compose import compose
from layers.drawing import FillOp, Op, SymbolOp, TextOp, overlap
from layers.fills import area_ops
from layers.fonts import measure
from layers.page import Page
from layers.scene import Scene
from layers.template import Template
from layers.theme import SMALLEST_TEXT
from layers.view import LAYERS, STYLES, ViewState, view_for

Figures = list[tuple[Scene, Page, list[Op]]]

KINDS = [(style, bw) for style in STYLES for bw in (False, True)]


def views(atlas: Atlas, plan: Plan, style: str, bw: bool) -> Iterator[ViewState]:
    """Each set of sectors, all of them with every layer, and a plan that has no roles."""
    template = Template(bw=bw)
    for ids in (*sector_sets(plan), sector_ids(plan)[:4]):
        yield view_for(plan, ids)._replace(style=style, template=template, layers=frozenset())
    yield view_for(plan, sector_ids(plan))._replace(style=style, template=template, layers=frozenset(LAYERS))
    other = atlas.plan("sichuan-hightech-14")
    yield view_for(other, sector_ids(other))._replace(template=template, layers=frozenset(LAYERS))


@pytest.fixture(params=PAGES, scope="module")
def page_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=KINDS, ids=[f"{style}{'-bw' if bw else ''}" for style, bw in KINDS], scope="module")
def figures(
    request: pytest.FixtureRequest, page_name: str, gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> Figures:
    """All figures of one style on one page; a sheet too small for a legend is refused and shows nothing wrong."""
    found = []
    for view in views(atlas, plan, *request.param):
        scene = build_scene(atlas, view, coarse)
        with suppress(UserError):
            page = page_of(scene, page_name)
            found.append((scene, page, compose(scene, page, measure)))
    assert len(found) > 10
    return found


def test_the_legend_says_what_is_drawn_and_nothing_else(figures: Figures) -> None:
    for scene, page, ops in figures:
        drawn = drawn_marks(scene, page, ops)
        found = legend_findings(scene, drawn, shown_entries(scene, ops))
        # On the screen the legend is whole, because the map is moved under it.
        assert [finding.what for finding in found if page.margins or finding.severity == ERROR] == [], scene.title


def touch(a: SymbolOp, b: SymbolOp) -> bool:
    """Whether two symbols share room; rings, which stand for no items, are round."""
    if a.items or b.items:
        return overlap(a.box, b.box)
    return hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < (a.box[2] - a.box[0] + b.box[2] - b.box[0]) / 2


def test_no_text_lies_over_other_text_or_over_a_symbol(figures: Figures) -> None:
    for scene, _, ops in figures:
        texts = [op for op in ops if isinstance(op, TextOp)]
        assert [(a.text, b.text) for a, b in combinations(texts, 2) if overlap(a.box, b.box)] == [], scene.title
        symbols = [op for op in ops if isinstance(op, SymbolOp)]
        assert [(a.key, b.key) for a, b in combinations(symbols, 2) if touch(a, b)] == [], scene.title
        names = {"/".join((key.kind, key.plan, key.id)) for symbol in symbols for key in symbol.items}
        assert not [
            (text.text, symbol.key)
            for text in texts
            for symbol in symbols
            if text.key != symbol.key and text.group != "markers" and text.key not in names
            if overlap(text.box, symbol.box)
        ], scene.title


def test_all_text_is_on_the_page_and_large_enough(figures: Figures) -> None:
    for scene, page, ops in figures:
        texts = [op for op in ops if isinstance(op, TextOp)]
        assert len(texts) > 10
        assert [op.text for op in texts if op.size < SMALLEST_TEXT] == [], scene.title
        assert [
            op.text
            for op in texts
            if op.box[0] < 0 or op.box[1] < 0 or op.box[2] > page.width or op.box[3] > page.height
        ] == [], scene.title


@pytest.mark.parametrize("page_name", ["a4", "slide", "160x120mm", "80x70mm"])
def test_stripes_lose_no_sector_however_small_the_city(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, page_name: str
) -> None:
    view = view_for(plan, sector_ids(plan))._replace(style="stripes", template=Template(off=frozenset({"legend"})))
    scene = build_scene(atlas, view, coarse)
    page = page_of(scene, page_name)
    for area in scene.areas:
        ops = area_ops(area, page, (page.scale, -page.scale, *page.origin))
        stripes = [op for op in ops if isinstance(op, FillOp) and op.shape.records]
        assert {op.colour for op in stripes} == {fill.colour for fill in area.fills}, area.key
