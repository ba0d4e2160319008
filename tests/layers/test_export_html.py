"""The HTML figure: one file without a network, that draws as the program does and can be read and clicked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
from looking import core_colour, sector_ids

from geodata.atlas import Atlas
from geodata.gazetteer import gazetteer
from geodata.plan import Plan
from geodata.report import references
from layers.view import FIRST_LAYERS, LAYERS, NO_ROLE, ViewState, view_for

Write = Callable[[Plan, ViewState], Path]

EVIL = '</script><script>window.evil=1</script><img src=x onerror="window.evil=2">&amp;\'"{{css}}\u2028'


@pytest.fixture(scope="module")
def first(plan: Plan) -> ViewState:
    """新一代信息技术 alone, with its sites and projects."""
    return view_for(plan, sector_ids(plan)[:1])._replace(layers=FIRST_LAYERS)


@pytest.fixture(scope="module")
def first_file(plan: Plan, first: ViewState, write_html: Write) -> Path:
    return write_html(plan, first)


# --- the file ---


class Reader(HTMLParser):
    """Tags, and the texts of scripts and styles by their id or tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._at = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._at = dict(attrs).get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        self._at = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._at] = self.texts.get(self._at, "") + data


def facts_of(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Reader(file.read_text(encoding="utf-8")).texts["facts"])
    return found


def test_file_is_whole_small_and_refers_to_nothing(first_file: Path) -> None:
    text = first_file.read_text(encoding="utf-8")
    tags = Reader(text).tags
    assert len(text.encode()) < 1_000_000
    for tag, attributes in tags:
        assert not {"src", "href", "srcset", "action", "data"} & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag
    addresses = set(re.findall(r"\w+://[^\s\"'<>)]*", text))
    assert addresses == {"http://www.w3.org/2000/svg"}  # the name of SVG elements, which nothing is loaded from
    assert not re.search(r"@import|url\((?!#)|fetch\(|XMLHttpRequest|innerHTML|\beval\b", text.replace('"url(#"', ""))
    assert "{{" not in text


