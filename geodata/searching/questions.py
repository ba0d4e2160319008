"""Questions in whole sentences: what is named in them is found by the pairs of characters they share with names.

No grammar: rare pairs (硅材) weigh more than frequent ones (产业), what is named in full weighs most, and pairs that
are in no name, such as those of 哪些 and 的, weigh nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from geodata.gazetteer import gazetteer
from geodata.language import tr
from geodata.plan import Plan, Role
from geodata.searching.entries import SECTOR, Entry, PlaceKey, SaidKey, SectorKey, Target, TermKey, named, role_places
from geodata.searching.matching import EXACT, INITIALS, PINYIN, WORDS, Marks, Match, direct
from geodata.searching.names import Name, fold

SHARE = 0.65
"""An entry is found that has at least this share of the weight of the best."""


TOLD = 0.25
"""What is named in full gets its name's weight again, by this factor."""

AFTER_ANSWERS = 10**6
"""What is added to the degree of matches that do not answer the question."""

WHOLE = (EXACT, PINYIN, INITIALS)

ENGLISH_ROLES = {"core": "core", "expansion": "expansion", "expanding": "expansion"}
"""Words of English questions -> the kind of role they mean."""

ENGLISH = frozenset(("which", "what", "where", "who", "is", "are", "the", "of", "in", "for", "cities", "prefectures"))
"""Words of English questions that name nothing; as letters they would be initials of some name."""


class Words(NamedTuple):
    """Which entries have a pair of characters in their names or what they are about; every name with its entries."""

    pairs: dict[str, frozenset[int]]
    names: tuple[tuple[Name, frozenset[int]], ...]


class Found(NamedTuple):
    """An entry that a question means: its place in the list, how, its target and detail as the question asks."""

    entry: int
    match: Match
    target: Target
    detail: str


@lru_cache(maxsize=2)
def words_of(entries: tuple[Entry, ...]) -> Words:
    """Worked out at the first question."""
    pairs: dict[str, set[int]] = {}
    names: dict[Name, set[int]] = {}
    for index, entry in enumerate(entries):
        for name in (*entry.names, *entry.aliases, *entry.about):
            names.setdefault(name, set()).add(index)
    for name, owners in names.items():
        for pair in _pairs(name.key):
            pairs.setdefault(pair, set()).update(owners)
    return Words(
        {pair: frozenset(owners) for pair, owners in pairs.items()},
        tuple((name, frozenset(owners)) for name, owners in names.items()),
    )


def ask(entries: tuple[Entry, ...], plans: Sequence[Plan], text: str) -> list[Found]:
    """What a question or several words mean, in no order; the degree of a match is less the more it has of it."""
    features = _features(words_of(entries), text)
    if not features:
        return []
    weights = {feature: log(1 + len(entries) / len(owners)) for feature, owners in features.items()}
    scores: dict[int, float] = {}
    counts: dict[int, int] = {}
    for feature, owners in features.items():
        for index in owners:
            scores[index] = scores.get(index, 0.0) + weights[feature]
            counts[index] = counts.get(index, 0) + 1
    key = fold(text)
    told = _told(entries, scores, key)
    heard = _heard(entries, scores, text)
    roles = _roles_asked(plans, key, [span for spans in told.values() for span in spans]) | _english_roles(plans, text)
    asked = [target.adcode for index in (*told, *heard) if isinstance(target := entries[index].target, PlaceKey)]
    answers = {index: _answer(entries[index], plans, roles, asked) for index in scores}
    for index in {*told, *heard}:
        own = _pairs(entries[index].names[0].key)
        scores[index] += TOLD * sum(weight for feature, weight in weights.items() if feature in own)
        scores[index] += max(weights.values()) if answers[index] is not None else 0.0
    best = max(scores.values())
    least = min(2, len(features))
    answered = {index for index in (*told, *heard) if answers[index] is not None}
    return [
        Found(
            index,
            Match(
                WORDS,
                round(100 * (best - score)) + (0 if index in answered else AFTER_ANSWERS),
                _marks(entries[index].names[0], features),
            ),
            *(answers[index] or (entries[index].target, entries[index].detail)),
        )
        for index, score in scores.items()
        if not _is_elsewhere(entries[index].target, asked)
        if index in told
        or index in heard
        or (score >= SHARE * best and counts[index] >= least and entries[index].names[0].key not in key)
    ]


def _is_elsewhere(target: Target, asked: Sequence[str]) -> bool:
    """Whether it is said of other prefectures than those that the question names."""
    if not asked or not isinstance(target, SaidKey | TermKey) or not target.places:
        return False
    return not {code[:4] for code in asked} & {code[:4] for code in target.places}


def _pairs(key: str) -> set[str]:
    """Neighbouring characters, and runs of letters and figures whole."""
    runs = re.findall(r"[a-z0-9]+|[^a-z0-9]+", key)
    pairs: set[str] = set()
    for run in runs:
        pairs |= {run} if run.isascii() else {run[i : i + 2] for i in range(len(run) - 1)}
    return pairs


