"""Native shapes of office drawings (DrawingML): free forms, preset shapes, lines, text boxes and groups, in points.

The XML is written here because python-pptx offers neither several contours with exact positions at a bearable cost
nor East Asian fonts. User text only ever enters it through lxml, which escapes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from geodata.geometry import Point
from geodata.language import tr
from layers.export.xml_text import printable
from layers.page import Box
from layers.scene import Colour, Stroke

EMU = 12700
"""English metric units in a point."""

FONT = "微软雅黑"
"""What every Chinese office machine has; text boxes are centred on their text, so another font stays in place."""

_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Pattern(NamedTuple):
    """A native pattern fill: the name of a preset (ECMA-376 part 1, 20.1.10.50), colours of its lines and ground."""

    preset: str
    lines: Colour
    ground: Colour


class Words(NamedTuple):
    """A line of text: size in points; `align` is `l`, `ctr` or `r`; `halo` the radius of a glow in points, or 0; `face`
    a font family, empty for FONT."""

    text: str
    size: float
    colour: Colour
    align: str = "l"
    bold: bool = False
    halo: float = 0.0
    face: str = ""


Look = tuple[Colour | Pattern | None, Stroke | None]
"""Fill and line."""


class Canvas:
    """Writes shapes into a slide's shape tree, last on top. A name that is already used gets a number."""

    def __init__(self, tree: Any) -> None:
        self._parent = tree
        self._number = 1
        self._names: Counter[str] = Counter()
        self._bounds: list[Box] = []

    # --- shapes ---

    def free_form(
        self, name: str, rings: Sequence[Sequence[Point]], look: Look, closed: bool = True, about: str = ""
    ) -> None:
        """A shape of several contours: parts and holes by the even-odd rule, or open lines; nothing of none."""
        if not rings:
            return
        points = [[(round(x * EMU), round(y * EMU)) for x, y in ring] for ring in rings]
        left, top = min(x for ring in points for x, _ in ring), min(y for ring in points for _, y in ring)
        right, bottom = max(x for ring in points for x, _ in ring), max(y for ring in points for _, y in ring)
        path = "".join(_contour(ring, left, top, closed) for ring in points)
        size = f'w="{max(1, right - left)}" h="{max(1, bottom - top)}"'
        fill = "" if closed else ' fill="none"'
        geometry = (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst><a:path {size}{fill}>{path}</a:path></a:pathLst></a:custGeom>"
        )
        self._shape(name, (left / EMU, top / EMU, right / EMU, bottom / EMU), geometry, look, about=about)

    def preset(
        self,
        name: str,
        preset: str,
        box: Box,
        look: Look,
        words: Words | None = None,
        about: str = "",
        adjust: str = "",
    ) -> None:
        """A shape of the office program's own, such as `rect`, `ellipse` or `roundRect`, with or without text."""
        self._shape(name, box, _preset(preset, adjust), look, words, about)

    def line(self, name: str, start: Point, end: Point, stroke: Stroke) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        flip = ' flipV="1"' if (x2 - x1) * (y2 - y1) < 0 else ""
        self._add(
            f"<p:cxnSp {_NAMESPACES}><p:nvCxnSpPr>{self._named()}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{_placed(box, flip)}{_preset('line')}{_stroke(stroke)}</p:spPr></p:cxnSp>",
            name,
            box,
        )

    def text(self, name: str, box: Box, words: Words, is_title: bool = False, ground: Colour | None = None) -> None:
        """A text box, its line in the middle of the box's height; the slide's title stands in its placeholder."""
        self._shape(name, box, _preset("rect"), (ground, None), words, is_title=is_title, is_box=not is_title)

    @contextmanager
    def group(self, name: str) -> Iterator[None]:
        """What is drawn inside becomes one group, as large as what it holds; nothing when that is nothing."""
        outer, bounds = self._parent, self._bounds
        self._bounds = []
        element = self._add(
            f"<p:grpSp {_NAMESPACES}><p:nvGrpSpPr>{self._named()}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            "<p:grpSpPr/></p:grpSp>",
            name,
        )
        self._parent = element
        try:
            yield
        finally:
            inner, self._parent, self._bounds = self._bounds, outer, bounds
        if not inner:
            outer.remove(element)
            return
        lefts, tops, rights, bottoms = zip(*inner, strict=True)
        box = (min(lefts), min(tops), max(rights), max(bottoms))
        element.find("{*}grpSpPr").append(_parsed(_placed(box, group=True, root=True)))
        self._bounds.append(box)

    # --- XML ---

    def _shape(
        self,
        name: str,
        box: Box,
        geometry: str,
        look: Look,
        words: Words | None = None,
        about: str = "",
        is_title: bool = False,
        is_box: bool = False,
    ) -> None:
        fill, stroke = look
        kind = '<p:cNvSpPr txBox="1"/>' if is_box else "<p:cNvSpPr/>"
        place = '<p:nvPr><p:ph type="title"/></p:nvPr>' if is_title else "<p:nvPr/>"
        element = self._add(
            f"<p:sp {_NAMESPACES}><p:nvSpPr>{self._named()}{kind}{place}</p:nvSpPr>"
            f"<p:spPr>{_placed(box)}{geometry}{_filling(fill)}{_stroke(stroke)}</p:spPr>"
            f"{_body(words) if words else ''}</p:sp>",
            name,
            box,
        )
        if words is not None:
            element.find(f".//{_A}t").text = printable(words.text)
            for font in ("latin", "ea"):
                element.find(f".//{_A}{font}").set("typeface", printable(words.face) or FONT)
        if about:
            element.find(".//{*}cNvPr").set("descr", printable(about))

    def _named(self) -> str:
        self._number += 1
        return f'<p:cNvPr id="{self._number}" name=""/>'

    def _add(self, xml: str, name: str, box: Box | None = None) -> Any:
        element = _parsed(xml)
        self._names[name] += 1
        number = tr("（{n}）", n=self._names[name]) if self._names[name] > 1 else ""
        element.find(".//{*}cNvPr").set("name", printable(name) + number)
        self._parent.append(element)
        if box is not None:
            self._bounds.append(box)
        return element


