"""Finding the passage of a citation in a user's copy of the document, and saying how sure that is.

The pack keeps no sentence: it knows of a passage its position in the reference text, a digest, a section and the
words of the facts that cite it. So a passage is, in this order,

1. at its very position (`exact`), known by its digest;
2. somewhere else with the same words (`moved`), known by its digest;
3. the same but for full and half width of its punctuation, known by its digest (`likely`, score 1);
4. between passages that were found before and after it, or in its section, where the most of its words stand
   (`likely`, with a score below 1).

What digests prove pins down the rest: the reference text and the copy run in parallel, so that a passage lies
between its neighbours. A digest does not prove which of several equal passages is meant (机器人 stands in many
places); then the place must agree with a neighbour's, or the find is only likely. Below the score `LEAST` nothing
is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from geodata.documents.folding import Folded, folded, respelt, widths
from geodata.documents.sections import section_range
from geodata.documents.text import NormalisedText, digest
from geodata.documents.words import Passage, passage_of, words_of_passages
from geodata.language import tr
from geodata.plan import Citation, Plan

Confidence = Literal["exact", "moved", "likely"]

LEAST = 0.55
"""The score below which a likeness is no find. In damaged copies of four plans, nine in ten finds with this score
were right, and half of those just below."""

_MOST = 0.95
_MOST_SHORT = 0.7
"""The highest scores that words give: 1 is what a digest proves; a short term may be another one of the same name."""

_FIRM = 8
"""Characters from which on a passage seldom stands twice."""
_UNMISTAKABLE = 16
"""Characters from which on a passage that stands once in the copy is the one, wherever it is."""
_NEAR = 60
"""Characters around its expected place where a passage is looked for window by window."""
_FAR = 300
"""The same, in the second look between two neighbours."""
_SPOTS = 24
"""Occurrences of a word that are tried at most."""
_WIDE_AREA = 4000
"""Characters between two neighbours from which on the headings of sections are looked for."""
_CLAUSE_LENGTH = 30
"""Characters within which prose has punctuation."""
_CLAUSE = re.compile("[，。；：、！？,;:!?（）()《》“”]")


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
    """Where in the copy a place of the reference text is: counted from the pin before and the pin after.

    It lies between `low` and `high`; `pinned` when there is a pin on either side.
    """

    before: int
    after: int
    low: int
    high: int
    pinned: bool


class _Alignment(NamedTuple):
    """What digests prove of a copy: hits, and pins (ends of hits in the reference and in the copy, both rising).

    `sure` are the hits that can be no other passage of the same words; `scale` is the copy's length as a share of
    the reference text's.
    """

    spellings: tuple[str, ...]
    folded: Folded
    hits: dict[Passage, _Hit]
    sure: frozenset[Passage]
    references: tuple[int, ...]
    copies: tuple[int, ...]
    scale: float

    def place(self, reference: int) -> _Place:
        """Where in the copy the character at `reference` is. Without pins, in proportion to the lengths."""
        length = len(self.spellings[0])
        left = bisect_right(self.references, reference) - 1
        right = bisect_left(self.references, reference)
        low = self.copies[left] if left >= 0 else 0
        high = self.copies[right] if right < len(self.copies) else length
        guesses = []
        if left >= 0:
            guesses.append(low + reference - self.references[left])
        if right < len(self.copies):
            guesses.append(high + reference - self.references[right])
        if not guesses:
            guesses.append(round(reference * self.scale))
        before, after = (min(max(guess, low), high) for guess in (guesses[0], guesses[-1]))
        return _Place(before, after, low, high, pinned=len(guesses) == 2)


def find_passage(citation: Citation, plan: Plan, text: NormalisedText) -> Found | None:
    """Where the passage of `citation` stands in `text`, a copy of the plan's document; None when that is not known.

    The first call for a plan and a text aligns them (up to a second for a very poor copy of a long plan); every
    other takes a few milliseconds.
    """
    passage = passage_of(citation)
    if _is_at(passage, text.text, passage.start):
        return Found(passage.start, passage.end, "exact", 1.0, tr("位置和文字都与原文一致"))
    alignment = _align(plan, text)
    hit = alignment.hits.get(passage)
    if hit is None or passage not in alignment.sure:
        likely = _likely(passage, words_of_passages(plan).get(passage, frozenset()), citation.section, alignment)
        return likely if likely is not None and likely.score >= LEAST else None
    end = hit.start + passage.length
    if hit.as_spelt:
        return Found(hit.start, end, "moved", 1.0, tr("文字与原文一致，位置不同"))
    return Found(hit.start, end, "likely", 1.0, tr("除标点的全角、半角外，文字与原文一致"))


def proved(plan: Plan, text: NormalisedText) -> tuple[int, int]:
    """How many of the plan's cited passages stand in `text` word for word, and how many there are."""
    return len(_align(plan, text).sure), len(words_of_passages(plan))


