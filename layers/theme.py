"""Colours, widths and symbols. The map and the legend read the same tables, so that a legend cannot lie."""

from __future__ import annotations

from geodata.analysis.items import PROJECT, Item
from geodata.language import mark, tr
from geodata.plan import Role, Sector
from layers.scene import Colour, Fill, Hatch, Stroke, Symbol

SECTOR_COLOURS: tuple[Colour, ...] = (
    (31, 110, 203),
    (173, 97, 15),
    (124, 170, 118),
    (80, 191, 203),
    (216, 183, 31),
    (175, 73, 107),
    (60, 56, 15),
    (66, 40, 107),
    (151, 163, 245),
    (0, 66, 50),
    (166, 174, 90),
    (143, 111, 57),
    (92, 185, 156),
)
"""By colour slot. The first eight can be told apart pairwise, core from core and expansion from expansion, also by
readers who do not see red or green (measured by a test); the others as well as may be."""

PAPER: Colour = (255, 255, 255)
REST: Colour = (246, 243, 234)
OUTSIDE: Colour = (240, 241, 243)
"""Everything around the province. Neighbours show as border stubs and names only."""
INK: Colour = (38, 38, 38)
FAINT_INK: Colour = (112, 114, 118)
ABSENT: Colour = (205, 203, 197)

BORDERS: dict[str, Stroke] = {
    "county": Stroke((188, 186, 180), 0.3),
    "neighbour": Stroke((190, 192, 197), 0.75, (5.0, 3.0)),
    "prefecture": Stroke((84, 82, 78), 0.7),
    "province": Stroke((52, 52, 52), 1.2),
}
CASING = Stroke(PAPER, 2.6)
"""Under the prefectures' borders in black and white."""
GRATICULE = Stroke((150, 178, 200), 0.35)
FOCUS = Stroke((142, 28, 66), 2.0)
FOCUS_BW = Stroke(INK, 2.4, (6.0, 2.5))
"""Around the prefecture that a figure zooms to."""

LEADER = Stroke((38, 38, 38), 0.9)
LEADER_RIM = Stroke(PAPER, 2.5)
DOT_SIZE = 3.0
"""From a mark or a name to the place it is for, and in points the dot that a mark's leader ends in."""

BORDER_NAMES = {
    "province": mark("省界"),
    "prefecture": mark("市（州）界"),
    "county": mark("县（市、区）界"),
    "neighbour": mark("邻省界线"),
}

HATCH_SPACING = 1.8
HATCH_WIDTH = 0.55
STRIPE_WIDTH = 2.6
"""Millimetres."""

SYMBOLS: dict[str, str] = {
    "square": mark("园区、开发区、新区"),
    "pentagon": mark("科学城、科技城"),
    "diamond": mark("基地"),
    "triangle": mark("实验室、中心、平台等"),
    "circle": mark("项目、工程"),
}
"""Shape -> what it stands for."""

SITE_ENDINGS = (
    ("城", "pentagon"),
    ("基地", "diamond"),
    ("区", "square"),
    ("区域", "square"),
    ("园", "square"),
)
"""How a plan's word for a kind of site ends -> its shape; any other is a triangle."""

SOLID_WORDS = mark("实心：写明到县（市、区）")
HOLLOW_WORDS = mark("空心：只知到市（州）或为推定，位置示意")
BW_ITEMS = mark("黑白图不区分园区和项目的产业")
COUNT_WORDS = mark("此处园区和项目的个数")

REGION_STROKES = (
    Stroke((106, 61, 154), 2.2, (7.0, 3.5)),
    Stroke((140, 86, 20), 2.2, (3.5, 2.5)),
    Stroke((16, 110, 110), 2.2, (10.0, 3.0)),
    Stroke((170, 40, 90), 2.2, (2.0, 2.0)),
)
"""Of the plan's regions in turn; they differ in colour and in dashes."""

AXIS_WIDTH = 3.4
"""Points; an axis is a plain line in the colour of its turn."""

AXIS_ENDINGS = ("带", "走廊", "轴")
"""How the plan's word for a region ends that is a line through its members, not an area."""

