"""Dialogs whose Enter key presses the button that has the focus, before the default one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton


class PressingDialog(QDialog):
    """For dialogs with a default button, or a list that Enter opens: there Qt's Enter passes over the other buttons."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            if not event.isAutoRepeat():  # a key held down presses once
                button.click()
        else:
            super().keyPressEvent(event)
