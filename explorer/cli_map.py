"""The command `map`: one figure; and the options that it shares with `atlas`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.atlas import find_sector
from geodata.language import tr
from geodata.library import DEFAULT_PLAN
from geodata.problems import fail
from geodata.saving import is_dir
from layers.template import CORNERS, ELEMENTS, MOVABLE, NAMES, Template, typed
from layers.view import FIRST_LAYERS, MOST_BW, STYLES, ViewState, effective_style, view_for

if TYPE_CHECKING:
    from geodata.atlas import Atlas
    from geodata.boundaries import Progress
    from geodata.plan import Plan
    from layers.checks.finding import Finding
    from layers.page import Page
    from layers.scene import Scene

Choose = Callable[[str | None], "tuple[Atlas, Plan]"]

UNTITLED = (".docx", ".html", ".htm")
"""Formats in which the title is text beside the figure and never shortened."""


def add_command(commands: Any, choose: Choose, progress: Progress) -> None:
    """Adds `map` to the commands. `choose` finds the plan of a name, `progress` says how far the work is."""
    figure = commands.add_parser("map", help=tr("出图（PNG、TIFF、SVG、PDF、PPTX、DOCX、HTML，由文件后缀决定）"))
    figure.add_argument("out", metavar="OUT", type=Path, help=tr("图件文件，如 新材料.png"))
    figure.add_argument("--plan", metavar="P", help=tr("规划编号或数据包文件，默认 {plan}", plan=DEFAULT_PLAN))
    figure.add_argument(
        "--sector", metavar="S", nargs="+", action="extend", help=tr("产业，可写多个；不写时为全部产业")
    )
    zoom = figure.add_mutually_exclusive_group()
    zoom.add_argument("--city", metavar="C", help=tr("放大到这个市（州），并画出县界"))
    zoom.add_argument("--region", metavar="R", help=tr("放大到规划的这个区域，并画出县界"))
    add_look(figure)
    figure.add_argument("--dpi", type=float, default=300, metavar="N", help=tr("PNG、TIFF 的分辨率，默认 300"))
    figure.add_argument("--title", default="", metavar="T", help=tr("图题，默认由所显示的内容生成"))
    figure.add_argument("--number", default="", metavar="N", help=tr("图号，如 “图 3-1”，写在图题前"))
    figure.add_argument("--check", action="store_true", help=tr("写好后做出图检查，列出问题和办法；有错误时退出码为 1"))
    figure.set_defaults(run=lambda options: make_map(options, choose, progress))


def add_look(command: argparse.ArgumentParser) -> None:
    """The options that say how figures look, for looks()."""
    command.add_argument(
        "--layer",
        nargs="+",
        action="extend",
        choices=("sites", "projects", "regions", "none"),
        help=tr(
            "叠加：sites 园区和平台，projects 项目和工程，regions 区域；默认不叠加，规划没有给市（州）角色时叠加前两种"
        ),
    )
    command.add_argument(
        "--style",
        choices=STYLES,
        default="auto",
        help=tr("画法：{styles}；默认 auto，按产业个数决定", styles=_explained(STYLES)),
    )
    command.add_argument("--bw", action="store_true", help=tr("黑白图，只用线纹区分"))
    command.add_argument(
        "--page", metavar="SIZE", default="a4", help=tr("a4、a4-portrait、a3、a3-portrait、slide 或 160x120mm")
    )
    usual = Template()
    command.add_argument(
        "--names",
        choices=NAMES,
        default=usual.names,
        help=tr("地名：{names}；默认 {default}", names=_explained(NAMES), default=usual.names),
    )
    command.add_argument("--approval", default="", metavar="N", help=tr("审图号；不写时注明“内部使用，未经地图审核”"))
    command.add_argument("--note", default="", metavar="T", help=tr("图下的说明"))
    command.add_argument("--maker", default="", metavar="T", help=tr("制图单位"))
    command.add_argument("--date", default="", metavar="D", help=tr("制图日期"))
    command.add_argument(
        "--legend-title",
        default="",
        metavar="T",
        help=tr("图例的标题，默认“{default}”", default=tr(usual.legend_title)),
    )
    command.add_argument(
        "--north-words",
        default="",
        metavar="T",
        help=tr("指北针上的字，默认“{default}”", default=tr(usual.north_words)),
    )
    command.add_argument("--title-font", default="", metavar="F", help=tr("图题的字体，如 黑体；没有时用内置字体"))
    command.add_argument("--font", default="", metavar="F", help=tr("其余文字的字体，如 宋体；没有时用内置字体"))
    command.add_argument(
        "--without",
        nargs="+",
        action="extend",
        choices=ELEMENTS,
        default=[],
        help=tr("不要：{elements}", elements=_explained(ELEMENTS)),
    )
    command.add_argument("--graticule", action="store_true", help=tr("画经纬网"))
    for element in MOVABLE:
        default = getattr(usual, element)
        words = tr(
            "{element}在哪个角：{corners}；默认 {default}",
            element=tr(ELEMENTS[element]),
            corners=_explained(CORNERS),
            default=default,
        )
        command.add_argument(f"--{element}-at", choices=CORNERS, default=default, help=words)


def _explained(choices: Mapping[str, str]) -> str:
    """Each choice with the words for it."""
    return tr("，").join(f"{name} {tr(meaning)}" for name, meaning in choices.items())


def looks(options: argparse.Namespace, plan: Plan) -> dict[str, Any]:
    """What the options of add_look say, as fields of a ViewState. Raises UserError for words that are too long."""
    layers = FIRST_LAYERS if options.layer is None and not plan.assignments else frozenset(options.layer or ())
    usual = Template()
    words = {name: typed(name, getattr(options, name)) for name in ("note", "maker", "date")}
    renamed = {name: typed(name, getattr(options, name)) for name in ("legend_title", "north_words")}
    wanted = {"graticule": options.graticule, "maker": words["maker"] or words["date"]}
    switched_on = {name for name, on in wanted.items() if on}
    template = usual._replace(
        off=(usual.off - switched_on) | frozenset(options.without),
        **words,
        **{name: text for name, text in renamed.items() if text},
        title_font=options.title_font,
        text_font=options.font,
        names=options.names,
        bw=options.bw,
        **{element: getattr(options, f"{element}_at") for element in MOVABLE},
    )
    return {
        "style": options.style,
        "layers": layers - {"none"},
        "approval": typed("approval", options.approval),
        "template": template,
    }


def check_style(options: argparse.Namespace, plan: Plan, views: Sequence[ViewState], alone: str) -> None:
    """Raises UserError when the figures of these views cannot have the style, or would leave out what the options of
    add_look ask for. `alone` says how to get figures of one sector."""
    style, drawn = options.style, {effective_style(plan, view) for view in views}
    if style in ("count", "multiples") and style not in drawn:
        what = tr("{plan}没有给市（州）分派角色，没有可用“{style}”表示的内容", plan=plan.title, style=tr(STYLES[style]))
        raise fail("", what, tr("去掉 --style"))
    if style == "zones" and drawn != {style}:
        hint = tr("{alone}，或改用 stripes、glyphs、multiples、count", alone=alone)
        raise fail("", tr("分区画法一次只能表示一个产业"), hint)
    if style == "stripes" and drawn != {style}:
        hint = tr("{alone}，去掉 --bw，或改用 glyphs、multiples、count", alone=alone)
        raise fail("", tr("黑白的条纹最多分清 {most} 个产业", most=MOST_BW), hint)
    if style != "multiples":
        return
    if any(view.extent_of for view in views):
        raise fail("", tr("小图只画全省，不能放大"), tr("去掉 --city、--region，或换一种 --style"))
    if set(options.layer or ()) - {"none"}:
        raise fail("", tr("小图不叠加园区、项目和区域"), tr("去掉 --layer，或换一种 --style"))
    if options.graticule:
        raise fail("", tr("小图不画经纬网"), tr("去掉 --graticule，或换一种 --style"))


def make_map(options: argparse.Namespace, choose: Choose, progress: Progress) -> int:
    """Writes the figure. 1 when it was to be checked and has an error, else 0."""
    from explorer.runs import no_folder
    from layers.export import check_dpi, exporter_of
    from layers.page import paper_size

    exporter_of(options.out)
    title, number = typed("title", options.title), typed("number", options.number)
    check_dpi(options.dpi)
    size = paper_size(options.page)
    if not is_dir(options.out.absolute().parent):
        raise no_folder(options.out)
    atlas, plan = choose(options.plan)
    sectors = chosen_sectors(options.sector, plan)
    extent = _extent(options, atlas, plan)

    from explorer.figure import export_figure

    view = view_for(plan, sectors)._replace(**looks(options, plan), title=title, extent_of=extent)
    view = view._replace(template=view.template._replace(number=number))
    check_style(options, plan, [view], tr("只写一个 --sector"))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    scene, page = export_figure(atlas, view, size, options.dpi, options.out, progress=progress)
    print(options.out)
    if options.out.suffix.lower() not in UNTITLED:
        _say_shortened(scene, page)
    return _print_check(scene, page) if options.check else 0


def _extent(options: argparse.Namespace, atlas: Atlas, plan: Plan) -> str | None:
    """ViewState.extent_of from --city or --region."""
    if options.region is not None:
        from layers.extent import REGION, find_region

        return REGION + find_region(plan, options.region).id
    if options.city is None:
        return None
    return chosen_city(options.city, atlas)


def chosen_sectors(given: Sequence[str] | None, plan: Plan) -> list[str]:
    """Ids of the sectors named, several in one word parted by 、 or a comma too; of all when none is."""
    names = [name for words in given or () for name in words.replace("，", "、").replace(",", "、").split("、")]
    return [find_sector(plan, name).id for name in names] or [sector.id for sector in plan.sectors]


def chosen_city(name: str, atlas: Atlas) -> str:
    """The adcode of a prefecture to zoom to."""
    city = atlas.places.resolve(name)
    if not city.is_prefecture:
        parent = atlas.places[city.parent]
        what = tr("“{name}”是县级单位，图幅只能放大到市（州）", name=name)
        raise fail("", what, tr("写 --city {city}", city=parent.short))
    return city.adcode


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Two lines a finding: how serious and what; how to mend it."""
    from layers.checks.finding import SEVERITIES

    lines = []
    for found in findings:
        lines.append(tr("{severity}：{what}", severity=tr(SEVERITIES[found.severity]), what=found.what))
        lines.append(tr("　办法：{hint}", hint=found.how))
    return lines


def _say_shortened(scene: Scene, page: Page) -> None:
    """A notice when the title did not fit on the figure."""
    from explorer.figure import title_drawn
    from layers.furniture import full_title

    drawn = title_drawn(scene, page)
    if drawn and drawn != full_title(scene):
        print(tr("注意：图题太长，图上截短为“{title}”", title=drawn), file=sys.stderr)
        print(tr("办法：{hint}", hint=tr("用 --title 写短图题，或加大页面")), file=sys.stderr)


def _print_check(scene: Scene, page: Page) -> int:
    from layers.check import check_figure
    from layers.checks.finding import ERROR
    from layers.fonts import measure

    findings = check_figure(scene, page, measure)
    print(tr("出图检查"))
    print("\n".join(finding_lines(findings)))
    return 1 if any(found.severity == ERROR for found in findings) else 0
