"""A cited passage is found again in a copy of the document, with a confidence that it deserves, or not at all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.documents.passages import LEAST, Found, find_passage, proved
from geodata.documents.readers import read_document
from geodata.documents.text import NormalisedText, normalise
from geodata.documents.words import records
from geodata.library import load_plans
from geodata.plan import Citation, Plan

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "plans"
WIDE, NARROW = "，；：（）！？％", ",;:()!?%"


def citations(plan: Plan) -> list[Citation]:
    """Every cited passage of the plan, once."""
    found = {(item.start, item.end): item for record in records(plan) for item in record.citations}
    return [found[key] for key in sorted(found)]


def finds(plan: Plan, text: NormalisedText) -> list[tuple[Citation, Found | None]]:
    return [(citation, find_passage(citation, plan, text)) for citation in citations(plan)]


def passage(text: NormalisedText, place: Citation | Found) -> str:
    return text.text[place.start : place.end]


def kinds(plan: Plan, text: NormalisedText) -> Counter[str | None]:
    return Counter(found.confidence if found else None for _, found in finds(plan, text))


# Word for word


def test_in_the_reference_text_every_passage_is_exactly_in_its_place(plan: Plan, text: NormalisedText) -> None:
    for citation, found in finds(plan, text):
        assert found is not None
        assert found[:4] == (citation.start, citation.end, "exact", 1.0)


@pytest.mark.parametrize(("before", "after"), [("前", ""), ("网站首页|登录" * 40, "版权所有" * 40)])
def test_in_a_shifted_copy_every_passage_has_moved_as_a_whole(
    plan: Plan, text: NormalisedText, before: str, after: str
) -> None:
    copy = NormalisedText(before + text.text + after, ())
    for citation, found in finds(plan, copy):
        assert found is not None
        assert found[:4] == (citation.start + len(before), citation.end + len(before), "moved", 1.0)


def test_chapters_in_another_order_do_no_harm(plan: Plan, text: NormalisedText) -> None:
    cut = text.text.index("三、重点工程")
    copy = NormalisedText(text.text[cut:] + text.text[:cut], ())
    for citation, found in finds(plan, copy):
        assert found is not None
        assert passage(copy, found) == passage(text, citation)


@pytest.mark.parametrize("form", [str.maketrans(WIDE, NARROW), str.maketrans(NARROW, WIDE)])
def test_the_width_of_punctuation_makes_no_passage_unsure(
    plan: Plan, text: NormalisedText, form: dict[int, int]
) -> None:
    copy = NormalisedText("前" + text.text.translate(form), ())
    for citation, found in finds(plan, copy):
        assert found is not None
        assert (found.start, found.end, found.score) == (citation.start + 1, citation.end + 1, 1.0)
        assert found.confidence == ("moved" if passage(copy, found) == passage(text, citation) else "likely")


# Other words


def test_a_misread_character_leaves_the_passage_likely_where_it_is(plan: Plan, text: NormalisedText) -> None:
    citation = next(item for item in citations(plan) if "岷江硅园" in passage(text, item))
    copy = NormalisedText("前" + text.text.replace("岷江硅园", "眠江硅园"), ())
    found = find_passage(citation, plan, copy)
    assert found is not None
    assert (found.start, found.end, found.confidence) == (citation.start + 1, citation.end + 1, "likely")
    assert LEAST <= found.score < 1
    assert "%" in found.why


def test_a_running_title_inside_a_passage_does_not_hide_it(plan: Plan, text: NormalisedText) -> None:
    citation = next(item for item in citations(plan) if "嘉陵汽车湾" in passage(text, item))
    copy = NormalisedText(text.text.replace("轮毂电机", "轮毂—12—丘陵省文件汇编电机"), ())
    found = find_passage(citation, plan, copy)
    assert found is not None
    assert found.confidence == "likely"
    assert "南充依托嘉陵汽车湾" in passage(copy, found)


def test_a_passage_that_was_left_out_is_not_found(plan: Plan, text: NormalisedText) -> None:
    citation = next(item for item in citations(plan) if "嘉陵汽车湾" in passage(text, item))
    copy = NormalisedText(text.text.replace(passage(text, citation) + "。", ""), ())
    assert find_passage(citation, plan, copy) is None
    assert kinds(plan, copy)[None] == 1


def test_in_half_a_document_the_other_half_is_not_found(plan: Plan, text: NormalisedText) -> None:
    half = text.text.index("三、重点工程")
    for citation, found in finds(plan, NormalisedText("前" + text.text[:half], ())):
        assert (found is not None) == (citation.end <= half)


def test_where_no_passage_is_whole_the_section_and_the_words_still_find_most(plan: Plan, text: NormalisedText) -> None:
    copy = NormalisedText("".join(char for index, char in enumerate(text.text) if index % 11), ())
    right = wrong = 0
    for citation, found in finds(plan, copy):
        if found is not None:
            middle = (citation.start + citation.end) // 2 * 10 // 11
            right += found.start <= middle <= found.end
            wrong += not found.start <= middle <= found.end
    assert proved(plan, copy)[0] == 0
    assert wrong == 0
    assert right >= 8


def test_in_another_document_nothing_is_found(plan: Plan, bundled: Plan, text: NormalisedText) -> None:
    assert kinds(bundled, text) == {None: len(citations(bundled))}
    assert proved(bundled, text)[0] == 0


@pytest.mark.parametrize("copy", ["", "德", "德阳绵阳自贡泸州", "。" * 500])
def test_a_text_of_nothing_gives_nothing(plan: Plan, copy: str) -> None:
    assert kinds(plan, NormalisedText(copy, ())) == {None: len(citations(plan))}


def test_a_citation_that_is_not_of_the_pack_is_found_by_its_digest(plan: Plan, text: NormalisedText) -> None:
    citation = citations(plan)[5]
    alone = citation._replace(end=citation.end - 1, digest="0" * 12)
    assert find_passage(alone, plan, NormalisedText("x" * 50, ())) is None


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_happened_to_a_copy_finds_lie_in_it_and_scores_between_the_limits(
    data: st.DataObject, plan: Plan, text: NormalisedText
) -> None:
    copy = text.text
    for _ in range(data.draw(st.integers(0, 12))):
        place = data.draw(st.integers(0, len(copy)))
        length = data.draw(st.integers(0, 200))
        copy = copy[:place] + data.draw(st.text("，。一二德阳X１（(", max_size=9)) + copy[place + length :]
    for _, found in finds(plan, NormalisedText(copy, ())):
        if found is not None:
            assert 0 <= found.start < found.end <= len(copy)
            assert LEAST <= found.score <= 1


# The real plan


def letters(text: str) -> Iterator[tuple[str, int | None]]:
    yield from ((char, index) for index, char in enumerate(text))


def misread(pairs: list[tuple[str, int | None]], share: float) -> list[tuple[str, int | None]]:
    chance = random.Random(3)
    return [(chance.choice("的一是在产业") if chance.random() < share else char, index) for char, index in pairs]


def headed(pairs: list[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    copy: list[tuple[str, int | None]] = []
    for count, pair in enumerate(pairs):
        if count % 500 == 0:
            copy += [(char, None) for char in f"四川省文件汇编{count // 500}"]
        copy.append(pair)
    return copy


def gaps(pairs: list[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    chance = random.Random(3)
    blocks = [pairs[start : start + 200] for start in range(0, len(pairs), 200)]
    return [pair for block in blocks if chance.random() > 0.2 for pair in block]


@pytest.mark.parametrize(
    ("spoil", "least"),
    [
        (lambda pairs: misread(pairs, 0.005), 0.98),
        (lambda pairs: misread(pairs, 0.03), 0.9),
        (headed, 0.97),
        (gaps, 0.9),
        (lambda pairs: misread(gaps(headed(pairs)), 0.01), 0.85),
    ],
    ids=["few misread", "many misread", "running titles", "gaps", "all at once"],
)
def test_in_a_poor_copy_of_a_real_plan_nearly_all_is_found_and_nearly_nothing_wrongly(
    bundled: Plan,
    reference: NormalisedText,
    spoil: Callable[[list[tuple[str, int | None]]], list[tuple[str, int | None]]],
    least: float,
) -> None:
    pairs = spoil(list(letters(reference.text)))
    copy = NormalisedText("".join(char for char, _ in pairs), ())
    places = {index: place for place, (_, index) in enumerate(pairs) if index is not None}
    there = right = wrong = 0
    for citation, found in finds(bundled, copy):
        known = [places[index] for index in range(citation.start, citation.end) if index in places]
        present = len(known) * 2 > citation.end - citation.start
        there += present
        if found is not None:
            inside = sum(found.start <= place < found.end for place in known)
            hit = present and inside * 2 >= len(known) and inside * 2.5 >= found.end - found.start
            right += hit
            wrong += not hit
    assert right >= least * there
    assert wrong <= 0.03 * there


def test_the_noisy_web_copy_has_nearly_every_passage_of_the_high_tech_plan() -> None:
    file = SOURCES / "sichuan-2021-2025-high-tech-industry.web-copy.txt"
    plans = {plan.id: plan for plan in load_plans()[0]}
    if not file.is_file() or "sichuan-hightech-14" not in plans:
        pytest.skip("the web copy or its pack is not here")
    found = kinds(plans["sichuan-hightech-14"], read_document(file).text)
    assert found[None] <= 0.06 * found.total()


def test_normalised_text_is_what_the_finder_takes(plan: Plan, document: str) -> None:
    assert kinds(plan, normalise(document)) == {"exact": len(citations(plan))}
