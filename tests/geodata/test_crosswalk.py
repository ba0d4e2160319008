"""The crosswalk between plans: complete over the bundled packs, read from both sides, and checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.analysis.crosswalk import crosswalk_problems, crosswalk_words, matching_sectors, related
from geodata.atlas import Atlas
from geodata.facts import COLUMNS, facts, rows
from geodata.library import load_plans, read_plan
from geodata.plan import Link, Plan
from geodata.problems import Problem, UserError

Pack = dict[str, Any]
Check = Callable[[Pack | str | bytes], tuple[Problem, ...]]

STRATEGIC, HIGHTECH = "sichuan-strategic-13", "sichuan-hightech-14"
GREEN, MIANYANG = "sichuan-green-14", "mianyang-green-14"
PLANS = (STRATEGIC, HIGHTECH, MIANYANG, GREEN)
SHORTEST, LONGEST = 3, 40
"""Characters of a word why."""


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    found = {plan.id: plan for plan in load_plans()[0]}
    return Atlas(tuple(found[name] for name in PLANS))


def links(atlas: Atlas) -> list[tuple[Plan, Link]]:
    return [(plan, link) for plan in atlas.plans for link in plan.crosswalk]


def relations(atlas: Atlas, plan: str, sector: str, other: str) -> set[tuple[str | None, str, str | None]]:
    """(part, relation, sector there) of a sector towards one plan."""
    return {
        (item.part.id if item.part else None, item.relation, item.sector.id if item.sector else None)
        for item in related(atlas, plan, sector)
        if item.plan.id == other
    }


# --- the bundled packs ---


@pytest.mark.parametrize("other", PLANS)
@pytest.mark.parametrize("plan", PLANS)
def test_every_sector_is_compared_with_every_other_plan(atlas: Atlas, plan: str, other: str) -> None:
    bare = [
        sector.id
        for sector in atlas.plan(plan).sectors
        if not any(part is None for part, _, _ in relations(atlas, plan, sector.id, other))
    ]
    assert bare == ([] if plan != other else [sector.id for sector in atlas.plan(plan).sectors])


def test_every_row_names_a_sector_that_is_there_and_none_twice(atlas: Atlas) -> None:
    assert crosswalk_problems(atlas.plans, atlas.plans) == ()


def test_rows_between_two_plans_stand_in_the_later_one(atlas: Atlas) -> None:
    order = {
        plan.id: index
        for index, plan in enumerate(sorted(atlas.plans, key=lambda plan: (plan.document.period, plan.id)))
    }
    between = [(plan.id, link) for plan, link in links(atlas) if link.relation != "none"]
    assert len(between) > 100
    assert [link for plan, link in between if order[link.plan] > order[plan]] == []


def test_every_row_has_a_short_word_why_that_reads_from_both_sides(atlas: Atlas) -> None:
    for plan, link in links(atlas):
        assert SHORTEST <= len(link.why) <= LONGEST, (plan.id, link)
        assert not any(word in link.why for word in ("此处", "对方", "本规划", "彼")), (plan.id, link)


PICKED = {
    "materials of two periods": (STRATEGIC, "新材料", HIGHTECH, (None, "same", "先进材料")),
    "one field of materials": (HIGHTECH, "先进材料", MIANYANG, ("先进材料/前沿新材料", "same", "先进材料/前沿新材料")),
    "information is a larger field then": (HIGHTECH, "电子信息", STRATEGIC, (None, "part_of", "新一代信息技术")),
    "big data grew out of information": (STRATEGIC, "新一代信息技术", MIANYANG, (None, "contains", "大数据")),
    "aviation was part of equipment": (HIGHTECH, "航空航天", STRATEGIC, (None, "part_of", "高端装备")),
    "cars are equipment": (MIANYANG, "新能源汽车", HIGHTECH, (None, "part_of", "装备制造")),
    "cars are cars": (STRATEGIC, "新能源汽车", MIANYANG, (None, "same", "新能源汽车")),
    "batteries of a car": (GREEN, "动力电池", MIANYANG, (None, "same", "新能源汽车/动力电池")),
    "batteries are green": (HIGHTECH, "绿色低碳", GREEN, (None, "contains", "动力电池")),
    "solar cells are solar energy": (GREEN, "晶硅光伏", STRATEGIC, (None, "part_of", "新能源/太阳能")),
    "clean energy in both green documents": (MIANYANG, "清洁能源", GREEN, (None, "same", "清洁能源")),
    "water power in both": (GREEN, "清洁能源", MIANYANG, ("清洁能源/水电", "same", "清洁能源/水电")),
    "vanadium and titanium are materials": (GREEN, "钒钛", HIGHTECH, (None, "part_of", "先进材料/钒钛稀土材料")),
    "storage is information": (GREEN, "存储", STRATEGIC, (None, "part_of", "新一代信息技术")),
    "nuclear technology is no power": (MIANYANG, "核技术应用", GREEN, (None, "none", None)),
    "nuclear medicine is biology": (MIANYANG, "核技术应用", STRATEGIC, ("核技术应用/核医疗", "part_of", "生物")),
    "recycling is environment": (STRATEGIC, "节能环保", MIANYANG, (None, "contains", "资源循环利用")),
    "creative industries are in no later plan": (STRATEGIC, "数字创意", GREEN, (None, "none", None)),
    "no quantum technology before": (HIGHTECH, "电子信息", STRATEGIC, ("电子信息/量子科技", "none", None)),
}


@pytest.mark.parametrize(("plan", "sector", "other", "row"), PICKED.values(), ids=PICKED.keys())
def test_what_the_documents_say_comes_out(
    atlas: Atlas, plan: str, sector: str, other: str, row: tuple[str | None, str, str | None]
) -> None:
    assert row in relations(atlas, plan, sector, other)


def test_every_row_is_read_from_both_sides(atlas: Atlas) -> None:
    back = {"same": "same", "part_of": "contains", "contains": "part_of"}
    for plan, link in links(atlas):
        here = [item for item in related(atlas, plan.id, link.sector) if item.part is None]
        assert (link.relation, link.plan, link.other, link.why) in [
            (item.relation, item.plan.id, item.sector and item.sector.id, item.why) for item in here
        ]
        if link.other is not None:
            there = [item for item in related(atlas, link.plan, link.other) if item.part is None]
            assert (back[link.relation], plan.id, link.sector, link.why) in [
                (item.relation, item.plan.id, item.sector and item.sector.id, item.why) for item in there
            ]


# --- asking ---


def test_a_sector_comes_before_its_parts_and_plans_in_their_order(atlas: Atlas) -> None:
    found = related(atlas, STRATEGIC, "新能源")
    assert list(dict.fromkeys(item.plan.id for item in found)) == [HIGHTECH, MIANYANG, GREEN]
    for plan in (HIGHTECH, MIANYANG, GREEN):
        parts = [item.part is not None for item in found if item.plan.id == plan]
        assert parts == sorted(parts)


def test_a_part_is_asked_like_a_sector(atlas: Atlas) -> None:
    assert (None, "same", "电子信息/集成电路") in relations(atlas, MIANYANG, "新一代信息技术/集成电路", HIGHTECH)


def test_matching_sectors_are_top_sectors_each_once(atlas: Atlas) -> None:
    found = [(plan.id, sector.id) for plan, sector in matching_sectors(atlas, STRATEGIC, "新材料")]
    assert found == [(HIGHTECH, "先进材料"), (MIANYANG, "先进材料"), (GREEN, "钒钛")]


def test_a_sector_without_a_match_has_none(atlas: Atlas) -> None:
    assert matching_sectors(atlas, MIANYANG, "低碳农业") == ()
    assert {item.relation for item in related(atlas, MIANYANG, "低碳农业")} == {"none"}


def test_a_plan_that_is_not_in_the_atlas_is_left_out(atlas: Atlas) -> None:
    two = Atlas((atlas.plan(STRATEGIC), atlas.plan(GREEN)))
    assert {item.plan.id for item in related(two, GREEN, "动力电池")} == {STRATEGIC}


def test_an_unknown_plan_or_sector_is_told(atlas: Atlas) -> None:
    with pytest.raises(UserError):
        related(atlas, "sichuan-green-15", "动力电池")
    with pytest.raises(KeyError):
        related(atlas, GREEN, "光刻")


def test_words_for_a_reader(atlas: Atlas) -> None:
    lines = crosswalk_words(related(atlas, MIANYANG, "核技术应用")).split("\n")
    assert lines[0].startswith("《四川“十三五”战略性新兴产业》没有相当的产业（")
    assert any(line.startswith("其中核医疗，属于：《四川“十三五”战略性新兴产业》生物（") for line in lines)
    (same,) = [line for line in crosswalk_words(related(atlas, STRATEGIC, "新材料")).split("\n") if line[0] == "同"][:1]
    assert same.startswith("同：《四川“十四五”高新技术产业》先进材料（")
    battery = crosswalk_words(related(atlas, GREEN, "动力电池"))
    assert "同：《四川“十三五”战略性新兴产业》新能源汽车—动力电池（" in battery
    assert crosswalk_words(()) == ""


def test_facts_have_the_crosswalk_and_tables_do_not(atlas: Atlas) -> None:
    found = facts(atlas.plans)["crosswalk"]
    assert len(found) == len(links(atlas))
    assert {tuple(row) for row in found} == {("plan", "sector", "relation", "other_plan", "other", "why")}
    (water,) = [row for row in found if row["sector"] == "清洁能源/水电"]
    assert [water[name] for name in ("plan", "relation", "other_plan", "other")] == [
        GREEN,
        "same",
        MIANYANG,
        "清洁能源/水电",
    ]
    assert "why" not in COLUMNS
    assert "crosswalk" not in {row["kind"] for row in rows(atlas.plans)}


# --- packs with faults ---


def test_a_pack_without_a_crosswalk_is_sound(small: Pack, check: Check) -> None:
    del small["crosswalk"]
    assert check(small) == ()


FAULTS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "unknown sector": ({"sector": "winds"}, ".sector", "sectors 中没有“winds”", "wind"),
    "unknown relation": ({"relation": "equal"}, ".relation", "不能是“equal”", "same、part_of、contains、none"),
    "its own plan": ({"plan": "hills-1"}, ".plan", "“hills-1”就是本规划", "另一个规划"),
    "none, yet a sector": ({"relation": "none"}, ".other", "relation 是 none，却写了“风机”", "null"),
    "related to nothing": ({"other": None}, ".other", "relation 是 same，却没有写对方的产业", "none"),
    "no word why": ({"why": ""}, ".why", "应是文字，而不是空文字", "理由"),
    "number for a sector": ({"other": 3}, ".other", "应是文字或 null", "另一规划"),
}


@pytest.mark.parametrize(("change", "where", "message", "hint"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_row_is_told_once(
    small: Pack, check: Check, change: dict[str, Any], where: str, message: str, hint: str
) -> None:
    small["crosswalk"][0].update(change)
    (problem,) = check(small)
    assert problem.where.endswith(f" 行 crosswalk[0]{where}")
    assert message in problem.message
    assert hint in problem.hint


def test_a_part_may_be_compared(small: Pack, check: Check) -> None:
    small["crosswalk"][0]["sector"] = "wind/blade"
    assert check(small) == ()


@pytest.mark.parametrize(("number", "words"), [(0, "wind、hills-0、风机"), (1, "radar、hills-0")])
def test_the_same_pair_twice_is_told(small: Pack, check: Check, number: int, words: str) -> None:
    small["crosswalk"].append({**small["crosswalk"][number], "why": "再说一次"})
    (problem,) = check(small)
    assert problem.message == f"与第 {number + 1} 条重复：{words}"
    assert problem.where.endswith(" 行 crosswalk[2]")


# --- packs beside each other ---


@pytest.fixture
def plans(small: Pack, tmp_path: Path) -> Callable[..., tuple[Plan, Plan]]:
    """A later and an earlier plan with the sectors wind and radar, and these crosswalks."""

    def build(later: list[dict[str, Any]], earlier: list[dict[str, Any]] | None = None) -> tuple[Plan, Plan]:
        found = []
        for name, lines in (("hills-1", later), ("hills-0", earlier or [])):
            file = tmp_path / f"{name}.json"
            file.write_text(json.dumps({**small, "id": name, "crosswalk": lines}), encoding="utf-8")
            found.append(read_plan(file))
        return found[0], found[1]

    return build


def line(relation: str, other: str | None, plan: str = "hills-0", sector: str = "wind") -> dict[str, Any]:
    return {"sector": sector, "relation": relation, "plan": plan, "other": other, "why": "都是风电整机"}


def test_a_plan_that_the_library_lacks_may_be_named(plans: Callable[..., tuple[Plan, Plan]]) -> None:
    later, _ = plans([line("same", "没有")])
    assert crosswalk_problems([later], [later]) == ()


def test_a_sector_that_the_other_plan_lacks_is_told(plans: Callable[..., tuple[Plan, Plan]]) -> None:
    pair = plans([line("same", "radar"), line("part_of", "winds"), line("contains", "光")])
    close, unlike = crosswalk_problems(pair, pair)
    assert close == Problem("hills-1 crosswalk[1]", "《丘陵示范》中没有产业“winds”", "是不是“wind”？")
    assert unlike.hint == "可选的产业：wind、radar"


def test_a_pair_in_both_packs_is_told(plans: Callable[..., tuple[Plan, Plan]]) -> None:
    pair = plans([line("same", "wind")], [line("same", "wind", "hills-1")])
    problems = crosswalk_problems(pair[:1], pair)
    assert [(problem.where, problem.hint) for problem in problems] == [("hills-1 crosswalk[0]", "只写在较晚的规划中")]


def test_none_beside_a_match_is_told_in_whichever_pack_it_stands(plans: Callable[..., tuple[Plan, Plan]]) -> None:
    pair = plans([line("same", "wind")], [line("none", None, "hills-1")])
    (problem,) = crosswalk_problems(pair, pair)
    assert problem.where == "hills-0 crosswalk[0]"
    assert "既写了 none，又写了对应" in problem.message


def test_a_sector_without_a_match_may_have_a_part_with_one(plans: Callable[..., tuple[Plan, Plan]]) -> None:
    pair = plans([line("none", None), line("part_of", "radar", sector="wind/blade")])
    assert crosswalk_problems(pair, pair) == ()
