"""The menu of the files that were opened last, whatever they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.actions import FILE
from explorer.dialogs.documents import DocumentsDialog
from explorer.dropping import VIEW_SUFFIX
from explorer.recent import FILES, MOST_RECENT, forget, note, recent
from explorer.settings import settings
from explorer.workbench import Workbench


def entries(bench: Workbench) -> list[QAction]:
    bench.menus.recent.aboutToShow.emit()
    return bench.menus.recent.actions()


def test_the_menu_is_among_the_files_and_says_when_there_are_none(bench: Workbench) -> None:
    menu = next(action.menu() for action in bench.window.menuBar().actions() if action.text() == FILE)
    assert bench.menus.recent.menuAction() in menu.actions()
    (empty,) = entries(bench)
    assert (empty.text(), empty.isEnabled()) == ("（还没有）", False)


def test_a_view_file_is_opened_again_from_the_menu(bench: Workbench, tmp_path: Path) -> None:
    file = tmp_path / f"德阳 A&B{VIEW_SUFFIX}"
    bench.session.select_place("510600")
    bench.views.export(file, bench.views.now("德阳"))
    bench.session.select_place(None)
    bench.files.open([file])
    bench.session.select_place("513300")
    (entry,) = entries(bench)
    assert (entry.text(), entry.toolTip()) == (f"德阳 A&&B{VIEW_SUFFIX}", str(file))
    entry.trigger()
    assert bench.session.view.place == "510600"


def test_a_saved_view_is_in_its_own_menu_only(bench: Workbench) -> None:
    file = bench.views.save_as("我的")
    assert file is not None
    bench.views.open_file(file)
    assert recent(FILES) == []


def test_a_document_that_was_added_is_added_again_from_the_menu(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "规划.txt"
    file.write_text("一份文件的文字" * 50, encoding="utf-8")
    bench.open_documents([file])
    (dialog,) = bench.window.findChildren(DocumentsDialog)
    qtbot.waitUntil(lambda: dialog.results.topLevelItemCount() == 1)
    entries(bench)[0].trigger()
    qtbot.waitUntil(lambda: dialog.results.topLevelItemCount() == 2)
    dialog.close()
    QApplication.processEvents()


def test_what_is_gone_is_not_offered_and_comes_back_with_its_drive(bench: Workbench, tmp_path: Path) -> None:
    there, gone = tmp_path / "在.json", tmp_path / "走了.json"
    there.write_text("{}", encoding="utf-8")
    note(FILES, there)
    note(FILES, gone)
    assert [action.text() for action in entries(bench)] == ["在.json"]
    gone.write_text("{}", encoding="utf-8")
    assert [action.text() for action in entries(bench)] == ["走了.json", "在.json"]


def test_ten_are_kept_and_a_damaged_list_is_an_empty_one(home: Path) -> None:
    for number in range(MOST_RECENT + 3):
        note(FILES, home / f"{number}.json")
    assert [file.stem for file in recent(FILES)] == [str(number) for number in range(MOST_RECENT + 2, 2, -1)]
    forget(FILES, home / "5.json")
    assert "5" not in [file.stem for file in recent(FILES)]
    settings().setValue(FILES, "{damaged")
    assert recent(FILES) == []
