"""Plain text, Markdown and web pages give the same words in whatever encoding and markup they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.documents.readers import read_document
from geodata.problems import UserError

TEXT = "- 1 -\n四川省示范规划\n一、总则\n\u3000\u3000以成都、绵阳为主体。\n- 2 -\n（二）布局，2.5 万亿元。\n"
WORDS = "四川省示范规划一、总则以成都、绵阳为主体。（二）布局，2.5万亿元。"
STARTS = ((0, 1), (21, 2))


def read(folder: Path, data: str | bytes, name: str = "规划.txt") -> tuple[str, tuple[str, ...]]:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    document = read_document(file)
    return document.text.text, document.notes


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("gb18030", ("按 GB18030 编码读取",)),
        ("gbk", ("按 GB18030 编码读取",)),
        ("utf-16", ("按 UTF-16 编码读取",)),
    ],
)
def test_a_text_is_the_same_in_every_encoding_and_its_pages_are_known(
    tmp_path: Path, encoding: str, note: tuple[str, ...]
) -> None:
    file = tmp_path / "规划.txt"
    file.write_bytes(TEXT.encode(encoding))
    document = read_document(file)
    assert document.text.text == WORDS
    assert document.text.page_starts == STARTS
    assert document.kind == "txt"
    assert document.notes == note


def test_utf_16_of_the_other_byte_order(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be"))[0] == WORDS


def test_line_ends_of_windows_and_old_macs_make_no_difference(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT.replace("\n", "\r\n"))[0] == WORDS
    assert read(tmp_path, TEXT.replace("\n", "\r"))[0] == WORDS


def test_a_few_broken_bytes_are_told_with_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    data = (TEXT + "很长的文字。\n" * 500).encode().replace("总则".encode(), b"\xe6\x80" + "则".encode())
    text, (note,) = read(tmp_path, data)
    assert "（二）布局" in text
    assert "第 3 行" in note
    assert "坏字" in note


def test_look_alike_radicals_become_the_characters_they_look_like(tmp_path: Path) -> None:
    assert read(tmp_path, "中⼼城市，新能源汽⻋")[0] == "中心城市，新能源汽车"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0" * 100, b"\xff\xfeA", b"\xef\xbb\xbf\xff\xff"])
def test_what_is_no_text_is_refused_with_a_way_out(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, data)
    (problem,) = caught.value.problems
    assert "规划.txt" in problem.where
    assert "UTF-8" in problem.hint


# Markdown


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# 一、总则\n\n正文", "一、总则正文"),
        ("**坚持创新驱动。**把创新", "坚持创新驱动。把创新"),
        ("*斜体*和__粗体__和~~删除~~", "斜体和粗体和删除"),
        ("见[规划全文](http://example.com/a_b)。", "见规划全文。"),
        ("前![图1](a.png)后", "前后"),
        ("- 成都\n* 绵阳\n+ 德阳", "成都绵阳德阳"),
        ("- [x] 完成", "完成"),
        ("1. 集成电路。", "1.集成电路。"),
        ("> 引用\n> > 再引", "引用再引"),
        ("| 指标 | 单位 |\n|---|:---:|\n| 产值 | 亿元 |", "指标单位产值亿元"),
        ("标题\n===\n正文\n---\n", "标题正文"),
        ("`代码`和\n```\n# 原样\n```", "代码和#原样"),
        ("<b>一、背景</b><br>正文<!-- 注 -->", "一、背景正文"),
        ("a &lt; b &amp; c", "a<b&c"),
        ("5\\*3", "5*3"),
        ("AMOLED/Micro_LED 与 2*3*4", "AMOLED/Micro_LED与2*3*4"),
        ("---\ntitle: 规划\n---\n正文", "正文"),
    ],
)
def test_markdown_reads_as_its_words(tmp_path: Path, markdown: str, words: str) -> None:
    assert read(tmp_path, markdown, "规划.md")[0] == words


def test_a_page_mark_in_markdown_is_no_list(tmp_path: Path) -> None:
    file = tmp_path / "规划.md"
    file.write_text(TEXT, encoding="utf-8")
    document = read_document(file)
    assert (document.text.text, document.text.page_starts, document.kind) == (WORDS, STARTS, "md")


# Web pages

PAGE = """<!DOCTYPE html><html><head><meta charset="{}"><title>站点</title><style>p{{}}</style></head>
<body><nav>首页<nav>栏目</nav>更多</nav><script>var a = "<p>不是正文</p>";</script>
<h1>四川省示范规划</h1><p>一、总则</p><p>以<b>成都</b>、绵阳为主体&#12290;<br>&nbsp;</p>
<table><tr><td>产值</td><td>&ge;&nbsp;5</td></tr></table><footer>版权</footer></body></html>"""
PAGE_WORDS = "四川省示范规划一、总则以成都、绵阳为主体。产值≥5"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gbk"), ("big5", "utf-8"), ("无此编码", "gb18030")],
)
def test_a_web_page_reads_as_its_text_in_the_encoding_it_declares_or_has(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    file = tmp_path / "规划.html"
    file.write_bytes(PAGE.format(declared).encode(encoding))
    document = read_document(file)
    assert document.text.text == PAGE_WORDS
    assert document.kind == "html"


def test_a_web_page_in_utf_16(tmp_path: Path) -> None:
    assert read(tmp_path, PAGE.format("utf-16").encode("utf-16"), "规划.htm")[0] == PAGE_WORDS


@pytest.mark.parametrize("tag", ["nav", "aside", "form", "select"])
def test_an_element_that_is_never_closed_does_not_swallow_the_page(tmp_path: Path, tag: str) -> None:
    page = f"<html><body><{tag}>菜单<p>正文在此</p><script>x</script></body></html>"
    assert "正文在此" in read(tmp_path, page, "规划.html")[0]


def test_a_page_without_its_end_tags_reads_all_the_same(tmp_path: Path) -> None:
    page = "<html><head><meta charset=utf-8><title>站点<body><p>一、总则<p>二、布局<td>三"
    assert read(tmp_path, page, "规划.html")[0].endswith("一、总则二、布局三")


def test_a_web_page_saved_under_a_text_name_is_read_as_a_web_page(tmp_path: Path) -> None:
    text, notes = read(tmp_path, PAGE.format("utf-8"))
    assert text == PAGE_WORDS
    assert "html" in notes[0]


def test_text_that_only_speaks_of_tags_stays_text(tmp_path: Path) -> None:
    assert read(tmp_path, "标签 <b>一、</b> 与 <html> 之说")[0] == "标签<b>一、</b>与<html>之说"
