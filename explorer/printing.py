"""Printing with a preview: the figure as lines, not pixels, in the size it was laid out for."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from explorer.messages import show_problems
from geodata.language import tr
from geodata.problems import UserError, fail
from layers.page import MM, Page
from layers.paint import paint_scene
from layers.scene import Scene

SLACK = 0.5 * MM
"""Points that a printer's paper may be smaller than the page: its sizes are rounded."""


class Placement(NamedTuple):
    """Where the page stands on the paper: its top left corner in points, and the scale, 1 or less."""

    x: float
    y: float
    scale: float


def print_preview(parent: QWidget | None, scene: Scene, page: Page, printer: QPrinter | None = None) -> QDialog:
    """Opens the preview, with the paper set to the page's size and orientation; it closes by itself when printed.

    `printer` stands for the system's first choice. Without any the preview says so, and printing asks for a PDF file.
    """
    missing = printer is None and not QPrinterInfo.availablePrinterNames()
    if printer is None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if missing:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # no file name: printing asks for it
    set_paper(printer, page)
    printer.setDocName(scene.title)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(tr("打印预览"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    said = QLabel(dialog)
    said.setObjectName("placement")
    said.setContentsMargins(8, 4, 8, 4)
    said.setWordWrap(True)
    layout = dialog.layout()
    if layout is not None:
        layout.addWidget(said)

    def draw(device: QPrinter) -> None:
        try:
            words = placement_words(print_figure(device, scene, page))
            if missing:
                words = tr("没有打印机，可存为 PDF：点上面的打印按钮。{words}", words=words)
            said.setText(words)
        except UserError as error:
            show_problems(dialog, tr("不能打印"), error.problems)

    dialog.paintRequested.connect(draw)
    dialog.destroyed.connect(lambda _=None, kept=printer: None)  # the dialog does not own the printer it draws on
    room = dialog.screen().availableGeometry()
    dialog.resize(min(1000, room.width() - 40), min(760, room.height() - 60))
    dialog.open()
    return dialog


def set_paper(printer: QPrinter, page: Page) -> None:
    """The page's size, with its longer side as the orientation says, and no margins: the page has its own."""
    short, long = sorted((page.width / MM, page.height / MM))
    paper = QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter)  # takes the name of a standard size
    orientation = QPageLayout.Orientation.Portrait
    if page.width > page.height:
        orientation = QPageLayout.Orientation.Landscape
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(paper, orientation, QMarginsF()))
    printer.setFullPage(True)


def place_page(printer: QPrinter, page: Page) -> Placement:
    """In true size in the middle of paper that is large enough, else as large as the paper's printable part allows."""
    paper = printer.paperRect(QPrinter.Unit.Point)
    if paper.width() >= page.width - SLACK and paper.height() >= page.height - SLACK:
        return Placement((paper.width() - page.width) / 2, (paper.height() - page.height) / 2, 1.0)
    room: QRectF = printer.pageLayout().paintRect(QPageLayout.Unit.Point).intersected(paper)
    scale = min(room.width() / page.width, room.height() / page.height)
    middle = room.center()
    return Placement(middle.x() - page.width * scale / 2, middle.y() - page.height * scale / 2, scale)


def print_figure(printer: QPrinter, scene: Scene, page: Page) -> Placement:
    """Draws the figure on the printer's paper and says where. Raises UserError when the printer does not begin."""
    where = place_page(printer, page)
    painter = QPainter()
    if not painter.begin(printer):
        name = printer.printerName() or printer.outputFileName() or tr("打印机")
        hint = tr("看看它是否开着、有没有纸，或换一台打印机；也可以导出 PDF 后打印")
        raise fail(name, tr("打印机没有响应"), hint)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dots = printer.resolution() / 72
        painter.translate(where.x * dots, where.y * dots)
        for _ in paint_scene(painter, scene, page, where.scale * dots):
            pass
    finally:
        painter.end()
    return where


def placement_words(where: Placement) -> str:
    """How large the figure is printed, for the person who presses the button."""
    if where.scale == 1.0:
        return tr("按图幅原大打印（在打印机的设置里不要再选“适合页面”）。")
    return tr(
        "纸张比图幅小：图缩小到 {scale:.0%}，文字和线条也一同变小；比例尺条仍然正确。"
        "要原大，请换成与图幅相同的纸张和方向。",
        scale=where.scale,
    )