def _features(words: Words, text: str) -> dict[str, frozenset[int]]:
    """The pairs of the text that are in any name; a word in letters also by its sound."""
    features: dict[str, frozenset[int]] = {}
    for piece in filter(None, map(fold, re.split(r"[\s，。？?、,；;！!]+", text))):
        for run in re.findall(r"[a-z0-9]+|[^a-z0-9]+", piece):
            if not run.isascii():
                features |= {pair: words.pairs[pair] for pair in _pairs(run) if pair in words.pairs}
            elif len(run) > 1 and run not in ENGLISH and run not in ENGLISH_ROLES:
                meets = direct(run)
                owners = frozenset[int]().union(*(indexes for name, indexes in words.names if _begins(meets(name))))
                if owners:
                    features[run] = owners
    return features


def _begins(match: Match | None) -> bool:
    """Whether a word in letters is more than some letters in the middle of a name."""
    return match is not None and (match.kind != INITIALS or match.degree <= 2)


def _told(entries: Sequence[Entry], scores: dict[int, float], key: str) -> dict[int, tuple[tuple[int, int], ...]]:
    """The entries named in full, with where in the text; none that is only part of a longer name of its group."""
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    for index in scores:
        entry = entries[index]
        places = [
            (match.start(), match.end())
            for name in (*entry.names, *entry.aliases)
            if len(name.key) > 1 and name.key in key
            for match in re.finditer(re.escape(name.key), key)
        ]
        if places:
            spans[index] = tuple(places)
    return {
        index: own
        for index, own in spans.items()
        if any(
            not any(
                start <= a and b <= end and end - start > b - a
                for other, others in spans.items()
                if entries[other].group == entries[index].group
                for start, end in others
            )
            for a, b in own
        )
    }


def _heard(entries: Sequence[Entry], scores: dict[int, float], text: str) -> set[int]:
    """The entries of which a word in letters is all of a name, in pinyin or initials."""
    words = [word for word in map(fold, text.split()) if word.isascii() and len(word) > 1 and word not in ENGLISH]
    matchers = [direct(word) for word in words]
    return {
        index
        for index in scores
        for meets in matchers
        if any(
            (match := meets(name)) is not None and match.degree == 0 and match.kind in WHOLE
            for name in entries[index].names
        )
    }


def _roles_asked(plans: Sequence[Plan], key: str, named_at: Sequence[tuple[int, int]]) -> dict[str, Role]:
    """Plan id -> the role whose name begins or ends with the most of the text; names of other things do not count."""
    for start, end in named_at:
        key = key[:start] + " " * (end - start) + key[end:]
    asked: dict[str, Role] = {}
    for plan in plans:
        best = 1
        for role in plan.roles:
            name = fold(role.name)
            for size in range(len(name), best, -1):
                if name[:size] in key or name[-size:] in key:
                    asked[plan.id], best = role, size
                    break
    return asked


def _english_roles(plans: Sequence[Plan], text: str) -> dict[str, Role]:
    """Plan id -> its strongest role of the kind that an English word of the text means."""
    kinds = {ENGLISH_ROLES[word] for word in re.findall(r"[a-z]+", text.lower()) if word in ENGLISH_ROLES}
    asked = ((plan.id, role) for plan in plans for role in plan.roles if role.kind in kinds)
    return dict(sorted(asked, key=lambda pair: -pair[1].rank))


def _answer(
    entry: Entry, plans: Sequence[Plan], roles: dict[str, Role], asked: Sequence[str]
) -> tuple[SectorKey, str] | None:
    """A sector as the question asks for it: the places of a role, or the roles of places; None if it asks neither."""
    target = entry.target
    if entry.group != SECTOR or not isinstance(target, SectorKey):
        return None
    plan = next(plan for plan in plans if plan.id == target.plan)
    parents = [code[:4] + "00" for code in asked]
    own = [item for item in plan.assignments if item.sector == target.sector and item.place in parents]
    if own:
        words = tr("；").join(
            tr("{name}：{text}", name=gazetteer()[item.place].short, text=plan.role(item.role).name) for item in own
        )
        return target._replace(places=tuple(item.place for item in own)), words
    role = roles.get(plan.id)
    codes = role_places(plan, target.sector, role.id) if role is not None else ()
    if role is None or not codes:
        return None
    return target._replace(places=codes), tr("{name}：{text}", name=role.name, text=named(codes, len(codes)))


def _marks(name: Name, features: dict[str, frozenset[int]]) -> Marks:
    """The parts of a name that are in the text."""
    met = {
        position
        for feature in features
        for match in re.finditer(re.escape(feature), name.key)
        for position in range(match.start(), match.end())
    }
    marks: list[tuple[int, int]] = []
    for position in sorted(met):
        start, end = name.marked(position, position + 1)[0]
        if marks and marks[-1][1] == start:
            marks[-1] = (marks[-1][0], end)
        else:
            marks.append((start, end))
    return tuple(marks)
