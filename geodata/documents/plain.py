"""Plain text in the encodings that Chinese office machines write."""

from __future__ import annotations

import codecs
from pathlib import Path

from geodata.documents.source import Source
from geodata.problems import fail

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""Byte order marks, the codecs that take them off, and what to call them."""

_MOST_BROKEN = 0.001
"""Share of characters that may be broken in a text still taken for damaged UTF-8 rather than another encoding."""


def read_plain(file: Path) -> Source:
    """The text of a file as it is. Raises UserError when it is no text, OSError when it cannot be read."""
    text, note = decode(file.read_bytes(), str(file))
    return Source(text, (note,) if note else ())


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of `data` and a note about its encoding (empty for sound UTF-8).

    By its byte order mark, or else UTF-8, or else GB18030 (with GB2312 and GBK). Raises UserError when none fits.
    """
    for mark, codec, name in _MARKED:
        if data.startswith(mark):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError as error:
                raise fail(where, f"有 {name} 的标记，内容却不是：文件已损坏", "用 UTF-8 编码另存后再试") from error
            return _checked(text, where), "" if name == "UTF-8" else f"按 {name} 编码读取"
    try:
        return _checked(data.decode(), where), ""
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    if broken <= len(text) * _MOST_BROKEN:
        line = text[: text.index("\ufffd")].count("\n") + 1
        return _checked(text, where), f"有 {broken} 处坏字（第一处在第 {line} 行），其余按 UTF-8 读取"
    try:
        return _checked(data.decode("gb18030"), where), "按 GB18030 编码读取"
    except UnicodeDecodeError as error:
        raise fail(where, "不是文本，或编码不是 UTF-8、GB18030、UTF-16", "用 UTF-8 编码另存后再试") from error


def _checked(text: str, where: str) -> str:
    """The text, which holds no control character that only a binary file has. Raises UserError when it does."""
    if "\0" in text:
        raise fail(where, "不是文本：里面有二进制数据", "确认选对了文件，或用 UTF-8 编码另存后再试")
    return text
