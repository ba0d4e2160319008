"""Words are found in the attached copies as sentences with their pages, and lead to the passage itself."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_several_words_stand_in_one_sentence_in_any_order(plan: Plan, copy: NormalisedText) -> None:
    (found,) = look_up("单晶炉 乐山", [plan]).found
    assert [found.excerpt[start:end] for start, end in found.marks] == ["乐山", "单晶炉"]
    assert look_up("单晶炉 绵阳", [plan]).found == ()


def test_what_is_nowhere_says_where_was_looked(plan: Plan, copy: NormalisedText) -> None:
    assert look_up("子虚乌有", [plan])[1:] == ({plan.id: 0}, (plan.title,))
    assert look_up("  ", [plan]).found == ()


def test_without_documents_nothing_was_looked_through(plan: Plan) -> None:
    assert look_up("乐山", [plan]) == ((), {}, ())


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
