"""“只看核心”: by key, menu and palette; one step; what it says follows the view, whoever changed it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.commands import commands
from explorer.workbench import Workbench
from layers.view import NO_ROLE, view_for

STRATEGIC, GREEN = "sichuan-strategic-13", "sichuan-green-14"
CORE, EXPANSION = "核心发展区", "重点拓展区"
Key = Qt.Key


@pytest.fixture
def ready(bench: Workbench, qtbot: QtBot) -> Workbench:
    """Two sectors on the map, and the keys go to it."""
    bench.session.set_view(view_for(bench.session.atlas.plan(STRATEGIC), ["新材料", "生物"]))
    qtbot.waitExposed(bench.window)
    bench.window.activateWindow()
    bench.canvas.setFocus()
    QApplication.processEvents()
    return bench


def press(bench: Workbench, qtbot: QtBot) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(bench.canvas, Key.Key_H, modifiers)
    QApplication.processEvents()


def test_the_key_leaves_the_core_roles_and_gives_all_back_each_in_one_step(ready: Workbench, qtbot: QtBot) -> None:
    session, action = ready.session, ready.actions_by_id["core_only"]
    before, steps = session.view, len(ready.recorder.history.past)
    assert (action.isEnabled(), action.isChecked()) == (True, False)
    press(ready, qtbot)
    assert session.view.shown == {("新材料", CORE), ("生物", CORE)}
    assert action.isChecked()
    assert len(ready.recorder.history.past) == steps + 1
    ready.recorder.undo()
    assert session.view == before
    assert not action.isChecked()
    ready.recorder.redo()
    press(ready, qtbot)
    assert session.view == before
    assert not action.isChecked()


def test_the_check_follows_the_tree_and_the_palette_says_the_same(ready: Workbench) -> None:
    session, action = ready.session, ready.actions_by_id["core_only"]
    session.show_pairs([("新材料", EXPANSION)], False)
    assert not action.isChecked()
    session.show_pairs([("生物", EXPANSION)], False)
    assert action.isChecked()
    command = next(command for command in commands(ready) if command.text == "只看核心")
    assert (command.on, command.enabled) == (True, True)
    command.run()
    assert {role for _, role in session.view.shown} == {CORE, EXPANSION}


def test_from_the_expansion_alone_it_goes_to_the_core(ready: Workbench) -> None:
    ready.session.set_view(ready.session.view._replace(shown=frozenset({("生物", EXPANSION)})))
    ready.actions_by_id["core_only"].trigger()
    assert ready.session.view.shown == {("生物", CORE)}


def test_without_roles_or_sectors_it_is_off_and_says_why(ready: Workbench, qtbot: QtBot) -> None:
    session, action = ready.session, ready.actions_by_id["core_only"]
    session.set_view(session.view._replace(shown=frozenset()))
    assert (action.isEnabled(), action.toolTip()) == (False, "先打开一个产业")
    session.set_view(view_for(session.atlas.plan(GREEN), ["钒钛"]))
    assert not action.isEnabled()
    assert "没有给市（州）分配核心角色" in action.toolTip()
    press(ready, qtbot)
    assert session.view.shown == {("钒钛", NO_ROLE)}
    menu = next(entry.menu() for entry in ready.window.menuBar().actions() if entry.text() == "查看(&V)")
    assert menu.toolTipsVisible()
    session.set_view(view_for(session.atlas.plan(STRATEGIC), ["生物"]))
    assert action.isEnabled()
    assert "Ctrl+Shift+H" in action.toolTip()
