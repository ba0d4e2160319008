"""Search: what of the plans and places a few characters mean, grouped by kind and ranked.

A query is met as written, in pinyin, by initials or codes, then nearly (a wrong homophone, one or two typing errors),
then as a question in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geodata.gazetteer import gazetteer
from geodata.identity import by_identity
from geodata.language import mark, tr
from geodata.plan import Plan
from geodata.searching.entries import GROUPS, Entry, Target, entries
from geodata.searching.matching import INSIDE, Marks, Match, Matcher, direct, homophone, nearly, parted
from geodata.searching.names import Name, fold

LONGEST = 100
"""Characters of a query that are looked at."""

NAME, ALIAS, CONTENT = "", mark("即“{alias}”，{detail}"), mark("含“{alias}”，{detail}")
"""What of an entry was met, as the result says it: its name needs no word."""


class Hit(NamedTuple):
    """Something found: what it is, its name with the parts that were met (start and end, excluded), what kind and
    where, and the title of its plan, empty for places. `kind` is one of the kinds of matches of searching.matching."""

    target: Target
    name: str
    marks: Marks
    detail: str
    plan: str
    kind: int


class Group(NamedTuple):
    """The best hits of a kind of things, one of GROUPS, and how many there are in all."""

    title: str
    hits: tuple[Hit, ...]
    total: int


@by_identity
class Index(NamedTuple):
    """All there is to be found in some plans."""

    plans: tuple[Plan, ...]
    entries: tuple[Entry, ...]


class _Found(NamedTuple):
    entry: int
    match: Match
    told: str
    alias: str
    target: Target
    detail: str


def search_index(plans: Sequence[Plan]) -> Index:
    """The index of these plans and all places; made in some hundredths of a second."""
    return Index(tuple(plans), entries(plans))


def search(index: Index, text: str, plan_id: str = "", most_per_group: int = 5) -> tuple[Group, ...]:
    """What `text` means, the group with the best hit first; among equals the current plan's come first."""
    text = text.strip()[:LONGEST]
    query = fold(text)
    if not query:
        return ()
    several = len(text.split()) > 1
    found = _meet(index, direct(query))
    if several:
        known = {hit.entry for hit in found}
        found += [hit for hit in _asked(index, text) if hit.entry not in known]
    if not found and not several and _names_place(query):
        found = _asked(index, text)
    if not found:
        found = _nearly(index, query)
    if not found and not several:
        found = _asked(index, text)
    known = {hit.entry for hit in found}
    found += [hit for hit in _meet(index, parted(query)) if hit.entry not in known]
    return _grouped(index, found, plan_id, most_per_group)


def _names_place(query: str) -> bool:
    """Whether a longer query has a place's name in it, and is a question rather than a misspelt name."""
    shorts = {place.short for place in gazetteer().places.values() if len(place.short) > 1}
    return any(short in query and len(query) >= len(short) + 2 for short in shorts)


def _meet(index: Index, meets: Matcher) -> list[_Found]:
    found = []
    for number, entry in enumerate(index.entries):
        best: _Found | None = None
        for names, told in ((entry.names, NAME), (entry.aliases, ALIAS), (entry.contents, CONTENT)):
            for name in names:
                match = meets(name)
                if match is None or not _reaches(match, name) or (best and match[:2] >= best.match[:2]):
                    continue
                shown = entry.names[0]
                if name is not shown and not (told == NAME and shown.text.startswith(name.text)):
                    match = match._replace(marks=())
                best = _Found(number, match, told, name.text, entry.target, entry.detail)
        if best is not None:
            found.append(best)
    return found


def _reaches(match: Match, name: Name) -> bool:
    """Whether more is met than the prefecture that a county's name begins with, and that too."""
    if not name.before:
        return True
    return match.marks[0][0] == 0 and match.marks[-1][1] > name.before if match.marks else match.degree % 4 == 0


def _nearly(index: Index, query: str) -> list[_Found]:
    """What sounds like the query, or else what is like it but for the fewest typing errors."""
    if not query.isascii() and len(query) > 1:
        found = _meet(index, homophone(query))
        if found:
            return found
    found = _meet(index, nearly(query))
    found = [hit for hit in found if hit.match.degree % 4 != INSIDE] or found
    fewest = min((hit.match.degree // 4 for hit in found), default=0)
    return [hit for hit in found if hit.match.degree // 4 == fewest]


def _asked(index: Index, text: str) -> list[_Found]:
    from geodata.searching.questions import ask

    return [
        _Found(hit.entry, hit.match, NAME, "", hit.target, hit.detail) for hit in ask(index.entries, index.plans, text)
    ]


def _grouped(index: Index, found: Sequence[_Found], plan_id: str, most: int) -> tuple[Group, ...]:
    plans = {plan.id: plan for plan in index.plans}

    def order(hit: _Found) -> tuple[object, ...]:
        entry = index.entries[hit.entry]
        age = -plans[entry.plan].document.period[1] if entry.plan else 0
        length = len(entry.names[0].text) if entry.plan else 0  # places go by their codes
        return (*hit.match[:2], hit.told != NAME, entry.weight, entry.plan != plan_id, age, length, hit.entry)

    groups: dict[int, list[_Found]] = {}
    for hit in sorted(found, key=order):
        groups.setdefault(index.entries[hit.entry].group, []).append(hit)

    def shown(hit: _Found) -> Hit:
        entry = index.entries[hit.entry]
        detail = tr(hit.told, alias=hit.alias, detail=hit.detail) if hit.told else hit.detail
        title = plans[entry.plan].title if entry.plan else ""
        return Hit(hit.target, entry.names[0].text, hit.match.marks, detail, title, hit.match.kind)

    first = {group: hits[0].match[:2] for group, hits in groups.items()}
    return tuple(
        Group(GROUPS[group], tuple(map(shown, groups[group][:most])), len(groups[group]))
        for group in sorted(groups, key=lambda group: (first[group], group))
    )
