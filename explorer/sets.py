"""Sets of figures (成套导出): all industries of a plan, all its cities, or both, as one PDF or a folder of files.

What is done stays: a run that was stopped goes on where it was, and a figure whose file is whole and whose key (plan,
view, page, resolution, data) is the same is not drawn again. No widgets; the command line and the window use it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from explorer.contents import bound, contents_pages
from explorer.figure import figure
from geodata.atlas import Atlas
from geodata.boundaries import RECIPE, SOURCE_VERSION, Progress, load_boundaries
from geodata.folders import cache_folder
from geodata.gazetteer import gazetteer
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail
from geodata.saving import cannot_write, is_dir, is_file, replacing
from layers.build import default_title
from layers.export import EXPORTERS, Tick, check_dpi, export
from layers.view import ViewState, view_for

BY = {"sector": "每个产业一张", "city": "每个市（州）一张", "both": "产业和市（州）都要"}
"""What a set has a figure for -> the words for it."""

MAKING = 1
"""Raised whenever the same view would give another picture: figures made before are then drawn again."""

INDEX = ".atlas.json"
"""In a folder of figures: which file was made from what."""


class Figure(NamedTuple):
    """One figure of a set: the file's name without suffix, the title, and what it shows."""

    name: str
    title: str
    view: ViewState


class Made(NamedTuple):
    """What a run gave: all files in order, and how many figures were drawn and how many were there already."""

    files: tuple[Path, ...]
    drawn: int
    kept: int


def figures(atlas: Atlas, base: ViewState, by: str, overview: bool = False) -> tuple[Figure, ...]:
    """The figures of a set, in order. `base` gives plan, style, layers, template and 审图号; by is a key of BY.

    With `overview` the first figure shows all sectors. Raises UserError when the plan has no sectors.
    """
    plan = atlas.plan(base.plan)
    if not plan.sectors:
        raise fail("", f"《{plan.title}》没有产业，没有可出的图", "换一个规划")
    whole = frozenset(view_for(plan, (sector.id for sector in plan.sectors)).shown)
    shared = base._replace(title="", place=None, item=None, group=(), extent_of=None)
    ending = "产业布局" if plan.assignments else "的园区和项目"
    made: list[tuple[str, ViewState]] = []
    if overview:
        made.append((f"全部{ending.removeprefix('的')}", shared._replace(shown=whole)))
    if by in ("sector", "both"):
        for sector in plan.sectors:
            stem = sector.name.removesuffix("产业") if plan.assignments else sector.name
            made.append((stem + ending, shared._replace(shown=view_for(plan, [sector.id]).shown)))
    if by in ("city", "both"):
        made += [
            (place.name + ending, shared._replace(shown=whole, extent_of=place.adcode))
            for place in gazetteer().prefectures
        ]
    digits = max(2, len(str(len(made))))
    return tuple(
        Figure(f"{number:0{digits}d}-{_file_words(words)}", default_title(plan, view, atlas), view)
        for number, (words, view) in enumerate(made, 1)
    )


def heading(plan: Plan) -> str:
    """The title of a set."""
    return f"{plan.title}图集（{plan.period}年）"


def _file_words(text: str) -> str:
    """A text as part of a file's name on any system."""
    kept = re.sub(r'[\\/:*?"<>|\s]+', "", "".join(char for char in text if char.isprintable()))
    return kept[:60].strip(". ") or "图"


# --- a folder of files ---


def make_folder(
    atlas: Atlas,
    wanted: Sequence[Figure],
    size_mm: tuple[float, float],
    dpi: float,
    folder: Path,
    suffix: str,
    progress: Progress,
    tick: Tick = lambda: None,
    again: bool = False,
) -> Made:
    """The figures as files `01-….png` in the folder, which is made when it is not there.

    `progress` is called before each figure and at the end; it and `tick` may raise to stop. Raises UserError for what
    cannot be written or laid out; files that are whole stay.
    """
    if suffix not in EXPORTERS:
        raise fail("", f"不认识的图件格式“{suffix.removeprefix('.')}”", f"可以是 {'、'.join(EXPORTERS)}")
    check_dpi(dpi)
    _make_sure(folder)
    index = _read_index(folder / INDEX)
    drawn = 0
    files = []
    for number, item in enumerate(wanted):
        target = folder / (item.name + suffix)
        key = _key(atlas, item.view, size_mm, dpi if suffix in RASTER else 0.0, suffix)
        files.append(target)
        if not again and is_file(target) and index.get(target.name) == [key, target.stat().st_size]:
            progress(number, len(wanted), f"{target.name}（已有）")
            continue
        progress(number, len(wanted), target.name)
        _draw(atlas, item, size_mm, dpi, target, tick)
        drawn += 1
        index[target.name] = [key, target.stat().st_size]
        _write_index(folder / INDEX, index)
    progress(len(wanted), len(wanted), "完成")
    return Made(tuple(files), drawn, len(wanted) - drawn)


