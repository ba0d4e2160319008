"""The ways out of the window, by key and menu, and the menu of styles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.dialogs.export import ExportDialog
from explorer.dialogs.sets import SetsDialog
from explorer.dialogs.sheets import SheetsDialog
from explorer.outputs import COPIED
from explorer.templates import SHEETS_ONLY, keep_template
from explorer.workbench import Workbench
from layers.page import MM
from layers.template import Template
from layers.view import STYLES, role_pairs, view_from_json, view_to_json

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "kind"),
    [
        (Qt.Key.Key_E, CONTROL, ExportDialog),
        (Qt.Key.Key_E, CONTROL | SHIFT, SetsDialog),
        (Qt.Key.Key_P, CONTROL | SHIFT, SheetsDialog),
    ],
)
def test_a_key_opens_the_dialog(
    bench: Workbench, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, kind: type[QDialog]
) -> None:
    qtbot.keyClick(bench.window, key, modifiers)
    found = bench.window.findChildren(kind)
    assert [dialog.isVisible() for dialog in found] == [True]
    qtbot.keyClick(found[0], Qt.Key.Key_Escape)
    assert not found[0].isVisible()


def test_the_file_menu_has_all_the_ways_out(bench: Workbench) -> None:
    menu = bench.window.menuBar().actions()[0].menu()
    words = [action.text() for action in menu.actions()]  # type: ignore[attr-defined]
    assert words[:5] == ["导出图件…", "复制图件", "打印…", "成套图件…", "一市一页…"]


def test_printing_takes_the_page_used_last(bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[tuple[object, ...]] = []
    monkeypatch.setattr("explorer.printing.print_preview", lambda *given: printed.append(given))
    monkeypatch.setattr("explorer.templates.last_page", lambda: "slide")
    keep_template("slide", Template(legend="ne"))
    bench.session.set_bw(True)
    qtbot.keyClick(bench.window, Qt.Key.Key_P, CONTROL)
    parent, scene, page = printed[0]
    assert parent is bench.window
    assert (scene.view.template.legend, scene.view.template.bw) == ("ne", True)  # type: ignore[attr-defined]
    assert round(page.width / MM, 1) == 338.7  # type: ignore[attr-defined]


def test_what_fails_in_copying_is_said(bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.templates.page_size", lambda page: (60.0, 60.0))
    QGuiApplication.clipboard().setText("earlier")
    bench.actions_by_id["copy"].trigger()
    qtbot.waitUntil(lambda: bool(bench.window.findChildren(QMessageBox)), timeout=20_000)
    box = bench.window.findChildren(QMessageBox)[0]
    assert "放不下图例" in box.text()
    assert QGuiApplication.clipboard().text() == "earlier"
    box.close()


def test_a_window_that_is_closed_while_it_copies_stops_copying(bench: Workbench, qtbot: QtBot) -> None:
    said: list[str] = []
    bench.session.notice.connect(said.append)
    bench.actions_by_id["copy"].trigger()
    bench.actions_by_id["copy"].trigger()  # one at a time
    bench.window.close()
    assert said == ["正在复制图件……"]
    assert COPIED not in said


def test_a_set_takes_the_template_of_its_page(bench: Workbench, qtbot: QtBot) -> None:
    keep_template("a3", Template(off=frozenset({"north"}), number="图 9", bw=True))
    dialog = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    dialog.paper.setCurrentIndex(dialog.paper.findData("a3"))
    template = dialog.base.template
    assert not template.has("north")
    assert (template.number, template.bw) == ("", False)  # of one figure, and of the window's view


# --- the menu of styles ---


def test_the_window_has_every_style_but_one(bench: Workbench) -> None:
    words = {style: action.text() for style, action in bench.styles.styles.items()}
    assert words == {style: words for style, words in STYLES.items() if style != SHEETS_ONLY}


def test_the_window_shows_counts_and_black_and_white(bench: Workbench) -> None:
    bench.actions_by_id["all_on"].trigger()
    canvas = bench.canvas
    canvas.repaint()
    before = canvas.picture()
    bench.styles.styles["count"].trigger()
    canvas.repaint()
    counted = canvas.picture()
    assert bench.session.view.style == "count"
    assert counted != before
    bench.styles.bw.trigger()
    canvas.repaint()
    grey = canvas.picture()
    assert bench.styles.bw.isChecked()
    assert grey is not None
    spots = [canvas.widget_position(place.adcode) + QPoint(9, 9) for place in bench.session.atlas.places.prefectures]
    assert all(QColor(grey.pixelColor(spot)).hsvSaturation() < 12 for spot in spots)
    assert SHEETS_ONLY not in bench.styles.styles


def test_menu_and_view_agree(bench: Workbench) -> None:
    bench.session.set_style("stripes")
    bench.session.set_bw(True)
    assert bench.styles.styles["stripes"].isChecked()
    assert bench.styles.bw.isChecked()


def test_black_and_white_stays_with_another_plan_and_the_next_start(bench: Workbench) -> None:
    session = bench.session
    session.set_bw(True)
    other = next(plan for plan in session.atlas.plans if plan.id != session.plan.id)
    session.show_pairs(role_pairs(other, other.sectors[0].id), True, other.id)
    assert session.plan is other
    assert session.view.template.bw
    again = view_from_json(view_to_json(session.view), session.atlas.plans)
    assert again == session.view


def test_small_multiples_from_old_settings_do_no_harm(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.set_style(SHEETS_ONLY)
    bench.canvas.repaint()
    assert bench.canvas.picture() is not None
    qtbot.mouseClick(bench.canvas, Qt.MouseButton.LeftButton, pos=bench.canvas.widget_position("510600"))
    assert bench.session.view.place == "510600"
