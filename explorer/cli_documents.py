"""The commands `attach` and `detach`, and what `plans` says of attached documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from explorer.cli import DONE, FAILED, FOUND, progress_lines, report_problems
from geodata.atlas import Atlas
from geodata.documents.recognise import is_reference
from geodata.documents.shelf import Attached, attach_each, attached, attached_plans, detach
from geodata.language import tr
from geodata.plan import Plan
from geodata.problems import Problem, fail
from geodata.saving import is_dir


def attach_paths(paths: Sequence[Path], atlas: Atlas, plan: str | None) -> int:
    """Attaches files and the documents in folders; says of each what became of it.

    DONE when all were attached, FOUND when some were not, FAILED when none was.
    """
    if plan is not None and (len(paths) != 1 or is_dir(paths[0])):
        raise fail("", tr("--plan 一次只能指定一个文件"), tr("一个一个地添加，或去掉 --plan 让程序识别"))
    chosen = atlas.plan(plan) if plan is not None else None
    done, problems = 0, list[Problem]()
    for outcome in attach_each(paths, atlas.plans, _sparse(progress_lines), chosen):
        problems += outcome.problems
        document = outcome.attached
        if document is not None:
            done += 1
            said = tr(
                "{file}：已添加为 {plan}（{kind}，{how}）",
                file=outcome.file,
                plan=document.plan_id,
                kind=document.kind,
                how=document.how,
            )
            print(said)
            report_notes(document)
    report_problems(problems)
    if not problems:
        return DONE
    return FOUND if done else FAILED


def report_notes(document: Attached) -> None:
    from sys import stderr

    for note in document.notes:
        print(tr("注意：{file}：{note}", file=document.file_name, note=note), file=stderr)


def detach_plan(name: str, atlas: Atlas) -> int:
    """Takes a plan's document away. A plan that is no longer in the library can be named by its id."""
    there = {document.plan_id for document in attached_plans()[0]}
    plan_id = name if name in there else atlas.plan(name).id
    if not detach(plan_id):
        raise fail("", tr("规划“{plan}”没有添加文件", plan=plan_id), tr("用 python main.py plans 查看添加了哪些文件"))
    print(tr("{plan}：已移除", plan=plan_id))
    return DONE


def documents_of(plans: Sequence[Plan]) -> dict[str, dict[str, Any] | None]:
    """Plan id -> its attached document as a JSON value, or None. What is damaged is said on standard error."""
    documents, problems = attached_plans()
    report_problems(problems)
    known = {document.plan_id: document for document in documents}
    return {plan.id: _value(plan, known[plan.id]) if plan.id in known else None for plan in plans}


def _value(plan: Plan, document: Attached) -> dict[str, Any]:
    text = attached(plan.id)
    return {
        "file_name": document.file_name,
        "kind": document.kind,
        "confidence": document.confidence,
        "reference": text is not None and is_reference(plan, text),
    }


def document_words(value: dict[str, Any] | None) -> str:
    """The line of `plans` on a document: its file, and whether it is the reference text."""
    if value is None:
        return tr("文件：没有添加")
    same = tr("与参考文本一致") if value["reference"] else tr("与参考文本不同")
    return tr("文件：{name}（{kind}，{same}）", name=value["file_name"], kind=value["kind"], same=same)


def _sparse(report: Callable[[int, int, str], None]) -> Callable[[int, int, str], None]:
    """Progress in some ten steps, each once."""
    told = -1

    def step(done: int, total: int, text: str) -> None:
        nonlocal told
        if done != told and (done == total or done % max(total // 10, 1) == 0):
            told = done
            report(done, total, text)

    return step
