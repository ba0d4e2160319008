"""The menu 画法: how the map shows roles, and whether in black and white."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from explorer.session import Session
from explorer.templates import SHEETS_ONLY
from geodata.language import mark, tr
from layers.view import STYLES

BLACK_AND_WHITE = mark("黑白")


class StyleMenu(QMenu):
    """A radio entry for each style that the window has, and a check for black and white."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(tr("画法"), parent)
        self._session = session
        group = QActionGroup(self)
        self.styles: dict[str, QAction] = {}
        for style, words in STYLES.items():
            if style == SHEETS_ONLY:
                continue
            action = QAction(tr(words), self)
            action.setData(words)  # by which it is found in any language
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, style=style: session.set_style(style))
            group.addAction(action)
            self.addAction(action)
            self.styles[style] = action
        self.addSeparator()
        self.bw = QAction(tr(BLACK_AND_WHITE), self)
        self.bw.setData(BLACK_AND_WHITE)
        self.bw.setCheckable(True)
        self.bw.triggered.connect(session.set_bw)
        self.addAction(self.bw)
        session.view_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        view = self._session.view
        if view.style in self.styles:
            self.styles[view.style].setChecked(True)
        self.bw.setChecked(view.template.bw)
