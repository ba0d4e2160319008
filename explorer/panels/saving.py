"""Asking where to save a table, and writing it in a job that is seen to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.files import file_dialog
from explorer.jobs import Job
from explorer.messages import show_problems
from explorer.session import Session
from explorer.settings import settings
from geodata.language import mark, tr
from geodata.problems import Problem

FILES = {".xlsx": mark("Excel 工作簿 (*.xlsx)"), ".csv": mark("CSV 表格 (*.csv)")}


class TableSaver(QObject):
    """Remembers folder and kind of file under `key` in the settings. `on_busy` is called when a job begins or ends."""

    def __init__(self, session: Session, parent: QWidget, key: str) -> None:
        super().__init__(parent)
        self._session, self._widget, self._key = session, parent, key
        self._jobs: list[Job] = []
        self.on_busy: Callable[[], None] = lambda: None
        jobs = self._jobs

        def finish(*_: object) -> None:
            """A table is written to its end, even when the panel or the program is closed meanwhile."""
            for job in jobs:
                job.wait()

        self.destroyed.connect(finish)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(finish)

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def ask(self, name: str, save: Callable[[Path], None]) -> None:
        """Opens the file dialog with `name`; `save` is called with the file that is chosen."""
        store = settings()
        suffix = str(store.value(f"{self._key}/suffix"))
        suffix = suffix if suffix in FILES else ".xlsx"
        folder = str(store.value(f"{self._key}/folder", str(Path.home())))
        suffixes = {tr(words): suffix for suffix, words in FILES.items()}
        dialog = file_dialog(self._widget, tr("保存表格"), Path(folder) / (name + suffix), ";;".join(suffixes))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectNameFilter(tr(FILES[suffix]))
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(suffixes[words].removeprefix(".")))
        dialog.fileSelected.connect(lambda file: save(Path(file)))
        dialog.open()

    def save(self, target: Path, write: Callable[[Path], None], rows: int | None = None) -> None:
        """Calls `write` with the target, as a workbook if it has no other known suffix, on a thread of its own; says
        how many `rows` were saved, if given."""
        if target.suffix.lower() not in FILES:
            target = target.with_name(target.name + ".xlsx")
        job = Job(lambda _: write(target), self)
        job.done.connect(lambda _: self._saved(target, rows))
        job.failed.connect(self._failed)
        job.finished.connect(self._ended)
        self._jobs.append(job)
        self.on_busy()
        job.start()

    def _saved(self, target: Path, rows: int | None) -> None:
        settings().setValue(f"{self._key}/folder", str(target.parent))
        settings().setValue(f"{self._key}/suffix", target.suffix.lower())
        self._session.notice.emit(
            tr("已保存到 {file}", file=target) if rows is None else tr("已保存 {n} 条到 {file}", n=rows, file=target)
        )

    def _failed(self, problems: Sequence[Problem]) -> None:
        self._session.notice.emit(tr("表格没有保存"))
        show_problems(self._widget, tr("没有保存"), problems)

    def _ended(self) -> None:
        for job in self._jobs:
            job.wait()
            job.deleteLater()
        self._jobs.clear()
        self.on_busy()
