"""SVG with text as outlines, one unit a point, and a named group for each layer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from xml.sax.saxutils import quoteattr

from PySide6.QtCore import QBuffer, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgGenerator

from geodata.language import mark, tr
from geodata.problems import fail
from layers.compose import compose
from layers.drawing import FillOp, StrokeOp, SymbolOp, TextOp
from layers.export.xml_text import printable
from layers.fonts import measure
from layers.page import MM, Page
from layers.paint import paint_ops, path_of
from layers.scene import Scene
from layers.symbols import rectangle
from layers.theme import BORDER_NAMES

MARK = (1, 2, 3)
"""The colour of what is drawn between two layers and taken out again; no figure has it."""

MARKED = re.compile(r'<g fill="#010203"[^>]*>\s*<path [^>]*/>\s*</g>\s*')

PARTS = {"stripes": "areas", "hatch": "areas", "names": "labels", "leaders": "markers"}
"""Groups of ops that belong to another layer."""

NAMES = {
    "paper": mark("底色"),
    "areas": mark("分区"),
    "glyphs": mark("环形符号"),
    "markers": mark("园区和项目"),
    "labels": mark("地名"),
    "furniture": mark("图题、图例和说明"),
    "scale": mark("比例尺"),
    "north": mark("指北针"),
    "graticule": mark("经纬网"),
    "focus": mark("图幅范围"),
    "region": mark("区域"),
    **BORDER_NAMES,
}
"""Layers in the words of the program."""


def svg_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """Draws the figure; the resolution plays no part."""
    buffer = QBuffer()  # the generator reports no error of a file
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(72)
    generator.setSize(QSize(round(page.width), round(page.height)))
    generator.setViewBox(QRectF(0, 0, page.width, page.height))
    generator.setTitle(printable(scene.title))
    generator.setDescription(printable(scene.source))
    painter = QPainter()
    if not painter.begin(generator):
        raise fail("SVG", tr("无法开始绘图"), tr("重新启动程序后再试"))
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layers = []
        drawn = [op for op in compose(scene, page, measure) if not isinstance(op, SymbolOp)]
        for layer, ops in groupby(drawn, _layer):
            layers.append(layer)
            painter.fillPath(path_of(rectangle(0, 0, 1, 1)), QColor(*MARK))
            for _ in paint_ops(painter, ops, 1.0):
                tick()
    finally:
        painter.end()
    return _with_exact_size(_grouped(bytes(buffer.data().data()).decode(), layers), page).encode()


def _layer(op: FillOp | StrokeOp | TextOp) -> str:
    """The layer that an op belongs to: a key of NAMES, or a line's key."""
    return PARTS.get(op.group, op.group)


def _grouped(text: str, layers: Sequence[str]) -> str:
    """The marks between the layers as the ends of groups, whose ids are unique and whose `data-name` is for people."""
    found: Counter[str] = Counter()
    opened = 0

    def group(_: re.Match[str]) -> str:
        nonlocal opened
        layer = layers[opened]
        found[layer] += 1
        number = f"-{found[layer]}" if found[layer] > 1 else ""
        end = "</g>\n" if opened else ""
        opened += 1
        name = NAMES.get(layer.split(":")[0], layer)
        return f'{end}<g id="{quoteattr(layer + number)[1:-1]}" data-name={quoteattr(tr(name))}>\n'

    text = re.sub(MARKED, group, text)
    return text.replace("</g>\n</svg>", "</g>\n</g>\n</svg>") if opened else text


def _with_exact_size(text: str, page: Page) -> str:
    """The exact size in the root element: Qt takes whole units only."""
    size = f'width="{page.width / MM:.3f}mm" height="{page.height / MM:.3f}mm"'
    return re.sub(r'width="[\d.]+mm" height="[\d.]+mm"', size, text, count=1)
