"""A report as lines of text: what `city` prints and what “复制全部” copies."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.language import tr
from geodata.report import Entry, Report, references


def text_of(report: Report) -> str:
    """Everything of a report, plan by plan, with section and page of each fact."""
    lines = [report.title]
    lines += [tr("{name}：{text}", name=row.name, text=row.text) for row in report.rows]
    for part in report.parts:
        lines += ["", tr("《{title}》", title=part.plan.heading)]
        for section in part.sections:
            if section.heading:
                lines.append(f"  {section.heading}")
            for entry in section.entries:
                lines += _entry(entry)
    if not report.parts:
        lines.append(tr("现有规划没有提到这里"))
    return "\n".join(lines)


def _entry(entry: Entry) -> Iterator[str]:
    if entry.title:
        title = tr("{name}（{text}）", name=entry.title, text=entry.extra) if entry.extra else entry.title
        yield f"    {title}"
    for row in entry.rows:
        yield "      " + tr("{name}：{text}", name=row.name, text=row.text)
    yield "      " + tr("依据：{text}", text=references(entry.citations))
