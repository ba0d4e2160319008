"""Before a figure goes out (出图检查): what is wrong with it, or has to be decided, and how to mend it.

It looks at the drawing itself, not at what the drawing was meant to be. It helps; it is not the official review.
"""

from __future__ import annotations

from geodata.boundaries import STUB
from geodata.gazetteer import gazetteer
from geodata.geometry import Point
from geodata.language import mark, tr
from layers.checks.drawn import drawn_marks, legend_findings, shown_entries
from layers.checks.finding import ERROR, NOTE, SEVERITIES, Finding, listed
from layers.checks.looks import fill_findings, place_findings, text_findings
from layers.checks.restricted import restricted_findings
from layers.checks.unshown import size_findings, unnamed_findings, unshown_findings
from layers.checks.words import approval_findings, date_findings, scale_findings, source_findings, title_findings
from layers.compose import compose
from layers.page import Page
from layers.placing import Measure
from layers.scene import Line, Scene
from layers.theme import BORDERS

CLOSING = Finding(
    NOTE,
    mark("本检查只帮助发现问题，不能代替地图审核"),
    mark("公开使用的地图须按《地图管理条例》送自然资源主管部门审核，取得审图号"),
)
"""The end of every list."""

OWN_LINES = (*BORDERS, "focus", "graticule")
"""Keys of the lines that figures have; besides these, regions."""


def check_figure(scene: Scene, page: Page, measure: Measure) -> tuple[Finding, ...]:
    """What to mend or decide before the figure goes out, most serious first; CLOSING ends the list.

    A figure without errors may still have warnings, names to decide on, and notes.
    """
    ops = compose(scene, page, measure)
    drawn, entries = drawn_marks(scene, page, ops), shown_entries(scene, ops)
    found = [
        *title_findings(scene, ops),
        *legend_findings(scene, drawn, entries),
        *scale_findings(page, ops),
        *source_findings(scene, ops),
        *date_findings(scene),
        *approval_findings(scene, ops),
        *text_findings(ops),
        *unshown_findings(scene, ops),
        *size_findings(scene, page),
        *unnamed_findings(scene, ops),
        *fill_findings(drawn, entries),
        *place_findings(scene, page, ops),
        *_border(scene),
        *restricted_findings(scene, ops),
    ]
    order = list(SEVERITIES)
    closing = Finding(CLOSING.severity, tr(CLOSING.what), tr(CLOSING.how))
    return (*sorted(found, key=lambda finding: order.index(finding.severity)), closing)


def _border(scene: Scene) -> list[Finding]:
    """No national border: it runs 94 km and more from the province, so no line may be farther from it than the stubs,
    and nothing but the province's own areas may be filled."""
    areas = scene.panels[0].areas if scene.panels else scene.areas
    own = {place.adcode for place in gazetteer().prefectures}
    foreign = sorted({area.key for area in areas} - own)
    lines = [line for line in scene.lines if line.key != "graticule"]
    unknown = [line.key for line in lines if line.key not in OWN_LINES and not line.key.startswith("region:")]
    found = []
    if foreign or unknown:
        what = tr("图上有本程序图层以外的面或线：{names}", names=listed([*foreign, *unknown]))
        found.append(Finding(ERROR, what, tr("关闭这些图层；不得绘制国界")))
    points = [point for line in lines if line.key == "neighbour" or line.key in unknown for point in _ends(line)]
    if points and areas and _farthest([ring for area in areas for ring in area.shape.rings()], points) > STUB + 500:
        what = tr("图上有线画到省界外 {distance:.0f} 千米以远，那里可能有国界", distance=STUB / 1000)
        how = tr("重新准备行政区划边界（删除缓存后重新启动），邻省界线只画到省界附近")
        found.append(Finding(ERROR, what, how))
    return found


def _ends(line: Line) -> list[Point]:
    return [point for piece in line.pieces for ring in piece.rings() for point in ring]


def _farthest(rings: list[list[Point]], points: list[Point]) -> float:
    """Metres from the rings to the farthest of the points."""
    import shapely

    edges = shapely.multilinestrings([shapely.linestrings(ring) for ring in rings])
    shapely.prepare(edges)
    return float(shapely.distance(shapely.points(points), edges).max())
