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
def build(tmp_path: Path) -> Build:
    def plan(pack: Pack) -> Plan:
        file = tmp_path / "pack.json"
        file.write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
        return read_plan(file)

    return plan


def verdict(plan: Plan, raw: str) -> Verdict:
    return check_citations(plan, "我的副本.txt", normalise(raw))


def citations(plan: Plan) -> list[Citation]:
    return [citation for fact in cited_facts(plan) for citation in fact.citations]


# --- the small plan and its document ---


def test_an_unchanged_document_has_every_passage_in_its_place(small: Pack, build: Build, document: Path) -> None:
    plan = build(small)
    found = verdict(plan, document.read_text(encoding="utf-8"))
    assert found == Verdict(exact=len(citations(plan)), moved=0, excepted=0, problems=())


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
    assert found == Verdict(exact=0, moved=len(citations(plan)), excepted=0, problems=())


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
    assert verdict(plan, raw) == Verdict(len(citations(plan)), 0, 0, ())


def test_a_term_that_the_passage_does_not_have_is_told(small: Pack, build: Build, document: Path) -> None:
    small["assignments"][0]["focus"] = ["风电整机", "光伏组件"]
    small["assignments"][1]["positions"] = ["雷达之都"]
    found = verdict(build(small), document.read_text(encoding="utf-8"))
    assert [problem.message for problem in found.problems] == ["引文中没有“光伏组件”", "引文中没有“雷达之都”"]
    assert "assignments[0]「wind·德阳·lead」" in found.problems[0].where


def test_a_city_that_the_passage_does_not_name_is_told(small: Pack, build: Build, document: Path) -> None:
    small["assignments"][2]["place"] = "乐山"
    (problem,) = verdict(build(small), document.read_text(encoding="utf-8")).problems
    assert problem.message == "引文中没有“乐山”"
    assert "exception" in problem.hint


def test_an_exception_excuses_the_city_and_is_counted(small: Pack, build: Build, document: Path) -> None:
    small["assignments"][2]["place"] = "乐山"
    small["assignments"][2]["citations"][0]["exception"] = "原句省略地名"
    found = verdict(build(small), document.read_text(encoding="utf-8"))
    assert (found.problems, found.excepted) == ((), 1)


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
