"""The only drawing code there is: a drawing's ops onto a QPainter of any device.

Solid colours, plain and dashed pens, outlines and text; no clip, no brush pattern, no composition mode,
because those differ between PNG, SVG and PDF. Everything is mapped to device units before it is painted:
an SVG keeps six significant digits only, and a scaled pen is slow.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from math import ceil, cos, pi, sin

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from geodata.geometry import RECORD, Outline
from layers.compose import compose
from layers.drawing import FillOp, Op, StrokeOp, TextOp
from layers.fonts import SHAPED_AT, map_font, measure, text_outline
from layers.page import Page
from layers.scene import Colour, Scene, Stroke
from layers.theme import PAPER

BOLD = 0.035
"""Width of the stroke that makes text bold, as a share of its size."""

COPIES = 10
"""Of a text on the screen that make its halo."""

_PATH_TAIL = struct.pack(">ii", 0, 0)  # first element of the last sub-path; fill rule even-odd


@lru_cache(maxsize=4096)
def path_of(shape: Outline) -> QPainterPath:
    """The outline as a path in its own coordinates, read from its records as they are."""
    path = QPainterPath()
    if shape.records:
        count = struct.pack(">i", len(shape.records) // RECORD.size)
        data = QByteArray(count + shape.records + _PATH_TAIL)
        stream = QDataStream(data, QIODevice.OpenModeFlag.ReadOnly)
        stream >> path
    return path


@lru_cache(maxsize=256)
def _colour(colour: Colour) -> QColor:
    return QColor(*colour)


def _pen(stroke: Stroke, unit: float) -> QPen:
    pen = QPen(_colour(stroke.colour), stroke.width * unit)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.flat or stroke.dash else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    if stroke.dash:
        pen.setDashPattern([length / stroke.width for length in stroke.dash])
    return pen


class Text(Enum):
    """How a device shows text."""

    OUTLINES = "filled outlines: pictures and SVG"
    EMBEDDED = "filled outlines, and over them the same text in an embedded font, transparent, to be searched: PDF"
    LETTERS = "an embedded font, seen and searched, bold as EMBEDDED: pages of running text, which outlines make huge"
    SPRITES = "small pictures made once and kept: the screen"


def paint_scene(painter: QPainter, scene: Scene, page: Page, unit: float, text: Text = Text.OUTLINES) -> Iterator[Op]:
    """Draws the scene mark by mark, giving each op after it is drawn: the caller may pause or stop between two.

    `unit` is device units per point.
    """
    yield from paint_ops(painter, compose(scene, page, measure), unit, text)


def paint_ops(painter: QPainter, ops: Iterable[Op], unit: float, text: Text = Text.OUTLINES) -> Iterator[Op]:
    """Draws ops; see paint_scene."""
    for op in ops:
        if isinstance(op, FillOp):
            painter.fillPath(_mapped(op, unit), QBrush(_colour(op.colour)))
        elif isinstance(op, StrokeOp):
            painter.strokePath(_mapped(op, unit), _pen(op.stroke, unit))
        elif isinstance(op, TextOp):
            if text is Text.SPRITES:
                _paint_sprite(painter, op, unit)
            elif text is Text.LETTERS and not (op.bold or op.halo or op.face):
                _paint_letters(painter, op, unit, _colour(op.colour))
            else:
                _paint_text(painter, op, unit, embedded=text in (Text.EMBEDDED, Text.LETTERS))
        yield op


def _mapped(op: FillOp | StrokeOp, unit: float) -> QPainterPath:
    sx, sy, tx, ty = op.placing
    path = QTransform(sx * unit, 0, 0, sy * unit, tx * unit, ty * unit).map(path_of(op.shape))
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def _paint_text(painter: QPainter, op: TextOp, unit: float, embedded: bool) -> None:
    scale = op.size / SHAPED_AT * unit
    path = QTransform(scale, 0, 0, scale, op.x * unit, op.y * unit).map(text_outline(op.text, op.face))
    path.setFillRule(Qt.FillRule.WindingFill)
    if op.halo:
        halo = QPen(_colour(PAPER), 2 * op.halo * unit)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, halo)
    if op.bold:  # the font package has the regular weight only
        painter.strokePath(path, QPen(_colour(op.colour), op.size * BOLD * unit))
    painter.fillPath(path, QBrush(_colour(op.colour)))
    if embedded:
        _paint_letters(painter, op, unit, QColor(0, 0, 0, 0))


def _paint_letters(painter: QPainter, op: TextOp, unit: float, colour: QColor) -> None:
    scale = op.size / SHAPED_AT * unit
    painter.save()
    painter.setTransform(QTransform(scale, 0, 0, scale, op.x * unit, op.y * unit), True)
    painter.setFont(map_font())
    painter.setPen(colour)
    painter.drawText(QPointF(0, 0), op.text)
    painter.restore()


def _paint_sprite(painter: QPainter, op: TextOp, unit: float) -> None:
    image, left, top = _sprite(op.text, op.size * unit, op.colour, op.halo * unit, op.bold)
    painter.drawImage(round(op.x * unit) - left, round(op.y * unit) - top, image)


@lru_cache(maxsize=1024)
def _sprite(text: str, size: float, colour: Colour, halo: float, bold: bool) -> tuple[QImage, int, int]:
    """The text in pixels, and where in the picture its baseline starts. Stroking 30 halos a frame takes 20 ms;
    on the screen a ring of shifted copies from the glyph cache looks the same and takes 2."""
    font = QFont(map_font())
    font.setPixelSize(max(1, round(size)))
    left, top = ceil(halo) + 2, ceil(size + halo)
    width = ceil(QFontMetricsF(font).horizontalAdvance(text)) + 2 * left
    image = QImage(width, top + ceil(size * 0.35 + halo), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setFont(font)
    if halo:
        painter.setPen(_colour(PAPER))
        for step in range(COPIES):
            angle = 2 * pi * step / COPIES
            painter.drawText(QPointF(left + halo * cos(angle), top + halo * sin(angle)), text)
    painter.setPen(_colour(colour))
    painter.drawText(QPointF(left, top), text)
    if bold:
        painter.drawText(QPointF(left + size * BOLD, top), text)
    painter.end()
    return image, left, top
