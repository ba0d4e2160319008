"""Where the pointer is on the map, at the right of the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QStatusBar

from explorer.session import Session
from geodata.language import tr

if TYPE_CHECKING:
    from explorer.jobs import Job


class Position(QObject):
    """The place under the pointer by name, and longitude and latitude."""

    def __init__(self, session: Session, line: QStatusBar) -> None:
        super().__init__(line)
        self._session = session
        self.place_label, self.position_label = QLabel(), QLabel()
        for label in (self.place_label, self.position_label):
            label.setMinimumHeight(QLabel(tr("地图")).sizeHint().height())  # else the first words would lift the map
            line.addPermanentWidget(label)
        self.lonlat: Callable[[float, float], tuple[float, float]] | None = None
        self._job: Job | None = None

    def show(self, adcode: str, x: float, y: float) -> None:
        """The pointer is at map metres over a place, or over none."""
        self.place_label.setText(self._session.atlas.places[adcode].name if adcode else "")
        if (x, y) == (0.0, 0.0):
            self.position_label.clear()
        elif self.lonlat is not None:
            longitude, latitude = self.lonlat(x, y)
            words = tr("东经 {longitude:.3f}°　北纬 {latitude:.3f}°", longitude=longitude, latitude=latitude)
            self.position_label.setText(words)
        elif self._job is None:
            self._load()

    def _load(self) -> None:
        """Loads the projection library beside the window: it takes 0.1 s and only coordinates need it."""
        from explorer.jobs import Job

        job = Job(_projection, self)

        def loaded(function: Callable[[float, float], tuple[float, float]]) -> None:
            self.lonlat = function

        job.done.connect(loaded)
        self._job = job
        job.start(Job.Priority.LowPriority)

    def finish(self) -> None:
        """Waits for what is being loaded, before the window is closed."""
        if self._job is not None:
            self._job.wait()


def _projection(job: Job) -> Callable[[float, float], tuple[float, float]]:
    from geodata.projection import to_lonlat

    to_lonlat(0, 0)
    return to_lonlat
