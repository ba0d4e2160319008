"""Names on the map: prefectures first, then counties when near, neighbouring provinces last."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geodata.boundaries import NEIGHBOURS, Boundaries
from geodata.gazetteer import Place, gazetteer
from layers.scene import Label
from layers.theme import COUNTY_LABEL_SIZE, FAINT_INK, INK, LABEL_SIZE

ENGLISH_NEIGHBOURS = {
    "甘肃省": "Gansu",
    "青海省": "Qinghai",
    "陕西省": "Shaanxi",
    "重庆市": "Chongqing",
    "贵州省": "Guizhou",
    "云南省": "Yunnan",
    "西藏自治区": "Xizang",
}
"""As the state publishes them; the spelling of 陕西 is not its pinyin."""


def names(boundaries: Boundaries, counties: bool, kind: str, beside: Mapping[str, str]) -> tuple[Label, ...]:
    """Names of a kind of `layers.template.NAMES`, with what stands `beside` a prefecture's name after it; the largest
    circle inside the area is the room a name has."""
    places = gazetteer()
    labels = []
    for place in places.prefectures:
        words = " ".join(part for part in (name_of(place, kind), beside.get(place.adcode, "")) if part)
        labels.append(_label(boundaries, place.adcode, words, 1))
    if counties:
        labels += [_label(boundaries, place.adcode, name_of(place, kind), 2) for place in places.counties]
    for code in boundaries.neighbours:
        name = NEIGHBOURS[code]
        labels.append(_label(boundaries, code, ENGLISH_NEIGHBOURS.get(name, name) if kind == "english" else name, 3))
    return tuple(labels)


def name_of(place: Place, kind: str) -> str:
    """`德阳`, `德阳市` or `Deyang`: pinyin of the short name, written as GB/T 16159 asks."""
    if kind == "english":
        return _romanised(place.pinyin)
    return place.name if kind == "full" else place.short


def _romanised(pinyin: str) -> str:
    """Syllables as one word, with an apostrophe before one that begins with a vowel: `ya an` is Ya'an."""
    return re.sub(r" (?=[aoe])", "'", pinyin).replace(" ", "").capitalize()


def _label(boundaries: Boundaries, code: str, text: str, rank: int) -> Label:
    x, y, radius = boundaries.label_points[code]
    size = LABEL_SIZE if rank == 1 else COUNTY_LABEL_SIZE
    colour = INK if rank == 1 else FAINT_INK
    return Label(code, (x, y), text, size, colour, rank, radius)
