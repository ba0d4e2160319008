"""The filters of the list of sites and projects, in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from math import ceil
from threading import Thread
from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from explorer.listing import NO_SECTOR, PRECISIONS, Filter, Row, initials, select
from explorer.panels.eliding import ElidedBox
from explorer.panels.quiet import Quiet
from geodata.analysis.items import KINDS
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Plan


class Choice(NamedTuple):
    """What is chosen, the words for all of it, how many letters it has room for at least, and what there always is to
    choose from, for which it has room too."""

    name: str
    all: str
    letters: int
    options: tuple[str, ...] = ()


CHOICES = (
    Choice(mark("规划"), mark("全部规划"), 15),
    Choice(mark("产业"), mark("全部产业"), 7),
    Choice(mark("类型"), mark("全部类型"), 6, tuple(KINDS.values())),
    Choice(mark("类别"), mark("全部类别"), 6),
    Choice(mark("市（州）"), mark("全部市（州）"), 6),
    Choice(mark("位置精度"), mark("全部位置精度"), 6, tuple(PRECISIONS.values())),
)


class FilterBar(QWidget):
    """A list to choose from per field of Filter, and a search field. `on_change` is called when any is changed.

    `on_place` is called when the user himself chooses a place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.on_change: Callable[[], None] = lambda: None
        self.on_place: Callable[[], None] = lambda: None
        self._plans: Sequence[Plan] = ()
        self._rows: Sequence[Row] = ()
        self._quiet = Quiet()
        self.choices = tuple(map(_box, CHOICES))
        self.plan, self.sector, self.kind, self.category, self.place, self.precision = self.choices
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("查找名称、内容、地点、说明，可写几个词"))
        self.search.setAccessibleName(tr("查找"))
        self.search.setToolTip(tr("几个词用空格隔开，要全部找到；名称也可以写拼音首字母，地名可以写拼音"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(100)
        self.clear = QPushButton(tr("清除条件"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for box in self.choices:
            row.addWidget(box)
        row.addWidget(self.search, 1)
        row.addWidget(self.clear)
        for box in self.choices:
            narrows = box in (self.plan, self.kind)
            box.currentIndexChanged.connect(self._narrowed if narrows else self._changed)
        self.place.activated.connect(lambda _: self.on_place())
        self.search.textChanged.connect(self._changed)
        self.search.textEdited.connect(self._warm)

    @property
    def wanted(self) -> Filter:
        """What the filters are set to."""
        return Filter(*(box.currentData() or "" for box in self.choices), self.search.text())

    def set_wanted(self, wanted: Filter) -> None:
        """Sets all filters; a choice there is not becomes 全部."""
        with self._quiet:
            for box, data in zip(self.choices, wanted, strict=False):
                box.setCurrentIndex(max(0, box.findData(data)))
                if box is self.plan or box is self.kind:
                    self._fill_dependent()
            # Set again: what there is to choose from has changed with the kind.
            self.sector.setCurrentIndex(max(0, self.sector.findData(wanted.sector)))
            self.search.setText(wanted.text)
        self._changed()

    def set_place(self, code: str | None) -> None:
        """Keeps to a prefecture, or to a county if any item is in one; None is everywhere."""
        found = self.place.findData(code or "")
        if found < 0 and code is not None:
            found = self.place.findData(gazetteer()[code].parent)
        self.place.setCurrentIndex(max(0, found))

    def fill(self, plans: Sequence[Plan], rows: Sequence[Row]) -> None:
        """What there is to choose from; choices stay if they are still there. Says nothing."""
        self._plans, self._rows = plans, rows
        with self._quiet:
            _fill(self.plan, [(plan.title, plan.id) for plan in plans])
            _fill(self.kind, [(tr(words), kind) for kind, words in KINDS.items()])
            _fill(self.place, _places(rows))
            _fill(self.precision, [(tr(words), precision) for precision, words in PRECISIONS.items()])
            self._fill_dependent()

    def _fill_dependent(self) -> None:
        """The sectors of the plan, or of all; the categories of the plan and kind, most frequent first."""
        plan, kind = self.plan.currentData(), self.kind.currentData()
        names = dict.fromkeys(sector.name for each in self._plans if plan in ("", each.id) for sector in each.sectors)
        _fill(self.sector, [*((name, name) for name in names), (tr(NO_SECTOR), NO_SECTOR)])
        categories = Counter(row.item.category for row in select(self._rows, Filter(plan=plan, kind=kind)))
        _fill(self.category, [(name, name) for name, _ in categories.most_common()])

    def _narrowed(self) -> None:
        if not self._quiet:
            with self._quiet:
                self._fill_dependent()
            self._changed()

    def _changed(self) -> None:
        if self._quiet:
            return
        for box in self.choices:
            font = box.font()
            font.setBold(box.currentIndex() > 0)
            box.setFont(font)
            words = tr("按{name}筛选：{choice}", name=box.accessibleName(), choice=box.currentText().strip())
            box.setToolTip(f"<p>{escape(words)}</p>")
        self.on_change()

    def _warm(self) -> None:
        """Loads the pinyin of names beside the window: it takes 0.2 s and only a search needs it."""
        self.search.textEdited.disconnect(self._warm)
        Thread(target=initials, args=("四川",), daemon=True).start()


def _box(choice: Choice) -> QComboBox:
    box = ElidedBox()
    box.setAccessibleName(tr(choice.name))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    metrics = box.fontMetrics()  # Qt counts in letters X
    longest = max(metrics.horizontalAdvance(tr(words)) for words in (choice.all, *choice.options))
    box.setMinimumContentsLength(max(choice.letters, ceil(longest / metrics.horizontalAdvance("X"))))
    box.setMaxVisibleItems(22)
    box.addItem(tr(choice.all), "")
    return box


def _fill(box: QComboBox, options: Iterable[tuple[str, str]]) -> None:
    """Replaces the choices after 全部, and keeps what is chosen if it is still there."""
    chosen = box.currentData()
    while box.count() > 1:
        box.removeItem(box.count() - 1)
    for words, data in options:
        box.addItem(words, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _places(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """All prefectures, and below each the counties that have items."""
    named = {county for row in rows for county in row.counties}
    for prefecture in gazetteer().prefectures:
        yield prefecture.name, prefecture.adcode
        for code in sorted(named):
            if code[:4] == prefecture.adcode[:4]:
                yield f"　{gazetteer()[code].name}", code
