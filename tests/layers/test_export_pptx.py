"""Slides as PowerPoint and LibreOffice see them: native named shapes, text that can be edited, facts in the notes."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pptx
import pytest
from looking import page_of, sector_ids
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from PySide6.QtGui import QGuiApplication, QImage

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.catalog.regions import drawn_regions
from layers.compose import compose
from layers.corners import visible_entries
from layers.drawing import TextOp
from layers.export import export
from layers.export.pptx import pptx_file
from layers.export.slide import EMU, FONT
from layers.fonts import measure
from layers.page import MM
from layers.scene import Fill, Scene
from layers.table import assignment_rows, item_rows, region_rows, unlocated_rows
from layers.template import Template
from layers.theme import PAPER
from layers.view import ViewState, view_for

BW = Template(bw=True)
Styled = Callable[[str], Scene]


def quiet() -> None:
    """Nobody stops the export."""


def slide_of(scene: Scene, name: str = "slide") -> Slide:
    presentation = pptx.Presentation(BytesIO(pptx_file(scene, page_of(scene, name), 300, quiet)))
    (slide,) = presentation.slides
    return slide


def shapes_of(shapes: Any) -> Iterator[Any]:
    """All shapes, groups and what is in them."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes_of(shape.shapes)


def named(slide: Slide, start: str) -> list[Any]:
    return [shape for shape in shapes_of(slide.shapes) if shape.name.startswith(start)]


def the(slide: Slide, name: str) -> Any:
    (shape,) = (shape for shape in shapes_of(slide.shapes) if shape.name == name)
    return shape


def texts(slide: Slide) -> list[str]:
    return [
        shape.text_frame.text for shape in shapes_of(slide.shapes) if shape.has_text_frame and shape.text_frame.text
    ]


def notes(slide: Slide) -> str:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    return str(frame.text)


def look(shape: Any) -> tuple[Any, ...]:
    """What fills a shape: its colour, or its pattern with both colours."""
    (solid, pattern) = (shape._element.spPr.find(qn(tag)) for tag in ("a:solidFill", "a:pattFill"))
    fill = pattern if pattern is not None else solid
    colours = [colour.get("val") for colour in fill.iter(qn("a:srgbClr"))]
    return (fill.get("prst"), *colours)


STYLES: dict[str, tuple[slice, ViewState]] = {
    "zones": (slice(0, 1), ViewState("", style="zones")),
    "stripes": (slice(4, 6), ViewState("", style="stripes")),
    "three stripes": (slice(0, 3), ViewState("", style="stripes")),
    "glyphs": (slice(0, 5), ViewState("", style="glyphs")),
    "count": (slice(0, 8), ViewState("", style="count")),
    "multiples": (slice(0, 8), ViewState("", style="multiples")),
    "zones in black and white": (slice(0, 1), ViewState("", style="zones", template=BW)),
    "overlays in black and white": (slice(4, 6), ViewState("", style="stripes", template=BW)),
    "glyphs in black and white": (slice(0, 5), ViewState("", style="glyphs", template=BW)),
    "count in black and white": (slice(0, 8), ViewState("", style="count", template=BW)),
    "multiples in black and white": (slice(0, 8), ViewState("", style="multiples", template=BW)),
}


