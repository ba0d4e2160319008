"""The export dialog: format, page, content and furnishing of a figure, with a preview of the very figure, its check,
and the ways out: file, clipboard, printer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.clipboard import Pictures, put_on_clipboard
from explorer.dialogs.export_content import ContentForm
from explorer.dialogs.export_furnish import FurnishForm
from explorer.dialogs.export_preview import Check, Preview
from explorer.dialogs.export_sheet import SheetForm
from explorer.dialogs.findings import FindingsList
from explorer.figure import export_figure
from explorer.jobs import Job
from explorer.messages import confirm_target, show_problems, with_suffix
from explorer.outputs import COPIED, copying, print_with_preview
from explorer.session import Session
from explorer.settings import settings
from explorer.templates import FORMATS, keep_template, kept_template, today
from geodata.boundaries import load_boundaries
from geodata.problems import Problem, UserError
from layers.export import EXPORTERS
from layers.template import Template
from layers.view import ViewState

DETAIL = 2000
"""Boundaries of the preview."""

LATER = 120
"""Milliseconds after the last change before the preview is drawn anew."""

LEFT_WIDTH = 400
WIDTH, HEIGHT = 1120, 690
"""Pixels, on screens that have room for them."""


class ExportDialog(QDialog):
    """Exports the session's view. The selection is not part of a figure. Each page has a template of its own, which is
    remembered when another page is chosen and when the dialog is closed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._boundaries = load_boundaries(DETAIL)
        self.setWindowTitle("导出图件")
        self.sheet = SheetForm()
        self.content = ContentForm(session)
        self.furnish = FurnishForm(self)
        self.preview = Preview()
        self.findings = FindingsList()
        self._check = Check(self)
        self._lay_out()
        self._page = self.sheet.page
        self.furnish.set_template(kept_template(self._page))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self.show_preview)
        for changed in (self.content.changed, self.furnish.changed, self.preview.resized):
            changed.connect(self._later.start)
        self.sheet.changed.connect(self._sheet_changed)
        self.preview.moved.connect(self.furnish.move)
        self._check.found.connect(self.findings.show_findings)
        self.findings.list.itemActivated.connect(self._mend)
        self._sheet_changed()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        for widget, words in ((self.content, "内容"), (self.furnish.elements, "要素"), (self.furnish.words, "文字")):
            self.tabs.addTab(widget, words)
        check = QGroupBox("出图检查")
        QVBoxLayout(check).addWidget(self.findings)
        left = QWidget()
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        column.addWidget(self.tabs)
        column.addWidget(check, 1)
        row = QHBoxLayout()
        row.addWidget(left)
        row.addWidget(self.preview, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(row, 1)
        whole.addLayout(self._buttons())
        room = self.screen().availableGeometry()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 60))

    def _buttons(self) -> QHBoxLayout:
        self.reset = QPushButton("恢复默认(&Z)")
        self.reset.setToolTip("这种页面的要素、位置、文字和字体都回到最初的样子")
        self.copy, self.print = QPushButton("复制(&C)"), QPushButton("打印(&P)…")
        self.save, self.cancel = QPushButton("导出(&E)…"), QPushButton("取消")
        self.save.setDefault(True)
        for button in (self.reset, self.copy, self.print, self.cancel):
            button.setAutoDefault(False)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setVisible(False)
        self.progress.setAccessibleName("进度")
        self.said = QLabel()
        self.reset.clicked.connect(self._reset)
        self.copy.clicked.connect(self.copy_figure)
        self.print.clicked.connect(self.print_figure)
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.reset)
        row.addWidget(self.progress, 1)
        row.addWidget(self.said, 1)
        for button in (self.copy, self.print, self.save, self.cancel):
            row.addWidget(button)
        return row

    # --- what is chosen ---

    @property
    def view(self) -> ViewState:
        """The session's view as a figure shows it, in the chosen template."""
        view = self.content.view()
        template = self.furnish.template._replace(number=view.template.number, bw=view.template.bw)
        return view._replace(template=template)

    def _sheet_changed(self) -> None:
        self.furnish.set_on_sheet(FORMATS[self.sheet.suffix].page)
        if self.sheet.page != self._page:
            keep_template(self._page, self.furnish.template)
            self._page = self.sheet.page
            self.furnish.set_template(kept_template(self._page))
        self._later.start()

    def _reset(self) -> None:
        self.furnish.set_template(Template(date=today()))

    def show_preview(self) -> None:
        """Draws the preview and has the figure checked; the findings follow."""
        self._later.stop()
        view, size = self.view, self.sheet.size_mm
        self.preview.show_figure(self._session.atlas, view, size, self._boundaries)
        self._check.ask(self._session.atlas, view, size)

    def _mend(self, item: QListWidgetItem) -> None:
        """Goes to what mends a finding, where there is one control for it."""
        shown = self.furnish.shown
        ways = {
            "审图号": (0, self.content.approval),
            "图题": (0, self.content.title),
            "图例": (1, shown["legend"]),
            "比例尺": (1, shown["scale"]),
            "资料来源": (1, shown["source"]),
            "图注": (2, self.furnish.note),
        }
        text = item.text()
        for word, (tab, widget) in ways.items():
            if word in text:
                self.tabs.setCurrentIndex(tab)
                widget.setFocus()
                return

    # --- the ways out ---

    def copy_figure(self) -> None:
        """The figure into the clipboard; the dialog stays."""
        self._keep()
        self._run(copying(self._session.atlas, self.view, self.sheet.size_mm), self._copied, "没有复制")

    def _copied(self, pictures: Pictures) -> None:
        try:
            put_on_clipboard(pictures)
        except UserError as error:
            self._failed("没有复制", error.problems)
        else:
            self._ended(COPIED)

    def print_figure(self) -> None:
        """The figure to the printer, with its own preview; the dialog stays."""
        self._keep()
        print_with_preview(self, self._session.atlas, self.view, self.sheet.size_mm)

    def _ask_where(self) -> None:
        folder = str(settings().value("export/folder", str(Path.home())))
        title = self.view.title or self.content.title.placeholderText()
        name = re.sub(r'[\\/:*?"<>|\s]+', "", title)[:60] + self.sheet.suffix
        dialog = QFileDialog(
            self, "导出到", str(Path(folder) / name), f"{FORMATS[self.sheet.suffix].words} (*{self.sheet.suffix})"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.sheet.suffix.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: confirm_target(self, Path(file), self._suffixes(), self.export_to))
        dialog.open()

    def _suffixes(self) -> list[str]:
        """What a file may be called, the chosen one first."""
        return [self.sheet.suffix, *EXPORTERS]

    def export_to(self, target: Path) -> None:
        """Writes the figure; the dialog closes when that is done."""
        target = with_suffix(target, self._suffixes())
        self._keep()
        atlas, view, size, dpi = self._session.atlas, self.view, self.sheet.size_mm, float(self.sheet.dpi.value())

        def work(job: Job) -> None:
            export_figure(atlas, view, size, dpi, target, job.tick)

        self._run(work, lambda _: self._done(target), "没有导出")

    def _run(self, work: Callable[[Job], Any], done: Callable[[Any], None], failure: str) -> None:
        """Works beside the dialog, which stays open until it is done or has failed."""
        if self._job is not None:
            return
        job = Job(work, self)
        job.done.connect(done)
        job.failed.connect(lambda problems: self._failed(failure, problems))
        job.stopped.connect(lambda: self._ended("已取消，没有留下文件"))
        self._job = job
        self._busy(True)
        job.start()

    def _busy(self, on: bool) -> None:
        for button in (self.save, self.copy, self.print):
            button.setEnabled(not on)
        self.progress.setVisible(on)
        self.said.setVisible(not on)
        self.cancel.setText("停止" if on else "取消")

    def _done(self, target: Path) -> None:
        settings().setValue("export/folder", str(target.parent))
        self._ended(f"已导出 {target}")
        self.accept()

    def _failed(self, failure: str, problems: tuple[Problem, ...]) -> None:
        self._ended(failure)
        show_problems(self, failure, problems)

    def _ended(self, words: str) -> None:
        if self._job is not None:
            self._job.wait()
            self._job = None
        self._busy(False)
        self.said.setText(words)
        self._session.notice.emit(words)

    # --- closing ---

    def reject(self) -> None:
        """Closes the dialog, or stops a running export, which then says so."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._later.stop()
        self._check.finish()
        self._keep()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tabs.setFixedHeight(self.tabs.sizeHint().height())  # the pages behind grow only when they are shown

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.setAccepted(self._job is None)

    def _keep(self) -> None:
        """Remembers the choices for the next figure."""
        self.sheet.keep()
        keep_template(self._page, self.furnish.template)
