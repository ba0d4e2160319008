"""Format, page and resolution of a figure: the head of the export dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from explorer.settings import settings
from explorer.templates import (
    CUSTOM,
    FORMATS,
    PAGES,
    SIZES,
    SLIDE,
    custom_size,
    keep_dpi,
    kept_dpi,
    last_page,
    page_words,
)
from geodata.language import tr
from layers.export import LEAST_DPI, MOST_DPI
from layers.page import LARGEST, SMALLEST


class SheetForm(QWidget):
    """As it was left last; `changed` when anything is chosen differently."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.format, self.paper = QComboBox(), QComboBox()
        for suffix, words in FORMATS.items():
            self.format.addItem(tr(words.words), suffix)
        for page in PAGES:
            self.paper.addItem(page_words(page), page)
        self.page_width, self.page_height = QDoubleSpinBox(), QDoubleSpinBox()
        for box, value, name in zip(
            (self.page_width, self.page_height), custom_size(), (tr("页面宽度"), tr("页面高度")), strict=True
        ):
            box.setRange(SMALLEST, LARGEST)
            box.setDecimals(1)
            box.setSuffix(" mm")
            box.setValue(value)
            box.setAccessibleName(name)
        self.dpi = QSpinBox()
        self.dpi.setRange(LEAST_DPI, MOST_DPI)
        self.dpi.setSuffix(" dpi")
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setFixedHeight(2 * self.hint.fontMetrics().lineSpacing() + 2)  # so that nothing below moves
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lay_out()
        self._restore()
        for signal in (
            self.format.currentIndexChanged,
            self.paper.currentIndexChanged,
            self.page_width.valueChanged,
            self.page_height.valueChanged,
        ):
            signal.connect(self._changed)
        self._changed()

    def _lay_out(self) -> None:
        self.custom = QWidget()
        custom = QHBoxLayout(self.custom)
        custom.setContentsMargins(0, 0, 0, 0)
        custom.addWidget(self.page_width)
        custom.addWidget(QLabel("×"))
        custom.addWidget(self.page_height)
        custom.addStretch(1)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.addRow(tr("格式(&O)"), self.format)
        self.form.addRow(tr("页面(&G)"), self.paper)
        self.form.addRow(tr("宽×高"), self.custom)
        self.form.addRow(tr("分辨率(&I)"), self.dpi)
        self.form.addRow("", self.hint)

    @property
    def suffix(self) -> str:
        return str(self.format.currentData())

    @property
    def page(self) -> str:
        """A key of PAGES."""
        return str(self.paper.currentData())

    @property
    def size_mm(self) -> tuple[float, float]:
        return SIZES[self.page] if self.page in SIZES else (self.page_width.value(), self.page_height.value())

    def _changed(self) -> None:
        """Shows what plays a part in the format, and why the rest does not."""
        form = FORMATS[self.suffix]
        hint = tr(form.hint)
        if self.page != self._dpi_of:
            keep_dpi(self._dpi_of, self.dpi.value())
            self._dpi_of = self.page
            self.dpi.setValue(kept_dpi(self.page))
        self.form.setRowVisible(self.custom, self.page == CUSTOM)
        for widget, plays in ((self.paper, form.page), (self.custom, form.page), (self.dpi, form.dpi)):
            widget.setEnabled(plays)
            widget.setToolTip("" if plays else hint)
        wide = self.suffix == ".pptx" and self.page != SLIDE
        self.hint.setText(tr("{hint}幻灯片一般用 16:9。", hint=hint) if wide else hint)
        self.changed.emit()

    def keep(self) -> None:
        """Remembers the choices for the next figure."""
        store = settings()
        store.setValue("export/suffix", self.suffix)
        store.setValue("export/page", self.page)
        store.setValue("export/width", self.page_width.value())
        store.setValue("export/height", self.page_height.value())
        keep_dpi(self.page, self.dpi.value())

    def _restore(self) -> None:
        store = settings()
        self.format.setCurrentIndex(max(0, self.format.findData(store.value("export/suffix"))))
        self.paper.setCurrentIndex(self.paper.findData(last_page()))
        self._dpi_of = self.page
        self.dpi.setValue(kept_dpi(self.page))
