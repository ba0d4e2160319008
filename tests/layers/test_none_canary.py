"""PySide6 6.12.0 loses a reference to None at each void call and dies after some thousands of them."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen


def test_drawing_does_not_use_up_none(gui: QGuiApplication) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    pen = QPen(QColor(1, 2, 3), 1, Qt.PenStyle.SolidLine)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(300):
        painter.setPen(pen)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100
