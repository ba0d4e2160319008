"""The look of the window: a light and a dark palette with one accent colour, inks for rich text, and the focus ring.

The map stays on white paper in both: what is drawn is what is exported. Imported on the way to the first map.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from explorer.settings import FONT, THEME, read

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
    Role.Highlight: ("#1f6f9f", "#2f7fb0"),
    Role.HighlightedText: ("#ffffff", "#ffffff"),
    Role.Accent: ("#1f6f9f", "#2f7fb0"),
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

RING_WIDTH = 2

FALLBACKS = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC")
"""For Chinese, where the system's own font has none: the last is the map's and always there."""


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


class Look(QObject):
    """Keeps an application in the theme and the font size of the settings. One belongs to each application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._font = QFont(application.font())
        self._font.setFamilies([*self._font.families(), *FALLBACKS])
        self._themed = False
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        application.focusChanged.connect(show_focus)

    def follow(self) -> None:
        """Applies the settings as they are now."""
        hints, theme = self._application.styleHints(), read(THEME)
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if hasattr(hints, "setColorScheme"):  # frames and native dialogs follow too; the signal comes back here
            hints.setColorScheme(schemes.get(str(theme), Qt.ColorScheme.Unknown))
        dark = theme == "dark" or (theme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        made = palette(dark)
        if made.color(Role.Base) != self._application.palette().color(Role.Base) or not self._themed:
            self._themed = True
            self._application.setPalette(made)
            edged = QPalette(made)
            edged.setColor(Role.Window, QColor(EDGE[dark]))
            for control in EDGED:
                self._application.setPalette(edged, control)
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * int(read(FONT)) / 100)
        if font != self._application.font():
            self._application.setFont(font)


def apply_look() -> None:
    """Makes the running application look as the settings say, now and when the system turns dark or light."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    look = application.findChild(Look)
    if look is None:
        if application.style().name() != "fusion":
            application.setStyle("Fusion")  # the only one that takes its colours from the palette everywhere
        look = Look(application)
    look.follow()


# --- the focus ring ---


def show_focus(_old: QWidget | None, now: QWidget | None) -> None:
    """Puts the window's ring around the widget that has the focus, once the window is used with the keyboard."""
    if now is None:
        return
    window = now.window()
    ring = window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange) or now is window:
        if ring is not None:
            ring.hide()
        return
    (ring or FocusRing(window)).surround(now)


class FocusRing(QWidget):
    """A ring over the window, around one of its widgets; lets everything through to what is under it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._around: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, widget: QWidget) -> None:
        """Moves the ring around a widget, and keeps it there while that moves or changes its size."""
        self._leave()
        self._around = widget
        for one in self._watched():
            one.installEventFilter(self)
        self._place()

    def _watched(self) -> list[QWidget]:
        """The widget and what it is in, below the window."""
        found, widget = [], self._around
        while widget is not None and isValid(widget) and widget is not self.window():
            found.append(widget)
            widget = widget.parentWidget()
        return found

    def _leave(self) -> None:
        for one in self._watched():
            one.removeEventFilter(self)
        self._around = None

    def _place(self) -> None:
        around = self._around
        if around is None or not isValid(around) or not around.isVisible() or around.window() is not self.window():
            self.hide()
            return
        seen = around.visibleRegion().boundingRect()
        box = QRect(around.mapTo(self.window(), seen.topLeft()), seen.size())
        self.setGeometry(box.adjusted(-RING_WIDTH, -RING_WIDTH, RING_WIDTH, RING_WIDTH))
        inner = self.rect().adjusted(RING_WIDTH, RING_WIDTH, -RING_WIDTH, -RING_WIDTH)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in (kinds.Move, kinds.Resize, kinds.Show):
            self._place()
        elif event.type() in (kinds.Hide, kinds.DeferredDelete):
            self.hide()
        return False

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(RING[is_dark(self)]), 2 * RING_WIDTH))
        painter.drawRect(self.rect())
        painter.end()
