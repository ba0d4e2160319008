"""What the passages of a fact must name: the thing and the place that they are cited for, and how they name it.

Every citation of a role, sector, region, site or project names it; every citation of an assignment names the city;
every citation of a statement or an indicator names something of it. What else a record says (places, members,
carriers, terms, figures) stands in at least one of its citations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from geodata.documents.figures import names_figure, names_unit
from geodata.gazetteer import gazetteer
from geodata.language import tr
from geodata.plan import Assignment, Indicator, Plan, Region, Sector, Statement

_QUOTES = re.compile("[“”‘’\"'《》「」\\s]")
_NUMERALS = "一二三四五六七八九十"

WHOLE_PROVINCE = ("全省", "四川", "四川省")
"""Scopes of indicators that a provincial plan need not name."""

_NAME_PART = 4
_SUMMARY_PART = 3
"""Characters from which on a part of an indicator's name stands for it (texts put figures in between), and a part of
the summary of a statement that has no terms and no places."""


class Naming(IntEnum):
    """How a passage names something: not at all, in other words that the pack lists, or by its name."""

    NOT = 0
    ALIAS = 1
    NAME = 2


class Cut(NamedTuple):
    """A passage and the section it stands in."""

    words: str
    section: str


class Need(NamedTuple):
    """Something to be named, how a message calls it, and by what it is told.

    `everywhere`: in every citation. `strict`: no exception excuses it, for it is said to be in the document's words.
    `reason`: the word that an exception must have to excuse it: the place that is not named (推定在成都), and 名称
    for the name of the record itself (名称由…拆出). So a reason for the one does not hide that the other is wrong.
    """

    what: str
    naming: Callable[[Cut], Naming]
    everywhere: bool = False
    strict: bool = False
    reason: str = ""


Headings = Mapping[str, frozenset[str]]
"""Id of a sector -> the sections whose headings name it."""


def needs(plan: Plan, record: Any, headings: Headings) -> Iterator[Need]:
    """All that the passages of one record must name."""
    if isinstance(record, Assignment):
        yield _place(plan, record.place)._replace(everywhere=True)
        yield _sector(plan, record.sector, headings)
    elif isinstance(record, Statement):
        parts = tuple(_parts(plan, record))
        sectors = tuple(_sector(plan, sector, headings) for sector in record.sectors)
        said = parts + sectors or (_part(record.summary, _SUMMARY_PART),)
        yield Need(tr("所说的地方或内容"), _any_of(said), everywhere=True)
        yield from sectors if record.role or not parts else ()
    elif isinstance(record, Indicator):
        yield from _indicator(record)
    else:
        thing = _thing(record.name, getattr(record, "aliases", ()), _own_places(record))
        yield thing._replace(everywhere=True, reason="名称")
    if isinstance(record, Sector) and (above := _above(plan, record.id)):
        found = tuple(_sector(plan, sector, headings) for sector in above)
        names = tr("、").join(need.what for need in found)
        yield Need(tr("它所属的{names}", names=names), _any_of(found))
    yield from _parts(plan, record)


def _parts(plan: Plan, record: Any) -> Iterator[Need]:
    """The places, regions, carriers, roles and terms of a record."""
    fields = record._asdict()
    own = record if isinstance(record, Region) else None
    if not isinstance(record, Assignment):
        lists = (*fields.get("places", ()), *fields.get("counties", ()))
        for adcode in (*lists, fields.get("place"), fields.get("county")):
            if adcode:
                yield _place(plan, adcode, own)
    for region in plan.regions:
        if region.id in fields.get("regions", ()):
            yield _thing(region.name, region.aliases)
    for site in map(plan.site, fields.get("sites", ())):
        yield _thing(site.name, site.aliases, _own_places(site))
    if fields.get("role"):
        yield _thing(plan.role(fields["role"]).name)
    for term in (*fields.get("focus", ()), *fields.get("positions", ()), *fields.get("details", ())):
        yield _thing(term)._replace(strict=True)
    if fields.get("status"):
        yield _thing(fields["status"])._replace(strict=True)


def _thing(name: str, aliases: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Need:
    """Something with a name; with other quotation marks or brackets it is as good as an alias.

    An alias that leaves out the city of the name (高新区) needs the city beside it.
    """
    whole = "".join(name.split())
    beside = [gazetteer()[adcode].short for adcode in places if gazetteer()[adcode].short in name]

    def naming(cut: Cut) -> Naming:
        if whole in cut.words:
            return Naming.NAME
        if _bare(whole) in (bare := _bare(cut.words)):
            return Naming.ALIAS
        for alias in aliases:
            if _bare(alias) in bare and all(place in bare for place in beside):
                return Naming.ALIAS
        return Naming.NOT

    return Need(tr("“{text}”", text=name), naming)


def _bare(words: str) -> str:
    """The words without quotation marks and white space, in one width."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", words))


