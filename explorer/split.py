"""Two maps side by side, panned and zoomed together: what is shown in the window, and another plan or sector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from explorer.canvas import MapCanvas
from explorer.panels.eliding import ElidedLabel
from explorer.session import Session
from geodata.analysis.matrix import matrix
from geodata.language import mark, tr
from geodata.plan import Plan
from layers.turning import turn_to
from layers.view import ViewState, shown_sectors, view_for

ALIKE, ALL = "\x00alike", "\x00all"
"""Choices of the sector list that are no sector: what the left map's sectors are called there, and all of the plan."""


NOTHING = mark("（没有写明在哪个市（州），图上没有内容）")


def _has_content(plan: Plan, view: ViewState) -> bool:
    """Whether the plan puts anything of the sectors that are on in a prefecture."""
    total = matrix(plan, frozenset(sector for sector, _ in view.shown)).total
    return bool(total.sites + total.projects + sum(number for _, number in total.roles))


class SplitView(QWidget):
    """A window of its own. The left map is that of the session; the right one has its own plan and sector, and the
    session's style, layers, template and selected place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("并排比较"))
        self._session = session
        self.other = Session(session.atlas, session.view)
        self.other.setParent(self)
        self.left, self.right = MapCanvas(session), MapCanvas(self.other)
        for canvas in (self.left, self.right):
            canvas.fold_for_itself()
        self.left.setAccessibleName(tr("左图"))
        self.right.setAccessibleName(tr("右图"))
        self.plan, self.sector = QComboBox(), QComboBox()
        self.plan.setAccessibleName(tr("右图的规划"))
        self.sector.setAccessibleName(tr("右图的产业"))
        self.left_words, self.right_words = ElidedLabel(), ElidedLabel()
        self.swap_button, self.fit_button = QPushButton(tr("左右对调")), QPushButton(tr("显示全省"))
        self.fit_button.setToolTip(tr("Ctrl+0；两张图一起"))
        self._busy = False
        self._fitted = True
        self._lay_out()
        self._follow_each_other()
        self._fill_plans()
        self._choose_first()
        QShortcut(QKeySequence("Ctrl+0"), self, self.fit)
        QShortcut(QKeySequence("Ctrl+L"), self, self._fold_both)
        QShortcut(QKeySequence("Ctrl++"), self, lambda: self.left.zoom(1.3))
        QShortcut(QKeySequence("Ctrl+-"), self, lambda: self.left.zoom(1 / 1.3))

    def _fold_both(self) -> None:
        """Folds both legends, or unfolds them, as the left one is."""
        folded = not self.left.legend_folded()
        for canvas in (self.left, self.right):
            if canvas.legend_folded() != folded:
                canvas.fold_legend()

    def _lay_out(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        for canvas, words, choices in (
            (self.left, self.left_words, (self.fit_button, self.swap_button)),
            (self.right, self.right_words, (self.plan, self.sector)),
        ):
            above = QHBoxLayout()
            above.addWidget(QLabel(tr("左图：主窗口的地图") if canvas is self.left else tr("右图：")))
            for widget in choices:
                above.addWidget(widget)
            above.addStretch(1)
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(4, 4, 4, 4)
            column.setSpacing(4)
            column.addLayout(above)
            column.addWidget(words)
            column.addWidget(canvas, 1)
            columns.addWidget(side)
            columns.setStretchFactor(columns.count() - 1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4, 4, 4, 4)
        outer.addWidget(columns)
        columns.setSizes([10_000, 10_000])
        columns.splitterMoved.connect(lambda *_: self._later())

    def _follow_each_other(self) -> None:
        self.left.extent_changed.connect(lambda: self._bring(self.left, self.right))
        self.right.extent_changed.connect(lambda: self._bring(self.right, self.left))
        self.left.pointer_moved.connect(lambda adcode, x, y: self.right.set_hover(adcode or None))
        self.right.pointer_moved.connect(lambda adcode, x, y: self.left.set_hover(adcode or None))
        self.left.place_clicked.connect(self._session.select_place)
        self.right.place_clicked.connect(self._session.select_place)
        self.plan.activated.connect(self._plan_chosen)
        self.sector.activated.connect(self.refresh)
        self.fit_button.clicked.connect(self.fit)
        self.swap_button.clicked.connect(self.swap)
        self._session.view_changed.connect(self.refresh)
        self._session.atlas_changed.connect(self._atlas_changed)

    # --- what the right map shows ---

    def choose(self, plan_id: str, sector: str = ALIKE) -> None:
        """Shows a sector, ALIKE or ALL of a plan on the right."""
        self.plan.setCurrentIndex(self.plan.findData(plan_id))
        self._fill_sectors(sector)
        self.refresh()

    def _fill_plans(self) -> None:
        kept = self.plan.currentData()
        self.plan.clear()
        for plan in self._session.atlas.plans:
            self.plan.addItem(tr("{name}（{text}）", name=plan.title, text=plan.period), plan.id)
        self.plan.setCurrentIndex(max(0, self.plan.findData(kept)))

    def _fill_sectors(self, chosen: str) -> None:
        plan = self._session.atlas.plan(self.plan.currentData())
        self.sector.clear()
        self.sector.addItem(tr("与左图相当的产业"), ALIKE)
        for sector in plan.sectors:
            self.sector.addItem(sector.name, sector.id)
        self.sector.addItem(tr("全部产业"), ALL)
        self.sector.setCurrentIndex(max(0, self.sector.findData(chosen)))

    def _choose_first(self) -> None:
        """The first other plan that has a match for what is shown, best one with something to see; else the next
        sector of the same plan."""
        view, atlas = self._session.view, self._session.atlas
        turned = {plan: turn_to(atlas, view, plan.id) for plan in atlas.plans if plan.id != view.plan}
        matching = [plan for plan, found in turned.items() if found.matches]
        best = [plan for plan in matching if _has_content(plan, turned[plan].view)] or matching
        if best:
            self.choose(best[0].id)
            return
        shown = shown_sectors(self._session.plan, view)
        rest = [sector.id for sector in self._session.plan.sectors if sector not in shown]
        self.choose(view.plan, rest[0] if rest else ALL)

    def _plan_chosen(self) -> None:
        self._fill_sectors(ALIKE)
        self.refresh()

    def _atlas_changed(self) -> None:
        kept = self.sector.currentData()
        self.other.set_atlas(self._session.atlas)
        self._fill_plans()
        self._fill_sectors(kept)
        self.refresh()

    def refresh(self) -> None:
        """Makes the right map what is chosen, in the look of the left one."""
        view, atlas = self._session.view, self._session.atlas
        plan, chosen = atlas.plan(self.plan.currentData()), self.sector.currentData()
        words = ""
        if chosen == ALIKE:
            turned = turn_to(atlas, view, plan.id)
            made, words = turned.view, turned.words or (tr("与左图相同") if plan.id == view.plan else "")
        else:
            made = self._with_look(view, view_for(plan, [s.id for s in plan.sectors if chosen in (s.id, ALL)]))
        self.other.set_view(made._replace(title="", item=None, group=()))
        self.left_words.say(self._caption(self._session))
        self.right_words.say(self._caption(self.other, words))
        self._later()

    @staticmethod
    def _with_look(look: ViewState, view: ViewState) -> ViewState:
        return look._replace(plan=view.plan, shown=view.shown)

    @staticmethod
    def _caption(session: Session, words: str = "") -> str:
        """The plan, the sectors that are on, `words`, and whether there is anything of them to be seen."""
        sectors = shown_sectors(session.plan, session.view)
        names = tr("、").join(sector.name for sector in sectors) or tr("没有打开的产业")
        nothing = tr(NOTHING) if sectors and not _has_content(session.plan, session.view) else ""
        plan = session.plan
        caption = tr("{title}（{period}）：{names}", title=plan.title, period=plan.period, names=names)
        return tr("　").join(part for part in (caption, words, nothing) if part)

    def swap(self) -> None:
        """What is right becomes the map of the window, and the other way round."""
        left, right = self._session.view, self.other.view
        sectors = shown_sectors(self._session.plan, left)
        whole = len(sectors) == len(self._session.plan.sectors)
        self.plan.setCurrentIndex(self.plan.findData(left.plan))
        self._fill_sectors(sectors[0].id if len(sectors) == 1 else ALL if whole else ALIKE)
        self._session.set_view(self._with_look(left, right)._replace(title=""))
        self.refresh()

    # --- moving together ---

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _bring(self, moved: MapCanvas, other: MapCanvas) -> None:
        """Brings a map to where the user moved the other one; that is not answered."""
        if not self._busy and self.isVisible():
            self._fitted = False
            with self._alone():
                other.go_to(moved.page.scale, moved.page.centre)

    def fit(self) -> None:
        """The whole province in both maps, at the scale of the one that has less room beside its legend."""
        self._fitted = True
        with self._alone():
            self.left.fit()
            self.right.fit()
            first, second = sorted((self.left, self.right), key=lambda canvas: canvas.page.scale)
            second.go_to(first.page.scale, first.page.centre)

    def _lay(self) -> None:
        if self.isVisible() and self._fitted:
            self.fit()
        elif self.isVisible():
            self._bring(self.left, self.right)

    def _later(self) -> None:
        """Lays both maps alike once they have their sizes and scenes."""
        QTimer.singleShot(0, self, self._lay)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.left.setFocus()
        self._later()
