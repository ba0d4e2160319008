"""Changing the language while the program runs: the window is the same, in other words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import explorer.start
from explorer.commands import commands, search
from explorer.dialogs.settings import SettingsDialog
from explorer.first import FirstWindow
from explorer.settings import LANGUAGE, read
from explorer.workbench import Workbench
from geodata.folders import RESOURCES, config_folder
from geodata.language import language, use
from layers.view import view_to_json

HAN = re.compile(r"[\u3400-\u9fff，。；：（）、]")


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    use("zh")
    for window in QApplication.topLevelWidgets():
        if isinstance(window, FirstWindow):
            window.close()
            window.deleteLater()
    explorer.start._successor = None


@pytest.fixture
def bench(qtbot: QtBot, prepared: Path) -> Workbench:
    """As elsewhere, but not closed by pytest-qt: a change of language does that."""
    workbench = explorer.start.furnish_window(FirstWindow())
    assert workbench is not None
    workbench.window.resize(1600, 900)
    with qtbot.waitSignal(workbench.session.atlas_changed):
        pass
    return workbench


def choose(bench: Workbench, code: str, qtbot: QtBot) -> Workbench:
    """Opens the settings and chooses a language there; gives the window that is there afterwards."""
    bench.actions_by_id["settings"].trigger()
    dialog = bench.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    box = dialog.language
    box.setFocus()
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: language() == code)
    made = explorer.start._successor
    assert made is not None
    return made


@pytest.fixture
def english(bench: Workbench, qtbot: QtBot) -> Workbench:
    return choose(bench, "en", qtbot)


def words_of(window: QWidget) -> set[str]:
    """All that stands on controls, in menus and in titles, is read to the blind, or comes as a tip."""
    found = {window.windowTitle()}
    for action in window.findChildren(QAction):
        found |= {action.text(), action.toolTip()}
    for widget in window.findChildren(QWidget):
        found |= {widget.toolTip(), widget.accessibleName()}
        if isinstance(widget, QLabel | QAbstractButton):
            found.add(widget.text())
        elif isinstance(widget, QGroupBox):
            found.add(widget.title())
        elif isinstance(widget, QDockWidget):
            found.add(widget.windowTitle())
        elif isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        elif isinstance(widget, QComboBox):
            found |= {widget.itemText(row) for row in range(widget.count())}
    return found


def names(bench: Workbench) -> set[str]:
    """What is data and stays Chinese: every text of packs, boundaries and economic zones."""
    found = {place.name for place in bench.session.atlas.places.prefectures}
    packs = [
        (RESOURCES / "plans" / f"{plan.id}.json").read_text(encoding="utf-8") for plan in bench.session.atlas.plans
    ]
    for raw in (*packs, (RESOURCES / "zones.json").read_text(encoding="utf-8")):
        found |= {json.loads(text) for text in re.findall(r'"(?:[^"\\\\]|\\\\.)*"', raw)}
    return {name for name in found if HAN.search(name)}


def chinese_in(found: set[str], data: set[str]) -> list[str]:
    """The texts in which something Chinese is left when the data's names are taken out."""
    left = []
    for text in found:
        rest = text.replace("中文", "")
        for name in sorted(data, key=len, reverse=True):
            rest = rest.replace(name, "")
        if HAN.search(rest):
            left.append(text)
    return left


def test_the_window_speaks_english_at_once_and_the_settings_stay_open(bench: Workbench, english: Workbench) -> None:
    assert english.window.isVisible()
    assert not isValid(bench.window)
    assert english.window.windowTitle() == "Industrial Layout Explorer"
    assert english.actions_by_id["export"].text() == "Export figure…"
    dialog = english.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Settings"
    assert read(LANGUAGE) == "en"


def test_nothing_on_the_window_is_chinese_but_names(english: Workbench, qtbot: QtBot) -> None:
    for dock in english.docks():
        dock.show()
        dock.raise_()
        QApplication.processEvents()
    assert None not in (english.matrix, english.items, english.chart, english.timeline, english.source)
    assert chinese_in(words_of(english.window), names(english)) == []


def test_chinese_comes_back(english: Workbench, qtbot: QtBot) -> None:
    again = choose(english, "zh", qtbot)
    assert again.actions_by_id["export"].text() == "导出图件…"
    assert again.window.windowTitle() == "产业布局图"


