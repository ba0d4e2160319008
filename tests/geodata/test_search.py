"""Search: what people write in the search field leads to what they mean."""

from __future__ import annotations

import pytest

from geodata.analysis.items import ItemKey
from geodata.analysis.search import Group, Hit, Index, search, search_index
from geodata.gazetteer import gazetteer
from geodata.library import load_plans
from geodata.plan import Plan
from geodata.searching.entries import PlaceKey, RegionKey, SaidKey, SectorKey, TermKey
from geodata.searching.matching import distance_to_prefix
from geodata.searching.names import fold, name_of, syllables

THIRTEEN, HIGHTECH, MIANYANG = "sichuan-strategic-13", "sichuan-hightech-14", "mianyang-green-14"


@pytest.fixture(scope="module")
def plans() -> tuple[Plan, ...]:
    return load_plans()[0]


@pytest.fixture(scope="module")
def index(plans: tuple[Plan, ...]) -> Index:
    return search_index(plans)


def first(index: Index, text: str, plan: str = THIRTEEN) -> Hit:
    """The hit that Enter would choose."""
    return search(index, text, plan)[0].hits[0]


def group(index: Index, text: str, title: str, plan: str = THIRTEEN, most: int = 5) -> Group:
    return next(found for found in search(index, text, plan, most) if found.title == title)


def bold(hit: Hit) -> str:
    return "".join(hit.name[start:end] for start, end in hit.marks)


# --- places ---

PINYIN = """
新都 xindu 郫都 pidu 长宁 changning 筠连 junlian 荥经 yingjing 珙县 gongxian 犍为 qianwei 崇州 chongzhou 邛崃 qionglai
阆中 langzhong 蓬溪 pengxi 大邑 dayi 什邡 shifang 绵竹 mianzhu 涪城 fucheng 北川 beichuan 梓潼 zitong 旺苍 wangcang
剑阁 jiange 荣县 rongxian 隆昌 longchang 资中 zizhong 夹江 jiajiang 沐川 muchuan 峨边 ebian 马边 mabian 嘉陵 jialing
西充 xichong 仪陇 yilong 汶川 wenchuan 若尔盖 ruoergai 壤塘 rangtang 色达 seda 得荣 derong 稻城 daocheng 石渠 shiqu
德格 dege 越西 yuexi 甘洛 ganluo 雷波 leibo 喜德 xide 叙州 xuzhou 叙永 xuyong 合江 hejiang 古蔺 gulin 开江 kaijiang
渠县 quxian 宣汉 xuanhan 万源 wanyuan 通江 tongjiang 平昌 pingchang 雁江 yanjiang 安岳 anyue 乐至 lezhi 威远 weiyuan
东兴 dongxing 射洪 shehong 大英 daying 名山 mingshan 汉源 hanyuan 石棉 shimian 天全 tianquan 芦山 lushan 宝兴 baoxing
丹棱 danleng 青神 qingshen 华蓥 huaying 邻水 linshui 井研 jingyan 朝天 chaotian 会理 huili 会东 huidong 冕宁 mianning
昭觉 zhaojue 布拖 butuo 盐边 yanbian 泸定 luding 炉霍 luhuo 道孚 daofu 白玉 baiyu 理塘 litang 乡城 xiangcheng
马尔康 maerkang 九寨沟 jiuzhaigou 黑水 heishui 茂县 maoxian 沿滩 yantan 贡井 gongjing 纳溪 naxi 旌阳 jingyang
成都 chengdu 乐山 leshan 遂宁 suining 泸州 luzhou 阿坝 aba 甘孜 ganzi 达州 dazhou 雅安 yaan 攀枝花 panzhihua
"""
WORDS = PINYIN.split()


@pytest.mark.parametrize(("short", "pinyin"), list(zip(WORDS[::2], WORDS[1::2], strict=True)))
def test_a_place_is_found_by_the_pinyin_people_there_say(index: Index, short: str, pinyin: str) -> None:
    found = [gazetteer()[hit.target.adcode].short for hit in group(index, pinyin, "地点").hits]
    assert found[0] == short


