"""What the dialogs 成套导出 and 一页纸 share: a run of files in a job, with progress, that can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QProgressBar, QPushButton, QWidget

from explorer.dialogs.export_result import OpenButtons
from explorer.dialogs.pressing import PressingDialog
from explorer.files import file_dialog
from explorer.jobs import Job
from explorer.messages import confirm_target, show_problems
from explorer.runs import Made
from explorer.session import Session
from explorer.settings import settings
from geodata.language import tr
from geodata.problems import Problem

FOLDER_KEY = "export/folder"


class RunDialog(PressingDialog):
    """Its inputs are off while a job runs, and its close button then stops the job. Subclasses lay out `count`,
    `progress` and `buttons` and say how a run ended through `ended`."""

    def __init__(self, session: Session, parent: QWidget | None, save: str) -> None:
        super().__init__(parent)
        self.session = session
        self._job: Job | None = None
        self.count = QLabel()
        self.count.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setVisible(False)
        self.buttons = QDialogButtonBox()
        self.save = QPushButton(save)
        self.save.setDefault(True)
        self.cancel = QPushButton(tr("关闭"))
        self.opening = OpenButtons(self)
        for button in (self.opening.open_file, self.opening.open_folder):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.opening.set_target(None)
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.cancel.clicked.connect(self.reject)

    def inputs(self) -> tuple[QWidget, ...]:
        """What is chosen with, besides the save button."""
        raise NotImplementedError

    def changed(self) -> None:
        """Shows what follows from the inputs."""
        raise NotImplementedError

    def ask_where(self, title: str, name: str, kind: str, then: Callable[[Path], None]) -> None:
        """Asks for a file of a kind such as `PDF (*.pdf)`, or for a folder when `name` is empty."""
        folder = str(settings().value(FOLDER_KEY, str(Path.home())))
        if not name:
            dialog = file_dialog(self, title, folder)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog = file_dialog(self, title, Path(folder) / name, kind)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        suffixes = [Path(name).suffix] if name else []
        dialog.fileSelected.connect(lambda file: confirm_target(self, Path(file), suffixes, then))
        dialog.open()

    def start(
        self, work: Callable[[Job], Made], total: int, done: Callable[[Made], None], stopped: str, failed: str
    ) -> None:
        """Runs `work` in a job; `done` is called with what it gave, `stopped` and `failed` say the other two ends."""
        job = Job(work, self)
        job.progressed.connect(self.progressed)
        job.done.connect(done)
        job.failed.connect(lambda problems: self._failed(failed, problems))
        job.stopped.connect(lambda: self.ended(stopped))
        self._job = job
        self.progress.setRange(0, total)
        for widget in (*self.inputs(), self.save):
            widget.setEnabled(False)
        self.progress.setVisible(True)
        self.cancel.setText(tr("停止"))
        self.opening.set_target(None)
        job.start()

    @property
    def running(self) -> bool:
        return self._job is not None

    def progressed(self, done: int, total: int, text: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.count.setText(tr("{done}/{total}　{text}", done=done, total=total, text=text))

    def _failed(self, words: str, problems: tuple[Problem, ...]) -> None:
        self.ended(tr("{words}，做好的都在", words=words))
        show_problems(self, words, problems)

    def ended(self, words: str, target: Path | None = None) -> None:
        """The dialog may be used again; `words` say how it went, `target` is the file or folder that was written."""
        if self._job is not None:
            self._job.wait()
            self._job = None
        for widget in (*self.inputs(), self.save):
            widget.setEnabled(True)
        self.changed()
        self.progress.setVisible(False)
        self.cancel.setText(tr("关闭"))
        self.count.setText(words)
        self.opening.set_target(target)
        self.session.notice.emit(words)

    def reject(self) -> None:
        """Closes the dialog, or stops a running job, which then says so."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.setAccepted(self._job is None)


def keep_folder(target: Path, is_folder: bool) -> None:
    """Where the next file dialog begins."""
    settings().setValue(FOLDER_KEY, str(target if is_folder else target.parent))
