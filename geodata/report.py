"""What the plans say of a place, a site or a project, as a report that window, command line and web page all show.

A report is plain values: parts by plan, sections, entries with rows and citations. `wording` makes text of it, the
inspector rich text with links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from geodata.analysis.clusters import Cluster, clusters
from geodata.analysis.crosswalk import related
from geodata.analysis.items import PROJECT, SITE, Item, ItemKey, find_item
from geodata.analysis.place import PlaceInPlan, joint_statement, place_in_plans
from geodata.atlas import Atlas
from geodata.gazetteer import Place, gazetteer
from geodata.language import mark, tr
from geodata.plan import Assignment, Citation, Indicator, Plan, Project, Role, Sector, Site, Statement

BASIS = {"stated": "", "context": mark("据上下文"), "inferred": mark("推定")}
"""How a basis is said; what the document states itself needs no word."""

MATCHES = {
    "same": mark("对应{plan}的{names}"),
    "part_of": mark("属于{plan}的{names}"),
    "contains": mark("包含{plan}的{names}"),
}
"""Relation to sectors of another plan -> how a report says it."""

TOGETHER = mark("几市共同或整个区域的内容（不单属本市）")


class Group(NamedTuple):
    """Prefectures to be shown together."""

    places: tuple[str, ...]


Target: TypeAlias = str | ItemKey | Group
"""What a piece of text leads to: a place by adcode, a site or project, or a group of places."""


class Piece(NamedTuple):
    text: str
    target: Target | None = None


class Row(NamedTuple):
    """A name and what stands beside it. `kind` is the name in Chinese, whatever the language in use."""

    name: str
    pieces: tuple[Piece, ...]
    kind: str

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Entry(NamedTuple):
    """One fact: its title, a word in brackets, rows, and the citations it stands on. `cluster` is set for roles."""

    title: str
    extra: str
    rows: tuple[Row, ...]
    citations: tuple[Citation, ...]
    target: ItemKey | None = None
    cluster: tuple[Sector, Role] | None = None


class Section(NamedTuple):
    """Facts under a heading. `kind` is the heading in Chinese without their number, whatever the language in use."""

    heading: str
    entries: tuple[Entry, ...]
    kind: str


class Part(NamedTuple):
    """What one plan says."""

    plan: Plan
    sections: tuple[Section, ...]


class Report(NamedTuple):
    title: str
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]


# --- words ---


def references(citations: Sequence[Citation]) -> str:
    """`五（六），第23页；五（六），第24—25页`, each once."""
    return tr("；").join(dict.fromkeys(citation.reference for citation in citations))


def place_names(adcodes: Sequence[str]) -> str:
    return tr("、").join(gazetteer()[adcode].short for adcode in adcodes)


def indicator_words(indicator: Indicator) -> str:
    """`基期 2015年 5671.5亿元，目标 2020年 达到 8000亿元`: the target with its comparator."""
    parts = []
    if indicator.base is not None:
        year, figure = indicator.base.year, f"{indicator.base.value:.12g}{indicator.unit}"
        parts.append(
            tr("基期 {year}年 {figure}", year=year, figure=figure) if year else tr("基期 {figure}", figure=figure)
        )
    if indicator.target is not None:
        year, figure = indicator.target.year, f"{indicator.target.value:.12g}{indicator.unit}"
        figure = f"{indicator.comparator} {figure}"
        parts.append(
            tr("目标 {year}年 {figure}", year=year, figure=figure) if year else tr("目标 {figure}", figure=figure)
        )
    return tr("，").join(parts)


def _joined(*parts: str) -> str:
    return tr("，").join(part for part in parts if part)


def _row(kind: str, text: str) -> tuple[Row, ...]:
    """A row, or none where there is nothing to say."""
    return (Row(tr(kind), (Piece(text),), kind),) if text else ()


def links(kind: str, pieces: Iterable[Piece], **values: str) -> tuple[Row, ...]:
    """A row of linked pieces with 、 between them; its name may need values."""
    found: list[Piece] = []
    for piece in pieces:
        found += [Piece(tr("、")), piece] if found else [piece]
    return (Row(tr(kind, **values), tuple(found), kind),) if found else ()


def places(adcodes: Iterable[str]) -> list[Piece]:
    """Places by their short names, each linked with itself."""
    return [Piece(gazetteer()[adcode].short, adcode) for adcode in adcodes]


def _site_pieces(plan: Plan, sites: Iterable[str]) -> list[Piece]:
    return [Piece(plan.site(site).name, ItemKey(plan.id, SITE, site)) for site in sites]


# --- a place ---


def place_report(atlas: Atlas, place: Place) -> Report:
    """Everything the plans say of a prefecture, its counties included, or of a county."""
    entries = place_in_plans(atlas, place)
    rows: tuple[Row, ...] = ()
    if not place.is_prefecture:
        rows = links(mark("所属"), [Piece(gazetteer()[place.parent].name, place.parent)])
    else:
        named = sorted({county for entry in entries for county in _counties(entry) if county[:4] == place.adcode[:4]})
        rows = links(mark("写到的县（市、区）"), places(named))
    parts = tuple(Part(entry.plan, tuple(_sections(atlas, entry, place))) for entry in entries)
    return Report(tr("{name}（{text}）", name=gazetteer().full_name(place), text=place.adcode), rows, parts)


def _counties(entry: PlaceInPlan) -> Iterator[str]:
    for statement in (*entry.together, *entry.statements):
        yield from statement.counties
    for project in entry.projects:
        yield from project.counties
    for region in entry.regions:
        yield from region.counties
    yield from (site.county for site in entry.sites if site.county)


def _sections(atlas: Atlas, entry: PlaceInPlan, place: Place) -> Iterator[Section]:
    plan = entry.plan
    found = clusters(plan, place.adcode)
    for role, items in entry.roles:
        here = tuple(_role_entry(atlas, entry, cluster) for cluster in found if cluster.role == role)
        yield Section(_heading(role.name, len(items)), here, role.name)
    for kind, statements in ((TOGETHER, entry.together), (mark("其他内容"), entry.statements)):
        if statements:
            told = tuple(_statement_entry(plan, item) for item in statements)
            yield Section(_heading(tr(kind), len(told)), told, kind)
    lists: tuple[tuple[str, tuple[Entry, ...]], ...] = (
        (mark("园区、基地、平台"), tuple(_site_entry(plan, site) for site in entry.sites)),
        (mark("项目、工程"), tuple(_project_entry(plan, project) for project in entry.projects)),
        (
            mark("所属区域"),
            tuple(
                Entry(
                    region.name,
                    _joined(region.kind, place_names(region.counties or region.places)),
                    _row(mark("说明"), region.note),
                    region.citations,
                )
                for region in entry.regions
            ),
        ),
        (
            mark("指标"),
            tuple(
                Entry(item.name, indicator_words(item), _row(mark("说明"), item.note), item.citations)
                for item in entry.indicators
            ),
        ),
    )
    for kind, entries in lists:
        if entries:
            yield Section(_heading(tr(kind), len(entries)), entries, kind)


def _heading(name: str, number: int) -> str:
    return tr("{name}（{n}）", name=name, n=number)


def _role_entry(atlas: Atlas, entry: PlaceInPlan, cluster: Cluster) -> Entry:
    plan, item = entry.plan, cluster.assignment
    joint = joint_statement(entry, item)
    others = tuple(code for code in cluster.group if code != item.place)
    group = [Piece(place_names(others), Group(cluster.group))] if others else []
    rows = (
        *_row(mark("重点"), tr("、").join(item.focus)),
        *_row(mark("定位"), tr("；").join(item.positions)),
        *links(mark("依托"), _site_pieces(plan, item.sites)),
        *links(mark("项目"), [Piece(p.name, ItemKey(plan.id, PROJECT, p.id)) for p in cluster.projects]),
        *links(mark("连片的{role}（按相邻关系推算）"), group, role=cluster.role.name),
        *_row(mark("共同"), tr("见下“{summary}”", summary=joint.summary) if joint is not None else ""),
        *_row(mark("其他规划（整理者判断）"), _matches(atlas, plan, cluster.sector)),
        *_row(mark("说明"), item.note),
    )
    return Entry(cluster.sector.name, "", rows, item.citations, cluster=(cluster.sector, cluster.role))


def _matches(atlas: Atlas, plan: Plan, sector: Sector) -> str:
    """The sectors of other plans that the crosswalk relates to this one as wholes."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in related(atlas, plan.id, sector.id):
        if item.part is None and item.sector is not None and item.sector is item.top:
            found.setdefault((item.plan.title, item.relation), []).append(item.sector.name)
    return tr("；").join(
        tr(MATCHES[relation], plan=title, names=tr("、").join(names)) for (title, relation), names in found.items()
    )


