"""PowerPoint: one slide of native, named shapes, and in its notes what the figure shows with its citations.

What a scene means decides what becomes of its ops: an area is one free form whatever it is filled with, a symbol one
preset shape, border pieces become lines from junction to junction. Positions are those of the ops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from geodata.analysis.items import find_item
from geodata.gazetteer import gazetteer
from geodata.language import tr
from geodata.problems import fail
from geodata.report import references
from layers.compose import LEADERS, compose
from layers.drawing import FillOp, Op, StrokeOp, SymbolOp, TextOp
from layers.export.slide import Canvas
from layers.export.slide_furniture import FURNITURE, draw_furniture
from layers.export.slide_notes import notes_text
from layers.export.slide_parts import (
    box_of,
    clipped,
    draw_fills,
    draw_ring,
    draw_symbol,
    joined,
    native_fill,
    rings_of,
    simplified,
    words_of,
)
from layers.export.xml_text import printable
from layers.fonts import measure
from layers.page import Page
from layers.scene import Area, Scene
from layers.table import assignment_rows
from layers.template import ELEMENTS
from layers.theme import BORDER_NAMES, LEADER, LEADER_RIM, PAPER

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

SMALLEST, LARGEST = 72.0, 56 * 72.0
"""Points that a side of a slide may have."""

LINE_NAMES = {**BORDER_NAMES, "graticule": ELEMENTS["graticule"]}


class _Map(NamedTuple):
    """What drawing the map needs to know besides its ops."""

    scene: Scene
    page: Page
    areas: Iterator[tuple[Area, str]]
    """In painting order, with the title of the small map each is on."""
    about: dict[str, str]
    """What the plan says of a prefecture, by adcode."""


def pptx_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """The slide; the resolution plays no part. Raises UserError for a page that no slide can be as large as."""
    if not SMALLEST <= min(page.width, page.height) <= max(page.width, page.height) <= LARGEST:
        raise fail("PPTX", tr("幻灯片的边长只能在 26 到 1422 mm 之间"), tr("换一种页面，或导出 PDF、SVG"))
    ops = compose(scene, page, measure)
    cut = next((index for index, op in enumerate(ops) if _group(op) in FURNITURE), len(ops))
    presentation, slide = _empty_slide(page)
    canvas = Canvas(slide.shapes._spTree)
    titled = [(area, panel.title) for panel in scene.panels for area in panel.areas]
    areas = iter(titled or [(area, "") for area in scene.areas])
    here = _Map(scene, page, areas, _about_places(scene))
    for run in _runs(ops[:cut]):
        _draw(canvas, here, run)
        tick()
    draw_furniture(canvas, scene, page, ops[cut:], tick)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = notes_text(scene)
    _describe(presentation, scene)
    tick()
    data = BytesIO()
    presentation.save(data)
    return data.getvalue()


def _empty_slide(page: Page) -> tuple[Presentation, Slide]:
    """A presentation of the page's size with one empty slide, whose layout has nothing but a title."""
    from pptx import Presentation
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Pt

    presentation = Presentation()
    layouts = presentation.slide_layouts
    layout = layouts.get_by_name("Title Only") or layouts[0]
    for other in list(layouts):
        if other is not layout:
            layouts.remove(other)
    old_width, old_height = presentation.slide_width or 1, presentation.slide_height or 1
    presentation.slide_width, presentation.slide_height = Pt(page.width), Pt(page.height)
    across, down = Pt(page.width) / old_width, Pt(page.height) / old_height
    for shape in [*presentation.slide_master.placeholders, *layout.placeholders]:
        shape.left, shape.width = round(shape.left * across), round(shape.width * across)
        shape.top, shape.height = round(shape.top * down), round(shape.height * down)
    slide = presentation.slides.add_slide(layout)
    for shape in list(slide.shapes):
        slide.shapes._spTree.remove(shape._element)
    package = presentation.part.package
    for key, relation in list(package._rels.items()):  # the picture of an empty slide
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(key)
    return presentation, slide


def _describe(presentation: Presentation, scene: Scene) -> None:
    about = presentation.core_properties
    about.title, about.subject = printable(scene.title)[:255], printable(scene.source)[:255]
    about.author = about.last_modified_by = tr("产业布局图")


def _group(op: Op) -> str:
    return "" if isinstance(op, SymbolOp) else op.group


def _runs(ops: Iterable[Op]) -> Iterator[list[Op]]:
    """The ops in runs that become one shape or group."""
    run: list[Op] = []
    for op in ops:
        if run and not _belongs(op, run[0]):
            yield run
            run = []
        run.append(op)
    if run:
        yield run


