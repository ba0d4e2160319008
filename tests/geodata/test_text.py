"""Normalised text: page marks and white space go, nothing else does, and pages are known by offset."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.documents.text import digest, normalise, read_text
from geodata.problems import UserError

LENGTHS = {
    "sichuan-2016-2020-strategic-emerging-industries.txt": (35_292, 65),
    "sichuan-2021-2025-high-tech-industry.txt": (19_657, None),
    "sichuan-2022-2025-green-low-carbon-technology.txt": (6_824, None),
    "mianyang-green-low-carbon-decision.txt": (8_569, None),
}
"""Characters of the reference texts as the design states them, and the last page where it is known."""


@pytest.mark.parametrize(
    "space", [" ", "\t", "\n", "\r\n", "\r", "\u3000", "\u00a0", "\u2003", "\u2028", "\x0b", "\x0c", "\x85", " \u3000 "]
)
def test_white_space_of_every_kind_goes(space: str) -> None:
    assert normalise(f"{space}德{space}阳{space}").text == "德阳"


@pytest.mark.parametrize(
    "mark", ["- 12 -", "-12-", "  - 12 -  ", "\u3000- 12 -\u3000", "\t-\t12\t-", "-  12-", "- 12 -\r"]
)
def test_a_page_mark_goes_and_is_remembered(mark: str) -> None:
    text = normalise(f"前页\n{mark}\n后页")
    assert text.text == "前页后页"
    assert text.page_starts == ((2, 12),)


@pytest.mark.parametrize(
    "line",
    ["- 12", "12 -", "12", "-- 12 --", "- 十二 -", "- 1 2 -", "见 - 12 -", "- 12 - 页", "— 12 —", "- -", "－ 12 －"],
)
def test_what_only_looks_like_a_page_mark_stays(line: str) -> None:
    text = normalise(f"前页\n{line}\n后页")
    assert text.text == "前页" + "".join(line.split()) + "后页"
    assert text.page_starts == ()


@pytest.mark.parametrize("text", ["（IC）①、“两翼”—…·%", "ＡＢＣ１２３", "⼼⻋", "\u200b\ufeff", "a-b - c", "é"])
def test_nothing_else_is_changed(text: str) -> None:
    assert normalise(text).text == "".join(text.split())


def test_an_empty_text_has_no_characters_and_no_pages() -> None:
    text = normalise("")
    assert (text.text, text.page_starts, text.page_at(0)) == ("", (), None)


def test_pages_are_known_by_offset() -> None:
    text = normalise("封面\n- 2 -\n第二页\n- 3 -\n- 4 -\n第四页\n")
    assert text.text == "封面第二页第四页"
    assert [text.page_at(offset) for offset in range(8)] == [None, None, 2, 2, 2, 4, 4, 4]
    assert text.page_at(1_000) == 4


def test_a_mark_stands_at_the_start_of_its_page() -> None:
    text = normalise("- 1 -\n甲\n- 2 -\n乙")
    assert [text.page_at(text.text.index(char)) for char in "甲乙"] == [1, 2]


def test_a_word_that_runs_over_the_page_is_whole() -> None:
    text = normalise("绵\n- 7 -\n阳")
    assert text.text == "绵阳"
    assert (text.page_at(0), text.page_at(1)) == (None, 7)


@given(st.lists(st.text(st.sampled_from("德阳 12-\u3000\t，")) | st.integers(1, 99).map("- {} -".format), max_size=12))
@settings(deadline=None, derandomize=True)
def test_any_text_has_no_white_space_left_and_pages_in_order(lines: list[str]) -> None:
    text = normalise("\n".join(lines))
    assert text.text == "".join(text.text.split())
    offsets = [offset for offset, _ in text.page_starts]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(text.text) for offset in offsets)
    assert normalise(text.text).text == text.text or text.text.count("-") >= 2


def test_the_hash_is_of_the_normalised_text() -> None:
    assert normalise(" 德 阳\n").sha256 == hashlib.sha256("德阳".encode()).hexdigest()
    assert digest("德阳") == hashlib.sha256("德阳".encode()).hexdigest()[:12]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_reads_the_same_however_it_was_saved(tmp_path: Path, end: str, mark: bytes) -> None:
    file = tmp_path / "文件.txt"
    file.write_bytes(mark + end.join(["甲", "- 2 -", "乙 丙"]).encode())
    assert read_text(file) == normalise("甲\n- 2 -\n乙 丙")


def test_a_file_in_another_encoding_is_said(tmp_path: Path) -> None:
    file = tmp_path / "文件.txt"
    file.write_bytes("德阳".encode("gb18030"))
    with pytest.raises(UserError) as caught:
        read_text(file)
    (problem,) = caught.value.problems
    assert problem.where == str(file)
    assert "UTF-8" in problem.message
    assert "UTF-8" in problem.hint


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_text(tmp_path / "没有.txt")
    assert caught.value.problems[0].message.startswith("无法读取")


@pytest.mark.parametrize(("name", "length"), LENGTHS.items())
def test_the_reference_texts_have_their_known_length(sources: Path, name: str, length: tuple[int, int | None]) -> None:
    text = read_text(sources / name)
    assert len(text.text) == length[0]
    if length[1] is not None:
        assert [page for _, page in text.page_starts] == list(range(2, length[1] + 1))
