"""The panes around the map: a key leads into each, and what is opened has room to be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from explorer import workbench
from explorer.dialogs.documents import DocumentsDialog
from explorer.first import FirstWindow
from explorer.start import furnish_window
from explorer.workbench import Workbench
from geodata.analysis.items import items

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
LESHAN, DEYANG = "511100", "510600"


@pytest.fixture
def ready(bench: Workbench, qtbot: QtBot) -> Workbench:
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    bench.canvas.setFocus()
    return bench


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """On whatever has the focus."""
    qtbot.keyClick(focus(), key, modifier)
    QApplication.processEvents()


def whole_rows(table: QTableView) -> int:
    return table.viewport().height() // table.verticalHeader().defaultSectionSize()


# --- keys ---


def test_a_key_leads_into_each_pane_and_shows_a_hidden_one(ready: Workbench, qtbot: QtBot) -> None:
    ready.plans_dock.hide()
    press(qtbot, Key.Key_1, CTRL)
    assert focus() is ready.plans.tree
    assert ready.plans_dock.isVisible()
    press(qtbot, Key.Key_2, CTRL)
    assert focus() is ready.canvas
    press(qtbot, Key.Key_3, CTRL)
    assert focus() is ready.inspector.text
    press(qtbot, Key.Key_4, CTRL)
    assert ready.source is not None
    assert focus() is ready.source.text
    press(qtbot, Key.Key_5, CTRL)
    assert ready.matrix is not None
    assert focus() is ready.matrix.table


def test_the_key_of_the_lower_pane_goes_to_the_one_that_is_seen(ready: Workbench, qtbot: QtBot) -> None:
    ready.matrix_dock.show()
    ready.items_dock.show()
    ready.items_dock.raise_()
    QApplication.processEvents()
    press(qtbot, Key.Key_5, CTRL)
    assert ready.items is not None
    assert focus() is ready.items.table


def test_from_a_search_two_keys_lead_to_the_page_and_enter_opens_it(ready: Workbench, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F, CTRL)
    qtbot.keyClicks(focus(), "leshan")
    press(qtbot, Key.Key_Return)
    assert ready.session.view.place == LESHAN
    press(qtbot, Key.Key_3, CTRL)
    press(qtbot, Key.Key_Tab)
    assert ready.inspector.text.textCursor().selectedText() == "五（六），第23页"
    press(qtbot, Key.Key_Return)
    assert ready.source_dock.isVisible()
    assert ready.source is not None
    assert "第23页" in ready.source.source.text()


def test_tab_goes_over_the_links_of_the_report_and_back(ready: Workbench, qtbot: QtBot) -> None:
    ready.session.select_place("513400")
    report = ready.inspector.text
    words = [report.toPlainText()[link.start : link.end] for link in report.links()]
    ready.inspector.copy.setFocus()
    seen = []
    press(qtbot, Key.Key_Tab)
    while focus() is report:
        seen.append(report.textCursor().selectedText())
        press(qtbot, Key.Key_Tab)
    assert seen == words
    assert not report.textCursor().hasSelection()  # no link seems to have its turn while the keys are elsewhere
    press(qtbot, Key.Key_Backtab, SHIFT)
    assert focus() is report
    back = []
    while focus() is report:
        back.append(report.textCursor().selectedText())
        press(qtbot, Key.Key_Backtab, SHIFT)
    assert back == words[::-1]


# --- room ---


@pytest.mark.parametrize(("size", "least"), [((1366, 740), 8), ((1024, 670), 4)])
@pytest.mark.parametrize("name", ["matrix", "items"])
def test_a_table_opens_with_rows_to_read_and_leaves_the_map_room(
    ready: Workbench, qtbot: QtBot, size: tuple[int, int], least: int, name: str
) -> None:
    ready.window.resize(*size)
    QApplication.processEvents()
    getattr(ready, f"{name}_dock").show()
    QApplication.processEvents()
    assert whole_rows(getattr(ready, name).table) >= least
    assert ready.canvas.height() >= 250


@pytest.mark.parametrize("others", [(), ("items",)])
def test_the_height_that_the_user_gave_a_table_is_there_at_the_next_start(
    ready: Workbench, qtbot: QtBot, others: tuple[str, ...]
) -> None:
    for name in (*others, "matrix"):
        getattr(ready, f"{name}_dock").show()
        getattr(ready, f"{name}_dock").raise_()
        QApplication.processEvents()
    ready.window.resizeDocks([ready.matrix_dock], [280], Qt.Orientation.Vertical)
    QApplication.processEvents()
    height = ready.matrix_dock.height()
    ready.window.close()
    window = FirstWindow()
    qtbot.addWidget(window)
    again = furnish_window(window)
    assert again is not None
    qtbot.waitUntil(lambda: again.matrix is not None and again.matrix_dock.height() == height)


def share(bench: Workbench) -> float:
    """Of the right column, what the source pane has."""
    QApplication.processEvents()
    return bench.source_dock.height() / (bench.source_dock.height() + bench.inspector_dock.height())


def test_the_source_pane_is_small_until_it_shows_a_passage(ready: Workbench, qtbot: QtBot) -> None:
    ready.session.select_place(LESHAN)
    ready.source_dock.show()
    assert share(ready) <= 0.26
    press(qtbot, Key.Key_3, CTRL)
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Return)
    assert share(ready) >= 0.4
    ready.session.select_place(DEYANG)
    assert share(ready) <= 0.26


def test_adding_the_file_of_a_passage_opens_the_file_dialog_at_once(
    ready: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    ready.session.select_place(LESHAN)
    press(qtbot, Key.Key_3, CTRL)
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_Return)
    assert ready.source is not None
    qtbot.mouseClick(ready.source.add, Qt.MouseButton.LeftButton)
    asking = ready.window.findChild(QFileDialog)
    assert asking.isVisible()
    file = tmp_path / "不是规划.txt"
    file.write_text("别的文字", encoding="utf-8")
    asking.filesSelected.emit([str(file)])
    told = ready.window.findChild(DocumentsDialog)
    assert told.isVisible()
    qtbot.waitUntil(lambda: told.results.topLevelItemCount() == 1)


# --- the status line ---


def test_report_and_passage_can_be_read_beside_a_table(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.resize(1366, 720)
    bench.session.select_place("510600")
    bench.matrix_dock.show()
    bench.fill(bench.matrix_dock)
    plan = bench.session.plan
    bench.show_source(plan, "德阳", next(item for item in plan.assignments if item.place == "510600").citations)
    assert bench.source is not None
    passage, report = bench.source.text, bench.inspector.text
    qtbot.waitUntil(lambda: min(passage.height(), report.height()) > 150)
    assert bench.matrix_dock.geometry().right() < bench.inspector_dock.x()
    bench.source_dock.hide()
    qtbot.waitUntil(lambda: bench.matrix_dock.geometry().right() > bench.inspector_dock.x())


def test_a_message_goes_with_the_next_change_of_the_view(ready: Workbench) -> None:
    for change in (lambda: ready.session.show_sector("新材料", True), lambda: ready.session.select_place(DEYANG)):
        ready.session.notice.emit("已复制出处")
        assert ready.window.statusBar().currentMessage() == "已复制出处"
        change()
        assert ready.window.statusBar().currentMessage() == ""


def test_a_message_goes_by_itself(ready: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "NOTICE_FOR", 1)
    ready.session.notice.emit("已复制出处")
    qtbot.waitUntil(lambda: ready.window.statusBar().currentMessage() == "")


def test_a_pane_that_is_asked_for_comes_before_its_neighbours(ready: Workbench, qtbot: QtBot) -> None:
    docks = (ready.matrix_dock, ready.items_dock)
    for dock in docks:
        dock.toggleViewAction().trigger()
        qtbot.waitUntil(lambda dock=dock: not dock.visibleRegion().isEmpty())


def test_what_the_list_leads_to_is_drawn(ready: Workbench) -> None:
    session = ready.session
    ready.actions_by_id["all_off"].trigger()
    ready.items_dock.show()
    ready.fill(ready.items_dock)
    assert ready.items is not None
    park = next(item for item in items(session.plan) if item.key.kind == "site" and item.sectors and item.spots)
    ready.items.on_activate(park.key)
    assert session.view.item == park.key
    assert {sector for sector, _ in session.view.shown} & set(park.sectors)
    assert "已打开产业" in ready.window.statusBar().currentMessage()
