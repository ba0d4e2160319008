"""The export dialog: choices, preview, check, job, and what happens when it cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from explorer import outputs
from explorer.dialogs.export import ExportDialog
from explorer.settings import settings
from explorer.templates import FORMATS, kept_template, today
from explorer.workbench import Workbench
from layers.checks.finding import ERROR
from layers.export import EXPORTERS
from layers.template import TYPED, Template

LEFT = Qt.MouseButton.LeftButton


def opened(bench: Workbench, qtbot: QtBot) -> ExportDialog:
    made = ExportDialog(bench.session, bench.window)
    qtbot.addWidget(made)
    made.show()
    made.resize(1120, 690)
    made.show_preview()
    return made


@pytest.fixture
def dialog(bench: Workbench, qtbot: QtBot) -> ExportDialog:
    return opened(bench, qtbot)


def click(qtbot: QtBot, check: QCheckBox) -> None:
    qtbot.mouseClick(check, LEFT, pos=QPoint(10, check.height() // 2))


def choose_page(dialog: ExportDialog, page: str) -> None:
    dialog.sheet.paper.setCurrentIndex(dialog.sheet.paper.findData(page))


def picture(dialog: ExportDialog) -> QImage:
    dialog.show_preview()
    return dialog.preview.pixmap().toImage()


def export(dialog: ExportDialog, qtbot: QtBot, target: Path) -> Path:
    with ended(dialog, qtbot):
        dialog.export_to(target)
    return target


def ended(dialog: ExportDialog, qtbot: QtBot) -> SignalBlocker:
    """Waits until the export is said to have been made."""
    said: Callable[[str], bool] = lambda words: words.startswith("已导出")  # noqa: E731
    return qtbot.waitSignal(dialog._session.notice, timeout=20_000, check_params_cb=said)


def number(dialog: ExportDialog, qtbot: QtBot, digits: str) -> None:
    """Types 图 with an input method, as it were, and the rest by key."""
    dialog.content.number.insert("图 ")
    qtbot.keyClicks(dialog.content.number, digits)


def checked(dialog: ExportDialog, qtbot: QtBot) -> None:
    """Waits for the findings of the figure as it is."""
    dialog.show_preview()
    with qtbot.waitSignal(dialog._check.found, timeout=20_000):
        pass


def press(box: QMessageBox, qtbot: QtBot, words: str) -> None:
    qtbot.mouseClick(next(button for button in box.buttons() if button.text() == words), LEFT)


def shown_box(dialog: ExportDialog, qtbot: QtBot) -> QMessageBox:
    boxes: list[QMessageBox] = []
    qtbot.waitUntil(lambda: bool(boxes or visible(dialog, boxes)), timeout=20_000)
    return boxes[0]


def visible(dialog: ExportDialog, boxes: list[QMessageBox]) -> bool:
    boxes += [found for found in dialog.findChildren(QMessageBox) if found.isVisible()]
    return bool(boxes)


def pdf_text(target: Path) -> str:
    return "".join(PdfReader(target).pages[0].extract_text().split())


# --- format, page, content ---


def test_every_format_is_offered() -> None:
    assert set(FORMATS) == set(EXPORTERS) - {".tif"}  # the same as .tiff


def test_the_figure_has_the_chosen_size_and_resolution(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    assert not dialog.sheet.custom.isVisible()
    choose_page(dialog, "custom")
    assert dialog.sheet.custom.isVisible()
    dialog.sheet.page_width.setValue(127)
    dialog.sheet.page_height.setValue(101.6)
    dialog.sheet.dpi.setValue(100)
    image = QImage(str(export(dialog, qtbot, tmp_path / "图.png")))
    assert (image.width(), image.height()) == (500, 400)
    assert image.dotsPerMeterX() == round(100 / 0.0254)


def test_the_suffix_follows_the_format(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.sheet.format.setCurrentIndex(dialog.sheet.format.findData(".pdf"))
    export(dialog, qtbot, tmp_path / "布局图")
    assert (tmp_path / "布局图.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_plays_no_part_in_a_format_is_off_and_said(dialog: ExportDialog, suffix: str) -> None:
    dialog.sheet.format.setCurrentIndex(dialog.sheet.format.findData(suffix))
    assert dialog.sheet.dpi.isEnabled() == (suffix in (".png", ".tiff"))
    on_sheet = (dialog.sheet.paper, dialog.furnish.corners["legend"], dialog.furnish.text_font)
    assert {widget.isEnabled() for widget in on_sheet} == {suffix != ".html"}
    assert dialog.sheet.hint.text()
    if not dialog.sheet.dpi.isEnabled():
        assert "分辨率" in dialog.sheet.hint.text()


def test_number_title_and_approval_are_in_preview_and_file(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    before = picture(dialog)
    for line, text in (
        (dialog.content.number, "图 2-1"),
        (dialog.content.title, "新材料产业布局示意图"),
        (dialog.content.approval, "川S（2026）001号"),
    ):
        line.setFocus()
        line.clear()
        line.setText(text)
    assert picture(dialog) != before
    text = pdf_text(export(dialog, qtbot, tmp_path / "图.pdf"))
    assert "图2-1新材料" in text
    assert "新材料产业布局示意图" in text
    assert "审图号：川S（2026）001号" in text


def test_the_selected_city_is_not_part_of_the_figure(dialog: ExportDialog, bench: Workbench) -> None:
    bench.session.select_place("510600")
    assert dialog.view.place is None


def test_the_figure_can_zoom_to_the_selected_city_or_a_region(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.select_place("510704")  # a county: its prefecture is offered
    dialog = opened(bench, qtbot)
    box = dialog.content.extent
    assert box.itemText(1) == "选中的绵阳市"
    whole = picture(dialog)
    box.setCurrentIndex(1)
    assert dialog.view.extent_of == "510700"
    assert "绵阳市" in dialog.content.title.placeholderText()
    city = picture(dialog)
    region = next(index for index in range(box.count()) if str(box.itemData(index)).startswith("region:"))
    box.setCurrentIndex(region)
    assert dialog.view.extent_of == box.itemData(region)
    assert box.itemText(region).split("（")[0] in dialog.content.title.placeholderText()
    assert whole != city != picture(dialog)


def test_small_multiples_switch_off_what_they_have_no_room_for(dialog: ExportDialog, bench: Workbench) -> None:
    before = picture(dialog)
    box = dialog.content.style_box
    box.setCurrentIndex(box.findData("multiples"))
    assert not dialog.content.extent.isEnabled()
    assert "只画全省" in dialog.content.remark.text()
    assert picture(dialog) != before
    assert bench.session.view.style == "auto"


def test_a_style_that_cannot_tell_the_industries_apart_is_said(bench: Workbench, qtbot: QtBot) -> None:
    bench.actions_by_id["all_on"].trigger()
    dialog = opened(bench, qtbot)
    dialog.content.style_box.setCurrentIndex(dialog.content.style_box.findData("zones"))
    assert "条纹" in dialog.content.remark.text()
    click(qtbot, dialog.content.bw)
    assert dialog.view.template.bw
    assert "环形符号" in dialog.content.remark.text()


def test_a_black_and_white_window_gives_a_black_and_white_figure(bench: Workbench, qtbot: QtBot) -> None:
    bench.session.set_bw(True)
    image = picture(opened(bench, qtbot)).scaled(160, 120)
    pixels = [image.pixelColor(x, y) for x in range(160) for y in range(120)]
    assert all(pixel.hsvSaturation() < 12 for pixel in pixels)


# --- elements ---


@pytest.mark.parametrize("element", ["title", "legend", "scale", "north", "source", "approval"])
def test_an_element_switched_off_leaves_the_preview(dialog: ExportDialog, qtbot: QtBot, element: str) -> None:
    dialog.tabs.setCurrentIndex(1)
    before = picture(dialog)
    click(qtbot, dialog.furnish.shown[element])
    assert not dialog.view.template.has(element)
    off = picture(dialog)
    assert off != before
    click(qtbot, dialog.furnish.shown[element])
    assert picture(dialog) == before


def test_an_element_switched_off_leaves_the_file(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.tabs.setCurrentIndex(1)
    dialog.furnish.legend_title.setText("布局")
    click(qtbot, dialog.furnish.shown["source"])
    click(qtbot, dialog.furnish.shown["maker"])
    dialog.tabs.setCurrentIndex(2)
    qtbot.keyClicks(dialog.furnish.maker, "ABC")
    dialog.furnish.note.setPlainText("示意\n用")
    text = pdf_text(export(dialog, qtbot, tmp_path / "图.pdf"))
    assert "资料来源" not in text
    assert "布局" in text
    assert "制图：ABC" in text
    assert today() in text
    assert text.endswith("示意用")


def test_the_note_takes_no_more_than_is_printed(dialog: ExportDialog, qtbot: QtBot) -> None:
    longest = TYPED["note"][1]
    note = dialog.furnish.note
    note.setPlainText("长" * (longest - 2))
    note.moveCursor(QTextCursor.MoveOperation.Start)
    note.insertPlainText("甲乙丙丁")  # in the middle: what does not fit is not taken, the rest stays
    assert note.toPlainText() == "甲乙" + "长" * (longest - 2)
    qtbot.keyClicks(note, "x")
    assert dialog.view.template.note == note.toPlainText()
    note.setPlainText("𠀀\n" * longest)
    assert len(note.toPlainText()) <= longest
    assert dialog.view.template.note == note.toPlainText().replace("\n", " ").strip()


def test_a_corner_is_chosen_by_key(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.tabs.setCurrentIndex(1)
    before = dialog.preview.box_of("legend")
    qtbot.keyClick(dialog.furnish.corners["legend"], Qt.Key.Key_Down)
    dialog.show_preview()
    assert dialog.view.template.legend == "se"
    assert dialog.preview.box_of("legend").left() > before.left()


def test_the_legend_is_dragged_to_another_corner(dialog: ExportDialog, qtbot: QtBot) -> None:
    box: QRect = dialog.preview.box_of("legend")
    area = dialog.preview.rect()
    qtbot.mousePress(dialog.preview, LEFT, pos=box.center())
    qtbot.mouseMove(dialog.preview, area.center())
    qtbot.mouseRelease(dialog.preview, LEFT, pos=QPoint(area.center().x() + 100, area.center().y() - 60))
    assert dialog.view.template.legend == "ne"
    dialog.show_preview()
    moved = dialog.preview.box_of("legend")
    assert moved.left() > box.left()
    assert moved.top() < box.top()


def test_nothing_is_dragged_where_the_map_is(dialog: ExportDialog, qtbot: QtBot) -> None:
    before = dialog.view
    qtbot.mousePress(dialog.preview, LEFT, pos=dialog.preview.rect().center())
    qtbot.mouseRelease(dialog.preview, LEFT, pos=QPoint(10, 10))
    assert dialog.view == before


def test_a_page_too_small_for_the_legend_says_so_in_place_of_the_preview(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose_page(dialog, "custom")
    dialog.sheet.page_width.setValue(60)
    dialog.sheet.page_height.setValue(60)
    dialog.show_preview()
    assert "放不下图例" in dialog.preview.text()
    assert "加大页面" in dialog.preview.text()
    qtbot.mouseClick(dialog.preview, LEFT)  # there is nothing to drag
    choose_page(dialog, "a4")
    dialog.show_preview()
    assert not dialog.preview.text()
    assert not dialog.preview.pixmap().isNull()


# --- what is remembered ---


def test_each_page_remembers_its_own_choices(bench: Workbench, qtbot: QtBot) -> None:
    dialog = opened(bench, qtbot)
    dialog.tabs.setCurrentIndex(1)
    click(qtbot, dialog.furnish.shown["north"])
    dialog.furnish.move("legend", "ne")
    dialog.content.number.setText("图 1")
    choose_page(dialog, "slide")
    assert dialog.view.template._replace(number="") == Template(date=today())
    click(qtbot, dialog.furnish.shown["scale"])
    dialog.sheet.format.setCurrentIndex(dialog.sheet.format.findData(".svg"))
    qtbot.mouseClick(dialog.cancel, LEFT)
    again = opened(bench, qtbot)
    assert (again.sheet.suffix, again.sheet.page) == (".svg", "slide")
    assert not again.furnish.shown["scale"].isChecked()
    choose_page(again, "a4")
    template = again.view.template
    assert (template.legend, template.has("north"), template.has("scale")) == ("ne", False, True)
    qtbot.mouseClick(again.reset, LEFT)
    assert again.view.template._replace(number="") == Template(date=today())
    choose_page(again, "slide")
    assert not again.view.template.has("scale")


@pytest.mark.parametrize(
    "kept", ["", "{", "[1, 2]", "null", '{"off": 3, "legend": "middle", "bw": "yes"}', "[" * 100_000, '{"names": []}']
)
def test_damaged_settings_give_the_usual_template(bench: Workbench, qtbot: QtBot, kept: str) -> None:
    store = settings()
    store.setValue("export/template/a4", kept)
    for key in ("export/page", "export/suffix", "export/dpi/a4", "export/width"):
        store.setValue(key, "nonsense")
    dialog = opened(bench, qtbot)
    assert dialog.view.template == Template(date=today())
    assert (dialog.sheet.page, dialog.sheet.suffix, dialog.sheet.dpi.value()) == ("a4", ".png", 300)


def test_a_font_of_another_machine_is_kept_and_said_to_be_missing(bench: Workbench, qtbot: QtBot) -> None:
    settings().setValue("export/template/a4", '{"title_font": "某机字体"}')
    dialog = opened(bench, qtbot)
    assert "本机没有" in dialog.furnish.title_font.currentText()
    qtbot.mouseClick(dialog.cancel, LEFT)
    assert kept_template("a4").title_font == "某机字体"


# --- the check ---


def test_findings_follow_the_figure(dialog: ExportDialog, qtbot: QtBot) -> None:
    def errors() -> list[str]:
        return [found.what for found in dialog.findings.findings if found.severity == ERROR]

    qtbot.waitUntil(lambda: dialog.findings.list.count() > 0, timeout=20_000)
    assert not errors()
    dialog.tabs.setCurrentIndex(1)
    click(qtbot, dialog.furnish.shown["legend"])
    dialog.show_preview()
    qtbot.waitUntil(lambda: bool(errors()), timeout=20_000)
    assert any("图例" in what for what in errors())
    assert all("办法" in dialog.findings.list.item(row).text() for row in range(dialog.findings.list.count()))
    assert dialog.save.isEnabled()


def test_a_title_that_is_cut_short_is_found(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose_page(dialog, "word")
    dialog.content.title.setText("四川省新材料产业布局" * 9)
    dialog.show_preview()
    qtbot.waitUntil(lambda: any("截短" in found.what for found in dialog.findings.findings), timeout=20_000)
    assert dialog.save.isEnabled()


def test_a_finding_leads_to_what_mends_it(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.findings.list.count() > 0, timeout=20_000)
    listed = dialog.findings.list
    row = next(row for row in range(listed.count()) if "没有审图号" in listed.item(row).text())
    dialog.tabs.setCurrentIndex(2)
    listed.setCurrentRow(row)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert dialog.tabs.currentIndex() == 0
    assert dialog.focusWidget() is dialog.content.approval


# --- the ways out ---


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


def test_the_file_that_is_written_is_the_one_that_is_asked_about(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "新材料.v2.png"
    target.write_bytes(b"old")

    def name_it() -> QMessageBox:
        """Types the name without the suffix, and gives the question that follows."""
        checked(dialog, qtbot)
        qtbot.mouseClick(dialog.save, LEFT)
        (files,) = [found for found in dialog.findChildren(QFileDialog) if found.isVisible()]
        files.findChild(QLineEdit, "fileNameEdit").setText(str(target.with_suffix("")))
        files.accept()
        (box,) = [found for found in dialog.findChildren(QMessageBox) if found.isVisible()]
        assert "新材料.v2.png 已经存在" in box.text()
        return box

    qtbot.keyClick(name_it(), Qt.Key.Key_Return)
    assert target.read_bytes() == b"old"
    assert dialog.save.isEnabled()
    over = next(button for button in name_it().buttons() if button.text() == "覆盖")
    with ended(dialog, qtbot):
        qtbot.mouseClick(over, LEFT)
    assert target.read_bytes().startswith(b"\x89PNG")
    assert not target.with_suffix("").exists()


def test_cancel_leaves_no_file(dialog: ExportDialog, qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    choose_page(dialog, "a3")
    dialog.sheet.dpi.setValue(600)
    with qtbot.waitSignal(bench.session.notice, timeout=20_000) as notice:
        dialog.export_to(tmp_path / "图.png")
        assert not dialog.save.isEnabled()
        assert not dialog.copy.isEnabled()
        dialog.export_to(tmp_path / "另一张.png")  # one at a time
        qtbot.mouseClick(dialog.cancel, LEFT)
    assert "已取消" in notice.args[0]
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    assert not [file for file in tmp_path.iterdir() if file.is_file()]


def test_escape_during_an_export_stops_it_and_keeps_the_dialog(
    dialog: ExportDialog, qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    choose_page(dialog, "a3")
    dialog.sheet.dpi.setValue(600)
    with qtbot.waitSignal(bench.session.notice, timeout=20_000):
        dialog.export_to(tmp_path / "图.png")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_choices_can_be_changed_while_an_export_runs(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.sheet.dpi.setValue(100)
    with ended(dialog, qtbot):
        dialog.export_to(tmp_path / "图.png")
        choose_page(dialog, "a4-portrait")
        dialog.show_preview()
    image = QImage(str(tmp_path / "图.png"))
    assert image.width() > image.height()  # as it was when it began


def test_the_figure_is_copied_and_the_dialog_stays(dialog: ExportDialog, qtbot: QtBot, bench: Workbench) -> None:
    choose_page(dialog, "word")
    with qtbot.waitSignal(bench.session.notice, timeout=20_000) as notice:
        qtbot.mouseClick(dialog.copy, LEFT)
    assert "已复制" in notice.args[0]
    assert dialog.isVisible()
    data = QGuiApplication.clipboard().mimeData()
    image = QImage.fromData(data.data("image/png"))
    assert image.width() == round(150 / 25.4 * 300)
    assert b"<svg" in bytes(data.data("image/svg+xml").data())


def test_printing_gets_the_chosen_figure(dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[tuple[object, ...]] = []
    monkeypatch.setattr("explorer.printing.print_preview", lambda *given: printed.append(given))
    dialog.content.title.setText("四川省产业布局")
    checked(dialog, qtbot)
    qtbot.mouseClick(dialog.print, LEFT)
    parent, scene, page = printed[0]
    assert parent is dialog
    assert scene.title == "四川省产业布局"  # type: ignore[attr-defined]
    assert page.margins  # type: ignore[attr-defined]


def test_what_cannot_be_laid_out_has_no_way_out_until_it_can(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose_page(dialog, "custom")
    dialog.sheet.page_width.setValue(60)
    dialog.sheet.page_height.setValue(60)
    qtbot.mouseClick(dialog.save, LEFT)  # before the preview has followed
    qtbot.waitUntil(lambda: not dialog._check.running, timeout=20_000)
    assert not dialog.findChildren(QFileDialog)
    for button in (dialog.save, dialog.copy, dialog.print):
        assert not button.isEnabled()
        assert "放不下图例" in button.toolTip()
    assert "关闭图例" in dialog.preview.text()
    dialog.tabs.setCurrentIndex(1)
    click(qtbot, dialog.furnish.shown["legend"])
    dialog.show_preview()
    assert dialog.save.isEnabled()
    assert not dialog.preview.text()


def test_the_dialog_stays_and_leads_to_the_file(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "explorer.files.QDesktopServices.openUrl", lambda url: bool(asked.append(url.toLocalFile())) or len(asked) < 3
    )
    assert dialog.cancel.text() == "取消"
    assert not dialog.result.open_file.isVisible()
    number(dialog, qtbot, "3-1")
    click(qtbot, dialog.content.bw)
    dialog.sheet.dpi.setValue(100)
    first = export(dialog, qtbot, tmp_path / "图3-1.png")
    assert dialog.isVisible()
    assert dialog.result.words.text() == "已导出 图3-1.png"
    assert dialog.cancel.text() == "关闭"
    qtbot.mouseClick(dialog.result.open_file, LEFT)
    qtbot.mouseClick(dialog.result.open_folder, LEFT)
    assert asked == [str(first), str(tmp_path)]
    qtbot.mouseClick(dialog.result.open_file, LEFT)  # no program for it
    press(shown_box(dialog, qtbot), qtbot, "知道了")
    qtbot.keyClick(dialog.content.number, Qt.Key.Key_Backspace)
    qtbot.keyClicks(dialog.content.number, "2")
    second = export(dialog, qtbot, tmp_path / "图3-2.png")
    assert (dialog.view.template.number, dialog.view.template.bw) == ("图 3-2", True)
    first.unlink()
    second.unlink()
    qtbot.mouseClick(dialog.result.open_file, LEFT)
    box = shown_box(dialog, qtbot)
    assert "已经不在" in box.text()
    assert len(asked) == 3
    press(box, qtbot, "知道了")
    qtbot.mouseClick(dialog.cancel, LEFT)
    assert not dialog.isVisible()


def test_number_and_title_are_proposed_as_the_file_name(dialog: ExportDialog, qtbot: QtBot) -> None:
    number(dialog, qtbot, "3/1")
    checked(dialog, qtbot)
    qtbot.mouseClick(dialog.save, LEFT)
    (files,) = dialog.findChildren(QFileDialog)
    name = files.findChild(QLineEdit, "fileNameEdit").text()
    assert name.startswith("图31 四川省")
    assert name.endswith(".png")
    labels = {label.text() for label in files.findChildren(QLabel)}
    assert {"查找范围(&I)：", "文件类型(&T)："} <= labels
    assert not [text for text in labels if any("a" <= char <= "z" for char in text)]
    files.reject()


def test_a_figure_with_errors_goes_out_only_when_the_user_says_so(
    dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[object] = []
    monkeypatch.setattr("explorer.printing.print_preview", lambda *given: printed.append(given))
    dialog.tabs.setCurrentIndex(1)
    click(qtbot, dialog.furnish.shown["legend"])
    for button, verb in ((dialog.save, "导出"), (dialog.copy, "复制"), (dialog.print, "打印")):
        qtbot.mouseClick(button, LEFT)  # the check may still be on its way: the question waits for it
        box = shown_box(dialog, qtbot)
        assert "出图检查有 " in box.text()
        assert "图例" in box.text()
        assert f"仍要{verb}？" in box.text()
        qtbot.keyClick(box, Qt.Key.Key_Return)  # the default goes back
    assert not printed
    assert not dialog.findChildren(QFileDialog)
    assert dialog.copy.isEnabled()
    qtbot.mouseClick(dialog.print, LEFT)
    press(shown_box(dialog, qtbot), qtbot, "仍要打印")
    assert len(printed) == 1


def test_a_maker_is_typed_once_and_for_all_pages(bench: Workbench, qtbot: QtBot) -> None:
    dialog = opened(bench, qtbot)
    choose_page(dialog, "slide")
    choose_page(dialog, "a4")
    dialog.tabs.setCurrentIndex(2)
    assert dialog.furnish.maker.isEnabled()
    assert not dialog.view.template.has("maker")
    qtbot.keyClicks(dialog.furnish.maker, "GHC")
    assert dialog.view.template.has("maker")
    choose_page(dialog, "slide")
    assert (dialog.view.template.maker, dialog.view.template.has("maker")) == ("GHC", True)
    dialog.tabs.setCurrentIndex(1)
    click(qtbot, dialog.furnish.shown["maker"])
    qtbot.mouseClick(dialog.cancel, LEFT)
    again = opened(bench, qtbot)
    assert (again.view.template.maker, again.view.template.has("maker")) == ("GHC", False)
    qtbot.mouseClick(again.reset, LEFT)
    choose_page(again, "word")
    assert (again.view.template.maker, again.view.template.has("maker")) == ("GHC", True)


def test_each_page_has_its_own_resolution(bench: Workbench, qtbot: QtBot) -> None:
    dialog = opened(bench, qtbot)
    choose_page(dialog, "a3")
    dialog.sheet.dpi.setValue(600)
    choose_page(dialog, "word")
    assert dialog.sheet.dpi.value() == 300
    qtbot.mouseClick(dialog.cancel, LEFT)
    again = opened(bench, qtbot)
    assert again.sheet.dpi.value() == 300
    choose_page(again, "a3")
    assert again.sheet.dpi.value() == 600


def test_slides_on_another_page_are_hinted_at(dialog: ExportDialog) -> None:
    dialog.sheet.format.setCurrentIndex(dialog.sheet.format.findData(".pptx"))
    choose_page(dialog, "word")
    assert "16:9" in dialog.sheet.hint.text()
    assert dialog.sheet.page == "word"
    choose_page(dialog, "slide")
    assert "16:9" not in dialog.sheet.hint.text()


# --- for everybody ---


def test_it_fits_a_small_screen_and_everything_has_a_name(dialog: ExportDialog) -> None:
    least = dialog.minimumSizeHint()
    assert least.width() <= 1366
    assert least.height() <= 768 - 80  # frame and task bar
    labels = {label.buddy() for label in dialog.findChildren(type(dialog.sheet.hint)) if label.buddy()}
    for widget in dialog.findChildren(QWidget):
        named = widget.accessibleName() or getattr(widget, "text", lambda: "")() or widget in labels
        part = widget.metaObject().className() in ("QTabBar", "QTabWidget") or widget.objectName().startswith("qt_")
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not part:
            assert named, widget


def test_the_tab_key_reaches_every_choice_on_the_first_page(dialog: ExportDialog) -> None:
    dialog.activateWindow()
    dialog.sheet.format.setFocus()
    reached = set()
    for _ in range(40):
        reached.add(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    content = dialog.content
    wanted = {dialog.sheet.paper, dialog.sheet.dpi, content.number, content.title, content.style_box, content.extent}
    assert wanted | {dialog.findings.list, dialog.save, dialog.copy, dialog.cancel, dialog.reset} <= reached


def test_the_window_copies_the_last_page_with_its_template(bench: Workbench, qtbot: QtBot) -> None:
    dialog = opened(bench, qtbot)
    choose_page(dialog, "word")
    dialog.furnish.shown["title"].setChecked(False)
    number(dialog, qtbot, "7")
    qtbot.mouseClick(dialog.cancel, LEFT)
    assert bench.outputs._figure()[0].template.number == "图 7"
    assert opened(bench, qtbot).view.template.number == "图 7"
    with qtbot.waitSignals([bench.session.notice] * 2, timeout=20_000):
        qtbot.keyClick(
            bench.window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    assert f"图 7：{outputs.COPIED}" in bench.window.statusBar().currentMessage()
    image = QImage.fromData(QGuiApplication.clipboard().mimeData().data("image/png"))
    assert image.width() == round(150 / 25.4 * 300)
    top = [image.pixelColor(x, 60).lightness() for x in range(image.width())]
    assert min(top) > 60  # no title
