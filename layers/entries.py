"""What the legend says: roles, sites and projects, regions and borders, in the plan's own words."""

from __future__ import annotations

from geodata.analysis.coverage import places_per_role
from geodata.boundaries import Boundaries
from geodata.language import tr
from geodata.plan import Plan
from layers.catalog.markers import shown_items
from layers.catalog.regions import drawn_regions, regions
from layers.catalog.zones import (
    count_classes,
    pair_fill,
    rest_fill,
    sectors_by_place,
    shared_fill,
    shown_assignments,
)
from layers.extent import REGION, extent_name
from layers.scene import Area, Colour, Count, Fill, Glyph, LegendEntry, Marker, Segment, Symbol
from layers.theme import (
    BORDER_NAMES,
    BORDERS,
    BW_ITEMS,
    COUNT_WORDS,
    FAINT_INK,
    FOCUS,
    FOCUS_BW,
    HOLLOW_WORDS,
    INK,
    SOLID_WORDS,
    SYMBOLS,
    count_fill,
    item_colour,
    nowhere_words,
    role_level,
    sector_colour,
)
from layers.view import NO_ROLE, ViewState, effective_style, role_pairs, shown_sectors


def role_entries(
    plan: Plan, view: ViewState, areas: tuple[Area, ...], glyphs: tuple[Glyph, ...]
) -> tuple[LegendEntry, ...]:
    """Sectors with a role, and the roles as zones, stripes, rings, counts or small multiples."""
    style = effective_style(plan, view)
    sectors = [sector for sector in shown_sectors(plan, view) if (sector.id, NO_ROLE) not in view.shown]
    if not sectors:
        return ()
    if style == "glyphs":
        entries = _rings(plan, view)
    elif style == "count":
        entries = _counts(plan, view)
    elif style == "multiples":
        entries = [LegendEntry(plan.role(role).name, (shared_fill(plan, view, role),)) for role in _roles(plan, view)]
        return (*entries, LegendEntry(_rest_words(plan, view, set(sectors_by_place(plan, view))), (rest_fill(view),)))
    else:
        entries = _zones(plan, view, areas)
    return (*entries, *_rest(plan, view, areas, glyphs))


def _counted(view: ViewState, words: str, number: int | str) -> str:
    """Counts are of the whole province, so a figure of a part of it has none."""
    return words if view.extent_of else tr("{name}（{text}）", name=words, text=number)


def _roles(plan: Plan, view: ViewState) -> list[str]:
    """The ids of the roles that are on, strongest first."""
    on = {role for _, role in view.shown}
    return [role.id for role in sorted(plan.roles, key=lambda role: role.rank) if role.id in on]


def _zones(plan: Plan, view: ViewState, areas: tuple[Area, ...]) -> list[LegendEntry]:
    entries: list[LegendEntry] = []
    counts = places_per_role(plan)
    sectors = [sector for sector in shown_sectors(plan, view) if (sector.id, NO_ROLE) not in view.shown]
    for sector in sectors:
        entries.append(LegendEntry(sector.name))
        for pair in role_pairs(plan, sector.id):
            if pair in view.shown:
                words = _counted(view, plan.role(pair[1]).name, counts[pair])
                entries.append(LegendEntry(words, (pair_fill(plan, view, *pair),)))
    shared = [area.fills for area in areas if len(area.fills) > 1]
    if shared:
        if view.template.bw:
            words = tr("重叠：兼属两个产业") if len(sectors) == 2 else tr("重叠：兼属多个产业")
        else:
            words = tr("条纹：兼属两个产业") if len(sectors) == 2 else tr("条纹：兼属多个产业")
        entries.append(LegendEntry(_counted(view, words, len(shared)), shared[0]))
    return entries


def _rest(plan: Plan, view: ViewState, areas: tuple[Area, ...], glyphs: tuple[Glyph, ...]) -> list[LegendEntry]:
    """The places without a mark; named for what they are when only a role of theirs is switched off."""
    plain = rest_fill(view)
    marked = {glyph.key for glyph in glyphs} | {area.key for area in areas if area.fills != (plain,)}
    rest = len(areas) - len(marked)
    if not rest:
        return []
    words = _rest_words(plan, view, marked)
    if glyphs:
        return [LegendEntry(_counted(view, tr("无环形符号：{words}", words=words), rest), ())]
    return [LegendEntry(_counted(view, words, rest), (plain,))]


def _rest_words(plan: Plan, view: ViewState, marked: set[str]) -> str:
    sectors = {sector.id for sector in shown_sectors(plan, view)}
    on = {(item.sector, item.place) for item in shown_assignments(plan, view)}
    multiples = effective_style(plan, view) == "multiples"  # each sector has a map, and a rest, of its own
    hidden = any(
        item.sector in sectors and ((item.sector, item.place) not in on if multiples else item.place not in marked)
        for item in plan.assignments
    )
    return tr("其他地区及未显示的角色") if hidden else tr("其他地区")


def _counts(plan: Plan, view: ViewState) -> list[LegendEntry]:
    """The classes of an overlap count, and what the numbers beside the names are."""
    numbers = sectors_by_place(plan, view).values()
    total = len({sector for sector, role in view.shown if role != NO_ROLE})
    entries = [LegendEntry(tr("产业个数（共 {total} 个）", total=total))]
    for index, (low, high) in enumerate(count_classes(plan, view)):
        words = tr("{low} 个", low=low) if low == high else tr("{low}—{high} 个", low=low, high=high)
        number = sum(low <= number <= high for number in numbers)
        entries.append(LegendEntry(_counted(view, words, number), (count_fill(index, view.template.bw),)))
    names = tr("＋").join(plan.role(role).name for role in _roles(plan, view))
    return [*entries, LegendEntry(tr("地名旁的数：{names}", names=names), ())]