RASTER = (".png", ".tif", ".tiff", ".docx", ".pptx")
"""Formats whose bytes depend on the resolution."""


def _make_sure(folder: Path) -> None:
    if is_file(folder):
        raise fail(str(folder), "这是一个文件，不是文件夹", "给出文件夹，或以 .pdf 结尾的文件名")
    if not is_dir(folder.absolute().parent):
        raise fail(str(folder.absolute().parent), "没有这个文件夹", "先建立文件夹，或换一个位置")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _read_index(file: Path) -> dict[str, Any]:
    """File name -> key and size; nothing when there is no index or it is damaged: the figures are then drawn again."""
    try:
        index = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return index if isinstance(index, dict) else {}


def _write_index(file: Path, index: dict[str, Any]) -> None:
    with replacing(file) as temporary:
        try:
            temporary.write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise cannot_write(file, error) from error


# --- one PDF ---


def make_pdf(
    atlas: Atlas,
    wanted: Sequence[Figure],
    size_mm: tuple[float, float],
    target: Path,
    title: str,
    progress: Progress,
    tick: Tick = lambda: None,
    again: bool = False,
) -> Made:
    """The figures as pages of one PDF with bookmarks behind a linked contents page.

    Pages are kept in the cache until the PDF is whole, so that a run that was stopped goes on; then they are removed.
    """
    if is_dir(target):
        raise fail(str(target), "这是一个文件夹，不是文件", "给出以 .pdf 结尾的文件名，或去掉 .pdf 写成文件夹")
    if not is_dir(target.absolute().parent):
        raise fail(str(target.absolute().parent), "没有这个文件夹", "先建立文件夹，或换一个位置")
    kept_in = cache_folder() / "sets"
    try:
        kept_in.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(kept_in, error) from error
    pages = [kept_in / f"{_key(atlas, item.view, size_mm, 0.0, '.pdf')}.pdf" for item in wanted]
    drawn = 0
    for number, (item, page) in enumerate(zip(wanted, pages, strict=True)):
        whole = not again and _is_whole(page)
        progress(number, len(wanted), item.title + ("（已有）" if whole else ""))
        if not whole:
            _draw(atlas, item, size_mm, 0.0, page, tick)
            drawn += 1
    progress(len(wanted), len(wanted), f"装订 {target.name}")
    contents = contents_pages(title, [item.title for item in wanted], size_mm)
    data = bound(contents, [(item.title, page.read_bytes()) for item, page in zip(wanted, pages, strict=True)], title)
    tick()
    with replacing(target) as temporary:
        try:
            temporary.write_bytes(data)
        except OSError as error:
            raise cannot_write(target, error) from error
    for page in pages:
        with suppress(OSError):
            page.unlink(missing_ok=True)
    return Made((target,), drawn, len(wanted) - drawn)


def _is_whole(file: Path) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")


# --- both ---


def _draw(
    atlas: Atlas, item: Figure, size_mm: tuple[float, float], dpi: float, target: Path, tick: Callable[[], None]
) -> None:
    try:
        scene, page = figure(atlas, item.view, size_mm)
        export(scene, page, dpi or 300.0, target, tick)
    except UserError as error:
        where = (Problem(found.where or f"图“{item.title}”", found.message, found.hint) for found in error.problems)
        raise UserError(*where) from error


def prepare(progress: Progress) -> None:
    """The boundaries, which a first run has to prepare."""
    load_boundaries(0, progress)


def _key(atlas: Atlas, view: ViewState, size_mm: tuple[float, float], dpi: float, suffix: str) -> str:
    """Another key for everything that would give another file."""
    parts = [MAKING, SOURCE_VERSION, RECIPE, atlas.plan(view.plan), view, size_mm, dpi, suffix]
    return hashlib.sha256(json.dumps(_stable(parts), ensure_ascii=False).encode()).hexdigest()[:24]


def _stable(value: Any) -> Any:
    """Frozen values as lists; sets in a fixed order."""
    if isinstance(value, frozenset):
        return sorted((_stable(part) for part in value), key=repr)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_stable(part) for part in value]
    return value
