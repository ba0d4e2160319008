"""An invented plan with its document, and documents of every type made from lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from geodata.documents.text import NormalisedText, digest, normalise, read_text
from geodata.gazetteer import gazetteer
from geodata.library import read_plan
from geodata.plan import (
    Assignment,
    Citation,
    Document,
    Indicator,
    Plan,
    Project,
    Role,
    Sector,
    Site,
    YearValue,
)

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT.parent / "shared" / "plans"
TITLE = "丘陵省“十六五”装备产业发展规划（2027—2031年）"

CITIES = (
    ("德阳", "旌湖产业园", ("风电整机", "叶片模具", "偏航轴承"), "高原风机之都"),
    ("绵阳", "涪城雷达谷", ("相控阵雷达", "微波组件", "天线罩"), "低空感知高地"),
    ("自贡", "釜溪通航港", ("倾转旋翼机", "复材机身", "航电总装"), "通航制造名城"),
    ("泸州", "酒城氢谷", ("电解水制氢槽", "储氢瓶", "加氢枪"), "绿氢装备基地"),
    ("宜宾", "三江电池城", ("固态电池", "铝塑膜", "电池回收线"), "动力之城"),
    ("乐山", "岷江硅园", ("颗粒硅", "单晶炉", "切片机"), "晶硅装备中心"),
    ("南充", "嘉陵汽车湾", ("换电重卡", "轮毂电机", "线控底盘"), "商用车新港"),
    ("达州", "巴山锂钾园", ("卤水提锂机组", "钾盐离心机", "玄武岩拉丝机"), "锂钾装备新城"),
)
PROJECTS = (
    ("旌阳区", "叶片试验场", 12),
    ("涪城区", "暗室标定中心", 34),
    ("大安区", "试飞跑道延长线", 56),
    ("龙马潭区", "氢气压缩机厂房", 78),
    ("翠屏区", "电池拆解车间", 91),
    ("五通桥区", "石英坩埚产线", 23),
    ("高坪区", "底盘台架实验楼", 45),
    ("宣汉县", "钾肥中试装置", 67),
)


def lines() -> list[str]:
    """The invented document as lines, with page marks at the starts of pages."""
    text = ["- 1 -", TITLE, "为推动装备产业高质量发展，依据国家有关纲要，制定本规划。"]
    text += ["一、发展基础", "（一）现状。全省装备产业已有一定规模，配套能力仍须加强，创新要素还不够集中。"]
    text += ["（二）目标。到2031年，装备产业产值达到4800亿元，研发投入强度超过3.7%，新增整机企业65家。"]
    text += ["- 2 -", "二、空间布局", "（一）核心区。以德阳、绵阳、自贡、泸州为主体形成核心区。"]
    text += [f"{city}依托{site}，重点发展{'、'.join(focus)}，建成{aim}。" for city, site, focus, aim in CITIES[:4]]
    text += ["- 3 -", "（二）拓展区。以宜宾、乐山、南充、达州为主体形成拓展区，带动全省其他地区。"]
    text += [f"{city}依托{site}，重点发展{'、'.join(focus)}，建成{aim}。" for city, site, focus, aim in CITIES[4:]]
    text += ["- 4 -", "三、重点工程", "坚持企业主体、市场导向；加强统筹，避免重复建设。"]
    text += [f"在{county}建设{name}，形成年产{number}万套的能力。" for county, name, number in PROJECTS]
    text += ["四、保障措施", "（一）加强组织领导。各地各部门要落实责任，形成合力，确保各项任务落到实处。"]
    return text


def make_plan(document: str) -> Plan:
    """The invented plan; its citations point into the normalised `document`."""
    text = normalise(document)
    places = {place.short: place.adcode for place in gazetteer().prefectures}
    counties = {place.name: place.adcode for place in gazetteer().counties}

    def cite(section: str, passage: str) -> tuple[Citation, ...]:
        assert text.text.count(passage) == 1
        start = text.text.index(passage)
        end = start + len(passage)
        return (Citation(section, start, end, digest(passage), text.page_at(start)),)

    core = cite("二（一）", "以德阳、绵阳、自贡、泸州为主体形成核心区")
    wider = cite("二（二）", "以宜宾、乐山、南充、达州为主体形成拓展区")
    said = {
        city: cite(f"二（{'一二'[index // 4]}）", f"{city}依托{site}，重点发展{'、'.join(focus)}，建成{aim}")
        for index, (city, site, focus, aim) in enumerate(CITIES)
    }
    base = cite("一（一）", "全省装备产业已有一定规模")
    document_of_it = Document(
        "hills-16", TITLE, None, (2027, 2031), None, text.sha256, len(text.text), 4
    )  # fmt: skip
    return Plan(
        "hills-16",
        "丘陵装备",
        document_of_it,
        (Role("core", "核心区", 1, "core", core), Role("wider", "拓展区", 2, "expansion", wider)),
        (Sector("equipment", "装备", base, ("装备产业",)),),
        (),
        tuple(Site(site, site, "园区", "prefecture", "stated", said[city], place=places[city]) for city, site, _, _ in CITIES),
        tuple(
            Assignment("equipment", "core" if index < 4 else "wider", places[city], said[city], focus, (aim,), (site,))
            for index, (city, site, focus, aim) in enumerate(CITIES)
        ),
        (),
        tuple(
            Project(name, name, "项目", "stated", cite("三", f"在{county}建设{name}"), counties=(counties[county],))
            for county, name, _ in PROJECTS
        ),
        (
            Indicator(
                "output", "产值", "亿元", "达到", "全省", cite("一（二）", "到2031年，装备产业产值达到4800亿元"),
                target=YearValue(2031, 4800),
            ),
            Indicator(
                "research", "研发投入强度", "%", "超过", "全省", cite("一（二）", "研发投入强度超过3.7%"),
                target=YearValue(2031, 3.7),
            ),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def document() -> str:
    return "\n".join(lines())


@pytest.fixture(scope="session")
def plan(document: str) -> Plan:
    return make_plan(document)


@pytest.fixture(scope="session")
def text(document: str) -> NormalisedText:
    """The reference text of the invented plan."""
    return normalise(document)


@pytest.fixture(scope="session")
def bundled() -> Plan:
    return read_plan(ROOT / "resources" / "plans" / "sichuan-strategic-13.json")


@pytest.fixture(scope="session")
def reference() -> NormalisedText:
    """The reference text of the bundled plan, where it is at hand."""
    if not SOURCES.is_dir():
        pytest.skip("the plan documents are not here")
    return read_text(SOURCES / "sichuan-2016-2020-strategic-emerging-industries.txt")


MakePdf = Callable[..., Path]


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Writes a PDF with one line of text for each string; `password` locks it."""

    def make(pages: Sequence[Sequence[str]], name: str = "文件.pdf", password: str | None = None) -> Path:
        from pypdf import PdfWriter

        writer = PdfWriter()
        font = _font(writer)
        for lines in pages:
            _page(writer, font, lines)
        if password is not None:
            writer.encrypt(password, owner_password="所有者", algorithm="RC4-128")
        file = tmp_path / name
        with file.open("wb") as stream:
            writer.write(stream)
        return file

    return make


def _font(writer: Any) -> Any:
    """A font without glyphs whose codes are Unicode: enough for text that is read and never seen."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

    ranges = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256))
    blocks = ranges.split("\n")
    parts = [blocks[start : start + 100] for start in range(0, 256, 100)]
    ranges = "\n".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in parts)
    to_unicode = StreamObject()
    to_unicode.set_data(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + ranges.encode() + b"\nendcmap end end"
    )
    system = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("Identity")}
    inner = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/None"),
            NameObject("/CIDSystemInfo"): DictionaryObject({NameObject(key): value for key, value in system.items()}),
        }
    )
    return writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type0"),
                NameObject("/BaseFont"): NameObject("/None"),
                NameObject("/Encoding"): NameObject("/Identity-H"),
                NameObject("/DescendantFonts"): ArrayObject([writer._add_object(inner)]),
                NameObject("/ToUnicode"): writer._add_object(to_unicode),
            }
        )
    )


def _page(writer: Any, font: Any, lines: Sequence[str]) -> None:
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    page = writer.add_blank_page(595, 842)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in lines)
    content = StreamObject()
    content.set_data(f"BT /F 12 Tf 40 800 Td\n{shown}ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
