"""Looking words up in the user's copies of the documents: the sentences that have them, with page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from geodata.documents.folding import even
from geodata.documents.recognise import is_reference
from geodata.documents.shelf import attached
from geodata.documents.text import NormalisedText, digest
from geodata.documents.words import records
from geodata.language import tr
from geodata.plan import Citation, Plan

MOST = 50
"""Sentences of one document that are told."""

BEFORE, LENGTH = 16, 60
"""Characters of a sentence that are shown before the first word, and in all."""

_BREAKS = "。;!?|#"
"""What parts sentences, in half width where there is one."""
_SENTENCE = re.compile(f"[^{_BREAKS}]+")
_WORD = re.compile(rf"[^\s{_BREAKS}]+")


class Mention(NamedTuple):
    """A sentence with all the words: an excerpt, the words' places in it (start and end, excluded), and the passage
    from the first word to the last as a citation.

    Section and page of the citation are the document's own, where they are known: from a fact that is cited from
    there, or from the user's copy while its pages are those that the facts cite. `own_page` is the copy's page.
    """

    plan: Plan
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    citation: Citation
    own_page: int | None

    @property
    def reference(self) -> str:
        """Section and page; where the document's own page is not known, that of the user's copy, said so."""
        if self.citation.page is not None or self.own_page is None:
            return self.citation.reference
        own = tr("你的文件第{page}页", page=self.own_page)
        return tr("，").join(part for part in (self.citation.section, own) if part)


class Mentions(NamedTuple):
    """The first sentences found, by document, with how many there are in each; the titles of the documents that were
    looked through; the words that were looked for, and those of them that are in none of the documents."""

    found: tuple[Mention, ...]
    totals: dict[str, int]
    looked_in: tuple[str, ...]
    words: tuple[str, ...]
    missing: tuple[str, ...]


def look_up(text: str, plans: Iterable[Plan], tick: Callable[[], None] = lambda: None) -> Mentions:
    """The sentences of all attached documents in which each word of `text` stands, in either case and width and with
    quotation marks of any kind.

    Words are parted by blanks, and by what parts sentences. `tick` is called before each document and may raise to
    stop.
    """
    words = tuple(text[found.start() : found.end()] for found in _WORD.finditer(even(text)))
    patterns = {word: re.compile(re.escape(even(word)), re.IGNORECASE) for word in words}
    found: list[Mention] = []
    totals: dict[str, int] = {}
    looked_in: list[str] = []
    missing = dict.fromkeys(words)
    for plan in plans:
        tick()
        copy = attached(plan.id)
        if copy is None:
            continue
        looked_in.append(plan.title)
        written = even(copy.text)
        for word in [word for word in missing if patterns[word].search(written)]:
            del missing[word]
        sentences: list[re.Match[str]] = []
        if words:
            every = _SENTENCE.finditer(written)
            sentences = [match for match in every if all(word.search(match[0]) for word in patterns.values())]
        totals[plan.id] = len(sentences)
        if sentences:
            paged = _has_cited_pages(plan, copy)
            found += [_mention(plan, copy, match, patterns.values(), paged) for match in sentences[:MOST]]
    return Mentions(tuple(found), totals, tuple(looked_in), words, tuple(missing))


def _mention(
    plan: Plan, copy: NormalisedText, sentence: re.Match[str], words: Iterable[re.Pattern[str]], paged: bool
) -> Mention:
    spans = sorted({met.span() for word in words for met in word.finditer(sentence[0])})
    first, last = spans[0][0], max(end for _, end in spans)
    low = first - BEFORE if first > BEFORE + 4 else 0
    high = min(len(sentence[0]), low + LENGTH)
    lead = "…" if low else ""
    shown = copy.text[sentence.start() + low : sentence.start() + high]
    excerpt = lead + shown + ("…" if high < len(sentence[0]) else "")
    marks = tuple((start - low + len(lead), end - low + len(lead)) for start, end in _apart(spans) if end <= high)
    start, end = sentence.start() + first, sentence.start() + last
    around = _cited_around(plan, copy, start, end)
    page, page_to = (around.page, around.page_to) if around is not None else (None, None)
    if paged:
        page, until = copy.page_at(start), copy.page_at(end - 1)
        page_to = until if until != page else None
    section = around.section if around is not None else ""
    citation = Citation(section, start, end, digest(copy.text[start:end]), page, page_to)
    return Mention(plan, excerpt, marks, citation, copy.page_at(start))


def _cited_around(plan: Plan, copy: NormalisedText, start: int, end: int) -> Citation | None:
    """The shortest cited passage around these characters, or around the first; None when there is none in this copy."""
    around = [cited for record in records(plan) for cited in record.citations if cited.start <= start < cited.end]
    sure = [cited for cited in around if digest(copy.text[cited.start : cited.end]) == cited.digest]
    return min(sure, key=lambda cited: (cited.end < end, cited.end - cited.start), default=None)


def _has_cited_pages(plan: Plan, copy: NormalisedText) -> bool:
    """Whether the copy is the reference text on the pages that the facts cite; its page marks may be others."""
    cited = (cited for record in records(plan) for cited in record.citations)
    return is_reference(plan, copy) and all(copy.page_at(one.start) == one.page for one in cited)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, rising, joined where they overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
