"""Icons of the toolbar and of the docks, drawn in the colour that their text has. Loaded after the first map."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QToolBar

from geodata.folders import RESOURCES

SIZE = 16
"""Logical pixels."""

RATIOS = (1, 2)
"""Screens that there is a sharp picture for; Qt scales for those between."""


class ToolbarIcons(QObject):
    """Gives each of the `targets` the icon of its name, and anew when the theme changes. A target is the setIcon of
    an action or a button. The words beside the icons go where there is no room for all that is on the toolbar."""

    def __init__(self, toolbar: QToolBar, targets: Mapping[str, Callable[[QIcon], object]]) -> None:
        super().__init__(toolbar)
        self._toolbar, self._targets = toolbar, targets
        self._drawn: QColor | None = None
        self._with_words = 0
        toolbar.setIconSize(toolbar.iconSize().scaled(SIZE, SIZE, Qt.AspectRatioMode.IgnoreAspectRatio))
        toolbar.installEventFilter(self)
        self._dress()
        self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        elif event.type() == QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._measure)  # once the buttons have it
        elif event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _measure(self) -> None:
        """How wide the toolbar must be to have words."""
        self._toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._with_words = self._toolbar.sizeHint().width()
        self._fit()

    def _fit(self) -> None:
        words = self._toolbar.width() >= self._with_words
        self._toolbar.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        )

    def _dress(self) -> None:
        palette = self._toolbar.palette()
        colour = palette.color(QPalette.ColorRole.ButtonText)
        if colour != self._drawn:
            self._drawn = colour
            for name, target in self._targets.items():
                target(icon(name, palette))


DOCK_BUTTONS = {"qt_dockwidget_floatbutton": "float", "qt_dockwidget_closebutton": "close"}
"""Qt's names of the buttons in the title of a dock -> icons."""


class DockIcons(QObject):
    """Gives the buttons of a dock's title icons that can be seen in both themes: those of the style are dark grey."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        dock.installEventFilter(self)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()
        return False

    def _dress(self) -> None:
        for button in self._dock.findChildren(QAbstractButton):
            if button.objectName() in DOCK_BUTTONS:
                button.setIcon(icon(DOCK_BUTTONS[button.objectName()], self._dock.palette()))


def icon(name: str, palette: QPalette) -> QIcon:
    """An icon of resources/icons in a palette's colours; an empty one when its file is not there."""
    file = RESOURCES / "icons" / f"{name}.svg"
    made = QIcon()
    if not file.is_file():
        return made
    text = file.read_text(encoding="utf-8")
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        colour = palette.color(group, QPalette.ColorRole.ButtonText).name()
        for ratio in RATIOS:
            made.addPixmap(_drawn(text.replace("currentColor", colour), ratio), mode)
    return made


def _drawn(svg: str, ratio: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(SIZE * ratio, SIZE * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
