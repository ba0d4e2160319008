"""Menus and toolbar of the window, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton

from explorer.actions import ACTIONS, DOCK_KEYS, FILE, LOOK, MENUS, SECTOR_KEYS, VIEWS
from explorer.core_only import CoreOnly
from explorer.panes import BELOW, MAP, PLANS, REPORT, SOURCE
from explorer.recent import RecentMenu
from explorer.styles import StyleMenu
from geodata.language import tr
from layers.view import role_pairs, shown_sectors

if TYPE_CHECKING:
    from explorer.workbench import Workbench


class Menus(QObject):
    """What is chosen in them is done by the parts of the workbench."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.styles = StyleMenu(bench.session, bench.window)
        self.toolbar = bench.window.addToolBar(tr("常用"))
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.actions_by_id: dict[str, QAction] = {}
        menus = {title: bench.window.menuBar().addMenu(tr(title)) for title in MENUS}
        run = self._runs()
        for entry in ACTIONS:
            words = tr(entry.text)
            action = QAction(words, bench.window)
            if entry.shortcut:
                action.setShortcuts(QKeySequence.listFromString(entry.shortcut))
                action.setToolTip(tr("{words}（{keys}）", words=words, keys=entry.shortcut))
            action.triggered.connect(lambda _=False, do=run[entry.id]: do())
            menus[entry.menu].addAction(action)
            if entry.toolbar:
                self.toolbar.addAction(action)
            self.actions_by_id[entry.id] = action
        menus[VIEWS].addMenu(bench.views.recent_menu)
        self.recent = RecentMenu(lambda file: bench.files.open([file]), bench.window)
        menus[FILE].insertMenu(self.actions_by_id["quit"], self.recent)
        self._fill_look(menus[LOOK])
        self._fill_toolbar()
        for number in range(1, SECTOR_KEYS + 1):
            QShortcut(QKeySequence(f"Alt+{number}"), bench.window, partial(self._toggle_sector, number - 1))

    def _runs(self) -> dict[str, Callable[[], object]]:
        """What each action of the table does."""
        bench = self._bench
        return {
            "export": bench.outputs.open_export,
            "copy": bench.outputs.copy,
            "print": bench.outputs.print,
            "sets": bench.outputs.open_sets,
            "sheets": bench.outputs.open_sheets,
            "documents": bench.open_documents,
            "add_pack": bench.packs.ask,
            "quit": bench.window.close,
            "undo": bench.recorder.undo,
            "redo": bench.recorder.redo,
            "find": bench.search.start,
            "palette": bench.open_palette,
            "save_view": bench.views.save,
            "views": bench.views.open_dialog,
            "open_view": bench.views.ask_open,
            "export_view": bench.views.ask_export,
            "fit": bench.canvas.fit,
            "zoom_in": partial(bench.canvas.zoom, 1.3),
            "zoom_out": partial(bench.canvas.zoom, 1 / 1.3),
            "legend": bench.canvas.fold_legend,
            "split": bench.open_split,
            "core_only": lambda: self.core_only.switch(),
            "all_on": partial(self._switch_all, True),
            "all_off": partial(self._switch_all, False),
            **{f"go_{pane}": partial(bench.panes.go, pane) for pane in (PLANS, MAP, REPORT, SOURCE, BELOW)},
            "next_place": partial(bench.step_place, 1),
            "previous_place": partial(bench.step_place, -1),
            "clear_place": partial(bench.session.select_place, None),
            "settings": bench.support.open_settings,
            "help": bench.support.open_guide,
            "keys": bench.support.open_keys,
            "about": bench.support.open_about,
        }

    def _fill_look(self, look: QMenu) -> None:
        self.actions_by_id["legend"].setCheckable(True)
        self._bench.canvas.show_folded = self.actions_by_id["legend"].setChecked
        self.core_only = CoreOnly(self._bench.session, self.actions_by_id["core_only"], look)
        look.insertSeparator(self.actions_by_id["go_plans"])
        look.addSeparator()
        for dock, key in zip(self._bench.docks(), DOCK_KEYS, strict=True):
            toggle = dock.toggleViewAction()
            toggle.setShortcut(QKeySequence(key))
            toggle.triggered.connect(lambda on, dock=dock: dock.raise_() if on else None)  # not behind another
            look.addAction(toggle)
        look.addSeparator()
        look.addMenu(self.styles)

    def _fill_toolbar(self) -> None:
        bench = self._bench
        for dock in (bench.items_dock, bench.chart_dock, bench.matrix_dock):
            self.toolbar.addAction(dock.toggleViewAction())
        button = self.styles_button = QToolButton()
        button.setText(tr("画法 ▾"))  # Qt's own sign of a menu sits low in the corner
        button.setAccessibleName(tr("画法"))
        button.clicked.connect(lambda: self.styles.popup(button.mapToGlobal(button.rect().bottomLeft())))
        button.setToolTip(tr("一个产业用分区，两个用条纹，更多用环形符号；也可以自己选"))
        self.toolbar.addWidget(button)
        self.toolbar.addWidget(bench.search)

    def show_icons(self) -> None:
        """Puts icons beside the words of the toolbar; to be called after the first map."""
        from explorer.icons import DockIcons, ToolbarIcons

        bench = self._bench
        actions = {entry.id: self.actions_by_id[entry.id] for entry in ACTIONS if entry.toolbar}
        docks = {"items": bench.items_dock, "chart": bench.chart_dock, "matrix": bench.matrix_dock}
        actions |= {name: dock.toggleViewAction() for name, dock in docks.items()}
        for action in actions.values():
            action.setIconVisibleInMenu(False)
        self.toolbar.toolButtonStyleChanged.connect(self.styles_button.setToolButtonStyle)
        targets = {name: action.setIcon for name, action in actions.items()}
        ToolbarIcons(self.toolbar, {**targets, "styles": self.styles_button.setIcon})
        for dock in bench.docks():
            DockIcons(dock)

    def _switch_all(self, on: bool) -> None:
        plan = self._bench.session.plan
        self._bench.session.show_pairs([pair for sector in plan.sectors for pair in role_pairs(plan, sector.id)], on)

    def _toggle_sector(self, index: int) -> None:
        session = self._bench.session
        plan = session.plan
        if index < len(plan.sectors):
            sector = plan.sectors[index]
            session.show_sector(sector.id, sector not in shown_sectors(plan, session.view))
