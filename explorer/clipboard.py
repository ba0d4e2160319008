"""The figure on the clipboard, as PNG and as SVG at once: the program that it is pasted into takes what it can."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from geodata.language import tr
from geodata.problems import fail
from layers.export import EXPORTERS, Tick, check_dpi
from layers.page import Page
from layers.scene import Scene

PNG, SVG = "image/png", "image/svg+xml"


class Pictures(NamedTuple):
    """The same figure twice, as the bytes of a PNG and of an SVG file."""

    png: bytes
    svg: bytes


def copy_figure(scene: Scene, page: Page, dpi: float = 300.0) -> None:
    """Draws the figure and puts it on the clipboard. Raises UserError when it cannot."""
    put_on_clipboard(draw_pictures(scene, page, dpi))


def draw_pictures(scene: Scene, page: Page, dpi: float = 300.0, tick: Tick = lambda: None) -> Pictures:
    """Draws the figure, in any thread; `tick` is called between marks and may raise to stop. Raises UserError for a
    resolution that no picture has, or more pixels than fit in memory."""
    check_dpi(dpi)
    return Pictures(EXPORTERS[".png"](scene, page, dpi, tick), EXPORTERS[".svg"](scene, page, dpi, tick))


def put_on_clipboard(pictures: Pictures) -> None:
    """To be called in the GUI's thread. Raises UserError when another program holds the clipboard."""
    data = QMimeData()
    data.setData(PNG, pictures.png)
    data.setData(SVG, pictures.svg)
    data.setImageData(QImage.fromData(pictures.png))  # Windows programs look for a bitmap
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(data)
    held = clipboard.mimeData()
    if held is None or not (held.hasFormat(PNG) and held.hasFormat(SVG)):
        raise fail(tr("剪贴板"), tr("没有复制：剪贴板正被另一个程序占用"), tr("稍等片刻再复制一次，或导出为文件后插入"))
