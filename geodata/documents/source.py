"""What each reader makes of a file: text in lines, with a page mark at the start of every page that is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from geodata.language import tr

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what is being done; may raise, which ends the work."""

PAGE_MARK = re.compile(r"^\s*-\s*\d+\s*-\s*$")
"""A line that holds nothing but a page mark, as `geodata.documents.text.normalise` takes it out."""

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u2060\ufeff]")


class Note(str):
    """Words for a user, in the language in use when they were made. They are kept in files, so they remember what to
    make them of again in another: `source`, marked for tr, and its values. A list of rising numbers is said as `3、5—9`.
    """

    source: str
    values: dict[str, object]

    def __new__(cls, source: str, /, **values: object) -> Note:
        said = {name: _listed(value) if isinstance(value, list) else value for name, value in values.items()}
        note = super().__new__(cls, tr(source, **said))
        note.source, note.values = source, values
        return note


def _listed(numbers: list[int]) -> str:
    """`3、5—9、12`; not more than ten items."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    words = [str(first) if first == last else tr("{first}—{last}", first=first, last=last) for first, last in runs]
    listed = tr("、").join(words[:10])
    return listed if len(words) <= 10 else tr("{pages}等", pages=listed)


class Source(NamedTuple):
    """The text of a file before it is normalised, and what a user should know of it."""

    text: str
    notes: tuple[Note, ...] = ()


def visible(text: str) -> str:
    """The text without what no reader sees: control characters, soft hyphens, zero-width marks."""
    return _INVISIBLE.sub("", text)
