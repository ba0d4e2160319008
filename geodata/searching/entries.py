"""What there is to find: places, and of plans sectors, sites, projects, regions and focus terms (see also sayings)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from geodata.analysis.items import PROJECT, SITE, Item, ItemKey, items
from geodata.gazetteer import Place, gazetteer
from geodata.language import mark, tr
from geodata.plan import Assignment, Citation, Plan, Project, Region, Sector, Site
from geodata.searching.names import Name, name_of, place_syllables

GROUPS = (
    mark("地点"),
    mark("产业"),
    mark("园区和平台"),
    mark("项目和工程"),
    mark("区域"),
    mark("重点方向"),
    mark("定位"),
    mark("指标"),
    mark("其他内容"),
)
PLACE, SECTOR, SITES, PROJECTS, REGION, TERM, POSITION, INDICATOR, STATEMENT = range(len(GROUPS))
"""Groups of results, as places in GROUPS."""

MOST_NAMED = 6
"""Places named in a line; the rest is counted."""


class PlaceKey(NamedTuple):
    """A prefecture or county."""

    adcode: str


class SectorKey(NamedTuple):
    """A top sector of a plan, and the places that a question asked for: those of one of its roles."""

    plan: str
    sector: str
    places: tuple[str, ...] = ()


class RegionKey(NamedTuple):
    """A region of a plan with its members: prefectures, and counties of others."""

    plan: str
    region: str
    places: tuple[str, ...]


class TermKey(NamedTuple):
    """A focus term in a top sector of a plan, and the places that the plan names with it."""

    plan: str
    sector: str
    term: str
    places: tuple[str, ...]


class SaidKey(NamedTuple):
    """What a plan says somewhere, with the top sectors and the places it is said of, either of which may be none."""

    plan: str
    text: str
    sectors: tuple[str, ...]
    places: tuple[str, ...]
    citations: tuple[Citation, ...]


Target = PlaceKey | SectorKey | ItemKey | RegionKey | TermKey | SaidKey


class Entry(NamedTuple):
    """Something to be found. `names` begins with the one shown, others are its variants; `aliases` are told in the
    result when they are what was found; `about` are words by which a question can mean it, such as its place;
    `contents` are words of its own that the result tells when they are what was found, such as a project's details.

    `detail` is in the language in use when it was made. `weight` orders equal matches, the lightest first; `plan` is
    empty for places.
    """

    group: int
    target: Target
    names: tuple[Name, ...]
    aliases: tuple[Name, ...]
    about: tuple[Name, ...]
    detail: str
    plan: str
    weight: int
    contents: tuple[Name, ...] = ()


class Names:
    """Makes each name once."""

    def __init__(self) -> None:
        self._made: dict[str, Name] = {}
        self._places: dict[str, tuple[Name, ...]] = {}

    def __call__(self, text: str) -> Name:
        if text not in self._made:
            self._made[text] = name_of(text)
        return self._made[text]

    def place(self, place: Place) -> tuple[Name, ...]:
        """The names of a place: the full one, the short one, with its prefecture, and the code."""
        if place.adcode not in self._places:
            texts = [place.name, place.short, place.adcode]
            if place.name.endswith("自治州"):
                texts.append(place.short + "州")
            elif place.name.endswith("自治县"):
                texts.append(place.short + "县")
            found = [name_of(text, partial(place_syllables, place)) for text in texts]
            if not place.is_prefecture:
                parent = gazetteer()[place.parent]
                for before, rest in ((parent.short, place.short), (parent.name, place.name)):
                    name = name_of(before + rest, partial(place_syllables, place))
                    found.append(name._replace(before=len(before)))
            self._places[place.adcode] = tuple(found)
        return self._places[place.adcode]


def entries(plans: Iterable[Plan]) -> tuple[Entry, ...]:
    """All entries, places first, then plan by plan."""
    from geodata.searching.sayings import sayings

    names = Names()
    found = list(_places(names))
    for plan in plans:
        found += _sectors(plan, names)
        found += (_item(plan, item, names) for item in items(plan))
        found += (_region(plan, region, names) for region in plan.regions)
        found += _terms(plan, names)
        found += sayings(plan, names)
    return tuple(found)


def named(codes: Sequence[str], most: int = MOST_NAMED) -> str:
    """The places' short names, at most `most` of them: 成都、德阳 等 9 处."""
    shorts = [gazetteer()[code].short for code in codes]
    return _listed(shorts, most)


def _listed(names: Sequence[str], most: int) -> str:
    listed = tr("、").join(names[:most])
    return listed if len(names) <= most else tr("{names} 等 {n} 处", names=listed, n=len(names))


def role_places(plan: Plan, sector: str, role: str) -> tuple[str, ...]:
    """The places to which the plan gives the role in the sector, in the plan's order."""
    return tuple(item.place for item in plan.assignments if (item.sector, item.role) == (sector, role))


def joined(*parts: str) -> str:
    """The parts that are not empty, with commas."""
    return tr("，").join(part for part in parts if part)


def pages_of(citations: Iterable[Citation], most: int = 3) -> str:
    """`第19页、第24页`, or the sections where the document has no pages; at most so many."""
    found = list(dict.fromkeys(citation.pages or citation.section for citation in citations))
    return tr("、").join(found[:most]) + ("……" if len(found) > most else "")


