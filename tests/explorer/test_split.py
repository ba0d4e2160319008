"""Two maps side by side: what the right one shows, and that they move together."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.canvas import MapCanvas
from explorer.session import Session
from explorer.split import ALL, NOTHING, SplitView
from explorer.workbench import Workbench
from geodata.atlas import Atlas
from geodata.library import load_plans
from layers.fonts import map_font
from layers.view import shown_sectors, view_for

CHENGDU, LESHAN = "510100", "511100"
STRATEGIC, HIGHTECH = "sichuan-strategic-13", "sichuan-hightech-14"
MIANYANG, GREEN = "mianyang-green-14", "sichuan-green-14"
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def split(prepared: Path, qtbot: QtBot) -> SplitView:
    map_font()
    atlas = Atlas(load_plans()[0])
    session = Session(atlas, view_for(atlas.plan(STRATEGIC), ["新能源"]))
    made = SplitView(session)
    session.setParent(made)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    return made


def left_session(split: SplitView) -> Session:
    return next(child for child in split.findChildren(Session) if child is not split.other)


def on(session: Session) -> list[str]:
    return [sector.id for sector in shown_sectors(session.plan, session.view)]


def places(canvas: MapCanvas) -> tuple[float, float, float]:
    return (canvas.page.scale, *canvas.page.centre)


def choose(split: SplitView, words: str) -> None:
    """Chooses the sector of the right map."""
    split.sector.setCurrentIndex(split.sector.findText(words))
    split.sector.activated.emit(split.sector.currentIndex())


def test_the_right_map_begins_with_what_another_plan_calls_the_same(split: SplitView) -> None:
    """The first that has a match which it puts in a city; another one can be chosen."""
    assert split.other.plan.id == MIANYANG
    assert on(split.other) == ["清洁能源"]
    assert "新能源→清洁能源（属于）" in split.right_words.text()
    split.choose(HIGHTECH)
    assert on(split.other) == ["绿色低碳"]
    assert on(left_session(split)) == ["新能源"]


def test_both_maps_are_fitted_alike_and_stay_so_when_the_window_changes(split: SplitView, qtbot: QtBot) -> None:
    assert places(split.left) == places(split.right)
    before = places(split.left)
    split.resize(900, 600)
    qtbot.waitUntil(lambda: places(split.left) != before and places(split.left) == places(split.right))
    assert split.left.page.scale < before[0]
    assert abs(split.left.width() - split.right.width()) <= 2


def test_a_map_that_is_dragged_or_zoomed_takes_the_other_one_along(split: SplitView, qtbot: QtBot) -> None:
    said: list[str] = []
    split.left.extent_changed.connect(lambda: said.append("left"))
    split.right.extent_changed.connect(lambda: said.append("right"))
    start = places(split.left)
    qtbot.keyClick(split.left, Key.Key_Plus)
    assert places(split.right) == places(split.left) != start
    assert said == ["left", "right"] or said == ["right", "left"]
    middle = QPointF(split.right.width() / 2, split.right.height() / 3)
    wheel = QWheelEvent(
        middle,
        split.right.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = places(split.right)
    QApplication.sendEvent(split.right, wheel)
    assert places(split.left) == places(split.right) != before
    before = places(split.right)
    qtbot.mousePress(split.right, LEFT, pos=QPoint(200, 200))
    qtbot.mouseMove(split.right, QPoint(260, 240))
    qtbot.mouseRelease(split.right, LEFT, pos=QPoint(260, 240))
    assert places(split.left) == places(split.right) != before
    qtbot.mouseClick(split.fit_button, LEFT)
    assert places(split.left) == places(split.right)
    assert split.left.page.scale == pytest.approx(start[0])


def test_another_sector_of_the_same_plan_can_be_beside_it(split: SplitView) -> None:
    split.plan.setCurrentIndex(split.plan.findData(STRATEGIC))
    split.plan.activated.emit(split.plan.currentIndex())
    assert "与左图相同" in split.right_words.text() or on(split.other) == ["新能源"]
    choose(split, "新材料")
    assert (on(split.other), on(left_session(split))) == (["新材料"], ["新能源"])
    choose(split, "全部产业")
    assert len(on(split.other)) == 8


def test_the_right_map_keeps_its_choice_and_follows_place_and_style(split: SplitView) -> None:
    session = left_session(split)
    split.choose(STRATEGIC, "新材料")
    session.select_place(CHENGDU)
    session.set_bw(True)
    session.set_style("glyphs")
    session.show_sector("生物", True)
    view = split.other.view
    assert (view.place, view.template.bw, view.style) == (CHENGDU, True, "glyphs")
    assert on(split.other) == ["新材料"]


def test_where_the_right_map_is_empty_it_says_why(split: SplitView) -> None:
    split.choose(HIGHTECH, "先进材料")
    assert split.right_words.text().endswith(NOTHING)
    split.choose(STRATEGIC, ALL)
    assert NOTHING not in split.right_words.text()


def test_the_pointer_and_a_click_on_one_map_show_in_both(split: SplitView, qtbot: QtBot) -> None:
    split.choose(STRATEGIC, "数字创意")
    qtbot.waitUntil(lambda: places(split.left) == places(split.right))
    before = split.left.grab().toImage()
    at = split.right.widget_position(LESHAN) + QPoint(0, 14)
    qtbot.mouseMove(split.right, at)
    assert split.left.grab().toImage() != before
    qtbot.mouseClick(split.right, LEFT, pos=at)
    assert left_session(split).view.place == split.other.view.place == LESHAN


def test_the_two_sides_can_be_exchanged(split: SplitView, qtbot: QtBot) -> None:
    qtbot.mouseClick(split.swap_button, LEFT)
    session = left_session(split)
    assert (session.plan.id, on(session)) == (MIANYANG, ["清洁能源"])
    assert (split.other.plan.id, on(split.other)) == (STRATEGIC, ["新能源"])


def test_a_library_without_the_right_plan_is_borne(split: SplitView) -> None:
    session = left_session(split)
    split.choose(GREEN)
    session.set_atlas(Atlas((session.plan,)))
    assert split.other.plan.id == STRATEGIC
    assert split.plan.count() == 1


def test_the_window_opens_it_with_a_key_and_escape_closes_it(bench: Workbench, qtbot: QtBot) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(bench.window, Key.Key_D, modifiers)
    assert bench.split is not None
    assert bench.split.isVisible()
    assert bench.split.left.scene().title == bench.canvas.scene().title
    qtbot.keyClick(bench.split, Key.Key_Escape)
    assert not bench.split.isVisible()
    bench.session.show_sector("生物", True)
    bench.actions_by_id["split"].trigger()
    assert bench.split.isVisible()
