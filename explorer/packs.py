"""Adding plan packs from the window: by the menu, or dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from explorer.dropping import PACK_SUFFIX
from explorer.session import Session
from explorer.settings import settings
from geodata.atlas import Atlas
from geodata.language import tr
from geodata.problems import UserError
from layers.view import first_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.plan import Plan
    from geodata.problems import Problem

FOLDER_KEY = "packs/folder"

# Imports are where they are needed: none of this belongs to the way to the first map.


class Packs(QObject):
    """What a window does with the user's own plan packs."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._plan: Plan | None = None
        self._turn = QTimer(self)  # after what comes with the new atlas, so that it is a step to be undone
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._turn_to)

    def ask(self) -> None:
        """Asks for a pack and adds it."""
        from PySide6.QtWidgets import QFileDialog

        from explorer.files import file_dialog

        def chosen(text: str) -> None:
            settings().setValue(FOLDER_KEY, str(Path(text).parent))
            self.add(Path(text))

        folder = str(settings().value(FOLDER_KEY, str(Path.home())))
        kinds = tr("规划数据包 (*{suffix})", suffix=PACK_SUFFIX)
        dialog = file_dialog(self._window, tr("添加数据包"), folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def add(self, file: Path) -> None:
        """Checks a pack, copies it into the user's folder and turns to its plan; asks first when it takes the place of
        another. What is wrong with it is said, and then nothing is copied."""
        from geodata.library import own_pack, read_plan

        try:
            plan = read_plan(file)
        except UserError as error:
            self._say(error.problems)
            return
        there = own_pack(plan.id)
        if there is None:
            self._copy(file)
        else:
            self._ask_to_replace(file, plan, there)

    def _ask_to_replace(self, file: Path, plan: Plan, there: Path) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMessageBox

        words = tr("已经有编号为“{id}”的数据包，要用《{title}》替换它吗？", id=plan.id, title=plan.title)
        box = QMessageBox(QMessageBox.Icon.Question, tr("替换数据包"), words, parent=self._window)
        box.setInformativeText(tr("原来的文件：{file}", file=there))
        box.setTextFormat(Qt.TextFormat.PlainText)
        over = box.addButton(tr("替换"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(tr("取消"), QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        over.clicked.connect(lambda: self._copy(file))
        box.open()

    def _copy(self, file: Path) -> None:
        from explorer.recent import FILES, note
        from geodata.library import add_pack, load_plans

        try:
            added = add_pack(file)
        except UserError as error:
            self._say(error.problems)
            return
        note(FILES, file)
        session = self._session
        kept = tuple(plan for plan in session.atlas.plans if plan.id != added.id)
        if len(kept) < len(session.atlas.plans):  # no view or step of the plan as it was may outlive it
            if session.view.plan == added.id:
                session.set_view(first_view(kept[0]))
            session.set_atlas(Atlas(kept))
        plans, problems = load_plans(kept)
        session.set_atlas(Atlas(plans))
        plan = next((plan for plan in plans if plan.id == added.id), None)
        if plan is None:
            self._say(problems)
            return
        self._plan = plan
        self._turn.start()
        session.notice.emit(tr("已添加数据包：{title}", title=plan.title))

    def _turn_to(self) -> None:
        if self._plan is not None and self._plan in self._session.atlas.plans:
            self._session.set_view(first_view(self._plan))

    def _say(self, problems: Sequence[Problem]) -> None:
        from explorer.messages import show_problems

        show_problems(self._window, tr("没有添加数据包"), problems)
