"""The list of sites and projects as a table in a file: CSV for scripts, XLSX for offices. One row per item."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from explorer.listing import BASES, NAME, NO_SECTOR, PRECISIONS, REFERENCE, SECTORS, Row
from geodata.analysis.items import KINDS
from geodata.language import mark, tr
from geodata.plan import Plan, Project
from geodata.problems import fail
from geodata.saving import cannot_write, write_whole

Cell = str | float | None
Record = tuple[Cell, ...]
"""The cells of one item, one per column of COLUMNS; None is an empty cell."""

COLUMNS = {
    mark("名称"): 34, mark("规划"): 28, mark("类型"): 12, mark("类别"): 14, mark("产业"): 22, mark("细分领域"): 18,
    mark("市（州）"): 12, mark("县（市、区）"): 12, mark("位置精度"): 12, mark("位置依据"): 10, mark("地图符号"): 9,
    mark("进展"): 10, mark("内容"): 40, mark("出处"): 24, mark("说明"): 36, mark("别名"): 20,
    mark("相关园区、平台"): 24, mark("市（州）代码"): 12, mark("县（市、区）代码"): 12, mark("经度"): 10,
    mark("纬度"): 10, mark("规划编号"): 20, mark("类型代码"): 9, mark("条目编号"): 30, mark("位置精度代码"): 13,
    mark("位置依据代码"): 13, mark("文件"): 40, mark("引文数"): 8, mark("引文章节"): 20, mark("引文起始页"): 12,
    mark("引文终止页"): 12, mark("引文起"): 12, mark("引文止"): 12,
}  # fmt: skip
"""Column -> its width in an XLSX file, in characters."""

TITLE = mark("园区、平台和项目、工程一览")

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
    symbol = tr("不上图") if not item.spots else tr("实心") if item.is_exact else tr("空心")
    return (
        *row.words[NAME : SECTORS + 1], tr("；").join(below), *row.words[SECTORS + 1 : SECTORS + 5], symbol,
        status, tr("；").join(details), row.words[REFERENCE], fact.note, tr("；").join(aliases),
        tr("；").join(sites), tr("；").join(row.prefectures), tr("；").join(row.counties), *lonlat, plan.id,
        item.key.kind, item.key.id, item.precision, item.basis, plan.document.title, len(cited),
        _joined(citation.section for citation in cited), _joined(citation.page for citation in cited),
        _joined(citation.page_to or citation.page for citation in cited),
        _joined(citation.start for citation in cited), _joined(citation.end for citation in cited),
    )  # fmt: skip


def headings() -> list[str]:
    """The names of the columns."""
    return [tr(column) for column in COLUMNS]


def _joined(values: Iterable[object]) -> str:
    """One value per citation, in their order; nothing at all when none has one."""
    words = ["" if value is None else str(value) for value in values]
    return tr("；").join(words) if any(words) else ""


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
    writer.writerow(headings())
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
    sheet.title = tr("园区和项目")
    sheet.append(headings())
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

    about = book.create_sheet(tr("说明"))
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
    cell = sheet.cell(row, column, text if len(text) <= LONGEST else text[:LONGEST] + tr("……（过长，以下略去）"))
    cell.data_type = "s"  # not a formula, not an error, whatever it begins with
    if _is_risky(text):
        cell.quotePrefix = True  # nor when someone edits it


def notes_on(rows: Sequence[Row], conditions: Sequence[str]) -> list[tuple[str, str]]:
    """What a reader of the table must know: how many rows, filtered by what, from which documents, and the words."""
    documents = [
        tr("，").join(part for part in (_heading(plan), plan.document.issuer or "", _id_words(plan)) if part)
        for plan in dict.fromkeys(row.plan for row in rows)
    ]
    return [
        (tr("表"), tr(TITLE)),
        (tr("条数"), tr("{n} 条，每条一行", n=len(rows))),
        (tr("筛选条件"), tr("；").join(conditions) or tr("无（全部条目）")),
        *(("" if number else tr("规划文件"), words) for number, words in enumerate(documents)),
        (tr("类型"), _codes(KINDS)),
        (
            tr("产业"),
            tr(
                "该规划自己的产业划分；空白即“{nothing}”：文件没有把它归入某个产业",
                nothing=tr(NO_SECTOR).strip("（）()"),
            ),
        ),
        (tr("位置精度"), tr("{codes}。到市即只知道所在市（州）", codes=_codes(PRECISIONS))),
        (tr("位置依据"), tr("{codes}。推定的位置不是文件所写，引用前请核实", codes=_codes(BASES))),
        (
            tr("地图符号"),
            tr(
                "实心：文件写明或据上下文可知，且到点或到县；空心：推定的位置，或只到市（州），符号不表示确切地点；"
                "不上图：文件未写明地点"
            ),
        ),
        (tr("经度、纬度"), tr("度，CGCS2000；只在数据包给出时才有，确切程度见位置精度")),
        (tr("代码"), tr("市（州）、县（市、区）用 GB/T 2260 六位代码，作为文本保存")),
        (tr("出处"), tr("章节和页码；没有页码的文件只有章节")),
        (
            tr("引文起、引文止"),
            tr("引文在文件规范化文本中的起止字符（从 0 数起，不含止），几处引文以“；”分开，各列次序相同"),
        ),
    ]


def _heading(plan: Plan) -> str:
    return tr("《{title}》", title=plan.heading)


def _id_words(plan: Plan) -> str:
    return tr("规划编号 {plan}", plan=plan.id)


def _codes(meanings: Mapping[str, str]) -> str:
    """What each code stands for."""
    return tr("；").join(tr("{name}：{text}", name=code, text=tr(words)) for code, words in meanings.items())


WRITERS: dict[str, Callable[[Sequence[Record], Path, Sequence[tuple[str, str]]], None]] = {
    ".xlsx": write_xlsx,
    ".csv": lambda records, target, notes: write_csv(records, target),
}
"""Suffix -> what writes such a file."""


def save_table(records: Sequence[Record], target: Path, notes: Sequence[tuple[str, str]]) -> None:
    """Writes the table in the form that the target's suffix says. Raises UserError."""
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        what = tr("不能保存为“{suffix}”文件", suffix=target.suffix)
        raise fail(str(target), what, tr("用 .xlsx 或 .csv 作后缀"))
    writer(records, target, notes)
