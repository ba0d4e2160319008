"""The program's words in the user's language.

Chinese stands in the code, as the first argument of `tr`, and is the key of the other language's words in
resources/i18n/en.json. What plans, boundaries and users say (names of places, sectors, parks, documents) is data and
never goes through here. A table that is made at import marks its words with `mark`, and whoever shows one calls `tr`
on it, so that a change of language needs no new import.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from geodata.folders import RESOURCES

LANGUAGES = {"zh": "中文", "en": "English"}
"""Each under its own name, as a reader of it looks for it."""

SOURCE = "zh"
"""What the code is written in."""

Words = Mapping[str, str | Mapping[str, str]]

_in_use: tuple[str, Words] = (SOURCE, {})


def use(language: str) -> None:
    """Words are in `language`, one of LANGUAGES, from now on; what is on the screen already is not changed by it."""
    global _in_use
    _in_use = (language, {} if language == SOURCE else read_words(language))


def language() -> str:
    """What words are in, one of LANGUAGES."""
    return _in_use[0]


@lru_cache(maxsize=len(LANGUAGES))
def read_words(language: str) -> Words:
    """The words of a language by the Chinese ones. What counts has a form for `one` and one for `other`."""
    import json  # not on the way to the first map

    words: Words = json.loads((RESOURCES / "i18n" / f"{language}.json").read_text(encoding="utf-8"))
    return words


def tr(text: str, /, **values: object) -> str:
    """`text` in the language in use, `values` put where it names them, as str.format does; `n` decides on the plural.

    A text that has no translation comes back as it is. Without values nothing is replaced, so braces stay.
    """
    words = _in_use[1].get(text, text)
    if not isinstance(words, str):
        words = words["one" if values.get("n") == 1 else "other"]
    return words.format(**values) if values else words


def in_all_languages(text: str) -> tuple[str, ...]:
    """A marked text in the code's language and in all others; without its plural forms."""
    others = (read_words(code).get(text) for code in LANGUAGES if code != SOURCE)
    return text, *(words for words in others if isinstance(words, str))


def mark(text: str) -> str:
    """`text` as it is: says that it is for `tr`, later."""
    return text
