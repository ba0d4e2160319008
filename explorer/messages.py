"""Messages to a person: never modal loops."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from geodata.problems import Problem, shorten

MOST = 8
"""Problems in one box."""


def show_problems(parent: QWidget | None, title: str, problems: Sequence[Problem]) -> QMessageBox:
    """A box with what is wrong and what to do; the text can be selected and copied. Long lists are cut."""
    problems = shorten(problems, MOST)
    box = QMessageBox(QMessageBox.Icon.Warning, title, "\n".join(str(problem) for problem in problems), parent=parent)
    box.setInformativeText("\n".join(problem.hint for problem in problems if problem.hint))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.button(QMessageBox.StandardButton.Ok).setText("知道了")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
