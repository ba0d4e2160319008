"""The `sheets` command: a page per city as one PDF or Word document, or as a folder of PDFs that is gone on with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries, Progress, load_boundaries
from geodata.gazetteer import Place
from geodata.problems import fail
from geodata.saving import cannot_write, is_dir, is_file, replacing

TITLE = "产业布局一页通"


def make_sheets(atlas: Atlas, cities: Sequence[str], out: Path, again: bool, progress: Progress) -> None:
    """Writes the sheets of these cities, or of all, to a .pdf, a .docx or a folder. Raises UserError.

    In a folder the whole sheets that are there already stay as they are, unless `again`.
    """
    places = wanted_places(atlas, cities)
    suffix = "" if is_dir(out) else out.suffix.lower()
    if suffix not in ("", ".pdf", ".docx"):
        raise fail(str(out), f"不认识的格式“{out.suffix}”", "写 .pdf、.docx，或一个文件夹（每市一个 PDF）")
    if not is_dir(out.absolute().parent):
        raise fail(str(out.absolute().parent), "没有这个文件夹", "先建立文件夹，或换一个位置")
    if not atlas.plans:
        raise fail("", "没有规划数据包", "重新安装程序，或用 --plan 指定数据包文件")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    if not suffix:
        _write_folder(atlas, places, out, again, progress)
        return
    with replacing(out) as temporary:
        data = _document(atlas, places, suffix, load_boundaries(1000, progress), progress)
        _write(temporary, data, out)


def wanted_places(atlas: Atlas, cities: Sequence[str]) -> tuple[Place, ...]:
    """The prefectures of these names, each once; all when there are none. Raises UserError for counties."""
    if not cities:
        return atlas.places.prefectures
    found: dict[str, Place] = {}
    for name in cities:
        place = atlas.places.resolve(name)
        if not place.is_prefecture:
            parent = atlas.places[place.parent]
            raise fail("", f"“{name}”是县级单位，一市一页只有市（州）", f"写 --city {parent.short}")
        found[place.adcode] = place
    return tuple(found.values())


def file_name(place: Place) -> str:
    """`510600-德阳市.pdf`."""
    return f"{place.adcode}-{place.name}.pdf"


def _document(atlas: Atlas, places: Sequence[Place], suffix: str, boundaries: Boundaries, progress: Progress) -> bytes:
    from explorer.sheets import CitySheet, city_sheet
    from explorer.sheets_word import sheets_docx
    from layers.export.pdf import pdf_pages

    def sheets() -> Iterator[CitySheet]:
        for number, place in enumerate(places, 1):
            yield city_sheet(atlas, place.adcode, boundaries)
            progress(number, len(places), place.name)

    if suffix == ".docx":
        return sheets_docx(atlas, sheets(), boundaries)
    return pdf_pages((sheet.page for sheet in sheets()), TITLE)


def _write_folder(atlas: Atlas, places: Sequence[Place], folder: Path, again: bool, progress: Progress) -> None:
    from explorer.sheets import city_sheet
    from layers.export.pdf import pdf_pages

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    boundaries: Boundaries | None = None
    for number, place in enumerate(places, 1):
        target = folder / file_name(place)
        if not again and is_whole(target):
            progress(number, len(places), f"{place.name}（已有，跳过）")
            continue
        boundaries = boundaries or load_boundaries(1000, progress)
        sheet = city_sheet(atlas, place.adcode, boundaries)
        with replacing(target) as temporary:
            _write(temporary, pdf_pages([sheet.page], sheet.title), target)
        progress(number, len(places), place.name)


def is_whole(file: Path) -> bool:
    """Whether it is a PDF from its head to its end."""
    if not is_file(file):
        return False
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")


def _write(temporary: Path, data: bytes, target: Path) -> None:
    try:
        temporary.write_bytes(data)
    except OSError as error:
        raise cannot_write(target, error) from error
