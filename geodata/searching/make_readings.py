"""Makes resources/readings.json from the pinyin library: `python -m geodata.searching.make_readings`.

The library takes a third of a second to load and the window stands still meanwhile; the table takes milliseconds. A
character's reading is the one it has in most words; words in which it has another are kept.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from importlib.metadata import version

from geodata.folders import RESOURCES

LONGEST_WORD = 3
"""Characters; longer words are sayings."""

LEFT_OUT = frozenset(("建行", "工行", "农行", "中行"))
"""Short names of banks, which are in 创建行动 and 施工行为 as well."""


def make() -> dict[str, object]:
    """The table: reading -> characters, and word -> its syllables where those are not its characters' readings."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    @cache
    def plain(syllable: str) -> str:
        return to_normal(syllable).replace("ü", "v")

    first = {chr(code): plain(text.split(",")[0]) for code, text in pinyin_dict.items() if 0x4E00 <= code <= 0x9FFF}
    words = {word: [plain(each[0]) for each in readings] for word, readings in phrases_dict.items()}
    words = {w: spoken for w, spoken in words.items() if len(w) == len(spoken) and all(c in first for c in w)}
    counts: dict[str, Counter[str]] = {}
    for word, spoken in words.items():
        for character, syllable in zip(word, spoken, strict=True):
            counts.setdefault(character, Counter())[syllable] += 1
    usual = {c: counts[c].most_common(1)[0][0] if c in counts else syllable for c, syllable in first.items()}
    other = {
        word: " ".join(spoken)
        for word, spoken in sorted(words.items())
        if len(word) <= LONGEST_WORD and word not in LEFT_OUT and spoken != [usual[c] for c in word]
    }
    characters: dict[str, str] = {}
    for character, syllable in sorted(usual.items()):
        characters[syllable] = characters.get(syllable, "") + character
    source = f"pypinyin {version('pypinyin')} (MIT licence); made by geodata.searching.make_readings"
    return {"source": source, "characters": dict(sorted(characters.items())), "words": other}


if __name__ == "__main__":
    file = RESOURCES / "readings.json"
    file.write_text(json.dumps(make(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(file)
