"""The command `atlas`: a set of figures as one PDF or a folder of files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.cli_map import add_look, check_style, looks
from geodata.language import tr
from geodata.library import DEFAULT_PLAN
from geodata.problems import fail

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.boundaries import Progress
    from geodata.plan import Plan

Choose = Callable[[str | None], "tuple[Atlas, Plan]"]


def add_command(commands: Any, choose: Choose, progress: Progress) -> None:
    """Adds `atlas` to the commands. `choose` finds the plan of a name, `progress` says how far the work is."""
    atlas = commands.add_parser("atlas", help=tr("成套出图：全部产业或全部市（州），一份 PDF 或一个文件夹"))
    atlas.add_argument(
        "out", metavar="OUT", type=Path, help=tr("以 .pdf 结尾的文件：一份带目录和书签的 PDF；否则是文件夹")
    )
    atlas.add_argument("--plan", metavar="P", help=tr("规划编号或数据包文件，默认 {plan}", plan=DEFAULT_PLAN))
    atlas.add_argument(
        "--by",
        choices=("sector", "city", "both"),
        default="sector",
        help=tr("sector 每个产业一张（默认），city 每个市（州）一张，both 都要"),
    )
    atlas.add_argument("--overview", action="store_true", help=tr("最前面加一张全部产业的图"))
    add_look(atlas)
    atlas.add_argument("--dpi", type=float, default=300, metavar="N", help=tr("位图的分辨率，默认 300"))
    atlas.add_argument("--format", metavar="F", help=tr("文件夹中图件的格式：png（默认）、svg、pdf 等"))
    atlas.add_argument("--again", action="store_true", help=tr("已有的图也重画"))
    atlas.set_defaults(run=lambda options: make_atlas(options, choose, progress))


def make_atlas(options: argparse.Namespace, choose: Choose, progress: Progress) -> int:
    """Makes the set and prints its files. A run stopped with Ctrl+C keeps what is done."""
    from layers.export import EXPORTERS, check_dpi
    from layers.page import paper_size

    whole = options.out.suffix.lower() == ".pdf"
    if whole and options.format not in (None, "pdf"):
        raise fail(
            "",
            tr("{name} 是一份 PDF，不能再写 --format {format}", name=options.out.name, format=options.format),
            tr("去掉 --format，或写文件夹"),
        )
    if not whole and options.out.suffix.lower() in EXPORTERS:
        raise fail(
            str(options.out),
            tr("成套的图放不进一个图件文件"),
            tr("写以 .pdf 结尾的文件名，或写文件夹并用 --format"),
        )
    suffix = "." + (options.format or "png").lower().removeprefix(".")
    if suffix not in EXPORTERS:
        known = tr("、").join(name.removeprefix(".") for name in EXPORTERS)
        raise fail(
            "", tr("不认识的图件格式“{format}”", format=options.format), tr("--format 可以是 {formats}", formats=known)
        )
    check_dpi(options.dpi)
    size = paper_size(options.page)
    atlas, plan = choose(options.plan)

    from explorer.sets import figures, heading, make_folder, make_pdf, prepare
    from layers.view import ViewState

    base = ViewState(plan.id, **looks(options, plan))
    wanted = figures(atlas, base, options.by, options.overview)
    check_style(options, plan, [item.view for item in wanted], tr("写 --by sector，不写 --overview"))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    try:
        prepare(progress)
        if whole:
            made = make_pdf(atlas, wanted, size, options.out, heading(plan), progress, again=options.again)
        else:
            made = make_folder(atlas, wanted, size, options.dpi, options.out, suffix, progress, again=options.again)
    except KeyboardInterrupt:
        print("\n" + tr("已停止。画好的图都在，再运行同一条命令就接着做"), file=sys.stderr)
        return 2
    for file in made.files:
        print(file)
    counted = tr("共 {n} 张：新画 {drawn}，已有 {kept}", n=len(wanted), drawn=made.drawn, kept=made.kept)
    print(counted, file=sys.stderr)
    return 0
