"""Industries side by side can be told apart by their colours, also by readers who do not see red or green."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from geodata.plan import Role, Sector
from layers.scene import Colour
from layers.theme import INK, PAPER, REST, SECTOR_COLOURS, role_fill

FIRST = 8
"""Slots that are told apart; the strategic plan has as many industries."""

LEAST = {"core": 14.0, "expansion": 4.5}
"""CIEDE2000 between any two. Before there were slots that were 2.6 and 0.9 apart, the two blues 3.2 by their tints."""

LEAST_SEEN_FULLY = {"core": 20.0, "expansion": 7.5}
"""For those who see all colours."""

SEEING = {
    "fully": np.eye(3),
    "without red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "without green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
"""Linear RGB as it is seen: Machado, Oliveira and Fernandes 2009, protanopia and deuteranopia."""

TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = TO_XYZ.sum(axis=1)


def linear(colour: Colour) -> np.ndarray:
    parts = np.array(colour) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour: Colour, seeing: str) -> np.ndarray:
    """CIE Lab of a colour as it is seen."""
    xyz = TO_XYZ @ np.clip(SEEING[seeing] @ linear(colour), 0, 1) / WHITE
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """The difference of two colours in Lab."""
    mean_chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    grow = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    lightness = np.array([one[0], other[0]])
    a, b = np.array([one[1], other[1]]) * grow, np.array([one[2], other[2]])
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    turn = (hue[1] - hue[0] + 180) % 360 - 180
    mid_l, mid_c, mid_h = lightness.mean(), chroma.mean(), hue[0] + turn / 2
    t = 1.0
    for share, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63)):
        t += share * np.cos(np.radians(times * mid_h + shift))
    d_l = (lightness[1] - lightness[0]) / (1 + 0.015 * (mid_l - 50) ** 2 / np.sqrt(20 + (mid_l - 50) ** 2))
    d_c = (chroma[1] - chroma[0]) / (1 + 0.045 * mid_c)
    d_h = 2 * np.sqrt(chroma.prod()) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mid_c * t)
    bend = np.radians(60 * np.exp(-(((mid_h % 360 - 275) / 25) ** 2)))
    together = -2 * np.sqrt(mid_c**7 / (mid_c**7 + 25.0**7)) * np.sin(bend)
    return float(np.sqrt(d_l**2 + d_c**2 + d_h**2 + together * d_c * d_h))


def fill(slot: int, kind: str) -> Colour:
    return role_fill(Sector("s", "产业", (), colour=slot), Role(kind, kind, 1, kind, ())).colour


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted(float((TO_XYZ @ linear(colour))[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_differences_are_those_of_the_published_examples(
    one: tuple[float, ...], other: tuple[float, ...], known: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(known, abs=1e-4)


@pytest.mark.parametrize("seeing", SEEING)
@pytest.mark.parametrize("kind", LEAST)
def test_no_two_of_the_first_industries_look_alike(kind: str, seeing: str) -> None:
    least = LEAST_SEEN_FULLY[kind] if seeing == "fully" else LEAST[kind]
    seen = [lab(fill(slot, kind), seeing) for slot in range(FIRST)]
    alike = {
        (one, other): round(apart, 1)
        for one, other in combinations(range(FIRST), 2)
        if (apart := ciede2000(seen[one], seen[other])) < least
    }
    assert alike == {}


def test_the_two_industries_that_both_were_blue_differ_plainly() -> None:
    information, vehicles = 0, 5
    for seeing in SEEING:
        for kind, least in LEAST.items():
            apart = ciede2000(*(lab(fill(slot, kind), seeing) for slot in (information, vehicles)))
            assert apart > 1.25 * least, (seeing, kind)


def test_all_slots_have_colours_of_their_own() -> None:
    for kind in LEAST:
        seen = [lab(fill(slot, kind), "fully") for slot in range(len(SECTOR_COLOURS))]
        assert min(ciede2000(one, other) for one, other in combinations(seen, 2)) > 4


@pytest.mark.parametrize("slot", range(len(SECTOR_COLOURS)))
def test_names_can_be_read_on_expansions_and_zones_seen_on_the_map(slot: int) -> None:
    core, expansion = fill(slot, "core"), fill(slot, "expansion")
    assert contrast(INK, expansion) >= 7
    assert contrast(core, PAPER) >= 1.6
    assert ciede2000(lab(core, "fully"), lab(REST, "fully")) > 20
    assert ciede2000(lab(expansion, "fully"), lab(REST, "fully")) > 5
