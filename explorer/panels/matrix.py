"""The matrix of cities and sectors: sorted, grouped, copied, saved, and linked with the map both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.matrix_file import Arranged, arranged, as_html, as_text, grid, save_matrix
from explorer.panels.eliding import ElidedBox
from explorer.panels.matrix_chips import MatrixLegend, SectorHeader
from explorer.panels.matrix_table import MatrixTable
from explorer.panels.quiet import Quiet
from explorer.panels.saving import TableSaver
from explorer.session import Session
from geodata.analysis.likeness import by_likeness
from geodata.analysis.matrix import (
    CODE,
    LIKENESS,
    NAME,
    TOTAL,
    Group,
    Matrix,
    by_zone,
    matrix,
    ordered,
    without_empty,
)
from geodata.analysis.zones import NOTE, economic_zones
from geodata.language import mark, tr
from geodata.plan import Citation, Plan

ORDERS = {
    CODE: mark("代码"),
    NAME: mark("名称（拼音）"),
    TOTAL: mark("合计，多的在前"),
    LIKENESS: mark("相似的相邻"),
}
"""Order -> the words for it; after them come the sectors."""

NO_GROUPS, ZONES, LIKE = "", "zones", "likeness"
GROUPS = {NO_GROUPS: mark("不分组"), ZONES: mark("按五大经济区"), LIKE: mark("按相似程度")}
CONDITIONS = {ZONES: mark("分组：五大经济区"), LIKE: mark("分组：相似程度")}
"""What a saved matrix says of its groups."""

LOW = 24
"""Lines of text: a panel that is lower needs its room for rows."""

HOW_LIKE = mark("相似：在同样的产业中有同样的角色（没有角色的规划，在同样的产业中有园区、项目）；按平均距离归类")


class MatrixPanel(QWidget):
    """Order, groups and switches above, the matrix, and its legend below.

    `on_cell` is called with plan, title and citations of a cell that was clicked or entered; `on_hover` with the city
    under the pointer, or None. `show_hover` marks a city that the pointer is over on the map.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.on_cell: Callable[[Plan, str, Sequence[Citation]], None] = lambda plan, title, citations: None
        self.on_hover: Callable[[str | None], None] = lambda adcode: None
        self._quiet = Quiet()
        self._shown_of: tuple[object, ...] = ()
        self._reverse = False
        self.order, self.groups = ElidedBox(), ElidedBox()
        self.order.setAccessibleName(tr("排序"))
        self.groups.setAccessibleName(tr("分组"))
        for key, words in GROUPS.items():
            self.groups.addItem(tr(words), key)
        zones = economic_zones()
        whose = tr("五大经济区：据{source}；{note}", source=zones.source, note=tr(NOTE))
        self.groups.setToolTip(f"<p>{whose}</p><p>{tr(HOW_LIKE)}</p>")
        self.only = QCheckBox(tr("只看已打开的产业"))
        self.only.setToolTip(tr("只列地图上打开的产业；合计也只计这些"))
        self.hide_empty = QCheckBox(tr("隐藏空行"))
        self.hide_empty.setToolTip(tr("不列在所列产业中没有角色、园区和项目的市（州）"))
        self.copy_button, self.save = QPushButton(tr("复制")), QPushButton(tr("保存表格…"))
        self.copy_button.setToolTip(tr("选了几格就复制几格，否则复制整张矩阵（Ctrl+C）；可直接贴进 Excel、WPS"))
        self.save.setToolTip(tr("存为 Excel 工作簿（矩阵、逐格明细和出处）或 CSV"))
        self.table = MatrixTable()
        self.legend = MatrixLegend()
        self.saver = TableSaver(session, self, "matrix")
        self._lay_out()
        self.order.activated.connect(self._order_chosen)
        self.groups.activated.connect(self.rebuild)
        self.only.toggled.connect(self._view_changed)
        self.hide_empty.toggled.connect(self.rebuild)
        self.copy_button.clicked.connect(self.copy)
        self.save.clicked.connect(self._ask_where)
        self.saver.on_busy = self._enable
        self.table.on_hover = lambda adcode: self.on_hover(adcode)
        self.table.on_open = self.open_cell
        self.table.on_copy = self.copy
        self.table.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self.table.selectionModel().currentChanged.connect(self._cell_selected)
        self.table.selectionModel().selectionChanged.connect(self._cell_selected)
        session.view_changed.connect(self._view_changed)
        session.atlas_changed.connect(self._atlas_changed)
        self._view_changed()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        for box in (self.order, self.groups):
            label = QLabel(box.accessibleName())
            label.setBuddy(box)
            above.addWidget(label)
            above.addWidget(box)
        for widget in (self.only, self.hide_empty):
            above.addWidget(widget)
        above.addStretch(1)
        above.addWidget(self.copy_button)
        above.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addWidget(self.legend)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.set_low(self.height() < LOW * self.fontMetrics().height())

    # --- what is shown ---

    @property
    def shown(self) -> Arranged:
        """The matrix as it is arranged now."""
        assert self.table.matrix.shown is not None
        return self.table.matrix.shown

    @property
    def conditions(self) -> list[str]:
        """How the matrix is arranged, in words."""
        order, groups = self.order.currentText(), self.groups.currentData()
        found = [tr("排序：{order}（反向）", order=order) if self._reverse else tr("排序：{order}", order=order)]
        if groups in CONDITIONS:
            found.append(tr(CONDITIONS[groups]))
        if groups == ZONES:
            zones = economic_zones()
            found.append(tr("经济区据{source}，{note}", source=zones.source, note=tr(NOTE)))
        if LIKE in (groups, self.order.currentData()):
            found.append(tr(HOW_LIKE))
        found += [tr("只列已打开的产业")] if self.only.isChecked() else []
        return found + ([tr("不列空行")] if self.hide_empty.isChecked() else [])

    def _atlas_changed(self) -> None:
        self._shown_of = ()
        self._view_changed()

    def _view_changed(self) -> None:
        plan, view = self._session.plan, self._session.view
        shown = frozenset(sector for sector, _ in view.shown) if self.only.isChecked() else None
        if (plan, shown) != self._shown_of:
            self._shown_of = (plan, shown)
            self._fill_orders(matrix(plan, shown))
            self.rebuild()
        else:
            self._select_place()

    def _fill_orders(self, table: Matrix) -> None:
        key = self.order.currentData() or CODE
        self.order.clear()
        for code, words in ORDERS.items():
            self.order.addItem(tr(words), code)
        self.order.insertSeparator(self.order.count())
        for sector in table.sectors:
            self.order.addItem(tr("产业：{name}", name=sector.name), sector.id)
        index = self.order.findData(key)
        if index < 0:
            self._reverse = False
        self.order.setCurrentIndex(max(0, index))

    def rebuild(self) -> None:
        """Arranges the matrix of the session's plan as the controls say."""
        plan, shown = self._session.plan, self._shown_of[1]
        table = matrix(plan, shown)  # type: ignore[arg-type]
        key = self.order.currentData() or CODE
        codes = ordered(table, key, self._reverse)
        if self.hide_empty.isChecked():
            codes = without_empty(table, codes)
        how = self.groups.currentData()
        found = {ZONES: by_zone, LIKE: partial(by_likeness, table)}
        groups = found[how](codes) if how else (Group("", codes),)
        column = self.table.currentIndex().column()
        with self._quiet:
            self.table.show_matrix(arranged(table, groups, bool(how)))
            if not table.sectors:
                self.table.empty_words = tr("没有打开的产业：在左边打开一个，或取消“只看已打开的产业”")
            else:
                self.table.empty_words = "" if codes else tr("所列产业中没有落到市（州）的内容")
            self.table.setCurrentIndex(QModelIndex())
        self.legend.show_matrix(table)
        header = self.table.horizontalHeader()
        assert isinstance(header, SectorHeader)
        ids = [sector.id for sector in table.sectors]
        header.sorted_by = len(ids) if key == TOTAL else ids.index(key) if key in ids else None
        header.is_reversed = self._reverse
        header.updateGeometry()
        header.viewport().update()
        self._enable()
        self._select_place(max(0, column))

    def _enable(self) -> None:
        there = bool(self.shown.lines and self.shown.table.sectors)
        self.copy_button.setEnabled(there)
        self.save.setEnabled(there and not self.saver.busy)

    def _order_chosen(self) -> None:
        self._reverse = False
        self.rebuild()

    def _header_clicked(self, section: int) -> None:
        """Sorts by a column, strongest first; by the same one again, the other way round."""
        sectors = self.shown.table.sectors
        key = sectors[section].id if section < len(sectors) else TOTAL
        self._reverse = self.order.currentData() == key and not self._reverse
        self.order.setCurrentIndex(self.order.findData(key))
        self.rebuild()

    # --- the map, both ways ---

    def show_hover(self, adcode: str | None) -> None:
        """Marks the row of the city that the pointer is over on the map; nothing when it is over none."""
        self.table.show_hover(adcode or None)

    def _select_place(self, column: int | None = None) -> None:
        """Goes to the row of the session's place, in the column that the user was in."""
        selection, here = self.table.selectionModel(), self.table.currentIndex()
        row = self.table.matrix.row_of(self._session.view.place)
        if row is None or not self.shown.table.sectors:
            with self._quiet:
                selection.clearSelection()
        elif row != here.row() or not selection.isSelected(here):
            across = max(0, here.column()) if column is None else min(column, len(self.shown.table.sectors))
            index = self.table.matrix.index(row, across)
            with self._quiet:
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.table.scrollTo(index)

    def _cell_selected(self) -> None:
        index = self.table.currentIndex()
        place = self.table.matrix.place(index)
        if self._quiet or place is None or not self.table.selectionModel().isSelected(index):
            return
        if self.table.matrix.row_of(self._session.view.place) != index.row():
            self._session.select_place(place)

    def open_cell(self, index: QModelIndex) -> None:
        """Selects the city of a cell and shows the passages that the cell stands on."""
        model = self.table.matrix
        place, sector, cell = model.place(index), model.sector(index), model.cell(index)
        if place is None:
            return
        self._session.select_place(place)
        if sector is not None and cell is not None and cell.citations:
            roles = tr("、").join(role.name for role, _ in cell.roles) or tr("园区和项目")
            name = self._session.atlas.places[place].name
            title = tr("{place} · {sector}（{roles}）", place=name, sector=sector.name, roles=roles)
            self.on_cell(self.shown.table.plan, title, cell.citations)

    # --- copy and save ---

    def copy(self) -> None:
        """Puts the selected cells with their headers on the clipboard, or everything when not several are selected."""
        shown, indexes = self.shown, self.table.selectionModel().selectedIndexes()
        lines = [shown.lines[row] for row in sorted({index.row() for index in indexes})]
        columns = sorted({index.column() for index in indexes})
        sectors = [shown.table.sectors[column] for column in columns if column < len(shown.table.sectors)]
        whole = len(indexes) < 2 or not sectors
        rows = grid(shown) if whole else grid(shown, lines, sectors)
        data = QMimeData()
        data.setText(as_text(rows))
        data.setHtml(as_html(rows))
        QApplication.clipboard().setMimeData(data)
        down, across = len(rows) - 1, len(rows[0]) - 1
        self._session.notice.emit(
            tr("已复制整张矩阵：{rows} 行，{columns} 列，可贴进 Excel、WPS", rows=down, columns=across)
            if whole
            else tr("已复制所选部分：{rows} 行，{columns} 列，可贴进 Excel、WPS", rows=down, columns=across)
        )

    def _ask_where(self) -> None:
        self.saver.ask(tr("市（州）与产业矩阵"), self.save_to)

    def save_to(self, target: Path) -> None:
        """Writes the matrix as it is arranged."""
        shown, conditions = self.shown, self.conditions
        self.saver.save(target, lambda file: save_matrix(shown, file, conditions))
