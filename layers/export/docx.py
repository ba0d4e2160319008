"""Word document: the figure as a vector with its caption, what it shows as tables, and the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from geodata.boundaries import about
from geodata.language import mark, tr
from layers.export.png import png_file
from layers.export.svg import svg_file
from layers.export.word import (
    Paper,
    add_field,
    add_picture,
    add_table,
    join_empty,
    merge_equal,
    new_document,
    number_pages,
    saved,
    write,
)
from layers.page import MM, Page
from layers.scene import Scene
from layers.table import (
    INFERRED,
    AssignmentRow,
    assignment_rows,
    has_inferred,
    item_rows,
    region_rows,
    unlocated_rows,
)

if TYPE_CHECKING:
    from docx.document import Document

LEAST_DPI, MOST_DPI = 200.0, 300.0
"""Of the bitmap that stands in for the vectors."""

SHORT, LONG = 210 * MM, 297 * MM
"""A4."""

COLUMN = 165 * MM
"""A figure wider than this, and wider than high, gets a sheet in landscape."""

CAPTION_ROOM = 12 * MM

ASSIGNMENT_HEAD = (mark("产业"), mark("角色"), mark("市（州）"), mark("重点"), mark("依托"), mark("出处"))
ASSIGNMENT_SHARES = (11, 12, 12, 32, 17, 16)
ITEM_HEAD = (
    mark("名称"),
    mark("类别"),
    mark("产业"),
    mark("地点"),
    mark("依据"),
    mark("说明"),
    mark("出处"),
)
ITEM_SHARES = (25, 10, 13, 12, 8, 18, 14)
UNLOCATED_HEAD = (mark("名称"), mark("类别"), mark("产业"), mark("说明"), mark("出处"))
UNLOCATED_SHARES = (30, 12, 16, 26, 16)
REGION_HEAD = (mark("名称"), mark("类别"), mark("范围"), mark("说明"), mark("出处"))
REGION_SHARES = (18, 12, 26, 28, 16)
"""Per cent of the text's width."""

UNLOCATED = mark("没有上图的园区和项目（文件没有写明位置）")


def docx_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """The document as bytes; the resolution of the bitmap stays between 200 and 300 dpi."""
    paper = paper_for(page)
    # The caption says the title.
    template = scene.view.template
    untitled = scene._replace(view=scene.view._replace(template=template._replace(off=template.off | {"title"})))
    png = png_file(untitled, page, min(MOST_DPI, max(LEAST_DPI, dpi)), tick)
    svg = svg_file(untitled, page, dpi, tick)
    document = new_document(paper, scene.title)
    number_pages(document)
    _add_figure(document, scene, paper, page, png, svg)
    rows = grouped_rows(assignment_rows(scene))
    if rows:
        document.add_heading(tr("产业布局"), 1)
        whole = [_translated(ASSIGNMENT_HEAD), *rows]
        table = add_table(document, _widths(paper, ASSIGNMENT_SHARES), whole)
        merge_equal(table, whole, 2)
        join_empty(table, whole, 2, 4)
    tick()
    items = item_rows(scene)
    if items:
        document.add_heading(tr("园区和项目"), 1)
        add_table(document, _widths(paper, ITEM_SHARES), [_translated(ITEM_HEAD), *items])
    nowhere = [(item.name, item.kind, item.sectors, item.note, item.reference) for item in unlocated_rows(scene)]
    if nowhere:
        document.add_heading(tr(UNLOCATED), 1)
        add_table(document, _widths(paper, UNLOCATED_SHARES), [_translated(UNLOCATED_HEAD), *nowhere])
    outlined = region_rows(scene)
    if outlined:
        document.add_heading(tr("区域"), 1)
        add_table(document, _widths(paper, REGION_SHARES), [_translated(REGION_HEAD), *outlined])
    tick()
    _add_sources(document, scene)
    return saved(document)


def paper_for(page: Page) -> Paper:
    """A4 in the direction of the figure; the margins let it be as wide as the text and fit on one page with its caption."""
    ratio = page.width / page.height
    lying = ratio > 1 and page.width > COLUMN
    width, height = (LONG, SHORT) if lying else (SHORT, LONG)
    least, most, end = (20 * MM, 50 * MM, 12 * MM) if lying else (22 * MM, 45 * MM, 22 * MM)
    wanted = (height - 2 * end - CAPTION_ROOM) * ratio
    return Paper(width, height, min(most, max(least, (width - wanted) / 2)), end)


def picture_width(paper: Paper, page: Page) -> float:
    """The width of the text, less for a figure that is smaller or higher than a page; in points."""
    room = paper.text_height - CAPTION_ROOM
    return min(paper.text_width, page.width, room * page.width / page.height)


def _add_figure(document: Document, scene: Scene, paper: Paper, page: Page, png: bytes, svg: bytes) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    picture = document.add_paragraph()
    picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.paragraph_format.keep_with_next = True
    number = scene.view.template.number
    add_picture(picture, png, svg, picture_width(paper, page), number or tr("图 1"), scene.title)
    caption = document.add_paragraph(style="Caption")
    if number:
        write(caption, number)
    else:
        write(caption, tr("图 "))
        add_field(caption, tr(r"SEQ 图 \* ARABIC"), "1")
    write(caption, tr("　{title}", title=scene.title))


def _translated(head: Iterable[str]) -> tuple[str, ...]:
    return tuple(tr(word) for word in head)


def _widths(paper: Paper, shares: Sequence[int]) -> list[float]:
    return [paper.text_width * share / sum(shares) for share in shares]


def grouped_rows(rows: Iterable[AssignmentRow]) -> list[tuple[str, ...]]:
    """By sector and role; places of which nothing more is said share a row."""
    found: list[tuple[str, ...]] = []
    for (sector, role), group in groupby(rows, lambda row: (row.sector, row.role)):
        members = list(group)
        told = [row for row in members if row.focus or row.positions or row.sites or row.note]
        for row in told:
            positions = tr("定位：{text}", text=row.positions) if row.positions else ""
            note = tr("说明：{text}", text=row.note) if row.note else ""
            focus = tr("。").join(part for part in (row.focus, positions, note) if part)
            found.append((sector, role, row.place, focus, row.sites, row.reference))
        rest = [row for row in members if row not in told]
        if rest:
            places = tr("、").join(row.place for row in rest)
            cited = tr("；").join(dict.fromkeys(part for row in rest for part in row.reference.split(tr("；"))))
            found.append((sector, role, places, "", "", cited))
    return found


def _add_sources(document: Document, scene: Scene) -> None:
    source = scene.plan.document
    period = scene.plan.period
    document.add_heading(tr("资料来源"), 1)
    lines = [
        tr("规划：《{title}》，{issuer}", title=source.title, issuer=source.issuer)
        if source.issuer
        else tr("规划：《{title}》", title=source.title),
        tr("规划期：{period}年；文件行政区划时间：{date}", period=period, date=source.boundary_date)
        if source.boundary_date
        else tr("规划期：{period}年", period=period),
        tr("行政区划：{about}", about=about()),
        tr("出处为规划文件的章节和页码。") if source.pages else tr("出处为规划文件的章节和页码；这份文件没有页码。"),
        *([tr(INFERRED)] if has_inferred(scene) else []),
        scene.approval,
    ]
    for line in lines:
        write(document.add_paragraph(), line)
