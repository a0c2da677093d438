"""docgen on the command line: take the input, call `issuing`, show the result. No rule lives here."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import click

from docgen import __version__
from docgen.cli.checking import check
from docgen.cli.chinese import ChineseCommand, ChineseGroup, ChineseOption, explained
from docgen.cli.fault import show_fault
from docgen.cli.issuing import issue
from docgen.cli.options import FORMATS, read_formats, read_pdf_kind
from docgen.cli.registering import register
from docgen.cli.starting import init
from docgen.cli.tracing import trace, traces
from docgen.cli.verifying import verify
from docgen.errors import Barred, DocgenError, ExitCode

Command = Callable[..., Any]

_WHAT_IT_DOES = """检查数据进，党政机关公文出：通报、附件、致各保险公司的函，按 GB/T 9704-2012 排版。

\b
起头：docgen init 新文件夹
先核对：docgen validate 检查数据.xlsx
再出函：docgen notices 检查数据.xlsx --out 输出
后通报：docgen circular 检查数据.xlsx --out 输出
查成稿：docgen check 通报.docx
"""


@click.group(
    cls=ChineseGroup, help=_WHAT_IT_DOES, context_settings={"help_option_names": ["--help", "-h"]}
)
@click.version_option(
    __version__, "--version", prog_name="docgen", message="%(prog)s %(version)s", help="显示版本。"
)
def commands() -> None:
    """Group the commands."""


commands.add_command(init)

def _reads_input(command: Command) -> Command:
    command = _telling_what_bars(command)
    command = click.option(
        "--settings",
        type=Path,
        metavar="FILE",
        cls=ChineseOption,
        help="发文设置文件；不写时用数据旁边的 发文.toml，没有的用工作表“发文信息”。",
    )(command)
    command = click.option(
        "--letters",
        type=Path,
        metavar="FILE",
        cls=ChineseOption,
        help="先前发函时的 函数据来源.json，逐个问题编号核对；circular、annexes 不写时用输出文件夹里的。",
    )(command)
    return click.argument("input", type=Path, metavar="INPUT")(command)


def _telling_what_bars(command: Command) -> Command:
    """Say with which words all that bars can be had, when only some of it is shown."""

    @wraps(command)
    def telling(**given: Any) -> None:
        try:
            command(**given)
        except Barred as barred:
            named = "".join(f' --{name} "{given[name]}"' for name in ("settings", "letters") if given[name])
            words = f'docgen validate "{given["input"]}"{named} --report 核对单.xlsx'
            _show_barred(barred, f"用 {words} 可得全部问题。")
            sys.exit(barred.exit_code)

    return telling


def _writes(command: Command) -> Command:
    command = click.option(
        "--strict", is_flag=True, cls=ChineseOption, help="有待核问题时也不生成（退出码 1）。"
    )(command)
    command = click.option(
        "--format",
        "formats",
        default=",".join(FORMATS),
        metavar="LIST",
        callback=read_formats,
        cls=ChineseOption,
        help="输出格式，用逗号隔开，如 docx,pdf；不写时全部生成。",
    )(command)
    command = click.option(
        "--for-oa",
        "is_for_oa",
        is_flag=True,
        cls=ChineseOption,
        help="供办公系统套版：正文、附件各成一份，不带版头、文号、版记和页码。",
    )(command)
    command = click.option(
        "--pdf",
        "pdf_kind",
        default="a",
        metavar="KIND",
        callback=read_pdf_kind,
        cls=ChineseOption,
        help="PDF 的种类：a 供长期保存（PDF/A-2b，不写按此），ua 供读屏软件（PDF/UA-1）。",
    )(command)
    return click.option(
        "--out", type=Path, required=True, metavar="DIR", cls=ChineseOption, help="输出文件夹，必须写。"
    )(command)


@commands.command(cls=ChineseCommand)
@_reads_input
@click.option(
    "--report",
    type=Path,
    metavar="FILE",
    cls=ChineseOption,
    help="把全部问题另存为一个工作簿，如 核对单.xlsx。",
)
@click.option(
    "--annotated",
    type=Path,
    metavar="FILE",
    cls=ChineseOption,
    help="另存一份涂色、加批注的工作簿，如 批注.xlsx；原文件不动。",
)
@click.option("--strict", is_flag=True, cls=ChineseOption, help="有待核问题时退出码也为 1。")
def validate(
    input: Path, settings: Path | None, letters: Path | None, report: Path | None, annotated: Path | None, strict: bool
) -> None:
    """核对数据：列出全部问题，不生成公文。"""
    from docgen.cli.show import counted, say, show_annotated, show_problems
    from docgen.issuing import (
        annotate,
        check_annotated,
        check_input,
        check_report,
        in_order,
        is_barred,
        telling_of_no_annotated,
        write_report,
    )

    if report is not None:
        check_report(report, input)
    if annotated is not None:
        check_annotated(annotated, input, report)
    with telling_of_no_annotated(annotated):
        problems = in_order(check_input(input, settings, _metrics(), _handed_over(letters)))
    show_problems(problems, full_list="加 --report 核对单.xlsx 可得全部问题。")
    if report is not None:
        write_report(problems, report)
        say(f"\n全部问题已写入：{report}")
    if annotated is not None:
        show_annotated(annotate(problems, input, annotated))
    say(f"\n核对完毕：{counted(problems)}。")
    if is_barred(problems, is_strict=strict):
        sys.exit(ExitCode.BARRED)


@commands.command(cls=ChineseCommand)
@_reads_input
@click.option(
    "--json", "as_json", is_flag=True, cls=ChineseOption, help="按 JSON 输出，含每个数来自哪些行。"
)
def figures(input: Path, settings: Path | None, letters: Path | None, as_json: bool) -> None:
    """列出公文中的每个数，以及它是怎样数出来的。"""
    from docgen.cli.show import counted, say, say_list, show_figures
    from docgen.figures import shown
    from docgen.issuing import figures_json, read_and_count

    facts = read_and_count(input, settings, _metrics(), _handed_over(letters))
    if as_json:
        say_list(json.dumps(figure, ensure_ascii=False, indent=1) for figure in figures_json(facts.figures))
    else:
        show_figures(facts.figures, shown)
        say(f"数据核对：{counted(facts.problems)}。用 docgen validate 查看。")


commands.command(cls=ChineseCommand)(_reads_input(traces(trace)))


@commands.command(cls=ChineseCommand)
@_reads_input
@_writes
def circular(**given: Any) -> None:
    """生成通报：正文连同附件表，DOCX 和 PDF。"""
    _make("CIRCULAR", **given)


@commands.command(cls=ChineseCommand)
@_reads_input
@_writes
def notices(**given: Any) -> None:
    """生成致各保险公司的函，每家只列本公司的问题。"""
    _make("LETTERS", **given)


@commands.command(cls=ChineseCommand)
@_reads_input
@_writes
def annexes(**given: Any) -> None:
    """生成附件工作簿和分地区工作簿（XLSX）。"""
    _make("ANNEXES", **given)


@commands.command(name="all", cls=ChineseCommand)
@_reads_input
@_writes
def everything(**given: Any) -> None:
    """生成全部：通报、函、附件和分地区工作簿。"""
    _make("CIRCULAR", "LETTERS", "ANNEXES", **given)


commands.add_command(issue)

commands.add_command(verify)

commands.add_command(register)

commands.add_command(check)


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
    *papers: str, input: Path, settings: Path | None, letters: Path | None, out: Path, formats: tuple[str, ...],
    pdf_kind: str, is_for_oa: bool, strict: bool,
) -> None:
    """Gather, call `issuing`, show. `papers` name members of `issuing.Paper`, which is costly to import."""
    from docgen.cli.show import progress, show_outcome, show_problems, show_reconciled
    from docgen.issuing import (
        CHECK_SHEET,
        Paper,
        Workshop,
        bar,
        check_folder,
        check_formats,
        check_stated_number,
        draft_papers,
        in_order,
        letters_beside,
        make_papers,
        read_and_count,
    )
    from docgen.styles import load_stylesheet

    _spare_the_collector()
    wanted = [Paper[name] for name in papers]
    check_formats(wanted, formats)
    check_folder(out, input)
    metrics = _metrics()
    if letters is None and Paper.LETTERS not in wanted:
        letters = letters_beside(out)
    drafted = draft_papers(read_and_count(input, settings, metrics, _handed_over(letters)), wanted)
    bar(drafted.problems, is_strict=strict)
    if drafted.circular is not None:
        check_stated_number(drafted.counted.settings)
    stylesheet = load_stylesheet(drafted.counted.settings.profile)
    with progress(len(drafted.letters) + len(wanted) + 1) as advance:
        outcome = make_papers(drafted, out, Workshop(stylesheet, metrics, formats, advance, pdf_kind, is_for_oa=is_for_oa))
    show_problems(in_order(outcome.problems), full_list=f"全部问题见输出文件夹中的 {CHECK_SHEET}。")
    show_outcome(outcome, str(out))
    show_reconciled(drafted.counted.figures, letters)
    if outcome.not_made:
        sys.exit(ExitCode.INCOMPLETE)


def _handed_over(letters: Path | None) -> Any:
    """Read what the earlier letters handed over, when a run names them."""
    from docgen.issuing import handed_over

    return None if letters is None else handed_over(letters)


def _metrics() -> Any:
    from docgen.issuing import load_metrics
    from docgen.styles import load_stylesheet

    return load_metrics(load_stylesheet())


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Run docgen with these words, or those of the command line; every ending has its exit code."""
    _speak_chinese_anywhere()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us so is told the same as by Ctrl-C
    try:
        commands.main(words, prog_name="docgen", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as no_words:
        click.echo(no_words.format_message(), err=True)
        sys.exit(ExitCode.USAGE)
    except click.ClickException as error:
        click.echo(explained(error), err=True)
        sys.exit(ExitCode.USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，没有留下半成品。再次运行同一命令即可重做。", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except Barred as barred:
        _show_barred(barred, "改正以后再运行，其余的接着列出。")
        sys.exit(barred.exit_code)
    except DocgenError as error:
        from docgen.cli.show import show_error

        show_error(error)
        sys.exit(error.exit_code)
    sys.exit(ExitCode.MADE)


def _speak_chinese_anywhere() -> None:
    """Print what a terminal's encoding lacks as a question mark, and a fault of our own without its traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.excepthook = show_fault


def _show_barred(barred: Barred, full_list: str) -> None:
    from docgen.cli.show import counted, show_problems
    from docgen.issuing import in_order

    show_problems(in_order(barred.problems), full_list=full_list, to_errors=True)
    click.echo(f"\n没有生成任何文件：{counted(barred.problems)}，请先改正。", err=True)
