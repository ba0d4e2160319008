"""Raw values to a Plan, or every problem at once, each with its place in the file and a hint."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

from geodata.gazetteer import gazetteer
from geodata.language import tr
from geodata.migrations import migrate
from geodata.plan import Link, Plan
from geodata.problems import Problem, UserError, fail, shorten
from geodata.reading.json_pack import Key, RawPack, not_an_object
from geodata.schema import KINDS, RECORDS, Field, Record

MOST_PROBLEMS = 50


def _close(name: str, names: list[str], most: int, cutoff: float = 0.6) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, names, most, cutoff)


_TOGETHER_UNIQUE = {"assignments": ["sector", "role", "place"], "crosswalk": ["sector", "plan", "other"]}
"""Lists without ids -> the fields that together name an item."""

_PLACE_KINDS = ("place", "place?", "places", "county", "county?", "counties")


class _Bad:
    """Stands for a value that could not be built; its problem has been reported."""


_BAD = _Bad()


def build_plan(raw: RawPack) -> Plan:
    """The plan of a pack file. Raises UserError with all problems, in the order of the file."""
    if not isinstance(raw.value, dict):
        raise UserError(not_an_object(raw))
    migrated = migrate(raw.value)
    if isinstance(migrated, Problem):
        where = raw.locator()(("schema",))
        raise UserError(Problem(where, migrated.message, migrated.hint))
    work = _Validation(migrated)
    try:
        plan = work.record(RECORDS["plan"], {k: v for k, v in migrated.items() if k != "schema"}, ())
    except RecursionError as error:
        raise fail(raw.name, tr("细分领域嵌套过深，不是数据包"), tr("确认选对了文件")) from error
    if work.problems:
        locate = raw.locator()
        problems = [Problem(locate(key), message, hint) for key, message, hint in work.problems]
        raise UserError(*shorten(problems, MOST_PROBLEMS))
    assert isinstance(plan, Plan)
    return plan


class _Validation:
    def __init__(self, raw: dict[str, Any]) -> None:
        self.problems: list[tuple[Key, str, str]] = []
        self.plan_id = raw.get("id")
        self.known = {
            "sectors": _sector_ids(raw.get("sectors")),
            **{name: _ids(raw.get(name)) for name in ("roles", "sites", "regions")},
        }

    def report(self, key: Key, message: str, hint: str = "") -> _Bad:
        self.problems.append((key, message, hint))
        return _BAD

    def record(self, record: Record, raw: Any, key: Key) -> Any:
        """The frozen value of one JSON object."""
        if not isinstance(raw, dict):
            return self.report(key, _instead(tr("应是一个对象"), raw), tr("写成 { … }"))
        names = [field.name for field in record.fields]
        for name in raw:
            if name not in names:
                close = _close(name, names, 1)
                hint = tr("是不是“{name}”？", name=close[0]) if close else tr("删去它")
                self.report((*key, name), tr("不认识的键“{name}”", name=name), hint)
        values: dict[str, Any] = {}
        for field in record.fields:
            if field.name in raw:
                values[field.name] = self.field(field, raw[field.name], (*key, field.name))
            elif field.required:
                message = tr("缺少“{name}”（{about}）", name=field.name, about=tr(field.about))
                values[field.name] = self.report(key, message, tr("补上这一项"))
        before = len(self.problems)
        self.consistency(record, values, key)
        if len(self.problems) > before or any(value is _BAD for value in values.values()):
            return _BAD
        return record.value(**values)

    def field(self, field: Field, raw: Any, key: Key) -> Any:
        if field.kind not in KINDS:
            shape, _, name = field.kind.partition(":")
            if shape == "list":
                return self.items(field, RECORDS[name], raw, key)
            return None if raw is None and name != "document" else self.record(RECORDS[name], raw, key)
        if not _has_kind(field.kind, raw):
            return self.report(key, _instead(tr(KINDS[field.kind][0]), raw), tr(field.about))
        if field.choices and raw not in field.choices:
            choices = tr("、").join(field.choices)
            return self.report(key, tr("不能是“{name}”", name=raw), tr("可以是：{choices}", choices=choices))
        if field.refers_to:
            self.references(field, raw, key)
        if field.kind in _PLACE_KINDS:
            return self.places(field.kind, raw, key)
        return tuple(raw) if isinstance(raw, list) else raw

    def items(self, field: Field, record: Record, raw: Any, key: Key) -> Any:
        if not isinstance(raw, list):
            return self.report(key, _instead(tr("应是一个列表"), raw), tr("写成 [ … ]"))
        if field.name == "citations" and not raw:
            hint = tr("写明章节、页码和在文中的起止位置")
            return self.report(key, tr("没有引文：每一条事实都要有依据"), hint)
        built = [self.record(record, item, (*key, index)) for index, item in enumerate(raw)]
        if record.key:
            self.unique(raw, [record.key], key)
        if field.name in _TOGETHER_UNIQUE:
            self.unique(raw, _TOGETHER_UNIQUE[field.name], key)
        return _BAD if any(value is _BAD for value in built) else tuple(built)

    def unique(self, raw: list[Any], names: list[str], key: Key) -> None:
        first: dict[tuple[str, ...], int] = {}
        for index, item in enumerate(raw):
            if not isinstance(item, dict):
                continue
            identity = tuple(_canonical(name, item.get(name)) for name in names)
            if identity in first:
                words = tr("、").join(str(item[name]) for name in names if item.get(name) is not None)
                message = tr("与第 {number} 条重复：{words}", number=first[identity] + 1, words=words)
                self.report((*key, index), message, tr("合并或删去其中一条"))
            first.setdefault(identity, index)

    def references(self, field: Field, raw: Any, key: Key) -> None:
        known = self.known[field.refers_to]
        for index, name in enumerate(raw if isinstance(raw, list) else [raw]):
            if name is not None and name not in known:
                close = _close(name, known, 1, 0.4)
                names = field.refers_to
                hint = tr("是不是“{name}”？", name=close[0]) if close else tr("先在 {list} 中列出它", list=names)
                at = (*key, index) if isinstance(raw, list) else key
                self.report(at, tr("{list} 中没有“{name}”", list=names, name=name), hint)

    def places(self, kind: str, raw: Any, key: Key) -> Any:
        """Adcodes of the named places; prefectures or counties, as the kind says."""
        want_prefecture = kind.startswith("place")
        if isinstance(raw, list):
            codes = [self.place(name, want_prefecture, (*key, index)) for index, name in enumerate(raw)]
            return _BAD if any(code is _BAD for code in codes) else tuple(codes)
        return None if raw is None else self.place(raw, want_prefecture, key)

    def place(self, name: str, want_prefecture: bool, key: Key) -> str | _Bad:
        found = gazetteer().candidates(name)
        if not want_prefecture:
            by_name = [place for place in gazetteer().counties if name in (place.name, place.adcode)]
            found = tuple(by_name) or found
        if len(found) != 1:
            if len(self.problems) >= MOST_PROBLEMS:  # looking for likely names is slow, and it will not be listed
                return self.report(key, tr("没有“{name}”这个地名", name=name))
            problem = gazetteer().problem(name)
            return self.report(key, problem.message, problem.hint)
        if found[0].is_prefecture != want_prefecture:
            if want_prefecture:
                message = tr("“{name}”是县（市、区），这里要写市（州）", name=name)
            else:
                message = tr("“{name}”是市（州），这里要写县（市、区）", name=name)
            return self.report(key, message, tr("换成相应的一级，或写六位代码"))
        return found[0].adcode

    def consistency(self, record: Record, values: dict[str, Any], key: Key) -> None:
        """What two fields of one object must not say against each other."""
        start, end = values.get("start"), values.get("end")
        if isinstance(start, int) and isinstance(end, int) and not 0 <= start < end:
            message = tr("引文起止位置 {start}:{end} 不成一段", start=start, end=end)
            self.report((*key, "start"), message, tr("起点从 0 数，终点大于起点"))
        county, place = values.get("county"), values.get("place")
        if isinstance(county, str) and isinstance(place, str) and county[:4] != place[:4]:
            names = gazetteer()
            self.report(
                (*key, "county"),
                tr("{county}不属于{place}", county=names[county].name, place=names[place].name),
                tr("它属于{place}", place=names[names[county].parent].name),
            )
        lon, lat = values.get("lon"), values.get("lat")
        for name, value, low, high in (("lon", lon, 97.0, 109.0), ("lat", lat, 26.0, 35.0)):
            if isinstance(value, int | float) and not low <= value <= high:
                hint = tr("四川在 {low} 到 {high} 度之间", low=f"{low:g}", high=f"{high:g}")
                self.report((*key, name), tr("{value} 不在四川", value=value), hint)
        if "lon" in values and (values["lon"] is None) != (values.get("lat") is None):
            self.report((*key, "lon"), tr("经度和纬度只写了一个"), tr("两个都写，或都写 null"))
        if record.value is Link:
            self.link(values, key)

    def link(self, values: dict[str, Any], key: Key) -> None:
        """A row of the crosswalk names a sector of another plan, or none."""
        if values.get("plan") == self.plan_id:
            self.report((*key, "plan"), tr("“{id}”就是本规划", id=self.plan_id), tr("写另一个规划的编号"))
        relation, other = values.get("relation"), values.get("other", _BAD)
        if relation == "none" and isinstance(other, str):
            message = tr("relation 是 none，却写了“{other}”", other=other)
            self.report((*key, "other"), message, tr("other 写 null，或改写 relation"))
        elif isinstance(relation, str) and relation != "none" and other is None:
            message = tr("relation 是 {relation}，却没有写对方的产业", relation=relation)
            self.report((*key, "other"), message, tr("写上它，或 relation 写 none"))


def _ids(raw: Any) -> list[str]:
    if not isinstance(raw, list):
        return []
    return [item["id"] for item in raw if isinstance(item, dict) and isinstance(item.get("id"), str)]


def _sector_ids(raw: Any) -> list[str]:
    if not isinstance(raw, list):
        return []
    below = [name for item in raw if isinstance(item, dict) for name in _sector_ids(item.get("subsectors"))]
    return _ids(raw) + below


def _canonical(name: str, value: Any) -> str:
    """A value as it counts for duplicates: 资阳 and 资阳市 are one place."""
    if name == "place" and isinstance(value, str):
        found = gazetteer().candidates(value)
        return found[0].adcode if len(found) == 1 else value
    return str(value)


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_years(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(_is_integer(year) and 1900 <= year <= 2200 for year in value)
        and value[0] <= value[1]
    )


def _is_number(value: Any) -> bool:
    return _is_integer(value) or (isinstance(value, float) and isfinite(value))


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


_IS_KIND: dict[str, Callable[[Any], bool]] = {
    "text": _is_text,
    "words": _is_string,
    "place": _is_string,
    "county": _is_string,
    "texts": _are_texts,
    "places": _are_texts,
    "counties": _are_texts,
    "integer": _is_integer,
    "number": _is_number,
    "years": _are_years,
}


def _has_kind(kind: str, value: Any) -> bool:
    if value is None:
        return kind.endswith("?")
    return _IS_KIND[kind.removesuffix("?")](value)


def _instead(wanted: str, value: Any) -> str:
    """What is wanted and what stands there: `应是整数，而不是数字 1.5`."""
    match value:
        case bool():
            return tr("{wanted}，而不是真假值 {value}", wanted=wanted, value=value)
        case "":
            return tr("{wanted}，而不是空文字", wanted=wanted)
        case str():
            return tr("{wanted}，而不是文字", wanted=wanted)
        case int() | float():
            return tr("{wanted}，而不是数字 {value}", wanted=wanted, value=value)
        case list():
            return tr("{wanted}，而不是列表", wanted=wanted)
        case dict():
            return tr("{wanted}，而不是对象", wanted=wanted)
    return tr("{wanted}，而不是{value}", wanted=wanted, value="null")
