"""What stands in the notes of a slide: the facts that the figure shows, and where the plan says them."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.report import references
from layers.catalog.markers import shown_items
from layers.catalog.regions import drawn_regions
from layers.export.xml_text import printable
from layers.scene import Fill, Scene
from layers.table import assignment_rows, item_rows

HATCHING = "浅色底上的填充线是 PowerPoint 的图案填充，疏密随软件和缩放变化，以图例为准。"
INFERRED = "标“推定”“据上下文”的位置不是规划写明的，图上为空心符号。"


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
        yield f"{row.place}｜{row.sector}｜{row.role}｜《{document}》{row.reference}"
    marked = item_rows(scene)
    if marked:
        yield ""
        yield "园区和项目（名称｜类别｜位置｜出处）"
    for item in marked:
        remark = "，".join(part for part in (item.basis, item.note) if part)
        place = f"{item.place}（{remark}）" if remark else item.place
        yield f"{item.name}｜{item.kind}｜{place}｜《{document}》{item.reference}"
    if any(item.basis for item in marked):
        yield INFERRED
    drawn = {line.key for line in scene.lines}
    outlined = [region for region in drawn_regions(scene.plan, scene.view) if f"region:{region.id}" in drawn]
    if outlined:
        yield ""
        yield "区域（名称｜出处）"
    for region in outlined:
        yield f"{region.name}｜《{document}》{references(region.citations)}"
    unlocated = [item.name for item in shown_items(scene.plan, scene.view) if not item.spots]
    if unlocated:
        yield ""
        yield f"没有上图（规划没有写明位置，{len(unlocated)} 个）：{'、'.join(unlocated)}"


def _drawn_otherwise(scene: Scene) -> Iterator[str]:
    """What the slide shows in another way than the figure in other formats."""
    areas = [*scene.areas, *(area for panel in scene.panels for area in panel.areas)]
    if any(fill.hatch is not None for area in areas for fill in area.fills if isinstance(fill, Fill)):
        yield HATCHING
