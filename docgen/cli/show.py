"""Show the clerk what was found and what was made: tables on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from docgen.errors import DocgenError, Problem, Severity
from docgen.gongwen.numerals import quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from docgen.figures import Figure
    from docgen.issuing import Annotated, Finding, Made, Outcome
    from docgen.issuing.doctor import Substituted

SHOWN_OF_A_KIND = 10
_FIRST_SHOWN = ("通报", "通报附件", "附件", "函", "分地区")
_PLAIN_WIDTH = 160
_COLOURS = {Severity.BARRING: "bold red", Severity.DOUBTFUL: "yellow", Severity.NOTICE: "cyan"}


class Screen(Console):
    """A terminal, or a stream whose reader may go away: the papers are made all the same."""

    def on_broken_pipe(self) -> None:
        """Let the rest be said to nobody."""
        _speak_to_nobody()


def console(*, to_errors: bool = False) -> Console:
    """Open the terminal, or a plain stream of whole lines where there is none."""
    stream = sys.stderr if to_errors else sys.stdout
    return Screen(file=stream, width=None if stream.isatty() else _PLAIN_WIDTH, highlight=False)


def say(text: str) -> None:
    """Print plain text as it is."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _speak_to_nobody()


def say_list(items: Iterable[str]) -> None:
    """Print the items of a JSON list one after another, so that they need not all be held at once."""
    mark = "["
    for item in items:
        say(f"{mark}\n{item}")
        mark = ","
    say("[]" if mark == "[" else "]")


def _speak_to_nobody() -> None:
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, sys.stdout.fileno())
    os.close(nobody)


def show_error(error: DocgenError) -> None:
    """Say what stopped the command and what mends it."""
    screen = console(to_errors=True)
    screen.print(f"[bold red]错误：[/]{escape(error.message)}", soft_wrap=True)
    if error.remedy:
        screen.print(f"处理：{escape(error.remedy)}", soft_wrap=True)


def show_problems(problems: Sequence[Problem], *, full_list: str, to_errors: bool = False) -> None:
    """Show problems by severity and kind, the first ten of each; `full_list` says where all of them are."""
    screen = console(to_errors=to_errors)
    is_cut = False
    for severity, of_severity in groupby(problems, key=lambda problem: problem.severity):
        same = list(of_severity)
        screen.print(f"\n[{_COLOURS[severity]}]{severity.value}[/] 共 {len(same)} 处")
        for code, of_kind in groupby(same, key=lambda problem: problem.code):
            kind = list(of_kind)
            for problem in kind[:SHOWN_OF_A_KIND]:
                screen.print(f"  · {escape(str(problem))}", soft_wrap=True)
            if len(kind) > SHOWN_OF_A_KIND:
                is_cut = True
                screen.print(f"  · ……同类问题（{code}）另有 {len(kind) - SHOWN_OF_A_KIND} 处")
    if is_cut:
        screen.print(f"\n{escape(full_list)}", soft_wrap=True)


def counted(problems: Sequence[Problem]) -> str:
    """Count problems by severity: “待核 3 处，提示 5 处”."""
    counts = ((severity, sum(problem.severity is severity for problem in problems)) for severity in Severity)
    return (
        "，".join(f"{severity.value} {number} 处" for severity, number in counts if number) or "没有发现问题"
    )


def show_annotated(annotated: Annotated) -> None:
    """Say where the marked workbook is, and what should be known of it."""
    say(f"\n涂色、加批注的工作簿已写入：{annotated.path}")
    for remark in annotated.remarks:
        say(f"  · {remark}")


def show_figures(figures: Mapping[str, Figure], shown: Callable[[Figure], str]) -> None:
    """Show each figure with how it was counted."""
    table = plain_table("名称", "数值", "来自", "怎样数的")
    for figure in figures.values():
        table.add_row(escape(figure.name), shown(figure), f"{len(figure.rows)} 行", escape(figure.how))
        for part in figure.parts:
            table.add_row(f"  {escape(part.name)}", shown(part), f"{len(part.rows)} 行", "")
    console().print(table)


