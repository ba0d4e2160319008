"""Template: how a figure is furnished. What stands on it, in which corner, in which words, fonts and names."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from geodata.problems import fail

ELEMENTS: dict[str, str] = {
    "title": "图题",
    "legend": "图例",
    "scale": "比例尺",
    "north": "指北针",
    "graticule": "经纬网",
    "source": "资料来源",
    "note": "说明",
    "approval": "审图号或内部使用说明",
    "maker": "制图单位和日期",
}
"""What can be switched off -> the words for it."""

MOVABLE = ("legend", "scale", "north")
CORNERS: dict[str, str] = {"sw": "左下", "se": "右下", "ne": "右上", "nw": "左上"}

NAMES: dict[str, str] = {"short": "简称", "full": "全称", "english": "英文"}

TYPED: dict[str, tuple[str, int]] = {
    "title": ("图题", 200),
    "number": ("图号", 20),
    "approval": ("审图号", 40),
    "legend_title": ("图例的标题", 20),
    "north_words": ("指北针上的字", 20),
    "note": ("说明", 300),
    "maker": ("制图单位", 60),
    "date": ("制图日期", 20),
}
"""What a person types on a figure -> the words for it, and the most characters it may have."""


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
    legend_title: str = "图例"
    north_words: str = "北"
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
        raise fail("", f"{words}有 {len(text)} 字", f"不要超过 {longest} 字")
    return text
