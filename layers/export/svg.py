"""SVG with text as outlines, one unit a point."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from layers.page import MM, Page
from layers.paint import paint_scene
from layers.scene import Scene


def write_svg(scene: Scene, page: Page, dpi: float, file: Path, tick: Callable[[], None]) -> None:
    """Draws the figure; the resolution plays no part."""
    generator = QSvgGenerator()
    generator.setFileName(str(file))
    generator.setResolution(72)
    generator.setSize(QSize(round(page.width), round(page.height)))
    generator.setViewBox(QRectF(0, 0, page.width, page.height))
    generator.setTitle(scene.title)
    generator.setDescription(scene.source)
    painter = QPainter()
    if not painter.begin(generator):
        raise OSError(None, "SVG")
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _ in paint_scene(painter, scene, page, 1.0):
            tick()
    finally:
        painter.end()
    _set_size(file, page)


def _set_size(file: Path, page: Page) -> None:
    """The exact size in the root element: Qt takes whole units only."""
    text = file.read_text(encoding="utf-8")
    size = f'width="{page.width / MM:.3f}mm" height="{page.height / MM:.3f}mm"'
    text = re.sub(r'width="[\d.]+mm" height="[\d.]+mm"', size, text, count=1)
    file.write_text(text, encoding="utf-8")
