"""Sites, projects, counties and passages in the window: what a click on the map or in the report leads to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from explorer.canvas import PX_PER_PT
from explorer.panels.inspector import Cited, Inspector
from explorer.workbench import Workbench
from geodata.analysis.items import SITE, ItemKey, items
from geodata.report import Group, Target
from layers.drawing import SymbolOp
from layers.hit import place_at
from layers.view import LAYERS, view_for

LEFT = Qt.MouseButton.LeftButton
CHENGDU, DEYANG, MIANYANG, JIANGYOU = "510100", "510600", "510700", "510781"
STRATEGIC, MIANYANG_PLAN = "sichuan-strategic-13", "mianyang-green-14"


@pytest.fixture
def all_on(bench: Workbench) -> Workbench:
    """The 13th plan with all sectors and all layers on."""
    plan = bench.session.plan
    bench.session.set_view(view_for(plan, [sector.id for sector in plan.sectors])._replace(layers=frozenset(LAYERS)))
    bench.canvas.repaint()
    return bench


def show(bench: Workbench, plan_id: str, around: str, factor: float) -> None:
    """All of a plan, enlarged around a place."""
    plan = bench.session.atlas.plan(plan_id)
    bench.session.set_view(view_for(plan, [sector.id for sector in plan.sectors])._replace(layers=frozenset(LAYERS)))
    bench.canvas.zoom(factor, QPointF(bench.canvas.widget_position(around)))
    settle(bench)


def settle(bench: Workbench) -> None:
    """The crisp picture at once."""
    bench.canvas._redraw()
    bench.canvas.repaint()


def pixel(op: SymbolOp) -> QPoint:
    return QPoint(round(op.at[0] * PX_PER_PT), round(op.at[1] * PX_PER_PT))


def symbol(bench: Workbench, several: bool) -> SymbolOp:
    """A symbol of one item, or a count of several."""
    return next(op for op in bench.canvas._symbols if (len(op.items) > 1) == several)


def link(inspector: Inspector, kind: type[Target] | type[Cited]) -> QUrl:
    """The first link in the report to something of that kind."""
    return QUrl(str(next(index for index, target in enumerate(inspector._targets) if isinstance(target, kind))))


def test_a_click_on_a_symbol_opens_its_report(all_on: Workbench, qtbot: QtBot) -> None:
    op = symbol(all_on, several=False)
    qtbot.mouseClick(all_on.canvas, LEFT, pos=pixel(op))
    assert all_on.session.view.item == op.items[0]
    text = all_on.inspector.text.toPlainText()
    name = next(item.name for item in items(all_on.session.plan) if item.key == op.items[0])
    assert text.startswith(name)
    assert "位置" in text
    assert "原文" in text


def test_a_click_on_a_count_offers_all_that_it_stands_for(all_on: Workbench, qtbot: QtBot) -> None:
    op = symbol(all_on, several=True)
    qtbot.mouseClick(all_on.canvas, LEFT, pos=pixel(op))
    menu = all_on.canvas.findChild(QMenu)
    assert menu is not None
    assert len(menu.actions()) == len(op.items)
    menu.actions()[1].trigger()
    menu.close()
    assert all_on.session.view.item == op.items[1]


def test_the_tip_of_a_symbol_names_it_and_says_how_exact_it_is(all_on: Workbench) -> None:
    by_key = {item.key: item for item in items(all_on.session.plan)}
    for op in all_on.canvas._symbols:
        tip = all_on.canvas.symbol_tip(op)
        assert by_key[op.items[0]].name in tip
        if len(op.items) == 1:
            assert ("具体位置文件未写" in tip or "推定" in tip) != by_key[op.items[0]].is_exact
        else:
            assert "单击展开" in tip


def test_a_selected_item_is_marked_even_where_its_layer_is_off(bench: Workbench) -> None:
    bench.session.show_layer("sites", False)
    bench.session.show_layer("projects", False)
    bench.canvas.repaint()
    before = bench.canvas.grab().toImage()
    item = next(item for item in items(bench.session.plan) if item.key.kind == SITE and item.spots)
    bench.session.select_item(item.key)
    bench.session.set_view(bench.session.view._replace(place=None))
    assert bench.canvas.grab().toImage() != before


def test_all_the_places_of_an_item_are_in_sight_when_it_is_shown(all_on: Workbench) -> None:
    canvas = all_on.canvas
    wide = [item for item in items(all_on.session.plan) if len({spot.place[:4] for spot in item.spots}) > 1]
    assert max(len(item.spots) for item in wide) >= 10
    for item in wide:
        canvas.show_place(JIANGYOU)
        canvas.show_item(item.key)
        assert all(canvas.is_in_sight(spot.place) for spot in item.spots), item.name


def test_layers_are_switched_by_their_boxes(bench: Workbench) -> None:
    assert bench.plans.layers["sites"].isChecked()
    assert bench.canvas.scene().markers
    bench.plans.layers["sites"].setChecked(False)
    bench.plans.layers["projects"].setChecked(False)
    assert bench.session.view.layers == frozenset()
    assert not bench.canvas.scene().markers
    bench.plans.layers["regions"].setChecked(True)
    assert any(line.key.startswith("region:") for line in bench.canvas.scene().lines)


def test_a_county_with_facts_of_its_own_can_be_clicked_when_near(bench: Workbench, qtbot: QtBot) -> None:
    show(bench, MIANYANG_PLAN, JIANGYOU, 8)
    bench.session.show_layer("projects", False)
    settle(bench)
    spot = bench.canvas.widget_position(JIANGYOU) + QPoint(0, 30)
    assert bench.canvas.place_under(QPointF(spot)) == JIANGYOU
    qtbot.mouseClick(bench.canvas, LEFT, pos=spot)
    assert bench.session.view.place == JIANGYOU
    text = bench.inspector.text.toPlainText()
    assert text.startswith("绵阳市江油市")
    assert "江油抽水蓄能电站" in text
    assert bench.inspector.chooser.currentText().strip() == "江油市"


def test_the_report_of_a_city_shows_who_shares_a_cluster_and_marks_them_on_the_map(bench: Workbench) -> None:
    bench.session.select_place(DEYANG)
    text = bench.inspector.text.toPlainText()
    assert "连片的核心发展区" in text
    before = bench.canvas.grab().toImage()
    bench.inspector.text.anchorClicked.emit(link(bench.inspector, Group))
    assert bench.session.view.group == (CHENGDU, DEYANG, MIANYANG)
    assert bench.session.view.place == DEYANG
    assert bench.canvas.grab().toImage() != before


def test_the_report_of_a_city_begins_with_the_plan_on_the_map(bench: Workbench) -> None:
    bench.session.select_place(CHENGDU)
    for plan in bench.session.atlas.plans:
        bench.session.set_view(bench.session.view._replace(plan=plan.id, shown=frozenset()))
        text = bench.inspector.text.toPlainText()
        headings = [other.heading for other in bench.session.atlas.plans if f"\n{other.heading}\n" in text]
        assert min(headings, key=text.index) == plan.heading
        assert len(headings) == len(bench.session.atlas.plans)


def test_a_reference_in_the_report_opens_the_passage(bench: Workbench) -> None:
    bench.session.select_place(DEYANG)
    assert bench.source is None
    bench.inspector.text.anchorClicked.emit(link(bench.inspector, Cited))
    assert bench.source is not None
    assert not bench.source_dock.isHidden()
    assert "四川省“十三五”战略性新兴产业发展规划" in bench.source.source.text()
    assert "第19页" in bench.source.source.text()
    bench.session.select_place(CHENGDU)  # no passage stands beside the report of another place
    assert bench.source.source.isHidden()
    assert "四川省" not in bench.source.text.toPlainText()


def test_a_site_in_the_report_leads_to_its_own_report_and_back(bench: Workbench) -> None:
    bench.session.select_place(DEYANG)
    bench.inspector.text.anchorClicked.emit(link(bench.inspector, ItemKey))
    assert bench.session.view.item == ItemKey(STRATEGIC, SITE, "德阳高新技术产业开发区")
    text = bench.inspector.text.toPlainText()
    assert "承载" in text
    assert "德阳高端装备（核心发展区）" in text
    bench.inspector.text.anchorClicked.emit(link(bench.inspector, str))
    assert (bench.session.view.place, bench.session.view.item) == (DEYANG, None)


def test_the_list_and_the_map_select_for_each_other(bench: Workbench, qtbot: QtBot) -> None:
    bench.items_dock.show()
    qtbot.waitUntil(lambda: bench.items is not None)
    assert bench.items is not None
    plan = bench.session.atlas.plan(MIANYANG_PLAN)
    key = next(item.key for item in items(plan) if item.name == "江油抽水蓄能电站")
    bench.session.select_item(key)
    row = bench.items.table.currentIndex()
    assert row.siblingAtColumn(0).data() == "江油抽水蓄能电站"
    bench.items.on_activate(key)
    page = bench.canvas.page
    x, y = page.to_page(*bench.canvas.boundaries().label_points[JIANGYOU][:2])
    assert (x, y) == pytest.approx((page.width / 2, page.height / 2), abs=2)


def test_the_plan_on_the_map_is_open_in_the_tree(bench: Workbench) -> None:
    show(bench, MIANYANG_PLAN, MIANYANG, 1)
    tree = bench.plans.tree
    tops = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    assert {top.text(0): top.isExpanded() for top in tops}["绵阳绿色低碳产业决定"]


def test_sectors_of_a_plan_without_roles_switch_its_sites_and_projects(bench: Workbench) -> None:
    plan = bench.session.atlas.plan(MIANYANG_PLAN)
    bench.session.show_pairs([("清洁能源", "")], True, plan.id)
    shown = {marker.key for marker in bench.canvas.scene().markers}
    assert shown
    wanted = {item.key for item in items(plan) if "清洁能源" in item.sectors}
    assert shown <= wanted
    assert bench.canvas.scene().title == "绵阳绿色低碳产业决定（2021—2035年）：清洁能源的园区和项目"


def test_the_tip_of_a_symbol_in_a_county_names_that_county(bench: Workbench) -> None:
    show(bench, MIANYANG_PLAN, MIANYANG, 6.0)
    names = {place.adcode: place.name for place in bench.session.atlas.places.counties}
    alone = [op for op in bench.canvas._symbols if len(op.items) == 1 and not op.place.endswith("00")]
    several = [item.key for item in items(bench.session.plan) if len({spot.place for spot in item.spots}) > 1]
    assert {op.place for op in alone if op.items[0] in several} > {JIANGYOU}
    for op in alone:
        x, y = bench.canvas.page.to_map(*op.at)
        assert names[op.place] in bench.canvas.symbol_tip(op)
        assert place_at(bench.canvas.boundaries(), x, y, counties=True) == op.place