def _belongs(op: Op, head: Op) -> bool:
    """Whether an op continues the run of its first op."""
    if isinstance(op, SymbolOp):
        return False
    if isinstance(head, SymbolOp):
        return op.group in ("glyphs", "markers")
    if isinstance(head, FillOp):
        return head.group == "areas" and op.group in ("stripes", "hatch")
    return (
        isinstance(head, StrokeOp) and isinstance(op, StrokeOp) and (op.group, op.stroke) == (head.group, head.stroke)
    )


def _draw(canvas: Canvas, here: _Map, run: list[Op]) -> None:
    head = run[0]
    if isinstance(head, TextOp):
        is_panel = head.key.startswith("panel:")
        name = tr("小图标题：{text}", text=head.text) if is_panel else tr("地名：{text}", text=head.text)
        align = "l" if head.group == "names" or is_panel else "ctr"
        # Not every program shows the glow that stands for the halo, and black hatching drowns a name without it.
        ground = PAPER if here.scene.view.template.bw and head.halo else None
        canvas.text(name, *words_of(head, align), ground=ground)
    elif isinstance(head, SymbolOp):
        _draw_symbol(canvas, here, head, run[1:])
    elif isinstance(head, StrokeOp):
        _draw_lines(canvas, here, [op for op in run if isinstance(op, StrokeOp)])
    elif head.group == "areas":
        _draw_area(canvas, here, head, run[1:])
    elif head.group == LEADERS:
        canvas.preset(tr("引线"), "ellipse", box_of(head), (head.colour, None))
    elif head.colour != PAPER:
        canvas.preset(tr("图框底色"), "rect", here.page.frame, (head.colour, None))


def _draw_area(canvas: Canvas, here: _Map, ground: FillOp, over: Sequence[Op]) -> None:
    """One free form with a native fill; stripes and the lines of hatchings on white lie over it as further ones."""
    area, panel = next((area, panel) for area, panel in here.areas if area.shape is ground.shape)
    name = gazetteer()[area.key].name
    if panel:
        name = tr("{name}（{text}）", name=name, text=panel)
    box = [here.page.frame]
    rings = simplified(clipped(rings_of(ground), box, closed=True))
    if not rings:
        return
    canvas.free_form(name, rings, (native_fill(area.fills[0]), None), about=here.about.get(area.key, ""))
    draw_fills(canvas, name, area.fills, over, box)


def _draw_lines(canvas: Canvas, here: _Map, ops: list[StrokeOp]) -> None:
    """Borders as a group of lines; leaders and the edges of small maps one by one."""
    head = ops[0]
    if head.stroke in (LEADER, LEADER_RIM):
        for op in ops:
            ((start, *_, end),) = rings_of(op)
            canvas.line(tr("引线"), start, end, head.stroke)
        return
    if head.group == "areas":
        for op in ops:
            canvas.preset(tr("小图边框"), "rect", op.shape.bounds, (None, op.stroke))
        return
    words = {entry.line: entry.text for entry in here.scene.legend if entry.line}
    name = tr(LINE_NAMES[head.group]) if head.group in LINE_NAMES else words.get(head.group, head.group)
    with canvas.group(name):
        for line in clipped(joined(ops), [here.page.frame], closed=False):
            canvas.free_form(tr("{name} 线段", name=name), [line], (None, head.stroke), closed=False)


def _draw_symbol(canvas: Canvas, here: _Map, mark: SymbolOp, ops: Sequence[Op]) -> None:
    """A ring as a group of its segments; a site or project as a preset shape; a count as a rounded box."""
    glyph = next((glyph for glyph in here.scene.glyphs if glyph.key == mark.key), None)
    if glyph is not None and not mark.items:
        with canvas.group(tr("{name} 环形符号", name=gazetteer()[glyph.key].name)):
            draw_ring(canvas, [here.scene.plan.sector(segment.sector).name for segment in glyph.segments], ops)
        return
    found = [item for key in mark.items if (item := find_item((here.scene.plan,), key)) is not None]
    about = "\n".join(_cited(item.name, item.category, references(item.fact.citations)) for item in found)
    if len(mark.items) > 1:
        place = mark.key.partition(":")[2]
        name = tr("{name}：{n} 个园区和项目", name=gazetteer()[place].name, n=len(mark.items))
        draw_symbol(canvas, name, None, ops, about)
        return
    symbol = next(marker.symbol for marker in here.scene.markers if marker.key == mark.items[0])
    draw_symbol(canvas, found[0].name if found else mark.key, symbol, ops, about)


def _about_places(scene: Scene) -> dict[str, str]:
    """What the figure shows of each prefecture, with section and page."""
    found: dict[str, str] = {}
    for row in assignment_rows(scene):
        line = _cited(row.sector, row.role, row.reference)
        found[row.adcode] = f"{found[row.adcode]}\n{line}" if row.adcode in found else line
    return found


def _cited(name: str, text: str, reference: str) -> str:
    return tr("{name}：{text}（{reference}）", name=name, text=text, reference=reference)
