"""City sheets (一页纸): all that the plans say of a prefecture on one A4 page.

What is too much for a page is first set smaller, down to SMALLEST points; then sites, projects and statements are named
without their details; then each section has so many of them, with the number of the others. No text is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from explorer.sheet_maps import maps_ops
from explorer.sheet_text import Limits, SheetText, body, notes, omitted, sheet_text, summary, without_last
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.gazetteer import Place
from geodata.geometry import outline
from geodata.report import place_report
from layers.drawing import IN_POINTS, Op, StrokeOp
from layers.export.pdf import Sheet
from layers.flow import RULE, Block, Line, Span, balanced, break_lines, height_of, text_ops
from layers.fonts import measure
from layers.furniture import fitted_text
from layers.legend import plain_text
from layers.page import MM, PAPERS
from layers.theme import FAINT_INK, NOTE_SIZE

WIDTH, HEIGHT = (side * MM for side in PAPERS["a4-portrait"])
MARGIN = 14 * MM
GUTTER = 6 * MM
COLUMNS = 2
MAPS = ((58 * MM, 52 * MM), (51 * MM, 45.5 * MM), (44 * MM, 39 * MM))
"""Width and height that each of the two maps may have; the larger ones stand on pages with few words."""

SMALLEST, LARGEST, STEP = 6.5, 10.0, 0.5
"""Points of the text."""
READABLE = 8.5
"""Points from which on a list takes the room of one."""

TITLE = 17.0
GROUP = "sheet"
COLUMN = (WIDTH - 2 * MARGIN - GUTTER * (COLUMNS - 1)) / COLUMNS


class Fitted(NamedTuple):
    """How a sheet's words fit the page: the words, their size in points, what there is of them, the size of the
    maps, the lines, and the number of entries left out."""

    text: SheetText
    size: float
    limits: Limits
    map_size: tuple[float, float]
    head: list[Line]
    columns: list[list[Line]]
    foot: list[Line]
    omitted: int


class CitySheet(NamedTuple):
    """A finished sheet: `ops` in points on a page of `width` × `height`."""

    place: Place
    fitted: Fitted
    ops: tuple[Op, ...]
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def title(self) -> str:
        return self.fitted.text.title

    @property
    def page(self) -> Sheet:
        """As a page of a PDF, its bookmark the city's name."""
        return Sheet(self.ops, self.width, self.height, self.place.name)


def city_sheet(atlas: Atlas, adcode: str, boundaries: Boundaries) -> CitySheet:
    """The sheet of a prefecture, from all plans of the atlas. Needs a QGuiApplication."""
    place = atlas.places[adcode]
    fitted = fit(sheet_words(atlas, place))
    return CitySheet(place, fitted, tuple(_laid_out(atlas, fitted, boundaries)))


def sheet_words(atlas: Atlas, place: Place) -> SheetText:
    """All that there is to say on a prefecture's sheet."""
    return sheet_text(atlas, place, place_report(atlas, place))


# --- what fits ---


def fit(text: SheetText, spare: float = 0.0) -> Fitted:
    """The largest text that lets everything stand on the page, or the smallest and as many entries a section as then
    fit. `spare` is the share of the page to be left free, for programs that break lines in their own way.

    Where not even the numbers of what is left out fit, the last plans are left out.
    """
    steps = round((LARGEST - SMALLEST) / STEP)
    sizes = [LARGEST - step * STEP for step in range(steps + 1)]
    tries = [
        *((size, Limits(listed=True)) for size in sizes if size >= READABLE),
        *((size, Limits()) for size in sizes),
        (SMALLEST, Limits(short=True)),
    ]
    for map_size in MAPS:
        found = _tried(text, LARGEST, Limits(listed=True), spare, map_size)
        if found is not None:
            return found
    for size, limits in tries:
        found = _tried(text, size, limits, spare)
        if found is not None:
            return found
    return _shortened(text, spare)


