"""Schema version 1 of plan packs as tables: what validation checks, and what editors' JSON Schema is made from.

`geodata/json_schema.py` writes them out for editors.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from geodata import plan

VERSION = 1
BASES = ("stated", "context", "inferred")
PRECISIONS = ("site", "county", "prefecture", "none")
ROLE_KINDS = ("core", "expansion", "other")
RELATIONS = ("same", "part_of", "contains", "none")


class Field(NamedTuple):
    """One key of a JSON object. `kind` is one of KINDS, or `item:NAME` / `list:NAME` of a record below."""

    name: str
    kind: str
    about: str
    required: bool = True
    choices: tuple[str, ...] = ()
    refers_to: str = ""


class Record(NamedTuple):
    """A JSON object and the frozen value that it becomes; `key` names the field that must be unique."""

    value: Any
    fields: tuple[Field, ...]
    key: str = ""


KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("文字", {"type": "string", "minLength": 1}),
    "text?": ("文字或 null", {"type": ["string", "null"]}),
    "words": ("文字（可为空）", {"type": "string"}),
    "texts": ("文字列表", {"type": "array", "items": {"type": "string", "minLength": 1}}),
    "integer": ("整数", {"type": "integer"}),
    "integer?": ("整数或 null", {"type": ["integer", "null"]}),
    "number": ("数字", {"type": "number"}),
    "number?": ("数字或 null", {"type": ["number", "null"]}),
    "years": ("两个年份", {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
    "place?": ("市（州）名或 null", {"type": ["string", "null"]}),
    "place": ("市（州）名", {"type": "string"}),
    "places": ("市（州）名列表", {"type": "array", "items": {"type": "string"}}),
    "county?": ("县（市、区）名或 null", {"type": ["string", "null"]}),
    "counties": ("县（市、区）名列表", {"type": "array", "items": {"type": "string"}}),
}
"""Kind of value -> how a message calls it, and its JSON Schema."""


def _id() -> Field:
    return Field("id", "text", "本表内唯一的短名")


def _note() -> Field:
    return Field("note", "words", "文件自身有误、前后不一或另有名称时的说明", required=False)


def _citations() -> Field:
    return Field("citations", "list:citation", "依据的段落，至少一处")


def _sectors() -> Field:
    return Field("sectors", "texts", "涉及的产业", refers_to="sectors")


def _sites() -> Field:
    return Field("sites", "texts", "依托的园区、基地", refers_to="sites")


_PLACES = Field("places", "places", "涉及的市（州）")
_COUNTIES = Field("counties", "counties", "涉及的县（市、区）")
_ALIASES = Field("aliases", "texts", "文件中的其他写法")
_FOCUS = Field("focus", "texts", "重点发展的内容，文件用语")
_CROSSWALK = (
    "与其他规划的产业对照，是整理者判断，不是文件所说；两个规划之间的对照写在较晚的一个中"
    "（先比规划期，再比编号），none 写在产业所属的规划中"
)
_POSITIONS = Field("positions", "texts", "定位，文件用语")

RECORDS: dict[str, Record] = {
    "citation": Record(
        plan.Citation,
        (
            Field("section", "text", "章节号，如 五（六）"),
            Field("page", "integer?", "段落开始的页码"),
            Field("page_to", "integer?", "段落结束的页码，与开始页不同时写", required=False),
            Field("start", "integer", "在规范化文本中的起点，从 0 数，含"),
            Field("end", "integer", "在规范化文本中的终点，不含"),
            Field("digest", "text", "段落 SHA-256 的前 12 位"),
            Field(
                "exception",
                "words",
                "段落中没有地名或名称的原因；地名要写进原因，没有本条名称的要有“名称”二字",
                required=False,
            ),
        ),
    ),
    "document": Record(
        plan.Document,
        (
            _id(),
            Field("title", "text", "全称"),
            Field("issuer", "text?", "发文机关"),
            Field("period", "years", "规划期"),
            Field("boundary_date", "text?", "所依据的行政区划日期"),
            Field("sha256", "text", "规范化文本的 SHA-256"),
            Field("characters", "integer", "规范化文本的字数"),
            Field("pages", "integer?", "页数"),
        ),
    ),
    "role": Record(
        plan.Role,
        (
            _id(),
            Field("name", "text", "规划用语"),
            Field("rank", "integer", "1 为最高"),
            Field("kind", "text", "类别", choices=ROLE_KINDS),
            _citations(),
        ),
        key="id",
    ),
    "sector": Record(
        plan.Sector,
        (
            _id(),
            Field("name", "text", "名称"),
            _ALIASES,
            Field("colour", "integer", "颜色序号，从 0 起"),
            _citations(),
            Field("subsectors", "list:subsector", "细分领域"),
        ),
        key="id",
    ),
    "subsector": Record(
        plan.Sector,
        (
            _id(),
            Field("name", "text", "名称"),
            Field("aliases", "texts", "文件中的其他写法", required=False),
            _citations(),
            Field("subsectors", "list:subsector", "细分领域", required=False),
        ),
        key="id",
    ),
    "region": Record(
        plan.Region,
        (
            _id(),
            Field("name", "text", "名称"),
            _ALIASES,
            Field("kind", "text", "类别"),
            _PLACES,
            _COUNTIES,
            _sites(),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "site": Record(
        plan.Site,
        (
            _id(),
            Field("name", "text", "名称"),
            _ALIASES,
            Field("kind", "text", "类别"),
            Field("place", "place?", "所在市（州）"),
            Field("county", "county?", "所在县（市、区）"),
            _sectors(),
            Field("lon", "number?", "经度（CGCS2000，度）"),
            Field("lat", "number?", "纬度（CGCS2000，度）"),
            Field("precision", "text", "位置精度", choices=PRECISIONS),
            Field("basis", "text", "位置依据", choices=BASES),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "assignment": Record(
        plan.Assignment,
        (
            Field("sector", "text", "产业", refers_to="sectors"),
            Field("role", "text", "角色", refers_to="roles"),
            Field("place", "place", "市（州）"),
            _FOCUS,
            _POSITIONS,
            _sites(),
            _note(),
            _citations(),
        ),
    ),
    "statement": Record(
        plan.Statement,
        (
            _id(),
            Field("kind", "text", "类别；zone 指整个角色区，joint 指几个市共同"),
            Field("summary", "text", "概括，不抄原句"),
            _PLACES,
            _COUNTIES,
            Field("regions", "texts", "涉及的区域", refers_to="regions"),
            _sectors(),
            Field("role", "text?", "角色", refers_to="roles"),
            _FOCUS,
            _POSITIONS,
            _sites(),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "project": Record(
        plan.Project,
        (
            _id(),
            Field("name", "text", "名称"),
            Field("kind", "text", "类别"),
            _sectors(),
            _PLACES,
            _COUNTIES,
            _sites(),
            Field("basis", "text", "地点依据", choices=BASES),
            Field("status", "words", "进展，文件用语"),
            Field("details", "texts", "内容要点"),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "indicator": Record(
        plan.Indicator,
        (
            _id(),
            Field("name", "text", "名称"),
            Field("unit", "words", "单位"),
            Field("comparator", "words", "达到、超过、年均等，文件用语"),
            Field("base", "item:year_value", "基期"),
            Field("target", "item:year_value", "目标"),
            Field("scope", "text", "范围"),
            _PLACES,
            _sectors(),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "link": Record(
        plan.Link,
        (
            Field("sector", "text", "本规划的产业或细分领域", refers_to="sectors"),
            Field("relation", "text", "按主体内容：相同、在对方之内、包含对方、对方没有相当的产业", choices=RELATIONS),
            Field("plan", "text", "另一规划的编号"),
            Field("other", "text?", "另一规划的产业或细分领域；relation 为 none 时写 null"),
            Field("why", "text", "理由，一句短语，不抄原文"),
        ),
    ),
    "year_value": Record(plan.YearValue, (Field("year", "integer?", "年份"), Field("value", "number", "数值"))),
    "plan": Record(
        plan.Plan,
        (
            _id(),
            Field("title", "text", "列表中的短标题"),
            Field("document", "item:document", "文件"),
            Field("roles", "list:role", "角色，规划用语"),
            Field("sectors", "list:sector", "产业"),
            Field("regions", "list:region", "区域"),
            Field("sites", "list:site", "园区、基地、平台"),
            Field("assignments", "list:assignment", "每一条：一个市（州）在一个产业中的角色"),
            Field("statements", "list:statement", "其他说法"),
            Field("projects", "list:project", "项目、工程"),
            Field("indicators", "list:indicator", "指标"),
            Field("crosswalk", "list:link", _CROSSWALK, required=False),
        ),
    ),
}
