"""Steps from older pack schemas to the current one: one file per step, listed in STEPS. Version 1 is the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geodata.language import tr
from geodata.problems import Problem
from geodata.schema import VERSION

STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Schema version -> the function that makes the next version from it."""


def migrate(raw: dict[str, Any]) -> dict[str, Any] | Problem:
    """The pack in the current schema, or the problem that prevents it. `where` of the problem is `schema`."""
    version = raw.get("schema")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        hint = tr('在文件开头写 "schema": {version}', version=VERSION)
        return Problem("schema", tr("没有写明数据包格式的版本"), hint)
    if version > VERSION:
        return Problem(
            "schema",
            tr("数据包格式是第 {version} 版，本程序只认识到第 {known} 版", version=version, known=VERSION),
            tr("升级程序后再打开这个数据包"),
        )
    while version < VERSION:
        raw = STEPS[version](raw)
        version += 1
    return raw
