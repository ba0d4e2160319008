"""What can be wrong with what a user gave us, as data: said all at once, with place, cause and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geodata.language import tr


class Problem(NamedTuple):
    """One thing that is wrong: `where` it stands, what it is, and a `hint` what to do about it."""

    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return tr("{name}：{text}", name=self.where, text=self.message) if self.where else self.message


class UserError(Exception):
    """A request that cannot be carried out, for reasons a user can act on. Carries every reason found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems: tuple[Problem, ...] = problems


def fail(where: str, message: str, hint: str = "") -> UserError:
    """The error of a single problem, ready to be raised."""
    return UserError(Problem(where, message, hint))


def shorten(problems: Sequence[Problem], most: int) -> tuple[Problem, ...]:
    """The first `most` problems and, when there are more, one that says how many were left out."""
    if len(problems) <= most:
        return tuple(problems)
    rest = Problem("", tr("另有 {n} 处问题未列出", n=len(problems) - most), tr("先改正以上各处，再检查一次"))
    return (*problems[:most], rest)
