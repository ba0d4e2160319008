"""Documents on the command line: attached, listed and removed by scripts, with clear words when that fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import hillside
import pytest

from explorer import cli
from geodata.documents.shelf import attached


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], home: Path) -> Run:
    """Carries out one command line in this process; the small plan is in the library."""
    hillside.write_pack(home)

    def command(*arguments: object) -> Done:
        status = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small plan's document, and nothing else."""
    made = tmp_path / "资料"
    made.mkdir()
    (made / "坡地.txt").write_text(hillside.document(), encoding="utf-8")
    return made


def listed(run: Run) -> Any:
    """What `plans --json` says is attached to the small plan."""
    plans = {plan["id"]: plan for plan in json.loads(run("plans", "--json").out)}
    return plans["hillside"]["attached"]


def errors(done: Done) -> list[str]:
    return [line for line in done.err.splitlines() if line.startswith(("错误：", "办法："))]


def test_nothing_is_attached_at_first(run: Run) -> None:
    assert listed(run) is None
    assert "文件：没有添加" in run("plans").out


def test_an_attached_file_is_listed(run: Run, folder: Path) -> None:
    done = run("attach", folder / "坡地.txt")
    assert done.status == 0
    assert "已添加为 hillside（txt，与原文逐字相同）" in done.out
    assert listed(run) == {"file_name": "坡地.txt", "kind": "txt", "confidence": "exact", "reference": True}
    assert "文件：坡地.txt（txt，与参考文本一致）" in run("plans").out


def test_a_copy_that_differs_is_listed_as_such(run: Run, folder: Path) -> None:
    (folder / "坡地.txt").write_text("首页\n" + hillside.document(), encoding="utf-8")
    assert run("attach", folder).status == 0
    assert listed(run) == {"file_name": "坡地.txt", "kind": "txt", "confidence": "likely", "reference": False}
    assert "与参考文本不同" in run("plans").out


def test_progress_is_on_standard_error(run: Run, folder: Path) -> None:
    (folder / "二.txt").write_text("别的文件", encoding="utf-8")
    done = run("attach", folder)
    steps = [line for line in done.err.splitlines() if line.startswith("[")]
    assert steps[0].startswith("[0/2] ")
    assert "二.txt" in steps[0]
    assert steps[-1] == "[2/2] 完成"
    assert "[" not in done.out


def test_of_a_long_pdf_only_some_pages_are_reported(run: Run, tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(120):
        writer.add_blank_page(595, 842)
    writer.write(str(tmp_path / "长.pdf"))
    done = run("attach", tmp_path / "长.pdf")
    assert done.status == 2
    steps = [line for line in done.err.splitlines() if line.startswith("[")]
    assert 5 <= len(steps) <= 15
    assert "扫描件" in errors(done)[0]


def test_when_some_files_of_a_folder_fail_each_is_said_and_the_others_are_attached(run: Run, folder: Path) -> None:
    (folder / "通知.txt").write_text("关于放假的通知", encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    done = run("attach", folder)
    assert done.status == 1
    assert "坡地.txt" in done.out
    assert [line[:3] for line in errors(done)] == ["错误：", "办法："] * 2
    assert "坏.pdf" in errors(done)[0]
    assert "通知.txt" in errors(done)[2]
    assert attached("hillside") == hillside.text()


def test_a_file_that_cannot_be_attached_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    for path, message in ((tmp_path / "没有.txt", "文件不存在"), (tmp_path / "空", "没有可以添加的文件")):
        done = run("attach", path)
        assert (done.status, done.out) == (2, "")
        what, remedy = errors(done)
        assert message in what
        assert remedy
        assert "Traceback" not in done.err


def test_a_file_can_be_said_to_be_a_plans(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "摘录.txt"
    file.write_text("关于产业布局的摘录", encoding="utf-8")
    assert run("attach", file).status == 2
    done = run("attach", file, "--plan", "hillside")
    assert done.status == 0
    assert "由用户指定" in done.out
    assert listed(run)["confidence"] == "chosen"


def test_only_one_file_can_be_said_to_be_a_plans(run: Run, folder: Path) -> None:
    for paths in ([folder], [folder / "坡地.txt", folder / "坡地.txt"]):
        done = run("attach", *paths, "--plan", "hillside")
        assert done.status == 2
        assert "--plan" in errors(done)[0]
    assert attached("hillside") is None


def test_a_plan_that_there_is_not_is_said(run: Run, folder: Path) -> None:
    for command in (("attach", folder / "坡地.txt", "--plan", "hilside"), ("detach", "hilside")):
        done = run(*command)
        assert (done.status, done.out) == (2, "")
        assert errors(done) == ["错误：没有编号为“hilside”的规划", "办法：是不是要找：hillside？"]


def test_a_detached_document_is_gone_and_the_file_stays(run: Run, folder: Path) -> None:
    run("attach", folder)
    assert run("detach", "hillside") == Done(0, "hillside：已移除\n", "")
    assert listed(run) is None
    assert (folder / "坡地.txt").exists()
    done = run("detach", "hillside")
    assert done.status == 2
    assert "没有添加文件" in errors(done)[0]


def test_the_document_of_a_plan_that_is_gone_can_be_detached(run: Run, folder: Path, home: Path) -> None:
    run("attach", folder)
    (home / "data" / "plans" / "hillside.json").unlink()
    assert run("detach", "hillside").status == 0
    assert attached("hillside") is None


def test_a_damaged_stored_text_is_said_and_counts_as_none(run: Run, folder: Path, home: Path) -> None:
    run("attach", folder)
    (home / "data" / "documents" / "hillside.json").write_text("{")
    done = run("plans", "--json")
    assert done.status == 0
    assert {plan["id"]: plan for plan in json.loads(done.out)}["hillside"]["attached"] is None
    assert "损坏" in errors(done)[0]


@pytest.mark.parametrize("command", ["attach", "detach"])
def test_help_is_there_and_a_missing_name_is_said(run: Run, capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run([command, "--help"])
    assert ended.value.code == 0
    assert command in capsys.readouterr().out
    done = run(command)
    assert done.status == 2
    assert "缺少" in errors(done)[0]
