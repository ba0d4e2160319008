"""Telling the program's own changes from the user's."""

from __future__ import annotations


class Quiet:
    """True inside its `with` blocks, which may nest: what changes there was not chosen by the user."""

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1

    def __bool__(self) -> bool:
        return self._depth > 0