@pytest.fixture
def styled(gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Styled:
    """The scene of a style of STYLES."""

    def scene(style: str) -> Scene:
        wanted, choice = STYLES[style]
        view = view_for(plan, sector_ids(plan)[wanted])._replace(style=choice.style, template=choice.template)
        return build_scene(atlas, view, coarse)

    return scene


@pytest.fixture
def marked(gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Scene:
    """With sites, projects and regions on."""
    view = view_for(plan, ["高端装备"])._replace(layers=frozenset({"sites", "projects", "regions"}))
    return build_scene(atlas, view, coarse)


# --- shapes ---


@pytest.mark.parametrize("style", [style for style in STYLES if "multiples" not in style])
def test_each_prefecture_is_one_free_form_with_its_name(styled: Styled, atlas: Atlas, style: str) -> None:
    slide = slide_of(styled(style))
    names = {place.name for place in atlas.places.prefectures}
    found = [shape for shape in slide.shapes if shape.name in names]
    assert sorted(shape.name for shape in found) == sorted(names)
    assert len(names) == 21
    assert {shape.shape_type for shape in found} == {MSO_SHAPE_TYPE.FREEFORM}


def test_each_small_map_has_its_own_free_forms(styled: Styled, atlas: Atlas, plan: Plan) -> None:
    slide = slide_of(styled("multiples"))
    free = Counter(shape.name for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM)
    wanted = [f"{place.name}（{sector.name}）" for place in atlas.places.prefectures for sector in plan.sectors]
    assert {name: free[name] for name in wanted} == dict.fromkeys(wanted, 1)
    assert {f"小图标题：{sector.name}" for sector in plan.sectors} <= {shape.name for shape in slide.shapes}


@pytest.mark.parametrize("style", STYLES)
def test_every_shape_has_a_name_and_a_number_of_its_own_and_stays_on_the_slide(styled: Styled, style: str) -> None:
    slide = slide_of(styled(style))
    shapes = list(shapes_of(slide.shapes))
    assert len({shape.name for shape in shapes}) == len({shape.shape_id for shape in shapes}) == len(shapes)
    assert all(shape.name.strip() for shape in shapes)
    page = page_of(styled(style), "slide")
    for shape in shapes:
        assert -EMU <= shape.left <= shape.left + shape.width <= (page.width + 1) * EMU, shape.name
        assert -EMU <= shape.top <= shape.top + shape.height <= (page.height + 1) * EMU, shape.name


def test_a_zone_and_its_sample_in_the_legend_have_the_same_native_fill(styled: Styled, plan: Plan) -> None:
    scene = styled("zones")
    slide = slide_of(scene)
    samples = {text.split("（")[0]: look(the(slide, f"图例样式：{text}")) for text in filled(scene)}
    drawn = {(row.role, look(the(slide, row.place))) for row in assignment_rows(scene)}
    assert drawn == {(role, samples[role]) for role, _ in drawn}
    assert {fill[0] for _, fill in drawn} == {None, "ltUpDiag"}  # core solid, expansion hatched


@pytest.mark.parametrize("style", ["stripes", "three stripes"])
def test_stripes_are_free_forms_filled_as_the_legend_says(styled: Styled, style: str) -> None:
    scene = styled(style)
    slide = slide_of(scene)
    single = {look(shape) for shape in named(slide, "图例样式：") if shape.shape_type != MSO_SHAPE_TYPE.LINE}
    striped = [area for area in scene.areas if len(area.fills) > 1]
    assert striped
    for area in striped:
        name = next(name for name in (row.place for row in assignment_rows(scene) if row.adcode == area.key))
        over = named(slide, f"{name} 条纹")
        assert len(over) == len(area.fills) - 1
        found = [look(shape) for shape in (the(slide, name), *over)]
        assert len(set(found)) == len(area.fills)
        assert set(found) <= single
    sample = next(entry for entry in scene.legend if "条纹" in entry.text)
    assert len(named(slide, f"图例样式：{sample.text} 条纹")) == len(sample.sample or ()) - 1


def test_a_place_too_small_for_a_stripe_of_each_sector_is_drawn_too(
    atlas: Atlas, plan: Plan, coarse: Boundaries, gui: QGuiApplication
) -> None:
    view = view_for(plan, sector_ids(plan))._replace(style="stripes")
    slide = slide_of(build_scene(atlas, view, coarse), "160x120mm")
    names = {place.name for place in atlas.places.prefectures}
    assert {shape.name for shape in slide.shapes} >= names


def filled(scene: Scene) -> dict[str, tuple[Fill, ...]]:
    """The legend's samples of fills, by their texts."""
    samples = {entry.text: entry.sample for entry in scene.legend}
    return {
        text: sample
        for text, sample in samples.items()
        if isinstance(sample, tuple) and sample and isinstance(sample[0], Fill)
    }


def distance(shape: Any) -> float:
    """Millimetres between the lines of a hatching at 45 degrees."""
    levels = set()
    for move in shape._element.iter(qn("a:moveTo")):
        end = move.getnext()
        (x1, y1), (x2, y2) = ((int(point.get("x")), int(point.get("y"))) for point in (move[0], end[0]))
        assert abs(abs(x2 - x1) - abs(y2 - y1)) <= 4
        levels.add(round((y1 + (x1 if (x2 - x1) * (y2 - y1) < 0 else -x1)) / 100))
    gaps = np.diff(sorted(levels)) * 100 / np.sqrt(2) / EMU / MM
    return float(np.min(gaps[gaps > 0.05]))


def test_in_black_and_white_the_lines_are_as_far_apart_on_the_map_as_in_the_legend(styled: Styled) -> None:
    scene = styled("zones in black and white")
    slide = slide_of(scene)
    hatched = {text: fills[0].hatch for text, fills in filled(scene).items() if fills[0].hatch is not None}
    assert len(hatched) == 2
    for text, hatch in hatched.items():
        role = text.split("（")[0]
        place = next(row.place for row in assignment_rows(scene) if row.role == role)
        assert look(the(slide, place)) == look(the(slide, f"图例样式：{text}")) == (None, "FFFFFF")
        for name in (place, f"图例样式：{text}"):
            assert distance(the(slide, f"{name} 填充线")) == pytest.approx(hatch.spacing, rel=0.02)


def test_no_pattern_alone_says_what_a_black_and_white_figure_means(styled: Styled) -> None:
    for style in STYLES:
        scene = styled(style)
        patterns = list(slide_of(scene)._element.iter(qn("a:pattFill")))
        areas = [*scene.areas, *(area for panel in scene.panels for area in panel.areas)]
        hatched = any(fill.hatch is not None for area in areas for fill in area.fills)
        assert bool(patterns) == (hatched and "black" not in style), style
        for pattern in patterns:
            assert pattern.find(qn("a:bgClr"))[0].get("val") != "{:02X}{:02X}{:02X}".format(*PAPER)


def test_sites_and_projects_are_preset_shapes_with_name_and_citation(marked: Scene) -> None:
    slide = slide_of(marked, "a3")
    native = {
        "square": MSO_SHAPE.RECTANGLE,
        "diamond": MSO_SHAPE.DIAMOND,
        "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
        "pentagon": MSO_SHAPE.REGULAR_PENTAGON,
        "circle": MSO_SHAPE.OVAL,
    }
    shapes = {marker.name: native[marker.symbol.shape] for marker in marked.markers}
    rows = {row.name: row for row in item_rows(marked)}
    found = [shape for shape in slide.shapes if shape.name.split("（")[0] in shapes]
    assert found
    for shape in found:
        name = shape.name if shape.name in shapes else shape.name.split("（")[0]
        assert shape.auto_shape_type == shapes[name]
        assert rows[name].reference in shape._element.nvSpPr.cNvPr.get("descr")
    together = [shape for shape in slide.shapes if shape.name.endswith("个园区和项目")]
    for shape in together:
        words = shape._element.nvSpPr.cNvPr.get("descr").splitlines()
        assert shape.text_frame.text == str(len(words))


def test_a_ring_is_a_group_of_segments_named_by_sector(styled: Styled, plan: Plan) -> None:
    scene = styled("glyphs")
    slide = slide_of(scene)
    rings = [shape for shape in slide.shapes if shape.name.endswith(" 环形符号")]
    assert len(rings) == len(scene.glyphs) > 15
    sectors = [sector.name for sector in plan.sectors[:5]]
    for ring in rings:
        assert ring.shape_type == MSO_SHAPE_TYPE.GROUP
        assert {part.shape_type for part in ring.shapes} == {MSO_SHAPE_TYPE.FREEFORM}
        found = [part.name.split("（")[0] for part in ring.shapes if "底环" not in part.name]
        assert found == sectors


def test_borders_scale_bar_and_north_arrow_are_groups(marked: Scene) -> None:
    slide = slide_of(marked)
    groups = {shape.name for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP}
    assert {"省界", "市（州）界", "邻省界线", "图例", "比例尺", "指北针"} <= groups
    (bar,) = (shape for shape in slide.shapes if shape.name == "比例尺")
    assert next(text for text in texts(slide) if text.endswith(" km")) in [
        part.text_frame.text for part in bar.shapes if part.has_text_frame
    ]
    page = page_of(marked, "slide")
    lengths = [part.width / EMU for part in bar.shapes if part.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    metres = float(next(text for text in texts(slide) if text.endswith(" km")).removesuffix(" km")) * 1000
    assert sum(sorted(lengths)[:2]) == pytest.approx(metres * page.scale, rel=0.005)


# --- text ---


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["slide", "a4"])
def test_all_that_the_figure_says_is_text(styled: Styled, style: str, name: str) -> None:
    scene = styled(style)
    slide = slide_of(scene, name)
    page = page_of(scene, name)
    said = [op.text for op in compose(scene, page, measure) if isinstance(op, TextOp)]
    assert Counter(texts(slide)) == Counter(said)
    shown = {entry.text for entry in visible_entries(scene, page)}
    legend = next(shape for shape in slide.shapes if shape.name == "图例")
    assert shown <= {shape.text_frame.text for shape in legend.shapes if shape.has_text_frame}
    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == scene.title


def test_text_has_its_font_for_latin_and_for_chinese(styled: Styled) -> None:
    slide = slide_of(styled("zones"))
    runs = list(slide._element.iter(qn("a:rPr")))
    assert len(runs) == len(texts(slide)) > 40
    for run in runs:
        assert run.find(qn("a:latin")).get("typeface") == run.find(qn("a:ea")).get("typeface") == FONT
        assert run.get("lang") == "zh-CN"


def test_a_font_that_the_template_names_is_set_for_both(atlas: Atlas, plan: Plan, coarse: Boundaries, gui: QGuiApplication) -> None:  # fmt: skip
    family = "Noto Sans CJK SC"
    view = view_for(plan, ["新材料"])._replace(template=Template(title_font=family, text_font=family))
    slide = slide_of(build_scene(atlas, view, coarse))
    found = {
        run.find(qn(tag)).get("typeface") for run in slide._element.iter(qn("a:rPr")) for tag in ("a:latin", "a:ea")
    }
    assert found <= {family, FONT}


@pytest.mark.parametrize("title", ["A<B & \"C\" 'D'", "=1+1", "<script>alert(1)</script>", "甲]]>乙", "😀 㐀𠀀"])
def test_text_arrives_as_text(styled: Styled, title: str) -> None:
    slide = slide_of(styled("zones")._replace(title=title))
    assert slide.shapes.title is not None
    assert slide.shapes.title.text_frame.text == title
    assert notes(slide).splitlines()[0] == title


# --- notes ---


@pytest.mark.parametrize("style", STYLES)
def test_the_notes_say_where_each_shown_fact_stands(styled: Styled, style: str) -> None:
    scene = styled(style)
    said = notes(slide_of(scene)).splitlines()
    rows = assignment_rows(scene)
    assert rows
    assert any(row.note for row in rows)
    for row in rows:
        role = f"{row.role}（{row.note}）" if row.note else row.role
        assert f"{row.place}｜{row.sector}｜{role}｜《{scene.plan.document.title}》{row.reference}" in said
    assert all(row.reference for row in rows)


def test_the_notes_cite_sites_projects_and_regions(marked: Scene) -> None:
    said = notes(slide_of(marked))
    for row in item_rows(marked):
        assert any(line.startswith(f"{row.name}｜") and row.reference in line for line in said.splitlines()), row.name
    outlined, nowhere = region_rows(marked), unlocated_rows(marked)
    assert [row.name for row in outlined] == [region.name for region in drawn_regions(marked.plan, marked.view)]
    assert outlined
    assert nowhere
    assert f"没有上图：规划没有写明位置，{len(nowhere)} 个" in said
    for row in (*outlined, *nowhere):
        (line,) = [line for line in said.splitlines() if line.startswith(f"{row.name}｜")]
        assert line.endswith(f"｜《{marked.plan.document.title}》{row.reference}")
        assert row.note in line
    assert marked.approval in said
    assert "天地图" in said


def test_a_prefecture_says_what_it_shows(styled: Styled) -> None:
    scene = styled("zones")
    row = assignment_rows(scene)[0]
    about = the(slide_of(scene), row.place)._element.nvSpPr.cNvPr.get("descr")
    assert about == f"{row.sector}：{row.role}（{row.reference}）"


# --- files ---


@pytest.mark.parametrize("name", ["a4", "a4-portrait", "a3", "a3-portrait", "slide", "160x120mm", "80x60mm"])
def test_the_slide_has_the_size_of_the_page(styled: Styled, name: str) -> None:
    page = page_of(styled("zones"), name)
    presentation = pptx.Presentation(BytesIO(pptx_file(styled("zones"), page, 300, quiet)))
    size = (presentation.slide_width or 0) / EMU, (presentation.slide_height or 0) / EMU
    assert size == pytest.approx((page.width, page.height), abs=0.001)
    assert presentation.core_properties.title == styled("zones").title


def test_a_page_that_no_slide_can_be_as_large_as_is_refused(styled: Styled) -> None:
    with pytest.raises(UserError) as caught:
        pptx_file(styled("zones"), page_of(styled("zones"), "2000x1000mm"), 300, quiet)
    assert "1422 mm" in caught.value.problems[0].message
    assert caught.value.problems[0].hint


@pytest.mark.parametrize(("style", "most"), [("zones", 300_000), ("stripes", 300_000), ("multiples", 1_000_000)])
def test_the_file_is_small(atlas: Atlas, plan: Plan, full: Boundaries, gui: QGuiApplication, style: str, most: int) -> None:  # fmt: skip
    view = view_for(plan, sector_ids(plan)[STYLES[style][0]])._replace(style=style)
    scene = build_scene(atlas, view, full)
    assert len(pptx_file(scene, page_of(scene, "slide"), 300, quiet)) < most


def picture(file: Path) -> np.ndarray:
    """Colours of 120 × 68 parts of a picture, in which text and thin lines hardly show."""
    image = QImage(str(file)).scaled(960, 544).convertToFormat(QImage.Format.Format_RGB888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(544, image.bytesPerLine())[:, : 960 * 3]
    return pixels.reshape(68, 8, 120, 8, 3).astype(float).mean((1, 3))


def test_libreoffice_shows_it_like_the_png(styled: Styled, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftoppm")
    if office is None or reader is None:
        pytest.skip("LibreOffice or pdftoppm is not here")
    styles = ("zones", "stripes", "glyphs", "multiples", "overlays in black and white")
    for style in styles:
        page = page_of(styled(style), "slide")
        for suffix in (".pptx", ".png"):
            export(styled(style), page, 96, tmp_path / f"{style}{suffix}")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    files = [tmp_path / f"{style}.pptx" for style in styles]
    subprocess.run([*command, "--outdir", tmp_path, *files], check=True, capture_output=True)
    for style in styles:
        subprocess.run([reader, "-r", "96", "-png", "-singlefile", tmp_path / f"{style}.pdf", tmp_path / f"{style} office"], check=True)  # fmt: skip
        differs = np.abs(picture(tmp_path / f"{style}.png") - picture(tmp_path / f"{style} office.png")).max(2) > 48
        assert differs.mean() < 0.04, style
