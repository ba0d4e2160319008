"""Whole files or none: what is written appears under its name only when it is complete."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geodata.language import tr
from geodata.problems import UserError, fail


def _reason(error: OSError) -> str:
    import errno

    return {
        errno.EACCES: tr("没有写入权限，或文件正被另一个程序打开"),
        errno.EPERM: tr("没有写入权限"),
        errno.EROFS: tr("磁盘是只读的"),
        errno.ENOSPC: tr("磁盘已满"),
        errno.ENOENT: tr("文件夹不存在"),
        errno.ENOTDIR: tr("路径中有一段不是文件夹"),
        errno.EISDIR: tr("这是一个文件夹，不是文件"),
        errno.ENAMETOOLONG: tr("文件名太长"),
    }.get(error.errno or 0, error.strerror or str(error))


def cannot_write(target: Path, error: OSError) -> UserError:
    """The error a user sees when `target` cannot be written."""
    return fail(
        str(target),
        tr("无法写入：{reason}", reason=_reason(error)),
        tr("换一个可以写入的文件夹，或关闭占用该文件的程序后重试"),
    )


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` to write to; on leaving it is renamed to `target`.

    When the body fails, the temporary file is removed and the old `target` is as it was.
    Raises UserError when the folder cannot be written to or `target` is a folder.
    """
    try:
        is_folder = target.is_dir()
    except OSError as error:
        raise cannot_write(target, error) from error
    if is_folder:
        raise fail(str(target), tr("这是一个文件夹，不是文件"), tr("给出带文件名的路径"))
    temporary = target.with_name(f".{os.urandom(6).hex()}{target.suffix}")
    try:
        try:
            temporary.touch(exist_ok=False)
        except OSError as error:
            raise cannot_write(target, error) from error
        yield temporary
        try:
            temporary.replace(target)
        except OSError as error:
            raise cannot_write(target, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes | Callable[[], bytes]) -> None:
    """Replaces the file in one step by the content, or by what `content` returns once the folder lets itself be
    written to. Raises UserError; the old file is then as it was."""
    with replacing(target) as temporary:
        data = content if isinstance(content, bytes) else content()
        try:
            temporary.write_bytes(data)
        except OSError as error:
            raise cannot_write(target, error) from error


def is_file(path: Path) -> bool:
    """Path.is_file, which raises for names too long or folders that may not be entered."""
    return _answers(path.is_file)


def is_dir(path: Path) -> bool:
    """Path.is_dir, which raises for names too long or folders that may not be entered."""
    return _answers(path.is_dir)


def _answers(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False
