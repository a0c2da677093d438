"""`docgen check`: hold finished papers against the rules, ours or anybody's; nothing of them is changed."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseArgument, ChineseCommand, ChineseOption
from docgen.errors import ExitCode, Unreadable, UsageError

if TYPE_CHECKING:
    from docgen.check.finding import Finding
    from docgen.check.inspect import Report
    from docgen.check.known_numbers import KnownNumbers
    from docgen.check.run import Run

_MOST_BYTES = 100_000_000
_RIGHT_PATH = "写出 DOCX 或 PDF 的路径，如 docgen check 通报.docx"
_SHOWN_OF_A_RULE = 10
_COLOURS = {"E": "bold red", "W": "yellow", "I": "cyan"}
_WHAT_IT_DOES = """检查公文：DOCX、PDF 是否合乎 GB/T 9704-2012，文字和合计有没有错。

\b
检查：docgen check 通报.docx 通报.pdf
画在副本上：docgen check 通报.pdf --overlay 检查结果.pdf
数字也对照：docgen check 通报.docx --figures 通报数据来源.json
文号也对照：docgen check 通报.docx --register 登记簿.db

不论是不是 docgen 生成的都能查，看的是内容，不看文件名。文件不会改动。有错误的退出码是 1，有文件读不了的是 3。
"""


@click.command(cls=ChineseCommand, help=_WHAT_IT_DOES)
@click.argument(
    "files", type=Path, nargs=-1, metavar="FILE…", cls=ChineseArgument, explained="要检查的 DOCX、PDF，可写几个。"
)
@click.option(
    "--figures", type=Path, metavar="FILE", cls=ChineseOption,
    help="生成它的那次运行的数据来源，如 通报数据来源.json：公文里的数逐个对照。",
)
@click.option("--json", "as_json", is_flag=True, cls=ChineseOption, help="按 JSON 输出。")
@click.option(
    "--overlay", type=Path, metavar="FILE", cls=ChineseOption,
    help="另存一份 PDF，在页面上标出每处问题，如 检查结果.pdf；只用于一个 PDF。",
)
@click.option(
    "--register", "url", metavar="URL", cls=ChineseOption,
    help="发文登记簿的路径或地址：文号登记了没有，是不是这份公文的，作废没有。",
)
@click.option("--rules", is_flag=True, cls=ChineseOption, help="列出全部规则，不检查文件。")
def check(
    files: tuple[Path, ...], figures: Path | None, as_json: bool, overlay: Path | None, url: str | None, rules: bool
) -> None:
    """检查公文。"""
    if rules:
        _show_rules()
        return
    _refuse_odd_words(files, overlay)
    run, known_numbers = _run_of(figures), _numbers_of(url)
    checked = [(path, _checked(path, run, known_numbers)) for path in files]
    if as_json:
        _print_json(checked)
    else:
        _show(checked)
    if overlay is not None and not isinstance(checked[0][1], Unreadable):
        _write_overlay(files[0], checked[0][1], overlay, is_said=not as_json)
    answers = [answer for _, answer in checked]
    if any(isinstance(answer, Unreadable) for answer in answers):
        sys.exit(ExitCode.UNREADABLE)
    if any(_has_errors(answer) for answer in answers if not isinstance(answer, Unreadable)):
        sys.exit(ExitCode.BARRED)


def _refuse_odd_words(files: tuple[Path, ...], overlay: Path | None) -> None:
    """Refuse a path that is no file, and a place for the overlay that would cover one. Raise UsageError."""
    if not files:
        raise UsageError("没有写要检查的文件", "写出 DOCX 或 PDF 的路径，如 docgen check 通报.docx")
    if not any(path.is_file() for path in files):
        raise UsageError(f"“{files[0]}”{_why_no_file(files[0])}", _RIGHT_PATH)
    if overlay is None:
        return
    if len(files) > 1:
        raise UsageError("--overlay 只用于一个 PDF", "一次查一个文件，分别写 --overlay")
    if overlay.suffix.lower() != ".pdf" or overlay.is_dir():
        raise UsageError(f"--overlay 写的“{overlay}”不是 PDF 文件名", "写出文件名，如 检查结果.pdf")
    if overlay.resolve() == files[0].resolve() or (overlay.exists() and overlay.samefile(files[0])):
        raise UsageError(f"“{overlay}”就是要检查的文件，会盖掉它", "换一个名称，如 检查结果.pdf")


def _why_no_file(path: Path) -> str:
    return "是一个文件夹，不是文件" if path.is_dir() else "找不到"


def _run_of(figures: Path | None) -> Run | None:
    if figures is None:
        return None
    from docgen.issuing.checking import run_of

    return run_of(figures)


def _numbers_of(url: str | None) -> KnownNumbers | None:
    if url is None:
        return None
    from docgen.issuing.checking import numbers_of
    from docgen.register import open_register

    with open_register(url, "", datetime.now, must_exist=True) as register:
        return numbers_of(register)


def _checked(path: Path, run: Run | None, known_numbers: KnownNumbers | None) -> Report | Unreadable:
    """Check one file; what cannot be read is told with the others and stops none of them."""
    from docgen.check.inspect import inspect, is_neither

    if not path.is_file():
        return Unreadable(_why_no_file(path), _RIGHT_PATH)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unreadable(f"文件超过 {_MOST_BYTES // 1_000_000} MB，没有读", "确认它是不是公文；图片太大的，压缩图片后另存")
        content = path.read_bytes()
        if path.suffix.lower() == ".pdf" and is_neither(content):
            raise Unreadable("文件名是 .pdf，内容不是 PDF", "从 Word 或 WPS 另存为 PDF 再查，只改文件名不成；打不开就重要一份")
        return inspect(content, run, known_numbers)
    except OSError as error:
        return Unreadable(f"打不开（错误号 {error.errno}）", "确认有读取权限，或关闭正在使用它的程序，再试一次")
    except Unreadable as error:
        return error


def _has_errors(report: Report) -> bool:
    return any(finding.grade.value == "E" for finding in report.findings)


def _print_json(checked: list[tuple[Path, Report | Unreadable]]) -> None:
    from docgen.check.told import all_data, as_data, unread_data
    from docgen.cli.show import say

    files = [
        unread_data(str(path), answer.message, answer.remedy)
        if isinstance(answer, Unreadable) else as_data(str(path), answer)
        for path, answer in checked
    ]
    say(json.dumps(all_data(files), ensure_ascii=False, indent=1))


def _show(checked: list[tuple[Path, Report | Unreadable]]) -> None:
    from rich.markup import escape

    from docgen.cli.show import console

    screen, errors = console(), console(to_errors=True)
    for number, (path, answer) in enumerate(checked):
        if number:
            screen.print()
        if isinstance(answer, Unreadable):
            errors.print(
                f"[bold red]读不了[/] {escape(str(path))}：{escape(answer.message)}\n处理：{escape(answer.remedy)}", soft_wrap=True
            )
        else:
            _show_report(path, answer)
    unread = sum(isinstance(answer, Unreadable) for _, answer in checked)
    if len(checked) > 1:
        screen.print(f"\n查了 {len(checked) - unread} 个文件" + (f"，{unread} 个读不了。" if unread else "。"))


def _show_report(path: Path, report: Report) -> None:
    from rich.markup import escape

    from docgen.check.finding import Grade
    from docgen.check.told import GRADES, count_in_words, on_one_line
    from docgen.cli.show import console

    screen = console()
    pages = f"，{report.pages} 页" if report.pages is not None else ""
    draft = "，送审稿（文号还空着，待补待核之处只作提示）" if report.is_draft else ""
    screen.print(
        f"[bold]{escape(str(path))}[/]（{report.kind.upper()}{pages}{draft}）：{count_in_words(report)}", soft_wrap=True
    )
    is_cut = False
    for grade in Grade:
        own = [finding for finding in report.findings if finding.grade is grade]
        if own:
            screen.print(f"[{_COLOURS[grade.value]}]{GRADES[grade]}[/] 共 {len(own)} 处")
            is_cut = _show_findings(own) or is_cut
    if is_cut:
        screen.print("  加 --json 可得全部。")
    for told in report.unidentified:
        screen.print(f"  没有认出：{escape(on_one_line(told))}", soft_wrap=True)
    for told in report.remarks:
        screen.print(f"  另请注意：{escape(on_one_line(told))}", soft_wrap=True)


def _show_findings(findings: list[Finding]) -> bool:
    """Show findings in reading order, the first ten of a rule; say whether there are more."""
    from rich.markup import escape

    from docgen.check.told import in_words
    from docgen.cli.show import console

    screen = console()
    by_rule = {name: list(own) for name, own in groupby(sorted(findings, key=lambda one: one.rule.id), lambda one: one.rule.id)}
    shown = {id(finding) for own in by_rule.values() for finding in own[:_SHOWN_OF_A_RULE]}
    for finding in findings:
        if id(finding) in shown:
            screen.print(f"  · {escape(in_words(finding))}", soft_wrap=True)
    for name, own in by_rule.items():
        if len(own) > _SHOWN_OF_A_RULE:
            screen.print(f"  · ……同类问题（{name}）另有 {len(own) - _SHOWN_OF_A_RULE} 处")
    return len(shown) < len(findings)


def _write_overlay(path: Path, report: Report, to: Path, *, is_said: bool) -> None:
    """Draw the findings over a copy. Raise UsageError where that cannot be or the copy cannot be written."""
    from docgen.cli.show import say

    if report.kind != "pdf":
        raise UsageError(f"“{path.name}”不是 PDF，没有页面可画", "打印成 PDF 再查，或不写 --overlay")
    from docgen.check.overlay import overlay
    from docgen.styles import find_fonts, load_stylesheet

    drawn = overlay(path.read_bytes(), report, find_fonts(load_stylesheet()))
    try:
        to.write_bytes(drawn)
    except OSError as error:
        raise UsageError(f"不能写入“{to}”（错误号 {error.errno}）", "换一个位置，或关闭正打开的同名文件") from error
    if is_said:
        say(f"\n标出问题的副本已写入：{to}")


def _show_rules() -> None:
    from rich.markup import escape

    from docgen.check.told import GRADES, clause_in_words, rule_rows
    from docgen.cli.show import console, plain_table

    table = plain_table("规则", "轻重", "条款", "要求", "在哪种文件里看得出")
    for row in rule_rows():
        table.add_row(row.id, GRADES[row.grade], escape(clause_in_words(row.clause)), escape(row.title), row.where)
    console().print(table)
