"""Sheets and screens: the page a scene is laid out on, and everything that stands around its map, in points."""

from __future__ import annotations

from itertools import product
from math import ceil

from geodata.geometry import Point, outline
from geodata.language import tr
from geodata.problems import fail
from layers.corners import (
    GAP,
    NOWHERE,
    bar_size,
    corner_page,
    legend_box,
    legend_size,
    longest_bar,
    north_box,
    north_size,
    placed_legend,
    scale_box,
    template_of,
)
from layers.drawing import IN_POINTS, FillOp, Op, StrokeOp, TextOp
from layers.legend import LegendBlock, legend_block, line_spacing, moved, plain_text
from layers.ornaments import degrees, north, note_height, notes, plate, scale_bar
from layers.page import MM, Box, Page, fit
from layers.placing import Measure, in_face
from layers.scene import Scene, Stroke
from layers.symbols import rectangle
from layers.template import TYPED, Template, worded
from layers.theme import LEGEND_SIZE, PAPER, TITLE_SIZE

TITLE = "title"
"""Key of the title's op."""

FRAME = Stroke((90, 90, 90), 0.6)

MOST_COLUMNS = 5
"""Of the legend."""

LEAST_BAND = 24 * MM
"""Height of the band below small multiples: north arrow over scale bar."""

SCALE_ROOM = 60 * MM
"""Width beside the legend in that band."""

LEAST_MAP = 0.1
"""Share of the frame below which a map is none: the sheet is refused."""

GOOD_MAP = 0.3
"""Share of the frame that the box around the map should take."""

MOST_HIGHER = 200
"""Millimetres by which a sheet is made higher to find one that is large enough."""

HIGHEST, WIDEST = 0.97, 0.96
"""Shares of the frame that a legend may take."""

SCREEN_TITLE = 18.0
"""Points at most: in a large window a title must not drown the names."""

WIDEST_ON_SCREEN = 0.62
"""Beside the legend there is room for the plate of the scale bar."""


def fitted_text(text: str, size: float, width: float, smallest: float, measure: Measure) -> tuple[str, float]:
    """The text at a size at which it fits the width; shortened with … when even the smallest is too wide."""
    longest = TYPED["number"][1] + 1 + TYPED["title"][1]
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    natural = measure(text, size)
    if natural <= width:
        return text, size
    size = max(smallest, size * width / natural)
    while len(text) > 1 and measure(text, size) > width:
        text = text[:-2] + "…"
    return text, size


def map_share(scene: Scene, frame: Box, scale: float) -> float:
    """The share of a frame that the box around the scene's body takes."""
    left, top, right, bottom = frame
    min_x, min_y, max_x, max_y = scene.body.bounds
    return (max_x - min_x) * (max_y - min_y) * scale**2 / ((right - left) * (bottom - top))


def paper_page(scene: Scene, size_mm: tuple[float, float], measure: Measure) -> Page:
    """A sheet with a margin, the title above the frame and the notes below, fitted to the scene's body.

    Raises UserError, which names a height that would do, when the sheet is too small for the legend.
    """
    measure = in_face(measure, scene.view.template.text_font)
    page = _paper_page(scene, size_mm, measure)
    if page is not None:
        return page
    width, height = size_mm
    larger = (height + more for more in range(10, MOST_HIGHER + 1, 10))
    tried = ((tall, _paper_page(scene, (width, tall), measure)) for tall in larger)
    enough = next((tall for tall, page in tried if page and map_share(scene, page.frame, page.scale) >= GOOD_MAP), None)
    how = tr("加大页面，或减少产业和图层；版面另有图例时，才在“要素”中关闭图例")
    if enough is not None:
        how = tr(
            "加大页面（{width:g}×{height:g} mm 就够），或减少产业和图层；版面另有图例时，才在“要素”中关闭图例",
            width=width,
            height=enough,
        )
    raise fail("", tr("页面 {width:g}×{height:g} mm 放不下图例", width=width, height=height), how)


