"""Reads a pack from a JSON file; says in which line a value stands, which the standard parser does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, NamedTuple

from geodata.language import tr
from geodata.problems import Problem, fail

LARGEST = 64 * 1024 * 1024
"""Bytes; no pack comes near it, and a file given by mistake must not fill the memory."""

Key = tuple[str | int, ...]
"""The way to a value: names of keys and numbers of items, from the outside in."""


class RawPack(NamedTuple):
    """A parsed file: its name, its value, and the text that positions are looked up in."""

    name: str
    value: Any
    text: str

    def locator(self) -> Callable[[Key], str]:
        """A function from a key to words for it: `x.json 第 12 行 assignments[3].place`. Slow; for errors only."""
        lines = _lines(self.text)

        def where(key: Key) -> str:
            known = key
            while known not in lines and known:
                known = known[:-1]
            return tr("{name} 第 {line} 行 {key}", name=self.name, line=lines.get(known, 1), key=dotted(key)).rstrip()

        return where


def dotted(key: Key) -> str:
    """`("assignments", 3, "place")` as `assignments[3].place`."""
    words = ""
    for part in key:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def read_json_pack(file: Path) -> RawPack:
    """Parses `file`. Raises UserError when it cannot be read, is too large, not UTF-8 or not JSON."""
    try:
        size = file.stat().st_size
        if size > LARGEST:
            message = tr("文件有 {size} MB，不会是数据包", size=f"{size / 1048576:.0f}")
            raise fail(str(file), message, tr("确认选对了文件"))
        data = file.read_bytes()
    except OSError as error:
        reason = tr("文件不存在") if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        raise fail(str(file), tr("无法读取：{reason}", reason=reason), tr("检查路径和读取权限")) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = tr("{name} 第 {line} 行", name=file.name, line=line)
        raise fail(place, tr("不是 UTF-8 编码"), tr("用 UTF-8 编码另存后再打开")) from error
    duplicates: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            seen: set[str] = set()
            duplicates.extend(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return value

    try:
        value = json.loads(text, object_pairs_hook=unique, parse_constant=_no_number)
    except JSONDecodeError as error:
        place = tr("{name} 第 {line} 行第 {column} 列", name=file.name, line=error.lineno, column=error.colno)
        hint = tr("文件是空的，换一个文件") if not text.strip() else tr("检查此处前后的逗号、引号和括号")
        raise fail(place, tr("不是有效的 JSON"), hint) from error
    except ValueError as error:
        raise fail(file.name, tr("有不能用的数：{error}", error=error), tr("数字写成普通的整数或小数")) from error
    except RecursionError as error:
        raise fail(file.name, tr("括号嵌套过深，不是数据包"), tr("确认选对了文件")) from error
    if duplicates:
        keys = tr("、").join(sorted(set(duplicates)))
        raise fail(file.name, tr("同一对象中重复的键：{keys}", keys=keys), tr("每个键只写一次"))
    return RawPack(file.name, value, text)


def _no_number(name: str) -> float:
    raise ValueError(tr("{name} 不是数", name=name))


def not_an_object(raw: RawPack) -> Problem:
    """The problem of a JSON file that is valid but no pack."""
    return Problem(
        tr("{name} 第 {line} 行", name=raw.name, line=1),
        tr("不是数据包：最外层应是一个对象 { … }"),
        tr("对照 resources/schema/plan-1.json"),
    )


def _lines(text: str) -> dict[Key, int]:
    """The line, from 1, in which each value of a valid JSON text begins."""
    decoder = JSONDecoder()
    starts: dict[Key, int] = {}
    position = line = 0

    def skip() -> str:
        nonlocal position, line
        while text[position] in " \t\r\n":
            line += text[position] == "\n"
            position += 1
        return text[position]

    def string() -> str:
        nonlocal position
        value, position = decoder.raw_decode(text, position)
        return str(value)

    def value(key: Key) -> None:
        nonlocal position
        first = skip()
        starts[key] = line + 1
        if first == '"':
            string()
        elif first in "{[":
            position += 1
            index = 0
            while skip() not in "}]":
                if text[position] == ",":
                    position += 1
                    continue
                if first == "{":
                    skip()
                    name = string()
                    skip()
                    position += 1  # the colon
                    value((*key, name))
                else:
                    value((*key, index))
                    index += 1
            position += 1
        else:
            while position < len(text) and text[position] not in ",]} \t\r\n":
                position += 1

    value(())
    return starts
