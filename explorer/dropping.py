"""Files and folders dragged onto a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

VIEW_SUFFIX = ".layoutview"
"""Of files that hold a view (see views); here because the window needs it before any of them."""


PACK_SUFFIX = ".json"
"""Of packs (see packs)."""


def dropped_files(mime: QMimeData) -> list[Path]:
    """The files and folders of this machine that a drag carries; none when it carries something else."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]


class FileDrops(QObject):
    """Calls `add` with what is dropped on `window`; drags of other things are left alone.

    A file whose suffix is in `others` goes to the function there instead.
    """

    def __init__(
        self,
        window: QWidget,
        add: Callable[[Sequence[Path]], object],
        others: Mapping[str, Callable[[Path], object]] | None = None,
    ) -> None:
        super().__init__(window)
        self._add = add
        self._others = others or {}
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        paths = dropped_files(event.mimeData())
        if not paths:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.open(paths)
        return True

    def open(self, paths: Sequence[Path]) -> None:
        """Has each path opened by who is there for it."""
        rest = [path for path in paths if path.suffix.lower() not in self._others]
        if rest:
            self._add(rest)
        for path in paths:
            if path not in rest:
                self._others[path.suffix.lower()](path)
