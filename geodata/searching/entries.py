"""What there is to find in plans: places, sectors, sites, projects, regions and focus terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from geodata.analysis.items import PROJECT, SITE, Item, ItemKey, items
from geodata.gazetteer import Place, gazetteer
from geodata.language import mark, tr
from geodata.plan import Plan, Region, Sector, Site
from geodata.searching.names import Name, name_of, place_syllables

GROUPS = (mark("地点"), mark("产业"), mark("园区和平台"), mark("项目和工程"), mark("区域"), mark("重点方向"))
PLACE, SECTOR, SITES, PROJECTS, REGION, TERM = range(len(GROUPS))
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


Target = PlaceKey | SectorKey | ItemKey | RegionKey | TermKey


class Entry(NamedTuple):
    """Something to be found. `names` begins with the one shown, others are its variants; `aliases` are told in the
    result when they are what was found; `about` are words by which a question can mean it, such as its place.

    `detail` is in the language in use when it was made. `weight` orders equal matches, the lightest first; `plan` is empty for places.
    """

    group: int
    target: Target
    names: tuple[Name, ...]
    aliases: tuple[Name, ...]
    about: tuple[Name, ...]
    detail: str
    plan: str
    weight: int


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
    names = Names()
    found = list(_places(names))
    for plan in plans:
        found += _sectors(plan, names)
        found += (_item(plan, item, names) for item in items(plan))
        found += (_region(plan, region, names) for region in plan.regions)
        found += _terms(plan, names)
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


def _joined(*parts: str) -> str:
    return tr("，").join(part for part in parts if part)


def _about(words: Iterable[str], codes: Iterable[str], names: Names) -> tuple[Name, ...]:
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
            detail = _joined(gazetteer()[place.parent].name, place.adcode)
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
            about = _about([top.name], (item.place for item in plan.assignments if item.sector == top.id), names)
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
    pages = item.fact.citations[0].pages
    detail = _joined(item.category, where or tr("未写明地点"), pages)
    tops = [sector.name for sector in plan.sectors if sector.id in item.sectors]
    about = _about([*tops, item.category], codes, names)
    aliases = tuple(names(alias) for alias in item.fact.aliases) if isinstance(item.fact, Site) else ()
    group = {SITE: SITES, PROJECT: PROJECTS}[item.key.kind]
    return Entry(group, item.key, (names(item.name),), aliases, about, detail, plan.id, 0 if codes else 1)


def _region(plan: Plan, region: Region, names: Names) -> Entry:
    inside = {code[:4] for code in region.places}
    members = (*region.places, *(code for code in region.counties if code[:4] not in inside))
    detail = _joined(region.kind, named(members) if members else tr("未写明成员"))
    aliases = tuple(names(alias) for alias in region.aliases)
    target = RegionKey(plan.id, region.id, members)
    about = _about([region.kind], members, names)
    return Entry(REGION, target, (names(region.name),), aliases, about, detail, plan.id, 0 if members else 1)


def _terms(plan: Plan, names: Names) -> Iterator[Entry]:
    """Terms of single places; then those that the plan says of several places together, which it hands to none."""
    tops = {found.id: sector for sector in plan.sectors for found in sector.walk()}
    single: dict[tuple[str, str], list[str]] = {}
    for item in plan.assignments:
        for term in item.focus:
            single.setdefault((tops[item.sector].id, term), []).append(item.place)
    together = {
        (tops[sector].id, term): list(dict.fromkeys((*statement.places, *statement.counties)))
        for statement in plan.statements
        for sector in statement.sectors
        for term in statement.focus
        if statement.places or statement.counties
    }
    for weight, found in ((0, single), (1, together)):
        for (sector, term), codes in found.items():
            if weight and (sector, term) in single:
                continue
            words = "" if not weight or len(codes) == 1 else tr("（合写）")
            detail = _joined(tops[sector].name, named(codes)) + words
            target = TermKey(plan.id, sector, term, tuple(codes))
            about = _about([tops[sector].name], codes, names)
            yield Entry(TERM, target, (names(term),), (), about, detail, plan.id, weight)
