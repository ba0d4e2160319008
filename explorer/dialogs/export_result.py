"""How a way out goes and has ended, with buttons that open the file and its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from explorer.files import open_path
from geodata.language import tr


class OpenButtons:
    """Buttons that open what was written, hidden while there is nothing. The one for the file stays hidden for a
    folder."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._target: Path | None = None
        self.open_file, self.open_folder = QPushButton(tr("打开文件")), QPushButton(tr("打开文件夹"))
        for button in (self.open_file, self.open_folder):
            button.setAutoDefault(False)
        self.open_file.clicked.connect(lambda: self._open(False))
        self.open_folder.clicked.connect(lambda: self._open(True))
        self.set_target(None)

    def set_target(self, target: Path | None) -> None:
        """What they open: a file, a folder, or nothing."""
        self._target = target
        self.open_file.setVisible(target is not None and not target.is_dir())
        self.open_folder.setVisible(target is not None)

    def _open(self, folder: bool) -> None:
        if self._target is not None:
            open_path(self._parent, self._target.parent if folder and not self._target.is_dir() else self._target)


class ResultLine(QWidget):
    """A line that keeps its height, so that nothing moves when it says something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons = OpenButtons(self)
        self.open_file, self.open_folder = self.buttons.open_file, self.buttons.open_folder
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setVisible(False)
        self.progress.setAccessibleName(tr("进度"))
        row.addWidget(self.words, 1)
        row.addWidget(self.progress, 1)
        for button in (self.open_file, self.open_folder):
            row.addWidget(button)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        self.say("")

    def say(self, words: str, file: Path | None = None) -> None:
        """Shows what has happened; `file` is what was exported."""
        self.words.setText(words)
        self.words.setToolTip(str(file) if file is not None else words)
        self.buttons.set_target(file)
