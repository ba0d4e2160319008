"""What another program finds on the clipboard after a figure is copied."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from explorer.clipboard import PNG, SVG, copy_figure, draw_pictures
from explorer.workbench import Workbench
from geodata.boundaries import load_boundaries
from geodata.problems import UserError
from layers.build import build_scene
from layers.export import export
from layers.fonts import measure
from layers.furniture import paper_page
from layers.page import MM, Page
from layers.scene import Scene

Figure = tuple[Scene, Page]


@pytest.fixture
def figure(bench: Workbench) -> Figure:
    """What the window shows, on a sheet of 160 × 120 mm."""
    scene = build_scene(bench.session.atlas, bench.session.view, load_boundaries(1000))
    return scene, paper_page(scene, (160, 120), measure)


@pytest.fixture(autouse=True)
def cleared(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("")


def on_clipboard() -> QMimeData:
    held = QGuiApplication.clipboard().mimeData()
    assert held is not None
    return held


def test_png_svg_and_a_bitmap_are_on_the_clipboard_at_once(figure: Figure) -> None:
    scene, page = figure
    copy_figure(scene, page, 200)
    held = on_clipboard()
    image = QImage.fromData(held.data(PNG).data())
    assert (image.width(), image.height()) == (round(160 * MM * 200 / 72), round(120 * MM * 200 / 72))
    assert image.dotsPerMeterX() == round(200 / 0.0254)
    assert held.hasImage()
    assert QImage(held.imageData()) == image
    root = ElementTree.fromstring(held.data(SVG).data())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["width"] == "160.000mm"


def test_the_clipboard_has_the_very_figure_that_a_file_would_have(figure: Figure, tmp_path: Path) -> None:
    scene, page = figure
    copy_figure(scene, page)
    export(scene, page, 300, tmp_path / "图.png")
    assert QImage(str(tmp_path / "图.png")) == QImage(on_clipboard().imageData())


@pytest.mark.parametrize("dpi", [0, 10_000, float("nan")])
def test_a_resolution_that_no_picture_has_leaves_the_clipboard_as_it_was(figure: Figure, dpi: float) -> None:
    scene, page = figure
    QGuiApplication.clipboard().setText("先前复制的文字")
    with pytest.raises(UserError):
        copy_figure(scene, page, dpi)
    assert on_clipboard().text() == "先前复制的文字"


def test_a_clipboard_that_another_program_holds_is_said(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    class Held:
        """Windows refuses silently: the old content stays."""

        def setMimeData(self, data: QMimeData) -> None: ...

        def mimeData(self) -> QMimeData:
            return QMimeData()

    monkeypatch.setattr("explorer.clipboard.QGuiApplication.clipboard", Held)
    scene, page = figure
    with pytest.raises(UserError) as caught:
        copy_figure(scene, page, 100)
    (problem,) = caught.value.problems
    assert (problem.where, bool(problem.hint)) == ("剪贴板", True)


def test_drawing_can_be_stopped(figure: Figure) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        draw_pictures(*figure, tick=stop)
    assert not on_clipboard().hasImage()