def _rings(plan: Plan, view: ViewState) -> list[LegendEntry]:
    """What the widths mean, once for each role, then each sector's colour or place in the ring with its counts."""
    counts = places_per_role(plan)
    roles = [plan.role(role) for role in _roles(plan, view)]
    entries = []
    for role in roles:
        segment = Segment("", INK, role_level(role))
        entries.append(LegendEntry(role.name, Glyph("", (0.0, 0.0), (segment,) * 3)))
    if not view.extent_of:
        entries.append(LegendEntry(tr("产业（{roles}）", roles=tr("＋").join(role.name for role in roles))))
    sectors = shown_sectors(plan, view)
    for index, sector in enumerate(sectors):
        numbers = tr("＋").join(
            str(counts[sector.id, role.id]) if (sector.id, role.id) in view.shown else tr("—") for role in roles
        )
        words = _counted(view, sector.name, numbers)
        sample: Glyph | tuple[Fill, ...] = (Fill(sector_colour(sector)),)
        if view.template.bw:  # the place in the ring tells the sector
            parts = tuple(Segment("", INK, 1.0 if other == index else 0.0) for other in range(len(sectors)))
            sample = Glyph("", (0.0, 0.0), parts)
        entries.append(LegendEntry(words, sample))
    return entries


def marker_entries(plan: Plan, view: ViewState, marked: tuple[Marker, ...]) -> tuple[LegendEntry, ...]:
    """Shapes, the colours that nothing else explains, what hollow means, what numbers mean, and what has no mark."""
    found = {item.key: item for item in shown_items(plan, view)}
    nowhere = 0 if view.extent_of else sum(not item.spots for item in found.values())
    if not marked and not nowhere:
        return ()
    ink = INK if view.template.bw else FAINT_INK
    entries = [LegendEntry(tr("园区和项目"))]
    for shape, words in SYMBOLS.items():
        hollow = [marker.symbol.hollow for marker in marked if marker.symbol.shape == shape]
        if hollow:
            entries.append(LegendEntry(tr(words), Symbol(shape, ink, all(hollow)), mark=shape))
    if not view.template.bw:
        colours = {marker.symbol.colour for marker in marked}
        entries += [
            LegendEntry(words, (Fill(colour),), mark=f"colour:{colour}")
            for words, colour in _item_colours(plan, view)
            if colour in colours
        ]
    elif len({sector for marker in marked for sector in found[marker.key].sectors}) > 1:
        entries.append(LegendEntry(tr(BW_ITEMS), ()))
    states = {marker.symbol.hollow for marker in marked}
    if False in states:
        entries.append(LegendEntry(tr(SOLID_WORDS), Symbol("pair", ink), mark="solid"))
    if True in states:
        entries.append(LegendEntry(tr(HOLLOW_WORDS), Symbol("pair", ink, hollow=True), mark="hollow"))
    if len(marked) > 1:  # which of them share a spot depends on the page
        entries.append(LegendEntry(tr(COUNT_WORDS), Count("n", INK), mark="count"))
    if nowhere:
        entries.append(LegendEntry(nowhere_words(nowhere), ()))
    return tuple(entries)


def _item_colours(plan: Plan, view: ViewState) -> list[tuple[str, Colour]]:
    """The colours of symbols that zones, stripes or rings do not explain, with their meaning."""
    count = effective_style(plan, view) == "count"
    bare = [sector for sector in shown_sectors(plan, view) if count or (sector.id, NO_ROLE) in view.shown]
    return [*((sector.name, item_colour(sector)) for sector in bare), (tr("没有写明产业"), item_colour(None))]


def line_entries(plan: Plan, view: ViewState, boundaries: Boundaries, counties: bool) -> tuple[LegendEntry, ...]:
    """Regions and borders."""
    strokes = {line.key: line.stroke for line in regions(plan, view, boundaries)}
    entries = [
        LegendEntry(tr("{name}（示意）", name=region.name), strokes[f"region:{region.id}"], f"region:{region.id}")
        for region in drawn_regions(plan, view)
    ]
    if view.extent_of is not None:
        name = extent_name(plan, view)
        words = tr("{name}（示意）", name=name) if view.extent_of.startswith(REGION) else name
        entries.append(LegendEntry(words, FOCUS_BW if view.template.bw else FOCUS, "focus"))
    multiples = effective_style(plan, view) == "multiples"
    kinds = ["province", "prefecture", *(["county"] if counties else []), *([] if multiples else ["neighbour"])]
    return (*entries, *(LegendEntry(tr(BORDER_NAMES[kind]), BORDERS[kind], kind) for kind in kinds))


def role_numbers(plan: Plan, view: ViewState) -> dict[str, str]:
    """Beside the names in an overlap count: how many sectors a place has in each role that is on, `3＋4`."""
    roles = _roles(plan, view)
    found: dict[str, dict[str, int]] = {}
    for item in shown_assignments(plan, view):
        numbers = found.setdefault(item.place, dict.fromkeys(roles, 0))
        numbers[item.role] += 1
    return {place: tr("＋").join(map(str, numbers.values())) for place, numbers in found.items()}
