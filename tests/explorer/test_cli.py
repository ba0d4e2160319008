"""The command line: what scripts get, what people are told, and that a failure leaves everything as it was."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from explorer import cli
from explorer.display import PACKAGES, missing_library
from geodata.analysis.place import place_in_plans
from geodata.atlas import Atlas
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from geodata.problems import fail
from layers.export import EXPORTERS

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "resources" / "plans" / "sichuan-strategic-13.json"
STRATEGIC = "sichuan-strategic-13"


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Carries out one command line in this process."""

    def command(*arguments: object) -> Done:
        status = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the figures go; nothing else is in it."""
    folder = tmp_path / "图件"
    folder.mkdir()
    return folder


def refused(done: Done) -> tuple[str, str]:
    """What is wrong and what to do, of a request that could not be carried out."""
    assert done.status == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    what, remedy = done.err.splitlines()
    assert what.startswith("错误：")
    assert remedy.startswith("办法：")
    return what.removeprefix("错误："), remedy.removeprefix("办法：")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def child(*arguments: str, home: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Another Python in the program's folder; None takes a variable away."""
    environment = {**os.environ, "LAYOUT_EXPLORER_HOME": str(home), **changes}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# --- city ---


@pytest.mark.parametrize("name", ["德阳市", "510600", "deyang", "De Yang", " 德阳 "])
def test_a_city_is_the_same_however_it_is_written(run: Run, name: str) -> None:
    assert run("city", name) == run("city", "德阳")
    assert run("city", name, "--json") == run("city", "德阳", "--json")


def test_a_city_is_told_with_roles_words_parks_and_pages(run: Run) -> None:
    done = run("city", "德阳")
    assert (done.status, done.err) == (0, "")
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == "德阳市（510600）"
    (heading,) = [line for line in lines if line.startswith("《四川省“十三五”战略性新兴产业发展规划")]
    assert "2016—2020年" in heading
    assert {"核心发展区（4）", "重点拓展区（4）"} <= set(lines)
    assert "定位：国家重要的以核能和风能设备制造为主的新能源产业基地" in lines
    assert "依托：德阳高新技术产业开发区、德阳经济技术开发区" in lines
    assert "依据：七（三）1，第38页" in lines


def test_what_is_inferred_is_called_inferred(run: Run) -> None:
    lines = run("city", "成都").out.splitlines()
    sites = {line.strip().split("（")[0]: line for line in lines if line.endswith("）") and line.startswith("    ")}
    assert "推定" in sites["牵引动力国家重点实验室"]
    assert "推定" not in sites["成都天府国际生物城"]


def test_words_on_several_cities_stand_under_a_heading_of_their_own(run: Run) -> None:
    lines = run("city", "凉山").out.splitlines()
    heading = next(index for index, line in enumerate(lines) if "不单属本市" in line)
    assert not any("钒钛" in line for line in lines[:heading] if not line.strip().startswith(("共同", "其他规划")))
    assert any("钒钛" in line for line in lines[heading:])


def test_a_city_has_what_carries_its_industries_and_who_shares_them(run: Run) -> None:
    lines = [line.strip() for line in run("city", "德阳").out.splitlines()]
    there = lines[lines.index("高端装备") :]
    assert there[1:6] == [
        "重点：航空装备、智能制造装备、现代轨道交通",
        "依托：德阳高新技术产业开发区",
        "项目：航空与燃机示范应用工程、德阳自主知识产权燃机试验示范电站工程",
        "连片的核心发展区（按相邻关系推算）：成都、绵阳",
        "共同：见下“成都、德阳、绵阳共建航空产业集聚区”",
    ]
    assert "对应绵阳绿色低碳产业决定的先进材料" in run("city", "德阳").out


def test_a_county_has_what_is_said_of_it(run: Run) -> None:
    done = run("city", "双流")
    assert done.out.startswith("成都市双流区（510116）")
    assert "双流西航港经济开发区" in done.out
    assert "温江" not in done.out


def test_a_place_of_which_nothing_is_said_is_no_error(run: Run) -> None:
    assert run("city", "石渠") == (
        0,
        "甘孜藏族自治州石渠县（513332）\n所属：甘孜藏族自治州\n现有规划没有提到这里\n",
        "",
    )


