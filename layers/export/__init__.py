"""Exporters: one file per format, listed by suffix in EXPORTERS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.problems import fail
from geodata.saving import replacing
from layers.export.pdf import write_pdf
from layers.export.png import write_png
from layers.export.svg import write_svg
from layers.page import Page
from layers.scene import Scene

Tick = Callable[[], None]
"""Called between marks; what it raises ends the export, and nothing is left behind."""

EXPORTERS: dict[str, Callable[[Scene, Page, float, Path, Tick], None]] = {
    ".png": write_png,
    ".svg": write_svg,
    ".pdf": write_pdf,
}
"""Suffix -> writer of (scene, page, dpi, file, tick). Raises UserError or OSError when it cannot."""

LEAST_DPI, MOST_DPI = 30, 2400


def exporter_of(target: Path) -> Callable[[Scene, Page, float, Path, Tick], None]:
    """The writer for the file's suffix. Raises UserError for an unknown one."""
    try:
        return EXPORTERS[target.suffix.lower()]
    except KeyError:
        known = "、".join(EXPORTERS)
        shown = f"“{target.suffix}”" if target.suffix else "（没有后缀）"
        raise fail(str(target), f"不认识的图件格式{shown}", f"文件名以 {known} 之一结尾") from None


def check_dpi(dpi: float) -> None:
    """Raises UserError for a resolution that no picture can have."""
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise fail("", f"分辨率 {dpi:g} dpi 不可用", f"写 {LEAST_DPI} 到 {MOST_DPI} 之间的数，印刷一般用 300")


def export(scene: Scene, page: Page, dpi: float, target: Path, tick: Tick = lambda: None) -> None:
    """Writes the figure whole, in the format of the target's suffix; on any failure the old file stays as it was."""
    write = exporter_of(target)
    check_dpi(dpi)
    with replacing(target) as temporary:
        write(scene, page, dpi, temporary, tick)
