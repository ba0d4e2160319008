"""Finding the passage of a citation in a user's copy of the document, and saying how sure that is.

The pack keeps no sentence: it knows of a passage its position in the reference text, a digest, a section and the
words of the facts that cite it. So a passage is, in this order,

1. at its very position (`exact`), known by its digest;
2. somewhere else with the same words (`moved`), known by its digest;
3. the same but for full and half width of its punctuation, known by its digest (`likely`, score 1);
4. between passages that were found before and after it, or in its section, where the most of its words stand
   (`likely`, with a score below 1).

What digests prove pins down the rest: the reference text and the copy run in parallel, so that a passage lies
between its neighbours. Below the score `LEAST` nothing is said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from geodata.documents.folding import Folded, folded, respelt, widths
from geodata.documents.text import NormalisedText, digest
from geodata.documents.words import Passage, passage_of, words_of_passages
from geodata.plan import Citation, Plan

Confidence = Literal["exact", "moved", "likely"]

LEAST = 0.5
"""The score below which a likeness is no find."""

_FIRM = 8
"""Characters from which on a passage is unmistakable wherever it stands; 机器人 stands in many places."""
_NEAR = 60
"""Characters around its expected place where a passage is looked for window by window."""
_FAR = 1500
"""Windows that are tried at most between two neighbours."""
_SPOTS = 24
"""Occurrences of a word that are tried at most."""


class Found(NamedTuple):
    """Where a passage stands in a copy: characters `start` to `end` (excluded), and how sure that is.

    `score` is from 0 to 1; `why` says in words what the find rests on.
    """

    start: int
    end: int
    confidence: Confidence
    score: float
    why: str


class _Hit(NamedTuple):
    """A place in the copy that has a passage's digest, as it is spelt there or with punctuation of another width."""

    start: int
    as_spelt: bool


class _Place(NamedTuple):
    """Where in the copy a place of the reference text is: as counted from the pins before and after, and between."""

    before: int
    after: int
    low: int
    high: int


class _Alignment(NamedTuple):
    """What digests prove of a copy: hits, and pins (ends of hits in the reference and in the copy, both rising)."""

    spellings: tuple[str, ...]
    folded: Folded
    hits: dict[Passage, _Hit]
    references: tuple[int, ...]
    copies: tuple[int, ...]
    scale: float

    def place(self, reference: int) -> _Place:
        """Where in the copy the character at `reference` is. Without pins, in proportion to the lengths."""
        length = len(self.spellings[0])
        if not self.references:
            guess = round(reference * self.scale)
            return _Place(guess, guess, 0, length)
        left = bisect_right(self.references, reference) - 1
        right = bisect_left(self.references, reference)
        low = self.copies[left] if left >= 0 else 0
        high = self.copies[right] if right < len(self.copies) else length
        before = low + reference - self.references[left] if left >= 0 else None
        after = high + reference - self.references[right] if right < len(self.copies) else None
        if before is None:
            before = after
        if after is None:
            after = before
        assert before is not None
        assert after is not None
        return _Place(min(max(before, low), high), min(max(after, low), high), low, high)


def find_passage(citation: Citation, plan: Plan, text: NormalisedText) -> Found | None:
    """Where the passage of `citation` stands in `text`, a copy of the plan's document; None when that is not known.

    The first call for a plan and a text aligns them; later ones take a few milliseconds at most.
    """
    passage = passage_of(citation)
    if _is_at(passage, text.text, passage.start):
        return Found(passage.start, passage.end, "exact", 1.0, "位置和文字都与原文一致")
    alignment = _align(plan, text)
    hit = alignment.hits.get(passage)
    if hit is None:
        return _likely(citation, plan, alignment)
    end = hit.start + passage.length
    if hit.as_spelt:
        return Found(hit.start, end, "moved", 1.0, "文字与原文一致，位置不同")
    return Found(hit.start, end, "likely", 1.0, "除标点的全角、半角外，文字与原文一致")