def test_every_place_comes_first_by_name_code_and_pinyin(index: Index) -> None:
    twice = {"市中", "广安", "甘孜", "阿坝"}  # two places of the name: the prefecture comes first
    for place in gazetteer().places.values():
        assert first(index, place.adcode).target == PlaceKey(place.adcode)
        assert first(index, gazetteer().full_name(place)).target == PlaceKey(place.adcode)
        if place.short not in twice and place.name != "市中区":
            assert first(index, place.short).target == PlaceKey(place.adcode)
            sounding = [hit.target for hit in group(index, place.pinyin, "地点", most=20).hits]
            assert PlaceKey(place.adcode) in sounding


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cd", "成都市"),
        ("CD", "成都市"),
        ("ｃｄ", "成都市"),
        ("cheng du", "成都市"),
        ("Chengdu", "成都市"),
        ("chengd", "成都市"),
        ("chdu", "成都市"),
        ("chengdushi", "成都市"),
        ("ya'an", "雅安市"),
        ("成 都", "成都市"),
        ("成都新都", "新都区"),
        ("凉山州", "凉山彝族自治州"),
        ("北川县", "北川羌族自治县"),
        ("beichuanqiangzu", "北川羌族自治县"),
        ("郫县", "郫都区"),
        ("pixian", "郫都区"),
        ("宜宾县", "叙州区"),
        ("5107", "绵阳市"),
    ],
)
def test_a_place_is_found_as_people_write_it(index: Index, text: str, name: str) -> None:
    assert first(index, text).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("绵杨", "绵阳市"),
        ("得阳", "德阳市"),
        ("泸洲", "泸州市"),
        ("资扬", "资阳市"),
        ("南冲", "南充市"),
        ("leshen", "乐山市"),
        ("chegndu", "成都市"),
        ("cehngdu", "成都市"),
        ("mianyamg", "绵阳市"),
        ("guangyaun", "广元市"),
        ("panzihua", "攀枝花市"),
        ("xindou", "新都区"),
        ("pidou", "郫都区"),
        ("zhangning", "长宁县"),
        ("yunlian", "筠连县"),
        ("xingjing", "荥经县"),
        ("jianwei", "犍为县"),
        ("shenfang", "什邡市"),
        ("若而盖", "若尔盖县"),
    ],
)
def test_a_typing_error_or_a_misreading_is_forgiven(index: Index, text: str, name: str) -> None:
    assert first(index, text).name == name


def test_a_former_name_is_said(index: Index) -> None:
    assert first(index, "郫县").detail == "即“郫县”，成都市，510117"


def test_the_name_of_a_prefecture_does_not_list_its_counties(index: Index) -> None:
    assert [hit.name for hit in group(index, "成都", "地点").hits] == ["成都市"]
    assert {hit.detail for hit in group(index, "市中区", "地点").hits} == {"内江市，511002", "乐山市，511102"}


# --- what plans say ---


def test_initials_and_pinyin_find_sectors_of_all_plans_the_current_one_first(index: Index) -> None:
    for text in ("xny", "xinnengyuan", "xinny", "新能源", "新能原"):
        assert first(index, text).target == SectorKey(THIRTEEN, "新能源")
    car = [hit.plan for hit in group(index, "新能源汽车", "产业").hits if hit.name == "新能源汽车"]
    other = [hit.plan for hit in group(index, "新能源汽车", "产业", MIANYANG).hits if hit.name == "新能源汽车"]
    assert car == ["四川“十三五”战略性新兴产业", "绵阳绿色低碳产业决定"]
    assert other == car[::-1]


def test_a_sector_says_who_has_the_strongest_role(index: Index) -> None:
    assert first(index, "新能源汽车").detail == "核心发展区：成都、泸州、南充、达州"


def test_a_subsector_leads_to_its_sector(index: Index) -> None:
    hit = group(index, "集成电路", "产业").hits[0]
    assert isinstance(hit.target, SectorKey)
    assert "属于" in hit.detail


def test_what_was_met_is_marked(index: Index) -> None:
    assert bold(first(index, "xny")) == "新能源"
    assert bold(first(index, "chengdu")) == "成都"
    assert bold(first(index, "西部成都科学城")) == "西部（成都）科学城"
    assert bold(first(index, "郫县")) == ""


def test_written_comes_before_sounding_and_sounding_before_initials(index: Index) -> None:
    names = [hit.name for hit in group(index, "新能源", "产业", most=20).hits]
    assert names[0] == "新能源"
    assert names[1].startswith("新能源")
    for text in ("新能源", "xin", "cd", "jc", "绵阳", "x"):
        groups = search(index, text, THIRTEEN, 50)
        for found in groups:
            assert [hit.kind for hit in found.hits] == sorted(hit.kind for hit in found.hits)
        best = [found.hits[0].kind for found in groups]
        assert best == sorted(best)


