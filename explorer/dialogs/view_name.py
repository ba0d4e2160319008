"""Asks for the name of a view."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.views import LONGEST, good_name
from geodata.language import tr
from geodata.problems import UserError


class ViewNameDialog(QDialog):
    """Calls `then` with the name. A name that is `taken` may be used again when it is meant to `replace`."""

    def __init__(
        self,
        title: str,
        name: str,
        taken: Collection[str],
        then: Callable[[str], object],
        parent: QWidget | None = None,
        replace: bool = False,
    ) -> None:
        super().__init__(parent)
        self._taken, self._then, self._replace = taken, then, replace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        label = QLabel(tr("视图的名称(&N)"))
        self.name = QLineEdit(name[:LONGEST])
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(tr("视图的名称"))
        self.name.selectAll()
        label.setBuddy(self.name)
        self.note = QLabel()
        buttons = QDialogButtonBox()  # its own buttons would have the system's icons, which may be dark on dark
        self.ok = buttons.addButton(tr("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setDefault(True)
        buttons.addButton(tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        for widget in (label, self.name, self.note, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(460)
        self.name.textChanged.connect(self._check)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._check()

    def _check(self) -> None:
        try:
            known = good_name(self.name.text()) in self._taken
        except UserError:
            self.note.setText(tr("写一个以后认得出的名称"))
            self.ok.setEnabled(False)
            return
        self.ok.setEnabled(self._replace or not known)
        self.ok.setText(tr("替换") if known and self._replace else tr("确定"))
        replaced = tr("已有同名的视图，将被替换") if self._replace else tr("已有同名的视图，换一个名称")
        self.note.setText(replaced if known else "")

    def accept(self) -> None:
        name = good_name(self.name.text())
        super().accept()
        self._then(name)
