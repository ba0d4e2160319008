"""Which cities a plan treats alike: role vectors, grouped and laid side by side.

The distance of two cities is 1 − Σ min / Σ max over the sectors (0 the same, 1 nothing in common); clusters are
joined by their average distance, and each is laid with its nearer end to its neighbour. Same plan, same order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import combinations

from geodata.analysis.matrix import Cell, Group, Matrix
from geodata.language import mark, tr

WEIGHTS = {"core": 1.0, "expansion": 0.5}
"""Kind of role -> its weight in a vector; any other role 0.25."""

TOGETHER = 0.45
"""Average distance up to which cities are one group."""

NOTHING = mark("所列产业中没有内容")
ALONE = mark("没有共同的产业")


def vectors(table: Matrix) -> dict[str, tuple[float, ...]]:
    """Adcode -> a number from 0 to 1 per sector: its strongest role there; in a plan without roles, 1 where it has
    sites or projects."""
    return {
        place.adcode: tuple(_weight(table.cell(place.adcode, sector.id), table) for sector in table.sectors)
        for place in table.places
    }


def _weight(cell: Cell, table: Matrix) -> float:
    if not table.plan.roles:
        return 1.0 if cell.items else 0.0
    return max((WEIGHTS.get(role.kind, 0.25) for role, _ in cell.roles), default=0.0)


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """0 for equal vectors, 1 for vectors with nothing in common; an empty one is at 1 from any that is not."""
    larger = sum(map(max, one, other))
    return 1.0 - sum(map(min, one, other)) / larger if larger else 0.0


def like_order(table: Matrix) -> tuple[str, ...]:
    """All cities, like beside like; those with nothing come last."""
    return tuple(code for group in _clusters(table) for code in group)


def by_likeness(table: Matrix, codes: Collection[str]) -> tuple[Group, ...]:
    """The cities in groups, named by the sectors that all members share; inside a group in the order of `codes`."""
    groups = (tuple(code for code in codes if code in members) for members in _clusters(table))
    return tuple(Group(_words(table, members), members) for members in groups if members)


def _words(table: Matrix, members: Sequence[str]) -> str:
    found = vectors(table)
    if not any(any(found[code]) for code in members):
        return tr(NOTHING)
    names = [s.name for column, s in enumerate(table.sectors) if all(found[code][column] for code in members)]
    if len(members) == 1:
        return tr("、").join(names)
    return tr("共同：{names}", names=tr("、").join(names)) if names else tr(ALONE)


@lru_cache(maxsize=8)
def _clusters_of(rows: tuple[tuple[str, tuple[float, ...]], ...]) -> tuple[tuple[str, ...], ...]:
    found = dict(rows)
    apart = {(a, b): distance(found[a], found[b]) for a in found for b in found}

    def mean(one: Sequence[str], other: Sequence[str]) -> float:
        return sum(apart[a, b] for a in one for b in other) / (len(one) * len(other))

    def joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        """One after the other, turned so that the ends that meet are nearest."""
        turns = [(a, b) for a in (one, one[::-1]) for b in (other, other[::-1])]
        first, second = min(turns, key=lambda pair: round(apart[pair[0][-1], pair[1][0]], 9))
        return first + second

    chains: list[tuple[str, ...]] = [(code,) for code in found if any(found[code])]
    groups: tuple[tuple[str, ...], ...] | None = None
    while True:
        pairs = list(combinations(range(len(chains)), 2))
        heights = {pair: round(mean(chains[pair[0]], chains[pair[1]]), 9) for pair in pairs}
        nearest = min(pairs, key=lambda pair: heights[pair], default=None)
        if groups is None and (nearest is None or heights[nearest] > TOGETHER):
            groups = tuple(chains)
        if nearest is None:
            break
        one, other = nearest
        chains[one] = joined(chains[one], chains.pop(other))
    assert groups is not None
    order = {code: place for place, code in enumerate(chains[0])} if chains else {}
    laid = [tuple(sorted(group, key=order.__getitem__)) for group in groups]
    laid.sort(key=lambda group: order[group[0]])
    nothing = tuple(code for code in found if not any(found[code]))
    return (*laid, nothing) if nothing else tuple(laid)


def _clusters(table: Matrix) -> tuple[tuple[str, ...], ...]:
    return _clusters_of(tuple(vectors(table).items()))
