"""Work that takes longer than a blink: one function on a worker thread, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from geodata.language import tr
from geodata.problems import Problem, UserError


class Cancelled(Exception):
    """Raised inside a job's function when the user has cancelled it."""


class Job(QThread):
    """Runs `function(job)` and says how it ended: `done`, `failed` with problems, or `stopped` after Cancel.

    The function calls `progress` now and then; that is where a cancel takes effect.
    """

    progressed = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, function: Callable[[Job], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._function = function
        self._cancel = Event()

    def cancel(self) -> None:
        """Asks the function to end; it does at its next call of `progress` or `tick`."""
        self._cancel.set()

    def tick(self) -> None:
        """Raises Cancelled when the user has cancelled."""
        if self._cancel.is_set():
            raise Cancelled

    def progress(self, done: int, total: int, text: str) -> None:
        """Says how far the work is. Raises Cancelled when the user has cancelled."""
        self.tick()
        self.progressed.emit(done, total, text)

    def run(self) -> None:
        try:
            result = self._function(self)
        except Cancelled:
            self.stopped.emit()
        except UserError as error:
            self.failed.emit(error.problems)
        except Exception as error:  # the window must say so, whatever it was
            from explorer.faults import record

            record(error)
            said = tr("意外的错误：{name}：{error}", name=type(error).__name__, error=error)
            self.failed.emit((Problem("", said, tr("请把这段文字告诉维护者")),))
        else:
            self.done.emit(result)
