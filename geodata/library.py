"""The packs at hand: those bundled with the program and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geodata.folders import RESOURCES, data_folder
from geodata.plan import Plan
from geodata.problems import Problem, UserError
from geodata.reading.json_pack import read_json_pack
from geodata.validation import build_plan

DEFAULT_PLAN = "sichuan-strategic-13"


def pack_files() -> tuple[Path, ...]:
    """Bundled packs, then the user's, each group by name."""
    bundled = sorted((RESOURCES / "plans").glob("*.json"))
    try:
        own = sorted((data_folder() / "plans").glob("*.json"))
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
            problems.append(Problem(file.name, f"规划编号“{plan.id}”已经有了", "换一个 id，或移走其中一个数据包"))
        else:
            plans[plan.id] = plan
    return tuple(sorted(plans.values(), key=lambda plan: (plan.document.period, plan.id))), tuple(problems)
