"""Messages to a person: never modal loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from geodata.language import tr
from geodata.problems import Problem, shorten

MOST = 8
"""Problems in one box."""


def show_problems(parent: QWidget | None, title: str, problems: Sequence[Problem]) -> QMessageBox:
    """A box with what is wrong and what to do, of several problems below each; the text can be selected and copied. Long
    lists are cut."""
    problems = shorten(problems, MOST)
    several = len(problems) > 1
    told = ("\n".join(filter(None, (str(problem), problem.hint if several else ""))) for problem in problems)
    box = QMessageBox(QMessageBox.Icon.Warning, title, "\n\n".join(told), parent=parent)
    box.setInformativeText("" if several else "".join(problem.hint for problem in problems))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setDefaultButton(box.addButton(tr("知道了"), QMessageBox.ButtonRole.AcceptRole))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def with_suffix(named: Path, suffixes: Sequence[str]) -> Path:
    """The file a name stands for: with the first suffix behind it unless it has one of them; as it is without any."""
    if not suffixes or named.suffix.lower() in suffixes:
        return named
    return named.with_name(named.name + suffixes[0])


def confirm_target(parent: QWidget, named: Path, suffixes: Sequence[str], then: Callable[[Path], None]) -> None:
    """Goes on with the file that a name typed in a file dialog stands for. The file dialog has asked about the name as
    it was typed; when the file is another one and there, this asks before it is overwritten."""
    target = with_suffix(named, suffixes)
    if target == named or not target.exists():
        then(target)
        return
    words = tr("{file} 已经存在，要覆盖它吗？", file=target.name)
    ask(parent, tr("覆盖文件"), words, str(target.parent), tr("覆盖"), lambda: then(target))


def ask(parent: QWidget, title: str, words: str, more: str, yes: str, then: Callable[[], object]) -> None:
    """A question whose button `yes` calls `then`; Cancel is the default."""
    box = QMessageBox(QMessageBox.Icon.Question, title, words, parent=parent)
    box.setInformativeText(more)
    box.setTextFormat(Qt.TextFormat.PlainText)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(tr("取消"), QMessageBox.ButtonRole.RejectRole))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    agree.clicked.connect(lambda: then())
    box.open()
