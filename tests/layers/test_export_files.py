"""Files as others will open them: sizes, resolution, text, fonts, and never half a file."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from looking import PAPERS, page_of, sector_ids
from PySide6.QtGui import QGuiApplication, QImage

from explorer.figure import export_figure, figure
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.plan import Plan
from geodata.problems import UserError
from layers.build import build_scene
from layers.export import EXPORTERS, LEAST_DPI, MOST_DPI, export, exporter_of
from layers.export.pdf import mend_cmap
from layers.page import MM, Page, paper_size
from layers.scene import Scene
from layers.view import view_for

FORMATS = [".png", ".svg", ".pdf"]


class Stopped(Exception):
    """What a user who presses Cancel raises in the export."""


@pytest.fixture
def scene(gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries) -> Scene:
    return build_scene(atlas, view_for(plan, ["新材料"]), coarse)


@pytest.fixture
def a4(scene: Scene) -> Page:
    return page_of(scene, "a4")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the figures go; nothing else is in it."""
    folder = tmp_path / "图件"
    folder.mkdir()
    return folder


def png_chunks(file: Path) -> dict[bytes, bytes]:
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        chunks[kind] = data[at + 8 : at + 8 + length]
        at += 12 + length
    return chunks


def pdf_text(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def times_found(file: Path, wanted: str) -> int:
    """How often a reader's search finds the words."""
    document = pypdfium2.PdfDocument(file)
    try:
        search = document[0].get_textpage().search(wanted, match_case=True)
        number = 0
        while search.get_next():
            number += 1
        return number
    finally:
        document.close()


# --- what the program exports ---


def test_a_figure_needs_a_plan_a_view_a_size_and_a_file_name(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, plan: Plan, folder: Path
) -> None:
    for suffix in FORMATS:
        target = folder / f"新材料{suffix}"
        export_figure(atlas, view_for(plan, ["新材料"]), (160, 120), 72, target)
        assert target.stat().st_size > 5_000
    assert sorted(file.suffix for file in folder.iterdir()) == sorted(FORMATS)


def test_a_figure_is_drawn_at_full_detail(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, plan: Plan, full: Boundaries
) -> None:
    drawn, page = figure(atlas, view_for(plan, ["新材料"]), (297, 210))
    assert drawn.body.records == full.province.records
    assert (page.width / MM, page.height / MM) == pytest.approx((297, 210))


# --- PNG ---


def test_a4_at_300_dpi_is_3508_by_2480_pixels_and_says_300_dpi(scene: Scene, a4: Page, folder: Path) -> None:
    export(scene, a4, 300, folder / "a4.png")
    chunks = png_chunks(folder / "a4.png")
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (3508, 2480)
    across, down, unit = struct.unpack(">IIB", chunks[b"pHYs"])
    assert unit == 1
    assert (round(across * 0.0254, 1), round(down * 0.0254, 1)) == (300, 300)


@pytest.mark.parametrize("dpi", [LEAST_DPI, 96, 150])
def test_the_png_measures_what_the_sheet_measures(scene: Scene, a4: Page, folder: Path, dpi: int) -> None:
    export(scene, a4, dpi, folder / "a4.png")
    image = QImage(str(folder / "a4.png"))
    assert image.width() / image.dotsPerMeterX() == pytest.approx(0.297, rel=0.01)
    assert image.height() / image.dotsPerMeterY() == pytest.approx(0.210, rel=0.01)


def test_the_suffix_may_be_written_in_capitals(scene: Scene, a4: Page, folder: Path) -> None:
    export(scene, a4, 72, folder / "A4.PNG")
    assert not QImage(str(folder / "A4.PNG")).isNull()


# --- SVG ---


@pytest.fixture
def svg(scene: Scene, a4: Page, folder: Path) -> str:
    export(scene, a4, 300, folder / "a4.svg")
    return (folder / "a4.svg").read_text(encoding="utf-8")


def test_the_svg_has_its_text_as_outlines(svg: str) -> None:
    assert "<text" not in svg
    assert "font-face" not in svg
    assert svg.count("<path") > 100


def test_the_svg_needs_no_other_file(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert not [value for value in values if re.search(r"://|file:|data:|url\((?!#)", value)]
    assert not [e.tag for e in root.iter() if e.tag.split("}")[-1] in ("image", "use", "script", "style", "link", "font")]  # fmt: skip
    assert "<!DOCTYPE" not in svg
    assert "xml-stylesheet" not in svg


@pytest.mark.parametrize("name", PAPERS)
def test_the_svg_has_the_exact_size_of_the_sheet(scene: Scene, folder: Path, name: str) -> None:
    page = page_of(scene, name)
    export(scene, page, 300, folder / "sheet.svg")
    root = ElementTree.parse(folder / "sheet.svg").getroot()
    width, height = paper_size(name)
    assert root.attrib["width"].endswith("mm")
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(width, abs=0.001)
    assert float(root.attrib["height"].removesuffix("mm")) == pytest.approx(height, abs=0.001)
    left, top, right, bottom = map(float, root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert (right, bottom) == pytest.approx((page.width, page.height), rel=1e-5)


@pytest.mark.parametrize("title", ["", "A<B & \"C\" 'D'", "甲]]>乙", "<script>alert(1)</script>", "😀 㐀𠀀"])
def test_the_svg_carries_its_title_whatever_was_typed(scene: Scene, a4: Page, folder: Path, title: str) -> None:
    said = title or scene.title
    export(scene._replace(title=said), a4, 300, folder / "a4.svg")
    root = ElementTree.parse(folder / "a4.svg").getroot()
    assert [element.text for element in root if element.tag.endswith("title")] == [said]


# --- PDF ---


@pytest.fixture
def pdf(scene: Scene, a4: Page, folder: Path) -> Path:
    export(scene, a4, 300, folder / "a4.pdf")
    return folder / "a4.pdf"


@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_has_the_exact_size_of_the_sheet(scene: Scene, folder: Path, name: str) -> None:
    export(scene, page_of(scene, name), 300, folder / "sheet.pdf")
    document = pypdfium2.PdfDocument(folder / "sheet.pdf")
    try:
        assert len(document) == 1
        points = tuple(side * 72 / 25.4 for side in paper_size(name))
        assert document[0].get_size() == pytest.approx(points, abs=0.0015)
    finally:
        document.close()


def test_the_fonts_of_the_pdf_are_embedded(pdf: Path) -> None:
    resources = pypdf.PdfReader(pdf).pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        for inner in font.get("/DescendantFonts", [font]):
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys()
        assert "/ToUnicode" in font


def test_a_reader_finds_names_roles_title_and_scale_in_the_pdf(
    pdf: Path, scene: Scene, atlas: Atlas, plan: Plan
) -> None:
    for place in atlas.places.prefectures:
        assert times_found(pdf, place.short) == 1, place.short
    words = [
        "图例",
        "核心发展区",
        "重点拓展区",
        "其他地区",
        "200 km",
        "省界",
        "重庆市",
        "北",
        "内部使用",
        plan.document.title,
    ]
    for word in words:
        assert times_found(pdf, word), word
    assert scene.title in pdf_text(pdf)


def test_nothing_in_a_pdf_is_a_look_alike_radical(
    atlas: Atlas, plan: Plan, coarse: Boundaries, gui: QGuiApplication, folder: Path
) -> None:
    for ids in (sector_ids(plan)[:1], sector_ids(plan)[4:6], sector_ids(plan)):
        scene = build_scene(atlas, view_for(plan, ids), coarse, counties=True)
        page = page_of(scene, "a3")
        export(scene, page, 300, folder / "all.pdf")
        text = pdf_text(folder / "all.pdf")
        assert [char for char in text if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff"] == []
        for sector in ids:
            assert plan.sector(sector).name in text


@pytest.mark.parametrize("adcode", ["510100", "511500", "511800", "513400"])
def test_a_reader_finds_the_counties_of_a_city_figure(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries, folder: Path, adcode: str
) -> None:
    scene = build_scene(atlas, view_for(plan, ["新能源汽车"])._replace(extent_of=adcode), coarse)
    export(scene, page_of(scene, "a3"), 300, folder / "city.pdf")
    counties = [place.short for place in atlas.places.counties if place.parent == adcode]
    found = [name for name in counties if times_found(folder / "city.pdf", name)]
    assert len(found) >= 0.9 * len(counties)
    assert times_found(folder / "city.pdf", "新能源汽车")


def test_the_pdf_says_its_title(pdf: Path, scene: Scene) -> None:
    information = pypdf.PdfReader(pdf).metadata
    assert information is not None
    assert information.title == scene.title


def cmap(body: str) -> bytes:
    return f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n{body}\nendbfrange\n".encode()


@pytest.mark.parametrize(
    ("written", "mended"),
    [("2F3C", "5FC3"), ("2FBC", "9AD8"), ("2ECB", "8F66"), ("2ED3", "957F"), ("2EF0", "9F99"), ("2ED8", "9752")],
)
def test_a_radical_in_the_text_layer_becomes_the_character(written: str, mended: str) -> None:
    assert mend_cmap(cmap(f"<0001> <0001> [<{written}>]")) == cmap(f"<0001> <0001> [<{mended}>]")


def test_glyph_numbers_are_not_taken_for_characters() -> None:
    assert mend_cmap(cmap("<2F3C> <2F3D> [<2F3C> <6210>]")) == cmap("<2F3C> <2F3D> [<5FC3> <6210>]")


def test_a_space_written_as_a_tab_is_a_space_again() -> None:
    assert mend_cmap(cmap("<0003> <0003> [<0009>]")) == cmap("<0003> <0003> [<0020>]")


def test_several_ranges_and_characters_beyond_the_first_plane_stay_in_place() -> None:
    before = cmap("<0001> <0002> [<6210> <D840DC00>]\n<0010> <0010> [<2F3C>]")
    after = cmap("<0001> <0002> [<6210> <D840DC00>]\n<0010> <0010> [<5FC3>]")
    assert mend_cmap(before) == after


def test_a_sound_text_layer_stays_as_it_is() -> None:
    sound = cmap("<0001> <0003> [<6210> <90FD> <0041>]\n<0004> <0004> <5FC3>")
    assert mend_cmap(sound) == sound
    assert mend_cmap(b"") == b""


# --- what cannot be done ---


@pytest.mark.parametrize("name", ["图.jpg", "图", "图.", ".png", "图.pdf.bak", "图.png "])
def test_a_format_we_do_not_write_is_refused_with_those_we_do(scene: Scene, a4: Page, folder: Path, name: str) -> None:
    with pytest.raises(UserError) as caught:
        export(scene, a4, 96, folder / name)
    (problem,) = caught.value.problems
    assert all(suffix in problem.hint for suffix in EXPORTERS)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("dpi", [0, -300, LEAST_DPI - 0.1, MOST_DPI + 0.1, 1e9, float("nan"), float("inf")])
def test_a_resolution_that_no_picture_has_is_refused(
    scene: Scene, a4: Page, folder: Path, suffix: str, dpi: float
) -> None:
    with pytest.raises(UserError) as caught:
        export(scene, a4, dpi, folder / f"a4{suffix}")
    assert str(LEAST_DPI) in caught.value.problems[0].hint
    assert list(folder.iterdir()) == []


def test_more_pixels_than_fit_in_memory_are_refused_before_drawing(scene: Scene, folder: Path) -> None:
    for name, dpi in (("2000x2000mm", 300), ("a3", MOST_DPI)):
        with pytest.raises(UserError) as caught:
            export(scene, page_of(scene, name), dpi, folder / "huge.png", tick=unwanted)
        assert "像素" in caught.value.problems[0].message
        assert list(folder.iterdir()) == []


def unwanted() -> None:
    raise AssertionError


def test_a_folder_that_is_not_there_is_said(scene: Scene, a4: Page, folder: Path) -> None:
    for suffix in FORMATS:
        with pytest.raises(UserError) as caught:
            export(scene, a4, 96, folder / "没有" / f"a4{suffix}")
        assert "文件夹不存在" in caught.value.problems[0].message
    assert list(folder.iterdir()) == []


def test_a_folder_is_not_overwritten(scene: Scene, a4: Page, folder: Path) -> None:
    (folder / "a4.png").mkdir()
    with pytest.raises(UserError):
        export(scene, a4, 96, folder / "a4.png")
    assert [file.name for file in folder.iterdir()] == ["a4.png"]


# --- whole files or none ---


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(
    scene: Scene, a4: Page, folder: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    draw = exporter_of(folder / f"a4{suffix}")

    def fails_at_the_end(s: Scene, p: Page, dpi: float, tick: Callable[[], None]) -> bytes:
        assert draw(s, p, dpi, tick)
        raise RuntimeError

    monkeypatch.setitem(EXPORTERS, suffix, fails_at_the_end)
    target = folder / f"a4{suffix}"
    target.write_bytes(b"the old figure")
    with pytest.raises(RuntimeError):
        export(scene, a4, 96, target)
    assert target.read_bytes() == b"the old figure"
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_is_said_and_leaves_the_old_file(scene: Scene, a4: Page, folder: Path, suffix: str) -> None:
    resource = pytest.importorskip("resource")  # a limit on file sizes stands for the full disk
    target = folder / f"a4{suffix}"
    target.write_bytes(b"the old figure")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(UserError) as caught:
            export(scene, a4, 96, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "无法写入" in caught.value.problems[0].message
    assert caught.value.problems[0].hint
    assert target.read_bytes() == b"the old figure"
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("after", [1, 20, "last"])
def test_cancelling_leaves_nothing(scene: Scene, a4: Page, folder: Path, suffix: str, after: int | str) -> None:
    target = folder / f"a4{suffix}"
    marks = 0

    def count() -> None:
        nonlocal marks
        marks += 1

    export(scene, a4, 96, target, count)
    target.unlink()
    left = marks if after == "last" else int(after)
    assert marks > 20

    def stop() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Stopped

    with pytest.raises(Stopped):
        export(scene, a4, 96, target, stop)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_cancelling_leaves_the_old_file(scene: Scene, a4: Page, folder: Path, suffix: str) -> None:
    target = folder / f"a4{suffix}"
    target.write_bytes(b"the old figure")

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        export(scene, a4, 96, target, stop)
    assert target.read_bytes() == b"the old figure"
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_old_figure_is_replaced_by_the_new_one(scene: Scene, a4: Page, folder: Path, suffix: str) -> None:
    target = folder / f"a4{suffix}"
    target.write_bytes(b"the old figure")
    export(scene, a4, 96, target)
    assert len(target.read_bytes()) > 5_000
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_figure_twice_is_the_same_picture(scene: Scene, a4: Page, folder: Path, suffix: str) -> None:
    pictures = []
    for name in ("一", "二"):
        export(scene, a4, 96, folder / f"{name}{suffix}")
        data = (folder / f"{name}{suffix}").read_bytes()
        if suffix == ".pdf":
            data = pypdf.PdfReader(folder / f"{name}.pdf").pages[0].get_contents().get_data()
        pictures.append(data)
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_has_nothing_for_qt_to_complain_about(
    scene: Scene, a4: Page, folder: Path, qtlog: object, suffix: str
) -> None:
    export(scene, a4, 96, folder / f"a4{suffix}")
    assert [record.message for record in qtlog.records] == []  # type: ignore[attr-defined]
