"""The pack of 四川“十三五”战略性新兴产业: its facts against a reading of the document made for this test."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from geodata.documents.text import read_text
from geodata.folders import RESOURCES
from geodata.gazetteer import gazetteer
from geodata.library import read_plan
from geodata.plan import Assignment, Citation, Plan, Statement

CORE, EXPANSION = "核心发展区", "重点拓展区"

LAYOUT: dict[str, tuple[str, str]] = {
    "新一代信息技术": (
        "成都 绵阳",
        "泸州 德阳 广元 遂宁 内江 乐山 南充 宜宾 广安 达州 眉山 资阳",
    ),
    "高端装备": (
        "成都 德阳 绵阳",
        "自贡 泸州 遂宁 乐山 宜宾 达州 眉山 资阳",
    ),
    "新材料": (
        "成都 自贡 攀枝花 德阳 乐山 凉山",
        "泸州 绵阳 广元 遂宁 内江 南充 宜宾 广安 达州 巴中 雅安 眉山",
    ),
    "生物": (
        "成都",
        "泸州 德阳 绵阳 广元 乐山 南充 宜宾 广安 巴中 雅安 眉山 资阳 阿坝 甘孜 凉山",
    ),
    "新能源": (
        "成都 德阳 攀枝花 乐山",
        "自贡 泸州 绵阳 南充 宜宾 广安 巴中 雅安 眉山 阿坝 甘孜 凉山",
    ),
    "新能源汽车": (
        "成都 泸州 南充 达州",
        "德阳 绵阳 广元 遂宁 乐山 宜宾 广安 巴中 资阳",
    ),
    "节能环保": (
        "成都 自贡 德阳 绵阳",
        "攀枝花 泸州 遂宁 内江 乐山 宜宾 广安 资阳",
    ),
    "数字创意": (
        "成都",
        "德阳 绵阳 南充",
    ),
}
"""Sector -> core and expansion prefectures, as the eight sections 优化产业空间布局 list them."""

PAGES = {
    "新一代信息技术": ("三（九）", 14, 14),
    "高端装备": ("四（五）", 19, 20),
    "新材料": ("五（六）", 23, 24),
    "生物": ("六（六）", 30, 31),
    "新能源": ("七（三）1", 38, 38),
    "新能源汽车": ("七（三）2", 39, 39),
    "节能环保": ("八（五）", 44, 44),
    "数字创意": ("九（四）", 48, 49),
}
"""Sector -> section, page of the lists of prefectures, page on which the words on core cities begin."""

FACTS: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("新能源", "德阳", "positions", ("国家重要的以核能和风能设备制造为主的新能源产业基地",)),
    ("新能源", "德阳", "focus", ("大型核能和风能设备制造",)),
    ("新能源", "乐山", "positions", ("国家重要的太阳能产业基地",)),
    ("新能源", "乐山", "focus", ("民用核燃料", "同位素", "太阳能电池及组件", "光伏发电成套设备")),
    ("新能源", "攀枝花", "positions", ("国家重要的太阳能、风能和生物质能产业基地",)),
    (
        "新一代信息技术",
        "绵阳",
        "positions",
        ("全国重要的数字视听产品的研发制造基地", "国家重要的军工电子制造基地", "军民融合产业示范基地"),
    ),
    (
        "新一代信息技术",
        "成都",
        "positions",
        ("国际知名电子信息产业基地", "世界软件名城", "全国信息消费先导城市"),
    ),
    ("高端装备", "德阳", "focus", ("航空装备", "智能制造装备", "现代轨道交通")),
    ("高端装备", "绵阳", "focus", ("航空装备制造", "卫星应用", "智能制造装备")),
    (
        "新材料",
        "自贡",
        "positions",
        ("全国知名的有机氟与硅材料基地", "聚酰亚胺基地", "金属及复合材料基地", "焊接材料基地"),
    ),
    ("新材料", "德阳", "positions", ("国家石墨烯产业技术研发和应用示范基地", "新材料产业化综合基地")),
    ("生物", "成都", "positions", ("全省智慧健康产业核心集聚区", "国家重要的生物产业基地")),
    ("新能源汽车", "南充", "positions", ("西部新能源商用车和清洁能源汽车研发生产基地",)),
    ("新能源汽车", "达州", "focus", ("清洁能源汽车",)),
    ("节能环保", "绵阳", "focus", ("节能家电", "废铜等有色金属综合利用")),
    ("数字创意", "成都", "positions", ("全国知名的数字文化创意和设计服务产业基地",)),
]

SITES: dict[tuple[str, str], tuple[str, ...]] = {
    ("新一代信息技术", "成都"): ("成都高新技术产业开发区", "双流区"),
    ("高端装备", "成都"): (
        "成都高新技术产业开发区",
        "成都经济技术开发区",
        "青羊工业集中发展区",
        "新都工业集中发展区",
        "双流西航港经济开发区",
    ),
    ("高端装备", "绵阳"): ("绵阳科技城",),
    ("新能源", "德阳"): ("德阳高新技术产业开发区", "德阳经济技术开发区"),
    ("新能源", "乐山"): ("夹江军民融合产业基地", "乐山高新技术产业开发区"),
    ("新能源汽车", "泸州"): ("西部新能源汽车产业园",),
    ("数字创意", "成都"): ("成都高新技术产业开发区", "成都天府新区", "五城区"),
}

COUNTIES = {
    "双流区": "双流区",
    "青羊工业集中发展区": "青羊区",
    "新都工业集中发展区": "新都区",
    "双流西航港经济开发区": "双流区",
    "双流新能源装备产业功能区": "双流区",
    "夹江军民融合产业基地": "夹江县",
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(RESOURCES / "plans" / "sichuan-strategic-13.json")


def assignment(plan: Plan, sector: str, place: str) -> Assignment:
    (found,) = [item for item in plan.assignments if item.sector == sector and gazetteer()[item.place].short == place]
    return found


def short_names(codes: tuple[str, ...]) -> list[str]:
    return [gazetteer()[code].short for code in codes]


def pages(citations: tuple[Citation, ...]) -> set[int | None]:
    return {citation.page for citation in citations}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)


# --- the document ---


def test_the_document_is_named_as_published(plan: Plan) -> None:
    document = plan.document
    assert (plan.id, document.id) == ("sichuan-strategic-13", "sichuan-strategic-13")
    assert document.title == "四川省“十三五”战略性新兴产业发展规划"
    assert document.period == (2016, 2020)
    assert (document.characters, document.pages) == (35_292, 65)


def test_the_two_roles_are_the_plan_s_own(plan: Plan) -> None:
    assert [(role.name, role.rank, role.kind) for role in plan.roles] == [
        (CORE, 1, "core"),
        (EXPANSION, 2, "expansion"),
    ]


def test_the_counts_of_every_kind_of_fact(plan: Plan) -> None:
    assert {
        "roles": len(plan.roles),
        "sectors": len(plan.sectors),
        "regions": len(plan.regions),
        "sites": len(plan.sites),
        "assignments": len(plan.assignments),
        "statements": len(plan.statements),
        "projects": len(plan.projects),
        "indicators": len(plan.indicators),
    } == {
        "roles": 2,
        "sectors": 8,
        "regions": 12,
        "sites": 36,
        "assignments": 104,
        "statements": 53,
        "projects": 91,
        "indicators": 9,
    }


# --- who has which role ---


def test_the_eight_sectors_are_there_in_the_plan_s_order(plan: Plan) -> None:
    assert [sector.name for sector in plan.sectors] == list(LAYOUT)
    assert sorted(sector.colour for sector in plan.sectors) == list(range(8))


@pytest.mark.parametrize("sector", LAYOUT)
def test_every_sector_has_exactly_the_prefectures_of_the_document(plan: Plan, sector: str) -> None:
    for role, listed in zip((CORE, EXPANSION), LAYOUT[sector], strict=True):
        found = [item.place for item in plan.assignments if (item.sector, item.role) == (sector, role)]
        assert short_names(tuple(found)) == listed.split()


@pytest.mark.parametrize("sector", LAYOUT)
def test_no_prefecture_is_core_and_expansion_at_once(plan: Plan, sector: str) -> None:
    places = [item.place for item in plan.assignments if item.sector == sector]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("sector", LAYOUT)
def test_every_role_is_cited_from_the_section_and_page_of_its_list(plan: Plan, sector: str) -> None:
    section, page, details = PAGES[sector]
    for item in (item for item in plan.assignments if item.sector == sector):
        assert {citation.section for citation in item.citations} == {section}
        assert item.citations[0].page == page
        if item.role == CORE:
            assert item.citations[-1].page == details


def test_regions_left_to_辐射带动_have_no_role(plan: Plan) -> None:
    listed = Counter(place for core, expansion in LAYOUT.values() for place in f"{core} {expansion}".split())
    assigned = Counter(gazetteer()[item.place].short for item in plan.assignments)
    assert assigned == listed
    assert not any("带动" in role.name for role in plan.roles)
    assert not any("带动" in word for statement in plan.statements for word in (*statement.focus, *statement.positions))


def test_every_prefecture_has_some_role(plan: Plan) -> None:
    assert {item.place for item in plan.assignments} == {place.adcode for place in gazetteer().prefectures}


# --- what is said of cities ---


@pytest.mark.parametrize(("sector", "place", "field", "words"), FACTS)
def test_a_city_has_the_words_of_the_document(
    plan: Plan, sector: str, place: str, field: str, words: tuple[str, ...]
) -> None:
    found = assignment(plan, sector, place)
    assert found.role == CORE
    assert getattr(found, field) == words


@pytest.mark.parametrize(("sector", "place"), SITES)
def test_a_city_s_parks_are_those_of_its_sentence(plan: Plan, sector: str, place: str) -> None:
    found = assignment(plan, sector, place)
    assert found.sites == SITES[sector, place]
    for site in map(plan.site, found.sites):
        assert site.place == found.place
        assert sector in site.sectors


def test_a_sentence_over_two_pages_says_so(plan: Plan) -> None:
    citation = assignment(plan, "新能源", "攀枝花").citations[-1]
    assert (citation.page, citation.page_to) == (38, 39)
    assert citation.reference == "七（三）1，第38—39页"


def test_panzhihua_and_liangshan_are_said_together_in_new_materials(plan: Plan) -> None:
    for place in ("攀枝花", "凉山"):
        alone = assignment(plan, "新材料", place)
        assert alone.role == CORE
        assert (alone.focus, alone.positions, alone.sites) == ((), (), ())
    (joint,) = [item for item in plan.statements if item.kind == "joint" and item.sectors == ("新材料",)]
    assert short_names(joint.places) == ["攀枝花", "凉山"]
    assert joint.focus == ("钒钛", "稀土", "石墨烯")
    assert joint.positions == ("勘采产学研用一体的石墨烯产业体系", "国家战略资源创新开发试验区")
    assert joint.sites[0] == "攀枝花钒钛高新区"
    assert 24 in pages(joint.citations)


def test_the_aviation_cluster_belongs_to_three_cities_together(plan: Plan) -> None:
    (joint,) = [item for item in plan.statements if item.kind == "joint" and item.sectors == ("高端装备",)]
    assert short_names(joint.places) == ["成都", "德阳", "绵阳"]
    assert joint.positions == ("成德绵航空产业集聚区",)
    assert 20 in pages(joint.citations)
    for place in ("成都", "德阳", "绵阳"):
        assert "成德绵航空产业集聚区" not in assignment(plan, "高端装备", place).positions


@pytest.mark.parametrize("sector", LAYOUT)
def test_what_is_said_of_the_whole_zone_is_not_handed_to_its_cities(plan: Plan, sector: str) -> None:
    (zone,) = [item for item in plan.statements if item.kind == "zone" and item.sectors == (sector,)]
    assert zone.role == EXPANSION
    assert short_names(zone.places) == LAYOUT[sector][1].split()
    assert zone.focus
    for item in plan.assignments:
        if (item.sector, item.role) == (sector, EXPANSION):
            assert (item.focus, item.positions, item.sites) == ((), (), ())


@pytest.mark.parametrize(
    ("sector", "page", "words"),
    [
        ("新一代信息技术", 15, "军民融合电子信息配套产品"),
        ("高端装备", 20, "高性能液压件"),
        ("新材料", 25, "石墨材料及下游产品"),
        ("生物", 31, "现代中药"),
        ("新能源", 39, "页岩气勘探开发"),
        ("新能源汽车", 40, "充电储能设备"),
        ("节能环保", 44, "新型节能建材型材"),
        ("数字创意", 49, "工业设计服务"),
    ],
)
def test_the_words_on_a_zone_stand_on_their_page(plan: Plan, sector: str, page: int, words: str) -> None:
    (zone,) = [item for item in plan.statements if item.kind == "zone" and item.sectors == (sector,)]
    assert words in zone.focus
    assert zone.citations[-1].page == page


def test_cities_that_promote_electric_cars_get_no_role_from_it(plan: Plan) -> None:
    promotion: dict[str, Statement] = {item.id: item for item in plan.statements if item.kind == "promotion"}
    lists = [short_names(item.places) for item in promotion.values() if item.places]
    assert lists == [
        ["成都", "泸州"],
        ["绵阳", "资阳", "德阳", "乐山", "广元", "广安", "南充", "达州"],
        ["成都", "泸州", "绵阳", "资阳", "广元", "乐山", "广安", "南充"],
    ]
    for item in promotion.values():
        assert item.role is None
        assert item.sectors == ("新能源汽车",)
        assert {citation.section for citation in item.citations} == {"专栏 10"}
        assert pages(item.citations) == {37}
    assert not any(citation.section == "专栏 10" for item in plan.assignments for citation in item.citations)


# --- sites, projects, figures ---


@pytest.mark.parametrize(("site", "county"), COUNTIES.items())
def test_a_park_named_after_a_county_stands_in_it(plan: Plan, site: str, county: str) -> None:
    found = plan.site(site)
    assert found.county is not None
    assert gazetteer()[found.county].name == county
    assert (found.precision, found.basis) == ("county", "stated")


def test_a_place_that_the_document_does_not_state_is_marked_as_inferred(plan: Plan) -> None:
    for name in ("牵引动力国家重点实验室", "国家生物治疗转化医学重大科技基础设施", "国家动漫游戏产业（四川）振兴基地"):
        assert plan.site(name).basis == "inferred"
    (hospital,) = [item for item in plan.projects if item.name.startswith("华西医院")]
    assert hospital.basis == "inferred"
    assert pages(hospital.citations) == {30}


def test_the_gas_turbine_plant_of_deyang_stands_on_page_18(plan: Plan) -> None:
    (plant,) = [item for item in plan.projects if item.name == "德阳自主知识产权燃机试验示范电站工程"]
    assert short_names(plant.places) == ["德阳"]
    assert pages(plant.citations) == {18}
    assert (plant.basis, plant.status) == ("stated", "重点支持")


@pytest.mark.parametrize(
    ("part", "unit", "base", "target", "page"),
    [
        ("战略性新兴产业总产值", "亿元", (2015, 5671.5), None, 3),
        ("战略性新兴产业占规模以上工业总产值的比重", "%", (2015, 13.9), None, 3),
        ("战略性新兴产业增加值占地区生产总值比重", "%", None, (2020, 15), 6),
        ("发明专利申请年均增幅", "%", None, (2020, 12), 6),
        ("重要产业领域骨干企业研发投入占销售收入的比重", "%", None, (2020, 3), 6),
    ],
)
def test_a_figure_has_its_unit_its_year_and_its_page(
    plan: Plan, part: str, unit: str, base: object, target: object, page: int
) -> None:
    (found,) = [item for item in plan.indicators if item.name == part]
    assert (found.unit, found.base, found.target) == (unit, base, target)
    assert pages(found.citations) == {page}


def test_every_fact_has_a_page_of_the_document(plan: Plan) -> None:
    facts = (
        *plan.roles,
        *plan.regions,
        *plan.sites,
        *plan.assignments,
        *plan.statements,
        *plan.projects,
        *plan.indicators,
    )
    sectors = [found for sector in plan.sectors for found in sector.walk()]
    for fact in (*facts, *sectors):
        assert fact.citations
        for citation in fact.citations:
            assert citation.page is not None
            assert 2 <= citation.page <= (citation.page_to or citation.page) <= 61
            assert 0 <= citation.start < citation.end <= plan.document.characters


# --- no copying ---


def test_no_sentence_of_the_document_is_in_the_pack(bundled: dict[str, Any]) -> None:
    del bundled["document"]["sha256"]
    long = {words for words in strings(bundled) if len(words) > 60}
    notes = {item["note"] for kind in bundled.values() if isinstance(kind, list) for item in kind if "note" in item}
    assert long <= notes


def test_no_long_run_of_the_document_is_in_the_pack(bundled: dict[str, Any], sources: Any) -> None:
    text = read_text(sources / "sichuan-2016-2020-strategic-emerging-industries.txt").text
    runs = {
        words[start : start + 45]
        for given in strings(bundled)
        if (words := "".join(given.split()))
        for start in range(len(words) - 44)
    }
    assert {run for run in runs if run in text} == set()


def test_the_pack_is_of_the_document_at_hand(plan: Plan, sources: Any) -> None:
    text = read_text(sources / "sichuan-2016-2020-strategic-emerging-industries.txt").text
    assert plan.document.sha256 == hashlib.sha256(text.encode()).hexdigest()
