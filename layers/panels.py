"""Small multiples: a map for each sector in a grid, and one legend for all in the last cell."""

from __future__ import annotations

from layers.corners import corner_page, legend_box, north_box, scale_box
from layers.drawing import IN_POINTS, FillOp, Op, Placing, StrokeOp, TextOp
from layers.fills import area_ops
from layers.furniture import furniture
from layers.legend import plain_text
from layers.page import MM, Box, Page, cell_boxes
from layers.placing import Measure, leader_op, place_labels
from layers.scene import Panel, Scene, Stroke
from layers.symbols import rectangle
from layers.theme import LEGEND_SIZE, OUTSIDE, PAPER

CELL_EDGE = Stroke((200, 202, 206), 0.5)
MOST_LED = 3
"""Names of a small map that may stand away from their places."""

TITLE_ROOM = LEGEND_SIZE * 1.8


def compose_panels(scene: Scene, page: Page, measure: Measure) -> list[Op]:
    """The grid of maps, then the furniture, whose corners are those of the last cell."""
    ops: list[Op] = [
        FillOp(rectangle(-9, -9, page.width + 9, page.height + 9), IN_POINTS, PAPER, "paper"),
        FillOp(rectangle(*page.frame), IN_POINTS, OUTSIDE, "paper"),
    ]
    corner = corner_page(scene, page)
    taken = [box(scene, page, measure) for box in (legend_box, scale_box, north_box)]
    for panel, cell in zip(scene.panels, cell_boxes(page), strict=False):
        ops += _panel(scene, panel, cell, page, measure, taken)
    ops.append(StrokeOp(rectangle(*corner.frame), IN_POINTS, CELL_EDGE, "areas"))
    return [*ops, *furniture(scene, page, measure)]


def _panel(scene: Scene, panel: Panel, cell: Box, page: Page, measure: Measure, taken: list[Box]) -> list[Op]:
    left, top, right, bottom = cell
    here = page._replace(frame=(left, top + TITLE_ROOM, right, bottom))
    placing: Placing = (here.scale, -here.scale, *here.origin)
    ops: list[Op] = [StrokeOp(rectangle(*cell), IN_POINTS, CELL_EDGE, "areas")]
    for area in panel.areas:
        ops += area_ops(area, here, placing)
    for line in scene.lines:
        ops += [StrokeOp(piece, placing, line.stroke, line.key) for piece in line.pieces]
    title = plain_text(panel.title, LEGEND_SIZE, left + 2 * MM, top + LEGEND_SIZE * 1.35, measure, bold=True)
    title = title._replace(group="labels", key=f"panel:{panel.title}")
    labels = [label._replace(key=f"{panel.title}:{label.key}") for label in scene.labels]
    names: list[TextOp] = place_labels(labels, here, measure, [title.box, *taken], 0.0)
    led = [label for label in names if label.leader is not None]
    # Some of the names look like a choice, and names beside their places mislead.
    if len(names) < len(labels) or len(led) > MOST_LED:
        return [*ops, title]
    return [*ops, title, *(leader_op(label) for label in led), *names]
