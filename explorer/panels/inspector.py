"""The inspector: everything the plans say of the selected place, site or project; every fact leads to its passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.panels.links import LinkText
from explorer.session import Session
from explorer.theme import ink, is_dark
from explorer.wording import text_of
from geodata.analysis.items import ItemKey, counties_with_facts
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Citation, Plan, Role, Sector
from geodata.report import Entry, Group, Piece, Report, Target, item_report, place_report
from geodata.sector_report import sector_report
from layers.theme import mix, role_fill, sector_colour
from layers.view import shown_sectors

EMPTY = mark(
    "单击地图上的一个市（州）、园区或项目，这里列出规划对它的全部安排：角色、重点、定位、依托的园区、项目、指标，"
    "以及所在的章节和页码。再点章节和页码，可看原文。"
)
NO_MOUSE = mark(
    "不用鼠标时，可在上面的列表中选择，按 Ctrl+F 查找，或按 [ 和 ] 键逐个查看；放大到能看见县界时，可点有内容的县。"
)
ON_MAP = mark("图上的产业")
NOTHING_ON = mark("<b>没有打开产业。</b>在左边的树上勾选一个产业，地图就画出它在各市（州）的布局；Alt+1 打开第一个。")


class Cited(NamedTuple):
    """A fact's citations, the one of a link first to be shown."""

    plan: Plan
    title: str
    citations: tuple[Citation, ...]
    index: int


