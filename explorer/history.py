"""Undo and redo: the views the window had, with their extents, as one frozen value; and what fills it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

from explorer.canvas import MapCanvas
from explorer.session import Session
from geodata.language import mark, tr
from layers.view import ViewState, view_from_json, view_to_json

if TYPE_CHECKING:
    from geodata.plan import Plan

MOST = 100
"""Steps that can be undone."""

SETTLED_AFTER = 600
"""Milliseconds without panning or zooming after which the next move is a step of its own."""

Extent = tuple[float, float, float]
"""Scale in points per map metre and the centre in map metres."""

WORDS = {
    "plan": mark("规划"),
    "shown": mark("产业"),
    "layers": mark("图层"),
    "style": mark("画法"),
    "template": mark("画法"),
    "item": mark("选择"),
    "place": mark("选择"),
    "group": mark("选择"),
}
"""Fields of a view -> the words for their change; of several changed ones the first counts."""


class Step(NamedTuple):
    """What the window showed: a view, and the extent unless it was the whole province."""

    view: ViewState
    extent: Extent | None = None


class History(NamedTuple):
    """The steps before and after the present one, the nearest last in `past` and first in `future`."""

    present: Step
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()

    def then(self, step: Step) -> History:
        """A new step; what was undone is gone."""
        return History(step, (*self.past, self.present)[-MOST:])

    def instead(self, step: Step) -> History:
        """The present step, changed further; nothing of it is left when that leads back to the one before."""
        if self.past and self.past[-1] == step:
            return History(step, self.past[:-1])
        return History(step, self.past)

    def undone(self) -> History:
        """One step back; the same when there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redone(self) -> History:
        """One step forward; the same when there is none."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.present), self.future[1:])

    def of_plans(self, plans: Collection[str]) -> History:
        """Without the steps of plans that are gone, and without those that then lead nowhere."""
        past, future = ([step for step in steps if step.view.plan in plans] for steps in self[1:])
        back = [step for step, _ in groupby([*past, self.present])]
        forth = [step for step, _ in groupby([self.present, *future])]
        return History(self.present, tuple(back[:-1]), tuple(forth[1:]))


def steps_to_json(history: History) -> str:
    """The lasting part of what can be undone and redone."""
    steps = [[[view_to_json(view), extent] for view, extent in side] for side in (history.past, history.future)]
    return json.dumps(steps, ensure_ascii=False)


def history_from_json(text: str, present: Step, plans: Sequence[Plan]) -> History:
    """The kept steps around `present`, as far as the plans still have what they show; none when the text is damaged."""
    try:
        past, future = json.loads(text)
        sides = [[_step(view, extent, plans) for view, extent in side] for side in (past, future)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return History(present)
    past, future = (tuple(step for step in side if step is not None) for side in sides)
    return History(present, past[-MOST:], future).of_plans({plan.id for plan in plans})


def _step(view: str, extent: Sequence[float] | None, plans: Sequence[Plan]) -> Step | None:
    """Raises ValueError, TypeError or OverflowError when the extent is none."""
    found = view_from_json(view, plans)
    if extent is None or found is None:
        return Step(found) if found is not None else None
    scale, x, y = map(float, extent)
    if not all(map(isfinite, (scale, x, y))):
        raise ValueError(extent)
    return Step(found, (scale, x, y))


def change_words(before: Step, after: Step) -> str:
    """What differs between two steps, in a word."""
    for field, words in WORDS.items():
        if getattr(before.view, field) != getattr(after.view, field):
            return tr(words)
    return tr("视野") if before.view == after.view else tr("视图")


class Recorder(QObject):
    """Keeps the history of a session's views and a canvas's extents.

    Each change is a step: a switch, a style, a selection, a move of the map. What one event changes is one step, and
    so is one movement, however many turns of the wheel it takes. Hovering is in no view and so in no step.
    `on_change` is called when there is more or less to undo or redo.
    """

    def __init__(self, session: Session, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self.on_change: Callable[[], object] = lambda: None
        self._session, self._canvas = session, canvas
        self._started = self._going = False
        self._event, self.movement = QTimer(self), QTimer(self)
        self._event.setInterval(0)
        self.movement.setInterval(SETTLED_AFTER)
        for timer in (self._event, self.movement):
            timer.setSingleShot(True)
        self.history = History(self._now())
        session.view_changed.connect(self._changed)
        session.atlas_changed.connect(self._atlas_changed)
        canvas.extent_changed.connect(self._changed)

    def undo(self) -> None:
        self._go(self.history.undone(), mark("已撤销：{change}"))

    def redo(self) -> None:
        self._go(self.history.redone(), mark("已重做：{change}"))

    def go_on_with(self, history: History) -> None:
        """Takes over what another window of the same plans and view could undo and redo."""
        self.history, self._started = history, True
        self.on_change()

    def _now(self) -> Step:
        return Step(self._session.view, self._canvas.extent_to_keep())

    def _changed(self) -> None:
        now, present = self._now(), self.history.present
        if self._going or now == present:
            return
        moved = now.view == present.view
        further = self._event.isActive() or (moved and self.movement.isActive())
        before = self.history
        self.history = before.instead(now) if further else before.then(now)
        if not moved or len(self.history.past) < len(before.past):  # a step that came to nothing is over
            self.movement.stop()
        elif not further or self.movement.isActive():
            self.movement.start()
        if len(self.history.past) >= len(before.past):
            self._event.start()
        else:
            self._event.stop()
        self.on_change()

    def _atlas_changed(self) -> None:
        """A change of view that comes with an atlas is none of the user's; the first atlas ends the start."""
        plans = {plan.id for plan in self._session.atlas.plans}
        self.history = self.history.of_plans(plans) if self._started else History(self._now())
        self._started = True
        self._event.start()
        self.on_change()

    def _go(self, history: History, words: str) -> None:
        before, step = self.history.present, history.present
        if step == before:
            return
        self._event.stop()
        self.movement.stop()
        self.history = history
        self._going = True
        try:
            self._session.set_view(step.view)
            if step.extent is None:
                self._canvas.fit()
            elif step.extent != self._canvas.extent_to_keep():
                self._canvas.keep_extent(step.extent)
        finally:
            self._going = False
        self.on_change()
        self._session.notice.emit(tr(words, change=change_words(before, step)))
