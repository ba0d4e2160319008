"""The industries on the map: listed beside it while no place is selected, explained and switched in the tree."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from explorer.panels.plans import PLAN
from explorer.workbench import Workbench
from layers.view import shown_sectors, view_for

STRATEGIC, HIGHTECH = "sichuan-strategic-13", "sichuan-hightech-14"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def cars(bench: Workbench, qtbot: QtBot) -> Workbench:
    """新能源汽车 alone on the map."""
    bench.session.set_view(view_for(bench.session.plan, ["新能源汽车"]))
    qtbot.waitExposed(bench.window)
    bench.window.activateWindow()
    return bench


def text(bench: Workbench) -> str:
    return bench.inspector.text.toPlainText()


def follow(bench: Workbench, qtbot: QtBot, words: str) -> None:
    """A click on the link of these words."""
    browser = bench.inspector.text
    document = browser.toPlainText()
    link = next(link for link in browser.links() if document[link.start : link.end] == words)
    cursor = browser.textCursor()
    cursor.setPosition(link.start)
    browser.setTextCursor(cursor)
    browser.ensureCursorVisible()
    qtbot.mouseClick(browser.viewport(), LEFT, pos=browser.cursorRect(cursor).center() + QPoint(6, 0))


def sector_item(bench: Workbench, name: str, plan: str = STRATEGIC) -> QTreeWidgetItem:
    found = bench.plans.tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    item = next(item for item in found if item.data(0, PLAN) == plan)
    item.parent().setExpanded(True)
    bench.plans.tree.scrollToItem(item)
    return item


def open_menu(bench: Workbench, item: QTreeWidgetItem, by_key: bool = False) -> QMenu:
    """As the window system asks for one: with the right button on an item, or with the menu key for the current one."""
    tree = bench.plans.tree
    at = tree.visualItemRect(item).center()
    if by_key:
        tree.setCurrentItem(item)
        reason, target = QContextMenuEvent.Reason.Keyboard, tree
    else:
        reason, target = QContextMenuEvent.Reason.Mouse, tree.viewport()
    QApplication.sendEvent(target, QContextMenuEvent(reason, at, target.mapToGlobal(at)))
    return bench.plans.menu


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if words in action.text()).trigger()
    menu.close()


def test_the_industries_on_the_map_are_listed_with_their_cities_and_pages(cars: Workbench) -> None:
    assert "新能源汽车" in text(cars)
    assert "成都、泸州、南充、达州" in text(cars)
    assert "七（三）2，第39页" in text(cars)
    assert "单击地图上的一个市（州）" in text(cars)
    cars.session.show_sector("新材料", True)
    assert text(cars).index("新材料") < text(cars).index("新能源汽车")  # as in the plan
    cars.session.show_pairs([("新材料", "重点拓展区")], False)
    assert text(cars).count("重点拓展区") == 1


def test_a_city_in_the_list_is_a_click_away_and_so_is_the_passage(cars: Workbench, qtbot: QtBot) -> None:
    follow(cars, qtbot, "七（三）2，第39页")
    assert cars.source_dock.isVisible()
    assert cars.source is not None
    assert "新能源汽车 · 核心发展区" in cars.source.title.text()
    assert "第39页" in cars.source.source.text()
    follow(cars, qtbot, "南充")
    assert cars.session.view.place == "511300"
    assert "南充市（511300）" in text(cars)
    cars.session.select_place(None)
    assert "成都、泸州、南充、达州" in text(cars)


def test_the_list_is_copied_as_text(cars: Workbench, qtbot: QtBot) -> None:
    qtbot.mouseClick(cars.inspector.copy, LEFT)
    assert "市（州）：成都、泸州、南充、达州\n" in QApplication.clipboard().text()
    cars.inspector.text.selectAll()
    cars.inspector.text.copy()
    assert "成都、泸州、南充、达州" in QApplication.clipboard().text()


def test_a_plan_without_roles_lists_the_cities_that_its_facts_name(cars: Workbench) -> None:
    plan = cars.session.atlas.plan(HIGHTECH)
    cars.session.set_view(view_for(plan, [sector.id for sector in plan.sectors if sector.name == "航空航天"]))
    assert "园区、平台 3 项" in text(cars)
    assert "推定在 成都" in text(cars)


def test_with_nothing_on_the_report_says_how_to_begin(cars: Workbench) -> None:
    cars.actions_by_id["all_off"].trigger()
    assert "没有打开产业" in text(cars)
    assert not cars.inspector.copy.isEnabled()


def test_the_tree_explains_its_numbers(cars: Workbench, qtbot: QtBot) -> None:
    item = sector_item(cars, "新能源汽车")
    tree = cars.plans.tree
    qtbot.mouseMove(tree.viewport(), QPoint(1, 1))
    qtbot.mouseMove(tree.viewport(), tree.visualItemRect(item).center())
    for column in (0, 1):
        assert "核心发展区 4 个市（州）：成都、泸州、南充、达州" in item.toolTip(column)
        assert "重点拓展区 9 个市（州）" in item.toolTip(column)


@pytest.mark.parametrize("by_key", [False, True])
def test_the_menu_of_an_industry_shows_it_alone(cars: Workbench, by_key: bool) -> None:
    choose(open_menu(cars, sector_item(cars, "生物"), by_key), "只看这个产业")
    assert [sector.name for sector in shown_sectors(cars.session.plan, cars.session.view)] == ["生物"]


def test_the_menu_of_an_industry_switches_it(cars: Workbench) -> None:
    choose(open_menu(cars, sector_item(cars, "生物")), "打开")
    assert [sector.name for sector in shown_sectors(cars.session.plan, cars.session.view)] == ["生物", "新能源汽车"]
    choose(open_menu(cars, sector_item(cars, "生物")), "关闭")
    assert [sector.name for sector in shown_sectors(cars.session.plan, cars.session.view)] == ["新能源汽车"]


def test_the_menu_of_an_industry_marks_its_cities_on_the_map_all_in_sight(cars: Workbench) -> None:
    cars.canvas.zoom(6)
    choose(open_menu(cars, sector_item(cars, "新材料")), "在地图上标出核心发展区（6 个市（州））")
    view = cars.session.view
    assert set(view.group) == {"510100", "510300", "510400", "510600", "511100", "513400"}
    assert ("新材料", "核心发展区") in view.shown
    assert all(cars.canvas.rect().contains(cars.canvas.widget_position(place)) for place in view.group)


def test_the_menu_of_a_sector_of_another_plan_turns_to_that_plan(cars: Workbench) -> None:
    choose(open_menu(cars, sector_item(cars, "航空航天", HIGHTECH)), "在地图上标出写到的市（州）（1 个）")
    assert cars.session.view.plan == HIGHTECH
    assert cars.session.view.group == ("510700",)


def test_the_plans_at_the_head_of_a_city_are_told_apart(cars: Workbench) -> None:
    cars.session.select_place("510700")
    titles = [plan.title for plan in cars.session.atlas.plans]
    assert f"{titles[0]} · {titles[1]}" in text(cars)
