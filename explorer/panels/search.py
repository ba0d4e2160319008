"""The search field of the toolbar. Its list and all that it searches are loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from explorer.session import Session
from geodata.language import mark, tr

if TYPE_CHECKING:
    from explorer.panels.search_list import ResultList
    from explorer.panels.search_rows import Row
    from geodata.analysis.search import Hit, Index

LEAST_WIDTH, MOST_WIDTH = 150, 380
"""Pixels."""

LONGEST = 100
"""Characters that can be written."""

OPENING = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
"""Ways of getting the focus that show the list; coming back to the window is none of them."""

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN_KEYS = (Qt.Key.Key_Escape, *ENTER, *STEPS)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)

PLACEHOLDER = mark("查找 地点、产业、园区、项目、定位（Ctrl+F）")


class SearchField(QLineEdit):
    """Finds while one types. `on_choose` is called with the hit that was chosen; `leave_to` gets the focus then, or
    after Esc."""

    def __init__(self, session: Session, window: QWidget, leave_to: QWidget) -> None:
        super().__init__()
        self.on_choose: Callable[[Hit], object] = lambda hit: None
        self._session = session
        self._window = window
        self._leave_to = leave_to
        self._list: ResultList | None = None
        self._index: Index | None = None
        self._wide: frozenset[str] = frozenset()
        self.setPlaceholderText(tr(PLACEHOLDER))
        self.setAccessibleName(tr("查找"))
        self.setAccessibleDescription(
            tr("查找地点、产业、园区、项目、区域、重点方向、定位和指标；上下键选择，回车前往")
        )
        self.setToolTip(tr("可写名称的一部分、拼音、首字母、行政区划代码，或一句话（Ctrl+F）"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(MOST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        session.atlas_changed.connect(self._forget)

    @property
    def list(self) -> ResultList:
        """The list of results; made when it is first asked for."""
        if self._list is None:
            from explorer.panels.search_list import ResultList

            self._list = ResultList(self._window)
            self._list.view.clicked.connect(self._activate)
        return self._list

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def start(self) -> None:
        """Puts the cursor into the field with its text selected, and shows the list."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._fill(self.list.current)

    def look_for(self, text: str) -> None:
        """As `start`, with this text."""
        self.start()
        self.setText(text)

    def leave(self) -> None:
        """Hides the list and hands the focus on."""
        self._hide()
        self._leave_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _forget(self) -> None:
        self._index = None
        if self.is_open:
            self._fill(self.list.current)

    def _changed(self) -> None:
        self._wide = frozenset()
        if self.hasFocus():
            self._fill(None)

    def _fill(self, wanted: Row | None) -> None:
        """Shows what is found; the wanted row stays chosen if it is still there."""
        from explorer.panels.search_found import example_rows, found_rows
        from geodata.analysis.search import search_index
        from geodata.documents.shelf import attached_plans

        if not self.text().strip():
            rows = example_rows(self._session.plan)
        else:
            if self._index is None:
                self._index = search_index(self._session.atlas.plans)
            has_documents = bool(attached_plans()[0])
            rows = found_rows(self._index, self.text(), self._session.view.plan, self._wide, has_documents)
        self.list.show_rows(rows, self, wanted)

    def _activate(self, index: QModelIndex) -> None:
        from explorer.panels.search_found import looked_up_rows
        from explorer.panels.search_rows import ROW, Example, Heading, LookUp, More, Note

        row: Row | None = index.data(ROW)
        if isinstance(row, More):
            self._wide |= {row.group}
            self._fill(None)
            self.list.choose(index.row())
        elif isinstance(row, Example):
            self.setText(row.query)
        elif isinstance(row, LookUp):
            self.list.show_rows(looked_up_rows(row.query, self._session.atlas.plans), self, None)
        elif row is not None and not isinstance(row, Heading | Note):
            self.leave()
            self.on_choose(row)

    # --- keys and focus ---

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS and event.modifiers() in PLAIN:
            event.accept()  # else the window's own shortcuts would have them
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key not in OWN_KEYS:
            super().keyPressEvent(event)
        elif not self.is_open:
            self._fill(None)
        elif key in ENTER:
            self._activate(self.list.view.currentIndex())
        else:
            self.list.step(STEPS[key])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.is_open:
            self._fill(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in OPENING:
            self._fill(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide()