def _statement_entry(plan: Plan, item: Statement) -> Entry:
    rows = (
        *links(mark("涉及"), places((*item.places, *item.counties))),
        *_row(mark("重点"), tr("、").join(item.focus)),
        *_row(mark("定位"), tr("；").join(item.positions)),
        *links(mark("依托"), _site_pieces(plan, item.sites)),
        *_row(mark("说明"), item.note),
    )
    return Entry(item.summary, "", rows, item.citations)


def _site_entry(plan: Plan, site: Site) -> Entry:
    county = gazetteer()[site.county].name if site.county else ""
    extra = _joined(site.kind, county, tr(BASIS[site.basis]))
    return Entry(site.name, extra, _row(mark("说明"), site.note), site.citations, ItemKey(plan.id, SITE, site.id))


def _project_entry(plan: Plan, project: Project) -> Entry:
    extra = _joined(project.kind, project.status, place_names(project.counties), tr(BASIS[project.basis]))
    rows = (*_row(mark("内容"), tr("、").join(project.details)), *_row(mark("说明"), project.note))
    return Entry(project.name, extra, rows, project.citations, ItemKey(plan.id, PROJECT, project.id))


# --- a site or project ---


def item_report(atlas: Atlas, key: ItemKey) -> Report | None:
    """Everything of one site or project; None when no plan has it."""
    item = find_item(atlas.plans, key)
    if item is None:
        return None
    plan = atlas.plan(key.plan)
    fact = item.fact
    known = (*fact.counties, *fact.places) if isinstance(fact, Project) else (fact.county, fact.place)
    rows = (
        *_row(mark("类别"), fact.kind),
        *_row(mark("别名"), tr("、").join(fact.aliases) if isinstance(fact, Site) else ""),
        *_row(mark("产业"), tr("、").join(plan.sector(sector).name for sector in fact.sectors)),
        *links(mark("地点"), places(code for code in known if code)),
        *_row(mark("位置"), _position_words(item)),
        *(_project_rows(plan, fact) if isinstance(fact, Project) else _site_rows(plan, fact)),
        *_row(mark("说明"), fact.note),
    )
    entry = Entry("", "", rows, fact.citations)
    return Report(item.name, (), (Part(plan, (Section("", (entry,), ""),)),))


