"""The files used last, the latest first: views for their own menu, and all that was opened for the menu of files."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from explorer.settings import settings
from geodata.language import tr

VIEWS, FILES = "views/recent", "files/recent"
"""Lists of their own: saved views among them have no file that a user knows."""

MOST_RECENT = 10


def recent(which: str) -> list[Path]:
    """Of one of the lists; some may be gone."""
    try:
        kept = json.loads(str(settings().value(which, "[]")))
    except (ValueError, RecursionError):
        return []
    return [Path(file) for file in kept if isinstance(file, str)][:MOST_RECENT] if isinstance(kept, list) else []


def note(which: str, file: Path) -> None:
    """Puts a file first."""
    _keep(which, [file, *(other for other in recent(which) if other != file)])


def forget(which: str, file: Path) -> None:
    """For a file that is gone."""
    _keep(which, [other for other in recent(which) if other != file])


def _keep(which: str, files: list[Path]) -> None:
    settings().setValue(which, json.dumps([str(file) for file in files[:MOST_RECENT]], ensure_ascii=False))


class RecentMenu(QMenu):
    """Packs, documents and view files that were opened; filled when it is opened. `open_file` is called with one."""

    def __init__(self, open_file: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(tr("最近的文件"), parent)
        self._open_file = open_file
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for file in recent(FILES):
            if not file.exists():  # moved, or on a drive that is not there: it may come back
                continue
            action = self.addAction(file.name.replace("&", "&&"))
            action.setToolTip(str(file))
            action.triggered.connect(partial(self._chosen, file))
        if self.isEmpty():
            self.addAction(tr("（还没有）")).setEnabled(False)

    def _chosen(self, file: Path, checked: bool = False) -> None:
        self._open_file(file)
