"""The command palette, and the one table of actions that menus, palette, list of shortcuts and README share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu
from pytestqt.qtbot import QtBot

from explorer.actions import ACTIONS, MENUS, Action
from explorer.commands import commands, search, sounds_like
from explorer.dialogs.help import HelpDialog
from explorer.panels.palette import COMMAND, TEXT, Palette
from explorer.workbench import Workbench
from layers.view import LAYERS, shown_sectors

README = Path(__file__).resolve().parents[2] / "README.md"
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def open_palette(bench: Workbench, qtbot: QtBot) -> Palette:
    """Ctrl+K on the map."""
    qtbot.waitExposed(bench.window)
    bench.window.activateWindow()
    bench.canvas.setFocus()
    qtbot.keyClick(bench.canvas, Key.Key_K, CTRL)
    palette = bench.palette
    assert palette is not None
    assert palette.isVisible()
    assert palette.field.hasFocus()
    return palette


def names(palette: Palette) -> list[str]:
    return [command.text for command in palette.listed]


def write(palette: Palette, text: str) -> None:
    """What an input method commits."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(palette.field, event)


def type_and_enter(palette: Palette, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(palette.field, text)
    qtbot.keyClick(palette.field, Key.Key_Return)
    QApplication.processEvents()


# --- one table ---


def keys_of(entry: Action) -> list[str]:
    """The shortcuts as Qt names them."""
    return [key.toString() for key in QKeySequence.listFromString(entry.shortcut)] if entry.shortcut else []


def entries_of(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def test_every_action_is_in_its_menu_with_its_words_and_shortcut(bench: Workbench) -> None:
    menus = {action.text(): action.menu() for action in bench.window.menuBar().actions()}
    assert tuple(menus) == MENUS
    for entry in ACTIONS:
        action = next(found for found in entries_of(menus[entry.menu]) if found.text() == entry.text)
        assert [key.toString() for key in action.shortcuts()] == keys_of(entry)
        assert action is bench.actions_by_id[entry.id]


def test_every_action_is_in_the_palette_with_its_shortcut(bench: Workbench) -> None:
    found = {command.text: command for command in commands(bench)}
    for entry in ACTIONS:
        if entry.id != "palette":
            assert found[entry.text].shortcut.split() == keys_of(entry)


def test_no_two_commands_of_the_window_share_a_shortcut(bench: Workbench) -> None:
    docks = [dock.toggleViewAction() for dock in bench.window.findChildren(QDockWidget)]
    keys = [key.toString() for action in (*bench.actions_by_id.values(), *docks) for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)


def test_every_shortcut_is_in_the_list_of_shortcuts(bench: Workbench, qtbot: QtBot) -> None:
    bench.support.open_keys()
    text = bench.window.findChildren(HelpDialog)[-1].text.toPlainText()
    for entry in ACTIONS:
        assert entry.shortcut in text


def test_every_shortcut_is_in_the_readme() -> None:
    section = README.read_text(encoding="utf-8").split("\n## 窗口")[1].split("\n## ")[0]
    named = set(re.findall(r"Ctrl\+Shift\+\w|Ctrl\+[\w+,-]|F\d+|Esc|[\[\]]", section))
    assert [(entry.text, keys) for entry in ACTIONS for keys in keys_of(entry) if keys not in named] == []


def test_switches_of_docks_styles_layers_and_all_sectors_are_in_the_palette(bench: Workbench) -> None:
    found = {(command.text, command.group): command for command in commands(bench)}
    for dock in bench.window.findChildren(QDockWidget):
        assert found[f"窗格：{dock.windowTitle()}", "窗格"].on == (not dock.isHidden())
    assert found["自动", "画法"].on
    for layer, words in LAYERS.items():
        assert found[words, "图层"].on == (layer in bench.session.view.layers)
    for plan in bench.session.atlas.plans:
        for sector in plan.sectors:
            shown = plan is bench.session.plan and sector in shown_sectors(plan, bench.session.view)
            assert found[sector.name, plan.title].on == shown


# --- finding ---


@pytest.mark.parametrize("letters", ["dc", "daoc", "daochu", "dctj", "dchutj", "tj", "tujian"])
def test_pinyin_finds_full_initial_and_mixed(letters: str) -> None:
    assert sounds_like(letters, "导出图件…")


@pytest.mark.parametrize("letters", ["dt", "aochu", "dctjx", "x"])
def test_other_letters_do_not_find(letters: str) -> None:
    assert not sounds_like(letters, "导出图件…")


def test_both_readings_of_a_character_find(bench: Workbench) -> None:
    assert sounds_like("cz", "重做")
    assert sounds_like("chongzuo", "重做")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("导出", "导出图件…"),
        ("dctj", "导出图件…"),
        ("ctrl+e", "导出图件…"),
        ("CTRL+Y", "重做"),
        ("xcl", "新材料"),
        ("图层 qy", "区域"),
        ("F5", "窗格：园区和项目"),
        ("hb", "黑白"),
        ("tuceng", "园区、平台"),
    ],
)
def test_what_is_typed_finds_the_command_first(bench: Workbench, text: str, first: str) -> None:
    assert search(text, commands(bench))[0].text == first


