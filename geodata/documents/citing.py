"""Does each citation of a plan stand in its document, and does the passage name what it is cited for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geodata.documents.text import NormalisedText, digest, read_text
from geodata.gazetteer import gazetteer
from geodata.plan import Assignment, Citation, Plan
from geodata.problems import Problem, UserError
from geodata.saving import is_dir

KNOWN_LENGTH = 12
"""Characters from which a passage is known by its words alone."""

REACH = 3_000
"""Characters around the expected place within which a moved passage is looked for."""


class Cited(NamedTuple):
    """One fact as a reader names it, and the citations it stands on."""

    name: str
    citations: tuple[Citation, ...]
    assignment: Assignment | None = None


class Verdict(NamedTuple):
    """How the citations of one plan fared against one text."""

    exact: int
    moved: int
    excepted: int
    problems: tuple[Problem, ...]


def cited_facts(plan: Plan) -> Iterator[Cited]:
    """Every fact of the plan with its citations, in the order of the pack."""
    for role in plan.roles:
        yield Cited(f"roles「{role.name}」", role.citations)
    for top in plan.sectors:
        for sector in top.walk():
            yield Cited(f"sectors「{sector.id}」", sector.citations)
    for region in plan.regions:
        yield Cited(f"regions「{region.name}」", region.citations)
    for site in plan.sites:
        yield Cited(f"sites「{site.name}」", site.citations)
    for index, assignment in enumerate(plan.assignments):
        place = gazetteer()[assignment.place].short
        name = f"assignments[{index}]「{assignment.sector}·{place}·{assignment.role}」"
        yield Cited(name, assignment.citations, assignment)
    for statement in plan.statements:
        yield Cited(f"statements「{statement.id}」", statement.citations)
    for project in plan.projects:
        yield Cited(f"projects「{project.name}」", project.citations)
    for indicator in plan.indicators:
        yield Cited(f"indicators「{indicator.name}」", indicator.citations)


def find_document(plan: Plan, texts: Sequence[tuple[Path, NormalisedText]]) -> tuple[Path, NormalisedText] | None:
    """The file that holds the plan's document: the reference text itself, or else the longest that has its title."""
    for file, text in texts:
        if len(text.text) == plan.document.characters and text.sha256 == plan.document.sha256:
            return file, text
    title = "".join(plan.document.title.split())
    titled = [pair for pair in texts if title in pair[1].text[: len(title) + 200]]
    return max(titled, key=lambda pair: _found_in_place(plan, pair[1]), default=None)


def _found_in_place(plan: Plan, text: NormalisedText) -> int:
    return sum(
        digest(text.text[citation.start : citation.end]) == citation.digest
        for fact in cited_facts(plan)
        for citation in fact.citations
    )


def read_folder(folder: Path) -> list[tuple[Path, NormalisedText]]:
    """The plain texts in a folder. Raises UserError when the folder is none or holds no text."""
    if not is_dir(folder):
        raise UserError(Problem(str(folder), "没有这个文件夹", "给出存放规划文件（.txt）的文件夹"))
    texts = []
    for file in sorted(folder.glob("*.txt")):
        try:
            texts.append((file, read_text(file)))
        except UserError:
            continue  # some other file; a plan's document that is missing is reported by name
    if not texts:
        raise UserError(Problem(str(folder), "文件夹里没有可读的文本文件", "放入规划文件的 .txt 文本（UTF-8）"))
    return texts


def check_citations(plan: Plan, file_name: str, text: NormalisedText) -> Verdict:
    """Looks up every citation of `plan` in `text`, and whether assignments' passages name what they are cited for."""
    exact = moved = excepted = 0
    problems: list[Problem] = []
    found = _locate_all(plan, text)
    for fact in cited_facts(plan):
        passages: list[str] = []
        for citation in fact.citations:
            start = found.get(citation)
            where = f"{plan.id} {fact.name} {citation.reference} {citation.start}:{citation.end}"
            if start is None:
                problems.append(
                    Problem(where, f"{file_name} 中没有这段引文", "核对文件此处的文字是否被改动，或换用原文件")
                )
                continue
            passages.append(text.text[start : start + citation.end - citation.start])
            if start == citation.start:
                exact += 1
                page = text.page_at(start)
                last = text.page_at(citation.end - 1)
                if page is not None and (page, last) != (citation.page, citation.page_to or citation.page):
                    if page != citation.page:
                        hint = f"把页码 {citation.page} 改为 {page}"
                    else:
                        hint = f"把 page_to 改为 {last}" if last != page else "删去 page_to"
                    there = f"第 {page} 页" if page == last else f"第 {page} 至 {last} 页"
                    problems.append(Problem(where, f"引文在{there}", hint))
            else:
                moved += 1
            excepted += bool(citation.exception)
        if fact.assignment is not None and len(passages) == len(fact.citations):
            problems += _unnamed(plan, fact, fact.assignment, passages)
    return Verdict(exact, moved, excepted, tuple(problems))


def _locate_all(plan: Plan, text: NormalisedText) -> dict[Citation, int]:
    """Where each citation's passage starts in `text`; those that are not found are left out.

    The same words may stand elsewhere too, so a passage counts as moved only when it moved with its neighbours,
    or stands, long enough to be known, after the one before it and near where that one leads to expect it.
    A text as long as the reference text has no moved passages, only changed ones.
    """
    citations = sorted({citation for fact in cited_facts(plan) for citation in fact.citations}, key=lambda c: c.start)
    found = {c: c.start for c in citations if _stands(c, text.text, c.start)}
    if len(text.text) == plan.document.characters:
        return found
    shift = floor = 0
    for citation in citations:
        start = found.get(citation)
        if start is None:
            start = _near(citation, text.text, citation.start + shift, floor)
        if start is not None:
            found[citation] = floor = start
            shift = start - citation.start
    for citation in reversed(citations):
        if citation in found:
            shift = found[citation] - citation.start
        elif _stands(citation, text.text, citation.start + shift):
            found[citation] = citation.start + shift
    return found


def _stands(citation: Citation, text: str, start: int) -> bool:
    return start >= 0 and digest(text[start : start + citation.end - citation.start]) == citation.digest


def _near(citation: Citation, text: str, expected: int, floor: int) -> int | None:
    """The place at or, for a passage long enough, around `expected` where the passage stands, not before `floor`."""
    if _stands(citation, text, expected):
        return expected
    if citation.end - citation.start < KNOWN_LENGTH:
        return None
    window = range(max(floor, expected - REACH), min(len(text), expected + REACH))
    return next((start for start in window if _stands(citation, text, start)), None)


def _unnamed(plan: Plan, fact: Cited, assignment: Assignment, passages: list[str]) -> Iterator[Problem]:
    """What the passages of an assignment should name and do not: the place, the sector's terms."""
    where = f"{plan.id} {fact.name}"
    excused = any(citation.exception for citation in fact.citations)
    together = "\n".join(passages)
    place = gazetteer()[assignment.place].short
    if place not in together and not excused:
        yield Problem(where, f"引文中没有“{place}”", "引用写有该地名的一句，或写明 exception")
    for term in (*assignment.focus, *assignment.positions):
        if term not in together:
            yield Problem(where, f"引文中没有“{term}”", "照文件用语改写，或补上所在的引文")
