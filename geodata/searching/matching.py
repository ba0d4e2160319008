"""How well a query meets a name: as written, by its sound, by initials, or nearly."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from geodata.searching.names import Name, joined, syllables

EXACT, PREFIX, INSIDE, PINYIN, INITIALS, NEARLY, WORDS, PARTED = range(8)
"""Kinds of matches, best first; WORDS are those of a question (see questions.py)."""

LEAST_PARTED = 4
"""Characters of a query that is looked for in two parts."""

LEAST_INSIDE = 3
"""Letters of initials that are looked for in the middle of names; fewer are in too many."""

LEAST_NEAR_INSIDE = 8
"""Letters of a query with typing errors that is looked for in the middle of names."""

Marks = tuple[tuple[int, int], ...]
"""Parts of a name's text, start and end (excluded)."""


class Match(NamedTuple):
    """A kind of match, how good it is among its kind (0 is best), and the part of the name's text that was met."""

    kind: int
    degree: int
    marks: Marks = ()


Matcher = Callable[[Name], Match | None]


def slips(length: int) -> int:
    """Typing errors that a query of so many characters may have."""
    return 0 if length < 4 else 1 if length < 8 else 2


def direct(query: str) -> Matcher:
    """Meets names as written; a query in letters also by their sound and its initials."""
    ascii_query = query.isascii()
    spoken = query.replace("lve", "lue").replace("nve", "nue")
    has_letters = ascii_query and not query.isdigit()
    whole = re.compile(" " + " ?".join(map(re.escape, spoken))) if has_letters else None
    loose = re.compile(" " + "(?:[a-z0-9]* )?".join(map(re.escape, spoken))) if has_letters else None

    def match(name: Name) -> Match | None:
        at = name.key.find(query)
        if at >= 0 and (not ascii_query or at in name.units):
            kind = EXACT if name.key == query else PREFIX if at == 0 else INSIDE
            return Match(kind, 0, name.marked(at, at + len(query)))
        if whole is None or loose is None:
            return None
        found = whole.search(name.sound)
        if found is not None and (found.start() == 0 or len(query) > 1):
            return Match(PINYIN, _degree(name, *found.span()), _heard(name, *found.span()))
        found = loose.search(name.sound)
        if found is None or (found.start() > 0 and len(query) < LEAST_INSIDE):
            return None
        return Match(INITIALS, _degree(name, *found.span()), _heard(name, *found.span()))

    return match


def parted(query: str) -> Matcher:
    """Meets names in which a query in characters stands in two parts, of two characters at least, in its order:
    硅材料基地 in 硅材料开发与副产物利用产业化基地."""
    cuts = range(2, len(query) - 1) if len(query) >= LEAST_PARTED and not query.isascii() else range(0)
    patterns = [re.compile(f"({re.escape(query[:cut])}).+?({re.escape(query[cut:])})") for cut in cuts]

    def match(name: Name) -> Match | None:
        found = next((found for pattern in patterns if (found := pattern.search(name.key))), None)
        return Match(PARTED, 0, (*name.marked(*found.span(1)), *name.marked(*found.span(2)))) if found else None

    return match


def homophone(query: str) -> Matcher:
    """Meets names that sound like a query in characters."""
    sound = joined(syllables(query))
    pattern = re.compile(re.escape(sound) + r"(?![a-z0-9])")

    def match(name: Name) -> Match | None:
        found = pattern.search(name.sound)
        return Match(NEARLY, _degree(name, *found.span()), _heard(name, *found.span())) if found is not None else None

    return match


