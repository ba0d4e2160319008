"""What a planner sees and does in the window, through real mouse and key events."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from explorer.canvas import PX_PER_PT, MapCanvas
from explorer.first import FirstWindow
from explorer.panels.plans import PLAN
from explorer.start import furnish_window
from explorer.workbench import Workbench
from layers.corners import legend_box
from layers.fonts import measure
from layers.theme import REST, SECTOR_COLOURS, mix
from layers.view import first_view, shown_sectors

CHENGDU, DEYANG, MIANYANG, YIBIN, GANZI = "510100", "510600", "510700", "511500", "513300"
LEFT = Qt.MouseButton.LeftButton


def sector_item(bench: Workbench, name: str) -> QTreeWidgetItem:
    """The item of a sector of the plan in view."""
    found = bench.plans.tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 0)
    return next(item for item in found if item.data(0, PLAN) == bench.session.view.plan)


def colour_at(canvas: MapCanvas, adcode: str) -> tuple[int, int, int]:
    """The map's colour a little beside the middle of a place, off its name."""
    canvas.repaint()
    picture = canvas.picture()
    assert picture is not None
    position = canvas.widget_position(adcode) + QPoint(0, -18)
    colour = QColor(picture.pixelColor(position))
    return colour.red(), colour.green(), colour.blue()


def test_a_fresh_start_shows_the_thirteenth_plan_with_one_industry_on(bench: Workbench) -> None:
    view = bench.session.view
    assert view == first_view(bench.session.atlas.plan("sichuan-strategic-13"))
    assert [sector.name for sector in shown_sectors(bench.session.plan, view)] == ["新一代信息技术"]
    assert colour_at(bench.canvas, CHENGDU) == mix(SECTOR_COLOURS[0], (255, 255, 255), 0.82)
    assert colour_at(bench.canvas, GANZI) == REST


