"""PDF with embedded, searchable text.

What one sees is the text's outlines, the same as in every other format: readers render the glyphs of a font each in
their own way, which made a third of a percent of a figure's pixels differ. The text that is searched and copied
lies over them, transparent.

Qt maps glyphs back to the first character that shows them, and Noto CJK shows 心 and the radical ⼼ with one
glyph: a search for 核心发展区 would find nothing. The finished file's ToUnicode maps are therefore rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from geodata.documents.radicals import unified
from geodata.language import tr
from geodata.problems import fail
from layers.compose import compose
from layers.drawing import Op
from layers.fonts import measure
from layers.page import Page
from layers.paint import Text, paint_ops
from layers.scene import Scene

if TYPE_CHECKING:
    from pypdf import PdfWriter

UNITS_PER_INCH = 1200
"""Of the PDF's coordinates: 0.02 mm."""


class Sheet(NamedTuple):
    """One page of a PDF: what is drawn, the paper's size in points, and its bookmark, if it has one."""

    ops: Iterable[Op]
    width: float
    height: float
    bookmark: str = ""


def pdf_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """Draws the figure and mends its text layer; the resolution plays no part."""
    return pdf_pages([Sheet(compose(scene, page, measure), page.width, page.height, scene.title)], scene.title, tick)


def pdf_pages(
    sheets: Iterable[Sheet], title: str = "", tick: Callable[[], None] = lambda: None, text: Text = Text.EMBEDDED
) -> bytes:
    """A PDF of these pages, at least one, taken and drawn one after the other.

    `title` is the document's; `tick` is called after each op and may raise to stop. Figures take `text` EMBEDDED,
    which every reader shows alike, pages of running text LETTERS.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    device = QPdfWriter(buffer)
    device.setResolution(UNITS_PER_INCH)
    device.setTitle(title)
    device.setCreator(tr("产业布局图"))
    painter = QPainter()
    drawn: list[Sheet] = []
    try:
        for sheet in sheets:
            size = QSizeF(sheet.width, sheet.height)
            paper = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
            device.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
            if not (device.newPage() if drawn else painter.begin(device)):
                raise fail("PDF", tr("无法开始绘图"), tr("重新启动程序后再试"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for _ in paint_ops(painter, sheet.ops, UNITS_PER_INCH / 72, text):
                tick()
            drawn.append(sheet._replace(ops=()))
    finally:
        if painter.isActive():
            painter.end()
    return mend(bytes(buffer.data().data()), drawn)


def mend(pdf: bytes, sheets: Sequence[Sheet]) -> bytes:
    """Mends the PDF of these sheets: its ToUnicode maps, and the sizes in points, which Qt rounds to whole ones; and
    adds the bookmarks."""
    from pypdf import PdfWriter
    from pypdf.generic import RectangleObject

    writer: PdfWriter = PdfWriter(clone_from=BytesIO(pdf))
    for number, sheet in enumerate(sheets):
        paper = writer.pages[number]
        top = float(paper.mediabox.top)
        # Rounded down to 1/1000 point: a hair more than a whole pixel would become a pixel more in a rendering.
        right, bottom = floor(sheet.width * 1000) / 1000, top - floor(sheet.height * 1000) / 1000
        paper.mediabox = paper.cropbox = RectangleObject((0, bottom, right, top))
        if sheet.bookmark:
            writer.add_outline_item(title=sheet.bookmark, page_number=number)
    if any(sheet.bookmark for sheet in sheets):
        writer.page_mode = "/UseOutlines"
    for item in list(writer._objects):
        font: Any = item
        if not isinstance(font, dict) or font.get("/Type") != "/Font" or "/ToUnicode" not in font:
            continue
        stream = font["/ToUnicode"].get_object()
        stream.set_data(mend_cmap(stream.get_data()))
    mended = BytesIO()
    writer.write(mended)
    return mended.getvalue()


def mend_cmap(cmap: bytes) -> bytes:
    """A ToUnicode CMap whose targets are the unified characters (PDF 32000-1, 9.10.3: UTF-16BE in hex).

    Qt writes ranges with lists of targets, `<0001> <0003> [<6210> <2F3C> <0009>]`, and a space as a tab.
    """

    def target(token: re.Match[str]) -> str:
        text = unified(bytes.fromhex(token[1]).decode("utf-16-be")).replace("\t", " ")
        return f"<{text.encode('utf-16-be').hex().upper()}>"

    def targets(listed: re.Match[str]) -> str:
        return re.sub(r"<([0-9A-Fa-f]+)>", target, listed[0])

    return re.sub(r"\[[^]]*\]", targets, cmap.decode("latin-1")).encode("latin-1")
