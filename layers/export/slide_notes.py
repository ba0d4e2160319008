"""What stands in the notes of a slide: the facts that the figure shows, and where the plan says them."""

from __future__ import annotations

from collections.abc import Iterator

from layers.export.xml_text import printable
from layers.scene import Fill, Scene
from layers.table import INFERRED, assignment_rows, has_inferred, item_rows, region_rows, unlocated_rows

HATCHING = "浅色底上的填充线是 PowerPoint 的图案填充，疏密随软件和缩放变化，以图例为准。"


def notes_text(scene: Scene) -> str:
    """Plain text, one fact a line: place, sector, role, section and page, and the document they are from."""
    return "\n".join(" ".join(printable(line).split()) for line in _lines(scene))


def _lines(scene: Scene) -> Iterator[str]:
    document = scene.plan.document.title
    yield scene.title
    yield from scene.source.split("　")
    yield scene.approval
    yield from _drawn_otherwise(scene)
    rows = assignment_rows(scene)
    if rows:
        yield ""
        yield "依据（市州｜产业｜角色｜出处）"
    for row in rows:
        yield f"{row.place}｜{row.sector}｜{_with(row.role, row.note)}｜《{document}》{row.reference}"
    marked = item_rows(scene)
    if marked:
        yield ""
        yield "园区和项目（名称｜类别｜位置｜出处）"
    for item in marked:
        yield f"{item.name}｜{item.kind}｜{_with(item.place, item.basis, item.note)}｜《{document}》{item.reference}"
    if has_inferred(scene):
        yield INFERRED
    outlined = region_rows(scene)
    if outlined:
        yield ""
        yield "区域（名称｜范围｜出处）"
    for region in outlined:
        yield f"{region.name}｜{_with(region.places, region.note)}｜《{document}》{region.reference}"
    unlocated = unlocated_rows(scene)
    if unlocated:
        yield ""
        yield f"没有上图：规划没有写明位置，{len(unlocated)} 个（名称｜类别｜出处）"
    for item in unlocated:
        yield f"{item.name}｜{_with(item.kind, item.note)}｜《{document}》{item.reference}"


def _with(words: str, *remarks: str) -> str:
    """The words, and behind them in brackets what is to be known of them."""
    said = "，".join(filter(None, remarks))
    return f"{words}（{said}）" if said else words


def _drawn_otherwise(scene: Scene) -> Iterator[str]:
    """What the slide shows in another way than the figure in other formats."""
    areas = [*scene.areas, *(area for panel in scene.panels for area in panel.areas)]
    if any(fill.hatch is not None for area in areas for fill in area.fills if isinstance(fill, Fill)):
        yield HATCHING
