"""A furnished window for tests of what a person sees and does."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.first import FirstWindow
from explorer.start import furnish_window
from explorer.workbench import Workbench


@pytest.fixture
def bench(qtbot: QtBot, prepared: Path) -> Workbench:
    """The window as at a second start, with its panels filled."""
    window = FirstWindow()
    qtbot.addWidget(window)
    workbench = furnish_window(window)
    assert workbench is not None
    window.resize(1600, 900)
    with qtbot.waitSignal(workbench.session.atlas_changed):
        pass
    return workbench
