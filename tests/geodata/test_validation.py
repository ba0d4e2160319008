"""Broken packs: every fault is told at once, each with its line, its path, what it is and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.library import read_plan
from geodata.problems import Problem, UserError
from geodata.reading.json_pack import RawPack
from geodata.validation import MOST_PROBLEMS, build_plan

Pack = dict[str, Any]
Check = Callable[[Pack | str | bytes], tuple[Problem, ...]]
Key = tuple[str | int, ...]

FILE = "我的规划.json"


def at(pack: Any, key: Key) -> Any:
    for part in key:
        pack = pack[part]
    return pack


def put(pack: Pack, key: Key, value: Any) -> None:
    at(pack, key[:-1])[key[-1]] = value


def path(key: Key) -> str:
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return words.removeprefix(".")


def line_of(pack: Pack, fragment: str) -> int:
    """The one line of the written pack that holds the fragment."""
    lines = json.dumps(pack, ensure_ascii=False, indent=1).split("\n")
    (found,) = [number for number, line in enumerate(lines, start=1) if fragment in line]
    return found


def opening_line(pack: Pack, key: Key) -> int:
    """The line of the written pack in which the object of this key begins."""
    marked = json.loads(json.dumps(pack))
    inside = at(marked, key)
    content = dict(inside)
    inside.clear()
    inside.update({"⌘": 0, **content})
    return line_of(marked, '"⌘"') - 1


def leaves(value: Any, key: Key = ()) -> Iterator[tuple[Key, Any]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if below is None:
        yield key, value
        return
    for name, child in below:
        yield from leaves(child, (*key, name))


def test_sound_packs_have_no_problems(bundled: Pack, small: Pack, check: Check) -> None:
    assert check(bundled) == ()
    assert check(small) == ()


def test_a_sound_pack_becomes_a_plan_with_codes_for_places(small: Pack, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(small), encoding="utf-8")
    plan = read_plan(file)
    assert [(item.sector, item.role, item.place) for item in plan.assignments] == [
        ("wind", "lead", "510600"),
        ("radar", "lead", "510700"),
        ("wind", "follow", "510300"),
    ]
    assert plan.sites[0].county == "510603"
    assert plan.regions[0].places == ("510600", "510700")
    assert plan.projects[0].counties == ("510603",)
    assert plan.indicators[0].base is None
    assert plan.indicators[0].target == (2031, 120)
    assert plan.document.period == (2027, 2031)
    assert plan.sector("wind/blade").name == "叶片"
    assert plan.roles[1].citations[0].pages == "第1—2页"


CASES: dict[str, tuple[Key, Any, str, str]] = {
    "unknown city": (("assignments", 3, "place"), "得阳", "没有名为“得阳”", "德阳"),
    "unknown city in a list": (("statements", 0, "places", 11), "资扬", "没有名为“资扬”", "资阳"),
    "unknown city of a site": (("sites", 0, "place"), "成嘟", "没有名为“成嘟”", "成都"),
    "place outside the province": (("sites", 0, "place"), "伦敦塔桥", "没有名为“伦敦塔桥”", "六位行政区划代码"),
    "county for a city": (("assignments", 3, "place"), "江油市", "“江油市”是县（市、区）", "市（州）|六位代码"),
    "city for a county": (("sites", 1, "county"), "自贡市", "“自贡市”是市（州）", "六位代码"),
    "ambiguous county": (("sites", 1, "county"), "市中区", "不止一处", "511002|511102"),
    "county of another city": (("sites", 1, "county"), "江油市", "江油市不属于成都市", "绵阳市"),
    "unknown role": (("assignments", 5, "role"), "核心发展曲", "roles 中没有“核心发展曲”", "核心发展区"),
    "unknown role, nothing like it": (("assignments", 5, "role"), "xyz", "roles 中没有“xyz”", "先在 roles 中列出它"),
    "unknown sector": (("assignments", 5, "sector"), "新材枓", "sectors 中没有“新材枓”", "新材料"),
    "unknown sector in a list": (("sites", 0, "sectors", 1), "高端装倍", "sectors 中没有“高端装倍”", "高端装备"),
    "unknown site": (("assignments", 1, "sites", 0), "绵羊科技城", "sites 中没有“绵羊科技城”", "绵阳科技城"),
    "unknown region": (("statements", 8, "regions", 0), "成德眉", "regions 中没有“成德眉”", "成德绵"),
    "no citations": (("assignments", 7, "citations"), [], "没有引文", "起止位置"),
    "no citations of a sector": (("sectors", 0, "subsectors", 0, "citations"), [], "没有引文", "起止位置"),
    "text for a number": (("roles", 0, "rank"), "壹", "应是整数，而不是文字", "1 为最高"),
    "fraction for a whole number": (("roles", 0, "rank"), 1.5, "应是整数，而不是数字 1.5", "1 为最高"),
    "true for a number": (("roles", 0, "rank"), True, "应是整数，而不是真假值", "1 为最高"),
    "number for text": (("sectors", 0, "name"), 918273, "应是文字，而不是数字 918273", "名称"),
    "null for text": (("sectors", 0, "name"), None, "应是文字，而不是null", "名称"),
    "empty text": (("sectors", 0, "name"), "", "应是文字，而不是空文字", "名称"),
    "blank text": (("sectors", 0, "name"), " \u3000", "应是文字", "名称"),
    "text for a list": (("assignments", 0, "focus"), "集成电路、云服务", "应是文字列表，而不是文字", "重点发展"),
    "number in a list of texts": (("assignments", 0, "focus", 2), 7, "应是文字列表", "重点发展"),
    "list for an object": (("document",), [], "应是一个对象，而不是列表", "{ … }"),
    "text for a list of objects": (("projects",), "无", "应是一个列表，而不是文字", "[ … ]"),
    "text for an object in a list": (("roles", 1), "核心", "应是一个对象，而不是文字", "{ … }"),
    "null for the document": (("document",), None, "应是一个对象，而不是null", "{ … }"),
    "one year for a period": (("document", "period"), [2016], "应是两个年份", "规划期"),
    "period backwards": (("document", "period"), [2020, 2016], "应是两个年份", "规划期"),
    "text for a period": (("document", "period"), "2016—2020", "应是两个年份，而不是文字", "规划期"),
    "unknown kind of role": (("roles", 0, "kind"), "corre", "不能是“corre”", "core、expansion、other"),
    "unknown precision": (("sites", 0, "precision"), "exact", "不能是“exact”", "prefecture"),
    "unknown basis": (("projects", 0, "basis"), "guess", "不能是“guess”", "inferred"),
    "passage without length": (("roles", 0, "citations", 0, "end"), 7084, "7084:7084 不成一段", "终点大于起点"),
    "passage backwards": (("roles", 0, "citations", 0, "end"), 12, "7084:12 不成一段", "终点大于起点"),
    "passage before the text": (("roles", 0, "citations", 0, "start"), -1, "-1:7100 不成一段", "从 0 数"),
    "longitude alone": (("sites", 0, "lon"), 104.5, "只写了一个", "都写 null"),
    "latitude alone": (("sites", 0, "lat"), 30.5, "只写了一个", "都写 null"),
}


@pytest.mark.parametrize(("key", "value", "message", "hint"), CASES.values(), ids=CASES.keys())
def test_one_fault_is_told_once_with_its_place_and_a_remedy(
    bundled: Pack, check: Check, key: Key, value: Any, message: str, hint: str
) -> None:
    put(bundled, key, value)
    problems = [problem for problem in check(bundled) if message in problem.message]
    assert len(problems) == 1
    (problem,) = problems
    assert any(words in problem.hint for words in hint.split("|"))
    assert problem.where.startswith(f"{FILE} 第 ")
    shown = problem.where.split(" 行 ")[1]
    parents = [path(key[:length]) for length in range(len(key) + 1)]
    assert shown in (*parents, path((*key[:-1], "start")), path((*key[:-1], "lon")))


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, case in CASES.items()
        if isinstance(case[1], str) and len(case[1].strip()) > 2 and "count" not in name
    ],
)
def test_the_line_is_the_one_in_which_the_wrong_value_stands(bundled: Pack, check: Check, name: str) -> None:
    key, value, message, _ = CASES[name]
    put(bundled, key, value)
    (problem,) = [problem for problem in check(bundled) if message in problem.message]
    assert problem.where == f"{FILE} 第 {line_of(bundled, json.dumps(value, ensure_ascii=False))} 行 {path(key)}"


def test_lines_are_right_all_over_a_large_pack(bundled: Pack, check: Check) -> None:
    every = [
        key for key, value in leaves(bundled) if isinstance(value, str) and key[-1] in ("section", "status", "unit")
    ]
    chosen = every[:: len(every) // (MOST_PROBLEMS - 2) + 1]
    for number, key in enumerate(chosen):
        put(bundled, key, 918_273_000 + number)
    problems = check(bundled)
    assert len(chosen) > 20
    assert {problem.where for problem in problems} == {
        f"{FILE} 第 {line_of(bundled, str(918_273_000 + number))} 行 {path(key)}" for number, key in enumerate(chosen)
    }


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (("assignments", 3), "citations"),
        (("assignments", 3), "place"),
        (("sectors", 2), "colour"),
        (("sites", 4), "precision"),
        (("roles", 0, "citations", 0), "digest"),
        (("document",), "sha256"),
        ((), "projects"),
    ],
)
def test_a_missing_key_is_named_where_its_object_begins(bundled: Pack, check: Check, key: Key, name: str) -> None:
    del at(bundled, key)[name]
    (problem,) = [problem for problem in check(bundled) if f"缺少“{name}”" in problem.message]
    assert problem.hint == "补上这一项"
    begins = opening_line(bundled, key)
    assert problem.where == f"{FILE} 第 {begins} 行 {path(key)}".rstrip()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("sectr", "sector"), ("postions", "positions"), ("citation", "citations"), ("Place", "place")],
)
def test_a_misspelt_key_is_told_with_the_right_one(bundled: Pack, check: Check, wrong: str, right: str) -> None:
    item = bundled["assignments"][0]
    item[wrong] = item.pop(right)
    problems = check(bundled)
    (unknown,) = [problem for problem in problems if "不认识的键" in problem.message]
    assert unknown.message == f"不认识的键“{wrong}”"
    assert unknown.hint == f"是不是“{right}”？"
    line = line_of(bundled, f'"{wrong}"')
    assert unknown.where == f"{FILE} 第 {line} 行 assignments[0].{wrong}"
    assert any(f"缺少“{right}”" in problem.message for problem in problems)


def test_a_key_like_no_other_is_to_be_deleted(bundled: Pack, check: Check) -> None:
    bundled["备用"] = 1
    (problem,) = check(bundled)
    assert (problem.message, problem.hint) == ("不认识的键“备用”", "删去它")


@pytest.mark.parametrize("place", ["资阳", "资阳市", "512000", "ziyang"])
def test_the_same_city_twice_in_one_role_is_told_however_it_is_written(bundled: Pack, check: Check, place: str) -> None:
    number = next(
        index
        for index, item in enumerate(bundled["assignments"])
        if (item["sector"], item["place"]) == ("新一代信息技术", "资阳")
    )
    bundled["assignments"].append({**bundled["assignments"][number], "place": place})
    (problem,) = check(bundled)
    assert problem.message == f"与第 {number + 1} 条重复：新一代信息技术、重点拓展区、{place}"
    assert problem.hint == "合并或删去其中一条"
    last = len(bundled["assignments"]) - 1
    line = opening_line(bundled, ("assignments", last))
    assert problem.where == f"{FILE} 第 {line} 行 assignments[{last}]"


def test_one_city_may_have_a_role_in_several_sectors(small: Pack, check: Check) -> None:
    small["assignments"].append({**small["assignments"][0], "sector": "radar"})
    assert check(small) == ()


@pytest.mark.parametrize("kind", ["roles", "sectors", "regions", "sites", "statements", "projects", "indicators"])
def test_an_id_used_twice_is_told(bundled: Pack, check: Check, kind: str) -> None:
    bundled[kind].append(bundled[kind][1])
    (problem,) = check(bundled)
    assert problem.message == f"与第 2 条重复：{bundled[kind][1]['id']}"
    assert problem.where.endswith(f" 行 {kind}[{len(bundled[kind]) - 1}]")


@pytest.mark.parametrize("version", [2, 99])
def test_a_newer_pack_asks_for_a_newer_program(bundled: Pack, check: Check, version: int) -> None:
    bundled["schema"] = version
    bundled["something"] = "new"
    (problem,) = check(bundled)
    assert problem.where == f"{FILE} 第 2 行 schema"
    assert f"第 {version} 版" in problem.message
    assert "升级" in problem.hint


@pytest.mark.parametrize("version", [None, "1", 0, -1, True, 1.0, [1]])
def test_a_pack_without_a_proper_version_is_told_what_to_write(bundled: Pack, check: Check, version: Any) -> None:
    bundled["schema"] = version
    (problem,) = check(bundled)
    assert problem.where == f"{FILE} 第 2 行 schema"
    assert '"schema": 1' in problem.hint


def test_a_pack_without_a_version_is_told_what_to_write(bundled: Pack, check: Check) -> None:
    del bundled["schema"]
    (problem,) = check(bundled)
    assert problem.where.startswith(f"{FILE} 第 1 行")
    assert '"schema": 1' in problem.hint


@pytest.mark.parametrize("text", ["[]", "3", '"规划"', "null", "[{}]"])
def test_json_that_is_no_object_is_no_pack(check: Check, text: str) -> None:
    (problem,) = check(text)
    assert problem.where == f"{FILE} 第 1 行"
    assert "对象" in problem.message
    assert problem.hint


def test_an_empty_object_lacks_its_version(check: Check) -> None:
    (problem,) = check("{}")
    assert "版本" in problem.message


def test_every_fault_is_told_at_once(bundled: Pack, check: Check) -> None:
    faults: dict[Key, Any] = {
        ("roles", 1, "kind"): "centre",
        ("sectors", 2, "colour"): "red",
        ("sites", 3, "place"): "泸洲",
        ("sites", 7, "sectors", 0): "高端装",
        ("assignments", 0, "role"): "核心区域",
        ("assignments", 3, "place"): "得阳",
        ("assignments", 20, "citations"): [],
        ("statements", 5, "places", 2): "资扬",
        ("projects", 8, "citations", 0, "start"): -7,
        ("indicators", 4, "target", "value"): "十五",
    }
    for key, value in faults.items():
        put(bundled, key, value)
    bundled["assignments"].append(dict(bundled["assignments"][30]))
    bundled["indicators"][0]["commentary"] = "x"
    del bundled["document"]["title"]
    problems = check(bundled)
    assert {problem.where.split(" 行 ")[1] for problem in problems} == {
        *map(path, faults),
        f"assignments[{len(bundled['assignments']) - 1}]",
        "indicators[0].commentary",
        "document",
    }
    assert len(problems) == len(faults) + 3
    assert all(problem.message and problem.hint for problem in problems)


def test_a_city_that_is_wrong_everywhere_does_not_flood_the_screen(bundled: Pack, check: Check) -> None:
    for item in bundled["assignments"]:
        item["role"] = "没有的"
    problems = check(bundled)
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].message == f"另有 {len(bundled['assignments']) - MOST_PROBLEMS} 处问题未列出"
    assert problems[-1].hint


def test_a_wrong_role_list_is_one_fault_and_names_who_misses_it(small: Pack, check: Check) -> None:
    small["roles"][1]["id"] = "follow2"
    (problem,) = check(small)
    assert problem.where.endswith(" 行 assignments[2].role")
    assert problem.hint == "是不是“follow2”？"


def test_places_may_be_written_in_any_form_the_gazetteer_knows(small: Pack, check: Check) -> None:
    small["assignments"][0]["place"] = "510600"
    small["assignments"][1]["place"] = "mianyang"
    small["assignments"][2]["place"] = "自贡市"
    small["sites"][0]["county"] = "德阳旌阳"
    small["statements"][0]["counties"] = ["阿坝县", "510781", "广安区"]
    assert check(small) == ()


def test_optional_values_may_be_null_or_left_out(small: Pack, check: Check) -> None:
    small["sites"][0].update(place=None, county=None, lon=None, lat=None)
    small["document"].update(issuer=None, boundary_date=None, pages=None)
    for role in small["roles"]:
        role["citations"][0]["page"] = None
    assert check(small) == ()


def every_key(value: Any, key: Key = ()) -> Iterator[Key]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in below:
        yield (*key, name)
        yield from every_key(child, (*key, name))


WORDS = st.sampled_from(["", " ", "德阳", "得阳", "市中区", "510600", "江油市", "wind", "lead", "park", "core", "belt"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "place", "start"]) | st.text(), inner, max_size=3)
    ),
    max_leaves=10,
)


def outcome(text: str) -> tuple[Problem, ...]:
    try:
        build_plan(RawPack("x.json", json.loads(text), text))
    except UserError as error:
        return error.problems
    return ()


@given(st.data())
@settings(
    deadline=None, derandomize=True, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_value_anywhere_does_worse_than_a_list_of_problems(small_text: str, data: st.DataObject) -> None:
    pack = json.loads(small_text)
    for _ in range(data.draw(st.integers(1, 3))):
        key = data.draw(st.sampled_from(list(every_key(pack))))
        put(pack, key, data.draw(JSON))
    text = json.dumps(pack, indent=1)
    problems = outcome(text)
    assert all(problem.message and problem.where for problem in problems)


@given(JSON)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_no_json_at_all_does_worse_than_a_list_of_problems(value: Any) -> None:
    text = json.dumps(value)
    assert outcome(text)