def own_citations(plan: Plan, item: Assignment) -> tuple[Citation, ...]:
    """Those that stand for no other place's role in the sector, so not the list of all cities of the role, which has
    none of the item's terms; all where there are no others."""
    others = {
        cited
        for other in plan.assignments
        if other is not item and other.sector == item.sector
        for cited in other.citations
    }
    return tuple(cited for cited in item.citations if cited not in others) or item.citations


def about_words(words: Iterable[str], codes: Iterable[str], names: Names) -> tuple[Name, ...]:
    """Words, and the places of these codes with the prefectures they are in."""
    places = gazetteer()
    codes = list(codes)
    found = {name.text: name for code in codes for name in names.place(places[code])[:2]}
    found |= {name.text: name for code in codes for name in names.place(places[places[code].parent])[:2]}
    return (*found.values(), *(names(word) for word in words))


def _places(names: Names) -> Iterator[Entry]:
    for place in gazetteer().places.values():
        if place.is_prefecture:
            detail = tr("市（州），{code}", code=place.adcode)
        else:
            detail = joined(gazetteer()[place.parent].name, place.adcode)
        weight = 0 if place.is_prefecture else 1
        target = PlaceKey(place.adcode)
        former = tuple(name_of(text, partial(place_syllables, place)) for text in place.former)
        yield Entry(PLACE, target, names.place(place), former, (), detail, "", weight)


def _sectors(plan: Plan, names: Names) -> Iterator[Entry]:
    for top in plan.sectors:
        for sector in top.walk():
            detail = sector_detail(plan, top) if sector is top else tr("属于{name}", name=top.name)
            aliases = tuple(names(alias) for alias in sector.aliases)
            weight = 0 if sector is top else 1
            about = about_words([top.name], (item.place for item in plan.assignments if item.sector == top.id), names)
            target = SectorKey(plan.id, top.id)
            yield Entry(SECTOR, target, (names(sector.name),), aliases, about, detail, plan.id, weight)


def sector_detail(plan: Plan, sector: Sector) -> str:
    """Who has the strongest role in it; the number of sites and projects where the plan gives no roles."""
    for role in sorted(plan.roles, key=lambda role: role.rank):
        codes = role_places(plan, sector.id, role.id)
        if codes:
            return tr("{name}：{text}", name=role.name, text=named(codes))
    return tr("园区和项目 {n} 项", n=sum(sector.id in item.sectors for item in items(plan)))


def _item(plan: Plan, item: Item, names: Names) -> Entry:
    codes = tuple(dict.fromkeys(spot.place for spot in item.spots))
    where = _listed([gazetteer().full_name(gazetteer()[code]) for code in codes], 3)
    detail = joined(item.category, where or tr("未写明地点"), pages_of(item.fact.citations[:1]))
    tops = [sector.name for sector in plan.sectors if sector.id in item.sectors]
    about = about_words([*tops, item.category], codes, names)
    aliases = tuple(names(alias) for alias in item.fact.aliases) if isinstance(item.fact, Site) else ()
    contents = tuple(names(text) for text in item.fact.details) if isinstance(item.fact, Project) else ()
    group = {SITE: SITES, PROJECT: PROJECTS}[item.key.kind]
    return Entry(group, item.key, (names(item.name),), aliases, about, detail, plan.id, 0 if codes else 1, contents)


def _region(plan: Plan, region: Region, names: Names) -> Entry:
    inside = {code[:4] for code in region.places}
    members = (*region.places, *(code for code in region.counties if code[:4] not in inside))
    where = named(members) if members else tr("未写明成员")
    detail = joined(region.kind, where, pages_of(region.citations[:1]))
    aliases = tuple(names(alias) for alias in region.aliases)
    target = RegionKey(plan.id, region.id, members)
    about = about_words([region.kind], members, names)
    return Entry(REGION, target, (names(region.name),), aliases, about, detail, plan.id, 0 if members else 1)


def _terms(plan: Plan, names: Names) -> Iterator[Entry]:
    """Terms of single places; then those that the plan says of several places together, which it hands to none."""
    tops = {found.id: sector for sector in plan.sectors for found in sector.walk()}
    single: dict[tuple[Sector, str], list[str]] = {}
    cited: dict[tuple[Sector, str], list[Citation]] = {}
    for item in plan.assignments:
        own = own_citations(plan, item) if item.focus else ()
        for term in item.focus:
            single.setdefault((tops[item.sector], term), []).append(item.place)
            cited.setdefault((tops[item.sector], term), []).extend(own)
    for (sector, term), places in single.items():
        yield _term(plan, sector, term, places, cited[sector, term], names)
    for statement in plan.statements:
        codes = list(dict.fromkeys((*statement.places, *statement.counties)))
        for sector in dict.fromkeys(tops[found] for found in statement.sectors if codes):
            for term in statement.focus:
                if codes != single.get((sector, term)):
                    found = _term(plan, sector, term, codes, statement.citations, names, len(codes) > 1)
                    yield found._replace(weight=1)


def _term(
    plan: Plan,
    sector: Sector,
    term: str,
    places: Sequence[str],
    cited: Iterable[Citation],
    names: Names,
    together: bool = False,
) -> Entry:
    detail = joined(sector.name, named(places) + (tr("（合写）") if together else ""), pages_of(cited))
    target = TermKey(plan.id, sector.id, term, tuple(places))
    about = about_words([sector.name], places, names)
    return Entry(TERM, target, (names(term),), (), about, detail, plan.id, 0)
