"""What a person chooses for a figure: elements, corners, words, fonts, names, and a region to zoom to."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from looking import page_of, sector_ids, writing_of
from PySide6.QtGui import QFontDatabase, QGuiApplication

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.compose import compose
from layers.corners import NOWHERE, legend_box, north_box, scale_box
from layers.drawing import Op, TextOp, overlap
from layers.extent import find_region
from layers.fonts import FACES, FAMILY, family_of, measure, text_outline
from layers.page import Page
from layers.scene import Scene
from layers.template import CORNERS, ELEMENTS, Template, cleaned, template_from_json, template_to_json, typed
from layers.view import view_for

EVERYTHING = Template(
    off=frozenset(), number="图 3-1", note="说明：行政区划为现状。", maker="规划处", date="2026年11月"
)

SAYS = {
    "title": "图 3-1　四川省",
    "legend": "图例",
    "scale": "200 km",
    "north": "北",
    "graticule": "104°E",
    "source": "资料来源",
    "note": "说明：行政区划为现状。",
    "approval": "内部使用，未经地图审核",
    "maker": "制图：规划处　2026年11月",
}
"""What each element writes on the sheet."""


class Figures:
    """Figures of the first sector on A4 with a template."""

    def __init__(self, atlas: Atlas, plan: Plan, boundaries: Boundaries) -> None:
        self.atlas, self.plan, self.boundaries = atlas, plan, boundaries

    def scene(self, template: Template, extent: str | None = None) -> Scene:
        view = view_for(self.plan, sector_ids(self.plan)[:1])
        return build_scene(self.atlas, view._replace(template=template, extent_of=extent), self.boundaries)

    def drawn(self, template: Template, extent: str | None = None) -> tuple[Scene, Page, list[Op]]:
        scene = self.scene(template, extent)
        page = page_of(scene, "a4")
        return scene, page, compose(scene, page, measure)


@pytest.fixture
def figures(gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Figures:
    return Figures(atlas, plan, coarse)


def texts(ops: list[Op]) -> list[str]:
    return [op.text for op in ops if isinstance(op, TextOp)]


@pytest.mark.parametrize("element", ELEMENTS)
def test_each_element_is_there_and_can_be_switched_off(figures: Figures, element: str) -> None:
    words = SAYS[element]
    assert any(words in text for text in texts(figures.drawn(EVERYTHING)[2]))
    without = EVERYTHING._replace(off=frozenset({element}))
    assert not any(words in text for text in texts(figures.drawn(without)[2]))


@pytest.mark.parametrize("corners", list(product(CORNERS, repeat=3)), ids="-".join)
def test_legend_scale_and_north_stand_in_any_corner_and_keep_apart(
    figures: Figures, corners: tuple[str, str, str]
) -> None:
    legend, scale, north = corners
    scene, page, ops = figures.drawn(EVERYTHING._replace(legend=legend, scale=scale, north=north))
    boxes = [find(scene, page, measure) for find in (legend_box, scale_box, north_box)]
    assert NOWHERE not in boxes
    left, top, right, bottom = page.frame
    for box, corner in zip(boxes, corners, strict=True):
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        assert (middle[0] < (left + right) / 2) == corner.endswith("w")
        assert (middle[1] < (top + bottom) / 2) == corner.startswith("n")
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    writing = writing_of(ops)
    assert [(a.text, b.text) for a, b in combinations(writing, 2) if overlap(a.box, b.box)] == []


def test_elements_are_renamed(figures: Figures) -> None:
    found = texts(figures.drawn(Template(legend_title="图　例", north_words="N"))[2])
    assert {"图　例", "N"} <= set(found)
    assert not {"图例", "北"} & set(found)


@pytest.mark.parametrize(
    ("names", "said"),
    [("short", {"德阳", "甘孜"}), ("full", {"德阳市", "甘孜藏族自治州"}), ("english", {"Deyang", "Ya'an", "Guang'an"})],
)
def test_names_are_short_full_or_english(figures: Figures, names: str, said: set[str]) -> None:
    assert said <= set(texts(figures.drawn(Template(names=names))[2]))


def test_a_font_that_the_machine_has_is_used_and_one_that_it_lacks_is_the_bundled_one(figures: Figures) -> None:
    assert family_of("没有这种字体") == FAMILY
    assert text_outline("成都", "没有这种字体") == text_outline("成都")
    there = next(name for name in QFontDatabase.families() if name != FAMILY and not name.startswith("Noto"))
    assert family_of(there) == there
    _, _, ops = figures.drawn(Template(title_font=there, text_font="宋体"))
    faces = {op.text: op.face for op in ops if isinstance(op, TextOp)}
    assert faces["图例"] == faces["成都"] == "宋体"
    assert [face for text, face in faces.items() if text.startswith("四川省")] == [there]
    assert all(QFontDatabase.hasFamily(family_of(face)) for face in FACES)


def test_on_the_screen_the_furniture_is_as_usual(figures: Figures) -> None:
    scene = figures.scene(EVERYTHING._replace(legend="ne", legend_title="另一个", text_font="宋体"))
    page = page_of(scene, "1600x1000 px")
    ops = compose(scene, page, measure)
    assert "图例" in texts(ops)
    assert {op.face for op in ops if isinstance(op, TextOp)} == {""}


def test_a_region_is_zoomed_to_with_its_counties(figures: Figures) -> None:
    region = find_region(figures.plan, "成德绵")
    scene, page, ops = figures.drawn(Template(), f"region:{region.id}")
    assert {"成都", "德阳", "绵阳", "什邡"} <= set(texts(ops))
    assert scene.title.startswith("成德绵")
    assert "成德绵（示意）" in texts(ops)
    for place in region.places:
        left, bottom, right, top = figures.boundaries.outline(place).bounds
        assert page.extent[0] <= left
        assert page.extent[1] <= bottom
        assert right <= page.extent[2]
        assert top <= page.extent[3]


def test_a_template_is_kept_as_json_and_damage_takes_the_default() -> None:
    assert template_from_json(template_to_json(EVERYTHING)) == EVERYTHING
    damaged = {**template_to_json(EVERYTHING), "legend": "middle", "names": 7, "off": "title", "bw": "yes"}
    assert template_from_json(damaged) == EVERYTHING._replace(
        legend=Template().legend, names="short", off=Template().off, bw=False
    )
    assert template_from_json(["not", "a", "template"]) == Template()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" \t\u3000\n", ""),
        ("甲\r\n乙\t丙", "甲 乙 丙"),
        ("甲\x00\x1b\u200b\ud800乙", "甲乙"),
        ("四川省\u3000新材料  布局", "四川省\u3000新材料  布局"),
        ("𠀀<&\"'=1", "𠀀<&\"'=1"),
    ],
)
def test_typed_words_are_one_line_that_can_be_printed(text: str, kept: str) -> None:
    assert cleaned(text) == kept


def test_typed_words_have_a_limit() -> None:
    assert typed("number", f" {'长' * 20}\n") == "长" * 20
    with pytest.raises(UserError, match="图号有 21 字"):
        typed("number", "长" * 21)


def test_a_blank_approval_number_is_none(figures: Figures) -> None:
    scene, _, ops = figures.drawn(Template())
    view = scene.view._replace(approval=" \u3000", title="\t")
    blank = build_scene(figures.atlas, view, figures.boundaries)
    assert (blank.approval, blank.title) == (scene.approval, scene.title)
    assert "内部使用，未经地图审核" in texts(ops)
