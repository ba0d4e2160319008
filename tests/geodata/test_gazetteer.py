"""Names of places: what people write leads to the place they mean, or to a suggestion."""

from __future__ import annotations

import json

import pytest

from geodata.folders import RESOURCES
from geodata.gazetteer import Place, gazetteer
from geodata.problems import UserError

PLACES = list(gazetteer().places.values())

WRITTEN = [
    ("成都", "510100"),
    ("成都市", "510100"),
    ("510100", "510100"),
    ("chengdu", "510100"),
    ("Cheng Du", "510100"),
    ("CHENGDU", "510100"),
    ("chengdushi", "510100"),
    (" 成 都 ", "510100"),
    ("成都\u3000市", "510100"),
    ("ya'an", "511800"),
    ("攀枝花", "510400"),
    ("甘孜", "513300"),
    ("甘孜州", "513300"),
    ("甘孜藏族自治州", "513300"),
    ("ganzi", "513300"),
    ("ganzizhou", "513300"),
    ("甘孜县", "513328"),
    ("阿坝州", "513200"),
    ("阿坝藏族羌族自治州", "513200"),
    ("阿坝县", "513231"),
    ("凉山", "513400"),
    ("凉山州", "513400"),
    ("凉山彝族自治州", "513400"),
    ("广安", "511600"),
    ("广安区", "511602"),
    ("双流", "510116"),
    ("双流区", "510116"),
    ("成都双流", "510116"),
    ("成都市双流区", "510116"),
    ("江油市", "510781"),
    ("绵阳江油", "510781"),
    ("510781", "510781"),
    ("jiangyou", "510781"),
    ("北川", "510726"),
    ("北川羌族自治县", "510726"),
    ("马边县", "511133"),
    ("峨边县", "511132"),
    ("木里县", "513422"),
    ("简阳", "510185"),
    ("会理市", "513402"),
    ("内江市中区", "511002"),
    ("内江市市中区", "511002"),
    ("乐山市中区", "511102"),
    ("乐山市市中区", "511102"),
]

FORMER = [
    ("双流县", "双流区"),
    ("郫县", "郫都区"),
    ("新都县", "新都区"),
    ("温江县", "温江区"),
    ("罗江县", "罗江区"),
    ("安县", "安州区"),
    ("宜宾县", "叙州区"),
    ("南溪县", "南溪区"),
    ("达县", "达川区"),
    ("名山县", "名山区"),
    ("彭山县", "彭山区"),
    ("射洪县", "射洪市"),
    ("隆昌县", "隆昌市"),
    ("会理县", "会理市"),
    ("康定县", "康定市"),
    ("马尔康县", "马尔康市"),
    ("元坝区", "昭化区"),
]

MISREAD = [
    ("新都", "xin du"),
    ("郫都", "pi du"),
    ("什邡", "shi fang"),
    ("长宁", "chang ning"),
    ("筠连", "jun lian"),
    ("荥经", "ying jing"),
    ("乐山", "le shan"),
    ("乐至", "le zhi"),
    ("阆中", "lang zhong"),
    ("犍为", "qian wei"),
    ("若尔盖", "ruo er gai"),
    ("朝天", "chao tian"),
    ("会东", "hui dong"),
]

MISSPELT = [
    ("得阳", "德阳"),
    ("资扬", "资阳"),
    ("南冲", "南充"),
    ("泸洲", "泸州"),
    ("mianyan", "绵阳"),
    ("成都市区", "成都"),
]


@pytest.mark.parametrize(("text", "adcode"), WRITTEN)
def test_a_place_is_found_as_people_write_it(text: str, adcode: str) -> None:
    assert gazetteer().resolve(text).adcode == adcode


@pytest.mark.parametrize(("former", "name"), FORMER)
def test_a_former_name_leads_to_today_s_unit(former: str, name: str) -> None:
    assert gazetteer().resolve(former).name == name


@pytest.mark.parametrize(("short", "pinyin"), MISREAD)
def test_pinyin_is_how_people_there_say_it(short: str, pinyin: str) -> None:
    place = gazetteer().resolve(short)
    assert place.pinyin == pinyin
    assert gazetteer().resolve(pinyin) == place


