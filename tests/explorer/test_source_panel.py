"""The source panel: a planner sees the cited sentence in his own copy, how sure that is, or where to look it up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from threading import Event

import hillside
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.jobs import Job
from explorer.panels import source
from explorer.panels.passage import HIGHLIGHT, PassageView
from explorer.panels.source import SourcePanel
from explorer.session import Session
from geodata.atlas import Atlas
from geodata.documents.shelf import attach, detach
from geodata.documents.text import digest
from geodata.library import load_plans
from geodata.plan import Assignment, Citation, Plan
from layers.view import ViewState

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "plans"
STRATEGIC = SOURCES / "sichuan-2016-2020-strategic-emerging-industries.txt"
needs_sources = pytest.mark.skipif(not SOURCES.is_dir(), reason="the plan documents are not here")


@pytest.fixture
def plan(home: Path) -> Plan:
    return hillside.write_pack(home)


@pytest.fixture
def session(plan: Plan) -> Session:
    return Session(Atlas((plan,)), ViewState(plan.id))


@pytest.fixture
def wanted() -> list[str]:
    """What the panel asked for."""
    return []


@pytest.fixture
def panel(session: Session, qtbot: QtBot, wanted: list[str]) -> SourcePanel:
    made = SourcePanel(session, lambda: wanted.append("documents"))
    qtbot.addWidget(made)
    made.resize(380, 520)
    made.show()
    return made


Attach = Callable[[str], None]


@pytest.fixture
def attach_copy(plan: Plan, tmp_path: Path) -> Attach:
    """Makes a text the user's copy of the plan's document, in place of the one before."""

    def copy(words: str) -> None:
        file = tmp_path / "我的规划.txt"
        file.write_text(words, encoding="utf-8")
        detach(plan.id)
        attach(file, [plan], chosen=plan)

    return copy


def assignment(plan: Plan, city: str) -> Assignment:
    index = [name for name, *_ in hillside.CITIES].index(city)
    return plan.assignments[index]


def cited(plan: Plan, city: str) -> tuple[Citation, ...]:
    """The passage on the city, and the one on its zone."""
    return assignment(plan, city).citations


def show(panel: SourcePanel, qtbot: QtBot, plan: Plan, city: str, index: int = 0) -> Citation:
    """Shows what is cited for a city, and waits until it was looked up."""
    citations = cited(plan, city)
    panel.show_citations(plan, f"{city} · 装备", citations, index)
    qtbot.waitUntil(lambda: "正在" not in panel.state.text(), timeout=20_000)
    return citations[index]


def one_line(view: PassageView) -> str:
    return view.toPlainText().replace("\n", "")


def clipboard() -> str:
    return QApplication.clipboard().text()


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours, from 1 to 21."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# Without a document


def test_before_anything_was_chosen_the_panel_says_what_it_is_for(panel: SourcePanel) -> None:
    assert "原文" in panel.text.toPlainText()
    assert not panel.copy.isVisible()
    assert not panel.add.isVisible()


def test_without_the_document_the_panel_says_where_to_look_it_up(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, wanted: list[str]
) -> None:
    show(panel, qtbot, plan, "乐山")
    said = panel.text.toPlainText()
    assert hillside.TITLE in said
    assert "二（二）" in said
    assert "第3页" in said
    assert panel.text.highlighted() == ""
    assert not panel.copy.isEnabled()
    qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    assert wanted == ["documents"]


def test_the_reference_can_be_copied_without_the_document(panel: SourcePanel, qtbot: QtBot, plan: Plan) -> None:
    show(panel, qtbot, plan, "乐山")
    qtbot.mouseClick(panel.copy_reference, Qt.MouseButton.LeftButton)
    assert clipboard() == f"《{hillside.TITLE}》，二（二），第3页"


# The reference text


def test_the_passage_is_highlighted_in_its_surroundings(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document())
    citation = show(panel, qtbot, plan, "德阳")
    assert digest(panel.text.highlighted()) == citation.digest
    assert "与原文一致" in panel.state.text()
    assert hillside.sentence("绵阳") in one_line(panel.text)
    assert panel.title.text() == "<b>德阳 · 装备</b>"
    assert hillside.TITLE in panel.source.text()
    assert "二（一），第2页" in panel.source.text()


def test_what_is_shown_is_the_document_word_for_word_in_paragraphs(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document())
    show(panel, qtbot, plan, "宜宾")
    assert one_line(panel.text) in hillside.text().text
    paragraphs = panel.text.toPlainText().split("\n")
    assert [line for line in paragraphs if line.startswith("（二）拓展区")]
    assert "三、保障措施" in paragraphs
    assert paragraphs[-1].endswith("。")


@pytest.mark.parametrize("city", ["德阳", "乐山"])
def test_the_highlighted_part_is_in_view(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach, city: str
) -> None:
    attach_copy(hillside.document())
    panel.resize(260, 380)
    show(panel, qtbot, plan, city)
    cursor = panel.text.textCursor()
    assert panel.text.viewport().rect().contains(panel.text.cursorRect(cursor))
    panel.resize(420, 300)
    assert panel.text.viewport().rect().contains(panel.text.cursorRect(cursor))
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 2)
    assert cursor.selectedText() == city


def test_more_of_the_surroundings_can_be_shown_to_the_very_ends(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document())
    citation = show(panel, qtbot, plan, "德阳")
    before = one_line(panel.text)
    qtbot.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    assert len(one_line(panel.text)) > len(before)
    assert one_line(panel.text) == hillside.text().text
    assert digest(panel.text.highlighted()) == citation.digest
    assert not panel.more.isVisible()


def test_more_shows_the_new_text_and_says_how_much_there_is(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LEAST", 20)
    monkeypatch.setattr(source, "MOST", 60)
    monkeypatch.setattr(source, "MORE", 60)
    attach_copy(hillside.document())
    panel.resize(380, 300)
    show(panel, qtbot, plan, "德阳")
    before, said = one_line(panel.text), panel.extent.text()
    assert said.startswith("前 ")
    qtbot.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    panel.resize(380, 302)  # what the user looks at stays in view
    QApplication.processEvents()
    assert panel.extent.text() != said
    end = panel.text.toPlainText().replace("\n", "\u2029").find(before[-12:]) + 12
    cursor = QTextCursor(panel.text.document())
    cursor.setPosition(end + 1)
    assert panel.text.viewport().rect().contains(panel.text.cursorRect(cursor).center())


def test_of_several_citations_each_can_be_reached(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document())
    first, second = cited(plan, "德阳")
    show(panel, qtbot, plan, "德阳")
    assert panel.count.text() == "1 / 2"
    assert not panel.previous.isEnabled()
    qtbot.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    assert panel.count.text() == "2 / 2"
    assert digest(panel.text.highlighted()) == second.digest
    assert not panel.next.isEnabled()
    qtbot.mouseClick(panel.previous, Qt.MouseButton.LeftButton)
    assert digest(panel.text.highlighted()) == first.digest


def test_a_single_citation_has_nothing_to_turn_to(panel: SourcePanel, plan: Plan) -> None:
    panel.show_citations(plan, "旌湖产业园", plan.sites[0].citations)
    assert not panel.next.isVisible()
    assert not panel.previous.isVisible()


def test_why_the_passage_does_not_name_the_thing_is_said(panel: SourcePanel, plan: Plan, attach_copy: Attach) -> None:
    attach_copy(hillside.document())
    citation = cited(plan, "德阳")[0]._replace(exception="名称<省略>")
    panel.show_citations(plan, "旌湖<产业园>", [citation])
    assert "名称&lt;省略&gt;" in panel.detail.text()
    assert "旌湖&lt;产业园&gt;" in panel.title.text()


# Copying


def test_the_passage_is_copied_with_its_reference(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach, session: Session
) -> None:
    attach_copy(hillside.document())
    show(panel, qtbot, plan, "德阳")
    with qtbot.waitSignal(session.notice) as notice:
        qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert "已复制" in notice.args[0]
    assert clipboard() == f"{hillside.sentence('德阳')}\n《{hillside.TITLE}》，二（一），第2页"


def test_a_passage_over_several_paragraphs_is_copied_without_the_breaks(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document())
    text = hillside.text().text
    start, end = text.index("一、发展基础"), text.index("（二）拓展区")
    whole = text[start:end]
    panel.show_citations(plan, "全章", [Citation("一", start, end, digest(whole), 1, 3)])
    assert "\n" in panel.text.toPlainText()
    assert panel.text.highlighted() == whole
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert clipboard() == f"{whole}\n《{hillside.TITLE}》，一，第1—3页"
    panel.text.setFocus()
    qtbot.keyClick(panel.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(panel.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() in text
    assert whole in clipboard()


# Other copies


def test_a_copy_with_more_at_its_start_is_said_to_have_moved(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy("网站首页 登录\n" + hillside.document())
    citation = show(panel, qtbot, plan, "绵阳")
    assert digest(panel.text.highlighted()) == citation.digest
    assert "位置不同" in panel.state.text()
    assert "与参考文本不完全相同" in panel.detail.text()


def test_a_copy_with_a_misread_word_is_called_likely_with_score_and_reason(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy("前" + hillside.document().replace("涪城雷达谷", "培城雷达谷"))
    show(panel, qtbot, plan, "绵阳")
    assert "可能是这一处" in panel.state.text()
    assert "%" in panel.state.text()
    assert "文字有出入" in panel.state.text()
    assert "绵阳依托培城雷达谷" in panel.text.highlighted()
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert clipboard().splitlines()[-1].endswith("请与原文核对）")


def test_a_passage_that_the_copy_lacks_is_not_guessed(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    document = hillside.document()
    attach_copy(document[: document.index("（二）拓展区")])
    show(panel, qtbot, plan, "乐山")
    assert "没有找到" in panel.state.text()
    said = panel.text.toPlainText()
    assert "二（二）" in said
    assert "第3页" in said
    assert panel.text.highlighted() == ""
    assert not panel.copy.isEnabled()
    assert panel.add.isVisible()


def test_another_page_in_the_users_copy_is_said(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document().replace("- 2 -", "- 12 -"))
    show(panel, qtbot, plan, "德阳")
    assert "第12页" in panel.detail.text()
    assert "第2页" in panel.source.text()


def test_what_was_asked_for_last_is_shown(panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach) -> None:
    attach_copy("前" + hillside.document())
    for city in ("德阳", "绵阳", "自贡"):
        panel.show_citations(plan, city, cited(plan, city))
    assert panel.text.highlighted() == ""
    qtbot.waitUntil(lambda: bool(panel.text.highlighted()), timeout=20_000)
    assert panel.text.highlighted() == hillside.sentence("自贡")
    assert panel.title.text() == "<b>自贡</b>"


def test_documents_that_come_and_go_are_followed(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    show(panel, qtbot, plan, "德阳")
    attach_copy(hillside.document())
    panel.documents_changed()
    assert panel.text.highlighted() == hillside.sentence("德阳")
    detach(plan.id)
    panel.documents_changed()
    assert panel.text.highlighted() == ""
    assert panel.add.isVisible()


def test_a_panel_that_goes_while_it_looks_leaves_no_thread(
    session: Session, plan: Plan, attach_copy: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach_copy("前" + hillside.document())
    panel, going = SourcePanel(session), Event()
    monkeypatch.setattr("explorer.panels.source.find_passage", lambda *_: going.wait(10) and None)
    panel.show_citations(plan, "德阳", cited(plan, "德阳"))
    (job,) = panel.findChildren(Job)
    ends = []
    job.finished.connect(lambda: ends.append(True), Qt.ConnectionType.DirectConnection)
    going.set()
    shiboken6.delete(panel)
    assert ends == [True]


# Legible and reachable


@pytest.mark.parametrize("dark", [False, True])
def test_the_highlight_is_legible(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach, dark: bool
) -> None:
    attach_copy(hillside.document())
    show(panel, qtbot, plan, "德阳")
    palette = QPalette()
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(role, QColor("#eeeeee" if dark else "#111111"))
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, QColor("#1e1e1e" if dark else "#ffffff"))
    panel.setPalette(palette)
    cursor = panel.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Right)
    form = cursor.charFormat()
    ground, ink = form.background().color().name(), form.foreground().color().name()
    assert (ground, ink) == HIGHLIGHT[dark]
    assert contrast(ground, ink) >= 7
    assert contrast(ground, palette.base().color().name()) >= 1.15
    shown = panel.state.text().split("color:")[1][:7]
    assert contrast(shown, palette.window().color().name()) >= 4.5


def test_everything_is_reached_with_the_tab_key_and_has_a_name(
    panel: SourcePanel, qtbot: QtBot, plan: Plan, attach_copy: Attach
) -> None:
    attach_copy(hillside.document())
    show(panel, qtbot, plan, "德阳", 1)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    wanted: set[QWidget] = {panel.text, panel.previous, panel.more, panel.copy, panel.copy_reference}
    panel.text.setFocus()
    reached: list[QWidget] = []
    for _ in range(12):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert wanted <= set(reached)
    assert all(one is not other for one, other in pairwise(reached))
    for widget in wanted:
        assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())


# The real document


@needs_sources
@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_the_thirteenth_plan_shows_the_sentence_on_a_city(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    plans, _ = load_plans()
    plan = next(plan for plan in plans if plan.id == "sichuan-strategic-13")
    file = STRATEGIC
    if kind == "docx":
        docx = pytest.importorskip("docx")
        document = docx.Document()
        for line in STRATEGIC.read_text(encoding="utf-8").splitlines():
            if not line.strip().startswith("- "):
                document.add_paragraph(line)
        file = tmp_path / "规划.docx"
        document.save(str(file))
    assert attach(file, plans).plan_id == plan.id
    panel = SourcePanel(Session(Atlas(plans), ViewState(plan.id)))
    qtbot.addWidget(panel)
    for item in [item for item in plan.assignments if item.place == "510600"]:
        panel.show_citations(plan, "德阳", item.citations)
        for index, citation in enumerate(item.citations):
            assert digest(panel.text.highlighted()) == citation.digest
            assert "与原文一致" in panel.state.text()
            assert citation.reference in panel.source.text()
            if index < len(item.citations) - 1:
                panel.step(1)
