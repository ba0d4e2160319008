"""Starting: what is on the way to the first map, the first start's progress, and the kept picture."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QProgressDialog
from pytestqt.qtbot import QtBot

from explorer.canvas import MapCanvas
from explorer.first import FirstWindow
from explorer.start import furnish_window
from explorer.workbench import Workbench
from geodata.boundaries import read_cache
from geodata.library import load_plans
from geodata.plan import Plan
from geodata.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
HEAVY = [
    "geopandas",
    "pandas",
    "pyogrio",
    "pyproj",
    "shapely",
    "numpy",
    "pyqtgraph",
    "folium",
    "openpyxl",
    "pptx",
    "docx",
    "pypdf",
    "pypinyin",
]

UNTIL_FIRST_MAP = """
import sys
sys.path.insert(0, {root!r})
sys.argv = ["main.py"]
import explorer.canvas
from PySide6.QtCore import QTimer
paint = explorer.canvas.MapCanvas.paintEvent
def painted(self, event):
    paint(self, event)
    print("LOADED", *sorted(set({heavy!r}) & set(sys.modules)))
    QTimer.singleShot(0, self.window().close)
explorer.canvas.MapCanvas.paintEvent = painted
import main
sys.exit(main.main())
"""


def start(home: Path) -> subprocess.CompletedProcess[str]:
    code = UNTIL_FIRST_MAP.format(root=str(ROOT), heavy=HEAVY)
    environment = {**os.environ, "LAYOUT_EXPLORER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )


def test_no_heavy_library_is_loaded_before_the_first_map(prepared: Path) -> None:
    lines = [line for line in start(prepared).stdout.splitlines() if line.startswith("LOADED")]
    assert lines
    assert lines[0] == "LOADED"


def test_the_very_first_start_prepares_the_boundaries_and_opens_the_window(home: Path) -> None:
    assert "LOADED" in start(home).stdout
    assert read_cache(1000) is not None


def test_the_first_start_shows_progress_and_can_be_cancelled(
    home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    show = QProgressDialog.setLabelText

    def cancel_at_once(box: QProgressDialog, text: str) -> None:
        show(box, text)
        shown.append(text)
        box.canceled.emit()

    monkeypatch.setattr(QProgressDialog, "setLabelText", cancel_at_once)
    window = FirstWindow()
    qtbot.addWidget(window)
    assert furnish_window(window) is None
    assert shown
    assert "首次启动" in shown[0]
    assert read_cache(1000) is None


@pytest.mark.parametrize("shown_before", [False, True])
def test_the_other_plans_are_read_after_the_first_map(
    prepared: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shown_before: bool
) -> None:
    window = FirstWindow()
    qtbot.addWidget(window)
    if shown_before:  # with the kept picture in it
        window.show()
        qtbot.waitExposed(window)
    there: list[bool] = []

    def load(first: Sequence[Plan]) -> tuple[tuple[Plan, ...], tuple[Problem, ...]]:
        there.append(window.findChildren(MapCanvas)[0].picture() is not None)
        return load_plans(first)

    monkeypatch.setattr("explorer.start.load_plans", load)
    workbench = furnish_window(window)
    assert workbench is not None
    qtbot.waitUntil(lambda: len(workbench.session.atlas.plans) > 1)
    assert there == [True]


def test_a_window_that_is_not_painted_has_its_plans_in_the_end(
    prepared: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.start.UNSEEN_AFTER", 0)
    monkeypatch.setattr(FirstWindow, "paintEvent", lambda self, event: None)
    window = FirstWindow()
    qtbot.addWidget(window)
    workbench = furnish_window(window)
    assert workbench is not None
    qtbot.waitUntil(lambda: len(workbench.session.atlas.plans) > 1)
    assert window.after_first_paint is None


def test_the_kept_picture_is_the_map_that_replaces_it(bench: Workbench, qtbot: QtBot) -> None:
    bench.inspector_dock.hide()
    bench.window.resize(760, 640)
    bench.canvas.repaint()
    picture = bench.canvas.picture()
    assert picture is not None
    bench.window.close()
    window = FirstWindow()
    qtbot.addWidget(window)
    assert window.has_picture
    again = furnish_window(window)
    assert again is not None
    qtbot.waitUntil(lambda: again.canvas.picture() == picture)
    assert again.canvas.geometry().size() == picture.size()


@pytest.mark.parametrize("change", ["pack", "view", "picture"])
def test_a_picture_of_something_else_is_not_shown(bench: Workbench, qtbot: QtBot, home: Path, change: str) -> None:
    bench.inspector_dock.hide()
    bench.window.resize(760, 640)
    bench.canvas.repaint()
    bench.window.close()
    if change == "pack":
        (home / "data" / "plans").mkdir(parents=True)
        (home / "data" / "plans" / "new.json").write_text("{}", encoding="utf-8")
    elif change == "view":
        from explorer.settings import settings

        settings().setValue("window/view", "{}")
    else:
        (home / "cache" / "last-map.bmp").write_bytes(b"BM broken")
    window = FirstWindow()
    qtbot.addWidget(window)
    assert not window.has_picture


def test_a_damaged_pack_of_the_user_is_said_and_the_rest_works(qtbot: QtBot, prepared: Path) -> None:
    folder = prepared / "data" / "plans"
    folder.mkdir(parents=True)
    (folder / "mine.json").write_text('{"schema": 1,', encoding="utf-8")
    window = FirstWindow()
    qtbot.addWidget(window)
    assert furnish_window(window) is not None
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    assert "mine.json" in window.findChildren(QMessageBox)[0].text()
