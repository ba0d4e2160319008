"""Asking where to save a table, and writing it in a job that is seen to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.jobs import Job
from explorer.messages import show_problems
from explorer.session import Session
from explorer.settings import settings
from geodata.problems import Problem

FILES = {".xlsx": "Excel 工作簿 (*.xlsx)", ".csv": "CSV 表格 (*.csv)"}


class TableSaver(QObject):
    """Remembers folder and kind of file under `key` in the settings. `on_busy` is called when a job begins or ends."""

    def __init__(self, session: Session, parent: QWidget, key: str) -> None:
        super().__init__(parent)
        self._session, self._widget, self._key = session, parent, key
        self._jobs: list[Job] = []
        self.on_busy: Callable[[], None] = lambda: None

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def ask(self, name: str, save: Callable[[Path], None]) -> None:
        """Opens the file dialog with `name`; `save` is called with the file that is chosen."""
        store = settings()
        suffix = str(store.value(f"{self._key}/suffix"))
        suffix = suffix if suffix in FILES else ".xlsx"
        folder = str(store.value(f"{self._key}/folder", str(Path.home())))
        dialog = QFileDialog(self._widget, "保存表格", str(Path(folder) / (name + suffix)), ";;".join(FILES.values()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectNameFilter(FILES[suffix])
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        suffixes = {words: suffix for suffix, words in FILES.items()}
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(suffixes[words].removeprefix(".")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: save(Path(file)))
        dialog.open()

    def save(self, target: Path, write: Callable[[Path], None]) -> None:
        """Calls `write` with the target, as a workbook if it has no other known suffix, on a thread of its own."""
        if target.suffix.lower() not in FILES:
            target = target.with_name(target.name + ".xlsx")
        job = Job(lambda _: write(target), self)
        job.done.connect(lambda _: self._saved(target))
        job.failed.connect(self._failed)
        job.finished.connect(self._ended)
        self.destroyed.connect(lambda *_: job.wait())
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(lambda: job.wait())
        self._jobs.append(job)
        self.on_busy()
        job.start()

    def _saved(self, target: Path) -> None:
        settings().setValue(f"{self._key}/folder", str(target.parent))
        settings().setValue(f"{self._key}/suffix", target.suffix.lower())
        self._session.notice.emit(f"已保存到 {target}")

    def _failed(self, problems: Sequence[Problem]) -> None:
        self._session.notice.emit("表格没有保存")
        show_problems(self._widget, "没有保存", problems)

    def _ended(self) -> None:
        self._jobs.clear()
        self.on_busy()
