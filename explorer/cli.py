"""The command line: figures, facts and checks without a window.

Exit status 0 done, 1 the check found problems or some documents were not attached, 2 the request cannot be
carried out: one line that says what and where, one that says what to do.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from geodata.atlas import Atlas
from geodata.library import DEFAULT_PLAN, load_plans, read_plan
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail

DONE, FOUND, FAILED = 0, 1, 2


ARGPARSE_WORDS = (
    (r"the following arguments are required: ", "缺少 "),
    (r"unrecognized arguments: ", "不认识 "),
    (r"argument (\S+): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可以是 \3"),
    (r"argument (\S+): invalid \w+ value: ", r"\1 不能是 "),
    (r"argument (\S+): expected (one|at least one) argument", r"\1 后面缺少内容"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能与 \2 同用"),
)
"""What argparse says -> how we say it."""


class Parser(argparse.ArgumentParser):
    """Argparse whose errors are one line what and one line what to do."""

    def error(self, message: str) -> NoReturn:
        for english, chinese in ARGPARSE_WORDS:
            message = re.sub(english, chinese, message)
        raise fail("", f"命令写得不对：{message}", f"用法见 {self.prog} --help")


def parser() -> Parser:
    top = Parser(prog="python main.py", description="产业布局图：不带参数打开窗口；带命令时不开窗口。")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True, parser_class=Parser)

    from explorer import cli_atlas, cli_map, cli_web

    cli_map.add_command(commands, _chosen_plan, progress_lines)
    cli_atlas.add_command(commands, _chosen_plan, progress_lines)
    cli_web.add_command(commands, _chosen_plan, progress_lines)

    city = commands.add_parser("city", help="一个地方的全部内容")
    city.add_argument("name", metavar="NAME", help="市（州）、县（市、区）的名称、拼音或代码")
    city.add_argument("--json", action="store_true", help="输出 JSON")
    city.set_defaults(run=show_city)

    sheets = commands.add_parser("sheets", help="一市一页：每个市（州）一页，存为 PDF、Word 文档或文件夹")
    sheets.add_argument("out", metavar="OUT", type=Path, help=".pdf、.docx，或文件夹（每市一个 PDF，已有的跳过）")
    sheets.add_argument("--plan", metavar="P", help="只用这个规划的内容，默认用全部规划")
    sheets.add_argument("--city", metavar="C", nargs="+", action="extend", help="只要这些市（州），默认全部")
    sheets.add_argument("--again", action="store_true", help="文件夹中已有的也重新生成")
    sheets.set_defaults(run=show_sheets)

    facts = commands.add_parser("facts", help="全部事实，附代码和引文位置")
    facts.add_argument("--plan", metavar="P", help="只要这个规划的")
    form = facts.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON")
    form.add_argument("--csv", action="store_true", help="输出 CSV")
    facts.set_defaults(run=show_facts)

    listed = commands.add_parser("items", help="园区、平台和项目、工程一览，可筛选，可存为 CSV、XLSX")
    listed.add_argument("--plan", metavar="P", help="只要这个规划的")
    listed.add_argument("--sector", metavar="S", help="只要这个产业的")
    listed.add_argument("--city", metavar="C", help="只要这个市（州）或县（市、区）的")
    listed.add_argument("--kind", choices=("site", "project"), help="只要园区、平台（site），或项目、工程（project）")
    listed.add_argument("--search", metavar="词", default="", help="要找到的词；几个词用空格隔开，放在引号里")
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON")
    form.add_argument("--csv", action="store_true", help="输出 CSV")
    form.add_argument("--out", metavar="FILE", type=Path, help="存为这个文件（.xlsx 或 .csv）")
    listed.set_defaults(run=list_items)

    plans = commands.add_parser("plans", help="列出规划数据包")
    plans.add_argument("--json", action="store_true", help="输出 JSON")
    plans.set_defaults(run=list_plans)

    attach = commands.add_parser("attach", help="添加你的规划文件（txt、docx、pdf、html、md），以便查看原文")
    attach.add_argument("paths", metavar="FILE|DIR", nargs="+", type=Path, help="文件，或存放文件的文件夹")
    attach.add_argument("--plan", metavar="P", help="指定这个文件是哪个规划的；不写时自动识别")
    attach.set_defaults(run=attach_documents)

    detach = commands.add_parser("detach", help="移除一个规划的文件")
    detach.add_argument("plan", metavar="PLAN", help="规划编号")
    detach.set_defaults(run=detach_document)

    check = commands.add_parser("check", help="检查数据包是否完好，引文是否都在文件中")
    check.add_argument("packs", metavar="PACK", nargs="*", type=Path, help="数据包文件，默认检查全部")
    check.add_argument("--sources", metavar="DIR", type=Path, help="存放规划文件（txt、docx、pdf、html、md）的文件夹")
    check.set_defaults(run=check_packs)
    return top


def run(arguments: Sequence[str]) -> int:
    """Carries out one command line and gives the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    try:
        options = parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except UserError as error:
        report_problems(error.problems)
        return FAILED
    except KeyboardInterrupt:
        print("\n已停止，没有留下未完成的文件", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def report_problems(problems: Sequence[Problem]) -> None:
    """Two lines a problem on standard error: what and where, and what to do."""
    for problem in problems:
        print(f"错误：{problem}", file=sys.stderr)
        if problem.hint:
            print(f"办法：{problem.hint}", file=sys.stderr)


def _atlas() -> Atlas:
    plans, problems = load_plans()
    for problem in problems:
        print(f"注意：{problem}（{problem.hint}）", file=sys.stderr)
    return Atlas(plans)


def _chosen_plan(name: str | None) -> tuple[Atlas, Plan]:
    """The plan of that id, or of that pack file."""
    if name is not None and name.endswith(".json"):
        plan = read_plan(Path(name))
        return Atlas((plan,)), plan
    atlas = _atlas()
    return atlas, atlas.plan(name or DEFAULT_PLAN)


def progress_lines(done: int, total: int, text: str) -> None:
    """Progress of a long step on standard error."""
    print(f"[{done}/{total}] {text}", file=sys.stderr, flush=True)


# --- commands ---


def show_city(options: argparse.Namespace) -> int:
    from explorer.wording import text_of
    from geodata.report import place_report

    atlas = _atlas()
    place = atlas.places.resolve(options.name)
    if not options.json:
        print(text_of(place_report(atlas, place)))
        return DONE
    from geodata.facts import place_facts, place_value

    _print_json({**place_value(place.adcode), **place_facts(atlas, place)})
    return DONE


def show_sheets(options: argparse.Namespace) -> int:
    from explorer.cli_sheets import print_sheets

    atlas = Atlas((_chosen_plan(options.plan)[1],)) if options.plan else _atlas()
    return print_sheets(atlas, options.city or (), options.out, options.again, progress_lines)


def show_facts(options: argparse.Namespace) -> int:
    from geodata.facts import COLUMNS, facts, rows

    plans = (_chosen_plan(options.plan)[1],) if options.plan else _atlas().plans
    if options.json:
        _print_json(facts(plans))
    elif options.csv:
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(plans))
    else:
        for row in rows(plans):
            what = row["name"] or row["id"]
            parts = (row["kind"], row["sector"], row["place"], row["role"], what, row["section"], row["page"])
            print("\t".join(str(part) for part in parts))
    return DONE