class Inspector(QWidget):
    """A list to choose a place from, and the report of what is selected, or of the industries on the map.

    `show_source` is called for a citation; the button `sheet` is for the sheet of the selected prefecture.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.show_source: Callable[[Plan, str, Sequence[Citation], int], None] = lambda *_: None
        self._targets: list[Target | Cited] = []
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(tr("选择市（州）或县（市、区）"))
        self.chooser.setPlaceholderText(tr("选择市（州）"))
        self.chooser.setMaxVisibleItems(30)
        # The buttons beside it must not make the panel wider; the list that opens has room for whole names.
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(4)
        self.chooser.view().setMinimumWidth(self.chooser.fontMetrics().horizontalAdvance("字") * 14)
        self.copy = QPushButton(tr("复制全部"))
        self.copy.setToolTip(tr("把下面的全部内容作为文字复制"))
        self.sheet = QPushButton(tr("导出一页纸…"))
        self.sheet.setToolTip(tr("所选市（州）的一页纸，存为 PDF 或 Word"))
        self.text = LinkText()
        self.text.setAccessibleName(tr("所选地点、园区或项目的全部内容，或图上的产业"))
        self.text.anchorClicked.connect(self._follow)
        row = QHBoxLayout()
        row.addWidget(self.chooser, 1)
        row.addWidget(self.sheet)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self.text)
        self.chooser.activated.connect(self._chosen)
        self.copy.clicked.connect(self._copy)
        session.view_changed.connect(self.refresh)
        session.atlas_changed.connect(self._atlas_changed)
        self._shown: tuple[object, ...] | None = None
        self._fill_chooser()
        self.refresh()

    def _fill_chooser(self) -> None:
        """The prefectures, and below each its counties that a plan says something of."""
        named = {county for plan in self._session.atlas.plans for county in counties_with_facts(plan)}
        self.chooser.clear()
        for place in gazetteer().places.values():
            if place.is_prefecture:
                self.chooser.addItem(place.name, place.adcode)
                for county in sorted(code for code in named if code[:4] == place.adcode[:4]):
                    self.chooser.addItem(f"　　{gazetteer()[county].name}", county)

    def _chosen(self, index: int) -> None:
        self._session.select_place(self.chooser.itemData(index))

    def report(self) -> Report | None:
        """The report of what is selected, of a place with what the plan on the map says first; None when nothing is."""
        view, atlas = self._session.view, self._session.atlas
        found = item_report(atlas, view.item) if view.item is not None else None
        if found is None and view.place is not None:
            found = place_report(atlas, gazetteer()[view.place])
            return found._replace(parts=tuple(sorted(found.parts, key=lambda part: part.plan.id != view.plan)))
        return found

    def overview(self) -> tuple[Report, ...]:
        """A report of each industry on the map, of its roles that are on."""
        view, plan = self._session.view, self._session.plan
        on = {sector.id: [role for of, role in view.shown if of == sector.id] for sector in plan.sectors}
        return tuple(sector_report(plan, sector.id, on[sector.id]) for sector in shown_sectors(plan, view))

    def _copy(self) -> None:
        found = self.report()
        reports = (found,) if found is not None else self.overview()
        QApplication.clipboard().setText("\n\n".join(map(text_of, reports)))
        title = found.title if found is not None else tr(ON_MAP)
        self._session.notice.emit(tr("已复制“{title}”的全部内容", title=title))

    def _atlas_changed(self) -> None:
        self._shown = None
        self._fill_chooser()
        self.refresh()

    def refresh(self) -> None:
        """Shows what is selected; does nothing when it is shown already."""
        view = self._session.view
        found = self.report()
        first = view.plan if view.item is None else ""
        wanted = (first, view.place, view.item) if found is not None else (view.plan, view.shown)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.chooser.setCurrentIndex(self.chooser.findData(view.place) if view.place else -1)
        self.copy.setEnabled(found is not None or bool(view.shown))
        self.sheet.setEnabled(view.place is not None)
        self._targets = []
        dark = is_dark(self)
        self.text.document().setDefaultStyleSheet(f".muted {{ color: {ink('muted', self)} }}")
        self.text.setHtml(self._page(found, dark) if found is not None else self._overview_page(dark))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shown"):
            self._shown = None
            self.refresh()

    def focus_report(self) -> None:
        """The keyboard goes to the report: from there Tab comes to its first page, Shift+Tab to the links above."""
        pages = (link for link in self.text.links() if not link.href.startswith("#"))
        first = next((link for link in pages if isinstance(self._targets[int(link.href)], Cited)), None)
        if first is not None and not self.text.textCursor().hasSelection():
            self.text.go_before(first)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, url: QUrl) -> None:
        if url.hasFragment():
            self.text.scrollToAnchor(url.fragment())
            return
        target = self._targets[int(url.toString())]
        if isinstance(target, Cited):
            self.show_source(target.plan, target.title, target.citations, target.index)
        elif isinstance(target, ItemKey):
            self._session.select_item(target)
        elif isinstance(target, Group):
            self._session.show_group(target.places)
        else:
            self._session.select_place(target)

    # --- rich text; every text from a pack is escaped ---

    def _link(self, text: str, target: Target | Cited) -> str:
        self._targets.append(target)
        return f'<a href="{len(self._targets) - 1}" style="text-decoration:none">{escape(text)}</a>'

    def _pieces(self, pieces: Sequence[Piece]) -> str:
        return "".join(
            escape(piece.text) if piece.target is None else self._link(piece.text, piece.target) for piece in pieces
        )

    def _overview_page(self, dark: bool) -> str:
        """The industries on the map, and below how one comes to a place; with nothing on how that is changed."""
        if not self._session.view.shown:
            parts = [f'<p style="margin-top:24px">{tr(text)}</p>' for text in (NOTHING_ON, EMPTY)]
            return "".join([*parts, f'<p class="muted">{tr(NO_MOUSE)}</p>'])
        parts = [f"<h2>{tr(ON_MAP)}</h2>", f"<p>{escape(self._session.plan.heading)}</p>"]
        for report in self.overview():
            parts.append(f"<h3>{escape(report.title)}</h3>")
            entries = (entry for part in report.parts for section in part.sections for entry in section.entries)
            told = [self._entry(self._session.plan, report.title, entry, dark) for entry in entries]
            parts += told or [f"<p>{tr('规划没有写这个产业在哪里。')}</p>"]
        hints = (f'<p class="muted" style="font-size:small">{tr(text)}</p>' for text in (EMPTY, NO_MOUSE))
        return "".join([*parts, "<hr>", *hints])

    def _page(self, report: Report, dark: bool) -> str:
        parts = [f"<h2>{escape(report.title)}</h2>"]
        parts += [_row(row.name, self._pieces(row.pieces)) for row in report.rows]
        if len(report.parts) > 1:
            jumps = (
                f'<a href="#plan{index}" style="text-decoration:none">{escape(part.plan.title)}</a>'
                for index, part in enumerate(report.parts)
            )
            parts.append(f'<p style="margin:4px 0">{" · ".join(jumps)}</p>')
        for index, part in enumerate(report.parts):
            parts.append(f'<h3><a name="plan{index}"></a>{escape(part.plan.heading)}</h3>')
            for section in part.sections:
                if section.heading:
                    parts.append(f"<h4>{escape(section.heading)}</h4>")
                parts += [self._entry(part.plan, report.title, entry, dark) for entry in section.entries]
        if not report.parts:
            parts.append(f"<p>{tr('现有规划没有提到这里。')}</p>")
        return "".join(parts)

    def _entry(self, plan: Plan, subject: str, entry: Entry, dark: bool) -> str:
        title = self._link(entry.title, entry.target) if entry.target else escape(entry.title)
        if entry.cluster is not None:
            title = f"{_mark(*entry.cluster, dark)} <b>{title}</b>"
        extra = f' <span class="muted">{escape(entry.extra)}</span>' if entry.extra else ""
        lines = [f'<p style="margin:8px 0 2px 0">{title}{extra}</p>'] if title else []
        lines += [_row(row.name, self._pieces(row.pieces)) for row in entry.rows]
        cited_for = " · ".join(part for part in (subject, entry.title) if part)
        cited: dict[str, int] = {}
        for index, citation in enumerate(entry.citations):
            cited.setdefault(citation.reference, index)
        where = tr("；").join(
            self._link(words, Cited(plan, cited_for, entry.citations, index)) for words, index in cited.items()
        )
        source = f'<span class="muted">{tr("原文")}</span> {where}'
        lines.append(f'<p style="margin:1px 0 4px 16px;font-size:small">{source}</p>')
        return "".join(lines)


def _mark(sector: Sector, role: Role, dark: bool) -> str:
    colour = sector_colour(sector)
    ink = mix(colour, (255, 255, 255), 0.6) if dark else mix(colour, (0, 0, 0), 0.8)
    return f'<span style="color:rgb{ink}">{"◪" if role_fill(sector, role).hatch else "■"}</span>'


def _row(name: str, html: str) -> str:
    return f'<p style="margin:1px 0 1px 16px"><span class="muted">{escape(name)}</span> {html}</p>'
