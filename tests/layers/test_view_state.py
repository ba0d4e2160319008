"""Choices: switching roles on and off, the style that fits, and views kept between two starts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from looking import sector_ids

from geodata.atlas import Atlas
from geodata.plan import Plan, Role
from layers.view import (
    NO_ROLE,
    STYLES,
    ViewState,
    effective_style,
    first_view,
    role_pairs,
    shown_sectors,
    view_for,
    view_from_json,
    view_to_json,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def test_a_pair_that_is_switched_on_is_on_and_no_other(plan: Plan) -> None:
    pairs = [pair for sector in plan.sectors for pair in role_pairs(plan, sector.id)]
    for pair in pairs:
        view = ViewState(plan.id).with_pairs([pair], True)
        assert [other for other in pairs if view.is_on(*other)] == [pair]


def test_switching_off_leaves_the_other_pairs_on(plan: Plan) -> None:
    view = view_for(plan, sector_ids(plan))
    for pair in view.shown:
        assert view.with_pairs([pair], False).shown == view.shown - {pair}


def test_switching_twice_changes_nothing_more(plan: Plan) -> None:
    pairs = role_pairs(plan, plan.sectors[0].id)
    once = ViewState(plan.id).with_pairs(pairs, True)
    assert once.with_pairs(pairs, True) == once
    off = once.with_pairs(pairs, False)
    assert off.with_pairs(pairs, False) == off == ViewState(plan.id)


def test_a_changed_view_leaves_the_first_one_as_it_was(plan: Plan) -> None:
    view = first_view(plan)
    before = view.shown
    view.with_pairs(before, False)
    assert view.shown == before


def test_a_sector_offers_the_roles_it_has_strongest_first(plan: Plan) -> None:
    for sector in plan.sectors:
        used = {item.role for item in plan.assignments if item.sector == sector.id}
        offered = [role for _, role in role_pairs(plan, sector.id)]
        assert set(offered) == used
        assert [plan.role(role).rank for role in offered] == sorted(plan.role(role).rank for role in used)


def test_a_role_that_a_sector_does_not_have_is_not_offered(plan: Plan) -> None:
    more = plan._replace(roles=(*plan.roles, Role("观察区", "观察区", 3, "other", plan.roles[0].citations)))
    for sector in more.sectors:
        assert (sector.id, "观察区") not in role_pairs(more, sector.id)


def test_sectors_come_in_the_order_of_the_plan(plan: Plan) -> None:
    ids = sector_ids(plan)
    assert [sector.id for sector in shown_sectors(plan, view_for(plan, reversed(ids)))] == ids
    assert [sector.id for sector in shown_sectors(plan, view_for(plan, [ids[4], ids[1]]))] == [ids[1], ids[4]]


@pytest.mark.parametrize(
    ("number", "style"), [(0, "zones"), (1, "zones"), (2, "stripes"), (3, "glyphs"), (5, "glyphs"), (8, "glyphs")]
)
def test_the_style_fits_the_number_of_sectors(plan: Plan, number: int, style: str) -> None:
    assert effective_style(plan, view_for(plan, sector_ids(plan)[:number])) == style


def test_a_sector_with_one_of_its_roles_counts_as_a_sector(plan: Plan) -> None:
    ids = sector_ids(plan)
    view = view_for(plan, ids[:3])
    weakest = [role_pairs(plan, sector)[-1] for sector in ids[:3]]
    assert effective_style(plan, view.with_pairs(weakest, False)) == "glyphs"
    assert effective_style(plan, view.with_pairs(role_pairs(plan, ids[0]), False)) == "stripes"


@pytest.mark.parametrize("style", ["stripes", "glyphs"])
@pytest.mark.parametrize("number", [0, 1, 2, 8])
def test_a_chosen_style_stays_but_zones_tell_one_sector_only(plan: Plan, style: str, number: int) -> None:
    shown = effective_style(plan, view_for(plan, sector_ids(plan)[:number])._replace(style=style))
    assert shown == ("stripes" if style == "zones" and number > 1 else style)


@pytest.mark.parametrize(("number", "style"), [(0, "zones"), (1, "zones"), (2, "stripes"), (8, "stripes")])
def test_zones_give_way_to_stripes_where_sectors_would_hide_each_other(plan: Plan, number: int, style: str) -> None:
    assert effective_style(plan, view_for(plan, sector_ids(plan)[:number])._replace(style="zones")) == style


def test_a_fresh_start_shows_the_first_sector_with_all_its_roles_and_its_sites_and_projects(plan: Plan) -> None:
    view = first_view(plan)
    assert view.shown == view_for(plan, [plan.sectors[0].id]).shown
    assert view.layers == {"sites", "projects"}


def test_a_sector_in_which_a_plan_gives_no_role_can_be_switched_on_all_the_same(plan: Plan) -> None:
    bare = plan._replace(assignments=())
    view = first_view(bare)
    assert view.shown == {(plan.sectors[0].id, NO_ROLE)}
    assert shown_sectors(bare, view) == plan.sectors[:1]


def test_a_view_comes_back_at_the_next_start(atlas: Atlas, plan: Plan) -> None:
    for number in range(len(plan.sectors) + 1):
        for style in STYLES:
            view = view_for(plan, sector_ids(plan)[:number])._replace(style=style, place="510400")
            assert view_from_json(view_to_json(view), atlas.plans) == view
    assert view_from_json(view_to_json(ViewState(plan.id)), atlas.plans) == ViewState(plan.id)


def test_a_kept_view_is_the_same_text_each_time(plan: Plan) -> None:
    pairs = sorted(view_for(plan, sector_ids(plan)).shown)
    assert view_to_json(ViewState(plan.id, frozenset(pairs))) == view_to_json(
        ViewState(plan.id, frozenset(reversed(pairs)))
    )


def test_sectors_and_roles_that_are_gone_are_dropped(atlas: Atlas, plan: Plan) -> None:
    view = view_for(plan, [plan.sectors[1].id])
    old = view.with_pairs([("蒸汽机", "核心发展区"), (plan.sectors[1].id, "一极"), ("", "")], True)
    assert view_from_json(view_to_json(old), atlas.plans) == view


@pytest.mark.parametrize("place", ["999999", "成都", "", 510100, True, ["510100"]])
def test_a_selected_place_that_there_is_not_is_dropped(atlas: Atlas, plan: Plan, place: object) -> None:
    raw = json.loads(view_to_json(first_view(plan)))
    view = view_from_json(json.dumps(raw | {"place": place}), atlas.plans)
    assert view in (None, first_view(plan))


def test_a_style_that_is_gone_becomes_auto(atlas: Atlas, plan: Plan) -> None:
    view = first_view(plan)
    assert view_from_json(view_to_json(view._replace(style="hologram")), atlas.plans) == view


def test_a_view_of_a_plan_that_is_gone_is_none(atlas: Atlas) -> None:
    assert view_from_json(view_to_json(ViewState("a-plan-that-was-removed")), atlas.plans) is None


def test_no_plans_no_view(plan: Plan) -> None:
    assert view_from_json(view_to_json(first_view(plan)), ()) is None


def test_half_a_kept_view_is_none(atlas: Atlas, plan: Plan) -> None:
    whole = view_to_json(first_view(plan))
    for length in range(len(whole)):
        assert view_from_json(whole[:length], atlas.plans) is None


@pytest.mark.parametrize("missing", ["plan", "shown", "style", "place"])
def test_a_kept_view_that_lacks_a_part_is_none(atlas: Atlas, plan: Plan, missing: str) -> None:
    raw = json.loads(view_to_json(first_view(plan)))
    del raw[missing]
    assert view_from_json(json.dumps(raw), atlas.plans) is None


@pytest.mark.parametrize("shown", [5, None, True, ["一"], [["a"]], [["a", "b", "c"]], [None], [5]])
def test_a_kept_view_whose_pairs_are_no_pairs_is_none(atlas: Atlas, plan: Plan, shown: object) -> None:
    text = json.dumps({"plan": plan.id, "shown": shown, "style": "auto", "place": None})
    assert view_from_json(text, atlas.plans) is None


@pytest.mark.parametrize("text", ["", " ", "null", "5", '"x"', "[]", "{}", "[[]]", "\x00", "NaN", '{"plan": []}'])
def test_any_other_text_is_none(atlas: Atlas, text: str) -> None:
    assert view_from_json(text, atlas.plans) is None


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(shown=JSON, style=JSON, place=JSON)
def test_whatever_stands_in_a_kept_view_gives_a_sound_view_or_none(
    atlas: Atlas, plan: Plan, shown: object, style: object, place: object
) -> None:
    text = json.dumps({"plan": plan.id, "shown": shown, "style": style, "place": place})
    view = view_from_json(text, atlas.plans)
    known = {pair for sector in plan.sectors for pair in role_pairs(plan, sector.id)}
    assert view is None or (view.plan == plan.id and view.shown <= known and view.style in STYLES)
