"""The inspector: everything the plans say of the selected place, grouped, with pages; text can be copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from explorer.session import Session
from explorer.wording import BASIS, indicator_words, place_names, references, report, site_names
from geodata.analysis.place import PlaceInPlan, joint_statement, place_in_plans
from geodata.atlas import Atlas
from geodata.gazetteer import Place, gazetteer
from geodata.plan import Assignment, Citation, Plan, Statement
from layers.theme import mix, role_fill, sector_colour

EMPTY = """<p style="margin-top:24px">在地图上点一个市（州），这里列出规划对它的全部安排：角色、重点、定位、
依托的园区，以及所在的章节和页码。</p><p style="color:gray">不用鼠标时，可在上面的列表中选择，或按 [ 和 ] 键逐个查看。</p>"""


class Inspector(QWidget):
    """A list to choose a place from, and its report."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("选择市（州）")
        self.chooser.setPlaceholderText("选择市（州）")
        for place in gazetteer().prefectures:
            self.chooser.addItem(place.name, place.adcode)
        self.chooser.setMaxVisibleItems(21)
        self.chooser.setCurrentIndex(-1)
        self.copy = QPushButton("复制全部")
        self.copy.setToolTip("把这个市（州）的全部内容作为文字复制")
        self.text = QTextBrowser()
        self.text.setAccessibleName("市（州）的全部内容")
        self.text.setOpenLinks(False)
        row = QHBoxLayout()
        row.addWidget(self.chooser, 1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self.text)
        self.chooser.activated.connect(self._chosen)
        self.copy.clicked.connect(self._copy)
        session.view_changed.connect(self.refresh)
        session.atlas_changed.connect(self._atlas_changed)
        self._shown: str | None = ""
        self.refresh()

    def _chosen(self, index: int) -> None:
        self._session.select_place(self.chooser.itemData(index))

    def _copy(self) -> None:
        place = self._session.view.place
        if place is not None:
            QApplication.clipboard().setText(report(self._session.atlas, gazetteer()[place]))
            self._session.notice.emit(f"已复制{gazetteer()[place].name}的全部内容")

    def _atlas_changed(self) -> None:
        self._shown = ""
        self.refresh()

    def refresh(self) -> None:
        """Shows the session's selected place; does nothing when it is shown already."""
        place = self._session.view.place
        if place == self._shown:
            return
        self._shown = place
        self.copy.setEnabled(place is not None)
        self.chooser.setCurrentIndex(self.chooser.findData(place) if place else -1)
        ink = self.palette().text().color()
        self.text.setHtml(page_of(self._session.atlas, gazetteer()[place], ink.lightness() > 128) if place else EMPTY)


def page_of(atlas: Atlas, place: Place, dark: bool) -> str:
    """The report of a place as HTML; every text from a pack is escaped."""
    entries = place_in_plans(atlas, place)
    parts = [f"<h2>{escape(place.name)}</h2>"]
    for entry in entries:
        parts.append(f"<h3>{escape(entry.plan.heading)}</h3>")
        parts += _entry(entry, dark)
    if not entries:
        parts.append("<p>现有规划没有提到这里。</p>")
    return "".join(parts)


def _entry(entry: PlaceInPlan, dark: bool) -> Iterator[str]:
    plan = entry.plan
    for role, items in entry.roles:
        yield f"<h4>{escape(role.name)}（{len(items)}）</h4>"
        for item in items:
            yield _assignment(entry, item, dark)
    for heading, statements in (
        ("几市共同或整个区域的内容（不单属本市）", entry.together),
        ("其他内容", entry.statements),
    ):
        if statements:
            yield f"<h4>{heading}</h4>"
        for statement in statements:
            yield _card(
                f"<b>{escape(statement.summary)}</b>",
                [("涉及", place_names(statement.places)), *_details(plan, statement)],
                statement.citations,
            )
    listed: list[tuple[str, list[tuple[str, str, str, Sequence[Citation]]]]] = [
        (
            "园区、基地、平台",
            [
                (
                    site.name,
                    _joined(site.kind, _county(site.county), BASIS[site.basis]),
                    site.note,
                    site.citations,
                )
                for site in entry.sites
            ],
        ),
        (
            "项目、工程",
            [
                (
                    p.name,
                    _joined(p.kind, p.status, BASIS[p.basis]),
                    "；".join(filter(None, ("、".join(p.details), p.note))),
                    p.citations,
                )
                for p in entry.projects
            ],
        ),
        ("所属区域", [(r.name, place_names(r.places), r.note, r.citations) for r in entry.regions]),
        ("指标", [(i.name, indicator_words(i), i.note, i.citations) for i in entry.indicators]),
    ]
    for heading, rows in listed:
        if rows:
            yield f"<h4>{heading}（{len(rows)}）</h4>"
        for name, extra, note, citations in rows:
            detail = f' <span style="color:gray">{escape(extra)}</span>' if extra else ""
            yield _card(f"{escape(name)}{detail}", [("说明", note)] if note else [], citations)


def _assignment(entry: PlaceInPlan, item: Assignment, dark: bool) -> str:
    plan = entry.plan
    sector = plan.sector(item.sector)
    colour = sector_colour(sector)
    chip = role_fill(sector, plan.role(item.role)).hatch
    ink = mix(colour, (255, 255, 255), 0.6) if dark else mix(colour, (0, 0, 0), 0.8)
    mark = "◪" if chip else "■"
    rows = _details(plan, item)
    joint = joint_statement(entry, item)
    if joint is not None:
        rows.append(("共同", joint.summary))
    heading = f'<span style="color:rgb{ink}">{mark}</span> <b>{escape(sector.name)}</b>'
    return _card(heading, rows, item.citations)


def _details(plan: Plan, fact: Assignment | Statement) -> list[tuple[str, str]]:
    rows = [
        ("重点", "、".join(fact.focus)),
        ("定位", "；".join(fact.positions)),
        ("依托", site_names(plan, fact.sites)),
        ("说明", fact.note),
    ]
    return [(name, words) for name, words in rows if words]


def _card(heading: str, rows: Sequence[tuple[str, str]], citations: Sequence[Citation]) -> str:
    lines = [f'<p style="margin:8px 0 2px 0">{heading}</p>']
    lines += [
        f'<p style="margin:1px 0 1px 16px"><span style="color:gray">{name}</span>　{escape(words)}</p>'
        for name, words in rows
    ]
    where = escape(references(citations))
    lines.append(f'<p style="margin:1px 0 4px 16px;color:gray;font-size:small">{where}</p>')
    return "".join(lines)


def _joined(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def _county(adcode: str | None) -> str:
    return gazetteer()[adcode].name if adcode else ""
