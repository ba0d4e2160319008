"""The words and the scale bar around a figure: title, source, dates, approval number."""

from __future__ import annotations

import re

from geodata.boundaries import SINCE, SOURCE, since
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from layers.catalog.names import name_of
from layers.checks.drawn import furniture_text
from layers.checks.finding import ERROR, NOTE, WARNING, Finding
from layers.checks.sight import page_box
from layers.drawing import FillOp, Op
from layers.furniture import full_title
from layers.page import Page
from layers.scene import Scene
from layers.template import NAMES

INTERNAL = mark("内部使用，未经地图审核")

CHANGES = ((2016, mark("简阳市改由成都市代管（此前属资阳市）")),)
"""Year and words of changes of prefectures' borders that plans in the library span."""

APPROVAL = re.compile(r"(GS[\u4e00-\u9fff]?|[\u4e00-\u9fff]S|国审字)[（(\[〔【]\d{4}[）)\]〕】]第?\d+号")
"""How approval numbers are written: GS（2024）0001号, GS川（2024）1号, 川S（2024）00001号."""

TRUE_TO = 0.005
"""Share by which the scale bar may differ from the geodesic."""


def _page_text(ops: list[Op]) -> str:
    """All words around the map without white space, lines joined."""
    return "".join("".join(op.text.split()) for op in furniture_text(ops))


def _plain(text: str) -> str:
    return "".join(text.split())


def title_findings(scene: Scene, ops: list[Op]) -> list[Finding]:
    """Is the title there and whole; does it name place and period?"""
    text, title = _page_text(ops), _plain(full_title(scene))
    stems = [_plain(op.text).removesuffix("…") for op in furniture_text(ops) if op.text.endswith("…")]
    if not title or not scene.title.strip() or (title not in text and not any(title.startswith(s) for s in stems if s)):
        return [Finding(ERROR, tr("图上没有图题"), tr("在导出对话框中打开图题，并写明地区、内容和期间"))]
    found = []
    if title not in text:
        found.append(Finding(WARNING, tr("图题太长，图上截短了"), tr("把图题写短，或加大页面")))
    regions = [region.name for region in scene.plan.regions]
    places = [name_of(place, kind) for place in gazetteer().prefectures for kind in NAMES]
    if not any(word in scene.title for word in ("四川", "川", tr("四川省"), *places, *regions)):
        found.append(Finding(WARNING, tr("图题没有写明地区"), tr("在图题中写出地区，如“四川省”")))
    first, last = map(str, scene.plan.document.period)
    named = re.search(r"[“\"]?[一二三四五六七八九十]+五[”\"]?|Five-Year", scene.title)
    if scene.view.shown and not (first in scene.title and last in scene.title) and not named:
        how = tr("在图题中写出期间，如“（{period}年）”", period=scene.plan.period)
        found.append(Finding(WARNING, tr("图题没有写明期间"), how))
    return found


def scale_findings(page: Page, ops: list[Op]) -> list[Finding]:
    """Is there a scale bar, and is it as long as it says along the geodesic in the middle of the map?"""
    boxes = [page_box(op) for op in ops if isinstance(op, FillOp) and op.group == "scale"]
    said = [match for op in furniture_text(ops) if (match := re.fullmatch(r"(\d+(?:\.\d+)?) (km|m)", op.text))]
    if not boxes or not said:
        return [Finding(ERROR, tr("图上没有比例尺"), tr("在导出对话框中打开比例尺"))]
    from pyproj import Geod

    from geodata.projection import to_lonlat

    length = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    x, y = (page.frame[0] + page.frame[2]) / 2, (page.frame[1] + page.frame[3]) / 2
    ends = (to_lonlat(*page.to_map(x - length / 2, y)), to_lonlat(*page.to_map(x + length / 2, y)))
    metres = Geod(ellps="GRS80").inv(*ends[0], *ends[1])[2]
    stated = float(said[0][1]) * (1000 if said[0][2] == "km" else 1)
    if abs(metres / stated - 1) <= TRUE_TO:
        return []
    what = tr(
        "比例尺标 {said}，实地是 {length:.4g} km，相差 {share:.1%}",
        said=said[0][0],
        length=metres / 1000,
        share=abs(metres / stated - 1),
    )
    return [Finding(ERROR, what, tr("重新出图；仍然如此时不要使用这张图，并告诉维护者"))]


def source_findings(scene: Scene, ops: list[Op]) -> list[Finding]:
    """Are the plan and the boundary data named?"""
    text = _page_text(ops)
    found = []
    if _plain(scene.plan.document.title) not in text:
        what = tr("图上没有写明资料来源《{title}》", title=scene.plan.document.title)
        found.append(Finding(ERROR, what, tr("在导出对话框中打开资料来源")))
    if _plain(tr(SOURCE)) not in text and "天地图" not in text:
        found.append(Finding(ERROR, tr("图上没有写明行政区划数据的来源（天地图）"), tr("在导出对话框中打开资料来源")))
    elif _plain(since()) not in text:
        found.append(Finding(ERROR, tr("图上没有写明行政区划的年份"), tr("在导出对话框中打开资料来源")))
    return found


def date_findings(scene: Scene) -> list[Finding]:
    """The plan's period and boundary date against the date of the boundary data."""
    document = scene.plan.document
    first, last = document.period
    found = []
    if document.boundary_date is None:
        how = tr("底图是 {year} 年以后的行政区划；需要时在图注中说明", year=SINCE)
        found.append(Finding(NOTE, tr("规划没有写明行政区划的日期"), how))
    stated = re.match(r"\d{4}", document.boundary_date or "")
    year = int(stated[0]) if stated else first
    changes = [tr("{year} 年{change}", year=when, change=tr(words)) for when, words in CHANGES if year <= when <= SINCE]
    if last < SINCE or changes:
        what = tr("规划期是 {first}—{last} 年，图上用的是 {year} 年以后的行政区划", first=first, last=last, year=SINCE)
        if changes:
            what = tr("{text}，其间{changes}", text=what, changes=tr("；").join(changes))
        how = tr("核对规划中涉及这些地方的内容，在图注中写明“行政区划为现状”")
        found.append(Finding(WARNING, what, how))
    return found


def approval_findings(scene: Scene, ops: list[Op]) -> list[Finding]:
    """An approval number in the usual form, or the note that the figure is for internal use."""
    text = _page_text(ops)
    number = _plain(scene.view.approval)
    if number and number in text:
        if APPROVAL.fullmatch(number):
            return []
        how = tr("核对后重填，如“{example}”", example="川S（2026）00001号")
        return [Finding(WARNING, tr("审图号“{number}”不像审图号", number=number), how)]
    internal = tr(INTERNAL)
    if _plain(internal) not in text:
        how = tr("填写审图号，或保留“{words}”", words=internal)
        return [Finding(ERROR, tr("图上既没有审图号，也没有注明内部使用"), how)]
    how = tr("公开发表、展示或上传前，先送审并填写审图号")
    return [Finding(NOTE, tr("没有审图号，图上注明“{words}”", words=internal), how)]
