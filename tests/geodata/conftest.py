"""Packs for tests: the bundled one as a dict, and a small one with its document that has every kind of record."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geodata.library import read_plan
from geodata.problems import Problem, UserError

ROOT = Path(__file__).resolve().parents[2]

DOCUMENT = """\
封面
- 1 -
丘陵省示范产业规划
一、总则
以德阳、绵阳为主体形成领跑区，以自贡等地为
- 2 -
主体形成跟随区。
二、布局
德阳依托旌湖产业园，重点发展 风电整机，建成装备高地。
绵阳重点发展雷达，
\u3000\u3000建成电子高地。
- 3 -
三、项目
在旌阳区建设叶片试验场。到2031年产值达到120亿元。
旌湖、涪江两岸合称双江带。
"""
"""Invented; two of its passages run over the end of a page."""


def _normalised() -> str:
    lines = [line for line in DOCUMENT.split("\n") if not re.fullmatch(r"\s*-\s*\d+\s*-\s*", line)]
    return re.sub(r"\s", "", "".join(lines))


def _cite(section: str, passage: str, page: int, page_to: int | None = None) -> dict[str, Any]:
    text = _normalised()
    assert text.count(passage) == 1
    start = text.index(passage)
    citation: dict[str, Any] = {
        "section": section,
        "page": page,
        "start": start,
        "end": start + len(passage),
        "digest": hashlib.sha256(passage.encode()).hexdigest()[:12],
    }
    if page_to is not None:
        citation["page_to"] = page_to
    return citation


def _small() -> dict[str, Any]:
    lead = _cite("一", "以德阳、绵阳为主体形成领跑区", 1)
    follow = _cite("一", "以自贡等地为主体形成跟随区", 1, 2)
    wind = _cite("二", "德阳依托旌湖产业园，重点发展风电整机，建成装备高地", 2)
    radar = _cite("二", "绵阳重点发展雷达，建成电子高地", 2)
    blades = _cite("三", "在旌阳区建设叶片试验场", 3)
    output = _cite("三", "到2031年产值达到120亿元", 3)
    belt = _cite("三", "旌湖、涪江两岸合称双江带", 3)
    return {
        "schema": 1,
        "id": "hills-1",
        "title": "丘陵示范",
        "document": {
            "id": "hills-1",
            "title": "丘陵省示范产业规划",
            "issuer": None,
            "period": [2027, 2031],
            "boundary_date": "2026-12-31",
            "sha256": hashlib.sha256(_normalised().encode()).hexdigest(),
            "characters": len(_normalised()),
            "pages": 3,
        },
        "roles": [
            {"id": "lead", "name": "领跑区", "rank": 1, "kind": "core", "citations": [lead]},
            {"id": "follow", "name": "跟随区", "rank": 2, "kind": "expansion", "citations": [follow]},
        ],
        "sectors": [
            {
                "id": "wind",
                "name": "风电",
                "aliases": ["风电产业"],
                "colour": 0,
                "citations": [wind],
                "subsectors": [{"id": "wind/blade", "name": "叶片", "citations": [blades], "subsectors": []}],
            },
            {"id": "radar", "name": "雷达", "aliases": [], "colour": 1, "citations": [radar], "subsectors": []},
        ],
        "regions": [
            {
                "id": "belt",
                "name": "双江带",
                "aliases": [],
                "kind": "带",
                "places": ["德阳", "绵阳"],
                "counties": ["旌阳区"],
                "sites": ["park"],
                "citations": [belt],
            }
        ],
        "sites": [
            {
                "id": "park",
                "name": "旌湖产业园",
                "aliases": [],
                "kind": "产业园",
                "place": "德阳",
                "county": "旌阳区",
                "sectors": ["wind"],
                "lon": 104.4,
                "lat": 31.1,
                "precision": "site",
                "basis": "inferred",
                "citations": [wind],
            }
        ],
        "assignments": [
            {
                "sector": "wind",
                "role": "lead",
                "place": "德阳",
                "focus": ["风电整机"],
                "positions": ["装备高地"],
                "sites": ["park"],
                "citations": [lead, wind],
            },
            {
                "sector": "radar",
                "role": "lead",
                "place": "绵阳",
                "focus": ["雷达"],
                "positions": ["电子高地"],
                "sites": [],
                "citations": [lead, radar],
            },
            {
                "sector": "wind",
                "role": "follow",
                "place": "自贡",
                "focus": [],
                "positions": [],
                "sites": [],
                "citations": [follow],
            },
        ],
        "statements": [
            {
                "id": "joint",
                "kind": "joint",
                "summary": "两市同为领跑",
                "places": ["德阳", "绵阳"],
                "counties": [],
                "regions": ["belt"],
                "sectors": ["wind"],
                "role": None,
                "focus": [],
                "positions": [],
                "sites": [],
                "citations": [lead],
            }
        ],
        "projects": [
            {
                "id": "yard",
                "name": "叶片试验场",
                "kind": "项目",
                "sectors": ["wind/blade"],
                "places": ["德阳"],
                "counties": ["旌阳区"],
                "sites": [],
                "basis": "context",
                "status": "建设",
                "details": [],
                "note": "县属德阳",
                "citations": [blades],
            }
        ],
        "indicators": [
            {
                "id": "output",
                "name": "产值",
                "unit": "亿元",
                "comparator": "达到",
                "base": None,
                "target": {"year": 2031, "value": 120},
                "scope": "全省",
                "places": [],
                "sectors": [],
                "citations": [output],
            }
        ],
        "crosswalk": [
            {"sector": "wind", "relation": "same", "plan": "hills-0", "other": "风机", "why": "都是风电整机"},
            {"sector": "radar", "relation": "none", "plan": "hills-0", "other": None, "why": "上一规划没有雷达"},
        ],
    }


Pack = dict[str, Any]
Check = Callable[[Pack | str | bytes], tuple[Problem, ...]]


@pytest.fixture(scope="session")
def small_text() -> str:
    return json.dumps(_small(), ensure_ascii=False, indent=1)


@pytest.fixture
def small(small_text: str) -> Pack:
    """A sound pack of the synthetic document."""
    pack: Pack = json.loads(small_text)
    return pack


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The synthetic document as a user keeps it, alone in its folder."""
    file = tmp_path / "文件" / "丘陵省示范产业规划.txt"
    file.parent.mkdir()
    file.write_text(DOCUMENT, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def bundled_text() -> str:
    return (ROOT / "resources" / "plans" / "sichuan-strategic-13.json").read_text(encoding="utf-8")


@pytest.fixture
def bundled(bundled_text: str) -> Pack:
    """The bundled pack, to be broken at will."""
    pack: Pack = json.loads(bundled_text)
    return pack


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Writes a pack (a dict as an editor would lay it out) and gives what the program says is wrong with it."""

    def problems(pack: Pack | str | bytes) -> tuple[Problem, ...]:
        file = tmp_path / "我的规划.json"
        if isinstance(pack, dict):
            pack = json.dumps(pack, ensure_ascii=False, indent=1)
        file.write_bytes(pack if isinstance(pack, bytes) else pack.encode())
        try:
            read_plan(file)
        except UserError as error:
            return error.problems
        return ()

    return problems


SOURCES = ROOT.parent / "shared" / "plans"


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the plan documents; a test that asks for it is skipped where they are not."""
    if not SOURCES.is_dir():
        pytest.skip("the plan documents are not here")
    return SOURCES
