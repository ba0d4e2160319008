"""Finding the section of a citation by its headings: `五（六）`, `七（三）1`, `专栏 10`, `表 1`, `前言`.

A copy has no lines any more, so a heading is known by its number (`五、`, `（六）`) and by its place: of several
spots that look like it (the table of contents has them all), the one nearest to where the section should be.
"""

from __future__ import annotations

import re

_PARTS = re.compile(r"^(?:([一二三四五六七八九十]+))?(?:[（(]([一二三四五六七八九十]+)[）)])?(\d+)?")
_BOX = re.compile(r"^(专栏|表|图|附件)\s*(\d+)")
_NUMERALS = "一二三四五六七八九十"


def section_range(section: str, text: str, expected: int) -> tuple[int, int] | None:
    """From where to where (excluded) the section stands in `text`, which is its heading nearest to `expected`.

    None when its headings are not in the text. A chapter ends where the next number begins, a box after 4000
    characters at most.
    """
    box = _BOX.match(section)
    if box:
        start = _nearest(rf"{box[1]}0*{box[2]}(?!\d)", text, expected)
        if start is None:
            return None
        following = re.compile(rf"{box[1]}0*{int(box[2]) + 1}(?!\d)").search(text, start)
        return start, min(following.start() if following else len(text), start + 4000)
    if section == "前言":
        first = _nearest(r"一、", text, expected)
        return (0, first) if first else None
    parts = _PARTS.match(section)
    if not parts or not any(parts.groups()):
        return None
    chapter, bracket, number = parts.groups()
    start, end = 0, len(text)
    for value, form in (
        (chapter, r"(?<![一二三四五六七八九十第、]){}、"),
        (bracket, r"[（(]{}[）)]"),
        (number, r"(?<![\d.]){}[.．、](?!\d)"),
    ):
        if not value:
            continue
        inner = _nearest(form.format(value), text, expected, start, end)
        if inner is None:
            return (start, end) if (start, end) != (0, len(text)) else None
        following = re.compile(form.format(_next(value))).search(text, inner + 1, end)
        start, end = inner, following.start() if following else end
    return start, end


def is_heading(section: str, text: str, start: int) -> bool:
    """Whether the words at `start` belong to the heading of `section`: its number stands there or right before."""
    parts = _PARTS.match(section)
    chapter, bracket, number = parts.groups() if parts else (None, None, None)
    if number:
        forms = [f"{number}{mark}" for mark in ".．、"]
    else:
        forms = [f"（{bracket}）", f"({bracket})"] if bracket else [f"{chapter}、"]
    return any(text.startswith(form, start) or text.endswith(form, 0, start) for form in forms)


def _nearest(pattern: str, text: str, expected: int, start: int = 0, end: int | None = None) -> int | None:
    """Where `pattern` stands in the text, at or nearest before `expected`, or else nearest after it."""
    found = [match.start() for match in re.compile(pattern).finditer(text, start, len(text) if end is None else end)]
    return min(found, key=lambda place: abs(place - expected), default=None)


def _next(number: str) -> str:
    """The number after this one, in the same digits: 九 -> 十, 十九 -> 二十, 12 -> 13."""
    if number.isdecimal():
        return str(int(number) + 1)
    tens, _, ones = number.rpartition("十")
    value = (_value(tens) or 1) * 10 + _value(ones) if "十" in number else _value(ones)
    return numeral(value + 1)


def _value(digit: str) -> int:
    return _NUMERALS.index(digit) + 1 if digit else 0


def numeral(value: int) -> str:
    """1 to 99 in Chinese numerals as sections have them."""
    tens, ones = divmod(value, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")
