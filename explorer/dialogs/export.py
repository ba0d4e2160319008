"""The export dialog: format, page, resolution, title and 审图号, with a preview of the very figure."""

from __future__ import annotations

import re
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.figure import export_figure
from explorer.jobs import Job
from explorer.messages import show_problems
from explorer.session import Session
from explorer.settings import settings
from geodata.boundaries import load_boundaries
from geodata.problems import Problem, UserError
from layers.build import build_scene, default_title
from layers.export import EXPORTERS, LEAST_DPI
from layers.fonts import measure
from layers.furniture import LONGEST_TITLE, paper_page
from layers.page import LARGEST, PAPERS, SMALLEST
from layers.paint import paint_scene
from layers.view import ViewState

FORMATS = {
    ".png": "PNG 图片（Word、WPS、幻灯片）",
    ".svg": "SVG 矢量图（可再编辑）",
    ".pdf": "PDF（印刷，文字可搜索）",
    ".docx": "Word 文档（图、表、出处）",
    ".html": "网页（单个文件，可切换产业，不需要网络）",
}
PAGES = {
    "a4": "A4 横向",
    "a4-portrait": "A4 纵向",
    "a3": "A3 横向",
    "a3-portrait": "A3 纵向",
    "slide": "幻灯片 16:9",
    "custom": "自定义（毫米）",
}
PREVIEW = QSize(560, 420)


