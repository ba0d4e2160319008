"""The `items` command: the list of sites and projects without a window."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from explorer.listing import (
    BASIS,
    CATEGORY,
    COUNTIES,
    KIND,
    NAME,
    PLAN,
    PRECISION,
    PREFECTURES,
    REFERENCE,
    Filter,
    Row,
    filter_words,
    list_rows,
    select,
)
from explorer.tables import csv_text, notes_on, save_table, table_rows
from geodata.atlas import find_sector
from geodata.facts import facts
from geodata.gazetteer import gazetteer
from geodata.language import tr
from geodata.plan import Plan
from geodata.problems import UserError, fail

PRINTED = (NAME, PLAN, KIND, CATEGORY, PREFECTURES, COUNTIES, PRECISION, BASIS, REFERENCE)


def wanted_rows(
    plans: Sequence[Plan], sector: str | None, city: str | None, kind: str | None, text: str
) -> tuple[list[Row], tuple[str, ...]]:
    """The rows that are wanted, and the conditions in words. Raises UserError for names that mean nothing.

    `sector` is a name as people write it, of any of the plans; `city` a prefecture or county.
    """
    place = gazetteer().resolve(city).adcode if city is not None else ""
    wanted = Filter(kind=kind or "", place=place, text=text)
    if sector is None:
        return select(list_rows(plans), wanted), filter_words(wanted, plans)
    rows: list[Row] = []
    names: dict[str, None] = {}
    errors: list[UserError] = []
    for plan in plans:
        try:
            name = find_sector(plan, sector).name
        except UserError as error:
            errors.append(error)
            continue
        names[name] = None
        rows += select(list_rows([plan]), wanted._replace(sector=name))
    if not names:
        if len(errors) == 1:
            raise errors[0]
        hints = [error.problems[0].hint for error in errors if error.problems[0].hint.endswith(("？", "?"))]
        raise fail(
            "",
            tr("各规划中都没有产业“{sector}”", sector=sector),
            hints[0] if hints else tr("用 facts 查看各规划的产业"),
        )
    return rows, filter_words(wanted._replace(sector=tr("、").join(names)), plans)


def show(rows: Sequence[Row], conditions: Sequence[str], form: str, out: Path | None) -> None:
    """Prints the rows as `text`, `json` or `csv`, or saves them in the file `out`. Raises UserError."""
    if out is not None:
        save_table(table_rows(rows), out, notes_on(rows, conditions))
        print(out)
    elif form == "json":
        json.dump(_facts_of(rows), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form == "csv":
        sys.stdout.write(csv_text(table_rows(rows), end="\n"))
    else:
        for row in rows:
            print("\t".join(" ".join(row.words[column].split()) for column in PRINTED))
    if not rows:
        print(tr("没有符合条件的条目"), file=sys.stderr)


def _facts_of(rows: Sequence[Row]) -> dict[str, list[dict[str, Any]]]:
    """`sites` and `projects` as `facts --json` gives them."""
    keys = {row.item.key for row in rows}
    found = facts(dict.fromkeys(row.plan for row in rows))
    return {
        name: [fact for fact in found[name] if (fact["plan"], kind, fact["id"]) in keys]
        for name, kind in (("sites", "site"), ("projects", "project"))
    }
