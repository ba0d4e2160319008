"""Shared fixtures: every test has its own folders, and Qt leaves nothing behind."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

try:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QGuiApplication
except ImportError as error:
    from explorer.display import missing_library

    pytest.exit(missing_library(str(error)) or str(error), returncode=2)

SOURCES = ROOT.parent / "shared" / "plans"
"""The plan documents; a clone elsewhere does not have them."""

needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the plan documents are not here")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose boundary cache is built once for the whole run."""
    home = tmp_path_factory.mktemp("prepared")
    before = os.environ.get("LAYOUT_EXPLORER_HOME")
    os.environ["LAYOUT_EXPLORER_HOME"] = str(home)
    try:
        from geodata.boundaries import load_boundaries

        load_boundaries(1000)
    finally:
        if before is None:
            del os.environ["LAYOUT_EXPLORER_HOME"]
        else:
            os.environ["LAYOUT_EXPLORER_HOME"] = before
    return home / "cache"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of this test: settings, data and cache, empty at its start."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("LAYOUT_EXPLORER_HOME", str(folder))
    return folder


@pytest.fixture
def prepared(home: Path, cache: Path) -> Path:
    """The home with the boundary cache in it, as at a second start."""
    import shutil

    shutil.copytree(cache, home / "cache")
    return home


@pytest.fixture(autouse=True)
def qt_leaves_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Widgets that a test closed are destroyed at its end, not in the middle of the next one."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.enable()
    gc.collect()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What a test copied is taken back: the offscreen clipboard crashes when it holds data of Python at the exit."""
    if isinstance(QCoreApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def gui(qapp: QGuiApplication) -> QGuiApplication:
    """Fonts and images need an application; there is one for all tests."""
    return qapp
