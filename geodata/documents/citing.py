"""Does each citation of a plan stand in its document, and does the passage name what it is cited for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geodata.documents.naming import Cut, Headings, Naming, needs
from geodata.documents.passages import Found, find_passage, proved
from geodata.documents.recognise import is_reference, recognise
from geodata.documents.sections import is_heading
from geodata.documents.shelf import documents_in
from geodata.documents.text import NormalisedText, digest
from geodata.documents.words import records
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Assignment, Citation, Plan, Sector, Statement
from geodata.problems import Problem, UserError, fail
from geodata.saving import is_dir

CHANGED = mark("核对文件此处的文字是否被改动，或换用原文件")


class Cited(NamedTuple):
    """One fact as a reader names it, the citations it stands on, and the record itself."""

    name: str
    citations: tuple[Citation, ...]
    record: Any


class Verdict(NamedTuple):
    """How the citations of one plan fared against one text.

    Where they stand: `exact` in their place, `moved` word for word in another, `likely` (of other punctuation, or of
    words that stand in several places). How they name what they are cited for: `named` by its name, `aliased` by
    an alias of the pack, `excepted` not, for a reason that the citation lists. `unverified` are those with a problem.
    """

    exact: int = 0
    moved: int = 0
    likely: int = 0
    named: int = 0
    aliased: int = 0
    excepted: int = 0
    unverified: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def citations(self) -> int:
        return self.named + self.aliased + self.excepted + self.unverified


def cited_facts(plan: Plan) -> Iterator[Cited]:
    """Every fact of the plan with its citations, in the order of `records`."""
    index = 0
    for record in records(plan):
        kind = f"{type(record).__name__.lower()}s"
        if isinstance(record, Assignment):
            called = f"{record.sector}·{gazetteer()[record.place].short}·{record.role}"
            kind, index = f"{kind}[{index}]", index + 1
        else:
            called = record.id if isinstance(record, Sector | Statement) else record.name
        yield Cited(tr("{kind}「{name}」", kind=kind, name=called), record.citations, record)


def find_document(
    plan: Plan, texts: Sequence[tuple[Path, NormalisedText]], plans: Iterable[Plan] = ()
) -> tuple[Path, NormalisedText] | None:
    """The file that holds the plan's document: the reference text, or else the best of those recognised as it.

    `plans` are all that a text may be the document of.
    """
    for file, text in texts:
        if is_reference(plan, text):
            return file, text
    among = tuple(plans) or (plan,)
    copies = [pair for pair in texts if (found := recognise(pair[1], among)) and found.plan.document == plan.document]
    return max(copies, key=lambda pair: proved(plan, pair[1])[0], default=None)


def read_folder(folder: Path) -> list[tuple[Path, NormalisedText]]:
    """The documents in a folder. Raises UserError when the folder is none or holds none that can be read."""
    from geodata.documents.readers import read_document

    if not is_dir(folder):
        raise fail(str(folder), tr("没有这个文件夹"), tr("给出存放规划文件的文件夹"))
    texts = []
    for file in documents_in(folder):
        try:
            texts.append((file, read_document(file).text))
        except UserError:
            continue  # some other file; a plan's document that is missing is reported by name
    if not texts:
        hint = tr("放入规划文件的 .txt、.docx、.pdf、.html 或 .md")
        raise fail(str(folder), tr("文件夹里没有可读的文件"), hint)
    return texts


def check_citations(plan: Plan, file_name: str, text: NormalisedText) -> Verdict:
    """Looks up every citation of `plan` in `text`, and whether its passage names what it is cited for."""
    total = Verdict()
    headings = _headings(plan, text)
    for fact in cited_facts(plan):
        cuts: list[Cut] = []
        problems: list[Problem] = []
        for citation in fact.citations:
            where = _where(plan, fact, citation)
            found = _find(plan, citation, text)
            if found is None:
                problems.append(Problem(where, tr("{file} 中没有这段引文", file=file_name), tr(CHANGED)))
                continue
            words = text.text[found.start : found.end]
            if found.score < 1 and digest(words) != citation.digest:
                page = text.page_at(found.start)
                at = tr("第 {page} 页", page=page) if page is not None else tr("第 {place} 字", place=found.start)
                message = tr("{file} 中没有这段引文，最相近的一处在{at}，文字有出入", file=file_name, at=at)
                problems.append(Problem(where, message, tr(CHANGED)))
                continue
            cuts.append(Cut(words, citation.section))
            total = _counted(total, found.confidence)
            if found.confidence == "exact":
                problems += _wrong_pages(where, citation, text)
        if len(cuts) == len(fact.citations):
            naming = _names(plan, fact, cuts, headings)
            problems += naming.problems
            total = total._replace(
                named=total.named + naming.named,
                aliased=total.aliased + naming.aliased,
                excepted=total.excepted + naming.excepted,
                unverified=total.unverified + naming.unverified,
            )
        else:
            total = total._replace(unverified=total.unverified + len(fact.citations))
        total = total._replace(problems=total.problems + tuple(problems))
    return total


def _where(plan: Plan, fact: Cited, *citations: Citation) -> str:
    places = tr("；").join(f"{citation.reference} {citation.start}:{citation.end}" for citation in citations)
    return f"{plan.id} {fact.name} {places}"


def _find(plan: Plan, citation: Citation, text: NormalisedText) -> Found | None:
    """Where the passage is. A text as long as the reference text has no moved passages, only changed ones."""
    if len(text.text) != plan.document.characters:
        return find_passage(citation, plan, text)
    if digest(text.text[citation.start : citation.end]) != citation.digest:
        return None
    return Found(citation.start, citation.end, "exact", 1.0, "")


def _headings(plan: Plan, text: NormalisedText) -> Headings:
    """The sections whose headings name a sector: those that the sector is cited from by its heading."""
    return {
        sector.id: frozenset(
            citation.section
            for citation in sector.citations
            if (found := _find(plan, citation, text)) and is_heading(citation.section, text.text, found.start)
        )
        for top in plan.sectors
        for sector in top.walk()
    }


def _counted(total: Verdict, confidence: str) -> Verdict:
    if confidence == "exact":
        return total._replace(exact=total.exact + 1)
    return total._replace(moved=total.moved + 1) if confidence == "moved" else total._replace(likely=total.likely + 1)


def _wrong_pages(where: str, citation: Citation, text: NormalisedText) -> Iterator[Problem]:
    page = text.page_at(citation.start)
    last = text.page_at(citation.end - 1)
    if page is None or (page, last) == (citation.page, citation.page_to or citation.page):
        return
    if page != citation.page:
        hint = tr("把页码 {wrong} 改为 {page}", wrong=citation.page, page=page)
    else:
        hint = tr("把 page_to 改为 {page}", page=last) if last != page else tr("删去 page_to")
    if page == last:
        yield Problem(where, tr("引文在第 {page} 页", page=page), hint)
    else:
        yield Problem(where, tr("引文在第 {page} 至 {last} 页", page=page, last=last), hint)


def _names(plan: Plan, fact: Cited, cuts: list[Cut], headings: Headings) -> Verdict:
    """How the passages of one fact name it. An exception excuses its own passage, and what no passage names."""
    grades = [Naming.NAME] * len(cuts)
    unnamed: list[list[str]] = [[] for _ in cuts]  # what each passage should name
    needed: list[list[str]] = [[] for _ in cuts]  # what each exception excuses
    missing: list[tuple[str, bool]] = []  # what one of them should name, and whether an exception could excuse it
    reasons = [citation.exception for citation in fact.citations]
    for need in needs(plan, fact.record, headings):
        found = [need.naming(cut) for cut in cuts]
        excused = [bool(reason) and need.reason in reason and not need.strict for reason in reasons]
        for index, naming in enumerate(found):
            if naming is Naming.ALIAS and (need.everywhere or max(found) is Naming.ALIAS):
                grades[index] = Naming.ALIAS
            if naming is Naming.NOT and (need.everywhere or max(found) is Naming.NOT) and excused[index]:
                needed[index].append(need.what)
            elif naming is Naming.NOT and need.everywhere:
                unnamed[index].append(need.what)
        if not need.everywhere and max(found) is Naming.NOT and not any(excused):
            missing.append((need.what, not need.strict))
    counts = {"named": 0, "aliased": 0, "excepted": 0, "unverified": 0}
    problems: list[Problem] = []
    for index, citation in enumerate(fact.citations):
        where = _where(plan, fact, citation)
        if unnamed[index]:
            problems.append(_missing(where, tr("、").join(unnamed[index]), reasons[index]))
        elif citation.exception and not needed[index] and not any(excusable for _, excusable in missing):
            problems.append(Problem(where, tr("多余的 exception：引文已写明名称和地方"), tr("删去 exception")))
        elif not missing:
            grade = "named" if grades[index] is Naming.NAME else "aliased"
            counts["excepted" if citation.exception else grade] += 1
            continue
        counts["unverified"] += 1
    where = _where(plan, fact, *fact.citations)
    for what, excusable in missing:
        if excusable:
            problems.append(_missing(where, what, "".join(reasons)))
        else:
            hint = tr("照文件用语改写，或补上所在的引文")
            problems.append(Problem(where, tr("引文中没有{what}", what=what), hint))
    return Verdict(**counts, problems=tuple(problems))


def _missing(where: str, what: str, reason: str) -> Problem:
    hint = tr(
        "引用写有它的一句，或写明 exception：提到所缺的地名（推定在成都），名称不同的说明名称（名称由合写句拆分）"
    )
    if reason:
        return Problem(where, tr("引文中没有{what}，exception 也没有说到", what=what), hint)
    return Problem(where, tr("引文中没有{what}", what=what), hint)
