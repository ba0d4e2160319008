"""Title, legend, scale bar, north arrow, source line and notes, laid out in points for a page."""

from __future__ import annotations

from geodata.geometry import Outline, Point, meet, outline
from geodata.problems import fail
from layers.drawing import IN_POINTS, FillOp, Op, StrokeOp, overlap
from layers.legend import LINE, LegendBlock, legend_block, moved, plain_text
from layers.page import MM, Box, Page, fit
from layers.placing import Measure
from layers.scene import Fill, LegendEntry, Scene, Stroke
from layers.symbols import north_arrow, rectangle
from layers.theme import FAINT_INK, INK, LEGEND_SIZE, NOTE_SIZE, PAPER, SMALLEST_TEXT, TITLE_SIZE

LONGEST_TITLE = 200
"""Characters."""

FRAME = Stroke((90, 90, 90), 0.6)

MOST_COLUMNS = 3
"""Of the legend."""


def fitted_text(text: str, size: float, width: float, smallest: float, measure: Measure) -> tuple[str, float]:
    """The text at a size at which it fits the width; shortened with … when even the smallest is too wide."""
    text = text[:LONGEST_TITLE]
    natural = measure(text, size)
    if natural <= width:
        return text, size
    size = max(smallest, size * width / natural)
    while len(text) > 1 and measure(text, size) > width:
        text = text[:-2] + "…"
    return text, size


def paper_page(scene: Scene, size_mm: tuple[float, float], measure: Measure) -> Page:
    """A sheet with a margin, the title above the frame and the source below, fitted to the scene's body.

    Raises UserError when the sheet is too small for the legend.
    """
    width, height = size_mm[0] * MM, size_mm[1] * MM
    short = min(width, height)
    margin = min(10 * MM, short * 0.05)
    title = _title_size(width)
    lines = len(note_lines(scene, width - 2 * margin, measure))
    frame = (margin, margin + title * 1.6, width - margin, height - margin - lines * NOTE_SIZE * 1.35)
    size = legend_size(frame)
    blocks = [legend_block(scene.legend, measure, size, number) for number in range(1, MOST_COLUMNS + 1)]
    high, wide = 0.9 * (frame[3] - frame[1]), 0.75 * (frame[2] - frame[0])
    if not any(block.height <= high and block.width <= wide for block in blocks):
        raise fail("", f"页面 {size_mm[0]:g}×{size_mm[1]:g} mm 放不下图例", "加大页面，或减少产业和图层")
    padding = 5 * MM if short > 120 * MM else 2 * MM
    columns, scale, centre = _fitted(frame, scene.body, blocks, 2 * MM, padding)
    return Page(width, height, frame, scale, centre, legend_columns=columns)


def _fitted(
    frame: Box, body: Outline, blocks: list[LegendBlock], gap: float, padding: float
) -> tuple[int, float, Point]:
    """The number of legend columns that lets the map be largest, with its scale and centre."""
    tries = []
    for number, block in enumerate(blocks, 1):
        if block.height <= 0.9 * (frame[3] - frame[1]) and block.width <= 0.75 * (frame[2] - frame[0]):
            scale, centre = fit(frame, body, (block.width + gap, block.height + gap), padding)
            tries.append((scale, -number, centre))
    if not tries:
        scale, centre = fit(frame, body, (0.0, 0.0), padding)
        return 1, scale, centre
    scale, number, centre = max(tries)
    return -number, scale, centre


def screen_page(scene: Scene, width: float, height: float, measure: Measure) -> Page:
    """The whole surface as frame, fitted to the scene's body beside its legend and below its title."""
    frame = (0.0, 0.0, width, height)
    size = legend_size(frame, LEGEND_SIZE)
    blocks = [legend_block(scene.legend, measure, size, number) for number in range(1, MOST_COLUMNS + 1)]
    top = _title_size(width) * 2.2
    columns, scale, centre = _fitted((0.0, top, width, height - 8), scene.body, blocks, 12, padding=10)
    middle = centre[1] + (top - 8) / 2 / scale
    return Page(width, height, frame, scale, (centre[0], middle), margins=False, legend_columns=columns)


def _title_size(width: float) -> float:
    return min(TITLE_SIZE * 1.4, max(9.0, width / 842 * TITLE_SIZE))


