"""Under the pointer: each place answers for its own ground, and nobody for what lies outside."""

from __future__ import annotations

import pytest

from geodata.boundaries import Boundaries
from layers.hit import place_at


@pytest.fixture(params=["coarse", "full"])
def boundaries(request: pytest.FixtureRequest) -> Boundaries:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Boundaries)
    return found


def test_where_a_prefecture_has_its_name_it_is_found(boundaries: Boundaries) -> None:
    assert len(boundaries.prefectures) == 21
    for adcode in boundaries.prefectures:
        x, y, _ = boundaries.label_points[adcode]
        assert place_at(boundaries, x, y) == adcode


def test_where_a_county_has_its_name_it_is_found_and_its_prefecture_too(boundaries: Boundaries) -> None:
    assert len(boundaries.counties) == 183
    for adcode in boundaries.counties:
        x, y, _ = boundaries.label_points[adcode]
        assert place_at(boundaries, x, y, counties=True) == adcode
        assert place_at(boundaries, x, y) == f"{adcode[:4]}00"


def test_the_room_of_a_name_is_all_its_own(full: Boundaries) -> None:
    for adcode in full.prefectures:
        x, y, radius = full.label_points[adcode]
        assert radius > 1_000
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)):
            assert place_at(full, x + dx * radius * 0.95, y + dy * radius * 0.95) == adcode


@pytest.mark.parametrize("counties", [False, True])
def test_outside_the_province_nothing_is_found(boundaries: Boundaries, counties: bool) -> None:
    min_x, min_y, max_x, max_y = boundaries.extent
    for x, y in ((min_x - 1, 0), (max_x + 1, 0), (0, min_y - 1), (0, max_y + 1), (1e9, 1e9), (min_x + 1, min_y + 1)):
        assert place_at(boundaries, x, y, counties) is None
    for code in boundaries.neighbours:
        x, y, _ = boundaries.label_points[code]
        assert place_at(boundaries, x, y, counties) is None


def test_no_position_at_all_is_outside(coarse: Boundaries) -> None:
    assert place_at(coarse, float("nan"), float("nan")) is None
    assert place_at(coarse, float("inf"), 0.0) is None
