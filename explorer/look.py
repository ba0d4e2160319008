"""Keeps the application in the theme and the font size of the settings, and shows where the focus is."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget

from explorer.focus import show_focus
from explorer.settings import FONT, THEME, read
from explorer.theme import PALETTES, Role, use_palette

FALLBACKS = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC")
"""For Chinese, where the system's own font has none: the last is the map's and always there."""


class Look(QObject):
    """Belongs to an application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._font = QFont(application.font())
        self._font.setFamilies([*self._font.families(), *FALLBACKS])
        application.styleHints().colorSchemeChanged.connect(self.follow)
        application.focusChanged.connect(show_focus)

    def follow(self) -> None:
        """Applies the settings as they are now."""
        hints, theme = self._application.styleHints(), read(THEME)
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if hasattr(hints, "setColorScheme"):  # frames and native dialogs follow too; Qt has it since 6.8
            hints.setColorScheme(schemes.get(str(theme), Qt.ColorScheme.Unknown))
        dark = theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        if self._application.palette().color(Role.Link) != QColor(PALETTES[Role.Link][dark]):
            use_palette(self._application, dark)
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * int(read(FONT)) / 100)
        if font != self._application.font():
            if font.pointSizeF() != self._application.font().pointSizeF():
                QTimer.singleShot(0, self, self._follow_all_over)  # once the widgets have it
            self._application.setFont(font)

    def _follow_all_over(self) -> None:
        """What Qt leaves in the old size. A dock draws its title in the font that it began with, as long as its own
        is just the application's: a style hint, which changes nothing that can be seen, makes it another. And the
        least size of a drop-down list is renewed with the style only."""
        hint = QFont()
        hint.setStyleHint(QFont.StyleHint.SansSerif)
        for widget in self._application.allWidgets():
            if isinstance(widget, QDockWidget):
                widget.setFont(hint)
            elif isinstance(widget, QComboBox):
                self._application.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
                widget.updateGeometry()


def apply_look() -> None:
    """Makes the running application look as the settings say, now and when the system turns dark or light."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    _look_of(application).follow()


@lru_cache(maxsize=1)
def _look_of(application: QApplication) -> Look:
    """The one there is: a first findChild takes 7 ms, on the way to the first map."""
    return Look(application)
