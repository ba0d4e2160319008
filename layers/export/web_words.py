"""What web pages of a figure say: for figure.html, and for the scripts, which put in the values."""

from __future__ import annotations

import string

from geodata.language import mark, tr

PAGE = {
    "no_script": mark("这张图要用脚本显示产业。请在浏览器中允许本页运行脚本；它不访问网络。"),
    "print": mark("打印"),
    "switches": mark("产业和图层"),
    "sectors": mark("产业"),
    "all_on": mark("全部打开"),
    "all_off": mark("全部关闭"),
    "layers": mark("图层"),
    "keys": mark("滚轮或双指缩放，拖动平移；键盘：＋、－、0（全图）、方向键，Tab 逐个选市（州），回车打开。"),
    "map": mark("地图"),
    "zoom_in": mark("放大"),
    "zoom_out": mark("缩小"),
    "plus": mark("＋"),
    "minus": mark("－"),
    "whole": mark("全图"),
    "about_place": mark("市（州）的内容"),
    "choose_place": mark("选择市（州）"),
    "choose_a_place": mark("选择市（州）…"),
    "back": mark("返回"),
}
"""In the place of {{name}}."""

SCRIPTS = {
    # --- punctuation ---
    "comma": mark("、"),
    "semicolon": mark("；"),
    "plus": mark("＋"),
    "and": mark("{first}与{last}"),
    "said": mark("{name}：{text}"),
    "counted": mark("{name}（{text}）"),
    "numbered": mark("{number}　{title}"),
    # --- switches and lists ---
    "sector": mark("产业"),
    "sectors": mark("{n} 个产业"),
    "items": mark("{n} 项"),
    "switch": mark("{sector}：{role}（{count}）"),
    "showing": mark("当前显示：{title}"),
    "no_role": mark("所显示的产业在这里没有角色"),
    "prefectures": mark("各市（州）"),
    "click": mark("点地图或下面的名称，看这份规划写到的角色、重点、园区和项目。"),
    "source": mark("依据：《{title}》"),
    "nothing": mark("这份规划没有写到这里。"),
    "citation": mark("出处"),
    "item": mark("园区或项目"),
    "many_items": mark("{n} 个园区和项目"),
    "items_of": mark("{name}：{n} 个园区和项目"),
    # --- titles, as layers.build makes them ---
    "title_of_none": mark("{place}行政区划"),
    "title_of_plan": mark("{plan}（{period}年）：{sectors}"),
    "title_of_items": mark("{plan}（{period}年）：{sectors}的园区和项目"),
    "title_of_part": mark("{place}：{title}"),
    "title_of_overlap": mark("{place}产业重叠：{n} 个产业（{period}年）"),
    "title_of_layout": mark("{place}产业布局：{n} 个产业（{period}年）"),
    "title_of_sectors": mark("{place}{sectors}产业布局（{period}年）"),
    "title_of_roles": mark("{place}{sectors}产业{roles}（{period}年）"),
    # --- legends, as layers.entries makes them ---
    "sector_numbers": mark("产业个数（共 {total} 个）"),
    "number": mark("{low} 个"),
    "range": mark("{low}—{high} 个"),
    "beside_names": mark("地名旁的数：{names}"),
    "overlap_of_two": mark("重叠：兼属两个产业"),
    "overlap_of_several": mark("重叠：兼属多个产业"),
    "stripes_of_two": mark("条纹：兼属两个产业"),
    "stripes_of_several": mark("条纹：兼属多个产业"),
    "rest": mark("其他地区"),
    "rest_and_hidden": mark("其他地区及未显示的角色"),
    "no_ring": mark("无环形符号：{words}"),
    "sectors_by_role": mark("产业（{roles}）"),
    "items_heading": mark("园区和项目"),
    "no_sector": mark("没有写明产业"),
    "nowhere": mark("另有 {n} 项没有写明地点，图上没有"),
}
"""What `say` of words.js knows."""


def page_words() -> dict[str, str]:
    """The words of figure.html in the language in use."""
    return {name: tr(text) for name, text in PAGE.items()}


def script_words() -> dict[str, str | dict[str, str]]:
    """The words of the scripts in the language in use, with the places of values left open; what counts has a form
    for `one` and one for `other`."""
    return {name: _forms(text) for name, text in SCRIPTS.items()}


def _forms(text: str) -> str | dict[str, str]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    if "n" not in names:
        return tr(text)
    places = {name: f"{{{name}}}" for name in names}
    return {"one": tr(text, **{**places, "n": 1}), "other": tr(text)}