def test_sites_projects_regions_and_terms_say_what_where_and_whose(index: Index, plans: tuple[Plan, ...]) -> None:
    park = group(index, "新都工业集中发展区", "园区和平台").hits[0]
    assert isinstance(park.target, ItemKey)
    assert park.detail == "工业园区，成都市新都区，第20页"
    assert park.plan == "四川“十三五”战略性新兴产业"
    project = group(index, "新能源汽车推广应用工程", "项目和工程").hits[0]
    assert project.detail.endswith("等 10 处，第37页")
    region = group(index, "成德绵", "区域").hits[0]
    assert region.target == RegionKey(THIRTEEN, plans[0].regions[1].id, ("510100", "510600", "510700"))
    term = group(index, "石墨烯", "重点方向").hits[0]
    assert term.target == TermKey(THIRTEEN, "新材料", "石墨烯", ("510600",))


def test_a_term_said_of_several_places_together_is_handed_to_none(index: Index) -> None:
    term = group(index, "工业设计服务", "重点方向").hits[0]
    assert isinstance(term.target, TermKey)
    assert term.target.places == ("510600", "510700", "511300")
    assert "德阳、绵阳、南充（合写）" in term.detail


def test_a_term_of_one_place_hides_none_that_has_it_with_others(index: Index) -> None:
    details = {hit.detail for hit in group(index, "石墨烯", "重点方向").hits if hit.name == "石墨烯"}
    assert "新材料，德阳，第24页" in details
    assert any("攀枝花、凉山（合写）" in detail for detail in details)


def test_a_group_is_cut_and_says_how_many_there_are(index: Index) -> None:
    found = group(index, "绵阳", "园区和平台", most=2)
    assert len(found.hits) == 2
    assert found.total > 2


@pytest.mark.parametrize("text", ["硅材料基地", "gcljd"])
def test_a_base_is_found_in_positions_and_among_parks(index: Index, text: str) -> None:
    found = group(index, text, "定位").hits[0]
    assert found.name == "全国知名的有机氟与硅材料基地"
    assert found.detail.startswith("自贡，新材料，第24页")


def test_words_that_stand_apart_in_a_name_are_found_too(index: Index) -> None:
    park = group(index, "硅材料基地", "园区和平台").hits[0]
    assert park.detail == "基地，乐山市，第24页"
    assert bold(park) == "硅材料基地"


