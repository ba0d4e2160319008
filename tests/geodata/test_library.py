"""The library: bundled packs and the user's own, and what is said of those that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geodata import library
from geodata.library import DEFAULT_PLAN, load_plan, load_plans, pack_files, read_plan
from geodata.problems import UserError

Pack = dict[str, Any]


@pytest.fixture
def own(home: Path) -> Path:
    """The user's folder of packs."""
    folder = home / "data" / "plans"
    folder.mkdir(parents=True)
    return folder


def keep(folder: Path, name: str, pack: Pack) -> Path:
    file = folder / name
    file.write_text(json.dumps(pack, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def ids() -> list[str]:
    return [plan.id for plan in load_plans()[0]]


def test_a_new_user_has_the_bundled_plans(home: Path) -> None:
    plans, problems = load_plans()
    assert DEFAULT_PLAN in [plan.id for plan in plans]
    assert problems == ()
    assert list(home.iterdir()) == []


def test_a_pack_in_the_user_s_folder_is_read_after_the_bundled_ones(own: Path, small: Pack) -> None:
    before = ids()
    file = keep(own, "丘陵.json", small)
    plans, problems = load_plans()
    assert [plan.id for plan in plans] == [*before, "hills-1"]
    assert problems == ()
    assert pack_files()[-1] == file


def test_packs_come_in_the_order_of_their_names(own: Path, small: Pack) -> None:
    keep(own, "b.json", {**small, "id": "second"})
    keep(own, "a.json", {**small, "id": "first"})
    assert ids()[-2:] == ["first", "second"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"schema": 1}', b"\xff\xfe\x00", b"PK\x03\x04"])
def test_a_damaged_pack_is_told_and_the_others_are_there(own: Path, small: Pack, content: bytes) -> None:
    before = ids()
    (own / "坏.json").write_bytes(content)
    keep(own, "好.json", small)
    plans, problems = load_plans()
    assert [plan.id for plan in plans] == [*before, "hills-1"]
    assert problems
    assert all(problem.where.startswith("坏.json") for problem in problems)


def test_every_problem_of_every_damaged_pack_is_told(own: Path, small: Pack) -> None:
    small["assignments"][0]["place"] = "得阳"
    small["assignments"][1]["role"] = "leed"
    keep(own, "一.json", small)
    (own / "二.json").write_text("{")
    where = [problem.where for problem in load_plans()[1]]
    assert len(where) == 3
    assert [name.split(".json")[0] for name in where] == ["一", "一", "二"]


def test_a_pack_from_a_newer_program_is_told_and_left_out(own: Path, small: Pack) -> None:
    keep(own, "新.json", {**small, "schema": 2})
    plans, (problem,) = load_plans()
    assert "hills-1" not in [plan.id for plan in plans]
    assert "升级" in problem.hint


def test_the_same_id_twice_is_told_and_the_first_is_kept(own: Path, small: Pack) -> None:
    keep(own, "甲.json", small)
    keep(own, "乙.json", {**small, "title": "另一份"})
    plans, (problem,) = load_plans()
    kept = [plan for plan in plans if plan.id == "hills-1"]
    assert len(kept) == 1
    assert "hills-1" in problem.message
    assert problem.where == ("甲.json" if kept[0].title == "另一份" else "乙.json")
    assert problem.hint


def test_a_user_s_copy_of_a_bundled_pack_does_not_take_its_place(own: Path, bundled: Pack) -> None:
    keep(own, "aaa.json", {**bundled, "title": "改过的"})
    plans, (problem,) = load_plans()
    assert problem.where == "aaa.json"
    assert next(plan for plan in plans if plan.id == DEFAULT_PLAN).title != "改过的"


def test_other_files_and_folders_beside_the_packs_are_passed_over(own: Path, small: Pack) -> None:
    before = ids()
    (own / "说明.txt").write_text("不是数据包")
    (own / "丘陵.json.bak").write_text("{")
    (own / "旧").mkdir()
    keep(own / "旧", "x.json", small)
    assert load_plans()[1] == ()
    assert ids() == before


def test_a_pack_is_read_from_anywhere(tmp_path: Path, small: Pack) -> None:
    assert read_plan(keep(tmp_path, "x.json", small)).title == "丘陵示范"


def test_a_missing_pack_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_plan(tmp_path / "没有.json")
    assert "不存在" in caught.value.problems[0].message


def test_one_bundled_plan_is_read_by_its_id() -> None:
    plan = load_plan(DEFAULT_PLAN)
    assert plan is not None
    assert plan.id == DEFAULT_PLAN


@pytest.mark.parametrize("plan_id", ["", "没有", "../places", "hills-1"])
def test_there_is_no_bundled_plan_of_another_id(own: Path, small: Pack, plan_id: str) -> None:
    keep(own, "hills-1.json", small)
    assert load_plan(plan_id) is None


def test_a_plan_that_is_read_already_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = load_plan(DEFAULT_PLAN)
    assert plan is not None
    read: list[str] = []

    def reading(file: Path) -> object:
        read.append(file.stem)
        return read_plan(file)

    monkeypatch.setattr(library, "read_plan", reading)
    plans, problems = load_plans([plan])
    assert DEFAULT_PLAN not in read
    assert any(found is plan for found in plans)
    assert problems == ()


def test_a_user_s_pack_is_not_taken_for_the_bundled_one_of_the_same_file_name(own: Path, small: Pack) -> None:
    plan = load_plan(DEFAULT_PLAN)
    assert plan is not None
    keep(own, f"{DEFAULT_PLAN}.json", small)
    plans, problems = load_plans([plan])
    assert [found.id for found in plans if found.id in ("hills-1", DEFAULT_PLAN)] == [DEFAULT_PLAN, "hills-1"]
    assert problems == ()