def proved_share(plan: Plan, text: NormalisedText) -> float:
    """The share of the plan's cited passages that stand in `text` word for word, from 0 to 1."""
    passages = words_of_passages(plan)
    if not passages:
        return 0.0
    return len(_align(plan, text).hits) / len(passages)


def _is_at(passage: Passage, text: str, start: int) -> bool:
    return start >= 0 and digest(text[start : start + passage.length]) == passage.digest


@lru_cache(maxsize=8)
def _align(plan: Plan, text: NormalisedText) -> _Alignment:
    """Looks up every passage of the plan in the copy by its digest."""
    words = words_of_passages(plan)
    spellings = widths(text.text)
    copy = folded(text.text)
    scale = len(text.text) / max(plan.document.characters, 1)
    hits: dict[Passage, _Hit] = {}
    shift = 0
    for passage in words:
        guess = passage.start + shift
        hit = _look(passage, spellings, _around(guess, _NEAR if passage.length >= _FIRM else 1))
        if hit is None and passage.length >= _FIRM:
            hit = _look(passage, spellings, _at_words(passage, words[passage], copy, guess))
        if hit is not None:
            hits[passage] = hit
            if passage.length >= _FIRM:
                shift = hit.start - passage.start
    alignment = _pinned(spellings, copy, hits, scale)
    for passage in words:  # once more, between the neighbours
        if passage in hits:
            continue
        place = alignment.place(passage.start)
        hit = _look(passage, spellings, _between(place)) or _respelt_at(passage, text.text, place)
        if hit is not None:
            hits[passage] = hit
    return _pinned(spellings, copy, hits, scale)


def _pinned(spellings: tuple[str, ...], copy: Folded, hits: dict[Passage, _Hit], scale: float) -> _Alignment:
    """The alignment by the longest run of firm hits that keep the order of the reference text."""
    firm = sorted((passage, hit.start) for passage, hit in hits.items() if passage.length >= _FIRM)
    ends: list[int] = []  # the index of the hit that ends the best run of each length
    starts: list[int] = []
    earlier: list[int] = []
    for index, (_, start) in enumerate(firm):
        size = bisect_right(starts, start)
        earlier.append(ends[size - 1] if size else -1)
        ends[size : size + 1] = [index]
        starts[size : size + 1] = [start]
    pins: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        passage, start = firm[index]
        pins += [(passage.start, start), (passage.end, start + passage.length)]
        index = earlier[index]
    references: list[int] = []
    copies: list[int] = []
    for reference, place in sorted(pins):
        if not references or (reference > references[-1] and place > copies[-1]):
            references.append(reference)
            copies.append(place)
    return _Alignment(spellings, copy, hits, tuple(references), tuple(copies), scale)


def _look(passage: Passage, spellings: tuple[str, ...], starts: Iterable[int]) -> _Hit | None:
    """The first of the starts at which the passage stands, in any spelling."""
    for start in starts:
        for number, spelling in enumerate(spellings):
            if _is_at(passage, spelling, start):
                return _Hit(start, number == 0)
    return None


def _respelt_at(passage: Passage, text: str, place: _Place) -> _Hit | None:
    """The passage at its expected place with each kind of punctuation in either width."""
    for start in dict.fromkeys((place.before, place.after)):
        if any(digest(spelling) == passage.digest for spelling in respelt(text[start : start + passage.length])):
            return _Hit(start, as_spelt=False)
    return None


def _around(guess: int, most: int) -> Iterator[int]:
    yield guess
    for distance in range(1, most + 1):
        yield guess + distance
        yield guess - distance


def _between(place: _Place) -> Iterator[int]:
    """The starts between the neighbours, nearest to the expected ones first; not more than `_FAR`."""
    for guess in dict.fromkeys((place.before, place.after)):
        for start in _around(guess, min(place.high - place.low, _FAR)):
            if place.low <= start <= place.high:
                yield start