def test_policy_allows_the_files_own_script_and_style_only(first_file: Path) -> None:
    from layers.export.html import source_hash

    reader = Reader(first_file.read_text(encoding="utf-8"))
    policy = next(a["content"] for tag, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert f"script-src {source_hash(reader.texts['script'])};" in policy
    assert f"style-src {source_hash(reader.texts['style'])};" in policy
    assert "unsafe" not in policy


def test_file_holds_title_source_internal_use_note_and_every_prefecture(first_file: Path, plan: Plan) -> None:
    text = first_file.read_text(encoding="utf-8")
    facts = facts_of(first_file)
    names = {place.name for place in gazetteer().prefectures}
    assert {place["name"] for place in facts["places"].values()} == names
    assert len(re.findall(r'<path id="a51\d{4}"', text)) == len(names) == 21
    assert f"《{plan.document.title}》" in text
    assert "行政区划：国家地理信息公共服务平台（天地图）" in text
    assert "内部使用，未经地图审核" in text
    assert "<title>四川省新一代信息技术产业布局（2016—2020年）</title>" in text


def test_what_the_user_typed_stands_in_the_file(plan: Plan, first: ViewState, write_html: Write) -> None:
    template = first.template._replace(
        number="图 3", note="含市辖区", maker="规划处", date="2026年3月", off=frozenset(), legend_title="说明栏"
    )
    text = write_html(plan, first._replace(title="甲<乙", approval="川S〔2026〕1号", template=template)).read_text(
        "utf-8"
    )
    for words in ("图 3　甲&lt;乙", "审图号：川S〔2026〕1号", "制图：规划处　2026年3月", "含市辖区", "说明栏"):
        assert words in text
    assert "内部使用" not in text


def test_every_fact_has_its_page_and_inferred_positions_say_so(first_file: Path, plan: Plan) -> None:
    facts = facts_of(first_file)
    entries = [e for place in facts["places"].values() for section in place["list"] for e in section["entries"]]
    assert len([e for e in entries if "key" in e]) == len(plan.assignments)
    assert all(re.search(r"第\d+(—\d+)?页", entry["reference"]) for entry in [*entries, *facts["items"]])
    inferred = [item for item in facts["items"] if any("推定" in text for _, text in item["rows"])]
    assert inferred
    assert all(item["hollow"] for item in inferred)


def test_multiples_say_that_they_are_one_map_here(plan: Plan, write_html: Write) -> None:
    view = view_for(plan, sector_ids(plan))._replace(style="multiples")
    assert "合成一张图" in write_html(plan, view).read_text("utf-8")
    assert "合成一张图" not in write_html(plan, view._replace(style="auto")).read_text("utf-8")


# --- what a reader does ---


def fill_of(browser: Browser, code: str) -> str:
    found: str = browser.run("return document.getElementById('a' + arguments[0]).getAttribute('fill')", code)
    return found


def middle(browser: Browser, css: str) -> tuple[float, float]:
    """The middle of an element, brought into sight."""
    box = browser.run(
        "const e = document.querySelector(arguments[0]); if (!e.closest('#map')) e.scrollIntoView({block: 'nearest'});"
        "const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]",
        css,
    )
    return box[0], box[1]


def text_of(browser: Browser, css: str) -> str:
    found: str = browser.run("return document.querySelector(arguments[0]).innerText", css)
    return found


def place_on_screen(browser: Browser, code: str) -> tuple[float, float]:
    """A position in the window on bare ground of a prefecture."""
    at = browser.run(
        """
        const box = document.getElementById("a" + arguments[0]).getBoundingClientRect();
        for (let y = box.top + 2; y < box.bottom; y += 3) for (let x = box.left + 2; x < box.right; x += 3) {
          const found = document.elementFromPoint(x, y);
          if (found && found.dataset && found.dataset.code === arguments[0]) return [x, y];
        }
        """,
        code,
    )
    return at[0], at[1]


def legend_words(browser: Browser) -> list[str]:
    found: list[str] = browser.run(
        "return Array.from(document.querySelectorAll('.legend text')).map((e) => e.textContent)"
    )
    return found


def test_switching_an_industry_off_takes_its_colour_title_and_legend(
    first_file: Path, browser: Browser, plan: Plan
) -> None:
    browser.open(first_file)
    before = fill_of(browser, "510100")
    assert before == core_colour(plan, "新一代信息技术")
    assert "核心发展区（2）" in legend_words(browser)
    browser.click(*middle(browser, "#sectors tbody tr:first-child th input"))
    assert fill_of(browser, "510100") == fill_of(browser, "510700") == "#f6f3ea"
    assert text_of(browser, "#title") == "四川省行政区划"
    assert legend_words(browser) == ["图例", "省界", "市（州）界", "邻省界线"]
    assert browser.run("return document.querySelectorAll('.marker').length") == 0
    browser.click(*middle(browser, "#sectors tbody tr:first-child th input"))
    assert fill_of(browser, "510100") == before
    assert browser.log("browser") == []


def test_roles_of_one_industry_are_switched_alone(first_file: Path, browser: Browser, plan: Plan) -> None:
    browser.open(first_file)
    browser.click(*middle(browser, "#sectors tbody tr:first-child td:last-child input"))
    assert fill_of(browser, "510100") == core_colour(plan, "新一代信息技术")
    assert fill_of(browser, "510800") == "#f6f3ea"
    assert text_of(browser, "#title") == "四川省新一代信息技术产业核心发展区（2016—2020年）"
    assert "其他地区及未显示的角色（19）" in legend_words(browser)
    assert browser.run("return document.querySelector('#sectors tbody tr th input').indeterminate")


def test_more_industries_are_stripes_then_rings(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    browser.click(*middle(browser, "#sectors tbody tr:nth-child(2) th input"))
    assert fill_of(browser, "510700").startswith("url(#")
    assert "条纹：兼属两个产业（10）" in legend_words(browser)
    browser.click(*middle(browser, "#all"))
    assert fill_of(browser, "510700") == "#f6f3ea"
    assert browser.run("return document.querySelectorAll('.ring[data-code]').length") == 21
    assert text_of(browser, "#title") == "四川省产业布局：8 个产业（2016—2020年）"


def test_click_on_a_city_lists_what_the_plan_says_with_its_pages(
    first_file: Path, browser: Browser, plan: Plan
) -> None:
    browser.open(first_file)
    browser.click(*place_on_screen(browser, "510700"))
    said = text_of(browser, "#panel")
    own = [item for item in plan.assignments if item.place == "510700"]
    assert said.startswith("绵阳市")
    for item in own:
        assert plan.sector(item.sector).name in said
        assert references(item.citations) in said
        assert "、".join(item.focus) in said
    here = [site.name for site in plan.sites if site.place == "510700"]
    assert here
    assert all(name in said for name in here)
    browser.click(*middle(browser, "#back"))
    assert text_of(browser, "#panel").startswith("各市（州）")


def test_pointer_over_a_city_tells_its_role(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    browser.move(*place_on_screen(browser, "510100"))
    assert text_of(browser, "#tip").split("\n") == ["成都市", "核心发展区：新一代信息技术"]
    assert browser.run("return document.getElementById('hover').getAttribute('d').length") > 0
    browser.move(5, 5)
    assert not browser.run("return document.getElementById('tip').offsetWidth")


def test_keyboard_reaches_and_opens_a_city(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    browser.run("document.getElementById('a510100').focus()")
    browser.press("tab")
    assert browser.run("return document.activeElement.dataset.code") == "510300"
    browser.press("enter")
    assert text_of(browser, "#panel").startswith("自贡市")
    browser.press("escape")
    assert text_of(browser, "#panel").startswith("各市（州）")


def test_click_on_a_symbol_lists_the_site_and_how_sure_its_place_is(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    browser.click(*middle(browser, ".marker"))
    said = text_of(browser, "#panel")
    assert "位置" in said
    assert re.search(r"出处\s*.*第\d+", said)


def test_layers_take_symbols_and_their_legend_away(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    assert "园区和项目" in legend_words(browser)
    assert browser.run("return document.querySelector('footer .inferred').offsetWidth") > 0
    browser.click(*middle(browser, "[data-layer=sites]"))
    browser.click(*middle(browser, "[data-layer=projects]"))
    assert browser.run("return document.querySelectorAll('.marker').length") == 0
    assert "园区和项目" not in legend_words(browser)
    assert browser.run("return document.querySelector('footer .inferred').offsetWidth") == 0


def test_wheel_zooms_and_counties_come_with_their_legend(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    metres = browser.run("return +document.querySelector('.scale').dataset.metres")
    x, y = place_on_screen(browser, "510100")
    browser.wheel(x, y, -1500)
    found = browser.run(
        "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>"
        " done(+document.querySelector('.scale').dataset.metres))))"
    )
    assert found < metres / 3
    assert "县（市、区）界" in legend_words(browser)
    assert "省界" not in legend_words(browser)  # far outside the window
    browser.press("0")
    assert "县（市、区）界" not in legend_words(browser)
    assert "省界" in legend_words(browser)


def test_scale_bar_is_as_long_as_it_says(first_file: Path, browser: Browser) -> None:
    browser.open(first_file)
    units, pixels, metres = browser.run(
        """
        const place = document.getElementById("a510100");
        const bar = document.querySelector(".scale .bar");
        const scale = place.getBoundingClientRect().width / place.getBBox().width;
        return [1 / scale, +bar.getAttribute("width"), +bar.parentNode.dataset.metres];
        """
    )
    assert pixels * units * 100 == pytest.approx(metres, rel=0.005)


def test_nothing_is_asked_for_and_no_policy_is_broken(atlas: Atlas, write_html: Write, browser: Browser) -> None:
    plan = atlas.plan("sichuan-strategic-13")
    file = write_html(plan, view_for(plan, sector_ids(plan))._replace(layers=frozenset(LAYERS)))
    browser.requests()
    browser.log("browser")
    browser.open(file)
    browser.click(*place_on_screen(browser, "511300"))
    browser.click(*middle(browser, "#none"))
    browser.click(*middle(browser, "#all"))
    browser.wheel(700, 300, -400)
    assert browser.requests() == [file.as_uri()]
    assert browser.log("browser") == []


def test_scripts_in_a_pack_arrive_as_text(plan: Plan, write_html: Write, browser: Browser) -> None:
    first = plan.sectors[0]._replace(name=EVIL)
    site = plan.sites[0]._replace(name=EVIL, note=EVIL)
    told = [item._replace(note=EVIL, focus=(EVIL,)) for item in plan.assignments]
    evil = plan._replace(sectors=(first, *plan.sectors[1:]), sites=(site, *plan.sites[1:]), assignments=tuple(told))
    view = view_for(evil, sector_ids(evil)[:1])._replace(layers=FIRST_LAYERS, title=EVIL, approval=EVIL)
    view = view._replace(template=view.template._replace(note=EVIL, legend_title=EVIL))
    file = write_html(evil, view)
    assert "<script>window" not in file.read_text("utf-8")
    browser.open(file)
    browser.click(*place_on_screen(browser, "510100"))
    shown = EVIL.replace("\u2028", "")
    assert shown in browser.run("return document.title").replace("\u2028", "")
    assert shown in browser.run("return document.getElementById('panel').textContent").replace("\u2028", "")
    assert browser.run("return window.evil === undefined && document.images.length === 0")
    assert browser.log("browser") == []


def test_zoomed_figure_opens_on_its_prefecture(plan: Plan, write_html: Write, browser: Browser) -> None:
    view = view_for(plan, sector_ids(plan)[:1])._replace(extent_of="510700", layers=FIRST_LAYERS)
    browser.open(write_html(plan, view))
    assert text_of(browser, "#title").startswith("绵阳市")
    box = browser.run(
        "const a = document.getElementById('a510700').getBoundingClientRect();"
        "const b = document.getElementById('map').getBoundingClientRect();"
        "return [a.left - b.left, a.top - b.top, b.right - a.right, b.bottom - a.bottom, a.height / b.height]"
    )
    assert min(box[:4]) >= 0
    assert box[4] > 0.5


def test_plan_without_roles_shows_its_sites(atlas: Atlas, write_html: Write, browser: Browser) -> None:
    plan = atlas.plan("sichuan-hightech-14")
    view = view_for(plan, sector_ids(plan))._replace(layers=FIRST_LAYERS)
    assert {role for _, role in view.shown} == {NO_ROLE}
    browser.open(write_html(plan, view))
    assert browser.run("return document.querySelectorAll('.marker').length") > 5
    assert "园区和项目" in legend_words(browser)


def test_phone_has_the_map_first_the_legend_below_and_no_sideways_scroll(first_file: Path, browser: Browser) -> None:
    size = {"deviceScaleFactor": 1, "mobile": False}
    browser.command("Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, **size})
    try:
        browser.open(first_file)
        tops = browser.run(
            "return ['stage', 'key', 'left', 'right'].map((id) => document.getElementById(id).getBoundingClientRect().top)"
        )
        assert tops == sorted(tops)
        assert browser.run("return document.documentElement.scrollWidth <= window.innerWidth")
        assert "核心发展区（2）" in legend_words(browser)
        browser.click(*place_on_screen(browser, "510700"))
        top = browser.run("return document.getElementById('panel').getBoundingClientRect().top")
        assert 0 <= top < 200
    finally:
        browser.command("Emulation.setDeviceMetricsOverride", {"width": 1366, "height": 768, **size})


def test_print_has_the_figure_with_legend_and_note_on_one_page(first_file: Path, browser: Browser) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    browser.open(first_file)
    pages = PdfReader(BytesIO(browser.printed())).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for words in ("资料来源", "内部使用", "重点拓展区"):
        assert words in text
    assert "全部打开" not in text
