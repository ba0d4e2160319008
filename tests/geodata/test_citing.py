"""Citations: found where they are said to stand, found again when a copy differs, and missed when a word is changed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.documents.citing import Verdict, check_citations, cited_facts, find_document, read_folder
from geodata.documents.text import NormalisedText, digest, normalise, read_text
from geodata.folders import RESOURCES
from geodata.library import read_plan
from geodata.plan import Citation, Plan
from geodata.problems import UserError

Pack = dict[str, Any]
Build = Callable[[Pack], Plan]

STRATEGIC = "sichuan-2016-2020-strategic-emerging-industries.txt"


@pytest.fixture
def small(small: Pack) -> Pack:
    """The small pack, with a reason wherever a passage of its document does not name the place or the thing."""
    (blade,) = small["sectors"][0]["subsectors"]
    for record, reason in (
        (blade, "原句省略"),
        (small["regions"][0], "双江带含德阳旌阳和绵阳"),
        (small["sites"][0], "推定在旌阳"),
        (small["assignments"][2], "原句省略"),
        (small["statements"][0], "原句省略"),
        (small["projects"][0], "旌阳区属德阳"),
    ):
        record["citations"][0]["exception"] = reason
    return small


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def plan(pack: Pack) -> Plan:
        file = tmp_path / "pack.json"
        file.write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
        return read_plan(file)

    return plan


def verdict(plan: Plan, raw: str) -> Verdict:
    return check_citations(plan, "我的副本.txt", normalise(raw))


def named(found: Verdict) -> tuple[int, int, int, int]:
    return found.named, found.aliased, found.excepted, found.unverified


def citations(plan: Plan) -> list[Citation]:
    return [citation for fact in cited_facts(plan) for citation in fact.citations]


# --- the small plan and its document ---


def test_an_unchanged_document_has_every_passage_in_its_place(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    found = verdict(plan, document.read_text(encoding="utf-8"))
    assert found == Verdict(exact=15, named=9, excepted=6)
    assert found.citations == len(citations(plan)) == 15


def test_every_kind_of_fact_is_looked_up(small: Pack, build: Build) -> None:
    kinds = Counter(fact.name.split("「")[0].split("[")[0] for fact in cited_facts(build(small)))
    assert kinds == {
        "roles": 2,
        "sectors": 3,
        "regions": 1,
        "sites": 1,
        "assignments": 3,
        "statements": 1,
        "projects": 1,
        "indicators": 1,
    }


def test_other_line_breaks_and_spaces_change_nothing(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    raw = document.read_text(encoding="utf-8").replace("，", "，\r\n").replace("风电", "风 \u3000电")
    assert verdict(plan, raw).exact == len(citations(plan))


def test_a_changed_character_names_the_facts_that_stand_on_it(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    found = verdict(plan, document.read_text(encoding="utf-8").replace("成电子高地", "成电孑高地"))
    where = {problem.where for problem in found.problems}
    cited = plan.sector("radar").citations[0]
    assert where == {
        f"hills-1 sectors「radar」 二，第2页 {cited.start}:{cited.end}",
        f"hills-1 assignments[1]「radar·绵阳·lead」 二，第2页 {cited.start}:{cited.end}",
    }
    assert all("我的副本.txt 中没有这段引文" in problem.message for problem in found.problems)
    assert all(problem.hint for problem in found.problems)
    assert found.exact == len(citations(plan)) - 2


def test_a_missing_page_leaves_the_others_found(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    first, _, rest = document.read_text(encoding="utf-8").partition("- 3 -")
    found = verdict(plan, first)
    assert rest
    lost = [citation for citation in citations(plan) if citation.page == 3]
    assert len(found.problems) == len(lost) > 0
    assert found.exact == len(citations(plan)) - len(lost)


def test_a_word_before_all_passages_moves_them_and_loses_none(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    found = verdict(plan, "扫描件" + document.read_text(encoding="utf-8"))
    assert found == Verdict(moved=len(citations(plan)), named=9, excepted=6)


def test_a_word_between_passages_moves_only_what_follows(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    found = verdict(plan, document.read_text(encoding="utf-8").replace("三、项目", "三、重点项目"))
    after = [citation for citation in citations(plan) if citation.section == "三"]
    assert (found.moved, found.exact) == (len(after), len(citations(plan)) - len(after))
    assert found.problems == ()


def test_another_document_has_none_of_the_passages(small: Pack, build: Build) -> None:
    plan = build(small)
    found = verdict(plan, "别的文件，别的内容。" * 40)
    assert (found.exact, found.moved) == (0, 0)
    assert len(found.problems) == len(citations(plan))


def test_a_changed_word_in_another_copy_is_told_with_the_place_most_like_it(
    small: Pack, build: Build, document: Path
) -> None:
    raw = "扫描件" + document.read_text(encoding="utf-8").replace("叶片试验场", "叶片检验场")
    found = verdict(build(small), raw)
    assert {problem.message for problem in found.problems} == {
        "我的副本.txt 中没有这段引文，最相近的一处在第 3 页，文字有出入"
    }
    assert [problem.where.split()[1] for problem in found.problems] == [
        "sectors「wind/blade」",
        "projects「叶片试验场」",
    ]
    assert (found.moved, found.unverified) == (13, 2)


def test_an_empty_document_has_none_of_the_passages(small: Pack, build: Build) -> None:
    assert len(verdict(build(small), "").problems) == len(citations(build(small)))


def test_a_wrong_page_number_is_told_with_the_right_one(small: Pack, build: Build, document: Path) -> None:
    small["indicators"][0]["citations"][0]["page"] = 2
    (problem,) = verdict(build(small), document.read_text(encoding="utf-8")).problems
    assert "indicators「产值」" in problem.where
    assert problem.message == "引文在第 3 页"
    assert re.search(r"改为 3\b", problem.hint)


@pytest.mark.parametrize("page_to", [None, 1, 3])
def test_a_wrong_last_page_is_told_too(small: Pack, build: Build, document: Path, page_to: int | None) -> None:
    (citation,) = small["assignments"][2]["citations"]
    assert (citation["page"], citation.pop("page_to")) == (1, 2)
    if page_to is not None:
        citation["page_to"] = page_to
    (problem,) = verdict(build(small), document.read_text(encoding="utf-8")).problems
    assert "assignments[2]" in problem.where
    assert "2" in problem.message


def test_a_document_without_page_marks_has_no_pages_to_be_wrong(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    raw = "\n".join(line for line in document.read_text(encoding="utf-8").split("\n") if not line.startswith("- "))
    assert verdict(plan, raw) == Verdict(exact=len(citations(plan)), named=9, excepted=6)


# --- what passages name ---


def told(pack: Pack, build: Build, document: Path) -> list[str]:
    """What is wrong with the pack: the fact and the message of each problem."""
    found = verdict(build(pack), document.read_text(encoding="utf-8"))
    assert all(problem.hint for problem in found.problems)
    return [f"{problem.where.split()[1]} {problem.message}" for problem in found.problems]


def test_a_term_that_the_passage_does_not_have_is_told(small: Pack, build: Build, document: Path) -> None:
    small["assignments"][0]["focus"] = ["风电整机", "光伏组件"]
    small["assignments"][1]["positions"] = ["雷达之都"]
    assert told(small, build, document) == [
        "assignments[0]「wind·德阳·lead」 引文中没有“光伏组件”",
        "assignments[1]「radar·绵阳·lead」 引文中没有“雷达之都”",
    ]


def test_a_city_that_the_passage_does_not_name_is_told_with_the_citation(
    small: Pack, build: Build, document: Path
) -> None:
    small["assignments"][1]["place"] = "乐山"
    found = verdict(build(small), document.read_text(encoding="utf-8"))
    lead, radar = small["assignments"][1]["citations"]
    assert [problem.where.split(" ", 2)[2] for problem in found.problems] == [
        f"一，第1页 {lead['start']}:{lead['end']}",
        f"二，第2页 {radar['start']}:{radar['end']}",
    ]
    assert {problem.message for problem in found.problems} == {"引文中没有“乐山”"}
    assert "exception" in found.problems[0].hint
    assert named(found) == (7, 0, 6, 2)


def test_an_exception_excuses_a_city_and_is_counted(small: Pack, build: Build, document: Path) -> None:
    small["assignments"][2]["place"] = "乐山"
    small["assignments"][2]["citations"][0]["exception"] = "乐山在前一句"
    found = verdict(build(small), document.read_text(encoding="utf-8"))
    assert (found.problems, found.excepted) == ((), 6)


@pytest.mark.parametrize("reason", ["原句省略", "推定在德阳", "名称由合写句拆分"])
def test_an_exception_that_is_of_something_else_excuses_no_city(
    small: Pack, build: Build, document: Path, reason: str
) -> None:
    small["assignments"][2]["place"] = "乐山"
    small["assignments"][2]["citations"][0]["exception"] = reason
    assert told(small, build, document) == ["assignments[2]「wind·乐山·follow」 引文中没有“乐山”，exception 也没有说到"]


@pytest.mark.parametrize(
    ("reason", "excused"), [("旌阳区属德阳，句中未写市名", False), ("旌阳区属德阳，名称由整理者拟定", True)]
)
def test_an_exception_that_is_of_the_city_excuses_no_wrong_name(
    small: Pack, build: Build, document: Path, reason: str, excused: bool
) -> None:
    small["projects"][0]["name"] = "叶片检验场"
    small["projects"][0]["citations"][0]["exception"] = reason
    problem = "projects「叶片检验场」 引文中没有“叶片检验场”，exception 也没有说到"
    assert told(small, build, document) == ([] if excused else [problem])


def test_no_exception_excuses_words_that_are_said_to_be_the_document_s(
    small: Pack, build: Build, document: Path
) -> None:
    small["statements"][0]["focus"] = ["声呐"]
    small["projects"][0]["status"] = "已建成"
    assert told(small, build, document) == [
        "statements「joint」 引文中没有“声呐”",
        "projects「叶片试验场」 引文中没有“已建成”",
    ]


def test_an_exception_that_is_not_needed_is_told(small: Pack, build: Build, document: Path) -> None:
    small["roles"][0]["citations"][0]["exception"] = "原句省略"
    (problem,) = told(small, build, document)
    assert problem.startswith("roles「领跑区」 多余的 exception")


@pytest.mark.parametrize(
    ("kind", "name", "wrong"),
    [
        ("roles", "领跑区", "领军区"),
        ("sectors", "雷达", "声呐"),
        ("sites", "旌湖产业园", "涪江产业园"),
        ("regions", "双江带", "三江带"),
        ("projects", "叶片试验场", "叶片检验场"),
        ("indicators", "产值", "税收"),
    ],
)
def test_a_name_that_its_passage_does_not_have_is_told(
    small: Pack, build: Build, document: Path, kind: str, name: str, wrong: str
) -> None:
    (record,) = [item for item in small[kind] if item["name"] == name]
    record["name"] = wrong
    for citation in record["citations"]:
        citation.pop("exception", None)
    problems = told(small, build, document)
    assert any(kind in problem and problem.endswith(f"引文中没有“{wrong}”") for problem in problems)


def test_a_name_under_which_only_an_alias_stands_counts_as_alias(small: Pack, build: Build, document: Path) -> None:
    small["sectors"][1].update(name="雷达及感知", aliases=["雷达"])
    small["roles"][1].update(name="“跟随区”")
    found = verdict(build(small), document.read_text(encoding="utf-8"))
    assert found.problems == ()
    assert named(found) == (6, 3, 6, 0)  # the sector, the assignment in it, the role


def test_an_alias_without_the_city_of_the_name_needs_the_city_beside_it(
    small: Pack, build: Build, document: Path
) -> None:
    small["sites"][0].update(name="德阳旌湖产业园", aliases=["旌湖产业园"])
    assert told(small, build, document) == []
    small["sites"][0].update(name="绵阳旌湖产业园", place="绵阳", county=None)
    del small["sites"][0]["citations"][0]["exception"]
    problems = [problem for problem in told(small, build, document) if problem.startswith("sites")]
    assert problems == [
        "sites「绵阳旌湖产业园」 引文中没有“绵阳旌湖产业园”",
        "sites「绵阳旌湖产业园」 引文中没有“绵阳”",
    ]


def test_a_region_names_its_members_but_not_its_own(small: Pack, build: Build, document: Path) -> None:
    (belt,) = small["regions"]
    small["statements"][0].update(places=["绵阳"], citations=[dict(belt["citations"][0])])
    del small["statements"][0]["citations"][0]["exception"]
    assert told(small, build, document) == []
    del belt["citations"][0]["exception"]
    problems = told(small, build, document)
    assert "regions「双江带」 引文中没有“绵阳”" in problems
    assert not any("statements" in problem for problem in problems)


@pytest.mark.parametrize("value", [12, 20, 1200, 121])
def test_a_figure_that_the_passage_does_not_have_is_told(
    small: Pack, build: Build, document: Path, value: float
) -> None:
    small["indicators"][0]["target"]["value"] = value
    assert told(small, build, document) == [f"indicators「产值」 引文中没有数值“{value}”"]


@pytest.mark.parametrize(("field", "wrong"), [("unit", "万吨"), ("comparator", "超过"), ("scope", "德阳经开区")])
def test_the_other_words_of_an_indicator_are_looked_for_too(
    small: Pack, build: Build, document: Path, field: str, wrong: str
) -> None:
    small["indicators"][0][field] = wrong
    (problem,) = told(small, build, document)
    assert f"“{wrong}”" in problem


# --- which file holds the document ---


def folder_texts(folder: Path) -> list[tuple[Path, NormalisedText]]:
    return read_folder(folder)


def test_the_document_is_known_by_its_content_whatever_its_name(small: Pack, build: Build, document: Path) -> None:
    renamed = document.with_name("a.txt")
    document.rename(renamed)
    (document.parent / "b.txt").write_text("丘陵省示范产业规划（摘录）" + "别的内容" * 900, encoding="utf-8")
    found = find_document(build(small), folder_texts(document.parent))
    assert found is not None
    assert found[0] == renamed


def test_a_copy_with_the_title_is_taken_when_the_document_itself_is_not_there(
    small: Pack, build: Build, document: Path
) -> None:
    plan = build(small)
    raw = document.read_text(encoding="utf-8")
    document.write_text("网页复制\n" + raw, encoding="utf-8")
    (document.parent / "zz.txt").write_text("丘陵省示范产业规划 只有题目", encoding="utf-8")
    (document.parent / "aa.txt").write_text("毫不相干", encoding="utf-8")
    document.with_name("y.txt").write_text(raw.replace("雷达", "声呐"), encoding="utf-8")
    document.unlink()
    found = find_document(plan, folder_texts(document.parent))
    assert found is not None
    assert found[0].name == "y.txt"


def test_a_folder_without_the_document_has_no_file_for_it(small: Pack, build: Build, document: Path) -> None:
    document.write_text("毫不相干的文件", encoding="utf-8")
    assert find_document(build(small), folder_texts(document.parent)) is None


def test_files_that_are_no_text_are_passed_over(document: Path) -> None:
    (document.parent / "图片.txt").write_bytes(b"\xff\xd8\xff\xe0" * 100)
    (document.parent / "说明.docx").write_bytes(b"PK")
    assert [file.name for file, _ in read_folder(document.parent)] == [document.name]


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_folder_without_any_text_is_said(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    if content is not None:
        (folder / "x.txt").write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_folder(folder)
    (problem,) = caught.value.problems
    assert problem.where == str(folder)
    assert ".txt" in problem.hint


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_folder(tmp_path / "没有")
    assert caught.value.problems[0].message == "没有这个文件夹"


# --- the real document ---


@pytest.fixture(scope="module")
def strategic() -> Plan:
    return read_plan(RESOURCES / "plans" / "sichuan-strategic-13.json")


@pytest.fixture(scope="module")
def published(sources: Path) -> NormalisedText:
    return read_text(sources / STRATEGIC)


def test_every_citation_of_the_bundled_pack_stands_in_its_document(strategic: Plan, sources: Path) -> None:
    found = find_document(strategic, read_folder(sources))
    assert found is not None
    assert found[0].name == STRATEGIC
    result = check_citations(strategic, found[0].name, found[1])
    assert result.problems == ()
    assert (result.exact, result.moved) == (len(citations(strategic)), 0)


@pytest.mark.parametrize(
    "plan_id", ["sichuan-strategic-13", "sichuan-hightech-14", "sichuan-green-14", "mianyang-green-14"]
)
def test_every_citation_of_every_pack_names_what_it_is_cited_for(plan_id: str, sources: Path) -> None:
    plan = read_plan(RESOURCES / "plans" / f"{plan_id}.json")
    found = find_document(plan, read_folder(sources))
    assert found is not None
    result = check_citations(plan, found[0].name, found[1])
    assert result.problems == ()
    assert result.named + result.aliased + result.excepted == len(citations(plan)) == result.exact
    assert result.excepted == sum(bool(citation.exception) for citation in citations(plan))


def test_pages_at_the_end_of_passages_are_right_too(strategic: Plan, published: NormalisedText) -> None:
    for citation in citations(strategic):
        last = published.page_at(citation.end - 1)
        assert last == (citation.page if citation.page_to is None else citation.page_to), citation


def test_a_changed_character_in_the_real_document_is_told_for_just_the_facts_on_it(
    strategic: Plan, published: NormalisedText
) -> None:
    (deyang,) = [item for item in strategic.assignments if (item.sector, item.place) == ("新能源", "510600")]
    cited = deyang.citations[-1]
    at = cited.end - 3
    changed = published.text[:at] + "囧" + published.text[at + 1 :]
    result = check_citations(strategic, "副本.txt", published._replace(text=changed))
    hit = [citation for citation in citations(strategic) if citation.start <= at < citation.end]
    assert cited in hit
    named = [problem.where for problem in result.problems]
    assert len(named) == len(hit)
    assert any("「新能源·德阳·核心发展区」" in where and f"{cited.start}:{cited.end}" in where for where in named)
    assert (result.exact, result.moved) == (len(citations(strategic)) - len(hit), 0)


def test_a_character_before_the_real_text_moves_everything_and_loses_nothing(
    strategic: Plan, published: NormalisedText
) -> None:
    result = check_citations(strategic, "副本.txt", published._replace(text="囧" + published.text))
    assert (result.exact, result.moved, result.problems) == (0, len(citations(strategic)), ())


def test_a_wrong_page_in_the_bundled_pack_would_be_told(bundled: Pack, build: Build, published: NormalisedText) -> None:
    bundled["assignments"][0]["citations"][0]["page"] = 55
    (problem,) = check_citations(build(bundled), "副本.txt", published).problems
    assert "「新一代信息技术·成都·核心发展区」" in problem.where
    assert re.search(r"改为 14\b", problem.hint)


def test_digests_are_of_the_passages_and_no_words_are_kept(strategic: Plan, published: NormalisedText) -> None:
    for citation in citations(strategic):
        assert citation.digest == digest(published.text[citation.start : citation.end])
        assert len(citation.digest) == 12
