"""Does each citation of a plan stand in its document, and does the passage name what it is cited for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geodata.documents.text import NormalisedText, digest, read_text
from geodata.gazetteer import gazetteer
from geodata.plan import Assignment, Citation, Plan
from geodata.problems import Problem, UserError


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
    if not folder.is_dir():
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
    """Looks up every citation of `plan` in `text`; a passage that moved as a whole is found again by its digest."""
    exact = moved = excepted = 0
    problems: list[Problem] = []
    shifts = [0]
    for fact in cited_facts(plan):
        passages: list[str] = []
        for citation in fact.citations:
            start = _locate(citation, text.text, shifts)
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
                if page is not None and page != citation.page:
                    problems.append(Problem(where, f"引文在第 {page} 页", f"把页码 {citation.page} 改为 {page}"))
            else:
                moved += 1
            excepted += bool(citation.exception)
        if fact.assignment is not None and len(passages) == len(fact.citations):
            problems += _unnamed(plan, fact, fact.assignment, passages)
    return Verdict(exact, moved, excepted, tuple(problems))


def _locate(citation: Citation, text: str, shifts: list[int]) -> int | None:
    """Where the passage starts: at its place, as far off as an earlier one was, or anywhere."""
    length = citation.end - citation.start
    for shift in shifts:
        start = citation.start + shift
        if start >= 0 and digest(text[start : start + length]) == citation.digest:
            return start
    for start in range(len(text) - length + 1):
        if digest(text[start : start + length]) == citation.digest:
            shifts.append(start - citation.start)
            return start
    return None


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
