"""What stands on a city's sheet, as paragraphs: from the report that the window shows, in fewer words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from geodata.analysis.place import place_in_plans
from geodata.atlas import Atlas
from geodata.boundaries import about
from geodata.gazetteer import Place, gazetteer
from geodata.language import mark, tr
from geodata.plan import Citation, Plan, Region, Statement
from geodata.report import Entry, Report, Section
from layers.flow import Block, Span
from layers.scene import Colour
from layers.theme import FAINT_INK, sector_colour

TOLD = ("重点", "定位", "依托", "项目", "内容", "共同", "涉及", "说明")
"""The rows of an entry on a sheet, in this order. What is worked out or judged from them, and not said by the plans,
is not: see UNTOLD."""

UNTOLD = mark("连片关系和各规划产业的对应是推算和判断，这里不列，见程序")

ORDER = ("指标", "项目、工程", "园区、基地、平台", "其他内容", "所属区域")
"""The sections after the roles, those named first first; any other comes last."""

MORE_PLANS = mark("另有 {} 个规划的 {} 项，见程序或数据表")
MORE = mark("另有 {} 项，见程序或数据表")
SHORTENED = mark("篇幅所限，园区、项目和其他内容只列名称，详见程序或数据表。")

HEADING, TOPIC = 1.2, 1.05
"""Sizes as shares of the text's."""

ACCENT: Colour = (158, 48, 36)
"""Of the headings of sections; the city on the map is a lighter red."""

MARK = "■\u00a0"
"""Before a sector, in the colour that it has on the maps."""


Spans: TypeAlias = tuple[Span, ...]


MOST_SILENT = 3
"""Plans named that say nothing of the prefecture; of more the number is told."""

BARE = 3
"""Spans of a role of which nothing more is said: mark, sector, and where it stands."""


class Topic(NamedTuple):
    """A section of a plan: its heading, its entries as spans, and the same in short. Roles have a paragraph an entry,
    others run on."""

    heading: str
    entries: tuple[Spans, ...]
    short: tuple[Spans, ...]
    is_role: bool


class Limits(NamedTuple):
    """How much of a sheet's words there is: entries other than roles `listed` in paragraphs of their own or running on,
    whole or `short`, and at most so many of them, and of roles, a section."""

    listed: bool = False
    short: bool = False
    most: int | None = None
    most_roles: int | None = None


class PlanText(NamedTuple):
    plan: Plan
    topics: tuple[Topic, ...]


class SheetText(NamedTuple):
    place: Place
    title: str
    parts: tuple[PlanText, ...]
    named: tuple[str, ...]
    supposed: tuple[str, ...]
    """Counties of the prefecture that a plan names or clearly means, and those that are only inferred."""
    dropped: tuple[PlanText, ...] = ()
    """Plans for which there is no room at all."""
    silent: tuple[Plan, ...] = ()
    """Plans that say nothing of the prefecture."""

    @property
    def longest(self) -> int:
        """Entries of the longest section that is no role."""
        return max((len(t.entries) for part in self.parts for t in part.topics if not t.is_role), default=0)

    @property
    def most_roles(self) -> int:
        return max((len(t.entries) for part in self.parts for t in part.topics if t.is_role), default=0)


def sheet_text(atlas: Atlas, place: Place, report: Report) -> SheetText:
    """The words of a prefecture's sheet."""
    parts = tuple(
        PlanText(part.plan, tuple(_topic(section) for section in sorted(part.sections, key=_place_of)))
        for part in report.parts
    )
    named, supposed = _counties(atlas, place)
    told = {part.plan for part in parts}
    silent = tuple(plan for plan in atlas.plans if plan not in told) if told else ()
    title = tr("{name}：产业布局一页纸", name=place.name)
    return SheetText(place, title, parts, named, supposed, silent=silent)


