"""Text that an XML file may hold."""

from __future__ import annotations

import re

from geodata.language import language

TAGS = {"zh": "zh-CN", "en": "en"}
"""A language as files name it (BCP 47)."""

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the characters that no XML file may hold, and without other controls but tab and new line."""
    return _NOT_XML.sub("", text)


def language_tag() -> str:
    """The language in use as files name it."""
    return TAGS[language()]
