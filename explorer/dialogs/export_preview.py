"""The preview of a figure, in which legend, scale bar and north arrow can be dragged to another corner; and its check."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QRubberBand, QSizePolicy, QWidget

from explorer.figure import figure
from explorer.jobs import Job
from geodata.atlas import Atlas
from geodata.boundaries import Boundaries
from geodata.language import tr
from geodata.problems import Problem, UserError
from layers.build import build_scene
from layers.check import check_figure
from layers.checks.finding import ERROR, Finding
from layers.corners import corner_page, legend_box, north_box, scale_box
from layers.fonts import measure
from layers.furniture import paper_page
from layers.page import Page
from layers.paint import paint_scene
from layers.placing import in_face
from layers.scene import Scene
from layers.view import ViewState

BOXES = {"north": north_box, "scale": scale_box, "legend": legend_box}
"""What can be dragged."""

SMALLEST = QSize(340, 240)


class Preview(QLabel):
    """The figure as large as there is room, or why it cannot be laid out."""

    moved = Signal(str, str)
    """An element of MOVABLE and the corner it was dragged to."""
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[Scene, Page, float] | None = None
        self._dragged = ""
        self._grip = QPoint()
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)
        self.setMinimumSize(SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("预览"))
        self.setToolTip(tr("图例、比例尺和指北针可以拖到另一个角"))

    def show_figure(self, atlas: Atlas, view: ViewState, size_mm: tuple[float, float], boundaries: Boundaries) -> None:
        """Draws the figure small: the same scene on the same page, with fewer vertices. Takes some 50 ms."""
        scene = build_scene(atlas, view, boundaries)
        try:
            page = paper_page(scene, size_mm, measure)
        except UserError as error:
            self._drawn = None
            self.setText("\n".join(f"{problem}\n{problem.hint}" for problem in error.problems))
            return
        ratio = self.devicePixelRatioF()
        unit = min((self.width() - 2) / page.width, (self.height() - 2) / page.height)
        image = QImage(round(page.width * unit * ratio), round(page.height * unit * ratio), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _ in paint_scene(painter, scene, page, unit * ratio):
            pass
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(0, 0, image.width() - 1, image.height() - 1)
        painter.end()
        image.setDevicePixelRatio(ratio)
        self._drawn = (scene, page, unit)
        self.setPixmap(QPixmap.fromImage(image))

    @property
    def is_drawn(self) -> bool:
        """Whether there is a layout."""
        return self._drawn is not None

    def box_of(self, element: str) -> QRect:
        """Where one of MOVABLE stands, in the widget's pixels; nothing when it is off."""
        if self._drawn is None:
            return QRect()
        scene, page, unit = self._drawn
        if not scene.view.template.has(element):
            return QRect()
        left, top, right, bottom = BOXES[element](scene, page, in_face(measure, scene.view.template.text_font))
        corner = self._corner_of_sheet()
        size = QSize(round((right - left) * unit), round((bottom - top) * unit))
        return QRect(corner + QPoint(round(left * unit), round(top * unit)), size)

    def corner_at(self, position: QPointF) -> str:
        """The corner of the frame that is nearest to a position in pixels."""
        assert self._drawn is not None
        scene, page, unit = self._drawn
        left, top, right, bottom = corner_page(scene, page).frame
        at = (position - QPointF(self._corner_of_sheet())) / unit
        return ("n" if at.y() < (top + bottom) / 2 else "s") + ("w" if at.x() < (left + right) / 2 else "e")

    def _corner_of_sheet(self) -> QPoint:
        size = self.pixmap().deviceIndependentSize().toSize()
        return QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)

    def _element_at(self, position: QPointF) -> str:
        return next((element for element in BOXES if self.box_of(element).contains(position.toPoint())), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = self._element_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else ""
        if self._dragged:
            box = self.box_of(self._dragged)
            self._grip = event.position().toPoint() - box.topLeft()
            self._band.setGeometry(box)
            self._band.show()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._band.move(event.position().toPoint() - self._grip)
        elif self._element_at(event.position()):
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        element, self._dragged = self._dragged, ""
        self._band.hide()
        self.unsetCursor()
        if element and self._drawn is not None:
            self.moved.emit(element, self.corner_at(event.position()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Check(QObject):
    """Checks figures at full detail beside the window, always the one asked for last."""

    found = Signal(object)
    """The findings, most serious first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._wanted: tuple[Atlas, ViewState, tuple[float, float]] | None = None
        self._then: Callable[[], object] | None = None

    def ask(self, atlas: Atlas, view: ViewState, size_mm: tuple[float, float]) -> None:
        """Checks the figure of a view; what was asked before and is not begun is forgotten."""
        self._wanted = (atlas, view, size_mm)
        if self._job is None:
            self._begin()

    @property
    def running(self) -> bool:
        """Whether findings are still to come."""
        return self._job is not None

    def when_done(self, then: Callable[[], object]) -> None:
        """Calls `then` once, after the findings that are still to come; of several calls the last one counts."""
        if self.running:
            self._then = then
        else:
            then()

    def finish(self) -> None:
        """Waits for what is running; nothing is said any more."""
        self._wanted = self._then = None
        if self._job is not None:
            self._job.wait()
            self._job = None

    def _begin(self) -> None:
        assert self._wanted is not None
        atlas, view, size = self._wanted
        self._wanted = None
        self._job = Job(lambda _: check_figure(*figure(atlas, view, size), measure), self)
        self._job.done.connect(self._ended)
        self._job.failed.connect(self._failed)
        self._job.start(Job.Priority.LowPriority)

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self._ended(tuple(Finding(ERROR, str(problem), problem.hint) for problem in problems))

    def _ended(self, findings: tuple[Finding, ...]) -> None:
        if self._job is None:  # finished meanwhile
            return
        self._job.wait()
        self._job.deleteLater()
        self._job = None
        if self._wanted is not None:
            self._begin()
        else:
            self.found.emit(findings)
            then, self._then = self._then, None
            if then is not None:
                then()
