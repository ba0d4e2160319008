"""Running text: lines that fit, columns without single lines, and columns of whole entries for Word."""

from __future__ import annotations

from layers.drawing import StrokeOp, TextOp
from layers.flow import Block, Line, Span, balanced, break_lines, cut_blocks, height_of, text_ops


def square(text: str, size: float, *_: object) -> float:
    """Every character is as wide as high."""
    return len(text) * size


def lines_of(*texts: str, wide: int = 6) -> list[Line]:
    return break_lines([Block((Span(text),)) for text in texts], 10.0, wide * 10.0, square)


def said(lines: list[Line]) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lines]


def text_of(blocks: list[Block]) -> list[str]:
    return ["".join(span.text for span in block.spans) for block in blocks]


def test_punctuation_stays_with_its_word() -> None:
    rows = said(lines_of("一二三四五六，七八九（十一二）三"))
    assert rows == ["一二三四五", "六，七八九", "（十一二）三"]


def test_a_whole_span_breaks_after_its_own_marks_only() -> None:
    lines = break_lines([Block((Span("甲"), Span("〔三（九），第14页〕", whole=True)))], 10.0, 90.0, square)
    assert said(lines) == ["甲〔三（九），", "第14页〕"]


def test_a_glued_span_stays_with_the_name_before_it() -> None:
    spans = [Span("甲乙　"), Span("丙丁", whole=True), Span("〔三（九），第14页〕", whole=True, glued=True)]
    assert said(break_lines([Block(tuple(spans))], 10.0, 140.0, square)) == ["甲乙　", "丙丁〔三（九），第14页〕"]


def test_no_single_line_of_a_paragraph_stands_alone_in_a_column() -> None:
    lines = lines_of("一" * 12, "二" * 18, "三" * 18)
    for height in range(60, 160, 7):
        columns = balanced(lines, 2, float(height))
        if columns is None:
            continue
        first, second = (said(column) for column in columns)
        assert first + second == said(lines)
        for char, number in (("一", 2), ("二", 3), ("三", 3)):
            assert sum(char in row for row in first) in (0, 2, number)
            assert sum(char in row for row in second) in (0, 2, number)


def test_a_ruled_block_has_a_line_of_the_columns_width_under_it_and_room_for_it() -> None:
    plain, ruled = (break_lines([Block((Span("甲"),), ruled=on)], 10.0, 60.0, square) for on in (False, True))
    assert height_of(ruled) > height_of(plain)
    words, rule = text_ops(ruled, 20.0, 30.0, 60.0, square, "sheet")
    assert isinstance(words, TextOp)
    assert isinstance(rule, StrokeOp)
    left, top, right, _ = rule.shape.bounds
    assert (left, right) == (20.0, 80.0)
    assert words.box[3] < top < 30.0 + height_of(ruled)


def test_blocks_are_cut_between_entries_and_headings_go_with_what_follows() -> None:
    listed = Block((Span("一" * 6), Span("；"), Span("二" * 12), Span("；"), Span("三" * 6)))
    assert [text_of(part) for part in cut_blocks([listed], 10.0, 60.0, square, 2)] == [
        ["一" * 6 + "；"],
        ["二" * 12 + "；" + "三" * 6],
    ]
    blocks = [Block((Span("甲" * 6),)), Block((Span("题"),), keep=True), Block((Span("乙" * 18),))]
    assert [text_of(part) for part in cut_blocks(blocks, 10.0, 60.0, square, 3)] == [
        ["甲" * 6],
        ["题", "乙" * 18],
    ]
    assert cut_blocks(blocks, 10.0, 60.0, square, 9) == (blocks, [])
