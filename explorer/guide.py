"""The guide: its sections, and its pictures made from the real window.

`python -m explorer.guide` makes the pictures anew in `resources/guide/`, those of other languages in a folder each; a
test compares their sizes with those made today. The words are here, the dialog that shows them is dialogs/help.py.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.folders import RESOURCES
from geodata.language import LANGUAGES, SOURCE, language, mark, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from explorer.workbench import Workbench

FOLDER = RESOURCES / "guide"


def pictures_folder() -> Path:
    """Where the pictures in the language in use are."""
    return FOLDER if language() == SOURCE else FOLDER / language()


PICTURES = {
    "window.png": mark("左边选产业，中间看地图，右边读内容"),
    "place.png": mark("一个市（州）的内容：角色、重点、园区和出处"),
    "export.png": mark("导出图件：左边选页面和要素，右边就是导出的样子"),
}
"""File -> what it shows."""

WINDOW = {"zh": (960, 600), "en": (1120, 660)}
PLACE, EXPORT = (400, 440), (900, 620)
"""Pixels of PICTURES; the window's by language, so that its toolbar has words."""

DOCKS = (220, 270)
"""Pixels that the panels are wide in the picture of the window."""

KEYS = mark("快捷键")

SECTIONS: dict[str, str] = {
    mark("看图"): mark(
        """<p>左边的树列出每份规划和它的产业。勾选一个产业，地图就画出哪些市（州）是它的核心区、哪些是拓展区；
颜色和线纹的意思看图例。勾选几个产业，地图自动换成条纹或环形符号，也可以在工具栏的“画法”里自己选。</p>
<p>滚轮缩放，拖动平移，<b>Ctrl+0</b> 回到全省。指到一个市（州），会显示它在所选产业里的角色。空心符号表示
具体位置文件没有写，或是推定的。</p>{window.png}"""
    ),
    mark("查一个地方"): mark(
        """<p>单击地图上的市（州）、园区或项目，右边列出规划对它的全部安排。放大到能看见县界，可以点县（市、区）。
不用鼠标时，按 <b>[</b> 和 <b>]</b> 逐个查看，或在右上的列表里选。</p>
<p>按 <b>Ctrl+F</b> 查找：地名、产业、园区、项目、重点方向都可以，写中文、拼音或拼音首字母；回车就到那里。</p>{place.png}"""
    ),
    mark("看原文"): mark(
        """<p>右边每条内容下面都有“原文”的章节和页码。点它，程序在您自己的规划文件里找到那一段，并标出依据的文字。</p>
<p>第一次要先添加文件：菜单“文件”→“规划文件…”，或者把 Word、PDF、网页或文本文件拖到窗口上。文件只在本机使用，
不会上传。找到的一段与原文是否完全一致，程序会写明；写着“可能是这一处”的，请自己核对。</p>"""
    ),
    mark("出图"): mark(
        """<p><b>Ctrl+E</b> 导出：选格式（PNG、SVG、PDF、PPTX、DOCX、网页等）和页面，预览就是导出的样子。
“出图检查”指出缺什么、怎样改。<b>Ctrl+Shift+C</b> 直接复制，粘贴到 Word 或 WPS。</p>
<p>“成套图件”一次做出每个产业或每个市（州）的图；“一页纸”把规划对一个市（州）的安排放在一页上。公开使用的地图要先送审，
并填写审图号；没有审图号的图会注明“内部使用”。</p>{export.png}"""
    ),
    mark("加自己的规划文件"): mark(
        """<p>“规划文件…”添加的是原文，用来核对和查看依据；它不改变地图上的内容。</p>
<p>地图上的内容来自规划数据包（.json 文件）。自己的数据包用菜单“文件”→“添加数据包…”添加，或者拖到窗口上，
就会出现在左边的树上；有错误时，程序会指出在哪一处、怎样改，不会添加。添加的数据包在下面的文件夹里。也可以先用命令行 <code>python main.py check 文件</code> 检查。</p>
<p>{plans}</p>"""
    ),
    KEYS: "{keys}",
}
"""Heading -> rich text, in which a file of PICTURES stands for the picture, `keys` for the table of shortcuts and
`plans` for the folder of the user's packs."""


def section_html(heading: str, keys: Iterable[tuple[str, str]], plans: Path, log: Path) -> str:
    """A section as rich text; `keys` are shortcuts with what they do."""
    html = tr(SECTIONS[heading])
    if language() == SOURCE:
        html = html.replace("\n", "")  # rich text makes a space of it, which Chinese does not have
    for name, words in PICTURES.items():
        picture = f'<p><img src="{name}"></p><p class="muted">{tr(words)}</p>'
        html = html.replace(f"{{{name}}}", picture)
    rows = "".join(f"<tr><td><b>{escape(key)}</b>　</td><td>{escape(words)}</td></tr>" for key, words in keys)
    html = html.replace("{keys}", f'<table cellpadding="2">{rows}</table>').replace("{plans}", escape(str(plans)))
    trouble = tr("程序出错时，详细情况记在 {file}", file=escape(str(log)))
    below = f'<p class="muted">{trouble}</p>' if heading == KEYS else ""
    return f"<h2>{tr(heading)}</h2>{html}{below}"


def grabs(bench: Workbench) -> dict[str, QPixmap]:
    """The pictures, of a furnished window with all plans, which is changed by it."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from explorer.dialogs.export import ExportDialog

    made = {}
    bench.session.select_place("510600")
    bench.window.resize(*WINDOW[language()])
    bench.window.resizeDocks([bench.plans_dock, bench.inspector_dock], list(DOCKS), Qt.Orientation.Horizontal)
    QApplication.processEvents()
    bench.canvas.repaint()
    made["window.png"] = bench.window.grab()
    panel = type(bench.inspector)(bench.session)
    panel.resize(*PLACE)
    made["place.png"] = panel.grab()
    panel.deleteLater()
    bench.session.select_place(None)
    dialog = ExportDialog(bench.session, bench.window)
    dialog.resize(*EXPORT)
    dialog.ensurePolished()
    dialog.show()
    QApplication.processEvents()
    dialog.show_preview()
    dialog.resize(*EXPORT)
    QApplication.processEvents()
    made["export.png"] = dialog.grab()
    dialog.reject()
    return made


def main() -> int:
    import tempfile

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LAYOUT_EXPLORER_HOME"] = home  # whatever the user has set and added is not in the pictures
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        application = QApplication(["guide", "-style", "fusion"])
        from explorer.first import FirstWindow
        from explorer.settings import HINT_SEEN, LANGUAGE, THEME, write
        from explorer.start import furnish_window, renew

        write(THEME, "light")
        write(HINT_SEEN, True)
        bench = furnish_window(FirstWindow())
        assert bench is not None
        QTest.qWait(500)  # the other plans come after the first map
        for code in LANGUAGES:
            if code != language():
                write(LANGUAGE, code)
                bench = renew(bench)
            folder = pictures_folder()
            folder.mkdir(exist_ok=True)
            for name, picture in grabs(bench).items():
                picture.save(str(folder / name))
        bench.window.close()
        application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
