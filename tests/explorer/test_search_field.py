"""The search field: found by typing, chosen by keys or mouse, shown on the map."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.canvas import PX_PER_PT
from explorer.panels.search import SearchField
from explorer.panels.search_found import looked_up_rows
from explorer.panels.search_rows import DIM, Example, Heading, LookUp, More, Note, mixed
from explorer.workbench import Workbench
from geodata.analysis.items import ItemKey, find_item
from geodata.analysis.search import Hit
from geodata.documents.shelf import attach, attach_folder
from geodata.searching.entries import PlaceKey
from layers.catalog.markers import shown_items
from layers.corners import legend_box
from layers.fonts import measure
from layers.view import shown_sectors

LEFT = Qt.MouseButton.LeftButton
THIRTEEN = "sichuan-strategic-13"

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "plans"
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the plan documents are not here")


@pytest.fixture
def field(bench: Workbench, qtbot: QtBot) -> SearchField:
    """The field with the cursor in it, by its shortcut."""
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    bench.canvas.setFocus()
    qtbot.keyClick(bench.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bench.search.hasFocus()
    return bench.search


def hits(field: SearchField) -> list[Hit]:
    return [row for row in field.list.rows if isinstance(row, Hit)]


def click(field: SearchField, number: int, qtbot: QtBot) -> None:
    view = field.list.view
    spot = view.visualRect(field.list.model.index(number, 0)).center()
    qtbot.mouseMove(view.viewport(), spot)
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)


def test_typing_and_enter_lead_to_a_place(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "my")
    assert hits(field)[0].name == "绵阳市"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.place == "510700"
    assert "绵阳市" in bench.inspector.text.toPlainText()
    assert not field.is_open
    assert bench.canvas.hasFocus()


def test_down_chooses_the_next_and_up_the_one_before(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "5107")
    found = hits(field)
    qtbot.keyClick(field, Qt.Key.Key_Up)  # nothing is above the first
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.list.current == found[1]
    qtbot.keyClick(field, Qt.Key.Key_Enter)
    assert bench.session.view.place == found[1].target.adcode == "510703"


def test_headings_are_passed_over(field: SearchField, qtbot: QtBot) -> None:
    field.setText("石墨烯")
    rows = field.list.rows
    assert isinstance(rows[0], Heading)
    chosen = []
    for _ in rows:
        chosen.append(field.list.current)
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert not any(isinstance(row, Heading) for row in chosen)
    assert chosen[-1] == hits(field)[-1]


def test_escape_leaves_and_changes_nothing(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    bench.session.select_place("510100")
    before = bench.session.view
    qtbot.keyClicks(field, "deyang")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.is_open
    assert bench.canvas.hasFocus()
    assert bench.session.view == before
    qtbot.keyClick(bench.canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "my")  # what was written is selected: typing replaces it
    assert field.text() == "my"


def test_an_empty_field_shows_what_can_be_written(field: SearchField, qtbot: QtBot) -> None:
    examples = [row for row in field.list.rows if isinstance(row, Example)]
    assert [row.query for row in examples][:2] == ["绵阳", "my"]
    assert field.list.current is None
    click(field, field.list.rows.index(examples[-1]), qtbot)
    assert field.text() == "哪些市是新一代信息技术的核心发展区"
    assert hits(field)[0].detail == "核心发展区：成都、绵阳"


def test_nothing_found_is_said_with_what_to_write(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    before = bench.session.view
    qtbot.keyClicks(field, "qqqqqq")
    row, other = field.list.rows
    assert isinstance(row, Note)
    assert row.text.startswith("没有找到“qqqqqq”")
    assert "首字母" in row.text
    assert isinstance(other, Note)
    assert "文件原文" in other.text
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.is_open
    assert bench.session.view == before


def test_the_mouse_chooses_too(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "5107")
    click(field, 3, qtbot)
    assert bench.session.view.place == "510704"


def test_a_press_elsewhere_closes_the_list(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "cd")
    qtbot.mouseClick(bench.window.statusBar(), LEFT)
    assert not field.is_open
    qtbot.mouseClick(field, LEFT)
    assert field.is_open


def test_the_rest_of_a_group_is_shown_when_wanted(field: SearchField, qtbot: QtBot) -> None:
    field.setText("绵阳")
    more = next(number for number, row in enumerate(field.list.rows) if isinstance(row, More))
    following = len(hits(field))
    click(field, more, qtbot)
    assert len(hits(field)) > following
    assert isinstance(field.list.current, Hit)


def test_a_sector_is_shown_alone_in_its_plan(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    bench.session.show_sector("生物", True)
    qtbot.keyClicks(field, "hejishuyy")
    assert hits(field)[0].name == "核技术应用"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    view = bench.session.view
    assert view.plan == "mianyang-green-14"
    assert [sector.name for sector in shown_sectors(bench.session.plan, view)] == ["核技术应用"]
    assert view.layers == {"sites", "projects"}


def test_who_is_core_is_answered_and_highlighted(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    field.setText("哪些市是新能源汽车的核心区")
    assert hits(field)[0].detail == "核心发展区：成都、泸州、南充、达州"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    view = bench.session.view
    assert view.group == ("510100", "510500", "511300", "511700")
    assert [sector.name for sector in shown_sectors(bench.session.plan, view)] == ["新能源汽车"]
    assert "核心发展区：成都、泸州、南充、达州" in bench.window.statusBar().currentMessage()


def test_the_page_of_a_base_is_in_the_list_and_the_report(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    field.setText("乐山的硅材料基地在规划哪一页")
    assert "第24页" in hits(field)[0].detail
    qtbot.keyClick(field, Qt.Key.Key_Return)
    item = find_item(bench.session.atlas.plans, bench.session.view.item)
    assert item is not None
    assert "硅材料" in item.name
    assert "第24页" in bench.inspector.text.toPlainText()


def test_a_region_and_a_term_highlight_their_places(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    field.setText("成德绵")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.group == ("510100", "510600", "510700")
    assert "regions" in bench.session.view.layers
    field.start()
    field.setText("石墨烯")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.place == "510600"
    assert bench.session.view.group == ()


def test_a_region_without_members_switches_nothing_on_and_says_why(
    bench: Workbench, field: SearchField, qtbot: QtBot
) -> None:
    said: list[str] = []
    bench.session.notice.connect(said.append)
    bench.session.select_place("511100")
    layers = bench.session.view.layers
    field.setText("成都平原城市群")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.layers == layers
    assert bench.session.view.place is None
    assert "没有写明它的成员" in said[-1]
    assert bench.source is not None
    assert bench.source.cited is not None
    assert bench.source.cited[1] == "成都平原城市群"
    field.start()
    field.setText("成德绵航空产业集聚区")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "已打开图层“区域”" in said[-1]
    assert bench.source.cited[1] == "成德绵航空产业集聚区"


def test_a_found_park_is_drawn_with_its_industry_and_that_is_said(
    bench: Workbench, field: SearchField, qtbot: QtBot
) -> None:
    bench.session.show_layer("sites", False)
    before = shown_sectors(bench.session.plan, bench.session.view)
    field.setText("国家级硅材料")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    view = bench.session.view
    assert view.item in {item.key for item in shown_items(bench.session.plan, view)}
    assert set(before) < set(shown_sectors(bench.session.plan, view))
    assert "已打开图层“园区、平台”；已打开产业“新材料”" in bench.window.statusBar().currentMessage()
    bench.recorder.undo()
    assert bench.session.view.item is None


@pytest.mark.parametrize(("text", "plan"), [("夹江", THIRTEEN), ("核医学中心", "mianyang-green-14")])
def test_what_is_drawn_already_or_of_another_plan_is_shown(
    bench: Workbench, field: SearchField, qtbot: QtBot, text: str, plan: str
) -> None:
    field.setText(text)
    wanted = next(hit for hit in hits(field) if isinstance(hit.target, ItemKey))
    click(field, field.list.rows.index(wanted), qtbot)
    view = bench.session.view
    assert view.plan == plan == wanted.target.plan
    assert wanted.target in {item.key for item in shown_items(bench.session.plan, view)}


def test_a_found_term_leaves_the_core_alone_where_that_is_on(
    bench: Workbench, field: SearchField, qtbot: QtBot
) -> None:
    bench.actions_by_id["core_only"].trigger()
    field.setText("石墨烯")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.shown == {("新材料", "核心发展区")}
    assert bench.actions_by_id["core_only"].isChecked()
    field.start()
    field.setText("新能源汽车的拓展区有哪些")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ("新能源汽车", "重点拓展区") in bench.session.view.shown
    assert "“只看核心”已取消" in bench.window.statusBar().currentMessage()


def test_a_position_leads_to_its_city_and_its_passage(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    field.setText("硅材料基地")
    assert {hit.detail for hit in hits(field)} == {"自贡，新材料，第24页", "基地，乐山市，第24页"}
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.place == "510300"
    assert bench.source is not None
    assert "五（六），第24页" in bench.source.source.text()
    assert "有机氟与硅材料" in bench.source.title.text()


@needs_sources
def test_the_words_of_the_attached_documents_are_looked_up(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    attach_folder(SOURCES, bench.session.atlas.plans)
    field.setText("晶硅材料")
    row = field.list.rows[-1]
    assert isinstance(row, LookUp)
    assert row.text == "在已添加的规划文件原文中查找“晶硅材料”"
    click(field, len(field.list.rows) - 1, qtbot)
    assert field.is_open
    found = hits(field)
    assert "高性能电子级晶硅材料" in found[0].name
    assert "第23页" in found[0].detail
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.source is not None
    assert "第23页" in bench.source.source.text()
    assert "电子级晶硅材料" in bench.source.text.toPlainText()


@needs_sources
def test_enter_goes_on_in_the_documents_when_the_packs_have_nothing(
    bench: Workbench, field: SearchField, qtbot: QtBot
) -> None:
    attach_folder(SOURCES, bench.session.atlas.plans)
    for text, said in (("产业化进程 晶硅", "晶硅材料产业化进程"), ("子虚乌有之词", "原文里没有“子虚乌有之词”")):
        field.start()
        field.setText(text)
        if isinstance(field.list.current, LookUp):
            qtbot.keyClick(field, Qt.Key.Key_Return)
        else:
            click(field, len(field.list.rows) - 1, qtbot)
        assert any(said in getattr(row, "name", getattr(row, "text", "")) for row in field.list.rows)


def look_up(field: SearchField, text: str, qtbot: QtBot) -> None:
    """Looks a text up in the documents by a click on the last row."""
    field.start()
    field.setText(text)
    click(field, len(field.list.rows) - 1, qtbot)


@needs_sources
@pytest.mark.parametrize(
    ("mark", "note"), [("- {} -", "引文在你的文件的第124页"), ("", "")], ids=["other pages", "no pages"]
)
def test_a_passage_looked_up_in_a_copy_with_other_pages_is_cited_on_the_documents_page(
    bench: Workbench, field: SearchField, qtbot: QtBot, tmp_path: Path, mark: str, note: str
) -> None:
    (source,) = SOURCES.glob("sichuan-2016-2020-*.txt")
    file = tmp_path / "规划.txt"
    words = source.read_text(encoding="utf-8")
    marks = re.compile(r"(?m)^\s*-\s*(\d+)\s*-\s*$")
    file.write_text(marks.sub(lambda found: mark.format(int(found[1]) + 100), words), encoding="utf-8")
    attach(file, bench.session.atlas.plans)
    look_up(field, "有机氟与硅材料", qtbot)
    assert "第24页" in hits(field)[0].detail
    qtbot.keyClick(field, Qt.Key.Key_Return)
    panel = bench.source
    assert panel is not None
    assert "第24页" in panel.source.text()
    assert note in panel.detail.text()
    assert "引文在你的文件" in panel.detail.text() or not note
    qtbot.mouseClick(panel.copy_reference, LEFT)
    assert QApplication.clipboard().text().endswith("第24页")
    look_up(field, "重大技术突破", qtbot)  # in no cited passage
    assert hits(field)[0].detail == ("你的文件第102页" if mark else "")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "页" not in panel.source.text()
    qtbot.mouseClick(panel.copy_reference, LEFT)
    assert QApplication.clipboard().text() == f"《{bench.session.plan.document.title}》"


@needs_sources
def test_why_nothing_is_found_in_the_documents_is_said(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    attach_folder(SOURCES, bench.session.atlas.plans)
    for text, said in (
        ("有机氟 硅材料 南充", "没有一句同时有“有机氟”、“硅材料”、“南充”"),
        ("有机氟 子虚乌有", "原文里没有“子虚乌有”"),
        ("；；", "没有可以查找的字"),
    ):
        look_up(field, text, qtbot)
        ((told),) = field.list.rows
        assert isinstance(told, Note)
        assert said in told.text
        assert ("查过的文件：四川“十三五”" in told.text) == (text != "；；")
    (note,) = looked_up_rows("产业", [])
    assert isinstance(note, Note)
    assert "没有可以查找的原文" in note.text


def test_a_place_out_of_sight_is_brought_into_sight(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    canvas = bench.canvas
    canvas.zoom(6.0)
    canvas.pan(2000, 0)
    qtbot.keyClicks(field, "dazhou")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert canvas.rect().contains(canvas.widget_position("511700"))


@pytest.mark.parametrize("zoomed", [False, True])
def test_a_county_is_brought_near_and_into_the_middle(
    bench: Workbench, field: SearchField, qtbot: QtBot, zoomed: bool
) -> None:
    canvas = bench.canvas
    if zoomed:  # the county is at the lower edge, under the scale bar
        canvas.zoom(4.0)
        canvas.pan(-300, 0)
    qtbot.keyClicks(field, "junlian")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert bench.session.view.place == "511527"
    assert canvas.shows_counties()
    at = canvas.widget_position("511527")
    assert canvas.is_in_sight("511527")
    assert abs(at.y() - canvas.height() / 2) < 5
    legend = legend_box(canvas.scene(), canvas.page, measure)  # beside which it is in the middle
    assert abs(at.x() - (legend[2] * PX_PER_PT + canvas.width()) / 2) < 5


def test_the_list_follows_a_changed_library(bench: Workbench, field: SearchField) -> None:
    atlas = bench.session.atlas
    field.setText("新一代信息技术")
    everywhere = len([hit for hit in hits(field) if hit.name == "新一代信息技术"])
    bench.session.set_atlas(atlas._replace(plans=atlas.plans[:1]))
    assert len([hit for hit in hits(field) if hit.name == "新一代信息技术"]) < everywhere


def test_keys_that_switch_things_elsewhere_are_letters_here(bench: Workbench, field: SearchField, qtbot: QtBot) -> None:
    before = bench.session.view
    qtbot.keyClicks(field, "[]+-")
    assert field.text() == "[]+-"
    assert bench.session.view == before


@pytest.mark.parametrize(("width", "height"), [(800, 480), (1366, 768)])
def test_the_list_stays_in_the_window(
    bench: Workbench, field: SearchField, qtbot: QtBot, width: int, height: int
) -> None:
    bench.window.resize(width, height)
    field.start()
    qtbot.keyClicks(field, "x")
    assert bench.window.rect().contains(field.list.geometry())
    assert field.list.y() >= field.mapTo(bench.window, QPoint(0, field.height())).y()


def test_rows_are_told_to_screen_readers(field: SearchField, qtbot: QtBot) -> None:
    field.setText("郫县")
    model = field.list.model
    assert model.item(1).text() == "郫都区，即“郫县”，成都市，510117"
    assert field.accessibleName() == "查找"


def test_names_from_packs_are_plain_text_in_tips(field: SearchField) -> None:
    hit = Hit(PlaceKey("510100"), "<b>名&称</b>", ((0, 3),), "<i>", "", 0)
    field.list.show_rows([hit], field, None)
    assert "&lt;b&gt;名&amp;称" in field.list.model.item(0).toolTip()
    assert not field.list.grab().isNull()


@pytest.mark.parametrize(("text", "base"), [("#000000", "#ffffff"), ("#eeeeee", "#1f1f1f"), ("#ffffff", "#3c3c3c")])
def test_dimmed_words_can_be_read(text: str, base: str) -> None:
    def light(colour: QColor) -> float:
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    ground = QColor(base)
    dark, bright = sorted((light(mixed(QColor(text), ground, DIM)), light(ground)))
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_the_list_is_as_dark_as_the_window(field: SearchField, qtbot: QtBot) -> None:
    palette = QPalette(field.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#1f1f1f"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#eeeeee"))
    window = field.window()
    assert isinstance(window, QWidget)
    window.setPalette(palette)
    field.setText("绵阳")
    image = field.list.grab().toImage()
    assert image.pixelColor(image.width() - 30, 12).lightness() < 60
