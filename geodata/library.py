"""The packs at hand: those bundled with the program and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geodata.folders import RESOURCES, data_folder
from geodata.language import tr
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail
from geodata.reading.json_pack import read_json_pack
from geodata.saving import cannot_write, is_file, write_whole
from geodata.validation import build_plan

DEFAULT_PLAN = "sichuan-strategic-13"


def own_folder() -> Path:
    """Where the user's packs are; need not be there."""
    return data_folder() / "plans"


def pack_files() -> tuple[Path, ...]:
    """Bundled packs, then the user's, each group by name."""
    bundled = sorted((RESOURCES / "plans").glob("*.json"))
    try:
        own = sorted(own_folder().glob("*.json"))
    except OSError:
        own = []
    return (*bundled, *own)


def read_plan(file: Path) -> Plan:
    """The plan of one pack file. Raises UserError with every problem of the file."""
    return build_plan(read_json_pack(file))


def load_plan(plan_id: str) -> Plan | None:
    """The sound bundled plan of this id, without reading any other pack; None when there is none."""
    file = RESOURCES / "plans" / f"{plan_id}.json"
    try:
        return read_plan(file) if file.is_file() else None
    except UserError:
        return None


def load_plans(loaded: Iterable[Plan] = ()) -> tuple[tuple[Plan, ...], tuple[Problem, ...]]:
    """All sound plans of the library in the order of their periods, and what is wrong with the packs that had to be left out.

    Bundled plans that are `loaded` already are not read again.
    """
    known = {f"{plan.id}.json": plan for plan in loaded}
    plans: dict[str, Plan] = {}
    problems: list[Problem] = []
    for file in pack_files():
        bundled = file.parent == RESOURCES / "plans"
        try:
            plan = known[file.name] if bundled and file.name in known else read_plan(file)
        except UserError as error:
            problems.extend(error.problems)
            continue
        if plan.id in plans:
            message = tr("规划编号“{id}”已经有了", id=plan.id)
            problems.append(Problem(file.name, message, tr("换一个 id，或移走其中一个数据包")))
        else:
            plans[plan.id] = plan
    return tuple(sorted(plans.values(), key=lambda plan: (plan.document.period, plan.id))), tuple(problems)


def own_pack(plan_id: str) -> Path | None:
    """The file of the user's sound pack of this id; None when there is none."""
    for file in pack_files():
        if file.parent == own_folder():
            try:
                if read_plan(file).id == plan_id:
                    return file
            except UserError:
                continue
    return None


def add_pack(file: Path) -> Plan:
    """Copies a sound pack whole into the user's folder, in place of his own of the same id; what it holds.

    Raises UserError with every problem of the file, when a bundled pack has its id, and when it cannot be written;
    the folder is then as it was.
    """
    plan = read_plan(file)
    if is_file(RESOURCES / "plans" / f"{plan.id}.json"):
        hint = tr("自带的数据包不能替换：在文件里换一个 id，它就作为另一份规划出现")
        raise fail(file.name, tr("规划编号“{id}”是程序自带的《{plan}》的", id=plan.id, plan=plan.title), hint)
    folder = own_folder()
    target = own_pack(plan.id) or _free_name(folder, file.stem)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (target.exists() and target.samefile(file)):
            write_whole(target, file.read_bytes())
    except OSError as error:
        raise cannot_write(target, error) from error
    return plan


def _free_name(folder: Path, stem: str) -> Path:
    """A file with a name that no pack has yet, nor one that differs only in case."""
    taken = {path.name.lower() for group in (folder, RESOURCES / "plans") for path in group.glob("*")}
    number, name = 1, f"{stem}.json"
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}.json"
    return folder / name