def legend_size(frame: Box, largest: float = LEGEND_SIZE * 1.3) -> float:
    """Legend text grows a little on large sheets and shrinks on small ones, never under SMALLEST_TEXT."""
    short = min(frame[2] - frame[0], frame[3] - frame[1])
    return max(SMALLEST_TEXT, min(largest, LEGEND_SIZE * short / 480))


def _placed_legend(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None) -> LegendBlock:
    size = legend_size(page.frame) if page.margins else legend_size(page.frame, LEGEND_SIZE)
    return legend_block(visible_entries(scene, page, drawn), measure, size, page.legend_columns)


def visible_entries(scene: Scene, page: Page, drawn: frozenset[str] | None = None) -> tuple[LegendEntry, ...]:
    """The legend without what a sheet does not show; on the screen it is whole, because the map is moved there.

    `drawn` holds what there is of markers (see LegendEntry.mark); None when that is not known yet.
    """
    if not page.margins:
        return scene.legend
    lines = {line.key: line for line in scene.lines}
    seen = [area.fills for area in scene.areas if _in_sight(area.shape, page)]
    filled = {fill for fills in seen for fill in fills}

    def visible(entry: LegendEntry) -> bool:
        if entry.line:
            return any(meet(piece.bounds, page.extent) for piece in lines[entry.line].pieces)
        if entry.mark:
            return drawn is None or entry.mark in drawn
        if scene.glyphs or not entry.sample or not isinstance(entry.sample[0], Fill):
            return True
        return entry.sample[0] in filled if len(entry.sample) == 1 else any(len(fills) > 1 for fills in seen)

    kept = [entry for entry in scene.legend if visible(entry)]
    return tuple(
        entry
        for entry, following in zip(kept, [*kept[1:], None], strict=True)
        if entry.sample is not None or (following is not None and following.sample is not None and not following.line)
    )


def _in_sight(shape: Outline, page: Page) -> bool:
    """Whether any of an area falls in the frame."""
    if not meet(shape.bounds, page.extent):
        return False
    min_x, min_y, max_x, max_y = page.extent
    inside = any(min_x <= x <= max_x and min_y <= y <= max_y for ring in shape.rings() for x, y in ring)
    return inside or shape.contains((min_x + max_x) / 2, (min_y + max_y) / 2)


