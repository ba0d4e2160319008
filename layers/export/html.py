"""HTML: one file that needs no network, in which the reader switches industries and reads what is said of a city."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from html import escape
from itertools import pairwise
from typing import Any

from geodata.boundaries import load_boundaries
from geodata.folders import RESOURCES
from geodata.geometry import Outline, Point
from geodata.language import mark, tr
from layers.export.web_facts import figure_facts, hex_colour, unit_point, wide_scene
from layers.export.web_words import page_words
from layers.export.xml_text import language_tag, printable
from layers.furniture import full_title
from layers.ornaments import right_parts
from layers.page import Page
from layers.scene import Area, Line, Scene
from layers.table import INFERRED

TEMPLATES = RESOURCES / "templates"

SHARED_SCRIPTS = ("words.js", "rules.js", "drawing.js")
PAGE_SCRIPTS = ("figure.js", "map.js", "furniture.js", "moving.js", "panel.js")
"""The shared ones are functions for any page; those of the page have one scope of their own, in this order."""

POINT = 4 / 3
"""CSS pixels."""

MULTIPLES = mark("这里把“每个产业一张小图”合成一张图；要逐个看，只留一个产业打开。")
"""A page that is switched has one map."""


def html_file(scene: Scene, page: Page, dpi: float, tick: Callable[[], None]) -> bytes:
    """The page, which opens as the view is; sheet and resolution play no part, because the reader zooms."""
    boundaries = load_boundaries(0)
    wide = wide_scene(scene, boundaries)
    tick()
    template = scene.view.template
    css = resource("figure.css")
    page_script = "\n".join(map(resource, PAGE_SCRIPTS))
    script = f'{shared_script()}\n(function () {{\n"use strict";\n{page_script}}}());'
    facts = figure_facts(scene, wide, boundaries)
    tick()
    body = facts["body"]
    texts = {
        "title": full_title(scene),
        "source": scene.source if template.has("source") else "",
        "approval": tr("　").join(right_parts(scene)),
        "note": template.note if template.has("note") else "",
        "inferred": tr(INFERRED),
        "remark": tr(MULTIPLES) if scene.panels else "",
        **page_words(),
    }
    parts = {name: escape(text) for name, text in texts.items()}
    parts |= {
        "lang": language_tag(),
        "policy": f"style-src {source_hash(css)}; script-src {source_hash(script)}",
        "css": css,
        "script": script,
        "facts": script_json(facts),
        "viewbox": f"{body['left']} {body['top']} {body['right'] - body['left']} {body['bottom'] - body['top']}",
        "areas": "\n".join(map(_area, wide.areas)),
        "lines": "\n".join(_line(line) for line in wide.lines),
    }
    data = printable(filled(resource("figure.html"), parts)).encode()
    tick()
    return data


def resource(name: str) -> str:
    """The text of a file of `resources/templates`."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def shared_script() -> str:
    """The rules and drawing functions of every page."""
    return "\n".join(map(resource, SHARED_SCRIPTS))


def filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with each {{name}} replaced once: what is put in is not searched."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element: no text in it can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def source_hash(text: str) -> str:
    """The text's hash as a content security policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _area(area: Area) -> str:
    """A prefecture that can be clicked and reached by keyboard; scripts paint it."""
    code = escape(area.key)
    return (
        f'<path id="a{code}" data-code="{code}" tabindex="0" role="button" fill-rule="evenodd" '
        f'fill="{hex_colour(area.fills[0].colour)}" d="{_path_of([area.shape], closed=True)}"/>'
    )


def _line(line: Line) -> str:
    stroke = line.stroke
    dash = " ".join(f"{part * POINT:g}" for part in stroke.dash)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path data-key="{escape(line.key)}" stroke="{hex_colour(stroke.colour)}" '
        f'stroke-width="{stroke.width * POINT:.2f}"{dashes} d="{_path_of(line.pieces, closed=False)}"/>'
    )


def _path_of(shapes: Iterable[Outline], closed: bool) -> str:
    """SVG path data in units: a corner, then steps from each vertex to the next."""
    return "".join(_ring(ring, closed) for shape in shapes for ring in shape.rings())


def _ring(ring: list[Point], closed: bool) -> str:
    points = [unit_point(x, y) for x, y in ring]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points)]
    moves = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy)
    if not moves:
        return ""
    return f"M{points[0][0]} {points[0][1]}l{moves.replace(' -', '-')}{'z' if closed else ''}"
