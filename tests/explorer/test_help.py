"""The guide, the about dialog, and the hint of a first start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer import VERSION
from explorer.actions import ACTIONS, MAP_KEYS
from explorer.canvas import PX_PER_PT
from explorer.dialogs.about import LICENCES, AboutDialog
from explorer.dialogs.help import HelpDialog
from explorer.faults import log_file
from explorer.first import FirstWindow
from explorer.guide import FOLDER, KEYS, PICTURES, SECTIONS, grabs, pictures_folder, section_html
from explorer.hint import Hint
from explorer.settings import HINT_SEEN, read
from explorer.start import furnish_window
from explorer.workbench import Workbench
from geodata.boundaries import SINCE
from geodata.language import LANGUAGES, tr, use
from layers.corners import legend_box, scale_box
from layers.fonts import measure

ROOT = Path(__file__).parents[2]


@pytest.fixture
def chinese_again() -> Iterator[None]:
    """After a test that changes the language."""
    yield
    use("zh")


@pytest.fixture
def guide(bench: Workbench) -> HelpDialog:
    bench.actions_by_id["help"].trigger()
    found = bench.window.findChild(HelpDialog)
    assert isinstance(found, HelpDialog)
    return found


def test_f1_opens_the_guide_once(bench: Workbench, guide: HelpDialog) -> None:
    assert bench.actions_by_id["help"].shortcut().toString() == "F1"
    bench.actions_by_id["help"].trigger()
    assert bench.window.findChildren(HelpDialog) == [guide]
    assert not guide.isModal()


def test_every_section_can_be_read(guide: HelpDialog, qtbot: QtBot) -> None:
    seen = []
    guide.sections.setFocus()
    for _ in SECTIONS:
        text = guide.text.toPlainText()
        assert text.splitlines()[0] == guide.sections.currentItem().text()
        assert "{" not in text
        seen.append(text.splitlines()[0])
        qtbot.keyClick(guide.sections, Qt.Key.Key_Down)
    assert seen == list(SECTIONS)


def test_chinese_has_no_space_where_a_line_of_the_code_ends() -> None:
    for heading in SECTIONS:
        assert "\n" not in section_html(heading, (), Path("plans"), Path("log"))


def test_the_section_of_shortcuts_has_all_of_them_and_the_log(bench: Workbench, guide: HelpDialog) -> None:
    bench.actions_by_id["keys"].trigger()
    text = guide.text.toPlainText()
    for words in [entry.shortcut for entry in ACTIONS] + [key for key, _ in MAP_KEYS]:
        assert words in text
    assert str(log_file()) in text


def test_keys_that_the_guide_speaks_of_are_those_of_the_actions() -> None:
    known = {keys.strip() for entry in ACTIONS for keys in entry.shortcut.split(";")}
    spoken = {key for html in SECTIONS.values() for key in re.findall(r"<b>(.*?)</b>", html)}
    assert spoken
    assert spoken <= known


def test_menu_entries_that_the_guide_names_are_there(bench: Workbench) -> None:
    entries = {action.text() for action in bench.actions_by_id.values()}
    assert {"规划文件…", "成套图件…", "一页纸…"} <= entries
    assert "“规划文件…”" in SECTIONS["加自己的规划文件"]


def test_every_picture_is_in_a_section() -> None:
    html = "".join(section_html(heading, (), Path("plans"), Path("log")) for heading in SECTIONS)
    for name, words in PICTURES.items():
        assert f'<img src="{name}"' in html
        assert words in html


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_picture_of_a_language_is_as_large_as_it_would_be_today(
    code: str, prepared: Path, chinese_again: None, start: Callable[[], Workbench]
) -> None:
    use(code)
    folder = pictures_folder()
    assert folder == (FOLDER if code == "zh" else FOLDER / code)
    assert sorted(file.name for file in folder.glob("*.png")) == sorted(PICTURES)
    for name, today in grabs(start()).items():
        kept = QImage(str(folder / name))
        assert (kept.width(), kept.height()) == (today.width(), today.height()), name


def test_the_guide_shows_the_pictures_of_the_language(prepared: Path, qtbot: QtBot, chinese_again: None) -> None:
    shown = {}
    for code in LANGUAGES:
        use(code)
        dialog = HelpDialog(())
        qtbot.addWidget(dialog)
        assert dialog.text.toPlainText().startswith(tr("看图"))
        shown[code] = dialog.text.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("window.png"))
        assert not shown[code].isNull()
    assert shown["zh"] != shown["en"]


def test_no_picture_is_wider_than_the_text(bench: Workbench, guide: HelpDialog) -> None:
    for width in (620, 700):
        guide.resize(width, 500)
        QApplication.processEvents()
        assert guide.text.horizontalScrollBar().maximum() == 0


def test_words_of_the_user_are_no_html() -> None:
    html = section_html(KEYS, [("<b>", "a & b")], Path("plans"), Path("a<i>b"))
    assert "&lt;b&gt;" in html
    assert "a &amp; b" in html
    assert "a&lt;i&gt;b" in html


def test_about_tells_version_sources_with_dates_and_licences(bench: Workbench) -> None:
    bench.actions_by_id["about"].trigger()
    dialog = bench.window.findChild(AboutDialog)
    assert isinstance(dialog, AboutDialog)
    text = dialog.text.toPlainText()
    assert VERSION in text
    for plan in bench.session.atlas.plans:
        assert plan.document.title in text
        assert str(plan.document.period[1]) in text
    assert "天地图" in text
    assert f"{SINCE} 年以后" in text
    assert "SIL OFL" in text
    assert "LGPL" in text
    assert str(log_file()) in text


def test_version_and_components_are_those_of_the_package() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{VERSION}"' in project
    listed = project.split("dependencies = [")[1].split("\n]")[0]
    assert sorted(LICENCES) == sorted(re.findall(r'^\s+"([A-Za-z0-9-]+)', listed, re.MULTILINE))


# --- the hint ---


@pytest.fixture
def newcomer(start: Callable[[], Workbench]) -> Workbench:
    """The window of a first start."""
    workbench = start()
    workbench.window.resize(1600, 900)
    return workbench


def hint(bench: Workbench) -> Hint | None:
    bench.window.show()
    QApplication.processEvents()
    return bench.canvas.findChild(Hint)


@pytest.fixture
def shown_hint(newcomer: Workbench, qtbot: QtBot) -> Hint:
    found = hint(newcomer)
    assert found is not None
    qtbot.waitUntil(found.isVisible)
    return found


def test_a_first_start_shows_one_hint_beside_the_map(newcomer: Workbench, shown_hint: Hint) -> None:
    assert newcomer.canvas.rect().contains(shown_hint.geometry())
    assert "F1" in shown_hint.text()
    assert len(newcomer.canvas.findChildren(Hint)) == 1


def test_in_a_small_window_the_hint_stands_beside_the_legend_above_the_scale_bar(
    newcomer: Workbench, shown_hint: Hint, qtbot: QtBot
) -> None:
    newcomer.window.resize(1068, 558)
    QApplication.processEvents()

    def beside() -> bool:
        boxes = (box(newcomer.canvas.scene(), newcomer.canvas.page, measure) for box in (legend_box, scale_box))
        pixels = [QRectF(QPointF(*box[:2]) * PX_PER_PT, QPointF(*box[2:]) * PX_PER_PT) for box in boxes]
        hint = QRectF(shown_hint.geometry())
        if not QRectF(newcomer.canvas.rect()).contains(hint):
            return False
        return hint.top() > newcomer.canvas.height() / 2 and not any(hint.intersects(box) for box in pixels)

    qtbot.waitUntil(beside)


def test_a_click_selects_and_ends_the_hint_for_good(newcomer: Workbench, shown_hint: Hint, qtbot: QtBot) -> None:
    at = newcomer.canvas.widget_position("510600")
    qtbot.mouseClick(newcomer.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert newcomer.session.view.place == "510600"
    assert shown_hint.isHidden()
    assert read(HINT_SEEN)
    newcomer.window.close()
    window = FirstWindow()
    qtbot.addWidget(window)
    again = furnish_window(window)
    assert again is not None
    assert hint(again) is None


def test_the_hint_ends_when_a_place_is_chosen_with_the_keyboard(newcomer: Workbench, shown_hint: Hint) -> None:
    newcomer.actions_by_id["next_place"].trigger()
    assert shown_hint.isHidden()


def test_the_hint_lets_the_pointer_through(newcomer: Workbench, shown_hint: Hint, qtbot: QtBot) -> None:
    at = shown_hint.geometry().center()
    assert at != QPoint()
    assert newcomer.window.childAt(newcomer.canvas.mapTo(newcomer.window, at)) is newcomer.canvas


# --- what empty panels say ---


def test_empty_panels_say_what_to_do(bench: Workbench) -> None:
    assert "单击" in bench.inspector.text.toPlainText()
    bench.actions_by_id["all_off"].trigger()
    assert "在左边的树上勾选一个产业" in bench.inspector.text.toPlainText()
    bench.source_dock.show()
    QApplication.processEvents()
    assert bench.source is not None
    assert "点" in bench.source.text.toPlainText()
    bench.items_dock.show()
    QApplication.processEvents()
    assert bench.items is not None
    bench.items.filters.search.setText("没有这样的条目")
    assert not bench.items.shown
    assert "清除条件" in bench.items.table.empty_words
