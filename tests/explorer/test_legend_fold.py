"""The legend on the screen is folded to its heading: by a click, by a key, by itself where it would hide much."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from explorer.canvas import PX_PER_PT, MapCanvas
from explorer.first import FirstWindow
from explorer.legend_fold import KEY
from explorer.settings import settings
from explorer.start import furnish_window
from explorer.workbench import Workbench
from layers.corners import heading_box, legend_box
from layers.fonts import measure
from layers.view import LAYERS

LEFT = Qt.MouseButton.LeftButton
ROOMY, NARROW = (1500, 900), (760, 460)
"""In the roomy one the open legend costs the map some of its size, though the window would keep it open by itself."""


@pytest.fixture
def ready(bench: Workbench, qtbot: QtBot) -> Workbench:
    """A window that can be clicked, with a legend of many lines."""
    bench.session.set_view(bench.session.view._replace(layers=frozenset(LAYERS)))
    bench.window.show()
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    resize(bench, ROOMY)
    return bench


def resize(bench: Workbench, size: tuple[int, int]) -> None:
    bench.window.resize(*size)
    bench.canvas.repaint()


def heading(canvas: MapCanvas) -> QPoint:
    left, top, right, bottom = heading_box(canvas.scene(), canvas.page, measure)
    return QPoint(round((left + right) / 2 * PX_PER_PT), round((top + bottom) / 2 * PX_PER_PT))


def height(canvas: MapCanvas) -> float:
    _, top, _, bottom = legend_box(canvas.scene(), canvas.page, measure)
    return bottom - top


def test_a_click_on_the_heading_folds_the_legend_and_gives_the_map_its_room(ready: Workbench, qtbot: QtBot) -> None:
    canvas = ready.canvas
    open_height, scale, view = height(canvas), canvas.page.scale, ready.session.view
    qtbot.mouseMove(canvas, heading(canvas))
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(canvas, LEFT, pos=heading(canvas))
    assert height(canvas) < open_height / 4
    assert canvas.page.scale > scale
    assert ready.session.view == view
    qtbot.mouseClick(canvas, LEFT, pos=heading(canvas))
    assert height(canvas) == open_height
    assert canvas.page.scale == scale


def test_the_key_does_the_same_and_the_menu_says_so(ready: Workbench, qtbot: QtBot) -> None:
    action = ready.actions_by_id["legend"]
    assert action.isCheckable()
    assert not action.isChecked()
    qtbot.keyClick(ready.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    ready.canvas.repaint()
    assert ready.canvas.legend_folded()
    assert action.isChecked()
    qtbot.mouseClick(ready.canvas, LEFT, pos=heading(ready.canvas))
    ready.canvas.repaint()
    assert not action.isChecked()


def test_a_folded_legend_is_folded_at_the_next_start_and_in_no_figure(ready: Workbench, qtbot: QtBot) -> None:
    ready.canvas.fold_legend()
    ready.canvas.repaint()
    picture = ready.canvas.picture()
    ready.window.close()
    window = FirstWindow()
    qtbot.addWidget(window)
    assert window.has_picture
    again = furnish_window(window)
    assert again is not None
    assert again.canvas.legend_folded()
    again.canvas.fold_legend()
    again.canvas.repaint()
    assert again.canvas.picture() != picture
    window._place = None
    other = FirstWindow()
    qtbot.addWidget(other)
    assert not other.has_picture


def test_where_it_would_hide_much_it_is_folded_by_itself_until_it_is_unfolded(ready: Workbench, qtbot: QtBot) -> None:
    assert not ready.canvas.legend_folded()
    resize(ready, NARROW)
    assert ready.canvas.legend_folded()
    assert ready.actions_by_id["legend"].isChecked()
    resize(ready, ROOMY)
    assert not ready.canvas.legend_folded()
    resize(ready, NARROW)
    qtbot.mouseClick(ready.canvas, LEFT, pos=heading(ready.canvas))
    assert not ready.canvas.legend_folded()
    resize(ready, ROOMY)
    resize(ready, NARROW)
    assert not ready.canvas.legend_folded()


def test_a_map_that_was_moved_stays_where_it_is_when_the_legend_is_folded(ready: Workbench) -> None:
    ready.canvas.zoom(2)
    kept = ready.canvas.extent_to_keep()
    ready.canvas.fold_legend()
    assert ready.canvas.legend_folded()
    assert ready.canvas.extent_to_keep() == kept


def test_the_two_maps_of_a_comparison_fold_for_themselves(ready: Workbench, qtbot: QtBot) -> None:
    ready.open_split()
    split = ready.split
    assert split is not None
    before = ready.canvas.legend_folded()
    folded = split.left.legend_folded()
    qtbot.waitUntil(split.isActiveWindow)
    split.left.setFocus()
    qtbot.keyClick(split.left, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: split.left.legend_folded() != folded)
    assert split.right.legend_folded() == split.left.legend_folded()
    assert ready.canvas.legend_folded() == before
    assert settings().value(KEY) is None