def test_a_click_on_the_tree_switches_an_industry(bench: Workbench, qtbot: QtBot) -> None:
    item = sector_item(bench, "新一代信息技术")
    tree = bench.plans.tree
    box = tree.visualItemRect(item)
    style = tree.style().pixelMetric(tree.style().PixelMetric.PM_IndicatorWidth)
    qtbot.mouseClick(tree.viewport(), LEFT, pos=QPoint(box.left() + style // 2 + 2, box.center().y()))
    assert not bench.session.view.shown
    assert item.checkState(0) == Qt.CheckState.Unchecked
    assert colour_at(bench.canvas, CHENGDU) == REST


def test_one_role_of_an_industry_can_be_off(bench: Workbench) -> None:
    item = sector_item(bench, "新一代信息技术")
    item.child(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert bench.session.view.shown == {("新一代信息技术", "重点拓展区")}
    assert item.checkState(0) == Qt.CheckState.PartiallyChecked
    assert colour_at(bench.canvas, CHENGDU) == REST


def test_tree_menu_and_keys_agree_on_what_is_on(bench: Workbench, qtbot: QtBot) -> None:
    bench.actions_by_id["all_on"].trigger()
    assert len(shown_sectors(bench.session.plan, bench.session.view)) == 8
    assert all(sector_item(bench, name).checkState(0) == Qt.CheckState.Checked for name in ("新材料", "数字创意"))
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert sector_item(bench, "新材料").checkState(0) == Qt.CheckState.Unchecked


def test_a_click_on_a_city_lists_what_the_plan_assigns_to_it(bench: Workbench, qtbot: QtBot) -> None:
    qtbot.mouseClick(bench.canvas, LEFT, pos=bench.canvas.widget_position(DEYANG))
    assert bench.session.view.place == DEYANG
    text = bench.inspector.text.toPlainText()
    assert "德阳市" in text
    assert "核心发展区（4）" in text
    assert "重点拓展区（4）" in text
    assert "国家石墨烯产业技术研发和应用示范基地" in text
    assert "第38页" in text
    assert bench.inspector.chooser.currentText() == "德阳市"


def test_the_text_of_a_city_can_be_selected_and_copied(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.select_place(MIANYANG)
    bench.inspector.text.selectAll()
    bench.inspector.text.copy()
    assert "绵阳市" in QApplication.clipboard().text()
    qtbot.mouseClick(bench.inspector.copy, LEFT)
    assert "绵阳市（510700）" in QApplication.clipboard().text()


def test_a_drag_moves_the_map_and_selects_nothing(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    before = canvas.widget_position(CHENGDU)
    start = canvas.rect().center()
    qtbot.mousePress(canvas, LEFT, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(30, 10))
    qtbot.mouseMove(canvas, start + QPoint(60, 20))
    qtbot.mouseRelease(canvas, LEFT, pos=start + QPoint(60, 20))
    moved = canvas.widget_position(CHENGDU) - before
    assert (moved - QPoint(60, 20)).manhattanLength() <= 2
    assert bench.session.view.place is None


def test_the_wheel_zooms_at_the_pointer(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    pointer = QPointF(canvas.widget_position(DEYANG))
    before, scale = canvas.map_position(pointer), canvas.page.scale
    event = QWheelEvent(
        pointer, canvas.mapToGlobal(pointer), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)
    after = canvas.map_position(pointer)
    assert canvas.page.scale > 1.3 * scale
    assert after == pytest.approx(before, abs=1.0)


def test_keys_pan_zoom_and_fit(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    fitted = canvas.page
    bench.actions_by_id["zoom_in"].trigger()
    assert canvas.page.scale == pytest.approx(1.3 * fitted.scale)
    before = canvas.widget_position(CHENGDU)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.widget_position(CHENGDU).x() - before.x() == pytest.approx(80, abs=2)
    bench.actions_by_id["fit"].trigger()
    assert canvas.page == fitted


def test_a_key_zooms_about_the_selected_place_while_that_is_in_sight(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    bench.session.select_place(YIBIN)
    before = canvas.widget_position(YIBIN)
    for _ in range(4):
        bench.actions_by_id["zoom_in"].trigger()
        assert (canvas.widget_position(YIBIN) - before).manhattanLength() <= 2
    canvas.pan(0, -2 * canvas.height())
    middle = canvas.page.centre
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.page.centre == pytest.approx(middle)


def grabbed(canvas: MapCanvas) -> np.ndarray:
    """The map as it is seen, with what is marked on it: height × width × (blue, green, red, alpha)."""
    canvas.repaint()
    return values(canvas.grab().toImage())


def values(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)


def test_the_edge_of_the_selected_city_stays_red_under_the_pointer(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    bench.session.select_place(DEYANG)
    away = grabbed(canvas)
    qtbot.mouseMove(canvas, canvas.widget_position(DEYANG))
    assert bench.position.place_label.text() == "德阳市"
    assert (grabbed(canvas) == away).all()
    bench.session.select_place(None)
    assert (grabbed(canvas) != away).any()


def test_names_symbols_and_legend_stand_over_what_is_marked(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    bench.session.set_view(bench.session.view._replace(layers=frozenset({"sites", "projects"})))
    plain = grabbed(canvas)
    assert canvas._picture is not None
    over = values(canvas._picture.over)[:, :, 3] == 255
    assert over.sum() > 10_000
    bench.session.select_place(DEYANG)
    qtbot.mouseMove(canvas, canvas.widget_position(YIBIN))
    marked = grabbed(canvas)
    assert (marked != plain).any(axis=2).sum() > 200
    assert (marked[over] == plain[over]).all()


def test_brackets_step_through_the_cities_and_escape_ends_it(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_BracketRight)
    assert bench.session.view.place == CHENGDU
    qtbot.keyClick(bench.canvas, Qt.Key.Key_BracketLeft)
    assert bench.session.view.place == "513400"
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Escape)
    assert bench.session.view.place is None


def test_a_city_that_is_stepped_to_stands_in_the_middle_of_what_the_legend_leaves_free(
    bench: Workbench, qtbot: QtBot
) -> None:
    canvas = bench.canvas
    bench.window.resize(bench.window.width(), 600)
    canvas.zoom(6)
    legend = legend_box(canvas.scene(), canvas.page, measure)
    assert legend[0] < 10
    assert legend[3] > canvas.page.height * 2 / 3 > legend[1]
    canvas.pan(5000, 0)
    qtbot.keyClick(canvas, Qt.Key.Key_BracketRight)
    at = canvas.widget_position(CHENGDU)
    assert abs(at.x() - (legend[2] * PX_PER_PT + canvas.width()) / 2) <= 2
    assert abs(at.y() - canvas.height() / 2) <= 2
    canvas.show_place(CHENGDU)
    min_x, _, max_x, max_y = canvas.boundaries().outline(CHENGDU).bounds
    assert legend[2] < canvas.page.to_page(min_x, max_y)[0]
    assert canvas.page.to_page(max_x, max_y)[0] < canvas.page.width


def test_hover_names_the_place_and_its_roles_and_the_status_line_its_position(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    qtbot.mouseMove(canvas, canvas.widget_position(CHENGDU))
    assert bench.position.place_label.text() == "成都市"
    assert canvas.tip(CHENGDU) == "成都市\n新一代信息技术：核心发展区"
    qtbot.waitUntil(lambda: bench.position.lonlat is not None, timeout=10_000)
    qtbot.mouseMove(canvas, canvas.widget_position(CHENGDU) + QPoint(1, 1))
    assert bench.position.position_label.text().startswith("东经 10")


def test_hover_does_not_draw_the_map_again(bench: Workbench, qtbot: QtBot) -> None:
    canvas = bench.canvas
    canvas.repaint()
    picture = canvas.picture()
    qtbot.mouseMove(canvas, canvas.widget_position(DEYANG))
    canvas.repaint()
    assert canvas.picture() is picture


def test_counties_appear_when_one_comes_near(bench: Workbench) -> None:
    canvas = bench.canvas
    assert not any(line.key == "county" for line in canvas.scene().lines)
    canvas.zoom(4)
    assert any(line.key == "county" for line in canvas.scene().lines)
    assert 1 / canvas.page.scale / PX_PER_PT < 1000


def test_the_chart_and_the_map_select_for_each_other(bench: Workbench, qtbot: QtBot) -> None:
    bench.chart_dock.show()
    qtbot.waitUntil(lambda: bench.chart is not None)
    chart = bench.chart
    assert chart is not None
    view_box = chart.plot.getPlotItem().vb
    point = view_box.mapViewToScene(chart.bar_of(MIANYANG))
    qtbot.mouseClick(chart.plot.viewport(), LEFT, pos=chart.plot.mapFromScene(point))
    assert bench.session.view.place == MIANYANG
    bench.session.select_place(DEYANG)
    assert chart.selected() == DEYANG


def test_the_arrow_keys_go_from_bar_to_bar(bench: Workbench, qtbot: QtBot) -> None:
    bench.chart_dock.show()
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    bench.panes.go("below")
    chart = bench.chart
    assert chart is not None
    assert chart.hasFocus()
    places = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(chart, key)
        places.append(bench.session.view.place)
        assert chart.selected() == places[-1]
    assert places == [CHENGDU, DEYANG, CHENGDU, CHENGDU, GANZI]
    bench.session.select_place("510603")  # a county of the second city
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert bench.session.view.place == CHENGDU
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert bench.session.view.place == CHENGDU


def test_view_extent_and_geometry_are_there_again_at_the_next_start(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.show_sector("新材料", True)
    bench.session.select_place(DEYANG)
    bench.canvas.zoom(2)
    bench.inspector_dock.hide()
    bench.window.resize(760, 640)
    view, centre, scale = bench.session.view, bench.canvas.page.centre, bench.canvas.page.scale
    bench.window.close()
    window = FirstWindow()
    qtbot.addWidget(window)
    again = furnish_window(window)
    assert again is not None
    qtbot.waitUntil(lambda: again.canvas.extent_to_keep() is not None)
    assert again.session.view == view
    assert again.canvas.page.centre == pytest.approx(centre)
    assert again.canvas.page.scale == pytest.approx(scale)
    assert (window.width(), window.height()) == (760, 640)


def test_damaged_settings_start_the_program_as_new(qtbot: QtBot, prepared: Path) -> None:
    (prepared / "config").mkdir()
    (prepared / "config" / "settings.ini").write_bytes(b"[window]\nview={\nextent=[1,\nstate=@ByteArray(x)\n\xff\xfe")
    window = FirstWindow()
    qtbot.addWidget(window)
    workbench = furnish_window(window)
    assert workbench is not None
    assert workbench.session.view == first_view(workbench.session.plan)


def test_a_click_on_the_legend_selects_no_city_under_it(bench: Workbench, qtbot: QtBot) -> None:
    bench.canvas.zoom(3)
    corner = QPoint(30, bench.canvas.height() - 30)
    qtbot.mouseClick(bench.canvas, LEFT, pos=corner)
    assert bench.session.view.place is None
