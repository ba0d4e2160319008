"""The four packs: how much is in them, and hand-picked facts of each document with the passage they stand on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from geodata.documents.citing import cited_facts
from geodata.documents.text import NormalisedText, read_text
from geodata.folders import RESOURCES
from geodata.gazetteer import gazetteer
from geodata.library import read_plan
from geodata.plan import Plan

STRATEGIC, HIGHTECH, GREEN, MIANYANG = (
    "sichuan-strategic-13",
    "sichuan-hightech-14",
    "sichuan-green-14",
    "mianyang-green-14",
)

DOCUMENTS = {
    STRATEGIC: "sichuan-2016-2020-strategic-emerging-industries.txt",
    HIGHTECH: "sichuan-2021-2025-high-tech-industry.txt",
    GREEN: "sichuan-2022-2025-green-low-carbon-technology.txt",
    MIANYANG: "mianyang-green-low-carbon-decision.txt",
}

COUNTS = {
    STRATEGIC: {
        "sectors": 8,
        "sectors with those below": 72,
        "roles": 2,
        "assignments": 104,
        "regions": 12,
        "sites": 36,
        "projects": 91,
        "indicators": 9,
        "statements": 53,
        "citations": 485,
    },
    HIGHTECH: {
        "sectors": 10,
        "sectors with those below": 56,
        "roles": 0,
        "assignments": 0,
        "regions": 5,
        "sites": 44,
        "projects": 72,
        "indicators": 41,
        "statements": 60,
        "citations": 320,
    },
    GREEN: {
        "sectors": 5,
        "sectors with those below": 14,
        "roles": 0,
        "assignments": 0,
        "regions": 5,
        "sites": 7,
        "projects": 47,
        "indicators": 12,
        "statements": 28,
        "citations": 151,
    },
    MIANYANG: {
        "sectors": 10,
        "sectors with those below": 119,
        "roles": 0,
        "assignments": 0,
        "regions": 12,
        "sites": 19,
        "projects": 116,
        "indicators": 8,
        "statements": 82,
        "citations": 386,
    },
}


class Picked(NamedTuple):
    """A fact of `picked_facts.toml`: field -> value, and the words that stand in its passages."""

    plan: str
    kind: str
    id: str
    holds: dict[str, Any]
    words: list[str]


def read_picked() -> list[Picked]:
    table = tomllib.loads((Path(__file__).parent / "picked_facts.toml").read_text(encoding="utf-8"))
    return [
        Picked(plan, kind, fact["id"], {key: fact[key] for key in fact.keys() - {"id", "words"}}, fact["words"])
        for plan, kinds in table.items()
        for kind, facts in kinds.items()
        for fact in facts
    ]


FACTS = read_picked()

TABLE_1 = [
    ("全省高新技术产业营业收入", "亿元", 23576, 29600),
    ("高新技术产业营业收入占规上工业营业收入比重", "%", 34.8, 38),
    ("高新技术企业数", "家", 10247, 16000),
    ("每万家企业中高新技术企业数", "家", 125, 130),
    ("科技型中小企业数", "家", 14817, 20000),
    ("瞪羚企业数", "家", 152, 400),
    ("全省技术合同成交额", "亿元", 1396.74, 1600),
    ("每万人口高价值发明专利拥有量", "件", 4.04, 5.67),
    ("基础研究经费占全社会研发经费比重", "%", 5.9, 6.5),
    ("每万名就业人员中研发人员数", "人年", 44, 50),
]
"""The rows of 表 1: name, unit, value of 2021, target of 2025."""

FIELDS = {
    "电子信息": "集成电路 新型显示 信息安全 新一代网络 先进计算 软件与信息服务 量子科技",
    "航空航天": "航空与燃机 民用航空 特种通用飞机及无人机",
    "装备制造": "轨道交通 智能装备 新能源与智能汽车",
    "先进材料": "先进基础材料 关键战略材料 前沿新材料 钒钛稀土材料",
    "绿色低碳": "清洁能源 绿色化工 节能环保 智能电网",
    "生物医药": "重大疾病防控疫苗 生物药 化学药 特色中药和民族药 高端医疗器械及设备",
    "资源环保": "固体废物的处理与综合利用 资源高效开发与综合利用 清洁生产与循环经济 大气污染控制 水污染控制",
    "科技服务": "研发设计服务 信息资源服务 电子商务服务 文化科技融合 科技金融服务 科技推广服务 检验检测服务",
    "技改升级": "传统产业制造装备及产品智能化升级 传统产业设计生产流程数智化升级 传统产业绿色改造升级",
    "数字经济": "大数据 物联网 新一代人工智能 扩展现实 区块链",
}

TECHNOLOGIES = "水电 风电 核能 天然气 氢能 地热 生物质 储能 智能电网与综合能源系统 晶硅光伏 动力电池 钒钛 存储"


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {plan: read_plan(RESOURCES / "plans" / f"{plan}.json") for plan in COUNTS}


@pytest.fixture(scope="module")
def texts(sources: Path) -> dict[str, NormalisedText]:
    """The reference texts; a test that asks for them is skipped where they are not."""
    return {plan: read_text(sources / name) for plan, name in DOCUMENTS.items()}


def find(plans: dict[str, Plan], picked: Picked) -> Any:
    (found,) = [fact for fact in getattr(plans[picked.plan], picked.kind) if fact.id == picked.id]
    return found


def in_words(field: str, value: Any) -> Any:
    """A field as `picked_facts.toml` has it: places by short name, counties by name, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return [in_words(field, part) for part in value]
    if field in ("place", "places"):
        return gazetteer()[value].short
    if field in ("county", "counties"):
        return gazetteer()[value].name
    return value


