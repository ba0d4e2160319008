"""Pixels that mean something, and the same picture as PNG, SVG and PDF."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from looking import (
    labels_of,
    page_of,
    pixel_at,
    pixels,
    quiet_point,
    sector_ids,
    share_that_differs,
    symbols_of,
    writing_of,
)
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.geometry import outline
from geodata.plan import Plan
from layers.build import build_scene
from layers.compose import compose
from layers.drawing import IN_POINTS, Op, StrokeOp, TextOp
from layers.export import export
from layers.export.png import draw_image
from layers.fonts import measure
from layers.page import Page
from layers.paint import Text, paint_ops, paint_scene
from layers.scene import Scene, Stroke
from layers.template import Template
from layers.theme import OUTSIDE, REST, role_fill, sector_colour
from layers.view import LAYERS, ViewState, role_pairs, view_for

DPI = 254
CHENGDU, GARZE, PANZHIHUA = "510100", "513300", "510400"


def nothing() -> None:
    """Never stops the drawing."""


def drawn(scene: Scene, page: Page, dpi: float = DPI) -> QImage:
    return draw_image(scene, page, dpi, nothing)


def near(colour: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(colour, other, strict=True)) <= 2


STYLES = ("zones", "stripes", "glyphs", "marked", "multiples", "count", "black", "framed")
"""The styles, zones with sites, projects and regions over them, hatchings over each other, and a figure with all that
a template has, a graticule too."""

SHEETS = ("a4", "a3")
"""Both page sizes."""


def styled(plan: Plan, style: str) -> ViewState:
    ids = sector_ids(plan)
    if style == "marked":
        return view_for(plan, ids[1:2])._replace(layers=frozenset(LAYERS))
    if style == "black":
        return view_for(plan, ids[:3])._replace(style="stripes", template=Template(bw=True))
    if style == "framed":
        everything = Template(off=frozenset(), legend="ne", scale="sw", north="nw", number="图 3-1", names="full")
        return view_for(plan, ids[3:4])._replace(template=everything._replace(note="注：", maker="规划处", date="2026"))
    if style in ("multiples", "count"):
        return view_for(plan, ids)._replace(style=style)
    return view_for(plan, {"zones": ids[2:3], "stripes": ids[2:4], "glyphs": ids}[style])._replace(style=style)


# --- what pixels mean ---


def test_a_sector_that_is_off_leaves_the_base_colour_and_one_that_is_on_its_own(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    on = build_scene(atlas, view_for(plan, ["新材料"]), coarse)
    off = build_scene(atlas, view_for(plan, []), coarse)
    page = page_of(on, "a4")
    x, y = quiet_point([*compose(on, page, measure), *compose(off, page, measure)], page, coarse.prefectures[CHENGDU])
    core = role_fill(plan.sector("新材料"), plan.role("核心发展区"))
    assert near(pixel_at(drawn(on, page), x, y, DPI), core.colour)
    assert near(pixel_at(drawn(off, page), x, y, DPI), REST)


def test_in_each_core_city_the_map_has_the_full_colour_and_elsewhere_not(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    for sector in plan.sectors[1:3]:
        scene = build_scene(atlas, view_for(plan, [sector.id]), coarse)
        page = page_of(scene, "a4")
        image, ops = drawn(scene, page), compose(scene, page, measure)
        full = role_fill(sector, plan.role("核心发展区")).colour
        core = {a.place for a in plan.assignments if (a.sector, a.role) == (sector.id, "核心发展区")}
        found = {
            adcode
            for adcode, shape in coarse.prefectures.items()
            if near(pixel_at(image, *quiet_point(ops, page, shape), DPI), full)
        }
        assert found == core


def test_an_expansion_city_shows_tint_and_hatch_and_nothing_else(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, ["生物"]), coarse)
    page = page_of(scene, "a4")
    x, y, radius = coarse.label_points[GARZE]
    left, top = page.to_page(x - radius * 0.6, y - radius * 0.25)
    right, bottom = page.to_page(x + radius * 0.6, y - radius * 0.6)
    block = pixels(drawn(scene, page))[
        int(top * DPI / 72) : int(bottom * DPI / 72), int(left * DPI / 72) : int(right * DPI / 72)
    ].reshape(-1, 3)
    fill = role_fill(plan.sector("生物"), plan.role("重点拓展区"))
    assert fill.hatch is not None
    tint, line = np.array(fill.colour), np.array(fill.hatch.colour)
    share = ((block - tint) @ (line - tint)) / ((line - tint) @ (line - tint))
    assert np.abs(block - (tint + np.outer(share, line - tint))).max() <= 3  # every pixel is a mix of the two
    assert share.min() < 0.02
    assert share.max() > 0.9
    covered = fill.hatch.width / 72 * 25.4 / fill.hatch.spacing
    assert share.mean() == pytest.approx(covered, rel=0.15)


def test_a_city_of_two_sectors_shows_both_in_about_equal_shares(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, ["新材料", "新能源"]), coarse)
    page = page_of(scene, "a3")
    x, y, radius = coarse.label_points[PANZHIHUA]
    left, top = page.to_page(x - radius * 0.6, y + radius * 0.6)
    right, bottom = page.to_page(x + radius * 0.6, y + radius * 0.25)
    block = pixels(drawn(scene, page))[
        int(top * DPI / 72) : int(bottom * DPI / 72), int(left * DPI / 72) : int(right * DPI / 72)
    ].reshape(-1, 3)
    shares = []
    for sector in ("新材料", "新能源"):
        colour = np.array(role_fill(plan.sector(sector), plan.role("核心发展区")).colour)
        shares.append(float((np.abs(block - colour).max(axis=1) <= 3).mean()))
    assert min(shares) > 0.25
    assert sum(shares) > 0.85


def test_a_ring_shows_the_colours_of_its_sectors_only(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, sector_ids(plan)), coarse)
    page = page_of(scene, "a4")
    image = pixels(drawn(scene, page))
    boxes = {symbol.key: symbol.box for symbol in symbols_of(compose(scene, page, measure))}
    for glyph in scene.glyphs:
        left, top, right, bottom = (int(side * DPI / 72) for side in boxes[glyph.key])
        ring = image[top:bottom, left:right].reshape(-1, 3)
        areas = [int((np.abs(ring - sector_colour(plan.sector(s.sector))).max(axis=1) <= 2).sum()) for s in glyph.segments]  # fmt: skip
        full = max(area for area in areas)
        for segment, area in zip(glyph.segments, areas, strict=True):
            assert (area > 0.2 * full) if segment.level else (area < 0.02 * full), (glyph.key, segment.sector)
        widths = {level: [a for s, a in zip(glyph.segments, areas, strict=True) if s.level == level] for level in (0.5, 1.0)}  # fmt: skip
        if widths[0.5] and widths[1.0]:
            assert max(widths[0.5]) < 0.7 * min(widths[1.0])


def test_the_ground_around_the_province_and_the_paper_are_empty(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    scene = build_scene(atlas, view_for(plan, ["生物"]), coarse)
    page = page_of(scene, "a4")
    image = drawn(scene, page)
    left, top, _, _ = page.frame
    assert pixel_at(image, left + 5, top + 5, DPI) == OUTSIDE
    for x, y in ((2, 2), (page.width - 2, 2), (2, page.height - 2), (page.width - 2, page.height - 2)):
        assert pixel_at(image, x, y, DPI) == (255, 255, 255)


@pytest.mark.parametrize("text", list(Text))
def test_every_name_and_note_is_written_where_the_drawing_says(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, text: Text
) -> None:
    scene = build_scene(atlas, view_for(plan, ["数字创意"]), coarse)
    page = page_of(scene, "1024x700 px")
    unit = 2 * 96 / 72
    image = QImage(2048, 1400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ops = list(paint_scene(painter, scene, page, unit, text))
    painter.end()
    after = pixels(image)
    without: list[Op] = [op for op in ops if not isinstance(op, TextOp)]
    blank = QImage(2048, 1400, QImage.Format.Format_RGB32)
    painter = QPainter(blank)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    assert list(paint_ops(painter, without, unit)) == without
    painter.end()
    before = pixels(blank)
    texts = [*labels_of(ops), *writing_of(ops)]
    assert len(texts) > 35
    for op in texts:
        left, top, right, bottom = (round(side * unit) for side in op.box)
        changed = np.abs(after - before)[top:bottom, left:right].max(axis=2) > 60
        assert changed.mean() > 0.04, op.text
    far = np.ones(after.shape[:2], bool)
    for op in texts:
        left, top, right, bottom = (round(side * unit) for side in op.box)
        far[max(0, top - 8) : bottom + 8, max(0, left - 8) : right + 8] = False
    assert not (np.abs(after - before).max(axis=2)[far] > 32).any()


@pytest.mark.parametrize("dpi", [96, 300, 600])
@pytest.mark.parametrize("width", [0.8, 1.5])
def test_lines_and_their_dashes_are_as_long_and_wide_in_points_at_every_resolution(
    gui: QGuiApplication, dpi: int, width: float
) -> None:
    unit = dpi / 72
    image = QImage(round(400 * unit), round(12 * unit), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    line = outline([[(0, 6), (400, 6)]])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ops = [StrokeOp(line, IN_POINTS, Stroke((0, 0, 0), width, (5.0, 3.0)))]
    assert list(paint_ops(painter, ops, unit)) == ops
    painter.end()
    ink = (255 - pixels(image)[:, :, 0]) / 255
    assert ink.sum() / unit**2 == pytest.approx(400 * width * 5 / 8, rel=0.04)
    starts = np.flatnonzero(np.diff((ink.max(axis=0) > 0.5 * ink.max()).astype(int)) == 1)
    assert np.diff(starts).mean() / unit == pytest.approx(8, rel=0.02)


# --- the same picture in every format ---


@pytest.fixture(scope="module")
def exported(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, full: Boundaries, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str, str], Path]:
    """Each style in each format on both sheets."""
    folder = tmp_path_factory.mktemp("parity")
    files = {}
    for style in STYLES:
        scene = build_scene(atlas, styled(plan, style), full)
        for sheet in SHEETS:
            for suffix in ("png", "svg", "pdf"):
                file = folder / f"{style}-{sheet}.{suffix}"
                files[style, sheet, suffix] = file
                export(scene, page_of(scene, sheet), DPI, file)
    return files


def test_a4_at_254_dpi_is_2970_by_2100_pixels(exported: dict[tuple[str, str, str], Path]) -> None:
    image = QImage(str(exported["zones", "a4", "png"]))
    assert (image.width(), image.height()) == (2970, 2100)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_svg_shows_what_the_png_shows(exported: dict[tuple[str, str, str], Path], style: str, sheet: str) -> None:
    image = QImage(QImage(str(exported[style, sheet, "png"])).size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(str(exported[style, sheet, "svg"]))
    assert renderer.isValid()
    renderer.render(painter)
    painter.end()
    assert share_that_differs(pixels(QImage(str(exported[style, sheet, "png"]))), pixels(image)) < 0.004


def test_the_svg_has_a_named_group_for_each_layer(exported: dict[tuple[str, str, str], Path]) -> None:
    root = ElementTree.parse(exported["marked", "a4", "svg"]).getroot()
    groups = {group.get("id"): group.get("data-name") for group in root.iter() if group.get("data-name")}
    assert {"areas", "prefecture", "province", "markers", "labels", "scale", "north"} <= set(groups)
    assert groups["areas"] == "分区"
    assert groups["province"] == "省界"
    assert len([group for group in root.iter() if group.get("id")]) == len(groups)  # no id twice
    for style in STYLES:
        assert ElementTree.parse(exported[style, "a3", "svg"]).getroot().tag.endswith("svg")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_pdf_shows_what_the_png_shows(exported: dict[tuple[str, str, str], Path], style: str, sheet: str) -> None:
    document = pypdfium2.PdfDocument(exported[style, sheet, "pdf"])
    try:
        assert len(document) == 1
        rendered = document[0].render(scale=DPI / 72).to_numpy()[:, :, 2::-1].astype(np.int16)
    finally:
        document.close()
    assert share_that_differs(pixels(QImage(str(exported[style, sheet, "png"]))), rendered) < 0.004


def test_the_comparison_sees_a_sector_that_is_missing(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    ids = sector_ids(plan)
    scene = build_scene(atlas, view_for(plan, ids), coarse)
    page = page_of(scene, "a4")
    view = view_for(plan, ids).with_pairs(role_pairs(plan, "生物"), False)
    other = build_scene(atlas, view, coarse)._replace(legend=scene.legend, title=scene.title)
    assert share_that_differs(pixels(drawn(scene, page)), pixels(drawn(other, page))) > 0.004
    pale = build_scene(atlas, view_for(plan, []), coarse)._replace(legend=scene.legend, title=scene.title)
    assert share_that_differs(pixels(drawn(scene, page)), pixels(drawn(pale, page))) > 0.01
