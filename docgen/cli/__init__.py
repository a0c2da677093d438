"""docgen on the command line: take the input, call `issuing`, show the result. No rule lives here."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from docgen import __version__
from docgen.cli.chinese import ChineseCommand, ChineseGroup, explained
from docgen.errors import Barred, DocgenError, ExitCode

if TYPE_CHECKING:
    from docgen.issuing import Outcome, Workshop

Command = Callable[..., Any]

_FORMATS = ("docx", "pdf", "xlsx")


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(
    __version__, "--version", prog_name="docgen", message="%(prog)s %(version)s", help="显示版本。"
)
def commands() -> None:
    """检查数据进，党政机关公文出：通报、附件、致各保险公司的函，按 GB/T 9704-2012 排版。

    INPUT 是一个工作簿，或者放有若干工作簿、CSV 的文件夹；发文设置默认取其旁边的 发文.toml，没有时取工作表“发文信息”。
    """


def _reads_input(command: Command) -> Command:
    command = click.option("--settings", type=Path, metavar="FILE", help="发文设置文件（发文.toml）。")(
        command
    )
    return click.argument("input", type=Path, metavar="INPUT")(command)


def _writes(command: Command) -> Command:
    command = click.option("--strict", is_flag=True, help="有待核问题时也不生成。")(command)
    command = click.option(
        "--format",
        "formats",
        default=",".join(_FORMATS),
        metavar="LIST",
        callback=_formats,
        show_default="全部",
        help="输出格式，用逗号隔开，如 docx,pdf。",
    )(command)
    return click.option("--out", type=Path, required=True, metavar="DIR", help="输出文件夹。")(command)


def _formats(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(part.strip().lower() for part in value.replace("，", ",").split(",") if part.strip())
    unknown = [part for part in chosen if part not in _FORMATS]
    if unknown or not chosen:
        found = "、".join(unknown) or "空"
        raise click.BadParameter(
            f"--format 应为 docx、pdf、xlsx 中的一种或几种，如 docx,pdf，不是“{found}”。"
        )
    return chosen


@commands.command(cls=ChineseCommand)
@_reads_input
@click.option("--report", type=Path, metavar="FILE", help="把全部问题写成一个工作簿，如 核对单.xlsx。")
def validate(input: Path, settings: Path | None, report: Path | None) -> None:
    """核对数据：列出全部问题，不生成公文。"""
    from docgen.cli.show import console, counted, show_problems
    from docgen.issuing import check_input, in_order, write_report

    problems = in_order(check_input(input, settings, _metrics()))
    show_problems(problems, full_list="加 --report 核对单.xlsx 可得全部问题。")
    if report is not None:
        write_report(problems, report)
        console().print(f"全部问题已写入：{report}")
    console().print(f"\n核对完毕：{counted(problems)}。")
    _bar(problems, is_strict=False)


@commands.command(cls=ChineseCommand)
@_reads_input
@click.option("--json", "as_json", is_flag=True, help="按 JSON 输出，含每个数来自哪些行。")
def figures(input: Path, settings: Path | None, as_json: bool) -> None:
    """列出公文中的每个数，以及它是怎样数出来的。"""
    from docgen.cli.show import show_figures
    from docgen.figures import shown
    from docgen.issuing import figures_json, read_and_count

    counted = read_and_count(input, settings, _metrics())
    if as_json:
        click.echo(json.dumps(figures_json(counted.figures), ensure_ascii=False, indent=1))
    else:
        show_figures(counted.figures, shown)


@commands.command(cls=ChineseCommand)
@_reads_input
@_writes
def circular(**given: Any) -> None:
    """生成通报，连同附件。"""
    _make(**given, makes_circular=True)


@commands.command(cls=ChineseCommand)
@_reads_input
@_writes
def notices(**given: Any) -> None:
    """生成致各保险公司的函，每家只列本公司的问题。"""
    _make(**given, makes_letters=True)


@commands.command(cls=ChineseCommand)
@_reads_input
@_writes
def annexes(**given: Any) -> None:
    """生成附件工作簿和分地区工作簿（只有 XLSX）。"""
    _make(**given, makes_annexes=True)


@commands.command(name="all", cls=ChineseCommand)
@_reads_input
@_writes
def everything(**given: Any) -> None:
    """生成全部：通报、函、附件和分地区工作簿。"""
    _make(**given, makes_circular=True, makes_letters=True, makes_annexes=True)


@commands.command(cls=ChineseCommand)
def doctor() -> None:
    """检查本机的字体和系统库，缺什么、怎样补。"""
    from docgen.cli.show import show_findings
    from docgen.issuing import examine
    from docgen.styles import load_stylesheet

    findings = examine(load_stylesheet())
    show_findings(findings)
    if not all(finding.is_enough for finding in findings):
        sys.exit(ExitCode.INCOMPLETE)


def _spare_the_collector() -> None:
    """Look for garbage seldom: a run keeps nearly all that it makes until it ends, and looking cost a fifth of it."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


def _make(
    input: Path,
    settings: Path | None,
    out: Path,
    formats: tuple[str, ...],
    strict: bool,
    makes_circular: bool = False,
    makes_letters: bool = False,
    makes_annexes: bool = False,
) -> None:
    from docgen.cli.show import counted, progress, show_outcome, show_problems
    from docgen.issuing import CHECK_SHEET, Workshop, bar, draft_papers, in_order, make_papers, read_and_count
    from docgen.styles import load_stylesheet

    _spare_the_collector()
    metrics = _metrics()
    drafted = draft_papers(
        read_and_count(input, settings, metrics), circular=makes_circular, letters=makes_letters
    )
    bar(drafted.problems, is_strict=strict)
    total = makes_circular + len(drafted.letters) + 2 * makes_annexes
    with progress(total) as advance:
        workshop: Workshop = Workshop(load_stylesheet(), metrics, formats, advance)
        outcome: Outcome = make_papers(drafted, out, workshop, annexes=makes_annexes)
    show_problems(in_order(outcome.problems), full_list=f"全部问题见输出文件夹中的 {CHECK_SHEET}。")
    show_outcome(outcome, str(out))
    click.echo(f"数据核对：{counted(outcome.problems)}。")
    if outcome.not_made:
        sys.exit(ExitCode.INCOMPLETE)


def _metrics() -> Any:
    from docgen.issuing import load_metrics
    from docgen.styles import load_stylesheet

    return load_metrics(load_stylesheet())


def _bar(problems: Any, *, is_strict: bool) -> None:
    from docgen.issuing import is_barred

    if is_barred(problems, is_strict=is_strict):
        sys.exit(ExitCode.BARRED)


def main() -> NoReturn:
    """Run docgen; every ending has its exit code."""
    try:
        commands.main(prog_name="docgen", standalone_mode=False)
    except click.ClickException as error:
        click.echo(f"命令有误：{explained(error)}\n用 docgen --help 查看用法。", err=True)
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，没有写入任何文件。", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except Barred as barred:
        _show_barred(barred)
        sys.exit(barred.exit_code)
    except DocgenError as error:
        from docgen.cli.show import show_error

        show_error(error)
        sys.exit(error.exit_code)
    sys.exit(ExitCode.MADE)


def _show_barred(barred: Barred) -> None:
    from docgen.cli.show import counted, show_problems
    from docgen.issuing import in_order

    show_problems(
        in_order(barred.problems), full_list="用 docgen validate INPUT --report 核对单.xlsx 可得全部问题。"
    )
    click.echo(f"\n没有生成任何文件：{counted(barred.problems)}，请先改正。", err=True)
