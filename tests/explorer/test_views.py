"""Saved views: kept under names, opened here and elsewhere, and what happens with files that are not sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QFileInfo, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.dialogs.documents import DocumentsDialog
from explorer.dialogs.view_name import ViewNameDialog
from explorer.dialogs.views import ViewsDialog
from explorer.recent import MOST_RECENT, VIEWS, note, recent
from explorer.views import (
    SUFFIX,
    Kept,
    file_words,
    open_kept,
    read_view,
    save_view,
    saved_views,
    views_folder,
    write_view,
)
from explorer.workbench import Workbench
from geodata.problems import UserError
from layers.view import ViewState, first_view, view_for

DEYANG = "510600"
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def dialog_of(bench: Workbench, kind: type) -> QDialog:
    """The open dialog of a kind, the newest."""
    QApplication.processEvents()
    return [found for found in bench.window.findChildren(kind) if found.isVisible()][-1]


def write(field: QLineEdit, text: str) -> None:
    """What an input method commits."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def press(bench: Workbench, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.waitExposed(bench.window)
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    bench.canvas.setFocus()
    qtbot.keyClick(bench.canvas, key, modifier)


def save(bench: Workbench, qtbot: QtBot, name: str) -> Path:
    """Ctrl+S, a name, Enter."""
    press(bench, qtbot, Key.Key_S, CTRL)
    dialog = dialog_of(bench, ViewNameDialog)
    assert isinstance(dialog, ViewNameDialog)
    dialog.name.selectAll()
    write(dialog.name, name)
    qtbot.keyClick(dialog.name, Key.Key_Return)
    return recent(VIEWS)[0]


def manager(bench: Workbench, qtbot: QtBot) -> ViewsDialog:
    press(bench, qtbot, Key.Key_V, CTRL | SHIFT)
    dialog = dialog_of(bench, ViewsDialog)
    assert isinstance(dialog, ViewsDialog)
    return dialog


def listed(dialog: ViewsDialog) -> list[str]:
    return [dialog.list.topLevelItem(row).text(0) for row in range(dialog.list.topLevelItemCount())]


def some_view(bench: Workbench) -> ViewState:
    plan = bench.session.atlas.plans[1]
    view = view_for(plan, [plan.sectors[0].id, plan.sectors[1].id])
    return view._replace(style="glyphs", layers=frozenset({"regions"}), place=DEYANG)


def said(bench: Workbench) -> str:
    box = dialog_of(bench, QMessageBox)
    assert isinstance(box, QMessageBox)
    return box.text()


def test_a_view_saved_with_ctrl_s_comes_back_with_plan_sectors_style_layers_and_extent(
    bench: Workbench, qtbot: QtBot
) -> None:
    view = some_view(bench)
    bench.session.set_view(view)
    bench.canvas.zoom(3)
    bench.canvas.pan(60, 20)
    extent = bench.canvas.extent_to_keep()
    save(bench, qtbot, "装备 近看")
    bench.session.set_view(first_view(bench.session.atlas.plans[0]))
    bench.canvas.fit()
    dialog = manager(bench, qtbot)
    assert listed(dialog) == ["装备 近看"]
    qtbot.keyClick(dialog.list, Key.Key_Return)
    assert not dialog.isVisible()
    assert bench.session.view == view
    assert bench.canvas.extent_to_keep() == pytest.approx(extent)


def test_opening_a_view_is_one_step_that_can_be_undone(bench: Workbench, qtbot: QtBot) -> None:
    file = save(bench, qtbot, "全省")
    bench.session.set_view(some_view(bench))
    bench.canvas.zoom(3)
    QApplication.processEvents()
    bench.recorder.movement.stop()
    view, extent = bench.session.view, bench.canvas.extent_to_keep()
    bench.views.open_file(file)
    QApplication.processEvents()
    assert bench.canvas.extent_to_keep() is None
    bench.recorder.undo()
    assert (bench.session.view, bench.canvas.extent_to_keep()) == (view, extent)


