"""A document is recognised by its text, also as a poor copy; what is another document is nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.documents.readers import read_document
from geodata.documents.recognise import recognise
from geodata.documents.text import NormalisedText, normalise
from geodata.library import load_plans
from geodata.plan import Plan

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "plans"
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the plan documents are not here")
WEB_COPY = "sichuan-2021-2025-high-tech-industry.web-copy.txt"


def copy(text: str) -> NormalisedText:
    return normalise(text)


def test_the_reference_text_is_recognised_exactly(plan: Plan, bundled: Plan, document: str) -> None:
    found = recognise(copy(document), (bundled, plan))
    assert found is not None
    assert (found.plan, found.confidence) == (plan, "exact")
    assert found.how


def test_a_changed_copy_is_recognised_as_likely(plan: Plan, bundled: Plan, document: str) -> None:
    found = recognise(copy("网站导航，" + document.replace("，", ",").replace("（", "(")), (bundled, plan))
    assert found is not None
    assert (found.plan, found.confidence) == (plan, "likely")
    assert "标题" in found.how


def test_a_copy_without_its_title_is_recognised_by_what_stands_in_it(plan: Plan, bundled: Plan, document: str) -> None:
    found = recognise(copy(document.replace(plan.document.title, "")), (bundled, plan))
    assert found is not None
    assert found.plan == plan
    assert "引文" in found.how


def test_one_chapter_is_recognised(plan: Plan, bundled: Plan, document: str) -> None:
    found = recognise(copy(document[document.index("（二）拓展区") :]), (bundled, plan))
    assert found is not None
    assert found.plan == plan


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国行政区划代码。",
        "{title}政策解读。近日，{title}印发，提出以德阳、绵阳为主体，到2031年产值达到新高。"
        + "专家表示前景广阔。" * 50,
        "通讯录：成都市、绵阳市、德阳市、自贡市，高端装备、新材料、节能环保。",
    ],
)
def test_a_text_that_is_something_else_is_not_recognised(plan: Plan, bundled: Plan, text: str) -> None:
    assert recognise(copy(text.format(title=plan.document.title)), (plan, bundled)) is None


def test_without_plans_nothing_is_recognised(text: NormalisedText) -> None:
    assert recognise(text, ()) is None


@needs_sources
def test_each_source_is_exactly_its_plan_and_no_other(plan: Plan) -> None:
    plans = (plan, *load_plans()[0])
    for file in SOURCES.glob("*.txt"):
        text = read_document(file).text
        found = recognise(text, plans)
        exact = [known for known in plans if known.document.sha256 == text.sha256]
        assert [found.plan] == exact if found and found.confidence == "exact" else not exact


@needs_sources
def test_the_noisy_web_copy_is_likely_the_high_tech_plan() -> None:
    plans = load_plans()[0]
    if "sichuan-hightech-14" not in [plan.id for plan in plans]:
        pytest.skip("its pack is not bundled yet")
    found = recognise(read_document(SOURCES / WEB_COPY).text, plans)
    assert found is not None
    assert (found.plan.id, found.confidence) == ("sichuan-hightech-14", "likely")


def test_the_comparison_with_each_plan_can_be_stopped(bundled: Plan) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int, words: str) -> None:
        told.append((done, total))
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        recognise(copy("另一份文件" * 50), (bundled, bundled, bundled), stop)
    assert told == [(0, 3), (1, 3)]
