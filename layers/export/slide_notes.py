"""What stands in the notes of a slide: the facts that the figure shows, and where the plan says them."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.language import mark, tr
from layers.export.xml_text import printable
from layers.scene import Fill, Scene
from layers.table import INFERRED, assignment_rows, has_inferred, item_rows, region_rows, unlocated_rows

HATCHING = mark("浅色底上的填充线是 PowerPoint 的图案填充，疏密随软件和缩放变化，以图例为准。")


def notes_text(scene: Scene) -> str:
    """Plain text, one fact a line: place, sector, role, section and page, and the document they are from."""
    return "\n".join(" ".join(printable(line).split()) for line in _lines(scene))


def _lines(scene: Scene) -> Iterator[str]:
    document = scene.plan.document.title

    def cited(reference: str) -> str:
        return tr("《{title}》{reference}", title=document, reference=reference)

    yield scene.title
    yield from scene.source.split(tr("　"))
    yield scene.approval
    yield from _drawn_otherwise(scene)
    rows = assignment_rows(scene)
    if rows:
        yield ""
        yield tr("依据（市州｜产业｜角色｜出处）")
    for row in rows:
        yield _line(row.place, row.sector, _with(row.role, row.note), cited(row.reference))
    marked = item_rows(scene)
    if marked:
        yield ""
        yield tr("园区和项目（名称｜类别｜位置｜出处）")
    for item in marked:
        yield _line(item.name, item.kind, _with(item.place, item.basis, item.note), cited(item.reference))
    if has_inferred(scene):
        yield tr(INFERRED)
    outlined = region_rows(scene)
    if outlined:
        yield ""
        yield tr("区域（名称｜范围｜出处）")
    for region in outlined:
        yield _line(region.name, _with(region.places, region.note), cited(region.reference))
    unlocated = unlocated_rows(scene)
    if unlocated:
        yield ""
        yield tr("没有上图：规划没有写明位置，{n} 个（名称｜类别｜出处）", n=len(unlocated))
    for item in unlocated:
        yield _line(item.name, _with(item.kind, item.note), cited(item.reference))


def _line(*columns: str) -> str:
    return tr("｜").join(columns)


def _with(words: str, *remarks: str) -> str:
    """The words, and behind them in brackets what is to be known of them."""
    said = tr("，").join(filter(None, remarks))
    return tr("{name}（{text}）", name=words, text=said) if said else words


def _drawn_otherwise(scene: Scene) -> Iterator[str]:
    """What the slide shows in another way than the figure in other formats."""
    areas = [*scene.areas, *(area for panel in scene.panels for area in panel.areas)]
    if any(fill.hatch is not None for area in areas for fill in area.fills if isinstance(fill, Fill)):
        yield tr(HATCHING)
