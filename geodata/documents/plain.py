"""Plain text in the encodings that Chinese office machines write."""

from __future__ import annotations

import codecs
from pathlib import Path

from geodata.documents.source import Note, Source
from geodata.language import mark, tr
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


def decode(data: bytes, where: str) -> tuple[str, Note | None]:
    """The text of `data` and a note about its encoding (None for sound UTF-8).

    By its byte order mark, or else UTF-8, or else GB18030 (with GB2312 and GBK). Raises UserError when none fits.
    """
    for start, codec, name in _MARKED:
        if data.startswith(start):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError as error:
                message = tr("有 {name} 的标记，内容却不是：文件已损坏", name=name)
                raise fail(where, message, tr("用 UTF-8 编码另存后再试")) from error
            return _checked(text, where), None if name == "UTF-8" else Note(mark("按 {name} 编码读取"), name=name)
    try:
        return _checked(data.decode(), where), None
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    if broken <= len(text) * _MOST_BROKEN:
        line = text[: text.index("\ufffd")].count("\n") + 1
        note = Note(mark("有 {n} 处坏字（第一处在第 {line} 行），其余按 UTF-8 读取"), n=broken, line=line)
        return _checked(text, where), note
    try:
        return _checked(data.decode("gb18030"), where), Note(mark("按 {name} 编码读取"), name="GB18030")
    except UnicodeDecodeError as error:
        message = tr("不是文本，或编码不是 UTF-8、GB18030、UTF-16")
        raise fail(where, message, tr("用 UTF-8 编码另存后再试")) from error


def _checked(text: str, where: str) -> str:
    """The text, which holds no control character that only a binary file has. Raises UserError when it does."""
    if "\0" in text:
        raise fail(where, tr("不是文本：里面有二进制数据"), tr("确认选对了文件，或用 UTF-8 编码另存后再试"))
    return text
