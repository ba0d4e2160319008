"""What becomes of the window's view: the dialogs that make figures of it, the clipboard and the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QWidget

from explorer.session import Session
from geodata.language import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.clipboard import Pictures
    from explorer.jobs import Job
    from geodata.atlas import Atlas
    from geodata.problems import Problem
    from layers.view import ViewState

COPY_DPI = 300.0
COPIED = mark("已复制为 PNG 和 SVG，可以粘贴到 Word、WPS、幻灯片和绘图软件")

# Imports are where they are needed: none of this belongs to the way to the first map.


class Outputs(QObject):
    """The ways out of a window. Clipboard and printer take the page used last, with that page's template, and the
    number typed last."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._job: Job | None = None

    def open_export(self, extent: str = "") -> None:
        """The export dialog, for the view as it is, or zoomed to the prefecture `extent`."""
        from explorer.dialogs.export import ExportDialog

        _show(ExportDialog(self._session, self._window, extent))

    def open_sets(self) -> None:
        """The dialog for a figure of each industry or city."""
        from explorer.dialogs.sets import SetsDialog

        _show(SetsDialog(self._session, self._window))

    def open_sheets(self) -> None:
        """The dialog for a page of each city."""
        from explorer.dialogs.sheets import SheetsDialog

        _show(SheetsDialog(self._session, self._window))

    def open_menu(self, place: str, at: QPoint, enlarge: Callable[[str], object]) -> None:
        """What can be done with a prefecture or county, as a menu at a point of the screen. The dialogs take the
        prefecture."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        places, session = self._session.atlas.places, self._session
        prefecture = f"{place[:4]}00"
        is_autonomous = places[prefecture].name.endswith("州")
        entries: tuple[tuple[str, Callable[[], object]], ...] = (
            (tr("选择{name}", name=places[place].name), lambda: None),
            (tr("放大到这里"), lambda: enlarge(place)),
            (tr("导出一页纸…"), self.open_sheets),
            (
                tr("导出这个州的图…") if is_autonomous else tr("导出这个市的图…"),
                lambda: self.open_export(prefecture),
            ),
        )
        self.menu = QMenu(self._window)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in entries:
            # All of them select the place, which is what sheets and figures begin with.
            self.menu.addAction(words).triggered.connect(lambda _=False, do=do: (session.select_place(place), do()))
        self.menu.popup(at)

    def copy(self) -> None:
        """The view as a figure into the clipboard, beside the window."""
        from explorer.jobs import Job

        if self._job is not None:
            return
        job = Job(copying(self._session.atlas, *self._figure()), self)
        job.done.connect(self._copied)
        job.failed.connect(self._failed)
        job.stopped.connect(self._ended)
        self._job = job
        self._session.notice.emit(tr("正在复制图件……"))
        job.start()

    @property
    def is_copying(self) -> bool:
        """Whether a figure is on its way to the clipboard."""
        return self._job is not None

    def _copied(self, pictures: Pictures) -> None:
        from explorer.clipboard import put_on_clipboard
        from geodata.problems import UserError

        self._ended()
        try:
            put_on_clipboard(pictures)
        except UserError as error:
            self._failed(error.problems)
        else:
            number = self._session.figure_number
            copied = tr(COPIED)
            self._session.notice.emit(tr("{number}：{text}", number=number, text=copied) if number else copied)

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        from explorer.messages import show_problems

        self._ended()
        self._session.notice.emit(tr("没有复制"))
        show_problems(self._window, tr("没有复制"), problems)

    def _ended(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None

    def finish(self) -> None:
        """Stops what is running, before the window is closed."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
            self._job = None

    def print(self) -> None:
        """The print preview of the view as a figure."""
        from explorer.templates import last_page
        from layers.page import PAPERS

        page = last_page() if last_page() in PAPERS else "a4"  # half a column of Word is no sheet of paper
        view, size = self._figure(page)
        print_with_preview(self._window, self._session.atlas, view, size)

    def _figure(self, page: str = "") -> tuple[ViewState, tuple[float, float]]:
        from explorer.templates import figure_view, last_page, page_size

        page = page or last_page()
        return figure_view(self._session.view, page, self._session.figure_number), page_size(page)


def _show(dialog: QDialog) -> None:
    from PySide6.QtCore import Qt

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def copying(atlas: Atlas, view: ViewState, size_mm: tuple[float, float]) -> Callable[[Job], Pictures]:
    """The work of a job that draws what goes into the clipboard."""

    def work(job: Job) -> Pictures:
        from explorer.clipboard import draw_pictures
        from explorer.figure import figure

        return draw_pictures(*figure(atlas, view, size_mm), COPY_DPI, job.tick)

    return work


def print_with_preview(parent: QWidget, atlas: Atlas, view: ViewState, size_mm: tuple[float, float]) -> None:
    """Opens the print preview of a view's figure; what went wrong is said in a box."""
    from explorer.figure import figure
    from explorer.messages import show_problems
    from explorer.printing import print_preview
    from geodata.problems import UserError

    try:
        scene, page = figure(atlas, view, size_mm)
        print_preview(parent, scene, page)
    except UserError as error:
        show_problems(parent, tr("不能打印"), error.problems)
