"""PNG with its resolution in the file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QImageWriter, QPainter

from geodata.language import tr
from geodata.problems import fail
from layers.page import Page
from layers.paint import paint_scene
from layers.scene import Scene

MOST_PIXELS = 250_000_000
"""1 GB in memory: A3 at 1,000 dpi is just below."""

COMPRESSION = 20
"""Of Qt's 0 to 100: a larger number takes longer for a few per cent less."""


def draw_image(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> QImage:
    """The figure as pixels. Raises UserError when they would not fit in memory."""
    width, height = round(page.width * dpi / 72), round(page.height * dpi / 72)
    if width * height > MOST_PIXELS:
        what = tr("图像有 {width}×{height} 像素，内存放不下", width=width, height=height)
        raise fail("", what, tr("减小分辨率或页面；需要放大时改用 PDF 或 SVG"))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        what = tr("内存不足，放不下 {width}×{height} 像素的图像", width=width, height=height)
        raise fail("", what, tr("减小分辨率或页面"))
    dots_per_metre = round(dpi / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _ in paint_scene(painter, scene, page, dpi / 72):
            tick()
    finally:
        painter.end()
    return image


def png_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """Draws and compresses the figure."""
    image = draw_image(scene, page, dpi, tick)
    tick()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setCompression(COMPRESSION)
    writer.setText("Title", scene.title)
    if not writer.write(image):
        raise fail("PNG", tr("图像无法压缩：{error}", error=writer.errorString()), tr("减小分辨率或页面"))
    return bytes(buffer.data().data())
