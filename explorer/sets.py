"""Sets of figures (成套导出): all industries of a plan, all its cities, or both, as one PDF or a folder of files.

What is done stays (see runs): a figure is drawn again when plan, view, page, resolution or data changed. No widgets;
the command line and the window use it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from explorer import runs
from explorer.contents import bound, contents_pages
from explorer.figure import figure
from explorer.runs import Made
from geodata.atlas import Atlas
from geodata.boundaries import Progress, load_boundaries
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail
from layers.build import default_title
from layers.export import EXPORTERS, Tick, check_dpi, export
from layers.view import STYLES, ViewState, effective_style, view_for

__all__ = ["BY", "RASTER", "Figure", "Made", "figures", "heading", "make_folder", "make_pdf", "prepare"]

BY = {"sector": mark("每个产业一张"), "city": mark("每个市（州）一张"), "both": mark("产业和市（州）都要")}
"""What a set has a figure for -> the words for it."""


class Figure(NamedTuple):
    """One figure of a set: the file's name without suffix, the title, and what it shows."""

    name: str
    title: str
    view: ViewState


def figures(atlas: Atlas, base: ViewState, by: str, overview: bool = False) -> tuple[Figure, ...]:
    """The figures of a set, in order. `base` gives plan, style, layers, template and 审图号; by is a key of BY.

    With `overview` the first figure shows all sectors. Raises UserError when the plan has no sectors, or when the style
    shows the province only and there are to be figures of cities.
    """
    plan = atlas.plan(base.plan)
    if not plan.sectors:
        raise fail("", tr("{plan}没有产业，没有可出的图", plan=plan.title), tr("换一个规划"))
    whole = frozenset(view_for(plan, (sector.id for sector in plan.sectors)).shown)
    if by in ("city", "both") and effective_style(plan, base._replace(shown=whole)) == "multiples":
        what = tr("“{style}”只画全省，不能每个市（州）一张", style=tr(STYLES["multiples"]))
        raise fail("", what, tr("换一种画法，或改为“{choice}”", choice=tr(BY["sector"])))
    shared = base._replace(title="", place=None, item=None, group=(), extent_of=None)
    made: list[tuple[str, ViewState]] = []
    if overview:
        words = tr("全部产业布局") if plan.assignments else tr("全部园区和项目")
        made.append((words, shared._replace(shown=whole)))
    if by in ("sector", "both"):
        for sector in plan.sectors:
            stem = sector.name.removesuffix("产业") if plan.assignments else sector.name
            made.append((_about(stem, plan), shared._replace(shown=view_for(plan, [sector.id]).shown)))
    if by in ("city", "both"):
        made += [
            (_about(place.name, plan), shared._replace(shown=whole, extent_of=place.adcode))
            for place in gazetteer().prefectures
        ]
    digits = max(2, len(str(len(made))))
    return tuple(
        Figure(f"{number:0{digits}d}-{_file_words(words)}", default_title(plan, view, atlas), view)
        for number, (words, view) in enumerate(made, 1)
    )


def _about(name: str, plan: Plan) -> str:
    """What a figure of a sector or city is called in a file's name."""
    return tr("{name}产业布局", name=name) if plan.assignments else tr("{name}的园区和项目", name=name)


def heading(plan: Plan) -> str:
    """The title of a set."""
    return tr("{plan}图集（{period}年）", plan=plan.title, period=plan.period)


def _file_words(text: str) -> str:
    """A text as part of a file's name on any system."""
    kept = re.sub(r'[\\/:*?"<>|\s]+', "", "".join(char for char in text if char.isprintable()))
    return kept[:60].strip(". ") or tr("图")


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
    """The figures as files `01-….png` in the folder; see runs.make_folder.

    Raises UserError for what cannot be written or laid out; files that are whole stay.
    """
    if suffix not in EXPORTERS:
        what = tr("不认识的图件格式“{format}”", format=suffix.removeprefix("."))
        raise fail("", what, tr("可以是 {formats}", formats=tr("、").join(EXPORTERS)))
    check_dpi(dpi)
    pieces = [_piece(atlas, item, size_mm, dpi if suffix in RASTER else 0.0, suffix, tick) for item in wanted]
    plans = [atlas.plan(plan) for plan in dict.fromkeys(item.view.plan for item in wanted)]
    return runs.make_folder(pieces, folder, plans, progress, again)


RASTER = (".png", ".tif", ".tiff", ".docx", ".pptx")
"""Formats whose bytes depend on the resolution."""


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
    """The figures as pages of one PDF with bookmarks behind a linked contents page; see runs.make_pdf."""
    titles = [item.title for item in wanted]

    def bind(pages: list[bytes]) -> bytes:
        return bound(contents_pages(title, titles, size_mm), list(zip(titles, pages, strict=True)), title)

    pieces = [_piece(atlas, item, size_mm, 0.0, ".pdf", tick) for item in wanted]
    return runs.make_pdf(pieces, bind, target, progress, tick, again)


def _piece(atlas: Atlas, item: Figure, size_mm: tuple[float, float], dpi: float, suffix: str, tick: Tick) -> runs.Piece:
    key = runs.key_of(atlas.plan(item.view.plan), item.view, size_mm, dpi, suffix)
    return runs.Piece(
        item.name + suffix, item.title, key, lambda target: _draw(atlas, item, size_mm, dpi, target, tick)
    )


def _draw(atlas: Atlas, item: Figure, size_mm: tuple[float, float], dpi: float, target: Path, tick: Tick) -> None:
    try:
        scene, page = figure(atlas, item.view, size_mm)
        export(scene, page, dpi or 300.0, target, tick)
    except UserError as error:
        where = (
            Problem(found.where or tr("图“{title}”", title=item.title), found.message, found.hint)
            for found in error.problems
        )
        raise UserError(*where) from error


def prepare(progress: Progress) -> None:
    """The boundaries, which a first run has to prepare."""
    load_boundaries(0, progress)
