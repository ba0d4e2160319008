"""The five economic zones of Sichuan. No plan pack states their members: they stand in `resources/zones.json`."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

from geodata.folders import RESOURCES
from geodata.language import mark

NOTE = mark("通行的划分，不是本程序所列规划文件的内容")
"""The program's own words, for tr, on the division."""


class Zones(NamedTuple):
    """Name and adcodes of each zone; every prefecture is in one. `source` says whose division it is."""

    zones: tuple[tuple[str, tuple[str, ...]], ...]
    source: str


@lru_cache(maxsize=1)
def economic_zones() -> Zones:
    """The zones in their usual order, members by adcode."""
    raw = json.loads((RESOURCES / "zones.json").read_text(encoding="utf-8"))
    return Zones(tuple((zone["name"], tuple(zone["places"])) for zone in raw["zones"]), raw["source"])
