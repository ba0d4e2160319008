"""Page: paper or screen in points, the frame the map stands in, and map metres to points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from geodata.geometry import Bounds, Outline, Point
from geodata.language import tr
from geodata.problems import fail

MM = 72 / 25.4
"""Points in a millimetre."""

PAPERS: dict[str, tuple[float, float]] = {
    "a4": (297.0, 210.0),
    "a4-portrait": (210.0, 297.0),
    "a3": (420.0, 297.0),
    "a3-portrait": (297.0, 420.0),
    "slide": (338.7, 190.5),
}
"""Width and height in mm; `slide` is 16:9 at 13.33 × 7.5 inches."""

SMALLEST, LARGEST = 60.0, 2000.0
"""Millimetres that a side may have."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in points, y down."""


class Page(NamedTuple):
    """A surface of `width` × `height` points; the map fills `frame`.

    `scale` is in points per map metre, `centre` the map position at the middle of the frame. `margins` is
    false on the screen, where the frame is the whole surface and title and notes stand on the map. The legend has
    `legend_columns`; on the screen it may be `folded` to its heading. Small multiples stand in a grid of `columns` by `rows` cells; when no
    cell is left for the legend, it stands in a band of that many points below them.
    """

    width: float
    height: float
    frame: Box
    scale: float
    centre: Point
    margins: bool = True
    legend_columns: int = 1
    folded: bool = False
    columns: int = 1
    rows: int = 1
    band: float = 0.0

    @property
    def origin(self) -> Point:
        """Where the map origin (0, 0) falls, in points."""
        left, top, right, bottom = self.frame
        return (left + right) / 2 - self.centre[0] * self.scale, (top + bottom) / 2 + self.centre[1] * self.scale

    def to_page(self, x: float, y: float) -> Point:
        """Points from the top left corner of a position in map metres."""
        return self.origin[0] + x * self.scale, self.origin[1] - y * self.scale

    def to_map(self, x: float, y: float) -> Point:
        """Map metres of a position in points from the top left corner."""
        return (x - self.origin[0]) / self.scale, (self.origin[1] - y) / self.scale

    @property
    def extent(self) -> Bounds:
        """What of the map the frame shows."""
        left, top, right, bottom = self.frame
        min_x, max_y = self.to_map(left, top)
        max_x, min_y = self.to_map(right, bottom)
        return min_x, min_y, max_x, max_y


def cell_boxes(page: Page) -> list[Box]:
    """The cells of the page's grid, row by row."""
    left, top, right, bottom = page.frame
    wide, high = (right - left) / page.columns, (bottom - page.band - top) / page.rows
    return [
        (left + column * wide, top + row * high, left + (column + 1) * wide, top + (row + 1) * high)
        for row in range(page.rows)
        for column in range(page.columns)
    ]


def paper_size(name: str) -> tuple[float, float]:
    """Width and height in mm of `a4`, `a3-portrait`, `slide` … or `160x120mm`.

    Raises UserError for anything else and for sides outside 60 to 2,000 mm.
    """
    key = name.strip().lower()
    if key in PAPERS:
        return PAPERS[key]
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?", key)
    if match is None:
        hint = tr("可以是 {names}，或以毫米写宽×高，如 160x120mm", names=tr("、").join(PAPERS))
        raise fail("", tr("不认识的页面大小“{name}”", name=name), hint)
    width, height = float(match[1]), float(match[2])
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise fail(
            "",
            tr("页面大小 {width:g}×{height:g} mm 无法排版", width=width, height=height),
            tr("宽和高都要在 {least:g} 到 {most:g} mm 之间", least=SMALLEST, most=LARGEST),
        )
    return width, height


def fit(
    frame: Box, body: Outline, keep_clear: Mapping[str, tuple[float, float]], padding: float
) -> tuple[float, Point]:
    """Scale and centre that show `body` as large as possible in `frame`.

    Boxes of `keep_clear` (corner as in `layers.template.CORNERS` -> width, height in points) stay free of the body: it
    is first fitted whole, then pushed away from the first of the corners, then anywhere, and made smaller until no
    vertex falls in a box. When even a tenth of the size does not help, the body stands in the middle.
    """
    left, top, right, bottom = frame
    min_x, min_y, max_x, max_y = body.bounds
    wide, high = right - left - 2 * padding, bottom - top - 2 * padding
    scale = min(wide / (max_x - min_x), high / (max_y - min_y))
    boxes = [
        (left + width + padding if corner.endswith("w") else right - width - padding,
         top + height + padding if corner.startswith("n") else bottom - height - padding,
         *_flip(corner))
        for corner, (width, height) in keep_clear.items()
        if width and height
    ]  # fmt: skip
    away = _flip(next(iter(keep_clear), "sw"))

    def is_free(x: float, y: float) -> bool:
        for edge_x, edge_y, flip_x, flip_y in boxes:
            front = _lower_left(body, (flip_x, flip_y))
            inside = bisect_left(
                front, (edge_x - x) * flip_x / scale, key=itemgetter(0)
            )  # of those, the last is lowest
            if inside and front[inside - 1][1] < (y - edge_y) * flip_y / scale:
                return False
        return True

    smallest = scale / 10
    while scale > smallest:
        spare_x = max(0.0, wide - (max_x - min_x) * scale)
        spare_y = max(0.0, high - (max_y - min_y) * scale)
        for share_x, share_y in SHARES:
            x = left + padding + spare_x * (0.5 + share_x * away[0]) - min_x * scale
            y = top + padding + spare_y * (0.5 - share_y * away[1]) + max_y * scale
            if is_free(x, y):
                return scale, (((left + right) / 2 - x) / scale, (y - (top + bottom) / 2) / scale)
        scale *= 0.98
    return scale, ((min_x + max_x) / 2, (min_y + max_y) / 2)


SHARES = ((0.0, 0.0), (0.25, 0.25), (0.5, 0.5), *product((0.0, 0.25, 0.5, -0.25, -0.5), repeat=2))
"""Of the spare room that the body is moved by, away from a corner: along x, along y."""


def _flip(corner: str) -> Point:
    """The signs that mirror a corner into the lower left one."""
    return -1.0 if corner.endswith("e") else 1.0, -1.0 if corner.startswith("n") else 1.0


@lru_cache(maxsize=64)
def _lower_left(body: Outline, flip: Point) -> tuple[Point, ...]:
    """The vertices, mirrored, with no other both left of and below them, from left to right and so from top to bottom:
    if a corner box holds any, it holds one of these."""
    front: list[Point] = []
    for x, y in sorted({(x * flip[0], y * flip[1]) for ring in body.rings() for x, y in ring}):
        if not front or y < front[-1][1]:
            front.append((x, y))
    return tuple(front)