def _counties(atlas: Atlas, place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: dict[str, bool] = {}
    for entry in place_in_plans(atlas, place):
        facts: tuple[Statement | Region, ...] = (*entry.together, *entry.statements, *entry.regions)
        sure = [code for fact in facts for code in fact.counties]
        told = [(code, project.basis) for project in entry.projects for code in project.counties]
        told += [(site.county, site.basis) for site in entry.sites if site.county]
        for code, basis in [*((code, "stated") for code in sure), *told]:
            if code[:4] == place.adcode[:4]:
                found[code] = found.get(code, False) or basis != "inferred"
    ordered = sorted(found)
    return tuple(code for code in ordered if found[code]), tuple(code for code in ordered if not found[code])


def _place_of(section: Section) -> int:
    if any(entry.cluster for entry in section.entries):
        return -1
    return ORDER.index(section.kind) if section.kind in ORDER else len(ORDER)


def _topic(section: Section) -> Topic:
    if any(entry.cluster for entry in section.entries):
        roles = tuple(_role_spans(entry) for entry in section.entries)
        return Topic(section.heading, roles, roles, True)
    entries = tuple(_item_spans(entry, _rows(entry)) for entry in section.entries)
    return Topic(section.heading, entries, tuple(_item_spans(entry, []) for entry in section.entries), False)


def _rows(entry: Entry) -> list[str]:
    return [
        tr("{name}：{text}", name=row.name, text=row.text) for kind in TOLD for row in entry.rows if row.kind == kind
    ]


def _cited(entry: Entry) -> Span:
    return Span(tr("〔{text}〕", text=_references(entry.citations)), colour=FAINT_INK, whole=True)


def _references(citations: Iterable[Citation]) -> str:
    """`四（五），第19页、第20页；五（六），第24页`, in the order of the document. No line breaks before the pages."""
    pages: dict[str, dict[str, None]] = {}
    for citation in sorted(citations, key=lambda citation: citation.start):
        pages.setdefault(citation.section, {})[citation.pages] = None
    together = tr("，").rstrip() + "\u00a0"
    listed = ((section, tr("、").join(filter(None, own))) for section, own in pages.items())
    return tr("；").join(together.join(filter(None, parts)) for parts in listed)


def _role_spans(entry: Entry) -> Spans:
    assert entry.cluster is not None
    told = tr("；").join(_rows(entry))
    named = (Span(MARK, colour=sector_colour(entry.cluster[0])), Span(entry.title, bold=True, whole=True))
    return (*named, *([Span(tr("　") + told)] if told else []), _cited(entry))


def _item_spans(entry: Entry, rows: list[str]) -> Spans:
    told = tr("；").join([entry.extra, *rows] if entry.extra else rows)
    words = tr("{name}（{text}）", name=entry.title, text=told) if told else entry.title
    return (Span(words), _cited(entry))


def _foot(text: SheetText) -> tuple[str, ...]:
    plans = [part.plan for part in text.parts]
    documents = tr("；").join(
        tr(
            "《{title}》（{text}）",
            title=plan.document.title,
            text=tr("，").join(filter(None, (plan.document.issuer, _years(plan)))),
        )
        for plan in plans
    )
    words = "".join(s.text for part in text.parts for t in part.topics for entry in t.entries for s in entry)
    notes = [tr("〔 〕中为规划文件的章节和页码"), tr(UNTOLD)]
    if tr("推定") in words or tr("据上下文") in words:
        notes.append(tr("“推定”“据上下文”的归属不是文件写明的，使用前请核实"))
    return (
        tr(
            "资料来源：{documents}。{notes}。",
            documents=documents or tr("各规划都没有写到"),
            notes=tr("；").join(notes),
        ),
        tr("行政区划：{about}。内部使用，未经地图审核。", about=about()),
    )


def _years(plan: Plan) -> str:
    return tr("{period}年", period=plan.period)


# --- paragraphs ---


def body(text: SheetText, limits: Limits) -> list[Block]:
    """The paragraphs within the limits; what is left out is said as a number."""
    blocks: list[Block] = []
    for part in text.parts:
        blocks.append(Block((Span(part.plan.title, bold=True),), HEADING, 0.9, keep=True, ruled=True))
        for topic in part.topics:
            blocks += _topic_blocks(topic, limits)
    if text.dropped:
        blocks.append(Block((Span(tr(MORE_PLANS).format(len(text.dropped), _entries(text.dropped))),), before=0.9))
    return blocks or [Block((Span(tr("现有规划没有写到这个市（州）。")),))]


def omitted(text: SheetText, limits: Limits) -> int:
    """Entries that body() leaves out."""
    shown = sum(len(_shown(topic, limits)) for part in text.parts for topic in part.topics)
    return _entries((*text.parts, *text.dropped)) - shown


def _entries(parts: Iterable[PlanText]) -> int:
    return sum(len(topic.entries) for part in parts for topic in part.topics)


def without_last(text: SheetText) -> SheetText:
    """The same with one plan less."""
    return text._replace(parts=text.parts[:-1], dropped=(text.parts[-1], *text.dropped))


def _shown(topic: Topic, limits: Limits) -> tuple[Spans, ...]:
    entries = topic.short if limits.short else topic.entries
    return entries[: limits.most_roles if topic.is_role else limits.most]


def _topic_blocks(topic: Topic, limits: Limits) -> list[Block]:
    shown = _shown(topic, limits)
    left = len(topic.entries) - len(shown)
    more = (Span(tr(MORE).format(left)),) if left else ()
    if not topic.is_role and not limits.listed:
        spans = [Span(topic.heading + tr("　"), bold=True, colour=ACCENT)]
        for number, entry in enumerate((*shown, more) if more else shown):
            spans += [Span(tr("；")), *entry] if number else entry
        return [Block(tuple(spans), before=0.35)]
    blocks = [Block((Span(topic.heading, bold=True, colour=ACCENT),), TOPIC, 0.4, keep=True)]
    bare = [entry for entry in shown if topic.is_role and len(entry) == BARE]
    blocks += [Block(entry, before=0.15, indent=1.0) for entry in shown if entry not in bare]
    if bare:
        bare = [(*entry[:-1], entry[-1]._replace(glued=True)) for entry in bare]  # read with the wrong name else
        joined = [span for number, entry in enumerate(bare) for span in ((Span(tr("　")), *entry) if number else entry)]
        blocks.append(Block(tuple(joined), before=0.15, indent=1.0))
    if more:
        blocks.append(Block(more, before=0.15, indent=1.0))
    return blocks


def notes(text: SheetText, limits: Limits) -> tuple[str, ...]:
    """What stands at the foot."""
    return (tr(SHORTENED), *_foot(text)) if limits.short else _foot(text)


def summary(text: SheetText) -> list[Block]:
    """The counts beside the maps, and what lies around and in the city."""
    rows = []
    for part in text.parts:
        counts = tr("，").join(
            re.sub(r" ?[（(](\d+)[）)]$", r" \1", topic.heading.replace(tr("（不单属本市）"), ""))
            for topic in part.topics
        )
        rows.append((tr("{name}（{text}）", name=part.plan.title, text=_years(part.plan)), counts))
    rows.append((tr("省内相邻"), _short(text.place.adjoins)))
    if text.named:
        rows.append((tr("规划写到的县（市、区）"), _short(text.named)))
    if text.supposed:
        rows.append((tr("推定涉及的县（市、区）"), _short(text.supposed)))
    if text.silent:
        titles, number = [plan.title for plan in text.silent], len(text.silent)
        words = tr("、").join(titles[:MOST_SILENT])
        words = words if number <= MOST_SILENT else tr("{titles}等 {n} 个规划", titles=words, n=number)
        rows.append((tr("没有写到这里的规划"), words))
    return [
        Block((Span(name + tr("　"), bold=True), Span(words)), before=0.35 if number else 0.0)
        for number, (name, words) in enumerate(rows)
    ]


def _short(adcodes: Iterable[str]) -> str:
    return tr("、").join(gazetteer()[code].short for code in adcodes)
