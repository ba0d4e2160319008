"""The one map CRS: Albers equal area on CGCS2000 for Sichuan; longitude and latitude to and from map metres.

Standard parallels 27.3°N and 33.0°N, origin 103°E 30°N: linear scale 0.99856 to 1.00144 over the province,
areas true.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyproj

CGCS2000 = "EPSG:4490"


@lru_cache(maxsize=1)
def map_crs() -> pyproj.CRS:
    """The projected CRS of every map coordinate, in metres, with the datum of EPSG:4490."""
    from pyproj import CRS
    from pyproj.crs import ProjectedCRS
    from pyproj.crs.coordinate_operation import AlbersEqualAreaConversion

    conversion = AlbersEqualAreaConversion(
        latitude_first_parallel=27.3,
        latitude_second_parallel=33.0,
        latitude_false_origin=30.0,
        longitude_false_origin=103.0,
    )
    return ProjectedCRS(conversion, name="Sichuan Albers on CGCS2000", geodetic_crs=CRS(CGCS2000))


@lru_cache(maxsize=2)
def _transformer(inverse: bool) -> pyproj.Transformer:
    from pyproj import Transformer

    if inverse:
        return Transformer.from_crs(map_crs(), CGCS2000, always_xy=True)
    return Transformer.from_crs(CGCS2000, map_crs(), always_xy=True)


def to_map(longitude: float, latitude: float) -> tuple[float, float]:
    """Map metres (x east, y north) of a CGCS2000 position in degrees."""
    x, y = _transformer(False).transform(longitude, latitude)
    return float(x), float(y)


def to_lonlat(x: float, y: float) -> tuple[float, float]:
    """CGCS2000 longitude and latitude in degrees of a position in map metres."""
    longitude, latitude = _transformer(True).transform(x, y)
    return float(longitude), float(latitude)
