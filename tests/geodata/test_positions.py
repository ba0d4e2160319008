"""Whatever the packs place on the map lies inside the prefecture and the county it is said to be in."""

from __future__ import annotations

import pytest

from geodata.analysis.items import items, position
from geodata.boundaries import Boundaries, load_boundaries
from geodata.folders import RESOURCES
from geodata.gazetteer import gazetteer
from geodata.library import read_plan
from geodata.plan import Plan
from geodata.projection import to_map

PACKS = sorted((RESOURCES / "plans").glob("*.json"))


@pytest.fixture(scope="module", params=PACKS, ids=lambda file: file.stem)
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan(request.param)


@pytest.fixture
def boundaries(prepared: object) -> Boundaries:
    """The boundaries as they are published, not simplified."""
    return load_boundaries(0)


def lies_in(boundaries: Boundaries, lon: float, lat: float, place: str) -> bool:
    """Whether the position is in the place, and in the prefecture the place belongs to."""
    point = to_map(lon, lat)
    return all(boundaries.outline(code).contains(*point) for code in {place, gazetteer()[place].parent})


def test_the_county_of_a_site_belongs_to_its_prefecture(plan: Plan) -> None:
    found = {site.id: (site.place, gazetteer()[site.county].parent) for site in plan.sites if site.county}
    assert {site: codes for site, codes in found.items() if codes[0] != codes[1]} == {}


def test_the_counties_of_a_fact_belong_to_its_prefectures(plan: Plan) -> None:
    facts = (*plan.projects, *plan.regions, *plan.statements)
    strays = {
        (fact.id, gazetteer()[county].name)
        for fact in facts
        for county in fact.counties
        if gazetteer()[county].parent not in fact.places
    }
    assert strays == set()


def test_precision_says_what_is_known_of_a_site(plan: Plan) -> None:
    for site in plan.sites:
        known = (site.lon is not None, site.county is not None, site.place is not None)
        finest = next(
            (word for word, given in zip(("site", "county", "prefecture"), known, strict=True) if given), None
        )
        assert site.precision == (finest or "none"), site.id
        assert (site.lon is None) == (site.lat is None), site.id


def test_a_position_of_its_own_is_in_the_county_and_the_prefecture(plan: Plan, boundaries: Boundaries) -> None:
    outside = [
        site.id
        for site in plan.sites
        if site.lon is not None and site.lat is not None
        for code in (site.county, site.place)
        if code and not lies_in(boundaries, site.lon, site.lat, code)
    ]
    assert outside == []


def test_every_mark_is_in_the_place_it_stands_for(plan: Plan, boundaries: Boundaries) -> None:
    spots = [(item, spot) for item in items(plan) for spot in item.spots]
    assert spots
    outside = [item.key for item, spot in spots if not lies_in(boundaries, *position(spot), spot.place)]
    assert outside == []


def test_a_mark_is_as_fine_as_the_fact_and_in_its_prefectures(plan: Plan) -> None:
    for item in items(plan):
        fact = item.fact
        places = getattr(fact, "places", None) or (getattr(fact, "place", None),)
        counties = getattr(fact, "counties", None) or (getattr(fact, "county", None),)
        stated = {code for code in (*places, *counties) if code}
        assert {spot.place for spot in item.spots} <= stated, item.key
        assert bool(item.spots) == bool(stated), item.key
        covered = {gazetteer()[spot.place].parent for spot in item.spots}
        assert covered == {place for place in places if place}, item.key


def test_the_middle_of_every_prefecture_and_county_is_inside_it(boundaries: Boundaries) -> None:
    places = (*gazetteer().prefectures, *gazetteer().counties)
    assert len(places) == 21 + 183
    assert [place.name for place in places if not lies_in(boundaries, *place.centre, place.adcode)] == []
