"""The dialog 规划文件: every plan with its document, adding by button and by drop, results, Cancel and closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import hillside
import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from explorer.dialogs.documents import DocumentsDialog, show_documents
from explorer.dropping import FileDrops, dropped_files
from explorer.jobs import Job
from explorer.session import Session
from explorer.settings import settings
from geodata.atlas import Atlas
from geodata.documents import shelf
from geodata.documents.shelf import attach, attached
from geodata.documents.source import Progress, Source
from geodata.library import load_plans
from geodata.plan import Plan
from layers.view import ViewState

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plan(home: Path) -> Plan:
    hillside.write_pack(home)
    return next(plan for plan in load_plans()[0] if plan.id == "hillside")


@pytest.fixture
def session(plan: Plan) -> Session:
    others = [other for other in load_plans()[0] if other.id != plan.id]
    return Session(Atlas((plan, *others)), ViewState(plan.id))


@pytest.fixture
def changes() -> list[bool]:
    """One for every time the dialog said that documents have changed."""
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(session: Session, window: QMainWindow, changes: list[bool]) -> DocumentsDialog:
    return show_documents(session, window, lambda: changes.append(True))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The plan's document in a folder of its own."""
    file = tmp_path / "资料" / "坡地.txt"
    file.parent.mkdir()
    file.write_text(hillside.document(), encoding="utf-8")
    return file


def drag_and_drop(widget: QWidget, mime: QMimeData) -> bool:
    """Drags onto the widget and drops where that is accepted."""
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(30, 30), copy, mime, LEFT, none)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(30, 30), copy, mime, LEFT, none))
    return enter.isAccepted()


def said(tree: QTreeWidget) -> dict[str, list[str]]:
    """Entry -> the lines below it."""
    tops = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return {item.text(0): [item.child(index).text(0) for index in range(item.childCount())] for item in tops}


def entry(tree: QTreeWidget, words: str) -> QTreeWidgetItem:
    (found,) = tree.findItems(words, Qt.MatchFlag.MatchContains, 0)
    return found


def quiet(dialog: DocumentsDialog) -> bool:
    return not dialog.findChildren(Job)


def idle(qtbot: QtBot, dialog: DocumentsDialog) -> None:
    """Waits until nothing runs any more."""
    qtbot.waitUntil(lambda: quiet(dialog) and not dialog.cancel.isVisible(), timeout=20_000)


class Gate:
    """Holds the reading of one file until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = Event(), Event()

    def read(self, file: Path) -> Source:
        self.reached.set()
        assert self.opened.wait(20)
        return Source(file.read_text(encoding="utf-8"))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Files ending in .md are held back."""
    made = Gate()
    monkeypatch.setitem(shelf_readers(), "md", made.read)
    yield made
    made.opened.set()


def shelf_readers() -> dict[str, Callable[[Path], Source]]:
    from geodata.documents import readers

    return readers.READERS


# What is there


def test_every_plan_is_listed_with_no_document_at_first(dialog: DocumentsDialog, session: Session) -> None:
    listed = said(dialog.plans)
    assert list(listed) == [f"《{plan.document.title}》" for plan in session.atlas.plans]
    assert set(map(tuple, listed.values())) == {("○ 没有添加",)}
    assert not dialog.remove.isEnabled()
    assert not dialog.results.isVisible()
    assert not dialog.progress.isVisible()


def test_an_attached_document_is_listed_with_what_it_is(
    plan: Plan, document: Path, session: Session, qtbot: QtBot, window: QMainWindow
) -> None:
    attach(document, [plan])
    dialog = show_documents(session, window, list)
    idle(qtbot, dialog)
    assert said(dialog.plans)[f"《{hillside.TITLE}》"] == ["✓ 坡地.txt（txt），与参考文本一致"]


