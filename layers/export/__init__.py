"""Exporters: one file per format, listed by suffix in EXPORTERS. Each gives the whole file as bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.language import tr
from geodata.problems import fail
from geodata.saving import write_whole
from layers.export.docx import docx_file
from layers.export.html import html_file
from layers.export.pdf import pdf_file
from layers.export.png import png_file
from layers.export.pptx import pptx_file
from layers.export.svg import svg_file
from layers.export.tiff import tiff_file
from layers.page import Page
from layers.scene import Scene

Tick = Callable[[], None]
"""Called between marks and before the old file is replaced; what it raises ends the export with nothing changed."""

Exporter = Callable[[Scene, Page, float, Tick], bytes]
"""From scene, page and dpi the bytes of a file. Raises UserError when there can be none."""

EXPORTERS: dict[str, Exporter] = {
    ".png": png_file,
    ".tiff": tiff_file,
    ".tif": tiff_file,
    ".svg": svg_file,
    ".pdf": pdf_file,
    ".pptx": pptx_file,
    ".docx": docx_file,
    ".html": html_file,
}

LEAST_DPI, MOST_DPI = 30, 2400


def exporter_of(target: Path) -> Exporter:
    """The exporter for the file's suffix. Raises UserError for an unknown one."""
    try:
        return EXPORTERS[target.suffix.lower()]
    except KeyError:
        if target.suffix:
            what = tr("不认识的图件格式“{suffix}”", suffix=target.suffix)
        else:
            what = tr("不认识的图件格式（没有后缀）")
        hint = tr("文件名以 {known} 之一结尾", known=tr("、").join(EXPORTERS))
        raise fail(str(target), what, hint) from None


def check_dpi(dpi: float) -> None:
    """Raises UserError for a resolution that no picture can have."""
    if not LEAST_DPI <= dpi <= MOST_DPI:
        hint = tr("写 {least} 到 {most} 之间的数，印刷一般用 300", least=LEAST_DPI, most=MOST_DPI)
        raise fail("", tr("分辨率 {dpi:g} dpi 不可用", dpi=dpi), hint)


def export(scene: Scene, page: Page, dpi: float, target: Path, tick: Tick = lambda: None) -> None:
    """Writes the figure whole, in the format of the target's suffix; on any failure the old file stays as it was.

    Raises UserError when the figure cannot be drawn or the file cannot be written.
    """
    draw = exporter_of(target)
    check_dpi(dpi)

    def drawn() -> bytes:
        try:
            data = draw(scene, page, dpi, tick)
        except MemoryError as error:
            hint = tr("减小分辨率或页面，或关闭其他程序后重试")
            raise fail(str(target), tr("内存不足，图件没有画完"), hint) from error
        except ModuleNotFoundError as error:
            hint = tr("按 README 的第一条命令重新安装依赖")
            raise fail(str(target), tr("缺少程序库 {name}", name=error.name), hint) from error
        tick()
        return data

    write_whole(target, drawn)
