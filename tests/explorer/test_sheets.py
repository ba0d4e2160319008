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
from docx.oxml.ns import qn
from PySide6.QtGui import QGuiApplication

from explorer import sheet_files
from explorer.cli import run
from explorer.sheet_files import file_name, make_sheets
from explorer.sheet_maps import HERE, NAMED
from explorer.sheet_text import MORE, SHORTENED, UNTOLD, Limits, body
from explorer.sheets import MARGIN, SMALLEST, CitySheet, city_sheet, fit, sheet_words
from explorer.sheets_word import SPARE, sheets_docx
from geodata.analysis.clusters import clusters
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries, Progress, load_boundaries
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from geodata.problems import UserError
from geodata.report import place_report
from layers.drawing import FillOp, TextOp, overlap
from layers.export.pdf import pdf_pages
from layers.paint import Text
from layers.theme import SMALLEST_TEXT

PLACES = gazetteer().prefectures
CODES = [place.adcode for place in PLACES]


@pytest.fixture(scope="module")
def boundaries(cache: Path) -> Boundaries:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYOUT_EXPLORER_HOME", str(cache.parent))
        return load_boundaries(1000)


@pytest.fixture(scope="module")
def sheets(gui: QGuiApplication, atlas: Atlas, boundaries: Boundaries) -> dict[str, CitySheet]:
    """All sheets, by adcode."""
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
        assert op.size >= (SMALLEST_TEXT if op.group == "labels" else SMALLEST)
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


def test_pages_rise_and_those_of_a_section_stand_together(sheets: dict[str, CitySheet]) -> None:
    cited = [s.text for b in body(sheets["510600"].fitted.text, Limits()) for s in b.spans if s.text.startswith("〔")]
    assert "〔四（五），\u00a0第19页、第20页〕" in cited
    assert "〔四（五），\u00a0第19页、第20页；十（六），\u00a0第56页〕" in cited
    for text in cited:
        pages = [int(page) for page in re.findall(r"第(\d+)", text)]
        assert pages == sorted(pages)


def test_plans_that_say_nothing_of_the_city_are_named(sheets: dict[str, CitySheet], atlas: Atlas) -> None:
    assert sheets["510600"].fitted.text.silent == tuple(atlas.plans[1:])
    assert "没有写到这里的规划" in words(sheets["510600"])
    assert "没有写到这里的规划" not in words(sheets["510700"])


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
                assert re.search(f"{citation.section}，\u00a0[^；〕]*{citation.pages}", drawn)


@pytest.mark.parametrize("code", CODES)
def test_a_sheet_with_room_drops_nothing_that_the_plans_say(
    sheets: dict[str, CitySheet], atlas: Atlas, code: str
) -> None:
    sheet, drawn = sheets[code], words(sheets[code]).replace(" ", "")
    assert UNTOLD in drawn
    entries = [
        entry
        for part in place_report(atlas, sheet.place).parts
        for section in part.sections
        for entry in section.entries
        if entry.cluster or not sheet.fitted.limits.short
    ]
    said = [row for entry in entries for row in entry.rows if not row.name.startswith(("连片", "其他规划"))]
    assert said
    for row in said:
        assert f"{row.name}：{row.text}".replace(" ", "") in drawn


def test_a_role_said_of_two_cities_points_to_what_is_said_and_caveats_stay(sheets: dict[str, CitySheet]) -> None:
    drawn = words(sheets["510400"])
    assert "内容见联合表述" in drawn
    assert drawn.count("攀枝花与凉山共同发展钒钛、稀土、石墨烯") == 2  # the role's pointer, and what it points to
    assert "文件看不出" in drawn


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
def test_small_maps_fill_the_city_in_the_province_and_tint_the_counties_that_plans_name(
    sheets: dict[str, CitySheet], boundaries: Boundaries, code: str
) -> None:
    sheet = sheets[code]
    areas = [op for op in sheet.ops if isinstance(op, FillOp) and op.group == "areas"]
    filled = [op.shape for op in areas if op.colour == HERE.colour]
    assert filled == [boundaries.prefectures[code]]
    tinted = [op.shape for op in areas if op.colour == NAMED.colour]
    assert tinted == [boundaries.counties[county] for county in sheet.fitted.text.named]
    assert (len(tinted) > 0) == (code == "510100")
    for op in areas:
        left, top, right, bottom = op.shape.bounds
        sx, sy, tx, ty = op.placing
        assert left * sx + tx >= MARGIN
        assert right * sx + tx <= sheet.width - MARGIN
        assert min(top * sy, bottom * sy) + ty >= MARGIN