def test_all_that_was_in_sight_is_in_sight_in_a_smaller_window(bench: Workbench, qtbot: QtBot) -> None:
    bench.canvas.zoom(2)
    min_x, min_y, max_x, max_y = bench.canvas.page.extent
    file = save(bench, qtbot, "一半")
    bench.window.resize(1000, 700)
    QApplication.processEvents()
    bench.views.open_file(file)
    now = bench.canvas.page.extent
    assert now[0] <= min_x + 1
    assert now[1] <= min_y + 1
    assert now[2] >= max_x - 1
    assert now[3] >= max_y - 1


def test_a_name_that_is_taken_is_replaced_only_as_said(bench: Workbench, qtbot: QtBot) -> None:
    save(bench, qtbot, "甲")
    bench.session.set_view(some_view(bench))
    bench.views.save()
    dialog = dialog_of(bench, ViewNameDialog)
    assert isinstance(dialog, ViewNameDialog)
    dialog.name.clear()
    assert not dialog.ok.isEnabled()
    write(dialog.name, " 甲 ")
    assert (dialog.ok.text(), dialog.note.text()) == ("替换", "已有同名的视图，将被替换")
    qtbot.mouseClick(dialog.ok, LEFT)
    [kept] = saved_views().values()
    assert (kept.name, kept.view["style"]) == ("甲", "glyphs")


def test_the_suggested_name_is_the_title_of_the_figure(bench: Workbench) -> None:
    assert bench.views.suggested_name() == "四川省新一代信息技术产业布局（2016—2020年）"


def test_views_are_renamed_deleted_and_put_back(bench: Workbench, qtbot: QtBot) -> None:
    for name in ("甲", "乙"):
        save(bench, qtbot, name)
    dialog = manager(bench, qtbot)
    assert listed(dialog) == ["乙", "甲"]
    qtbot.keyClick(dialog.list, Key.Key_F2)
    asking = dialog_of(bench, ViewNameDialog)
    assert isinstance(asking, ViewNameDialog)
    asking.name.selectAll()
    write(asking.name, "甲")
    assert not asking.ok.isEnabled()
    asking.name.selectAll()
    write(asking.name, "丙")
    qtbot.keyClick(asking.name, Key.Key_Return)
    assert listed(dialog) == ["丙", "甲"]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.list, Key.Key_Delete)
    assert listed(dialog) == ["甲"]
    assert dialog.note.text() == "已删除“丙”"
    qtbot.mouseClick(dialog.restore, LEFT)
    assert listed(dialog) == ["丙", "甲"]
    assert not dialog.restore.isVisible()


def test_enter_presses_the_button_that_has_the_focus_and_held_down_once(bench: Workbench, qtbot: QtBot) -> None:
    for name in ("德阳", "绵阳", "成都"):
        save(bench, qtbot, name)
    dialog = manager(bench, qtbot)
    dialog.delete.setFocus()
    qtbot.keyClick(dialog.delete, Qt.Key.Key_Return)
    assert len(listed(dialog)) == 2
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(dialog.focusWidget(), held)
    assert dialog.isVisible()
    assert len(listed(dialog)) == 2
    dialog.restore.setFocus()
    qtbot.keyClick(dialog.restore, Qt.Key.Key_Enter)
    assert len(listed(dialog)) == 3


def test_markup_in_a_name_is_text_everywhere(bench: Workbench, qtbot: QtBot) -> None:
    name = "<b>甲</b> & <img src=x>"
    save(bench, qtbot, name)
    dialog = manager(bench, qtbot)
    assert listed(dialog) == [name]
    assert "&lt;img" in dialog.list.topLevelItem(0).toolTip(0)
    qtbot.mouseClick(dialog.delete, LEFT)
    assert name in dialog.note.text()
    assert dialog.note.textFormat() == Qt.TextFormat.PlainText


def test_without_views_the_dialog_says_what_to_do(bench: Workbench, qtbot: QtBot) -> None:
    dialog = manager(bench, qtbot)
    assert dialog.empty.isVisible()
    assert not dialog.list.isVisible()
    assert not any(button.isEnabled() for button in (dialog.open_button, dialog.rename, dialog.delete, dialog.export))