def test_everything_the_packs_name_is_found(index: Index, plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        named = {
            *(found.name for found in (*plan.sites, *plan.projects, *plan.regions, *plan.indicators)),
            *(text for found in (*plan.assignments, *plan.statements) for text in (*found.focus, *found.positions)),
            *(text for project in plan.projects for text in project.details),
        }
        for text in named:
            hits = [hit for found in search(index, text, plan.id, 50) for hit in found.hits]
            assert any(
                text in (hit.name, *hit.detail.split("”")[0].split("“")[-1:]) or text in hit.detail for hit in hits
            )


def test_what_is_said_leads_to_its_places_and_its_passage(index: Index) -> None:
    figure = group(index, "万人发明专利拥有量", "指标").hits[0]
    assert isinstance(figure.target, SaidKey)
    assert figure.target.places == ()
    assert figure.target.citations[0].pages == "第6页"
    position = group(index, "西部清洁能源汽车产业基地", "定位").hits[0]
    assert isinstance(position.target, SaidKey)
    assert position.target.places == ("510500", "511700")


def test_a_statement_is_found_by_the_site_it_names_and_says_so(index: Index) -> None:
    hit = group(index, "成德绵航空产业集聚区", "其他内容").hits[0]
    assert hit.detail.startswith("含“成德绵航空产业集聚区”，成都、德阳、绵阳（合写）")


# --- questions ---


def test_who_is_core_in_a_sector(index: Index) -> None:
    hit = first(index, "哪些市是新能源汽车的核心区")
    assert hit.target == SectorKey(THIRTEEN, "新能源汽车", ("510100", "510500", "511300", "511700"))
    assert hit.detail == "核心发展区：成都、泸州、南充、达州"


def test_another_role_is_told_apart(index: Index) -> None:
    hit = first(index, "新能源汽车的拓展区有哪些")
    assert hit.detail.startswith("重点拓展区：德阳、绵阳、广元")
    assert len(hit.target.places) == 9


def test_the_role_of_a_place_in_a_sector(index: Index) -> None:
    assert first(index, "德阳的新能源汽车是什么角色").detail == "德阳：重点拓展区"
    assert first(index, "德阳 xny").detail == "德阳：核心发展区"
    assert first(index, "deyang xny").detail == "德阳：核心发展区"


@pytest.mark.parametrize(
    "text", ["which prefectures are core of 新能源汽车", "core 新能源汽车", "core新能源汽车", "Core xnyqc"]
)
def test_who_is_core_is_understood_in_english(index: Index, text: str) -> None:
    assert first(index, text).detail == "核心发展区：成都、泸州、南充、达州"


def test_who_is_expansion_is_understood_in_english(index: Index) -> None:
    assert first(index, "expansion of 新能源汽车").detail.startswith("重点拓展区：德阳、绵阳")


def test_a_place_and_an_industry_in_one_word_are_no_misspelt_park_elsewhere(index: Index) -> None:
    assert first(index, "绵阳新能源汽车").detail == "绵阳：重点拓展区"


def test_where_a_base_stands_in_the_plan(index: Index) -> None:
    hit = first(index, "乐山的硅材料基地在规划哪一页")
    assert isinstance(hit.target, ItemKey)
    assert "硅材料" in hit.name
    assert hit.detail == "基地，乐山市，第24页"
    assert group(index, "乐山的硅材料基地在规划哪一页", "地点").hits[0].name == "乐山市"


def test_a_place_in_a_sentence_is_found(index: Index) -> None:
    assert first(index, "导出德阳的一页纸").name == "德阳市"


@pytest.mark.parametrize("text", ["", "   ", "。，", "伦敦塔桥", "asdfasdf", "zzzzzzzz", "🜨", "\ud800", "999999"])
def test_what_is_nowhere_finds_nothing(index: Index, text: str) -> None:
    assert search(index, text, THIRTEEN) == ()


@pytest.mark.parametrize("text", ["(", "[a-z]*", ".*", "\\", "<b>", "=1+1", "a" * 5000, "成都" * 500, "%s{}"])
def test_any_text_can_be_searched_for(index: Index, text: str) -> None:
    for found in search(index, text, THIRTEEN):
        assert all(hit.name for hit in found.hits)


def test_without_plans_places_are_found() -> None:
    assert first(search_index(()), "mianyang").name == "绵阳市"


def test_a_plan_without_roles_is_searched_too(index: Index) -> None:
    assert first(index, "电子信息", HIGHTECH).plan == "四川“十四五”高新技术产业"


# --- how names sound ---


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("重庆", "chong qing"),
        ("重点", "zhong dian"),
        ("攀长钢", "pan chang gang"),
        ("创建行动", "chuang jian xing dong"),
        ("行业", "hang ye"),
        ("音乐", "yin yue"),
        ("乐山", "le shan"),
        ("长宁竹产业园", "chang ning zhu chan ye yuan"),
        ("郫都高新区", "pi du gao xin qu"),
        ("5G网络", "5g wang luo"),
        ("绿色", "lv se"),
    ],
)
def test_words_are_read_as_people_say_them(text: str, spoken: str) -> None:
    assert syllables(fold(text)) == spoken.split()


def test_a_character_without_a_reading_stays_itself() -> None:
    assert syllables("〇𠀀乐山") == ["〇", "𠀀", "le", "shan"]


def test_a_name_has_a_syllable_for_each_unit(plans: tuple[Plan, ...]) -> None:
    for plan in plans:
        for site in plan.sites:
            name = name_of(site.name)
            assert len(name.sound.split()) == len(name.units)
            assert len(name.at) == len(name.key)


def test_the_table_of_readings_is_what_the_library_says() -> None:
    """To be made again (python -m geodata.searching.make_readings) when the library is of another version."""
    import json
    from importlib.metadata import version

    from geodata.folders import RESOURCES
    from geodata.searching.make_readings import make

    kept = json.loads((RESOURCES / "readings.json").read_text(encoding="utf-8"))
    if version("pypinyin") not in kept["source"]:
        pytest.skip(f"the table was made by {kept['source']}")
    assert kept == make()


def test_slips_are_counted() -> None:
    assert distance_to_prefix("chengdu", "chengdushi", 2) == (0, 7)
    assert distance_to_prefix("chegndu", "chengdu", 2)[0] == 1
    assert distance_to_prefix("chendu", "chengdu", 2)[0] == 1
    assert distance_to_prefix("chengddu", "chengdu", 2)[0] == 1
    assert distance_to_prefix("abcdefg", "uvwxyz", 2)[0] > 2