def test_of_a_copy_that_differs_it_is_said_how_it_was_recognised_and_how_many_passages_it_has(
    plan: Plan, document: Path, session: Session, qtbot: QtBot, window: QMainWindow
) -> None:
    document.write_text(hillside.document().replace("涪城雷达谷", "培城雷达谷"), encoding="utf-8")
    attach(document, [plan])
    dialog = show_documents(session, window, list)
    idle(qtbot, dialog)
    lines = said(dialog.plans)[f"《{hillside.TITLE}》"]
    assert lines[0] == "◐ 坡地.txt（txt），与参考文本不同"
    assert "标题" in lines[1]
    assert lines[2].startswith("8 处引文中有 7 处")


def test_a_stored_text_that_is_damaged_is_said(
    plan: Plan, document: Path, session: Session, window: QMainWindow, home: Path
) -> None:
    attach(document, [plan])
    (stored,) = (home / "data" / "documents").iterdir()
    stored.write_text("{")
    listed = said(show_documents(session, window, list).plans)
    assert listed[f"《{hillside.TITLE}》"] == ["○ 没有添加"]
    assert ["重新添加这份文件"] in listed.values()


# Adding


def test_an_added_file_is_attached_and_said(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, changes: list[bool]
) -> None:
    dialog.attach_files([document])
    idle(qtbot, dialog)
    assert attached("hillside") == hillside.text()
    assert said(dialog.results) == {"✓ 坡地.txt": [f"已添加为《{hillside.TITLE}》：与原文逐字相同"]}
    assert "与参考文本一致" in said(dialog.plans)[f"《{hillside.TITLE}》"][0]
    assert changes == [True]


def test_files_and_folders_are_dropped_on_the_dialog(dialog: DocumentsDialog, qtbot: QtBot, document: Path) -> None:
    (document.parent / "通知.txt").write_text("关于放假的通知", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(document.parent)), QUrl("https://example.com/a.pdf")])
    assert drag_and_drop(dialog, mime)
    idle(qtbot, dialog)
    assert attached("hillside") == hillside.text()
    assert [words.split("：")[0] for words in said(dialog.results)] == ["✓ 坡地.txt", "✗ 通知.txt"]


def test_only_files_of_this_machine_count_as_dropped(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setText("德阳")
    assert dropped_files(mime) == []
    mime.setUrls([QUrl("https://example.com/a.pdf"), QUrl.fromLocalFile(str(tmp_path / "甲 乙.pdf"))])
    assert dropped_files(mime) == [tmp_path / "甲 乙.pdf"]


def test_what_is_dropped_on_the_window_opens_the_one_dialog(
    dialog: DocumentsDialog, session: Session, window: QMainWindow, qtbot: QtBot, document: Path
) -> None:
    opened = []
    FileDrops(window, lambda paths: opened.append(show_documents(session, window, list, paths)))
    mime = QMimeData()
    mime.setText("德阳")
    assert not drag_and_drop(window, mime)
    mime.setUrls([QUrl.fromLocalFile(str(document))])
    assert drag_and_drop(window, mime)
    assert opened == [dialog]
    idle(qtbot, dialog)
    assert "✓ 坡地.txt" in said(dialog.results)


def test_the_result_of_every_file_is_said_with_what_to_do_and_no_box_comes_up(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path
) -> None:
    from pypdf import PdfWriter

    folder = document.parent
    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    blank.write(str(folder / "扫描.pdf"))
    blank.encrypt("密码", algorithm="RC4-128")
    blank.write(str(folder / "加密.pdf"))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99)
    (folder / "改名.pdf").write_text(hillside.document(), encoding="utf-8")
    (folder / "空.md").write_bytes(b"")
    dialog.attach_files([folder, folder / "没有.txt"])
    idle(qtbot, dialog)
    told = said(dialog.results)
    for file, message in (
        ("扫描.pdf", "扫描件"),
        ("加密.pdf", "密码"),
        ("坏.pdf", "损坏"),
        ("旧.doc", "旧的二进制格式"),
        ("改名.pdf", "改过名"),
        ("空.md", "空的"),
        ("没有.txt", "不存在"),
    ):
        (words,) = [words for words in told if file in words]
        assert words.startswith("✗")
        assert message in words
        assert told[words][0].startswith("办法：")
    assert "✓ 坡地.txt" in told
    assert not dialog.findChildren(QMessageBox)


