"""The map CRS: what goes in comes out, and metres on the map are metres on the ground."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.projection import map_crs, to_lonlat, to_map

LONGITUDES = st.floats(96.0, 110.0)
LATITUDES = st.floats(25.0, 35.0)


@given(LONGITUDES, LATITUDES)
@settings(deadline=None, derandomize=True)
def test_a_position_on_the_map_leads_back_to_its_longitude_and_latitude(longitude: float, latitude: float) -> None:
    back = to_lonlat(*to_map(longitude, latitude))
    assert math.isclose(back[0], longitude, abs_tol=1e-9)
    assert math.isclose(back[1], latitude, abs_tol=1e-9)


@given(st.floats(-700_000, 700_000), st.floats(-600_000, 600_000))
@settings(deadline=None, derandomize=True)
def test_map_metres_lead_back_to_the_same_map_metres(x: float, y: float) -> None:
    back = to_map(*to_lonlat(x, y))
    assert math.isclose(back[0], x, abs_tol=1e-4)
    assert math.isclose(back[1], y, abs_tol=1e-4)


@given(st.floats(97.3, 108.6), st.floats(26.04, 34.32), st.floats(0, 360))
@settings(deadline=None, derandomize=True)
def test_a_short_line_anywhere_in_the_province_is_true_to_0_15_per_cent(
    longitude: float, latitude: float, azimuth: float
) -> None:
    end = Geod(ellps="GRS80").fwd(longitude, latitude, azimuth, 2_000)
    length = math.dist(to_map(longitude, latitude), to_map(end[0], end[1]))
    assert abs(length / 2_000 - 1) < 0.0015


def test_areas_are_true() -> None:
    corners = [(101.0, 29.0), (101.1, 29.0), (101.1, 29.1), (101.0, 29.1)]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (to_map(*corner) for corner in corners)
    on_map = abs((x2 - x0) * (y3 - y1) - (x3 - x1) * (y2 - y0)) / 2
    on_ground, _ = Geod(ellps="GRS80").polygon_area_perimeter(*zip(*corners, strict=True))
    assert math.isclose(on_map, abs(on_ground), rel_tol=1e-5)


def test_the_origin_stands_where_the_figure_says() -> None:
    x, y = to_map(103.0, 30.0)
    assert math.isclose(x, 0.0, abs_tol=1e-6)
    assert math.isclose(y, 0.0, abs_tol=1e-6)


def test_east_is_right_and_north_is_up() -> None:
    x, y = to_map(103.0, 30.0)
    assert to_map(104.0, 30.0)[0] > x
    assert to_map(103.0, 31.0)[1] > y


def test_the_datum_is_the_one_the_source_line_names() -> None:
    geodetic = map_crs().geodetic_crs
    assert geodetic is not None
    assert geodetic.to_epsg() == 4490
    assert [axis.unit_name for axis in map_crs().axis_info] == ["metre", "metre"]
