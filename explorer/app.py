"""The window's way in: the kept picture of the last map at once, then all the rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from explorer.display import why_no_window


def run(arguments: Sequence[str]) -> int:
    """Opens the window and gives the exit status when it is closed."""
    reason = why_no_window()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 2
    from PySide6.QtWidgets import QApplication

    application = QApplication(["产业布局图", "-style", "fusion", *arguments])  # takes all its colours from the palette
    application.setApplicationName("产业布局图")
    from explorer.first import FirstWindow
    from explorer.settings import LANGUAGE, read
    from explorer.theme import first_look
    from geodata.language import use

    use(str(read(LANGUAGE)))
    first_look(application)
    window = FirstWindow()

    def furnish() -> None:
        from explorer.start import furnish_or_say

        # The progress box of a first start is a window too, and closing it must not end the program.
        application.setQuitOnLastWindowClosed(False)
        if furnish_or_say(window) is None:
            application.exit(2)
        application.setQuitOnLastWindowClosed(True)

    if window.has_picture:
        window.after_first_paint = furnish
        window.show()
    else:
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, furnish)
    return application.exec()
