"""What a crash or a kill leaves: view, extent, and what could be undone, as they were a second before.

While a window is open they stand in a small file, written when they change. A window that is closed keeps them in the
settings and removes the file; so a file found at a start is of a session that ended badly, and its view is the last.
Of several windows each has a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer

from explorer.settings import settings
from geodata.folders import config_folder
from geodata.language import tr
from geodata.problems import UserError
from geodata.saving import cannot_write, replacing

if TYPE_CHECKING:
    from explorer.canvas import MapCanvas
    from explorer.history import Recorder
    from explorer.session import Session
    from geodata.plan import Plan

EVERY = 1000
"""Milliseconds after a change when it is written, with all that came after it."""

WINDOWS = 4
"""Open at the same time that have a file each."""

LARGEST = 10_000_000
"""Bytes; a view is some hundred or thousand, and with it are the steps to be undone."""

STEPS = "window/steps"
"""Of the settings: what a window that ended badly could undo, until the next one takes it up."""


def recover() -> None:
    """Puts what a window that ended badly had shown into the settings, where a start looks for it; of several the last.

    The kept picture then is of another view than the settings' and stays away by itself.
    """
    with suppress(OSError):
        for file in sorted(config_folder().glob("window-*.json"), key=lambda file: file.stat().st_mtime_ns):
            lock = _lock(file)
            if lock.tryLock(0):  # else it is of a window that is open
                _keep(file)
                file.unlink(missing_ok=True)
                lock.unlock()


def _keep(file: Path) -> None:
    """Leaves the settings as they are when the file is damaged."""
    from layers.view import plan_of

    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        raw = json.loads(file.read_text(encoding="utf-8")) if file.stat().st_size <= LARGEST else {}
        view, extent = raw["view"], raw["extent"]
        if plan_of(view) is not None:
            store = settings()
            store.setValue("window/view", view)
            store.setValue("window/extent", json.dumps(extent))
            store.setValue(STEPS, str(raw.get("steps", "")))
            store.sync()


def take_up_steps(recorder: Recorder, plans: Sequence[Plan]) -> bool:
    """Has a window be able to undo what the one before it could that ended badly; whether there was one."""
    from explorer.history import history_from_json

    store = settings()
    text = str(store.value(STEPS, ""))
    store.remove(STEPS)
    if text:
        recorder.go_on_with(history_from_json(text, recorder.history.present, plans))
    return bool(text)


def _lock(file: Path) -> QLockFile:
    """Keeps other windows away from a file until the program is closed or dead."""
    lock = QLockFile(str(file.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # never by age alone
    return lock


class Slot:
    """A window's file; None when there is nowhere to write it."""

    def __init__(self) -> None:
        self.file: Path | None = None
        folder = config_folder()
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, WINDOWS + 1):
            file = folder / f"window-{number}.json"
            lock = _lock(file)
            if lock.tryLock(0):
                self.file, self._lock = file, lock
                break

    def write(self, view: str, extent: tuple[float, ...] | None, steps: str) -> None:
        """Replaces the file. Raises UserError when it cannot be written."""
        if self.file is None:
            return
        content = json.dumps({"view": view, "extent": extent, "steps": steps}, ensure_ascii=False)
        with replacing(self.file) as temporary:
            try:
                temporary.write_text(content, encoding="utf-8")
            except OSError as error:
                raise cannot_write(self.file, error) from error

    def release(self) -> None:
        """The window is closed as it should be: nothing is left to be recovered."""
        if self.file is not None:
            with suppress(OSError):
                self.file.unlink(missing_ok=True)
            self.file = None
            self._lock.unlock()


class Autosave(QObject):
    """Writes a window's view, extent and steps, a second after the first change that is not written."""

    def __init__(self, session: Session, canvas: MapCanvas, recorder: Recorder) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._recorder = session, canvas, recorder
        self.slot: Slot | None = None  # taken when first needed, after the first map
        self._said = False
        self.waiting = QTimer(self)
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(EVERY)
        self.waiting.timeout.connect(self.write)
        session.view_changed.connect(self.write_soon)
        canvas.extent_changed.connect(self.write_soon)

    def write_soon(self) -> None:
        """Writes within a second."""
        if not self.waiting.isActive():  # not put off by more changes: a long drag is written every second
            self.waiting.start()

    def write(self) -> None:
        """Writes what is shown now; that it cannot be written is said once, in the status line."""
        from explorer.history import steps_to_json
        from layers.view import view_to_json

        if self.slot is None:
            self.slot = Slot()
        try:
            steps = steps_to_json(self._recorder.history)
            self.slot.write(view_to_json(self._session.view), self._canvas.extent_to_keep(), steps)
        except UserError as error:
            if not self._said:
                self._session.notice.emit(tr("当前视图没有自动保存：{problem}", problem=error.problems[0]))
            self._said = True

    def finish(self) -> None:
        """The settings have it all now, but for the steps: the next window begins anew."""
        self.waiting.stop()
        settings().remove(STEPS)
        if self.slot is not None:
            self.slot.release()
            self.slot = None
