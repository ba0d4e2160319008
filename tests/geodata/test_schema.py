"""The JSON Schema that editors use: the written file is current, sound packs pass it, broken ones do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from geodata.folders import RESOURCES
from geodata.json_schema import json_schema
from geodata.schema import RECORDS, VERSION

Pack = dict[str, Any]

SCHEMA = RESOURCES / "schema" / f"plan-{VERSION}.json"
PACKS = sorted((RESOURCES / "plans").glob("*.json"))


@pytest.fixture(scope="module")
def editor() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_written_schema_is_the_one_the_program_checks_by() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def test_the_schema_is_sound() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_every_key_has_words_for_a_person_who_types_it() -> None:
    schema = json_schema()
    for definition in (schema, *schema["$defs"].values()):
        for name, field in definition["properties"].items():
            assert field["description"], name


def test_there_is_a_bundled_pack() -> None:
    assert PACKS


@pytest.mark.parametrize("pack", PACKS, ids=[pack.stem for pack in PACKS])
def test_an_editor_finds_nothing_wrong_with_a_bundled_pack(editor: Draft202012Validator, pack: Path) -> None:
    assert list(editor.iter_errors(json.loads(pack.read_text(encoding="utf-8")))) == []


def test_an_editor_finds_nothing_wrong_with_a_pack_of_every_kind_of_record(
    editor: Draft202012Validator, small: Pack
) -> None:
    assert list(editor.iter_errors(small)) == []
    kinds = {name for name in RECORDS if f"#/$defs/{name}" in json.dumps(json_schema())}
    assert kinds == set(RECORDS) - {"plan"}


BREAKS: dict[str, Callable[[Pack], Any]] = {
    "no version": lambda pack: pack.pop("schema"),
    "another version": lambda pack: pack.update(schema=VERSION + 1),
    "missing list": lambda pack: pack.pop("sites"),
    "missing key": lambda pack: pack["assignments"][0].pop("place"),
    "unknown key": lambda pack: pack["assignments"][0].update(plaec="德阳"),
    "unknown key at the top": lambda pack: pack.update(remarks=""),
    "no citations": lambda pack: pack["assignments"][0].update(citations=[]),
    "citations missing": lambda pack: pack["sites"][0].pop("citations"),
    "text for a number": lambda pack: pack["roles"][0].update(rank="1"),
    "number for text": lambda pack: pack["roles"][0].update(name=1),
    "empty text": lambda pack: pack["roles"][0].update(name=""),
    "text for a list": lambda pack: pack["assignments"][0].update(focus="风电"),
    "unknown kind of role": lambda pack: pack["roles"][0].update(kind="main"),
    "unknown basis": lambda pack: pack["sites"][0].update(basis="guess"),
    "unknown precision": lambda pack: pack["sites"][0].update(precision="near"),
    "one year": lambda pack: pack["document"].update(period=[2027]),
    "null document": lambda pack: pack.update(document=None),
    "target without a value": lambda pack: pack["indicators"][0]["target"].pop("value"),
    "unknown relation": lambda pack: pack["crosswalk"][0].update(relation="like"),
    "comparison without a word why": lambda pack: pack["crosswalk"][0].pop("why"),
    "sub-sector without a name": lambda pack: pack["sectors"][0]["subsectors"][0].pop("name"),
}


@pytest.mark.parametrize("spoil", BREAKS.values(), ids=BREAKS.keys())
def test_an_editor_marks_a_broken_pack(
    editor: Draft202012Validator, small: Pack, spoil: Callable[[Pack], Any], check: Callable[[Pack], tuple[Any, ...]]
) -> None:
    spoil(small)
    assert list(editor.iter_errors(small))
    assert check(small)
