"""Errors that nobody foresaw: each is written to a log file and told once, in a dialog that a person can read.

`watch_faults` is called once, when the window is made. An exception in a slot, an event handler or a thread comes here
through Python's hooks; the dialog opens from the event loop, never in the middle of a painting.
"""

from __future__ import annotations

import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from geodata.folders import data_folder
from geodata.language import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

LOG = "explorer.log"
LOG_SIZE, LOG_FILES = 1_000_000, 3
"""Bytes of a log file, and how many there are together."""

ENDS = (KeyboardInterrupt, SystemExit)


class Fault(NamedTuple):
    """What went wrong: in one line, where (the same fault is at the same place), and all there is to know."""

    line: str
    place: str
    details: str


def log_file() -> Path:
    """Where faults are written; older ones are beside it, with .1 and .2 added."""
    return data_folder() / "log" / LOG


def fault_of(error: BaseException) -> Fault:
    """The fault that an exception is."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    name, said = type(error).__name__, str(error)
    line = tr("{name}：{text}", name=name, text=said) if said else name
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return Fault(line, f"{name} {place}", f"{about_machine()}\n\n{text}")


def about_machine() -> str:
    """Versions of program, Python, Qt and system, for whoever reads a fault."""
    import platform

    from PySide6 import __version__ as qt

    from explorer import VERSION

    return tr(
        "产业布局图 {version}，Python {python}，PySide6 {qt}，{system}",
        version=VERSION,
        python=platform.python_version(),
        qt=qt,
        system=platform.platform(),
    )


def record(error: BaseException) -> Fault:
    """Writes an exception to the log file, as far as that can be written, and to the error stream if there is one."""
    fault = fault_of(error)
    with suppress(OSError, ValueError):
        print(fault.details, file=sys.stderr, flush=True) if sys.stderr is not None else None
    with suppress(OSError):
        _write(fault.details)
    return fault


def _write(text: str) -> None:
    import logging
    from logging.handlers import RotatingFileHandler  # 10 ms that no start without a fault has to wait for

    log_file().parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(log_file(), maxBytes=LOG_SIZE, backupCount=LOG_FILES - 1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s\n"))
    with suppress(Exception):
        handler.emit(logging.LogRecord("explorer", logging.ERROR, "", 0, text, None, None))
    handler.close()


class Faults(QObject):
    """Tells a window's user of faults, of each place in the program once."""

    happened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._told: set[str] = set()
        self.dialog: QDialog | None = None
        self.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None = None
    ) -> None:
        """Python's hook for what nobody has caught."""
        if error is None or issubclass(kind, ENDS):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        fault = record(error)
        with suppress(RuntimeError):  # the window is gone
            self.happened.emit(fault)

    def _tell(self, fault: Fault) -> None:
        if fault.place in self._told:
            return
        self._told.add(fault.place)
        from explorer.dialogs.fault import FaultDialog

        self.dialog = FaultDialog(fault, self._window)
        self.dialog.open()


def watch_faults(window: QWidget) -> Faults:
    """From now on, tells the window's user of every exception that nobody catches."""
    faults = Faults(window)
    sys.excepthook = faults.caught
    threading.excepthook = lambda args: faults.caught(args.exc_type, args.exc_value, args.exc_traceback)
    return faults
