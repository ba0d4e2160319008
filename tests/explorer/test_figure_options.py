"""What is typed at the command line for a figure: words as the dialog would take them, and nothing silently left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from explorer import cli
from layers.template import TYPED

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(gui: QGuiApplication, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Makes a small figure `a.pdf` of one sector, or what the arguments say; gives the status and the notices."""

    def command(*arguments: str, kind: str = "map", page: str = "160x120mm") -> tuple[int, str]:
        out = tmp_path / ("a.pdf" if kind == "map" else "set")
        status = cli.run([kind, str(out), "--page", page, *arguments])
        return status, capsys.readouterr().err

    return command


def words(folder: Path) -> str:
    return "".join(PdfReader(folder / "a.pdf").pages[0].extract_text().split())


BIO = ("--sector", "生物")


def test_blank_words_are_none(run: Run, tmp_path: Path) -> None:
    assert run(*BIO, *(part for name in TYPED for part in (f"--{name.replace('_', '-')}", " \u3000\t"))) == (0, "")
    said = words(tmp_path)
    assert "四川省生物产业布局" in said
    assert "内部使用" in said
    assert "图例" in said
    assert "北" in said
    assert "审图号" not in said
    assert "制图" not in said


def test_words_are_one_line_without_what_cannot_be_printed(run: Run, tmp_path: Path) -> None:
    line_breaks = ("--number", "图\r\n1\x07", "--note", "甲\n乙\x1b丙")
    others = ("--maker", "规划\u200b处\t一", "--approval", "川S\x00 1")
    assert run(*BIO, *line_breaks, *others) == (0, "")
    text = " ".join(PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split())
    assert "图 1 四川省" in text
    assert "甲 乙丙" in text
    assert "制图：规划处 一" in text
    assert "审图号：川S1" in words(tmp_path)


def test_legend_and_north_arrow_can_be_renamed(run: Run, tmp_path: Path) -> None:
    assert run(*BIO, "--legend-title", "分区", "--north-words", "N") == (0, "")
    said = words(tmp_path)
    assert "分区" in said
    assert "图例" not in said
    assert "北" not in said


@pytest.mark.parametrize("name", TYPED)
def test_words_that_are_too_long_are_refused(run: Run, tmp_path: Path, name: str) -> None:
    meaning, longest = TYPED[name]
    status, err = run(*BIO, f"--{name.replace('_', '-')}", "长" * (longest + 1))
    what, remedy = err.splitlines()
    assert status == 2
    assert what.endswith(f"{meaning}有 {longest + 1} 字")
    assert remedy == f"办法：不要超过 {longest} 字"
    assert not (tmp_path / "a.pdf").exists()


def test_a_set_takes_the_same_words(run: Run, tmp_path: Path) -> None:
    status, err = run("--maker", "长" * 61, kind="atlas")
    assert status == 2
    assert "制图单位有 61 字" in err
    assert not (tmp_path / "set").exists()


def test_a_title_that_did_not_fit_is_said_without_a_check(run: Run, tmp_path: Path) -> None:
    status, err = run(*BIO, "--title", "四川省生物产业布局" * 9)
    what, remedy = err.splitlines()
    assert status == 0
    shortened = what.partition("“")[2].rstrip("”")
    assert what.startswith("注意：图题太长")
    assert shortened.endswith("…")
    assert shortened in words(tmp_path)
    assert "--title" in remedy
    assert run(*BIO, "--title", "四川省生物产业布局" * 9, "--without", "title") == (0, "")


@pytest.mark.parametrize(
    ("kind", "arguments", "what", "remedy"),
    [
        ("map", ("--style", "multiples", "--layer", "sites"), "不叠加", "--layer"),
        ("map", ("--style", "multiples", "--graticule"), "经纬网", "--graticule"),
        ("map", ("--style", "zones"), "一个产业", "--sector"),
        ("map", ("--style", "zones", "--sector", "生物、新材料"), "一个产业", "--sector"),
        ("map", ("--style", "stripes", "--bw"), "最多分清 4 个", "--bw"),
        ("atlas", ("--style", "multiples", "--layer", "regions"), "不叠加", "--layer"),
        ("atlas", ("--style", "multiples", "--graticule"), "经纬网", "--graticule"),
        ("atlas", ("--style", "multiples", "--by", "city"), "分产业小图", "每个产业一张"),
        ("atlas", ("--style", "multiples", "--by", "both"), "只画全省", "每个产业一张"),
        ("atlas", ("--style", "zones", "--by", "city"), "一个产业", "--by sector"),
        ("atlas", ("--style", "count", "--plan", "mianyang-green-14"), "重叠个数", "--style"),
        ("atlas", ("--style", "multiples", "--plan", "mianyang-green-14"), "分产业小图", "--style"),
    ],
)
def test_what_a_style_cannot_show_is_refused_not_left_out(
    run: Run, tmp_path: Path, kind: str, arguments: tuple[str, ...], what: str, remedy: str
) -> None:
    status, err = run(*arguments, kind=kind)
    told = err.splitlines()
    assert (status, len(told)) == (2, 2)
    assert what in told[0]
    assert remedy in told[1]
    assert not (tmp_path / "a.pdf").exists()
    assert not (tmp_path / "set").exists()


def test_small_maps_without_layers_are_made(run: Run, tmp_path: Path) -> None:
    assert run("--style", "multiples", "--layer", "none", page="a4") == (0, "")
    assert "新材料" in words(tmp_path)
