"""Look-alike radicals become the characters a reader searches for, and nothing else changes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.documents.radicals import SUPPLEMENT, unified

RANGE = range(0x2E80, 0x2FE0)
ASSIGNED = [chr(code) for code in RANGE if unicodedata.name(chr(code), "")]


def is_ideograph(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH")


def test_there_are_329_radicals() -> None:
    assert len(ASSIGNED) == 329


def test_every_radical_becomes_one_unified_ideograph() -> None:
    for radical in ASSIGNED:
        assert len(unified(radical)) == 1, radical
        assert is_ideograph(unified(radical)), radical


def test_kangxi_radicals_become_what_unicode_says() -> None:
    kangxi = "".join(char for char in ASSIGNED if ord(char) >= 0x2F00)
    assert unified(kangxi) == unicodedata.normalize("NFKC", kangxi)


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("核⼼发展区", "核心发展区"),
        ("新能源汽⻋", "新能源汽车"),
        ("⾼端装备", "高端装备"),
        ("⻘⽺⼯业集中发展区", "青羊工业集中发展区"),
        ("⻓江", "长江"),
        ("⻢尔康", "马尔康"),
        ("⻰泉驿", "龙泉驿"),
        ("⻛能", "风能"),
        ("⻝品", "食品"),
        ("⺟公司", "母公司"),
        ("⻩⾦", "黄金"),
        ("⼋⻆", "八角"),
    ],
)
def test_words_with_radicals_become_searchable(seen: str, meant: str) -> None:
    assert unified(seen) == meant


def test_codes_without_a_character_stay() -> None:
    empty = "".join(chr(code) for code in RANGE if not unicodedata.name(chr(code), ""))
    assert empty
    assert unified(empty) == empty


@given(st.text(st.characters(exclude_categories=()).filter(lambda char: ord(char) not in RANGE)))
@settings(deadline=None, derandomize=True)
def test_text_without_radicals_stays_as_it_is(text: str) -> None:
    assert unified(text) == text


def test_full_width_and_compatibility_characters_are_left_alone() -> None:
    text = "（2016—2020年）①ＡＢ㎡豈ﬁ½ 　"
    assert unified(text) == text
    assert unicodedata.normalize("NFKC", text) != text


@given(st.text(st.sampled_from([*ASSIGNED, "心", "a", "，", " "])))
@settings(deadline=None, derandomize=True)
def test_a_mended_text_keeps_its_length_and_is_mended_for_good(text: str) -> None:
    assert len(unified(text)) == len(text)
    assert unified(unified(text)) == unified(text)
    assert not any(ord(char) in RANGE for char in unified(text))


def test_the_table_holds_radicals_of_the_supplement_only() -> None:
    assert all(0x2E80 <= ord(char) <= 0x2EFF for char in SUPPLEMENT)
