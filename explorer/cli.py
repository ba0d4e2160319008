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
from geodata.language import LANGUAGES, SOURCE, mark, tr, use
from geodata.library import DEFAULT_PLAN, load_plans, read_plan
from geodata.plan import Plan
from geodata.problems import Problem, UserError, fail

DONE, FOUND, FAILED = 0, 1, 2

PROGRAM = "python main.py"

ARGPARSE_WORDS = (
    (r"the following arguments are required: ", mark("缺少 ")),
    (r"unrecognized arguments: ", mark("不认识 ")),
    (r"argument (\S+): invalid choice: (.*?) \(choose from (.*)\)", mark(r"\1 不能是 \2，可以是 \3")),
    (r"argument (\S+): invalid \w+ value: ", mark(r"\1 不能是 ")),
    (r"argument (\S+): expected (one|at least one) argument", mark(r"\1 后面缺少内容")),
    (r"argument (\S+): not allowed with argument (\S+)", mark(r"\1 不能与 \2 同用")),
)
"""What argparse says -> how we say it."""


class Parser(argparse.ArgumentParser):
    """Argparse whose errors are one line what and one line what to do."""

    def error(self, message: str) -> NoReturn:
        for said, words in ARGPARSE_WORDS:
            message = re.sub(said, tr(words), message)
        raise fail(
            "",
            tr("命令写得不对：{message}", message=message),
            tr("用法见 {program} --help", program=self.prog),
        )


def language_option() -> Parser:
    """What stands before or after the command: read first, because all other words are in that language."""
    option = Parser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    option.add_argument(
        "--language",
        choices=LANGUAGES,
        default=SOURCE,
        help=tr("说明、结果和图件所用的语言，写在命令前后都可以；默认 {language}", language=SOURCE),
    )
    return option


def parser() -> Parser:
    top = Parser(
        prog=PROGRAM,
        description=tr("产业布局图：不带参数打开窗口；带命令时不开窗口。"),
        parents=[language_option()],
        allow_abbrev=False,
    )
    commands = top.add_subparsers(dest="command", metavar=tr("命令名"), required=True, parser_class=Parser)

    from explorer import cli_atlas, cli_map, cli_web

    cli_map.add_command(commands, _chosen_plan, progress_lines)
    cli_atlas.add_command(commands, _chosen_plan, progress_lines)
    cli_web.add_command(commands, _chosen_plan, progress_lines)

    city = commands.add_parser("city", help=tr("一个地方的全部内容"))
    city.add_argument("name", metavar="NAME", help=tr("市（州）、县（市、区）的名称、拼音或代码"))
    city.add_argument("--json", action="store_true", help=tr("输出 JSON"))
    city.set_defaults(run=show_city)

    sheets = commands.add_parser("sheets", help=tr("一页纸：每个市（州）一页，存为 PDF、Word 文档或文件夹"))
    sheets.add_argument("out", metavar="OUT", type=Path, help=tr(".pdf、.docx，或文件夹（每市一个 PDF，已有的跳过）"))
    sheets.add_argument("--plan", metavar="P", help=tr("只用这个规划的内容，默认用全部规划"))
    sheets.add_argument("--city", metavar="C", nargs="+", action="extend", help=tr("只要这些市（州），默认全部"))
    sheets.add_argument("--again", action="store_true", help=tr("文件夹中已有的也重新生成"))
    sheets.set_defaults(run=show_sheets)

    facts = commands.add_parser("facts", help=tr("全部事实，附代码和引文位置"))
    facts.add_argument("--plan", metavar="P", help=tr("只要这个规划的"))
    form = facts.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("输出 JSON"))
    form.add_argument("--csv", action="store_true", help=tr("输出 CSV"))
    facts.set_defaults(run=show_facts)

    listed = commands.add_parser("items", help=tr("园区、平台和项目、工程一览，可筛选，可存为 CSV、XLSX"))
    listed.add_argument("--plan", metavar="P", help=tr("只要这个规划的"))
    listed.add_argument("--sector", metavar="S", help=tr("只要这个产业的"))
    listed.add_argument("--city", metavar="C", help=tr("只要这个市（州）或县（市、区）的"))
    listed.add_argument(
        "--kind", choices=("site", "project"), help=tr("只要园区、平台（site），或项目、工程（project）")
    )
    listed.add_argument("--search", metavar=tr("词"), default="", help=tr("要找到的词；几个词用空格隔开，放在引号里"))
    form = listed.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("输出 JSON"))
    form.add_argument("--csv", action="store_true", help=tr("输出 CSV"))
    form.add_argument("--out", metavar="FILE", type=Path, help=tr("存为这个文件（.xlsx 或 .csv）"))
    listed.set_defaults(run=list_items)

    plans = commands.add_parser("plans", help=tr("列出规划数据包"))
    plans.add_argument("--json", action="store_true", help=tr("输出 JSON"))
    plans.set_defaults(run=list_plans)

    attach = commands.add_parser("attach", help=tr("添加你的规划文件（txt、docx、pdf、html、md），以便查看原文"))
    attach.add_argument("paths", metavar="FILE|DIR", nargs="+", type=Path, help=tr("文件，或存放文件的文件夹"))
    attach.add_argument("--plan", metavar="P", help=tr("指定这个文件是哪个规划的；不写时自动识别"))
    attach.set_defaults(run=attach_documents)

    detach = commands.add_parser("detach", help=tr("移除一个规划的文件"))
    detach.add_argument("plan", metavar="PLAN", help=tr("规划编号"))
    detach.set_defaults(run=detach_document)

    check = commands.add_parser("check", help=tr("检查数据包是否完好，引文是否都在文件中"))
    check.add_argument("packs", metavar="PACK", nargs="*", type=Path, help=tr("数据包文件，默认检查全部"))
    check.add_argument(
        "--sources", metavar="DIR", type=Path, help=tr("存放规划文件（txt、docx、pdf、html、md）的文件夹")
    )
    check.set_defaults(run=check_packs)
    return top


def run(arguments: Sequence[str]) -> int:
    """Carries out one command line and gives the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    try:
        chosen, rest = language_option().parse_known_args(arguments)
        use(chosen.language)
        options = parser().parse_args(rest)
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except UserError as error:
        report_problems(error.problems)
        return FAILED
    except KeyboardInterrupt:
        print("\n" + tr("已停止，没有留下未完成的文件"), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def report_problems(problems: Sequence[Problem]) -> None:
    """Two lines a problem on standard error: what and where, and what to do."""
    for problem in problems:
        print(tr("错误：{problem}", problem=problem), file=sys.stderr)
        if problem.hint:
            print(tr("办法：{hint}", hint=problem.hint), file=sys.stderr)


def _atlas() -> Atlas:
    plans, problems = load_plans()
    for problem in problems:
        print(tr("注意：{problem}（{hint}）", problem=problem, hint=problem.hint), file=sys.stderr)
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
            "\t"
            + tr(
                "产业 {sectors}，布局 {assignments}，园区与平台 {sites}，项目 {projects}，指标 {indicators}，其他 {others}",
                sectors=len(plan.sectors),
                assignments=len(plan.assignments),
                sites=len(plan.sites),
                projects=len(plan.projects),
                indicators=len(plan.indicators),
                others=len(plan.statements),
            )
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