@pytest.mark.parametrize("code", CODES)
def test_the_map_of_the_city_names_its_counties_but_for_some_in_the_middle_of_chengdu(
    sheets: dict[str, CitySheet], code: str
) -> None:
    names = {op.text for op in texts(sheets[code]) if op.group == "labels"}
    counties = {county.short for county in gazetteer().counties if county.parent == code}
    assert names <= counties
    assert {gazetteer()[county].short for county in sheets[code].fitted.text.named} <= names
    assert len(counties - names) <= (1 if code == "510100" else 0)


def test_counties_that_are_only_inferred_are_said_so_and_not_tinted(sheets: dict[str, CitySheet]) -> None:
    text = sheets["510700"].fitted.text
    assert text.supposed
    assert not set(text.supposed) & set(text.named)
    assert f"推定涉及的县（市、区）　{'、'.join(gazetteer()[code].short for code in text.supposed)}" in words(
        sheets["510700"]
    )


# --- files ---


@pytest.fixture(scope="module")
def pdf(sheets: dict[str, CitySheet]) -> bytes:
    return pdf_pages((sheet.page for sheet in sheets.values()), "产业布局一页纸", text=Text.LETTERS)


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


@pytest.fixture
def work(gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path) -> Path:
    """An empty folder, and all that sheets need."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


THREE = tuple(gazetteer()[code] for code in ("510100", "510300", "510400"))


class Stopped(Exception):
    """What a test stops a run with."""


def stop_at(number: int) -> Progress:
    def progress(done: int, total: int, text: str) -> None:
        if done == number:
            raise Stopped

    return progress


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name != ".atlas.json")


def test_a_second_run_of_a_folder_goes_on_where_the_first_stopped(work: Path, atlas: Atlas) -> None:
    folder = work / "一页纸"
    with pytest.raises(Stopped):
        make_sheets(atlas, THREE, folder, "", stop_at(2))
    assert names(folder) == ["510100-成都市.pdf", "510300-自贡市.pdf"]
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    made = make_sheets(atlas, THREE, folder, "", quiet)
    assert (made.drawn, made.kept) == (1, 2)
    assert [file.name for file in made.files] == [file_name(place) for place in THREE]
    assert all((folder / name).read_bytes() == data for name, data in before.items())
    assert make_sheets(atlas, THREE, folder, "", quiet, again=True).drawn == 3


def test_a_second_run_of_one_pdf_goes_on_and_the_old_file_stays_until_then(work: Path, atlas: Atlas) -> None:
    target = work / "市.pdf"
    target.write_bytes(b"old")
    with pytest.raises(Stopped):
        make_sheets(atlas, THREE, target, ".pdf", stop_at(2))
    assert target.read_bytes() == b"old"
    made = make_sheets(atlas, THREE, target, ".pdf", quiet)
    assert (made.drawn, made.kept) == (1, 2)
    reader = pypdf.PdfReader(target)
    assert [mark.title for mark in reader.outline] == [place.name for place in THREE]
    assert len(reader.pages) == 3
    assert names(work) == ["市.pdf"]


def test_half_written_sheets_are_made_again(work: Path, atlas: Atlas) -> None:
    folder = work / "市"
    assert make_sheets(atlas, THREE[:1], folder, "", quiet).drawn == 1
    assert make_sheets(atlas, THREE[:1], folder, "", quiet).drawn == 0
    (folder / names(folder)[0]).write_bytes(b"%PDF-1.4 half")
    assert make_sheets(atlas, THREE[:1], folder, "", quiet).drawn == 1


def test_sheets_of_other_plans_are_replaced_only_when_asked_to(work: Path, atlas: Atlas) -> None:
    folder, fewer = work / "市", Atlas(atlas.plans[:1])
    make_sheets(fewer, THREE[:2], folder, "", quiet)
    before = {file: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(UserError) as caught:
        make_sheets(atlas, THREE[1:], folder, "", quiet)
    (problem,) = caught.value.problems
    assert f"《{fewer.plans[0].title}》" in problem.message
    assert f"等 {len(atlas.plans)} 个规划" in problem.message
    assert "--again" in problem.hint
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    said: list[str] = []
    made = make_sheets(atlas, THREE[1:], folder, "", lambda done, total, text: said.append(text), again=True)
    assert (made.drawn, made.kept) == (2, 0)
    assert "另有以前导出的 1 个文件" in said[-1]
    first = folder / file_name(THREE[0])
    assert first.read_bytes() == before[first]
    assert make_sheets(atlas, THREE[1:], folder, "", quiet).drawn == 0


def test_stopping_a_word_document_leaves_the_old_one(work: Path, atlas: Atlas) -> None:
    target = work / "市.docx"
    target.write_bytes(b"old")
    with pytest.raises(Stopped):
        make_sheets(atlas, THREE, target, ".docx", stop_at(1))
    assert target.read_bytes() == b"old"
    assert names(work) == ["市.docx"]


def test_ctrl_c_says_that_the_next_run_goes_on(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, cities = sheet_files.city_sheet, ("--city", "成都", "自贡", "攀枝花")

    def interrupted(atlas: Atlas, adcode: str, boundaries: Boundaries) -> CitySheet:
        if adcode == "510400":
            raise KeyboardInterrupt
        return make(atlas, adcode, boundaries)

    monkeypatch.setattr(sheet_files, "city_sheet", interrupted)
    assert run(["sheets", str(work / "市"), *cities]) == 2
    assert "接着做" in capsys.readouterr().err
    assert names(work / "市") == ["510100-成都市.pdf", "510300-自贡市.pdf"]
    monkeypatch.setattr(sheet_files, "city_sheet", make)
    assert run(["sheets", str(work / "市"), *cities]) == 0
    assert "新做 1，已有 2" in capsys.readouterr().err


def test_the_command_writes_one_pdf_of_the_cities_asked_for(
    gui: QGuiApplication, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "两市.pdf"
    assert run(["sheets", str(target), "--city", "德阳", "ganzi", "--plan", "sichuan-strategic-13"]) == 0
    reader = pypdf.PdfReader(target)
    assert [mark.title for mark in reader.outline] == ["德阳市", "甘孜藏族自治州"]
    assert target.stat().st_size < 1_000_000  # outlines of all the words would be several times that
    assert "[1/2] 甘孜藏族自治州" in capsys.readouterr().err
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


# --- Word ---


def said_in(data: bytes) -> str:
    """All text of a document, its tables included."""
    return "".join(node.text or "" for node in docx.Document(BytesIO(data)).element.iter(qn("w:t")))


def test_word_has_a_sheet_per_city_with_its_map_and_sources(work: Path, atlas: Atlas) -> None:
    target = work / "市.docx"
    make_sheets(atlas, (gazetteer()["510600"], gazetteer()["513300"]), target, ".docx", quiet)
    document = docx.Document(target)
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == ["德阳市：产业布局一页纸", "甘孜藏族自治州：产业布局一页纸"]
    assert len(document.element.findall(".//{*}inline")) == 2
    assert "德阳高新技术产业开发区" in said_in(target.read_bytes())
    assert "资料来源" in document.sections[0].footer.paragraphs[0].text


def test_word_has_all_words_of_the_sheet(gui: QGuiApplication, atlas: Atlas, boundaries: Boundaries) -> None:
    data = sheets_docx(atlas, [gazetteer()["510700"]], boundaries)
    fitted = fit(sheet_words(atlas, gazetteer()["510700"]), SPARE)
    said = said_in(data)
    whole = "".join(span.text for block in body(fitted.text, fitted.limits) for span in block.spans)
    assert whole in said


def test_word_has_each_city_on_one_page(work: Path, atlas: Atlas) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    make_sheets(atlas, PLACES, work / "市.docx", ".docx", quiet)
    command = [office, f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", work, work / "市.docx"], check=True, capture_output=True)
    reader = pypdf.PdfReader(work / "市.pdf")
    assert len(reader.pages) == len(CODES)
    for page, place in zip(reader.pages, PLACES, strict=True):
        assert place.name in re.sub(r"\s", "", page.extract_text())[:200]


def test_text_of_a_pack_arrives_as_text(gui: QGuiApplication, atlas: Atlas, boundaries: Boundaries) -> None:
    title = "=A<b>&\"乙'</w:t><script>"
    strange = Atlas((atlas.plans[0]._replace(title=f"{title}\x0b"),))
    assert title in said_in(sheets_docx(strange, [gazetteer()["511900"]], boundaries))
    sheet = city_sheet(strange, "511900", boundaries)
    document = pypdfium2.PdfDocument(pdf_pages([sheet.page], text=Text.LETTERS))
    try:
        assert title in re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    finally:
        document.close()
