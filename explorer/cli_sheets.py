"""The command `sheets`: a page per city as one PDF or Word document, or as a folder of PDFs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from geodata.atlas import Atlas
from geodata.boundaries import Progress, load_boundaries
from geodata.gazetteer import Place
from geodata.language import tr
from geodata.problems import fail
from geodata.saving import is_dir


def print_sheets(atlas: Atlas, cities: Sequence[str], out: Path, again: bool, progress: Progress) -> int:
    """Writes the sheets of these cities, or of all, and prints the files. Raises UserError.

    A run stopped with Ctrl+C keeps what is done.
    """
    places = wanted_places(atlas, cities)
    form = form_of(out)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from explorer.sheet_files import make_sheets

    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    try:
        load_boundaries(0, progress)  # prepared at a first start
        made = make_sheets(atlas, places, out, form, progress, again=again)
    except KeyboardInterrupt:
        if form == ".docx":
            print("\n" + tr("已停止。没有留下未完成的文件"), file=sys.stderr)
        else:
            print("\n" + tr("已停止。做好的页都在，再运行同一条命令就接着做"), file=sys.stderr)
        return 2
    for file in made.files:
        print(file)
    counted = tr("共 {n} 页：新做 {drawn}，已有 {kept}", n=len(places), drawn=made.drawn, kept=made.kept)
    print(counted, file=sys.stderr)
    return 0


def form_of(out: Path) -> str:
    """`.pdf`, `.docx`, or nothing for a folder. Raises UserError for other suffixes."""
    suffix = out.suffix.lower()
    if suffix in ("", ".pdf", ".docx"):
        return suffix
    if is_dir(out):
        return ""
    raise fail(
        str(out), tr("不认识的格式“{suffix}”", suffix=out.suffix), tr("写 .pdf、.docx，或一个文件夹（每市一个 PDF）")
    )


def wanted_places(atlas: Atlas, cities: Sequence[str]) -> tuple[Place, ...]:
    """The prefectures of these names, each once; all when there are none. Raises UserError for counties."""
    if not cities:
        return atlas.places.prefectures
    found: dict[str, Place] = {}
    for name in cities:
        place = atlas.places.resolve(name)
        if not place.is_prefecture:
            parent = atlas.places[place.parent]
            what = tr("“{name}”是县级单位，一页纸只有市（州）", name=name)
            raise fail("", what, tr("写 --city {city}", city=parent.short))
        found[place.adcode] = place
    return tuple(found.values())
