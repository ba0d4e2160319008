"""Looking words up in the user's copies of the documents: the sentences that have them, with page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from geodata.documents.shelf import attached
from geodata.documents.text import NormalisedText, digest
from geodata.documents.words import records
from geodata.plan import Citation, Plan

MOST = 50
"""Sentences of one document that are told."""

BEFORE, LENGTH = 16, 60
"""Characters of a sentence that are shown before the first word, and in all."""

_SENTENCE = re.compile(r"[^。；！？|#]+")


class Mention(NamedTuple):
    """A sentence with all the words: an excerpt, the words' places in it (start and end, excluded), and the passage
    from the first word to the last as a citation, whose section is known where a fact is cited from there."""

    plan: Plan
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    citation: Citation


class Mentions(NamedTuple):
    """The first sentences found, by document, with how many there are in each, and the titles of the documents that
    were looked through."""

    found: tuple[Mention, ...]
    totals: dict[str, int]
    looked_in: tuple[str, ...]


def look_up(text: str, plans: Iterable[Plan], tick: Callable[[], None] = lambda: None) -> Mentions:
    """The sentences of all attached documents in which each word of `text` stands, as written, in either case.

    Words are parted by blanks. `tick` is called before each document and may raise to stop.
    """
    words = [re.compile(re.escape(word), re.IGNORECASE) for word in text.split()]
    found: list[Mention] = []
    totals: dict[str, int] = {}
    looked_in: list[str] = []
    for plan in plans:
        tick()
        copy = attached(plan.id)
        if copy is None:
            continue
        looked_in.append(plan.title)
        sentences = [match for match in _SENTENCE.finditer(copy.text) if all(word.search(match[0]) for word in words)]
        totals[plan.id] = len(sentences) if words else 0
        found += [_mention(plan, copy, match, words) for match in sentences[:MOST]] if words else []
    return Mentions(tuple(found), totals, tuple(looked_in))


def _mention(plan: Plan, copy: NormalisedText, sentence: re.Match[str], words: Sequence[re.Pattern[str]]) -> Mention:
    spans = sorted({met.span() for word in words for met in word.finditer(sentence[0])})
    first, last = spans[0][0], max(end for _, end in spans)
    low = first - BEFORE if first > BEFORE + 4 else 0
    high = min(len(sentence[0]), low + LENGTH)
    lead = "…" if low else ""
    excerpt = lead + sentence[0][low:high] + ("…" if high < len(sentence[0]) else "")
    marks = tuple((start - low + len(lead), end - low + len(lead)) for start, end in _apart(spans) if end <= high)
    start, end = sentence.start() + first, sentence.start() + last
    citation = Citation(_section(plan, copy, start), start, end, digest(copy.text[start:end]), copy.page_at(start))
    return Mention(plan, excerpt, marks, citation)


def _section(plan: Plan, copy: NormalisedText, start: int) -> str:
    """Of the shortest cited passage around the character; empty when there is none in this copy."""
    around = [cited for record in records(plan) for cited in record.citations if cited.start <= start < cited.end]
    sure = [cited for cited in around if digest(copy.text[cited.start : cited.end]) == cited.digest]
    return min(sure, key=lambda cited: cited.end - cited.start).section if sure else ""


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, rising, joined where they overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
