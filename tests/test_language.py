"""Every word that the program says is there in both languages, and nothing is put together from pieces."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from geodata.language import LANGUAGES, language, mark, read_words, tr, use

ROOT = Path(__file__).parents[1]
PROGRAM = sorted(path for package in ("geodata", "layers", "explorer") for path in (ROOT / package).rglob("*.py"))
CHINESE = re.compile(r"[\u2014\u2018\u2019\u201c\u201d\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]")
"""Also punctuation, with the dashes and curly quotation marks that English has not, and full-width letters."""

DATA = tomllib.loads((Path(__file__).parent / "chinese_data.toml").read_text(encoding="utf-8"))
"""What is Chinese in the code and not for the user: words of the documents, of the boundary data, of file formats."""

KEPT = frozenset("《》")
"""Around Chinese titles, in English too."""


class Literal(NamedTuple):
    """A Chinese text in the code: where, whether tr or mark gets it, and whether it is built up."""

    file: str
    line: int
    text: str
    translated: bool
    built_up: bool


def literals(path: Path) -> Iterator[Literal]:
    """All but docstrings and annotations."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    file = path.relative_to(ROOT).as_posix()
    quiet: set[int] = set()
    wrapped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            quiet |= {id(part) for part in node.values}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
            wrapped.add(id(node.args[0]))
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) in wrapped or CHINESE.search(node.value):
                yield Literal(file, node.lineno, node.value, id(node) in wrapped, False)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            text = "{}".join(str(part) for part in parts)
            if CHINESE.search(text):
                yield Literal(file, node.lineno, text, False, True)


ALL = [literal for path in PROGRAM for literal in literals(path)]


def is_data(literal: Literal) -> bool:
    known = DATA.get(literal.file, ())
    return known == "all" or literal.text in known


@pytest.mark.parametrize("file", sorted({literal.file for literal in ALL}))
def test_every_chinese_text_is_translated_or_known_as_data(file: str) -> None:
    left = [
        f"{file}:{one.line}: {one.text!r}" for one in ALL if one.file == file and not (one.translated or is_data(one))
    ]
    assert not left, "\n".join(left)


def test_what_is_listed_as_data_is_there() -> None:
    there = {(literal.file, literal.text) for literal in ALL}
    files = {literal.file for literal in ALL}
    for file, texts in DATA.items():
        assert file in files
        assert texts == "all" or [text for text in texts if (file, text) not in there] == []


def test_no_text_is_built_up_before_it_is_translated() -> None:
    built = []
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
                first = node.args[0]
                plain = isinstance(first, ast.Constant)
                looked_up = isinstance(first, ast.Name | ast.Attribute | ast.Subscript) and node.func.id == "tr"
                if not (plain or looked_up) or len(node.args) != 1:
                    built.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert built == []


def test_what_is_kept_has_no_words_of_another_language() -> None:
    """A cached function that translates has the language among what it is cached by, or only raises its words."""
    stale = []
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or "cache" not in "".join(map(ast.dump, node.decorator_list)):
                continue
            raised = {
                id(part) for raising in ast.walk(node) if isinstance(raising, ast.Raise) for part in ast.walk(raising)
            }
            calls = [call for call in ast.walk(node) if isinstance(call, ast.Call) and id(call) not in raised]
            translates = any(isinstance(call.func, ast.Name) and call.func.id == "tr" for call in calls)
            if translates and "language" not in [argument.arg for argument in node.args.args]:
                stale.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert stale == []


def texts() -> set[str]:
    return {literal.text for literal in ALL if literal.translated}


def forms(words: object) -> list[str]:
    """The text of a translation, or its singular and plural."""
    if isinstance(words, str):
        return [words]
    assert isinstance(words, dict)
    assert set(words) == {"one", "other"}
    return list(words.values())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("other", [code for code in LANGUAGES if code != "zh"])
def test_the_words_of_a_language_are_complete(other: str) -> None:
    words = read_words(other)
    assert sorted(texts() - set(words)) == [], "untranslated"
    assert sorted(set(words) - texts()) == [], "stale"
    for text, translation in words.items():
        for form in forms(translation):
            assert form.strip() or not text.strip(), text
            assert not set(CHINESE.findall(form)) - KEPT, text
            assert fields(form) <= fields(text), text
        if isinstance(translation, dict):
            assert "n" in fields(text), text
            assert fields(text) == fields(translation["other"]), text
        else:
            assert fields(text) == fields(str(translation)), text


def test_words_are_replaced_as_the_language_says() -> None:
    assert mark("取消") == "取消"
    assert language() == "zh"
    assert tr("取消") == "取消"
    use("en")
    try:
        assert tr("取消") == "Cancel"
        assert tr("此文没有译文 {name}") == "此文没有译文 {name}"
        assert tr("此文没有译文 {name}", name="{x}") == "此文没有译文 {x}"
    finally:
        use("zh")
