"""A crash or a kill loses nothing but the last second."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.autosave import STEPS, Slot, recover
from explorer.first import FirstWindow
from explorer.history import History, Step, steps_to_json
from explorer.settings import settings
from explorer.start import furnish_window
from explorer.workbench import Workbench
from layers.view import first_view, view_from_json

ROOT = Path(__file__).resolve().parents[2]
DEYANG = "510600"

CHANGE_AND_HANG = """
import sys
sys.path.insert(0, {root!r})
sys.argv = ["main.py"]
import explorer.autosave, explorer.start
from PySide6.QtCore import QTimer
load = explorer.start._load_the_rest
steps = []
def loaded(window, bench, kept):
    load(window, bench, kept)
    session = bench.session
    undo, redo = bench.recorder.undo, bench.recorder.redo
    steps.extend([
        lambda: session.select_place("510600"),
        lambda: session.set_style("glyphs"),
        lambda: window.centralWidget().zoom(3),
        undo,
        redo,
        lambda: session.select_place("510700"),
        undo,
    ])
    def go_on():
        steps.pop(0)()
        if steps:
            QTimer.singleShot(20, go_on)
    QTimer.singleShot(20, go_on)
written = explorer.autosave.Slot.write
def write(*given):
    written(*given)
    if not steps:  # done, on however slow a machine
        print("WRITTEN", flush=True)
