"""What the source panel is made of: labels, the passage and buttons; which passage it shows is said elsewhere."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.panels.passage import PassageView
from explorer.panels.small import small
from explorer.theme import INKS as THEME_INKS
from geodata.language import tr

SURE, UNSURE, MISSING, QUIET = "sure", "unsure", "missing", "quiet"
MARKS = {SURE: "●", UNSURE: "◐", MISSING: "○", QUIET: ""}
INKS = {
    SURE: ("#1a7f37", "#5fd38a"),
    UNSURE: THEME_INKS["warning"],
    MISSING: THEME_INKS["error"],
    QUIET: THEME_INKS["muted"],
}
"""Ink of a state on a light and on a dark ground; the mark says the same without colour."""


class SourceFace(QWidget):
    """The passage with what it is cited for, whence it is and how sure it is above, and buttons below."""

    _ready = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.source, self.state, self.detail = (QLabel() for _ in range(4))
        for label, name in (
            (self.title, tr("引文所支持的内容")),
            (self.source, tr("出处")),
            (self.state, tr("与原文是否一致")),
            (self.detail, tr("说明")),
        ):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setAccessibleDescription(name)
        self.text = PassageView()
        self.text.setAccessibleName(tr("原文"))
        self.add = QPushButton(tr("添加文件…"))
        self.previous, self.next = QPushButton("‹"), QPushButton("›")
        for button, name in ((self.previous, tr("上一处引文")), (self.next, tr("下一处引文"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFixedWidth(28)
        self.count = QLabel()
        self.count.setAccessibleDescription(tr("第几处引文"))
        self.more = QPushButton(tr("显示更多"))
        self.more.setToolTip(tr("多显示一些前后文，转到新显示的部分"))
        self.extent = QLabel()
        self.extent.setToolTip(tr("引文前后各显示了多少字"))
        self.extent.setAccessibleDescription(self.extent.toolTip())
        self.copy = QPushButton(tr("复制引文"))
        self.copy.setToolTip(tr("复制这段引文，附一行出处"))
        self.copy_reference = QPushButton(tr("复制出处"))
        self.copy_reference.setToolTip(tr("只复制文件标题、章节和页码"))
        self._lay_out()
        self._set_sizes()
        self._ready = True

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for widget in (self.previous, self.count, self.next):
            head.addWidget(widget)
        copies = QHBoxLayout()
        copies.addWidget(self.copy)
        copies.addWidget(self.copy_reference)
        copies.addStretch(1)
        copies.addWidget(self.more)
        copies.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 4)
        column.setSpacing(2)  # the passage needs the room
        column.addLayout(head)
        said = QHBoxLayout()
        said.addWidget(self.state, 1)
        said.addWidget(self.extent)
        column.addWidget(self.source)
        column.addLayout(said)
        column.addWidget(self.detail)
        column.addWidget(self.text, 1)
        column.addLayout(copies)

    def _set_sizes(self) -> None:
        """What stands around the passage is smaller than it."""
        for label in (self.source, self.state, self.detail, self.extent):
            label.setFont(small(self.font()))

    def _say(self, state: str, words: str) -> None:
        ink = INKS[state][self._dark]
        self.state.setText(f'<span style="color:{ink}">{MARKS[state]} {escape(words)}</span>' if words else "")
        self.state.setVisible(bool(words))
        self.text.setAccessibleDescription(words)

    def _detail(self, words: str) -> None:
        self.detail.setText(f'<span style="color:{INKS[QUIET][self._dark]}">{escape(words)}</span>')
        self.detail.setVisible(bool(words))

    @property
    def _dark(self) -> bool:
        return self.palette().windowText().color().lightness() > 128

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._ready:
            self._set_sizes()
