"""City sheets: one page each, nothing cut off, nothing over the margins, and a second run that goes on."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from explorer import cli_sheets
from explorer.cli import run
from explorer.cli_sheets import file_name, is_whole, make_sheets
from explorer.sheet_text import MORE, SHORTENED, Limits, body
from explorer.sheets import HERE, MARGIN, SMALLEST, CitySheet, city_sheet, fit
from geodata.analysis.clusters import clusters
from geodata.atlas import Atlas
from geodata.boundaries import load_boundaries
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from layers.drawing import FillOp, TextOp, overlap
from layers.export.pdf import pdf_pages

PLACES = gazetteer().prefectures
CODES = [place.adcode for place in PLACES]


@pytest.fixture(scope="module")
def sheets(gui: QGuiApplication, cache: Path) -> dict[str, CitySheet]:
    """All sheets, by adcode."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYOUT_EXPLORER_HOME", str(cache.parent))
        plans, _ = load_plans()
        atlas, boundaries = Atlas(plans), load_boundaries(1000)
        return {code: city_sheet(atlas, code, boundaries) for code in CODES}


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(load_plans()[0])


def texts(sheet: CitySheet) -> list[TextOp]:
    return [op for op in sheet.ops if isinstance(op, TextOp)]


def words(sheet: CitySheet) -> str:
    return "".join(op.text for op in texts(sheet))


def quiet(done: int, total: int, text: str) -> None:
    """Nobody reads the progress."""


# --- the page ---


@pytest.mark.parametrize("code", CODES)
def test_no_text_is_over_another_or_over_the_margins_or_too_small(sheets: dict[str, CitySheet], code: str) -> None:
    sheet = sheets[code]
    found = texts(sheet)
    for op in found:
        left, top, right, bottom = op.box
        assert left >= MARGIN - 0.01, op.text
        assert top >= MARGIN - 0.01, op.text
        assert right <= sheet.width - MARGIN + 0.5, op.text
        assert bottom <= sheet.height - MARGIN + 0.01, op.text
        assert op.size >= SMALLEST
    for number, op in enumerate(found):
        assert not [other.text for other in found[:number] if overlap(other.box, _smaller(op))], op.text


def _smaller(op: TextOp) -> tuple[float, float, float, float]:
    """Pieces of a line touch each other: kerning may take a fraction of a point."""
    left, top, right, bottom = op.box
    return left + 0.3, top + 0.1, right - 0.3, bottom - 0.1


@pytest.mark.parametrize("code", CODES)
def test_all_words_of_the_sheet_are_on_the_page(sheets: dict[str, CitySheet], code: str) -> None:
    sheet = sheets[code]
    drawn = words(sheet).replace(" ", "")
    for block in body(sheet.fitted.text, sheet.fitted.limits):
        assert "".join(span.text for span in block.spans).replace(" ", "") in drawn


@pytest.mark.parametrize("code", CODES)
def test_each_role_of_the_city_is_there_with_terms_carriers_and_section(
    sheets: dict[str, CitySheet], atlas: Atlas, code: str
) -> None:
    sheet = sheets[code]
    assert sheet.fitted.limits.most_roles is None
    drawn = words(sheet)
    for plan in atlas.plans:
        for cluster in clusters(plan, code):
            assert plan.title in drawn
            item = cluster.assignment
            assert cluster.sector.name in drawn
            for said in ("、".join(item.focus), *(plan.site(site).name for site in item.sites)):
                assert said in drawn
            for citation in item.citations:
                assert citation.reference in drawn


@pytest.mark.parametrize("code", CODES)
def test_what_does_not_fit_is_counted(sheets: dict[str, CitySheet], code: str) -> None:
    sheet = sheets[code]
    pattern = re.escape(MORE).replace(r"\{\}", r"(\d+)").replace("{}", r"(\d+)")
    counted = sum(int(number) for number in re.findall(pattern, words(sheet)))
    assert counted == sheet.fitted.omitted
    assert (SHORTENED in words(sheet)) == sheet.fitted.limits.short
    if counted:
        assert sheet.fitted.size == SMALLEST
    if not sheet.fitted.limits.short:
        assert counted == 0


def test_only_the_fullest_cities_are_shortened(sheets: dict[str, CitySheet]) -> None:
    short = [sheet.place.short for sheet in sheets.values() if sheet.fitted.limits.short]
    assert set(short) == {"成都", "绵阳"}


@pytest.mark.parametrize("times", [2, 4, 9])
def test_many_more_plans_still_make_one_page(sheets: dict[str, CitySheet], times: int) -> None:
    text = sheets["510700"].fitted.text
    fitted = fit(text._replace(parts=text.parts * times))
    assert len(fitted.columns) == 2
    said = [span.text for block in body(fitted.text, fitted.limits) for span in block.spans]
    counted = [re.findall(r"另有 (?:\d+ 个规划的 )?(\d+) 项", part) for part in said]
    assert sum(int(number) for found in counted for number in found) == fitted.omitted
    assert fitted.omitted > sheets["510700"].fitted.omitted * times


def test_a_city_of_which_no_plan_speaks_has_a_sheet_that_says_so(sheets: dict[str, CitySheet]) -> None:
    text = sheets["510600"].fitted.text._replace(parts=())
    (block,) = body(text, Limits())
    assert "没有写到" in block.spans[0].text
    assert fit(text).omitted == 0


