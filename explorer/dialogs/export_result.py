"""How the way out of the export dialog goes and has ended, with links to the file and its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from explorer.files import open_path
from geodata.language import tr


class ResultLine(QWidget):
    """A line that keeps its height, so that nothing moves when it says something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.open_file, self.open_folder = QPushButton(tr("打开文件")), QPushButton(tr("打开文件夹"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setVisible(False)
        self.progress.setAccessibleName(tr("进度"))
        row.addWidget(self.words, 1)
        row.addWidget(self.progress, 1)
        for button in (self.open_file, self.open_folder):
            button.setAutoDefault(False)
            row.addWidget(button)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        self.open_file.clicked.connect(lambda: self._open(False))
        self.open_folder.clicked.connect(lambda: self._open(True))
        self.say("")

    def say(self, words: str, file: Path | None = None) -> None:
        """Shows what has happened; `file` is what was exported."""
        self._file = file
        self.words.setText(words)
        self.words.setToolTip(str(file) if file is not None else words)
        for button in (self.open_file, self.open_folder):
            button.setVisible(file is not None)

    def _open(self, folder: bool) -> None:
        if self._file is not None:
            open_path(self, self._file.parent if folder else self._file)
