"""build_scene: facts and choices to the scene that screen and files draw."""

from __future__ import annotations

from collections.abc import Callable

from geodata.analysis.coverage import places_per_role
from geodata.atlas import Atlas
from geodata.boundaries import DATUM, SOURCE, Boundaries, pieces
from geodata.gazetteer import gazetteer
from geodata.plan import Plan
from layers.catalog.borders import borders
from layers.catalog.markers import markers, shown_items
from layers.catalog.names import names
from layers.catalog.regions import drawn_regions, regions
from layers.catalog.rings import rings
from layers.catalog.zones import zones
from layers.scene import Area, Count, Fill, Glyph, LegendEntry, Line, Marker, Scene, Segment, Symbol
from layers.theme import (
    BORDER_NAMES,
    BORDERS,
    COUNT_WORDS,
    FAINT_INK,
    FOCUS,
    HOLLOW_WORDS,
    INK,
    REST,
    SOLID_WORDS,
    SYMBOLS,
    item_colour,
    item_shape,
    role_fill,
    role_level,
    sector_colour,
)
from layers.view import FIRST_LAYERS, NO_ROLE, ViewState, effective_style, role_pairs, shown_sectors


def build_scene(atlas: Atlas, view: ViewState, boundaries: Boundaries, counties: bool = False) -> Scene:
    """The scene of a view. `counties` adds county borders and names, for extents near enough to read them."""
    plan = atlas.plan(view.plan)
    counties = counties or view.extent_of is not None
    areas = zones(plan, view, boundaries)
    glyphs = rings(plan, view, boundaries)
    marked = markers(plan, view, boundaries)
    body = boundaries.outline(view.extent_of) if view.extent_of else boundaries.province
    return Scene(
        areas=areas,
        lines=(*borders(boundaries, counties), *regions(plan, view, boundaries), *_focus(view, boundaries)),
        glyphs=glyphs,
        labels=names(boundaries, counties),
        legend=(
            *_role_legend(plan, view, areas, glyphs),
            *_marker_legend(plan, view, marked),
            *_line_legend(plan, view, boundaries, counties),
        ),
        title=_printable(view.title) or default_title(plan, view, atlas),
        source=f"资料来源：《{plan.document.title}》　行政区划：{SOURCE}，{DATUM}",
        approval=f"审图号：{_printable(view.approval)}" if view.approval else "内部使用，未经地图审核",
        markers=marked,
        body=body,
    )


def _printable(text: str) -> str:
    """What a person typed, without control characters, which no XML file may hold."""
    return "".join(char for char in text if char.isprintable())


def _focus(view: ViewState, boundaries: Boundaries) -> tuple[Line, ...]:
    """The outline of the prefecture that the figure zooms to."""
    if view.extent_of is None:
        return ()
    return (Line("focus", pieces(boundaries.outline(view.extent_of).rings()), FOCUS),)


def default_title(plan: Plan, view: ViewState, atlas: Atlas) -> str:
    """`四川省新材料产业布局（2016—2020年）`, or the number of sectors when there are more than two."""
    place = atlas.places[view.extent_of].name if view.extent_of else "四川省"
    sectors = shown_sectors(plan, view)
    if not sectors:
        what = "行政区划"
        return f"{place}{what}"
    if all(role == NO_ROLE for _, role in view.shown):  # the plan gives no roles: there is no layout to speak of
        place = f"{place}：" if view.extent_of else ""
        names = "、".join(sector.name for sector in sectors) if len(sectors) <= 2 else f"{len(sectors)} 个产业"
        what = "的园区和项目" if view.layers & FIRST_LAYERS else ""
        return f"{place}{plan.title}（{plan.period}年）：{names}{what}"
    if len(sectors) <= 2:
        what = "与".join(sector.name.removesuffix("产业") for sector in sectors) + "产业"
        roles = {role for _, role in view.shown}
        possible = {role for sector in sectors for _, role in role_pairs(plan, sector.id)}
        only = [role.name for role in plan.roles if role.id in roles] if roles < possible else []
        what += "、".join(only) if only else "布局"
    else:
        what = f"产业布局：{len(sectors)} 个产业"
    return f"{place}{what}（{plan.period}年）"


def _role_legend(
    plan: Plan, view: ViewState, areas: tuple[Area, ...], glyphs: tuple[Glyph, ...]
) -> tuple[LegendEntry, ...]:
    """Sectors with a role, and the roles as zones, stripes or rings."""
    sectors = [sector for sector in shown_sectors(plan, view) if (sector.id, NO_ROLE) not in view.shown]
    entries: list[LegendEntry] = []

    def counted(words: str, number: int) -> str:
        """Counts are of the whole province, so a figure of one prefecture has none."""
        return words if view.extent_of else f"{words}（{number}）"

    if effective_style(plan, view) == "glyphs":
        entries += _ring_legend(plan, view)
    else:
        counts = places_per_role(plan)
        for sector in sectors:
            entries.append(LegendEntry(sector.name))
            for pair in role_pairs(plan, sector.id):
                if pair in view.shown:
                    role = plan.role(pair[1])
                    entries.append(LegendEntry(counted(role.name, counts[pair]), (role_fill(sector, role),)))
        shared = sum(len(area.fills) > 1 for area in areas)
        if shared:
            pattern = next(area.fills for area in areas if len(area.fills) > 1)
            words = "条纹：兼属两个产业" if len(sectors) == 2 else "条纹：兼属多个产业"
            entries.append(LegendEntry(counted(words, shared), pattern))
    if sectors:
        entries += _rest(plan, view, areas, glyphs, counted)
    return tuple(entries)


