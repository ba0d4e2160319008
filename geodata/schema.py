"""Schema version 1 of plan packs as tables: what validation checks, and what editors' JSON Schema is made from.

`geodata/json_schema.py` writes them out for editors.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from geodata import plan
from geodata.language import mark

VERSION = 1
BASES = ("stated", "context", "inferred")
PRECISIONS = ("site", "county", "prefecture", "none")
ROLE_KINDS = ("core", "expansion", "other")
RELATIONS = ("same", "part_of", "contains", "none")


class Field(NamedTuple):
    """One key of a JSON object. `kind` is one of KINDS, or `item:NAME` / `list:NAME` of a record below;
    `about` is for editors and, through tr, for messages."""

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
    "text": (mark("应是文字"), {"type": "string", "minLength": 1}),
    "text?": (mark("应是文字或 null"), {"type": ["string", "null"]}),
    "words": (mark("应是文字（可为空）"), {"type": "string"}),
    "texts": (mark("应是文字列表"), {"type": "array", "items": {"type": "string", "minLength": 1}}),
    "integer": (mark("应是整数"), {"type": "integer"}),
    "integer?": (mark("应是整数或 null"), {"type": ["integer", "null"]}),
    "number": (mark("应是数字"), {"type": "number"}),
    "number?": (mark("应是数字或 null"), {"type": ["number", "null"]}),
    "years": (mark("应是两个年份"), {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
    "place?": (mark("应是市（州）名或 null"), {"type": ["string", "null"]}),
    "place": (mark("应是市（州）名"), {"type": "string"}),
    "places": (mark("应是市（州）名列表"), {"type": "array", "items": {"type": "string"}}),
    "county?": (mark("应是县（市、区）名或 null"), {"type": ["string", "null"]}),
    "counties": (mark("应是县（市、区）名列表"), {"type": "array", "items": {"type": "string"}}),
}
"""Kind of value -> how a message asks for it (through tr), and its JSON Schema."""


def _id() -> Field:
    return Field("id", "text", mark("本表内唯一的短名"))


def _note() -> Field:
    return Field("note", "words", mark("文件自身有误、前后不一或另有名称时的说明"), required=False)


def _citations() -> Field:
    return Field("citations", "list:citation", mark("依据的段落，至少一处"))


def _sectors() -> Field:
    return Field("sectors", "texts", mark("涉及的产业"), refers_to="sectors")


def _sites() -> Field:
    return Field("sites", "texts", mark("依托的园区、基地"), refers_to="sites")


_PLACES = Field("places", "places", mark("涉及的市（州）"))
_COUNTIES = Field("counties", "counties", mark("涉及的县（市、区）"))
_ALIASES = Field("aliases", "texts", mark("文件中的其他写法"))
_FOCUS = Field("focus", "texts", mark("重点发展的内容，文件用语"))
_CROSSWALK = mark(
    "与其他规划的产业对照，是整理者判断，不是文件所说；两个规划之间的对照写在较晚的一个中"
    "（先比规划期，再比编号），none 写在产业所属的规划中"
)
_POSITIONS = Field("positions", "texts", mark("定位，文件用语"))

RECORDS: dict[str, Record] = {
    "citation": Record(
        plan.Citation,
        (
            Field("section", "text", mark("章节号，如 五（六）")),
            Field("page", "integer?", mark("段落开始的页码")),
            Field("page_to", "integer?", mark("段落结束的页码，与开始页不同时写"), required=False),
            Field("start", "integer", mark("在规范化文本中的起点，从 0 数，含")),
            Field("end", "integer", mark("在规范化文本中的终点，不含")),
            Field("digest", "text", mark("段落 SHA-256 的前 12 位")),
            Field(
                "exception",
                "words",
                mark("段落中没有地名或名称的原因；地名要写进原因，没有本条名称的要有“名称”二字"),
                required=False,
            ),
        ),
    ),
    "document": Record(
        plan.Document,
        (
            _id(),
            Field("title", "text", mark("文件全称")),
            Field("issuer", "text?", mark("发文机关")),
            Field("period", "years", mark("规划期")),
            Field("boundary_date", "text?", mark("所依据的行政区划日期")),
            Field("sha256", "text", mark("规范化文本的 SHA-256")),
            Field("characters", "integer", mark("规范化文本的字数")),
            Field("pages", "integer?", mark("页数")),
        ),
    ),
    "role": Record(
        plan.Role,
        (
            _id(),
            Field("name", "text", mark("规划用语")),
            Field("rank", "integer", mark("1 为最高")),
            Field("kind", "text", mark("类别"), choices=ROLE_KINDS),
            _citations(),
        ),
        key="id",
    ),
    "sector": Record(
        plan.Sector,
        (
            _id(),
            Field("name", "text", mark("名称")),
            _ALIASES,
            Field("colour", "integer", mark("颜色序号，从 0 起")),
            _citations(),
            Field("subsectors", "list:subsector", mark("细分领域")),
        ),
        key="id",
    ),
    "subsector": Record(
        plan.Sector,
        (
            _id(),
            Field("name", "text", mark("名称")),
            Field("aliases", "texts", mark("文件中的其他写法"), required=False),
            _citations(),
            Field("subsectors", "list:subsector", mark("细分领域"), required=False),
        ),
        key="id",
    ),
    "region": Record(
        plan.Region,
        (
            _id(),
            Field("name", "text", mark("名称")),
            _ALIASES,
            Field("kind", "text", mark("类别")),
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
            Field("name", "text", mark("名称")),
            _ALIASES,
            Field("kind", "text", mark("类别")),
            Field("place", "place?", mark("所在市（州）")),
            Field("county", "county?", mark("所在县（市、区）")),
            _sectors(),
            Field("lon", "number?", mark("经度（CGCS2000，度）")),
            Field("lat", "number?", mark("纬度（CGCS2000，度）")),
            Field("precision", "text", mark("位置精度"), choices=PRECISIONS),
            Field("basis", "text", mark("位置依据"), choices=BASES),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "assignment": Record(
        plan.Assignment,
        (
            Field("sector", "text", mark("产业"), refers_to="sectors"),
            Field("role", "text", mark("角色"), refers_to="roles"),
            Field("place", "place", mark("市（州）")),
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
            Field("kind", "text", mark("类别；zone 指整个角色区，joint 指几个市共同")),
            Field("summary", "text", mark("概括，不抄原句")),
            _PLACES,
            _COUNTIES,
            Field("regions", "texts", mark("涉及的区域"), refers_to="regions"),
            _sectors(),
            Field("role", "text?", mark("角色"), refers_to="roles"),
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
            Field("name", "text", mark("名称")),
            Field("kind", "text", mark("类别")),
            _sectors(),
            _PLACES,
            _COUNTIES,
            _sites(),
            Field("basis", "text", mark("地点依据"), choices=BASES),
            Field("status", "words", mark("进展，文件用语")),
            Field("details", "texts", mark("内容要点")),
            _note(),
            _citations(),
        ),
        key="id",
    ),
    "indicator": Record(
        plan.Indicator,
        (
            _id(),
            Field("name", "text", mark("名称")),
            Field("unit", "words", mark("单位")),
            Field("comparator", "words", mark("达到、超过、年均等，文件用语")),
            Field("base", "item:year_value", mark("基期")),
            Field("target", "item:year_value", mark("目标")),
            Field("scope", "text", mark("范围")),
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
            Field("sector", "text", mark("本规划的产业或细分领域"), refers_to="sectors"),
            Field(
                "relation",
                "text",
                mark("按主体内容：相同、在对方之内、包含对方、对方没有相当的产业"),
                choices=RELATIONS,
            ),
            Field("plan", "text", mark("另一规划的编号")),
            Field("other", "text?", mark("另一规划的产业或细分领域；relation 为 none 时写 null")),
            Field("why", "text", mark("理由，一句短语，不抄原文")),
        ),
    ),
    "year_value": Record(
        plan.YearValue, (Field("year", "integer?", mark("年份")), Field("value", "number", mark("基期或目标的数值")))
    ),
    "plan": Record(
        plan.Plan,
        (
            _id(),
            Field("title", "text", mark("列表中的短标题")),
            Field("document", "item:document", mark("文件")),
            Field("roles", "list:role", mark("角色，规划用语")),
            Field("sectors", "list:sector", mark("产业")),
            Field("regions", "list:region", mark("区域")),
            Field("sites", "list:site", mark("园区、基地、平台")),
            Field("assignments", "list:assignment", mark("每一条：一个市（州）在一个产业中的角色")),
            Field("statements", "list:statement", mark("其他说法")),
            Field("projects", "list:project", mark("项目、工程")),
            Field("indicators", "list:indicator", mark("指标")),
            Field("crosswalk", "list:link", _CROSSWALK, required=False),
        ),
    ),
}
