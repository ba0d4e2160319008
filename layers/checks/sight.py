"""Where and how an op shows on the page: its bounds, whether the frame shows any of it, and the look of hatching."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, degrees, dist, radians, sin
from typing import NamedTuple

from geodata.geometry import Outline, Point
from layers.drawing import FillOp, StrokeOp
from layers.page import MM, Box
from layers.scene import Colour, Hatch

SHORTEST = 1.5
"""Points that a hatch line must have for its direction to be known."""


class Look(NamedTuple):
    """Hatching as it is drawn: distance in points across the lines, None where there is one line only."""

    colour: Colour
    width: float
    angle: float
    spacing: float | None


def hatch_look(op: StrokeOp) -> Look | None:
    """Angle (in degrees from the x axis, y up, 0 to 180) and distance of parallel lines; None when they are too short."""
    lines = _pairs(op.shape)
    (x1, y1), (x2, y2) = max(lines, key=lambda line: dist(*line), default=((0.0, 0.0), (0.0, 0.0)))
    if dist((x1, y1), (x2, y2)) * op.placing[0] < SHORTEST:
        return None
    angle = degrees(atan2(y2 - y1, x2 - x1))
    rows = sorted(y * cos(radians(angle)) - x * sin(radians(angle)) for (x, y), _ in lines)
    steps = [b - a for a, b in pairwise(rows) if b - a > 0.2]
    spacing = min(steps) * op.placing[0] if steps else None
    return Look(op.stroke.colour, op.stroke.width, _direction(-angle), spacing)


def _direction(angle: float) -> float:
    return float(round(angle) % 180)


def wanted(hatch: Hatch) -> tuple[Colour, float, float]:
    return hatch.colour, hatch.width, _direction(hatch.angle)


def fits(look: Look, hatch: Hatch) -> bool:
    """Whether lines are drawn as the hatch says; the distance to 5 per cent, or a multiple of it where rows are empty."""
    if look[:3] != wanted(hatch):
        return False
    if look.spacing is None:
        return True
    rows = look.spacing / (hatch.spacing * MM)
    return rows > 0.95 and abs(rows - round(rows)) < 0.05


# --- in sight ---


def page_box(op: FillOp | StrokeOp) -> Box:
    """The bounds of an op in points."""
    left, top, right, bottom = op.shape.bounds
    sx, sy, tx, ty = op.placing
    ys = sorted((top * sy + ty, bottom * sy + ty))
    return left * sx + tx, ys[0], right * sx + tx, ys[1]


def covers(op: FillOp, x: float, y: float) -> bool:
    """Whether the fill covers a point of the page."""
    sx, sy, tx, ty = op.placing
    return op.shape.contains((x - tx) / sx, (y - ty) / sy)


def area_in_sight(op: FillOp, frame: Box) -> bool:
    left, top, right, bottom = frame
    box = page_box(op)
    if box[0] > right or box[2] < left or box[1] > bottom or box[3] < top:
        return False
    sx, sy, tx, ty = op.placing
    if any(left <= x * sx + tx <= right and top <= y * sy + ty <= bottom for ring in op.shape.rings() for x, y in ring):
        return True
    return covers(op, (left + right) / 2, (top + bottom) / 2)


def line_in_sight(op: StrokeOp, frame: Box) -> bool:
    return any(_crosses(*line, op, frame) for line in _pairs(op.shape))


def _pairs(shape: Outline) -> list[tuple[Point, Point]]:
    return [(line[0], line[1]) for line in shape.rings() if len(line) > 1]


def _crosses(a: Point, b: Point, op: StrokeOp, frame: Box) -> bool:
    """Whether a segment has a part in the frame: Liang and Barsky's parameters."""
    sx, sy, tx, ty = op.placing
    x, y, dx, dy = a[0] * sx + tx, a[1] * sy + ty, (b[0] - a[0]) * sx, (b[1] - a[1]) * sy
    start, end = 0.0, 1.0
    for step, room in ((-dx, x - frame[0]), (dx, frame[2] - x), (-dy, y - frame[1]), (dy, frame[3] - y)):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            start = max(start, room / step)
        else:
            end = min(end, room / step)
    return start < end
