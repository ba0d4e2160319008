"""The map's font, the same on every machine: Noto Sans CJK SC from the package `noto-cjk`.

Text is shaped once at 100 pixels without hinting and scaled, because point sizes depend on the device.
Needs a QGuiApplication.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainterPath

from geodata.language import mark, tr
from geodata.problems import fail

FAMILY = "Noto Sans CJK SC"
SHAPED_AT = 100
"""Pixels."""


class _Registration(Thread):
    """Registers the font file beside other work: reading its 19 MB takes 20 ms, without Python's lock."""

    def __init__(self) -> None:
        super().__init__(name="font")
        self.registered = False
        self.start()

    def run(self) -> None:
        spec = find_spec("noto_cjk_sans_otc")
        folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None
        files = sorted(folder.glob("*.tt[cf]")) if folder else []
        self.registered = bool(files) and QFontDatabase.addApplicationFont(str(files[0])) >= 0


@lru_cache(maxsize=1)
def preload() -> _Registration:
    """Begins to register the font; map_font() waits for it. To be called first from the main thread."""
    return _Registration()


@lru_cache(maxsize=1)
def map_font() -> QFont:
    """The font at SHAPED_AT pixels. Raises UserError when the font package is not installed."""
    registration = preload()
    registration.join()
    if not registration.registered:
        raise fail("noto-cjk", tr("地图字体没有安装，中文会显示为空框"), tr("按 README 的第一条命令重新安装依赖"))
    font = QFont(FAMILY)
    font.setPixelSize(SHAPED_AT)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Local forms depend on the machine's language, and their glyphs cannot be searched for in a PDF.
    font.setFeature(QFont.Tag("locl"), 0)
    return font


FACES: dict[str, tuple[str, ...]] = {
    mark("黑体"): ("SimHei", "黑体", "STHeiti", "Heiti SC"),
    mark("宋体"): ("SimSun", "宋体", "NSimSun", "STSong", "Songti SC", "Noto Serif CJK SC", "Source Han Serif SC"),
    mark("仿宋"): ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong"),
    mark("楷体"): ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti"),
}
"""The fonts that reports are set in -> the names that machines know them by, first choice first."""


@lru_cache(maxsize=32)
def family_of(face: str) -> str:
    """The family of the machine that a key of FACES or a family's own name stands for; the bundled one when there is
    none."""
    names = (*FACES.get(face, ()), face)
    return next((name for name in names if name and QFontDatabase.hasFamily(name)), FAMILY)


@lru_cache(maxsize=32)
def faced_font(face: str) -> QFont:
    """The font of a face at SHAPED_AT pixels, the bundled one for an empty or a missing face."""
    font = QFont(map_font())
    if family_of(face) != FAMILY:
        font.setFamilies([family_of(face), FAMILY])
    return font


@lru_cache(maxsize=4096)
def _advance(text: str, face: str) -> float:
    return QFontMetricsF(faced_font(face)).horizontalAdvance(text) / SHAPED_AT


def measure(text: str, size: float, face: str = "") -> float:
    """Width of a text in a face, in the unit of `size`."""
    return _advance(text, face) * size


@lru_cache(maxsize=2048)
def text_outline(text: str, face: str = "") -> QPainterPath:
    """The text's outline at SHAPED_AT pixels, starting at 0 on the baseline."""
    path = QPainterPath()
    path.addText(0, 0, faced_font(face), text)
    return path
