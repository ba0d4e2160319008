"""Frames at 1600×1000: toggling, panning and hovering, with medians in the benchmark's table.

Limits are ratios within one run: a hover must not cost a redraw, a pan step must not either, and a redraw
must stay a small multiple of filling the areas once.
"""

from __future__ import annotations

from itertools import cycle
from statistics import median
from time import perf_counter

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from explorer.canvas import MapCanvas
from explorer.session import Session
from geodata.atlas import Atlas
from geodata.library import DEFAULT_PLAN, load_plan
from layers.view import first_view

FRAMES = 40


@pytest.fixture
def canvas(qtbot: QtBot, prepared: object) -> MapCanvas:
    plan = load_plan(DEFAULT_PLAN)
    assert plan is not None
    widget = MapCanvas(Session(Atlas((plan,)), first_view(plan)))
    qtbot.addWidget(widget)
    widget.resize(1600, 1000)
    widget.show()
    widget.repaint()
    return widget


def toggling(canvas: MapCanvas) -> object:
    """Switches one industry after another on and off, and draws each time."""
    session = canvas._session
    steps = cycle([(sector.id, on) for sector in session.plan.sectors[1:5] for on in (True, False)])

    def frame() -> None:
        session.show_sector(*next(steps))
        canvas.repaint()

    return frame


def panning(canvas: MapCanvas) -> object:
    steps = cycle([(7, 3), (-7, -3)])

    def frame() -> None:
        canvas.pan(*next(steps))
        canvas.repaint()
        QApplication.processEvents()

    return frame


def hovering(canvas: MapCanvas) -> object:
    places = cycle(["510100", "510600", "510700", "513300"])

    def frame() -> None:
        canvas._hover(next(places), QPointF(10, 10))
        QApplication.processEvents()

    return frame


@pytest.mark.parametrize("what", [toggling, panning, hovering])
def test_a_frame(canvas: MapCanvas, benchmark: BenchmarkFixture, what: object) -> None:
    frame = what(canvas)  # type: ignore[operator]
    benchmark.pedantic(frame, rounds=FRAMES, warmup_rounds=8)
    canvas.fit()
    canvas.repaint()
    assert canvas.picture() is not None


def test_a_hover_costs_a_fraction_of_a_redraw(canvas: MapCanvas) -> None:
    def cost(frame: object) -> float:
        times = []
        for _ in range(FRAMES):
            began = perf_counter()
            frame()  # type: ignore[operator]
            times.append(perf_counter() - began)
        return median(times[8:])

    redraw, hover = cost(toggling(canvas)), cost(hovering(canvas))
    assert hover < 0.8 * redraw
