"""`map --check`: what the check of a figure found, in words."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.figure import figure
from geodata.atlas import Atlas
from layers.check import check_figure
from layers.checks.finding import ERROR, SEVERITIES, Finding
from layers.fonts import measure
from layers.view import ViewState


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Two lines a finding: how serious and what; how to mend it."""
    return [
        line for found in findings for line in (f"{SEVERITIES[found.severity]}：{found.what}", f"　办法：{found.how}")
    ]


def print_check(atlas: Atlas, view: ViewState, size_mm: tuple[float, float]) -> int:
    """Prints the findings on a figure. 1 when any is an error, else 0."""
    findings = check_figure(*figure(atlas, view, size_mm), measure)
    print("出图检查")
    print("\n".join(finding_lines(findings)))
    return 1 if any(found.severity == ERROR for found in findings) else 0
