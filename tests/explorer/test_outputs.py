"""The ways out of the window, by key and menu, and the menu of styles."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox
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
    assert words[:5] == ["导出图件…", "复制图件", "打印…", "成套图件…", "一页纸…"]


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


@pytest.mark.parametrize("page", ["word-half", "custom"])
def test_what_is_no_sheet_of_paper_is_printed_on_a4(
    bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    printed: list[tuple[object, ...]] = []
    monkeypatch.setattr("explorer.printing.print_preview", lambda *given: printed.append(given))
    monkeypatch.setattr("explorer.templates.last_page", lambda: page)
    qtbot.keyClick(bench.window, Qt.Key.Key_P, CONTROL)
    assert round(printed[0][2].width / MM) == 297  # type: ignore[attr-defined]


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


def test_a_set_has_the_layers_of_the_window(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.set_view(bench.session.view._replace(layers=frozenset({"regions"})))
    dialog = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    assert dialog.base.layers == {"regions"}
    dialog.layers.setCurrentText("不叠加")
    assert dialog.base.layers == frozenset()


# --- the way from a place ---


def menu_of(bench: Workbench, qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, qtbot: QtBot, words: str) -> None:
    (action,) = [action for action in menu.actions() if action.text() == words]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def right_click(bench: Workbench, qtbot: QtBot, place: str) -> QMenu:
    bench.window.show()
    canvas = bench.canvas
    at = canvas.mapTo(bench.window, canvas.widget_position(place) + QPoint(9, 9))
    QTest.mouseClick(bench.window.windowHandle(), Qt.MouseButton.RightButton, pos=at)
    return menu_of(bench, qtbot)


def test_a_right_click_leads_to_the_city_sheet(bench: Workbench, qtbot: QtBot) -> None:
    menu = right_click(bench, qtbot, "510600")
    assert [action.text() for action in menu.actions()] == [
        "选择德阳市",
        "放大到这里",
        "导出一页纸…",
        "导出这个市的图…",
    ]
    choose(menu, qtbot, "导出一页纸…")
    (dialog,) = bench.window.findChildren(SheetsDialog)
    assert [place.name for place in dialog.wanted] == ["德阳市"]
    dialog.reject()


def test_a_right_click_leads_to_the_figure_of_the_city(bench: Workbench, qtbot: QtBot) -> None:
    choose(right_click(bench, qtbot, "513400"), qtbot, "导出这个州的图…")
    (dialog,) = bench.window.findChildren(ExportDialog)
    assert dialog.view.extent_of == "513400"
    assert "凉山" in dialog.content.title.placeholderText()
    dialog.reject()


def test_a_right_click_selects_or_enlarges(bench: Workbench, qtbot: QtBot) -> None:
    choose(right_click(bench, qtbot, "510600"), qtbot, "选择德阳市")
    assert bench.session.view.place == "510600"
    before = bench.canvas.page.scale
    choose(right_click(bench, qtbot, "510700"), qtbot, "放大到这里")
    assert bench.session.view.place == "510700"
    assert bench.canvas.page.scale > 2 * before
    assert bench.canvas.rect().contains(bench.canvas.widget_position("510700"))


def test_outside_the_province_there_is_no_menu(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.show()
    corner = bench.canvas.mapTo(bench.window, bench.canvas.rect().topRight() + QPoint(-5, 5))
    QTest.mouseClick(bench.window.windowHandle(), Qt.MouseButton.RightButton, pos=corner)
    assert QApplication.activePopupWidget() is None


def menu_key(bench: Workbench) -> None:
    """What the systems send for the key; the one without a screen sends nothing."""
    QApplication.sendEvent(bench.canvas, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))


def test_the_menu_key_opens_the_menu_of_the_selected_city(bench: Workbench, qtbot: QtBot) -> None:
    menu_key(bench)
    assert QApplication.activePopupWidget() is None  # nothing is selected
    bench.session.select_place("510704")  # a county
    menu_key(bench)
    menu = menu_of(bench, qtbot)
    assert menu.actions()[0].text() == "选择游仙区"
    qtbot.keyClick(menu, Qt.Key.Key_Escape)


def test_the_inspector_leads_to_the_city_sheet(bench: Workbench, qtbot: QtBot) -> None:
    button = bench.inspector.sheet
    assert not button.isEnabled()
    bench.session.select_place("510682")  # a county of 德阳
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (dialog,) = bench.window.findChildren(SheetsDialog)
    assert [place.name for place in dialog.wanted] == ["德阳市"]
    dialog.reject()


# --- the menu of styles ---


def test_the_window_has_every_style_but_one(bench: Workbench) -> None:
    words = {style: action.text() for style, action in bench.menus.styles.styles.items()}
    assert words == {style: words for style, words in STYLES.items() if style != SHEETS_ONLY}


def test_the_window_shows_counts_and_black_and_white(bench: Workbench) -> None:
    bench.actions_by_id["all_on"].trigger()
    canvas = bench.canvas
    canvas.repaint()
    before = canvas.picture()
    bench.menus.styles.styles["count"].trigger()
    canvas.repaint()
    counted = canvas.picture()
    assert bench.session.view.style == "count"
    assert counted != before
    bench.menus.styles.bw.trigger()
    canvas.repaint()
    grey = canvas.picture()
    assert bench.menus.styles.bw.isChecked()
    assert grey is not None
    spots = [canvas.widget_position(place.adcode) + QPoint(9, 9) for place in bench.session.atlas.places.prefectures]
    assert all(QColor(grey.pixelColor(spot)).hsvSaturation() < 12 for spot in spots)
    assert SHEETS_ONLY not in bench.menus.styles.styles


def test_menu_and_view_agree(bench: Workbench) -> None:
    bench.session.set_style("stripes")
    bench.session.set_bw(True)
    assert bench.menus.styles.styles["stripes"].isChecked()
    assert bench.menus.styles.bw.isChecked()


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
