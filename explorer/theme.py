"""The colours of the window: a light and a dark palette with one accent colour, and inks for rich text.

The map stays on white paper in both: what is drawn is what is exported. This module is imported before the kept
picture is shown and imports as little as possible (see first.py); look.py does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

from explorer.settings import THEME, read

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

Role = QPalette.ColorRole

PALETTES: dict[Role, tuple[str, str]] = {
    Role.Window: ("#f3f4f6", "#202225"),
    Role.WindowText: ("#1c1e21", "#e6e8eb"),
    Role.Base: ("#ffffff", "#17191b"),
    Role.AlternateBase: ("#f5f7fa", "#1d2023"),
    Role.Text: ("#1c1e21", "#e6e8eb"),
    Role.PlaceholderText: ("#666b73", "#9aa0a8"),
    Role.Button: ("#fafbfc", "#2c2f33"),
    Role.ButtonText: ("#1c1e21", "#e6e8eb"),
    Role.BrightText: ("#ffffff", "#ffffff"),
    Role.ToolTipBase: ("#ffffff", "#2c2f33"),
    Role.ToolTipText: ("#1c1e21", "#e6e8eb"),
    Role.Highlight: ("#1f6f9f", "#2a76a5"),
    Role.HighlightedText: ("#ffffff", "#ffffff"),
    Role.Accent: ("#1f6f9f", "#2a76a5"),
    Role.Link: ("#1a5f8a", "#7cc0ea"),
    Role.LinkVisited: ("#1a5f8a", "#7cc0ea"),
    Role.Light: ("#ffffff", "#3a3e43"),
    Role.Midlight: ("#e9ebee", "#33373b"),
    Role.Mid: ("#c9cdd3", "#4a4f55"),
    Role.Dark: ("#a9aeb6", "#0f1113"),
    Role.Shadow: ("#7d828a", "#000000"),
}
"""Colours of Qt's roles in the light and in the dark theme. Highlight is the accent."""

EDGE = ("#c4c8ce", "#9aa0a8")
EDGED = (
    "QAbstractItemView", "QTextEdit", "QPlainTextEdit", "QLineEdit", "QAbstractSpinBox", "QCheckBox", "QRadioButton",
    "QComboBox", "QPushButton",
)  # fmt: skip
"""Controls whose edges the style draws in the window's colour made darker (by EDGE_DARKER): in a dark window they could
not be seen. These have another window colour, which they use for nothing else."""

EDGE_DARKER = 140

DISABLED = ("#8b9098", "#7b8087")
"""Text of what cannot be used now."""

INKS: dict[str, tuple[str, str]] = {
    "muted": ("#5f6368", "#a8abb0"),
    "error": ("#b3261e", "#ff8a80"),
    "warning": ("#8a5300", "#f0b455"),
    "decide": ("#6a3d9a", "#c9a7ec"),
}
"""Inks of rich text and lists on the base of the light and of the dark theme."""

RING = ("#1f6f9f", "#6cb6e4")
"""The focus ring: at least 3:1 against window and base."""


def is_dark(widget: QWidget) -> bool:
    """Whether a widget has light text."""
    return widget.palette().color(Role.Text).lightness() > 128


def ink(name: str, widget: QWidget) -> str:
    """An ink of INKS that can be read on the widget's base."""
    return INKS[name][is_dark(widget)]


def palette(dark: bool) -> QPalette:
    """The palette of a theme."""
    made = QPalette()
    for role, colours in PALETTES.items():
        made.setColor(role, QColor(colours[dark]))
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(DISABLED[dark]))
    made.setColor(QPalette.ColorGroup.Disabled, Role.Highlight, QColor(PALETTES[Role.Mid][dark]))
    return made


def use_palette(application: QApplication, dark: bool) -> None:
    """Gives an application the palette of a theme."""
    made = palette(dark)
    application.setPalette(made)
    made.setColor(Role.Window, QColor(EDGE[dark]))
    for control in EDGED:
        application.setPalette(made, control)


def first_look(application: QApplication) -> None:
    """The ground of the first window. Whether the system is dark is guessed from its palette: asking costs 20 ms."""
    theme = read(THEME)
    system_dark = application.palette().color(Role.Window).lightness() < 128
    use_palette(application, theme == "dark" or (theme == "system" and system_dark))
