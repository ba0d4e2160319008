"""What the search's list says: what is found in packs or documents, that nothing is, or what can be searched for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from explorer.panels.search_rows import Example, Heading, LookUp, More, Note, Row
from geodata.analysis.search import Group, Hit, Index, search
from geodata.documents.lookup import MOST as MOST_SENTENCES
from geodata.documents.lookup import Mentions, look_up
from geodata.gazetteer import gazetteer
from geodata.language import mark, tr
from geodata.plan import Plan
from geodata.searching.entries import SaidKey, role_places
from geodata.searching.matching import WORDS

FEW, SOLE, MOST = 5, 12, 50
"""Hits shown of each of several groups, of a group alone, and of a group that the user wants more of."""

EXAMPLE_PLACE = "510700"

NOTHING = mark("没有找到“{text}”\n可以只写名称里的几个字、拼音或首字母（例如 xny），或六位行政区划代码")
NOT_IN_WORDS = mark("这里只查名称、定位、重点方向等要点；添加规划文件（Ctrl+O）后，还可以在文件原文里查找")

LEAST_LOOKED_UP = 2
"""Characters of what is looked up in documents."""


def found_rows(index: Index, text: str, plan_id: str, wide: Collection[str], has_documents: bool) -> list[Row]:
    """The groups of hits; of those whose titles are in `wide` as many as there is room for. At last the way into the
    words of the attached documents, or that there are none."""
    groups = search(index, text, plan_id, MOST)
    rows: list[Row] = []
    for group in groups:
        title = tr(group.title)
        rows.append(Heading(title if group.total <= FEW else tr("　").join((title, str(group.total)))))
        rows += _shown(group, MOST if group.title in wide else SOLE if len(groups) == 1 else FEW)
    rows = rows or [Note(tr(NOTHING, text=text.strip()))]
    if not has_documents and not groups:
        rows.append(Note(tr(NOT_IN_WORDS)))
    elif has_documents and len(text.strip()) >= LEAST_LOOKED_UP:
        rows.append(LookUp(text.strip(), tr("在已添加的规划文件原文中查找“{text}”", text=text.strip())))
    return rows


def looked_up_rows(text: str, plans: Iterable[Plan]) -> list[Row]:
    """The sentences of the attached documents that have the text's words, document by document."""
    told = look_up(text, plans)
    rows: list[Row] = []
    for plan_id, total in told.totals.items():
        found = [mention for mention in told.found if mention.plan.id == plan_id]
        if found:
            rows.append(Heading(tr("　").join((tr("{plan}原文", plan=found[0].plan.title), str(total)))))
        for mention in found:
            target = SaidKey(plan_id, tr("查找“{text}”", text=text), (), (), (mention.citation,))
            rows.append(Hit(target, mention.excerpt, mention.marks, mention.reference, "", WORDS))
        if total > MOST_SENTENCES:
            rows.append(Note(tr("还有 {n} 处没有列出，写得再具体一些", n=total - MOST_SENTENCES)))
    return rows or [Note(_nothing(told, text))]


def _nothing(told: Mentions, text: str) -> str:
    """Why the documents have no sentence to show."""
    if not told.looked_in:
        return tr("没有可以查找的原文：添加的文件读不出，或者它的规划不在这里")
    if not told.words:
        return tr("“{text}”里没有可以查找的字", text=text)
    plans = tr("、").join(told.looked_in)
    if told.missing:
        words = _quoted(told.missing)
        return tr("原文里没有{words}\n查过的文件：{plans}", words=words, plans=plans)
    return tr("没有一句同时有{words}\n查过的文件：{plans}", words=_quoted(told.words), plans=plans)


def _quoted(words: Iterable[str]) -> str:
    return tr("、").join(tr("“{text}”", text=word) for word in words)


def _shown(group: Group, most: int) -> list[Row]:
    rows: list[Row] = list(group.hits[:most])
    left = group.total - len(rows)
    if left > 0 and most < MOST:
        rows.append(More(group.title, tr("还有 {n} 项……", n=left)))
    elif left > 0:
        rows.append(Note(tr("还有 {n} 项没有列出，写得再具体一些", n=left)))
    return rows


def example_rows(plan: Plan) -> list[Row]:
    """What can be written, with names of the plan on the map."""
    place = gazetteer()[EXAMPLE_PLACE]
    letters, pinyin = "".join(syllable[0] for syllable in place.pinyin.split()), place.pinyin.replace(" ", "")
    rows: list[Row] = [
        Heading(tr("可以这样找")),
        Example(place.short, tr("市（州）、县（市、区）的名称")),
        Example(letters, tr("拼音首字母；也可以写 {pinyin} 或代码 {code}", pinyin=pinyin, code=place.adcode)),
    ]
    for sector in plan.sectors[:1]:
        rows.append(Example(sector.name, tr("产业、园区、项目或重点方向的名称，写一部分也行")))
        roles = [role for role in plan.roles if role_places(plan, sector.id, role.id)]
        rows += [Example(f"哪些市是{sector.name}的{role.name}", tr("一句话")) for role in roles[:1]]
    return rows
