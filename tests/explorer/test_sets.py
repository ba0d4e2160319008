"""Sets of figures: eight in one PDF, a folder of files, and a second run that goes on where the first stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from explorer import cli, sets
from explorer.dialogs.findings import FindingsList
from explorer.dialogs.sets import SetsDialog
from explorer.sets import figures, make_pdf
from explorer.workbench import Workbench
from geodata.atlas import Atlas
from geodata.library import DEFAULT_PLAN, load_plans
from geodata.problems import UserError
from layers.checks.finding import ERROR, NOTE, Finding
from layers.export import EXPORTERS
from layers.view import ViewState

SMALL = (160.0, 120.0)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(load_plans()[0])


@pytest.fixture
def run(
    gui: QGuiApplication, prepared: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    def command(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


Run = Callable[..., tuple[int, str, str]]


def plain(text: str) -> str:
    return "".join(text.split())


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


class Stopped(Exception):
    """What a test stops a run with."""


def stop_at(number: int) -> Callable[[int, int, str], None]:
    def progress(done: int, total: int, text: str) -> None:
        if done == number:
            raise Stopped

    return progress


def quiet(done: int, total: int, text: str) -> None:
    pass


# --- one PDF ---


def test_the_eight_figures_of_the_plan_are_one_pdf_whose_pages_bookmarks_and_titles_agree(
    run: Run, atlas: Atlas, tmp_path: Path
) -> None:
    status, out, _ = run("atlas", tmp_path / "图集.pdf", "--plan", DEFAULT_PLAN)
    assert (status, out.strip()) == (0, str(tmp_path / "图集.pdf"))
    reader = PdfReader(tmp_path / "图集.pdf")
    titles = [item.title for item in figures(atlas, ViewState(DEFAULT_PLAN), "sector")]
    sectors = [sector.name for sector in atlas.plan(DEFAULT_PLAN).sectors]
    assert len(titles) == len(sectors) == 8
    assert all(name.removesuffix("产业") in title for name, title in zip(sectors, titles, strict=True))
    assert len(reader.pages) == 1 + 8
    bookmarks = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in bookmarks] == titles
    pages = [reader.get_destination_page_number(item) for item in bookmarks]
    assert pages == list(range(1, 9))
    contents = plain(reader.pages[0].extract_text())
    for title, page in zip(titles, pages, strict=True):
        assert plain(title) in plain(reader.pages[page].extract_text())
        assert f"{plain(title)}{page + 1}" in contents
    width, height = map(float, reader.pages[3].mediabox[2:])
    assert width == pytest.approx(841.89, abs=0.01)
    assert height - float(reader.pages[3].mediabox[1]) == pytest.approx(595.276, abs=0.01)


def test_lines_of_the_contents_lead_to_their_pages(gui: QGuiApplication, prepared: Path, atlas: Atlas) -> None:
    target = prepared / "图集.pdf"
    wanted = figures(atlas, ViewState("mianyang-green-14"), "both")
    make_pdf(atlas, wanted, SMALL, target, "图集", quiet)
    reader = PdfReader(target)
    before = len(reader.pages) - len(wanted)
    assert before > 1
    led = []
    for page in reader.pages[:before]:
        for link in page.get("/Annots", ()):
            found = link.get_object()
            led.append(list.__getitem__(found["/Dest"], 0))
            assert float(page.mediabox.bottom) <= float(found["/Rect"][1]) < float(found["/Rect"][3])
            assert float(found["/Rect"][3]) <= float(page.mediabox.top)
    assert led == [page.indirect_reference for page in reader.pages[before:]]


def test_a_pdf_that_was_stopped_goes_on_and_leaves_nothing_behind(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path
) -> None:
    target = tmp_path / "图集.pdf"
    wanted = figures(atlas, ViewState(DEFAULT_PLAN), "sector")
    with pytest.raises(Stopped):
        make_pdf(atlas, wanted, SMALL, target, "图集", stop_at(3))
    assert not target.exists()
    made = make_pdf(atlas, wanted, SMALL, target, "图集", quiet)
    assert (made.kept, made.drawn) == (3, 5)
    assert len(PdfReader(target).pages) == 9
    assert list((prepared / "cache" / "sets").iterdir()) == []
    assert make_pdf(atlas, wanted, SMALL, target, "图集", quiet).drawn == 8


def test_a_kept_page_that_is_not_whole_is_drawn_again(
    gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path
) -> None:
    wanted = figures(atlas, ViewState(DEFAULT_PLAN), "sector")[:2]
    with pytest.raises(Stopped):
        make_pdf(atlas, wanted, SMALL, tmp_path / "a.pdf", "图集", stop_at(1))
    (page,) = (prepared / "cache" / "sets").iterdir()
    page.write_bytes(page.read_bytes()[:500])
    assert make_pdf(atlas, wanted, SMALL, tmp_path / "a.pdf", "图集", quiet).drawn == 2


# --- a folder ---


def test_a_folder_of_figures_has_sensible_names(run: Run, tmp_path: Path) -> None:
    status, out, err = run("atlas", tmp_path / "图件", "--page", "160x120mm", "--dpi", 60)
    assert status == 0
    assert "[8/8]" in err
    assert "03-新材料产业布局.png" in files(tmp_path / "图件")
    assert [Path(line).name for line in out.splitlines()] == files(tmp_path / "图件")
    assert len(files(tmp_path / "图件")) == 8


@pytest.mark.parametrize("form", [suffix.removeprefix(".") for suffix in EXPORTERS])
def test_a_folder_can_be_of_any_format(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / "图件"
    status, _, _ = run("atlas", out, "--plan", "mianyang-green-14", "--format", form, "--page", "a4", "--dpi", 50)
    assert status == 0
    assert files(out)
    assert all(name.endswith(f".{form}") for name in files(out))


def test_cities_and_an_overview_have_figures_of_their_own(atlas: Atlas) -> None:
    cities = figures(atlas, ViewState(DEFAULT_PLAN), "city")
    assert [len(cities), cities[0].name, cities[0].view.extent_of] == [21, "01-成都市产业布局", "510100"]
    assert len({sector for sector, _ in cities[0].view.shown}) == 8
    both = figures(atlas, ViewState(DEFAULT_PLAN), "both", overview=True)
    assert len(both) == 1 + 8 + 21
    assert len({item.name for item in both}) == len({item.title for item in both}) == 30


def test_a_second_run_draws_only_what_is_missing_or_has_changed(run: Run, tmp_path: Path) -> None:
    command = ("atlas", tmp_path / "图件", "--page", "160x120mm", "--dpi")
    run(*command, 60)
    target = tmp_path / "图件" / "02-高端装备产业布局.png"
    target.unlink()
    (tmp_path / "图件" / "01-新一代信息技术产业布局.png").write_bytes(b"half")
    assert "新画 2，已有 6" in run(*command, 60)[2]
    assert "新画 0，已有 8" in run(*command, 60)[2]
    assert "新画 8，已有 0" in run(*command, 72)[2]
    assert "新画 8，已有 0" in run(*command, 72, "--again")[2]


def test_a_folder_with_figures_of_another_plan_is_refused_and_stays_as_it_was(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "图件"
    command = ("atlas", folder, "--by", "city", "--page", "160x120mm", "--format", "svg", "--plan")
    assert run(*command, "mianyang-green-14")[0] == 0
    before = {file: file.read_bytes() for file in folder.iterdir()}
    status, out, err = run(*command, "sichuan-hightech-14")
    assert (status, out) == (2, "")
    assert "文件夹里是《绵阳绿色低碳产业决定》的文件" in err
    assert "--again" in err
    assert {file: file.read_bytes() for file in folder.iterdir()} == before
    assert "新画 21，已有 0" in run(*command, "sichuan-hightech-14", "--again")[2]
    assert files(folder) == sorted(file.name for file in before if not file.name.startswith("."))
    assert "新画 0，已有 21" in run(*command, "sichuan-hightech-14")[2]


def test_figures_of_an_earlier_set_of_the_plan_stay_and_are_counted(run: Run, tmp_path: Path) -> None:
    command = ("atlas", tmp_path / "图件", "--page", "160x120mm", "--format", "svg")
    assert "另有" not in run(*command)[2]
    assert "另有以前导出的 8 个文件" in run(*command, "--by", "city")[2]
    assert len(files(tmp_path / "图件")) == 8 + 21


def test_a_damaged_index_only_means_drawing_again(run: Run, tmp_path: Path) -> None:
    command = ("atlas", tmp_path / "图件", "--page", "160x120mm", "--dpi", 60)
    run(*command)
    (tmp_path / "图件" / ".atlas.json").write_text("[[[", encoding="utf-8")
    assert "新画 8" in run(*command)[2]


def test_stopping_keeps_what_is_done(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw, drawn = sets._draw, []

    def interrupted(*arguments: object) -> None:
        if len(drawn) == 3:
            raise KeyboardInterrupt
        drawn.append(draw(*arguments))  # type: ignore[arg-type]

    monkeypatch.setattr(sets, "_draw", interrupted)
    command = ("atlas", tmp_path / "图件", "--page", "160x120mm", "--dpi", 60)
    status, _, err = run(*command)
    assert status == 2
    assert "接着做" in err
    assert len(files(tmp_path / "图件")) == 3
    monkeypatch.setattr(sets, "_draw", draw)
    assert "新画 5，已有 3" in run(*command)[2]


# --- what cannot be done ---


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("a.png",), "放不进"),
        (("a.pdf", "--format", "png"), "--format"),
        (("a", "--format", "doc"), "格式"),
        (("a", "--page", "a9"), "页面"),
        (("a", "--dpi", "9"), "dpi"),
        (("a", "--plan", "none"), "规划"),
        (("no/such/a.pdf",), "文件夹"),
        (("no/such/folder",), "文件夹"),
        (("file",), "不是文件夹"),
        (("dir.pdf",), "不是文件"),
        (("a.pdf", "--by", "county"), "--by"),
    ],
)
def test_what_cannot_be_done_is_said_in_two_lines(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "dir.pdf").mkdir()
    before = sorted(tmp_path.iterdir())
    status, out, err = run("atlas", *arguments)
    what, remedy = [line for line in err.splitlines() if not line.startswith("[")]
    assert (status, out) == (2, "")
    assert word in what
    assert remedy.startswith("办法：")
    assert sorted(tmp_path.iterdir()) == before


def test_a_page_too_small_says_which_figure(gui: QGuiApplication, prepared: Path, atlas: Atlas, tmp_path: Path) -> None:
    wanted = figures(atlas, ViewState(DEFAULT_PLAN, layers=frozenset({"sites", "projects"})), "city")
    with pytest.raises(UserError, match="成都市"):
        make_pdf(atlas, wanted, (60.0, 60.0), tmp_path / "a.pdf", "图集", quiet)


def test_map_can_be_checked_from_the_command_line(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("map", tmp_path / "a.png", "--sector", "新材料", "--dpi", 60, "--check")
    lines = out.splitlines()
    assert (status, lines[:2]) == (0, [str(tmp_path / "a.png"), "出图检查"])
    assert any("简阳" in line for line in lines)
    assert "不能代替地图审核" in lines[-2]
    assert all(line.startswith("　办法：") for line in lines[3::2])


# --- the window ---


def test_the_dialog_makes_the_set_and_lists_the_files(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    assert dialog.results.count() == 8
    dialog.form.setCurrentIndex(dialog.form.findData(".svg"))
    with qtbot.waitSignal(bench.session.notice, timeout=30_000) as notice:
        dialog.export_to(tmp_path / "图件")
    assert notice.args[0].endswith("共 8 张")
    assert not dialog.opening.open_folder.isHidden()
    assert dialog.results.count() == len(files(tmp_path / "图件")) == 8
    again = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(again)
    assert again.form.currentData() == ".svg"


def test_the_dialog_says_before_it_starts_that_small_maps_are_of_the_province(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.set_style("multiples")
    dialog = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    assert dialog.save.isEnabled()
    dialog.by.setCurrentIndex(dialog.by.findData("city"))
    assert "分产业小图" in dialog.count.text()
    assert "换一种画法" in dialog.count.text()
    assert not dialog.save.isEnabled()
    assert dialog.results.count() == 0
    dialog.by.setCurrentIndex(dialog.by.findData("sector"))
    assert dialog.save.isEnabled()
    assert dialog.results.count() == 8


def test_a_plan_without_roles_has_maps_of_cities_in_any_style(atlas: Atlas) -> None:
    assert len(figures(atlas, ViewState("mianyang-green-14", style="multiples"), "city")) == 21


def test_stopping_the_dialog_keeps_what_is_done(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.by.setCurrentIndex(dialog.by.findData("city"))
    dialog.form.setCurrentIndex(dialog.form.findData(".png"))
    with qtbot.waitSignal(bench.session.notice, timeout=30_000) as notice:
        dialog.export_to(tmp_path / "图件")
        qtbot.waitUntil(lambda: dialog.progress.value() >= 1, timeout=20_000)
        dialog.cancel.click()
    assert "已停止" in notice.args[0]
    assert 1 <= len(files(tmp_path / "图件")) < 21
    assert dialog.save.isEnabled()


def test_the_dialog_says_what_cannot_be_written(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = SetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(bench.session.notice, timeout=30_000):
        dialog.export_to(tmp_path / "no" / "such.pdf")
    box = dialog.findChildren(QMessageBox)[0]
    assert "没有这个文件夹" in box.text()
    box.close()


def test_findings_are_listed_and_can_be_copied(qtbot: QtBot) -> None:
    widget = FindingsList()
    qtbot.addWidget(widget)
    widget.show_findings((Finding(ERROR, "图上没有图题", "写上图题"), Finding(NOTE, "说明一", "无")))
    assert widget.list.count() == 2
    assert widget.summary.text() == "错误 1"
    widget.copy.click()
    assert QApplication.clipboard().text() == "错误：图上没有图题\n　办法：写上图题\n说明：说明一\n　办法：无"
    widget.clear()
    assert widget.list.count() == 0
    assert not widget.copy.isEnabled()
