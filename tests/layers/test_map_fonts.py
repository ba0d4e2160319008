"""The map's font: every character that a map may have to show, and widths that can be trusted."""

from __future__ import annotations

import pytest
from looking import sector_ids
from PySide6.QtGui import QFontInfo, QGuiApplication, QRawFont

from geodata.atlas import Atlas
from geodata.boundaries import NEIGHBOURS, Boundaries
from geodata.folders import RESOURCES
from geodata.plan import Plan
from layers.build import build_scene
from layers.fonts import SHAPED_AT, map_font, measure, text_outline
from layers.view import view_for


def data_files() -> list[str]:
    return ["places.json", *sorted(f"plans/{file.name}" for file in (RESOURCES / "plans").glob("*.json"))]


def lacking(text: str) -> set[str]:
    """The printing characters of a text that the map's font has no glyph for."""
    raw = QRawFont.fromFont(map_font())
    return {char for char in set(text) if not char.isspace() and not raw.supportsCharacter(ord(char))}


def test_the_font_is_the_one_that_is_installed_with_the_program(gui: QGuiApplication) -> None:
    assert QFontInfo(map_font()).family() == "Noto Sans CJK SC"
    assert QFontInfo(map_font()).exactMatch()


@pytest.mark.parametrize("file", data_files())
def test_the_font_has_every_character_of_the_data(gui: QGuiApplication, file: str) -> None:
    text = (RESOURCES / file).read_text(encoding="utf-8")
    assert len(set(text)) > 200
    assert lacking(text) == set()


def test_the_font_has_every_character_of_a_figure(
    gui: QGuiApplication, atlas: Atlas, plan: Plan, coarse: Boundaries
) -> None:
    text = "图例北0123456789 km…" + "".join(NEIGHBOURS.values())
    for number in (0, 1, 2, 8):
        scene = build_scene(atlas, view_for(plan, sector_ids(plan)[:number]), coarse, counties=True)
        text += scene.title + scene.source + scene.approval + "".join(entry.text for entry in scene.legend)
        text += "".join(label.text for label in scene.labels)
    assert lacking(text) == set()


def test_a_character_that_no_font_has_is_noticed(gui: QGuiApplication) -> None:
    assert lacking("成\U0010fffd都") == {"\U0010fffd"}


def test_every_printing_character_has_an_outline_of_its_own(gui: QGuiApplication) -> None:
    missing = text_outline("\U0010fffd")
    for char in sorted(set((RESOURCES / "places.json").read_text(encoding="utf-8"))):
        if not char.isspace():
            assert not text_outline(char).isEmpty(), char
            assert text_outline(char) != missing, char


def test_an_outline_stands_on_its_baseline_and_is_about_as_large_as_the_font(gui: QGuiApplication) -> None:
    box = text_outline("攀枝花").boundingRect()
    assert 2.5 * SHAPED_AT < box.width() <= 3 * SHAPED_AT
    assert -SHAPED_AT < box.top() < -0.7 * SHAPED_AT
    assert 0 < box.bottom() < 0.2 * SHAPED_AT


def test_widths_add_up(gui: QGuiApplication) -> None:
    for a, b in (("成", "都"), ("新材料", "产业"), ("核心发展区", "（6）"), ("200", " km"), ("2016", "—2020年")):
        assert measure(a + b, 10) == pytest.approx(measure(a, 10) + measure(b, 10), rel=0.03)


def test_a_width_is_positive_and_grows_with_the_size(gui: QGuiApplication, atlas: Atlas) -> None:
    for place in atlas.places.places.values():
        assert measure(place.short, 8.5) > 0
        assert measure(place.short, 17) == pytest.approx(2 * measure(place.short, 8.5))
    assert measure("", 10) == 0


def test_a_chinese_character_is_as_wide_as_its_size(gui: QGuiApplication) -> None:
    for text in ("成都", "攀枝花", "核心发展区"):
        assert measure(text, 12) == pytest.approx(12 * len(text), rel=0.001)


def test_the_outline_is_no_wider_than_the_text_is_measured(gui: QGuiApplication, atlas: Atlas) -> None:
    for place in atlas.places.prefectures:
        box = text_outline(place.short).boundingRect()
        assert box.left() >= 0
        assert box.right() <= measure(place.short, SHAPED_AT)
