"""Word documents in Chinese: paper, fonts, fields, tables, and pictures that are vectors.

python-docx sets Latin fonts only, and its template is American: without `eastAsia` Chinese text would be shown in a
Japanese font. It takes no SVG either: a picture is a PNG with the SVG beside it, which Word since 2016, WPS and
LibreOffice show instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.language import tr
from layers.export.xml_text import language_tag, printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SERIF, SANS, LATIN = "宋体", "黑体", "Times New Roman"
TWIPS = 20
"""In a point."""

SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"

SIZES = {"Normal": 10.5, "Title": 18.0, "Heading 1": 14.0, "Heading 2": 12.0, "Caption": 10.5}
"""Style -> points."""


class Paper(NamedTuple):
    """Width and height of the sheet and its margins at the sides and at top and bottom, in points."""

    width: float
    height: float
    side: float
    end: float

    @property
    def text_width(self) -> float:
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        return self.height - 2 * self.end


def new_document(paper: Paper, title: str) -> Document:
    """An empty document, whose text may be Chinese, on this paper."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = docx.Document()
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]  # the template's
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(paper.width), Pt(paper.height)
    section.left_margin = section.right_margin = Pt(paper.side)
    section.top_margin = section.bottom_margin = Pt(paper.end)
    section.header_distance = section.footer_distance = Pt(paper.end / 2)
    _set_styles(document)
    about = document.core_properties
    about.title, about.language = legal(title), language_tag()
    about.author = about.last_modified_by = tr("产业布局图")
    about.comments = ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    return document


def _set_styles(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _set_fonts(defaults, SERIF)
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:eastAsia"), "zh-CN")
    for name, size in SIZES.items():
        style: Any = document.styles[name]
        _set_fonts(style.element.get_or_add_rPr(), SERIF if name == "Normal" else SANS)
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = False
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else size * 0.6)
        style.paragraph_format.space_after = Pt(0 if name == "Normal" else size * 0.4)
        style.paragraph_format.line_spacing = 1.0
    for name in ("Title", "Caption"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _set_fonts(properties: Any, chinese: str) -> None:
    """The fonts of an rPr element, in place of its theme's."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), font)


def legal(text: str) -> str:
    """The text without characters that no XML file may hold; line breaks and tabs become spaces."""
    return printable(text).replace("\t", " ").replace("\n", " ")


def write(paragraph: Paragraph, text: str, size: float | None = None, bold: bool = False, sans: bool = False) -> Run:
    """Adds text to a paragraph as text, whatever it holds."""
    from docx.shared import Pt

    run = paragraph.add_run(legal(text))
    if size is not None:
        run.font.size = Pt(size)
    if bold:
        run.font.bold = True
    if sans:
        _set_fonts(run._r.get_or_add_rPr(), SANS)
    return run


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    r"""A field such as `SEQ 图 \* ARABIC`, with what it shows until Word works it out again."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def bound(kind: str) -> None:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)

    bound("begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    bound("separate")
    paragraph.add_run(result)
    bound("end")


def add_picture(paragraph: Paragraph, png: bytes, svg: bytes | None, width: float, name: str, words: str) -> None:
    """An inline picture `width` points wide: the SVG, if there is one, and the PNG for programs that cannot show it.

    `words` say what it shows to readers who cannot see it.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    shape = paragraph.add_run().add_picture(BytesIO(png), width=Pt(width))
    about = shape._inline.docPr
    about.set("name", legal(name))
    about.set("descr", legal(words))
    if svg is None:
        return
    package = paragraph.part.package
    assert package is not None
    used = {str(part.partname) for part in package.iter_parts()}
    free = next(uri for number in range(1, len(used) + 2) if (uri := f"/word/media/figure{number}.svg") not in used)
    vector = Part(PackURI(free), "image/svg+xml", svg, package)
    link = paragraph.part.relate_to(vector, RELATIONSHIP_TYPE.IMAGE)
    blip = next(shape._inline.iter(qn("a:blip")))
    blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{link}"/></a:ext></a:extLst>'
        )
    )


def add_table(document: Document, widths: Sequence[float], rows: Sequence[Sequence[str]], size: float = 9.0) -> Table:
    """A table of text with a grid; the first row is the heading and stands on top of each page.

    `widths` are the columns' in points.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    table: Table = document.add_table(len(rows), len(widths), "Table Grid")
    table.autofit = False
    _set_look(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for number, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Pt(width)
            write(cell.paragraphs[0], text, size, sans=number == 0)
            if number == 0:
                shade = OxmlElement("w:shd")
                for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEDED")):
                    shade.set(qn(f"w:{key}"), value)
                cell._tc.get_or_add_tcPr().append(shade)
    return table


def _set_look(table: Table) -> None:
    """Thin grey lines, and room between them and the words."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A0A0A0")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def join_empty(table: Table, rows: Sequence[Sequence[str]], first: int, last: int) -> None:
    """Gives the words of column `first` the room of those after it up to `last` in rows where they say nothing."""
    for row, words in zip(table.rows, rows, strict=True):
        if not any(words[first + 1 : last + 1]):
            cells = row.cells
            for cell in cells[first + 1 : last + 1]:
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        paragraph._p.remove(run._r)
            cells[first].merge(cells[last])


def merge_equal(table: Table, rows: Sequence[Sequence[str]], columns: int) -> None:
    """Merges cells of the first `columns` columns with those below that say the same, as far as all to their left do.

    Rows that begin alike stay on one page where they can: on the next the merged cell would be empty.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for at, row in enumerate(table.rows):
        if 0 < at < len(rows) - 1 and rows[at][0] == rows[at + 1][0]:
            for paragraph in row._tr.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()
        for column in range(columns):
            same_above = at > 1 and rows[at][: column + 1] == rows[at - 1][: column + 1]
            same_below = 0 < at < len(rows) - 1 and rows[at][: column + 1] == rows[at + 1][: column + 1]
            if not (same_above or same_below):
                continue
            cell = row.cells[column] if not same_above else None
            element = row._tr.tc_lst[column]
            merge = OxmlElement("w:vMerge")
            if cell is not None:
                merge.set(qn("w:val"), "restart")
            properties = element.get_or_add_tcPr()
            properties.insert_element_before(
                merge, "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign"
            )
            if same_above:  # hidden text would be found twice
                for run in element.p_lst[0].r_lst:
                    element.p_lst[0].remove(run)


def number_pages(document: Document) -> None:
    """The page's number in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(foot, "PAGE", "1")


def saved(document: Document) -> bytes:
    """The file."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
