"""A PDF gives its text page by page; what cannot be read says why and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from geodata.documents.readers import read_document
from geodata.problems import Problem, UserError

MakePdf = Callable[..., Path]


def why(file: Path) -> Problem:
    with pytest.raises(UserError) as caught:
        read_document(file)
    (problem,) = caught.value.problems
    assert file.name in problem.where
    assert problem.hint
    return problem


def printed(bodies: list[list[str]], first: int = 1) -> list[list[str]]:
    """Pages as they are printed: running title above, page number below."""
    return [["丘陵省规划汇编", *body, f"— {first + index} —"] for index, body in enumerate(bodies)]


BODIES = [["第一页的话，", "没有说完"], ["就到了第二页。", "表1 产值"], ["12", "亿元。三、"], ["保障措施。"]]
WORDS = "第一页的话，没有说完就到了第二页。表1产值12亿元。三、保障措施。"


def test_text_runs_on_from_page_to_page_without_running_titles_and_page_numbers(make_pdf: MakePdf) -> None:
    read = read_document(make_pdf(printed(BODIES)))
    assert read.text.text == WORDS
    assert read.text.page_starts == ((0, 1), (10, 2), (21, 3), (28, 4))
    assert (read.kind, read.notes) == ("pdf", ())


def test_pages_have_their_printed_numbers_and_a_cover_has_none(make_pdf: MakePdf) -> None:
    read = read_document(make_pdf([["封面"], *printed(BODIES, 5)])).text
    assert read.page_at(read.text.index("第二页")) == 6
    read = read_document(make_pdf([["封面"], ["目录"], *printed(BODIES)])).text
    assert read.page_at(0) is None
    assert read.page_at(read.text.index("第一页")) == 1


@pytest.mark.parametrize("form", ["- {} -", "{}", "－{}－", "第 {} 页", "第{}页 共 99 页", "{} / 99"])
def test_page_numbers_are_known_in_many_forms(make_pdf: MakePdf, form: str) -> None:
    pages = [[*body, form.format(index + 1)] for index, body in enumerate(BODIES)]
    read = read_document(make_pdf(pages)).text
    assert read.text == WORDS
    assert [page for _, page in read.page_starts] == [1, 2, 3, 4]


def test_without_printed_numbers_pages_are_counted_and_that_is_said(make_pdf: MakePdf) -> None:
    read = read_document(make_pdf(BODIES))
    assert read.text.text == WORDS
    assert [page for _, page in read.text.page_starts] == [1, 2, 3, 4]
    assert "PDF 中的顺序" in read.notes[0]


def test_a_title_that_is_the_running_title_too_stays_on_its_page(make_pdf: MakePdf) -> None:
    pages = printed([["丘陵省规划汇编", "一、总则。"], *BODIES])
    assert read_document(make_pdf(pages)).text.text == "丘陵省规划汇编一、总则。" + WORDS


def test_progress_is_told_for_every_page(make_pdf: MakePdf) -> None:
    steps: list[tuple[int, int]] = []
    read_document(make_pdf(BODIES), lambda done, total, text: steps.append((done, total)))
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_reading_stops_when_progress_raises(make_pdf: MakePdf) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int, text: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_document(make_pdf(BODIES), cancel)


def test_pages_without_text_are_named(make_pdf: MakePdf) -> None:
    read = read_document(make_pdf([*printed(BODIES[:2]), [], [], ["丘陵省规划汇编", "— 5 —"], ["尾页", "— 6 —"]]))
    assert "第 3—5 页" in read.notes[0]
    assert "共 3 页" in read.notes[0]
    assert read.text.text.endswith("尾页")


def test_a_scan_is_named_as_one_and_says_what_to_do(make_pdf: MakePdf) -> None:
    problem = why(make_pdf([[], [], []]))
    assert "扫描" in problem.message
    assert "OCR" in problem.hint


def test_a_scan_with_a_stamp_of_the_scanner_is_one_too(make_pdf: MakePdf) -> None:
    assert "扫描" in why(make_pdf([["扫描全能王 创建"]] * 5)).message


def test_a_password_is_named_as_such(make_pdf: MakePdf) -> None:
    problem = why(make_pdf(BODIES, password="秘密"))
    assert "密码" in problem.message
    assert "密码" in problem.hint


def test_a_pdf_that_is_only_locked_against_changes_is_read(make_pdf: MakePdf) -> None:
    assert read_document(make_pdf(printed(BODIES), password="")).text.text == WORDS


def test_an_encryption_that_needs_more_than_we_have_is_said(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    def decrypt(*_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", decrypt)
    assert "加密" in why(make_pdf(BODIES, password="")).message


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 5000, b"%PDF-1.4\ntrailer<</Root 9 0 R>>\n%%EOF"]
)
def test_a_damaged_pdf_is_called_damaged(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "坏的.pdf"
    file.write_bytes(data)
    assert "损坏" in why(file).message


def test_a_cut_off_pdf_is_read_as_far_as_it_goes_or_called_damaged(make_pdf: MakePdf) -> None:
    file = make_pdf(BODIES)
    data = file.read_bytes()
    for tenths in range(1, 10):
        file.write_bytes(data[: len(data) * tenths // 10])
        try:
            text = read_document(file).text.text
        except UserError as error:
            text = error.problems[0].hint
        assert text


def test_pypdf_does_not_talk_to_the_user(make_pdf: MakePdf, capfd: pytest.CaptureFixture[str]) -> None:
    file = make_pdf(printed(BODIES))
    file.write_bytes(b"junk\n" + file.read_bytes().replace(b"startxref\n", b"startxref\n9"))
    read_document(file)
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").level == logging.NOTSET


@pytest.mark.parametrize("name", ["规划.txt", "规划.docx", "规划", "规划.PDF"])
def test_a_pdf_is_read_as_one_under_any_name(make_pdf: MakePdf, name: str) -> None:
    read = read_document(make_pdf(printed(BODIES), name))
    assert (read.text.text, read.kind) == (WORDS, "pdf")
    assert bool(read.notes) == (name != "规划.PDF")
