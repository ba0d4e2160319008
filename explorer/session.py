"""Session: owns the current atlas and view, and says when they change. Every widget that shows state listens."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from geodata.analysis.items import ItemKey, find_item
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
        self.figure_number = ""
        """As typed last for a figure; the map in the window has none."""

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
        view = self._view.of_plan(plan_id or self._view.plan)
        self.set_view(view.with_pairs(pairs, on))

    def set_style(self, style: str) -> None:
        self.set_view(self._view._replace(style=style))

    def set_bw(self, on: bool) -> None:
        """Shows the map in black and white, or in colours."""
        self.set_view(self._view._replace(template=self._view.template._replace(bw=on)))

    def show_layer(self, layer: str, on: bool) -> None:
        """Switches one of LAYERS on or off."""
        layers = self._view.layers | {layer} if on else self._view.layers - {layer}
        self.set_view(self._view._replace(layers=layers))

    def show_group(self, places: tuple[str, ...]) -> None:
        """Highlights places together until another selection."""
        self.set_view(self._view._replace(group=places))

    def select_place(self, adcode: str | None) -> None:
        """Selects a prefecture or county, or nothing; no item is selected any more."""
        self.set_view(self._view._replace(place=adcode, item=None, group=()))

    def select_item(self, key: ItemKey | None) -> None:
        """Selects a site or project of any plan, with the place it is in when that is one place."""
        found = find_item(self._atlas.plans, key)
        place = found.spots[0].place if found is not None and len(found.spots) == 1 else None
        self.set_view(self._view._replace(item=key if found is not None else None, place=place, group=()))
