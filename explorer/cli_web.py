"""The command `web`: a Leaflet map for those who have a network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.cli_map import Choose, chosen_city, chosen_sectors
from geodata.language import tr
from geodata.library import DEFAULT_PLAN
from geodata.problems import fail
from layers.template import typed

if TYPE_CHECKING:
    from geodata.boundaries import Progress

BASES = ("none", "osm", "tianditu")
"""The keys of layers.export.webmap.BASES, which need not be imported to say how the command is used."""

STYLES = ("zones", "stripes", "glyphs", "count")


def add_command(commands: Any, choose: Choose, progress: Progress) -> None:
    """Adds `web` to the commands. `choose` finds the plan of a name, `progress` says how far the work is."""
    web = commands.add_parser("web", help=tr("网络地图（HTML，打开时要联网；不能联网时用 map OUT.html）"))
    web.add_argument("out", metavar="OUT", type=Path, help=tr("以 .html 结尾的文件"))
    web.add_argument("--plan", metavar="P", help=tr("规划编号或数据包文件，默认 {plan}", plan=DEFAULT_PLAN))
    web.add_argument(
        "--sector", metavar="S", nargs="+", action="extend", help=tr("先打开的产业，可写多个；不写时为全部")
    )
    web.add_argument("--city", metavar="C", help=tr("先放大到这个市（州）"))
    web.add_argument(
        "--layer",
        nargs="+",
        action="extend",
        choices=("sites", "projects", "none"),
        help=tr("先打开的图层：sites 园区和平台，projects 项目和工程；默认都打开"),
    )
    web.add_argument("--style", choices=STYLES, help=tr("画法，与 map 相同；默认按产业个数决定"))
    web.add_argument(
        "--base", choices=BASES, default="none", help=tr("底图：none 不用（默认），osm，tianditu 天地图（要密钥）")
    )
    web.add_argument("--key", default="", metavar="K", help=tr("天地图的浏览器端密钥，会写进文件"))
    web.add_argument("--title", default="", metavar="T", help=tr("图题，默认由所显示的内容生成"))
    web.add_argument("--approval", default="", metavar="N", help=tr("审图号；不写时注明“内部使用，未经地图审核”"))
    web.set_defaults(run=lambda options: make_web(options, choose, progress))


def make_web(options: argparse.Namespace, choose: Choose, progress: Progress) -> int:
    """Writes the map whole and says what it needs."""
    from explorer.runs import check_file
    from geodata.boundaries import load_boundaries
    from geodata.saving import write_whole
    from layers.build import build_scene
    from layers.export import webmap
    from layers.view import FIRST_LAYERS, view_for

    if options.out.suffix.lower() not in (".html", ".htm"):
        raise fail(str(options.out), tr("网络地图是 HTML 文件"), tr("文件名以 .html 结尾"))
    check_file(options.out)
    webmap.check_base(options.base, options.key)
    atlas, plan = choose(options.plan)
    layers = FIRST_LAYERS if options.layer is None else frozenset(options.layer) - {"none"}
    view = view_for(plan, chosen_sectors(options.sector, plan))._replace(
        style=options.style or "auto",
        layers=layers,
        title=typed("title", options.title),
        approval=typed("approval", options.approval),
        extent_of=None if options.city is None else chosen_city(options.city, atlas),
    )
    boundaries = load_boundaries(1000, progress)
    page = webmap.web_map(build_scene(atlas, view, boundaries), boundaries, options.base, options.key)
    write_whole(options.out, page)
    print(options.out)
    base = webmap.BASES[options.base]
    if base.tiles:
        print(tr("打开时要联网取 Leaflet 程序库和底图（{base}）", base=tr(base.words)), file=sys.stderr)
    else:
        print(tr("打开时要联网取 Leaflet 程序库"), file=sys.stderr)
    if base.caution:
        print(tr("注意：{caution}", caution=tr(base.caution)), file=sys.stderr)
    return 0
