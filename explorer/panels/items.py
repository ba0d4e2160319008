"""The list of all sites and projects: filters, search, sorting, and a table linked both ways with the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCollator, QLocale
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.listing import Filter, Row, filter_words, list_rows, select, sort_rows
from explorer.panels.eliding import ElidedLabel
from explorer.panels.items_filters import FilterBar
from explorer.panels.items_table import ItemsTable, rows_as_text
from explorer.panels.quiet import Quiet
from explorer.panels.saving import TableSaver
from explorer.session import Session
from explorer.tables import notes_on, save_table, table_rows
from geodata.analysis.items import ItemKey
from geodata.language import mark, tr

NAME = mark("园区和项目")
"""What a saved table is called unless the user calls it otherwise."""


class ItemsPanel(QWidget):
    """Filters above, the table, and below how many rows are shown and why.

    `on_activate` is called with the item of a row that was double-clicked or entered.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.on_activate: Callable[[ItemKey], None] = lambda key: None
        self._rows: list[Row] = []
        self.saver = TableSaver(session, self, "items")
        self._quiet = Quiet()
        self._sorted_by = (-1, False)
        self._collator = QCollator(QLocale("zh_CN"))
        self._collator.setIgnorePunctuation(True)
        self._collator.setNumericMode(True)
        self.filters = FilterBar()
        self.table = ItemsTable()
        self.count = ElidedLabel()
        self.follow = QCheckBox(tr("随地图所选市（州）筛选"))
        self.follow.setToolTip(tr("在地图上选一个市（州）或县，这里就只列那里的条目"))
        self.save = QPushButton(tr("保存表格…"))
        self.save.setToolTip(tr("把筛选、排序后的条目存为 Excel 工作簿或 CSV，附代码和引文位置"))
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        below.addWidget(self.follow)
        below.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        self.filters.on_change = self._filter
        self.filters.on_place = lambda: self.follow.setChecked(False)
        self.filters.search.returnPressed.connect(self._enter_table)
        self.filters.clear.clicked.connect(self.clear_filters)
        self.table.items.on_sort = self._sort
        self.table.on_copy = self.copy_rows
        self.table.on_enter = self._activate
        self.table.selectionModel().currentRowChanged.connect(self._row_selected)
        self.table.selectionModel().selectionChanged.connect(self._row_selected)
        self.follow.toggled.connect(self._follow_place)
        self.save.clicked.connect(self._ask_where)
        self.saver.on_busy = self._say_count
        session.view_changed.connect(self._view_changed)
        session.atlas_changed.connect(self._atlas_changed)
        self._atlas_changed()

    # --- what is shown ---

    @property
    def shown(self) -> list[Row]:
        """The rows that are shown, in their order."""
        return self.table.items.rows

    def set_filter(self, wanted: Filter) -> None:
        """Sets all filters; a choice there is not becomes 全部."""
        self.filters.set_wanted(wanted)

    def clear_filters(self) -> None:
        """Shows everything."""
        self.follow.setChecked(False)
        self.set_filter(Filter())

    def _atlas_changed(self) -> None:
        plans = self._session.atlas.plans
        self._rows = list_rows(plans)
        self.filters.fill(plans, self._rows)
        self.table.make_room_for(self._rows)
        self._filter()
        self._follow_place()

    def _filter(self) -> None:
        rows = select(self._rows, self.filters.wanted)
        column, descending = self._sorted_by
        if column >= 0:
            rows = sort_rows(rows, column, descending, self._collator.sortKey)
        kept = [row.item.key for row in self.table.selected_rows()]
        with self._quiet:
            self.table.items.set_rows(rows)
            self.table.select_items(self._session.view.item, kept)
        self._say_count()

    def _sort(self, column: int, descending: bool) -> None:
        self._sorted_by = (column, descending)
        self._filter()

    def _say_count(self) -> None:
        conditions = filter_words(self.filters.wanted, self._session.atlas.plans)
        parts = [tr("显示 {shown} / {all} 条", shown=len(self.shown), all=len(self._rows))]
        selected = next((row for row in self._rows if row.item.key == self._session.view.item), None)
        if selected is not None and not any(row is selected for row in self.shown):
            parts.append(tr("所选的“{name}”不在当前筛选结果中", name=selected.item.name))
        if not self.shown:
            parts.append(tr("没有符合条件的条目") if self._rows else tr("没有规划"))
        if conditions:
            parts.append(tr("条件　{conditions}", conditions=tr("；").join(conditions)))
        self.count.say(tr("　　").join(parts))
        self.filters.clear.setEnabled(bool(conditions) or self.follow.isChecked())
        self.save.setEnabled(bool(self.shown) and not self.saver.busy)

    # --- the selection, both ways ---

    def _row_selected(self) -> None:
        key = self.table.current_key()
        if not self._quiet and key is not None and key != self._session.view.item:
            self._session.select_item(key)

    def _view_changed(self) -> None:
        view = self._session.view
        if view.item != self.table.current_key():
            with self._quiet:
                self.table.select_items(view.item)
        if view.item is None:
            self._follow_place()
        self._say_count()

    def _follow_place(self) -> None:
        """With the box checked, keeps to the map's place; an item that is selected in it does not narrow the list."""
        if self.follow.isChecked():
            self.filters.set_place(self._session.view.place)
        self._say_count()

    def _activate(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self._row_selected()
            self.on_activate(key)

    def _enter_table(self) -> None:
        """From the search field to what it found."""
        self.table.setFocus()
        if self.shown and self.table.current_key() is None:
            self.table.selectRow(0)

    # --- copy and save ---

    def copy_rows(self) -> None:
        """Puts the selected rows with the header on the clipboard."""
        rows = self.table.selected_rows()
        if rows:
            QApplication.clipboard().setText(rows_as_text(rows))
            self._session.notice.emit(tr("已复制 {n} 条", n=len(rows)))

    def _ask_where(self) -> None:
        self.saver.ask(tr(NAME), self.save_to)

    def save_to(self, target: Path) -> None:
        """Writes the rows that are shown, in a job: a workbook takes half a second the first time."""
        rows, plans = list(self.shown), self._session.atlas.plans
        notes = notes_on(rows, filter_words(self.filters.wanted, plans))
        self.saver.save(target, lambda file: save_table(table_rows(rows), file, notes), len(rows))
