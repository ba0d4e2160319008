"""Adding plan packs: by drop and by the menu; damaged ones, ones that are there already, and bundled ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.dialogs.documents import DocumentsDialog
from explorer.workbench import Workbench
from geodata.folders import RESOURCES
from geodata.library import own_folder, read_plan
from geodata.problems import UserError
from layers.view import view_for

GREEN, STRATEGIC = "sichuan-green-14", "sichuan-strategic-13"
LEFT = Qt.MouseButton.LeftButton


def pack(**changes: Any) -> dict[str, Any]:
    """A bundled pack under another id."""
    made = json.loads((RESOURCES / "plans" / f"{GREEN}.json").read_text(encoding="utf-8"))
    return {**made, "id": "own", "title": "我的<规划>", "crosswalk": [], **changes}


def written(file: Path, content: dict[str, Any]) -> Path:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def drop(bench: Workbench, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, action, none = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, mime, LEFT, none)
    QApplication.sendEvent(bench.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(bench.window, QDropEvent(at.toPointF(), action, mime, LEFT, none))
    QApplication.processEvents()


def boxes(bench: Workbench) -> list[QMessageBox]:
    return [box for box in bench.window.findChildren(QMessageBox) if box.isVisible()]


def answer(bench: Workbench, qtbot: QtBot, words: str) -> None:
    box = boxes(bench)[0]
    qtbot.mouseClick(next(button for button in box.buttons() if button.text() == words), LEFT)
    QApplication.processEvents()


def own_files() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in own_folder().glob("*")}


def titles(bench: Workbench) -> list[str]:
    tree = bench.plans.tree
    return [tree.topLevelItem(index).text(0) for index in range(tree.topLevelItemCount())]


def test_a_pack_dropped_is_copied_and_shown(bench: Workbench, tmp_path: Path) -> None:
    file = written(tmp_path / "甲.JSON", pack())
    drop(bench, file)
    assert own_files() == {"甲.json": file.read_bytes()}
    assert bench.session.plan.title == "我的<规划>"
    assert bench.session.view.shown
    assert "我的<规划>" in titles(bench)
    assert not bench.window.findChildren(DocumentsDialog)
    assert not boxes(bench)
    bench.recorder.undo()
    assert bench.session.view.plan == STRATEGIC


def test_a_damaged_pack_is_told_with_all_problems_and_nothing_changes(bench: Workbench, tmp_path: Path) -> None:
    plans, view = bench.session.atlas, bench.session.view
    file = written(tmp_path / "坏.json", pack(title="", sectors="无"))
    drop(bench, file)
    text = boxes(bench)[0].text()
    assert all(word in text for word in ("title", "sectors"))
    with pytest.raises(UserError) as refused:
        read_plan(file)
    told = [words for problem in refused.value.problems for words in (str(problem), problem.hint) if words]
    lines = [line for line in text.split("\n") if line]
    assert lines[:10] == told[:10], "each remedy stands below what it is for"
    assert own_files() == {}
    assert (bench.session.atlas, bench.session.view) == (plans, view)


@pytest.mark.parametrize(("words", "sectors"), [("替换", 1), ("取消", 5)])
def test_a_pack_that_is_there_is_replaced_when_the_user_says_so(
    bench: Workbench, qtbot: QtBot, tmp_path: Path, words: str, sectors: int
) -> None:
    drop(bench, written(tmp_path / "甲.json", pack()))
    bench.session.set_view(view_for(bench.session.plan, [sector.id for sector in bench.session.plan.sectors]))
    bench.matrix_dock.show()
    bench.items_dock.show()
    bench.chart_dock.show()
    bench.open_split()
    assert bench.split is not None
    bench.split.choose("own", "钒钛")
    QApplication.processEvents()
    smaller = pack(
        sectors=[entry for entry in pack()["sectors"] if entry["id"] == "存储"],
        **{name: [] for name in ("assignments", "regions", "sites", "statements", "projects", "indicators")},
    )
    drop(bench, written(tmp_path / "乙.json", smaller))
    assert "own" in boxes(bench)[0].text()
    assert list(own_files()) == ["甲.json"]
    answer(bench, qtbot, words)
    assert list(own_files()) == ["甲.json"]
    assert len(read_plan(own_folder() / "甲.json").sectors) == sectors
    assert len(bench.session.plan.sectors) == sectors
    bench.canvas.grab()
    bench.split.right.grab()
    for _ in bench.recorder.history.past:
        before = bench.session.view
        bench.recorder.undo()
        bench.canvas.grab()
        assert bench.session.view != before
    assert not bench.recorder.history.past
    bench.split.close()


def test_a_bundled_plan_is_never_replaced(bench: Workbench, tmp_path: Path) -> None:
    drop(bench, written(tmp_path / "甲.json", pack(id=STRATEGIC)))
    assert "自带" in boxes(bench)[0].text()
    assert own_files() == {}


def test_another_plan_in_a_file_of_the_same_name_gets_a_name_of_its_own(bench: Workbench, tmp_path: Path) -> None:
    drop(bench, written(tmp_path / "甲.json", pack()))
    drop(bench, written(tmp_path / "甲.json", pack(id="../other", title="另一份")))
    assert sorted(own_files()) == ["甲-2.json", "甲.json"]
    assert {"我的<规划>", "另一份"} <= set(titles(bench))


def test_the_menu_asks_for_a_file_and_adds_it(bench: Workbench, tmp_path: Path) -> None:
    file = written(tmp_path / "甲.json", pack())
    bench.actions_by_id["add_pack"].trigger()
    dialog = bench.window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    QApplication.processEvents()
    assert bench.session.plan.id == "own"
    assert list(own_files()) == ["甲.json"]


def test_a_folder_that_cannot_be_written_to_is_told(bench: Workbench, tmp_path: Path) -> None:
    own_folder().parent.mkdir(parents=True, exist_ok=True)
    own_folder().write_text("", encoding="utf-8")
    drop(bench, written(tmp_path / "甲.json", pack()))
    assert boxes(bench)[0].windowTitle() == "没有添加数据包"
    assert bench.session.view.plan == STRATEGIC
