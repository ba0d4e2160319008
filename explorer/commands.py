"""All that can be done in the window, by name, and finding it by name, sound, shortcut or group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from explorer.actions import ACTIONS, SECTOR_KEYS
from explorer.listing import fold
from geodata.language import in_all_languages, mark, tr
from layers.view import LAYERS, role_pairs, shown_sectors

if TYPE_CHECKING:
    from explorer.workbench import Workbench


ALSO = {"sheets": (mark("一市一页"), mark("一页通")), "find": (mark("搜索"),)}
"""Action's id -> other words that people look for it by."""


class Command(NamedTuple):
    """Something to run: its words, the group it is of, its shortcut, and whether it can be run now.

    `on` is None for what is no switch; `also` are its words in other languages and other words for it, by which it is found too.
    """

    text: str
    group: str
    shortcut: str
    run: Callable[[], object]
    enabled: bool = True
    on: bool | None = None
    also: tuple[str, ...] = ()


# --- what there is ---


def commands(bench: Workbench) -> list[Command]:
    """All actions of the table, then the switches: docks, styles, layers, and the sectors of all plans, those of the
    plan on the map first; at last the saved views."""
    actions = bench.actions_by_id
    found = [
        _of_action(
            actions[entry.id],
            tr(entry.menu).replace("&", "").split("(")[0],
            tr(entry.text),
            (entry.text, *ALSO.get(entry.id, ())),
        )
        for entry in ACTIONS
        if entry.id != "palette"
    ]
    docks = bench.window.findChildren(QDockWidget)
    for dock in docks:
        words = tr("窗格：{title}", title=dock.windowTitle())
        found.append(_of_action(dock.toggleViewAction(), tr("窗格"), words, (dock.toggleViewAction().data(),)))
    styles = (action for action in bench.menus.styles.actions() if not action.isSeparator())
    found += [_of_action(action, tr("画法"), sources=(action.data(),)) for action in styles]
    session = bench.session
    view = session.view
    for layer, words in LAYERS.items():
        on = layer in view.layers
        run = partial(session.show_layer, layer, not on)
        found.append(Command(tr(words), tr("图层"), "", run, on=on, also=in_all_languages(words)))
    for plan in sorted(session.atlas.plans, key=lambda plan: plan.id != view.plan):
        here = plan.id == view.plan
        shown = shown_sectors(plan, view) if here else ()
        for number, sector in enumerate(plan.sectors, 1):
            on = sector in shown
            run = partial(session.show_pairs, role_pairs(plan, sector.id), not on, plan.id)
            keys = f"Alt+{number}" if here and number <= SECTOR_KEYS else ""
            found.append(Command(sector.name, plan.title, keys, run, on=on))
    return found + _saved(bench)


def _of_action(action: QAction, group: str, text: str = "", sources: Sequence[str] = ()) -> Command:
    keys = " ".join(key.toString() for key in action.shortcuts())
    on = action.isChecked() if action.isCheckable() else None
    words = text or action.text().replace("&", "")
    also = tuple(name for source in sources for name in in_all_languages(source))
    return Command(words, group, keys, action.trigger, action.isEnabled(), on, also)


def _saved(bench: Workbench) -> list[Command]:
    from explorer.views import saved_views

    return [
        Command(kept.name, tr("我的视图"), "", partial(bench.views.open_file, file))
        for file, kept in saved_views().items()
    ]


# --- what is meant ---


NOT_FOUND = 9


def search(wanted: str, among: Iterable[Command]) -> list[Command]:
    """The commands in which every word is found, best first: at the start of the name, in it or its name in another
    language, by its sound, in the shortcut, in the group. All of them, in their order, when nothing is wanted."""
    words = fold(wanted).split()
    ranked = [(max((_rank(word, command) for word in words), default=0), command) for command in among]
    return [command for rank, command in sorted(ranked, key=lambda pair: pair[0]) if rank < NOT_FOUND]


def _rank(word: str, command: Command) -> int:
    names = [fold(name) for name in (command.text, *command.also)]
    if names[0].startswith(word):
        return 0
    if any(word in name for name in names):
        return 1
    letters = word.isascii() and word.isalpha()
    if letters and any(sounds_like(word, name) for name in names):
        return 2
    if word in fold(command.shortcut).split():
        return 3
    if word in fold(command.group):
        return 4
    if letters and len(word) > 1 and sounds_like(word, fold(command.group), anywhere=False):
        return 5
    return NOT_FOUND


def sounds_like(letters: str, text: str, anywhere: bool = True) -> bool:
    """Whether the letters are syllables of the text in a row, each in full or only begun: 导出 is dc, daochu, daoc.

    They start with the text's first syllable unless `anywhere`.
    """
    syllables = syllables_of(text)

    def follows(rest: str, at: int) -> bool:
        if not rest or at == len(syllables):
            return not rest
        begun = {rest[:length] for reading in syllables[at] for length in _common(rest, reading)}
        return any(follows(rest[len(part) :], at + 1) for part in begun)

    return any(follows(letters, start) for start in range(len(syllables) if anywhere else 1))


def _common(rest: str, reading: str) -> range:
    """The lengths in which `rest` begins as `reading` does."""
    same = 0
    while same < min(len(rest), len(reading)) and rest[same] == reading[same]:
        same += 1
    return range(1, same + 1)


@lru_cache(maxsize=2048)
def syllables_of(text: str) -> tuple[frozenset[str], ...]:
    """All readings of each character of a text; letters and figures are their own."""
    from pypinyin import Style, pinyin

    return tuple(frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0]) for char in text if not char.isspace())
