"""Every action by name: one table feeds menus, toolbar and the list of shortcuts."""

from __future__ import annotations

from typing import NamedTuple

from geodata.language import mark


class Action(NamedTuple):
    """An action's id, the words on it, its shortcut, its menu, and whether it is on the toolbar. Words are for tr."""

    id: str
    text: str
    shortcut: str
    menu: str
    toolbar: bool = False


FILE, EDIT, LOOK = mark("文件(&F)"), mark("编辑(&E)"), mark("查看(&V)")
VIEWS, PLACES, HELP = mark("我的视图(&S)"), mark("地点(&P)"), mark("帮助(&H)")

MENUS = (FILE, EDIT, LOOK, VIEWS, PLACES, HELP)

ACTIONS: tuple[Action, ...] = (
    Action("export", mark("导出图件…"), "Ctrl+E", FILE, toolbar=True),
    Action("copy", mark("复制图件"), "Ctrl+Shift+C", FILE),
    Action("print", mark("打印…"), "Ctrl+P", FILE),
    Action("sets", mark("成套图件…"), "Ctrl+Shift+E", FILE),
    Action("sheets", mark("一页纸…"), "Ctrl+Shift+P", FILE),
    Action("documents", mark("规划文件…"), "Ctrl+O", FILE, toolbar=True),
    Action("add_pack", mark("添加数据包…"), "", FILE),
    Action("quit", mark("退出"), "Ctrl+Q", FILE),
    Action("undo", mark("撤销"), "Ctrl+Z", EDIT),
    Action("redo", mark("重做"), "Ctrl+Shift+Z; Ctrl+Y", EDIT),
    Action("find", mark("查找…"), "Ctrl+F", EDIT),
    Action("settings", mark("设置…"), "Ctrl+,", EDIT),
    Action("palette", mark("命令面板…"), "Ctrl+K", EDIT),
    Action("save_view", mark("保存视图…"), "Ctrl+S", VIEWS),
    Action("views", mark("我的视图…"), "Ctrl+Shift+V", VIEWS),
    Action("open_view", mark("打开视图文件…"), "Ctrl+Shift+O", VIEWS),
    Action("export_view", mark("导出视图文件…"), "", VIEWS),
    Action("fit", mark("显示全省"), "Ctrl+0", LOOK, toolbar=True),
    Action("zoom_in", mark("放大"), "Ctrl++", LOOK, toolbar=True),
    Action("zoom_out", mark("缩小"), "Ctrl+-", LOOK, toolbar=True),
    Action("legend", mark("折叠图例"), "Ctrl+L", LOOK),
    Action("split", mark("并排比较"), "Ctrl+Shift+D", LOOK),
    Action("core_only", mark("只看核心"), "Ctrl+Shift+H", LOOK),
    Action("all_on", mark("打开全部产业"), "Ctrl+Shift+A", LOOK),
    Action("all_off", mark("关闭全部产业"), "Ctrl+Shift+N", LOOK),
    Action("go_plans", mark("转到规划与产业"), "Ctrl+1", LOOK),
    Action("go_map", mark("转到地图"), "Ctrl+2", LOOK),
    Action("go_report", mark("转到内容"), "Ctrl+3", LOOK),
    Action("go_source", mark("转到原文"), "Ctrl+4", LOOK),
    Action("go_below", mark("转到下方的表格或图表"), "Ctrl+5", LOOK),
    Action("next_place", mark("下一个市（州）"), "]", PLACES),
    Action("previous_place", mark("上一个市（州）"), "[", PLACES),
    Action("clear_place", mark("取消选择"), "Esc", PLACES),
    Action("help", mark("使用指南"), "F1", HELP),
    Action("keys", mark("全部快捷键"), "", HELP),
    Action("about", mark("关于"), "", HELP),
)

DOCK_KEYS = ("F2", "F3", "F4", "F5", "F6", "F7", "F8")
"""Show and hide the docks, in the order of Workbench.docks."""

SECTOR_KEYS = 9
"""Alt+1 to Alt+9 switch the plan's first sectors."""

MAP_KEYS = (
    (mark("方向键"), mark("平移地图（地图有焦点时）")),
    (mark("滚轮"), mark("以指针为中心缩放")),
    (mark("拖动"), mark("平移地图")),
    (mark("单击"), mark("选择市（州）、园区或项目；放大后也可选择有内容的县（市、区）；数字展开为列表")),
    (mark("右键"), mark("市（州）的菜单：选择、放大、一页纸、导出；菜单键打开所选市（州）的")),
    (mark("Tab、Shift+Tab"), mark("下一个、上一个控件；在内容中是下一个、上一个链接，Enter 打开")),
    (mark("Alt+1 … Alt+9"), mark("打开或关闭第 1 … 9 个产业")),
)
"""What mouse and keys do besides ACTIONS, for tr."""
