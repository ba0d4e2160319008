"""The dialog 成套图件: all industries or all cities of a plan as one PDF or a folder of figures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QListWidget, QSpinBox, QVBoxLayout, QWidget

from explorer.dialogs.room import resize_on_screen
from explorer.dialogs.running import RunDialog, keep_folder
from explorer.jobs import Job
from explorer.session import Session
from explorer.sets import BY, RASTER, Figure, Made, figures, heading, make_folder, make_pdf
from explorer.settings import settings
from explorer.templates import FORMATS, SIZES, figure_view, page_words
from geodata.language import tr
from geodata.problems import UserError
from layers.export import LEAST_DPI
from layers.view import FIRST_LAYERS, LAYERS, ViewState

ONE_PDF = "pdf"


class SetsDialog(RunDialog):
    """Makes a set of figures in the style of the session's view and the template of the chosen page; nothing blocks the window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, tr("导出…"))
        self.setWindowTitle(tr("成套图件"))
        self.plan = _choice(tr("规划"), [(plan.title, plan.id) for plan in session.atlas.plans])
        self.plan.setCurrentIndex(max(0, self.plan.findData(session.plan.id)))
        self.by = _choice(tr("出哪些图"), [(tr(words), key) for key, words in BY.items()])
        self.overview = QCheckBox(tr("最前面加一张全部产业的图"))
        self.layers = _choice(
            tr("图层"),
            [(tr("与当前地图相同"), "same"), (tr("园区、平台和项目、工程"), "items"), (tr("不叠加"), "none")],
        )
        self.paper = _choice(tr("页面"), [(page_words(page), page) for page in SIZES])
        several = [(tr("文件夹，每张一个 {kind} 文件", kind=suffix[1:].upper()), suffix) for suffix in FORMATS]
        self.form = _choice(tr("格式"), [(tr("一份 PDF，有目录和书签"), ONE_PDF), *several])
        self.dpi = QSpinBox()
        self.dpi.setRange(LEAST_DPI, 1200)
        self.dpi.setSuffix(" dpi")
        self.dpi.setValue(300)
        self.dpi.setAccessibleName(tr("分辨率"))
        self.again = QCheckBox(tr("以前画好的图也重新画"))
        self.results = QListWidget()
        self.results.setAccessibleName(tr("图件清单"))
        self._lay_out()
        self._restore()
        for box in (self.plan, self.by, self.form):
            box.currentIndexChanged.connect(self.changed)
        self.overview.toggled.connect(self.changed)
        self.changed()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(tr("规划"), self.plan)
        form.addRow(tr("出哪些图"), self.by)
        form.addRow("", self.overview)
        form.addRow(tr("叠加图层"), self.layers)
        form.addRow(tr("页面"), self.paper)
        form.addRow(tr("格式"), self.form)
        form.addRow(tr("分辨率"), self.dpi)
        form.addRow("", self.again)
        self.save.clicked.connect(self._ask_where)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.count)
        column.addWidget(self.results, 1)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
        resize_on_screen(self, 520, 620)

    # --- what is chosen ---

    @property
    def base(self) -> ViewState:
        """The session's view for the chosen plan, in the template of the chosen page."""
        view = figure_view(self.session.view, str(self.paper.currentData()))
        plan = self.session.atlas.plan(str(self.plan.currentData()))
        chosen = {"none": frozenset(), "items": FIRST_LAYERS, "same": view.layers & frozenset(LAYERS)}
        layers = chosen[str(self.layers.currentData())]
        if not plan.assignments:  # without roles there would be nothing on the map
            layers = layers or FIRST_LAYERS
        return view._replace(plan=plan.id, layers=layers)

    @property
    def wanted(self) -> tuple[Figure, ...]:
        return figures(self.session.atlas, self.base, str(self.by.currentData()), self.overview.isChecked())

    def inputs(self) -> tuple[QWidget, ...]:
        return self.plan, self.by, self.overview, self.layers, self.paper, self.form, self.dpi, self.again

    def changed(self) -> None:
        form = str(self.form.currentData())
        self.dpi.setEnabled(form in RASTER)
        self.results.clear()
        try:
            wanted = self.wanted
        except UserError as error:
            self.count.setText(
                "\n".join(tr("{problem}。{hint}", problem=problem, hint=problem.hint) for problem in error.problems)
            )
            self.save.setEnabled(False)
            return
        self.save.setEnabled(True)
        self.count.setText(tr("共 {n} 张", n=len(wanted)))
        self.results.addItems([item.title for item in wanted])

    # --- making ---

    def _ask_where(self) -> None:
        if self.form.currentData() == ONE_PDF:
            name = heading(self.session.atlas.plan(self.base.plan)).replace("/", "") + ".pdf"
            self.ask_where(tr("成套导出到"), name, "PDF (*.pdf)", self.export_to)
        else:
            self.ask_where(tr("图件放到哪个文件夹"), "", "", self.export_to)

    def export_to(self, target: Path) -> None:
        """Makes the set in a job: one PDF, or files in the folder `target`."""
        if self.running:
            return
        atlas, wanted, again = self.session.atlas, self.wanted, self.again.isChecked()
        size, dpi, form = SIZES[str(self.paper.currentData())], float(self.dpi.value()), str(self.form.currentData())
        title = heading(atlas.plan(self.base.plan))

        def work(job: Job) -> Made:
            if form == ONE_PDF:
                return make_pdf(atlas, wanted, size, target, title, job.progress, job.tick, again)
            return make_folder(atlas, wanted, size, dpi, target, form, job.progress, job.tick, again)

        stopped = tr("已停止，画好的图都在；再导出一次就接着做")
        self.start(work, len(wanted), lambda made: self._done(target, made), stopped, tr("没有全部导出"))

    def progressed(self, done: int, total: int, text: str) -> None:
        super().progressed(done, total, text)
        self.results.setCurrentRow(min(done, self.results.count() - 1))

    def _done(self, target: Path, made: Made) -> None:
        keep_folder(target, is_folder=self.form.currentData() != ONE_PDF)
        for box, key in self._kept():
            settings().setValue(key, box.currentData())
        words = tr("已导出到 {target}：共 {n} 张", target=target, n=made.drawn + made.kept)
        if made.kept:
            words = tr("{words}，其中 {n} 张以前已经画好，没有重画", words=words, n=made.kept)
        self.ended(words, target)
        self.results.clear()
        self.results.addItems([str(file) for file in made.files])

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
