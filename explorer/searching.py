"""Where a search leads: the place, sector, item, region or term that was chosen, on the map and in the inspector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from explorer.canvas import MapCanvas
from explorer.session import Session
from geodata.analysis.items import PROJECT, SITE, Item, ItemKey, find_item
from geodata.language import tr
from geodata.plan import Plan, Region
from layers.catalog.regions import has_outline
from layers.theme import COUNTY_DETAIL
from layers.view import LAYERS, Pair, ViewState, all_pairs, core_pairs, role_pairs, shown_sectors

if TYPE_CHECKING:
    from geodata.analysis.search import Hit


def go(session: Session, canvas: MapCanvas, show_source: Callable[..., object], hit: Hit) -> None:
    """Shows what was found: one change of the view, so that one undo leads back. What was switched on for it is said.

    `show_source` is called with plan, title and citations of what leads to a passage.
    """
    from geodata.searching.entries import PlaceKey, RegionKey, SaidKey, SectorKey, TermKey

    target, done = hit.target, ""
    if isinstance(target, PlaceKey):
        session.select_place(target.adcode)
        bring(canvas, target.adcode)
    elif isinstance(target, SectorKey | TermKey):
        pairs, done = _pairs(session, target.plan, (target.sector,), target.places)
        _show(session, canvas, session.view.of_plan(target.plan)._replace(shown=pairs), target.places)
    elif isinstance(target, RegionKey):
        plan = session.atlas.plan(target.plan)
        region = next(region for region in plan.regions if region.id == target.region)
        view, done = _with_region(session, plan, region)
        _show(session, canvas, view, target.places)
        show_source(plan, region.name, region.citations)
    elif isinstance(target, SaidKey):
        if target.sectors or target.places:
            view = session.view.of_plan(target.plan)
            if target.sectors:
                pairs, done = _pairs(session, target.plan, target.sectors, target.places)
                view = view._replace(shown=pairs)
            _show(session, canvas, view, target.places)
        show_source(session.atlas.plan(target.plan), target.text, target.citations)
    else:
        done = _show_item(session, canvas, target)
    session.notice.emit(tr("　").join(part for part in (hit.name, hit.detail, hit.plan, done) if part))


def go_to_item(session: Session, canvas: MapCanvas, key: ItemKey) -> None:
    """Shows a site or project, drawn and in sight. What was switched on for it is said."""
    done = _show_item(session, canvas, key)
    if done:
        session.notice.emit(done)


def _show_item(session: Session, canvas: MapCanvas, key: ItemKey) -> str:
    item = find_item(session.atlas.plans, key)
    if item is None:
        return ""
    view, done = _drawn(session, item)
    place = item.spots[0].place if len(item.spots) == 1 else None
    session.set_view(view._replace(item=key, place=place, group=()))
    canvas.show_item(key)
    return done


def _drawn(session: Session, item: Item) -> tuple[ViewState, str]:
    """The view with the layer and an industry of the item on, so that it is drawn, and words for what that changed."""
    plan = session.atlas.plan(item.key.plan)
    view = session.view.of_plan(plan.id)
    said = [] if view.plan == session.view.plan else [tr("已换到{plan}", plan=plan.title)]
    layer = {SITE: "sites", PROJECT: "projects"}[item.key.kind]
    if layer not in view.layers:
        view = view._replace(layers=view.layers | {layer})
        said.append(tr("已打开图层“{name}”", name=tr(LAYERS[layer])))
    on = {sector.id for sector in shown_sectors(plan, view)}
    if item.sectors and not on.intersection(item.sectors):
        pairs, undone = _pairs(session, plan.id, item.sectors[:1], ())
        view = view.with_pairs(pairs, True)
        said += [tr("已打开产业“{name}”", name=plan.sector(item.sectors[0]).name), *([undone] if undone else [])]
    elif not item.sectors and len(on) < len(plan.sectors):
        said.append(tr("它不属于哪一个产业，打开全部产业时才画出"))
    return view, tr("；").join(said)


def _with_region(session: Session, plan: Plan, region: Region) -> tuple[ViewState, str]:
    """The view without what was selected, with the region drawn if it has an outline, and words for what that changed
    or why there is none."""
    view = session.view.of_plan(plan.id)._replace(place=None, item=None, group=())
    if not has_outline(region):
        return view, "" if region.places or region.counties else tr("规划没有写明它的成员，图上没有它的范围")
    said = "" if "regions" in view.layers else tr("已打开图层“{name}”", name=tr(LAYERS["regions"]))
    return view._replace(layers=view.layers | {"regions"}), said


def _pairs(
    session: Session, plan_id: str, sectors: Iterable[str], places: Iterable[str]
) -> tuple[frozenset[Pair], str]:
    """The sectors with their roles; with the core roles alone while only these are on, unless one of the places has
    another or there is no core role: then all, and words that say so."""
    plan = session.atlas.plan(plan_id)
    every = frozenset(pair for sector in sectors for pair in role_pairs(plan, sector))
    if not _only_core(session.plan, session.view):
        return every, ""
    roles = {role.id for role in plan.roles if role.kind == "core"}
    core = frozenset(pair for pair in every if pair[1] in roles)
    has = {item.place for item in plan.assignments if (item.sector, item.role) in core}
    if core and all(code[:4] + "00" in has for code in places):
        return core, ""
    return every, tr("这里不只有核心，“只看核心”已取消")


def _only_core(plan: Plan, view: ViewState) -> bool:
    core = core_pairs(plan, view)
    return bool(core) and view.shown == core != all_pairs(plan, view)


def _show(session: Session, canvas: MapCanvas, view: ViewState, places: Sequence[str]) -> None:
    """The view with one place selected, or several highlighted together; all of them in sight."""
    if len(places) == 1:
        view = view._replace(place=places[0], item=None, group=())
    elif places:
        view = view._replace(place=None, item=None, group=tuple(places))
    session.set_view(view)
    if len(places) == 1:
        bring(canvas, places[0])
    elif not all(map(canvas.is_in_sight, places)):
        canvas.fit()


def bring(canvas: MapCanvas, adcode: str) -> None:
    """Moves the map so that a prefecture is in sight; to a county also so near that its neighbours have names."""
    if adcode.endswith("00"):
        canvas.show_extent_of(adcode)
    else:
        scale = max(canvas.near_scale(adcode), 1.01 / COUNTY_DETAIL)
        canvas.show_at(scale, canvas.boundaries().label_points[adcode][:2])