def test_a_file_that_is_not_recognised_can_be_assigned(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, session: Session
) -> None:
    file = document.with_name("摘录.txt")
    file.write_text("关于产业布局的摘录", encoding="utf-8")
    dialog.attach_files([file])
    idle(qtbot, dialog)
    assert "没有认出" in next(iter(said(dialog.results)))
    assert dialog.assign.isEnabled()
    titles = [action.text() for action in dialog.menu.actions()]
    assert titles == [plan.document.title for plan in session.atlas.plans]
    dialog.menu.actions()[0].trigger()
    idle(qtbot, dialog)
    assert said(dialog.results)["✓ 摘录.txt"] == [f"已添加为《{hillside.TITLE}》：由用户指定"]
    text = attached("hillside")
    assert text is not None
    assert text.text == "关于产业布局的摘录"


def test_a_file_that_cannot_be_read_cannot_be_assigned(dialog: DocumentsDialog, qtbot: QtBot, document: Path) -> None:
    file = document.with_name("坏.pdf")
    file.write_bytes(b"%PDF-1.7 broken")
    dialog.attach_files([file])
    idle(qtbot, dialog)
    dialog.results.setCurrentItem(entry(dialog.results, "坏.pdf"))
    assert not dialog.assign.isEnabled()


def answer(dialog: DocumentsDialog, qtbot: QtBot, words: str) -> None:
    """Presses 移除 and answers the question."""
    qtbot.mouseClick(dialog.remove, LEFT)
    box = dialog.findChildren(QMessageBox)[-1]
    assert hillside.TITLE in box.text()
    next(button for button in box.buttons() if button.text() == words).click()
    QApplication.processEvents()


def test_a_document_can_be_removed_and_the_file_stays(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, changes: list[bool]
) -> None:
    dialog.attach_files([document])
    idle(qtbot, dialog)
    dialog.plans.setCurrentItem(entry(dialog.plans, hillside.TITLE))
    answer(dialog, qtbot, "取消")
    assert attached("hillside") == hillside.text()
    answer(dialog, qtbot, "移除")
    assert attached("hillside") is None
    assert document.exists()
    assert said(dialog.plans)[f"《{hillside.TITLE}》"] == ["○ 没有添加"]
    assert changes == [True, True]


def test_files_are_chosen_in_a_box_that_takes_several(dialog: DocumentsDialog, qtbot: QtBot, document: Path) -> None:
    qtbot.mouseClick(dialog.add, LEFT)
    (box,) = dialog.findChildren(QFileDialog)
    assert box.fileMode() == QFileDialog.FileMode.ExistingFiles
    assert "*.docx" in box.nameFilters()[0]
    box.filesSelected.emit([str(document)])
    box.close()
    idle(qtbot, dialog)
    assert attached("hillside") == hillside.text()
    qtbot.mouseClick(dialog.add_folder, LEFT)
    box = dialog.findChildren(QFileDialog)[-1]
    assert box.fileMode() == QFileDialog.FileMode.Directory
    assert box.directory().absolutePath() == str(document.parent)
    box.close()


def test_adding_a_file_leaves_the_folder_of_the_settings(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, tmp_path: Path
) -> None:
    settings().setValue("documents/folder", str(tmp_path))
    qtbot.mouseClick(dialog.add, LEFT)
    (box,) = dialog.findChildren(QFileDialog)
    assert box.directory().absolutePath() == str(tmp_path)
    box.filesSelected.emit([str(document)])
    box.close()
    idle(qtbot, dialog)
    assert settings().value("documents/folder") == str(tmp_path)


# While it works


