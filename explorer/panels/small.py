"""The font of what stands beside the main thing."""

from __future__ import annotations

from PySide6.QtGui import QFont


def small(font: QFont) -> QFont:
    """The font, an eighth smaller but no smaller than 7 points."""
    made = QFont(font)
    made.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
    return made
