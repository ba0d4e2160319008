"""What is remembered between starts: window geometry, docks, the view and the extent. One small INI file."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from geodata.folders import config_folder


def settings() -> QSettings:
    """The settings file in the user's configuration folder."""
    return QSettings(str(config_folder() / "settings.ini"), QSettings.Format.IniFormat)
