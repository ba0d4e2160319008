"""File dialogs, and files opened in the system's programs."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QFileInfo, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from explorer.messages import show_problems
from geodata.language import mark, tr
from geodata.problems import Problem

LABELS = {
    QFileDialog.DialogLabel.LookIn: mark("查找范围(&I)："),
    QFileDialog.DialogLabel.FileType: mark("文件类型(&T)："),
}
"""What Qt's Chinese translation leaves in English where the system has no file dialog of its own."""


class _Kinds(QFileIconProvider):
    """Says what a file is in the language in use; Qt's own words are the system's."""

    def type(self, info: QFileInfo) -> str:
        if info.isDir():
            return tr("文件夹")
        return tr("{kind} 文件", kind=info.suffix().upper()) if info.suffix() else ""


def file_dialog(parent: QWidget, title: str, begin: Path | str, kinds: str = "") -> QFileDialog:
    """A dialog that begins at a folder or file and is deleted when it is closed; `kinds` as Qt has them."""
    dialog = QFileDialog(parent, title, str(begin), kinds)
    for label, words in LABELS.items():
        dialog.setLabelText(label, tr(words))
    dialog.kinds = _Kinds()  # the dialog does not own it
    dialog.setIconProvider(dialog.kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def file_words(*texts: str) -> str:
    """Texts as the name of a file without suffix: without what no file's name may hold."""
    words = (re.sub(r'[\\/:*?"<>|\s]+', "", text)[:60] for text in texts)
    return " ".join(word for word in words if word)


def open_path(parent: QWidget, path: Path) -> None:
    """Opens a file or folder in the program that the system has for it; says so when it cannot."""
    if not path.exists():
        problem = Problem(str(path), tr("已经不在这里"), tr("看看它是否被移走或改名，或再导出一次"))
        show_problems(parent, tr("不能打开"), [problem])
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        problem = Problem(str(path), tr("系统没有打开它"), tr("在文件管理器中找到它，再选择程序打开"))
        show_problems(parent, tr("不能打开"), [problem])