def _paper_page(scene: Scene, size_mm: tuple[float, float], measure: Measure) -> Page | None:
    """None when the sheet is too small for the legend."""
    width, height = size_mm[0] * MM, size_mm[1] * MM
    short = min(width, height)
    margin = min(10 * MM, short * 0.05)
    title = _title_size(width) * 1.6 if scene.view.template.has("title") else 0.0
    below = note_height(scene, width - 2 * margin, measure)
    frame = (margin, margin + title, width - margin, height - margin - below)
    if scene.panels:
        return _grid_page(scene, Page(width, height, frame, 1.0, (0.0, 0.0)), measure)
    blocks = _blocks(scene, measure, legend_size(frame), scene.view.template)
    padding = 5 * MM if short > 120 * MM else 2 * MM
    columns, scale, centre = _fitted(scene, frame, blocks, GAP, padding, scene.view.template)
    high, wide = HIGHEST * (frame[3] - frame[1]), WIDEST * (frame[2] - frame[0])
    fits = not blocks or any(block.height <= high and block.width <= wide for block in blocks)
    if not fits or map_share(scene, frame, scale) < LEAST_MAP:
        return None
    return Page(width, height, frame, scale, centre, legend_columns=columns)


def _grid_page(scene: Scene, page: Page, measure: Measure) -> Page:
    """The grid of cells that lets the small maps be largest; the legend stands in the last cells or in a band below."""
    left, top, right, bottom = page.frame
    min_x, min_y, max_x, max_y = scene.body.bounds
    blocks = _blocks(scene, measure, legend_size(page.frame), scene.view.template)
    number = len(scene.panels)
    tries = [(0.0, 0, page)]
    for legend_columns, block in enumerate(blocks or [LegendBlock(0.0, 0.0, ())], 1):
        wanted = block.width + 2 * GAP, block.height + 2 * GAP
        for band, columns in product((0.0, max(LEAST_BAND, wanted[1])), range(1, number + 2)):
            rows = ceil((number if band else number + 1) / columns)
            wide, high = (right - left) / columns, (bottom - band - top) / rows
            spare = right - left - SCALE_ROOM if band else wide * (columns * rows - number)
            if wanted[0] > spare or wanted[1] > (band or high):
                continue
            room = (wide - 2 * GAP) / (max_x - min_x), (high - 2 * GAP - LEGEND_SIZE * 1.8) / (max_y - min_y)
            here = page._replace(columns=columns, rows=rows, band=band, legend_columns=legend_columns)
            tries.append((min(room), -rows * columns, here))
    scale, _, best = max(tries, key=lambda found: found[:2])
    if scale <= 0:
        size = f"{page.width / MM:g}×{page.height / MM:g} mm"
        raise fail("", tr("页面 {size} 放不下 {n} 幅小图和图例", size=size, n=number), tr("加大页面，或减少产业"))
    return best._replace(scale=scale, centre=((min_x + max_x) / 2, (min_y + max_y) / 2))


def screen_page(scene: Scene, width: float, height: float, measure: Measure, folded: bool = False) -> Page:
    """The whole surface as frame, fitted to the scene's body beside its legend, `folded` or not, and below its
    title."""
    frame = (0.0, 0.0, width, height)
    top = _title_size(width, SCREEN_TITLE) * 2.2
    if scene.panels:
        below_title = Page(width, height, (0.0, top, width, height), 1.0, (0.0, 0.0), False)
        return _grid_page(scene, below_title, measure)
    size = legend_size(frame, LEGEND_SIZE)
    blocks = _blocks(scene, measure, size, Template(), folded)
    bare = Template(off=frozenset({"scale", "north"}))
    body_frame = (0.0, top, width, height - 8)
    columns, scale, centre = _fitted(scene, body_frame, blocks, 12, 10, bare, WIDEST_ON_SCREEN)
    middle = centre[1] + (top - 8) / 2 / scale
    return Page(width, height, frame, scale, (centre[0], middle), False, columns, folded)


def _blocks(
    scene: Scene, measure: Measure, size: float, template: Template, folded: bool | None = None
) -> list[LegendBlock]:
    """The legend in one, two, … columns; nothing when there is none. `folded` as in legend_block."""
    if not template.has("legend"):
        return []
    title, spacing = template.legend_title, line_spacing(scene.legend)
    return [
        legend_block(scene.legend, measure, size, number, title, spacing, folded)
        for number in range(1, 2 if folded else MOST_COLUMNS + 1)
    ]


