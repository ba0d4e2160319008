"""Errors that nobody foresaw: told once, in words, with details to copy and a log file."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from explorer import faults
from explorer.dialogs.fault import FaultDialog
from explorer.faults import Faults, log_file, record, watch_faults


class Button(QObject):
    pressed = Signal()


def fails() -> None:
    raise ZeroDivisionError("secret <b>9</b>")


@pytest.fixture
def watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Faults:
    """A window whose faults are told; the hooks of the test run come back at the end."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return watch_faults(window)


def dialogs() -> list[FaultDialog]:
    QApplication.processEvents()
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, FaultDialog)]


def test_an_error_in_a_slot_is_told_in_words_with_details_to_copy(watched: Faults, qtbot: QtBot) -> None:
    button = Button()
    button.pressed.connect(fails)
    button.pressed.emit()
    qtbot.waitUntil(lambda: watched.dialog is not None)
    (dialog,) = dialogs()
    assert "没有丢失" in dialog.words.text()
    assert str(log_file()) in dialog.log.text()
    assert dialog.text.isHidden()
    dialog.more.click()
    assert not dialog.text.isHidden()
    assert "in fails" in dialog.text.toPlainText()
    dialog.copy.click()
    assert "ZeroDivisionError: secret <b>9</b>" in QApplication.clipboard().text()
    assert "ZeroDivisionError" in log_file().read_text(encoding="utf-8")
    dialog.close_button.click()


def test_the_same_error_is_told_once_and_logged_each_time(watched: Faults, qtbot: QtBot) -> None:
    button = Button()
    button.pressed.connect(fails)
    for _ in range(3):
        button.pressed.emit()
    qtbot.waitUntil(lambda: watched.dialog is not None)
    assert len(dialogs()) == 1
    dialogs()[0].accept()
    button.pressed.emit()
    assert dialogs() == []
    assert log_file().read_text(encoding="utf-8").count("in fails") == 4


def test_an_error_in_a_thread_is_told_in_the_window(watched: Faults, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: watched.dialog is not None)
    assert len(dialogs()) == 1


def test_ctrl_c_is_no_fault(watched: Faults, capsys: pytest.CaptureFixture[str]) -> None:
    error = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, error, None)
    assert dialogs() == []
    assert not log_file().exists()


def test_the_log_is_kept_short(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(faults, "LOG_SIZE", 3000)
    for number in range(20):
        record(ValueError(f"{number} " + "x" * 500))
    files = sorted(log_file().parent.iterdir())
    assert [file.name for file in files] == ["explorer.log", "explorer.log.1", "explorer.log.2"]
    assert all(file.stat().st_size <= 3000 for file in files)
    assert "19 xxx" in files[0].read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_is_no_second_error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "data").write_text("a file where the folder should be", encoding="utf-8")
    assert record(ValueError("words")).line == "ValueError：words"
    assert "ValueError: words" in capsys.readouterr().err