@pytest.mark.parametrize("place", PLACES, ids=[place.adcode for place in PLACES])
def test_every_place_is_found_by_code_and_by_full_name(place: Place) -> None:
    assert gazetteer().resolve(place.adcode) == place
    assert gazetteer().resolve(gazetteer().full_name(place)) == place
    assert gazetteer()[place.adcode] == place


@pytest.mark.parametrize("place", gazetteer().prefectures, ids=[place.adcode for place in gazetteer().prefectures])
def test_every_prefecture_is_found_by_every_name_of_its_own(place: Place) -> None:
    for name in (place.name, place.short, place.pinyin, place.pinyin.replace(" ", "")):
        assert gazetteer().resolve(name) == place


def test_all_204_places_are_known() -> None:
    assert len(gazetteer().prefectures) == 21
    assert len(gazetteer().counties) == 183
    assert len(gazetteer().places) == 204


def test_codes_stand_in_order_and_lead_to_the_prefecture() -> None:
    for places in (gazetteer().prefectures, gazetteer().counties):
        assert [place.adcode for place in places] == sorted(place.adcode for place in places)
    for place in gazetteer().counties:
        assert gazetteer()[place.parent].is_prefecture
    assert gazetteer().resolve("简阳").parent == "510100"
    assert gazetteer().resolve("资阳").parent == "512000"


def test_every_row_of_the_table_is_complete() -> None:
    rows = json.loads((RESOURCES / "places.json").read_bytes())["places"]
    for row in rows:
        prefecture = row["adcode"].endswith("00")
        assert set(row) == {"adcode", "name", "short", "pinyin", "former", "centre"} | (
            {"adjoins"} if prefecture else set()
        )
        assert row["adcode"].isdigit()
        assert len(row["adcode"]) == 6
        assert row["name"].startswith(row["short"])
        assert len(row["pinyin"].split()) == len(row["short"])
        assert row["pinyin"].replace(" ", "").isalpha()
        assert row["pinyin"].isascii()
        assert row["name"] not in row["former"]


@pytest.mark.parametrize(("text", "meant"), MISSPELT)
def test_a_misspelt_city_is_suggested(text: str, meant: str) -> None:
    with pytest.raises(UserError) as caught:
        gazetteer().resolve(text)
    (problem,) = caught.value.problems
    assert f"“{text}”" in problem.message
    assert problem.hint.startswith(f"是不是要找：{meant}")


def test_得阳_leads_to_nothing_but_德阳() -> None:
    assert [place.name for place in gazetteer().suggest("得阳")] == ["德阳市"]


@pytest.mark.parametrize("text", ["市中区", "shizhongqu", "市 中 区"])
def test_an_ambiguous_name_is_said_with_all_it_may_mean(text: str) -> None:
    with pytest.raises(UserError) as caught:
        gazetteer().resolve(text)
    (problem,) = caught.value.problems
    assert "不止一处" in problem.message
    assert "内江市市中区（511002）" in problem.hint
    assert "乐山市市中区（511102）" in problem.hint


@pytest.mark.parametrize(
    "text", ["", " ", "510000", "610100", "51010", "伦敦塔桥", "xyzzy", "\ud800", "🜨", "绵阳科技城"]
)
def test_what_is_no_place_is_said_with_what_to_write(text: str) -> None:
    with pytest.raises(UserError) as caught:
        gazetteer().resolve(text)
    (problem,) = caught.value.problems
    assert problem.message.startswith("没有名为")
    assert problem.hint


def test_a_problem_says_where_the_name_stands() -> None:
    with pytest.raises(UserError) as caught:
        gazetteer().resolve("得阳", where="x.json 第 3 行")
    assert str(caught.value.problems[0]).startswith("x.json 第 3 行：")


def test_at_most_three_places_are_suggested() -> None:
    for text in ("阳", "江", "中", "南", "xi", "yang"):
        assert len(gazetteer().suggest(text)) <= 3
