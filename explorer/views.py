"""Saved views: a name, what is shown and the extent, each in a small file of its own that opens elsewhere too.

A view in the user's folder and one that was handed on are the same kind of file. No widgets.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from explorer.dropping import VIEW_SUFFIX as SUFFIX
from explorer.recent import VIEWS, note, recent
from geodata.atlas import Atlas
from geodata.folders import config_folder
from geodata.gazetteer import gazetteer
from geodata.geometry import Bounds
from geodata.language import mark, tr
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail
from geodata.saving import cannot_write, replacing
from layers.view import ViewState, view_from_json, view_to_json

FORMAT = "layoutview"
VERSION = 1

LARGEST = 1_000_000
"""Bytes of a file that is read; a view is some hundred."""

LONGEST = 60
"""Characters of a name."""

DAMAGED = mark("请对方重新导出，或换一个文件")
NEWER = mark("由更新版本的程序保存，这个版本打不开")


class Kept(NamedTuple):
    """A view as its file has it, not yet held against the plans there are.

    `title` is the title of its plan, `sectors` the names of its sectors by id: words for what may be missing
    elsewhere. `view` are the plain values of view_to_json; `bounds` is what the map showed at least, in map metres,
    None for the whole province.
    """

    name: str
    title: str
    sectors: dict[str, str]
    view: dict[str, Any]
    bounds: Bounds | None = None


class Opened(NamedTuple):
    """What can be shown of a kept view, and what is missing."""

    view: ViewState
    bounds: Bounds | None
    problems: tuple[Problem, ...] = ()


def kept_view(name: str, plan: Plan, view: ViewState, bounds: Bounds | None) -> Kept:
    """The lasting part of a view under a name. Raises UserError when the name is empty."""
    names = {sector.id: sector.name for sector in plan.sectors if any(pair[0] == sector.id for pair in view.shown)}
    return Kept(good_name(name), plan.title, names, json.loads(view_to_json(view)), bounds)


def good_name(name: str) -> str:
    """The name on one line and not too long. Raises UserError when nothing is left of it."""
    words = " ".join("".join(char if char.isprintable() else " " for char in name).split())[:LONGEST].strip()
    if not words:
        raise fail("", tr("视图没有名称"), tr("写一个名称，例如“德阳 装备制造”"))
    return words


def file_words(name: str) -> str:
    """A name as that of a file on any system."""
    return re.sub(r'[\\/:*?"<>|]+', "", name).strip(" .") or tr("视图")


def open_kept(kept: Kept, atlas: Atlas, now: ViewState) -> Opened:
    """The kept view as far as the atlas knows its plan and sectors.

    Without its plan there is nothing of it to show but selected place and extent: layers and style of one plan laid
    over another would be a view that nobody saved.
    """
    plan_id = kept.view.get("plan")
    plan = next((plan for plan in atlas.plans if plan.id == plan_id), None)
    if plan is None:
        place = kept.view.get("place")
        known = place if isinstance(place, str) and place in gazetteer().places else None
        title = kept.title or str(plan_id)
        said = Problem(
            kept.name,
            tr(
                "这里没有规划“{title}”，地图上仍是原来的规划和产业，只采用了视图的范围和选中的地点",
                title=title,
            ),
            tr("添加这份规划的数据包后再打开"),
        )
        return Opened(now._replace(place=known, item=None, group=()), kept.bounds, (said,))
    view = view_from_json(json.dumps(kept.view), atlas.plans)
    if view is None:
        raise fail(kept.name, tr("视图的内容已损坏"), tr(DAMAGED))
    missing = _missing(kept, plan)
    if not missing:
        return Opened(view, kept.bounds)
    words = tr("规划“{title}”中没有：{missing}；其余照常显示", title=plan.title, missing=tr("、").join(missing))
    return Opened(view, kept.bounds, (Problem(kept.name, words, tr("这里的数据包可能比视图旧或新，请核对")),))


def _missing(kept: Kept, plan: Plan) -> list[str]:
    """Names of the view's sectors, or of roles in them, that the plan does not have."""
    sectors, roles = {sector.id for sector in plan.sectors}, {role.id for role in plan.roles} | {""}
    found: dict[str, None] = {}
    for sector, role in kept.view["shown"]:
        name = kept.sectors.get(sector, str(sector))
        if sector not in sectors:
            found[name] = None
        elif role not in roles:
            found[tr("{name}的“{role}”", name=name, role=role)] = None
    return list(found)


# --- files ---


def write_view(file: Path, kept: Kept) -> None:
    """Writes a view whole. Raises UserError when that is not possible."""
    raw = {"format": FORMAT, "version": VERSION, **kept._asdict()}
    with replacing(file) as temporary:
        try:
            temporary.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise cannot_write(file, error) from error


