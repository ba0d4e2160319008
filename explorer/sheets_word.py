"""City sheets as a Word document: a page per city, to be written on.

Word breaks lines and pages itself, so the words are fitted as for the PDF with some of the page left free.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QPainter

from explorer.sheet_maps import maps_ops
from explorer.sheet_text import MARK, body, notes, summary
from explorer.sheets import COLUMN, GUTTER, HEIGHT, MARGIN, TITLE, WIDTH, Fitted, fit, sheet_words, summary_width
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.gazetteer import Place
from geodata.language import tr
from layers.export.word import SANS, Paper, add_picture, new_document, saved, write
from layers.flow import LEADING, Block, Span, cut_blocks
from layers.fonts import measure
from layers.paint import paint_ops
from layers.theme import NOTE_SIZE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

SPARE = 0.05
"""Share of the page left free for lines that Word breaks otherwise."""

MAP_DPI = 300


def sheets_docx(
    atlas: Atlas, places: Sequence[Place], boundaries: Boundaries, tick: Callable[[int], None] = lambda number: None
) -> bytes:
    """The sheets of prefectures as one document; `tick` is called with the number of each and may raise to stop."""
    document = new_document(Paper(WIDTH, HEIGHT, MARGIN, MARGIN), tr("产业布局一页纸"))
    for number, place in enumerate(places):
        tick(number)
        if number:
            _new_page(document)
        fitted = fit(sheet_words(atlas, place), SPARE)
        _add_sheet(document, fitted, maps_png(atlas, fitted, boundaries))
    return saved(document)


def _add_sheet(document: Document, fitted: Fitted, png: bytes) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    foot = document.sections[-1].footer
    foot.is_linked_to_previous = False
    for number, note in enumerate(notes(fitted.text, fitted.limits)):
        _fill(foot.paragraphs[0] if number == 0 else foot.add_paragraph(), Block((Span(note),)), NOTE_SIZE)
    heading = document.add_heading(level=1)
    heading.paragraph_format.space_before = Pt(0)
    write(heading, fitted.text.title, TITLE)
    _rule_under(heading)
    words_wide = summary_width(fitted.map_size)
    maps_wide = WIDTH - 2 * MARGIN - words_wide
    left, right = _side_by_side(document, words_wide, maps_wide)
    _fill_cell(left, summary(fitted.text), fitted.head[0].size)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    words = tr("{name}及其在四川省的位置", name=fitted.text.place.name)
    add_picture(right.paragraphs[0], png, None, maps_wide - GUTTER, words, words)
    _last(document.add_paragraph(), GUTTER / 2)
    blocks = body(fitted.text, fitted.limits)
    parts = cut_blocks(blocks, fitted.size, COLUMN, measure, len(fitted.columns[0]))
    for cell, part in zip(_side_by_side(document, COLUMN, COLUMN, GUTTER), parts, strict=True):
        _fill_cell(cell, part, fitted.size)


def _side_by_side(document: Document, left: float, right: float, between: float = 0.0) -> tuple[_Cell, _Cell]:
    """Two cells of a table without lines and margins: Word and LibreOffice make columns of a page uneven."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    widths = (left, between, right) if between else (left, right)
    table = document.add_table(1, len(widths))
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    cells = table.rows[0].cells
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = Pt(width)
    return cells[0], cells[-1]


def _fill_cell(cell: _Cell, blocks: Sequence[Block], size: float) -> None:
    for number, block in enumerate(blocks):
        if number:
            _fill(cell.add_paragraph(), block, size)
        else:
            _fill(cell.paragraphs[0], block._replace(before=0.0), size)


def _fill(paragraph: Paragraph, block: Block, size: float) -> None:
    from docx.shared import Pt, RGBColor

    em = round(size * block.scale * 2) / 2  # Word knows half points only
    shape = paragraph.paragraph_format
    shape.line_spacing = Pt(em * LEADING)
    shape.space_before, shape.left_indent = Pt(block.before * em), Pt(block.indent * em)
    shape.keep_with_next = block.keep
    if block.ruled:
        _rule_under(paragraph)
    for span in block.spans:
        run = write(paragraph, span.text, em, span.bold, sans=span.bold)
        run.font.color.rgb = RGBColor(*span.colour)
        if span.text == MARK:  # neither Chinese nor Latin: else its size would depend on what stands beside it
            run.font.name = SANS


def _rule_under(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "78797E")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )


def _new_page(document: Document) -> None:
    """What follows stands on a page of its own, with its own foot."""
    from docx.enum.section import WD_SECTION

    document.add_section(WD_SECTION.NEW_PAGE)
    _last(document.paragraphs[-1], 1.0)  # holds nothing but the end of the section before


def _last(paragraph: Paragraph, height: float) -> None:
    """An empty line that tables need after them."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(height)


def maps_png(atlas: Atlas, fitted: Fitted, boundaries: Boundaries) -> bytes:
    """The two small maps as a picture."""
    unit = MAP_DPI / 72
    wide, high = fitted.map_size
    box = (0.0, 0.0, 2 * wide + GUTTER, high)
    image = QImage(round(box[2] * unit), round(high * unit), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ops = maps_ops(atlas, fitted.text.place, fitted.text.named, boundaries, box, fitted.map_size)
        for _ in paint_ops(painter, ops, unit):
            pass
    finally:
        painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
