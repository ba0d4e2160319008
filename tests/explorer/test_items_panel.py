"""The list of sites and projects as a person uses it: filters, sorting, the link with the map, copying, saving."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.listing import BASIS, COLUMNS, NAME, NO_SECTOR, PRECISION, PREFECTURES, Filter
from explorer.panels.items import ItemsPanel
from explorer.session import Session
from geodata.analysis.items import PROJECT, SITE, ItemKey
from geodata.atlas import Atlas
from geodata.library import load_plans
from geodata.plan import Plan
from layers.view import first_view

CHENGDU, MIANYANG, JIANGYOU, GANZI = "510100", "510700", "510781", "513300"
STRATEGIC, MIANYANG_PLAN = "sichuan-strategic-13", "mianyang-green-14"
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    return load_plans()[0]


@pytest.fixture
def session(plans: tuple[Plan, ...]) -> Session:
    return Session(Atlas(plans), first_view(plans[0]))


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> ItemsPanel:
    made = ItemsPanel(session)
    qtbot.addWidget(made)
    made.resize(1200, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def names(panel: ItemsPanel) -> list[str]:
    """The first column as it stands on the screen."""
    model = panel.table.model()
    return [model.index(number, NAME).data() for number in range(model.rowCount())]


def choose(panel: ItemsPanel, name: str, words: str) -> None:
    """Chooses from the list of that name."""
    box = next(box for box in panel.filters.choices if box.accessibleName() == name)
    index = next(index for index in range(box.count()) if box.itemText(index).strip() == words)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def click(panel: ItemsPanel, qtbot: QtBot, number: int, modifier: Qt.KeyboardModifier | None = None) -> ItemKey:
    """Clicks a row and gives its item."""
    table = panel.table
    table.scrollTo(table.model().index(number, 0))
    spot = table.visualRect(table.model().index(number, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, modifier or Qt.KeyboardModifier.NoModifier, spot)
    return panel.shown[number].item.key


def click_header(panel: ItemsPanel, qtbot: QtBot, column: int) -> None:
    header = panel.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=spot)


# --- filters ---


def test_all_sites_and_projects_of_all_plans_are_listed(panel: ItemsPanel, plans: tuple[Plan, ...]) -> None:
    total = sum(len(plan.sites) + len(plan.projects) for plan in plans)
    assert len(names(panel)) == total
    assert panel.count.text() == f"显示 {total} / {total} 条"
    assert not panel.filters.clear.isEnabled()


def test_filters_are_combined_and_the_active_ones_are_evident(panel: ItemsPanel) -> None:
    choose(panel, "规划", panel.filters.plan.itemText(1))
    choose(panel, "类型", "园区、平台")
    choose(panel, "市（州）", "成都市")
    assert panel.shown
    assert {row.plan.id for row in panel.shown} == {STRATEGIC}
    assert {row.item.key.kind for row in panel.shown} == {SITE}
    assert all(CHENGDU in row.prefectures for row in panel.shown)
    bold = [box.accessibleName() for box in panel.filters.choices if box.font().bold()]
    assert bold == ["规划", "类型", "市（州）"]
    assert f"显示 {len(panel.shown)} / " in panel.count.text()
    assert "类型：园区、平台；地点：成都市" in panel.count.text()
    panel.filters.clear.click()
    assert panel.filters.wanted == Filter()
    assert not any(box.font().bold() for box in panel.filters.choices)


def test_sectors_and_categories_are_those_of_the_chosen_plan(panel: ItemsPanel, plans: tuple[Plan, ...]) -> None:
    def sectors() -> set[str]:
        box = panel.filters.sector
        return {box.itemText(index) for index in range(1, box.count())}

    assert sectors() == {sector.name for plan in plans for sector in plan.sectors} | {NO_SECTOR}
    choose(panel, "产业", "数字创意")
    assert {row.plan.id for row in panel.shown} == {STRATEGIC}
    mianyang = next(plan for plan in plans if plan.id == MIANYANG_PLAN)
    choose(panel, "规划", mianyang.title)
    assert sectors() == {sector.name for sector in mianyang.sectors} | {NO_SECTOR}
    assert panel.filters.sector.currentIndex() == 0
    assert panel.filters.category.findText("数字赋能") > 0
    choose(panel, "类型", "园区、平台")
    assert panel.filters.category.findText("数字赋能") < 0


def test_a_county_can_be_chosen_below_its_prefecture(panel: ItemsPanel) -> None:
    choose(panel, "市（州）", "江油市")
    assert panel.shown
    assert all(JIANGYOU in row.counties for row in panel.shown)


def test_typed_words_filter_at_once_and_nothing_found_is_said(panel: ItemsPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.filters.search, "IPv6")
    assert names(panel) == ["信息通信设备发展工程"]
    panel.filters.search.setText("没有的东西")
    assert names(panel) == []
    assert "没有符合条件的条目" in panel.count.text()
    assert not panel.save.isEnabled()


def test_enter_leads_from_the_search_field_into_the_table(panel: ItemsPanel, session: Session, qtbot: QtBot) -> None:
    panel.filters.search.setText("IPv6")
    qtbot.keyClick(panel.filters.search, Key.Key_Return)
    assert session.view.item == panel.shown[0].item.key


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_the_row_that_gets_the_focus_first_is_reached_with_one_key(
    panel: ItemsPanel, session: Session, qtbot: QtBot, key: Qt.Key
) -> None:
    panel.set_filter(Filter(text="国家军民两用"))
    assert len(panel.shown) == 1
    panel.show()
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    activated: list[ItemKey] = []
    panel.on_activate = activated.append
    qtbot.keyClick(panel.table, key)
    assert session.view.item == panel.shown[0].item.key
    assert activated == ([session.view.item] if key == Qt.Key.Key_Return else [])


def test_a_new_library_is_listed_with_the_filters_kept(
    panel: ItemsPanel, session: Session, plans: tuple[Plan, ...]
) -> None:
    choose(panel, "市（州）", "绵阳市")
    session.set_atlas(Atlas(plans[:1]))
    assert {row.plan.id for row in panel.shown} == {STRATEGIC}
    assert all(MIANYANG in row.prefectures for row in panel.shown)
    session.set_atlas(Atlas(()))
    assert panel.count.text().startswith("显示 0 / 0 条　　没有规划")


# --- sorting ---


def test_headers_sort_up_then_down_then_as_in_the_plans(panel: ItemsPanel, qtbot: QtBot) -> None:
    first = names(panel)
    panel.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    click_header(panel, qtbot, PREFECTURES)
    codes = [row.prefectures for row in panel.shown if row.prefectures]
    assert codes == sorted(codes)
    assert panel.shown[0].prefectures
    click_header(panel, qtbot, PREFECTURES)
    assert [row.prefectures for row in panel.shown if row.prefectures] == codes[::-1]
    assert panel.shown[0].prefectures
    click_header(panel, qtbot, PREFECTURES)
    assert names(panel) == first


def test_names_are_sorted_by_sound_and_numbers_by_size(panel: ItemsPanel, qtbot: QtBot) -> None:
    panel.set_filter(Filter(text="示范"))
    click_header(panel, qtbot, NAME)
    shown = names(panel)
    assert shown.index("“城市矿产”示范基地建设") < len(shown) // 2
    assert names(panel) != sorted(names(panel))


def test_sorting_and_filtering_keep_the_selected_row(panel: ItemsPanel, session: Session, qtbot: QtBot) -> None:
    key = click(panel, qtbot, 3)
    click_header(panel, qtbot, PRECISION)
    assert panel.table.current_key() == key
    panel.set_filter(Filter(plan=STRATEGIC))
    assert panel.table.current_key() == key
    assert session.view.item == key


# --- the map ---


def test_a_click_on_a_row_selects_the_item_on_the_map(panel: ItemsPanel, session: Session, qtbot: QtBot) -> None:
    key = click(panel, qtbot, 2)
    assert session.view.item == key
    qtbot.keyClick(panel.table, Key.Key_Down)
    assert session.view.item == panel.shown[3].item.key


def test_an_item_selected_on_the_map_is_selected_and_scrolled_to(panel: ItemsPanel, session: Session) -> None:
    row = panel.shown[-5]
    session.select_item(row.item.key)
    assert panel.table.current_key() == row.item.key
    index = panel.table.currentIndex()
    assert panel.table.viewport().rect().contains(panel.table.visualRect(index).center())
    session.select_place(GANZI)
    assert panel.table.current_key() is None
    assert panel.table.selected_rows() == []


def test_the_link_does_not_echo(panel: ItemsPanel, session: Session, qtbot: QtBot) -> None:
    said: list[object] = []
    session.view_changed.connect(lambda: said.append(session.view.item))
    key = click(panel, qtbot, 1)
    assert said == [key]
    session.select_item(panel.shown[8].item.key)
    session.select_item(None)
    assert len(said) == 3
    panel.set_filter(Filter(kind=PROJECT))
    panel.clear_filters()
    assert len(said) == 3


def test_a_selected_item_that_is_filtered_out_is_said_and_stays_selected(panel: ItemsPanel, session: Session) -> None:
    choose(panel, "类型", "项目、工程")
    key = ItemKey(STRATEGIC, SITE, "绵阳科技城")
    session.select_item(key)
    assert "所选的“绵阳科技城”不在当前筛选结果中" in panel.count.text()
    assert panel.filters.wanted == Filter(kind=PROJECT)
    assert panel.table.selected_rows() == []
    panel.filters.clear.click()
    assert "不在" not in panel.count.text()
    assert panel.table.current_key() == session.view.item == key


def test_passing_through_the_table_with_the_tab_key_selects_nothing(
    panel: ItemsPanel, session: Session, qtbot: QtBot
) -> None:
    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    assert session.view.item is None
    qtbot.keyClick(panel.table, Key.Key_Down)
    assert session.view.item is not None


def test_enter_and_double_click_ask_to_see_the_item_on_the_map(panel: ItemsPanel, qtbot: QtBot) -> None:
    asked: list[ItemKey] = []
    panel.on_activate = asked.append
    key = click(panel, qtbot, 2)
    qtbot.keyClick(panel.table, Key.Key_Return)
    spot = panel.table.visualRect(panel.table.model().index(2, 0)).center()
    qtbot.mouseDClick(panel.table.viewport(), LEFT, pos=spot)
    assert asked == [key, key]


def test_the_list_follows_the_place_of_the_map_only_when_told_to(panel: ItemsPanel, session: Session) -> None:
    session.select_place(MIANYANG)
    assert panel.filters.wanted == Filter()
    panel.follow.setChecked(True)
    assert panel.filters.wanted == Filter(place=MIANYANG)
    session.select_place(JIANGYOU)
    assert panel.filters.wanted == Filter(place=JIANGYOU)
    session.select_place("513322")  # a county without items: its prefecture
    assert panel.filters.wanted == Filter(place=GANZI)
    session.select_place(None)
    assert panel.filters.wanted == Filter()


def test_a_row_selected_while_following_does_not_narrow_the_list(
    panel: ItemsPanel, session: Session, qtbot: QtBot
) -> None:
    panel.follow.setChecked(True)
    session.select_place(MIANYANG)
    number = next(number for number, row in enumerate(panel.shown) if row.counties == (JIANGYOU,))
    click(panel, qtbot, number)
    assert session.view.place == JIANGYOU
    assert panel.filters.wanted == Filter(place=MIANYANG)


def test_choosing_a_place_by_hand_ends_following(panel: ItemsPanel, session: Session) -> None:
    panel.follow.setChecked(True)
    session.select_place(MIANYANG)
    choose(panel, "市（州）", "成都市")
    assert not panel.follow.isChecked()
    session.select_place(GANZI)
    assert panel.filters.wanted == Filter(place=CHENGDU)


# --- rows ---


def test_inferred_items_are_marked_in_words_and_by_slant(panel: ItemsPanel) -> None:
    panel.filters.search.setText("推定")
    model = panel.table.model()
    inferred = [row.item.basis == "inferred" for row in panel.shown]
    assert any(inferred)
    for number, row in enumerate(panel.shown):
        font = model.index(number, NAME).data(Qt.ItemDataRole.FontRole)
        assert (font is not None and font.italic()) == inferred[number]
        assert (row.words[BASIS] == "推定") == inferred[number]


def test_tooltips_are_plain_text(session: Session, plans: tuple[Plan, ...], qtbot: QtBot) -> None:
    plan = plans[0]
    sites = (plan.sites[0]._replace(name="<img src=x>甲 & 乙"), *plan.sites[1:])
    session.set_atlas(Atlas((plan._replace(sites=sites),)))
    panel = ItemsPanel(session)
    qtbot.addWidget(panel)
    index = panel.table.model().index(0, NAME)
    assert index.data() == "<img src=x>甲 & 乙"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;img src=x&gt;甲 &amp; 乙</p>"


def test_everything_has_a_name_for_screen_readers(panel: ItemsPanel) -> None:
    widgets = (*panel.filters.choices, panel.filters.search, panel.table)
    assert all(widget.accessibleName() for widget in widgets)
    assert all(button.text() for button in (panel.filters.clear, panel.follow, panel.save))


def test_selected_rows_are_copied_with_the_header(panel: ItemsPanel, qtbot: QtBot) -> None:
    click(panel, qtbot, 4)
    click(panel, qtbot, 1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert tuple(lines[0]) == COLUMNS
    assert [line[0] for line in lines[1:]] == [names(panel)[1], names(panel)[4]]
    assert {len(line) for line in lines} == {len(COLUMNS)}


# --- saving ---


def test_the_saved_table_is_what_is_shown(panel: ItemsPanel, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    choose(panel, "市（州）", "绵阳市")
    click_header(panel, qtbot, NAME)
    with qtbot.waitSignal(session.notice, timeout=20_000) as notice:
        panel.save_to(tmp_path / "绵阳.xlsx")
    assert f"已保存 {len(panel.shown)} 条" in notice.args[0]
    book = load_workbook(tmp_path / "绵阳.xlsx")
    assert [cell.value for cell in book.worksheets[0]["A"]][1:] == names(panel)
    assert ("筛选条件", "地点：绵阳市") in list(book["说明"].iter_rows(values_only=True))
    qtbot.waitUntil(panel.save.isEnabled)


def test_a_name_without_suffix_becomes_a_workbook(
    panel: ItemsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.notice, timeout=20_000):
        panel.save_to(tmp_path / "表")
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")
    qtbot.waitUntil(panel.save.isEnabled)


def test_the_dialog_proposes_what_was_used_last(
    panel: ItemsPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    def proposed() -> tuple[str, str]:
        panel.save.click()
        dialog = panel.findChildren(QFileDialog)[-1]
        file, suffix = Path(dialog.selectedFiles()[0]), dialog.defaultSuffix()
        dialog.close()
        QApplication.sendPostedEvents(dialog, 0)
        return file.name, suffix

    assert proposed() == ("园区和项目.xlsx", "xlsx")
    with qtbot.waitSignal(session.notice, timeout=20_000):
        panel.save_to(tmp_path / "表.csv")
    qtbot.waitUntil(panel.save.isEnabled)
    assert proposed() == ("园区和项目.csv", "csv")


def test_a_failed_save_is_said_and_leaves_the_old_file(
    panel: ItemsPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "replace", refuse)
    panel.save_to(target)
    qtbot.waitUntil(lambda: bool(panel.findChildren(QMessageBox)), timeout=20_000)
    box = panel.findChildren(QMessageBox)[0]
    assert "正被另一个程序打开" in box.text()
    assert "关闭占用该文件的程序" in box.informativeText()
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["表.xlsx"]
    box.close()
    qtbot.waitUntil(panel.save.isEnabled)


def test_closing_the_panel_waits_for_a_save(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    panel = ItemsPanel(session)
    panel.save_to(tmp_path / "表.xlsx")
    panel.deleteLater()
    QApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert len(list(load_workbook(tmp_path / "表.xlsx").worksheets[0].iter_rows())) > 400
