"""The list of sites and projects without a window: which rows a filter keeps, their order, and saved tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from explorer import cli
from explorer.listing import (
    BASIS,
    CONTENT,
    COUNTIES,
    NAME,
    NO_SECTOR,
    PLAN,
    PRECISION,
    PREFECTURES,
    REFERENCE,
    Filter,
    Row,
    filter_words,
    list_rows,
    select,
    sort_rows,
)
from explorer.tables import COLUMNS, csv_text, notes_on, save_table, table_rows, write_csv, write_xlsx
from geodata.analysis.items import PROJECT, SITE
from geodata.library import load_plans
from geodata.plan import Citation, Document, Plan, Project, Sector, Site
from geodata.problems import UserError

CHENGDU, MIANYANG, JIANGYOU, SHUANGLIU = "510100", "510700", "510781", "510116"
CITED = (Citation("三（一）", 40, 60, "0" * 12, page=7), Citation("二", 10, 20, "0" * 12, page=4, page_to=5))


def small_plan(number: int = 1, **site: Any) -> Plan:
    """A plan of two sites and two projects; `site` changes the first site."""
    plan_id = f"hills-{number}"
    document = Document(plan_id, f"丘陵规划{number}", "丘陵省", (2020 + number, 2030), None, "0" * 64, 100, None)
    wind = Sector("wind", "风电", CITED, subsectors=(Sector("wind/blade", "叶片", CITED),))
    first: dict[str, Any] = {
        "id": "park", "name": "双流产业园", "kind": "产业园", "precision": "site", "basis": "stated",
        "citations": CITED, "aliases": ("西航港园",), "place": CHENGDU, "county": SHUANGLIU,
        "sectors": ("wind/blade",), "lon": 103.9, "lat": 30.5,
    }  # fmt: skip
    sites = (
        Site(**{**first, **site}),
        Site("lab", "氢能实验室", "实验室", "prefecture", "inferred", CITED[:1], place=MIANYANG, note="据常识"),
    )
    projects = (
        Project(
            "yard", "试验场", "示范项目", "context", CITED[1:], ("wind",), (CHENGDU, MIANYANG), (JIANGYOU,),
            ("park",), "推进", ("叶片", "IPv6网络"),
        ),
        Project("fund", "产业基金", "基金", "stated", CITED[:1]),
    )  # fmt: skip
    return Plan(plan_id, f"丘陵{number}", document, (), (wind,), (), sites, (), (), projects, ())


def names(rows: list[Row]) -> list[str]:
    return [row.item.name for row in rows]


@pytest.fixture
def rows() -> list[Row]:
    return list_rows([small_plan()])


@pytest.fixture(scope="module")
def bundled() -> list[Row]:
    return list_rows(load_plans()[0])


# --- filters ---


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), ["双流产业园", "氢能实验室", "试验场", "产业基金"]),
        (Filter(plan="hills-2"), []),
        (Filter(sector="风电"), ["双流产业园", "试验场"]),
        (Filter(sector=NO_SECTOR), ["氢能实验室", "产业基金"]),
        (Filter(kind=SITE), ["双流产业园", "氢能实验室"]),
        (Filter(kind=PROJECT), ["试验场", "产业基金"]),
        (Filter(category="实验室"), ["氢能实验室"]),
        (Filter(place=MIANYANG), ["氢能实验室", "试验场"]),
        (Filter(place=CHENGDU), ["双流产业园", "试验场"]),
        (Filter(place=JIANGYOU), ["试验场"]),
        (Filter(precision="none"), ["产业基金"]),
        (Filter(precision="prefecture"), ["氢能实验室"]),
        (Filter(sector="风电", place=MIANYANG), ["试验场"]),
        (Filter(kind=SITE, place=MIANYANG, text="据常识"), ["氢能实验室"]),
        (Filter(kind=SITE, precision="none"), []),
    ],
)
def test_each_filter_keeps_what_fits_it_and_several_keep_what_fits_all(
    rows: list[Row], wanted: Filter, found: list[str]
) -> None:
    assert names(select(rows, wanted)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("氢能", ["氢能实验室"]),
        ("西航港", ["双流产业园"]),  # an alias
        ("叶片", ["双流产业园", "试验场"]),  # a sub-sector; a detail
        ("江油", ["试验场"]),
        ("常识", ["氢能实验室"]),  # a note
        ("推定", ["氢能实验室"]),
        ("绵阳 叶片", ["试验场"]),
        ("绵阳，氢能", ["氢能实验室"]),
        ("绵阳 基金", []),
        ("ipv6", ["试验场"]),
        ("ＩＰｖ６", ["试验场"]),
        ("三(一)", ["双流产业园", "氢能实验室", "产业基金"]),
        ("mianyang", ["氢能实验室", "试验场"]),
        ("qnsys", ["氢能实验室"]),
        ("  ", ["双流产业园", "氢能实验室", "试验场", "产业基金"]),
        ("丘陵", []),  # the plan's title is a filter of its own
        ("<b>.*", []),
    ],
)
def test_words_are_all_looked_for_in_whatever_is_said_of_an_item(rows: list[Row], text: str, found: list[str]) -> None:
    assert names(select(rows, Filter(text=text))) == found


def test_letters_that_are_in_the_text_are_no_initials(bundled: list[Row]) -> None:
    assert names(select(bundled, Filter(text="IPv6"))) == ["信息通信设备发展工程"]


def test_every_item_of_every_bundled_plan_is_listed(bundled: list[Row]) -> None:
    plans = load_plans()[0]
    assert len(bundled) == sum(len(plan.sites) + len(plan.projects) for plan in plans)
    assert all(row.words[NAME] and row.words[REFERENCE] for row in bundled)


def test_the_conditions_are_said_in_words() -> None:
    plan = small_plan()
    wanted = Filter("hills-1", "风电", PROJECT, "", JIANGYOU, "county", " 叶片  推进 ")
    assert filter_words(wanted, [plan]) == (
        "规划：丘陵1", "产业：风电", "类型：项目、工程", "地点：绵阳市江油市", "位置精度：到县", "查找：叶片 推进",
    )  # fmt: skip
    assert filter_words(Filter(text="  "), [plan]) == ()


def test_nothing_is_stated_of_a_position_there_is_none_of(rows: list[Row]) -> None:
    park, lab, yard, fund = rows
    assert [row.words[BASIS] for row in (park, lab, yard, fund)] == ["原文写明", "推定", "据上下文", ""]
    assert yard.words[CONTENT] == "推进：叶片、IPv6网络"
    assert yard.prefectures == (CHENGDU, MIANYANG)


# --- order ---


def test_rows_are_sorted_by_any_column_with_empty_ones_last(bundled: list[Row]) -> None:
    for column in range(12):
        for descending in (False, True):
            done = sort_rows(bundled, column, descending)
            assert sorted(map(id, done)) == sorted(map(id, bundled))
            filled = [bool(row.words[column]) for row in done]
            assert filled == sorted(filled, reverse=True)


def test_places_go_by_code_and_precision_from_the_surest(rows: list[Row]) -> None:
    assert names(sort_rows(rows, PREFECTURES, False)) == ["双流产业园", "试验场", "氢能实验室", "产业基金"]
    assert names(sort_rows(rows, COUNTIES, True))[:2] == ["试验场", "双流产业园"]
    assert [row.item.precision for row in sort_rows(rows, PRECISION, False)] == [
        "site", "county", "prefecture", "none",
    ]  # fmt: skip
    assert names(sort_rows(rows, BASIS, False)) == ["双流产业园", "试验场", "氢能实验室", "产业基金"]


def test_references_go_by_their_place_in_the_document(rows: list[Row]) -> None:
    assert names(sort_rows(rows, REFERENCE, False)) == ["试验场", "双流产业园", "氢能实验室", "产业基金"]


def test_equal_rows_stay_in_their_order_both_ways() -> None:
    rows = list_rows([small_plan(2), small_plan(1)])
    assert [row.plan.id for row in sort_rows(rows, PLAN, False)] == ["hills-1"] * 4 + ["hills-2"] * 4
    assert names(sort_rows(rows, PLAN, True)) == names(rows)


# --- saved tables ---


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def read_xlsx(file: Path) -> list[dict[str, Any]]:
    sheet = load_workbook(file).worksheets[0]
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def test_a_csv_has_every_row_and_can_be_read_back(bundled: list[Row], tmp_path: Path) -> None:
    file = tmp_path / "园区和项目.csv"
    write_csv(table_rows(bundled), file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    read = read_csv(file)
    assert [line["名称"] for line in read] == names(bundled)
    assert tuple(read[0]) == tuple(COLUMNS)
    assert all(line["引文章节"] and line["引文起"] and line["规划编号"] for line in read)


def test_a_row_has_codes_position_and_citations(rows: list[Row], tmp_path: Path) -> None:
    write_csv(table_rows(rows), tmp_path / "x.csv")
    park, lab, yard, fund = read_csv(tmp_path / "x.csv")
    wanted = {
        "名称": "双流产业园", "产业": "风电", "细分领域": "叶片", "市（州）": "成都市", "县（市、区）": "双流区",
        "位置精度": "到点", "地图符号": "实心", "别名": "西航港园", "市（州）代码": CHENGDU,
        "县（市、区）代码": SHUANGLIU, "经度": "103.9", "纬度": "30.5", "规划编号": "hills-1", "类型代码": "site",
        "条目编号": "park", "位置精度代码": "site", "位置依据代码": "stated", "引文数": "2",
        "引文章节": "三（一）；二", "引文起始页": "7；4", "引文终止页": "7；5", "引文起": "40；10", "引文止": "60；20",
    }  # fmt: skip
    assert {name: park[name] for name in wanted} == wanted
    assert (lab["地图符号"], lab["位置依据"], lab["说明"], lab["经度"]) == ("空心", "推定", "据常识", "")
    assert (yard["进展"], yard["内容"], yard["相关园区、平台"]) == ("推进", "叶片；IPv6网络", "双流产业园")
    assert yard["市（州）代码"] == f"{CHENGDU}；{MIANYANG}"
    assert (fund["地图符号"], fund["位置精度"], fund["位置依据代码"]) == ("不上图", "未写明地点", "stated")


def test_a_workbook_has_codes_as_text_and_figures_as_figures(rows: list[Row], tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    write_xlsx(table_rows(rows), file)
    park, _, yard, fund = read_xlsx(file)
    assert (park["市（州）代码"], park["经度"], park["引文数"]) == (CHENGDU, 103.9, 2)
    assert (yard["经度"], fund["市（州）"]) == (None, None)
    sheet = load_workbook(file).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.column_dimensions["A"].width > 20


def test_a_workbook_says_what_it_holds(rows: list[Row], tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    write_xlsx(table_rows(rows), file, notes_on(rows, ("产业：风电",)))
    notes = {str(head): str(words) for head, words in load_workbook(file)["说明"].iter_rows(values_only=True)}
    assert notes["条数"].startswith("4 条")
    assert notes["筛选条件"] == "产业：风电"
    assert "《丘陵规划1（2021—2030年）》" in notes["规划文件"]
    assert "空心" in notes["地图符号"]
    assert "inferred：推定" in notes["位置依据"]


FORMULAS = ("=1+1", "+86", "-3", "@SUM(A1)", "\t=1", " =1", "＝1")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_arrives_as_text(text: str, tmp_path: Path) -> None:
    records = table_rows(list_rows([small_plan(name=text, note=text)]))
    write_csv(records, tmp_path / "x.csv")
    assert read_csv(tmp_path / "x.csv")[0]["名称"] == "'" + text
    write_xlsx(records, tmp_path / "x.xlsx")
    cell = load_workbook(tmp_path / "x.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["#N/A", "2026-01-02", "510100", "TRUE", "<b>&amp;</b>", "一行\n又一行", '他说"好",'])
def test_any_other_text_arrives_as_it_is(text: str, tmp_path: Path) -> None:
    records = table_rows(list_rows([small_plan(note=text)]))
    write_csv(records, tmp_path / "x.csv")
    assert read_csv(tmp_path / "x.csv")[0]["说明"] == text
    write_xlsx(records, tmp_path / "x.xlsx")
    assert read_xlsx(tmp_path / "x.xlsx")[0]["说明"] == text


def test_characters_that_files_cannot_hold_are_left_out(tmp_path: Path) -> None:
    records = table_rows(list_rows([small_plan(note="甲\x00\x0b乙\ud800丙\uffff\r\n丁")]))
    write_csv(records, tmp_path / "x.csv")
    assert read_csv(tmp_path / "x.csv")[0]["说明"] == "甲乙丙\n丁"
    write_xlsx(records, tmp_path / "x.xlsx")
    assert read_xlsx(tmp_path / "x.xlsx")[0]["说明"] == "甲乙丙\n丁"


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    write_xlsx(table_rows(list_rows([small_plan(note="长" * 40_000)])), tmp_path / "x.xlsx")
    note = read_xlsx(tmp_path / "x.xlsx")[0]["说明"]
    assert note.startswith("长" * 30_000)
    assert note.endswith("以下略去）")


def test_no_rows_give_a_header_alone(tmp_path: Path) -> None:
    assert csv_text([]).rstrip() == ",".join(COLUMNS)
    write_xlsx([], tmp_path / "x.xlsx", notes_on([], ()))
    assert read_xlsx(tmp_path / "x.xlsx") == []


@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
@pytest.mark.parametrize(
    ("method", "error", "words"),
    [
        ("touch", PermissionError(13, "denied"), "正被另一个程序打开"),
        ("replace", PermissionError(13, "denied"), "正被另一个程序打开"),
        ("write_bytes", OSError(28, "no space"), "磁盘已满"),
    ],
)
def test_a_failed_save_leaves_the_old_file(
    rows: list[Row], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, method: str, error: OSError, words: str
) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    (folder / name).write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(UserError, match=words):
        save_table(table_rows(rows), folder / name, ())
    assert [file.name for file in folder.iterdir()] == [name]
    assert (folder / name).read_bytes() == b"old"


def test_a_folder_that_is_gone_and_an_unknown_suffix_are_said(rows: list[Row], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹不存在"):
        save_table(table_rows(rows), tmp_path / "没有" / "x.csv", ())
    with pytest.raises(UserError, match=r"不能保存为“\.ods”文件"):
        save_table(table_rows(rows), tmp_path / "x.ods", ())


# --- the command ---


def test_the_command_lists_what_fits_its_conditions(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["items", "--city", "绵阳", "--kind", "project", "--sector", "大数据", "--search", "数据中心"]
    assert cli.run(command) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines
    assert {(line[1], line[2]) for line in lines} == {("绵阳绿色低碳产业决定", "项目、工程")}


def test_the_command_gives_the_same_items_as_text_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["items", "--plan", "mianyang-green-14", "--city", "江油"]
    found = []
    for form in ([], ["--json"], ["--csv"]):
        assert cli.run([*command, *form]) == 0
        found.append(capsys.readouterr().out)
    text, given, table = found
    names = [line.split("\t")[0] for line in text.splitlines()]
    assert names == [line["名称"] for line in csv.DictReader(io.StringIO(table))]
    assert names == [fact["name"] for facts in json.loads(given).values() for fact in facts]
    assert "江油抽水蓄能电站" in names


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--sector", "新材斗"], "是不是要找：新材料？"),
        (["--plan", "sichuan-green-14", "--sector", "钒太"], "《四川绿色低碳技术创新策源地方案》中没有产业“钒太”"),
        (["--city", "绵羊"], "没有名为“绵羊”的市（州）或县（市、区）"),
        (["--out", "x.ods"], "用 .xlsx 或 .csv 作后缀"),
        (["--json", "--csv"], "不能与"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["items", *arguments]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


def test_the_command_saves_a_workbook_with_its_conditions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "江油.xlsx"
    assert cli.run(["items", "--city", "江油", "--search", "储气", "--out", str(file)]) == 0
    assert capsys.readouterr().out.strip() == str(file)
    assert [line["名称"] for line in read_xlsx(file)] == ["中坝须二地下储气库"]
    notes = dict(load_workbook(file)["说明"].iter_rows(values_only=True))
    assert notes["筛选条件"] == "地点：绵阳市江油市；查找：储气"


def test_the_command_says_when_nothing_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["items", "--search", "无此物"]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "没有符合条件的条目\n")
