"""Normalised text: what offsets in citations count.

The text of a file without the lines that hold nothing but a page mark (`- 12 -`), then without any white
space, and nothing else changed. A page mark stands at the start of its page.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

from geodata.language import tr
from geodata.problems import fail

_PAGE_MARK = re.compile(r"^\s*-\s*(\d+)\s*-\s*$")
_WHITE_SPACE = re.compile(r"\s+")


class NormalisedText(NamedTuple):
    """Characters counted from 0; `page_starts` are (offset, page) in the order of the text."""

    text: str
    page_starts: tuple[tuple[int, int], ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` stands; None before the first mark."""
        index = bisect_right([start for start, _ in self.page_starts], offset) - 1
        return self.page_starts[index][1] if index >= 0 else None


def normalise(text: str) -> NormalisedText:
    """Takes out page marks and white space and remembers where pages begin."""
    parts: list[str] = []
    page_starts: list[tuple[int, int]] = []
    length = 0
    for line in text.splitlines():
        mark = _PAGE_MARK.match(line)
        if mark:
            page_starts.append((length, int(mark[1])))
            continue
        part = _WHITE_SPACE.sub("", line)
        parts.append(part)
        length += len(part)
    return NormalisedText("".join(parts), tuple(page_starts))


def digest(passage: str) -> str:
    """The 12 hex digits by which a passage is known again without keeping its words."""
    return hashlib.sha256(passage.encode()).hexdigest()[:12]


def read_text(file: Path) -> NormalisedText:
    """The normalised text of a plain text file. Raises UserError when it cannot be read or is not UTF-8."""
    try:
        return normalise(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise fail(
            str(file), tr("无法读取：{reason}", reason=error.strerror or error), tr("检查路径和读取权限")
        ) from error
    except UnicodeDecodeError as error:
        raise fail(str(file), tr("不是 UTF-8 编码的文本"), tr("用 UTF-8 编码另存后再试")) from error
