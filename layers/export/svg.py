"""SVG with text as outlines, one unit a point."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from geodata.problems import fail
from layers.page import MM, Page
from layers.paint import paint_scene
from layers.scene import Scene


def svg_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """Draws the figure; the resolution plays no part."""
    buffer = QBuffer()  # the generator reports no error of a file
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(72)
    generator.setSize(QSize(round(page.width), round(page.height)))
    generator.setViewBox(QRectF(0, 0, page.width, page.height))
    generator.setTitle(scene.title)
    generator.setDescription(scene.source)
    painter = QPainter()
    if not painter.begin(generator):
        raise fail("SVG", "无法开始绘图", "重新启动程序后再试")
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _ in paint_scene(painter, scene, page, 1.0):
            tick()
    finally:
        painter.end()
    return _with_exact_size(bytes(buffer.data().data()).decode(), page).encode()


def _with_exact_size(text: str, page: Page) -> str:
    """The exact size in the root element: Qt takes whole units only."""
    size = f'width="{page.width / MM:.3f}mm" height="{page.height / MM:.3f}mm"'
    return re.sub(r'width="[\d.]+mm" height="[\d.]+mm"', size, text, count=1)
