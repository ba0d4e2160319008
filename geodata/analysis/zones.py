"""The five economic zones of Sichuan. No plan pack states their members: they stand in `resources/zones.json`."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import NamedTuple

from geodata.folders import RESOURCES


class Zones(NamedTuple):
    """Name and adcodes of each zone; every prefecture is in one. `source` and `note` say whose division it is."""

    zones: tuple[tuple[str, tuple[str, ...]], ...]
    source: str
    note: str


@lru_cache(maxsize=1)
def economic_zones() -> Zones:
    """The zones in their usual order, members by adcode."""
    raw = json.loads((RESOURCES / "zones.json").read_text(encoding="utf-8"))
    return Zones(tuple((zone["name"], tuple(zone["places"])) for zone in raw["zones"]), raw["source"], raw["note"])
