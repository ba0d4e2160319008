"""What the window holds: menus, toolbar, docks, and what they are wired to. No logic of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from explorer.actions import ACTIONS, DOCK_KEYS, MAP_KEYS
from explorer.autosave import Autosave
from explorer.canvas import MapCanvas
from explorer.dropping import PACK_SUFFIX, VIEW_SUFFIX, FileDrops
from explorer.history import Recorder
from explorer.hovering import Together, the_one
from explorer.menus import Menus
from explorer.outputs import Outputs
from explorer.packs import Packs
from explorer.panels.inspector import Inspector
from explorer.panels.plans import PlansPanel
from explorer.panels.search import SearchField
from explorer.searching import go
from explorer.session import Session
from explorer.settings import settings
from explorer.support import Support
from explorer.viewing import Views
from geodata.language import tr
from layers.view import view_to_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from explorer.first import FirstWindow
    from explorer.jobs import Job
    from explorer.panels.chart import ChartPanel
    from explorer.panels.items import ItemsPanel
    from explorer.panels.matrix import MatrixPanel
    from explorer.panels.palette import Palette
    from explorer.panels.source import SourcePanel
    from explorer.panels.timeline import Timeline
    from explorer.split import SplitView
    from geodata.plan import Citation, Plan

BELOW_HEIGHT = 250.0
"""Pixels of chart and list."""

SOURCE_SHARE = (450, 380)
"""Heights in pixels of report and passage when a passage is first shown."""


class Workbench(QObject):
    """Plans on the left, the map in the middle, the inspector on the right, the passages under it, and below, when
    wanted, the list of sites and projects and the chart. Passages, list and chart are made when first shown."""

    def __init__(self, window: FirstWindow, session: Session) -> None:
        super().__init__(window)
        self.window = window
        self.session = session
        self.canvas = MapCanvas(session)
        window.setCentralWidget(self.canvas)
        self.plans = PlansPanel(session)
        self.inspector = Inspector(session)
        self.chart: ChartPanel | None = None
        self.items: ItemsPanel | None = None
        self.matrix: MatrixPanel | None = None
        self.timeline: Timeline | None = None
        self.split: SplitView | None = None
        self.source: SourcePanel | None = None
        self._cited_at: tuple[object, ...] = ()
        self.plans_dock = self._dock("plans", tr("规划与产业"), self.plans, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.inspector_dock = self._dock("inspector", tr("内容"), self.inspector, Qt.DockWidgetArea.RightDockWidgetArea)
        self.source_dock = self._dock("source", tr("原文"), QWidget(), Qt.DockWidgetArea.RightDockWidgetArea)
        self.items_dock = self._dock("items", tr("园区和项目"), QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea)
        self.chart_dock = self._dock("chart", tr("图表"), QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea)
        self.matrix_dock = self._dock("matrix", tr("矩阵"), QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea)
        self.timeline_dock = self._dock("timeline", tr("时间轴"), QWidget(), Qt.DockWidgetArea.TopDockWidgetArea)
        window.tabifyDockWidget(self.items_dock, self.chart_dock)
        window.tabifyDockWidget(self.chart_dock, self.matrix_dock)
        for dock in (self.source_dock, self.items_dock, self.chart_dock, self.matrix_dock, self.timeline_dock):
            dock.hide()
        self.place_label, self.position_label = QLabel(), QLabel()
        self.window.statusBar().addPermanentWidget(self.place_label)
        self.window.statusBar().addPermanentWidget(self.position_label)
        self.lonlat: Callable[[float, float], tuple[float, float]] | None = None
        self._projection_job: Job | None = None
        self.outputs = Outputs(session, window)
        self.recorder = Recorder(session, self.canvas)
        self.autosave = Autosave(session, self.canvas)
        self.views = Views(session, self.canvas, window)
        self.packs = Packs(session, window)
        self.palette: Palette | None = None
        self.search = SearchField(session, window, self.canvas)
        self.search.on_choose = partial(go, session, self.canvas)
        self.support = Support(session, window, self.canvas, self.shortcuts, self.renew)
        self.menus = Menus(self)
        self.actions_by_id = self.menus.actions_by_id
        self.canvas.place_clicked.connect(session.select_place)
        self.canvas.show_menu = lambda place, at: self.outputs.open_menu(place, at, self.canvas.show_place)
        self.canvas.pointer_moved.connect(self._pointer_moved)
        self.hovers = Together()
        over_map = self.hovers.join("map", lambda places: self.canvas.set_hover(*(places or (None,))))
        self.canvas.pointer_moved.connect(lambda adcode, x, y: over_map((adcode,) if adcode else ()))
        self.plans.on_hover = self.hovers.join("plans", lambda places: None)
        session.notice.connect(self.window.statusBar().showMessage)
        session.view_changed.connect(self._view_changed)
        self.canvas.setFocus()
        self._view_changed()
        window.keep = self.keep
        self.inspector.show_source = self.show_source
        self.inspector.sheet.clicked.connect(lambda: self.outputs.open_sheets())
        self.chart_dock.visibilityChanged.connect(self._chart_shown)
        self.items_dock.visibilityChanged.connect(self._items_shown)
        self.matrix_dock.visibilityChanged.connect(self._matrix_shown)
        self.timeline_dock.visibilityChanged.connect(self._timeline_shown)
        self.source_dock.visibilityChanged.connect(self._source_shown)
        self.recorder.on_change = self._history_changed
        self._history_changed()
        FileDrops(window, self.open_documents, {VIEW_SUFFIX: self.views.open_file, PACK_SUFFIX: self.packs.add})

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self.window)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.window.addDockWidget(area, dock)
        return dock

    def docks(self) -> tuple[QDockWidget, ...]:
        """In the order of DOCK_KEYS."""
        docks = (self.plans_dock, self.inspector_dock, self.chart_dock, self.items_dock, self.source_dock)
        return (*docks, self.matrix_dock, self.timeline_dock)

    def step_place(self, step: int) -> None:
        """Selects the next or previous prefecture in the order of the codes."""
        codes = [place.adcode for place in self.session.atlas.places.prefectures]
        place = self.session.view.place
        place = place[:4] + "00" if place else None
        index = (codes.index(place) + step) % len(codes) if place in codes else (0 if step > 0 else -1)
        self.session.select_place(codes[index])
        self.canvas.show_extent_of(codes[index])

    def open_split(self) -> None:
        """Two maps side by side in a window of their own; made when first asked for."""
        if self.split is None:
            from explorer.split import SplitView

            self.split = SplitView(self.session, self.window)
            self.split.resize(self.window.size() * 0.95)
        self.split.show()
        self.split.activateWindow()

    def renew(self) -> None:
        """Makes the window anew in the language of the settings, which are open in it again; once the event is over
        that asked for it."""
        from explorer.start import renew

        QTimer.singleShot(0, lambda: renew(self).support.open_settings())

    def open_palette(self) -> None:
        """All commands by name; made when first asked for."""
        if self.palette is None:
            from explorer.panels.palette import Palette

            self.palette = Palette(self)
        self.palette.open()

    def _history_changed(self) -> None:
        self.actions_by_id["undo"].setEnabled(bool(self.recorder.history.past))
        self.actions_by_id["redo"].setEnabled(bool(self.recorder.history.future))

    def open_documents(self, paths: Sequence[Path] = ()) -> None:
        """The dialog of the user's copies of the documents; `paths` are added at once."""
        from explorer.dialogs.documents import show_documents

        show_documents(self.session, self.window, self._documents_changed, paths)

    def _documents_changed(self) -> None:
        if self.source is not None:
            self.source.documents_changed()

    def show_source(self, plan: Plan, title: str, citations: Sequence[Citation], index: int = 0) -> None:
        """Shows the passage of a citation beside the report."""
        self.source_dock.show()
        self.source_dock.raise_()
        self._source_shown(True)
        assert self.source is not None
        view = self.session.view
        self._cited_at = (view.plan, view.place, view.item)
        self.source.show_citations(plan, title, citations, index)

    def shortcuts(self) -> list[tuple[str, str]]:
        """All shortcuts with what they do, from the table of actions."""
        rows = [(entry.shortcut, tr(entry.text)) for entry in ACTIONS if entry.shortcut]
        rows += [(tr(keys), tr(words)) for keys, words in MAP_KEYS]
        return rows + [
            (key, tr("显示或隐藏 {pane}", pane=dock.windowTitle()))
            for key, dock in zip(DOCK_KEYS, self.docks(), strict=True)
        ]

    # --- following the session and the pointer ---

    def _view_changed(self) -> None:
        view = self.session.view
        if self.source is not None and (view.plan, view.place, view.item) != self._cited_at:
            self.source.clear()  # a passage must not stand beside the report of another place
        self.actions_by_id["clear_place"].setEnabled(bool(view.place or view.item or view.group))

    def _pointer_moved(self, adcode: str, x: float, y: float) -> None:
        self.place_label.setText(self.session.atlas.places[adcode].name if adcode else "")
        if (x, y) == (0.0, 0.0):
            self.position_label.clear()
        elif self.lonlat is not None:
            longitude, latitude = self.lonlat(x, y)
            words = tr("东经 {longitude:.3f}°　北纬 {latitude:.3f}°", longitude=longitude, latitude=latitude)
            self.position_label.setText(words)
        elif self._projection_job is None:
            self._load_projection()

    def _load_projection(self) -> None:
        """Loads the projection library beside the window: it takes 0.1 s and only coordinates need it."""
        from explorer.jobs import Job

        job = Job(_projection, self)

        def loaded(function: Callable[[float, float], tuple[float, float]]) -> None:
            self.lonlat = function

        job.done.connect(loaded)
        self._projection_job = job
        job.start(Job.Priority.LowPriority)

    def _chart_shown(self, visible: bool) -> None:
        if visible and self.chart is None:
            from explorer.panels.chart import ChartPanel

            self.chart = ChartPanel(self.session)
            self.chart_dock.setWidget(self.chart)

    def _items_shown(self, visible: bool) -> None:
        if visible and self.items is None:
            from explorer.panels.items import ItemsPanel

            self.items = ItemsPanel(self.session)
            self.items.on_activate = self.canvas.show_item
            table = self.items.table
            table.on_hover = self.hovers.join("items", lambda places: table.show_hover(the_one(places)))
            self.items_dock.setWidget(self.items)

    def _matrix_shown(self, visible: bool) -> None:
        if visible and self.matrix is None:
            from explorer.panels.matrix import MatrixPanel

            panel = self.matrix = MatrixPanel(self.session)
            panel.on_cell = self.show_source
            over_city = self.hovers.join("matrix", lambda places: panel.show_hover(the_one(places)))
            panel.on_hover = lambda adcode: over_city((adcode,) if adcode else ())
            self.matrix_dock.setWidget(self.matrix)

    def _timeline_shown(self, visible: bool) -> None:
        if visible and self.timeline is None:
            from explorer.panels.timeline import Timeline

            self.timeline = Timeline(self.session)
            self.timeline_dock.setWidget(self.timeline)

    def _source_shown(self, visible: bool) -> None:
        if visible and self.source is None:
            from explorer.panels.source import SourcePanel

            self.source = SourcePanel(self.session, self.open_documents)
            self.source_dock.setWidget(self.source)
            shares = [self.inspector_dock, self.source_dock]
            self.window.resizeDocks(shares, list(SOURCE_SHARE), Qt.Orientation.Vertical)

    # --- between starts ---

    def restore(self) -> None:
        """Puts docks and extent where they were; to be called once the window is shown, because docks take
        their sizes from the window's."""
        store = settings()
        state = store.value("window/state")
        if isinstance(state, QByteArray):
            self.window.restoreState(state)
        # restoreState alone shares the width out evenly and leaves the map its minimum.
        sizes = _numbers(store.value("window/docks"), 3) or (270.0, 340.0, BELOW_HEIGHT)
        left, right, below = (round(max(50.0, min(4000.0, size))) for size in sizes)
        self.window.resizeDocks([self.plans_dock, self.inspector_dock], [left, right], Qt.Orientation.Horizontal)
        self.window.resizeDocks([self.chart_dock], [below], Qt.Orientation.Vertical)
        for dock, fill in (
            (self.chart_dock, self._chart_shown),
            (self.items_dock, self._items_shown),
            (self.matrix_dock, self._matrix_shown),
            (self.timeline_dock, self._timeline_shown),
            (self.source_dock, self._source_shown),
        ):
            if dock.isVisible():
                QTimer.singleShot(0, self, partial(fill, True))
        extent = _numbers(store.value("window/extent"), 3)
        if extent is not None:
            QTimer.singleShot(0, self, partial(self.canvas.keep_extent, extent))

    def keep(self) -> None:
        """Remembers docks, view, extent and the picture of the map for the next start."""
        self.outputs.finish()
        if self._projection_job is not None:
            self._projection_job.wait()
        if self.source is not None:
            self.source.finish()
        store = settings()
        store.setValue("window/state", self.window.saveState())
        docks = (self.chart_dock, self.items_dock, self.matrix_dock)
        below = next((dock.height() for dock in docks if dock.isVisible()), BELOW_HEIGHT)
        sizes = [self.plans_dock.width(), self.inspector_dock.width(), below]
        store.setValue("window/docks", json.dumps(sizes))
        store.setValue("window/view", view_to_json(self.session.view))
        store.setValue("window/extent", json.dumps(self.canvas.extent_to_keep()))
        picture = self.canvas.picture()
        if picture is not None:
            self.window.keep_picture(picture, self.canvas.geometry())
        self.autosave.finish()


def _numbers(text: object, count: int) -> tuple[float, ...] | None:
    """A kept list of `count` numbers; None when it is not there or damaged."""
    try:
        numbers = tuple(float(number) for number in json.loads(str(text)))
    except (ValueError, TypeError):
        return None
    return numbers if len(numbers) == count and all(map(isfinite, numbers)) else None


def _projection(job: Job) -> Callable[[float, float], tuple[float, float]]:
    from geodata.projection import to_lonlat

    to_lonlat(0, 0)
    return to_lonlat
