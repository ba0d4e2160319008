"""From nothing to the first map: the library, the boundary cache (with progress at the first start), the window."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QLibraryInfo, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from explorer.autosave import take_up_steps
from explorer.faults import record, watch_faults
from explorer.first import FirstWindow
from explorer.look import apply_look
from explorer.session import Session
from explorer.settings import LANGUAGE, read, settings
from explorer.workbench import Workbench
from geodata.atlas import Atlas
from geodata.boundaries import load_boundaries, read_cache
from geodata.language import language, tr, use
from geodata.library import DEFAULT_PLAN, load_plan, load_plans
from geodata.problems import Problem, UserError
from layers.fonts import map_font, preload
from layers.view import first_view, plan_of, view_from_json

FIRST_LEVEL = 1000

UNSEEN_AFTER = 3000
"""Milliseconds after which a window counts as one that begins minimised."""

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
        _say_and_wait(
            (
                Problem(
                    "",
                    tr("意外的错误：{kind}：{error}", kind=type(error).__name__, error=error),
                    tr("请把这段文字告诉维护者"),
                ),
            )
        )
    return None


def furnish_window(window: FirstWindow) -> Workbench | None:
    """Fills and shows the window. None when the user cancelled the first start or nothing can be shown (said in a box)."""
    preload()
    _translate_qt(window)
    if read_cache(FIRST_LEVEL) is None and not _prepare_boundaries():
        return None
    kept = str(settings().value("window/view", ""))
    first = load_plan(plan_of(kept) or DEFAULT_PLAN) or load_plan(DEFAULT_PLAN)
    problems: tuple[Problem, ...] = ()
    plans = (first,) if first is not None else ()
    if first is None:
        plans, problems = load_plans()
    if not plans:
        _say_and_wait((*problems, Problem("", tr("没有可用的规划数据包"), tr("重新安装程序，或检查 resources/plans"))))
        return None
    apply_look()  # asks for fonts, which wait until the map's is registered: not before there is nothing else to do
    map_font()  # without it every painting would fail
    view = view_from_json(kept, plans) or first_view(plans[0])
    workbench = _show(window, Session(Atlas(plans), view))
    window.after_first_paint = lambda: _load_the_rest(window, workbench, kept)  # even timers of 0 ms come before it
    window.update()
    QTimer.singleShot(UNSEEN_AFTER, window, window.go_on_unpainted)
    return workbench


def _load_the_rest(window: FirstWindow, workbench: Workbench, kept: str) -> None:
    """The hint, the icons and the other plans, after the first map; and the kept view, when it is of one of the user's
    own."""
    if not window.isVisible():  # closed meanwhile
        return
    workbench.support.welcome()
    QTimer.singleShot(ICONS_AFTER, workbench, workbench.menus.show_icons)
    session = workbench.session
    plans, problems = load_plans(session.atlas.plans)
    session.set_atlas(Atlas(plans))
    if plan_of(kept) not in (None, session.view.plan):
        session.set_view(view_from_json(kept, plans) or session.view)
    if take_up_steps(workbench.recorder, plans):
        workbench.autosave.write_soon()
    if problems:
        from explorer.messages import show_problems

        show_problems(window, tr("有的数据包没有打开"), problems)


_successor: Workbench | None = None
"""What took the place of the first window: nobody else keeps it."""


def renew(old: Workbench) -> Workbench:
    """The window once more, in its place, in the language of the settings: every word in it is made anew.

    Plans, view, extent, docks, and what can be undone are the same; a passage that is shown, the comparison side by
    side and copying a figure begin anew. Dialogs of the old window are closed with it.
    """
    global _successor
    compares = old.split is not None and old.split.isVisible()
    copies = old.outputs.is_copying
    cited = old.source.cited if old.source is not None else None
    old.keep()
    settings().remove("window/picture_key")  # the picture has the old words
    old.window.keep = None
    session = Session(Atlas(old.session.atlas.plans), old.session.view)
    session.figure_number = old.session.figure_number
    use(str(read(LANGUAGE)))
    for translator in old.window.findChildren(QTranslator):
        QApplication.removeTranslator(translator)
    settings().setValue("window/geometry", old.window.saveGeometry())
    window = FirstWindow(recovers=False)
    watch_faults(window)
    _translate_qt(window)
    workbench = _successor = _show(window, session)
    workbench.recorder.go_on_with(old.recorder.history)
    workbench.support.welcome()
    workbench.menus.show_icons()
    if cited is not None:
        workbench.show_source(*cited)
    if compares:
        workbench.open_split()
    if copies:
        workbench.outputs.copy()
    old.window.close()
    old.window.deleteLater()
    return workbench


def _show(window: FirstWindow, session: Session) -> Workbench:
    workbench = Workbench(window, session)
    window.furnished()
    window.show()
    workbench.restore()
    return workbench


def _translate_qt(window: FirstWindow) -> None:
    """Qt's own dialogs and buttons in the language in use, while there is this window."""
    application = QApplication.instance()
    translator = QTranslator(window)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if application is not None and language() == "zh" and translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)


def _prepare_boundaries() -> bool:
    """Builds the boundary cache beside a progress box. False when cancelled or impossible."""
    from PySide6.QtWidgets import QProgressDialog

    from explorer.jobs import Job

    box = QProgressDialog(tr("首次启动：正在准备行政区划边界……"), tr("取消"), 0, 5)
    box.setWindowTitle(tr("产业布局图"))
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
        box.setLabelText(tr("首次启动：{text}……（{done}/{total}）", text=text, done=done, total=total))

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
    show_problems(None, tr("不能启动"), problems).finished.connect(loop.quit)
    loop.exec()
