"""From nothing to the first map: the library, the boundary cache (with progress at the first start), the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLibraryInfo, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from explorer.faults import record, watch_faults
from explorer.look import apply_look
from explorer.session import Session
from explorer.settings import settings
from explorer.workbench import Workbench
from geodata.atlas import Atlas
from geodata.boundaries import load_boundaries, read_cache
from geodata.library import DEFAULT_PLAN, load_plan, load_plans
from geodata.problems import Problem, UserError
from layers.fonts import map_font, preload
from layers.view import first_view, plan_of, view_from_json

if TYPE_CHECKING:
    from explorer.first import FirstWindow

FIRST_LEVEL = 1000

ICONS_AFTER = 100
"""Milliseconds: no paint of the first map waits for them."""


def furnish_or_say(window: FirstWindow) -> Workbench | None:
    """furnish_window; whatever goes wrong is said in a box, because nobody sees the error stream of a window."""
    watch_faults(window)
    try:
        return furnish_window(window)
    except UserError as error:
        _say_and_wait(error.problems)
    except Exception as error:
        record(error)
        _say_and_wait((Problem("", f"意外的错误：{type(error).__name__}：{error}", "请把这段文字告诉维护者"),))
    return None


def furnish_window(window: FirstWindow) -> Workbench | None:
    """Fills and shows the window. None when the user cancelled the first start or nothing can be shown (said in a box)."""
    preload()
    _speak_chinese(window)
    if read_cache(FIRST_LEVEL) is None and not _prepare_boundaries():
        return None
    kept = str(settings().value("window/view", ""))
    first = load_plan(plan_of(kept) or DEFAULT_PLAN) or load_plan(DEFAULT_PLAN)
    problems: tuple[Problem, ...] = ()
    plans = (first,) if first is not None else ()
    if first is None:
        plans, problems = load_plans()
    if not plans:
        _say_and_wait((*problems, Problem("", "没有可用的规划数据包", "重新安装程序，或检查 resources/plans")))
        return None
    apply_look()  # asks for fonts, which wait until the map's is registered: not before there is nothing else to do
    map_font()  # without it every painting would fail
    view = view_from_json(kept, plans) or first_view(plans[0])
    workbench = Workbench(window, Session(Atlas(plans), view))
    window.furnished()
    window.show()
    workbench.restore()
    QTimer.singleShot(0, workbench, lambda: _load_the_rest(window, workbench, kept))
    return workbench


def _load_the_rest(window: FirstWindow, workbench: Workbench, kept: str) -> None:
    """The hint, the icons and the other plans, after the first map; and the kept view, when it is of one of the user's
    own."""
    workbench.support.welcome()
    QTimer.singleShot(ICONS_AFTER, workbench, workbench.show_icons)
    session = workbench.session
    plans, problems = load_plans(session.atlas.plans)
    session.set_atlas(Atlas(plans))
    if plan_of(kept) not in (None, session.view.plan):
        session.set_view(view_from_json(kept, plans) or session.view)
    if problems:
        from explorer.messages import show_problems

        show_problems(window, "有的数据包没有打开", problems)


def _speak_chinese(window: FirstWindow) -> None:
    """Qt's own dialogs and buttons in Chinese."""
    application = QApplication.instance()
    translator = QTranslator(window)
    if application is not None and translator.load(
        "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        application.installTranslator(translator)


def _prepare_boundaries() -> bool:
    """Builds the boundary cache beside a progress box. False when cancelled or impossible."""
    from PySide6.QtWidgets import QProgressDialog

    from explorer.jobs import Job

    box = QProgressDialog("首次启动：正在准备行政区划边界……", "取消", 0, 5)
    box.setWindowTitle("产业布局图")
    box.setMinimumDuration(0)
    box.setAutoClose(False)
    box.setAutoReset(False)
    box.setWindowModality(Qt.WindowModality.ApplicationModal)
    loop = QEventLoop()
    failures: list[Problem] = []
    finished: list[object] = []  # closing the box counts as cancelling it, so only the job's own word counts
    job = Job(lambda job: load_boundaries(FIRST_LEVEL, job.progress))

    def progressed(done: int, total: int, text: str) -> None:
        box.setMaximum(total)
        box.setValue(done)
        box.setLabelText(f"首次启动：{text}……（{done}/{total}）")

    job.progressed.connect(progressed)
    job.done.connect(finished.append)
    job.failed.connect(lambda problems: failures.extend(problems))
    job.finished.connect(loop.quit)
    box.canceled.connect(job.cancel)
    box.show()
    job.start()
    loop.exec()
    job.wait()
    box.close()
    if failures:
        _say_and_wait(failures)
    return bool(finished)


def _say_and_wait(problems: tuple[Problem, ...] | list[Problem]) -> None:
    from explorer.messages import show_problems

    loop = QEventLoop()
    show_problems(None, "不能启动", problems).finished.connect(loop.quit)
    loop.exec()
