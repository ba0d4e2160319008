"""The list of sites and projects as a table in a file: CSV for scripts, XLSX for offices. One row per item."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from explorer.listing import BASES, NAME, NO_SECTOR, PRECISIONS, REFERENCE, SECTORS, Row
from geodata.analysis.items import KINDS
from geodata.plan import Project
from geodata.problems import fail
from geodata.saving import cannot_write, write_whole

Cell = str | float | None
Record = tuple[Cell, ...]
"""The cells of one item, one per column of COLUMNS; None is an empty cell."""

COLUMNS = {
    "名称": 34, "规划": 28, "类型": 12, "类别": 14, "产业": 22, "细分领域": 18, "市（州）": 12, "县（市、区）": 12,
    "位置精度": 12, "位置依据": 10, "地图符号": 9, "进展": 10, "内容": 40, "出处": 24, "说明": 36, "别名": 20,
    "相关园区、平台": 24, "市（州）代码": 12, "县（市、区）代码": 12, "经度": 10, "纬度": 10, "规划编号": 20,
    "类型代码": 9, "条目编号": 30, "位置精度代码": 13, "位置依据代码": 13, "文件": 40, "引文数": 8,
    "引文章节": 20, "引文起始页": 12, "引文终止页": 12, "引文起": 12, "引文止": 12,
}  # fmt: skip
"""Column -> its width in an XLSX file, in characters."""

TITLE = "园区、平台和项目、工程一览"

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML and UTF-8 cannot hold, and carriage returns; tabs and newlines stay."""

LONGEST = 32_000
"""Characters that one cell of an XLSX file can hold, a little less than the format's 32,767."""


def table_rows(rows: Iterable[Row]) -> list[Record]:
    """The records of the rows, in their order. Several values of one cell are joined by `；`."""
    return [_record(row) for row in rows]


def _record(row: Row) -> Record:
    item, plan, fact = row.item, row.plan, row.item.fact
    names = {found.id: found.name for sector in plan.sectors for found in sector.walk()}
    below = [names[sector] for sector in fact.sectors if sector not in item.sectors]
    status, sites = "", list[str]()
    details, aliases = tuple[str, ...](), tuple[str, ...]()
    lonlat: tuple[Cell, Cell] = (None, None)
    if isinstance(fact, Project):
        status, details = fact.status, fact.details
        sites = [plan.site(site).name for site in fact.sites]
    else:
        aliases, lonlat = fact.aliases, (fact.lon, fact.lat)
    cited = fact.citations
    symbol = "不上图" if not item.spots else "实心" if item.is_exact else "空心"
    return (
        *row.words[NAME : SECTORS + 1], "；".join(below), *row.words[SECTORS + 1 : SECTORS + 5], symbol,
        status, "；".join(details), row.words[REFERENCE], fact.note, "；".join(aliases),
        "；".join(sites), "；".join(row.prefectures), "；".join(row.counties), *lonlat, plan.id,
        item.key.kind, item.key.id, item.precision, item.basis, plan.document.title, len(cited),
        _joined(citation.section for citation in cited), _joined(citation.page for citation in cited),
        _joined(citation.page_to or citation.page for citation in cited),
        _joined(citation.start for citation in cited), _joined(citation.end for citation in cited),
    )  # fmt: skip


def _joined(values: Iterable[object]) -> str:
    """One value per citation, in their order; nothing at all when none has one."""
    words = ["" if value is None else str(value) for value in values]
    return "；".join(words) if any(words) else ""


def clean(text: str) -> str:
    """Text without the control characters that files cannot hold."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before what would begin one."""
    return "'" + text if _is_risky(text) else text


def _is_risky(text: str) -> bool:
    return text.startswith(("\t", "\n")) or text.lstrip()[:1] in tuple("=+-@＝＋－＠")


