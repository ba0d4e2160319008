"""The matrix as text, HTML and files: what is copied into a spreadsheet and what is saved."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from explorer.tables import clean, harmless, save_book, set_cell
from geodata.analysis.items import KINDS, PROJECT, SITE
from geodata.analysis.matrix import Cell, Group, Matrix, Total
from geodata.language import mark, tr
from geodata.plan import Assignment, Project, Sector, Site, Statement
from geodata.problems import fail
from geodata.saving import write_whole
from layers.scene import Colour
from layers.theme import PAPER, mix, role_fill

TOTAL = mark("合计")
TOGETHER = mark("与其他市（州）一并写到")
"""Of a city that the plan names with others in a sector, and gives no role of its own there."""

SHEET = mark("矩阵")
DETAILS = {
    mark("市（州）"): 12, mark("代码"): 9, mark("产业"): 20, mark("角色"): 16, mark("重点"): 44, mark("定位"): 34,
    mark("依托"): 30, mark("与其他市（州）共同"): 34, mark("园区、平台"): 40, mark("项目、工程"): 40,
    mark("其中位置为推定"): 16, mark("角色出处"): 24, mark("园区、项目出处"): 24,
}  # fmt: skip
"""Column of the second sheet -> its width in characters."""


class Line(NamedTuple):
    """A line of the arranged matrix: a city, or with no `place` the heading of a group."""

    place: str | None
    words: str


class Arranged(NamedTuple):
    """A matrix with its cities in the order that the user chose; group headings stand before their cities."""

    table: Matrix
    lines: tuple[Line, ...]


def arranged(table: Matrix, groups: Sequence[Group], headings: bool) -> Arranged:
    """The cities of the groups in their order, with a heading before each group if wanted."""
    names = {place.adcode: place.name for place in table.places}
    lines: list[Line] = []
    for group in groups:
        if headings:
            lines.append(Line(None, tr("{name}（{n}）", name=group.words, n=len(group.places))))
        lines += [Line(code, names[code]) for code in group.places]
    return Arranged(table, tuple(lines))


def cell_words(cell: Cell) -> str:
    """`核心发展区；园区、平台 1；项目、工程 2（推定 1）`; empty for an empty cell."""
    parts = [role.name for role, _ in cell.roles] or ([tr(TOGETHER)] if cell.joint else [])
    parts += _counts(len(cell.sites), len(cell.projects))
    words = tr("；").join(parts)
    return tr("{words}（推定 {inferred}）", words=words, inferred=cell.inferred) if cell.inferred else words


def total_words(total: Total) -> str:
    """`核心发展区 5；重点拓展区 3；园区、平台 2`."""
    return tr("；").join([f"{role.name} {n}" for role, n in total.roles if n] + _counts(total.sites, total.projects))


def _counts(sites: int, projects: int) -> list[str]:
    return [f"{tr(KINDS[kind])} {number}" for kind, number in ((SITE, sites), (PROJECT, projects)) if number]


Grid = list[list[str]]


def grid(shown: Arranged, lines: Sequence[Line] | None = None, sectors: Sequence[Sector] | None = None) -> Grid:
    """Header and lines as words. The whole matrix has totals to the right and below; a part of it, when `lines` or
    `sectors` are given, has none, because they would not be of the part."""
    table = shown.table
    whole = lines is None and sectors is None
    columns = table.sectors if sectors is None else sectors
    rows = [[tr("市（州）"), *(sector.name for sector in columns)]]
    for line in shown.lines if lines is None else lines:
        row = [line.words, *[""] * len(columns)]
        if line.place is not None:
            row[1:] = [cell_words(table.cell(line.place, sector.id)) for sector in columns]
        rows.append([*row, total_words(table.rows[line.place]) if line.place else ""] if whole else row)
    if whole:
        rows[0].append(tr(TOTAL))
        rows.append([tr(TOTAL), *(total_words(table.columns[s.id]) for s in columns), total_words(table.total)])
    return [[" ".join(clean(cell).split()) for cell in row] for row in rows]


def as_text(rows: Grid) -> str:
    """Tabs between columns; no cell is a formula."""
    return "\n".join("\t".join(map(harmless, row)) for row in rows)


def as_html(rows: Grid) -> str:
    """A table that spreadsheets and word processors take as one; all cells are text."""
    style = "style=\"mso-number-format:'\\@';white-space:nowrap\""
    body = []
    for number, row in enumerate(rows):
        tag = "th" if number == 0 else "td"
        body.append("<tr>" + "".join(f"<{tag} {style}>{escape(harmless(cell))}</{tag}>" for cell in row) + "</tr>")
    return f'<meta charset="utf-8"><table border="1" cellspacing="0">{"".join(body)}</table>'


def notes_on(shown: Arranged, conditions: Sequence[str]) -> list[tuple[str, str]]:
    """What a reader of the saved matrix must know."""
    document = shown.table.plan.document
    return [
        (tr("表"), tr("《{plan}》市（州）与产业矩阵", plan=shown.table.plan.heading)),
        (tr("文件"), tr("，").join(part for part in (document.title, document.issuer or "") if part)),
        (tr("排列"), tr("；").join(conditions)),
        (tr("角色"), tr("规划给一个市（州）在一个产业中的角色，用规划自己的名称；空格即规划没有给它角色")),
        (
            tr("园区、项目"),
            tr("只计规划写明或可推定在该市（州）的；在几个市（州）的项目各计一次，合计中只计一次"),
        ),
        (tr("未列"), tr("另有 {n} 个园区、项目，文件未写明在哪个市（州）", n=shown.table.unplaced)),
        (tr("推定"), tr("位置不是文件所写，引用前请核实")),
        (tr(TOTAL), tr("只计所列的产业；没有归入产业的园区、项目不计")),
    ]


def _references(facts: Iterable[Assignment | Statement | Site | Project]) -> str:
    """Sections and pages of the passages that the facts stand on, each once."""
    return tr("；").join(dict.fromkeys(citation.reference for fact in facts for citation in fact.citations))


def details(shown: Arranged) -> list[list[str]]:
    """A row per city and sector that has anything, with the passage it stands on."""
    table, found = shown.table, [[tr(column) for column in DETAILS]]
    comma, end = tr("、"), tr("；")
    for line in shown.lines:
        for sector in table.sectors if line.place is not None else ():
            cell = table.cell(line.place or "", sector.id)
            if not any(cell):
                continue
            assignments = [item for _, item in cell.roles]
            row = [
                line.words, line.place or "", sector.name, end.join(role.name for role, _ in cell.roles),
                comma.join(cell.focus), end.join(words for item in assignments for words in item.positions),
                comma.join(table.plan.site(site).name for item in assignments for site in item.sites),
                end.join(statement.summary for statement in cell.joint),
                end.join(item.name for item in cell.sites), end.join(item.name for item in cell.projects),
                end.join(item.name for item in cell.items if item.basis == "inferred"),
                _references([*assignments, *cell.joint]), _references(item.fact for item in cell.items),
            ]  # fmt: skip
            found.append(row)
    return found


def role_colour(sector: Sector, cell: Cell) -> Colour | None:
    """The ground of a cell in a file: the colour of its strongest role, pale enough for black text."""
    if not cell.roles:
        return None
    return mix(role_fill(sector, cell.roles[0][0]).colour, PAPER, 0.5)


def write_xlsx(shown: Arranged, target: Path, conditions: Sequence[str]) -> None:
    """A workbook of three sheets: the matrix, its cells one by one with their passages, and notes. Raises UserError."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = tr(SHEET)
    wrap = Alignment(vertical="top", wrap_text=True)
    rows = grid(shown)
    for number, row in enumerate(rows, 1):
        for column, words in enumerate(row, 1):
            set_cell(sheet, number, column, words)
            sheet.cell(number, column).alignment = wrap
            sheet.cell(number, column).font = Font(bold=1 in (number, column))
    for number, line in enumerate(shown.lines, 2):
        for column, sector in enumerate(shown.table.sectors if line.place else (), 2):
            colour = role_colour(sector, shown.table.cell(line.place or "", sector.id))
            if colour is not None:
                sheet.cell(number, column).fill = PatternFill("solid", "{:02X}{:02X}{:02X}".format(*colour))
    for column in range(1, len(rows[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 20 if column > 1 else 18
    facts = book.create_sheet(tr("明细"))
    for number, row in enumerate(details(shown), 1):
        for column, words in enumerate(row, 1):
            set_cell(facts, number, column, words)
            facts.cell(number, column).alignment = wrap
            facts.cell(number, column).font = Font(bold=number == 1)
    for column, width in enumerate(DETAILS.values(), 1):
        facts.column_dimensions[get_column_letter(column)].width = width
    facts.auto_filter.ref = facts.dimensions
    for page in (sheet, facts):
        page.freeze_panes = "B2"
        page.print_title_rows = "1:1"
        page.page_setup.orientation = "landscape"
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    save_book(book, target, notes_on(shown, conditions))


def write_csv(shown: Arranged, target: Path) -> None:
    """The matrix alone, in UTF-8 with a mark, by which Excel and WPS know it. Raises UserError."""
    import csv

    out = io.StringIO()
    csv.writer(out).writerows([[harmless(cell) for cell in row] for row in grid(shown)])
    write_whole(target, out.getvalue().encode("utf-8-sig"))


def save_matrix(shown: Arranged, target: Path, conditions: Sequence[str]) -> None:
    """Writes the matrix in the form that the target's suffix says. Raises UserError."""
    match target.suffix.lower():
        case ".xlsx":
            write_xlsx(shown, target, conditions)
        case ".csv":
            write_csv(shown, target)
        case other:
            raise fail(str(target), tr("不能保存为“{suffix}”文件", suffix=other), tr("用 .xlsx 或 .csv 作后缀"))