def legend_box(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> Box:
    """Where the legend stands: the lower left corner of the frame. `drawn` as in visible_entries."""
    block = _placed_legend(scene, page, measure, drawn)
    left, _, _, bottom = page.frame
    gap = 2 * MM
    return left + gap, bottom - gap - block.height, left + gap + block.width, bottom - gap


def furniture(scene: Scene, page: Page, measure: Measure, drawn: frozenset[str] | None = None) -> list[Op]:
    """Everything around the map, over the map's marks: margins first, so that the map ends at its frame.

    `drawn` as in visible_entries.
    """
    left, top, right, bottom = page.frame
    ops: list[Op] = []
    title_size = _title_size(page.width)
    text, size = fitted_text(scene.title, title_size, (right - left) * 0.96, 8.0, measure)
    title_width = measure(text, size)
    if page.margins:
        mask = outline(
            [
                # A little more than the page: its edge may fall inside the last row of pixels.
                *rectangle(-9, -9, page.width + 9, page.height + 9).rings(),
                [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
            ]
        )
        ops.append(FillOp(mask, IN_POINTS, PAPER, "furniture"))
        ops.append(StrokeOp(rectangle(left, top, right, bottom), IN_POINTS, FRAME, "furniture"))
        baseline = top - size * 0.62
        ops.append(plain_text(text, size, (page.width - title_width) / 2, baseline, measure, bold=True))
    else:
        ops.append(plain_text(text, size, 14, size * 1.5, measure, bold=True, halo=2.5))
    box = legend_box(scene, page, measure, drawn)
    ops += moved(_placed_legend(scene, page, measure, drawn).ops, box[0], box[1])
    ops += _north(page, measure)
    plate = scale_box(scene, page, measure)
    if page.margins:
        ops += _scale_bar(page, measure)
        ops += _notes(scene, page, measure)
    elif not overlap(plate, box):  # a window too narrow for both keeps the legend
        ops.append(FillOp(rectangle(*plate), IN_POINTS, PAPER, "furniture"))
        ops += _scale_bar(page, measure)
        ops += _notes(scene, page, measure)
    return ops


def scale_box(scene: Scene, page: Page, measure: Measure) -> Box:
    """Where the scale bar stands, on the screen with the note below it: the lower right corner of the frame."""
    _, _, right, bottom = page.frame
    width = scale_bar_length(page) * page.scale + 3 * MM + 2 * NOTE_SIZE + 14
    height = 3 * MM + NOTE_SIZE * 2 + 5
    if not page.margins:
        width = max(width, measure(scene.approval, NOTE_SIZE) + 16)
        height += NOTE_SIZE * LINE
    return right - width, bottom - height, right, bottom


def scale_bar_length(page: Page) -> float:
    """A round number of map metres that is about a sixth of the frame's width."""
    left, _, right, _ = page.frame
    target = min(140.0, (right - left) / 6) / page.scale
    for power in (7, 6, 5, 4, 3, 2, 1):
        for lead in (5.0, 2.0, 1.0):
            if lead * 10**power <= target:
                return lead * 10**power
    return 10.0


def _scale_bar(page: Page, measure: Measure) -> list[Op]:
    _, _, right, bottom = page.frame
    metres = scale_bar_length(page)
    length, height = metres * page.scale, 3.0
    end = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    x = right - 3 * MM - measure(end, NOTE_SIZE) / 2 - length
    y = bottom - (3 * MM if page.margins else 3 * MM + NOTE_SIZE * LINE)
    half = x + length / 2
    ops: list[Op] = [
        FillOp(rectangle(x, y - height, half, y), IN_POINTS, INK, "scale"),
        FillOp(rectangle(half, y - height, x + length, y), IN_POINTS, PAPER, "scale"),
        StrokeOp(rectangle(x, y - height, x + length, y), IN_POINTS, Stroke(INK, 0.5), "scale"),
    ]
    for at, text in ((x, "0"), (x + length, end)):
        left = at - measure(text, NOTE_SIZE) / 2
        ops.append(plain_text(text, NOTE_SIZE, left, y - height - 2.5, measure, halo=1.4))
    return ops


def north_box(page: Page) -> Box:
    """Where the north arrow stands: the upper right corner of the frame, smaller on small sheets."""
    left, top, right, bottom = page.frame
    size = max(13.0, min(22.0, 22.0 * min(right - left, bottom - top) / 400))
    x, y = right - 3 * MM - size / 2, top + 2.5 * MM
    return x - size / 2, y, x + size / 2, y + size + NOTE_SIZE + 3


def _north(page: Page, measure: Measure) -> list[Op]:
    left, top, right, bottom = north_box(page)
    size = bottom - top - NOTE_SIZE - 3
    x, y = (left + right) / 2, bottom - size / 2
    filled, hollow = north_arrow(size)
    placing = (1.0, 1.0, x, y)
    return [
        plain_text("北", NOTE_SIZE + 1, x - (NOTE_SIZE + 1) / 2, y - size / 2 - 2, measure, halo=1.4),
        FillOp(hollow, placing, PAPER, "north"),
        FillOp(filled, placing, INK, "north"),
        StrokeOp(hollow, placing, Stroke(INK, 0.5), "north"),
        StrokeOp(filled, placing, Stroke(INK, 0.5), "north"),
    ]


def note_lines(scene: Scene, width: float, measure: Measure) -> list[str]:
    """The source in lines that fit the width, nothing left out; the first leaves room for the approval beside it,
    or is empty where there is none."""
    beside = width - measure(scene.approval, NOTE_SIZE) - 12
    if measure(scene.source, NOTE_SIZE) <= beside:
        return [scene.source]
    lines: list[str] = []
    for part in scene.source.split("　"):
        room = width if lines else beside
        if not lines and measure(part, NOTE_SIZE) > room:
            lines.append("")
            room = width
        line = ""
        for char in part:
            if measure(line + char, NOTE_SIZE) > room:
                lines.append(line)
                line, room = "", width
            line += char
        lines.append(line)
    return lines


def _notes(scene: Scene, page: Page, measure: Measure) -> list[Op]:
    """The approval number or the internal-use note, and the source."""
    left, _, right, bottom = page.frame
    size = NOTE_SIZE
    width = measure(scene.approval, size)
    if not page.margins:
        return [plain_text(scene.approval, size, right - width - 8, bottom - 6, measure, halo=1.4, colour=FAINT_INK)]
    baseline = bottom + size * 1.35
    ops: list[Op] = [plain_text(scene.approval, size, right - width, baseline, measure)]
    for index, line in enumerate(note_lines(scene, right - left, measure)):
        if line:
            ops.append(plain_text(line, size, left, baseline + index * size * 1.35, measure))
    return ops