def _fitted(
    scene: Scene,
    frame: Box,
    blocks: list[LegendBlock],
    gap: float,
    padding: float,
    template: Template,
    widest: float = WIDEST,
) -> tuple[int, float, Point]:
    """The number of legend columns that lets the map be largest, with its scale and centre; the legend takes at most
    the share `widest` of the frame's width."""
    tries = []
    for number, block in enumerate(blocks, 1):
        if block.height <= HIGHEST * (frame[3] - frame[1]) and block.width <= widest * (frame[2] - frame[0]):
            clear = _keep_clear(frame, (block.width + gap, block.height + gap), padding, template)
            scale, centre = fit(frame, scene.body, clear, padding)
            tries.append((scale, -number, centre))
    if not tries:
        scale, centre = fit(frame, scene.body, _keep_clear(frame, (0.0, 0.0), padding, template), padding)
        return 1, scale, centre
    scale, number, centre = max(tries)
    return -number, scale, centre


def _keep_clear(
    frame: Box, legend: tuple[float, float], padding: float, template: Template
) -> dict[str, tuple[float, float]]:
    """What stays free of the map in each corner; the small things need no more room than they take."""
    clear = {template.legend: legend}
    bar, arrow = bar_size(longest_bar(frame)), north_size(frame)
    for element, (width, height) in (("scale", bar), ("north", (arrow[0] + 3 * MM, arrow[1] + 2.5 * MM))):
        if template.has(element):
            corner = getattr(template, element)
            wide, high = clear.get(corner, (0.0, 0.0))
            clear[corner] = max(wide, width - padding), high + height - (0.0 if high else padding)
    return clear


def _title_size(width: float, largest: float = TITLE_SIZE * 1.4) -> float:
    return min(largest, max(9.0, width / 842 * TITLE_SIZE))


def full_title(scene: Scene) -> str:
    """The title with the figure's number before it."""
    number = scene.view.template.number
    return tr("{number}　{title}", number=number, title=scene.title) if number else scene.title


def furniture(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> list[Op]:
    """Everything around the map, over the map's marks: margins first, so that the map ends at its frame.

    `drawn` as in `layers.corners.visible_entries`.
    """
    template = template_of(scene, page)
    ops = _sheet(page) if page.margins else []
    if template.has("title"):
        ops.append(_title(scene, page, measure))
    legend = legend_box(scene, page, measure, drawn)
    if template.has("legend"):
        ops += moved(placed_legend(scene, page, measure, drawn).ops, legend[0], legend[1])
    arrow, bar = north_box(scene, page, measure, drawn), scale_box(scene, page, measure, drawn)
    if arrow != NOWHERE:
        ops += north(arrow, worded(template.north_words), measure)
    if page.margins:
        if bar != NOWHERE:
            ops += scale_bar(bar, corner_page(scene, page), measure)
        if template.has("graticule") and not scene.panels:
            ops += degrees(scene, page, measure, [legend, arrow, bar])
        ops += notes(scene, page, measure)
    elif bar != NOWHERE:  # a window too narrow for both keeps the legend
        ops += plate(scene, bar, page, measure)
    return ops


def _sheet(page: Page) -> list[Op]:
    """The margins, which cover what of the map lies outside the frame, and the frame."""
    left, top, right, bottom = page.frame
    mask = outline(
        [
            # A little more than the page: its edge may fall inside the last row of pixels.
            *rectangle(-9, -9, page.width + 9, page.height + 9).rings(),
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
        ]
    )
    return [
        FillOp(mask, IN_POINTS, PAPER, "furniture"),
        StrokeOp(rectangle(left, top, right, bottom), IN_POINTS, FRAME, "furniture"),
    ]


def _title(scene: Scene, page: Page, measure: Measure) -> TextOp:
    left, top, right, _ = page.frame
    measure = _in_title_font(measure, template_of(scene, page))
    room, wished = (right - left) * 0.96, _title_size(page.width)
    if not page.margins:  # beside the north arrow
        room = right - left - 28 - north_size(page.frame)[0] - 3 * MM
        wished = _title_size(page.width, SCREEN_TITLE)
    text, size = fitted_text(full_title(scene), wished, room, 8.0, measure)
    if not page.margins:
        return plain_text(text, size, 14, size * 1.5, measure, bold=True, halo=2.5, key=TITLE)
    x = (page.width - measure(text, size)) / 2
    return plain_text(text, size, x, top - size * 0.62, measure, bold=True, key=TITLE)


def _in_title_font(measure: Measure, template: Template) -> Measure:
    if template.title_font == template.text_font:
        return measure
    return lambda text, size: measure(text, size, template.title_font)
