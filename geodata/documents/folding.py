"""Comparing texts that say the same in other characters: full and half width, punctuation, look-alike radicals."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from geodata.documents.radicals import unified

_WIDE = "，；：（）！？％～＋／"
_NARROW = ",;:()!?%~+/"
PAIRS: tuple[tuple[str, str], ...] = (
    *zip(_WIDE[:3], _NARROW[:3], strict=True),
    ("（）", "()"),
    *zip(_WIDE[5:], _NARROW[5:], strict=True),
)
"""Punctuation in full width and in half width, one character for one; brackets change together."""

_TO_ASCII = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and letters."""
_TO_WIDE = str.maketrans(_NARROW, _WIDE)
_TO_NARROW = str.maketrans(_WIDE, _NARROW)

_EVEN: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_EVEN |= {ord(mark): '"' for mark in "“”„‟〝〞‘’‚‛「」『』'＇"}
_EVEN |= {ord(mark): "-" for mark in "–—―－‐‑‒−"}
"""Full width, quotation marks and dashes, each as one character of a keyboard."""


class Folded(NamedTuple):
    """The letters, digits and characters of a text, all in one form; `offsets[i]` is where the i-th one stood."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=1 << 14)
def _fold_character(character: str) -> str:
    whole = unicodedata.normalize("NFKC", unified(character)).casefold()
    return "".join(part for part in whole if part.isalnum())


def fold(text: str) -> str:
    """The text in compatibility form (NFKC), lower case, without punctuation, symbols and white space."""
    return "".join(map(_fold_character, text))


def folded(text: str) -> Folded:
    """The folded text with the offset in `text` of every character."""
    parts: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        part = _fold_character(character)
        if part:
            parts.append(part)
            offsets.extend([offset] * len(part))
    return Folded("".join(parts), tuple(offsets))


def widths(text: str) -> tuple[str, ...]:
    """The text, and as it would be with all its punctuation in full width and in half width, offset for offset."""
    plain = text.translate(_TO_ASCII)
    return tuple(dict.fromkeys((text, plain.translate(_TO_WIDE), plain.translate(_TO_NARROW))))


def even(text: str) -> str:
    """The text in half width with one kind of quotation mark and dash, offset for offset: for finding what is written
    in another width, or with the quotation marks of a keyboard."""
    return text.translate(_EVEN)


def respelt(passage: str) -> tuple[str, ...]:
    """The passage with each kind of its punctuation once in full and once in half width: at most 1024 spellings."""
    spellings = [passage.translate(_TO_ASCII)]
    for wide, narrow in PAIRS:
        if any(character in passage for character in wide + narrow):
            widen = str.maketrans(narrow, wide)
            tighten = str.maketrans(wide, narrow)
            spellings = [spelling.translate(form) for spelling in spellings for form in (widen, tighten)]
    return tuple(dict.fromkeys(spellings))[:1024]
