"""Names, codes and pinyin of Sichuan's prefectures and counties to the place they mean.

Keys are GB/T 2260 codes. The names stand in `resources/places.json` (pinyin reviewed by hand, because
libraries misread 新都, 郫都, 什邡, 长宁, 筠连 and 荥经).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from geodata.folders import RESOURCES
from geodata.language import tr
from geodata.problems import Problem, UserError


class Place(NamedTuple):
    """A prefecture or county-level unit: six-figure adcode, full and short name, pinyin in syllables.

    `centre` is longitude and latitude in degrees (CGCS2000) of a point well inside: the middle of the largest circle
    that fits. `adjoins` are the prefectures of Sichuan that a prefecture shares a border with; counties have none.
    """

    adcode: str
    name: str
    short: str
    pinyin: str
    former: tuple[str, ...]
    centre: tuple[float, float]
    adjoins: tuple[str, ...] = ()

    @property
    def is_prefecture(self) -> bool:
        return self.adcode.endswith("00")

    @property
    def parent(self) -> str:
        """The adcode of the prefecture that a county lies in; a prefecture's own."""
        return self.adcode[:4] + "00"


class Gazetteer:
    """Every place, by adcode and by the names people use for it."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.places = {place.adcode: place for place in places}
        self._by_name: dict[str, list[Place]] = {}
        for place in places:
            for name in self._names(place):
                self._by_name.setdefault(name, []).append(place)

    def __getitem__(self, adcode: str) -> Place:
        return self.places[adcode]

    @property
    def prefectures(self) -> tuple[Place, ...]:
        """The 21 prefectures in the order of their codes."""
        return tuple(place for place in self.places.values() if place.is_prefecture)

    @property
    def counties(self) -> tuple[Place, ...]:
        """The 183 county-level units in the order of their codes."""
        return tuple(place for place in self.places.values() if not place.is_prefecture)

    def full_name(self, place: Place) -> str:
        """The name that is unambiguous in the province: 绵阳市 or 绵阳市江油市."""
        return place.name if place.is_prefecture else self[place.parent].name + place.name

    def _names(self, place: Place) -> set[str]:
        pinyin = place.pinyin.replace(" ", "")
        names = {place.adcode, place.name, place.short, pinyin, *place.former}
        if place.name.endswith("自治州"):
            names |= {place.short + "州", pinyin + "zhou"}
        elif place.name.endswith("自治县"):
            names.add(place.short + "县")
        elif place.name.endswith("市"):
            names.add(pinyin + "shi")
        if not place.is_prefecture:
            parent = self.places[place.parent]
            names |= {prefix + name for prefix in (parent.name, parent.short) for name in (place.name, place.short)}
        return names

    def candidates(self, text: str) -> tuple[Place, ...]:
        """All places that `text` may mean. A prefecture hides the county of the same name (甘孜, 阿坝, 广安)."""
        key = re.sub(r"[\s'’]+", "", unicodedata.normalize("NFKC", text)).lower()
        found = self._by_name.get(key, [])
        return tuple(place for place in found if place.is_prefecture) or tuple(found)

    def resolve(self, text: str, where: str = "") -> Place:
        """The one place that `text` means. Raises UserError with suggestions when there is none or several."""
        found = self.candidates(text)
        if len(found) == 1:
            return found[0]
        raise UserError(self.problem(text, where))

    def problem(self, text: str, where: str = "") -> Problem:
        """Why `text` is no place of its own, and what may have been meant."""
        found = self.candidates(text)
        if found:
            names = tr("、").join(
                tr("{name}（{text}）", name=self.full_name(place), text=place.adcode) for place in found
            )
            return Problem(where, tr("地名“{name}”不止一处", name=text), tr("写明是哪一处：{names}", names=names))
        unknown = tr("没有名为“{name}”的市（州）或县（市、区）", name=text)
        suggestions = self.suggest(text)
        if suggestions:
            names = tr("、").join(place.short for place in suggestions)
            return Problem(where, unknown, tr("是不是要找：{names}？", names=names))
        return Problem(where, unknown, tr("写四川的市（州）、县（市、区）名，或六位行政区划代码"))

    def suggest(self, text: str, most: int = 3) -> tuple[Place, ...]:
        """The places most like `text` in sound and in characters, best first."""
        from difflib import SequenceMatcher

        from pypinyin import lazy_pinyin

        def likeness(a: str, b: str) -> float:
            return SequenceMatcher(None, a, b, autojunk=False).ratio()

        sound = "".join(lazy_pinyin(text)).lower()
        scored = [
            (
                max(
                    max(likeness(text, place.short), likeness(text, place.name)),
                    likeness(sound, place.pinyin.replace(" ", "")) - 0.01,
                )
                + (0.02 if place.is_prefecture else 0.0),
                place,
            )
            for place in self.places.values()
        ]
        scored.sort(key=lambda pair: -pair[0])
        best = scored[0][0]
        likely = {place.short: place for score, place in scored if score >= max(0.7, best - 0.15)}
        return tuple(likely.values())[:most]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer of Sichuan, read once."""
    with (RESOURCES / "places.json").open(encoding="utf-8") as file:
        rows = json.load(file)["places"]
    return Gazetteer(
        tuple(
            Place(
                row["adcode"],
                row["name"],
                row["short"],
                row["pinyin"],
                tuple(row["former"]),
                (row["centre"][0], row["centre"][1]),
                tuple(row.get("adjoins", ())),
            )
            for row in rows
        )
    )