def _position_words(item: Item) -> str:
    basis = {"stated": tr("文件写明"), "context": tr("据上下文"), "inferred": tr("推定，不是文件写明的")}[item.basis]
    if item.precision == "none":
        return tr("文件没有写明地点，不上图")
    where = {"site": tr("具体位置"), "county": tr("只知到县（市、区）"), "prefecture": tr("只知到市（州）")}[
        item.precision
    ]
    return tr("{name}（{text}）", name=where, text=basis)


def _project_rows(plan: Plan, project: Project) -> tuple[Row, ...]:
    return (
        *_row(mark("进展"), project.status),
        *_row(mark("内容"), tr("、").join(project.details)),
        *links(mark("依托"), _site_pieces(plan, project.sites)),
    )


def _site_rows(plan: Plan, site: Site) -> tuple[Row, ...]:
    carried = [_carried(plan, item) for item in plan.assignments if site.id in item.sites]
    projects = [p for p in plan.projects if site.id in p.sites]
    return (
        *links(mark("承载"), carried),
        *links(mark("项目"), [Piece(p.name, ItemKey(plan.id, PROJECT, p.id)) for p in projects]),
    )


def _carried(plan: Plan, item: Assignment) -> Piece:
    place, sector, role = gazetteer()[item.place].short, plan.sector(item.sector).name, plan.role(item.role).name
    return Piece(tr("{place}{sector}（{role}）", place=place, sector=sector, role=role), item.place)