def _shortened(text: SheetText, spare: float) -> Fitted:
    """The smallest text with so many entries a section as fit: roles before others, and fewer plans where need be."""

    def tried(most_roles: int | None, most: int) -> Fitted | None:
        return _tried(text, SMALLEST, Limits(short=True, most=most, most_roles=most_roles), spare)

    while text.parts and tried(0, 0) is None:
        text = without_last(text)
    roles = None
    if tried(None, 0) is None:
        roles, _ = _most(text.most_roles, lambda number: tried(number, 0))
    _, found = _most(text.longest, lambda number: tried(roles, number))
    assert found is not None
    return found


def _most(high: int, tried: Callable[[int], Fitted | None]) -> tuple[int, Fitted | None]:
    """The largest number up to `high` that fits, and what it gives; 0 and None when none does."""
    low, best, found = 0, 0, None
    while low <= high:
        middle = (low + high) // 2
        fitted = tried(middle)
        if fitted is None:
            high = middle - 1
        else:
            low, best, found = middle + 1, middle, fitted
    return best, found


def _tried(
    text: SheetText, size: float, limits: Limits, spare: float, map_size: tuple[float, float] = MAPS[-1]
) -> Fitted | None:
    wide = WIDTH - 2 * MARGIN
    head = break_lines(summary(text), max(SMALLEST, size - 1), summary_width(map_size), measure)
    said = (Block((Span(note, colour=FAINT_INK),)) for note in notes(text, limits))
    foot = break_lines(said, NOTE_SIZE, wide, measure)
    room = (HEIGHT - 2 * MARGIN) * (1 - spare) - _head_height(head, map_size) - height_of(foot) - 1.5 * GUTTER
    lines = break_lines(body(text, limits), size, COLUMN, measure)
    columns = balanced(lines, COLUMNS, room) if room > 0 else None
    if columns is None:
        return None
    return Fitted(text, size, limits, map_size, head, columns, foot, omitted(text, limits))


def summary_width(map_size: tuple[float, float]) -> float:
    """What the two maps leave beside them."""
    return WIDTH - 2 * MARGIN - 2 * (map_size[0] + GUTTER)


def _head_height(head: Sequence[Line], map_size: tuple[float, float]) -> float:
    """Title, and counts beside the maps."""
    return TITLE * 1.6 + max(map_size[1], height_of(head)) + GUTTER / 2


# --- what is drawn ---


def _laid_out(atlas: Atlas, fitted: Fitted, boundaries: Boundaries) -> list[Op]:
    right, bottom = WIDTH - MARGIN, HEIGHT - MARGIN
    top = MARGIN + TITLE * 1.6
    box = (MARGIN + summary_width(fitted.map_size) + GUTTER, top, right, bottom)
    ops = maps_ops(atlas, fitted.text.place, fitted.text.named, boundaries, box, fitted.map_size)
    title, size = fitted_text(fitted.text.title, TITLE, right - MARGIN, SMALLEST, measure)
    ops.append(plain_text(title, size, MARGIN, MARGIN + TITLE * 0.9, measure, bold=True, group=GROUP))
    ops.append(_rule(MARGIN + TITLE * 1.3))
    ops += text_ops(fitted.head, MARGIN, top, summary_width(fitted.map_size), measure, GROUP)
    y = MARGIN + _head_height(fitted.head, fitted.map_size)
    ops.append(_rule(y))
    for number, column in enumerate(fitted.columns):
        ops += text_ops(column, MARGIN + number * (COLUMN + GUTTER), y + GUTTER / 2, COLUMN, measure, GROUP)
    foot = bottom - height_of(fitted.foot)
    ops.append(_rule(foot - GUTTER / 4))
    ops += text_ops(fitted.foot, MARGIN, foot, right - MARGIN, measure, GROUP)
    return ops


def _rule(y: float) -> StrokeOp:
    return StrokeOp(outline([[(MARGIN, y), (WIDTH - MARGIN, y)]]), IN_POINTS, RULE, GROUP)
