"""Words are found in the attached copies as sentences with their pages, and lead to the passage itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geodata.documents.folding import even
from geodata.documents.lookup import MOST, look_up
from geodata.documents.passages import find_passage
from geodata.documents.shelf import attach, attached
from geodata.documents.text import NormalisedText
from geodata.plan import Plan


@pytest.fixture
def copy(tmp_path: Path, document: str, plan: Plan) -> NormalisedText:
    """The reference text as the user's copy."""
    file = tmp_path / "规划.txt"
    file.write_text(document, encoding="utf-8")
    attach(file, [plan])
    found = attached(plan.id)
    assert found is not None
    return found


def test_a_word_is_found_with_its_sentence_page_and_section(plan: Plan, copy: NormalisedText) -> None:
    (found,) = look_up("相控阵雷达", [plan]).found
    assert "绵阳依托涪城雷达谷" in found.excerpt
    assert [found.excerpt[start:end] for start, end in found.marks] == ["相控阵雷达"]
    assert found.citation.pages == "第2页"
    assert found.citation.section
    passage = find_passage(found.citation, plan, copy)
    assert passage is not None
    assert copy.text[passage.start : passage.end] == "相控阵雷达"


def put(tmp_path: Path, plan: Plan, words: str) -> None:
    """Makes `words` the user's copy of the plan's document."""
    file = tmp_path / "规划.txt"
    file.write_text(words, encoding="utf-8")
    attach(file, [plan])


def renumbered(words: str) -> str:
    """The text with a hundred added to every page mark."""
    return re.sub(r"(?m)^- (\d+) -$", lambda found: f"- {int(found[1]) + 100} -", words)


def test_a_copy_with_pages_of_its_own_is_cited_on_those_of_the_document(
    plan: Plan, tmp_path: Path, document: str
) -> None:
    put(tmp_path, plan, renumbered(document))
    (found,) = look_up("相控阵雷达", [plan]).found
    assert (found.citation.pages, found.own_page) == ("第2页", 102)
    assert found.reference == found.citation.reference


def test_where_no_fact_tells_the_page_it_is_said_to_be_the_copys(plan: Plan, tmp_path: Path, document: str) -> None:
    put(tmp_path, plan, renumbered(document) + "\n末尾另有一句话。")
    (found,) = look_up("另有一句话", [plan]).found
    assert (found.citation.section, found.citation.pages) == ("", "")
    assert found.reference == f"你的文件第{found.own_page}页"
    assert found.own_page is not None
    assert found.own_page > 100


def test_a_copy_without_pages_has_those_of_the_facts_or_none(plan: Plan, tmp_path: Path, document: str) -> None:
    put(tmp_path, plan, re.sub(r"(?m)^- \d+ -$", "", document) + "\n末尾另有一句话。")
    (found,) = look_up("相控阵雷达", [plan]).found
    assert (found.citation.pages, found.own_page) == ("第2页", None)
    (found,) = look_up("另有一句话", [plan]).found
    assert found.reference == ""


@pytest.mark.parametrize(
    "text", ["“智造走廊”", '"智造走廊"', "「智造走廊」", "ＬＥＤ灯", "led灯", "5671．5", "（试行）", "(试行)"]
)
def test_width_case_and_quotation_marks_do_not_matter(plan: Plan, tmp_path: Path, document: str, text: str) -> None:
    put(tmp_path, plan, document + "\n打造“智造走廊”，LED灯产值5671.5亿元(试行)。")
    (found,) = look_up(text, [plan]).found
    ((start, end),) = found.marks
    assert even(found.excerpt[start:end]).lower() == even(text).lower()
    assert found.excerpt.endswith("”，LED灯产值5671.5亿元(试行)")


def test_words_that_are_there_are_told_from_those_that_are_not(plan: Plan, copy: NormalisedText) -> None:
    told = look_up("单晶炉 绵阳", [plan])
    assert (told.found, told.words, told.missing) == ((), ("单晶炉", "绵阳"), ())
    assert look_up("单晶炉 子虚乌有", [plan]).missing == ("子虚乌有",)
    assert look_up("单晶炉；乐山", [plan]).found
    assert look_up("；。", [plan]).words == ()


def test_several_words_stand_in_one_sentence_in_any_order(plan: Plan, copy: NormalisedText) -> None:
    (found,) = look_up("单晶炉 乐山", [plan]).found
    assert [found.excerpt[start:end] for start, end in found.marks] == ["乐山", "单晶炉"]
    assert look_up("单晶炉 绵阳", [plan]).found == ()


def test_what_is_nowhere_says_where_was_looked(plan: Plan, copy: NormalisedText) -> None:
    assert look_up("子虚乌有", [plan])[1:3] == ({plan.id: 0}, (plan.title,))
    assert look_up("  ", [plan]).found == ()


def test_without_documents_nothing_was_looked_through(plan: Plan) -> None:
    assert look_up("乐山", [plan])[:3] == ((), {}, ())


def test_of_many_sentences_the_first_are_told_and_all_counted(plan: Plan, tmp_path: Path, document: str) -> None:
    file = tmp_path / "规划.txt"
    file.write_text(document + "重复的话。" * (MOST + 5), encoding="utf-8")
    attach(file, [plan], chosen=plan)
    told = look_up("重复的话", [plan])
    assert len(told.found) == MOST
    assert told.totals == {plan.id: MOST + 5}


def test_signs_are_looked_up_as_they_are(plan: Plan, copy: NormalisedText) -> None:
    assert look_up("3.7%", [plan]).totals == {plan.id: 1}
    assert look_up(".*", [plan]).found == ()