def test_the_menu_lists_the_ten_views_used_last(bench: Workbench, qtbot: QtBot) -> None:
    for number in range(12):
        bench.views.save_as(f"视图 {number} A&B")
    bench.views.recent_menu.aboutToShow.emit()
    words = [action.text() for action in bench.views.recent_menu.actions()]
    assert words == [f"视图 {number} A&&B" for number in range(11, 1, -1)]
    assert len(words) == MOST_RECENT
    bench.session.set_view(some_view(bench))
    bench.views.recent_menu.actions()[-1].trigger()
    assert bench.session.view == first_view(bench.session.atlas.plans[0])
    assert read_view(recent(VIEWS)[0]).name == "视图 2 A&B"


# --- handing on ---


def test_an_exported_view_opens_elsewhere(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    view = some_view(bench)
    bench.session.set_view(view)
    press(bench, qtbot, Key.Key_S, CTRL)
    dialog_of(bench, ViewNameDialog).close()
    bench.views.ask_export()
    dialog = dialog_of(bench, QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith(SUFFIX)
    assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "查找范围(&I)："
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "文件类型(&T)："
    kinds = dialog.iconProvider()
    assert kinds.type(QFileInfo(str(tmp_path))) == "文件夹"
    assert kinds.type(QFileInfo(str(tmp_path / "给同事.txt"))) == "TXT 文件"
    dialog.fileSelected.emit(str(tmp_path / "给同事.layoutview"))
    dialog.close()
    raw = json.loads((tmp_path / "给同事.layoutview").read_text(encoding="utf-8"))
    assert (raw["format"], raw["version"], raw["name"]) == ("layoutview", 1, "给同事")
    assert (tmp_path / "给同事.layoutview").stat().st_size < 2000
    bench.session.set_view(first_view(bench.session.atlas.plans[0]))
    bench.views.open_file(tmp_path / "给同事.layoutview")
    assert bench.session.view == view
    assert saved_views() == {}


@pytest.mark.parametrize("name", ["a/b\\c:d*e?", "..", "<>|"])
def test_any_name_makes_a_file_name(name: str) -> None:
    assert file_words(name)
    assert not set(file_words(name)) & set('\\/:*?"<>|')


def drop(bench: Workbench, files: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, action = QPoint(300, 300), Qt.DropAction.CopyAction
    modifiers = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, mime, LEFT, modifiers)
    QApplication.sendEvent(bench.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(bench.window, QDropEvent(at.toPointF(), action, mime, LEFT, modifiers))


def test_a_view_dropped_on_the_window_is_shown_and_documents_go_where_they_did(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    view = some_view(bench)
    bench.session.set_view(view)
    file = tmp_path / "拖.LAYOUTVIEW"
    bench.views.export(file, bench.views.now("拖"))
    bench.session.set_view(first_view(bench.session.atlas.plans[0]))
    drop(bench, [file])
    assert bench.session.view == view
    assert not bench.window.findChildren(DocumentsDialog)
    other = tmp_path / "规划.txt"
    other.write_text("不是规划", encoding="utf-8")
    drop(bench, [other])
    dialog = dialog_of(bench, DocumentsDialog)
    assert isinstance(dialog, DocumentsDialog)
    qtbot.waitUntil(lambda: dialog._job is None)
    assert bench.session.view == view


# --- what is missing or damaged ---


def foreign(bench: Workbench, tmp_path: Path, change: dict[str, object]) -> Path:
    """A view of the first plan from elsewhere, with something changed in it."""
    kept = bench.views.now("别处的视图")
    file = tmp_path / f"别处{SUFFIX}"
    write_view(file, kept._replace(view={**kept.view, **change}))
    return file


def test_of_an_unknown_plan_only_extent_and_place_are_shown_and_it_is_said(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    before = bench.session.view
    file = tmp_path / f"别处{SUFFIX}"
    bounds = (-100_000.0, -100_000.0, 100_000.0, 100_000.0)
    raw = {"plan": "sichuan-15", "shown": [["光子", "核心"]], "style": "count", "layers": [], "place": DEYANG}
    write_view(file, Kept("新规划", "四川<“十五五”>", {"光子": "光子产业"}, raw, bounds))
    bench.views.open_file(file)
    assert "这里没有规划“四川<“十五五”>”" in said(bench)
    assert bench.session.view == before._replace(place=DEYANG)
    assert bench.canvas.extent_to_keep() is not None


def test_unknown_sectors_and_roles_are_named_and_the_others_shown(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    sector, role = sorted(bench.session.view.shown)[0]
    file = foreign(bench, tmp_path, {"shown": [[sector, role], ["光子", "核心"], [sector, "第三极"]]})
    bench.views.open_file(file)
    assert "没有：光子、新一代信息技术的“第三极”；其余照常显示" in said(bench)
    assert bench.session.view.shown == {(sector, role)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "不是视图文件，或已损坏"),
        (b"\xff\xfe\x00", "不是视图文件，或已损坏"),
        (b"[" * 100_000, "不是视图文件，或已损坏"),
        (b"[]", "不是视图文件"),
        (b'{"format": "geojson"}', "不是视图文件"),
        (b'{"format": "layoutview", "version": 2}', "由更新版本的程序保存，这个版本打不开"),
        (b'{"format": "layoutview", "version": 1}', "视图文件的内容已损坏"),
        (b'{"format": "layoutview", "version": 1, "view": {"plan": "x", "shown": [1]}}', "视图文件的内容已损坏"),
        (
            b'{"format": "layoutview", "version": 1, "view": {"plan": "x", "shown": []}, "bounds": [0, 0, NaN, 1]}',
            "视图文件的内容已损坏",
        ),
        (b" " * 1_000_001, "不是视图文件：太大了"),
        (None, "文件已不在原处"),
    ],
)
def test_a_file_that_is_no_sound_view_says_so_and_changes_nothing(
    bench: Workbench, qtbot: QtBot, tmp_path: Path, content: bytes | None, message: str
) -> None:
    file = tmp_path / f"坏{SUFFIX}"
    if content is not None:
        file.write_bytes(content)
    note(VIEWS, file)
    before = bench.session.view
    bench.views.open_file(file)
    assert said(bench) == f"坏{SUFFIX}：{message}"
    assert bench.session.view == before
    assert recent(VIEWS) == []


@pytest.mark.parametrize("change", [{"style": "???"}, {"layers": ["sites", 7]}, {"place": "999999"}, {"item": None}])
def test_odd_values_in_a_view_do_no_harm(
    bench: Workbench, qtbot: QtBot, tmp_path: Path, change: dict[str, object]
) -> None:
    assert bench.views.open_file(foreign(bench, tmp_path, change))
    assert bench.session.view.shown == first_view(bench.session.plan).shown
    bench.canvas.repaint()


@pytest.mark.parametrize("change", [{"layers": 7}, {"item": 5}, {"style": None, "place": []}])
def test_a_view_with_damaged_values_is_refused(bench: Workbench, tmp_path: Path, change: dict[str, object]) -> None:
    kept = read_view(foreign(bench, tmp_path, change))
    with pytest.raises(UserError, match="已损坏"):
        open_kept(kept, bench.session.atlas, bench.session.view)


def test_a_damaged_saved_view_is_set_aside_and_said_once(bench: Workbench, qtbot: QtBot) -> None:
    save(bench, qtbot, "好")
    bad = views_folder() / f"bad{SUFFIX}"
    bad.write_text("{", encoding="utf-8")
    newer = views_folder() / f"newer{SUFFIX}"
    newer.write_text('{"format": "layoutview", "version": 9}', encoding="utf-8")
    dialog = manager(bench, qtbot)
    assert listed(dialog) == ["好"]
    assert "bad.damaged" in said(bench)
    assert "更新版本" in said(bench)
    assert (views_folder() / "bad.damaged").read_text(encoding="utf-8") == "{"
    assert newer.exists()


def test_a_folder_that_cannot_be_written_is_said(bench: Workbench, qtbot: QtBot) -> None:
    views_folder().parent.mkdir(exist_ok=True)
    views_folder().write_text("not a folder", encoding="utf-8")
    assert bench.views.save_as("甲") is None
    assert "无法写入" in said(bench)


def test_saving_does_not_touch_a_file_when_it_fails(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    file = save_view(bench.views.now("甲"))
    before = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(UserError, match="磁盘已满"):
        write_view(file, bench.views.now("乙"))
    assert file.read_bytes() == before
    assert list(views_folder().iterdir()) == [file]
