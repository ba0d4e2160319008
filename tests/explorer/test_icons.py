"""Icons of the toolbar: there after the first map, sharp, and readable in both themes."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolBar, QToolButton
from pytestqt.qtbot import QtBot

from explorer.first import FirstWindow
from explorer.icons import DOCK_BUTTONS, SIZE, icon
from explorer.settings import THEME, write
from explorer.start import furnish_window
from explorer.theme import palette
from explorer.workbench import Workbench


def buttons(bench: Workbench) -> list[QToolButton]:
    bar = bench.window.findChild(QToolBar, "toolbar")
    assert isinstance(bar, QToolBar)
    return [button for button in bar.findChildren(QToolButton) if button.isVisibleTo(bar) and button.text()]


@pytest.fixture
def dressed(bench: Workbench, qtbot: QtBot) -> Workbench:
    qtbot.waitUntil(lambda: not any(button.icon().isNull() for button in buttons(bench)))
    return bench


def darkness(made: QIcon) -> float:
    """The mean lightness of what is drawn, 0 to 255."""
    image = made.pixmap(SIZE).toImage()
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    drawn = [colour.lightness() for colour in colours if colour.alpha() > 200]
    return sum(drawn) / len(drawn)


def test_every_button_has_its_words_and_an_icon_in_the_colour_of_the_text(dressed: Workbench) -> None:
    found = buttons(dressed)
    assert len(found) == 9
    for button in found:
        assert button.text()
        assert not button.icon().isNull()
        assert darkness(button.icon()) < 80
    pictures = [button.icon().pixmap(SIZE).toImage() for button in found]
    assert all(one != other for one, other in combinations(pictures, 2))


def test_in_the_dark_theme_they_are_light_and_follow_a_change(dressed: Workbench) -> None:
    write(THEME, "dark")
    from explorer.look import apply_look

    apply_look()
    try:
        QApplication.processEvents()
        assert all(darkness(button.icon()) > 180 for button in buttons(dressed))
    finally:
        write(THEME, "light")
        apply_look()
    QApplication.processEvents()
    assert all(darkness(button.icon()) < 80 for button in buttons(dressed))


def test_the_buttons_of_docks_can_be_seen_in_both_themes(dressed: Workbench) -> None:
    from explorer.look import apply_look

    found = [
        button
        for dock in dressed.docks()
        for button in dock.findChildren(QAbstractButton)
        if button.objectName() in DOCK_BUTTONS
    ]
    assert len(found) == 2 * len(dressed.docks())
    for theme in ("dark", "light"):
        write(THEME, theme)
        apply_look()
        QApplication.processEvents()
        for button in found:
            assert (darkness(button.icon()) > 180) == (theme == "dark")
            assert (darkness(button.icon()) < 80) == (theme == "light")


def test_the_button_of_a_menu_says_so_and_opens_it(dressed: Workbench, qtbot: QtBot) -> None:
    dressed.window.show()
    button = dressed.menus.styles_button
    assert button.text().endswith("▾")
    assert button.accessibleName() == "画法"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dressed.menus.styles.isVisible()
    dressed.menus.styles.close()


def test_the_first_map_does_not_wait_for_them(qtbot: QtBot, prepared: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.icons.icon", lambda *_: pytest.fail("drawn before the first map"))
    window = FirstWindow()
    qtbot.addWidget(window)
    bench = furnish_window(window)
    assert bench is not None
    assert all(button.icon().isNull() for button in buttons(bench))
    monkeypatch.undo()


def test_an_icon_whose_file_is_gone_leaves_the_words() -> None:
    assert icon("no such icon", palette(False)).isNull()


def test_where_there_is_no_room_for_words_the_icons_stay_and_the_search_field_too(
    dressed: Workbench, qtbot: QtBot
) -> None:
    dressed.window.show()
    style = Qt.ToolButtonStyle
    for width, expected in ((1600, style.ToolButtonTextBesideIcon), (760, style.ToolButtonIconOnly)) * 2:
        dressed.window.resize(width, 700)
        qtbot.waitUntil(
            lambda expected=expected: {button.toolButtonStyle() for button in buttons(dressed)} == {expected}
        )
        qtbot.waitUntil(dressed.search.isVisible)
        assert all(button.isVisible() and button.toolTip() for button in buttons(dressed))
