"""Dialogs on screens of all sizes: no larger than the screen, and what has no room can be scrolled to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

FRAME = 40
"""Pixels of the screen's height that the window's frame takes."""


def resize_on_screen(dialog: QWidget, width: int, height: int) -> None:
    """Gives a dialog that size in pixels, or less where its screen has no room for it."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - FRAME), min(height, room.height() - FRAME - 20))


def scrolled(content: QWidget) -> QScrollArea:
    """The content in an area without frame, as wide as the area is, that scrolls up and down."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(content)
    return area