def _marker_legend(plan: Plan, view: ViewState, marked: tuple[Marker, ...]) -> tuple[LegendEntry, ...]:
    """Shapes, the colours of sectors without roles, what hollow means, and what numbers mean."""
    if not marked:
        return ()
    found = {item.key: item for item in shown_items(plan, view)}
    shapes = [item_shape(found[key]) for key in {marker.key: None for marker in marked}]
    entries = [LegendEntry("园区和项目")]
    for shape, words in SYMBOLS.items():
        if shape in shapes:
            words = words if view.extent_of else f"{words}（{shapes.count(shape)}）"
            entries.append(LegendEntry(words, Symbol(shape, FAINT_INK), mark=shape))
    bare = [sector for sector in shown_sectors(plan, view) if (sector.id, NO_ROLE) in view.shown]
    colours = {marker.symbol.colour for marker in marked}
    entries += [
        LegendEntry(words, (Fill(colour),), mark=f"colour:{colour}")
        for words, colour in (*((s.name, item_colour(s)) for s in bare), ("没有写明产业", item_colour(None)))
        if colour in colours
    ]
    states = {marker.symbol.hollow for marker in marked}
    if False in states:
        entries.append(LegendEntry(SOLID_WORDS, Symbol("circle", FAINT_INK), mark="solid"))
    if True in states:
        entries.append(LegendEntry(HOLLOW_WORDS, Symbol("circle", FAINT_INK, hollow=True), mark="hollow"))
    if len(marked) > len({marker.place for marker in marked}):
        entries.append(LegendEntry(COUNT_WORDS, Count("n", INK), mark="count"))
    return tuple(entries)


def _line_legend(plan: Plan, view: ViewState, boundaries: Boundaries, counties: bool) -> tuple[LegendEntry, ...]:
    """Regions and borders."""
    strokes = {line.key: line.stroke for line in regions(plan, view, boundaries)}
    entries = [
        LegendEntry(f"{region.name}（示意）", strokes[f"region:{region.id}"], f"region:{region.id}")
        for region in drawn_regions(plan, view)
    ]
    if view.extent_of is not None:
        entries.append(LegendEntry(gazetteer()[view.extent_of].name, FOCUS, "focus"))
    kinds = ["province", "prefecture", *(["county"] if counties else []), "neighbour"]
    return (*entries, *(LegendEntry(BORDER_NAMES[kind], BORDERS[kind], kind) for kind in kinds))


def _rest(
    plan: Plan,
    view: ViewState,
    areas: tuple[Area, ...],
    glyphs: tuple[Glyph, ...],
    counted: Callable[[str, int], str],
) -> list[LegendEntry]:
    """The places without a mark; named for what they are when only a role of theirs is switched off."""
    marked = {glyph.key for glyph in glyphs} | {area.key for area in areas if area.fills != (Fill(REST),)}
    sectors = {sector.id for sector in shown_sectors(plan, view)}
    hidden = {item.place for item in plan.assignments if item.sector in sectors} - marked
    rest = len(areas) - len(marked)
    if not rest:
        return []
    words = "其他地区及未显示的角色" if hidden else "其他地区"
    if effective_style(plan, view) == "glyphs":
        return [LegendEntry(counted(f"无环形符号：{words}", rest), ())]
    return [LegendEntry(counted(words, rest), (Fill(REST),))]


def _ring_legend(plan: Plan, view: ViewState) -> list[LegendEntry]:
    """What the widths mean, once for each role, then each sector's colour with its counts by role."""
    counts = places_per_role(plan)
    roles = [role for role in sorted(plan.roles, key=lambda role: role.rank) if role.id in {r for _, r in view.shown}]
    entries = []
    for role in roles:
        segment = Segment("", INK, role_level(role))
        entries.append(LegendEntry(role.name, Glyph("", (0.0, 0.0), (segment,) * 3)))
    if not view.extent_of:
        entries.append(LegendEntry(f"产业（{'＋'.join(role.name for role in roles)}）"))
    for sector in shown_sectors(plan, view):
        numbers = "＋".join(
            str(counts[sector.id, role.id]) if (sector.id, role.id) in view.shown else "—" for role in roles
        )
        words = sector.name if view.extent_of else f"{sector.name}（{numbers}）"
        entries.append(LegendEntry(words, (Fill(sector_colour(sector)),)))
    return entries
