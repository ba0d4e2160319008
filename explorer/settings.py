"""What is remembered between starts, in one small INI file: the user's settings, and where things were left.

SETTINGS are what the settings dialog offers. Names and colours of the map are part of the view and kept with it. All
other keys (`window/…`, `export/…`) belong to those who use them. No value is trusted: one that makes no sense is the
usual one, and a file that is no settings file at all is set aside.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSettings

from geodata.folders import config_folder
from geodata.language import LANGUAGES, mark, tr

ASIDE = "settings/aside"
"""Key of the name that a broken settings file was given, until the user has been told."""

Value = str | int | bool


class Setting(NamedTuple):
    """A setting: its key in the file, the words for it, its usual value, and the words for each value it can have.
    Words are for tr.

    One without choices is a yes or no, or any text, as its usual value is.
    """

    key: str
    words: str
    usual: Value
    choices: dict[Value, str] = {}  # noqa: RUF012


LANGUAGE = Setting("look/language", mark("界面语言（Language）"), "zh", dict(LANGUAGES))
THEME = Setting(
    "look/theme",
    mark("界面主题"),
    "system",
    {"system": mark("跟随系统"), "light": mark("浅色"), "dark": mark("深色")},
)
FONT = Setting(
    "look/font", mark("界面字号"), 100, {100: mark("标准"), 115: mark("大（115%）"), 130: mark("特大（130%）")}
)
PAGE = Setting("export/page", mark("常用页面"), "a4")
FOLDER = Setting("documents/folder", mark("规划文件所在的文件夹"), "")
HINT_SEEN = Setting("hint/seen", mark("不再显示第一次使用的提示"), False)

SETTINGS = (LANGUAGE, THEME, FONT, PAGE, FOLDER, HINT_SEEN)


def settings() -> QSettings:
    """The settings file in the user's configuration folder; a broken one has been set aside."""
    file = config_folder() / "settings.ini"
    store = QSettings(str(file), QSettings.Format.IniFormat)
    if not any("/" in key for key in store.allKeys()) or store.status() == QSettings.Status.FormatError:
        with suppress(OSError):
            if file.is_file() and file.stat().st_size:
                return _set_aside(file, store)
    return store


def _set_aside(file: Path, broken: QSettings) -> QSettings:
    """Renames the broken file. Raises OSError when that is impossible."""
    from datetime import datetime  # not on the way to the first map

    kept = file.with_name(f"settings-broken-{datetime.now():%Y%m%d-%H%M%S}.ini")
    del broken
    file.replace(kept)
    store = QSettings(str(file), QSettings.Format.IniFormat)
    store.clear()
    store.setValue(ASIDE, kept.name)
    store.sync()
    return store


def told_aside() -> str:
    """What to tell the user of a settings file that was set aside, once; empty when there is nothing to tell."""
    store = settings()
    name = str(store.value(ASIDE, ""))
    store.remove(ASIDE)
    return tr("设置文件已损坏，改名为 {name}，现在用的是默认设置", name=name) if name else ""


def read(setting: Setting) -> Value:
    """The value of a setting; the usual one when none, or none that makes sense, is kept."""
    kept = settings().value(setting.key)
    text = "" if kept is None else str(kept).strip()
    if setting.choices:
        return next((value for value in setting.choices if str(value) == text), setting.usual)
    if isinstance(setting.usual, bool):
        return {"true": True, "false": False}.get(text.lower(), setting.usual)
    return text or setting.usual


def write(setting: Setting, value: Value) -> None:
    """Keeps a value; the usual one is kept by forgetting the other."""
    if value == setting.usual:
        settings().remove(setting.key)
    else:
        settings().setValue(setting.key, value)
