"""What a check of a figure says."""

from __future__ import annotations

from typing import NamedTuple

from geodata.language import mark, tr

ERROR, WARNING, DECIDE, NOTE = "error", "warning", "decide", "note"

SEVERITIES: dict[str, str] = {
    ERROR: mark("错误"),
    WARNING: mark("提醒"),
    DECIDE: mark("须决定"),
    NOTE: mark("说明"),
}
"""Severity -> the word for it, most serious first."""


class Finding(NamedTuple):
    """One finding: how serious (a key of SEVERITIES), what it is, and how to mend it; both in the language in
    use."""

    severity: str
    what: str
    how: str


def listed(words: list[str], most: int = 5) -> str:
    """The first few of many, and how many there are."""
    shown = tr("、").join(words[:most])
    return shown if len(words) <= most else tr("{shown} 等 {n} 处", shown=shown, n=len(words))
