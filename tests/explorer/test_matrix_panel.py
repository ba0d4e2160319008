"""The matrix as a person uses it: cells, passages, the link with the map, orders, copying into a spreadsheet."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.matrix import LIKE, NO_GROUPS, ZONES, MatrixPanel
from explorer.panels.matrix_chips import CHIP, SectorHeader
from explorer.session import Session
from explorer.workbench import Workbench
from geodata.analysis.matrix import NAME, TOTAL
from geodata.atlas import Atlas
from geodata.library import load_plans
from geodata.plan import Citation, Plan
from layers.view import first_view, view_for

CHENGDU, DEYANG, MIANYANG, LESHAN, GANZI = "510100", "510600", "510700", "511100", "513300"
STRATEGIC, HIGHTECH = "sichuan-strategic-13", "sichuan-hightech-14"
CORE, EXPANSION = "核心发展区", "重点拓展区"
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key
Asked = list[tuple[str, str, tuple[Citation, ...]]]


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    return load_plans()[0]


@pytest.fixture
def session(plans: tuple[Plan, ...]) -> Session:
    plan = next(plan for plan in plans if plan.id == STRATEGIC)
    return Session(Atlas(plans), first_view(plan))


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> MatrixPanel:
    made = MatrixPanel(session)
    qtbot.addWidget(made)
    made.resize(1200, 360)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def asked(panel: MatrixPanel) -> Asked:
    """The passages that the panel asked to show."""
    found: Asked = []
    panel.on_cell = lambda plan, title, citations: found.append((plan.id, title, tuple(citations)))
    return found


def lines(panel: MatrixPanel) -> list[str]:
    """The cities and headings from top to bottom."""
    return [line.words for line in panel.shown.lines]


def spot(panel: MatrixPanel, adcode: str, sector: str) -> QPoint:
    """The middle of a cell, scrolled to, in pixels of the table's viewport."""
    row = panel.table.matrix.row_of(adcode)
    assert row is not None
    column = [found.name for found in panel.shown.table.sectors].index(sector)
    index = panel.table.matrix.index(row, column)
    panel.table.scrollTo(index)
    return panel.table.visualRect(index).center()


def click(panel: MatrixPanel, qtbot: QtBot, adcode: str, sector: str) -> None:
    qtbot.mouseClick(panel.table.viewport(), LEFT, pos=spot(panel, adcode, sector))


def click_header(panel: MatrixPanel, qtbot: QtBot, section: int) -> None:
    header = panel.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(section) + 30, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)


def choose(panel: MatrixPanel, key: str, group: bool = False) -> None:
    """Chooses an order or a grouping from its list."""
    box = panel.groups if group else panel.order
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_a_low_panel_has_a_low_head_and_its_legend_is_whole(panel: MatrixPanel, session: Session) -> None:
    panel.resize(1200, 700)
    QApplication.processEvents()
    high, row = panel.table.horizontalHeader().height(), panel.table.rowHeight(0)
    panel.resize(500, 300)
    QApplication.processEvents()
    assert panel.table.horizontalHeader().height() < high
    assert panel.table.rowHeight(0) < row
    legend, edge = panel.legend, panel.legend.rect()
    metrics = legend.fontMetrics()
    for left, line, role, words in legend.entries():
        right = left + metrics.horizontalAdvance(words) + (CHIP[0] if role else 0)
        assert right <= edge.right()
        assert (line + 1) * metrics.height() <= edge.height()


# --- cells and passages ---


def test_all_cities_and_sectors_of_the_plan_are_there_with_what_they_are(panel: MatrixPanel) -> None:
    model = panel.table.matrix
    assert (model.rowCount(), model.columnCount()) == (21, 9)
    index = model.index(model.row_of(MIANYANG) or 0, 0)
    assert index.data().startswith(CORE)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("绵阳市，新一代信息技术：" + CORE)
    words = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "重点：" in words
    assert "页" in words
    assert panel.legend.words.startswith(f"{CORE}　{EXPANSION}　■ 园区、平台　● 项目、工程")