def _is_at(passage: Passage, text: str, start: int) -> bool:
    return start >= 0 and digest(text[start : start + passage.length]) == passage.digest


# What stands in the copy word for word


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
        if passage not in hits:
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
    alignment = _Alignment(spellings, copy, hits, frozenset(), tuple(references), tuple(copies), scale)
    return alignment._replace(sure=frozenset(_sure(alignment, firm)))


def _sure(alignment: _Alignment, firm: list[tuple[Passage, int]]) -> Iterator[Passage]:
    """The hits that can be nothing else: as far off as a neighbour, or of words that stand once in the copy."""
    text = alignment.spellings[0]
    passages = [passage for passage, _ in firm]
    for passage, hit in alignment.hits.items():
        left = bisect_left(passages, passage)
        neighbours = [firm[left - 1]] if left else []
        neighbours += [pair for pair in firm[left : left + 2] if pair[0] != passage][:1]
        if any(start - other.start == hit.start - passage.start for other, start in neighbours):
            yield passage
        elif passage.length >= _FIRM:
            place = alignment.place(passage.start)
            in_order = place.low <= hit.start <= place.high
            once = text.count(text[hit.start : hit.start + passage.length]) == 1
            if once and (in_order or passage.length >= _UNMISTAKABLE):
                yield passage


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
    """The starts between the neighbours, nearest to the expected ones first; not farther off than `_FAR`."""
    for guess in dict.fromkeys((place.before, place.after)):
        for start in _around(guess, min(place.high - place.low, _FAR)):
            if place.low <= start <= place.high:
                yield start


def _at_words(passage: Passage, words: frozenset[str], copy: Folded, guess: int) -> Iterator[int]:
    """The starts of windows that hold the rarest of the passage's words, nearest to the guess first."""
    known = [(count, word) for word in words if len(word) > 1 and (count := copy.text.count(word))]
    if not known:
        return
    word = min(known, key=lambda pair: (pair[0], -len(pair[1]), pair[1]))[1]
    spots = [spot for spot, _ in _spots(word, copy, 0, len(copy.text))]
    for spot in sorted(spots, key=lambda spot: abs(spot - guess))[:_SPOTS]:
        yield from range(max(spot - passage.length + len(word), 0), spot + 1)


