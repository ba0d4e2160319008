"""What else there is to find in a plan: positions, terms of nobody's role, indicators, and statements of places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geodata.language import tr
from geodata.plan import Assignment, Citation, Indicator, Plan, Statement
from geodata.report import indicator_words
from geodata.searching.entries import (
    INDICATOR,
    POSITION,
    STATEMENT,
    TERM,
    Entry,
    Names,
    SaidKey,
    about_words,
    joined,
    named,
    own_citations,
    pages_of,
)


def sayings(plan: Plan, names: Names) -> Iterator[Entry]:
    """The entries that lead to a passage of the plan, and to places where it is said of any."""
    positions: dict[tuple[str, str], list[Assignment]] = {}
    for item in plan.assignments:
        for text in item.positions:
            positions.setdefault((item.sector, text), []).append(item)
    for (sector, text), items in positions.items():
        codes = tuple(dict.fromkeys(item.place for item in items))
        citations = [citation for item in items for citation in own_citations(plan, item)]
        words = joined(named(codes), plan.sector(sector).name)
        yield _entry(POSITION, plan, text, (sector,), codes, citations, words, names)
    with_role = {term for item in plan.assignments for term in item.focus}
    for statement in plan.statements:
        codes = (*statement.places, *statement.counties)
        words = joined(_together(statement), statement.summary)
        for text in statement.positions:
            yield _entry(POSITION, plan, text, statement.sectors, codes, statement.citations, words, names)
        if not (statement.sectors and codes):  # the others are among the terms of sectors
            for text in statement.focus:
                if text not in with_role:
                    yield _entry(TERM, plan, text, statement.sectors, codes, statement.citations, words, names)
        yield _statement(plan, statement, names)
    for indicator in plan.indicators:
        yield _indicator(plan, indicator, names)


def _entry(
    group: int,
    plan: Plan,
    text: str,
    sectors: Sequence[str],
    codes: Sequence[str],
    citations: Sequence[Citation],
    detail: str,
    names: Names,
) -> Entry:
    tops = _tops(plan, sectors)
    target = SaidKey(plan.id, text, tops, tuple(codes), tuple(dict.fromkeys(citations)))
    about = about_words([sector.name for sector in plan.sectors if sector.id in tops], codes, names)
    words = joined(detail, pages_of(target.citations))
    return Entry(group, target, (names(text),), (), about, words, plan.id, 0 if codes else 1)


def _tops(plan: Plan, sectors: Iterable[str]) -> tuple[str, ...]:
    """The top sectors above these."""
    wanted = set(sectors)
    return tuple(top.id for top in plan.sectors if any(sector.id in wanted for sector in top.walk()))


def _together(statement: Statement) -> str:
    codes = (*statement.places, *statement.counties)
    return named(codes) + (tr("（合写）") if len(codes) > 1 else "") if codes else ""


def _statement(plan: Plan, item: Statement, names: Names) -> Entry:
    """With what it names: its sites and regions."""
    regions = [region.name for region in plan.regions if region.id in item.regions]
    contents = tuple(names(text) for text in (*(plan.site(site).name for site in item.sites), *regions))
    found = _entry(
        STATEMENT,
        plan,
        item.summary,
        item.sectors,
        (*item.places, *item.counties),
        item.citations,
        _together(item),
        names,
    )
    return found._replace(contents=contents)


def _indicator(plan: Plan, item: Indicator, names: Names) -> Entry:
    words = joined(item.scope, indicator_words(item))
    return _entry(INDICATOR, plan, item.name, item.sectors, item.places, item.citations, words, names)
