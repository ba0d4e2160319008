"""The dialog 一页纸: which cities, which plans, which format; progress, stopping and going on."""

from __future__ import annotations

from pathlib import Path

import docx
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from explorer.dialogs.sheets import ADCODE, FOLDER, SheetsDialog
from explorer.workbench import Workbench


@pytest.fixture
def dialog(bench: Workbench, qtbot: QtBot) -> SheetsDialog:
    bench.session.set_view(bench.session.view._replace(place=None))
    made = SheetsDialog(bench.session, bench.window)
    qtbot.addWidget(made)
    return made


def choose(dialog: SheetsDialog, form: str, *cities: str) -> None:
    dialog.form.setCurrentIndex(dialog.form.findData(form))
    dialog.none.click()
    for name in cities:
        (item,) = dialog.cities.findItems(name, Qt.MatchFlag.MatchExactly)
        item.setCheckState(Qt.CheckState.Checked)


def save(dialog: SheetsDialog, qtbot: QtBot, target: Path) -> str:
    """Saves there and gives what is said at the end."""
    with qtbot.waitSignal(dialog.session.notice, timeout=30_000) as notice:
        dialog.export_to(target)
    return str(notice.args[0])


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


def test_without_a_selected_city_all_are_checked(dialog: SheetsDialog) -> None:
    assert len(dialog.wanted) == dialog.cities.count() == 21
    assert "21" in dialog.count.text()


@pytest.mark.parametrize("place", ["510600", "510682"])
def test_the_selected_city_stands_first_and_alone_is_checked(bench: Workbench, qtbot: QtBot, place: str) -> None:
    bench.session.set_view(bench.session.view._replace(place=place))
    dialog = SheetsDialog(bench.session, bench.window)
    qtbot.addWidget(dialog)
    assert dialog.cities.item(0).data(ADCODE) == "510600"
    assert [place.name for place in dialog.wanted] == ["德阳市"]
    dialog.whole.click()
    assert [place.adcode for place in dialog.wanted][:2] == ["510100", "510300"]


def test_nothing_can_be_saved_without_a_city(dialog: SheetsDialog) -> None:
    dialog.none.click()
    assert not dialog.save.isEnabled()
    dialog.whole.click()
    assert dialog.save.isEnabled()


def test_one_pdf_of_one_plan(dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, ".pdf", "绵阳市", "巴中市")
    dialog.plans.setCurrentIndex(dialog.plans.findData("sichuan-green-14"))
    assert "共 2 页" in save(dialog, qtbot, tmp_path / "市.pdf")
    reader = pypdf.PdfReader(tmp_path / "市.pdf")
    assert [mark.title for mark in reader.outline] == ["绵阳市", "巴中市"]
    first, second = ("".join(page.extract_text().split()) for page in reader.pages)
    assert "策源地" in first
    assert "战略性新兴产业" not in first
    assert "没有写到" in second


def test_one_word_document(dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, ".docx", "巴中市")
    assert not dialog.again.isEnabled()
    assert "共 1 页" in save(dialog, qtbot, tmp_path / "市.docx")
    assert "巴中市" in docx.Document(tmp_path / "市.docx").paragraphs[0].text


def test_a_folder_that_is_gone_on_with_and_the_format_is_remembered(
    bench: Workbench, dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(dialog, FOLDER, "巴中市")
    assert save(dialog, qtbot, tmp_path / "市").endswith("共 1 页")
    choose(dialog, FOLDER, "巴中市", "自贡市")
    assert "共 2 页，其中 1 页以前已经做好，没有重做" in save(dialog, qtbot, tmp_path / "市")
    assert names(tmp_path / "市") == ["510300-自贡市.pdf", "511900-巴中市.pdf"]
    again = SheetsDialog(bench.session, bench.window)
    qtbot.addWidget(again)
    assert again.suffix == ""


def test_what_was_saved_can_be_opened_from_the_dialog(
    dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    dialog.show()
    assert not dialog.opening.open_folder.isVisible()
    choose(dialog, ".pdf", "巴中市")
    save(dialog, qtbot, tmp_path / "市.pdf")
    for button in (dialog.opening.open_file, dialog.opening.open_folder):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [str(tmp_path / "市.pdf"), str(tmp_path)]
    choose(dialog, FOLDER, "巴中市")
    save(dialog, qtbot, tmp_path / "市")
    assert not dialog.opening.open_file.isVisible()
    qtbot.mouseClick(dialog.opening.open_folder, Qt.MouseButton.LeftButton)
    assert opened[-1] == str(tmp_path / "市")


def test_stopping_keeps_what_is_done(dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.show()
    dialog.form.setCurrentIndex(dialog.form.findData(FOLDER))
    with qtbot.waitSignal(dialog.session.notice, timeout=30_000) as notice:
        dialog.export_to(tmp_path / "市")
        assert not dialog.save.isEnabled()
        assert dialog.cancel.text() == "停止"
        qtbot.waitUntil(lambda: dialog.progress.value() >= 1, timeout=20_000)
        dialog.cancel.click()
    assert "接着做" in notice.args[0]
    assert 1 <= len(names(tmp_path / "市")) < 21
    assert dialog.save.isEnabled()
    assert dialog.isVisible()


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_the_file_that_is_written_is_the_one_that_is_asked_about(
    dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"巴中.v2{suffix}"
    target.write_bytes(b"old")
    choose(dialog, suffix, "巴中市")
    dialog.show()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    (files,) = dialog.findChildren(QFileDialog)
    files.findChild(QLineEdit, "fileNameEdit").setText(str(target.with_suffix("")))
    files.accept()
    (box,) = dialog.findChildren(QMessageBox)
    assert f"巴中.v2{suffix} 已经存在" in box.text()
    assert target.read_bytes() == b"old"
    with qtbot.waitSignal(dialog.session.notice, timeout=30_000):
        next(button for button in box.buttons() if button.text() == "覆盖").click()
    assert target.read_bytes() != b"old"
    assert not target.with_suffix("").exists()


def test_what_cannot_be_written_is_said(dialog: SheetsDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, ".pdf", "巴中市")
    assert "没有全部保存" in save(dialog, qtbot, tmp_path / "no" / "市.pdf")
    box = dialog.findChildren(QMessageBox)[0]
    assert "没有这个文件夹" in box.text()
    box.close()
