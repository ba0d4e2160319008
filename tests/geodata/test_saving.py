"""Saving: a file is whole or not there, and an old one stays until the new one is ready."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from geodata.problems import UserError
from geodata.saving import cannot_write, replacing


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "图件"
    folder.mkdir()
    return folder / "新材料.png"


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def failing(code: int) -> OSError:
    return OSError(code, "system words")


def test_a_new_file_appears_whole_under_its_name(target: Path) -> None:
    with replacing(target) as temporary:
        temporary.write_text("first half")
        assert not target.exists()
        temporary.write_text("whole")
    assert target.read_text() == "whole"
    assert names(target.parent) == [target.name]


def test_an_old_file_stays_until_the_new_one_is_ready(target: Path) -> None:
    target.write_text("old")
    with replacing(target) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert names(target.parent) == [target.name]


def test_the_temporary_file_stands_beside_its_target_with_the_same_suffix(target: Path) -> None:
    with replacing(target) as temporary:
        assert temporary.parent == target.parent
        assert temporary.suffix == ".png"
        assert temporary != target


def test_two_programs_saving_at_once_do_not_share_a_temporary_file(target: Path) -> None:
    with replacing(target) as one, replacing(target) as other:
        assert one != other
        one.write_text("one")
        other.write_text("other")
    assert target.read_text() == "one"
    assert names(target.parent) == [target.name]


@pytest.mark.parametrize("failure", [ValueError("broken"), KeyboardInterrupt(), UserError(), failing(errno.ENOSPC)])
def test_a_failure_keeps_the_old_file_and_leaves_no_other(target: Path, failure: BaseException) -> None:
    target.write_text("old")

    def save() -> None:
        with replacing(target) as temporary:
            temporary.write_text("half of the n")
            raise failure

    with pytest.raises((type(failure), UserError)):
        save()
    assert target.read_text() == "old"
    assert names(target.parent) == [target.name]


def test_a_failure_without_an_old_file_leaves_nothing(target: Path) -> None:
    def save() -> None:
        with replacing(target) as temporary:
            temporary.write_text("half")
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        save()
    assert names(target.parent) == []


def told(target: Path) -> str:
    """What a user is told when the target cannot be written."""
    with pytest.raises(UserError) as caught, replacing(target) as temporary:
        temporary.write_text("new")
    (problem,) = caught.value.problems
    assert problem.where == str(target)
    assert problem.hint
    return problem.message


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    assert "文件夹不存在" in told(tmp_path / "没有" / "新材料.png")
    assert names(tmp_path) == ["home"]


def test_a_folder_is_not_overwritten(target: Path) -> None:
    target.mkdir()
    (target / "inside").write_text("kept")
    assert "文件夹" in told(target)
    assert (target / "inside").read_text() == "kept"
    assert names(target.parent) == [target.name]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EACCES, "没有写入权限"),
        (errno.EPERM, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EIO, "system words"),
    ],
)
@pytest.mark.parametrize("moment", ["touch", "replace"])
def test_what_the_system_refuses_is_said_in_words(
    target: Path, monkeypatch: pytest.MonkeyPatch, moment: str, code: int, words: str
) -> None:
    target.write_text("old")

    def refuse(path: Path, *args: object, **kwargs: object) -> None:
        raise failing(code)

    with monkeypatch.context() as patch:
        patch.setattr(Path, moment, refuse)
        assert words in told(target)
    assert target.read_text() == "old"
    assert names(target.parent) == [target.name]


def test_a_disk_that_fills_while_writing_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_text("old")

    def write_half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise failing(errno.ENOSPC)

    def save() -> None:
        with replacing(target) as temporary:
            temporary.write_bytes(b"x" * 1000)

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises((OSError, UserError)):
        save()
    assert target.read_text() == "old"
    assert names(target.parent) == [target.name]


def test_a_name_with_spaces_and_quotes_is_a_name(target: Path) -> None:
    odd = target.with_name("四川 “十三五” 图 (1).final.png")
    with replacing(odd) as temporary:
        temporary.write_text("x")
    assert names(target.parent) == [odd.name]


def test_the_message_names_the_file_the_cause_and_the_remedy(target: Path) -> None:
    (problem,) = cannot_write(target, failing(errno.EACCES)).problems
    assert problem.where == str(target)
    assert problem.message.startswith("无法写入：")
    assert "换一个" in problem.hint
