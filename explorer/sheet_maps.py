"""The two small maps of a city sheet: where the city lies in the province, and its counties."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.gazetteer import Place, gazetteer
from geodata.geometry import Outline
from geodata.language import tr
from layers.compose import compose
from layers.drawing import Op
from layers.fonts import measure
from layers.legend import plain_text
from layers.page import Box, Page
from layers.scene import Area, Fill, Label, Line, Scene, Stroke
from layers.template import ELEMENTS, Template
from layers.theme import INK, NOTE_SIZE, REST, SMALLEST_TEXT
from layers.view import ViewState

HERE = Fill((190, 62, 48))
NAMED = Fill((240, 205, 194))
"""The city, and counties of it that plans name."""

OUTER, INNER = Stroke((70, 70, 70), 0.7), Stroke((140, 140, 140), 0.4)
SHOWN = ("areas", "borders", "labels")
"""Groups of a drawing that make a small map."""


def maps_ops(
    atlas: Atlas, place: Place, named: Collection[str], boundaries: Boundaries, box: Box, size: tuple[float, float]
) -> list[Op]:
    """Both maps at the upper corners of `box`, each `size` points wide and high with its caption."""
    left, top, right, _ = box
    wide, high = size
    return [
        *city_ops(atlas, place, named, boundaries, (left, top, left + wide, top + high)),
        *locator_ops(atlas, place, boundaries, (right - wide, top, right, top + high)),
    ]


def locator_ops(atlas: Atlas, place: Place, boundaries: Boundaries, frame: Box) -> list[Op]:
    """A map of the province in `frame` of the page, the prefecture filled, and what it shows."""
    areas = (
        Area("province", boundaries.province, (Fill(REST),)),
        Area(place.adcode, boundaries.prefectures[place.adcode], (HERE,)),
    )
    lines = (
        Line("borders", boundaries.borders["prefecture"], INNER),
        Line("borders", boundaries.borders["province"], OUTER),
    )
    scene = _scene(atlas, areas, lines, boundaries.province)
    return _framed(scene, frame, tr("{name}在四川省的位置", name=place.name))


def city_ops(atlas: Atlas, place: Place, named: Collection[str], boundaries: Boundaries, frame: Box) -> list[Op]:
    """A map of the prefecture with its counties' names in `frame`, those `named` tinted and before the others, of which
    some in the middle of a city find no room."""
    codes = [county.adcode for county in gazetteer().counties if county.parent == place.adcode]
    areas = [Area(code, boundaries.counties[code], (NAMED if code in named else Fill(REST),)) for code in codes]
    body = boundaries.prefectures[place.adcode]
    lines = (
        Line("borders", tuple(boundaries.counties[code] for code in codes), INNER),
        Line("borders", (body,), OUTER),
    )
    labels = []
    for code in sorted(codes, key=lambda code: code not in named):
        x, y, radius = boundaries.label_points[code]
        labels.append(Label(code, (x, y), gazetteer()[code].short, SMALLEST_TEXT, INK, 1, radius))
    scene = _scene(atlas, areas, lines, body)._replace(labels=tuple(labels))
    words = tr("{name}（有色的为规划写到的县级单位）", name=place.name) if named else place.name
    return _framed(scene, frame, words)


def _scene(atlas: Atlas, areas: Iterable[Area], lines: tuple[Line, ...], body: Outline) -> Scene:
    return Scene(
        areas=tuple(areas),
        lines=lines,
        glyphs=(),
        labels=(),
        legend=(),
        title="",
        source="",
        approval="",
        markers=(),
        body=body,
        plan=atlas.plans[0],
        view=ViewState(atlas.plans[0].id, template=Template(off=frozenset(ELEMENTS))),
    )


def _framed(scene: Scene, frame: Box, words: str) -> list[Op]:
    """The body as large as the frame lets it be, its caption under it."""
    left, top, right, bottom = frame
    above = (left, top, right, bottom - NOTE_SIZE * 1.4)
    min_x, min_y, max_x, max_y = scene.body.bounds
    scale = min((right - left) / (max_x - min_x), (above[3] - top) / (max_y - min_y)) * 0.98
    page = Page(right, bottom, above, scale, ((min_x + max_x) / 2, (min_y + max_y) / 2))
    ops = [op for op in compose(scene, page, measure) if getattr(op, "group", "") in SHOWN]
    middle = (left + right - measure(words, NOTE_SIZE)) / 2
    return [*ops, plain_text(words, NOTE_SIZE, middle, bottom - NOTE_SIZE * 0.3, measure, group="sheet")]
