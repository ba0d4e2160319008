"""The dialog 成套图件: all industries or all cities of a plan as one PDF or a folder of figures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.jobs import Job
from explorer.messages import show_problems
from explorer.session import Session
from explorer.sets import BY, RASTER, Figure, Made, figures, heading, make_folder, make_pdf
from explorer.settings import settings
from explorer.templates import FORMATS, SIZES, figure_view, page_words
from geodata.problems import Problem
from layers.export import LEAST_DPI
from layers.view import FIRST_LAYERS, LAYERS, ViewState

ONE_PDF = "pdf"


class SetsDialog(QDialog):
    """Makes a set of figures in the style of the session's view and the template of the chosen page; nothing blocks the window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self.setWindowTitle("成套图件")
        self.plan = _choice("规划", [(plan.title, plan.id) for plan in session.atlas.plans])
        self.plan.setCurrentIndex(max(0, self.plan.findData(session.plan.id)))
        self.by = _choice("出哪些图", [(words, key) for key, words in BY.items()])
        self.overview = QCheckBox("最前面加一张全部产业的图")
        self.layers = _choice("图层", [("不叠加", ""), ("园区、平台和项目、工程", "items"), ("与当前地图相同", "same")])
        self.paper = _choice("页面", [(page_words(page), page) for page in SIZES])
        several = [(f"文件夹，每张一个 {suffix[1:].upper()} 文件", suffix) for suffix in FORMATS]
        self.form = _choice("格式", [("一份 PDF，有目录和书签", ONE_PDF), *several])
        self.dpi = QSpinBox()
        self.dpi.setRange(LEAST_DPI, 1200)
        self.dpi.setSuffix(" dpi")
        self.dpi.setValue(300)
        self.dpi.setAccessibleName("分辨率")
        self.again = QCheckBox("已有的图也重画")
        self.count = QLabel()
        self.progress = QProgressBar()
        self.progress.setVisible(False)
        self.results = QListWidget()
        self.results.setAccessibleName("图件清单")
        self._lay_out()
        self._restore()
        for box in (self.plan, self.by, self.form):
            box.currentIndexChanged.connect(self._changed)
        self.overview.toggled.connect(self._changed)
        self._changed()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("规划", self.plan)
        form.addRow("内容", self.by)
        form.addRow("", self.overview)
        form.addRow("叠加图层", self.layers)
        form.addRow("页面", self.paper)
        form.addRow("格式", self.form)
        form.addRow("分辨率", self.dpi)
        form.addRow("", self.again)
        buttons = QDialogButtonBox()
        self.save = QPushButton("导出…")
        self.save.setDefault(True)
        self.cancel = QPushButton("关闭")
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.count)
        column.addWidget(self.results, 1)
        column.addWidget(self.progress)
        column.addWidget(buttons)
        self.resize(520, 620)

    # --- what is chosen ---

    @property
    def base(self) -> ViewState:
        """The session's view for the chosen plan, in the template of the chosen page."""
        view = figure_view(self._session.view, str(self.paper.currentData()))
        plan = self._session.atlas.plan(str(self.plan.currentData()))
        chosen = {"": frozenset(), "items": FIRST_LAYERS, "same": view.layers & frozenset(LAYERS)}
        layers = chosen[str(self.layers.currentData())]
        if not plan.assignments:  # without roles there would be nothing on the map
            layers = layers or FIRST_LAYERS
        return view._replace(plan=plan.id, layers=layers)

    @property
    def wanted(self) -> tuple[Figure, ...]:
        return figures(self._session.atlas, self.base, str(self.by.currentData()), self.overview.isChecked())

    def _changed(self) -> None:
        form = str(self.form.currentData())
        self.dpi.setEnabled(form in RASTER)
        wanted = self.wanted
        self.count.setText(f"共 {len(wanted)} 张")
        self.results.clear()
        self.results.addItems([item.title for item in wanted])

    # --- making ---

    def _ask_where(self) -> None:
        folder = str(settings().value("export/folder", str(Path.home())))
        if self.form.currentData() != ONE_PDF:
            dialog = QFileDialog(self, "图件放到哪个文件夹", folder)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            name = heading(self._session.atlas.plan(self.base.plan)).replace("/", "") + ".pdf"
            dialog = QFileDialog(self, "成套导出到", str(Path(folder) / name), "PDF (*.pdf)")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda file: self.export_to(Path(file)))
        dialog.open()

    def export_to(self, target: Path) -> None:
        """Makes the set in a job: one PDF, or files in the folder `target`."""
        if self._job is not None:
            return
        atlas, wanted, again = self._session.atlas, self.wanted, self.again.isChecked()
        size, dpi, form = SIZES[str(self.paper.currentData())], float(self.dpi.value()), str(self.form.currentData())
        title = heading(atlas.plan(self.base.plan))

        def work(job: Job) -> Made:
            if form == ONE_PDF:
                return make_pdf(atlas, wanted, size, target, title, job.progress, job.tick, again)
            return make_folder(atlas, wanted, size, dpi, target, form, job.progress, job.tick, again)

        job = Job(work, self)
        job.progressed.connect(self._progressed)
        job.done.connect(lambda made: self._done(target, made))
        job.failed.connect(self._failed)
        job.stopped.connect(lambda: self._ended("已停止，画好的图都在；再导出一次就接着做"))
        self._job = job
        self.progress.setRange(0, len(wanted))
        self._busy(True)
        job.start()

    def _busy(self, on: bool) -> None:
        for widget in (self.plan, self.by, self.overview, self.layers, self.paper, self.form, self.again, self.save):
            widget.setEnabled(not on)
        self.dpi.setEnabled(not on and self.form.currentData() in RASTER)
        self.progress.setVisible(on)
        self.cancel.setText("停止" if on else "关闭")

    def _progressed(self, done: int, total: int, text: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.count.setText(f"{done}/{total}　{text}")
        self.results.setCurrentRow(min(done, self.results.count() - 1))

    def _done(self, target: Path, made: Made) -> None:
        store = settings()
        store.setValue("export/folder", str(target.parent if target.suffix.lower() == ".pdf" else target))
        for box, key in self._kept():
            store.setValue(key, box.currentData())
        self.results.clear()
        self.results.addItems([str(file) for file in made.files])
        self._ended(f"已导出 {target}：新画 {made.drawn} 张，已有 {made.kept} 张")

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self._ended("没有全部导出，画好的图都在")
        show_problems(self, "没有全部导出", problems)

    def _ended(self, words: str) -> None:
        if self._job is not None:
            self._job.wait()
            self._job = None
        self._busy(False)
        self.count.setText(words)
        self._session.notice.emit(words)

    def reject(self) -> None:
        """Closes the dialog, or stops a running set, which then says so."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.setAccepted(self._job is None)

    def _kept(self) -> tuple[tuple[QComboBox, str], ...]:
        return (self.by, "sets/by"), (self.layers, "sets/layers"), (self.paper, "sets/page"), (self.form, "sets/form")

    def _restore(self) -> None:
        for box, key in self._kept():
            box.setCurrentIndex(max(0, box.findData(settings().value(key))))


def _choice(name: str, entries: list[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for words, data in entries:
        box.addItem(words, data)
    return box
