"""How tests look at pictures: sets of sectors, pages by name, ops by what they are, pixels as numbers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from PySide6.QtGui import QImage

from geodata.geometry import Outline
from geodata.plan import Plan
from layers.drawing import FillOp, Op, StrokeOp, SymbolOp, TextOp
from layers.export.web_facts import hex_colour
from layers.fonts import measure
from layers.furniture import paper_page, screen_page
from layers.page import Box, Page, paper_size
from layers.scene import Scene
from layers.theme import role_fill

PAPERS = ("a4", "a4-portrait", "a3", "a3-portrait", "slide", "160x120mm")
SCREENS = ("1600x1000 px", "1024x700 px")
PAGES = (*PAPERS, *SCREENS)


def sector_ids(plan: Plan) -> list[str]:
    return [sector.id for sector in plan.sectors]


def sector_sets(plan: Plan) -> list[list[str]]:
    """Each sector alone, each two neighbours in the plan, the first three, the first five, all."""
    ids = sector_ids(plan)
    pairs = [ids[at : at + 2] for at in range(len(ids) - 1)]
    return [*([sector] for sector in ids), *pairs, ids[:3], ids[:5], ids]


def page_of(scene: Scene, name: str) -> Page:
    """The scene laid out on a sheet, or on a screen of so many pixels."""
    if name.endswith(" px"):
        width, height = map(int, name.removesuffix(" px").split("x"))
        return screen_page(scene, width * 0.75, height * 0.75, measure)
    return paper_page(scene, paper_size(name), measure)


def labels_of(ops: Iterable[Op]) -> list[TextOp]:
    """The names on the map."""
    return [op for op in ops if isinstance(op, TextOp) and op.group == "labels"]


def writing_of(ops: Iterable[Op]) -> list[TextOp]:
    """Title, legend, scale bar, north arrow, source and notes."""
    return [op for op in ops if isinstance(op, TextOp) and op.group == "furniture"]


def symbols_of(ops: Iterable[Op]) -> list[SymbolOp]:
    return [op for op in ops if isinstance(op, SymbolOp)]


def boxes_of(ops: Iterable[Op], group: str) -> list[Box]:
    """Where the fills of a group are, in points."""
    boxes = []
    for op in ops:
        if isinstance(op, FillOp) and op.group == group:
            left, top, right, bottom = op.shape.bounds
            sx, sy, tx, ty = op.placing
            boxes.append((left * sx + tx, top * sy + ty, right * sx + tx, bottom * sy + ty))
    return boxes


def is_within(box: Box, frame: Box, slack: float = 1e-6) -> bool:
    return (
        box[0] >= frame[0] - slack
        and box[1] >= frame[1] - slack
        and box[2] <= frame[2] + slack
        and box[3] <= frame[3] + slack
    )


def polygon_of(shape: Outline) -> shapely.Geometry:
    """The even-odd area of an outline's rings."""
    area = shapely.Polygon()
    for ring in shape.rings():
        area = shapely.symmetric_difference(area, shapely.make_valid(shapely.Polygon(ring)))
    return area


def quiet_point(ops: Iterable[Op], page: Page, shape: Outline) -> tuple[float, float]:
    """The point of an area, in points, that is farthest from its edge, from text, symbols and drawn lines."""
    area = shapely.transform(polygon_of(shape), lambda xy: np.array([page.to_page(x, y) for x, y in xy]))
    busy = []
    for op in ops:
        if isinstance(op, TextOp | SymbolOp):
            busy.append(shapely.box(*op.box))
        elif isinstance(op, StrokeOp) and op.group not in ("furniture", "scale", "north"):
            sx, sy, tx, ty = op.placing
            lines = [[(x * sx + tx, y * sy + ty) for x, y in line] for line in op.shape.rings()]
            near = shapely.multilinestrings([shapely.linestrings(line) for line in lines])
            if near.intersects(area):
                busy.append(near.intersection(area).buffer(op.stroke.width / 2))
    for group in ("furniture", "scale", "north"):
        busy += [shapely.box(*box) for box in boxes_of(ops, group)[1:] if box[2] - box[0] < page.width / 2]
    free = shapely.difference(area, shapely.union_all(busy))
    circle = shapely.maximum_inscribed_circle(free, tolerance=0.05)
    (x, y), _ = shapely.get_coordinates(circle).tolist()
    return x, y


def pixels(image: QImage) -> np.ndarray:
    """Height × width × (red, green, blue)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)


def pixel_at(image: QImage, x: float, y: float, dpi: float) -> tuple[int, int, int]:
    """The colour at a position in points."""
    colour = image.pixelColor(int(x * dpi / 72), int(y * dpi / 72))
    return colour.red(), colour.green(), colour.blue()


def share_that_differs(a: np.ndarray, b: np.ndarray, by: int = 32) -> float:
    """The share of pixels of which any channel differs by more than `by`."""
    assert a.shape == b.shape
    return float((np.abs(a - b).max(axis=2) > by).mean())


def core_colour(plan: Plan, name: str) -> str:
    """The colour of a sector's core, as web pages write it."""
    sector = next(sector for sector in plan.sectors if sector.name == name)
    return hex_colour(role_fill(sector, next(role for role in plan.roles if role.kind == "core")).colour)
