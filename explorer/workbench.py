"""What the window holds: menus, toolbar, docks, and what they are wired to. No logic of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget

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
from explorer.panes import Panes, numbers
from explorer.position import Position
from explorer.searching import go, go_to_item
from explorer.session import Session
from explorer.settings import LANGUAGE, read, settings
from explorer.support import Support
from explorer.viewing import Views
from geodata.language import language, mark, tr
from layers.view import view_to_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from explorer.first import FirstWindow
    from explorer.panels.chart import ChartPanel
    from explorer.panels.items import ItemsPanel
    from explorer.panels.matrix import MatrixPanel
    from explorer.panels.palette import Palette
    from explorer.panels.source import SourcePanel
    from explorer.panels.timeline import Timeline
    from explorer.split import SplitView
    from geodata.plan import Citation, Plan

NOTICE_FOR = 8000
"""Milliseconds that a message stays in the status line."""


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
        self.plans_dock = self._dock("plans", mark("规划与产业"), self.plans, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.inspector_dock = self._dock(
            "inspector", mark("内容"), self.inspector, Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.source_dock = self._dock("source", mark("原文"), QWidget(), Qt.DockWidgetArea.RightDockWidgetArea)
        self.items_dock = self._dock("items", mark("园区和项目"), QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea)
        self.chart_dock = self._dock("chart", mark("图表"), QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea)
        self.matrix_dock = self._dock("matrix", mark("矩阵"), QWidget(), Qt.DockWidgetArea.BottomDockWidgetArea)
        self.timeline_dock = self._dock("timeline", mark("时间轴"), QWidget(), Qt.DockWidgetArea.TopDockWidgetArea)
        window.tabifyDockWidget(self.items_dock, self.chart_dock)
        window.tabifyDockWidget(self.chart_dock, self.matrix_dock)
        for dock in (self.source_dock, self.items_dock, self.chart_dock, self.matrix_dock, self.timeline_dock):
            dock.hide()
        self._renewing = False
        self.position = Position(session, window.statusBar())
        self.panes = Panes(self)
        self.outputs = Outputs(session, window)
        self.recorder = Recorder(session, self.canvas)
        self.autosave = Autosave(session, self.canvas, self.recorder)
        self.views = Views(session, self.canvas, window)
        self.packs = Packs(session, window)
        self.palette: Palette | None = None
        self.search = SearchField(session, window, self.canvas)
        self.search.on_choose = partial(go, session, self.canvas, self.show_source)
        self.support = Support(session, window, self.canvas, self.shortcuts, self.renew)
        self.menus = Menus(self)
        self.actions_by_id = self.menus.actions_by_id
        self.canvas.place_clicked.connect(session.select_place)
        self.canvas.show_menu = lambda place, at: self.outputs.open_menu(place, at, self.canvas.show_place)
        self.canvas.pointer_moved.connect(self.position.show)
        self.hovers = Together()
        over_map = self.hovers.join("map", lambda places: self.canvas.set_hover(*(places or (None,))))
        self.canvas.pointer_moved.connect(lambda adcode, x, y: over_map((adcode,) if adcode else ()))
        self.plans.on_hover = self.hovers.join("plans", lambda places: self.plans.show_hover(the_one(places)))
        self.plans.on_places = self._bring
        session.notice.connect(lambda words: self.window.statusBar().showMessage(words, NOTICE_FOR))
        session.view_changed.connect(self._view_changed)
        self.canvas.setFocus()
        self._view_changed()
        window.keep = self.keep
        self.inspector.show_source = self.show_source
        self.inspector.sheet.clicked.connect(lambda: self.outputs.open_sheets())
        for dock in self._fillers:
            dock.visibilityChanged.connect(lambda visible, dock=dock: self.fill(dock) if visible else None)
        self.recorder.on_change = self._history_changed
        self._history_changed()
        self.files = FileDrops(
            window, self.open_documents, {VIEW_SUFFIX: self.views.open_file, PACK_SUFFIX: self.packs.add}
        )

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        """`title` is for tr, and kept for finding the dock by its name in any language."""
        dock = QDockWidget(tr(title), self.window)
        dock.toggleViewAction().setData(title)
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
            over = self.split.rect()
            over.moveCenter(self.window.geometry().center())
            self.split.move(over.topLeft())
        self.split.show()
        self.split.activateWindow()

    def renew(self) -> None:
        """Makes the window anew in the language of the settings, which are open in it again; once the event is over
        that asked for it."""
        if not self._renewing:
            self._renewing = True
            QTimer.singleShot(0, self, self._renew)

    def _renew(self) -> None:
        from explorer.start import renew

        self._renewing = False
        if read(LANGUAGE) != language():  # else it was changed there and back
            renew(self).support.open_settings()

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

    def add_documents(self) -> None:
        """Asks for files at once; the dialog of the documents says what becomes of them."""
        from explorer.dialogs.document_files import ask_files

        ask_files(self.window, self.open_documents)

    def _documents_changed(self) -> None:
        if self.source is not None:
            self.source.documents_changed()

    def show_source(self, plan: Plan, title: str, citations: Sequence[Citation], index: int = 0) -> None:
        """Shows the passage of a citation beside the report."""
        self.source_dock.show()
        self.source_dock.raise_()
        self.fill(self.source_dock)
        assert self.source is not None
        view = self.session.view
        self._cited_at = (view.plan, view.place, view.item)
        self.source.show_citations(plan, title, citations, index)
        self.panes.share_right(True)

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
            self.panes.share_right(False)
        self.window.statusBar().clearMessage()  # it was about something else
        self.actions_by_id["clear_place"].setEnabled(bool(view.place or view.item or view.group))

    def _bring(self, places: Sequence[str]) -> None:
        """Has all places in sight."""
        if not all(map(self.canvas.is_in_sight, places)):
            self.canvas.fit()

    # --- what is made when first shown ---

    @property
    def _fillers(self) -> dict[QDockWidget, Callable[[], object]]:
        return {
            self.chart_dock: self._fill_chart,
            self.items_dock: self._fill_items,
            self.matrix_dock: self._fill_matrix,
            self.timeline_dock: self._fill_timeline,
            self.source_dock: self._fill_source,
        }

    def fill(self, dock: QDockWidget) -> None:
        """Makes what a dock holds, which has come in sight, and gives it room; does nothing for one that is full."""
        if dock in self._fillers:
            self._fillers[dock]()
        if dock in (self.chart_dock, self.items_dock, self.matrix_dock):
            self.panes.shown_below(dock)

    def _fill_chart(self) -> None:
        if self.chart is None:
            from explorer.panels.chart import ChartPanel

            self.chart = ChartPanel(self.session)
            self.chart_dock.setWidget(self.chart)

    def _fill_items(self) -> None:
        if self.items is None:
            from explorer.panels.items import ItemsPanel

            self.items = ItemsPanel(self.session)
            self.items.on_activate = partial(go_to_item, self.session, self.canvas)
            table = self.items.table
            table.on_hover = self.hovers.join("items", lambda places: table.show_hover(the_one(places)))
            self.items_dock.setWidget(self.items)

    def _fill_matrix(self) -> None:
        if self.matrix is None:
            from explorer.panels.matrix import MatrixPanel

            panel = self.matrix = MatrixPanel(self.session)
            panel.on_cell = self.show_source
            over_city = self.hovers.join("matrix", lambda places: panel.show_hover(the_one(places)))
            panel.on_hover = lambda adcode: over_city((adcode,) if adcode else ())
            self.matrix_dock.setWidget(self.matrix)

    def _fill_timeline(self) -> None:
        if self.timeline is None:
            from explorer.panels.timeline import Timeline

            self.timeline = Timeline(self.session)
            self.timeline_dock.setWidget(self.timeline)

    def _fill_source(self) -> None:
        if self.source is None:
            from explorer.panels.source import SourcePanel

            self.source = SourcePanel(self.session, self.add_documents)
            self.source_dock.setWidget(self.source)
        self.panes.share_right(self.source.has_passage, just_shown=True)

    # --- between starts ---

    def restore(self) -> None:
        """Puts docks and extent where they were; to be called once the window is shown."""
        self.panes.restore()
        for dock in self._fillers:
            if dock.isVisible():
                QTimer.singleShot(0, self, partial(self.fill, dock))
        extent = numbers(settings().value("window/extent"), 3)
        if extent is not None:
            QTimer.singleShot(0, self, partial(self.canvas.keep_extent, extent))

    def keep(self) -> None:
        """Remembers docks, view, extent and the picture of the map for the next start."""
        self.outputs.finish()
        self.position.finish()
        if self.source is not None:
            self.source.finish()
        store = settings()
        self.panes.keep()
        store.setValue("window/view", view_to_json(self.session.view))
        store.setValue("window/extent", json.dumps(self.canvas.extent_to_keep()))
        picture = self.canvas.picture()
        if picture is not None:
            self.window.keep_picture(picture, self.canvas.geometry())
        self.autosave.finish()
