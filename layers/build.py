"""build_scene: facts and choices to the scene that screen and files draw."""

from __future__ import annotations

from geodata.atlas import Atlas
from geodata.boundaries import Boundaries, about
from geodata.geometry import Outline
from geodata.language import tr
from geodata.plan import Plan
from layers.catalog.borders import borders
from layers.catalog.markers import markers
from layers.catalog.names import names
from layers.catalog.regions import regions
from layers.catalog.rings import rings
from layers.catalog.zones import panel_areas, zones
from layers.entries import line_entries, marker_entries, role_entries, role_numbers
from layers.extent import extent_body, extent_name, focus, within
from layers.scene import Line, Panel, Scene
from layers.template import cleaned
from layers.theme import SMALLEST_TEXT
from layers.view import FIRST_LAYERS, NO_ROLE, ViewState, effective_style, role_pairs, shown_sectors

MOST_NAMED = 3
"""Sectors that a title names."""


def build_scene(atlas: Atlas, view: ViewState, boundaries: Boundaries, counties: bool = False) -> Scene:
    """The scene of a view. `counties` adds county borders and names, for extents near enough to read them."""
    plan = atlas.plan(view.plan)
    style = effective_style(plan, view)
    if style == "multiples":
        return _multiples(atlas, plan, view, boundaries)
    counties = counties or view.extent_of is not None
    areas = zones(plan, view, boundaries)
    glyphs = rings(plan, view, boundaries)
    marked = within(plan, view, markers(plan, view, boundaries))
    body = extent_body(plan, view, boundaries)
    return Scene(
        areas=areas,
        lines=(
            *_graticule(view, body),
            *borders(boundaries, counties, view.template.bw),
            *regions(plan, view, boundaries),
            *focus(plan, view, boundaries),
        ),
        glyphs=glyphs,
        labels=names(boundaries, counties, view.template.names, role_numbers(plan, view) if style == "count" else {}),
        legend=(
            *role_entries(plan, view, areas, glyphs),
            *marker_entries(plan, view, marked),
            *line_entries(plan, view, boundaries, counties),
        ),
        title=cleaned(view.title) or default_title(plan, view, atlas),
        source=_source(plan),
        approval=_approval(view),
        markers=marked,
        body=body,
        plan=plan,
        view=view,
    )


def _multiples(atlas: Atlas, plan: Plan, view: ViewState, boundaries: Boundaries) -> Scene:
    """A small map of the whole province for each shown sector with roles; sites and regions have no room there."""
    view = view._replace(extent_of=None, layers=frozenset())
    sectors = [sector for sector in shown_sectors(plan, view) if (sector.id, NO_ROLE) not in view.shown]
    kinds = ("prefecture", "province")
    return Scene(
        areas=(),
        lines=tuple(line for line in borders(boundaries, False, view.template.bw) if line.key in kinds),
        glyphs=(),
        labels=tuple(
            label._replace(size=SMALLEST_TEXT)
            for label in names(boundaries, False, view.template.names, {})
            if label.rank == 1
        ),
        legend=(*role_entries(plan, view, (), ()), *line_entries(plan, view, boundaries, False)),
        title=cleaned(view.title) or default_title(plan, view, atlas),
        source=_source(plan),
        approval=_approval(view),
        markers=(),
        body=boundaries.province,
        plan=plan,
        view=view,
        panels=tuple(Panel(sector.name, panel_areas(plan, view, sector.id, boundaries)) for sector in sectors),
    )


def _graticule(view: ViewState, body: Outline) -> tuple[Line, ...]:
    if not view.template.has("graticule"):
        return ()
    from layers.catalog.graticule import graticule

    return (graticule(body),)


def _source(plan: Plan) -> str:
    document = tr("资料来源：《{title}》", title=plan.document.title)
    return tr("　").join((document, tr("行政区划：{source}", source=about())))


def _approval(view: ViewState) -> str:
    number = cleaned(view.approval)
    return tr("审图号：{number}", number=number) if number else tr("内部使用，未经地图审核")


def default_title(plan: Plan, view: ViewState, atlas: Atlas) -> str:
    """`四川省新材料产业布局（2016—2020年）`, or the number of sectors when there are more than MOST_NAMED."""
    place, period = extent_name(plan, view), plan.period
    sectors = shown_sectors(plan, view)
    if not sectors:
        return tr("{place}行政区划", place=place)
    if all(role == NO_ROLE for _, role in view.shown):  # the plan gives no roles: there is no layout to speak of
        title = _title_without_roles(plan, view)
        return tr("{place}：{title}", place=place, title=title) if view.extent_of else title
    if len(sectors) <= MOST_NAMED:
        *first, what = (sector.name.removesuffix("产业") for sector in sectors)
        if first:
            what = tr("{first}与{last}", first=tr("、").join(first), last=what)
        roles = {role for _, role in view.shown}
        possible = {role for sector in sectors for _, role in role_pairs(plan, sector.id)}
        only = tr("、").join(role.name for role in plan.roles if role.id in roles) if roles < possible else ""
        if only:
            return tr("{place}{sectors}产业{roles}（{period}年）", place=place, sectors=what, roles=only, period=period)
        return tr("{place}{sectors}产业布局（{period}年）", place=place, sectors=what, period=period)
    if effective_style(plan, view) == "count":
        return tr("{place}产业重叠：{n} 个产业（{period}年）", place=place, n=len(sectors), period=period)
    return tr("{place}产业布局：{n} 个产业（{period}年）", place=place, n=len(sectors), period=period)


def _title_without_roles(plan: Plan, view: ViewState) -> str:
    names = [sector.name for sector in shown_sectors(plan, view)]
    words = tr("、").join(names) if len(names) <= MOST_NAMED else tr("{n} 个产业", n=len(names))
    if view.layers & FIRST_LAYERS:
        return tr("{plan}（{period}年）：{sectors}的园区和项目", plan=plan.title, period=plan.period, sectors=words)
    return tr("{plan}（{period}年）：{sectors}", plan=plan.title, period=plan.period, sectors=words)
