"""Reading a pack file: what is no pack is said in words, and every value is found in its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.problems import Problem, UserError
from geodata.reading import json_pack
from geodata.reading.json_pack import RawPack, dotted, read_json_pack


def why(file: Path) -> Problem:
    """The one reason for which the file cannot be read."""
    with pytest.raises(UserError) as caught:
        read_json_pack(file)
    (problem,) = caught.value.problems
    assert problem.message
    assert problem.hint
    return problem


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "我的规划.json"


def test_a_sound_file_gives_its_value(file: Path) -> None:
    file.write_text('{"名": ["值", 1, 2.5, null, true]}', encoding="utf-8")
    assert read_json_pack(file).value == {"名": ["值", 1, 2.5, None, True]}


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert read_json_pack(file).value == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1,}', 1, 9),
        ('{\n "a": 1\n "b": 2\n}', 3, 2),
        ('{\n "a": [1, 2\n}', 3, 1),
        ('{\n "a": "德阳\n"}', 2, 10),
        ("{'a': 1}", 1, 2),
        ('{"a": 1} // 注', 1, 10),
        ("规划", 1, 1),
    ],
)
def test_what_is_not_json_is_said_with_line_and_column(file: Path, text: str, line: int, column: int) -> None:
    file.write_text(text, encoding="utf-8")
    problem = why(file)
    assert problem.where == f"我的规划.json 第 {line} 行第 {column} 列"
    assert "JSON" in problem.message


@pytest.mark.parametrize("text", ["", " \n\n\t"])
def test_an_empty_file_is_called_empty(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert "空的" in why(file).hint


def test_a_file_in_another_encoding_is_said_with_its_line(file: Path) -> None:
    file.write_bytes('{\n "a": 1,\n "b": "德阳"\n}'.encode("gb18030"))
    problem = why(file)
    assert problem.where == "我的规划.json 第 3 行"
    assert "UTF-8" in problem.message
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04\x14\x00\xff\xfe", bytes(range(256))])
def test_a_file_of_another_kind_is_refused(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert "我的规划.json" in why(file).where


def test_a_huge_file_is_refused_before_it_fills_the_memory(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pack, "LARGEST", 10 * 1024 * 1024)
    with file.open("wb") as target:
        target.truncate(10 * 1024 * 1024 + 1)

    def read_bytes(path: Path) -> bytes:
        raise AssertionError("the huge file was read")

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert "10 MB" in why(file).message


def test_a_file_of_the_largest_size_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('{"a": 1}')
    monkeypatch.setattr(json_pack, "LARGEST", file.stat().st_size)
    assert read_json_pack(file).value == {"a": 1}


def test_a_missing_file_is_called_missing(file: Path) -> None:
    problem = why(file)
    assert problem.where == str(file)
    assert "不存在" in problem.message


def test_a_folder_is_no_pack(tmp_path: Path) -> None:
    assert "无法读取" in why(tmp_path).message


def test_a_file_without_read_permission_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("{}")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "权限" in why(file).hint


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('{"id": 1, "id": 2}', "id"),
        ('{"a": [{"place": 1, "role": 2, "place": 3, "role": 4}]}', "place、role"),
        ('{"a": 1, "\\u0061": 2}', "a"),
    ],
)
def test_a_key_written_twice_is_named(file: Path, text: str, keys: str) -> None:
    file.write_text(text)
    problem = why(file)
    assert problem.message.endswith(f"：{keys}")
    assert "一次" in problem.hint


def test_the_same_key_in_two_objects_is_fine(file: Path) -> None:
    file.write_text('[{"id": 1}, {"id": 2}]')
    assert read_json_pack(file).value == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_brackets_without_end_are_no_pack(file: Path, depth: int) -> None:
    file.write_text("[" * depth + "]" * depth)
    assert "嵌套" in why(file).message


# --- where a value stands ---


def line_of(text: str, key: tuple[str | int, ...]) -> int:
    where = RawPack("x.json", json.loads(text), text).locator()(key)
    return int(where.split("第 ")[1].split(" 行")[0])


TRICKY = """{
 "a": "括号 [ { 和引号 \\" 逗号 , 反斜杠 \\\\",
 "b" : [ 1,
  -2.5e3 , {"c":
   null}, [],
  {}
 ],
 "d\\u0065": true, "f": [[
  "x"
 ]],

 "g":
 "\\n不是新行"
}"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("b",), 3),
        (("b", 0), 3),
        (("b", 1), 4),
        (("b", 2), 4),
        (("b", 2, "c"), 5),
        (("b", 3), 5),
        (("b", 4), 6),
        (("de",), 8),
        (("f",), 8),
        (("f", 0), 8),
        (("f", 0, 0), 9),
        (("g",), 13),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_value_is_found_in_its_line(key: tuple[str | int, ...], line: int, end: str) -> None:
    assert line_of(TRICKY.replace("\n", end), key) == line


def test_what_is_missing_is_looked_for_in_the_object_around_it() -> None:
    assert line_of(TRICKY, ("b", 2, "missing")) == 4
    assert line_of(TRICKY, ("missing",)) == 1


def test_the_way_to_a_value_is_written_as_programmers_and_editors_do() -> None:
    assert dotted(("assignments", 3, "place")) == "assignments[3].place"
    assert dotted(("a", 0, 1, "b", "c")) == "a[0][1].b.c"
    assert dotted(()) == ""


def paths(value: object, key: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], object]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: dict[tuple[str | int, ...], object] = {key: value}
    for name, child in below:
        found |= paths(child, (*key, name))
    return found


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 0, 1, 3]), st.booleans())
@settings(deadline=None, derandomize=True, max_examples=300)
def test_every_value_of_any_file_is_found_where_it_begins(value: object, indent: int | None, escaped: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    lines = text.split("\n")
    for key, child in paths(value).items():
        first = json.dumps(child, indent=indent, ensure_ascii=escaped).split("\n")[0]
        assert first in lines[line_of(text, key) - 1]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1" * 5_000])
def test_what_is_no_usable_number_is_told(file: Path, number: str) -> None:
    file.write_text(f'{{"value": {number}}}')
    assert "数" in why(file).message
