"""Undo and redo as a person meets them: every change of view and extent is a step, and every widget follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.history import MOST, History, Step
from explorer.workbench import Workbench
from geodata.atlas import Atlas
from layers.view import ViewState

DEYANG, MIANYANG = "510600", "510700"
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def press(qtbot: QtBot, bench: Workbench, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    """A key of the window, and what follows from it."""
    qtbot.keyClick(bench.window.focusWidget() or bench.window, key, modifier)
    QApplication.processEvents()


def click(qtbot: QtBot, bench: Workbench, adcode: str) -> None:
    qtbot.mouseClick(bench.canvas, LEFT, pos=bench.canvas.widget_position(adcode) + QPoint(0, -18))
    QApplication.processEvents()


def turn_wheel(bench: Workbench, steps: int) -> None:
    at = QPointF(bench.canvas.width() / 2, bench.canvas.height() / 2)
    modifiers, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    for _ in range(steps):
        event = QWheelEvent(
            at, bench.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifiers, phase, False
        )
        QApplication.sendEvent(bench.canvas, event)
        QApplication.processEvents()


def end_movement(bench: Workbench) -> None:
    """As if some time had passed without another move."""
    bench.recorder.movement.stop()


@pytest.fixture
def ready(bench: Workbench, qtbot: QtBot) -> Workbench:
    """The window, shown, with everything open that follows the view."""
    bench.items_dock.show()
    bench.chart_dock.show()
    qtbot.waitExposed(bench.window)
    bench.window.activateWindow()
    bench.canvas.setFocus()
    QApplication.processEvents()
    return bench


def test_a_start_leaves_nothing_to_undo(ready: Workbench) -> None:
    assert not ready.actions_by_id["undo"].isEnabled()
    assert not ready.actions_by_id["redo"].isEnabled()


def test_switches_selections_and_styles_are_undone_in_turn_and_done_again(ready: Workbench, qtbot: QtBot) -> None:
    session = ready.session
    views = [session.view]
    for do in (
        lambda: press(qtbot, ready, Key.Key_2, Qt.KeyboardModifier.AltModifier),
        lambda: click(qtbot, ready, DEYANG),
        lambda: ready.menus.styles.styles["glyphs"].trigger(),
        lambda: ready.menus.styles.bw.trigger(),
        lambda: qtbot.mouseClick(ready.plans.layers["regions"], LEFT, pos=QPoint(8, 8)),
        lambda: press(qtbot, ready, Key.Key_A, CTRL | SHIFT),
        lambda: press(qtbot, ready, Key.Key_BracketRight, Qt.KeyboardModifier.NoModifier),
    ):
        do()
        QApplication.processEvents()
        views.append(session.view)
    assert len(set(views)) == 8
    for view in reversed(views[:-1]):
        press(qtbot, ready, Key.Key_Z)
        assert session.view == view
    assert not ready.actions_by_id["undo"].isEnabled()
    for number, view in enumerate(views[1:]):
        press(qtbot, ready, *((Key.Key_Y, CTRL) if number % 2 else (Key.Key_Z, CTRL | SHIFT)))
        assert session.view == view
    assert not ready.actions_by_id["redo"].isEnabled()


def test_every_widget_follows_an_undo(ready: Workbench, qtbot: QtBot) -> None:
    press(qtbot, ready, Key.Key_2, Qt.KeyboardModifier.AltModifier)
    ready.session.set_style("glyphs")
    ready.session.show_layer("regions", True)
    QApplication.processEvents()
    click(qtbot, ready, DEYANG)
    for _ in range(3):
        press(qtbot, ready, Key.Key_Z)
    sectors = ready.session.plan.sectors
    tree = ready.plans.tree
    checked = [
        tree.topLevelItem(0).child(row).text(0)
        for row in range(tree.topLevelItem(0).childCount())
        if tree.topLevelItem(0).child(row).checkState(0) == Qt.CheckState.Checked
    ]
    assert checked == [sectors[0].name]
    assert ready.menus.styles.styles["auto"].isChecked()
    assert not ready.plans.layers["regions"].isChecked()
    assert ready.inspector.chooser.currentIndex() == -1
    assert not ready.actions_by_id["clear_place"].isEnabled()


def test_a_new_change_after_an_undo_ends_what_could_be_redone(ready: Workbench, qtbot: QtBot) -> None:
    click(qtbot, ready, DEYANG)
    press(qtbot, ready, Key.Key_Z)
    assert ready.actions_by_id["redo"].isEnabled()
    click(qtbot, ready, MIANYANG)
    assert not ready.actions_by_id["redo"].isEnabled()
    press(qtbot, ready, Key.Key_Z)
    assert ready.session.view.place is None


def test_hovering_is_no_step(ready: Workbench, qtbot: QtBot) -> None:
    for adcode in (DEYANG, MIANYANG):
        qtbot.mouseMove(ready.canvas, ready.canvas.widget_position(adcode) + QPoint(0, -18))
        QApplication.processEvents()
    assert ready.recorder.history.past == ()


def test_one_turn_of_the_wheel_is_one_step_and_undo_goes_back_to_the_extent(ready: Workbench, qtbot: QtBot) -> None:
    turn_wheel(ready, 5)
    end_movement(ready)
    near = ready.canvas.extent_to_keep()
    qtbot.keyClick(ready.canvas, Key.Key_Left)
    QApplication.processEvents()
    assert ready.canvas.extent_to_keep() != near
    press(qtbot, ready, Key.Key_Z)
    assert ready.canvas.extent_to_keep() == near
    press(qtbot, ready, Key.Key_Z)
    assert ready.canvas.extent_to_keep() is None
    assert not ready.actions_by_id["undo"].isEnabled()
    press(qtbot, ready, Key.Key_Y)
    assert ready.canvas.extent_to_keep() == near


def test_a_movement_that_ends_where_it_began_is_no_step(ready: Workbench, qtbot: QtBot) -> None:
    turn_wheel(ready, 2)
    press(qtbot, ready, Key.Key_0)
    assert ready.recorder.history.past == ()
    turn_wheel(ready, 2)
    press(qtbot, ready, Key.Key_Z)
    assert ready.canvas.extent_to_keep() is None


def test_undoing_a_switch_does_not_lose_where_one_was(ready: Workbench, qtbot: QtBot) -> None:
    press(qtbot, ready, Key.Key_2, Qt.KeyboardModifier.AltModifier)
    turn_wheel(ready, 4)
    near = ready.canvas.extent_to_keep()
    press(qtbot, ready, Key.Key_3, Qt.KeyboardModifier.AltModifier)
    press(qtbot, ready, Key.Key_Z)
    assert ready.canvas.extent_to_keep() == near


def test_stepping_to_a_city_out_of_sight_is_one_step(ready: Workbench, qtbot: QtBot) -> None:
    turn_wheel(ready, 9)
    end_movement(ready)
    before = ready.canvas.extent_to_keep()
    press(qtbot, ready, Key.Key_BracketLeft, Qt.KeyboardModifier.NoModifier)
    assert ready.canvas.extent_to_keep() != before
    press(qtbot, ready, Key.Key_Z)
    assert (ready.session.view.place, ready.canvas.extent_to_keep()) == (None, before)


def test_ctrl_z_in_the_search_field_undoes_typing_and_nothing_else(ready: Workbench, qtbot: QtBot) -> None:
    click(qtbot, ready, DEYANG)
    assert ready.items is not None
    field = ready.items.filters.search
    view = ready.session.view
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    press(qtbot, ready, Key.Key_Z)
    assert field.text() == ""
    assert ready.session.view == view


def test_ctrl_z_works_while_the_report_has_the_focus(ready: Workbench, qtbot: QtBot) -> None:
    click(qtbot, ready, DEYANG)
    ready.inspector.text.setFocus()
    press(qtbot, ready, Key.Key_Z)
    assert ready.session.view.place is None


def test_the_status_line_says_what_was_undone(ready: Workbench, qtbot: QtBot) -> None:
    ready.session.show_layer("regions", True)
    press(qtbot, ready, Key.Key_Z)
    assert ready.window.statusBar().currentMessage() == "已撤销：图层"
    press(qtbot, ready, Key.Key_Y)
    assert ready.window.statusBar().currentMessage() == "已重做：图层"


def test_views_of_a_plan_that_is_gone_are_not_gone_back_to(ready: Workbench, qtbot: QtBot) -> None:
    session = ready.session
    first, other = session.view.plan, session.atlas.plans[1]
    session.set_view(ViewState(other.id))
    QApplication.processEvents()
    session.set_view(ViewState(first))
    session.set_atlas(Atlas(tuple(plan for plan in session.atlas.plans if plan is not other)))
    QApplication.processEvents()
    press(qtbot, ready, Key.Key_Z)
    assert session.view.plan == first


def test_a_hundred_steps_are_kept() -> None:
    history = History(Step(ViewState("0")))
    for number in range(1, 151):
        history = history.then(Step(ViewState(str(number))))
    for _ in range(MOST):
        history = history.undone()
    assert history.present.view.plan == "50"
    assert history.undone() == history


@given(st.lists(st.sampled_from(["undo", "redo", "a", "b", "c"]), max_size=60))
def test_undo_and_redo_are_each_others_contrary(moves: list[str]) -> None:
    history = History(Step(ViewState("first")))
    for move in moves:
        if move == "undo":
            assert history.undone() == history or history.undone().redone() == history
            history = history.undone()
        elif move == "redo":
            assert history.redone() == history or history.redone().undone() == history
            history = history.redone()
        else:
            before = history.present
            history = history.then(Step(ViewState(move)))
            assert history.future == ()
            assert history.undone().present == before
