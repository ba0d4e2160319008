"""What a figure can be made as: formats, pages and styles in words, and the template remembered for each page."""

from __future__ import annotations

import json
from datetime import date
from math import isfinite
from typing import NamedTuple

from explorer.settings import settings
from geodata.language import mark, tr
from layers.page import LARGEST, PAPERS, SMALLEST
from layers.template import TYPED, Template, cleaned, template_from_json, template_to_json
from layers.view import ViewState


class Format(NamedTuple):
    """A file format: the words for it, what to know of it, and whether page and resolution play a part."""

    words: str
    hint: str
    page: bool = True
    dpi: bool = False


FORMATS: dict[str, Format] = {
    ".png": Format(mark("PNG 图片（Word、WPS、幻灯片）"), mark("一般用 300 dpi，大幅面印刷用 600 dpi。"), dpi=True),
    ".tiff": Format(mark("TIFF 图片（出版、印刷）"), mark("无损压缩，出版社一般要 300～600 dpi。"), dpi=True),
    ".svg": Format(mark("SVG 矢量图（可再编辑）"), mark("矢量图没有分辨率；每个图层是一个有名字的组。")),
    ".pdf": Format(mark("PDF（印刷，文字可搜索）"), mark("矢量图没有分辨率；文字可以搜索和复制。")),
    ".pptx": Format(
        mark("PPTX 幻灯片（形状可编辑）"), mark("没有分辨率：每个市（州）是可编辑的形状，出处写在备注里。")
    ),
    ".docx": Format(
        mark("DOCX 文档（图、表、出处）"), mark("没有分辨率：图是矢量的，图题写成题注，后面附表格和出处。")
    ),
    ".html": Format(
        mark("HTML 网页（单个文件，可切换产业）"),
        mark("网页由读者缩放：页面、分辨率、位置和字体不起作用，预览是纸面的样子。"),
        page=False,
    ),
}
"""Suffix -> what the dialogs offer."""

CUSTOM, SLIDE = "custom", "slide"

PAGES: dict[str, str] = {
    "a4": mark("A4 横向"),
    "a4-portrait": mark("A4 纵向"),
    "a3": mark("A3 横向"),
    "a3-portrait": mark("A3 纵向"),
    SLIDE: mark("幻灯片 16:9"),
    "word": mark("Word 通栏"),
    "word-half": mark("Word 半栏"),
    CUSTOM: mark("自定义（毫米）"),
}
"""Each has a template of its own -> the words for it."""

SIZES: dict[str, tuple[float, float]] = {**PAPERS, "word": (150.0, 110.0), "word-half": (80.0, 110.0)}
"""Width and height in mm of PAGES, but for the custom one."""

FIRST_CUSTOM = (160.0, 120.0)

USUAL_DPI = 300

SHEETS_ONLY = "multiples"
"""The style that no window has: small maps cannot be moved and enlarged."""


def page_words(page: str) -> str:
    """The words for a page with its size."""
    if page not in SIZES:
        return tr(PAGES[page])
    width, height = SIZES[page]
    return tr("{page}　{width:g}×{height:g} mm", page=tr(PAGES[page]), width=width, height=height)


def last_page() -> str:
    """The page that was used last."""
    kept = settings().value("export/page")
    return kept if isinstance(kept, str) and kept in PAGES else "a4"


def custom_size() -> tuple[float, float]:
    """Width and height in mm of the custom page as it was used last."""
    width, height = (
        _number(f"export/{side}", usual) for side, usual in zip(("width", "height"), FIRST_CUSTOM, strict=True)
    )
    return max(SMALLEST, min(LARGEST, width)), max(SMALLEST, min(LARGEST, height))


def _number(key: str, usual: float) -> float:
    try:
        value = float(str(settings().value(key)))
    except ValueError:
        return usual
    return value if isfinite(value) else usual


def page_size(page: str) -> tuple[float, float]:
    """Width and height in mm."""
    return SIZES[page] if page in SIZES else custom_size()


def kept_template(page: str) -> Template:
    """The template remembered for a page, with today's date and the maker, who is the same on all pages; whatever is
    damaged in it takes its default."""
    try:
        raw = json.loads(str(settings().value(f"export/template/{page}", "")))
    except (ValueError, RecursionError):
        raw = None
    template = _of_no_figure(template_from_json(raw))
    maker = cleaned(str(settings().value("export/maker", template.maker)))[: TYPED["maker"][1]]
    off = template.off - {"maker"} if maker and not template.maker else template.off  # named since: to be shown
    return template._replace(maker=maker, off=off, date=today())


def keep_template(page: str, template: Template) -> None:
    """Remembers the template for the page, but for what belongs to one figure only."""
    raw = template_to_json(_of_no_figure(template))
    settings().setValue(f"export/template/{page}", json.dumps(raw, ensure_ascii=False))
    settings().setValue("export/maker", template.maker)


def kept_dpi(page: str) -> int:
    """The resolution remembered for a page."""
    kept = str(settings().value(f"export/dpi/{page}"))
    return int(kept) if kept.isdecimal() and len(kept) <= 4 else USUAL_DPI


def keep_dpi(page: str, dpi: int) -> None:
    settings().setValue(f"export/dpi/{page}", dpi)


def _of_no_figure(template: Template) -> Template:
    """Without number and date, and in colour: the view says whether a figure is black and white."""
    return template._replace(number="", date="", bw=False)


def today() -> str:
    """As a figure says it: 2026年1月9日."""
    now = date.today()
    return tr("{year}年{month}月{day}日", year=now.year, month=now.month, day=now.day)


def figure_view(view: ViewState, page: str, number: str = "") -> ViewState:
    """The view as a figure on the page shows it: without a selection, in the page's template, with the number."""
    template = kept_template(page)._replace(bw=view.template.bw, number=number)
    return view._replace(place=None, item=None, group=(), template=template)
