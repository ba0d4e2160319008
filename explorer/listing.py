"""Sites and projects of all plans as rows of a list: their words, which rows a filter keeps, and their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from geodata.analysis.items import KINDS, Item, items
from geodata.gazetteer import gazetteer
from geodata.language import language, mark, tr
from geodata.plan import Plan, Project
from geodata.report import references

COLUMNS = (
    mark("名称"), mark("规划"), mark("类型"), mark("类别"), mark("产业"), mark("市（州）"), mark("县（市、区）"),
    mark("位置精度"), mark("位置依据"), mark("进展和内容"), mark("出处"), mark("说明"),
)  # fmt: skip
NAME, PLAN, KIND, CATEGORY, SECTORS, PREFECTURES, COUNTIES, PRECISION, BASIS, CONTENT, REFERENCE, NOTE = range(12)
"""Columns of the list, as places in Row.words and COLUMNS."""

PRECISIONS = {
    "site": mark("到点"),
    "county": mark("到县"),
    "prefecture": mark("到市"),
    "none": mark("未写明地点"),
}
BASES = {"stated": mark("原文写明"), "context": mark("据上下文"), "inferred": mark("推定")}

NO_SECTOR = mark("（未归产业）")
"""The choice of items that the plan puts under no sector, in any language."""


class Row(NamedTuple):
    """An item with its words, one per column, in the language in use when it was made; `sectors` are names,
    `prefectures` and `counties` adcodes.

    `searched` is the folded text that words are looked for in: all but plan, kind and precision, with aliases and
    the names of sub-sectors.
    """

    item: Item
    plan: Plan
    words: tuple[str, ...]
    sectors: tuple[str, ...]
    prefectures: tuple[str, ...]
    counties: tuple[str, ...]
    searched: str


class Filter(NamedTuple):
    """What is wanted: plan id, sector name, kind, category, adcode of a prefecture or county, precision, and words.

    What is empty wants all. The words of `text` must all be found.
    """

    plan: str = ""
    sector: str = ""
    kind: str = ""
    category: str = ""
    place: str = ""
    precision: str = ""
    text: str = ""


def list_rows(plans: Iterable[Plan]) -> list[Row]:
    """All sites and projects, in the order of the plans and their packs."""
    return [row for plan in plans for row in _rows_of(plan, language())]


@lru_cache(maxsize=32)
def _rows_of(plan: Plan, language: str) -> tuple[Row, ...]:
    """Kept for each language."""
    names = {found.id: found.name for sector in plan.sectors for found in sector.walk()}
    return tuple(_row(plan, item, names) for item in items(plan))


def _row(plan: Plan, item: Item, names: dict[str, str]) -> Row:
    fact = item.fact
    places = gazetteer()
    extra: tuple[str, ...] = ()
    if isinstance(fact, Project):
        counties, given = fact.counties, fact.places
        content = tr("：").join(part for part in (fact.status, tr("、").join(fact.details)) if part)
    else:
        counties, given, extra = _known(fact.county), _known(fact.place), fact.aliases
        content = ""
    prefectures = tuple(dict.fromkeys((*given, *(places[county].parent for county in counties))))
    sectors = tuple(names[sector] for sector in item.sectors)
    words = (
        item.name,
        plan.title,
        tr(KINDS[item.key.kind]),
        item.category,
        tr("、").join(sectors),
        tr("、").join(places[code].name for code in prefectures),
        tr("、").join(places[code].name for code in counties),
        tr(PRECISIONS[item.precision]),
        # Nothing is stated of the position of an item that has none.
        "" if (item.precision, item.basis) == ("none", "stated") else tr(BASES[item.basis]),
        content,
        references(fact.citations),
        fact.note,
    )
    searched = [word for column, word in enumerate(words) if column not in (PLAN, KIND, PRECISION)]
    searched += [*extra, *(names[sector] for sector in fact.sectors)]
    return Row(item, plan, words, sectors, prefectures, counties, fold("\n".join(searched)))


def _known(code: str | None) -> tuple[str, ...]:
    return () if code is None else (code,)


# --- filter ---


def fold(text: str) -> str:
    """Text without differences of case and of full and half width."""
    return unicodedata.normalize("NFKC", text).casefold()


def select(rows: Iterable[Row], wanted: Filter) -> list[Row]:
    """The rows that the filter keeps, in their order."""
    found = [row for row in rows if _keeps(row, wanted)]
    for word in re.split(r"[\s,、;]+", fold(wanted.text)):
        found = _with_word(found, word)
    return found


def _keeps(row: Row, wanted: Filter) -> bool:
    item = row.item
    return (
        wanted.plan in ("", row.plan.id)
        and (not wanted.sector or wanted.sector in (row.sectors or (NO_SECTOR,)))
        and wanted.kind in ("", item.key.kind)
        and wanted.category in ("", item.category)
        and (not wanted.place or wanted.place in row.prefectures or wanted.place in row.counties)
        and wanted.precision in ("", item.precision)
    )


def _with_word(rows: list[Row], word: str) -> list[Row]:
    """Rows with the word in their text; letters found nowhere are tried as initials, and as pinyin of places."""
    found = [row for row in rows if word in row.searched]
    if found or not re.fullmatch(r"[a-z]{2,}", word):
        return found
    return [row for row in rows if word in initials(row.item.name) or _sounds(row, word)]


def _sounds(row: Row, word: str) -> bool:
    for code in (*row.prefectures, *row.counties):
        syllables = gazetteer()[code].pinyin.split()
        if "".join(syllables).startswith(word) or "".join(s[0] for s in syllables) == word:
            return True
    return False


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """First letters of the syllables: 氢能 -> `qn`."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def filter_words(wanted: Filter, plans: Iterable[Plan]) -> tuple[str, ...]:
    """The conditions that are set, each in words: `产业：新材料`."""
    titles = {plan.id: plan.title for plan in plans}
    named = (
        (tr("规划"), titles.get(wanted.plan, wanted.plan)),
        (tr("产业"), tr(NO_SECTOR) if wanted.sector == NO_SECTOR else wanted.sector),
        (tr("类型"), tr(KINDS[wanted.kind]) if wanted.kind in KINDS else ""),
        (tr("类别"), wanted.category),
        (tr("地点"), gazetteer().full_name(gazetteer()[wanted.place]) if wanted.place else ""),
        (tr("位置精度"), tr(PRECISIONS[wanted.precision]) if wanted.precision in PRECISIONS else ""),
        (tr("查找"), " ".join(wanted.text.split())),
    )
    return tuple(tr("{name}：{text}", name=name, text=words) for name, words in named if words)


# --- order ---


def sort_rows(rows: Sequence[Row], column: int, descending: bool, collate: Callable[[str], Any] = fold) -> list[Row]:
    """The rows in the order of a column, equal ones in the order given, rows without a word in it at the end.

    `collate` gives the key by which texts are compared; places go by code, precision and basis from the surest.
    """
    filled = [row for row in rows if row.words[column]]
    filled.sort(key=lambda row: _key(row, column, collate), reverse=descending)
    return filled + [row for row in rows if not row.words[column]]


def _key(row: Row, column: int, collate: Callable[[str], Any]) -> Any:
    document = (row.plan.document.period, row.plan.id)
    own: dict[int, Any] = {
        PLAN: document,
        KIND: tuple(KINDS).index(row.item.key.kind),
        PREFECTURES: row.prefectures,
        COUNTIES: row.counties,
        PRECISION: tuple(PRECISIONS).index(row.item.precision),
        BASIS: tuple(BASES).index(row.item.basis),
        REFERENCE: (*document, row.item.fact.citations[0].start),
    }
    return own[column] if column in own else collate(row.words[column])
