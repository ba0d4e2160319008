"""The source panel: the passage that a fact is cited for, in its surroundings, in the user's copy of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer.jobs import Job
from explorer.panels.source_face import MISSING, QUIET, SURE, UNSURE, SourceFace
from explorer.session import Session
from geodata.documents.excerpt import paragraphs, surroundings
from geodata.documents.passages import Found, find_passage
from geodata.documents.recognise import is_reference
from geodata.documents.shelf import attached
from geodata.documents.text import NormalisedText, digest
from geodata.language import mark, tr
from geodata.plan import Citation, Plan
from geodata.problems import Problem

EMPTY = mark("在市（州）的内容中点一条依据（章节和页码），这里显示它在规划文件中的原文。")

LEAST, MOST = 200, 400
"""Characters of surroundings on either side."""
MORE = 1000
"""Characters more on either side with every 显示更多."""


class SourcePanel(SourceFace):
    """Shows the passages of one fact, one at a time. `add_documents` opens what documents are added with."""

    def __init__(
        self,
        session: Session,
        add_documents: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: Plan | None = None
        self._cited_for = ""
        self._citations: tuple[Citation, ...] = ()
        self._index = 0
        self._found: Found | None = None
        self._more = 0
        self._texts: dict[str, NormalisedText | None] = {}
        self._job: Job | None = None
        self._running: list[Job] = []
        if add_documents is not None:
            self.add.clicked.connect(lambda: add_documents())
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.more.clicked.connect(self.show_more)
        self.copy.clicked.connect(self._copy_passage)
        self.copy_reference.clicked.connect(self._copy_reference)
        running = self._running
        self.destroyed.connect(lambda: [job.wait() for job in running])  # no thread outlives its panel
        self._show()

    # --- what others call ---

    def show_citations(self, plan: Plan, title: str, citations: Sequence[Citation], index: int = 0) -> None:
        """Shows the passage of `citations[index]`; `title` is what they are cited for. Of none, nothing is shown."""
        self._plan, self._cited_for, self._citations = plan, title, tuple(citations)
        self._index = min(max(index, 0), max(len(self._citations) - 1, 0))
        self._more = 0
        self._show()

    def clear(self) -> None:
        """Shows no passage any more."""
        self._plan, self._cited_for, self._citations, self._index, self._more = None, "", (), 0, 0
        self._show()

    def documents_changed(self) -> None:
        """To be called when documents were added or removed."""
        self._texts.clear()
        self._show()

    def finish(self) -> None:
        """Waits for what is still being looked up; to be called before the program ends."""
        for job in self._running:
            job.wait()

    def step(self, by: int) -> None:
        """Turns to the next (1) or previous (-1) citation of the fact, where there is one."""
        if 0 <= self._index + by < len(self._citations):
            self._index += by
            self._more = 0
            self._show()

    def show_more(self) -> None:
        """Shows more of the surroundings, and in it the place where the new text begins."""
        found, text = self._found, self._text()
        if found is not None and text is not None:
            low, high = self._surroundings(found, text)
            self._more += MORE
            self._show_found(found)
            now_low, now_high = self._surroundings(found, text)
            if now_high > high:
                self.text.reveal(high - now_low)
            elif now_low < low:
                self.text.reveal(low - now_low)

    # --- finding and showing ---

    @property
    def cited(self) -> tuple[Plan, str, tuple[Citation, ...], int] | None:
        """What show_citations was given, and which citation of it is shown; None when nothing is."""
        if self._plan is None or not self._citations:
            return None
        return self._plan, self._cited_for, self._citations, self._index

    @property
    def has_passage(self) -> bool:
        """Whether there is a citation to show the passage of."""
        return bool(self._citations)

    @property
    def _citation(self) -> Citation | None:
        return self._citations[self._index] if self._citations else None

    def _text(self) -> NormalisedText | None:
        """The user's copy of the plan's document."""
        if self._plan is None:
            return None
        if self._plan.id not in self._texts:
            self._texts[self._plan.id] = attached(self._plan.id)
        return self._texts[self._plan.id]

    def _show(self) -> None:
        self._found = None
        citation, plan = self._citation, self._plan
        known = plan is not None and citation is not None
        several = len(self._citations) > 1
        for widget in (self.previous, self.next, self.count):
            widget.setVisible(several)
        self.previous.setEnabled(self._index > 0)
        self.next.setEnabled(self._index < len(self._citations) - 1)
        self.count.setText(f"{self._index + 1} / {len(self._citations)}")
        self.copy.setEnabled(False)
        self.more.setVisible(False)
        self.extent.setVisible(False)
        self.add.setVisible(False)
        for widget in (self.title, self.source, self.detail, self.copy, self.copy_reference):
            widget.setVisible(known)
        if plan is None or citation is None:
            self._say(QUIET, "")
            self.text.show_words(tr(EMPTY))
            return
        self.title.setText(f"<b>{escape(self._cited_for)}</b>")
        self.source.setText(escape(tr("　").join(part for part in (_document(plan), citation.reference) if part)))
        self._detail(_exception(citation))
        text = self._text()
        if text is None:
            self._say(QUIET, tr("还没有添加这份文件"))
            self.text.show_words(
                tr(
                    "请查{document}的{where}。\n"
                    "添加你的这份文件（Word、PDF、网页或文本）后，这里显示原文，并标出引文。",
                    document=_document(plan),
                    where=_where(citation),
                )
            )
            self.add.setVisible(True)
        elif digest(text.text[citation.start : citation.end]) == citation.digest:
            self._show_found(find_passage(citation, plan, text))
        else:
            self._say(QUIET, tr("正在你的文件中查找……"))
            self.text.show_words("")
            self._look(plan, citation, text)

    def _look(self, plan: Plan, citation: Citation, text: NormalisedText) -> None:
        """Finds the passage beside the window: the first time in a poor copy takes up to a second."""
        if self._job is not None:
            return  # when it ends, what is wanted then is looked for
        job = Job(lambda _: (plan, citation, text, find_passage(citation, plan, text)), self)
        job.done.connect(self._looked)
        job.failed.connect(self._failed)
        self._job = job
        self._running.append(job)
        job.start()

    def _looked(self, result: tuple[Plan, Citation, NormalisedText, Found | None]) -> None:
        self._ended()
        plan, citation, text, found = result
        if plan is self._plan and citation == self._citation and text is self._text():
            self._show_found(found)
        else:
            self._show()

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self._ended()
        self._say(MISSING, tr("；").join(str(problem) for problem in problems))

    def _ended(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._running.remove(self._job)
            self._job.deleteLater()
            self._job = None

    def _show_found(self, found: Found | None) -> None:
        plan, citation, text = self._plan, self._citation, self._text()
        if plan is None or citation is None or text is None:
            return
        self._found = found
        self.copy.setEnabled(found is not None)
        if found is None:
            self._say(MISSING, tr("在你的文件中没有找到这段引文"))
            self.text.show_words(
                tr(
                    "请查原文{document}的{where}。\n你的文件与参考文本不同，可能缺少这一部分；可以添加更完整的一份。",
                    document=_document(plan),
                    where=_where(citation),
                )
            )
            self.add.setVisible(True)
            return
        proved = found.score == 1
        if found.confidence == "exact":
            words = tr("与原文一致")
        elif proved:
            words = tr("与原文一致：{why}", why=found.why)
        else:
            words = tr("可能是这一处（把握 {score:.0%}），请核对。{why}", score=found.score, why=found.why)
        self._say(SURE if proved else UNSURE, words)
        notes = [] if is_reference(plan, text) else [tr("你的文件与参考文本不完全相同")]
        page = text.page_at(found.start)
        if page is not None and page != citation.page:
            notes.append(tr("引文在你的文件的第{page}页", page=page))
        notes += [_exception(citation)] if citation.exception else []
        self._detail(tr("。").join(notes))
        low, high = self._surroundings(found, text)
        whole = (low, high) == (0, len(text.text))
        self.more.setVisible(not whole)
        before, after = found.start - low, high - found.end
        words = tr("已是全文") if whole else tr("前 {before} 字，后 {after} 字", before=before, after=after)
        self.extent.setText(words)
        self.extent.show()
        begins = paragraphs(text.text, low, high)
        self.text.show_passage(text.text[low:high], found.start - low, found.end - low, [cut - low for cut in begins])

    def _surroundings(self, found: Found, text: NormalisedText) -> tuple[int, int]:
        """The part of the text that is shown: from, to."""
        return surroundings(text.text, found.start, found.end, LEAST + self._more, MOST + self._more)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._ready:
            self._show()

    # --- copying ---

    @property
    def reference_line(self) -> str:
        """`《title》，section，第N页` of the citation that is shown."""
        if self._plan is None or self._citation is None:
            return ""
        return tr("，").join(part for part in (_document(self._plan), self._citation.reference) if part)

    def _copy_passage(self) -> None:
        text = self._text()
        if self._found is None or text is None:
            return
        passage = text.text[self._found.start : self._found.end]
        lines, score = [passage, self.reference_line], self._found.score
        if score != 1:
            lines.append(tr("（按文字相似找到，把握 {score:.0%}，请与原文核对）", score=score))
        QApplication.clipboard().setText("\n".join(lines))
        self._session.notice.emit(tr("已复制引文和出处"))

    def _copy_reference(self) -> None:
        QApplication.clipboard().setText(self.reference_line)
        self._session.notice.emit(tr("已复制出处"))


def _document(plan: Plan) -> str:
    return tr("《{title}》", title=plan.document.title)


def _where(citation: Citation) -> str:
    """Section and pages."""
    section = tr("“{text}”", text=citation.section) if citation.section else ""
    return tr("，").join(part for part in (section, citation.pages) if part)


def _exception(citation: Citation) -> str:
    return tr("说明：{text}", text=citation.exception) if citation.exception else ""
