"""Every control has a name for screen readers and is reached with Tab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.panels.links import LinkText
from explorer.workbench import Workbench

CONTROLS = (QAbstractButton, QAbstractScrollArea, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar)


def of_another(widget: QWidget) -> bool:
    """Parts of a control: a spin box's field, a list's header, a tool bar's extension, the buttons of a dock's title,
    for which F2 and the following keys stand."""
    parent = widget.parentWidget()
    return (
        isinstance(parent, (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QTabBar, QDockWidget))
        or isinstance(widget, QHeaderView)
        or widget.objectName().startswith("qt_")
    )


def controls(root: QWidget) -> list[QWidget]:
    """The controls that a person sees in a window."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.window() is root
        and not widget.isHidden()
        and isinstance(widget, CONTROLS)
        and not of_another(widget)
        and (widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton))
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it: its own name, its text, or the label it is the buddy of."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    found, parent = f"{type(widget).__name__} {widget.objectName()}", widget.parentWidget()
    return f"{found} in {type(parent).__name__}"


def nameless(root: QWidget) -> list[str]:
    return [described(widget) for widget in controls(root) if not spoken(widget).strip()]


def out_of_reach(root: QWidget) -> list[str]:
    """Controls that can be used now and that Tab never comes to."""
    chain, widget = set(), root.nextInFocusChain()
    while widget is not None and widget is not root and widget not in chain:
        chain.add(widget)
        widget = widget.nextInFocusChain()
    return [
        f"{described(widget)} {spoken(widget)}"
        for widget in controls(root)
        if widget.isEnabled() and (widget not in chain or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ]


def walked(root: QWidget, qtbot: QtBot) -> set[QWidget]:
    """Where the focus is, pressing Tab until it is where it was; in the report it stays for each link."""
    found: set[QWidget] = set()
    widget = before = QApplication.focusWidget()
    while widget is not None and (widget not in found or (widget is before and isinstance(widget, LinkText))):
        found.add(widget)
        before = widget
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    return found


@pytest.fixture
def full(bench: Workbench) -> Workbench:
    """The window with every panel open."""
    for dock in (bench.source_dock, bench.items_dock, bench.chart_dock, bench.matrix_dock, bench.timeline_dock):
        dock.show()
        QApplication.processEvents()
    return bench


def test_every_control_of_the_window_is_named(full: Workbench) -> None:
    assert len(controls(full.window)) > 30
    assert nameless(full.window) == []


def test_every_control_of_the_window_is_reached_with_tab(full: Workbench) -> None:
    assert out_of_reach(full.window) == []


def test_tab_is_never_caught(full: Workbench, qtbot: QtBot) -> None:
    full.window.activateWindow()
    qtbot.waitUntil(full.window.isActiveWindow)
    full.canvas.setFocus()
    seen = walked(full.window, qtbot)
    visible = {w for w in controls(full.window) if w.isEnabled() and not w.visibleRegion().isEmpty()}
    assert [described(widget) for widget in visible - seen] == []


def test_a_control_without_a_name_would_be_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QPushButton("", window)
    QPushButton("有名字", window).setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert nameless(window) == ["QPushButton  in QWidget"]
    assert out_of_reach(window) == ["QPushButton  in QWidget 有名字"]


DIALOGS: dict[str, Callable[[Workbench], object]] = {
    name: (lambda bench, name=name: bench.actions_by_id[name].trigger())
    for name in ("export", "sets", "sheets", "documents", "settings", "help", "about", "views", "save_view")
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_is_named_and_reached(bench: Workbench, home: Path, name: str) -> None:
    DIALOGS[name](bench)
    QApplication.processEvents()
    dialogs = [widget for widget in bench.window.findChildren(QDialog) if widget.isVisible()]
    assert dialogs
    for dialog in dialogs:
        assert controls(dialog)
        assert nameless(dialog) == []
        assert out_of_reach(dialog) == []
        assert dialog.windowTitle()
        dialog.reject()
