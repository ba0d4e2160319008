"""City sheets as files: one PDF, one Word document, or a folder with a PDF per city that is gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from explorer import runs
from explorer.contents import NO_CONTENTS, bound
from explorer.runs import Made, Piece
from explorer.sheets import city_sheet
from geodata.atlas import Atlas
from geodata.boundaries import Progress, load_boundaries
from geodata.gazetteer import Place
from geodata.language import mark, tr
from geodata.problems import fail
from geodata.saving import write_whole
from layers.export import Tick
from layers.export.pdf import pdf_pages
from layers.paint import Text

TITLE = mark("产业布局一页纸")

FORMS = {
    ".pdf": mark("一份 PDF，每市一页"),
    ".docx": mark("一份 Word 文档，每市一页"),
    "": mark("文件夹，每市一个 PDF"),
}
"""Suffix of what is written -> the words for it; without one it is a folder."""

DETAIL = 1000
"""Metres: the maps are small."""


def make_sheets(
    atlas: Atlas,
    places: Sequence[Place],
    target: Path,
    form: str,
    progress: Progress,
    tick: Tick = lambda: None,
    again: bool = False,
) -> Made:
    """Writes the sheets of these prefectures in a form of FORMS. Needs a QGuiApplication.

    `progress` and `tick` may raise to stop: sheets that are done are then kept and not made again at the next run
    unless `again`; a Word document is made as a whole. Raises UserError for what cannot be written.
    """
    if not atlas.plans:
        raise fail("", tr("没有规划数据包"), tr("重新安装程序，或选择规划数据包"))
    if form == ".docx":
        return _make_word(atlas, places, target, progress, tick)
    facts = runs.key_of(atlas.plans)
    pieces = [_piece(atlas, place, runs.key_of("sheet", facts, place.adcode), tick) for place in places]
    if not form:
        return runs.make_folder(pieces, target, atlas.plans, progress, again)

    def bind(pages: list[bytes]) -> bytes:
        return bound(NO_CONTENTS, [(place.name, page) for place, page in zip(places, pages, strict=True)], tr(TITLE))

    return runs.make_pdf(pieces, bind, target, progress, tick, again)


def file_name(place: Place) -> str:
    """`510600-德阳市.pdf`."""
    return f"{place.adcode}-{place.name}.pdf"


def _piece(atlas: Atlas, place: Place, key: str, tick: Tick) -> Piece:
    def write(target: Path) -> None:
        sheet = city_sheet(atlas, place.adcode, load_boundaries(DETAIL))
        write_whole(target, pdf_pages([sheet.page], sheet.title, tick, Text.LETTERS))

    return Piece(file_name(place), place.name, key, write)


def _make_word(atlas: Atlas, places: Sequence[Place], target: Path, progress: Progress, tick: Tick) -> Made:
    from explorer.sheets_word import sheets_docx

    runs.check_file(target)
    boundaries = load_boundaries(DETAIL)

    def said(number: int) -> None:
        progress(number, len(places), places[number].name)

    data = sheets_docx(atlas, places, boundaries, said)
    tick()
    progress(len(places), len(places), tr("完成"))
    write_whole(target, data)
    return Made((target,), len(places), 0)