explorer.autosave.Slot.write = write
explorer.start._load_the_rest = loaded
import main
main.main()
"""


HUGE = f'[[["{{}}", [1{"0" * 400}, 1, 1]]], []]'


def killed_window(home: Path) -> None:
    """A window in which things are changed, killed as soon as it has written them by itself."""
    code = CHANGE_AND_HANG.format(root=str(ROOT))
    environment = {**os.environ, "LAYOUT_EXPLORER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "WRITTEN\n"
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


def close_and_keep(bench: Workbench) -> None:
    bench.inspector_dock.hide()
    bench.window.resize(760, 640)
    bench.canvas.repaint()
    bench.window.close()


def test_after_a_kill_the_window_opens_where_it_was(prepared: Path, start: Callable[[], Workbench]) -> None:
    killed_window(prepared)
    bench = start()
    assert bench.session.view == first_view(bench.session.plan)._replace(place=DEYANG, style="glyphs")
    assert bench.canvas.extent_to_keep() is not None
    bench.window.close()
    again = start()
    assert again.session.view == bench.session.view


def test_after_a_kill_what_was_done_can_be_undone_and_redone(prepared: Path, start: Callable[[], Workbench]) -> None:
    killed_window(prepared)
    bench = start()
    first, killed = first_view(bench.session.plan), bench.session.view
    for view in (killed, first._replace(place=DEYANG), first):
        bench.actions_by_id["undo"].trigger()
        assert bench.session.view == view
        assert bench.canvas.extent_to_keep() is None  # the last step was the zoom
    assert not bench.actions_by_id["undo"].isEnabled()
    for _ in range(4):
        bench.actions_by_id["redo"].trigger()
    assert bench.session.view == killed._replace(place="510700")
    assert not bench.actions_by_id["redo"].isEnabled()


def test_what_could_be_undone_is_not_lost_to_a_second_kill(
    bench: Workbench, prepared: Path, start: Callable[[], Workbench]
) -> None:
    history = History(Step(bench.session.view), (Step(bench.session.view._replace(place=DEYANG)),))
    close_and_keep(bench)
    plain = start()
    assert not plain.autosave.waiting.isActive()
    plain.window.close()
    settings().setValue(STEPS, steps_to_json(history))
    again = start()
    assert again.autosave.waiting.isActive()
    again.autosave.waiting.timeout.emit()
    files = [json.loads(file.read_text(encoding="utf-8")) for file in (prepared / "config").glob("window-*.json")]
    assert [file["steps"] for file in files] == [steps_to_json(history)]
    again.window.close()
    assert not start().actions_by_id["undo"].isEnabled(), "one that was closed begins anew"


def test_a_window_that_is_closed_before_it_has_its_plans_leaves_no_steps(
    bench: Workbench, prepared: Path, qtbot: QtBot
) -> None:
    view = bench.session.view
    close_and_keep(bench)
    settings().setValue(STEPS, steps_to_json(History(Step(view), (Step(view._replace(place=DEYANG)),))))
    window = FirstWindow()
    qtbot.addWidget(window)
    assert furnish_window(window) is not None
    window.close()
    QApplication.processEvents()
    assert not settings().contains(STEPS)
    assert not list((prepared / "config").glob("window-*.json"))


@pytest.mark.parametrize(
    "steps", ["x", "3", "[[], [], []]", "[[[1, 2]], []]", '[[["{}", [1, "x", 3]]], []]', HUGE, "[" * 9999]
)
def test_damaged_steps_are_no_steps(bench: Workbench, steps: str, start: Callable[[], Workbench]) -> None:
    close_and_keep(bench)
    settings().setValue(STEPS, steps)
    again = start()
    assert not again.actions_by_id["undo"].isEnabled()
    assert not again.actions_by_id["redo"].isEnabled()


def test_steps_of_packs_that_are_gone_are_left_out(bench: Workbench, start: Callable[[], Workbench]) -> None:
    view = bench.session.view
    past = [Step(view._replace(style="glyphs")), Step(view._replace(plan="gone")), Step(view._replace(style="stripes"))]
    history = History(Step(view), tuple(past))
    close_and_keep(bench)
    settings().setValue(STEPS, steps_to_json(history))
    assert start().recorder.history.past == (past[0], past[2])


def test_the_picture_of_the_last_proper_end_is_not_shown_after_a_kill(
    bench: Workbench, prepared: Path, qtbot: QtBot
) -> None:
    close_and_keep(bench)
    killed_window(prepared)
    window = FirstWindow()
    qtbot.addWidget(window)
    assert not window.has_picture


def test_a_window_closed_properly_leaves_nothing_to_recover(bench: Workbench, qtbot: QtBot, home: Path) -> None:
    bench.session.set_style("glyphs")
    bench.autosave.write()
    file = home / "config" / "window-1.json"
    assert file.exists()
    close_and_keep(bench)
    assert not list((home / "config").glob("window-*"))
    window = FirstWindow()
    qtbot.addWidget(window)
    assert window.has_picture


def test_changes_are_written_within_a_second_of_the_first_and_not_put_off(bench: Workbench, home: Path) -> None:
    assert bench.autosave.waiting.interval() <= 1000
    bench.canvas.zoom(1.5)
    assert bench.autosave.waiting.isActive()
    due = bench.autosave.waiting.remainingTime()
    bench.canvas.zoom(1.5)
    assert bench.autosave.waiting.remainingTime() <= due
    bench.autosave.waiting.timeout.emit()
    raw = json.loads((home / "config" / "window-1.json").read_text(encoding="utf-8"))
    assert view_from_json(raw["view"], bench.session.atlas.plans) == bench.session.view
    assert tuple(raw["extent"]) == bench.canvas.extent_to_keep()


def test_of_two_windows_each_keeps_its_own(bench: Workbench, home: Path, start: Callable[[], Workbench]) -> None:
    bench.session.set_style("glyphs")
    bench.autosave.write()
    other = start()
    assert other.session.view.style == "auto"
    other.session.select_place(DEYANG)
    other.autosave.write()
    files = sorted((home / "config").glob("window-*.json"))
    assert [file.name for file in files] == ["window-1.json", "window-2.json"]
    other.window.close()
    assert files[0].exists()
    assert not files[1].exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"view": 1}', '{"view": "{}", "extent": null}', "[" * 100_000])
def test_a_damaged_file_is_no_reason_not_to_start_as_last_time(
    bench: Workbench, home: Path, content: str, start: Callable[[], Workbench]
) -> None:
    bench.session.select_place(DEYANG)
    close_and_keep(bench)
    (home / "config" / "window-1.json").write_text(content, encoding="utf-8")
    again = start()
    assert again.session.view.place == DEYANG
    assert not (home / "config" / "window-1.json").exists()


def test_what_cannot_be_written_is_said_once(bench: Workbench, qtbot: QtBot, home: Path) -> None:
    notices: list[str] = []
    bench.session.notice.connect(notices.append)
    bench.autosave.slot = Slot()
    bench.autosave.slot.file = home / "nowhere" / "window-1.json"
    bench.autosave.write()
    bench.autosave.write()
    QApplication.processEvents()
    assert len(notices) == 1
    assert "没有自动保存" in notices[0]


def test_without_a_folder_to_write_to_the_program_still_starts(home: Path) -> None:
    (home / "config").write_text("not a folder", encoding="utf-8")
    recover()
    slot = Slot()
    slot.write("{}", None, "")
    slot.release()
    assert slot.file is None
    assert settings().value("window/view") is None
