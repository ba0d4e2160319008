"""The dialog 规划文件: which documents are attached; adding and removing the user's copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from explorer.dialogs.document_files import ask_files
from explorer.dialogs.document_lists import (
    attached_entry,
    failed_entry,
    plan_entry,
    problem_entry,
    unrecognised,
)
from explorer.dialogs.documents_face import DocumentsFace
from explorer.dropping import FileDrops
from explorer.jobs import Job
from explorer.messages import ask
from explorer.recent import FILES, note
from explorer.session import Session
from geodata.documents.passages import proved
from geodata.documents.recognise import is_reference
from geodata.documents.shelf import Outcome, attach_each, attached, attached_plans, detach
from geodata.documents.text import NormalisedText
from geodata.language import tr
from geodata.plan import Plan
from geodata.problems import Problem, UserError

PLAN_ID = Qt.ItemDataRole.UserRole

Copy = tuple[str, str]
"""A plan's id and the SHA-256 of the attached text."""


def show_documents(
    session: Session, window: QWidget, changed: Callable[[], object], paths: Sequence[Path] = ()
) -> DocumentsDialog:
    """The window's dialog, made when there is none yet, in front; `paths` (dropped on the window) are added."""
    open_now = [dialog for dialog in window.findChildren(DocumentsDialog) if not dialog.closing]
    dialog = open_now[0] if open_now else DocumentsDialog(session, changed, window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    if paths:
        dialog.attach_files(paths)
    return dialog


class DocumentsDialog(DocumentsFace):
    """Not modal. `changed` is called whenever a document was attached or removed."""

    def __init__(self, session: Session, changed: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._changed = changed
        self._job: Job | None = None
        self._counting: Job | None = None
        self._queue: list[tuple[tuple[Path, ...], Plan | None]] = []
        self._outcomes: list[Outcome] = []  # filled by the job's thread, told by this one
        self._told = 0
        self._listed: list[Outcome] = []
        self._texts: dict[str, NormalisedText] = {}
        self._counts: dict[Copy, tuple[int, int] | None] = {}
        self._begin = ""  # where the next file dialog begins
        self.closing = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        FileDrops(self, self.attach_files)
        self._wire()
        running: list[Job] = []
        self._running = running
        self.destroyed.connect(lambda: [(job.cancel(), job.wait()) for job in running])
        session.atlas_changed.connect(self.refresh)
        self.refresh()

    def _wire(self) -> None:
        self.add.clicked.connect(lambda: self._ask(folder=False))
        self.add_folder.clicked.connect(lambda: self._ask(folder=True))
        self.remove.clicked.connect(self._ask_remove)
        self.cancel.clicked.connect(self.stop)
        self.shut.clicked.connect(self.reject)
        self.plans.currentItemChanged.connect(lambda *_: self._enable())
        self.results.currentItemChanged.connect(lambda *_: self._enable())

    # --- the plans ---

    def refresh(self) -> None:
        """Reads again what is attached."""
        chosen = self._selected_plan()
        documents, problems = attached_plans()
        known = {document.plan_id: document for document in documents}
        self._texts = {plan_id: text for plan_id in known if (text := attached(plan_id)) is not None}
        self.plans.clear()
        self.menu.clear()
        for plan in self._session.atlas.plans:
            text = self._texts.get(plan.id)
            counts = self._counts.get((plan.id, text.sha256)) if text is not None else None
            item = plan_entry(plan, known.get(plan.id), text, counts)
            item.setData(0, PLAN_ID, plan.id)
            self.plans.addTopLevelItem(item)
            self.menu.addAction(plan.document.title, partial(self._assign, plan))
            if plan is chosen:
                self.plans.setCurrentItem(item)
        for problem in problems:
            self.plans.addTopLevelItem(problem_entry(problem))
        self.plans.expandAll()
        self._enable()
        self._count()

    def _count(self) -> None:
        """Counts the passages that stand in copies other than the reference text, beside the window."""
        wanted = [
            (plan, text)
            for plan in self._session.atlas.plans
            if (text := self._texts.get(plan.id)) is not None
            and not is_reference(plan, text)
            and (plan.id, text.sha256) not in self._counts
        ]
        if not wanted or self._counting is not None or self._job is not None or self.closing:
            return

        def count(job: Job) -> None:
            for plan, text in wanted:
                job.tick()
                self._counts[plan.id, text.sha256] = None  # not tried again, should it fail
                self._counts[plan.id, text.sha256] = proved(plan, text)

        self._counting = self._start(count)

    def _selected_plan(self) -> Plan | None:
        item = self.plans.currentItem()
        plan_id = (item.parent() or item).data(0, PLAN_ID) if item is not None else None
        return next((plan for plan in self._session.atlas.plans if plan.id == plan_id), None)

    def _ask_remove(self) -> None:
        plan = self._selected_plan()
        if plan is not None:
            words = tr("移除《{title}》的文件吗？", title=plan.document.title)
            why = tr("移除后看不到它的原文，要看得再添加一次。你的文件本身不会被删除。")
            ask(self, tr("移除规划文件"), words, why, tr("移除"), self.remove_selected)

    def remove_selected(self) -> None:
        """Takes the selected plan's document off the shelf."""
        plan = self._selected_plan()
        if plan is None:
            return
        try:
            removed = detach(plan.id)
        except UserError as error:
            self._tell(Outcome(Path(plan.document.title), None, error.problems))
            return
        if removed:
            self._session.notice.emit(tr("已移除《{title}》的文件", title=plan.document.title))
        self._changed()
        self.refresh()

    # --- adding ---

    def _ask(self, folder: bool) -> None:
        ask_files(self, self._asked, self._begin, folder)

    def _asked(self, paths: Sequence[Path]) -> None:
        self._begin = str(paths[0].parent)
        self.attach_files(paths)

    def attach_files(self, paths: Iterable[Path], chosen: Plan | None = None) -> None:
        """Adds files and folders in a job; what comes while one runs waits for its turn."""
        given = tuple(paths)
        for path in given:
            if path.is_file():
                note(FILES, path)
        self._queue.append((given, chosen))
        self.results.setCurrentIndex(QModelIndex())  # the first of these that is not recognised will be the current one
        if self._counting is not None:
            self._counting.cancel()
        self._next()

    def _next(self) -> None:
        if self._job is not None or not self._queue or self.closing:
            return
        paths, chosen = self._queue.pop(0)
        plans, outcomes = self._session.atlas.plans, self._outcomes

        def work(job: Job) -> None:
            for outcome in attach_each(paths, plans, job.progress, chosen):
                outcomes.append(outcome)

        self.working.setText(tr("正在读取……"))
        self.progress.setRange(0, 0)
        self.results_label.setText(tr("结果"))
        self._job = self._start(work)
        self._job.progressed.connect(self._progressed)
        self._job.stopped.connect(self._stopped)
        self._enable()

    def _start(self, function: Callable[[Job], object]) -> Job:
        job = Job(function, self)
        job.failed.connect(self._failed)
        job.finished.connect(partial(self._ended, job))
        self._running.append(job)
        job.start()
        return job

    def _progressed(self, done: int, total: int, words: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.working.setText(words)
        self._tell_new()

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self._tell_new()
        self._tell(Outcome(Path(), None, problems))

    def _stopped(self) -> None:
        self._tell_new()
        self.results_label.setText(tr("结果（已取消；在此之前添加的都已保留）"))
        self._session.notice.emit(tr("已取消添加；在此之前添加的都已保留"))

    def _ended(self, job: Job) -> None:
        job.wait()
        self._running.remove(job)
        job.deleteLater()
        if job is self._counting:
            self._counting = None
        else:
            self._job = None
            self._tell_new()
        if self.closing:
            if not self._running:
                self.deleteLater()
            return
        self._next()
        self.refresh()

    def _tell_new(self) -> None:
        """Shows the results that are not shown yet."""
        new = self._outcomes[self._told :]
        self._told += len(new)
        for outcome in new:
            self._tell(outcome)
        if any(outcome.attached is not None for outcome in new):
            self._changed()
            self.refresh()

    def _tell(self, outcome: Outcome) -> None:
        if outcome.attached is not None:
            title = self._session.atlas.plan(outcome.attached.plan_id).document.title
            item = attached_entry(outcome.file.name, title, outcome.attached)
        else:
            item = failed_entry(outcome)
        self._listed.append(outcome)
        item.setToolTip(0, str(outcome.file))
        self.results.addTopLevelItem(item)
        self.results.expandAll()
        self.results.scrollToItem(item)
        if unrecognised(outcome) and self.results.currentItem() is None:
            self.results.setCurrentItem(item)
        self._enable()

    def _selected_outcome(self) -> Outcome | None:
        item = self.results.currentItem()
        return self._listed[self.results.indexOfTopLevelItem(item.parent() or item)] if item is not None else None

    def _assign(self, plan: Plan) -> None:
        outcome = self._selected_outcome()
        if outcome is not None:
            self.attach_files([outcome.file], plan)

    def _enable(self) -> None:
        """Shows and enables what makes sense now."""
        working = self._job is not None
        for widget in (self.progress, self.working, self.cancel):
            widget.setVisible(working)
        told = self.results.topLevelItemCount() > 0
        for widget in (self.results_label, self.results, self.assign):
            widget.setVisible(told)
        outcome = self._selected_outcome()
        self.assign.setEnabled(outcome is not None and unrecognised(outcome) and not working)
        plan = self._selected_plan()
        self.remove.setEnabled(plan is not None and plan.id in self._texts and not working)

    # --- stopping and closing ---

    def stop(self) -> None:
        """Cancels what runs and what waits; what was attached until now stays."""
        self._queue.clear()
        for job in self._running:
            job.cancel()
        self.working.setText(tr("正在取消……"))

    def reject(self) -> None:
        """Closes at once for the eye; the dialog goes when its work has stopped."""
        if not self._running:
            super().reject()
            return
        self.closing = True
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # its destructor would wait
        self.stop()
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._running:
            self.reject()
            event.accept()
        else:
            super().closeEvent(event)