def read_view(file: Path) -> Kept:
    """The view of a file. Raises UserError when it cannot be read, is no view, or is of a newer program."""
    where = file.name
    try:
        if file.stat().st_size > LARGEST:
            raise fail(where, tr("不是视图文件：太大了"), tr("视图文件只有几百字节，请换一个文件"))
        raw = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise fail(where, tr("文件已不在原处"), tr("文件可能被移动、改名或删除了")) from error
    except OSError as error:
        said = tr("无法读取：{reason}", reason=error.strerror or error)
        raise fail(where, said, tr("检查文件是否还在、能否打开")) from error
    except (ValueError, RecursionError) as error:
        raise fail(where, tr("不是视图文件，或已损坏"), tr(DAMAGED)) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise fail(where, tr("不是视图文件"), tr("视图文件的后缀是 {suffix}，由本程序导出", suffix=SUFFIX))
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        raise fail(where, tr(NEWER), tr("更新程序后再打开"))
    view, sectors, bounds = raw.get("view"), raw.get("sectors"), raw.get("bounds")
    sound = (
        version == VERSION
        and isinstance(view, dict)
        and isinstance(view.get("plan"), str)
        and _are_pairs(view.get("shown"))
        and (bounds is None or _are_bounds(bounds))
    )
    if not sound:
        raise fail(where, tr("视图文件的内容已损坏"), tr(DAMAGED))
    names = {str(key): str(name) for key, name in sectors.items()} if isinstance(sectors, dict) else {}
    try:
        name = good_name(str(raw.get("name", "")))
    except UserError:
        name = good_name(file.stem or tr("视图"))
    return Kept(name, str(raw.get("title", "")), names, view, tuple(bounds) if bounds else None)


def _are_pairs(shown: Any) -> bool:
    return isinstance(shown, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(word, str) for word in pair) for pair in shown
    )


def _are_bounds(bounds: Any) -> bool:
    """Whether these are left, bottom, right, top in map metres, of something."""
    if not isinstance(bounds, list) or len(bounds) != 4:
        return False
    if not all(isinstance(edge, int | float) and isfinite(edge) and abs(edge) < 1e8 for edge in bounds):
        return False
    return bool(bounds[2] - bounds[0] > 1 and bounds[3] - bounds[1] > 1)


# --- the user's folder ---


def views_folder() -> Path:
    return config_folder() / "views"


def saved_views() -> dict[Path, Kept]:
    """The user's views that can be read: those used last first, the others by name."""
    found: dict[Path, Kept] = {}
    for file in _files():
        with suppress(UserError):
            found[file] = read_view(file)
    order = {file: number for number, file in enumerate(recent(VIEWS))}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[1].name)))


def set_damaged_aside() -> tuple[Problem, ...]:
    """What of the user's views cannot be read. Damaged files get another name, so that they are said only once."""
    problems: list[Problem] = []
    for file in _files():
        try:
            read_view(file)
        except UserError as error:
            problem = error.problems[0]
            aside = file.with_suffix(".damaged")
            if isinstance(error.__cause__, OSError) or problem.message == tr(NEWER):  # it may be read later
                problems.append(problem)
                continue
            with suppress(OSError):
                file.replace(aside)
            said = tr("保存的视图已损坏，改名为 {file}", file=aside.name)
            problems.append(Problem(file.name, said, tr("文件在 {folder}", folder=aside.parent)))
    return tuple(problems)


def is_own(file: Path) -> bool:
    """Whether it is the file of a saved view, which has no name of its own."""
    return file.parent == views_folder()


def _files() -> list[Path]:
    try:
        return sorted(views_folder().glob(f"*{SUFFIX}"))
    except OSError:
        return []


def save_view(kept: Kept) -> Path:
    """Writes the view into the user's folder, in place of one of the same name. Raises UserError."""
    same = [file for file, other in saved_views().items() if other.name == kept.name]
    file = same[0] if same else views_folder() / f"{os.urandom(6).hex()}{SUFFIX}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file, error) from error
    write_view(file, kept)
    note(VIEWS, file)
    return file


def rename_view(file: Path, name: str) -> None:
    """Gives a saved view another name. Raises UserError when another view has it or the file cannot be written."""
    words = good_name(name)
    if any(other.name == words for path, other in saved_views().items() if path != file):
        raise fail("", tr("已有名为“{name}”的视图", name=words), tr("换一个名称"))
    write_view(file, read_view(file)._replace(name=words))


def delete_view(file: Path) -> Kept:
    """Removes a saved view and gives what write_view puts back. Raises UserError."""
    kept = read_view(file)
    try:
        file.unlink()
    except OSError as error:
        said = tr("无法删除：{reason}", reason=error.strerror or error)
        raise fail(kept.name, said, tr("关闭占用该文件的程序后重试")) from error
    return kept
