"""The results of a search below its field, as a part of the window; the focus stays in the field."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from explorer.panels.search_rows import ROW, Example, Heading, Note, Row, RowPainter, mixed, spoken
from geodata.language import tr

WIDTH = 620
"""Pixels, where the window has room."""

MARGIN = 10
"""Pixels between the list and the window's edges."""


class ResultList(QFrame):
    """Rows of which one can be chosen. No window of its own: in a popup, input methods for Chinese get no keys on some
    systems."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._field: QWidget | None = None
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.model = QStandardItemModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(RowPainter(self.view))
        self.view.setAccessibleName(tr("查找结果"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.entered.connect(self._pointed)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.view)
        self.hide()

    @property
    def rows(self) -> list[Row]:
        """All rows, with headings."""
        return [self.model.item(number).data(ROW) for number in range(self.model.rowCount())]

    @property
    def current(self) -> Row | None:
        """The row that Enter chooses."""
        row: Row | None = self.view.currentIndex().data(ROW)
        return row

    def show_rows(self, rows: Sequence[Row], below: QWidget, wanted: Row | None) -> None:
        """Shows rows below a widget of the window; the wanted one is current, or the first that can be."""
        self._field = below
        self.model.clear()
        for row in rows:
            item = QStandardItem(spoken(row))
            item.setData(row, ROW)
            item.setToolTip("" if isinstance(row, Heading | Note) else f"<p>{escape(spoken(row))}</p>")
            if isinstance(row, Heading | Note):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.model.appendRow(item)
        self._place()
        self.show()
        self.raise_()
        numbers = [number for number, row in enumerate(rows) if not isinstance(row, Heading | Note)]
        if numbers and not isinstance(rows[numbers[0]], Example):
            same = [number for number in numbers if rows[number] == wanted]
            self.choose((same or numbers)[0])
        self.view.scrollToTop()

    def step(self, by: int) -> None:
        """Chooses another row: the next ones by the way, none beyond the ends."""
        able = [number for number, row in enumerate(self.rows) if not isinstance(row, Heading | Note)]
        if able:
            now = self.view.currentIndex().row()
            at = able.index(now) + by if now in able else 0 if by > 0 else len(able) - 1
            self.choose(able[max(0, min(len(able) - 1, at))])

    def choose(self, number: int) -> None:
        """Makes a row the current one."""
        self.view.setCurrentIndex(self.model.index(number, 0))
        if number == 1:
            self.view.scrollToTop()  # with its heading

    def _pointed(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.view.setCurrentIndex(index)

    def _place(self) -> None:
        """Below the field, as wide and high as its rows want and the window allows."""
        window, field = self.parentWidget(), self._field
        if field is None:
            return
        corner = field.mapTo(window, QPoint(0, field.height() + 2))
        width = min(max(WIDTH, field.width()), window.width() - 2 * MARGIN)
        left = max(MARGIN, min(corner.x(), window.width() - MARGIN - width))
        self.setGeometry(left, corner.y(), width, 100)
        self.view.doItemsLayout()
        wanted = sum(self.view.sizeHintForRow(number) for number in range(self.model.rowCount())) + 2 + 2
        self.resize(width, min(wanted, window.height() - corner.y() - MARGIN))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, ground = (self.palette().color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base))
        painter.setPen(mixed(ink, ground, 0.4))  # to be told from a map as dark or as light as the list
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def showEvent(self, event: QShowEvent) -> None:
        QApplication.instance().installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            mine = [part for part in (self, self._field) if part is not None]
            if not any(part is watched or part.isAncestorOf(watched) for part in mine):
                self.hide()  # what was pressed need not take the focus
        return False
