"""The lists of the dialog 规划文件: an entry for every plan and for every file, with lines below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from geodata.documents.recognise import is_reference
from geodata.documents.shelf import UNRECOGNISED, Attached, Outcome
from geodata.documents.text import NormalisedText
from geodata.language import tr
from geodata.plan import Plan
from geodata.problems import Problem


def empty_list(name: str) -> QTreeWidget:
    """A list of entries whose lines are always shown."""
    tree = QTreeWidget()
    tree.setHeaderHidden(True)
    tree.setAccessibleName(name)
    tree.setRootIsDecorated(False)
    tree.setItemsExpandable(False)
    tree.setWordWrap(True)
    return tree


def plan_entry(
    plan: Plan, document: Attached | None, text: NormalisedText | None, counts: tuple[int, int] | None
) -> QTreeWidgetItem:
    """A plan and what is attached to it; `counts` are passages found word for word and in all, when counted."""
    return _entry(f"《{plan.document.title}》", _state_of(plan, document, text, counts))


def _state_of(
    plan: Plan, document: Attached | None, text: NormalisedText | None, counts: tuple[int, int] | None
) -> list[str]:
    if document is None or text is None:
        return [tr("○ 没有添加")]
    file = tr("{name}（{kind}）", name=document.file_name, kind=document.kind)
    if is_reference(plan, text):
        return [tr("✓ {file}，与参考文本一致", file=file), *document.notes]
    lines = [tr("◐ {file}，与参考文本不同", file=file), document.how]
    if counts is not None:
        words = tr("{total} 处引文中有 {found} 处逐字可查，其余按章节和文字相似查找", total=counts[1], found=counts[0])
        lines.append(words)
    return [*lines, *document.notes]


def problem_entry(problem: Problem) -> QTreeWidgetItem:
    """Something that is wrong with what is stored."""
    return _entry(f"✗ {problem}", [problem.hint])


def attached_entry(name: str, title: str, document: Attached) -> QTreeWidgetItem:
    """A file that was attached to the plan whose document has this title."""
    return _entry(f"✓ {name}", [tr("已添加为《{title}》：{how}", title=title, how=document.how), *document.notes])


def failed_entry(outcome: Outcome) -> QTreeWidgetItem:
    """A file that was not attached, why, and what to do."""
    words = tr("；").join(problem.message for problem in outcome.problems)
    hints = [tr("办法：{hint}", hint=problem.hint) for problem in outcome.problems if problem.hint]
    if unrecognised(outcome):
        hints = [tr("办法：确是上面的规划文件之一时，选中它，再点“说明是哪份规划…”")]
    return _entry(tr("：").join(part for part in (f"✗ {outcome.file.name}".strip(), words) if part), hints)


def unrecognised(outcome: Outcome) -> bool:
    """Whether the file can be read and a user may say what it is."""
    return any(problem.message == tr(UNRECOGNISED) for problem in outcome.problems)


def _entry(heading: str, lines: Iterable[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem([heading])
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
    for line in lines:
        child = QTreeWidgetItem([line])
        child.setToolTip(0, line)
        item.addChild(child)
    return item