def test_a_click_on_a_cell_selects_the_city_and_shows_the_passage_of_its_assignment(
    panel: MatrixPanel, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    click(panel, qtbot, DEYANG, "新材料")
    assert session.view.place == DEYANG
    expected = next(item for item in session.plan.assignments if (item.place, item.sector) == (DEYANG, "新材料"))
    assert asked == [(STRATEGIC, f"德阳市 · 新材料（{session.plan.role(expected.role).name}）", expected.citations)]


def test_a_click_on_a_cell_without_anything_selects_the_city_alone(
    panel: MatrixPanel, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    click(panel, qtbot, GANZI, "数字创意")
    assert session.view.place == GANZI
    assert asked == []


def test_where_a_plan_gives_no_roles_a_click_shows_the_passages_of_sites_and_projects(
    panel: MatrixPanel, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    session.set_view(view_for(session.atlas.plan(HIGHTECH), ["航空航天"]))
    click(panel, qtbot, MIANYANG, "航空航天")
    cell = panel.shown.table.cell(MIANYANG, "航空航天")
    assert asked == [(HIGHTECH, "绵阳市 · 航空航天（园区和项目）", cell.citations)]
    assert CORE not in panel.legend.words
    assert "未写明在哪个市（州）" in panel.legend.words


def test_arrows_move_from_city_to_city_and_enter_opens_the_passage(
    panel: MatrixPanel, session: Session, asked: Asked, qtbot: QtBot
) -> None:
    session.select_place(CHENGDU)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Key.Key_Down)
    assert session.view.place == "510300"
    qtbot.keyClick(panel.table, Key.Key_Right)
    qtbot.keyClick(panel.table, Key.Key_Right)
    assert asked == []
    qtbot.keyClick(panel.table, Key.Key_Return)
    assert [(plan, title) for plan, title, _ in asked] == [(STRATEGIC, f"自贡市 · 新材料（{CORE}）")]


def test_passing_through_with_the_tab_key_selects_nothing(panel: MatrixPanel, session: Session) -> None:
    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert session.view.place is None


def test_a_place_selected_on_the_map_is_gone_to_without_an_echo(panel: MatrixPanel, session: Session) -> None:
    said: list[str | None] = []
    session.view_changed.connect(lambda: said.append(session.view.place))
    session.select_place("510781")  # a county: its prefecture's row
    assert panel.table.matrix.place(panel.table.currentIndex()) == MIANYANG
    session.select_place(LESHAN)
    assert panel.table.matrix.place(panel.table.currentIndex()) == LESHAN
    assert panel.table.viewport().rect().contains(panel.table.visualRect(panel.table.currentIndex()).center())
    session.select_place(None)
    assert panel.table.selectionModel().selectedIndexes() == []
    assert said == ["510781", LESHAN, None]


def test_core_and_expansion_differ_without_colour(panel: MatrixPanel) -> None:
    def changes(adcode: str) -> int:
        """How often light and dark change along the middle of the chip."""
        at = spot(panel, adcode, "新一代信息技术")
        image: QImage = panel.table.viewport().grab().toImage()
        box = panel.table.visualRect(panel.table.indexAt(at))
        row = [QColor(image.pixel(x, box.center().y())).lightness() for x in range(box.left() + 4, box.center().x())]
        return sum(abs(a - b) > 15 for a, b in pairwise(row))

    core, expansion = changes(CHENGDU), changes(LESHAN)
    assert core > 0
    assert expansion > core + 6


# --- hovering, both ways ---


def test_the_city_under_the_pointer_is_told_once_and_given_up_again(panel: MatrixPanel, qtbot: QtBot) -> None:
    told: list[str | None] = []
    panel.on_hover = told.append
    viewport = panel.table.viewport()
    qtbot.mouseMove(viewport, spot(panel, CHENGDU, "新材料"))
    qtbot.mouseMove(viewport, spot(panel, CHENGDU, "生物"))
    qtbot.mouseMove(viewport, spot(panel, DEYANG, "生物"))
    assert (panel.table.hovered_row, panel.table.hovered_column) == (panel.table.matrix.row_of(DEYANG), 3)
    qtbot.mouseMove(viewport, QPoint(viewport.width() + 20, 5))
    QApplication.sendEvent(panel.table.viewport(), QEvent(QEvent.Type.Leave))
    assert told == [CHENGDU, DEYANG, None]


def test_map_and_matrix_show_the_same_city_under_the_pointer(bench: Workbench, qtbot: QtBot) -> None:
    qtbot.keyClick(bench.window, Key.Key_F7)
    qtbot.waitUntil(lambda: bench.matrix is not None)
    panel, canvas = bench.matrix, bench.canvas
    assert panel is not None
    QApplication.processEvents()
    before = canvas.grab().toImage()
    qtbot.mouseMove(panel.table.viewport(), spot(panel, CHENGDU, "新材料"))
    assert canvas.grab().toImage() != before
    QApplication.sendEvent(panel.table.viewport(), QEvent(QEvent.Type.Leave))
    assert canvas.grab().toImage() == before
    qtbot.mouseMove(canvas, canvas.widget_position(LESHAN) + QPoint(0, 14))
    assert panel.table.hovered_row == panel.table.matrix.row_of(LESHAN)


def test_a_click_in_the_window_shows_the_passage_beside_the_report(bench: Workbench, qtbot: QtBot) -> None:
    assert bench.matrix is None
    qtbot.keyClick(bench.window, Key.Key_F7)
    qtbot.waitUntil(lambda: bench.matrix is not None)
    assert bench.matrix is not None
    click(bench.matrix, qtbot, MIANYANG, "新一代信息技术")
    assert bench.session.view.place == MIANYANG
    assert bench.source_dock.isVisible()
    assert bench.source is not None
    qtbot.keyClick(bench.window, Key.Key_F7)
    assert not bench.matrix_dock.isVisible()


# --- order and groups ---


def test_headers_sort_by_their_sector_and_turn_round(panel: MatrixPanel, qtbot: QtBot) -> None:
    first = lines(panel)
    click_header(panel, qtbot, 0)
    assert set(lines(panel)[:2]) == {"成都市", "绵阳市"}
    assert panel.order.currentText() == "产业：新一代信息技术"
    header = panel.table.horizontalHeader()
    assert isinstance(header, SectorHeader)
    assert (header.sorted_by, header.is_reversed) == (0, False)
    click_header(panel, qtbot, 0)
    assert set(lines(panel)[-2:]) == {"成都市", "绵阳市"}
    assert header.is_reversed
    assert panel.conditions[0] == "排序：产业：新一代信息技术（反向）"
    click_header(panel, qtbot, 8)
    assert (panel.order.currentData(), lines(panel)[0]) == (TOTAL, "成都市")
    choose(panel, NAME)
    assert lines(panel)[0].startswith("阿坝")
    choose(panel, "code")
    assert lines(panel) == first


def test_cities_are_grouped_by_economic_zone_and_the_source_is_named(
    panel: MatrixPanel, session: Session, qtbot: QtBot
) -> None:
    session.select_place(LESHAN)
    choose(panel, ZONES, group=True)
    assert lines(panel)[:2] == ["成都平原经济区（8）", "成都市"]
    assert lines(panel)[9:11] == ["川南经济区（4）", "自贡市"]
    assert panel.table.matrix.place(panel.table.currentIndex()) == LESHAN
    assert any("不是本程序所列规划文件的内容" in words for words in panel.conditions)
    # A heading cannot be selected, and the arrow keys pass over it.
    session.select_place("512000")
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Key.Key_Down)
    assert session.view.place == "510300"


def test_cities_are_grouped_by_likeness(panel: MatrixPanel) -> None:
    choose(panel, LIKE, group=True)
    found = lines(panel)
    heading = found.index("成都市") - 1
    assert found[heading].startswith("共同：新一代信息技术、高端装备")
    assert found[heading + 1 : heading + 4] == ["成都市", "德阳市", "绵阳市"]
    choose(panel, NO_GROUPS, group=True)
    assert len(lines(panel)) == 21


# --- following the session ---


def test_only_the_sectors_that_are_on_when_told_so(panel: MatrixPanel, session: Session) -> None:
    panel.only.click()
    assert [sector.name for sector in panel.shown.table.sectors] == ["新一代信息技术"]
    session.show_sector("生物", True)
    assert [sector.name for sector in panel.shown.table.sectors] == ["新一代信息技术", "生物"]
    panel.hide_empty.click()
    assert "攀枝花市" not in lines(panel)
    session.show_pairs(session.view.shown, False)
    assert panel.table.matrix.columnCount() == 0
    assert "没有打开的产业" in panel.table.empty_words
    assert not panel.copy_button.isEnabled()
    assert not panel.save.isEnabled()
    panel.only.click()
    assert panel.table.matrix.columnCount() == 9
    assert panel.table.empty_words == ""


def test_another_plan_and_another_library_are_followed(
    panel: MatrixPanel, session: Session, plans: tuple[Plan, ...]
) -> None:
    choose(panel, "新材料")
    session.set_view(view_for(session.atlas.plan(HIGHTECH), []))
    assert panel.order.currentText() == "代码"
    assert panel.shown.table.plan.id == HIGHTECH
    plan = session.plan
    session.set_atlas(Atlas((plan._replace(sectors=plan.sectors[:1], sites=(), projects=()),)))
    assert panel.table.matrix.columnCount() == 2


def test_a_city_that_is_named_only_with_others_is_told_apart(panel: MatrixPanel, session: Session) -> None:
    assert "共 " not in panel.legend.words
    session.set_atlas(Atlas((session.plan._replace(assignments=()),)))
    assert "共 与其他市（州）一并写到" in panel.legend.words
    index = panel.table.matrix.index(panel.table.matrix.row_of(DEYANG) or 0, 1)
    assert index.data().startswith("与其他市（州）一并写到")
    assert "共建" in index.data(Qt.ItemDataRole.ToolTipRole)


# --- copy and save ---


class Cells(HTMLParser):
    """The cells of the first HTML table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] += data


def test_everything_is_copied_as_a_table_that_a_spreadsheet_takes(panel: MatrixPanel, qtbot: QtBot) -> None:
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    held = QApplication.clipboard().mimeData()
    rows = [line.split("\t") for line in held.text().split("\n")]
    assert rows == Cells(held.html()).rows
    assert rows[0][:2] == ["市（州）", "新一代信息技术"]
    assert rows[0][-1] == rows[-1][0] == "合计"
    assert len(rows) == 23
    assert {len(row) for row in rows} == {10}
    assert rows[1][0] == "成都市"
    assert rows[1][1].startswith(CORE)
    assert rows[1][-1].startswith(f"{CORE} 8")


def test_a_selection_is_copied_with_its_headers_and_without_totals(panel: MatrixPanel, qtbot: QtBot) -> None:
    viewport = panel.table.viewport()
    qtbot.mouseClick(viewport, LEFT, pos=spot(panel, CHENGDU, "新材料"))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(viewport, LEFT, shift, spot(panel, "510300", "生物"))
    qtbot.keyClick(panel.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert [row[0] for row in rows] == ["市（州）", "成都市", "自贡市"]
    assert rows[0][1:] == ["新材料", "生物"]


def test_names_from_a_pack_arrive_as_text_wherever_they_go(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    plan = session.plan
    roles = (plan.roles[0]._replace(name='=HYPERLINK("x")'), plan.roles[1]._replace(name="<b>乙</b>"))
    sectors = (plan.sectors[0]._replace(name="@甲<script>"), *plan.sectors[1:])
    session.set_atlas(Atlas((plan._replace(roles=roles, sectors=sectors),)))
    panel = MatrixPanel(session)
    qtbot.addWidget(panel)
    panel.copy()
    held = QApplication.clipboard().mimeData()
    rows = Cells(held.html()).rows
    assert rows[0][1] == "'@甲<script>"
    assert rows[1][1].startswith("'=HYPERLINK")
    assert "<script>" not in held.html()
    assert rows == [line.split("\t") for line in held.text().split("\n")]
    tip = panel.table.matrix.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "@甲&lt;script&gt;" in tip
    with qtbot.waitSignal(session.notice, timeout=20_000):
        panel.save_to(tmp_path / "表.xlsx")
    cell = load_workbook(tmp_path / "表.xlsx").worksheets[0]["B2"]
    assert cell.value.startswith("=HYPERLINK")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    qtbot.waitUntil(panel.save.isEnabled)


def test_the_saved_workbook_is_what_is_shown_with_every_cell_and_its_source(
    panel: MatrixPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(panel, ZONES, group=True)
    with qtbot.waitSignal(session.notice, timeout=20_000) as notice:
        panel.save_to(tmp_path / "矩阵")
    assert "已保存" in notice.args[0]
    book = load_workbook(tmp_path / "矩阵.xlsx")
    sheet, facts, about = book.worksheets
    assert [cell.value for cell in sheet["A"]] == ["市（州）", *lines(panel), "合计"]
    rows = list(facts.iter_rows(values_only=True))
    assert sum(bool(row[3]) for row in rows[1:]) == len(session.plan.assignments)
    assert all(bool(row[3]) == bool(row[-2]) for row in rows[1:])  # every role has its source
    assert all(bool(row[8] or row[9]) == bool(row[-1]) for row in rows[1:])  # and so have sites and projects
    row = next(row for row in rows if row[:3] == ("绵阳市", MIANYANG, "新一代信息技术"))
    assert row[3] == CORE
    assert "页" in row[-2]
    assert any("五大经济区" in str(row[1]) for row in about.iter_rows(values_only=True))
    qtbot.waitUntil(panel.save.isEnabled)


def test_a_csv_file_is_the_matrix_alone(panel: MatrixPanel, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.notice, timeout=20_000):
        panel.save_to(tmp_path / "矩阵.csv")
    text = (tmp_path / "矩阵.csv").read_bytes().decode("utf-8-sig")
    assert text.splitlines()[0].startswith("市（州）,新一代信息技术,")
    assert len(text.splitlines()) == 23
    qtbot.waitUntil(panel.save.isEnabled)


def test_everything_can_be_reached_and_has_a_name(panel: MatrixPanel) -> None:
    assert all(widget.accessibleName() for widget in (panel.order, panel.groups, panel.table, panel.legend))
    widgets = (panel.order, panel.groups, panel.only, panel.hide_empty, panel.copy_button, panel.save, panel.table)
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in widgets)
