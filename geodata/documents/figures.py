"""Figures as documents write them: 2.96万亿元 is 29600亿元, １２％ is 12%, and so are 百分之十二 and 12 %."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from geodata.documents.sections import numeral

_SCALES = ((1e4, "万"), (1e8, "亿"))
_DOUBLINGS = {2: ("翻番", "翻一番"), 4: ("翻两番", "翻二番")}


def names_figure(value: float, row: tuple[float, ...], unit: str, words: str) -> bool:
    """Whether the words have the figure, alone or in a table row whose figures run together (34.8 and 38: 34.838)."""
    plain = _plain(words)
    together = "".join(map(_digits, row))
    if len(row) > 1 and _stands(together, plain):
        return True
    if unit == "倍" and any(form in plain for form in _DOUBLINGS.get(int(value) if value % 1 == 0 else 0, ())):
        return True
    return any(_stands(form, plain) for form in _forms(value, unit))


def names_unit(unit: str, words: str) -> bool:
    """Whether the words have the unit; of 项/年 both parts."""
    plain = _plain(words)
    if unit == "%":
        return "%" in plain or "百分之" in plain
    if unit == "倍":
        return "倍" in plain or any(form in plain for forms in _DOUBLINGS.values() for form in forms)
    return all(part in plain for part in unit.split("/"))


def _plain(words: str) -> str:
    """In half width and without separators between thousands."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", words))


def _digits(value: float) -> str:
    return f"{value:.12g}"


def _stands(form: str, words: str) -> bool:
    """Whether the form stands in the words as a figure of its own, not as a part of a longer one."""
    before, after = r"(?<![\d.])", r"(?![\d]|\.\d)"
    if not form[0].isascii():
        before = "(?<![〇零一二两三四五六七八九十百千万])"
    if not form[-1].isascii():
        after = "(?![〇零一二两三四五六七八九十百千])"
    return re.search(before + re.escape(form) + after, words) is not None


def _forms(value: float, unit: str) -> Iterator[str]:
    yield _digits(value)
    for scale, name in _SCALES:
        if value >= scale / 100:
            yield _digits(value / scale) + name
    for word in _numerals(value):
        yield f"百分之{word}" if unit == "%" else word + unit.split("/")[0]


def _numerals(value: float) -> Iterator[str]:
    """The value in Chinese numerals: up to 99, and whole hundreds below ten thousand."""
    if value % 1:
        return
    if 0 < value < 100:
        yield numeral(int(value))
    elif 0 < value < 10_000 and value % 100 == 0:
        thousands, hundreds = divmod(int(value) // 100, 10)
        parts = ((thousands, "千"), (hundreds, "百"))
        yield "".join(numeral(digit) + name for digit, name in parts if digit)
        yield "".join(("两" if digit == 2 else numeral(digit)) + name for digit, name in parts if digit)
    if value == 2:
        yield "两"