def sections(citations: Any) -> Iterator[str]:
    return (citation.section for citation in citations)


@pytest.mark.parametrize("plan", COUNTS)
def test_how_many_facts_of_each_kind_there_are(plans: dict[str, Plan], plan: str) -> None:
    pack = plans[plan]
    assert {
        "sectors": len(pack.sectors),
        "sectors with those below": sum(1 for top in pack.sectors for _ in top.walk()),
        "roles": len(pack.roles),
        "assignments": len(pack.assignments),
        "regions": len(pack.regions),
        "sites": len(pack.sites),
        "projects": len(pack.projects),
        "indicators": len(pack.indicators),
        "statements": len(pack.statements),
        "citations": sum(len(fact.citations) for fact in cited_facts(pack)),
    } == COUNTS[plan]


@pytest.mark.parametrize("plan", COUNTS)
def test_a_dozen_facts_and_more_are_pinned_of_every_document(plan: str) -> None:
    assert len([picked for picked in FACTS if picked.plan == plan]) >= 12


@pytest.mark.parametrize("picked", FACTS, ids=lambda picked: f"{picked.plan}-{picked.id}")
def test_a_fact_is_as_the_document_has_it(plans: dict[str, Plan], picked: Picked) -> None:
    found = find(plans, picked)
    for field, value in picked.holds.items():
        given = in_words(field, getattr(found, field))
        if field == "note":
            assert value in given
        elif field == "aliases":
            assert set(value) <= set(given)
        else:
            assert given == value, field


@pytest.mark.parametrize("picked", FACTS, ids=lambda picked: f"{picked.plan}-{picked.id}")
def test_the_passages_of_a_fact_have_its_words(
    plans: dict[str, Plan], texts: dict[str, NormalisedText], picked: Picked
) -> None:
    text = texts[picked.plan].text
    passages = [text[citation.start : citation.end] for citation in find(plans, picked).citations]
    assert [words for words in picked.words if not any(words in passage for passage in passages)] == []


def test_the_ten_rows_of_table_1_are_indicators(plans: dict[str, Plan]) -> None:
    rows = [row for row in plans[HIGHTECH].indicators if "表 1" in sections(row.citations)]
    assert [(row.name, row.unit, row.base, row.target) for row in rows] == [
        (name, unit, (2021, base), (2025, target)) for name, unit, base, target in TABLE_1
    ]


def test_the_ten_fields_have_their_parts(plans: dict[str, Plan]) -> None:
    fields = {top.name: [part.name for part in top.subsectors] for top in plans[HIGHTECH].sectors}
    assert fields == {name: parts.split() for name, parts in FIELDS.items()}


def test_the_green_plan_has_five_industries_and_thirteen_technologies(plans: dict[str, Plan]) -> None:
    plan = plans[GREEN]
    assert [top.name for top in plan.sectors] == ["清洁能源", "晶硅光伏", "动力电池", "钒钛", "存储"]
    boxed = [sector.name for top in plan.sectors for sector in top.walk() if "专栏 1" in sections(sector.citations)]
    assert boxed == TECHNOLOGIES.split()
    research = [(project.name, project.sectors) for project in plan.projects if project.kind == "技术攻关"]
    ids = {sector.name: sector.id for top in plan.sectors for sector in top.walk()}
    assert research == [(f"{name}领域", (ids[name],)) for name in boxed]


def test_the_industries_of_mianyang_are_there(plans: dict[str, Plan]) -> None:
    names = "先进材料 新能源汽车 核技术应用 大数据 新一代信息技术 传统产业 节能环保 资源循环利用 低碳农业 清洁能源"
    assert [top.name for top in plans[MIANYANG].sectors] == names.split()


@pytest.mark.parametrize("plan", COUNTS)
def test_what_has_no_place_claims_none(plans: dict[str, Plan], plan: str) -> None:
    unlocated = [site for site in plans[plan].sites if site.place is None]
    assert {(site.county, site.precision, site.basis) for site in unlocated} <= {(None, "none", "stated")}
    assert {project.basis for project in plans[plan].projects if not project.places} <= {"stated"}


@pytest.mark.parametrize("plan", COUNTS)
def test_what_is_inferred_says_why(plans: dict[str, Plan], plan: str) -> None:
    inferred = [fact for fact in (*plans[plan].sites, *plans[plan].projects) if fact.basis == "inferred"]
    assert inferred
    assert [fact.id for fact in inferred if not fact.note] == []