LABEL_SIZE = 8.5
COUNTY_LABEL_SIZE = 7.0
NAME_SIZE = 6.5
"""Of sites and projects."""
SYMBOL_SIZE = 6.4
COUNT_SIZE = 6.8
TITLE_SIZE = 16.0
LEGEND_SIZE = 8.5
NOTE_SIZE = 7.0
"""Points."""

SMALLEST_TEXT = 6.0
"""Points, of anything on a figure."""

COUNTY_DETAIL = 700.0
"""Map metres per point below which counties are drawn."""


def nowhere_words(number: int) -> str:
    """What the legend says of items that the plan gives no place."""
    return tr("另有 {n} 项没有写明地点，图上没有", n=number)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of `colour`, the rest of `other`."""
    r, g, b = (round(share * a + (1 - share) * c) for a, c in zip(colour, other, strict=True))
    return r, g, b


def sector_colour(sector: Sector) -> Colour:
    return SECTOR_COLOURS[sector.colour % len(SECTOR_COLOURS)]


BW_ANGLES = (45.0, 135.0, 90.0, 0.0)
"""Of the hatching of the first sectors in black and white; more than these cannot be told apart."""
BW_SPACING = {"core": 1.1, "expansion": 2.6}
"""Millimetres; any other role 4."""


def bw_fill(order: int, role: Role) -> Fill:
    """Black hatching on white: the direction tells the shown sector of that order, the density the role."""
    spacing = BW_SPACING.get(role.kind, 4.0)
    width = 0.75 if role.kind == "core" else 0.5
    return Fill(PAPER, Hatch(INK, spacing, width, BW_ANGLES[order % len(BW_ANGLES)]))


COUNT_COLOUR: Colour = (8, 69, 148)
COUNT_SHARES = (0.16, 0.34, 0.54, 0.78)
"""Of COUNT_COLOUR in the classes of an overlap count, few to many."""
COUNT_HATCHES = ((4.5, 45.0), (2.6, 135.0), (1.6, 90.0), (0.85, 0.0))
"""The same in black and white: millimetres between hatch lines, and their angle."""


def count_fill(index: int, bw: bool) -> Fill:
    """The fill of a class of an overlap count."""
    if bw:
        spacing, angle = COUNT_HATCHES[index]
        return Fill(PAPER, Hatch(INK, spacing, 0.55, angle))
    return Fill(mix(COUNT_COLOUR, PAPER, COUNT_SHARES[index]))


def role_fill(sector: Sector, role: Role) -> Fill:
    """Core solid, expansion lighter with hatch, any other role a plain tint with wide hatch the other way."""
    colour = sector_colour(sector)
    if role.kind == "core":
        return Fill(mix(colour, PAPER, 0.82))
    if role.kind == "expansion":
        return Fill(mix(colour, PAPER, 0.24), Hatch(mix(colour, PAPER, 0.85), HATCH_SPACING, HATCH_WIDTH, 45.0))
    return Fill(mix(colour, PAPER, 0.1), Hatch(mix(colour, PAPER, 0.6), 2 * HATCH_SPACING, HATCH_WIDTH, 135.0))


def item_shape(item: Item) -> str:
    """The shape that stands for the item's kind."""
    if item.key.kind == PROJECT:
        return "circle"
    return next((shape for ending, shape in SITE_ENDINGS if item.category.endswith(ending)), "triangle")


def item_colour(sector: Sector | None, bw: bool = False) -> Colour:
    """A little darker than the sector's zones; grey without a sector; black in black and white."""
    if bw:
        return INK
    return FAINT_INK if sector is None else mix(sector_colour(sector), INK, 0.85)


def item_symbol(item: Item, sector: Sector | None, bw: bool = False) -> Symbol:
    """Shape by kind, colour by sector, hollow when the plan does not say exactly where."""
    return Symbol(item_shape(item), item_colour(sector, bw), not item.is_exact)


def role_level(role: Role) -> float:
    """How much of a ring's width the role fills."""
    return {"core": 1.0, "expansion": 0.5}.get(role.kind, 0.25)
