"""Names on the map: prefectures first, then counties when near, neighbouring provinces last."""

from __future__ import annotations

from geodata.boundaries import NEIGHBOURS, Boundaries
from geodata.gazetteer import gazetteer
from layers.scene import Label
from layers.theme import COUNTY_LABEL_SIZE, FAINT_INK, INK, LABEL_SIZE


def names(boundaries: Boundaries, counties: bool) -> tuple[Label, ...]:
    """Short names as the plans use them; the largest circle inside the area is the room a name has."""
    labels = [_label(boundaries, place.adcode, place.short, 1) for place in gazetteer().prefectures]
    if counties:
        labels += [_label(boundaries, place.adcode, place.short, 2) for place in gazetteer().counties]
    labels += [_label(boundaries, code, NEIGHBOURS[code], 3) for code in boundaries.neighbours]
    return tuple(labels)


def _label(boundaries: Boundaries, code: str, text: str, rank: int) -> Label:
    x, y, radius = boundaries.label_points[code]
    size = LABEL_SIZE if rank == 1 else COUNTY_LABEL_SIZE
    colour = INK if rank == 1 else FAINT_INK
    return Label(code, (x, y), text, size, colour, rank, radius)
