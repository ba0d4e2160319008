"""Printing: the paper is the figure's, the scale is true, and what cannot be is said."""

from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.printing import Placement, place_page, placement_words, print_figure, print_preview, set_paper
from explorer.workbench import Workbench
from geodata.boundaries import load_boundaries
from geodata.problems import UserError
from layers.build import build_scene
from layers.fonts import measure
from layers.furniture import paper_page
from layers.page import MM, Page, paper_size
from layers.scene import Scene

A4 = (210 * MM, 297 * MM)


@pytest.fixture
def scene(bench: Workbench) -> Scene:
    return build_scene(bench.session.atlas, bench.session.view, load_boundaries(1000))


def sheet(scene: Scene, name: str) -> Page:
    return paper_page(scene, paper_size(name), measure)


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """A printer whose paper is a PDF file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "打印.pdf"))
    return made


def printed(printer: QPrinter) -> tuple[tuple[float, float], np.ndarray]:
    """Size of the only page in points, and its pixels at 2 to a point as grey."""
    document = pypdfium2.PdfDocument(printer.outputFileName())
    try:
        assert len(document) == 1
        size = document[0].get_size()
        return size, np.asarray(document[0].render(scale=2).to_pil().convert("L"))
    finally:
        document.close()


def frame_of(pixels: np.ndarray) -> tuple[float, float, float, float]:
    """The map's frame in points: the outermost long dark lines."""
    dark = pixels < 170
    columns, rows = np.flatnonzero(dark.mean(0) > 0.6), np.flatnonzero(dark.mean(1) > 0.6)
    return columns[0] / 2, rows[0] / 2, (columns[-1] + 1) / 2, (rows[-1] + 1) / 2


@pytest.mark.parametrize("name", ["a4", "a4-portrait", "a3", "slide", "160x120mm", "100x150mm"])
def test_paper_and_map_have_the_size_of_the_figure(scene: Scene, printer: QPrinter, name: str) -> None:
    page = sheet(scene, name)
    set_paper(printer, page)
    landscape = printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    assert landscape == (page.width > page.height)
    where = print_figure(printer, scene, page)
    assert where.scale == 1.0
    size, pixels = printed(printer)
    assert size == pytest.approx((page.width, page.height), abs=1)
    assert frame_of(pixels) == pytest.approx(page.frame, abs=1.1)


def test_standard_sizes_have_their_names(scene: Scene, printer: QPrinter) -> None:
    for name, wanted in (("a4", QPageSize.PageSizeId.A4), ("a3-portrait", QPageSize.PageSizeId.A3)):
        set_paper(printer, sheet(scene, name))
        assert printer.pageLayout().pageSize().id() == wanted


def test_smaller_paper_shows_the_whole_figure_smaller_and_says_so(scene: Scene, printer: QPrinter) -> None:
    page = sheet(scene, "a3")
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF()))  # fmt: skip
    where = print_figure(printer, scene, page)
    assert where.scale == pytest.approx(210 / 297, abs=0.002)
    assert "71%" in placement_words(where)
    size, pixels = printed(printer)
    assert size == pytest.approx((A4[1], A4[0]), abs=1)
    left, top, right, bottom = page.frame
    shown = (left * where.scale + where.x, top * where.scale + where.y, right * where.scale + where.x, bottom * where.scale + where.y)  # fmt: skip
    assert frame_of(pixels) == pytest.approx(shown, abs=1.1)


def test_the_other_orientation_shows_the_whole_figure_too(scene: Scene, printer: QPrinter) -> None:
    page = sheet(scene, "a4")
    set_paper(printer, sheet(scene, "a4-portrait"))
    where = place_page(printer, page)
    assert where.scale == pytest.approx(210 / 297, abs=0.002)
    assert where.x == pytest.approx(0, abs=0.5)
    assert where.y == pytest.approx((A4[1] - page.height * where.scale) / 2, abs=1)


def test_larger_paper_leaves_the_figure_as_large_as_it_is(scene: Scene, printer: QPrinter) -> None:
    page = sheet(scene, "160x120mm")
    set_paper(printer, sheet(scene, "a4"))
    where = print_figure(printer, scene, page)
    assert where == pytest.approx(Placement((A4[1] - page.width) / 2, (A4[0] - page.height) / 2, 1.0), abs=0.5)
    assert "原大" in placement_words(where)


def test_the_preview_opens_with_paper_and_words(scene: Scene, printer: QPrinter, qtbot: QtBot) -> None:
    dialog = print_preview(None, scene, sheet(scene, "a4"), printer)
    qtbot.addWidget(dialog)
    assert isinstance(dialog, QPrintPreviewDialog)
    said = dialog.findChild(QLabel, "placement")
    qtbot.waitUntil(lambda: bool(said.text()))
    assert "原大" in said.text()
    assert dialog.windowTitle() == "打印预览"
    room = dialog.screen().availableGeometry()
    assert dialog.width() < room.width()
    assert dialog.height() + 40 <= room.height()  # with its title
    assert dialog.printer().pageLayout().orientation() == QPageLayout.Orientation.Landscape
    assert dialog.printer().docName() == scene.title
    assert not Path(printer.outputFileName()).exists()  # nothing is printed before it is asked for


def test_a_computer_without_printers_says_so(
    scene: Scene, bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("explorer.printing.QPrinterInfo.availablePrinterNames", list)
    dialog = print_preview(bench.window, scene, sheet(scene, "a4"))
    qtbot.addWidget(dialog)
    assert isinstance(dialog, QPrintPreviewDialog)
    gc.collect()  # of the dialog's printer nobody else knows
    said = dialog.findChild(QLabel, "placement")
    qtbot.waitUntil(lambda: "没有打印机，可存为 PDF" in said.text())
    assert "原大" in said.text()

    assert dialog.printer().outputFormat() == QPrinter.OutputFormat.PdfFormat
    assert not dialog.printer().outputFileName()  # printing asks for one
    dialog.printer().setOutputFileName(str(tmp_path / "存为.pdf"))
    dialog.findChild(QPrintPreviewWidget).print_()
    size, _ = printed(dialog.printer())
    assert size == pytest.approx((A4[1], A4[0]), abs=1)


def test_a_printer_that_does_not_begin_is_said(scene: Scene, printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "没有" / "打印.pdf"))
    with pytest.raises(UserError) as caught:
        print_figure(printer, scene, sheet(scene, "a4"))
    assert caught.value.problems[0].hint
