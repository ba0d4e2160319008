"""The time line over the plans' periods, and turning to another plan with the sectors kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from explorer.panels.timeline import Timeline, arrange, target_words, target_years
from explorer.session import Session
from explorer.workbench import Workbench
from geodata.atlas import Atlas
from geodata.library import load_plans
from geodata.plan import Plan
from geodata.problems import UserError
from layers.turning import turn_to
from layers.view import ViewState, shown_sectors, view_for

STRATEGIC, HIGHTECH, MIANYANG, GREEN = (
    "sichuan-strategic-13",
    "sichuan-hightech-14",
    "mianyang-green-14",
    "sichuan-green-14",
)
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(load_plans()[0])


@pytest.fixture
def session(atlas: Atlas) -> Session:
    return Session(atlas, view_for(atlas.plan(STRATEGIC), ["新材料"]))


@pytest.fixture
def timeline(session: Session, qtbot: QtBot) -> Timeline:
    made = Timeline(session)
    qtbot.addWidget(made)
    made.resize(1200, 130)
    made.show()
    qtbot.waitExposed(made)
    return made


def on(session: Session) -> list[str]:
    return [sector.id for sector in shown_sectors(session.plan, session.view)]


def with_period(plan: Plan, start: int, end: int) -> Plan:
    return plan._replace(document=plan.document._replace(period=(start, end)))


def test_bars_stand_over_the_years_of_their_plans(timeline: Timeline, atlas: Atlas) -> None:
    assert timeline.years == (2016, 2035)
    for plan in atlas.plans:
        box, (start, end) = timeline.bar_of(plan), plan.document.period
        assert box.left() == pytest.approx(timeline.x_of(start), abs=2)
        assert box.right() == pytest.approx(timeline.x_of(end + 1), abs=2)
        assert timeline.rect().contains(box.toAlignedRect())
    boxes = [timeline.bar_of(plan) for plan in atlas.plans]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_plans_that_follow_each_other_share_a_lane_and_those_that_overlap_do_not(atlas: Atlas) -> None:
    plan = atlas.plans[0]
    periods = [(2026, 2030), (2016, 2020), (2021, 2025), (2020, 2022)]
    bars = arrange([with_period(plan, *period)._replace(id=str(n)) for n, period in enumerate(periods)])
    assert [(bar.plan.document.period[0], bar.lane) for bar in bars] == [(2016, 0), (2020, 1), (2021, 0), (2026, 0)]


def test_the_targets_of_a_plan_are_told_with_their_year(timeline: Timeline, atlas: Atlas) -> None:
    assert list(target_years(atlas.plan(MIANYANG))) == [2025, 2030]
    tip = timeline.tip(atlas.plan(MIANYANG))
    assert "2030年目标：" in tip
    assert "天然气年产量" in tip
    plan = atlas.plan(STRATEGIC)
    assert "&lt;b&gt;" in timeline.tip(plan._replace(document=plan.document._replace(title="<b>甲 2020</b>")))


def test_a_click_on_a_bar_turns_to_the_plan_and_keeps_the_sector_by_its_name_there(
    timeline: Timeline, session: Session, qtbot: QtBot
) -> None:
    session.select_place("510700")
    said: list[str] = []
    session.notice.connect(said.append)
    other = session.atlas.plan(HIGHTECH)
    qtbot.mouseClick(timeline, LEFT, pos=timeline.bar_of(other).center().toPoint())
    assert session.plan is other
    assert on(session) == ["先进材料"]
    assert session.view.place == "510700"
    assert len(said) == 1
    assert "新材料→先进材料（同）" in said[0]
    assert "十四五" in timeline.accessibleDescription()
    qtbot.mouseClick(timeline, LEFT, pos=timeline.bar_of(other).center().toPoint())
    qtbot.mouseClick(timeline, LEFT, pos=QPointF(timeline.x_of(2017), timeline.height() - 3).toPoint())
    assert len(said) == 1


def test_arrow_keys_turn_to_the_next_and_the_previous_plan_and_stop_at_the_ends(
    timeline: Timeline, session: Session, qtbot: QtBot
) -> None:
    seen = []
    qtbot.keyClick(timeline, Key.Key_Left)
    for _ in range(4):
        seen.append(session.plan.id)
        qtbot.keyClick(timeline, Key.Key_Right)
    assert seen == [STRATEGIC, HIGHTECH, MIANYANG, GREEN]
    assert session.plan.id == GREEN
    qtbot.keyClick(timeline, Key.Key_Left)
    assert session.plan.id == MIANYANG
    qtbot.keyClick(timeline, Key.Key_Home)
    assert session.plan.id == STRATEGIC


def test_the_shown_plan_is_told_by_more_than_colour(timeline: Timeline, session: Session) -> None:
    before = timeline.grab().toImage()
    session.show_pairs([], True, GREEN)
    assert timeline.grab().toImage() != before
    assert session.plan.title in timeline.accessibleDescription()


def test_targets_are_counted_in_words_while_the_bar_has_room(timeline: Timeline, atlas: Atlas) -> None:
    timeline.resize(1000, 130)
    bar = timeline.bar_of(atlas.plan(HIGHTECH))
    assert target_words(26, bar.width(), timeline.fontMetrics()) == "26项目标"
    assert target_words(26, bar.width() / 5, timeline.fontMetrics()) == "◆26"


def test_another_library_is_drawn_anew_and_none_at_all_is_borne(timeline: Timeline, session: Session) -> None:
    plan = session.plan
    session.set_atlas(Atlas((with_period(plan, 2026, 2030),)))
    assert timeline.years == (2020, 2030)  # a target lies before the period
    session.set_atlas(Atlas(()))
    assert timeline.accessibleDescription().startswith("没有规划")
    assert not timeline.grab().isNull()


def test_the_window_has_the_time_line_when_wanted(bench: Workbench, qtbot: QtBot) -> None:
    assert bench.timeline is None
    qtbot.keyClick(bench.window, Key.Key_F8)
    qtbot.waitUntil(lambda: bench.timeline is not None)
    assert bench.timeline is not None
    bench.timeline.setFocus()
    qtbot.keyClick(bench.timeline, Key.Key_Right)
    assert bench.session.plan.id == HIGHTECH


# --- turning ---


def test_a_sector_becomes_what_it_is_the_same_as_or_part_of_or_contains(atlas: Atlas) -> None:
    def turned(plan: str, sector: str, other: str) -> list[tuple[str, str]]:
        found = turn_to(atlas, view_for(atlas.plan(plan), [sector]), other)
        return [(match.relation, match.other.id) for match in found.matches]

    assert turned(STRATEGIC, "新材料", HIGHTECH) == [("same", "先进材料")]
    assert turned(STRATEGIC, "新能源", HIGHTECH) == [("part_of", "绿色低碳")]
    assert turned(HIGHTECH, "绿色低碳", STRATEGIC) == [("contains", "新能源")]
    assert turned(STRATEGIC, "新一代信息技术", HIGHTECH) == [("contains", "电子信息"), ("contains", "数字经济")]


def test_a_part_that_is_contained_does_not_bring_the_whole(atlas: Atlas) -> None:
    found = turn_to(atlas, view_for(atlas.plan(STRATEGIC), ["生物"]), MIANYANG)
    assert found.matches == ()
    assert [sector.id for sector in found.lost] == ["生物"]


def test_the_part_that_a_sector_is_the_same_as_is_named(atlas: Atlas) -> None:
    found = turn_to(atlas, view_for(atlas.plan(GREEN), ["动力电池"]), STRATEGIC)
    assert found.words == "动力电池→新能源汽车（同其中动力电池）"


def test_sectors_without_a_match_are_told_and_the_map_is_not_left_empty(atlas: Atlas) -> None:
    found = turn_to(atlas, view_for(atlas.plan(STRATEGIC), ["生物", "数字创意"]), GREEN)
    assert {sector for sector, _ in found.view.shown} == {"清洁能源"}
    assert found.words == "没有相当的产业：生物、数字创意；改为显示：清洁能源"
    some = turn_to(atlas, view_for(atlas.plan(STRATEGIC), ["生物", "新能源"]), GREEN)
    assert some.instead == ()
    assert some.words.endswith("没有相当的产业：生物")


def test_style_layers_and_template_stay_and_nothing_shown_stays_nothing(atlas: Atlas) -> None:
    view = ViewState(STRATEGIC, style="count", layers=frozenset(["regions"]), title="旧标题")
    turned = turn_to(atlas, view, HIGHTECH)
    assert turned.view == view._replace(plan=HIGHTECH, title="")
    assert turned.words == ""
    assert turn_to(atlas, view, STRATEGIC).view is view
    with pytest.raises(UserError):
        turn_to(atlas, view, "nothing")