@pytest.mark.parametrize(
    ("text", "first"), [("matrix", "窗格：矩阵"), ("source text", "窗格：原文"), ("stripes", "条纹"), ("black", "黑白")]
)
def test_docks_and_styles_are_found_by_their_english_names(bench: Workbench, text: str, first: str) -> None:
    assert first in [command.text for command in search(text, commands(bench))[:2]]


def test_nothing_typed_lists_all_in_the_order_of_the_table(bench: Workbench) -> None:
    found = [command.text for command in search("", commands(bench))]
    table = [entry.text for entry in ACTIONS if entry.id != "palette"]
    assert found[: len(table)] == table


# --- using ---


def test_ctrl_k_a_few_letters_and_enter_run_a_command(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    type_and_enter(palette, qtbot, "xcl")
    assert not palette.isVisible()
    assert [sector.name for sector in shown_sectors(bench.session.plan, bench.session.view)] == [
        "新一代信息技术",
        "新材料",
    ]
    assert bench.canvas.hasFocus()


def test_arrows_choose_and_the_field_keeps_the_focus(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    write(palette, "画法")
    chosen = palette.listed[1]
    qtbot.keyClick(palette.field, Key.Key_Down)
    assert palette.field.hasFocus()
    assert palette.list.currentItem().data(0, COMMAND) is chosen
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert bench.session.view.style == "zones"


def test_a_click_runs_a_command(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    write(palette, "黑白")
    place = palette.list.visualItemRect(palette.list.topLevelItem(0)).center()
    qtbot.mouseClick(palette.list.viewport(), LEFT, pos=place)
    assert bench.session.view.template.bw


def test_what_cannot_be_done_now_is_listed_but_does_nothing(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    write(palette, "撤销")
    item = palette.list.topLevelItem(0)
    assert item.text(TEXT) == "撤销"
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()


def test_escape_closes_the_palette_and_not_the_selection(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.select_place("510600")
    palette = open_palette(bench, qtbot)
    qtbot.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()
    assert bench.session.view.place == "510600"
    assert bench.canvas.hasFocus()


@pytest.mark.parametrize("text", ["一页纸", "一页通", "一市一页", "yyz"])
def test_the_one_page_sheet_is_found_by_all_its_names(bench: Workbench, text: str) -> None:
    assert search(text, commands(bench))[0].text == "一页纸…"


def test_what_is_no_command_is_handed_on_to_the_search(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    write(palette, "德阳")
    assert palette.none.isVisible()
    assert "查找（Ctrl+F）：按回车就查找“德阳”" in palette.none.text()
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert not palette.isVisible()
    assert bench.search.hasFocus()
    assert bench.search.text() == "德阳"
    qtbot.keyClick(bench.search, Key.Key_Return)
    assert bench.session.view.place == "510600"


def test_brackets_typed_in_the_palette_step_nowhere(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    qtbot.keyClicks(palette.field, "[]")
    assert bench.session.view.place is None
    assert palette.listed == []
    assert palette.none.isVisible()


def test_the_palette_closes_when_the_map_is_clicked_and_on_ctrl_k(bench: Workbench, qtbot: QtBot) -> None:
    palette = open_palette(bench, qtbot)
    bench.canvas.setFocus()
    assert not palette.isVisible()
    open_palette(bench, qtbot)
    qtbot.keyClick(palette.field, Key.Key_K, CTRL)
    assert not palette.isVisible()


def test_saved_views_are_opened_by_name(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.set_style("glyphs")
    bench.views.save_as("德阳装备")
    bench.session.set_style("auto")
    type_and_enter(open_palette(bench, qtbot), qtbot, "dyzb")
    assert bench.session.view.style == "glyphs"


def test_a_sector_of_another_plan_turns_to_that_plan(bench: Workbench, qtbot: QtBot) -> None:
    other = bench.session.atlas.plans[1]
    palette = open_palette(bench, qtbot)
    write(palette, other.title)
    assert names(palette)[0] == other.sectors[0].name
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert bench.session.view.plan == other.id
