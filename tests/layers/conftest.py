"""What all tests of pictures look at: the bundled plan, the boundaries of two levels of detail, and a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import MISSING, Browser
from looking import page_of
from PySide6.QtGui import QGuiApplication

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries, load_boundaries
from geodata.library import DEFAULT_PLAN, load_plans
from geodata.plan import Plan
from layers.build import build_scene
from layers.export.html import html_file
from layers.view import ViewState


@pytest.fixture(scope="session")
def _facts(cache: Path) -> tuple[Atlas, Boundaries, Boundaries]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYOUT_EXPLORER_HOME", str(cache.parent))
        plans, problems = load_plans()
        assert not problems
        return Atlas(plans), load_boundaries(1000), load_boundaries(0)


@pytest.fixture(scope="session")
def atlas(_facts: tuple[Atlas, Boundaries, Boundaries]) -> Atlas:
    """The bundled plans."""
    return _facts[0]


@pytest.fixture(scope="session")
def plan(atlas: Atlas) -> Plan:
    """The 13th five-year plan: eight sectors, core and expansion zones."""
    return atlas.plan(DEFAULT_PLAN)


@pytest.fixture(scope="session")
def coarse(_facts: tuple[Atlas, Boundaries, Boundaries]) -> Boundaries:
    """The level that a whole province on a screen shows."""
    return _facts[1]


@pytest.fixture(scope="session")
def full(_facts: tuple[Atlas, Boundaries, Boundaries]) -> Boundaries:
    """The level that figures show."""
    return _facts[2]


@pytest.fixture(scope="module")
def write_html(
    tmp_path_factory: pytest.TempPathFactory, cache: Path, full: Boundaries, gui: QGuiApplication
) -> Callable[[Plan, ViewState], Path]:
    """Makes the HTML figure of a view of a plan."""
    folder = tmp_path_factory.mktemp("html")
    numbers = iter(range(1000))

    def made(plan: Plan, view: ViewState) -> Path:
        scene = build_scene(Atlas((plan,)), view, full)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LAYOUT_EXPLORER_HOME", str(cache.parent))
            data = html_file(scene, page_of(scene, "a4"), 300, lambda: None)
        target = folder / f"{next(numbers)}.html"
        target.write_bytes(data)
        return target

    return made


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A window without a network; skips where there is no browser."""
    if MISSING:
        pytest.skip(MISSING)
    browser = Browser(tmp_path_factory.mktemp("browser"))
    yield browser
    browser.close()
