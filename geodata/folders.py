"""The user's folders. `LAYOUT_EXPLORER_HOME` moves all of them, for a portable copy or a test."""

from __future__ import annotations

import os
from pathlib import Path

APP = "industrial-layout-explorer"
RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def _folder(kind: str) -> Path:
    home = os.environ.get("LAYOUT_EXPLORER_HOME")
    if home:
        return Path(home) / kind
    import platformdirs

    return {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }[kind](APP, appauthor=False)


def cache_folder() -> Path:
    """What can be made again at any time: the prepared boundaries."""
    return _folder("cache")


def config_folder() -> Path:
    """Settings and the remembered view."""
    return _folder("config")


def data_folder() -> Path:
    """The user's own packs and documents."""
    return _folder("data")
