"""What helps a person along: the hint of a first start, the guide, about, the settings, and toolbars that Tab reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMainWindow, QToolBar, QToolButton

from explorer.canvas import MapCanvas
from explorer.hint import show_hint
from explorer.session import Session
from explorer.settings import told_aside

if TYPE_CHECKING:
    from explorer.dialogs.help import HelpDialog

# The dialogs are imported when asked for: none of them belongs to the way to the first map.


class Support(QObject):
    """Belongs to a window. `keys` gives all shortcuts with what they do; `renew` makes the window anew in the language
    of the settings."""

    def __init__(
        self,
        session: Session,
        window: QMainWindow,
        canvas: MapCanvas,
        keys: Callable[[], Sequence[tuple[str, str]]],
        renew: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._canvas = session, window, canvas
        self._keys, self._renew = keys, renew

    def welcome(self) -> None:
        """To be called after the first map."""
        for bar in self._window.findChildren(QToolBar):
            for button in bar.findChildren(QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hint = show_hint(self._session, self._canvas)
        aside = told_aside()
        if aside:
            self._session.notice.emit(aside)

    def open_guide(self, section: str = "") -> None:
        """The guide, at one of its sections; a second call finds the one that is open."""
        from explorer.dialogs.help import HelpDialog

        dialog: HelpDialog = self._window.findChild(HelpDialog) or HelpDialog(self._keys(), self._window)
        if section:
            dialog.show_section(section)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def open_keys(self) -> None:
        """The guide's section of all shortcuts."""
        from explorer.guide import KEYS

        self.open_guide(KEYS)

    def open_about(self) -> None:
        """Version, sources and licences."""
        from explorer.dialogs.about import AboutDialog

        self._open(AboutDialog(self._session.atlas.plans, self._window))

    def open_settings(self) -> None:
        """The settings dialog."""
        from explorer.dialogs.settings import SettingsDialog

        self._open(SettingsDialog(self._session, self._renew, self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.open()
