"""A figure is found however the document writes it, and not as a part of another one."""

from __future__ import annotations

import pytest

from geodata.documents.figures import names_figure, names_unit


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (120, "亿元", "产值达到120亿元"),
        (5671.5, "亿元", "总产值5671.5亿元"),
        (5671.5, "亿元", "总产值5,671.5亿元"),
        (29600, "亿元", "收入突破2.96万亿元"),
        (10000, "亿元", "规模达1万亿元"),
        (1.06, "万亿元", "营收1.06万亿元"),
        (20000, "家", "突破2万家"),
        (200_000_000, "元", "投入2亿元"),
        (12, "%", "年均增幅１２％以上"),
        (15, "%", "占比达到百分之十五"),
        (25, "个", "建成二十五个园区"),
        (2, "个", "两个国家级基地"),
        (200, "项", "突破两百项技术"),
        (1500, "家", "培育一千五百家企业"),
        (2, "倍", "拥有量翻番"),
        (4, "倍", "总量翻两番"),
    ],
)
def test_a_figure_is_found_as_documents_write_it(value: float, unit: str, words: str) -> None:
    assert names_figure(value, (value,), unit, words)
    assert names_unit(unit, words)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12, "亿元", "产值达到120亿元"),
        (20, "亿元", "产值达到120亿元"),
        (5, "%", "比重为13.5%"),
        (13, "%", "比重为13.5%"),
        (5, "个", "建成二十五个园区"),
        (20, "个", "建成二十五个园区"),
        (2.9, "万亿元", "收入突破2.96万亿元"),
        (3, "个", "产值达到120亿元"),
        (3, "倍", "拥有量翻番"),
    ],
)
def test_another_figure_is_not_taken_for_it(value: float, unit: str, words: str) -> None:
    assert not names_figure(value, (value,), unit, words)


def test_figures_of_a_table_row_run_together() -> None:
    words = "2营业收入占比重%34.838"
    assert names_figure(34.8, (34.8, 38), "%", words)
    assert names_figure(38, (34.8, 38), "%", words)
    assert not names_figure(38, (34.9, 38), "%", words)


def test_a_yearly_unit_has_both_its_parts() -> None:
    assert names_unit("项/年", "每年支持2000项以上")
    assert not names_unit("项/年", "支持2000项以上")
    assert not names_unit("亿元", "120万元")
