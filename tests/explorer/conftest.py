"""A furnished window for tests of what a person sees and does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.first import FirstWindow
from explorer.settings import HINT_SEEN, write
from explorer.start import furnish_window
from explorer.workbench import Workbench

Start = Callable[[], Workbench]
"""Opens a window in the language in use and gives it when all plans are there."""


@pytest.fixture
def start(qtbot: QtBot, prepared: Path) -> Start:
    """For the windows of a test that needs several, or that shall be the first with its hint."""

    def started() -> Workbench:
        window = FirstWindow()
        qtbot.addWidget(window)
        workbench = furnish_window(window)
        assert workbench is not None
        with qtbot.waitSignal(workbench.session.atlas_changed):
            pass
        return workbench

    return started


@pytest.fixture
def bench(start: Start) -> Workbench:
    """The window as at a second start, with its panels filled."""
    write(HINT_SEEN, True)
    workbench = start()
    workbench.window.resize(1600, 900)
    return workbench