def list_items(options: argparse.Namespace) -> int:
    from explorer.cli_items import show, wanted_rows

    plans = (_chosen_plan(options.plan)[1],) if options.plan else _atlas().plans
    rows, conditions = wanted_rows(plans, options.sector, options.city, options.kind, options.search)
    show(rows, conditions, "json" if options.json else "csv" if options.csv else "text", options.out)
    return DONE


def list_plans(options: argparse.Namespace) -> int:
    from explorer.cli_documents import document_words, documents_of

    plans = _atlas().plans
    documents = documents_of(plans)
    counted = ("sectors", "assignments", "sites", "projects", "regions", "indicators", "statements")
    if options.json:
        _print_json(
            [
                {
                    "id": plan.id,
                    "title": plan.title,
                    "document": plan.document.title,
                    "period": list(plan.document.period),
                    **{name: len(getattr(plan, name)) for name in counted},
                    "attached": documents[plan.id],
                }
                for plan in plans
            ]
        )
        return DONE
    for plan in plans:
        print(f"{plan.id}\t{plan.heading}")
        print(
            f"\t产业 {len(plan.sectors)}，布局 {len(plan.assignments)}，园区与平台 {len(plan.sites)}，"
            f"项目 {len(plan.projects)}，指标 {len(plan.indicators)}，其他 {len(plan.statements)}"
        )
        print(f"\t{document_words(documents[plan.id])}")
    return DONE


def attach_documents(options: argparse.Namespace) -> int:
    from explorer.cli_documents import attach_paths

    return attach_paths(options.paths, _atlas(), options.plan)


def detach_document(options: argparse.Namespace) -> int:
    from explorer.cli_documents import detach_plan

    return detach_plan(options.plan, _atlas())


def check_packs(options: argparse.Namespace) -> int:
    from explorer.cli_check import check

    problems = check(options.packs, options.sources)
    report_problems(problems)
    return FOUND if problems else DONE


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()
