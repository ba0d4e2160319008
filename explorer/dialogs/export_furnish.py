"""The form of a Template: what stands on a figure, where, in which words and fonts; two pages of the export dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from geodata.language import tr
from layers.fonts import FACES, FAMILY, family_of
from layers.template import (
    CORNERS,
    ELEMENTS,
    MOVABLE,
    NAMES,
    TYPED,
    USUAL_LEGEND,
    USUAL_NORTH,
    Template,
    cleaned,
    worded,
)


class FurnishForm(QObject):
    """The template as it is chosen in the widgets `elements` and `words`; `changed` when it is another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_sheet = True
        self.shown = {key: QCheckBox(tr(words)) for key, words in ELEMENTS.items()}
        self.corners = {
            key: _combo(_shown(CORNERS), tr("{element}的位置", element=tr(ELEMENTS[key]))) for key in MOVABLE
        }
        for box in self.corners.values():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.legend_title, self.north_words = _line("legend_title"), _line("north_words")
        self.maker, self.date = _line("maker"), _line("date")
        self.note = LimitedText(TYPED["note"][1])
        self.note.setAccessibleName(tr(TYPED["note"][0]))
        self.note.setPlaceholderText(tr("印在图下，如“本图不作为划界依据”"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(3 * self.note.fontMetrics().lineSpacing() + 14)
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.names = _combo(_shown(NAMES), tr("地名"))
        fonts = font_choices()
        self.title_font, self.text_font = _combo(fonts, tr("图题字体")), _combo(fonts, tr("其他文字的字体"))
        for box in (self.title_font, self.text_font):
            box.setMaxVisibleItems(16)
            box.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.elements, self.words = QWidget(), QWidget()
        self._lay_out_elements()
        self._lay_out_words()
        for check in self.shown.values():
            check.toggled.connect(self._changed)
        for combo in (*self.corners.values(), self.names, self.title_font, self.text_font):
            combo.currentIndexChanged.connect(self._changed)
        for line in (self.legend_title, self.north_words, self.maker, self.date):
            line.textChanged.connect(self._changed)
        for line in (self.maker, self.date):
            line.setPlaceholderText(tr("填写后印在图下"))
            line.textEdited.connect(lambda text: text and self.shown["maker"].setChecked(True))
        self.note.textChanged.connect(self._changed)
        self.set_template(Template())

    def _lay_out_elements(self) -> None:
        grid = QGridLayout(self.elements)
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        for column, words in enumerate((tr("图上的要素"), tr("位置"), tr("改名为"))):
            grid.addWidget(QLabel(words), 0, column)
        renamed = {"legend": self.legend_title, "north": self.north_words}
        for row, (key, check) in enumerate(self.shown.items(), 1):
            wide = key not in MOVABLE
            grid.addWidget(check, row, 0, 1, 3 if wide else 1)
            if not wide:
                grid.addWidget(self.corners[key], row, 1)
            if key in renamed:
                grid.addWidget(renamed[key], row, 2)
        grid.setRowStretch(len(self.shown) + 1, 1)

    def _lay_out_words(self) -> None:
        form = QFormLayout(self.words)
        for words, widget in (
            (tr("地名(&M)"), self.names),
            (tr("图题字体(&F)"), self.title_font),
            (tr("其他文字(&X)"), self.text_font),
            (tr("说明(&U)"), self.note),
            (tr("制图单位(&K)"), self.maker),
            (tr("日期(&D)"), self.date),
        ):
            form.addRow(words, widget)

    @property
    def template(self) -> Template:
        """As chosen; number, and black and white, are not chosen here."""
        return Template(
            off=frozenset(key for key, check in self.shown.items() if not check.isChecked()),
            **{key: str(combo.currentData()) for key, combo in self.corners.items()},
            legend_title=_renamed(self.legend_title.text(), USUAL_LEGEND),
            north_words=_renamed(self.north_words.text(), USUAL_NORTH),
            note=cleaned(self.note.toPlainText()),
            maker=cleaned(self.maker.text()),
            date=cleaned(self.date.text()),
            title_font=str(self.title_font.currentData()),
            text_font=str(self.text_font.currentData()),
            names=str(self.names.currentData()),
        )

    def set_template(self, template: Template) -> None:
        """Shows a template; says `changed` once."""
        blocker = QSignalBlocker(self)
        for key, check in self.shown.items():
            check.setChecked(template.has(key))
        for key, combo in self.corners.items():
            combo.setCurrentIndex(combo.findData(getattr(template, key)))
        self.legend_title.setText(worded(template.legend_title))
        self.north_words.setText(worded(template.north_words))
        self.note.setPlainText(template.note)
        self.maker.setText(template.maker)
        self.date.setText(template.date)
        self.names.setCurrentIndex(self.names.findData(template.names))
        for box, face in ((self.title_font, template.title_font), (self.text_font, template.text_font)):
            if box.findData(face) < 0:  # a family of another machine: kept, and said to be missing
                box.addItem(_face_words(face), face)
            box.setCurrentIndex(box.findData(face))
        blocker.unblock()
        self._changed()

    def _changed(self) -> None:
        for key, combo in self.corners.items():
            combo.setEnabled(self._on_sheet and self.shown[key].isChecked())
        for combo in (self.title_font, self.text_font):
            combo.setEnabled(self._on_sheet)
        self.legend_title.setEnabled(self.shown["legend"].isChecked())
        self.north_words.setEnabled(self.shown["north"].isChecked())
        self.note.setEnabled(self.shown["note"].isChecked())
        self.changed.emit()

    def set_on_sheet(self, on: bool) -> None:
        """Switches corners and fonts off for formats that are laid out by the reader's program."""
        self._on_sheet = on
        self._changed()

    def move(self, element: str, corner: str) -> None:
        """Puts one of MOVABLE in a corner."""
        combo = self.corners[element]
        combo.setCurrentIndex(combo.findData(corner))


class LimitedText(QPlainTextEdit):
    """Takes no more than `longest` characters: of what is typed or pasted, the end that is too much is not taken."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self._longest, self._end = longest, 0
        self.setToolTip(tr("最多 {n} 字", n=longest))
        self.document().contentsChange.connect(self._came)
        self.textChanged.connect(self._limit)

    def _came(self, position: int, _removed: int, added: int) -> None:
        self._end = position + added

    def _limit(self) -> None:
        length = self.document().characterCount() - 1  # the last is the end of the paragraph
        if length > self._longest:
            end = min(self._end, length)
            cursor = QTextCursor(self.document())
            cursor.setPosition(end)
            cursor.setPosition(max(0, end - (length - self._longest)), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()


def font_choices() -> dict[str, str]:
    """Faces a template can have -> the words for them: the bundled font, the usual ones of reports, and all other
    families of the machine that write Chinese."""
    choices = {"": tr("内置字体（Noto Sans CJK）"), **{face: _face_words(face) for face in FACES}}
    known = {name for names in FACES.values() for name in names} | {FAMILY}
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    # A leading @ names a font turned for upright writing.
    return choices | {name: name for name in families if name not in known and not name.startswith(("@", FAMILY))}


def _face_words(face: str) -> str:
    words = tr(face)
    return words if family_of(face) != FAMILY else tr("{font}（本机没有，用内置字体）", font=words)


def _renamed(typed: str, usual: str) -> str:
    """What a person calls it; the usual word, which the template keeps in Chinese, when it is untouched or emptied."""
    words = cleaned(typed)
    return usual if words in ("", worded(usual)) else words


def _shown(words: dict[str, str]) -> dict[str, str]:
    """A table's words in the language in use."""
    return {key: tr(text) for key, text in words.items()}


def _combo(choices: dict[str, str], name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for data, words in choices.items():
        box.addItem(words, data)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box


def _line(name: str) -> QLineEdit:
    """For a key of TYPED."""
    words, longest = TYPED[name]
    line = QLineEdit()
    line.setAccessibleName(tr(words))
    line.setMaxLength(longest)
    return line
