"""What the figure speaks of and does not show: industries that draw nothing, items without a place, colours left out."""

from __future__ import annotations

from geodata.language import tr
from layers.catalog.markers import shown_items
from layers.catalog.zones import shown_assignments
from layers.checks.finding import ERROR, WARNING, Finding, listed
from layers.drawing import Op, TextOp
from layers.furniture import GOOD_MAP, map_share
from layers.page import Page
from layers.scene import Scene
from layers.theme import BW_ITEMS, nowhere_words
from layers.view import shown_sectors


def size_findings(scene: Scene, page: Page) -> list[Finding]:
    """Is the map large enough beside its legend?"""
    if scene.panels:
        return []
    share = map_share(scene, page.frame, page.scale)
    if share >= GOOD_MAP:
        return []
    how = tr("把图例换到另一个角，减少产业和图层，或加大页面")
    return [Finding(WARNING, tr("地图只占图幅的 {share:.0%}", share=share), how)]


def unshown_findings(scene: Scene, ops: list[Op]) -> list[Finding]:
    """Industries of the title without a mark on the whole province; remarks on items that the legend must have."""
    plan, view = scene.plan, scene.view
    said = {op.text for op in ops if isinstance(op, TextOp)}
    shown = () if scene.panels else shown_items(plan, view)
    found = []
    if view.extent_of is None:
        placed = {item.sector for item in shown_assignments(plan, view)}
        placed |= {sector for item in shown if item.spots for sector in item.sectors}
        empty = [sector.name for sector in shown_sectors(plan, view) if sector.id not in placed]
        if empty:
            how = tr("去掉这些产业，打开园区和项目图层，或换一个规划")
            found.append(Finding(WARNING, tr("选了而图上什么也没有的产业：{names}", names=listed(empty)), how))
        nowhere = sum(not item.spots for item in shown)
        if nowhere and nowhere_words(nowhere) not in said:
            what = tr("有 {n} 项没有写明地点、不在图上，图上没有说明", n=nowhere)
            found.append(Finding(ERROR, what, tr("在导出对话框中打开图例")))
    several = len({sector for item in shown if item.spots for sector in item.sectors}) > 1
    if view.template.bw and several and scene.markers and tr(BW_ITEMS) not in said:
        found.append(Finding(ERROR, tr("黑白图的符号不分产业，图上没有说明"), tr("在导出对话框中打开图例")))
    if scene.panels and not any(isinstance(op, TextOp) and op.key.endswith(f":{scene.labels[0].key}") for op in ops):
        found.append(Finding(WARNING, tr("小图太小，没有市（州）名称"), tr("加大页面，或减少产业")))
    return found


def unnamed_findings(scene: Scene, ops: list[Op]) -> list[Finding]:
    """Prefectures of the province, or the one zoomed to, whose name found no room."""
    named = {op.key for op in ops if isinstance(op, TextOp) and op.group == "labels"}
    own = (label for label in scene.labels if label.rank == 1 and scene.body.contains(*label.at))
    without = [label.text for label in own if label.key not in named]
    if scene.panels or not without:
        return []
    how = tr("加大页面，或减少产业和图层")
    return [Finding(WARNING, tr("图太小，放不下名称的市（州）：{names}", names=listed(without)), how)]
