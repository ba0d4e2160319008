"""Markdown without its markup: the words as a reader sees them."""

from __future__ import annotations

import re
from pathlib import Path

from geodata.documents.plain import read_plain
from geodata.documents.source import PAGE_MARK, Source, visible

_FENCE = re.compile(r"^\s*(```|~~~)")
_RULE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_LINE_START = re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?)?")
_UNDERLINE = re.compile(r"^\s*=+\s*$")
_INLINE = (
    (re.compile(r"<!--.*?-->"), ""),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*\*|___|\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![A-Za-z0-9*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![A-Za-z0-9*])"), r"\1"),
    (re.compile(r"`+([^`]*)`+"), r"\1"),
    (re.compile(r"(?<!\\)\|"), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])"), r"\1"),
)
"""Patterns of markup inside a line and what stays of them, in the order in which they are taken off."""


def read_markdown(file: Path) -> Source:
    """The words of a Markdown file. Raises UserError when it is no text, OSError when it cannot be read."""
    source = read_plain(file)
    return source._replace(text=visible(stripped(source.text)))


def stripped(text: str) -> str:
    """The text without front matter, markup of headings, lists, quotes, tables, emphasis, links and pictures."""
    from html import unescape

    lines = text.splitlines()
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        lines = lines[[line.strip() for line in lines].index("---", 1) + 1 :]
    kept = []
    code = False
    for line in lines:
        if _FENCE.match(line):
            code = not code
        elif code or PAGE_MARK.match(line):
            kept.append(line)
        elif not (_RULE.match(line) or _UNDERLINE.match(line) or ("-" in line and _TABLE_RULE.match(line))):
            line = _LINE_START.sub("", line)
            for pattern, rest in _INLINE:
                line = pattern.sub(rest, line)
            kept.append(unescape(line))
    return "\n".join(kept)
