"""The menu of an industry, or of a role in it, in the tree of plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from explorer.session import Session
from geodata.language import tr
from geodata.plan import Plan
from geodata.sector_report import named_places, role_places
from layers.view import NO_ROLE, Pair


def sector_menu(
    session: Session,
    plan: Plan,
    pairs: Sequence[Pair],
    on_places: Callable[[Sequence[str]], object],
    parent: QWidget,
) -> QMenu:
    """To be opened by the caller. `pairs` are those of one sector; `on_places` is called with places that were marked
    on the map."""
    sector = pairs[0][0]
    view = session.view
    on = plan.id == view.plan and view.shown.issuperset(pairs)
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    switch = menu.addAction(tr("关闭") if on else tr("打开"))
    switch.triggered.connect(lambda: session.show_pairs(pairs, not on, plan.id))
    whole = len(pairs) == max(1, len(role_places(plan, sector)))
    only = menu.addAction(tr("只看这个产业") if whole else tr("只看这个角色"))
    only.triggered.connect(lambda: session.set_view(session.view.of_plan(plan.id)._replace(shown=frozenset(pairs))))
    menu.addSeparator()

    def show(pair: Pair, places: Sequence[str]) -> None:
        seen = session.view.of_plan(plan.id).with_pairs([pair], True)
        session.set_view(seen._replace(place=None, item=None, group=tuple(places)))
        on_places(places)

    for found in role_places(plan, sector):
        if (sector, found.role.id) in pairs:
            words = tr("在地图上标出{role}（{n} 个市（州））", role=found.role.name, n=len(found.places))
            menu.addAction(words).triggered.connect(partial(show, (sector, found.role.id), found.places))
    places = named_places(plan, sector)
    if pairs[0][1] == NO_ROLE:
        words = tr("在地图上标出写到的市（州）（{n} 个）", n=len(places)) if places else tr("没有写明在哪个市（州）")
        action = menu.addAction(words)
        action.setEnabled(bool(places))
        action.triggered.connect(partial(show, pairs[0], places))
    return menu
