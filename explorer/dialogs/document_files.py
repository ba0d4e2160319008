"""Asking for plan documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.files import file_dialog
from explorer.settings import FOLDER, read
from geodata.documents.readers import SUFFIXES
from geodata.language import tr


def ask_files(
    parent: QWidget, then: Callable[[Sequence[Path]], object], begin: str = "", folder: bool = False
) -> QFileDialog:
    """Asks for files that can be documents, or for a folder of them, and calls `then` with what was chosen. Begins in
    the folder of the settings unless told otherwise."""
    dialog = file_dialog(parent, tr("添加规划文件"), begin or read(FOLDER) or str(Path.home()))
    if folder:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([tr("规划文件 ({endings})", endings=endings), tr("所有文件 (*)")])
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]) if names else None)
    dialog.open()
    return dialog
