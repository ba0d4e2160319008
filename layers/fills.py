"""Areas as ops: plain, hatched or striped. What it costs is cached by shape and scale."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from geodata.geometry import Outline, outline
from layers.drawing import FillOp, Op, Placing, StrokeOp
from layers.hatch import hatch_lines, scaled, stripes
from layers.legend import is_overlay
from layers.page import MM, Page
from layers.scene import Area, Fill, Stroke
from layers.theme import STRIPE_WIDTH


def area_ops(area: Area, page: Page, placing: Placing) -> list[Op]:
    """An area with its fills as stripes, or in black and white with their hatchings over each other."""
    shift: Placing = (1.0, 1.0, *page.origin)
    # The first fill lies under the whole area, so that no seam between two stripes lets the ground through.
    ops: list[Op] = [FillOp(area.shape, placing, area.fills[0].colour, "areas")]
    striped = len(area.fills) > 1 and not is_overlay(area.fills)
    shares = _stripes(area.shape, page.scale, len(area.fills)) if striped else ()
    for fill, share in zip(area.fills[1:], shares[1:], strict=False):
        ops.append(FillOp(share, shift, fill.colour, "stripes"))
    for index, fill in enumerate(area.fills):
        lines = _stripe_hatching(shares[index], fill) if shares else _hatching(area.shape, page.scale, fill)
        if lines is not None and fill.hatch is not None:
            ops.append(StrokeOp(lines, shift, Stroke(fill.hatch.colour, fill.hatch.width, flat=True), "hatch"))
    return ops


LEAST_SHARE = 0.4
"""Of its even share that a fill must have of a striped area."""

NARROWEST = 0.5 * MM
"""Stripes wider than this may be halved."""

STRIPE_METRES = 12_500.0
"""Map metres across a stripe where the province is too small for the usual width: cities are a few times wider."""

FINE_STRIPE = 0.95 * MM
"""They are not narrower than this for that reason."""


@lru_cache(maxsize=64)
def _rings_in_points(shape: Outline, scale: float) -> list[list[tuple[float, float]]]:
    return scaled(shape.rings(), scale)


@lru_cache(maxsize=256)
def _hatching(shape: Outline, scale: float, fill: Fill) -> Outline | None:
    """Hatch lines in points around the map origin: they move with the map and need no new sums when it is panned."""
    if fill.hatch is None:
        return None
    lines = hatch_lines(_rings_in_points(shape, scale), fill.hatch.spacing * MM, -fill.hatch.angle)
    return outline([[(x1, y1), (x2, y2)] for x1, y1, x2, y2 in lines])


@lru_cache(maxsize=128)
def _stripes(shape: Outline, scale: float, number: int) -> tuple[Outline, ...]:
    """The shares of an area; on a small map the stripes are narrower, and in a small area again, so that none of its
    fills is lost or seems to be."""
    width = max(FINE_STRIPE, min(STRIPE_WIDTH * MM, STRIPE_METRES * scale))
    hands = stripes(_rings_in_points(shape, scale), width, number, 45.0)
    while min(map(_area, hands)) < LEAST_SHARE / number * sum(map(_area, hands)) and width > NARROWEST:
        width /= 2
        hands = stripes(_rings_in_points(shape, scale), width, number, 45.0)
    return tuple(outline(hand) for hand in hands)


def _area(rings: list[list[tuple[float, float]]]) -> float:
    """Of even-odd rings whose holes run the other way round."""
    return abs(sum(x1 * y2 - x2 * y1 for ring in rings for (x1, y1), (x2, y2) in pairwise(ring))) / 2


@lru_cache(maxsize=256)
def _stripe_hatching(share: Outline, fill: Fill) -> Outline | None:
    """The hatching of a fill inside its stripes, the same as over a whole area."""
    if fill.hatch is None or not share.records:
        return None
    lines = hatch_lines(share.rings(), fill.hatch.spacing * MM, -fill.hatch.angle)
    return outline([[(x1, y1), (x2, y2)] for x1, y1, x2, y2 in lines])
