"""The words by which the passage of a fact is known: what the pack says of it, in the document's own terms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from geodata.documents.folding import fold
from geodata.gazetteer import gazetteer
from geodata.plan import Citation, Indicator, Plan, YearValue


class Passage(NamedTuple):
    """The part of a citation that points at the text: facts with the same passage share it."""

    start: int
    end: int
    digest: str

    @property
    def length(self) -> int:
        return self.end - self.start


def passage_of(citation: Citation) -> Passage:
    return Passage(citation.start, citation.end, citation.digest)


@lru_cache(maxsize=16)
def words_of_passages(plan: Plan) -> dict[Passage, frozenset[str]]:
    """For every cited passage, in the order of the document, the folded words of all facts that cite it."""
    words: dict[Passage, set[str]] = {}
    for record in records(plan):
        own = {folded for word in _words(plan, record) if (folded := fold(word))}
        for citation in record.citations:
            words.setdefault(passage_of(citation), set()).update(own)
    return {key: frozenset(words[key]) for key in sorted(words)}


def records(plan: Plan) -> Iterator[Any]:
    """Everything in the plan that has citations."""
    yield from plan.roles
    for top in plan.sectors:
        yield from top.walk()
    yield from plan.regions
    yield from plan.sites
    yield from plan.assignments
    yield from plan.statements
    yield from plan.projects
    yield from plan.indicators


def _words(plan: Plan, record: Any) -> Iterator[str]:
    """Names, terms, places and figures of one record."""
    fields = record._asdict()
    yield from (fields.get("name", ""), fields.get("status", ""))
    for key in ("aliases", "focus", "positions", "details"):
        yield from fields.get(key, ())
    for adcode in (*fields.get("places", ()), *fields.get("counties", ()), fields.get("place"), fields.get("county")):
        if adcode:
            yield gazetteer()[adcode].short
    named = {sector.id: sector for top in plan.sectors for sector in top.walk()}
    for sector in (*fields.get("sectors", ()), fields.get("sector")):
        if sector:
            yield from (named[sector].name, *named[sector].aliases)
    sites = {site.id: site for site in plan.sites}
    for site in fields.get("sites", ()):
        yield from (sites[site].name, *sites[site].aliases)
    regions = {region.id: region for region in plan.regions}
    for region in fields.get("regions", ()):
        yield from (regions[region].name, *regions[region].aliases)
    if fields.get("role"):
        yield plan.role(fields["role"]).name
    if isinstance(record, Indicator):
        yield from _figures(record)


def _figures(indicator: Indicator) -> Iterator[str]:
    yield indicator.unit
    yield indicator.comparator
    for figure in (indicator.base, indicator.target):
        if isinstance(figure, YearValue):
            if figure.year is not None:
                yield f"{figure.year}年"
            yield f"{figure.value:g}" if figure.value % 1 else f"{figure.value:.0f}"