def _at_words(passage: Passage, words: frozenset[str], copy: Folded, guess: int) -> Iterator[int]:
    """The starts of windows that hold the rarest of the passage's words, nearest to the guess first."""
    known = [(count, word) for word in words if len(word) > 1 and (count := copy.text.count(word))]
    if not known:
        return
    word = min(known, key=lambda pair: (pair[0], -len(pair[1])))[1]
    for spot in sorted(_spots(word, copy), key=lambda spot: abs(spot - guess))[:_SPOTS]:
        yield from range(max(spot - passage.length + len(word), 0), spot + 1)


def _spots(word: str, copy: Folded) -> Iterator[int]:
    """Where the word stands in the copy, as offsets of its text."""
    index = copy.text.find(word)
    while index >= 0:
        yield copy.offsets[index]
        index = copy.text.find(word, index + 1)


def _likely(citation: Citation, plan: Plan, alignment: _Alignment) -> Found | None:
    passage = passage_of(citation)
    text = alignment.spellings[0]
    words = words_of_passages(plan).get(passage, frozenset())
    first, last = alignment.place(passage.start), alignment.place(passage.end)
    best, share, area = _best(passage, words, first, last, citation.section, alignment)
    drift = abs(first.before - first.after) + abs(last.before - last.after)
    pinned = first.low > 0 and last.high < len(text)
    return Found(best[0], best[1], "likely", share, repr((round(share, 2), pinned, drift, last.high - first.low, area)))


def _best(passage, words, first, last, section, alignment):
    text = alignment.spellings[0]
    low, high = first.low, last.high
    area = "pins"
    if high - low > 4000:
        found = section_range(section, text, first.before)
        area = "whole"
        if found and found[0] < high and found[1] > low:
            low, high = max(low, found[0] - 2), min(high, found[1])
            area = "section"
    pieces = weights(words, alignment.folded.text)
    total = sum(pieces.values())
    spots = sorted(
        (spot, spot + len(piece), piece)
        for piece in pieces
        for spot in spots_between(piece, alignment.folded, low, high)
    )
    starts = sorted({first.before, first.after, *(m for m in clause_starts(text, low, high))})
    ends = sorted({last.before, last.after, *(m for m in clause_ends(text, low, high))})
    import bisect

    best = None
    keys = [x[0] for x in spots]
    guess = (first.before + first.after) / 2
    for start in starts:
        i = bisect.bisect_left(keys, start)
        a = bisect.bisect_left(ends, start + passage.length * 0.6)
        b = bisect.bisect_right(ends, start + passage.length * 1.5 + 4)
        cands = {*ends[a:b], min(start + passage.length, len(text))}
        for end in cands:
            got = {p for s, e, p in spots[i : bisect.bisect_right(keys, end)] if e <= end + 0}
            f = sum(pieces[p] for p in got) / total if total else 0
            key = (round(f, 6) - abs(end - start - passage.length) / passage.length * 0.3, -abs(start - guess))
            if best is None or key > best[0]:
                best = (key, (start, end), f)
    return best[1], best[2], area


import re

_CL = re.compile("[，。；：、！？,;:!?）)”《》（(“\\n]")


def clause_starts(text, low, high):
    return [low] + [m.end() for m in _CL.finditer(text, low, high)]


def clause_ends(text, low, high):
    return (
        [high] + [m.start() for m in _CL.finditer(text, low, high)] + [m.end() for m in _CL.finditer(text, low, high)]
    )


def weights(words, copy):
    out = {}
    for w in words:
        for p in [w] if len(w) <= 3 else [w[i : i + 2] for i in range(len(w) - 1)]:
            n = copy.count(p)
            out[p] = 1 / (1 + n) ** 0.5
    return out


def spots_between(piece, copy, low, high):
    a = bisect_left(copy.offsets, low)
    b = bisect_left(copy.offsets, high)
    i = copy.text.find(piece, a, b)
    while i >= 0:
        yield copy.offsets[i]
        i = copy.text.find(piece, i + 1, b)