def _parsed(xml: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(xml)


def _contour(ring: Sequence[tuple[int, int]], left: int, top: int, closed: bool) -> str:
    ends = closed or (len(ring) > 2 and ring[0] == ring[-1])
    (x, y), *others = ring[:-1] if ends and ring[0] == ring[-1] else ring
    steps = "".join(f'<a:lnTo><a:pt x="{x - left}" y="{y - top}"/></a:lnTo>' for x, y in others)
    return f'<a:moveTo><a:pt x="{x - left}" y="{y - top}"/></a:moveTo>{steps}{"<a:close/>" if ends else ""}'


def _placed(box: Box, flip: str = "", group: bool = False, root: bool = False) -> str:
    x, y = round(box[0] * EMU), round(box[1] * EMU)
    width, height = round(box[2] * EMU) - x, round(box[3] * EMU) - y
    inner = f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/>' if group else ""
    names = f" {_NAMESPACES}" if root else ""
    return f'<a:xfrm{names}{flip}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>{inner}</a:xfrm>'


def _preset(name: str, adjust: str = "") -> str:
    guide = f'<a:gd name="adj" fmla="{adjust}"/>' if adjust else ""
    return f'<a:prstGeom prst="{name}"><a:avLst>{guide}</a:avLst></a:prstGeom>'


def _solid(colour: Colour) -> str:
    return f"<a:solidFill>{_rgb(colour)}</a:solidFill>"


def _rgb(colour: Colour) -> str:
    return '<a:srgbClr val="{:02X}{:02X}{:02X}"/>'.format(*colour)


def _filling(fill: Colour | Pattern | None) -> str:
    if fill is None:
        return "<a:noFill/>"
    if isinstance(fill, Pattern):
        colours = f"<a:fgClr>{_rgb(fill.lines)}</a:fgClr><a:bgClr>{_rgb(fill.ground)}</a:bgClr>"
        return f'<a:pattFill prst="{fill.preset}">{colours}</a:pattFill>'
    return _solid(fill)


def _stroke(stroke: Stroke | None) -> str:
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = ""
    if stroke.dash:
        shares = [round(length / stroke.width * 100_000) for length in stroke.dash]
        pairs = zip(shares[::2], shares[1::2], strict=False)
        steps = "".join(f'<a:ds d="{dash}" sp="{gap}"/>' for dash, gap in pairs)
        dashes = f"<a:custDash>{steps}</a:custDash>"
    cap = "flat" if stroke.flat or stroke.dash else "rnd"
    return f'<a:ln w="{round(stroke.width * EMU)}" cap="{cap}">{_solid(stroke.colour)}{dashes}<a:bevel/></a:ln>'


def _body(words: Words) -> str:
    glow = f'<a:effectLst><a:glow rad="{round(words.halo * EMU)}"><a:srgbClr val="FFFFFF"/></a:glow></a:effectLst>'
    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr" rtlCol="0">'
        "<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p>"
        f'<a:pPr marL="0" indent="0" algn="{words.align}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/></a:pPr>'
        f'<a:r><a:rPr lang="zh-CN" altLang="en-US" sz="{round(words.size * 100)}" b="{words.bold:d}">'
        f"{_solid(words.colour)}{glow if words.halo else ''}<a:latin/><a:ea/>"
        "</a:rPr><a:t/></a:r></a:p></p:txBody>"
    )
