"""Windows on a screen of 1366 × 768 at 125 %, with large letters too: everything is in sight or can be scrolled to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from explorer.dialogs.documents import DocumentsDialog
from explorer.dialogs.export import ExportDialog
from explorer.dialogs.room import resize_on_screen
from explorer.dialogs.sets import SetsDialog
from explorer.dialogs.sheets import SheetsDialog
from explorer.dialogs.view_name import ViewNameDialog
from explorer.dialogs.views import ViewsDialog
from explorer.look import apply_look
from explorer.settings import FONT, settings, write
from explorer.workbench import Workbench
from geodata.language import use

WIDTH, HEIGHT = 1092, 614
BARS = 74
"""Pixels that task bar and frame leave no window."""

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(params=[(100, "zh"), (130, "zh"), (130, "en")], ids=str)
def large(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Font and language of the settings, before the window is made."""
    size, code = request.param
    use(code)
    settings()  # the test's own
    write(FONT, size)
    apply_look()
    yield
    use("zh")
    settings().clear()
    apply_look()


@pytest.fixture
def small_bench(prepared: object, large: None, bench: Workbench, qtbot: QtBot) -> Workbench:
    bench.window.show()
    bench.window.resize(WIDTH, HEIGHT - BARS)
    return bench


def is_whole(widget: QWidget, window: QWidget) -> bool:
    """Whether all of a control is in its window and not cut by what holds it."""
    at = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    hint = widget.minimumSizeHint()
    roomy = widget.width() >= hint.width() and widget.height() >= hint.height()
    return window.rect().contains(at) and widget.visibleRegion().boundingRect() == widget.rect() and roomy


def dialogs(bench: Workbench) -> list[QDialog]:
    return [
        ExportDialog(bench.session, bench.window),
        SetsDialog(bench.session, bench.window),
        SheetsDialog(bench.session, bench.window),
        DocumentsDialog(bench.session, lambda: None, bench.window),
        ViewsDialog(bench.views),
    ]


def test_the_buttons_of_every_dialog_are_in_sight(small_bench: Workbench, qtbot: QtBot) -> None:
    for dialog in dialogs(small_bench):
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.resize(min(dialog.width(), WIDTH - 40), HEIGHT - BARS)
        QApplication.processEvents()
        assert dialog.height() == HEIGHT - BARS, type(dialog)
        buttons = [button for button in dialog.findChildren(QPushButton) if button.isVisible()]
        assert len(buttons) > 1
        cut = [button.text() for button in buttons if not is_whole(button, dialog)]
        assert cut == [], type(dialog)
        dialog.close()


def test_what_has_no_room_in_the_export_dialog_is_scrolled_to(small_bench: Workbench, qtbot: QtBot) -> None:
    dialog = ExportDialog(small_bench.session, small_bench.window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(WIDTH - 40, HEIGHT - BARS)
    for tab, last in enumerate((dialog.content.layers["sites"], dialog.furnish.shown["note"], dialog.furnish.date)):
        dialog.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        area = dialog.tabs.currentWidget()
        assert isinstance(area, QScrollArea)
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        assert is_whole(last, dialog)
        content = area.widget()
        assert content.width() <= area.viewport().width(), "nothing is cut at the right"


def test_a_dialog_is_never_made_larger_than_the_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    resize_on_screen(dialog, 9000, 9000)
    room = dialog.screen().availableGeometry()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
    resize_on_screen(dialog, 300, 200)
    assert (dialog.width(), dialog.height()) == (300, 200)


@pytest.mark.parametrize("pane", ["items_dock", "matrix_dock"])
def test_a_lower_pane_does_not_push_the_window_off_the_screen(small_bench: Workbench, pane: str, qtbot: QtBot) -> None:
    bench = small_bench
    dock = getattr(bench, pane)
    dock.show()
    bench.fill(dock)
    QApplication.processEvents()
    assert bench.window.minimumSizeHint().width() <= WIDTH
    assert bench.window.width() == WIDTH
    buttons = [button for button in dock.widget().findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons if not is_whole(button, bench.window)] == []


def test_a_squeezed_list_to_choose_from_ends_in_an_ellipsis(small_bench: Workbench, qtbot: QtBot) -> None:
    bench = small_bench
    bench.items_dock.show()
    bench.fill(bench.items_dock)
    assert bench.items is not None
    box = bench.items.filters.plan
    box.setCurrentIndex(1)
    box.resize(90, box.height())
    assert box.shown_text() != box.currentText()
    assert box.shown_text().endswith("…")
    box.resize(400, box.height())
    assert box.shown_text() == box.currentText()


def test_with_room_no_filter_and_no_plan_is_cut(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.show()
    bench.window.resize(1920, 1000)
    bench.items_dock.show()
    bench.fill(bench.items_dock)
    QApplication.processEvents()
    assert bench.items is not None
    assert all(box.shown_text() == box.currentText() for box in bench.items.filters.choices)
    table = bench.items.table
    advance = table.fontMetrics().horizontalAdvance
    titles = [plan.title for plan in bench.session.atlas.plans]
    assert all(advance(title) < table.columnWidth(1) for title in titles)
    header = table.horizontalHeader()
    assert sum(header.sectionSize(column) for column in range(header.count())) == table.viewport().width()


def test_columns_keep_the_width_that_the_user_gave_them(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.show()
    bench.items_dock.show()
    bench.fill(bench.items_dock)
    QApplication.processEvents()
    assert bench.items is not None
    header = bench.items.table.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(1) + header.sectionSize(1) - 1, header.height() // 2)
    before = header.sectionSize(1)
    qtbot.mouseMove(header.viewport(), edge)
    qtbot.mousePress(header.viewport(), LEFT, pos=edge)
    qtbot.mouseMove(header.viewport(), edge + QPoint(57, 0))
    qtbot.mouseRelease(header.viewport(), LEFT, pos=edge + QPoint(57, 0))
    assert header.sectionSize(1) == before + 57
    bench.window.resize(2000, 1000)
    QApplication.processEvents()
    assert header.sectionSize(1) == before + 57


def test_the_name_of_a_plan_has_the_whole_width_of_the_tree(small_bench: Workbench) -> None:
    tree = small_bench.plans.tree
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        assert item.isFirstColumnSpanned()
        assert item.toolTip(0)


def test_the_buttons_for_a_name_have_no_icons_of_the_system(qtbot: QtBot) -> None:
    dialog = ViewNameDialog("保存视图", "成都", (), lambda name: None)
    qtbot.addWidget(dialog)
    assert [(button.text(), button.icon().isNull()) for button in dialog.findChildren(QPushButton)] == [
        ("确定", True),
        ("取消", True),
    ]
    assert dialog.ok.isDefault()
