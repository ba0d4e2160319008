"""Every action by name: one table feeds menus, toolbar and the list of shortcuts."""

from __future__ import annotations

from typing import NamedTuple


class Action(NamedTuple):
    """An action's id, the words on it, its shortcut, its menu, and whether it is on the toolbar."""

    id: str
    text: str
    shortcut: str
    menu: str
    toolbar: bool = False


MENUS = ("文件(&F)", "编辑(&E)", "查看(&V)", "视图(&S)", "地点(&P)", "帮助(&H)")

ACTIONS: tuple[Action, ...] = (
    Action("export", "导出图件…", "Ctrl+E", "文件(&F)", toolbar=True),
    Action("copy", "复制图件", "Ctrl+Shift+C", "文件(&F)"),
    Action("print", "打印…", "Ctrl+P", "文件(&F)"),
    Action("sets", "成套图件…", "Ctrl+Shift+E", "文件(&F)"),
    Action("sheets", "一市一页…", "Ctrl+Shift+P", "文件(&F)"),
    Action("documents", "规划文件…", "Ctrl+O", "文件(&F)", toolbar=True),
    Action("add_pack", "添加数据包…", "", "文件(&F)"),
    Action("quit", "退出", "Ctrl+Q", "文件(&F)"),
    Action("undo", "撤销", "Ctrl+Z", "编辑(&E)"),
    Action("redo", "重做", "Ctrl+Shift+Z; Ctrl+Y", "编辑(&E)"),
    Action("find", "查找…", "Ctrl+F", "编辑(&E)"),
    Action("settings", "设置…", "Ctrl+,", "编辑(&E)"),
    Action("palette", "命令面板…", "Ctrl+K", "编辑(&E)"),
    Action("save_view", "保存视图…", "Ctrl+S", "视图(&S)"),
    Action("views", "我的视图…", "Ctrl+Shift+V", "视图(&S)"),
    Action("open_view", "打开视图文件…", "Ctrl+Shift+O", "视图(&S)"),
    Action("export_view", "导出视图文件…", "", "视图(&S)"),
    Action("fit", "显示全省", "Ctrl+0", "查看(&V)", toolbar=True),
    Action("zoom_in", "放大", "Ctrl++", "查看(&V)", toolbar=True),
    Action("zoom_out", "缩小", "Ctrl+-", "查看(&V)", toolbar=True),
    Action("split", "并排比较", "Ctrl+Shift+D", "查看(&V)"),
    Action("core_only", "只看核心", "Ctrl+Shift+H", "查看(&V)"),
    Action("all_on", "打开全部产业", "Ctrl+Shift+A", "查看(&V)"),
    Action("all_off", "关闭全部产业", "Ctrl+Shift+N", "查看(&V)"),
    Action("next_place", "下一个市（州）", "]", "地点(&P)"),
    Action("previous_place", "上一个市（州）", "[", "地点(&P)"),
    Action("clear_place", "取消选择", "Esc", "地点(&P)"),
    Action("help", "使用指南", "F1", "帮助(&H)"),
    Action("keys", "全部快捷键", "", "帮助(&H)"),
    Action("about", "关于", "", "帮助(&H)"),
)

SECTOR_KEYS = 9
"""Alt+1 to Alt+9 switch the plan's first sectors."""

MAP_KEYS = (
    ("方向键", "平移地图（地图有焦点时）"),
    ("滚轮", "以指针为中心缩放"),
    ("拖动", "平移地图"),
    ("单击", "选择市（州）、园区或项目；放大后也可选择有内容的县（市、区）；数字展开为列表"),
    ("右键", "市（州）的菜单：选择、放大、一页纸、导出；菜单键打开所选市（州）的"),
    ("Alt+1 … Alt+9", "打开或关闭第 1 … 9 个产业"),
)
"""What mouse and keys do besides ACTIONS."""
