"""Word documents as a reader, Word and LibreOffice see them: a vector figure, a caption with a field, tables, sources."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from looking import page_of
from PySide6.QtGui import QGuiApplication, QImage

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from layers.build import build_scene
from layers.export import export
from layers.export.docx import UNLOCATED, docx_file, grouped_rows, paper_for, picture_width
from layers.export.word import LATIN, SANS, SERIF, legal
from layers.page import MM
from layers.scene import Scene
from layers.table import INFERRED, AssignmentRow, assignment_rows, item_rows, region_rows, unlocated_rows
from layers.view import view_for

SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"


def quiet() -> None:
    """Nobody stops the export."""


def written(scene: Scene, name: str = "a4") -> tuple[bytes, Document]:
    data = docx_file(scene, page_of(scene, name), 300, quiet)
    return data, docx.Document(BytesIO(data))


@pytest.fixture
def scene(gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Scene:
    return build_scene(atlas, view_for(plan, ["新材料", "高端装备"]), coarse)


@pytest.fixture
def marked(gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Scene:
    """With sites and projects on."""
    view = view_for(plan, ["高端装备"])._replace(layers=frozenset({"sites", "projects"}))
    return build_scene(atlas, view, coarse)


def cells(document: Document, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def all_text(document: Document) -> str:
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_the_figure_is_a_vector_with_a_bitmap_for_programs_that_show_none(scene: Scene) -> None:
    data, document = written(scene)
    (blip,) = document.element.body.iter(qn("a:blip"))
    (vector,) = blip.iter(SVG_BLIP)
    parts = document.part.related_parts
    png, svg = parts[blip.get(qn("r:embed"))], parts[vector.get(qn("r:embed"))]
    assert svg.content_type == "image/svg+xml"
    assert ElementTree.fromstring(svg.blob).tag.endswith("svg")
    image = QImage.fromData(png.blob)
    assert image.width() / (page_of(scene, "a4").width / 72) == pytest.approx(300, abs=0.5)
    with ZipFile(BytesIO(data)) as package:
        assert "docProps/thumbnail.jpeg" not in package.namelist()


@pytest.mark.parametrize(("asked", "drawn"), [(72, 200), (250, 250), (1200, 300)])
def test_the_bitmap_has_200_to_300_dpi(scene: Scene, asked: float, drawn: float) -> None:
    page = page_of(scene, "a4")
    document = docx.Document(BytesIO(docx_file(scene, page, asked, quiet)))
    (shape,) = document.inline_shapes
    blip = next(shape._inline.iter(qn("a:blip")))
    image = QImage.fromData(document.part.related_parts[blip.get(qn("r:embed"))].blob)
    assert image.width() == round(page.width * drawn / 72)


@pytest.mark.parametrize("name", ["a4", "a4-portrait", "a3", "a3-portrait", "slide", "160x120mm"])
def test_the_figure_has_the_shape_of_its_page_and_fits_the_sheet_with_its_caption(scene: Scene, name: str) -> None:
    page = page_of(scene, name)
    paper = paper_for(page)
    _, document = written(scene, name)
    (section,) = document.sections
    sheet = sorted((section.page_width.pt, section.page_height.pt))
    assert sheet == pytest.approx([210 * MM, 297 * MM], abs=0.1)
    assert (section.page_width > section.page_height) == (name in ("a4", "a3", "slide"))
    (shape,) = document.inline_shapes
    assert shape.width / shape.height == pytest.approx(page.width / page.height, rel=0.002)
    assert shape.width.pt == pytest.approx(picture_width(paper, page), abs=0.1)
    assert shape.width.pt >= 0.97 * min(page.width, paper.text_width)
    assert shape.height.pt + 11 * MM < paper.text_height


def test_the_caption_has_a_number_that_word_counts_and_the_title(scene: Scene) -> None:
    _, document = written(scene)
    (caption,) = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert caption.text == f"图 1　{scene.title}"
    kinds = [mark.get(qn("w:fldCharType")) for mark in caption._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert [code.text.split() for code in caption._p.iter(qn("w:instrText"))] == [["SEQ", "图", r"\*", "ARABIC"]]
    assert document.paragraphs[0].paragraph_format.keep_with_next  # the figure


def test_a_number_of_the_figure_stands_in_the_caption_as_it_is_written(scene: Scene) -> None:
    template = scene.view.template._replace(number="图 3-1<&")
    _, document = written(scene._replace(view=scene.view._replace(template=template)))
    (caption,) = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert caption.text == f"图 3-1<&　{scene.title}"
    assert not list(caption._p.iter(qn("w:fldChar")))
    assert next(document.element.body.iter(qn("wp:docPr"))).get("name") == "图 3-1<&"


def test_each_shown_assignment_stands_in_the_table_with_where_it_is_said(scene: Scene) -> None:
    _, document = written(scene)
    head, *rows = cells(document, 0)
    assert head == ["产业", "角色", "市（州）", "重点", "依托", "出处"]
    found = {(row[0], row[1], place) for row in rows for place in row[2].split("、")}
    assert found == {(row.sector, row.role, row.place) for row in assignment_rows(scene)}
    assert all(row[5] for row in rows)
    for row in assignment_rows(scene):
        if row.focus:
            assert [found[3].startswith(row.focus) for found in rows if found[:3] == [row.sector, row.role, row.place]] == [True]  # fmt: skip


def test_places_of_which_nothing_more_is_said_share_a_row() -> None:
    bare = [
        AssignmentRow(str(n), f"市{n}", "甲", "拓展", "", "", "", "", cited) for n, cited in ((1, "一"), (2, "一；二"))
    ]
    told = AssignmentRow("3", "市3", "甲", "拓展", "重点三", "定位三", "园三", "", "三")
    noted = AssignmentRow("4", "市4", "甲", "拓展", "", "", "", "存疑", "四")
    assert grouped_rows([bare[0], told, bare[1], noted]) == [
        ("甲", "拓展", "市3", "重点三。定位：定位三", "园三", "三"),
        ("甲", "拓展", "市4", "说明：存疑", "", "四"),
        ("甲", "拓展", "市1、市2", "", "", "一；二"),
    ]


def test_places_of_which_nothing_more_is_said_have_the_room_of_what_would_be_said(scene: Scene) -> None:
    _, document = written(scene)
    spans = [mark.get(qn("w:val")) for mark in document.tables[0]._tbl.iter(qn("w:gridSpan"))]
    bare = [row for row in grouped_rows(assignment_rows(scene)) if not row[3] and not row[4]]
    assert spans == ["3"] * len(bare)
    assert bare
    assert all_text(document).count(bare[0][2]) == 1


def test_the_heading_of_a_table_stands_on_each_page_and_equal_cells_are_one(scene: Scene) -> None:
    _, document = written(scene)
    table = document.tables[0]
    assert table.style.name == "Table Grid"
    assert [bool(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows][:3] == [True, False, False]
    starts = [mark for mark in table._tbl.iter(qn("w:vMerge")) if mark.get(qn("w:val")) == "restart"]
    assert len(starts) >= 2
    written_sectors = [t.text for row in table._tbl.tr_lst[1:] for t in row.tc_lst[0].iter(qn("w:t"))]
    assert written_sectors == list(dict.fromkeys(row.sector for row in assignment_rows(scene)))


def test_sites_and_projects_have_a_table_only_where_they_are_shown(scene: Scene, marked: Scene) -> None:
    assert len(written(scene)[1].tables) == 1
    _, document = written(marked)
    head, *rows = cells(document, 1)
    assert head == ["名称", "类别", "产业", "地点", "依据", "说明", "出处"]
    assert [row[0] for row in rows] == [item.name for item in item_rows(marked)]
    assert {row[4] for row in rows} == {item.basis for item in item_rows(marked)}
    assert INFERRED in all_text(document)
    assert INFERRED not in all_text(written(scene)[1])


def test_sites_and_projects_without_a_place_and_regions_are_told_with_where_they_are_said(
    atlas: Atlas, plan: Plan, coarse: Boundaries, scene: Scene
) -> None:
    view = view_for(plan, [sector.id for sector in plan.sectors])._replace(
        layers=frozenset({"sites", "projects", "regions"})
    )
    everything = build_scene(atlas, view, coarse)
    nowhere, outlined = unlocated_rows(everything), region_rows(everything)
    assert nowhere
    assert outlined
    _, document = written(everything)
    *_, unlocated, areas = (cells(document, number)[1:] for number in range(len(document.tables)))
    assert unlocated == [[row.name, row.kind, row.sectors, row.note, row.reference] for row in nowhere]
    assert areas == [list(row) for row in outlined]
    assert all(row[-1] for row in (*unlocated, *areas))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[-3:] == [UNLOCATED, "区域", "资料来源"]
    near = everything._replace(view=everything.view._replace(extent_of="510600"))
    assert UNLOCATED not in all_text(written(near)[1])
    assert not {UNLOCATED, "区域"} & {paragraph.text for paragraph in written(scene)[1].paragraphs}


def test_caveats_of_assignments_are_told(scene: Scene) -> None:
    notes = [row.note for row in assignment_rows(scene) if row.note]
    assert notes
    said = all_text(written(scene)[1])
    assert all(f"说明：{note}" in said for note in notes)


def test_tables_of_a_zoomed_figure_have_what_lies_in_the_prefecture_only(marked: Scene) -> None:
    near = marked._replace(view=marked.view._replace(extent_of="510600"))
    _, document = written(near)
    assert {row[2] for row in cells(document, 0)[1:]} == {"德阳市"}
    places = [row[3] for row in cells(document, 1)[1:]]
    assert places
    assert all("德阳" in words for words in places)


def test_the_sources_say_document_period_boundaries_and_approval(scene: Scene) -> None:
    text = all_text(written(scene)[1])
    for words in (scene.plan.document.title, f"{scene.plan.period}年", "天地图", "内部使用，未经地图审核"):
        assert words in text
    assert "审图号：川S（2026）1号" in all_text(written(scene._replace(approval="审图号：川S（2026）1号"))[1])


def test_chinese_fonts_are_set_as_such(scene: Scene) -> None:
    _, document = written(scene)
    for name, chinese in (("Normal", SERIF), ("Heading 1", SANS), ("Caption", SANS)):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == chinese
        assert fonts.get(qn("w:ascii")) == LATIN
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    (language,) = document.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    about = document.core_properties
    assert (about.title, about.language, about.comments) == (scene.title, "zh-CN", "")


@pytest.mark.parametrize("title", ["A<B & \"C\" 'D'", "=1+1", "<script>alert(1)</script>", "甲]]>乙"])
def test_text_arrives_as_text(scene: Scene, title: str) -> None:
    _, document = written(scene._replace(title=title))
    assert f"图 1　{title}" in [paragraph.text for paragraph in document.paragraphs]
    assert next(document.element.body.iter(qn("wp:docPr"))).get("descr") == title


def test_what_no_file_may_hold_is_left_out() -> None:
    assert legal("甲\x00\x0b乙\t丙\n丁\ufffe𠀀") == "甲乙 丙 丁𠀀"


def test_libreoffice_opens_it_and_finds_title_and_tables(marked: Scene, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("LibreOffice or pdftotext is not here")
    export(marked, page_of(marked, "a4"), 300, tmp_path / "图.docx")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "图.docx"], check=True, capture_output=True)
    pages = subprocess.run([reader, tmp_path / "图.pdf", "-"], check=True, capture_output=True, text=True).stdout
    first, *rest = pages.split("\f")
    assert marked.title in first.replace(" ", "").replace("\n", "")
    assert "出处" not in first
    said = "".join("".join(rest).split())
    assert all(word in said for word in ("核心发展区", "园区和项目", "资料来源"))
    assert all(row.place in said for row in assignment_rows(marked))
