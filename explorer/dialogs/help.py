"""The guide in a window of its own, to be read beside the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from explorer.dialogs.room import resize_on_screen
from explorer.faults import log_file
from explorer.guide import SECTIONS, pictures_folder, section_html
from explorer.theme import ink
from geodata.language import tr
from geodata.library import own_folder

LIST_WIDTH = 150

MARGIN = 8
"""Pixels beside a picture."""


class GuideText(QTextBrowser):
    """Makes pictures that are wider than the text smoothly smaller, with all the pixels that the screen can show."""

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        picture = QImage(str(pictures_folder() / QUrl(url).fileName()))
        room = self.viewport().width() - 2 * MARGIN
        if picture.width() > room > 0:
            pixels = min(picture.width(), round(room * self.devicePixelRatioF()))
            if pixels < picture.width():
                picture = picture.scaledToWidth(pixels, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(pixels / room)
        return picture


class HelpDialog(QDialog):
    """The sections on the left, the chosen one on the right. `keys` are all shortcuts with what they do."""

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("使用指南"))
        self._keys = tuple(keys)
        self.sections = QListWidget()
        self.sections.setAccessibleName(tr("章节"))
        self.sections.addItems([tr(heading) for heading in SECTIONS])
        self.sections.setFixedWidth(LIST_WIDTH)
        self.text = GuideText()
        self.text.setAccessibleName(tr("指南"))
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        row = QHBoxLayout(self)
        row.addWidget(self.sections)
        row.addWidget(self.text, 1)
        self.sections.currentRowChanged.connect(self._show)
        resize_on_screen(self, 1180, 700)
        self.show_section(next(iter(SECTIONS)))

    def show_section(self, heading: str) -> None:
        """Turns to a section."""
        self.sections.setCurrentRow(list(SECTIONS).index(heading))

    def _show(self, row: int) -> None:
        self.text.document().setDefaultStyleSheet(f".muted {{ color: {ink('muted', self)} }}")
        plans = own_folder()
        self.text.setHtml(section_html(list(SECTIONS)[row], self._keys, plans, log_file()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at = self.text.verticalScrollBar().value()
        self.layout().activate()
        self._show(self.sections.currentRow())
        self.text.verticalScrollBar().setValue(at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "text") and self.sections.currentRow() >= 0:
            self._show(self.sections.currentRow())
