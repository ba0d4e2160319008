"""A small invented plan, as a pack in the user's library, and its document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geodata.documents.text import NormalisedText, digest, normalise
from geodata.library import read_plan
from geodata.plan import Plan

TITLE = "坡地省“十六五”装备产业发展规划（2027—2031年）"
CITIES = (
    ("德阳", "旌湖产业园", ("风电整机", "叶片模具", "偏航轴承"), "高原风机之都"),
    ("绵阳", "涪城雷达谷", ("相控阵雷达", "微波组件", "天线罩"), "低空感知高地"),
    ("自贡", "釜溪通航港", ("倾转旋翼机", "复材机身", "航电总装"), "通航制造名城"),
    ("泸州", "酒城氢谷", ("电解水制氢槽", "储氢瓶", "加氢枪"), "绿氢装备基地"),
    ("宜宾", "三江电池城", ("固态电池", "铝塑膜", "电池回收线"), "动力之城"),
    ("乐山", "岷江硅园", ("颗粒硅", "单晶炉", "切片机"), "晶硅装备中心"),
)
RULES = (
    "坚持企业主体和市场导向，加强统筹协调，避免重复建设。各地根据自身条件选择重点，不搞一哄而上。"
    "建立项目库并每年更新，对进展缓慢的项目及时调整。"
)


def sentence(city: str) -> str:
    """What the plan says of a city, without its full stop."""
    site, focus, aim = next(rest for name, *rest in CITIES if name == city)
    return f"{city}依托{site}，重点发展{'、'.join(focus)}，建成{aim}"


def lines() -> list[str]:
    """The document, with a page mark at the start of every page."""
    found = ["- 1 -", TITLE, "为推动装备产业发展，制定本规划。", "一、发展基础", f"（一）现状。{RULES * 2}", "- 2 -"]
    found += ["二、空间布局", "（一）核心区。以德阳、绵阳、自贡为主体形成核心区。"]
    found += [f"{sentence(city)}。" for city, *_ in CITIES[:3]]
    found += ["- 3 -", "（二）拓展区。以泸州、宜宾、乐山为主体形成拓展区。"]
    found += [f"{sentence(city)}。" for city, *_ in CITIES[3:]]
    return [*found, "- 4 -", "三、保障措施", f"（一）加强组织领导。{RULES * 3}", "（二）加强监测评估。" + RULES * 3]


def document() -> str:
    return "\n".join(lines())


def text() -> NormalisedText:
    """The reference text."""
    return normalise(document())


def passage(city: str) -> str:
    """The passage that the first citation of a city's assignment points at."""
    return sentence(city)


def write_pack(home: Path) -> Plan:
    """Puts the pack into the user's library and reads it."""
    file = home / "data" / "plans" / "hillside.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(_pack(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return read_plan(file)


def _cite(section: str, passage: str) -> dict[str, Any]:
    whole = text()
    assert whole.text.count(passage) == 1
    start = whole.text.index(passage)
    end = start + len(passage)
    page, page_to = whole.page_at(start), whole.page_at(end - 1)
    value = {"section": section, "page": page, "start": start, "end": end, "digest": digest(passage)}
    return value if page == page_to else {**value, "page_to": page_to}


def _pack() -> dict[str, Any]:
    core = _cite("二（一）", "以德阳、绵阳、自贡为主体形成核心区")
    wider = _cite("二（二）", "以泸州、宜宾、乐山为主体形成拓展区")
    whole = text()
    assignments = [
        {
            "sector": "装备",
            "role": "core" if index < 3 else "wider",
            "place": city,
            "focus": list(focus),
            "positions": [aim],
            "sites": [site],
            "citations": [_cite(f"二（{'一二'[index // 3]}）", sentence(city)), core if index < 3 else wider],
        }
        for index, (city, site, focus, aim) in enumerate(CITIES)
    ]
    sites = [
        {
            "id": site,
            "name": site,
            "kind": "产业园",
            "aliases": [],
            "place": city,
            "county": None,
            "sectors": ["装备"],
            "lon": None,
            "lat": None,
            "precision": "prefecture",
            "basis": "stated",
            "citations": [item["citations"][0]],
        }
        for (city, site, *_), item in zip(CITIES, assignments, strict=True)
    ]
    return {
        "schema": 1,
        "id": "hillside",
        "title": "坡地装备",
        "document": {
            "id": "hillside",
            "title": TITLE,
            "issuer": None,
            "period": [2027, 2031],
            "boundary_date": None,
            "sha256": whole.sha256,
            "characters": len(whole.text),
            "pages": 4,
        },
        "roles": [
            {"id": "core", "name": "核心区", "rank": 1, "kind": "core", "citations": [core]},
            {"id": "wider", "name": "拓展区", "rank": 2, "kind": "expansion", "citations": [wider]},
        ],
        "sectors": [{"id": "装备", "name": "装备", "aliases": [], "colour": 0, "citations": [core], "subsectors": []}],
        "regions": [],
        "sites": sites,
        "assignments": assignments,
        "statements": [],
        "projects": [],
        "indicators": [],
    }