def _place(plan: Plan, adcode: str, own: Region | None = None) -> Need:
    """A prefecture or county: by its names, by an old one, or by a region that it is a member of, other than `own`."""
    place = gazetteer()[adcode]
    regions = [region for region in plan.regions if region is not own and adcode in region.places + region.counties]
    others = (*place.former, *(name for region in regions for name in (region.name, *region.aliases)))

    def naming(cut: Cut) -> Naming:
        if place.short in cut.words or place.name in cut.words:
            return Naming.NAME
        return Naming.ALIAS if any(name in cut.words for name in others) else Naming.NOT

    return Need(tr("“{text}”", text=place.short), naming, reason=place.short)


def _sector(plan: Plan, sector_id: str, headings: Headings) -> Need:
    """A sector: in the passage, or in the heading of a section that the passage stands in."""
    sector = plan.sector(sector_id)
    by_words = _thing(sector.name, sector.aliases)

    def naming(cut: Cut) -> Naming:
        headed = any(_within(cut.section, section) for section in headings.get(sector_id, ()))
        return Naming.NAME if headed else by_words.naming(cut)

    return Need(by_words.what, naming)


def _within(section: str, other: str) -> bool:
    """Whether `section` is `other` or a part of it: 三（九） and 三（九）1 of 三, but not 十一 of 十."""
    digits = "0123456789" if other[-1].isdecimal() else _NUMERALS if other[-1] in _NUMERALS else ""
    return section.startswith(other) and section[len(other) : len(other) + 1] not in tuple(digits)


def _indicator(indicator: Indicator) -> Iterator[Need]:
    years = tuple(value for value in (indicator.base, indicator.target) if value is not None)
    figures = tuple(value.value for value in years)
    dates = tuple(_thing(f"{value.year}年") for value in years if value.year is not None)

    def by_figure(value: float) -> Need:
        def naming(cut: Cut) -> Naming:
            return Naming.NAME if names_figure(value, figures, indicator.unit, cut.words) else Naming.NOT

        return Need(tr("数值“{value}”", value=f"{value:.12g}"), naming, strict=True)

    told = tuple(map(by_figure, figures))
    part = _part(indicator.name, _NAME_PART)
    yield Need(tr("指标的名称、数值或年份"), _any_of((part, *told, *dates)), everywhere=True)
    yield part
    yield from told
    yield Need(
        tr("单位“{unit}”", unit=indicator.unit),
        lambda cut: Naming.NAME if names_unit(indicator.unit, cut.words) else Naming.NOT,
    )
    if indicator.comparator:
        yield _thing(indicator.comparator)._replace(strict=True)
    places = {name for adcode in indicator.places for name in (gazetteer()[adcode].short, gazetteer()[adcode].name)}
    if indicator.scope not in WHOLE_PROVINCE and indicator.scope not in places:
        yield _thing(indicator.scope)


def _part(name: str, size: int) -> Need:
    """Some `size` characters in a row of the name."""
    size = min(size, len(name))
    parts = {name[start : start + size] for start in range(len(name) - size + 1)}
    what = tr("“{text}”", text=name)
    return Need(what, lambda cut: Naming.NAME if any(part in cut.words for part in parts) else Naming.NOT)


def _any_of(needed: tuple[Need, ...]) -> Callable[[Cut], Naming]:
    return lambda cut: max((need.naming(cut) for need in needed), default=Naming.NOT)


def _own_places(record: Any) -> tuple[str, ...]:
    """The prefecture of a site."""
    place = getattr(record, "place", None)
    return (place,) if place else ()


def _above(plan: Plan, sector_id: str) -> tuple[str, ...]:
    """The ids of the sectors that a sub-sector is a part of, the nearest last; none for a sector at the top."""

    def path(sector: Sector) -> tuple[str, ...] | None:
        if sector.id == sector_id:
            return ()
        below = (path(child) for child in sector.subsectors)
        return next(((sector.id, *found) for found in below if found is not None), None)

    return next(found for top in plan.sectors if (found := path(top)) is not None)