def _spots(word: str, copy: Folded, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Where the word stands in the copy between two folded offsets: start and end (excluded) in its own text."""
    index = copy.text.find(word, low, high)
    while index >= 0:
        yield copy.offsets[index], copy.offsets[index + len(word) - 1] + 1
        index = copy.text.find(word, index + 1, high)


# What only resembles the passage


class _Spot(NamedTuple):
    """A piece of a word in the copy, from `start` to `end` (excluded)."""

    start: int
    end: int
    piece: str


class _Window(NamedTuple):
    """A part of the copy, the share of the passage's words in it, and that share less what speaks against it."""

    merit: float
    share: float
    start: int
    end: int


def _likely(passage: Passage, words: frozenset[str], section: str, alignment: _Alignment) -> Found | None:
    """The window between the passage's neighbours, or in its section, that has the most of its words."""
    text = alignment.spellings[0]
    first, last = alignment.place(passage.start), alignment.place(passage.end)
    low, high = first.low, last.high
    within = tr("前后引文之间") if first.pinned and last.pinned else tr("全文中")
    if high - low > _WIDE_AREA:
        area = section_range(section, text, first.before)
        if area is not None and area[0] < high and area[1] > low:
            low, high = max(low, area[0]), min(high, area[1])
            within = tr("“{section}”中", section=section)
    slack = max(4.0, passage.length * 0.2)
    found = _repeated(passage, alignment, (low, high), slack)
    windows = _windows(passage, alignment, first, last, (low, high), _weights(words, alignment.folded.text))
    best = max(windows, default=None)
    if best is None:
        return found
    apart = (window.merit for window in windows if window.end <= best.start or window.start >= best.end)
    rival = max(apart, default=0.0) / best.merit if best.merit > 0 else 1.0
    away = _away(best.start, first)
    drift = abs(first.before - first.after) + abs(last.before - last.after)
    if first.pinned and last.pinned and drift <= slack and away <= slack:
        score = 0.75 + 0.2 * best.share
        why = tr("文字有出入；前后的引文都已找到，位置由它们确定，关键词相符 {share}", share=f"{best.share:.0%}")
    else:
        score = best.share * (1 - 0.5 * max(rival, 0.0))
        score *= (0.5 if away > passage.length / 2 else 1.0) * (1.0 if alignment.references else 0.8)
        score = min(score, _MOST if passage.length >= _FIRM else _MOST_SHORT)
        share = f"{best.share:.0%}"
        why = tr("文字有出入；{within}此处的关键词与引文最相符（{share}）", within=within, share=share)
    if found is not None and found.score >= score:
        return found
    return Found(best.start, best.end, "likely", round(score, 2), why)


def _repeated(passage: Passage, alignment: _Alignment, area: tuple[int, int], slack: float) -> Found | None:
    """The place with the very words of the passage, where these words may stand in other places too."""
    hit = alignment.hits.get(passage)
    if hit is None or not area[0] <= hit.start <= area[1]:
        return None
    end = hit.start + passage.length
    times = alignment.spellings[0].count(alignment.spellings[0][hit.start : end], *area)
    near = _away(hit.start, alignment.place(passage.start)) <= slack
    score = (0.85 if near else 0.6) / max(times, 1)
    if times > 1:
        why = tr("文字与原文一致，但这一带有 {n} 处，取最近的一处", n=times)
    else:
        why = tr("文字与原文一致，但别处也可能有")
    return Found(hit.start, end, "likely", round(score, 2), why)


def _away(start: int, place: _Place) -> int:
    """How far `start` is from where the place should be, in characters; 0 between its two estimates."""
    near, far = sorted((place.before, place.after))
    return max(near - start, start - far, 0)


def _windows(
    passage: Passage,
    alignment: _Alignment,
    first: _Place,
    last: _Place,
    area: tuple[int, int],
    weights: dict[str, float],
) -> list[_Window]:
    """Parts of the area that may be the passage, from clause to clause: every promising start with its ends."""
    total = sum(weights.values())
    if not total:
        return [_Window(0.0, 0.0, first.before, last.before)] if last.before > first.before else []
    copy = alignment.folded
    low, high = (bisect_left(copy.offsets, place) for place in area)
    spots = sorted(_Spot(*spot, piece) for piece in weights for spot in _spots(piece, copy, low, high))
    marks = [match.start() for match in _CLAUSE.finditer(alignment.spellings[0], *area)]
    bare = [spot for spot in spots if not _near_mark(spot, marks)]
    starts = {first.before, first.after, *(mark + 1 for mark in marks), *(spot.start for spot in bare)}
    ends = sorted({last.before, last.after, *marks, *(mark + 1 for mark in marks), *(spot.end for spot in bare)})
    longest = round(passage.length * 1.5) + 4
    windows: list[_Window] = []
    best = 0.0
    for start in sorted(starts, key=lambda start: (_away(start, first), start)):
        begin = bisect_left(spots, start, key=lambda spot: spot.start)
        until = bisect_right(spots, start + longest, key=lambda spot: spot.start)
        inside = [spot for spot in spots[begin:until] if spot.end <= start + longest]
        against = 0.15 * min(_away(start, first) / 100, 1)
        if _weight(inside, start + longest, weights) / total - against < best * 0.7:
            continue
        choices = ends[bisect_left(ends, start + round(passage.length * 0.6)) : bisect_right(ends, start + longest)]
        for end in {start + passage.length, *choices}:
            if start < end <= area[1]:
                share = _weight(inside, end, weights) / total
                merit = share - against - 0.3 * abs(end - start - passage.length) / passage.length
                windows.append(_Window(merit, share, start, end))
                best = max(best, merit)
    return windows


def _near_mark(spot: _Spot, marks: list[int]) -> bool:
    """Whether there is punctuation near the spot; tables and some extractions have none."""
    index = bisect_left(marks, spot.start)
    return any(abs(mark - spot.start) <= _CLAUSE_LENGTH for mark in marks[max(index - 1, 0) : index + 1])


def _weight(spots: list[_Spot], end: int, weights: dict[str, float]) -> float:
    """The weight of the distinct pieces that end before `end`."""
    return sum(weights[piece] for piece in {spot.piece for spot in spots if spot.end <= end})


def _weights(words: frozenset[str], copy: str) -> dict[str, float]:
    """Pairs of characters of the words, and short words whole, each with its weight: the rarer, the heavier."""
    pieces = {
        piece
        for word in words
        for piece in ([word] if len(word) <= 3 else [word[index : index + 2] for index in range(len(word) - 1)])
    }
    return {piece: (1 + copy.count(piece)) ** -0.5 for piece in sorted(pieces)}
