"""What the pointer is over, shown in map, tree, list and matrix together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

Places = tuple[str, ...]
"""Adcodes; none when the pointer is over nothing."""


class Together:
    """Passes on the places under the pointer from the one who has it to all others, once for each change."""

    def __init__(self) -> None:
        self._shows: dict[str, Callable[[Places], object]] = {}
        self._places: Places = ()

    def join(self, name: str, show: Callable[[Places], object]) -> Callable[[Places], None]:
        """From now on `show` is called with what the pointer is over elsewhere. Returns what to call with the places
        that it is over here."""
        self._shows[name] = show
        return partial(self._tell, name)

    def _tell(self, name: str, places: Places) -> None:
        if places == self._places:
            return
        self._places = places
        for other, show in self._shows.items():
            if other != name:
                show(places)


def the_one(places: Places) -> str | None:
    """The prefecture when it is a single place, which a row can be marked for; of a county the one it lies in."""
    return places[0][:4] + "00" if len(places) == 1 else None