def test_view_extent_panes_and_steps_are_the_same(bench: Workbench, qtbot: QtBot) -> None:
    session = bench.session
    session.select_place("510600")
    qtbot.waitUntil(lambda: not bench.recorder._event.isActive())
    bench.canvas.zoom(2)
    bench.matrix_dock.show()
    view, extent = session.view, bench.canvas.extent_to_keep()
    past = len(bench.recorder.history.past)
    made = choose(bench, "en", qtbot)
    assert made.session.view == view
    qtbot.waitUntil(lambda: made.canvas.extent_to_keep() is not None)
    assert made.canvas.extent_to_keep() == pytest.approx(extent, rel=0.02)
    assert made.matrix_dock.isVisible()
    assert [plan.id for plan in made.session.atlas.plans] == [plan.id for plan in session.atlas.plans]
    assert len(made.recorder.history.past) == past
    made.actions_by_id["undo"].trigger()
    made.actions_by_id["undo"].trigger()
    assert made.session.view.place is None


def test_the_next_start_is_in_the_chosen_language(english: Workbench, qtbot: QtBot) -> None:
    english.window.close()
    use(str(read(LANGUAGE)))
    window = FirstWindow()
    assert window.windowTitle() == "Industrial Layout Explorer"
    assert explorer.start.furnish_window(window) is not None


def test_commands_are_found_by_their_names_in_both_languages(bench: Workbench, qtbot: QtBot) -> None:
    assert search("export figure", commands(bench))[0].text == "导出图件…"
    english = choose(bench, "en", qtbot)
    listed = commands(english)
    assert search("export figure", listed)[0].text == "Export figure…"
    assert search("导出图件", listed)[0].text == "Export figure…"
    assert search("dctj", listed)[0].text == "Export figure…"


def test_the_restored_defaults_are_chinese(english: Workbench, qtbot: QtBot) -> None:
    dialog = english.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: language() == "zh")
    made = explorer.start._successor
    assert made is not None
    assert made.actions_by_id["quit"].text() == "退出"


def test_there_and_back_at_once_changes_nothing(bench: Workbench, qtbot: QtBot) -> None:
    bench.actions_by_id["settings"].trigger()
    dialog = bench.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    for code in ("en", "zh"):
        dialog.language.activated.emit(dialog.language.findData(code))
    QApplication.processEvents()
    assert isValid(bench.window)
    assert bench.window.isVisible()


def test_three_changes_at_once_leave_one_window(bench: Workbench, qtbot: QtBot) -> None:
    bench.actions_by_id["settings"].trigger()
    dialog = bench.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    for code in ("en", "zh", "en"):
        dialog.language.activated.emit(dialog.language.findData(code))
    qtbot.waitUntil(lambda: language() == "en")
    QApplication.processEvents()
    shown = [window for window in QApplication.topLevelWidgets() if isinstance(window, FirstWindow)]
    assert [window.isVisible() for window in shown if isValid(window)].count(True) == 1


def test_the_wheel_over_a_list_of_the_settings_changes_nothing(bench: Workbench, qtbot: QtBot) -> None:
    bench.actions_by_id["settings"].trigger()
    dialog = bench.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    at = QPointF(dialog.language.rect().center())
    turn = QWheelEvent(
        at,
        QPointF(dialog.language.mapToGlobal(at)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(dialog.language, turn)
    QApplication.processEvents()
    assert dialog.language.currentData() == read(LANGUAGE) == "zh"


def test_a_passage_the_comparison_and_a_copy_go_on(bench: Workbench, qtbot: QtBot) -> None:
    plan = bench.session.plan
    citations = plan.assignments[0].citations
    bench.show_source(plan, "德阳", citations)
    bench.open_split()
    bench.outputs.copy()
    made = choose(bench, "en", qtbot)
    assert made.source is not None
    assert made.source.cited == (plan, "德阳", citations, 0)
    assert made.split is not None
    assert made.split.isVisible()
    qtbot.waitUntil(lambda: not made.outputs.is_copying, timeout=20_000)
    assert QApplication.clipboard().mimeData().hasImage()


def test_what_another_window_left_is_not_taken_up(bench: Workbench, qtbot: QtBot) -> None:
    left = config_folder() / "window-3.json"
    left.parent.mkdir(parents=True, exist_ok=True)
    view = bench.session.view._replace(place="513300")
    left.write_text(json.dumps({"view": view_to_json(view), "extent": [0.001, 0, 0]}), encoding="utf-8")
    made = choose(bench, "en", qtbot)
    assert made.session.view.place is None
    assert left.exists()