def test_progress_is_shown_and_cancel_keeps_what_was_attached(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, gate: Gate, session: Session, changes: list[bool]
) -> None:
    held = document.with_name("后一份.md")
    held.write_text("别的文件", encoding="utf-8")
    last = document.with_name("最后.txt")
    last.write_text("又一份文件", encoding="utf-8")
    dialog.attach_files([document, held, last])
    qtbot.waitUntil(lambda: dialog.progress.value() == 1 and gate.reached.is_set(), timeout=20_000)
    assert dialog.progress.isVisible()
    assert dialog.progress.maximum() == 3
    assert "后一份.md" in dialog.working.text()
    assert list(said(dialog.results)) == ["✓ 坡地.txt"]
    with qtbot.waitSignal(session.notice) as notice:
        qtbot.mouseClick(dialog.cancel, LEFT)
        gate.opened.set()
    idle(qtbot, dialog)
    assert "已取消" in notice.args[0]
    assert "已取消" in dialog.results_label.text()
    assert attached("hillside") == hillside.text()
    assert not [words for words in said(dialog.results) if "最后.txt" in words]
    assert changes == [True]


def test_adding_while_passages_are_counted_is_no_cancel(
    plan: Plan, session: Session, window: QMainWindow, qtbot: QtBot, document: Path
) -> None:
    document.write_text("首页\n" + hillside.document(), encoding="utf-8")
    attach(document, [plan])
    document.write_text(hillside.document(), encoding="utf-8")
    dialog = show_documents(session, window, list, [document])
    idle(qtbot, dialog)
    assert dialog.results_label.text() == "结果"
    assert said(dialog.plans)[f"《{hillside.TITLE}》"] == ["✓ 坡地.txt（txt），与参考文本一致"]


def test_what_is_dropped_while_it_works_waits_for_its_turn(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, gate: Gate
) -> None:
    held = document.with_name("先一份.md")
    held.write_text("别的文件", encoding="utf-8")
    dialog.attach_files([held])
    dialog.attach_files([document])
    qtbot.waitUntil(gate.reached.is_set, timeout=20_000)
    gate.opened.set()
    idle(qtbot, dialog)
    assert [words.split("：")[0] for words in said(dialog.results)] == ["✗ 先一份.md", "✓ 坡地.txt"]


def test_closing_while_it_works_cancels_and_leaves_no_thread(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, gate: Gate, session: Session, window: QMainWindow
) -> None:
    held = document.with_name("先一份.md")
    held.write_text("别的文件", encoding="utf-8")
    dialog.attach_files([held, document])
    qtbot.waitUntil(gate.reached.is_set, timeout=20_000)
    dialog.close()
    assert not dialog.isVisible()
    again = show_documents(session, window, list)
    assert again is not dialog
    gate.opened.set()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog), timeout=20_000)
    assert attached("hillside") is None
    assert again.isVisible()


def test_a_window_that_goes_while_it_works_leaves_no_thread(
    session: Session, document: Path, gate: Gate, qtbot: QtBot
) -> None:
    held = document.with_name("先一份.md")
    held.write_text("别的文件", encoding="utf-8")
    window = QMainWindow()
    dialog = show_documents(session, window, list, [held])
    (job,) = dialog.findChildren(Job)
    ends: list[bool] = []
    job.finished.connect(lambda: ends.append(True), Qt.ConnectionType.DirectConnection)
    qtbot.waitUntil(gate.reached.is_set, timeout=20_000)
    gate.opened.set()
    shiboken6.delete(window)
    assert ends == [True]


def test_a_fault_of_the_program_is_said_and_ends_nothing_else(
    dialog: DocumentsDialog, qtbot: QtBot, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError("程序的错")

    def reading(file: Path, progress: Progress | None = None) -> None:
        fall(file, progress)

    with monkeypatch.context() as patch:
        patch.setattr(shelf, "attach", reading)
        dialog.attach_files([document])
        idle(qtbot, dialog)
    assert "意外的错误" in next(iter(said(dialog.results)))
    assert dialog.add.isEnabled()
    dialog.attach_files([document])
    idle(qtbot, dialog)
    assert attached("hillside") == hillside.text()
