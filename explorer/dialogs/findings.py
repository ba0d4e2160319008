"""The list of findings of the check of a figure (出图检查), to be shown in a dialog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QBrush, QColor, QFont, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.cli_map import finding_lines
from explorer.theme import ink
from geodata.language import mark, tr
from layers.checks.finding import DECIDE, ERROR, NOTE, WARNING, Finding

INK_OF = {ERROR: "error", WARNING: "warning", DECIDE: "decide", NOTE: "muted"}
"""Keys of the theme's INKS; the words themselves say the severity too."""

COUNTED = {ERROR: mark("错误 {n}"), WARNING: mark("提醒 {n}"), DECIDE: mark("须决定 {n}")}
"""What the sum names."""

NOTHING = mark("还没有检查。")

MOST_ASKED = 4
"""Errors that the question names."""


class FindingsList(QWidget):
    """A line that sums up, the findings with how to mend them, and a button that copies them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()
        self.summary = QLabel(tr(NOTHING))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(48)
        self.list.setAccessibleName(tr("出图检查的结果"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.copy = QPushButton(tr("复制清单"))
        self.copy.setEnabled(False)
        self.copy.clicked.connect(lambda: self._to_clipboard(self.findings))
        shortcut = QAction(self.list)
        shortcut.setShortcut(QKeySequence.StandardKey.Copy)
        shortcut.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.triggered.connect(self._copy_selected)
        self.list.addAction(shortcut)
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows these in place of what was there."""
        self.findings = tuple(findings)
        self.list.clear()
        for found in self.findings:
            item = QListWidgetItem("\n".join(finding_lines([found])))
            item.setForeground(QBrush(QColor(ink(INK_OF[found.severity], self.list))))
            if found.severity == ERROR:
                font = QFont(self.list.font())
                font.setBold(True)
                item.setFont(font)
            self.list.addItem(item)
        self.summary.setText(summary(self.findings))
        self.copy.setEnabled(bool(self.findings))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "list") and self.findings:
            self.show_findings(self.findings)

    def clear(self) -> None:
        """Back to nothing checked: what was found is of another figure."""
        self.show_findings(())

    def _copy_selected(self) -> None:
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        self._to_clipboard([self.findings[row] for row in rows] or self.findings)

    def _to_clipboard(self, findings: Sequence[Finding]) -> None:
        QGuiApplication.clipboard().setText("\n".join(finding_lines(findings)))


def confirm_errors(parent: QWidget, findings: Sequence[Finding], verb: str, then: Callable[[], object]) -> None:
    """Goes on with `then` (the verb: 导出, 复制, 打印); with errors among the findings, only when the user says so."""
    errors = [found for found in findings if found.severity == ERROR]
    if not errors:
        then()
        return
    listed = tr("；").join(found.what for found in errors[:MOST_ASKED]) + (tr("……") if len(errors) > MOST_ASKED else "")
    text = tr("出图检查有 {n} 个错误：{listed}。仍要{verb}？", n=len(errors), listed=listed, verb=verb)
    box = QMessageBox(QMessageBox.Icon.Warning, tr("出图检查"), text, parent=parent)
    box.setInformativeText("\n".join(tr("办法：{hint}", hint=found.how) for found in errors[:MOST_ASKED] if found.how))
    box.setTextFormat(Qt.TextFormat.PlainText)
    on = box.addButton(tr("仍要{verb}", verb=verb), QMessageBox.ButtonRole.AcceptRole)
    back = box.addButton(tr("返回修改"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    on.clicked.connect(lambda: then())
    box.open()


def summary(findings: Sequence[Finding]) -> str:
    """How many of each severity: `错误 1，提醒 2，须决定 3`."""
    if not findings:
        return tr(NOTHING)
    count = Counter(found.severity for found in findings)
    words = [tr(counted, n=count[severity]) for severity, counted in COUNTED.items() if count[severity]]
    return tr("，").join(words) if words else tr("没有发现错误")
