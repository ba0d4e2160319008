"""Facts of a place as lines of text: what `city` prints. The inspector shows the same report as rich text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.analysis.place import PlaceInPlan, joint_statement, place_in_plans
from geodata.atlas import Atlas
from geodata.gazetteer import Place, gazetteer
from geodata.plan import Assignment, Citation, Indicator, Plan, Statement

BASIS = {"stated": "", "context": "据上下文", "inferred": "推定"}
"""How a basis is said; what the document states itself needs no word."""


def references(citations: Sequence[Citation]) -> str:
    """`五（六），第23页；五（六），第24—25页`, each once."""
    return "；".join(dict.fromkeys(citation.reference for citation in citations))


def site_names(plan: Plan, site_ids: Sequence[str]) -> str:
    return "、".join(plan.site(site_id).name for site_id in site_ids)


def place_names(adcodes: Sequence[str]) -> str:
    return "、".join(gazetteer()[adcode].short for adcode in adcodes)


def indicator_words(indicator: Indicator) -> str:
    """`基期 2015年 5671.5亿元，目标 2020年 达到 8000亿元`: the target with its comparator."""
    parts = []
    if indicator.base is not None:
        year = f"{indicator.base.year}年 " if indicator.base.year else ""
        parts.append(f"基期 {year}{indicator.base.value:.12g}{indicator.unit}")
    if indicator.target is not None:
        year = f"{indicator.target.year}年 " if indicator.target.year else ""
        parts.append(f"目标 {year}{indicator.comparator} {indicator.target.value:.12g}{indicator.unit}")
    return "，".join(parts)


def report(atlas: Atlas, place: Place) -> str:
    """Everything the plans say of a place, plan by plan, with section and page of each fact."""
    lines = [f"{gazetteer().full_name(place)}（{place.adcode}）"]
    entries = place_in_plans(atlas, place)
    for entry in entries:
        lines += ["", f"《{entry.plan.heading}》"]
        lines += _entry(entry)
    if not entries:
        lines.append("现有规划没有提到这里")
    return "\n".join(lines)


def _entry(entry: PlaceInPlan) -> Iterator[str]:
    plan = entry.plan
    for role, items in entry.roles:
        yield f"  {role.name}（{len(items)}）"
        for item in items:
            yield f"    {plan.sector(item.sector).name}"
            yield from (f"      {line}" for line in _details(plan, item))
            joint = joint_statement(entry, item)
            if joint is not None:
                yield f"      与其他市（州）共同：见下“{joint.summary}”"
            yield f"      依据：{references(item.citations)}"
    for heading, statements in (
        ("几市共同或整个区域的内容（不单属本市）", entry.together),
        ("其他内容", entry.statements),
    ):
        if statements:
            yield f"  {heading}"
        for statement in statements:
            yield f"    {statement.summary}（{place_names(statement.places)}）"
            yield from (f"      {line}" for line in _details(plan, statement))
            yield f"      依据：{references(statement.citations)}"
    if entry.sites:
        yield "  园区、基地、平台"
        for site in entry.sites:
            where = gazetteer()[site.county].name if site.county else ""
            extra = "，".join(part for part in (site.kind, where, BASIS[site.basis]) if part)
            yield f"    {site.name}（{extra}）：{references(site.citations)}"
            if site.note:
                yield f"      说明：{site.note}"
    if entry.projects:
        yield "  项目、工程"
        for project in entry.projects:
            extra = "，".join(part for part in (project.kind, project.status, BASIS[project.basis]) if part)
            yield f"    {project.name}（{extra}）：{references(project.citations)}"
            if project.details:
                yield f"      内容：{'、'.join(project.details)}"
            if project.note:
                yield f"      说明：{project.note}"
    if entry.regions:
        yield "  所属区域"
        for region in entry.regions:
            members = f"（{place_names(region.places)}）" if region.places else ""
            yield f"    {region.name}{members}：{references(region.citations)}"
            if region.note:
                yield f"      说明：{region.note}"
    if entry.indicators:
        yield "  指标"
        for indicator in entry.indicators:
            yield f"    {indicator.name}：{indicator_words(indicator)}：{references(indicator.citations)}"
            if indicator.note:
                yield f"      说明：{indicator.note}"


def _details(plan: Plan, fact: Assignment | Statement) -> Iterator[str]:
    if fact.focus:
        yield f"重点：{'、'.join(fact.focus)}"
    if fact.positions:
        yield f"定位：{'；'.join(fact.positions)}"
    if fact.sites:
        yield f"依托：{site_names(plan, fact.sites)}"
    if fact.note:
        yield f"说明：{fact.note}"
