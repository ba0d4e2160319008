"""Files that are no documents for us: each is refused in words, with what to do, and never with a traceback."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.documents.readers import SUFFIXES, read_document
from geodata.problems import Problem, UserError


def why(file: Path) -> Problem:
    with pytest.raises(UserError) as caught:
        read_document(file)
    (problem,) = caught.value.problems
    assert file.name in problem.where
    assert problem.hint
    return problem


def outcome(file: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, or why there is none."""
    try:
        return read_document(file).text.text, ()
    except UserError as error:
        return "", error.problems


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_called_empty(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"规划{suffix}"
    file.touch()
    assert "空的" in why(file).message


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("text", [" \n\t\u3000\n", "- 12 -\n- 13 -\n"])
def test_a_file_of_white_space_or_page_marks_has_no_text(tmp_path: Path, suffix: str, text: str) -> None:
    file = tmp_path / f"规划{suffix}"
    file.write_text(text, encoding="utf-8")
    assert "没有文字" in why(file).message


def test_a_missing_file_is_called_missing(tmp_path: Path) -> None:
    assert "不存在" in why(tmp_path / "没有.pdf").message


def test_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "规划.pdf"
    folder.mkdir()
    assert "文件夹" in why(folder).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert "不是普通文件" in why(tmp_path / "管道.txt").message


def test_a_file_that_must_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "规划.txt"
    file.write_text("文", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "无法读取" in why(file).message


@pytest.mark.parametrize(("suffix", "megabytes"), [(".pdf", 201), (".docx", 201), (".txt", 201), (".txt", 60)])
def test_a_huge_file_is_refused_before_it_fills_the_memory(tmp_path: Path, suffix: str, megabytes: int) -> None:
    file = tmp_path / f"规划{suffix}"
    file.write_bytes(b"a")
    os.truncate(file, megabytes * 1024 * 1024)
    assert f"{megabytes} MB" in why(file).message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{\\rtf1\\ansi ...}", "RTF"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "mht"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "图片"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "图片"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 50, "压缩包"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf", ".rtf"])
def test_a_file_of_another_kind_is_called_what_it_is(tmp_path: Path, data: bytes, message: str, suffix: str) -> None:
    file = tmp_path / f"规划{suffix}"
    file.write_bytes(data)
    assert message in why(file).message


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ("xl/workbook.xml", "表格"),
        ("ppt/presentation.xml", "演示文稿"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "压缩包"),
    ],
)
def test_other_packages_than_word_are_called_what_they_are(tmp_path: Path, member: str, message: str) -> None:
    file = tmp_path / "规划.docx"
    with ZipFile(file, "w") as archive:
        archive.writestr(member, "x")
    assert message in why(file).message


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_text_under_the_name_of_another_type_is_not_guessed_at(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"规划{suffix}"
    file.write_text("四川省规划", encoding="utf-8")
    problem = why(file)
    assert suffix in problem.message
    assert ".txt" in problem.hint


def test_an_unknown_suffix_lists_the_known_ones(tmp_path: Path) -> None:
    file = tmp_path / "规划.json"
    file.write_text("{}", encoding="utf-8")
    problem = why(file)
    assert "“.json”" in problem.message
    assert all(suffix in problem.hint for suffix in (".docx", ".pdf", ".txt", ".html", ".md"))


def test_a_text_without_a_suffix_is_read(tmp_path: Path) -> None:
    file = tmp_path / "规划"
    file.write_text("四川省规划", encoding="utf-8")
    assert read_document(file).text.text == "四川省规划"


def test_progress_of_a_short_file_has_a_start_and_an_end(tmp_path: Path) -> None:
    file = tmp_path / "规划.txt"
    file.write_text("四川省规划", encoding="utf-8")
    steps: list[tuple[int, int]] = []
    read_document(file, lambda done, total, text: steps.append((done, total)))
    assert steps == [(0, 1), (1, 1)]


START = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=START, rest=st.binary(max_size=300), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, start: bytes, rest: bytes, suffix: str) -> None:
    file = tmp_path / f"任意{suffix}"
    file.write_bytes(start + rest)
    text, problems = outcome(file)
    assert text or problems
    assert all(problem.message and problem.hint for problem in problems)
