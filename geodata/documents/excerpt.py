"""Showing a passage in its surroundings: where to cut them, and where paragraphs begin.

Normalised text is one line. Paragraphs are made only where text of this kind begins one: at headings, numbered
items, run-in labels, rows of a table, and after a sentence when a paragraph gets long. No character is changed.
"""

from __future__ import annotations

import re

_LONG = 160
"""Characters from which on a paragraph is broken after a sentence."""
_LEAD = 600
"""Characters before the shown part from which on paragraphs are looked for, so that they keep their places."""

_BEGIN = re.compile(
    r"""
      (?<!\#)\#+                                                     # headings of Markdown
    | (?<=[。；：！？”）)》>.\d])[一二三四五六七八九十]{1,3}、          # 一、
    | (?<![见第至按照据和与、\#])[（(][一二三四五六七八九十]{1,3}[）)]     # （一）
    | (?<![见如在由以及和与（(《“、\#])(?:专栏|表)\d+(?=[^\d.、，。])  # 专栏 3
    | (?<=[。；：）)》])\d{1,2}[.．、](?!\d)                           # 1.
    | (?<=[一-鿿])(?<!第)\d{1,2}[.．](?=[一-鿿])                      # 1. after a heading
    | (?<=[。；])——(?!。)
    | (?<=[。；])\*\*(?=[^*]{2,30}\*\*)                               # **label**
    | (?<=。)(?=[^，。；：、！？“”（）()#*|\d]{2,8}。[^。]{12})        # a label that ends with a full stop
    | (?<=。)(?=[^，。；：！？“”（）()#*|]{2,16}：)                    # a label that ends with a colon
    | (?<=\|)(?=\|)                                                   # rows of a table
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[。！？；][”’」』）)》]*")


def surroundings(text: str, start: int, end: int, least: int, most: int) -> tuple[int, int]:
    """What to show of `text` around the characters `start` to `end` (excluded): from where to where (excluded).

    On either side from `least` to `most` characters, cut after a sentence or before a paragraph where one ends or
    begins there.
    """
    low, high = max(start - most, 0), min(end + most, len(text))
    if low > 0:
        cuts = [cut for cut in _cuts(text, low, start) if cut <= start - least]
        low = cuts[0] if cuts else low
    if high < len(text):
        cuts = [cut for cut in _cuts(text, end, high) if cut >= end + least]
        high = cuts[-1] if cuts else high
    return low, high


def _cuts(text: str, low: int, high: int) -> list[int]:
    """Where a sentence has ended or a paragraph begins, from `low` to `high`."""
    ends = (match.end() for match in _SENTENCE_END.finditer(text, low, high))
    begins = (match.start() for match in _BEGIN.finditer(text, low, high))
    return sorted({cut for cut in (*ends, *begins) if low <= cut <= high})


def paragraphs(text: str, low: int, high: int) -> tuple[int, ...]:
    """Where paragraphs begin between `low` and `high` (both excluded), rising."""
    origin = max(low - _LEAD, 0)
    begins = [match.start() for match in _BEGIN.finditer(text, origin, min(high + _LONG, len(text)))]
    found: list[int] = []
    last = origin
    for begin in (*dict.fromkeys(begins), min(high + _LONG, len(text))):
        for match in _SENTENCE_END.finditer(text, last, begin):
            if match[0][0] != "；" and match.end() - last >= _LONG and begin - match.end() >= _LONG // 4:
                found.append(match.end())
                last = match.end()
        found.append(begin)
        last = begin
    return tuple(begin for begin in found if low < begin < high)
