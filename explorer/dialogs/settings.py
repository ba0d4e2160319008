"""The settings dialog: what is changed acts at once, there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.dialogs.pressing import PressingDialog
from explorer.dialogs.room import FRAME, scrolled
from explorer.files import file_dialog
from explorer.look import apply_look
from explorer.session import Session
from explorer.settings import FOLDER, FONT, HINT_SEEN, LANGUAGE, PAGE, SETTINGS, THEME, Setting, Value, read, write
from explorer.templates import PAGES, last_page, page_words
from geodata.language import language, mark, tr
from layers.template import NAMES, Template

COLOURS = {False: mark("彩色"), True: mark("黑白（只用线纹区分）")}
WIDTH = 460


class SettingsDialog(PressingDialog):
    """Look of the window, names and colours of the map on the screen, and what figures and documents begin with.

    `renew` is called when the language is another than the window's: it makes the window anew.
    """

    def __init__(self, session: Session, renew: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._renew = session, renew
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("设置"))
        self.language = _choice(LANGUAGE.choices, lambda value: self._set(LANGUAGE, value))
        self.theme = _choice(THEME.choices, lambda value: self._set(THEME, value))
        self.font_size = _choice(FONT.choices, lambda value: self._set(FONT, value))
        self.names = _choice(NAMES, lambda value: self._set_template(names=value))
        self.colours = _choice(COLOURS, lambda value: self._set_template(bw=value))
        self.page = _choice({page: page_words(page) for page in PAGES}, lambda value: self._set(PAGE, value))
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setPlaceholderText(tr("用户文件夹"))
        self.browse = QPushButton(tr("选择…"))
        self.browse.setAccessibleName(tr("选择规划文件所在的文件夹"))
        self.browse.clicked.connect(self._ask_folder)
        self.hint = QCheckBox(tr("启动时在地图上显示一行提示"))
        self.hint.clicked.connect(lambda on: self._set(HINT_SEEN, not on))
        self.reset = QPushButton(tr("全部恢复默认"))
        self.close_button = QPushButton(tr("关闭"))
        self.reset.clicked.connect(self.reset_all)
        self.close_button.clicked.connect(self.accept)
        self.reset.setAutoDefault(False)
        self.browse.setAutoDefault(False)
        self._lay_out()
        session.view_changed.connect(self.show_values)
        self.show_values()

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        self.folder.setAccessibleName(tr(FOLDER.words))
        self.content = QWidget()
        whole = QVBoxLayout(self.content)
        whole.setContentsMargins(0, 0, 0, 0)
        note = QLabel(tr("地名和颜色随视图保存；导出的图另在“导出图件”里选。"))
        note.setWordWrap(True)
        for title, rows in (
            (
                tr("界面"),
                (
                    (tr(LANGUAGE.words), self.language),
                    (tr(THEME.words), self.theme),
                    (tr(FONT.words), self.font_size),
                    ("", self.hint),
                ),
            ),
            (tr("地图"), ((tr("地图上的地名"), self.names), (tr("地图颜色"), self.colours), ("", note))),
            (tr("出图和文件"), ((tr(PAGE.words), self.page), (tr(FOLDER.words), where))),
        ):
            box = QGroupBox(title)
            form = QFormLayout(box)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
            for words, field in rows:
                form.addRow(words, field) if words else form.addRow(field)
            whole.addWidget(box)
        whole.addStretch(1)
        self.area = scrolled(self.content)  # on a low screen with large letters
        buttons = QHBoxLayout()
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.addWidget(self.area, 1)
        outer.addLayout(buttons)
        self._needed = 0, 0
        self._fit()
        for widget in (self.content, self):
            widget.installEventFilter(self)

    def _fit(self) -> None:
        """As wide and high as all of it needs, if the screen has the room."""
        layout, around = self.content.layout(), self.layout()
        assert layout is not None
        assert around is not None
        layout.activate()
        margins, bar = around.contentsMargins(), self.area.verticalScrollBar().sizeHint().width()
        room = self.screen().availableGeometry()
        inner = max(WIDTH, layout.minimumSize().width())
        width = inner + margins.left() + margins.right()
        below = self.close_button.sizeHint().height() + around.spacing() + margins.top() + margins.bottom()
        height = layout.totalHeightForWidth(inner) + below
        if (width, height) == self._needed:
            return
        self._needed = width, height
        fits = height <= room.height() - FRAME
        if not fits:
            height, width = room.height() - FRAME, width + bar
        policy = Qt.ScrollBarPolicy  # a bar that is not needed could stay because of the lines that it makes wrap
        self.area.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)
        self.setMinimumSize(min(width, room.width()), height)
        self.resize(max(width, self.width()), height)
        frame = self.frameGeometry()
        if self.isVisible() and frame.bottom() > room.bottom():
            self.move(self.x(), max(room.top(), self.y() - frame.bottom() + room.bottom()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # after a change of the font
            self._fit()
        return False

    def show_values(self) -> None:
        """Shows everything as it is now, whoever changed it."""
        template = self._session.view.template
        for box, value in (
            (self.language, read(LANGUAGE)),
            (self.theme, read(THEME)),
            (self.font_size, read(FONT)),
            (self.names, template.names),
            (self.colours, template.bw),
            (self.page, last_page()),
        ):
            box.setCurrentIndex(box.findData(value))
        self.folder.setText(str(read(FOLDER)))
        self.hint.setChecked(not read(HINT_SEEN))

    def _set(self, setting: Setting, value: Value) -> None:
        write(setting, value)
        self._apply()

    def _apply(self) -> None:
        apply_look()
        self.show_values()
        if read(LANGUAGE) != language():
            self._renew()

    def _set_template(self, **changed: Value) -> None:
        view = self._session.view
        self._session.set_view(view._replace(template=view.template._replace(**changed)))

    def _ask_folder(self) -> None:
        dialog = file_dialog(self, tr(FOLDER.words), str(read(FOLDER) or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self._set(FOLDER, folder))
        dialog.open()

    def reset_all(self) -> None:
        """Everything that this dialog offers, as at the very first start."""
        for setting in SETTINGS:
            write(setting, setting.usual)
        usual = Template()
        self._set_template(names=usual.names, bw=usual.bw)
        self._apply()


class _List(QComboBox):
    """Left alone by the wheel, which is turned to scroll the dialog."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _choice(choices: Mapping[Value, str] | Mapping[str, str], chosen: Callable[[Value], None]) -> QComboBox:
    """A list to choose from; `chosen` is called when the user does."""
    box = _List()
    for value, words in choices.items():
        box.addItem(tr(words), value)
    box.activated.connect(lambda index: chosen(box.itemData(index)))
    return box
