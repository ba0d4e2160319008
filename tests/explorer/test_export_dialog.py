"""The export dialog: choices, preview, job, and what happens when it cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from explorer.dialogs.export import ExportDialog
from explorer.workbench import Workbench


@pytest.fixture
def dialog(bench: Workbench, qtbot: QtBot) -> ExportDialog:
    made = ExportDialog(bench.session, bench.window)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_figure_has_the_chosen_size_and_resolution(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.paper.setCurrentIndex(dialog.paper.findData("custom"))
    dialog.page_width.setValue(127)
    dialog.page_height.setValue(101.6)
    dialog.dpi.setValue(100)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.export_to(tmp_path / "图.png")
    image = QImage(str(tmp_path / "图.png"))
    assert (image.width(), image.height()) == (500, 400)
    assert image.dotsPerMeterX() == round(100 / 0.0254)


def test_the_suffix_follows_the_format(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(".pdf"))
    assert not dialog.dpi.isEnabled()
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.export_to(tmp_path / "布局图")
    assert (tmp_path / "布局图.pdf").read_bytes().startswith(b"%PDF")


def test_title_and_approval_number_are_in_the_preview(dialog: ExportDialog) -> None:
    before = dialog.preview.pixmap().toImage()
    dialog.title.setText("新材料产业布局示意图")
    dialog.approval.setText("川S（2026）001号")
    assert dialog.view.title == "新材料产业布局示意图"
    dialog.show_preview()
    assert dialog.preview.pixmap().toImage() != before


def test_the_selected_city_is_not_part_of_the_figure(dialog: ExportDialog, bench: Workbench) -> None:
    bench.session.select_place("510600")
    assert dialog.view.place is None


def test_a_file_that_cannot_be_written_is_said_and_the_old_one_stays(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "图.png"
    target.write_bytes(b"old")

    def refuse(self: Path, **_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "touch", refuse)
    dialog.export_to(target)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)), timeout=20_000)
    box = dialog.findChildren(QMessageBox)[0]
    assert "没有写入权限" in box.text()
    assert box.informativeText()
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["图.png"]
    assert dialog.save.isEnabled()
    box.close()


def test_cancel_leaves_no_file(dialog: ExportDialog, qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    dialog.paper.setCurrentIndex(dialog.paper.findData("a3"))
    dialog.dpi.setValue(600)
    with qtbot.waitSignal(bench.session.notice, timeout=20_000) as notice:
        dialog.export_to(tmp_path / "图.png")
        dialog.cancel.click()
    assert "已取消" in notice.args[0]
    assert not [file for file in tmp_path.iterdir() if file.is_file()]


def test_choices_are_remembered(dialog: ExportDialog, bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(".svg"))
    dialog.paper.setCurrentIndex(dialog.paper.findData("slide"))
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.export_to(tmp_path / "图.svg")
    again = ExportDialog(bench.session, bench.window)
    qtbot.addWidget(again)
    assert (again.suffix, again.paper.currentData()) == (".svg", "slide")