def nearly(query: str) -> Matcher:
    """Meets names that begin like the query but for a few typing errors; a long query also in their middle, but for
    one."""
    spoken = query.isascii()
    most = slips(len(query)) if spoken else min(2, len(query) // 3)
    first = _first_look(query, most)
    parts = _parts(query, 2) if len(query) >= LEAST_NEAR_INSIDE else ()  # halves: one of them is right

    def match(name: Name) -> Match | None:
        text = name.sound.replace(" ", "") if spoken else name.key
        if not most:
            return None
        best = 4 * most + 4
        if first.match(text):
            slipped, length = distance_to_prefix(query, text[: len(query) + most], most)
            if slipped <= most:
                best = 4 * slipped + (length < len(text))
        elif any(part in text for _, part in parts):
            for start in _likely_starts(parts, text, _starts(name) if spoken else name.units):
                slipped, _ = distance_to_prefix(query, text[start : start + len(query) + 1], 1)
                best = min(best, 4 * slipped + INSIDE) if slipped <= 1 else best
        return Match(NEARLY, best) if best < 4 * most + 4 else None

    return match


def distance_to_prefix(query: str, text: str, most: int) -> tuple[int, int]:
    """The fewest slips (wrong, missing or added characters, or neighbours exchanged) from the query to any prefix of
    the text, and that prefix's length; more than `most` are not counted further."""
    width = len(text) + 1
    before: list[int] = []
    last = list(range(width))
    for row, wanted in enumerate(query, 1):
        now = [row] + [0] * (width - 1)
        for column in range(1, width):
            has = text[column - 1]
            now[column] = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (wanted != has))
            if row > 1 and column > 1 and wanted == text[column - 2] and query[row - 2] == has:
                now[column] = min(now[column], before[column - 2] + 1)
        if min(now) > most and min(last) > most:
            return most + 1, 0
        before, last = last, now
    best = min(last)
    return best, max(column for column in range(width) if last[column] == best)


def _degree(name: Name, start: int, end: int) -> int:
    """0 for all of a sound, 1 for whole syllables at its start, 2 for a start, 3 and 4 for the same further on."""
    ends_syllable = end == len(name.sound) or name.sound[end] == " "
    if start == 0:
        reaches_end = " " not in name.sound[end:]
        return 0 if reaches_end and (ends_syllable or _is_initial(name.sound, end)) else 1 if ends_syllable else 2
    return 3 if ends_syllable else 4


def _is_initial(sound: str, end: int) -> bool:
    """Whether the last letter met is the first of its syllable: all initials of a name are all of it."""
    return end >= 2 and sound[end - 2] == " "


def _heard(name: Name, start: int, end: int) -> Marks:
    first = name.sound.count(" ", 0, start + 1) - 1
    last = name.sound.count(" ", 0, end)
    return name.marked(name.units[first], name.units[last] if last < len(name.units) else len(name.key))


def _starts(name: Name) -> tuple[int, ...]:
    """Where syllables start in the sound without its spaces."""
    starts, position = [], 0
    for syllable in name.sound.split():
        starts.append(position)
        position += len(syllable)
    return tuple(starts)


def _parts(query: str, number: int) -> tuple[tuple[int, str], ...]:
    """So many equal parts of the query with their offsets; what does not go into them is left out."""
    size = max(1, len(query) // number)
    return tuple((offset, query[offset : offset + size]) for offset in range(0, len(query) - size + 1, size))


def _first_look(query: str, most: int) -> re.Pattern[str]:
    """Meets texts that may begin like the query: one of some parts is as it is, near its place.

    Neighbours exchanged at a border spoil two parts, so that there are two more than slips. With two slips the first
    character is right.
    """
    looks = [
        f"{'' if slipped == 1 else '(?=' + re.escape(query[0]) + ')'}.{{{max(0, offset - slipped)},{offset + slipped}}}"
        + re.escape(part)
        for slipped in range(1, most + 1)
        for offset, part in _parts(query, slipped + 2)
    ]
    return re.compile("|".join(looks))


def _likely_starts(parts: tuple[tuple[int, str], ...], text: str, starts: tuple[int, ...]) -> list[int]:
    """The starts in the middle of a text where the query may stand with one slip."""
    found: set[int] = set()
    for offset, part in parts:
        at = text.find(part)
        while at >= 0:
            found.update(start for start in starts if start and abs(start - (at - offset)) <= 1)
            at = text.find(part, at + 1)
    return sorted(found)
