"""Texts that say the same in other characters are equal, and a section is found by its headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.documents.folding import fold, folded, respelt, widths
from geodata.documents.sections import is_heading, numeral, section_range


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("西部（成都）科学城", "西部(成都)科学城"),
        ("２０２５年", "2025年"),
        ("新能源汽⻋", "新能源汽车"),
        ("Micro-LED、AMOLED", "micro led,amoled"),
        ("“互联网+”智慧能源", "互联网智慧能源"),
        ("ZrO₂", "ZrO2"),
        ("ﬁve", "five"),
    ],
)
def test_width_punctuation_radicals_and_case_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_stay_different() -> None:
    assert fold("成都") != fold("成部")
    assert fold("3.7") == fold("37")  # the price of dropping punctuation


@given(st.text(max_size=60))
def test_a_folded_text_knows_where_each_of_its_letters_stood(text: str) -> None:
    copy = folded(text)
    assert copy.text == fold(text)
    assert len(copy.offsets) == len(copy.text)
    assert list(copy.offsets) == sorted(copy.offsets)
    assert all(letter in fold(text[offset]) for letter, offset in zip(copy.text, copy.offsets, strict=True))


@given(st.text("，,（(）)甲1１ ％%；;：:！!？?～~＋+／/", max_size=30))
def test_every_spelling_keeps_its_offsets_and_its_words(text: str) -> None:
    spellings = (*widths(text), *respelt(text))
    assert text in spellings
    assert all(len(spelling) == len(text) and fold(spelling) == fold(text) for spelling in spellings)


TEXT = (
    "目录一、背景1二、布局2（一）核心区2（二）拓展区3专栏1重点工程4"
    "一、背景为推动发展，第一、二、三产业融合。（一）基础。1.产业。2.企业。（二）目标。到2025年达到1.2万亿元。"
    "二、布局（一）核心区。以成都为主体。（二）拓展区。以德阳为主体。专栏1重点工程建设。专栏2技术攻关。"
    "三、保障（三）组织。专栏10科技服务。"
)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("一", "一、背景为推动"),
        ("一（二）", "（二）目标。到2025年达到1.2万亿元。"),
        ("一（一）2", "2.企业。"),
        ("二（二）", "（二）拓展区。以德阳为主体。专栏1重点工程建设。专栏2技术攻关。"),
        ("专栏 1", "专栏1重点工程建设。"),
        ("专栏 10", "专栏10科技服务。"),
        ("前言", "目录"),
    ],
)
def test_a_section_runs_from_its_heading_to_the_next(section: str, words: str) -> None:
    expected = TEXT.rindex(words) if section != "前言" else 0
    found = section_range(section, TEXT, expected)
    assert found is not None
    assert TEXT[found[0] : found[1]].startswith(words)


@pytest.mark.parametrize("section", ["九", "专栏 7", "表 1", "附录", ""])
def test_a_section_without_its_heading_is_not_found(section: str) -> None:
    assert section_range(section, TEXT, 100) is None


def test_numerals_count_up() -> None:
    assert [numeral(value) for value in (1, 9, 10, 11, 19, 20, 27, 99)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十七", "九十九",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "words", "wanted"),
    [
        ("三", "三、推动风电", True),
        ("三", "推动风电", True),
        ("三", "以德阳", False),
        ("三（二）", "做强叶片", True),
        ("三（二）1", "碳梁", True),
        ("三（二）", "碳梁", False),
        ("专栏 1", "推动风电", False),
    ],
)
def test_words_are_of_a_heading_when_its_number_stands_before_them(section: str, words: str, wanted: bool) -> None:
    text = "二、基础以德阳为主。三、推动风电发展（一）整机（二）做强叶片1.碳梁"
    assert is_heading(section, text, text.index(words)) is wanted
