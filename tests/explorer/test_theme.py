"""Text can be read in both themes, the focus can be seen, and the map is the same in both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from explorer.focus import FocusRing
from explorer.look import apply_look
from explorer.panels.inspector import _mark
from explorer.panels.passage import HIGHLIGHT
from explorer.panels.source_face import INKS as SOURCE_INKS
from explorer.settings import THEME, settings, write
from explorer.theme import EDGE, EDGE_DARKER, INKS, PALETTES, RING, is_dark, palette
from explorer.workbench import Workbench

Role = QPalette.ColorRole
GROUNDS_OF_TEXT = (
    (Role.WindowText, (Role.Window, Role.Base)),
    (Role.Text, (Role.Base, Role.AlternateBase)),
    (Role.PlaceholderText, (Role.Base, Role.AlternateBase)),
    (Role.ButtonText, (Role.Button, Role.Window)),
    (Role.ToolTipText, (Role.ToolTipBase,)),
    (Role.HighlightedText, (Role.Highlight,)),
    (Role.Link, (Role.Base, Role.Window)),
)
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2: 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    settings().clear()
    apply_look()


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


@THEMES
def test_all_text_of_the_palette_can_be_read(dark: bool) -> None:
    made = palette(dark)
    poor = {
        (text.name, ground.name): round(ratio, 2)
        for text, grounds in GROUNDS_OF_TEXT
        for ground in grounds
        if (ratio := contrast(made.color(text), made.color(ground))) < 4.5
    }
    assert poor == {}


@THEMES
def test_all_inks_of_rich_text_and_lists_can_be_read(dark: bool) -> None:
    grounds = [palette(dark).color(role) for role in (Role.Base, Role.AlternateBase, Role.Window)]
    inks = {**INKS, **SOURCE_INKS}
    poor = {name for (name, ink), ground in product(inks.items(), grounds) if contrast(QColor(ink[dark]), ground) < 4.5}
    assert poor == set()
    ground, ink = HIGHLIGHT[dark]
    assert contrast(QColor(ink), QColor(ground)) >= 4.5


@THEMES
def test_the_focus_ring_and_the_edges_of_controls_can_be_seen(dark: bool) -> None:
    made = palette(dark)
    for role in (Role.Base, Role.Window, Role.Button):
        assert contrast(QColor(RING[dark]), made.color(role)) >= 3
    assert contrast(QColor(EDGE[dark]).darker(EDGE_DARKER), made.color(Role.Base)) >= 3


@THEMES
def test_the_bars_of_the_strongest_role_can_be_seen(dark: bool) -> None:
    from explorer.panels.chart import DARK_CORE, ROLE_COLOURS

    bar = QColor(*(DARK_CORE if dark else ROLE_COLOURS["core"]))
    assert contrast(bar, palette(dark).color(Role.Window)) >= 3


@THEMES
def test_the_marks_of_industries_can_be_seen_in_the_inspector(bench: Workbench, dark: bool) -> None:
    ground = palette(dark).color(Role.Base)
    plan = bench.session.plan
    for sector, role in product(plan.sectors, plan.roles):
        rgb = _mark(sector, role, dark).split("rgb(")[1].split(")")[0]
        assert contrast(QColor(*map(int, rgb.split(","))), ground) >= 2


def test_the_theme_follows_the_system_only_when_it_shall(qapp: QApplication) -> None:
    write(THEME, "dark")
    apply_look()
    assert qapp.palette().color(Role.Base) == QColor(PALETTES[Role.Base][True])
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert qapp.palette().color(Role.Base) == QColor(PALETTES[Role.Base][True])
    write(THEME, "system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert qapp.palette().color(Role.Base) == QColor(PALETTES[Role.Base][dark])


def test_the_map_is_the_same_in_both_themes(bench: Workbench) -> None:
    pictures = []
    for theme in ("light", "dark"):
        write(THEME, theme)
        apply_look()
        QApplication.processEvents()
        assert is_dark(bench.canvas) == (theme == "dark")
        bench.canvas.repaint()
        pictures.append(bench.canvas.picture())
    assert pictures[0] is not None
    assert pictures[0] == pictures[1]


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    apply_look()
    window = QWidget()
    row = QHBoxLayout(window)
    for widget in (QLineEdit(), QPushButton("确定"), QTreeWidget()):
        row.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(500, 200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_the_focus_is_ringed_wherever_tab_goes(form: QWidget, qtbot: QtBot) -> None:
    qtbot.keyClick(form.focusWidget() or form, Qt.Key.Key_Tab)
    seen = set()
    for _ in range(3):
        focused = form.focusWidget()
        assert focused is not None
        ring = form.findChild(FocusRing)
        assert isinstance(ring, FocusRing)
        assert ring.isVisible()
        assert ring.geometry().contains(focused.geometry())
        assert not ring.mask().contains(ring.rect().center())
        seen.add(type(focused))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == {QLineEdit, QPushButton, QTreeWidget}


def test_the_ring_follows_its_control_and_outlives_it(form: QWidget, qtbot: QtBot) -> None:
    qtbot.keyClick(form.focusWidget() or form, Qt.Key.Key_Tab)
    ring, focused = form.findChild(FocusRing), form.focusWidget()
    assert isinstance(ring, FocusRing)
    assert focused is not None
    form.resize(700, 300)
    QApplication.processEvents()
    assert ring.geometry().contains(focused.geometry())
    focused.hide()
    QApplication.processEvents()
    focused.deleteLater()
    qtbot.keyClick(form, Qt.Key.Key_Tab)
    now = form.focusWidget()
    assert now is not None
    assert ring.geometry().contains(now.geometry())


@THEMES
def test_the_chips_of_the_tree_can_be_seen(bench: Workbench, dark: bool) -> None:
    plan = bench.plans.tree.topLevelItem(0)
    ground = palette(dark).color(Role.Base)
    for row in range(plan.childCount()):
        picture = plan.child(row).icon(0).pixmap(32).toImage()
        edge = picture.pixelColor(picture.width() // 2, round(picture.height() * 6 / 32))
        assert contrast(edge, ground) >= 2, plan.child(row).text(0)
