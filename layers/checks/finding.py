"""What a check of a figure says."""

from __future__ import annotations

from typing import NamedTuple

ERROR, WARNING, DECIDE, NOTE = "error", "warning", "decide", "note"

SEVERITIES: dict[str, str] = {ERROR: "错误", WARNING: "提醒", DECIDE: "须决定", NOTE: "说明"}
"""Severity -> the word for it, most serious first."""


class Finding(NamedTuple):
    """One finding: how serious (a key of SEVERITIES), what it is, and how to mend it; both in Chinese."""

    severity: str
    what: str
    how: str


def listed(words: list[str], most: int = 5) -> str:
    """The first few of many, and how many there are."""
    shown = "、".join(words[:most])
    return shown if len(words) <= most else f"{shown} 等 {len(words)} 处"