def show_outcome(outcome: Outcome, folder: str) -> None:
    """Show in a short table what was made, then what was not, and what is left to check."""
    screen = console()
    table = plain_table("公文", "文件", "页数")
    for name, files in _grouped(outcome):
        pages = sorted({file.pages for file in files if file.pages is not None})
        extent = "" if not pages else str(pages[0]) if len(pages) == 1 else quantities(str(pages[0]), str(pages[-1]))
        kinds = sorted({file.path.rpartition(".")[2].upper() for file in files})
        table.add_row(escape(name), f"{len(files)} 个（{'、'.join(kinds)}）", extent)
    screen.print()
    if outcome.made:
        screen.print(table)
        screen.print(f"输出文件夹：{escape(folder)}", soft_wrap=True)
    for path in outcome.kept:
        screen.print(f"原文件不是 docgen 写的或有人改动过，已移到：{escape(path)}", soft_wrap=True)
    if outcome.without_letter:
        names = "、".join(map(escape, outcome.without_letter))
        screen.print(f"没有问题、不发函的保险公司：{names}", soft_wrap=True)
    if any(file.pages is not None for file in outcome.made):
        show_fonts(outcome.fonts)
    screen.print(f"数据核对：{counted(outcome.problems)}。")
    errors = console(to_errors=True)
    for failed in outcome.not_made:
        message = f"{escape(failed.name)}：{escape(failed.reason)}。处理：{escape(failed.remedy)}。"
        errors.print(f"[bold red]没有生成[/] {message}", soft_wrap=True)
    if outcome.not_made:
        rest = "其余的已经生成" if outcome.made else "一件也没有生成，输出文件夹没有改动"
        errors.print(f"有 {len(outcome.not_made)} 件没有生成，{rest}。", soft_wrap=True)


_MOST_BORROWED = 30


def show_fonts(fonts: Substituted) -> None:
    """Say which faces stand in for the standard's, and what Word or WPS will ask for."""
    screen = console()
    if fonts.stand_ins:
        drawn = "；".join(f"{kind} {face}，代替{official}" for kind, face, official in fonts.stand_ins)
        screen.print(f"PDF 用了替代字体：{escape(drawn)}。", soft_wrap=True)
        screen.print(
            f"DOCX 里写的是{'、'.join(fonts.asked)}，打开它的电脑缺哪种，Word、WPS 就自行换哪种，换行可能变；"
            "装上这些字体再生成，PDF 也用它们。",
            soft_wrap=True,
        )
    if fonts.borrowed:
        few = "、".join(fonts.borrowed[:_MOST_BORROWED])
        rest = f"等 {len(fonts.borrowed)} 个" if len(fonts.borrowed) > _MOST_BORROWED else ""
        screen.print(
            f"有字是所用字体没有的，PDF 由 {escape(fonts.borrowed_from)} 补：{escape(few)}{rest}。Word、WPS 里请看这几个字是否好认。",
            soft_wrap=True,
        )


def plain_table(*headers: str) -> Table:
    """A table that breaks long cells and cuts none."""
    table = Table()
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def _grouped(outcome: Outcome) -> Iterator[tuple[str, list[Made]]]:
    """Group files by the paper or folder that they belong to: the papers first, then what tells of them."""
    groups: dict[str, list[Made]] = {}
    for file in outcome.made:
        groups.setdefault(file.path.partition("/")[0].partition(".")[0], []).append(file)
    first = [name for name in _FIRST_SHOWN if name in groups]
    for name in (*first, *(name for name in groups if name not in first)):
        yield name, groups[name]


def show_reconciled(figures: Mapping[str, Figure], letters: Path | None) -> None:
    """Write the equation of the letters' problems and the circular's, when a run was held against letters."""
    from docgen.figures.reconcile import ADDED, ASSIGNED, REPORTED, WITHDRAWN

    if letters is None:
        return
    assigned, withdrawn, added, reported = (
        figures[name].value for name in (ASSIGNED, WITHDRAWN, ADDED, REPORTED)
    )
    console().print(
        f"已与先前的函核对（{escape(str(letters))}）："
        f"交办 {assigned} − 撤销 {withdrawn} + 新增 {added}，通报 {reported} 个问题。",
        soft_wrap=True,
    )


def show_findings(findings: Sequence[Finding]) -> None:
    """Show what a machine has and lacks."""
    table = plain_table("", "检查项", "结果", "处理")
    for finding in findings:
        mark = "[green]✓[/]" if finding.is_enough else "[bold red]✗[/]"
        table.add_row(mark, finding.what, escape(finding.found), escape(finding.remedy))
    console().print(table)


@contextmanager
def progress(total: int, doing: str = "正在生成") -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal, a plain line for each paper elsewhere; `total` is how many there will be."""
    screen = console()
    if not screen.is_terminal:
        yield lambda name: screen.print(f"{doing}：{escape(name)}", soft_wrap=True)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("", total=total, completed=-1)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=escape(name))

        yield advance
