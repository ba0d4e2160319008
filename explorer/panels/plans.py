"""Plans, their sectors and roles as a tree of switches, with colour chips and counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QBrush, QColor, QContextMenuEvent, QIcon, QMouseEvent, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.session import Session
from geodata.analysis.coverage import places_per_role
from geodata.analysis.items import items
from geodata.language import mark, tr
from geodata.plan import Plan, Sector
from geodata.sector_report import role_words
from layers.theme import FAINT_INK, role_fill, sector_colour
from layers.view import LAYERS, NO_ROLE, Pair, role_pairs

PLAN, PAIRS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

TINT = 48
"""Of 255: how strong the mark is of what a place under the pointer has; the words on it stay legible."""

LAYER_TIPS = {
    "sites": mark("园区、基地、实验室、平台等；没有写明产业的，在全部产业打开时显示"),
    "projects": mark("写明地点的项目和工程；没有写明产业的，在全部产业打开时显示"),
    "regions": mark("规划写明成员的区域：范围线或轴线"),
}


class SectorTree(QTreeWidget):
    """Says over what the pointer is, in pixels, and who wants a menu. No event filter: asking for the viewport to put
    one on it takes 7 ms, on the way to the first map."""

    def __init__(
        self, on_point: Callable[[QPoint | None], object], on_menu: Callable[[QContextMenuEvent], bool]
    ) -> None:
        super().__init__()
        self._on_point, self._on_menu = on_point, on_menu

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._on_point(event.position().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._on_point(None)
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._on_menu(event):
            super().contextMenuEvent(event)


class PlansPanel(QWidget):
    """A check box per sector and role. What is checked follows the session's view, whoever changed it.

    `on_hover` is called with the prefectures that have a role in the sector under the pointer, or the role there, of
    the plan on the map; `on_places` with those that the menu of a sector or role marked on the map.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._expanded = ""
        self._hovered: tuple[str, ...] = ()
        self.on_hover: Callable[[tuple[str, ...]], object] = lambda places: None
        self.on_places: Callable[[Sequence[str]], object] = lambda places: None
        self.tree = SectorTree(self._hover, self._open_menu)
        self.tree.setHeaderLabels([tr("规划与产业"), tr("数量")])
        self.tree.setAccessibleName(tr("规划与产业"))
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, self.tree.header().ResizeMode.ResizeToContents)
        self.tree.setIndentation(16)
        self.all_on = QPushButton(tr("全部打开"))
        self.all_off = QPushButton(tr("全部关闭"))
        self.all_on.clicked.connect(partial(self._switch_all, True))
        self.all_off.clicked.connect(partial(self._switch_all, False))
        buttons = QHBoxLayout()
        buttons.addWidget(self.all_on)
        buttons.addWidget(self.all_off)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.tree)
        column.addLayout(buttons)
        column.addLayout(self._layer_boxes())
        self.tree.itemChanged.connect(self._item_changed)
        self.tree.setMouseTracking(True)
        self.tree.itemEntered.connect(self._explain)
        session.atlas_changed.connect(self.rebuild)
        session.view_changed.connect(self._show_view)
        self.rebuild()

    def _layer_boxes(self) -> QGridLayout:
        """A check box for each of LAYERS."""
        grid = QGridLayout()
        grid.addWidget(QLabel(tr("图层")), 0, 0)
        self.layers = {}
        for index, (layer, words) in enumerate(LAYERS.items()):
            box = QCheckBox(tr(words))
            box.setToolTip(tr(LAYER_TIPS[layer]))
            box.toggled.connect(partial(self._session.show_layer, layer))
            grid.addWidget(box, index // 2, 1 + index % 2)
            self.layers[layer] = box
        grid.setColumnStretch(3, 1)
        return grid

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        """The menu of the sector or role under the pointer, or by key of the current one; whether there is one."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            item = self.tree.currentItem()
            at = self.tree.viewport().mapToGlobal(self.tree.visualItemRect(item).bottomLeft()) if item else QPoint()
        else:
            item, at = self.tree.itemAt(event.pos()), event.globalPos()
        pairs = item.data(0, PAIRS) if item is not None else None
        if item is None or not pairs:
            return False
        from explorer.panels.sector_menu import sector_menu

        plan = self._session.atlas.plan(item.data(0, PLAN))
        chosen = [(sector, role) for sector, role in pairs]
        self.menu = sector_menu(self._session, plan, chosen, self.on_places, self)
        self.menu.popup(at)
        return True

    def _hover(self, at: QPoint | None) -> None:
        item = self.tree.itemAt(at) if at is not None else None
        plan = self._session.plan
        here = item is not None and item.data(0, PLAN) == plan.id
        pairs = {tuple(pair) for pair in (item.data(0, PAIRS) or ()) if here} if item is not None else set()
        found = {entry.place for entry in plan.assignments if (entry.sector, entry.role) in pairs} if pairs else set()
        places = tuple(sorted(found))
        if places != self._hovered:
            self._hovered = places
            self.on_hover(places)

    def show_hover(self, place: str | None) -> None:
        """Marks the sectors and roles that the prefecture under the pointer elsewhere has in the plan on the map."""
        plan = self._session.plan
        has = {(entry.sector, entry.role) for entry in plan.assignments if entry.place == place} if place else set()
        tint = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        tint.setAlpha(TINT)
        self.tree.blockSignals(True)
        for item in self._items():
            on = item.data(0, PLAN) == plan.id and any(tuple(pair) in has for pair in item.data(0, PAIRS) or ())
            for column in (0, 1):
                item.setBackground(column, QBrush(tint) if on else QBrush())
        self.tree.blockSignals(False)

    def _explain(self, item: QTreeWidgetItem) -> None:
        """What the numbers of a sector or role count, with names, and which sectors of the other plans a sector stands
        beside; worked out when it is asked for."""
        pairs = item.data(0, PAIRS)
        if not pairs or item.toolTip(0):
            return
        plan = self._session.atlas.plan(item.data(0, PLAN))
        is_role = item.parent().parent() is not None
        counts = role_words(plan, pairs[0][0], pairs[0][1] if is_role else None)
        parts = [counts]
        if not is_role:
            from geodata.analysis.crosswalk import crosswalk_words, related

            found = related(self._session.atlas, plan.id, pairs[0][0])
            parts.append(crosswalk_words(row for row in found if row.part is None))
        words = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts if part)
        self.tree.blockSignals(True)  # a tip set is an item changed, which would switch the sector
        item.setToolTip(0, words)
        if counts:
            item.setToolTip(1, words)
        self.tree.blockSignals(False)

    def rebuild(self) -> None:
        """Fills the tree from the session's atlas."""
        self.tree.blockSignals(True)
        self.tree.clear()
        for plan in self._session.atlas.plans:
            top = QTreeWidgetItem([plan.title, ""])
            top.setToolTip(0, escape(plan.heading))
            top.setData(0, PLAN, plan.id)
            top.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.tree.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)  # it counts nothing, and its name needs the room
            counts = places_per_role(plan)
            for sector in plan.sectors:
                top.addChild(self._sector_item(plan, sector, counts))
        self._expanded = ""
        self.tree.blockSignals(False)
        self._show_view()

    def _sector_item(self, plan: Plan, sector: Sector, counts: dict[Pair, int]) -> QTreeWidgetItem:
        pairs = role_pairs(plan, sector.id)
        bare = pairs == ((sector.id, NO_ROLE),)
        number = sum(sector.id in item.sectors for item in items(plan))
        words = tr("{n} 项", n=number) if bare else tr("＋").join(str(counts[pair]) for pair in pairs)
        item = QTreeWidgetItem([sector.name, words])
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setIcon(0, _chip(sector_colour(sector)))
        item.setData(0, PLAN, plan.id)
        item.setData(0, PAIRS, pairs)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        if bare:
            item.setToolTip(1, tr("这份规划没有给市（州）分配角色；这里是园区和项目的个数"))
            return item
        for pair in pairs:
            role = plan.role(pair[1])
            child = QTreeWidgetItem([role.name, str(counts[pair])])
            child.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            fill = role_fill(sector, role)
            child.setIcon(0, _chip(fill.colour, fill.hatch.colour if fill.hatch else None))
            child.setData(0, PLAN, plan.id)
            child.setData(0, PAIRS, (pair,))
            child.setCheckState(0, Qt.CheckState.Unchecked)
            item.addChild(child)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        """All items below the plans, sectors before their roles."""
        found = []
        for index in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(index)
            for sector in (top.child(i) for i in range(top.childCount())):
                found += [sector, *(sector.child(i) for i in range(sector.childCount()))]
        return found

    def _item_changed(self, item: QTreeWidgetItem) -> None:
        pairs = item.data(0, PAIRS)
        if pairs:
            on = item.checkState(0) == Qt.CheckState.Checked
            self._session.show_pairs([(sector, role) for sector, role in pairs], on, item.data(0, PLAN))
            self._show_view()

    def _switch_all(self, on: bool) -> None:
        plan = self._session.plan
        self._session.show_pairs([pair for sector in plan.sectors for pair in role_pairs(plan, sector.id)], on)

    def _show_view(self) -> None:
        view = self._session.view
        for layer, box in self.layers.items():
            box.setChecked(layer in view.layers)
        self.tree.blockSignals(True)
        if view.plan != self._expanded:  # the plan on the map is open, and closed ones the user opened stay so
            self._expanded = view.plan
            self._hover(None)  # what is under the pointer was said of the plan before
            for index in range(self.tree.topLevelItemCount()):
                top = self.tree.topLevelItem(index)
                if top.data(0, PLAN) == view.plan:
                    top.setExpanded(True)
                    self.tree.scrollToItem(top, QTreeWidget.ScrollHint.PositionAtTop)
        for item in self._items():
            pairs = item.data(0, PAIRS)
            if not pairs:
                continue
            on = sum(item.data(0, PLAN) == view.plan and tuple(pair) in view.shown for pair in pairs)
            state = Qt.CheckState.Unchecked if not on else Qt.CheckState.PartiallyChecked
            item.setCheckState(0, Qt.CheckState.Checked if on == len(pairs) else state)
        self.tree.blockSignals(False)


def _chip(colour: tuple[int, int, int], hatch: tuple[int, int, int] | None = None) -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(3, 6, 26, 20, QColor(*colour))
    if hatch is not None:
        painter.setPen(QColor(*hatch))
        painter.setClipRect(3, 6, 26, 20)
        for offset in range(-20, 40, 8):
            painter.drawLine(offset, 26, offset + 20, 6)
    painter.setPen(QPen(QColor(*FAINT_INK), 2))  # a dark colour could not be seen in the dark theme
    painter.drawRect(3, 6, 25, 19)
    painter.end()
    return QIcon(pixmap)
