"""Session: owns the current atlas and view, and says when they change. Every widget that shows state listens."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from geodata.atlas import Atlas
from geodata.plan import Plan
from layers.view import Pair, ViewState, role_pairs


class Session(QObject):
    """The one place where atlas and view change."""

    atlas_changed = Signal()
    view_changed = Signal()
    notice = Signal(str)

    def __init__(self, atlas: Atlas, view: ViewState) -> None:
        super().__init__()
        self._atlas = atlas
        self._view = view

    @property
    def atlas(self) -> Atlas:
        return self._atlas

    @property
    def view(self) -> ViewState:
        return self._view

    @property
    def plan(self) -> Plan:
        """The plan of the current view."""
        return self._atlas.plan(self._view.plan)

    def set_atlas(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self.atlas_changed.emit()

    def set_view(self, view: ViewState) -> None:
        """Makes `view` the current one; nothing is said when it already is."""
        if view != self._view:
            self._view = view
            self.view_changed.emit()

    def show_sector(self, sector: str, on: bool) -> None:
        """Switches a sector of the current plan on or off with all its roles."""
        self.show_pairs(role_pairs(self.plan, sector), on)

    def show_pairs(self, pairs: Iterable[Pair], on: bool, plan_id: str | None = None) -> None:
        """Switches (sector, role) pairs on or off; those of another plan turn to that plan, with nothing else on."""
        view = self._view
        if plan_id is not None and plan_id != view.plan:
            view = ViewState(plan_id, style=view.style, place=view.place)
        self.set_view(view.with_pairs(pairs, on))

    def set_style(self, style: str) -> None:
        self.set_view(self._view._replace(style=style))

    def select_place(self, adcode: str | None) -> None:
        self.set_view(self._view._replace(place=adcode))
