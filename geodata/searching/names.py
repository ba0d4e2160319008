"""Names as a search compares them: without case, width and punctuation, and by how they sound.

A name's sound is its pinyin with a space before each syllable (` xin neng yuan`); a run of letters or figures is a
syllable of its own. Names of places sound as resources/places.json says, because libraries misread them; all others
by resources/readings.json, which is made of such a library and needs no time to load.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from geodata.folders import RESOURCES
from geodata.gazetteer import Place, gazetteer

LONGEST_WORD = 3
"""Characters of the words in resources/readings.json."""

_UNITS = re.compile(r"[a-z0-9]+|.")

SUFFIXES = {"市": "shi", "区": "qu", "县": "xian", "州": "zhou", "自": "zi", "治": "zhi", "族": "zu", "藏": "zang",
            "羌": "qiang", "彝": "yi"}  # fmt: skip
"""Characters that follow the short names of places."""


class Name(NamedTuple):
    """A name to be found. `key` is its folded text, `at` the position in `text` of each character of the key,
    `units` the positions in the key where syllables start. A match must reach
    beyond `before` characters of the text: 成都新都区 is not what 成都 means."""

    text: str
    key: str
    at: tuple[int, ...]
    units: tuple[int, ...]
    sound: str
    before: int = 0

    def marked(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The part of `text` (start and end, excluded) that characters `start` to `end` of the key stand for."""
        return ((self.at[start], self.at[end - 1] + 1),) if end > start else ()


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).casefold().replace("ü", "v")
    return "".join(part for part in folded if part.isalnum())


def fold(text: str) -> str:
    """`text` as names are compared: no punctuation, no blanks, one case and width; ü is v."""
    return "".join(map(_folded, text))


def joined(syllables: Sequence[str]) -> str:
    """The sound of syllables. 略 is written lue and lve; here it is lue."""
    return "".join(" " + syllable.replace("lve", "lue").replace("nve", "nue") for syllable in syllables)


def syllables(key: str) -> list[str]:
    """The syllables of a folded text, one per unit; a character without a known reading is its own."""
    table = _readings()
    found: list[str] = []
    position = 0
    while position < len(key):
        for size in range(LONGEST_WORD, 1, -1):
            word = table.words.get(key[position : position + size])
            if word is not None:
                found += word
                position += len(word)
                break
        else:
            unit = key[position]
            if unit.isascii():
                unit = _UNITS.match(key, position).group()  # type: ignore[union-attr]
            found.append(table.characters.get(unit, unit))
            position += len(unit)
    return found


def place_syllables(place: Place, key: str) -> list[str]:
    """The syllables of one of a place's names, former ones too, by the reviewed table."""
    parent = gazetteer()[place.parent]
    known = {**SUFFIXES, **_spoken(parent), **_spoken(place)}
    usual = syllables(key)
    return [known.get(unit, usual[number]) for number, unit in enumerate(_UNITS.findall(key))]


def _spoken(place: Place) -> dict[str, str]:
    return dict(zip(place.short, place.pinyin.split(), strict=True))


def name_of(text: str, sound: Callable[[str], Sequence[str]] = syllables) -> Name:
    """The name of a text; `sound` gives the syllables of a key, one per unit."""
    folded = [(part, position) for position, character in enumerate(text) for part in _folded(character)]
    key = "".join(part for part, _ in folded)
    units = tuple(match.start() for match in _UNITS.finditer(key))
    return Name(text, key, tuple(at for _, at in folded), units, joined(sound(key)))


class _Readings(NamedTuple):
    characters: dict[str, str]
    words: dict[str, list[str]]


@lru_cache(maxsize=1)
def _readings() -> _Readings:
    """Characters' usual readings, and words that are read otherwise; places by their own table."""
    with (RESOURCES / "readings.json").open(encoding="utf-8") as file:
        raw = json.load(file)
    characters = {character: syllable for syllable, text in raw["characters"].items() for character in text}
    words = {word: spoken.split() for word, spoken in raw["words"].items()}
    for place in gazetteer().places.values():
        if 1 < len(place.short) <= LONGEST_WORD:
            words[place.short] = place.pinyin.split()
    return _Readings(characters, words)