def test_a_city_as_json_has_its_facts_and_no_others(run: Run) -> None:
    value = json.loads(run("city", "德阳", "--json").out)
    assert (value["name"], value["adcode"]) == ("德阳市", "510600")
    strategic = [item for item in value["assignments"] if item["plan"] == STRATEGIC]
    assert {item["sector"] for item in strategic if item["role_kind"] == "core"} == {
        "高端装备",
        "新材料",
        "新能源",
        "节能环保",
    }
    assert {item["place"]["adcode"] for item in value["assignments"]} == {"510600"}
    assert "德阳经济技术开发区" in [site["id"] for site in value["sites"]]
    assert all(item["citations"] for name in ("assignments", "sites", "projects") for item in value[name])


@pytest.mark.parametrize("name", ["成都", "绵阳", "江油"])
def test_a_city_as_json_has_as_many_facts_as_the_window_lists(run: Run, name: str) -> None:
    value = json.loads(run("city", name, "--json").out)
    entries = place_in_plans(Atlas(load_plans()[0]), gazetteer().resolve(name))
    for kind in ("sites", "projects", "regions", "indicators"):
        assert len(value[kind]) == sum(len(getattr(entry, kind)) for entry in entries)
    assert len(value["statements"]) == sum(len(entry.together) + len(entry.statements) for entry in entries) > 0
    assert len(value["assignments"]) == sum(len(items) for entry in entries for _, items in entry.roles)


def test_a_misspelt_city_is_suggested(run: Run) -> None:
    what, remedy = refused(run("city", "得阳"))
    assert "得阳" in what
    assert remedy == "是不是要找：德阳？"


def test_an_ambiguous_county_is_told_with_what_it_may_mean(run: Run) -> None:
    what, remedy = refused(run("city", "市中区"))
    assert "不止一处" in what
    assert "511002" in remedy
    assert "511102" in remedy


# --- facts ---


@pytest.fixture
def facts(run: Run) -> dict[str, list[dict[str, Any]]]:
    done = run("facts", "--json")
    assert (done.status, done.err) == (0, "")
    found: dict[str, list[dict[str, Any]]] = json.loads(done.out)
    return found


Facts = dict[str, list[dict[str, Any]]]


def test_facts_are_one_object_of_ten_lists(facts: Facts) -> None:
    assert set(facts) == {
        "documents",
        "sectors",
        "roles",
        "assignments",
        "sites",
        "projects",
        "regions",
        "indicators",
        "statements",
        "crosswalk",
    }
    assert all(facts.values())
    assert all(item["plan"] for items in facts.values() for item in items)


def test_every_fact_has_citations_as_the_contract_says(facts: Facts) -> None:
    for name, items in facts.items():
        if name in ("documents", "crosswalk"):
            continue
        for item in items:
            assert item["citations"]
            for citation in item["citations"]:
                assert {"document", "section", "page", "start", "end"} <= set(citation)
                assert isinstance(citation["start"], int)
                assert isinstance(citation["end"], int)


def test_an_assignment_has_the_keys_of_the_contract(facts: Facts) -> None:
    wanted = {"plan", "sector", "role", "role_kind", "place", "focus", "positions", "sites", "citations"}
    assert all(wanted <= set(item) for item in facts["assignments"])
    assert {item["role_kind"] for item in facts["assignments"] if item["plan"] == STRATEGIC} == {"core", "expansion"}
    (deyang,) = [
        item
        for item in facts["assignments"]
        if item["plan"] == STRATEGIC and item["sector"] == "新能源" and item["place"]["adcode"] == "510600"
    ]
    assert deyang["place"] == {"name": "德阳市", "adcode": "510600"}
    assert deyang["citations"][-1]["page"] == 38


def test_a_site_has_the_keys_of_the_contract(facts: Facts) -> None:
    wanted = {"kind", "place", "county", "sectors", "lon", "lat", "precision", "basis", "citations"}
    assert all(wanted <= set(item) for item in facts["sites"])
    for item in facts["sites"]:
        for place in (item["place"], item["county"]):
            assert place is None or set(place) == {"name", "adcode"}


def test_places_are_name_and_code_everywhere(facts: Facts) -> None:
    for name in ("statements", "projects", "regions", "indicators"):
        for item in facts[name]:
            for place in (*item["places"], *item.get("counties", ())):
                assert set(place) == {"name", "adcode"}
                assert re.fullmatch(r"51\d{4}", place["adcode"])


def test_facts_of_one_plan_are_of_that_plan(run: Run) -> None:
    found = json.loads(run("facts", "--plan", STRATEGIC, "--json").out)
    assert {item["plan"] for items in found.values() for item in items} == {STRATEGIC}
    assert len(found["assignments"]) == 104