@pytest.mark.parametrize("code", ["510100", "510600", "513300"])
def test_the_small_map_shows_the_province_and_fills_the_city(sheets: dict[str, CitySheet], code: str) -> None:
    areas = [op for op in sheets[code].ops if isinstance(op, FillOp) and op.group == "areas"]
    assert len(areas) == len(CODES)
    assert [CODES[number] for number, op in enumerate(areas) if op.colour == HERE.colour] == [code]
    for op in areas:
        left, top, right, bottom = op.shape.bounds
        sx, sy, tx, ty = op.placing
        assert left * sx + tx >= MARGIN
        assert right * sx + tx <= sheets[code].width - MARGIN
        assert top * sy + ty >= 0
        assert bottom * sy + ty >= MARGIN


# --- files ---


@pytest.fixture(scope="module")
def pdf(sheets: dict[str, CitySheet]) -> bytes:
    return pdf_pages((sheet.page for sheet in sheets.values()), "产业布局一页通")


def test_the_pdf_has_a_page_and_a_bookmark_for_each_city(pdf: bytes, sheets: dict[str, CitySheet]) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    names = [sheet.place.name for sheet in sheets.values()]
    assert len(reader.pages) == len(names)
    assert [mark.title for mark in reader.outline] == names
    assert [reader.get_destination_page_number(mark) for mark in reader.outline] == list(range(len(names)))
    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595.276, 841.89), abs=0.01)


def test_a_reader_finds_city_role_and_sector_on_each_page(pdf: bytes, sheets: dict[str, CitySheet]) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, sheet in enumerate(sheets.values()):
            text = re.sub(r"\s", "", document[number].get_textpage().get_text_range())
            assert sheet.title in text
            assert "发展区" in text or "拓展区" in text
            assert not [char for char in text if "\u2e80" <= char <= "\u2fdf"]
    finally:
        document.close()


def test_a_second_run_goes_on_where_the_first_stopped(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path
) -> None:
    folder = tmp_path / "一市一页"
    said: list[str] = []

    def stop(done: int, total: int, text: str) -> None:
        if text in ("自贡市", "攀枝花市"):
            raise KeyboardInterrupt

    cities = ["成都", "自贡", "攀枝花"]
    with pytest.raises(KeyboardInterrupt):
        make_sheets(atlas, cities, folder, False, stop)
    names = ["510100-成都市.pdf", "510300-自贡市.pdf"]
    assert sorted(file.name for file in folder.iterdir()) == names
    before = {file: file.read_bytes() for file in folder.iterdir()}
    make_sheets(atlas, cities, folder, False, lambda done, total, text: said.append(text))
    assert [text for text in said if "跳过" in text] == ["成都市（已有，跳过）", "自贡市（已有，跳过）"]
    assert sorted(file.name for file in folder.iterdir()) == [*names, "510400-攀枝花市.pdf"]
    assert all(file.read_bytes() == data for file, data in before.items())


def test_half_a_file_is_made_again_and_all_are_with_again(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path
) -> None:
    folder = tmp_path / "一市一页"
    folder.mkdir()
    target = folder / file_name(gazetteer()["513300"])
    target.write_bytes(b"%PDF-1.4 half")
    assert not is_whole(target)
    make_sheets(atlas, ["甘孜"], folder, False, quiet)
    assert is_whole(target)
    target.write_bytes(b"%PDF-1.4 whole %%EOF\n")
    make_sheets(atlas, ["甘孜"], folder, False, quiet)
    assert target.stat().st_size < 100
    make_sheets(atlas, ["甘孜"], folder, True, quiet)
    assert target.stat().st_size > 10_000


def test_the_command_writes_one_pdf_of_the_cities_asked_for(
    gui: QGuiApplication, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "两市.pdf"
    assert run(["sheets", str(target), "--city", "德阳", "ganzi", "--plan", "sichuan-strategic-13"]) == 0
    reader = pypdf.PdfReader(target)
    assert [mark.title for mark in reader.outline] == ["德阳市", "甘孜藏族自治州"]
    assert "[2/2] 甘孜藏族自治州" in capsys.readouterr().err
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["两市.pdf"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["市.txt"], ".docx"),
        (["没有/市.pdf"], "没有这个文件夹"),
        (["市.pdf", "--city", "什邡"], "--city 德阳"),
        (["市.pdf", "--city", "德羊"], "德阳"),
        (["市.pdf", "--plan", "no-such-plan"], "sichuan-strategic-13"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run(["sheets", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_stopping_one_pdf_leaves_the_old_one(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path
) -> None:
    target = tmp_path / "市.pdf"
    target.write_bytes(b"old")

    def stop(done: int, total: int, text: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cli_sheets.make_sheets(atlas, ["甘孜", "巴中"], target, False, stop)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.glob(".*")) == []


# --- Word ---


def test_word_has_a_sheet_per_city_with_its_map_and_sources(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path
) -> None:
    target = tmp_path / "市.docx"
    make_sheets(atlas, ["德阳", "甘孜"], target, False, quiet)
    document = docx.Document(target)
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == ["德阳市：产业布局一页通", "甘孜藏族自治州：产业布局一页通"]
    assert len(document.inline_shapes) == 2
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "德阳高新技术产业开发区" in text
    assert "资料来源" in document.sections[0].footer.paragraphs[0].text


def test_word_has_each_city_on_one_page(gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    make_sheets(atlas, [], tmp_path / "市.docx", False, quiet)
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "市.docx"], check=True, capture_output=True)
    reader = pypdf.PdfReader(tmp_path / "市.pdf")
    assert len(reader.pages) == len(CODES)
    for page, place in zip(reader.pages, PLACES, strict=True):
        assert place.name in re.sub(r"\s", "", page.extract_text())[:200]
