"""Steps from older pack schemas to the current one: one file per step, listed in STEPS. Version 1 is the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geodata.problems import Problem
from geodata.schema import VERSION

STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Schema version -> the function that makes the next version from it."""


def migrate(raw: dict[str, Any]) -> dict[str, Any] | Problem:
    """The pack in the current schema, or the problem that prevents it. `where` of the problem is `schema`."""
    version = raw.get("schema")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return Problem("schema", "没有写明数据包格式的版本", f'在文件开头写 "schema": {VERSION}')
    if version > VERSION:
        return Problem(
            "schema",
            f"数据包格式是第 {version} 版，本程序只认识到第 {VERSION} 版",
            "升级程序后再打开这个数据包",
        )
    while version < VERSION:
        raw = STEPS[version](raw)
        version += 1
    return raw
