"""TIFF for printers and publishers: the PNG's picture, compressed without loss, with its resolution in the file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from layers.export.png import draw_image
from layers.page import Page
from layers.scene import Scene

PREDICTOR = 317
"""The tag that makes LZW compress differences of neighbouring pixels: a sixth of the size (TIFF 6.0, section 14)."""


def tiff_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """Draws and compresses the figure. Raises UserError when its pixels would not fit in memory."""
    from PIL import Image  # Qt's writer knows no predictor

    drawn = draw_image(scene, page, dpi, tick)
    tick()
    size = (drawn.width(), drawn.height())
    pixels: Any = drawn.constBits()  # no copy: there may be a gigabyte of them
    picture = Image.frombuffer("RGB", size, pixels, "raw", "BGRX", drawn.bytesPerLine(), 1)
    data = BytesIO()
    picture.save(data, "TIFF", compression="tiff_lzw", dpi=(dpi, dpi), tiffinfo={PREDICTOR: 2})
    return data.getvalue()