def test_facts_of_a_pack_file_are_given_without_the_library(run: Run, pack: Path) -> None:
    found = json.loads(run("facts", "--plan", pack, "--json").out)
    assert [item["id"] for item in found["documents"]] == ["little"]


def test_facts_as_csv_are_a_table(run: Run) -> None:
    done = run("facts", "--plan", STRATEGIC, "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert (done.status, done.err) == (0, "")
    assert all(None not in row and None not in row.values() for row in rows)
    assigned = {(row["sector"], row["adcode"]): row for row in rows if row["kind"] == "assignments"}
    assert len(assigned) == 104
    assert assigned["新能源", "510600"]["role_kind"] == "core"
    assert assigned["新能源", "510600"]["page"] == "38"
    assert {row["document"] for row in rows} == {STRATEGIC}


def test_facts_for_reading_have_one_line_each(run: Run) -> None:
    done = run("facts", "--plan", STRATEGIC)
    table = list(csv.DictReader(io.StringIO(run("facts", "--plan", STRATEGIC, "--csv").out)))
    assert len(done.out.splitlines()) == len(table)
    assert all(line.count("\t") == 6 for line in done.out.splitlines())


def test_json_and_csv_at_once_are_refused(run: Run) -> None:
    refused(run("facts", "--json", "--csv"))


def test_an_unknown_plan_is_told_with_those_there_are(run: Run) -> None:
    what, remedy = refused(run("facts", "--plan", "sichuan-strategic-31"))
    assert "sichuan-strategic-31" in what
    assert STRATEGIC in remedy


# --- plans ---


def test_plans_are_listed_with_their_counts(run: Run) -> None:
    done = run("plans")
    assert (done.status, done.err) == (0, "")
    assert f"{STRATEGIC}\t四川省“十三五”战略性新兴产业发展规划（2016—2020年）" in done.out.splitlines()
    assert "布局 104" in done.out


def test_plans_as_json_have_ids_and_counts(run: Run) -> None:
    listed = {plan["id"]: plan for plan in json.loads(run("plans", "--json").out)}
    strategic = listed[STRATEGIC]
    assert (strategic["period"], strategic["sectors"], strategic["assignments"]) == ([2016, 2020], 8, 104)


def test_a_damaged_pack_of_the_user_is_a_warning_and_no_obstacle(run: Run, home: Path) -> None:
    (home / "data" / "plans").mkdir(parents=True)
    (home / "data" / "plans" / "坏.json").write_text("{")
    done = run("plans", "--json")
    assert done.status == 0
    assert STRATEGIC in [plan["id"] for plan in json.loads(done.out)]
    assert done.err.startswith("注意：坏.json")


# --- check ---

DOCUMENT = "- 1 -\n盆地省规划\n以德阳为主体形成核心区。\n- 2 -\n德阳发展风电，建成装备高地。\n"


def cite(passage: str, page: int) -> dict[str, Any]:
    text = "".join(line for line in DOCUMENT.splitlines() if not line.startswith("- "))
    start = text.index(passage)
    digest = hashlib.sha256(passage.encode()).hexdigest()[:12]
    return {"section": "一", "page": page, "start": start, "end": start + len(passage), "digest": digest}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small sound pack."""
    text = "".join(line for line in DOCUMENT.splitlines() if not line.startswith("- "))
    core, wind = cite("以德阳为主体形成核心区", 1), cite("德阳发展风电，建成装备高地", 2)
    value: dict[str, Any] = {
        "schema": 1,
        "id": "little",
        "title": "盆地规划",
        "document": {
            "id": "little",
            "title": "盆地省规划",
            "issuer": None,
            "period": [2026, 2030],
            "boundary_date": None,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "characters": len(text),
            "pages": 2,
        },
        "roles": [{"id": "core", "name": "核心区", "rank": 1, "kind": "core", "citations": [core]}],
        "sectors": [{"id": "wind", "name": "风电", "aliases": [], "colour": 0, "citations": [wind], "subsectors": []}],
        "regions": [],
        "sites": [],
        "assignments": [
            {
                "sector": "wind",
                "role": "core",
                "place": "德阳",
                "focus": ["风电"],
                "positions": ["装备高地"],
                "sites": [],
                "citations": [core, wind],
            }
        ],
        "statements": [],
        "projects": [],
        "indicators": [],
    }
    file = tmp_path / "盆地.json"
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The small pack's document, alone in its folder."""
    file = tmp_path / "规划文件" / "盆地省规划.txt"
    file.parent.mkdir()
    file.write_text(DOCUMENT, encoding="utf-8")
    return file


def test_sound_packs_pass_the_check(run: Run, pack: Path) -> None:
    assert run("check", pack) == (0, "little：数据包完好\n", "")


def test_without_a_name_the_whole_library_is_checked(run: Run) -> None:
    done = run("check")
    assert (done.status, done.err) == (0, "")
    assert f"{STRATEGIC}：数据包完好" in done.out.splitlines()


def test_citations_that_stand_in_their_document_pass_the_check(run: Run, pack: Path, document: Path) -> None:
    done = run("check", pack, "--sources", document.parent)
    assert (done.status, done.err) == (0, "")
    line = "little：盆地省规划.txt（与参考文本一致），引文 4 处：原名核实 4，别名核实 0，注明例外 0；有问题 0\n"
    assert done.out == line


def test_a_copy_of_another_type_is_found_and_its_passages_in_it(run: Run, pack: Path, document: Path) -> None:
    lines = "".join(f"<p>{line}</p>" for line in ["网站首页", *DOCUMENT.splitlines()])
    document.with_suffix(".html").write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    document.unlink()
    done = run("check", pack, "--sources", document.parent)
    assert (done.status, done.err) == (0, "")
    assert "盆地省规划.html（与参考文本不同：原位 0 处，移位 4 处），引文 4 处：原名核实 4" in done.out


def test_a_pack_that_cites_a_passage_for_another_place_fails_the_check(run: Run, pack: Path, document: Path) -> None:
    pack.write_text(pack.read_text(encoding="utf-8").replace('"德阳"', '"绵阳"'), encoding="utf-8")
    done = run("check", pack, "--sources", document.parent)
    assert done.status == 1
    assert "原名核实 2，别名核实 0，注明例外 0；有问题 2" in done.out
    what = [line for line in done.err.splitlines() if line.startswith("错误：")]
    assert [line.rsplit("：", 1)[1] for line in what] == ["引文中没有“绵阳”"] * 2
    assert all("little assignments[0]「wind·绵阳·core」 一，第" in line for line in what)


def test_a_changed_document_fails_the_check(run: Run, pack: Path, document: Path) -> None:
    document.write_text(DOCUMENT.replace("装备", "装配"), encoding="utf-8")
    done = run("check", pack, "--sources", document.parent)
    assert done.status == 1
    assert "与参考文本不同" in done.out
    assert "；有问题 2" in done.out
    assert done.err.count("错误：") == done.err.count("办法：") == 2
    assert "「wind·德阳·core」" in done.err


def test_a_pack_with_faults_fails_the_check_and_the_others_are_checked(run: Run, pack: Path) -> None:
    broken = pack.with_name("坏.json")
    broken.write_text(pack.read_text(encoding="utf-8").replace('"德阳"', '"得阳"'), encoding="utf-8")
    done = run("check", broken, pack)
    assert done.status == 1
    assert done.out.splitlines() == ["坏.json：有 1 处问题", "little：数据包完好"]
    what, remedy = done.err.splitlines()
    line = next(
        number
        for number, text in enumerate(broken.read_text(encoding="utf-8").splitlines(), start=1)
        if '"得阳"' in text
    )
    assert what.startswith(f"错误：坏.json 第 {line} 行 assignments[0].place：")
    assert "德阳" in remedy


def test_a_comparison_with_a_sector_that_the_other_plan_lacks_fails_the_check(run: Run, pack: Path) -> None:
    value = json.loads(pack.read_text(encoding="utf-8"))
    row = {"sector": "wind", "relation": "part_of", "plan": STRATEGIC, "other": "新能原", "why": "风电是新能源"}
    value["crosswalk"] = [row, {**row, "plan": "basin-0"}]
    pack.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    done = run("check", pack)
    assert done.status == 1
    assert done.err.splitlines() == [
        "错误：little crosswalk[0]：《四川“十三五”战略性新兴产业》中没有产业“新能原”",
        "办法：是不是“新能源”？",
    ]


def test_a_document_that_is_not_in_the_folder_fails_the_check(run: Run, pack: Path, document: Path) -> None:
    document.write_text("别的文件", encoding="utf-8")
    done = run("check", pack, "--sources", document.parent)
    assert done.status == 1
    assert "《盆地省规划》" in done.err


def test_a_pack_that_is_not_there_cannot_be_checked(run: Run, pack: Path, tmp_path: Path) -> None:
    what, _ = refused(run("check", pack, tmp_path / "没有.json"))
    assert "没有.json" in what


def test_a_folder_of_documents_that_is_not_there_is_told(run: Run, pack: Path, tmp_path: Path) -> None:
    what, _ = refused(run("check", pack, "--sources", tmp_path / "没有"))
    assert "没有这个文件夹" in what


def test_a_folder_without_documents_is_told(run: Run, pack: Path, folder: Path) -> None:
    _, remedy = refused(run("check", pack, "--sources", folder))
    assert ".txt" in remedy


# --- map ---


@pytest.fixture
def drawing(gui: QGuiApplication, prepared: Path) -> None:
    """All that drawing needs, as at a second start."""


def png_chunks(file: Path) -> dict[bytes, bytes]:
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, position = {}, 8
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        chunks[kind] = data[position + 8 : position + 8 + length]
        position += 12 + length
    return chunks


@pytest.mark.usefixtures("drawing")
def test_a_png_is_a4_at_300_dpi_and_says_so(run: Run, folder: Path) -> None:
    out = folder / "新材料.png"
    assert run("map", out, "--sector", "新材料") == (0, f"{out}\n", "")
    chunks = png_chunks(out)
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (3508, 2480)
    assert struct.unpack(">IIB", chunks[b"pHYs"]) == (11811, 11811, 1)
    assert names(folder) == ["新材料.png"]


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(
    ("page", "dpi", "pixels"),
    [("a4-portrait", "60", (496, 702)), ("slide", "72", (960, 540)), ("160x120mm", "100", (630, 472))],
)
def test_page_and_resolution_are_as_asked(run: Run, folder: Path, page: str, dpi: str, pixels: tuple[int, int]) -> None:
    out = folder / "a.png"
    assert run("map", out, "--page", page, "--dpi", dpi).status == 0
    assert struct.unpack(">II", png_chunks(out)[b"IHDR"][:8]) == pixels


@pytest.mark.usefixtures("drawing")
def test_an_svg_needs_no_font_and_no_other_file(run: Run, folder: Path) -> None:
    out = folder / "新材料.svg"
    assert run("map", out, "--sector", "新材料", "高端装备").status == 0
    root = ElementTree.parse(out).getroot()
    assert (root.get("width"), root.get("height")) == ("297.000mm", "210.000mm")
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "path" in tags
    assert not tags & {"text", "tspan", "image", "use", "style", "script", "foreignObject"}
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert not any(re.search(r"(https?|file|data):|url\((?!#)", value) for value in values)
    assert not any(name.rpartition("}")[2] == "href" for element in root.iter() for name in element.attrib)


@pytest.mark.usefixtures("drawing")
def test_a_pdf_can_be_searched_for_what_a_reader_sees(run: Run, folder: Path) -> None:
    out = folder / "新材料.pdf"
    assert run("map", out, "--sector", "新材料").status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    size = document[0].get_size()
    document.close()
    assert size == pytest.approx((841.89, 595.28), abs=0.01)
    for words in ("四川省新材料产业布局", "核心发展区", "重点拓展区", "攀枝花", "乐山", "天地图", "内部使用"):
        assert words in text
    assert not re.search(r"[\u2e80-\u2fdf]", text)


@pytest.mark.usefixtures("drawing")
def test_the_figure_has_the_given_title(run: Run, folder: Path) -> None:
    out = folder / "a.pdf"
    assert run("map", out, "--sector", "生物", "--title", "图 3-1 生物产业").status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "图 3-1 生物产业" in text
    assert "四川省生物产业布局" not in text


@pytest.mark.usefixtures("drawing")
def test_a_city_figure_has_that_city_s_counties(run: Run, folder: Path) -> None:
    out = folder / "a.pdf"
    assert run("map", out, "--sector", "新能源", "--city", "德阳").status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert all(county in text for county in ("旌阳", "罗江", "中江", "广汉", "什邡", "绵竹"))


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(
    "written", [["新材料", "高端装备"], ["新材料产业", "高端装备制造"], ["新材料、高端装备"], ["新材料，高端装备"]]
)
def test_sectors_may_be_written_as_people_write_them(run: Run, folder: Path, written: list[str]) -> None:
    first, second = folder / "a.svg", folder / "b.svg"
    assert run("map", first, "--sector", "新材料", "--sector", "高端装备").status == 0
    assert run("map", second, "--sector", *written).status == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.usefixtures("drawing")
def test_a_figure_has_the_style_the_words_and_the_elements_that_were_asked_for(run: Run, folder: Path) -> None:
    out = folder / "a.pdf"
    look = ["--style", "count", "--bw", "--names", "full", "--without", "north", "--graticule"]
    words = ["--number", "图 3-1", "--note", "行政区划为现状", "--maker", "规划处", "--approval", "川S（2026）1号"]
    assert run("map", out, *look, *words, "--page", "160x120mm").status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    said = ("图 3-1", "产业重叠：8 个产业", "7—8 个", "甘孜藏族自治州", "°E", "行政区划为现状", "制图：规划处")
    assert [words for words in (*said, "审图号：川S（2026）1号") if words not in text] == []
    assert "北" not in text
    assert "内部使用" not in text


@pytest.mark.usefixtures("drawing")
def test_a_figure_zooms_to_a_region_of_the_plan(run: Run, folder: Path) -> None:
    out = folder / "a.pdf"
    assert run("map", out, "--sector", "新材料", "--region", "成德绵").status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert all(words in text for words in ("成德绵新材料产业布局", "什邡", "江油", "成德绵（示意）"))


@pytest.mark.usefixtures("drawing")
def test_without_a_sector_the_figure_has_all_of_them(run: Run, folder: Path) -> None:
    out = folder / "a.pdf"
    assert run("map", out).status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    sectors = [sector["name"] for sector in json.loads(BUNDLED.read_bytes())["sectors"]]
    assert len(sectors) == 8
    assert all(sector in text for sector in sectors)


@pytest.mark.usefixtures("drawing")
def test_a_figure_is_made_from_a_pack_file(run: Run, folder: Path, pack: Path) -> None:
    out = folder / "a.pdf"
    assert run("map", out, "--plan", pack).status == 0
    document = pypdfium2.PdfDocument(out)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "核心区（1）" in text
    assert "《盆地省规划》" in text


@pytest.mark.usefixtures("gui")
def test_the_first_figure_tells_how_far_the_boundaries_are(
    run: Run, folder: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geodata import boundaries

    kept = {tolerance: boundaries.read_cache(tolerance) for tolerance in boundaries.LEVELS}

    def build(progress: Callable[[int, int, str], None]) -> object:
        for done in range(3):
            progress(done, 2, "读取")
        return kept

    for file in (prepared / "cache").iterdir():
        file.unlink()
    monkeypatch.setattr(boundaries, "build_levels", build)
    done = run("map", folder / "a.svg")
    assert done.status == 0
    assert done.err.splitlines() == ["[0/2] 读取", "[1/2] 读取", "[2/2] 读取"]


REFUSED = {
    "unknown suffix": (["a.jpg"], "“.jpg”", ".png、.tiff"),
    "no suffix": (["图"], "没有后缀", ".png"),
    "page 0": (["a.png", "--page", "0"], "“0”", "a4"),
    "page 0x0": (["a.png", "--page", "0x0mm"], "0×0", "60"),
    "page unknown": (["a.png", "--page", "a5"], "“a5”", "160x120mm"),
    "page too large": (["a.png", "--page", "99999x99999mm"], "无法排版", "2000"),
    "dpi 0": (["a.png", "--dpi", "0"], "0 dpi", "30"),
    "dpi below 0": (["a.png", "--dpi=-300"], "-300 dpi", "300"),
    "dpi 10000": (["a.png", "--dpi", "10000"], "10000 dpi", "2400"),
    "dpi nan": (["a.png", "--dpi", "nan"], "dpi", "30"),
    "dpi in words": (["a.png", "--dpi", "高"], "高", "--help"),
    "more pixels than memory": (["a.png", "--page", "a3", "--dpi", "2400"], "内存", "分辨率"),
    "unknown sector": (["a.png", "--sector", "新材科"], "“新材科”", "新材料"),
    "second sector unknown": (["a.png", "--sector", "新材料", "节能环报"], "“节能环报”", "节能环保"),
    "unknown city": (["a.png", "--city", "得阳"], "“得阳”", "德阳"),
    "county for a city": (["a.png", "--city", "江油"], "县级", "绵阳"),
    "unknown plan": (["a.png", "--plan", "四季"], "“四季”", STRATEGIC),
    "pack not there": (["a.png", "--plan", "没有.json"], "没有.json", "路径"),
    "unknown region": (["a.png", "--region", "成德眉资"], "“成德眉资”", "成德绵"),
    "small maps of a city": (["a.png", "--style", "multiples", "--city", "德阳"], "全省", "--city"),
    "counts without roles": (["a.png", "--plan", "mianyang-green-14", "--style", "count"], "角色", "--style"),
    "a corner that is none": (["a.png", "--legend-at", "middle"], "middle", "--help"),
    "unknown style": (["a.png", "--style", "pie"], "pie", "--help"),
    "missing folder": (["没有/a.png"], "没有这个文件夹", "建立文件夹"),
}


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(("arguments", "what", "remedy"), REFUSED.values(), ids=REFUSED.keys())
def test_a_figure_that_cannot_be_made_is_told_why_and_what_to_do(
    run: Run, folder: Path, arguments: list[str], what: str, remedy: str
) -> None:
    told = refused(run("map", folder / arguments[0], *arguments[1:]))
    assert what in told[0]
    assert remedy in told[1]
    assert names(folder) == []


@pytest.mark.usefixtures("drawing")
def test_a_folder_is_not_overwritten_by_a_figure(run: Run, folder: Path) -> None:
    (folder / "a.png").mkdir()
    what, _ = refused(run("map", folder / "a.png", "--dpi", "50"))
    assert "文件夹" in what
    assert names(folder) == ["a.png"]


@pytest.mark.usefixtures("drawing")
def test_a_folder_that_cannot_be_written_is_told_and_the_old_figure_stays(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.png").write_text("old")

    def refuse(path: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "touch", refuse)
    what, remedy = refused(run("map", folder / "a.png", "--dpi", "50"))
    assert "没有写入权限" in what
    assert str(folder / "a.png") in what
    assert "换一个" in remedy
    assert names(folder) == ["a.png"]
    assert (folder / "a.png").read_text() == "old"


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("failure", [fail("a.png", "内存不足", "减小页面"), KeyboardInterrupt()])
def test_a_figure_that_fails_half_way_leaves_the_old_one_and_no_other(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    (folder / "a.png").write_text("old")

    def draw(*arguments: object) -> bytes:
        raise failure

    monkeypatch.setitem(EXPORTERS, ".png", draw)
    done = run("map", folder / "a.png")
    assert (done.status, done.out) == (2, "")
    assert "Traceback" not in done.err
    assert done.err
    assert names(folder) == ["a.png"]
    assert (folder / "a.png").read_text() == "old"


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_disk_that_fills_is_told_and_the_old_figure_stays(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    old = folder / f"a{suffix}"
    old.write_text("old")

    def write_half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    what, _ = refused(run("map", old, "--sector", "数字创意", "--dpi", "50"))
    assert "磁盘已满" in what
    assert names(folder) == [old.name]
    assert old.read_text() == "old"


@pytest.mark.usefixtures("drawing")
def test_a_name_that_is_too_long_is_told(run: Run, folder: Path) -> None:
    what, _ = refused(run("map", folder / f"{'图' * 200}.svg", "--sector", "数字创意"))
    assert "文件名太长" in what
    assert names(folder) == []


@pytest.mark.parametrize(
    "arguments", [["check", "x" * 300], ["check", "--sources", "x" * 300], ["facts", "--plan", "x" * 300]]
)
def test_a_path_that_no_file_can_have_is_told(run: Run, arguments: list[str]) -> None:
    refused(run(*arguments))


@pytest.mark.usefixtures("drawing")
def test_an_old_figure_is_replaced_by_the_new_one(run: Run, folder: Path) -> None:
    (folder / "a.svg").write_text("old")
    assert run("map", folder / "a.svg").status == 0
    assert "<svg" in (folder / "a.svg").read_text(encoding="utf-8")
    assert names(folder) == ["a.svg"]


# --- commands that are wrong ---


@pytest.mark.parametrize(
    "arguments",
    [
        ["maps"],
        ["--version"],
        ["map"],
        ["map", "a.png", "--colour", "red"],
        ["map", "a.png", "--dpi"],
        ["map", "a.png", "b.png"],
        ["city"],
        ["city", "德阳", "绵阳"],
        ["city", "德阳", "--csv"],
        ["plans", "extra"],
        ["facts", "--xml"],
        ["check", "--sources"],
        ["德阳"],
        [""],
    ],
)
def test_a_wrong_command_is_two_lines_and_no_traceback(run: Run, arguments: list[str]) -> None:
    what, remedy = refused(run(*arguments))
    assert "命令写得不对" in what
    assert "--help" in remedy


@pytest.mark.parametrize("command", [[], ["map"], ["city"], ["facts"], ["plans"], ["check"]])
def test_help_is_there_for_every_command(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run([*command, "--help"])
    assert ended.value.code == 0
    assert "python main.py" in capsys.readouterr().out


# --- the program as a whole ---


def test_without_a_display_the_window_is_refused_in_one_line(home: Path) -> None:
    done = child("main.py", home=home, QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "没有可用的显示器" in line
    assert "python main.py map" in line


def test_a_display_that_does_not_answer_is_told_in_one_line(home: Path) -> None:
    done = child("main.py", home=home, QT_QPA_PLATFORM=None, DISPLAY=":987", WAYLAND_DISPLAY=None)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert ":987" in done.stderr or "系统库" in done.stderr


def test_the_command_line_needs_no_display(prepared: Path, folder: Path) -> None:
    out = folder / "新材料.svg"
    done = child("main.py", "map", str(out), home=prepared, QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    assert names(folder) == ["新材料.svg"]


def test_exit_status_and_words_reach_the_shell(home: Path) -> None:
    done = child("main.py", "city", "得阳", home=home, PYTHONIOENCODING=None, LC_ALL="C")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert "德阳" in done.stderr


def test_a_reader_that_closes_early_is_no_error(home: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "work = subprocess.Popen([sys.executable, 'main.py', 'facts', '--json'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "work.stdout.read(10)\n"
        "work.stdout.close()\n"
        "errors = work.stderr.read().decode()\n"
        "print(work.wait(), errors)\n"
    )
    assert child("-c", code, home=home).stdout.strip() == "0"


def test_questions_load_no_qt_and_no_heavy_library(home: Path) -> None:
    code = (
        "import sys\n"
        "from explorer.cli import run\n"
        "run(['city', '德阳']); run(['facts', '--json']); run(['plans'])\n"
        "heavy = {'PySide6', 'numpy', 'shapely', 'geopandas', 'pandas', 'pyogrio', 'pyproj', 'pypdf', 'pypinyin',"
        " 'pyqtgraph'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    assert child("-c", code, home=home).stdout.splitlines()[-1] == "LOADED []"


def test_scenes_are_built_without_qt(home: Path) -> None:
    code = (
        "import importlib, sys\n"
        "from pathlib import Path\n"
        "for file in sorted(Path('layers').rglob('*.py')):\n"
        "    parts = file.with_suffix('').parts\n"
        "    if 'export' not in parts and file.stem not in ('paint', 'fonts'):\n"
        "        importlib.import_module('.'.join(parts).removesuffix('.__init__'))\n"
        "print(len([name for name in sys.modules if name.startswith('layers.')]), 'PySide6' in sys.modules)\n"
    )
    number, qt = child("-c", code, home=home).stdout.split()
    assert int(number) > 10
    assert qt == "False"


@pytest.mark.parametrize(("library", "package"), [("libEGL.so.1", "libegl1"), ("libxcb-cursor.so.0", "libxcb-cursor0")])
def test_a_missing_system_library_is_told_with_its_package(library: str, package: str) -> None:
    message = missing_library(f"{library}: cannot open shared object file: No such file or directory")
    assert message is not None
    what, remedy = message.splitlines()
    assert what.startswith("错误：")
    assert library in what
    assert remedy == f"办法：安装系统软件包 {package}（如 sudo apt install {package}）"


def test_every_known_system_library_is_told_in_two_lines() -> None:
    for library, package in PACKAGES.items():
        message = missing_library(f"ImportError: {library}: cannot open shared object file: No such file")
        assert message is not None
        assert len(message.splitlines()) == 2
        assert package in message


def test_an_unknown_system_library_is_named_all_the_same() -> None:
    message = missing_library("libfoo-2.1.so.3: cannot open shared object file: No such file or directory")
    assert message is not None
    assert message.count("libfoo-2.1.so.3") == 2


@pytest.mark.parametrize("error", ["", "No module named 'shapely'", "cannot import name 'QApplication'"])
def test_any_other_error_is_no_missing_library(error: str) -> None:
    assert missing_library(error) is None


def test_a_missing_python_package_is_told_in_two_lines(home: Path) -> None:
    code = (
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] == 'PySide6':\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
        "sys.argv = ['main.py', 'map', 'a.png']\n"
        "import main\n"
        "sys.exit(main.main())\n"
    )
    done = child("-c", code, home=home)
    assert done.returncode == 2
    what, remedy = done.stderr.splitlines()
    assert "PySide6" in what
    assert "README" in remedy
