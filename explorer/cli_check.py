"""The command `check`: are the packs sound, and does each citation stand in its document and name what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata.analysis.crosswalk import crosswalk_problems
from geodata.documents.citing import Verdict, check_citations, find_document, read_folder
from geodata.documents.recognise import is_reference
from geodata.documents.text import NormalisedText
from geodata.language import tr
from geodata.library import load_plans, pack_files, read_plan
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail
from geodata.saving import is_file


def check(packs: Sequence[Path], sources: Path | None) -> list[Problem]:
    """Prints a line for each pack and gives all problems. Without packs, those of the library are checked.

    Citations are looked up in the documents of the folder `sources`. Raises UserError when a pack or the folder is
    not there, or no file in the folder can be read.
    """
    for file in packs:
        if not is_file(file):
            raise fail(str(file), tr("没有这个文件"), tr("给出数据包（.json）的路径"))
    texts = read_folder(sources) if sources else None
    problems: list[Problem] = []
    read: list[Plan] = []
    for file in packs or pack_files():
        try:
            read.append(read_plan(file))
        except UserError as error:
            problems += error.problems
            print(tr("{name}：有 {n} 处问题", name=file.name, n=len(error.problems)))
    own = {plan.id for plan in read}
    library = [plan for plan in load_plans()[0] if plan.id not in own] if packs else []
    for plan in read:
        if texts is None:
            print(tr("{plan}：数据包完好", plan=plan.id))
            continue
        found = find_document(plan, texts, [*read, *library])
        if found is None:
            title = plan.document.title
            what = tr("{folder} 中没有《{title}》", folder=sources, title=title)
            problems.append(Problem(plan.id, what, tr("把这份文件放进文件夹")))
            print(tr("{plan}：没有找到《{title}》", plan=plan.id, title=title))
            continue
        file, text = found
        verdict = check_citations(plan, file.name, text)
        likeness = _likeness(plan, text, verdict)
        said = tr(
            "{plan}：{name}（{likeness}），{tally}",
            plan=plan.id,
            name=file.name,
            likeness=likeness,
            tally=_tally(verdict),
        )
        print(said)
        problems += verdict.problems
    return problems + list(crosswalk_problems(read, [*library, *read]))


def _likeness(plan: Plan, text: NormalisedText, verdict: Verdict) -> str:
    """Whether the copy is the reference text, and where its passages are when it is not."""
    if is_reference(plan, text):
        return tr("与参考文本一致")
    if not verdict.likely:
        return tr("与参考文本不同：原位 {exact} 处，移位 {moved} 处", exact=verdict.exact, moved=verdict.moved)
    return tr(
        "与参考文本不同：原位 {exact} 处，移位 {moved} 处，相近 {likely} 处",
        exact=verdict.exact,
        moved=verdict.moved,
        likely=verdict.likely,
    )


def _tally(verdict: Verdict) -> str:
    """How many citations name what they are cited for, and by what."""
    return tr(
        "引文 {n} 处：原名核实 {named}，别名核实 {aliased}，注明例外 {excepted}；有问题 {wrong}",
        n=verdict.citations,
        named=verdict.named,
        aliased=verdict.aliased,
        excepted=verdict.excepted,
        wrong=len(verdict.problems),
    )
