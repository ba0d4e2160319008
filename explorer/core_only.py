"""“只看核心”: the action that leaves the shown sectors their core roles only, and gives them all roles back."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from explorer.session import Session
from geodata.language import tr
from layers.view import all_pairs, core_pairs


class CoreOnly(QObject):
    """Keeps a checkable action to what the session's view shows; it has no state of its own."""

    def __init__(self, session: Session, action: QAction, menu: QMenu) -> None:
        super().__init__(action)
        self._session, self._action, self._menu = session, action, menu
        self._words = action.toolTip()
        action.setCheckable(True)
        session.view_changed.connect(self.follow)
        session.atlas_changed.connect(self.follow)
        self.follow()

    def why_not(self) -> str:
        """Why there is nothing to switch, in words; empty when there is."""
        plan, view = self._session.plan, self._session.view
        if not any(role.kind == "core" for role in plan.roles):
            return tr("《{title}》没有给市（州）分配核心角色", title=plan.title)
        core, every = core_pairs(plan, view), all_pairs(plan, view)
        if not every:
            return tr("先打开一个产业")
        if not core:
            return tr("已打开的产业没有核心角色")
        return tr("已打开的产业只有核心角色") if core == every else ""

    def follow(self) -> None:
        """Checked while of the shown sectors only core roles are on."""
        plan, view = self._session.plan, self._session.view
        reason = self.why_not()
        self._action.setEnabled(not reason)
        self._action.setChecked(not reason and view.shown == core_pairs(plan, view))
        self._action.setToolTip(reason or self._words)
        self._action.setStatusTip(reason)
        self._menu.setToolTipsVisible(bool(reason))  # else every entry would only repeat its words

    def switch(self) -> None:
        """Only the core roles, or all roles again."""
        plan, view = self._session.plan, self._session.view
        core = core_pairs(plan, view)
        if not self.why_not():
            self._session.set_view(view._replace(shown=all_pairs(plan, view) if view.shown == core else core))
        self.follow()