class ExportDialog(QDialog):
    """Exports the session's view. The selection is not part of a figure."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._boundaries = load_boundaries(2000)
        self.setWindowTitle("导出图件")
        self.format = QComboBox()
        for suffix, words in FORMATS.items():
            self.format.addItem(words, suffix)
        self.paper = QComboBox()
        for name, words in PAGES.items():
            size = f"　{PAPERS[name][0]:g}×{PAPERS[name][1]:g} mm" if name in PAPERS else ""
            self.paper.addItem(words + size, name)
        self.page_width, self.page_height = QDoubleSpinBox(), QDoubleSpinBox()
        for box, value, name in ((self.page_width, 160, "页面宽度"), (self.page_height, 120, "页面高度")):
            box.setRange(SMALLEST, LARGEST)
            box.setDecimals(1)
            box.setSuffix(" mm")
            box.setValue(value)
            box.setAccessibleName(name)
        self.dpi = QSpinBox()
        self.dpi.setRange(LEAST_DPI, 1200)
        self.dpi.setSuffix(" dpi")
        self.dpi.setValue(300)
        self.title = QLineEdit()
        self.title.setPlaceholderText(default_title(session.plan, session.view, session.atlas))
        self.approval = QLineEdit()
        self.approval.setPlaceholderText("未填写时，图上注明“内部使用，未经地图审核”")
        for line in (self.title, self.approval):
            line.setMinimumWidth(300)
            line.setMaxLength(LONGEST_TITLE)
        self.approval.setMaxLength(40)
        self.preview = QLabel()
        self.preview.setMinimumSize(PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName("预览")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setVisible(False)
        self._lay_out()
        self._restore()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self.show_preview)
        for signal in (
            self.format.currentIndexChanged,
            self.paper.currentIndexChanged,
            self.page_width.valueChanged,
            self.page_height.valueChanged,
            self.title.textChanged,
            self.approval.textChanged,
        ):
            signal.connect(self._changed)
        self._changed()
        self.show_preview()

    def _lay_out(self) -> None:
        custom = QHBoxLayout()
        custom.addWidget(self.page_width)
        custom.addWidget(QLabel("×"))
        custom.addWidget(self.page_height)
        custom.addStretch(1)
        form = QFormLayout()
        form.addRow("格式", self.format)
        form.addRow("页面", self.paper)
        form.addRow("自定义", custom)
        form.addRow("分辨率", self.dpi)
        form.addRow("图题", self.title)
        form.addRow("审图号", self.approval)
        self.buttons = QDialogButtonBox()
        self.save = QPushButton("导出…")
        self.save.setDefault(True)
        self.cancel = QPushButton("取消")
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self._cancel)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        left.addWidget(self.progress)
        left.addWidget(self.buttons)
        row = QHBoxLayout(self)
        row.addLayout(left)
        row.addWidget(self.preview, 1)

    # --- what is chosen ---

    @property
    def suffix(self) -> str:
        return str(self.format.currentData())

    @property
    def size_mm(self) -> tuple[float, float]:
        name = self.paper.currentData()
        return PAPERS[name] if name in PAPERS else (self.page_width.value(), self.page_height.value())

    @property
    def view(self) -> ViewState:
        """The session's view as a figure shows it."""
        return self._session.view._replace(
            place=None, title=self.title.text().strip(), approval=self.approval.text().strip()
        )

    def _changed(self) -> None:
        custom = self.paper.currentData() == "custom"
        self.page_width.setEnabled(custom)
        self.page_height.setEnabled(custom)
        self.dpi.setEnabled(self.suffix == ".png")
        self._later.start()

    def show_preview(self) -> None:
        """Draws the figure small: the same scene on the same page."""
        scene = build_scene(self._session.atlas, self.view, self._boundaries)
        try:
            page = paper_page(scene, self.size_mm, measure)
        except UserError as error:
            self.preview.setText("\n".join(f"{problem}\n{problem.hint}" for problem in error.problems))
            return
        ratio = self.devicePixelRatioF()
        unit = min(PREVIEW.width() / page.width, PREVIEW.height() / page.height) * ratio
        image = QImage(round(page.width * unit), round(page.height * unit), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _ in paint_scene(painter, scene, page, unit):
            pass
        painter.setPen(Qt.GlobalColor.gray)
        painter.drawRect(0, 0, image.width() - 1, image.height() - 1)
        painter.end()
        image.setDevicePixelRatio(ratio)
        self.preview.setPixmap(QPixmap.fromImage(image))

    # --- exporting ---

    def _ask_where(self) -> None:
        folder = str(settings().value("export/folder", str(Path.home())))
        title = self.title.text().strip() or self.title.placeholderText()
        name = re.sub(r'[\\/:*?"<>|\s]+', "", title) + self.suffix
        dialog = QFileDialog(self, "导出到", str(Path(folder) / name), f"{FORMATS[self.suffix]} (*{self.suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.suffix.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.export_to(Path(file)))
        dialog.open()

    def export_to(self, target: Path) -> None:
        """Writes the figure in a job; the dialog stays open until it is done or has failed."""
        if target.suffix.lower() not in EXPORTERS:
            target = target.with_name(target.name + self.suffix)
        atlas, view, size, dpi = self._session.atlas, self.view, self.size_mm, float(self.dpi.value())
        job = Job(lambda job: export_figure(atlas, view, size, dpi, target, job.tick), self)
        job.done.connect(lambda _: self._done(target))
        job.failed.connect(self._failed)
        job.stopped.connect(lambda: self._ended("已取消导出，没有留下文件"))
        self._job = job
        self.save.setEnabled(False)
        self.progress.setVisible(True)
        job.start()

    def _done(self, target: Path) -> None:
        store = settings()
        store.setValue("export/folder", str(target.parent))
        store.setValue("export/suffix", self.suffix)
        store.setValue("export/page", self.paper.currentData())
        store.setValue("export/width", self.page_width.value())
        store.setValue("export/height", self.page_height.value())
        store.setValue("export/dpi", self.dpi.value())
        self._ended(f"已导出 {target}")
        self.accept()

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self._ended("没有导出")
        show_problems(self, "没有导出", problems)

    def _ended(self, words: str) -> None:
        if self._job is not None:
            self._job.wait()
            self._job = None
        self.save.setEnabled(True)
        self.progress.setVisible(False)
        self._session.notice.emit(words)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            self.reject()

    def reject(self) -> None:
        """Closes the dialog, or stops a running export, which then says so."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.setAccepted(self._job is None)

    def _restore(self) -> None:
        store = settings()
        for box, key in ((self.format, "export/suffix"), (self.paper, "export/page")):
            index = box.findData(store.value(key))
            box.setCurrentIndex(max(0, index))
        for spin, key in (
            (self.page_width, "export/width"),
            (self.page_height, "export/height"),
            (self.dpi, "export/dpi"),
        ):
            try:
                value = float(str(store.value(key)))
            except ValueError:
                continue
            if isfinite(value):
                spin.setValue(int(value) if isinstance(spin, QSpinBox) else value)
