"""The panes around the map: how much room they get, what is kept of that, and how a key leads into each."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget

from explorer.settings import settings

if TYPE_CHECKING:
    from explorer.workbench import Workbench

WIDTHS = (270.0, 340.0)
"""Pixels of the panes at the left and at the right."""

BELOW_SHARE = 0.45
"""Of the window's height, for tables and chart until the user gives them another height."""

EMPTY_SHARE, PASSAGE_SHARE = 0.25, 0.5
"""Of the right column's height: the source pane at most while it is empty, and with a passage until the user changes
that."""

SPLITTER = 16
"""Pixels at most between two panes."""

PLANS, MAP, REPORT, SOURCE, BELOW = "plans", "map", "report", "source", "below"
"""What `go` leads to."""

NARROWEST, WIDEST = 50.0, 4000.0


class Panes:
    """Of a workbench, whose docks and panels are used by name."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._below: QDockWidget = bench.matrix_dock
        self._below_height = 0.0  # the user's; none yet
        self._share = PASSAGE_SHARE
        self._has_passage = False
        bench.source_dock.visibilityChanged.connect(self._share_corner)

    def _lower(self) -> tuple[QDockWidget, ...]:
        return self._bench.items_dock, self._bench.chart_dock, self._bench.matrix_dock

    # --- room ---

    def shown_below(self, dock: QDockWidget) -> None:
        """To be called when one of the lower docks comes in sight: the first one gets a useful height."""
        self._below = dock
        self._share_corner()
        if not self._below_height:
            self._below_height = BELOW_SHARE * self._bench.window.height()
            self._bench.window.resizeDocks([dock], [round(self._below_height)], Qt.Orientation.Vertical)

    def _share_corner(self) -> None:
        """Gives the lower right corner to report and passage while there is a passage to be read beside a table and the
        window is wide enough for both; else the table has the whole width."""
        window, right = self._bench.window, Qt.DockWidgetArea.RightDockWidgetArea
        beside = max(dock.minimumSizeHint().width() for dock in (self._bench.inspector_dock, self._bench.source_dock))
        table = max(dock.widget().minimumSizeHint().width() for dock in self._lower())
        wide = table + beside + SPLITTER <= window.width()
        area = right if wide and not self._bench.source_dock.isHidden() else Qt.DockWidgetArea.BottomDockWidgetArea
        window.setCorner(Qt.Corner.BottomRightCorner, area)

    def share_right(self, has_passage: bool, just_shown: bool = False) -> None:
        """Gives the source pane room for a passage, or makes it small while it has none. While it is `just_shown` its
        height is not yet the user's."""
        self._share_corner()
        report, source = self._bench.inspector_dock, self._bench.source_dock
        together = self._bench.window.dockWidgetArea(report) == self._bench.window.dockWidgetArea(source)
        apart = report.isFloating() or source.isFloating() or source in self._bench.window.tabifiedDockWidgets(report)
        if report.isHidden() or source.isHidden() or apart or not together:
            return
        now = source.height() / max(1, source.height() + report.height())
        if self._has_passage and not just_shown:
            self._share = now
        share = self._share if has_passage else min(now, EMPTY_SHARE)
        if has_passage != self._has_passage or now > share:
            heights = [round(1000 * (1 - share)), round(1000 * share)]
            self._bench.window.resizeDocks([report, source], heights, Qt.Orientation.Vertical)
        self._has_passage = has_passage

    # --- keys ---

    def go(self, pane: str) -> None:
        """The keyboard goes to a pane, which is shown if it was not."""
        bench = self._bench
        docks = {PLANS: bench.plans_dock, REPORT: bench.inspector_dock, SOURCE: bench.source_dock}
        dock = self._below_in_sight() if pane == BELOW else docks.get(pane)
        if dock is not None:
            dock.show()
            dock.raise_()
            bench.fill(dock)
            if dock.isFloating():
                dock.activateWindow()
        if pane == REPORT:
            bench.inspector.focus_report()
        else:
            self._inside(pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _below_in_sight(self) -> QDockWidget:
        """The lower dock that one sees, else one behind another, else the one that was seen last."""
        docks = self._lower()
        seen = [dock for dock in docks if not dock.visibleRegion().isEmpty()]
        return next(iter([*seen, *(dock for dock in docks if not dock.isHidden())]), self._below)

    def _inside(self, pane: str) -> QWidget:
        """What of a pane takes the keys."""
        bench = self._bench
        found: dict[str, Callable[[], QWidget | None]] = {
            PLANS: lambda: bench.plans.tree,
            SOURCE: lambda: bench.source.text if bench.source is not None else None,
            BELOW: self._table,
        }
        return found.get(pane, lambda: None)() or bench.canvas

    def _table(self) -> QWidget | None:
        bench, dock = self._bench, self._below_in_sight()
        if dock is bench.items_dock:
            return bench.items.table if bench.items is not None else None
        if dock is bench.chart_dock:
            return bench.chart
        return bench.matrix.table if bench.matrix is not None else None

    # --- between starts ---

    def restore(self) -> None:
        """Puts the docks where they were; to be called once the window is shown, because docks take their sizes from
        the window's."""
        window, store = self._bench.window, settings()
        state = store.value("window/state")
        if isinstance(state, QByteArray):
            window.restoreState(state)
        self._share_corner()
        left, right, below, share = numbers(store.value("window/panes"), 4) or (*WIDTHS, 0.0, PASSAGE_SHARE)
        self._share = max(EMPTY_SHARE, min(0.9, share))
        # restoreState alone shares the width out evenly and leaves the map its minimum.
        widths = [round(max(NARROWEST, min(WIDEST, size))) for size in (left, right)]
        docks = [self._bench.plans_dock, self._bench.inspector_dock]
        window.resizeDocks(docks, widths, Qt.Orientation.Horizontal)
        if below > 0:
            self._below_height = max(NARROWEST, min(WIDEST, below))
            several = sum(not dock.isHidden() for dock in self._lower()) > 1
            bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
            tabs = max((bar.sizeHint().height() for bar in bars), default=0) if several else 0  # they have no room yet
            window.resizeDocks([self._below_in_sight()], [round(self._below_height + tabs)], Qt.Orientation.Vertical)

    def keep(self) -> None:
        """Remembers the docks for the next start."""
        store, bench = settings(), self._bench
        store.setValue("window/state", bench.window.saveState())
        seen = self._below_in_sight()
        below = seen.height() if seen.isVisible() else self._below_height
        sizes = [bench.plans_dock.width(), bench.inspector_dock.width(), below, self._share]
        store.setValue("window/panes", json.dumps(sizes))


def numbers(text: object, count: int) -> tuple[float, ...] | None:
    """A kept list of `count` numbers; None when it is not there or damaged."""
    try:
        found = tuple(float(number) for number in json.loads(str(text)))
    except (ValueError, TypeError):
        return None
    return found if len(found) == count and all(map(isfinite, found)) else None
