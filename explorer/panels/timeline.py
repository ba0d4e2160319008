"""The plans' periods as bars over the years: which is shown, which there are, and by when they set targets."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.session import Session
from geodata.language import tr
from geodata.plan import Indicator, Plan
from layers.turning import turn_to

MARGIN = 12
AXIS = 20
LANE = 30
BAR = 20
"""Pixels: beside the axis, its height, that of a lane and of a bar in it."""

MOST_TARGETS = 12
"""Names of indicators in a tip."""


class Bar(NamedTuple):
    """A plan in its lane, counted from the top."""

    plan: Plan
    lane: int


def arrange(plans: Sequence[Plan]) -> tuple[Bar, ...]:
    """The plans by their first year, each in the first lane where it overlaps no other; of two that begin together
    the shorter comes first."""
    ends: list[int] = []
    bars: list[Bar] = []
    for plan in sorted(plans, key=lambda plan: (plan.document.period, plan.id)):
        start, end = plan.document.period
        lane = next((lane for lane, last in enumerate(ends) if last < start), len(ends))
        ends[lane : lane + 1] = [end]
        bars.append(Bar(plan, lane))
    return tuple(bars)


def target_years(plan: Plan) -> dict[int, list[Indicator]]:
    """Year -> the indicators that the plan sets a target for by then."""
    found: dict[int, list[Indicator]] = {}
    for indicator in plan.indicators:
        if indicator.target is not None and indicator.target.year is not None:
            found.setdefault(indicator.target.year, []).append(indicator)
    return dict(sorted(found.items()))


class Timeline(QWidget):
    """A click on a bar, or the arrow keys, turns to that plan; what is shown is kept through the crosswalk."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._bars: tuple[Bar, ...] = ()
        self._hovered: Plan | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("规划时间轴"))
        session.view_changed.connect(self._view_changed)
        session.atlas_changed.connect(self._atlas_changed)
        self._atlas_changed()

    # --- what is shown ---

    def _atlas_changed(self) -> None:
        self._bars = arrange(self._session.atlas.plans)
        self._hovered = None
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self._view_changed()

    def _view_changed(self) -> None:
        plan = self._session.plan if self._bars else None
        words = tr("没有规划")
        if plan is not None:
            words = tr("当前：{plan}，{period}", plan=plan.title, period=plan.period)
        self.setAccessibleDescription(tr("；").join((words, tr("左右方向键转到上一个或下一个规划"))))
        self.update()

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of the axis."""
        starts = [bar.plan.document.period[0] for bar in self._bars]
        ends = [bar.plan.document.period[1] for bar in self._bars]
        targets = [year for bar in self._bars for year in target_years(bar.plan)]
        return min(starts + targets, default=2016), max(ends + targets, default=2020)

    def sizeHint(self) -> QSize:
        lanes = 1 + max((bar.lane for bar in self._bars), default=0)
        return QSize(600, AXIS + lanes * LANE + 8)

    def x_of(self, year: float) -> float:
        """Pixels of the beginning of a year."""
        first, last = self.years
        return MARGIN + (year - first) * (self.width() - 2 * MARGIN) / (last + 1 - first)

    def bar_of(self, plan: Plan) -> QRectF:
        """The box of a plan's bar, from the beginning of its first year to the end of its last, in pixels."""
        bar = next(bar for bar in self._bars if bar.plan is plan)
        start, end = plan.document.period
        left, right = self.x_of(start), self.x_of(end + 1)
        return QRectF(left + 1, AXIS + bar.lane * LANE + (LANE - BAR) / 2 + 2, right - left - 2, BAR)

    def plan_at(self, position: QPointF) -> Plan | None:
        """The plan whose bar is at a position in pixels."""
        return next((bar.plan for bar in self._bars if self.bar_of(bar.plan).contains(position)), None)

    def tip(self, plan: Plan) -> str:
        """Title, period and targets of a plan, as HTML."""
        lines = []
        for year, indicators in target_years(plan).items():
            names = tr("、").join(item.name for item in indicators[:MOST_TARGETS])
            if len(indicators) > MOST_TARGETS:
                names = tr("{names}等 {n} 项", names=names, n=len(indicators))
            lines.append(tr("{year}年目标：{names}", year=year, names=names))
        body = "<br>".join(map(escape, [plan.period, *lines]))
        return f"<p><b>{escape(plan.heading)}</b></p><p>{body}</p>"

    # --- turning ---

    def turn(self, plan: Plan) -> None:
        """Shows another plan and says what became of the sectors that were shown."""
        if plan is self._session.plan:
            return
        turned = turn_to(self._session.atlas, self._session.view, plan.id)
        self._session.set_view(turned.view)
        where = tr("已转到《{title}》", title=plan.title)
        self._session.notice.emit(tr("　").join(part for part in (where, turned.words) if part))

    def step(self, by: int) -> None:
        """Turns to the next (1) or previous (-1) plan in time; at the ends nothing happens."""
        plans = [bar.plan for bar in self._bars]
        index = plans.index(self._session.plan) + by if self._bars else -1
        if 0 <= index < len(plans):
            self.turn(plans[index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.step(steps[key])
        elif key in ends and self._bars:
            self.turn(self._bars[ends[key]].plan)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        plan = self.plan_at(event.position())
        if plan is not None and event.button() == Qt.MouseButton.LeftButton:
            self.turn(plan)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plan = self.plan_at(event.position())
        if plan is not self._hovered:
            self._hovered = plan
            self.setCursor(Qt.CursorShape.ArrowCursor if plan is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            plan = self.plan_at(QPointF(event.pos()))
            if plan is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.tip(plan), self)
            return True
        return super().event(event)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_axis(painter)
        for bar in self._bars:
            self._draw_bar(painter, bar.plan)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw_axis(self, painter: QPainter) -> None:
        first, last = self.years
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        faint = QColor(ink)
        faint.setAlphaF(0.18)
        wide = self.x_of(first + 1) - self.x_of(first)
        every = next((n for n in (1, 2, 5, 10) if n * wide > 1.4 * self.fontMetrics().horizontalAdvance("2020")), 20)
        for year in range(first, last + 2):
            painter.setPen(QPen(faint, 1))
            painter.drawLine(QPointF(self.x_of(year), AXIS - 3), QPointF(self.x_of(year), self.height() - 2))
            if year <= last and (year - first) % every == 0:
                painter.setPen(ink)
                box = QRectF(self.x_of(year) + (wide - 80) / 2, 2, 80, AXIS - 4)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(year))

    def _draw_bar(self, painter: QPainter, plan: Plan) -> None:
        palette, box = self.palette(), self.bar_of(plan)
        current, accent = plan is self._session.plan, palette.color(QPalette.ColorRole.Highlight)
        ground = QColor(accent if current else palette.color(QPalette.ColorRole.Button))
        ink = palette.color(QPalette.ColorRole.HighlightedText if current else QPalette.ColorRole.ButtonText)
        edge = QColor(accent if current or plan is self._hovered else palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(ground)
        painter.setPen(QPen(edge, 2 if plan is self._hovered else 1))
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink)
        first, before = box.right(), box.left()
        for year, indicators in target_years(plan).items():
            end = self.x_of(year + 1)
            if box.left() < end <= box.right() + 2:  # those for a year outside the plan's period are in the tip only
                first = min(first, self._draw_target(painter, box, end, end - before, len(indicators)))
                before = end
        font = self.font()
        font.setBold(current)
        painter.setFont(font)
        room = box.adjusted(8, 0, first - box.right() - 6, 0)
        words = QFontMetrics(font).elidedText(plan.title, Qt.TextElideMode.ElideRight, round(max(0, room.width())))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(self.font())

    def _draw_target(self, painter: QPainter, box: QRectF, end: float, room: float, number: int) -> float:
        """How many targets are for the year that ends at `end`, before that end. Gives the left edge of the words."""
        words = target_words(number, room, self.fontMetrics())
        wide = self.fontMetrics().horizontalAdvance(words)
        left = end - wide - 6
        painter.drawText(QRectF(left, box.top(), wide + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.drawLine(QPointF(end - 2, box.top() + 3), QPointF(end - 2, box.bottom() - 3))
        return left - 2


def target_words(number: int, room: float, metrics: QFontMetrics) -> str:
    """A number of targets in words where these take at most half of the room in pixels: the plan's title has the rest."""
    words = tr("{n}项目标", n=number)
    return words if metrics.horizontalAdvance(words) <= 0.5 * room else f"◆{number}"
