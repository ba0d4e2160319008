"""Industries per city as stacked bars, strongest role at the bottom; linked both ways with the map.

The one module that knows pyqtgraph, imported when the chart is first shown.
"""

from __future__ import annotations

import os
from html import escape

os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.session import Session
from explorer.theme import is_dark
from geodata.analysis.coverage import sectors_per_place
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Plan, Role

ROLE_COLOURS = {"core": (38, 92, 140), "expansion": (150, 190, 222), "other": (214, 214, 208)}
DARK_CORE = (62, 132, 190)
"""Core on a dark ground, from which the other colours stand out as they are."""
SELECTED = (196, 22, 28)
NO_ROLES = mark("这份规划没有给市（州）分配产业。在左边勾选另一份规划的产业，这里就画出各市（州）承担的产业数")


LEGEND_ROOM = 1.22
"""Height of the chart as a multiple of the highest bar: the legend stands above the bars."""

CLOSE_TICKS = 5
"""Sectors from which on only every second one has a number at the axis."""

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ChartPanel(QWidget):
    """One bar a city, in falling order of roles; the selected city's bar is framed, a click or the arrow keys select."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.plot = pg.PlotWidget(background=None)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("各市（州）承担的产业数"))
        scene = self.plot.scene()
        scene.contextMenu = []  # pyqtgraph's own export entry makes other figures than ours
        scene.sigMouseClicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.plot)
        self._order: list[str] = []
        self._plan: str | None = None
        session.view_changed.connect(self.refresh)
        session.atlas_changed.connect(self._rebuild)
        self._rebuild()

    def refresh(self) -> None:
        """Follows the session: another plan is drawn anew, another place is framed."""
        if self._session.view.plan != self._plan:
            self._rebuild()
        else:
            self._frame_selected()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_selected"):
            self._rebuild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._session.select_place(self._order[0 if key == Qt.Key.Key_Home else -1])
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        """Selects the city of the next bar, or of the first one."""
        place = (self._session.view.place or "")[:4] + "00"
        index = self._order.index(place) + step if place in self._order else 0
        self._session.select_place(self._order[max(0, min(len(self._order) - 1, index))])

    def bar_of(self, adcode: str) -> QPointF:
        """The middle of a city's bar in plot coordinates."""
        return QPointF(self._order.index(adcode), self._heights[adcode] / 2)

    def selected(self) -> str | None:
        """The adcode of the framed bar."""
        return self._order[round(self._selected.opts["x"][0])] if self._selected.isVisible() else None

    def _rebuild(self) -> None:
        plan = self._session.plan
        self._plan = plan.id
        roles = sorted(plan.roles, key=lambda role: role.rank)
        counts = sectors_per_place(plan)
        codes = [place.adcode for place in gazetteer().prefectures]
        self._heights = {code: sum(counts[code, role.id] for role in roles) for code in codes}
        self._order = sorted(codes, key=lambda code: [-counts[code, role.id] for role in roles] + [int(code)])
        self.plot.clear()
        item = self.plot.getPlotItem()
        if item.legend is not None:
            item.legend.scene().removeItem(item.legend)
            item.legend = None
        ink = self.palette().text().color()
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(ink)
            axis.setTextPen(ink)
        legend = self.plot.addLegend(offset=(-10, 1), labelTextColor=ink, colCount=max(1, len(roles)))
        bases = dict.fromkeys(codes, 0)
        for role in roles:
            self._add_bars(plan, role, bases)
        title = tr(NO_ROLES)
        if any(self._heights.values()):
            title = tr("各市（州）承担的产业数（全部 {n} 个产业）", n=len(plan.sectors))
        item.setTitle(title, color=ink, size="9pt")
        item.getAxis("bottom").setTicks([[(i, gazetteer()[code].short) for i, code in enumerate(self._order)]])
        highest = max(self._heights.values(), default=0)
        step = 1 if highest < CLOSE_TICKS else 2
        item.getAxis("left").setTicks([[(n, str(n)) for n in range(0, highest + 1, step)]])
        self.plot.setYRange(0, max(1, highest) * LEGEND_ROOM, padding=0)
        self.plot.setXRange(-0.6, len(self._order) - 0.4, padding=0)
        self._selected = pg.BarGraphItem(x=[0], height=[0], width=0.8, brush=None, pen=pg.mkPen(SELECTED, width=2))
        self._selected.setZValue(10)
        self.plot.addItem(self._selected)
        legend.setZValue(20)
        self._frame_selected()

    def _add_bars(self, plan: Plan, role: Role, bases: dict[str, int]) -> None:
        counts = sectors_per_place(plan)
        heights = [counts[code, role.id] for code in self._order]
        bars = pg.BarGraphItem(
            x=list(range(len(self._order))),
            y0=[bases[code] for code in self._order],
            height=heights,
            width=0.7,
            brush=DARK_CORE if role.kind == "core" and is_dark(self) else ROLE_COLOURS[role.kind],
            pen=None,
            name=escape(role.name),
        )
        self.plot.addItem(bars)
        for code, height in zip(self._order, heights, strict=True):
            bases[code] += height

    def _frame_selected(self) -> None:
        place = self._session.view.place
        if place in self._heights:
            self._selected.setOpts(x=[self._order.index(place)], y0=[0], height=[self._heights[place] or 0.05])
        self._selected.setVisible(place in self._heights)

    def _clicked(self, event: pg.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = round(self.plot.getPlotItem().vb.mapSceneToView(event.scenePos()).x())
        if 0 <= index < len(self._order):
            self._session.select_place(self._order[index])
