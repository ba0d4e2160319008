"""Template: how a figure is furnished. What stands on it, in which corner, in which words, fonts and names."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from geodata.language import mark, tr
from geodata.problems import fail

ELEMENTS: dict[str, str] = {
    "title": mark("图题"),
    "legend": mark("图例"),
    "scale": mark("比例尺"),
    "north": mark("指北针"),
    "graticule": mark("经纬网"),
    "source": mark("资料来源"),
    "note": mark("说明"),
    "approval": mark("审图号或内部使用说明"),
    "maker": mark("制图单位和日期"),
}
"""What can be switched off -> the words for it."""

MOVABLE = ("legend", "scale", "north")
CORNERS: dict[str, str] = {"sw": mark("左下"), "se": mark("右下"), "ne": mark("右上"), "nw": mark("左上")}

NAMES: dict[str, str] = {"short": mark("简称"), "full": mark("全称"), "english": mark("英文")}

TYPED: dict[str, tuple[str, int]] = {
    "title": (mark("图题"), 200),
    "number": (mark("图号"), 20),
    "approval": (mark("审图号"), 40),
    "legend_title": (mark("图例的标题"), 20),
    "north_words": (mark("指北针上的字"), 20),
    "note": (mark("说明"), 300),
    "maker": (mark("制图单位"), 60),
    "date": (mark("制图日期"), 20),
}
"""What a person types on a figure -> the words for it, and the most characters it may have."""

USUAL_LEGEND, USUAL_NORTH = mark("图例"), mark("北")
"""The legend's title and the north arrow's word until a person renames them; kept so, whatever the language."""


class Template(NamedTuple):
    """Frozen choices; a changed one is another template.

    `off` are keys of ELEMENTS; `legend`, `scale` and `north` name the corner each stands in (keys of CORNERS), one
    above the other where they share it. `legend_title` and `north_words` rename what they stand over. `number` is
    put before the title, `note` below the figure. `title_font` and `text_font` are font families of the machine;
    empty, or not there, stands for the bundled font. `names` is a key of NAMES. With `bw`, hatches alone tell
    everything apart.
    """

    off: frozenset[str] = frozenset({"graticule", "maker"})
    legend: str = "sw"
    scale: str = "se"
    north: str = "ne"
    legend_title: str = USUAL_LEGEND
    north_words: str = USUAL_NORTH
    number: str = ""
    note: str = ""
    maker: str = ""
    date: str = ""
    title_font: str = ""
    text_font: str = ""
    names: str = "short"
    bw: bool = False

    def has(self, element: str) -> bool:
        return element not in self.off


def worded(text: str) -> str:
    """A legend's title or a north arrow's word as it is shown: the usual ones in the language in use."""
    return tr(text) if text in (USUAL_LEGEND, USUAL_NORTH) else text


def template_to_json(template: Template) -> dict[str, Any]:
    """As plain values, to be kept between starts."""
    return {**template._asdict(), "off": sorted(template.off)}


def template_from_json(raw: Any) -> Template:
    """The kept template; whatever is damaged in it takes its default."""
    default = Template()
    if not isinstance(raw, dict):
        return default
    values: dict[str, Any] = {}
    for name, usual in default._asdict().items():
        value = raw.get(name, usual)
        if name == "off" and isinstance(value, list):
            values[name] = frozenset(map(str, value)) & frozenset(ELEMENTS)
        elif name in MOVABLE:
            values[name] = value if str(value) in CORNERS else usual
        elif name == "names":
            values[name] = value if str(value) in NAMES else usual
        elif type(value) is type(usual):
            values[name] = value
    return default._replace(**values)


def cleaned(text: str) -> str:
    """What a person typed as one line: line breaks and tabs are a space, and what cannot be printed is left out, as no
    XML file may hold it. Blank text is empty."""
    line = re.sub(r"[^\S \u3000]+", " ", text)
    return "".join(char for char in line if char.isprintable() or char == "\u3000").strip()


def typed(name: str, text: str) -> str:
    """The cleaned text of a key of TYPED. Raises UserError when it is too long."""
    words, longest = TYPED[name]
    text = cleaned(text)
    if len(text) > longest:
        raise fail("", tr("{name}有 {n} 字", name=tr(words), n=len(text)), tr("不要超过 {most} 字", most=longest))
    return text
