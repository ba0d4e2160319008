"""City sheets as a Word document: a page per city, to be written on.

Word breaks lines and pages itself, so the words are fitted as for the PDF with some of the page left free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QPainter

from explorer.sheet_text import body, notes, summary
from explorer.sheets import COLUMNS, GUTTER, HEIGHT, MAP, MARGIN, TITLE, WIDTH, CitySheet, fit, locator_ops
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from layers.export.word import Paper, add_picture, new_document, saved, write
from layers.flow import LEADING, Block, Span
from layers.paint import paint_ops
from layers.theme import NOTE_SIZE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

SPARE = 0.1
"""Share of the page left free for lines that Word breaks otherwise."""

MAP_DPI = 300


def sheets_docx(
    atlas: Atlas, sheets: Iterable[CitySheet], boundaries: Boundaries, tick: Callable[[], None] = lambda: None
) -> bytes:
    """The sheets as one document; `tick` is called before each and may raise to stop."""
    document = new_document(Paper(WIDTH, HEIGHT, MARGIN, MARGIN), "产业布局一页通")
    for number, sheet in enumerate(sheets):
        tick()
        if number:
            _end_section(document, new_page=True, columns=1)
        _add_sheet(document, sheet, locator_png(atlas, sheet, boundaries))
    return saved(document)


def _add_sheet(document: Document, sheet: CitySheet, png: bytes) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    fitted = fit(sheet.fitted.text, SPARE)
    foot = document.sections[-1].footer
    foot.is_linked_to_previous = False
    for number, note in enumerate(notes(fitted.text, fitted.limits)):
        _fill(foot.paragraphs[0] if number == 0 else foot.add_paragraph(), Block((Span(note),)), NOTE_SIZE)
    heading = document.add_heading(level=1)
    heading.paragraph_format.space_before = Pt(0)
    write(heading, sheet.title, TITLE)
    table = document.add_table(1, 2)
    table.autofit = False
    left, right = table.rows[0].cells
    widths = (WIDTH - 2 * MARGIN - MAP[0] - GUTTER, MAP[0] + GUTTER)
    for column, cell, width in zip(table.columns, (left, right), widths, strict=True):
        column.width = cell.width = Pt(width)
    for number, block in enumerate(summary(fitted.text)):
        _fill(left.paragraphs[0] if number == 0 else left.add_paragraph(), block, fitted.head[0].size)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    words = f"{sheet.place.name}在四川省的位置"
    add_picture(right.paragraphs[0], png, None, MAP[0], words, words)
    _end_section(document, new_page=False, columns=COLUMNS)
    for block in body(fitted.text, fitted.limits):
        _fill(document.add_paragraph(), block, fitted.size)


def _fill(paragraph: Paragraph, block: Block, size: float) -> None:
    from docx.shared import Pt, RGBColor

    em = round(size * block.scale * 2) / 2  # Word knows half points only
    shape = paragraph.paragraph_format
    shape.line_spacing = Pt(em * LEADING)
    shape.space_before, shape.left_indent = Pt(block.before * em), Pt(block.indent * em)
    shape.keep_with_next = block.keep
    for span in block.spans:
        run = write(paragraph, span.text, em, span.bold, sans=span.bold)
        run.font.color.rgb = RGBColor(*span.colour)


def _end_section(document: Document, new_page: bool, columns: int) -> None:
    """What follows stands in so many columns."""
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn
    from docx.shared import Pt

    section = document.add_section(WD_SECTION.NEW_PAGE if new_page else WD_SECTION.CONTINUOUS)
    last: Any = document.paragraphs[-1]  # holds nothing but the end of the section before
    last.paragraph_format.line_spacing = Pt(1)
    layout = section._sectPr.find(qn("w:cols"))
    if layout is None:
        layout = section._sectPr.makeelement(qn("w:cols"))
        section._sectPr.append(layout)
    layout.set(qn("w:num"), str(columns))
    layout.set(qn("w:space"), str(round(GUTTER * 20)))


def locator_png(atlas: Atlas, sheet: CitySheet, boundaries: Boundaries) -> bytes:
    """The locator map as a picture."""
    unit = MAP_DPI / 72
    image = QImage(round(MAP[0] * unit), round(MAP[1] * unit), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _ in paint_ops(painter, locator_ops(atlas, sheet.place, boundaries, (0.0, 0.0, *MAP)), unit):
            pass
    finally:
        painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
