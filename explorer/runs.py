"""Long runs of files (成套导出, 一页纸) that can be stopped: what is done stays, and a second run goes on.

A piece of a run whose file is whole and whose key is the same is not made again. No widgets; the command line and the
window use it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from geodata.boundaries import RECIPE, SOURCE_VERSION, Progress
from geodata.folders import cache_folder
from geodata.language import language, tr
from geodata.plan import Plan
from geodata.problems import UserError, fail
from geodata.saving import cannot_write, is_dir, is_file, write_whole
from layers.export import Tick

MAKING = 4
"""Raised whenever the same facts and choices would give another file: files made before are then made again."""

INDEX = ".atlas.json"
"""In a folder of files: the plans that all are of, and which was made from what."""


class Piece(NamedTuple):
    """One file or page: the file's name, what it is called while it is made, the key of all it is made from (see
    key_of), and what writes it whole to a path or raises UserError."""

    name: str
    title: str
    key: str
    write: Callable[[Path], None]


class Made(NamedTuple):
    """What a run gave: all files in order, and how many pieces were made and how many were there already."""

    files: tuple[Path, ...]
    drawn: int
    kept: int


def key_of(*parts: Any) -> str:
    """Another key for parts (frozen values) of which another file would be made, and in another language."""
    whole = [MAKING, SOURCE_VERSION, RECIPE, language(), *parts]
    return hashlib.sha256(json.dumps(_stable(whole), ensure_ascii=False).encode()).hexdigest()[:24]


def _stable(value: Any) -> Any:
    """Frozen values as lists; sets in a fixed order."""
    if isinstance(value, frozenset):
        return sorted((_stable(part) for part in value), key=repr)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_stable(part) for part in value]
    return value


# --- a folder of files ---


class _Index(NamedTuple):
    """Plan id -> title of the plans that a folder's files are of, and file name -> key and size of the file."""

    plans: dict[str, str]
    files: dict[str, Any]


def make_folder(
    pieces: Sequence[Piece], folder: Path, plans: Iterable[Plan], progress: Progress, again: bool = False
) -> Made:
    """The pieces, which are of these plans, as files in the folder, which is made when it is not there; all of them
    anew with `again`.

    `progress` is called before each and at the end; it and the pieces may raise to stop. Files that are whole stay.
    Raises UserError for what cannot be written, and unless `again` for a folder with files of other plans: those of
    two plans can have the same names.
    """
    _make_sure(folder)
    found = _read_index(folder / INDEX)
    titles = {plan.id: plan.title for plan in plans}
    here = [name for name in found.files if is_file(folder / name)]
    if here and not again and found.plans and found.plans.keys() != titles.keys():
        raise _of_others(folder, found.plans, titles)
    index = dict(found.files)
    drawn = 0
    for number, piece in enumerate(pieces):
        target = folder / piece.name
        if not again and is_file(target) and index.get(piece.name) == [piece.key, target.stat().st_size]:
            progress(number, len(pieces), tr("{name}（已有）", name=piece.name))
            continue
        progress(number, len(pieces), piece.name)
        piece.write(target)
        drawn += 1
        index[piece.name] = [piece.key, target.stat().st_size]
        written = json.dumps({"plans": titles, "files": index}, ensure_ascii=False, indent=1)
        write_whole(folder / INDEX, f"{written}\n".encode())
    others = len(set(here) - {piece.name for piece in pieces})
    done = tr("完成；文件夹中另有以前导出的 {n} 个文件，没有改动", n=others) if others else tr("完成")
    progress(len(pieces), len(pieces), done)
    return Made(tuple(folder / piece.name for piece in pieces), drawn, len(pieces) - drawn)


def _of_others(folder: Path, theirs: dict[str, str], ours: dict[str, str]) -> UserError:
    what = tr("文件夹里是{theirs}的文件，这次是{ours}的，没有写入", theirs=_named(theirs), ours=_named(ours))
    hint = tr("换一个文件夹；要替换，就勾选“以前画好的图也重新画”或“以前做好的页也重新做”（命令行加 --again）")
    return fail(str(folder), what, hint)


def _named(titles: dict[str, str]) -> str:
    first = "".join(tr("《{title}》", title=title) for title in list(titles.values())[:2])
    return first if len(titles) <= 2 else tr("{titles}等 {n} 个规划", titles=first, n=len(titles))


def _make_sure(folder: Path) -> None:
    if not is_dir(folder.absolute().parent):
        raise no_folder(folder)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise fail(str(folder), tr("这是一个文件，不是文件夹"), tr("给出文件夹，或以 .pdf 结尾的文件名")) from error
    except OSError as error:
        raise cannot_write(folder, error) from error


def _read_index(file: Path) -> _Index:
    """Nothing when there is no index or it is damaged: the files are then made again."""
    try:
        index = json.loads(file.read_text(encoding="utf-8"))
        return _Index({str(plan): str(title) for plan, title in index["plans"].items()}, dict(index["files"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _Index({}, {})


# --- one file ---


def check_file(target: Path) -> None:
    """Raises UserError when no file can stand there."""
    if is_dir(target):
        raise fail(str(target), tr("这是一个文件夹，不是文件"), tr("换一个文件名，或去掉后缀写成文件夹"))
    if not is_dir(target.absolute().parent):
        raise no_folder(target)


def no_folder(target: Path) -> UserError:
    """The error of a target in a folder that is not there."""
    return fail(str(target.absolute().parent), tr("没有这个文件夹"), tr("先建立文件夹，或换一个位置"))


def make_pdf(
    pieces: Sequence[Piece],
    bind: Callable[[list[bytes]], bytes],
    target: Path,
    progress: Progress,
    tick: Tick = lambda: None,
    again: bool = False,
) -> Made:
    """The pieces, each a PDF, bound to one by `bind`.

    They are kept in the cache until the whole is written, so that a run that was stopped goes on; then they are
    removed.
    """
    check_file(target)
    kept_in = cache_folder() / "sets"
    try:
        kept_in.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(kept_in, error) from error
    pages = [kept_in / f"{piece.key}.pdf" for piece in pieces]
    drawn = 0
    for number, (piece, page) in enumerate(zip(pieces, pages, strict=True)):
        whole = not again and _is_whole(page)
        progress(number, len(pieces), tr("{name}（已有）", name=piece.title) if whole else piece.title)
        if not whole:
            piece.write(page)
            drawn += 1
    progress(len(pieces), len(pieces), tr("装订 {name}", name=target.name))
    data = bind([page.read_bytes() for page in pages])
    tick()
    write_whole(target, data)
    for page in pages:
        with suppress(OSError):
            page.unlink(missing_ok=True)
    return Made((target,), drawn, len(pieces) - drawn)


def _is_whole(file: Path) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
