"""The dialog 一页纸: a page per city as one PDF, one Word document, or a folder of PDFs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.dialogs.room import resize_on_screen
from explorer.dialogs.running import RunDialog, keep_folder
from explorer.jobs import Job
from explorer.runs import Made
from explorer.session import Session
from explorer.settings import settings
from explorer.sheet_files import FORMS, TITLE, make_sheets
from geodata.atlas import Atlas
from geodata.gazetteer import Place
from geodata.language import tr

ADCODE = Qt.ItemDataRole.UserRole
FOLDER = "folder"
"""Stands for the form without a suffix, which no setting can tell from nothing."""


class SheetsDialog(RunDialog):
    """Makes city sheets; nothing blocks the window. The city selected in the window stands first, alone checked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent, tr("保存…"))
        self.setWindowTitle(tr("一页纸"))
        self.cities = QListWidget()
        self.cities.setAccessibleName(tr("市（州）"))
        self.whole, self.none = QPushButton(tr("全选")), QPushButton(tr("全不选"))
        self.plans = QComboBox()
        self.plans.setAccessibleName(tr("规划"))
        self.plans.addItem(tr("全部规划"), "")
        for plan in session.atlas.plans:
            self.plans.addItem(tr("只用{plan}", plan=plan.title), plan.id)
        self.form = QComboBox()
        self.form.setAccessibleName(tr("格式"))
        for suffix, words in FORMS.items():
            self.form.addItem(tr(words), suffix or FOLDER)
        self.form.setCurrentIndex(max(0, self.form.findData(settings().value("sheets/form"))))
        self.again = QCheckBox(tr("以前做好的页也重新做"))
        self._list_cities()
        self._lay_out()
        self.cities.itemChanged.connect(self.changed)
        self.form.currentIndexChanged.connect(self.changed)
        self.changed()

    def _list_cities(self) -> None:
        places = self.session.atlas.places
        chosen = self.session.view.place
        first = f"{chosen[:4]}00" if chosen else ""  # a county's prefecture
        for place in sorted(places.prefectures, key=lambda place: place.adcode != first):
            item = QListWidgetItem(place.name)
            item.setData(ADCODE, place.adcode)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if first in ("", place.adcode) else Qt.CheckState.Unchecked)
            self.cities.addItem(item)

    def _lay_out(self) -> None:
        for button in (self.whole, self.none):
            button.setAutoDefault(False)  # Enter saves
        choosing = QHBoxLayout()
        choosing.addWidget(self.whole)
        choosing.addWidget(self.none)
        choosing.addStretch()
        self.whole.clicked.connect(lambda: self.check_all(True))
        self.none.clicked.connect(lambda: self.check_all(False))
        listed = QVBoxLayout()
        listed.addWidget(self.cities, 1)
        listed.addLayout(choosing)
        form = QFormLayout()
        form.addRow(tr("市（州）"), listed)
        form.addRow(tr("规划"), self.plans)
        form.addRow(tr("格式"), self.form)
        form.addRow("", self.again)
        self.save.clicked.connect(self._ask_where)
        column = QVBoxLayout(self)
        column.addLayout(form, 1)
        column.addWidget(self.count)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
        resize_on_screen(self, 460, 600)

    # --- what is chosen ---

    @property
    def wanted(self) -> tuple[Place, ...]:
        """The checked prefectures in the order of their codes."""
        items = (self.cities.item(row) for row in range(self.cities.count()))
        codes = sorted(str(item.data(ADCODE)) for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(self.session.atlas.places[code] for code in codes)

    @property
    def suffix(self) -> str:
        """A key of FORMS."""
        return str(self.form.currentData()).removeprefix(FOLDER)

    @property
    def atlas(self) -> Atlas:
        """With the plan alone that is chosen, if one is."""
        plan = str(self.plans.currentData())
        return Atlas((self.session.atlas.plan(plan),)) if plan else self.session.atlas

    def check_all(self, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for row in range(self.cities.count()):
            self.cities.item(row).setCheckState(state)

    def inputs(self) -> tuple[QWidget, ...]:
        return self.cities, self.whole, self.none, self.plans, self.form, self.again

    def changed(self) -> None:
        number = len(self.wanted)
        self.save.setEnabled(number > 0)
        self.again.setEnabled(self.suffix != ".docx")
        self.count.setText(tr("共 {n} 页", n=number) if number else tr("先勾选市（州）"))

    # --- making ---

    def _ask_where(self) -> None:
        suffix, wanted = self.suffix, self.wanted
        name = tr("{place}产业布局一页纸", place=wanted[0].name) if len(wanted) == 1 else tr(TITLE)
        kind = tr("Word 文档 (*.docx)") if suffix == ".docx" else "PDF (*.pdf)"
        self.ask_where(tr("一页纸保存到"), name + suffix if suffix else "", kind, self.export_to)

    def export_to(self, target: Path) -> None:
        """Makes the sheets in a job: one file, or files in the folder `target`."""
        if self.running:
            return
        atlas, wanted, suffix, again = self.atlas, self.wanted, self.suffix, self.again.isChecked()

        def work(job: Job) -> Made:
            return make_sheets(atlas, wanted, target, suffix, job.progress, job.tick, again)

        stopped = tr("已停止，做好的页都在；再保存一次就接着做")
        if suffix == ".docx":
            stopped = tr("已停止，没有留下未完成的文件")
        self.start(work, len(wanted), lambda made: self._done(target, made), stopped, tr("没有全部保存"))

    def _done(self, target: Path, made: Made) -> None:
        keep_folder(target, is_folder=not self.suffix)
        settings().setValue("sheets/form", self.form.currentData())
        words = tr("已保存到 {target}：共 {n} 页", target=target, n=made.drawn + made.kept)
        if made.kept:
            words = tr("{words}，其中 {n} 页以前已经做好，没有重做", words=words, n=made.kept)
        self.ended(words, target)
