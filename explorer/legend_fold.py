"""Whether the legend of a map on the screen is folded to its heading: as the user last said, else by itself where it
would hide much of the map."""

from __future__ import annotations

from explorer.settings import settings
from layers.corners import legend_box
from layers.fonts import measure
from layers.page import Page
from layers.scene import Scene

KEY = "window/legend_folded"

MOST = 0.25
"""Share of the map that an unfolded legend may cover by itself."""


class LegendFold:
    """The user's choice, `kept` in the settings or only as long as its map; none while it is what would be by itself."""

    def __init__(self, kept: bool = True) -> None:
        self._kept = kept
        self._choice = {"true": True, "false": False}.get(str(settings().value(KEY, "")).lower()) if kept else None

    def is_folded(self, by_itself: bool) -> bool:
        """Whether the legend is folded that would be, or not, `by_itself`."""
        return by_itself if self._choice is None else self._choice

    def switch(self, by_itself: bool) -> None:
        """Folds what is unfolded, and the other way round."""
        folded = not self.is_folded(by_itself)
        self._choice = None if folded == by_itself else folded
        if not self._kept:
            return
        if self._choice is None:
            settings().remove(KEY)
        else:
            settings().setValue(KEY, "true" if self._choice else "false")


def is_too_large(scene: Scene, page: Page) -> bool:
    """Whether the legend of a page, unfolded, covers more than MOST of it."""
    left, top, right, bottom = legend_box(scene, page._replace(folded=False), measure)
    return (right - left) * (bottom - top) > MOST * page.width * page.height
