"""A passage is shown between whole sentences, in paragraphs, and with nothing but breaks added."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.documents.excerpt import paragraphs, surroundings


def broken(text: str) -> list[str]:
    cuts = [0, *paragraphs(text, 0, len(text)), len(text)]
    return [text[low:high] for low, high in pairwise(cuts)]


@pytest.mark.parametrize(
    "lines",
    [
        ["某省规划。", "一、规划背景", "（一）发展基础。产业已有规模。", "（二）面临形势。竞争加剧。"],
        ["二、空间布局", "（三）优化布局。", "1.核心区布局。以甲、乙两地为主。", "2.拓展区布局。以丙地为主。"],
        ["加快研究开发。", "专栏3装备产业重点工程见下。", "（四）其他。"],
        [
            "##二、总体要求",
            "###（一）指导思想坚持创新。",
            "**坚持创新。**把创新放在首位，加快建立以市场为导向、企业为主体、产学研深度融合的技术创新体系。",
            "**坚持转型。**加快转型。",
        ],
        ["——到2025年，规模扩大。", "——到2030年，规模再扩大。", "三、重点任务"],
        [
            "壮大产业。",
            "燃气轮机。坚持优先发展，形成成套设计制造能力。",
            "机器人。集中力量攻克难关，尽快形成批量供货的能力。",
        ],
        ["形成能力。", "推广应用工程：以甲、乙两个城市为先导。", "研发创新工程：建立研发平台，开展试验。"],
        ["|指标|单位|", "|产值|亿元|"],
    ],
)
def test_paragraphs_begin_where_the_document_begins_them(lines: list[str]) -> None:
    assert broken("".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "统一、协调推进各项工作",
        "按照（一）的要求办理",
        "在专栏3中列出的项目和见表1的指标",
        "达到3.7%，增长2.5亿元，建成第5.甲类设施",
        "建设成德绵（一体化）、攀西（试验区）",
        "第一、第二产业和第三、第四批项目",
    ],
)
def test_a_paragraph_is_not_broken_within_a_sentence(text: str) -> None:
    assert broken(text) == [text]


def test_a_long_paragraph_is_broken_after_a_sentence() -> None:
    sentence = "各地根据自身条件选择重点，不搞一哄而上，对进展缓慢的项目及时作出调整并且向社会公布。"
    parts = broken(sentence * 12)
    assert len(parts) > 2
    assert all(part.endswith("。") for part in parts)
    assert max(map(len, parts)) < 300


def test_paragraphs_stay_where_they_are_when_more_is_shown() -> None:
    text = "".join(f"（{number}）要求。" + "加快建设，形成能力，取得成效。" * 30 for number in "一二三四五六七八九")
    far = set(paragraphs(text, 400, 3000))
    near = set(paragraphs(text, 1500, 2000))
    assert near == {place for place in far if 1500 < place < 2000}


def test_surroundings_are_whole_sentences_of_the_wanted_length() -> None:
    text = "各地选择重点，不搞一哄而上。对缓慢的项目及时调整！" * 100
    start, end = text.index("项目", 1200), text.index("调整", 1200)
    low, high = surroundings(text, start, end, 200, 400)
    assert 200 <= start - low <= 400
    assert 200 <= high - end <= 400
    assert text[low - 1] in "。！"
    assert text[high - 1] in "。！"


def test_without_sentences_the_surroundings_still_end() -> None:
    assert surroundings("字" * 5000, 2000, 2100, 200, 400) == (1600, 2500)


@given(st.text("甲一、（）。；：12.#*|专栏—”", max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_any_text_is_cut_around_the_passage_and_loses_nothing(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    low, high = surroundings(text, start, end, 20, 40)
    assert 0 <= low <= start <= end <= high <= len(text)
    begins = paragraphs(text, low, high)
    assert list(begins) == sorted(set(begins))
    assert all(low < begin < high for begin in begins)
