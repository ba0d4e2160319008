"""Can a window be opened here? Says what is missing before Qt ends the process with a message of its own."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

from geodata.language import tr

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Shared library -> Debian and Ubuntu package that holds it."""


def _still_figures(why: str) -> str:
    """Why there is no window, and what can be done without one."""
    return tr("{why}不开窗口也可以出图：python main.py map 图.png（全部命令见 python main.py --help）", why=why)


def missing_library(error: str) -> str | None:
    """The message for a loader's error that names a shared library; None for any other error."""
    match = re.search(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object file", error)
    if match is None:
        return None
    library = match[1]
    package = PACKAGES.get(library)
    if package:
        remedy = tr("安装系统软件包 {package}（如 sudo apt install {package}）", package=package)
    else:
        remedy = tr("安装含有 {library} 的系统软件包", library=library)
    return tr("错误：窗口和绘图所需的系统库 {library} 不存在\n办法：{remedy}", library=library, remedy=remedy)


def why_no_window() -> str | None:
    """The message when no window can be opened, or None. Checks Linux only: elsewhere there always is a display."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (platform and not platform.startswith("xcb")):
        return None
    wayland = Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / os.environ.get("WAYLAND_DISPLAY", "none")
    if not platform and wayland.is_socket():
        return None
    if not os.environ.get("DISPLAY"):
        return _still_figures(tr("没有可用的显示器（DISPLAY 未设置），窗口打不开。"))
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        spec = find_spec("PySide6")
        if spec is not None and spec.origin is not None:
            plugin = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
            if plugin.exists():
                ctypes.CDLL(str(plugin))
    except OSError as error:
        return missing_library(str(error))
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(ctypes.c_void_p(connection))
    xcb.xcb_disconnect(ctypes.c_void_p(connection))
    if refused:
        return _still_figures(tr("显示器 {display} 连接不上，窗口打不开。", display=os.environ["DISPLAY"]))
    return None
