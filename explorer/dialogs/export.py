"""The export dialog: format, page, content and furnishing of a figure, with a preview of the very figure, its check,
and the ways out: file, clipboard, printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStyle,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.clipboard import Pictures, put_on_clipboard
from explorer.dialogs.export_content import ContentForm
from explorer.dialogs.export_furnish import FurnishForm
from explorer.dialogs.export_preview import Check, Preview
from explorer.dialogs.export_result import ResultLine
from explorer.dialogs.export_sheet import SheetForm
from explorer.dialogs.findings import FindingsList, confirm_errors
from explorer.dialogs.pressing import PressingDialog
from explorer.dialogs.room import resize_on_screen, scrolled
from explorer.figure import export_figure
from explorer.files import file_dialog, file_words
from explorer.jobs import Job
from explorer.messages import confirm_target, show_problems, with_suffix
from explorer.outputs import COPIED, copying, print_with_preview
from explorer.session import Session
from explorer.settings import settings
from explorer.templates import FORMATS, keep_template, kept_template, today
from geodata.boundaries import load_boundaries
from geodata.language import tr
from geodata.problems import Problem, UserError
from layers.export import EXPORTERS
from layers.template import Template
from layers.view import ViewState

DETAIL = 2000
"""Boundaries of the preview."""

LATER = 120
"""Milliseconds after the last change before the preview is drawn anew."""

LEFT_WIDTH = 400
"""Pixels at least."""
WIDTH, HEIGHT = 1120, 690
"""Pixels, on screens that have room for them."""


class ExportDialog(PressingDialog):
    """Exports the session's view, once or several times. The selection is not part of a figure. Each page has a
    template of its own, which is remembered when another page is chosen and when the dialog is closed. `extent` is the
    prefecture that the figure begins with, in place of the province."""

    def __init__(self, session: Session, parent: QWidget | None = None, extent: str = "") -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._exported = False
        self._boundaries = load_boundaries(DETAIL)
        self.setWindowTitle(tr("导出图件"))
        self.sheet = SheetForm()
        self.content = ContentForm(session, extent)
        self.furnish = FurnishForm(self)
        self.preview = Preview()
        self.findings = FindingsList()
        self.result = ResultLine()
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
        for widget, words in (
            (self.content, tr("图的内容")),
            (self.furnish.elements, tr("要素")),
            (self.furnish.words, tr("文字")),
        ):
            self.tabs.addTab(scrolled(widget), words)  # on a low screen
        check = QGroupBox(tr("出图检查"))
        QVBoxLayout(check).addWidget(self.findings)
        left = QWidget()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        left.setFixedWidth(max(LEFT_WIDTH, self.tabs.sizeHint().width() + bar))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        column.addWidget(self.tabs)
        column.addWidget(check, 1)
        row = QHBoxLayout()
        row.addWidget(left)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.result)
        row.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(row, 1)
        whole.addLayout(self._buttons())
        resize_on_screen(self, WIDTH, HEIGHT)

    def _buttons(self) -> QHBoxLayout:
        self.reset = QPushButton(tr("恢复默认(&Z)"))
        self.reset.setToolTip(tr("这种页面的要素、位置、文字和字体都回到最初的样子；制图单位留着"))
        self.copy, self.print = QPushButton(tr("复制(&C)")), QPushButton(tr("打印(&P)…"))
        self.save, self.cancel = QPushButton(tr("导出(&E)…")), QPushButton(tr("取消"))
        self.save.setDefault(True)
        for button in (self.reset, self.copy, self.print, self.cancel):
            button.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        self.copy.clicked.connect(lambda: self._when_checked(tr("复制"), self.copy_figure))
        self.print.clicked.connect(lambda: self._when_checked(tr("打印"), self.print_figure))
        self.save.clicked.connect(lambda: self._when_checked(tr("导出"), self._ask_where))
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.reset)
        row.addStretch(1)
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
        self.furnish.set_template(Template(date=today(), maker=self.furnish.template.maker))

    def show_preview(self) -> None:
        """Draws the preview and has the figure checked; the findings follow."""
        self._later.stop()
        view, size = self.view, self.sheet.size_mm
        self.preview.show_figure(self._session.atlas, view, size, self._boundaries)
        self._check.ask(self._session.atlas, view, size)
        self._enable()

    def _mend(self, item: QListWidgetItem) -> None:
        """Goes to what mends a finding, where there is one control for it."""
        shown = self.furnish.shown
        ways = {
            tr("审图号"): (0, self.content.approval),
            tr("图题"): (0, self.content.title),
            tr("图例"): (1, shown["legend"]),
            tr("比例尺"): (1, shown["scale"]),
            tr("资料来源"): (1, shown["source"]),
            tr("图注"): (2, self.furnish.note),
        }
        text = item.text().lower()
        for word, (tab, widget) in ways.items():
            if word.lower() in text:
                self.tabs.setCurrentIndex(tab)
                widget.setFocus()
                area = self.tabs.currentWidget()
                assert isinstance(area, QScrollArea)
                area.ensureWidgetVisible(widget)
                return

    # --- the ways out ---

    def _when_checked(self, verb: str, then: Callable[[], object]) -> None:
        """Goes on when the check of the figure as it is now has been made and the user accepts its errors."""
        if self._later.isActive():
            self.show_preview()
        self.result.say(tr("正在检查……") if self._check.running else "")

        def ask() -> None:
            self.result.say("")
            if self.preview.is_drawn and self._job is None:  # the preview says why else
                confirm_errors(self, self.findings.findings, verb, then)

        self._check.when_done(ask)

    def copy_figure(self) -> None:
        """The figure into the clipboard; the dialog stays."""
        self._keep()
        self._run(copying(self._session.atlas, self.view, self.sheet.size_mm), self._copied, tr("没有复制"))

    def _copied(self, pictures: Pictures) -> None:
        try:
            put_on_clipboard(pictures)
        except UserError as error:
            self._failed(tr("没有复制"), error.problems)
        else:
            self._ended(tr(COPIED))

    def print_figure(self) -> None:
        """The figure to the printer, with its own preview; the dialog stays."""
        self._keep()
        print_with_preview(self, self._session.atlas, self.view, self.sheet.size_mm)

    def _ask_where(self) -> None:
        folder = str(settings().value("export/folder", str(Path.home())))
        suffix, title = self.sheet.suffix, self.view.title or self.content.title.placeholderText()
        name = file_words(self.view.template.number, title) + suffix
        dialog = file_dialog(self, tr("导出到"), Path(folder) / name, f"{tr(FORMATS[suffix].words)} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.fileSelected.connect(lambda file: confirm_target(self, Path(file), self._suffixes(), self.export_to))
        dialog.open()

    def _suffixes(self) -> list[str]:
        """What a file may be called, the chosen one first."""
        return [self.sheet.suffix, *EXPORTERS]

    def export_to(self, target: Path) -> None:
        """Writes the figure; the dialog stays for the next one."""
        target = with_suffix(target, self._suffixes())
        self._keep()
        atlas, view, size, dpi = self._session.atlas, self.view, self.sheet.size_mm, float(self.sheet.dpi.value())

        def work(job: Job) -> None:
            export_figure(atlas, view, size, dpi, target, job.tick)

        self._run(work, lambda _: self._done(target), tr("没有导出"))

    def _run(self, work: Callable[[Job], Any], done: Callable[[Any], None], failure: str) -> None:
        """Works beside the dialog, which stays open until it is done or has failed."""
        if self._job is not None:
            return
        job = Job(work, self)
        job.done.connect(done)
        job.failed.connect(lambda problems: self._failed(failure, problems))
        job.stopped.connect(lambda: self._ended(tr("已取消，没有留下文件")))
        self._job = job
        self.result.say("")
        self._busy(True)
        job.start()

    def _busy(self, on: bool) -> None:
        self.result.progress.setVisible(on)
        self.cancel.setText(tr("停止") if on else tr("关闭") if self._exported else tr("取消"))
        self._enable()

    def _enable(self) -> None:
        """Nothing can go out of what has no layout; the preview says why."""
        for button in (self.save, self.copy, self.print):
            button.setEnabled(self._job is None and self.preview.is_drawn)
            button.setToolTip("" if self.preview.is_drawn else self.preview.text())

    def _done(self, target: Path) -> None:
        settings().setValue("export/folder", str(target.parent))
        self._exported = True
        self._ended(tr("已导出 {file}", file=target.name), target)

    def _failed(self, failure: str, problems: tuple[Problem, ...]) -> None:
        self._ended(failure)
        show_problems(self, failure, problems)

    def _ended(self, words: str, file: Path | None = None) -> None:
        if self._job is not None:
            self._job.wait()
            self._job = None
        self._busy(False)
        self.result.say(words, file)
        self._session.notice.emit(tr("已导出 {file}", file=file) if file is not None else words)

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
        self.tabs.setMaximumHeight(self.tabs.sizeHint().height())  # the pages behind grow only when they are shown

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.setAccepted(self._job is None)

    def _keep(self) -> None:
        """Remembers the choices for the next figure."""
        self.sheet.keep()
        self._session.figure_number = self.view.template.number
        keep_template(self._page, self.furnish.template)
