"""Names of military or otherwise restricted facilities on a figure: the user decides, the table only points them out."""

from __future__ import annotations

import re

from geodata.analysis.items import find_item
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.report import references
from layers.catalog.regions import drawn_regions
from layers.checks.drawn import marked_items
from layers.checks.finding import DECIDE, Finding
from layers.drawing import Op, TextOp
from layers.scene import Scene

RESTRICTED: tuple[tuple[str, str], ...] = (
    (r"国防|军工|兵器|武器|导弹|弹药|火工|战备|(?<![领冠亚季])军", mark("涉军")),
    (r"(?<![考审复稽内结果单双多])核(?!心|查|准|算|实|定|桃|减|发|验|对|酸|销)", mark("涉核")),
    (r"空气动力|风洞|高超声速", mark("空气动力试验设施")),
    (r"雷达|电子对抗|测控|卫星地面站|发射场", mark("雷达、测控或发射设施")),
    (r"银河596|九院|工程物理", mark("核工业和军工单位的旧址或代号")),
    (r"保密|涉密", mark("涉密")),
)
"""Words in a name (with what only looks like them left out: 核心, 考核, 领军, 冠军) -> why it is listed."""

HOW = mark("请确认可以公开标注；不能确认的，关闭该图层或先征求主管部门意见")


def reason(name: str) -> str:
    """Why a name is listed, with the words found; empty when it is not."""
    found = [(match[0], why) for pattern, why in RESTRICTED if (match := re.search(pattern, name))]
    return tr("、").join(tr("{why}（“{word}”）", why=tr(why), word=word) for word, why in found)


def restricted_findings(scene: Scene, ops: list[Op]) -> list[Finding]:
    """Sites, projects and regions on the figure, and its title, whose names the table points out."""
    named = {op.text for op in ops if isinstance(op, TextOp)}
    found = []
    title = scene.plan.document.title
    for key, alone in marked_items(ops).items():
        item = find_item((scene.plan,), key)
        if item is None:
            continue
        name = next((name for name in (item.name, *getattr(item.fact, "aliases", ())) if reason(name)), "")
        if not name:
            continue
        how = tr("标有名称") if item.name in named else tr("有符号，没有名称") if alone else tr("计在数字里")
        called = tr("“{name}”（又称“{other}”）", name=item.name, other=name)
        what = tr(
            "{name}：名称提示{reason}；位置 {places}，图上{how}；依据《{title}》{pages}",
            name=tr("“{text}”", text=name) if name == item.name else called,
            reason=reason(name),
            places=tr("、").join(gazetteer()[spot.place].name for spot in item.spots),
            how=how,
            title=title,
            pages=references(item.fact.citations),
        )
        found.append(Finding(DECIDE, what, tr(HOW)))
    for region in drawn_regions(scene.plan, scene.view):
        if reason(region.name):
            what = tr(
                "区域“{name}”：名称提示{reason}；依据《{title}》{pages}",
                name=region.name,
                reason=reason(region.name),
                title=title,
                pages=references(region.citations),
            )
            found.append(Finding(DECIDE, what, tr(HOW)))
    if reason(scene.title):
        what = tr("图题“{title}”：提示{reason}", title=scene.title, reason=reason(scene.title))
        found.append(Finding(DECIDE, what, tr("请确认图题可以公开，或改写图题")))
    return found