def csv_text(records: Iterable[Record], end: str = "\r\n") -> str:
    """The table as CSV with a header; lines end in `end`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([harmless(clean(cell)) if isinstance(cell, str) else cell for cell in record])
    return out.getvalue()


def write_csv(records: Iterable[Record], target: Path) -> None:
    """Writes the whole CSV file or none, in UTF-8 with a mark, by which Excel and WPS know it. Raises UserError."""
    write_whole(target, csv_text(records).encode("utf-8-sig"))


def write_xlsx(records: Sequence[Record], target: Path, notes: Sequence[tuple[str, str]] = ()) -> None:
    """Writes the whole workbook or none: the table, and a sheet of `notes` (heading, words). Raises UserError."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "园区和项目"
    sheet.append(list(COLUMNS))
    for number, record in enumerate(records, 2):
        for column, cell in enumerate(record, 1):
            set_cell(sheet, number, column, cell)
    for column, width in enumerate(COLUMNS.values(), 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    save_book(book, target, notes)


def save_book(book: Any, target: Path, notes: Sequence[tuple[str, str]]) -> None:
    """Adds a last sheet of notes (heading, words) to an openpyxl workbook and writes it whole. Raises UserError."""
    from openpyxl.styles import Alignment, Font

    about = book.create_sheet("说明")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 16, 100
    for number, (heading, words) in enumerate(notes, 1):
        set_cell(about, number, 1, heading)
        set_cell(about, number, 2, words)
        about.cell(number, 1).font = Font(bold=True)
        about.cell(number, 1).alignment = about.cell(number, 2).alignment = Alignment(vertical="top", wrap_text=True)
    out = io.BytesIO()
    try:
        book.save(out)
    except OSError as error:  # openpyxl keeps sheets in temporary files
        raise cannot_write(target, error) from error
    write_whole(target, out.getvalue())


def set_cell(sheet: Any, row: int, column: int, value: Cell) -> None:
    """Puts a value into a sheet of openpyxl; text stays text, whatever it begins with. Rows and columns from 1."""
    if value is None or value == "":
        return
    if not isinstance(value, str):
        sheet.cell(row, column, value)
        return
    text = clean(value)
    cell = sheet.cell(row, column, text if len(text) <= LONGEST else text[:LONGEST] + "……（过长，以下略去）")
    cell.data_type = "s"  # not a formula, not an error, whatever it begins with
    if _is_risky(text):
        cell.quotePrefix = True  # nor when someone edits it


def notes_on(rows: Sequence[Row], conditions: Sequence[str]) -> list[tuple[str, str]]:
    """What a reader of the table must know: how many rows, filtered by what, from which documents, and the words."""
    documents = [
        "，".join(part for part in (f"《{plan.heading}》", plan.document.issuer or "", f"规划编号 {plan.id}") if part)
        for plan in dict.fromkeys(row.plan for row in rows)
    ]
    return [
        ("表", TITLE),
        ("条数", f"{len(rows)} 条，每条一行"),
        ("筛选条件", "；".join(conditions) or "无（全部条目）"),
        *(("" if number else "规划文件", words) for number, words in enumerate(documents)),
        ("类型", "；".join(f"{code}：{words}" for code, words in KINDS.items())),
        ("产业", f"该规划自己的产业划分；空白即“{NO_SECTOR.strip('（）')}”：文件没有把它归入某个产业"),
        (
            "位置精度",
            "；".join(f"{code}：{words}" for code, words in PRECISIONS.items()) + "。到市即只知道所在市（州）",
        ),
        (
            "位置依据",
            "；".join(f"{code}：{words}" for code, words in BASES.items()) + "。推定的位置不是文件所写，引用前请核实",
        ),
        (
            "地图符号",
            "实心：文件写明或据上下文可知，且到点或到县；空心：推定的位置，或只到市（州），符号不表示确切地点；"
            "不上图：文件未写明地点",
        ),
        ("经度、纬度", "度，CGCS2000；只在数据包给出时才有，确切程度见位置精度"),
        ("代码", "市（州）、县（市、区）用 GB/T 2260 六位代码，作为文本保存"),
        ("出处", "章节和页码；没有页码的文件只有章节"),
        ("引文起、引文止", "引文在文件规范化文本中的起止字符（从 0 数起，不含止），几处引文以“；”分开，各列次序相同"),
    ]


WRITERS: dict[str, Callable[[Sequence[Record], Path, Sequence[tuple[str, str]]], None]] = {
    ".xlsx": write_xlsx,
    ".csv": lambda records, target, notes: write_csv(records, target),
}
"""Suffix -> what writes such a file."""


def save_table(records: Sequence[Record], target: Path, notes: Sequence[tuple[str, str]]) -> None:
    """Writes the table in the form that the target's suffix says. Raises UserError."""
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise fail(str(target), f"不能保存为“{target.suffix}”文件", "用 .xlsx 或 .csv 作后缀")
    writer(records, target, notes)
