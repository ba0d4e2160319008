"""The menu 画法: how the map shows roles, and whether in black and white; and the button that opens it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionToolButton, QToolButton, QWidget

from explorer.session import Session
from explorer.templates import SHEETS_ONLY
from geodata.language import mark, tr
from layers.view import STYLES

ARROW = 8
"""Pixels that the arrow of a MenuButton is wide, and high."""

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


class MenuButton(QToolButton):
    """A button that opens its menu. Its arrow stands in the line of its words; Qt's own sits low in the corner."""

    def __init__(self, words: str, menu: QMenu) -> None:
        super().__init__()
        self.setText(words)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        super().initStyleOption(option)
        option.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu  # type: ignore[attr-defined]

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(ARROW, 0)

    def arrow_box(self) -> QRect:
        """Where the arrow is."""
        return QRect(self.width() - ARROW - 4, (self.height() - ARROW) // 2 + 1, ARROW, ARROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.rect = self.arrow_box()  # type: ignore[attr-defined]
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, option, painter, self)
        painter.end()
