"""The drawn map in two pictures, so that what is marked on it lies between them: over the areas, under everything that
is read. And the marks themselves: outlines of places and rings around symbols."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from geodata.boundaries import pieces
from geodata.geometry import Outline
from layers.compose import LEADERS, compose
from layers.drawing import Op, SymbolOp
from layers.fonts import measure
from layers.page import Page
from layers.paint import Text, paint_ops, path_of
from layers.scene import Scene

PX_PER_PT = 96 / 72
"""Logical pixels in a point: Qt scales logical pixels to the screen's."""

READ = frozenset({LEADERS, "glyphs", "markers", "labels", "names", "furniture", "scale", "north"})
"""Groups of the ops that lie over what is marked."""

RIM = 1.2
"""Pixels of white on both sides of a mark's line together."""


class MapPicture(NamedTuple):
    """A page of a scene: `ground` has areas and borders, `over`, else transparent, symbols, names and furniture."""

    ground: QImage
    over: QImage
    scene: Scene
    page: Page
    symbols: tuple[SymbolOp, ...]

    def whole(self) -> QImage:
        """Both in one."""
        image = self.ground.copy()
        painter = QPainter(image)
        painter.drawImage(0, 0, self.over)
        painter.end()
        return image


def drawn_picture(scene: Scene, page: Page, size: QSize, ratio: float) -> MapPicture:
    """The scene on so many logical pixels, with `ratio` pixels of the screen to each."""
    ops = compose(scene, page, measure)
    split = next((index for index, op in enumerate(ops) if isinstance(op, SymbolOp) or op.group in READ), len(ops))
    ground = QImage(size * ratio, QImage.Format.Format_RGB32)
    over = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    over.fill(0)
    for image, part in ((ground, ops[:split]), (over, ops[split:])):
        _paint(image, part, ratio)
    symbols = tuple(op for op in ops if isinstance(op, SymbolOp) and op.items)
    return MapPicture(ground, over, scene, page, symbols)


def _paint(image: QImage, ops: list[Op], ratio: float) -> None:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in paint_ops(painter, ops, PX_PER_PT * ratio, Text.SPRITES):
        pass
    painter.end()
    image.setDevicePixelRatio(ratio)


def draw_outline(painter: QPainter, transform: QTransform, shape: Outline, colour: QColor, width: float) -> None:
    """The edge of a place, `width` pixels wide on a white rim."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for under, pen_width in ((QColor(255, 255, 255), width + RIM), (colour, width)):
        pen = QPen(under, pen_width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for piece in _pieces(shape):
            painter.strokePath(transform.map(path_of(piece)), pen)


def draw_ring(painter: QPainter, at: QRectF, colour: QColor) -> None:
    """A ring around a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for under, width in ((QColor(255, 255, 255), 4.0), (colour, 2.0)):
        painter.setPen(QPen(under, width))
        painter.drawEllipse(at.adjusted(-2, -2, 2, 2))


@lru_cache(maxsize=64)
def _pieces(shape: Outline) -> tuple[Outline, ...]:
    """Short pieces of an outline: the cost of stroking grows with length squared."""
    return pieces(shape.rings())
