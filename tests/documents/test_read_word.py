"""A Word document gives its shown text in order; what cannot be read says why and what to do."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from geodata.documents.readers import read_document
from geodata.problems import Problem, UserError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)


def words(file: Path) -> str:
    return read_document(file).text.text


def why(file: Path) -> Problem:
    with pytest.raises(UserError) as caught:
        read_document(file)
    (problem,) = caught.value.problems
    assert file.name in problem.where
    assert problem.hint
    return problem


def package(file: Path, body: str, part: str = "word/document.xml", namespace: str = W) -> Path:
    """A .docx with the given body, as small as one can be."""
    with ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", RELATIONS.format(part))
        archive.writestr(part, f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')
    return file


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "规划.docx"


def test_paragraphs_and_tables_come_in_the_order_of_the_document(file: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("四川省示范规划", 0)
    document.add_paragraph("一、总则").add_run("（一）背景").bold = True
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "表头"
    table.cell(1, 0).text = "产值"
    table.cell(1, 1).text = "5"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "亿元"
    document.add_paragraph("二、布局")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.save(file)
    read = read_document(file)
    assert read.text.text == "四川省示范规划一、总则（一）背景表头产值5亿元二、布局"
    assert (read.kind, read.notes, read.text.page_starts) == ("docx", (), ())


def test_words_in_content_controls_and_accepted_or_open_insertions_are_read(file: Path) -> None:
    body = f"<w:sdt><w:sdtPr><w:t>属性</w:t></w:sdtPr><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>"
    body += "<w:p><w:ins><w:r><w:t>乙</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>丙</w:t></w:r></w:hyperlink></w:p>"
    assert words(package(file, body)) == "甲乙丙"


def test_deleted_words_and_field_codes_are_not(file: Path) -> None:
    body = "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText>"
    body += "<w:t>新</w:t></w:r></w:p>"
    assert words(package(file, body)) == "新"


def test_a_text_box_is_read_once_and_does_not_cut_its_paragraph(file: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = f"<w:p><w:r><w:t>前</w:t></w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback>"
    body += "</AlternateContent><w:r><w:t>后</w:t></w:r></w:p>" + paragraph("下一段")
    assert words(package(file, body)) == "前后框内下一段"


def test_tabs_and_line_breaks_are_white_space(file: Path) -> None:
    body = "<w:p><w:r><w:t>- 3 -</w:t><w:br/><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>"
    read = read_document(package(file, body)).text
    assert (read.text, read.page_starts) == ("甲乙", ((0, 3),))


def test_the_main_part_may_have_another_name_and_namespace(file: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert words(package(file, paragraph("正文"), "word/document2.xml", strict)) == "正文"


def test_a_document_under_another_suffix_is_read_and_that_is_said(tmp_path: Path) -> None:
    read = read_document(package(tmp_path / "规划.wps", paragraph("正文")))
    assert (read.text.text, read.kind) == ("正文", "docx")
    assert ".wps" in read.notes[0]


def test_a_cut_off_document_is_called_damaged(file: Path) -> None:
    data = package(file, paragraph("正文" * 1000)).read_bytes()
    for length in (30, len(data) // 2, len(data) - 10):
        file.write_bytes(data[:length])
        assert "损坏" in why(file).message


@pytest.mark.parametrize("body", ["<w:p>", "<w:p></w:q>", "&nbsp;"])
def test_a_document_with_broken_xml_is_called_damaged(file: Path, body: str) -> None:
    assert "损坏" in why(package(file, body)).message


def test_a_document_without_its_text_part_is_called_damaged(file: Path) -> None:
    with ZipFile(file, "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    assert "损坏" in why(file).message


def test_a_document_that_unpacks_to_no_end_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.documents.word._MOST", 1000)
    assert "太大" in why(package(file, paragraph("字" * 2000))).message


def test_a_document_without_words_says_so(file: Path) -> None:
    assert "没有文字" in why(package(file, "<w:p/>")).message


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize("name", ["规划.doc", "规划.wps", "规划.docx", "规划.txt"])
def test_an_old_binary_document_is_named_and_save_as_advised(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(OLD)
    problem = why(file)
    assert ".doc" in problem.message
    assert "另存为 .docx" in problem.hint


def test_a_document_with_a_password_is_named_as_such(file: Path) -> None:
    file.write_bytes(OLD + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    problem = why(file)
    assert "密码" in problem.message
    assert "密码" in problem.hint
