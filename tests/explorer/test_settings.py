"""Settings act at once and are there at the next start; a broken file of settings is set aside and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from explorer.dialogs.settings import SettingsDialog
from explorer.first import FirstWindow
from explorer.look import apply_look
from explorer.settings import FOLDER, FONT, HINT_SEEN, PAGE, SETTINGS, THEME, read, settings, told_aside, write
from explorer.start import furnish_window
from explorer.templates import last_page
from explorer.theme import is_dark
from explorer.workbench import Workbench
from layers.view import view_from_json, view_to_json


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """The application is the same for all tests: it looks as before afterwards."""
    yield
    settings().clear()
    apply_look()


@pytest.fixture
def dialog(bench: Workbench, qtbot: QtBot) -> SettingsDialog:
    bench.support.open_settings()
    found = bench.window.findChild(SettingsDialog)
    assert isinstance(found, SettingsDialog)
    return found


def choose(qtbot: QtBot, box: QComboBox, data: object) -> None:
    """Chooses as a person with a keyboard does."""
    row = box.findData(data)
    box.setFocus()
    step = Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up
    for _ in range(abs(row - box.currentIndex())):
        qtbot.keyClick(box, step)
    assert box.currentData() == data
    QApplication.processEvents()  # palette and font reach the widgets as events


def test_the_theme_changes_at_once_and_is_there_at_the_next_start(
    bench: Workbench, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    choose(qtbot, dialog.theme, "dark")
    assert is_dark(bench.plans.tree)
    assert "#a8abb0" in bench.inspector.text.toHtml()
    assert read(THEME) == "dark"
    choose(qtbot, dialog.theme, "light")
    assert not is_dark(bench.plans.tree)
    assert "#5f6368" in bench.inspector.text.toHtml()


def test_the_font_grows_at_once(bench: Workbench, dialog: SettingsDialog, qtbot: QtBot) -> None:
    apply_look()
    QApplication.processEvents()
    before = bench.plans.tree.fontMetrics().height()
    choose(qtbot, dialog.font_size, 130)
    assert bench.plans.tree.fontMetrics().height() > 1.2 * before
    choose(qtbot, dialog.font_size, 100)
    assert bench.plans.tree.fontMetrics().height() == before


def test_the_dialog_grows_and_shrinks_with_the_font_and_cuts_nothing(dialog: SettingsDialog, qtbot: QtBot) -> None:
    height = dialog.height()
    box = dialog.theme.height()

    def nothing_is_cut() -> bool:
        notes = [label for label in dialog.findChildren(QLabel) if label.wordWrap()]
        assert notes
        return dialog.area.verticalScrollBar().maximum() == 0 and all(
            note.height() >= note.heightForWidth(note.width()) for note in notes
        )

    choose(qtbot, dialog.font_size, 130)
    qtbot.waitUntil(lambda: dialog.height() > height and nothing_is_cut())
    choose(qtbot, dialog.font_size, 100)
    qtbot.waitUntil(lambda: dialog.height() <= height and nothing_is_cut())
    assert dialog.theme.height() == box


def test_lists_and_titles_of_docks_follow_the_font_both_ways(
    bench: Workbench, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    def title_height(dock: QDockWidget) -> int:
        """Of the letters, in pixels."""
        picture, above = dock.grab().toImage(), dock.widget().y()
        ground = dock.palette().color(QPalette.ColorRole.Window).lightness()
        rows = [
            y for y in range(above) for x in range(dock.width() // 2)
            if abs(picture.pixelColor(x, y).lightness() - ground) > 60
        ]  # fmt: skip
        return max(rows) - min(rows)

    usual = title_height(bench.plans_dock)
    least = bench.inspector.findChildren(QComboBox)[0].minimumSizeHint().height()
    choose(qtbot, dialog.font_size, 130)
    qtbot.waitUntil(lambda: title_height(bench.plans_dock) > 1.15 * usual)
    assert title_height(bench.inspector_dock) > 1.15 * usual
    assert bench.inspector.findChildren(QComboBox)[0].minimumSizeHint().height() > least
    choose(qtbot, dialog.font_size, 100)
    qtbot.waitUntil(lambda: title_height(bench.plans_dock) == usual)
    assert bench.inspector.findChildren(QComboBox)[0].minimumSizeHint().height() == least


def test_lists_have_room_in_a_window_that_begins_in_a_large_font(start: Callable[[], Workbench], qtbot: QtBot) -> None:
    usual = start().inspector.chooser.minimumSizeHint().width()
    write(FONT, 130)
    large = start().inspector.chooser
    qtbot.waitUntil(lambda: large.minimumSizeHint().width() > 1.15 * usual)


def test_names_and_colours_of_the_map_change_at_once_and_last(
    bench: Workbench, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    choose(qtbot, dialog.names, "english")
    choose(qtbot, dialog.colours, True)
    names = {label.text for label in bench.canvas.scene().labels}
    assert any("Chengdu" in name for name in names)
    assert bench.menus.styles.bw.isChecked()
    kept = view_from_json(view_to_json(bench.session.view), bench.session.atlas.plans)
    assert kept is not None
    assert (kept.template.names, kept.template.bw) == ("english", True)
    bench.actions_by_id["undo"].trigger()
    assert dialog.colours.currentData() is False


def test_page_and_folder_are_what_other_dialogs_begin_with(
    dialog: SettingsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, dialog.page, "slide")
    assert last_page() == "slide"
    dialog.browse.click()
    (picker,) = dialog.findChildren(QFileDialog)
    picker.fileSelected.emit(str(tmp_path))
    picker.close()
    assert dialog.folder.text() == str(tmp_path)
    assert settings().value("documents/folder") == str(tmp_path)


def test_all_goes_back_to_the_default(bench: Workbench, dialog: SettingsDialog, qtbot: QtBot) -> None:
    settings().setValue("window/view", "kept")
    choose(qtbot, dialog.theme, "dark")
    choose(qtbot, dialog.names, "full")
    choose(qtbot, dialog.page, "a3")
    dialog.hint.click()
    qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert all(read(setting) == setting.usual for setting in SETTINGS)
    assert dialog.theme.currentData() == "system"
    assert bench.session.view.template.names == "short"
    assert not is_dark(bench.plans.tree)
    assert settings().value("window/view") == "kept"


def test_ctrl_comma_opens_the_settings(bench: Workbench) -> None:
    action = bench.actions_by_id["settings"]
    assert action.shortcut().toString() == "Ctrl+,"
    action.trigger()
    assert bench.window.findChild(SettingsDialog) is not None


@pytest.mark.parametrize("kept", ["", "purple", "1e9", "@Invalid()", "[]"])
def test_a_value_that_makes_no_sense_is_the_usual_one(kept: str) -> None:
    for setting in (THEME, FONT, HINT_SEEN):
        settings().setValue(setting.key, kept)
        assert read(setting) == setting.usual


def test_what_is_written_is_read_in_its_own_type() -> None:
    for setting, value in ((THEME, "dark"), (FONT, 115), (HINT_SEEN, True), (PAGE, "a3"), (FOLDER, "D:/规划")):
        write(setting, value)
        settings().sync()
        assert read(setting) == value
        assert type(read(setting)) is type(value)


BROKEN = {
    "text": b"hello",
    "binary": bytes(range(256)) * 9,
    "zeros": bytes(500),
    "half": b"[window\nview=1",
    "web page": b"<html><a href='x'>y</a></html>",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_settings_file_is_set_aside_and_told_once(home: Path, kind: str) -> None:
    file = home / "config" / "settings.ini"
    file.parent.mkdir()
    file.write_bytes(BROKEN[kind])
    assert read(THEME) == "system"
    aside = [one for one in file.parent.iterdir() if one.name.startswith("settings-broken-")]
    assert [one.read_bytes() for one in aside] == [BROKEN[kind]]
    write(THEME, "dark")
    assert aside[0].name in told_aside()
    assert told_aside() == ""
    assert read(THEME) == "dark"
    assert len(list(file.parent.glob("settings-broken-*"))) == 1


def test_a_start_with_broken_settings_says_so_in_the_status_bar(prepared: Path, qtbot: QtBot) -> None:
    (prepared / "config").mkdir()
    (prepared / "config" / "settings.ini").write_bytes(bytes(2000))
    window = FirstWindow()
    qtbot.addWidget(window)
    assert furnish_window(window) is not None
    qtbot.waitUntil(lambda: "设置文件已损坏" in window.statusBar().currentMessage())
    window.close()
    again = FirstWindow()
    qtbot.addWidget(again)
    bench = furnish_window(again)
    assert bench is not None
    qtbot.waitSignal(bench.session.atlas_changed).wait()
    assert "设置文件" not in again.statusBar().currentMessage()


def test_a_folder_in_the_place_of_the_settings_is_no_crash(home: Path) -> None:
    (home / "config" / "settings.ini").mkdir(parents=True)
    write(THEME, "dark")
    assert read(THEME) in ("dark", "system")
