"""The command `check`: are the packs sound, and does each citation stand in its document and name what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata.analysis.crosswalk import crosswalk_problems
from geodata.documents.citing import Verdict, check_citations, find_document, read_folder
from geodata.documents.recognise import is_reference
from geodata.documents.text import NormalisedText
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
            raise fail(str(file), "没有这个文件", "给出数据包（.json）的路径")
    texts = read_folder(sources) if sources else None
    problems: list[Problem] = []
    read: list[Plan] = []
    for file in packs or pack_files():
        try:
            read.append(read_plan(file))
        except UserError as error:
            problems += error.problems
            print(f"{file.name}：有 {len(error.problems)} 处问题")
    own = {plan.id for plan in read}
    library = [plan for plan in load_plans()[0] if plan.id not in own] if packs else []
    for plan in read:
        if texts is None:
            print(f"{plan.id}：数据包完好")
            continue
        found = find_document(plan, texts, [*read, *library])
        if found is None:
            title = plan.document.title
            problems.append(Problem(plan.id, f"{sources} 中没有《{title}》", "把这份文件放进文件夹"))
            print(f"{plan.id}：没有找到《{title}》")
            continue
        file, text = found
        verdict = check_citations(plan, file.name, text)
        print(f"{plan.id}：{file.name}（{_likeness(plan, text, verdict)}），{_tally(verdict)}")
        problems += verdict.problems
    return problems + list(crosswalk_problems(read, [*library, *read]))


def _likeness(plan: Plan, text: NormalisedText, verdict: Verdict) -> str:
    """Whether the copy is the reference text, and where its passages are when it is not."""
    if is_reference(plan, text):
        return "与参考文本一致"
    where = f"原位 {verdict.exact} 处，移位 {verdict.moved} 处"
    return f"与参考文本不同：{where}" + (f"，相近 {verdict.likely} 处" if verdict.likely else "")


def _tally(verdict: Verdict) -> str:
    """How many citations name what they are cited for, and by what."""
    parts = (f"原名核实 {verdict.named}", f"别名核实 {verdict.aliased}", f"注明例外 {verdict.excepted}")
    return f"引文 {verdict.citations} 处：{'，'.join(parts)}；有问题 {len(verdict.problems)}"
