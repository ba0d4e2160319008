"""The map widget: shows the session's view, and turns mouse and keys into places.

A plain widget with its own picture: it starts in a quarter of a graphics view's time.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from explorer.map_painting import PaintedMap
from explorer.map_picture import PX_PER_PT
from explorer.map_tips import place_tip, symbol_tip
from explorer.session import Session
from geodata.analysis.items import counties_with_facts, find_item
from geodata.geometry import Point
from geodata.language import tr
from layers.corners import heading_box
from layers.drawing import SymbolOp
from layers.fonts import measure
from layers.hit import place_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent


class MapCanvas(PaintedMap):
    """The map of the session's view. Positions in signals are map metres. `show_menu` is called for a place's menu, with
    a position on the screen."""

    place_clicked = Signal(str)
    pointer_moved = Signal(str, float, float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.show_menu: Callable[[str, QPoint], object] = lambda *_: None
        self._over_heading = False
        self._press: QPointF | None = None
        self._drag_from: tuple[QPointF, Point] | None = None
        self.extent_changed.connect(self._point_again)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("地图"))
        self.setAccessibleDescription(
            tr("四川省地图；方向键平移，加减键缩放，方括号键选择上一个或下一个市州，菜单键打开所选市州的菜单")
        )

    # --- what is where ---

    def place_under(self, position: QPointF) -> str | None:
        """The prefecture at a position in pixels, or a county with facts of its own where counties are shown; none
        under the legend."""
        if self._furniture().contains(position.toPoint()):
            return None
        where = self.map_position(position)
        if self.shows_counties():
            county = place_at(self.boundaries(), *where, counties=True)
            if any(county in counties_with_facts(plan) for plan in self._session.atlas.plans):
                return county
        return place_at(self.boundaries(), *where)

    def symbol_under(self, position: QPointF) -> SymbolOp | None:
        """The symbol or count at a position in pixels, unless the picture is being moved."""
        if self._rough or self._furniture().contains(position.toPoint()):
            return None
        x, y = position.x() / PX_PER_PT, position.y() / PX_PER_PT
        return next((op for op in self._symbols if op.box[0] <= x <= op.box[2] and op.box[1] <= y <= op.box[3]), None)

    # --- pointer and keys ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._press = event.position()
            self._drag_from = (event.position(), self.page.centre)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._drag_from is not None and event.buttons():
            start, centre = self._drag_from
            if self._press is not None and (position - self._press).manhattanLength() < 5:
                return
            self._press = None
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            step = PX_PER_PT * self.page.scale
            moved = position - start
            self._go(self.page._replace(centre=(centre[0] - moved.x() / step, centre[1] + moved.y() / step)))
            return
        if self._point_at_heading(self._heading().contains(position), position):
            return
        symbol = self.symbol_under(position)
        self._hover(None if symbol is not None else self.place_under(position), position, symbol)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.unsetCursor()
        self._drag_from = None
        if self._press is not None and event.button() == Qt.MouseButton.LeftButton:
            symbol = self.symbol_under(event.position())
            place = self.place_under(event.position())
            if self._heading().contains(event.position()):
                self.fold_legend()
            elif symbol is not None:
                self._open(symbol, event.globalPosition().toPoint())
            elif place is not None:
                self.place_clicked.emit(place)
        self._press = None

    def _open(self, symbol: SymbolOp, at: QPoint) -> None:
        """Selects the one item, or offers the several in a menu."""
        if len(symbol.items) == 1:
            self._session.select_item(symbol.items[0])
            return
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        for key in symbol.items:
            found = find_item(self._session.atlas.plans, key)
            if found is not None:
                words = tr("{name}（{text}）", name=found.name, text=found.category).replace("&", "&&")
                self.menu.addAction(words).triggered.connect(lambda _=False, key=key: self._session.select_item(key))
        self.menu.popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """For the place under the pointer, or by key for the selected one."""
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            place, at = self.place_under(QPointF(event.pos())), event.globalPos()
        elif (place := self._session.view.place) is not None:
            spot = self.widget_position(place)
            at = self.mapToGlobal(spot if self.rect().contains(spot) else self.rect().center())
        if place is not None:
            self.show_menu(place, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._point_again()

    def _point_again(self) -> None:
        """The map moved under a pointer that stands still, or away from under it. Symbols count again when it moves:
        they are not drawn yet."""
        if self._drag_from is not None or not self.underMouse():
            return
        position = QPointF(self.mapFromGlobal(QCursor.pos()))
        here = self.rect().contains(position.toPoint())
        place = self.place_under(position) if here else None
        self._mark_hovered(place, None)
        self.pointer_moved.emit(place or "", *(self.map_position(position) if here else (0.0, 0.0)))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at_heading(False)
        self._hover(None, None)

    def _heading(self) -> QRectF:
        """The legend's heading in pixels."""
        left, top, right, bottom = (edge * PX_PER_PT for edge in heading_box(self.scene(), self.page, measure))
        return QRectF(left, top, right - left, bottom - top)

    def _point_at_heading(self, over: bool, position: QPointF | None = None) -> bool:
        """Shows that a click on the legend's heading does something; gives `over` back."""
        if over and position is not None:
            self._hover(None, position)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            words = tr("展开图例（Ctrl+L）") if self.legend_folded() else tr("折叠图例（Ctrl+L）")
            QToolTip.showText(self.mapToGlobal(position).toPoint() + QPoint(14, 14), words, self)
        elif self._over_heading:
            self.unsetCursor()
            QToolTip.hideText()
        self._over_heading = over
        return over

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def _hover(self, place: str | None, position: QPointF | None, symbol: SymbolOp | None = None) -> None:
        if self._hovered_with:  # left over from elsewhere
            self.set_hover(self._hovered)
        if self._mark_hovered(place, symbol):
            self.setCursor(Qt.CursorShape.PointingHandCursor if symbol is not None else Qt.CursorShape.ArrowCursor)
            if place is None and symbol is None:
                QToolTip.hideText()
            elif position is not None:
                words = self.symbol_tip(symbol) if symbol is not None else self.tip(place or "")
                QToolTip.showText(self.mapToGlobal(position).toPoint() + QPoint(14, 14), _rich(words), self)
        x, y = self.map_position(position) if position is not None else (0.0, 0.0)
        self.pointer_moved.emit(place or "", x, y)

    def symbol_tip(self, symbol: SymbolOp) -> str:
        """What a symbol stands for."""
        return symbol_tip(self._session.atlas, symbol)

    def tip(self, adcode: str) -> str:
        """The place and its roles in the sectors that are shown."""
        return place_tip(self._session.atlas, self._session.view, adcode)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            return True  # the tip is shown on entering a place, without delay
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (80, 0),
            Qt.Key.Key_Right: (-80, 0),
            Qt.Key.Key_Up: (0, 80),
            Qt.Key.Key_Down: (0, -80),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.pan(*steps[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.3)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.3)
        else:
            super().keyPressEvent(event)


def _rich(text: str) -> str:
    """Plain text for a tip: as it is, whatever a pack's names contain."""
    return escape(text).replace("\n", "<br>")
