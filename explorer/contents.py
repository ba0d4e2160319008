"""The contents page of a set of figures, and the pages bound to one PDF with bookmarks and links."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import NamedTuple

from geodata.language import tr
from layers.drawing import IN_POINTS, FillOp, Op, StrokeOp
from layers.export.pdf import Sheet, pdf_pages
from layers.fonts import measure
from layers.furniture import fitted_text
from layers.legend import plain_text
from layers.page import MM, Box
from layers.scene import Stroke
from layers.symbols import rectangle
from layers.theme import FAINT_INK, PAPER, SMALLEST_TEXT

LINE = 1.9
"""Height of a line of the contents in text sizes."""

RULE = Stroke((120, 122, 126), 0.6)


class Contents(NamedTuple):
    """The contents pages, and for each figure the contents page (from 0) and the box of its line in points, y down."""

    sheets: tuple[Sheet, ...]
    lines: tuple[tuple[int, Box], ...]


def contents_pages(heading: str, titles: Sequence[str], size_mm: tuple[float, float]) -> Contents:
    """Contents of figures that follow it, with the numbers of their pages; as many pages as the lines need."""
    width, height = size_mm[0] * MM, size_mm[1] * MM
    margin = max(8 * MM, min(22 * MM, width * 0.09, height * 0.1))
    size = max(SMALLEST_TEXT + 1, min(12.0, width / 60))
    top = margin + size * 5.2
    room = max(1, int((height - margin - top) / (size * LINE)))
    number = max(1, ceil(len(titles) / room))
    sheets: list[Sheet] = []
    lines: list[tuple[int, Box]] = []
    for part in range(number):
        ops: list[Op] = [FillOp(rectangle(-9, -9, width + 9, height + 9), IN_POINTS, PAPER, "paper")]
        words, large = fitted_text(heading, size * 1.7, width - 2 * margin, size, measure)
        ops.append(plain_text(words, large, margin, margin + size * 1.6, measure, bold=True))
        again = tr("目录") if number == 1 else tr("目录（{part}/{parts}）", part=part + 1, parts=number)
        ops.append(plain_text(again, size, margin, margin + size * 3.6, measure, colour=FAINT_INK))
        rule = margin + size * 4.3
        ops.append(StrokeOp(rectangle(margin, rule, width - margin, rule), IN_POINTS, RULE, "furniture"))
        for row, index in enumerate(range(part * room, min((part + 1) * room, len(titles)))):
            baseline = top + (row + 1) * size * LINE - size * 0.6
            ops += _line(index + 1, titles[index], number + index + 1, size, (margin, width - margin), baseline)
            lines.append((part, (margin, baseline - size * 1.2, width - margin, baseline + size * 0.5)))
        sheets.append(Sheet(ops, width, height))
    return Contents(tuple(sheets), tuple(lines))


def _line(index: int, title: str, page: int, size: float, edges: tuple[float, float], baseline: float) -> list[Op]:
    """`1  title · · · · 2` between the edges."""
    left, right = edges
    number = str(page)
    at = left + size * 2.2
    end = right - measure(number, size)
    words, fitted = fitted_text(title, size, end - at - size * 2, SMALLEST_TEXT, measure)
    ops: list[Op] = [
        plain_text(str(index), size, left, baseline, measure),
        plain_text(words, fitted, at, baseline, measure),
        plain_text(number, size, end, baseline, measure),
    ]
    start, step = at + measure(words, fitted) + size * 0.6, size * 0.62
    count = int((end - size * 0.6 - start) / step)
    y = baseline - size * 0.28
    dots = (end - size * 0.6 - step * (number + 1) for number in range(count))
    radius = size * 0.045
    ops += [
        FillOp(rectangle(x - radius, y - radius, x + radius, y + radius), IN_POINTS, FAINT_INK, "furniture")
        for x in dots
    ]
    return ops


NO_CONTENTS = Contents((), ())


def bound(contents: Contents, pages: Sequence[tuple[str, bytes]], title: str) -> bytes:
    """One PDF: the contents, then the pages, each (bookmark, PDF of one page); lines of the contents lead to pages."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link
    from pypdf.generic import Fit

    writer = PdfWriter()
    if contents.sheets:
        writer.append(PdfReader(BytesIO(pdf_pages(contents.sheets, title))), import_outline=False)
    before = len(contents.sheets)
    for number, (bookmark, data) in enumerate(pages):
        writer.append(PdfReader(BytesIO(data)), import_outline=False)
        writer.add_outline_item(title=bookmark, page_number=before + number)
    for number, (sheet, (left, top, right, bottom)) in enumerate(contents.lines):
        high = float(writer.pages[sheet].mediabox.top)
        link = Link(rect=(left, high - bottom, right, high - top), target_page_index=before + number, fit=Fit.fit())
        writer.add_annotation(sheet, link)
    writer.page_mode = "/UseOutlines"
    writer.add_metadata({"/Title": title, "/Creator": tr("产业布局图")})
    writer.compress_identical_objects()
    found = BytesIO()
    writer.write(found)
    return found.getvalue()
