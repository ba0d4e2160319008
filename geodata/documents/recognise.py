"""Which plan is this the document of?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from geodata.documents.folding import fold
from geodata.documents.passages import proved
from geodata.documents.source import Note, Progress
from geodata.documents.text import NormalisedText
from geodata.documents.words import records
from geodata.language import mark, tr
from geodata.plan import Plan

_OPENING = 600
"""Letters at the start of a document in which its title stands; a covering letter or a menu may come first."""
_SHORTEST = 4
"""Letters from which on a name is distinctive."""
_SOME_NAMES = 0.3
_SAME_NAMES = 0.5
_SAME_PASSAGES = 0.15
"""Shares from which on a text is a plan's document: of its names under its title, of its names, of its passages."""
_FEWEST_NAMES = 10
_FEWEST_PASSAGES = 3
"""What there must be at least for a share to mean anything."""
_WORTH_A_LOOK = 0.1
"""The share of a plan's names from which on its passages are looked up, which takes half a second."""


class Recognition(NamedTuple):
    """The plan whose document a text is, how sure that is, and in words what it was recognised by."""

    plan: Plan
    confidence: Literal["exact", "likely"]
    how: Note


def is_reference(plan: Plan, text: NormalisedText) -> bool:
    """Whether the text is, character for character, the one that the plan's citations count in."""
    return len(text.text) == plan.document.characters and text.sha256 == plan.document.sha256


def recognise(text: NormalisedText, plans: Iterable[Plan], progress: Progress | None = None) -> Recognition | None:
    """The plan whose document `text` is, or is most of; None when it is none of them.

    By the digest of the whole text; or else by the names in it and the title at its start; or else by the
    passages that facts cite. A text that only mentions a plan or tells of it is not its document. `progress` counts
    plans and may raise to end the work.
    """
    plans = tuple(plans)
    for plan in plans:
        if is_reference(plan, text):
            return Recognition(plan, "exact", Note(mark("与原文逐字相同")))
    copy = fold(text.text)
    ranked: list[tuple[float, Plan]] = []
    for number, plan in enumerate(plans):
        if progress:
            progress(number, len(plans), tr("与《{title}》比较", title=plan.document.title))
        ranked.append((_names_share(plan, copy), plan))
    for share, plan in sorted(ranked, key=lambda pair: -pair[0]):
        titled = fold(plan.document.title) in copy[: _OPENING + len(plan.document.title)]
        if titled and share >= _SOME_NAMES:
            how = Note(mark("开头有文件标题，规划中的名称有 {share} 在文中"), share=f"{share:.0%}")
            return Recognition(plan, "likely", how)
        if titled and len(_names(plan)) < _FEWEST_NAMES and proved(plan, text)[0]:
            return Recognition(plan, "likely", Note(mark("开头有文件标题，文中有引文")))
        if share >= _WORTH_A_LOOK:
            found, passages = proved(plan, text)
            if found >= max(_FEWEST_PASSAGES, passages * _SAME_PASSAGES):
                how = Note(mark("{passages} 处引文有 {found} 处逐字在文中"), passages=passages, found=found)
                return Recognition(plan, "likely", how)
            if share >= _SAME_NAMES and len(_names(plan)) >= _FEWEST_NAMES:
                how = Note(mark("规划中的名称有 {share} 在文中"), share=f"{share:.0%}")
                return Recognition(plan, "likely", how)
    return None


@lru_cache(maxsize=16)
def _names(plan: Plan) -> frozenset[str]:
    """Names of sites, projects, regions and sectors, and focus terms, folded; the distinctive ones."""
    names: set[str] = set()
    for record in records(plan):
        fields = record._asdict()
        names.update((fields.get("name", ""), *fields.get("aliases", ()), *fields.get("focus", ())))
    return frozenset(name for name in map(fold, names) if len(name) >= _SHORTEST)


def _names_share(plan: Plan, copy: str) -> float:
    names = _names(plan)
    return sum(name in copy for name in names) / len(names) if names else 0.0
