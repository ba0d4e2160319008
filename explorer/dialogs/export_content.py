"""What a figure says and shows: number, title, 审图号, style and extent, as one page of the export dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from explorer.session import Session
from explorer.templates import SHEETS_ONLY
from geodata.language import tr
from layers.build import default_title
from layers.catalog.regions import has_outline
from layers.extent import REGION
from layers.template import TYPED, cleaned
from layers.view import LAYERS, STYLES, ViewState, effective_style

WHOLE = ""
"""The extent that is the whole province."""


class ContentForm(QWidget):
    """Turns the session's view into the figure's; `changed` when anything is chosen differently. `extent` is the
    prefecture chosen at first."""

    changed = Signal()

    def __init__(self, session: Session, extent: str = WHOLE) -> None:
        super().__init__()
        self._session = session
        view = session.view
        self.number = QLineEdit(session.figure_number)
        self.number.setPlaceholderText(tr("如“图 2-1”，可不填"))
        self.title = QLineEdit(view.title)
        self.approval = QLineEdit(view.approval)
        self.approval.setPlaceholderText(tr("不填：注明“内部使用，未经地图审核”"))
        for line, name in ((self.number, "number"), (self.title, "title"), (self.approval, "approval")):
            line.setMaxLength(TYPED[name][1])
            line.textChanged.connect(self._changed)
        self.style_box = QComboBox()
        for style, words in STYLES.items():
            self.style_box.addItem(tr(words), style)
        self.style_box.setCurrentIndex(max(0, self.style_box.findData(view.style)))
        self.bw = QCheckBox(tr("黑白（只用线纹区分）"))
        self.bw.setChecked(view.template.bw)
        self.extent = QComboBox()
        self.extent.setMaxVisibleItems(16)
        self.extent.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self._fill_extents()
        self.extent.setCurrentIndex(max(0, self.extent.findData(extent)))
        self.layers: dict[str, QCheckBox] = {}
        over = QHBoxLayout()
        over.setSpacing(8)
        for layer, words in LAYERS.items():
            self.layers[layer] = QCheckBox(tr(words))
            self.layers[layer].setChecked(layer in view.layers)
            self.layers[layer].toggled.connect(self._changed)
            over.addWidget(self.layers[layer])
        over.addStretch(1)
        self.remark = QLabel()
        self.remark.setWordWrap(True)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.remark.setMinimumHeight(2 * self.remark.fontMetrics().lineSpacing() + 2)
        form = QFormLayout(self)
        form.setVerticalSpacing(4)
        for words, widget in (
            (tr("图号(&N)"), self.number),
            (tr("图题(&T)"), self.title),
            (tr("审图号(&A)"), self.approval),
            (tr("画法(&S)"), self.style_box),
            ("", self.bw),
            (tr("范围(&R)"), self.extent),
            ("", self.remark),
        ):
            form.addRow(words, widget)
        form.insertRow(form.rowCount() - 1, tr("叠加"), over)
        self.style_box.currentIndexChanged.connect(self._changed)
        self.bw.toggled.connect(self._changed)
        self.extent.currentIndexChanged.connect(self._changed)
        self._say()

    def _fill_extents(self) -> None:
        """The province, the selected prefecture, all prefectures, and the plan's regions with members."""
        places, plan = self._session.atlas.places, self._session.plan
        self.extent.addItem(tr("全省"), WHOLE)
        selected = self._session.view.place
        if selected:
            place = places[selected[:4] + "00"]
            self.extent.addItem(tr("选中的{place}", place=place.name), place.adcode)
        self.extent.insertSeparator(self.extent.count())
        for place in places.prefectures:
            self.extent.addItem(place.name, place.adcode)
        named = [region for region in plan.regions if has_outline(region)]
        if named:
            self.extent.insertSeparator(self.extent.count())
        for region in named:
            words = tr("{name}（{kind}）", name=region.name, kind=region.kind) if region.kind else region.name
            self.extent.addItem(words, REGION + region.id)

    def view(self) -> ViewState:
        """The session's view as a figure shows it, in the session's template but for number, and black and white."""
        view = self._session.view
        style = str(self.style_box.currentData())
        extent = str(self.extent.currentData() or WHOLE) or None
        return view._replace(
            place=None,
            item=None,
            group=(),
            style=style,
            layers=frozenset(layer for layer, check in self.layers.items() if check.isChecked()),
            extent_of=None if style == SHEETS_ONLY else extent,
            title=cleaned(self.title.text()),
            approval=cleaned(self.approval.text()),
            template=view.template._replace(number=cleaned(self.number.text()), bw=self.bw.isChecked()),
        )

    def _changed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """What the figure is called by itself, and what of the choices cannot be had together."""
        view, plan = self.view(), self._session.plan
        self.title.setPlaceholderText(default_title(plan, view._replace(title=""), self._session.atlas))
        small = view.style == SHEETS_ONLY
        for widget in (self.extent, *self.layers.values()):
            widget.setEnabled(not small)
        drawn = effective_style(plan, view)
        remark = ""
        if small and drawn == SHEETS_ONLY:
            remark = tr("小图每个产业一幅，只画全省，不叠加园区、项目和区域。")
        elif drawn != view.style:
            shown = tr(STYLES[drawn])
            remark = tr("现在画成“{style}”：所选画法分不清现在打开的产业。", style=shown)
            if view.style == "auto":
                remark = tr("现在画成“{style}”。", style=shown)
        self.remark.setText(remark)
