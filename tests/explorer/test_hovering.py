"""What the pointer is over is marked in map, tree, list and matrix together, with real moves of the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from explorer.listing import Filter
from explorer.panels.items_table import ItemsTable
from explorer.workbench import Workbench
from layers.view import view_for

STRATEGIC, GREEN = "sichuan-strategic-13", "sichuan-green-14"
LESHAN, CHENGDU = "511100", "510100"


@pytest.fixture
def ready(bench: Workbench, qtbot: QtBot) -> Workbench:
    """The window with list and matrix open."""
    bench.matrix_dock.show()
    bench.items_dock.show()
    bench.items_dock.raise_()
    qtbot.waitExposed(bench.window)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: bench.canvas.picture() is not None)  # drawn anew for its new size
    return bench


def table_of(bench: Workbench) -> ItemsTable:
    assert bench.items is not None
    return bench.items.table


def map_of(bench: Workbench) -> QImage:
    return bench.canvas.grab().toImage()


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def marked(bench: Workbench) -> list[int]:
    """The rows of the list with a ground of their own."""
    model = table_of(bench).items
    rows = range(model.rowCount())
    return [row for row in rows if model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is not None]


def over_row(bench: Workbench, qtbot: QtBot, row: int) -> None:
    table = table_of(bench)
    table.scrollTo(table.items.index(row, 0))
    qtbot.mouseMove(table.viewport(), table.visualRect(table.items.index(row, 0)).center())


def sector_item(bench: Workbench, plan: str, name: str) -> QTreeWidgetItem:
    tree = bench.plans.tree
    found = tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    item = next(item for item in found if item.data(0, Qt.ItemDataRole.UserRole) == plan)
    item.parent().setExpanded(True)
    tree.scrollToItem(item)
    return item


def over_item(bench: Workbench, qtbot: QtBot, item: QTreeWidgetItem) -> None:
    tree = bench.plans.tree
    qtbot.mouseMove(tree.viewport(), QPoint(1, 1))  # another item may have been scrolled to where the pointer is
    qtbot.mouseMove(tree.viewport(), tree.visualItemRect(item).center())


def over_leshan(bench: Workbench, qtbot: QtBot) -> None:
    """Moves the pointer until the map has taken notice: one that is there already does not move, and the map may be
    drawn anew yet."""
    canvas = bench.canvas

    def moved() -> bool:
        for step in (0, 1):
            qtbot.mouseMove(canvas, canvas.widget_position(LESHAN) + QPoint(step, 14))
        return bench.position.place_label.text() == "乐山市"

    qtbot.waitUntil(moved)


def test_a_city_under_the_pointer_on_the_map_marks_its_rows_in_list_and_matrix(ready: Workbench, qtbot: QtBot) -> None:
    assert ready.matrix is not None
    canvas, rows = ready.canvas, table_of(ready).items.rows
    over_leshan(ready, qtbot)
    assert marked(ready) == [number for number, row in enumerate(rows) if LESHAN in row.prefectures] != []
    assert ready.matrix.table.hovered_row == ready.matrix.table.matrix.row_of(LESHAN)
    leave(canvas)
    assert marked(ready) == []
    assert ready.matrix.table.hovered_row is None


def test_a_city_under_the_pointer_marks_its_sectors_and_roles_in_the_tree(ready: Workbench, qtbot: QtBot) -> None:
    plan, tree, canvas = ready.session.plan, ready.plans.tree, ready.canvas
    top = next(item for item in map(tree.topLevelItem, range(4)) if item.data(0, Qt.ItemDataRole.UserRole) == plan.id)
    there = {plan.sector(item.sector).name for item in plan.assignments if item.place == LESHAN}
    assert 0 < len(there) < len(plan.sectors)

    def tinted() -> set[str]:
        sectors = [top.child(row) for row in range(top.childCount())]
        return {sector.text(0) for sector in sectors if sector.background(0).style() != Qt.BrushStyle.NoBrush}

    over_leshan(ready, qtbot)
    assert tinted() == there
    leave(canvas)
    assert tinted() == set()


def test_a_row_under_the_pointer_outlines_its_city_and_nothing_is_selected(ready: Workbench, qtbot: QtBot) -> None:
    assert ready.matrix is not None
    before, view = map_of(ready), ready.session.view
    rows = table_of(ready).items.rows
    number = next(number for number, row in enumerate(rows) if row.prefectures == (LESHAN,))
    over_row(ready, qtbot, number)
    assert map_of(ready) != before
    assert marked(ready) == [number]
    assert ready.matrix.table.hovered_row == ready.matrix.table.matrix.row_of(LESHAN)
    leave(table_of(ready).viewport())
    assert map_of(ready) == before
    assert marked(ready) == []
    assert ready.session.view == view


def test_filtering_away_the_row_under_the_pointer_ends_it(ready: Workbench, qtbot: QtBot) -> None:
    assert ready.items is not None
    before = map_of(ready)
    over_row(ready, qtbot, next(n for n, row in enumerate(table_of(ready).items.rows) if row.prefectures))
    assert map_of(ready) != before
    ready.items.set_filter(Filter(text="没有这样的条目"))
    assert not table_of(ready).items.rows
    assert map_of(ready) == before


def test_a_row_of_several_cities_outlines_them_all(ready: Workbench, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    ready.hovers.join("test", told.append)
    rows = table_of(ready).items.rows
    number = next(number for number, row in enumerate(rows) if len(row.prefectures) > 1)
    over_row(ready, qtbot, number)
    assert told[-1] == rows[number].prefectures


def test_a_sector_or_role_in_the_tree_outlines_the_cities_that_have_it(ready: Workbench, qtbot: QtBot) -> None:
    ready.session.set_view(view_for(ready.session.atlas.plan(STRATEGIC), ["新材料"]))
    plan, told = ready.session.plan, []
    ready.hovers.join("test", told.append)
    before = map_of(ready)
    sector = sector_item(ready, STRATEGIC, "新能源")
    over_item(ready, qtbot, sector)
    assert set(told[-1]) == {entry.place for entry in plan.assignments if entry.sector == "新能源"}
    assert map_of(ready) != before
    sector.setExpanded(True)
    over_item(ready, qtbot, sector.child(0))
    core = {entry.place for entry in plan.assignments if (entry.sector, entry.role) == ("新能源", "核心发展区")}
    assert set(told[-1]) == core
    assert marked(ready) == []
    leave(ready.plans.tree.viewport())
    assert map_of(ready) == before


def test_a_sector_of_another_plan_outlines_nothing_on_this_plans_map(ready: Workbench, qtbot: QtBot) -> None:
    ready.session.set_view(view_for(ready.session.atlas.plan(GREEN), ["钒钛"]))
    before = map_of(ready)
    told: list[tuple[str, ...]] = []
    ready.hovers.join("test", told.append)
    over_item(ready, qtbot, sector_item(ready, STRATEGIC, "新能源"))
    assert told == []
    assert map_of(ready) == before


def test_another_plan_ends_what_the_sector_under_the_pointer_marks(ready: Workbench, qtbot: QtBot) -> None:
    told: list[tuple[str, ...]] = []
    ready.hovers.join("test", told.append)
    over_item(ready, qtbot, sector_item(ready, STRATEGIC, "新能源"))
    assert told[-1]
    ready.session.set_view(view_for(ready.session.atlas.plan(GREEN), ["钒钛"]))
    assert told[-1] == ()


def test_the_map_is_not_drawn_anew_while_the_pointer_goes_down_the_list(
    ready: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, ...]] = []
    ready.hovers.join("test", told.append)
    map_of(ready)
    monkeypatch.setattr("explorer.map_painting.drawn_picture", lambda *_: pytest.fail("drawn anew"))
    for row in range(3):
        over_row(ready, qtbot, row)
        over_row(ready, qtbot, row)
        ready.canvas.repaint()
    shown = [row.prefectures for row in table_of(ready).items.rows[:3]]
    changes = [places for before, places in zip([(), *shown], shown, strict=False) if places != before]
    assert told == changes


def test_pointing_at_a_sector_switches_nothing(ready: Workbench, qtbot: QtBot) -> None:
    view = view_for(ready.session.atlas.plan(STRATEGIC), ["新能源"]).with_pairs([("新能源", "重点拓展区")], False)
    ready.session.set_view(view)
    for plan, name in ((STRATEGIC, "新能源"), (STRATEGIC, "新材料"), (GREEN, "钒钛")):
        item = sector_item(ready, plan, name)
        over_item(ready, qtbot, item)
        assert item.toolTip(0)
        assert ready.session.view == view


def test_a_pointer_that_stands_still_is_over_something_else_when_the_map_moves(ready: Workbench, qtbot: QtBot) -> None:
    canvas, label = ready.canvas, ready.position.place_label
    ready.window.raise_()
    over_leshan(ready, qtbot)
    canvas.keep_extent((canvas.page.scale * 3, *canvas.boundaries().label_points[CHENGDU][:2]))
    assert label.text() != "乐山市"
    canvas.fit()
    assert label.text() == "乐山市"
    ready.window.resize(1000, 700)
    QApplication.processEvents()
    assert label.text() != "乐山市"
