"""The window before anything is in it, and the picture of the map as it was when the window was last closed.

A start takes most of its time for libraries and menus. The kept picture is on the screen long before: it is
shown only while packs, program, view and size are what they were, so that it equals the map that replaces it.
This module imports as little as possible: `Qt` alone costs 14 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMainWindow

from explorer.settings import settings
from geodata.folders import RESOURCES, cache_folder, config_folder, data_folder
from geodata.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

PICTURE = "last-map.bmp"
"""Uncompressed: read in 2 ms."""

PROGRAM = (
    "geodata/*.py",
    "geodata/analysis/*.py",
    "layers/*.py",
    "layers/catalog/*.py",
    "explorer/*.py",
    "resources/places.json",
    "resources/i18n/*.json",
)
"""What of the program a map depends on."""


class FirstWindow(QMainWindow):
    """The main window. Until it is furnished it shows the kept picture where the map will be.

    It takes up what a window that ended badly has left, unless it takes the place of another (`recovers`).
    """

    def __init__(self, recovers: bool = True) -> None:
        super().__init__()
        self.setWindowTitle(tr("产业布局图"))
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width() - 24), min(900, room.height() - 56))
        self.after_first_paint: Callable[[], None] | None = None
        self.keep: Callable[[], None] | None = None
        if recovers and any(config_folder().glob("window-*.json")):  # of a window that was not closed, or is open now
            from explorer.autosave import recover

            recover()
        store = settings()
        geometry = store.value("window/geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self._picture: QImage | None = None
        self._place = store.value("window/picture_place")
        if isinstance(self._place, QRect) and store.value("window/picture_key") == self._key(self._place):
            image = QImage(str(cache_folder() / PICTURE))
            if not image.isNull():
                image.setDevicePixelRatio(self.devicePixelRatioF())
                self._picture = image

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture of just the map that will be shown."""
        return self._picture is not None

    def _key(self, place: QRect) -> str:
        """All that the picture depends on, as text."""
        files = sorted([*(RESOURCES / "plans").glob("*.json"), *(data_folder() / "plans").glob("*.json")])
        stamps = [f"{file.name} {(stat := file.stat()).st_size} {stat.st_mtime_ns}" for file in files]
        program = Path(__file__).resolve().parent.parent
        newest = max(file.stat().st_mtime_ns for name in PROGRAM for file in program.glob(name))
        store = settings()
        names = ("view", "extent", "geometry", "state", "legend_folded")
        kept = [str(store.value(f"window/{name}", "")) for name in names]
        kept += [str(store.value(f"look/{name}", "")) for name in ("font", "language")]
        screen = f"{self.screen().availableGeometry().getRect()} {place.getRect()} {self.devicePixelRatioF()}"
        return "\n".join([*stamps, str(newest), *kept, screen])

    def keep_picture(self, image: QImage, place: QRect) -> None:
        """Keeps the map's picture and its place in the window, for the settings as they are now."""
        store = settings()
        with suppress(OSError):
            cache_folder().mkdir(parents=True, exist_ok=True)
        if image.save(str(cache_folder() / PICTURE)):
            store.setValue("window/picture_place", place)
            store.setValue("window/picture_key", self._key(place))

    def furnished(self) -> None:
        """The kept picture is no longer needed."""
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._picture is not None and isinstance(self._place, QRect):
            painter = QPainter(self)
            painter.drawImage(self._place.topLeft(), self._picture)
            painter.end()
        if self.after_first_paint is not None:
            QTimer.singleShot(0, self, self.after_first_paint)
            self.after_first_paint = None

    def go_on_unpainted(self) -> None:
        """Does what waits for the first paint, which a window that begins minimised does not have."""
        waiting, self.after_first_paint = self.after_first_paint, None
        if waiting is not None:
            waiting()

    def closeEvent(self, event: QCloseEvent) -> None:
        settings().setValue("window/geometry", self.saveGeometry())
        if self.keep is not None:
            self.keep()
        event.accept()
