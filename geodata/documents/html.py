"""Saved web pages: the text of the page without scripts, styles and navigation."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from geodata.documents.plain import decode
from geodata.documents.source import Note, Source, visible
from geodata.language import mark
from geodata.problems import UserError

_DECLARED = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "template", "head", "noscript", "svg"})
"""Elements that a browser does not show as text."""
_FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "select", "button", "iframe", "rt", "rp"})
"""Elements that belong to the site, not to the document."""
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "ruby",
        "rb",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)


def read_html(file: Path) -> Source:
    """The text of a saved page. Raises UserError when it is no text, OSError when it cannot be read."""
    text, note = _decoded(file.read_bytes(), str(file))
    return Source(visible(text_of(text)), (note,) if note else ())


def _decoded(data: bytes, where: str) -> tuple[str, Note | None]:
    declared = _DECLARED.search(data[:8192])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        codec = "gb18030" if name in ("gb2312", "gbk", "gb18030", "x-gbk", "euc-cn") else name
        try:
            return data.decode(codec), None
        except (LookupError, UnicodeDecodeError):
            try:
                return decode(data, where)
            except UserError:
                note = Note(mark("网页声明的编码 {name} 不对，有的字读不出"), name=name)
                return data.decode("gb18030", errors="replace"), note
    return decode(data, where)


def text_of(page: str) -> str:
    """The text of an HTML page, every block in lines of its own."""
    dropped = _UNSEEN | _FURNITURE
    while True:
        parser = _Text(dropped)
        parser.feed(page)
        parser.close()
        if parser.inside is None or parser.inside not in _FURNITURE:
            return "".join(parser.parts)
        dropped -= {parser.inside}  # it is never closed and would swallow the rest of the page


class _Text(HTMLParser):
    """Gathers the text outside the `dropped` elements; `inside` is the one that is open, or None."""

    def __init__(self, dropped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.inside: str | None = None
        self._dropped = dropped
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside == "head" and tag == "body":
            self.inside = None  # the end tag of a head may be left out
        if self.inside is not None:
            self._depth += tag == self.inside
        elif tag in self._dropped:
            self.inside, self._depth = tag, 1
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside is not None:
            self._depth -= tag == self.inside
            if self._depth == 0:
                self.inside = None
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self.inside is None:
            self.parts.append(data)
