"""Saving, opening and handing on views from the window: menu entries, recent ones, dropped files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from explorer.canvas import MapCanvas
from explorer.dropping import VIEW_SUFFIX
from explorer.session import Session
from explorer.settings import settings
from geodata.gazetteer import gazetteer
from geodata.language import tr
from geodata.problems import UserError
from layers.build import default_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QFileDialog

    from explorer.views import Kept
    from geodata.geometry import Bounds
    from geodata.problems import Problem

FOLDER_KEY = "views/folder"

# Imports are where they are needed: none of this belongs to the way to the first map.


class Views(QObject):
    """What a window does with saved views. `recent_menu` is filled when it is opened."""

    def __init__(self, session: Session, canvas: MapCanvas, window: QWidget) -> None:
        super().__init__(window)
        self.session, self.canvas, self.window = session, canvas, window
        self.recent_menu = QMenu(tr("最近的视图"), window)
        self.recent_menu.aboutToShow.connect(self._fill_recent)

    # --- saving ---

    def save(self) -> None:
        """Asks for a name and keeps the view as it is now."""
        from explorer.dialogs.view_name import ViewNameDialog
        from explorer.views import saved_views

        taken = {kept.name for kept in saved_views().values()}
        ViewNameDialog(tr("保存视图"), self.suggested_name(), taken, self.save_as, self.window, replace=True).open()

    def suggested_name(self) -> str:
        """The title that a figure of the view would have."""
        view = self.session.view
        title = default_title(self.session.plan, view, self.session.atlas)
        return f"{title} {gazetteer()[view.place].short}" if view.place else title

    def save_as(self, name: str) -> Path | None:
        """Keeps the view under a name, in place of one of that name; None when that failed, which is said."""
        from explorer.views import save_view

        try:
            file = save_view(self.now(name))
        except UserError as error:
            self._say(tr("没有保存"), error.problems)
            return None
        self.session.notice.emit(tr("已保存视图：{name}", name=name))
        return file

    def now(self, name: str) -> Kept:
        """The view and what of the map is in sight. Raises UserError when the name is empty."""
        from explorer.views import kept_view

        return kept_view(name, self.session.plan, self.session.view, bounds_of(self.canvas))

    # --- opening ---

    def open_dialog(self) -> None:
        """The dialog of the saved views."""
        from explorer.dialogs.views import ViewsDialog

        dialog = ViewsDialog(self)
        dialog.open()

    def open_file(self, file: Path) -> bool:
        """Shows the view of a file as far as its plan and sectors are here; what is missing or wrong is said."""
        from explorer.recent import FILES, VIEWS, forget, note
        from explorer.views import is_own, open_kept, read_view

        try:
            kept = read_view(file)
            opened = open_kept(kept, self.session.atlas, self.session.view)
        except UserError as error:
            forget(VIEWS, file)
            forget(FILES, file)
            self._say(tr("没有打开视图"), error.problems)
            return False
        self.session.set_view(opened.view)
        show_bounds(self.canvas, opened.bounds)
        note(VIEWS, file)
        if not is_own(file):
            note(FILES, file)
        if opened.problems:
            self._say(tr("视图没有全部显示"), opened.problems)
        else:
            self.session.notice.emit(tr("视图：{name}", name=kept.name))
        return True

    def ask_open(self) -> None:
        """Asks for a view file and shows it."""
        from PySide6.QtWidgets import QFileDialog

        dialog = self._file_dialog(tr("打开视图文件"), "", self.open_file)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _fill_recent(self) -> None:
        from explorer.recent import VIEWS, recent
        from explorer.views import read_view

        self.recent_menu.clear()
        for file in recent(VIEWS):
            try:
                name = read_view(file).name
            except UserError:
                continue
            action = self.recent_menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(partial(self._open_recent, file))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(tr("（还没有）")).setEnabled(False)

    def _open_recent(self, file: Path, checked: bool = False) -> None:
        self.open_file(file)

    # --- handing on ---

    def ask_export(self, kept: Kept | None = None) -> None:
        """Asks where to write a view as a file to be opened elsewhere; the present one unless another is given."""
        from PySide6.QtWidgets import QFileDialog

        from explorer.views import file_words

        view = kept or self.now(self.suggested_name())
        name = file_words(view.name) + VIEW_SUFFIX
        dialog = self._file_dialog(tr("导出视图文件"), name, partial(self.export, kept=view))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(VIEW_SUFFIX[1:])
        dialog.open()

    def export(self, file: Path, kept: Kept) -> None:
        """Writes the view; one whose file was given another name is named as the file."""
        from explorer.views import file_words, good_name, write_view

        try:
            write_view(file, kept if file.stem == file_words(kept.name) else kept._replace(name=good_name(file.stem)))
        except UserError as error:
            self._say(tr("没有导出"), error.problems)
        else:
            self.session.notice.emit(tr("已导出视图：{file}", file=file))

    def _file_dialog(self, title: str, name: str, then: Callable[[Path], object]) -> QFileDialog:
        """Begins in the folder of the last view file."""
        from explorer.files import file_dialog

        def chosen(text: str) -> None:
            settings().setValue(FOLDER_KEY, str(Path(text).parent))
            then(Path(text))

        folder = Path(str(settings().value(FOLDER_KEY, str(Path.home()))))
        kinds = tr("视图 (*{suffix})", suffix=VIEW_SUFFIX)
        dialog = file_dialog(self.window, title, folder / name, kinds)
        dialog.fileSelected.connect(chosen)
        return dialog

    def _say(self, title: str, problems: Sequence[Problem]) -> None:
        from explorer.messages import show_problems

        show_problems(self.window, title, problems)


def bounds_of(canvas: MapCanvas) -> Bounds | None:
    """What of the map is in sight, in map metres; None when it is the whole province."""
    return None if canvas.extent_to_keep() is None else canvas.page.extent


def show_bounds(canvas: MapCanvas, bounds: Bounds | None) -> None:
    """Moves the map so that all of `bounds` is in sight, as large as it can be; None, or more than there is, shows
    the whole province."""
    west, south, east, north = canvas.boundaries().extent
    if bounds is None or (bounds[2] - bounds[0] > 2 * (east - west) and bounds[3] - bounds[1] > 2 * (north - south)):
        canvas.fit()
        return
    min_x, min_y, max_x, max_y = bounds
    left, top, right, bottom = canvas.page.frame
    scale = min((right - left) / (max_x - min_x), (bottom - top) / (max_y - min_y))
    x, y = (min_x + max_x) / 2, (min_y + max_y) / 2
    canvas.keep_extent((scale, max(west, min(east, x)), max(south, min(north, y))))
