"""docgen trace: from a figure to its rows, and from a text of a finished paper to the figure and rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

from docgen.cli.chinese import ChineseArgument, ChineseOption

if TYPE_CHECKING:
    from docgen.gongwen import Table
    from docgen.issuing.trace import Traced
    from docgen.issuing.trace_paper import Answer, Found, Place

SHOWN_ROWS = 20
_SHOWN_FINDS = 20
_LONGEST_ROWS = 200
"""A list of row numbers is cut at so many characters on screen."""

_NAME_HELP = "数的名称，如 投保单位数、金属冶炼、甲山财险/问题保单数；查公文时写公文上的字，如 141份。"
_WHAT_IT_DOES = """由数查行，由公文查数。

\b
一个数来自哪些行：docgen trace 检查数据.xlsx 投保单位数
公文上的一个数是什么：docgen trace 输出/通报.pdf:2 "141份"

INPUT 也可以是一份公文和页码，如 通报.pdf:2；DOCX 和不写页码的查全文。
"""


def trace(
    input: Path, name: str, settings: Path | None, letters: Path | None, xlsx: Path | None, manifest: Path | None
) -> None:
    """Trace a figure, or a text of a paper, whichever the input is."""
    from docgen.issuing.trace_paper import paper_place

    place = paper_place(str(input))
    if place is None:
        _trace_figure(input, name, settings, letters, xlsx, manifest)
    else:
        _trace_paper(place, name, settings, xlsx, manifest)


def traces(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what `trace` takes besides the input."""
    command = click.option(
        "--xlsx", type=Path, metavar="FILE", cls=ChineseOption, help="把全部行写成一个工作簿，如 来源行.xlsx。"
    )(command)
    command = click.option(
        "--manifest",
        type=Path,
        metavar="FILE",
        cls=ChineseOption,
        help="查公文时用的数据来源；不写时用公文旁边的，如 通报数据来源.json。",
    )(command)
    return click.argument("name", metavar="NAME", cls=ChineseArgument, explained=_NAME_HELP)(command)


def _trace_figure(
    input: Path, name: str, settings: Path | None, letters: Path | None, xlsx: Path | None, manifest: Path | None
) -> None:
    from docgen import cli
    from docgen.cli.show import say
    from docgen.errors import UsageError
    from docgen.issuing import check_report, read_and_count
    from docgen.issuing.trace import trace_figure, write_rows

    if manifest is not None:
        raise UsageError("--manifest 只在查公文时用", "查数据的不写它；查公文的，写出公文，如 通报.pdf:2")
    if xlsx is not None:
        check_report(xlsx, input, "--xlsx", "来源行.xlsx")
    counted = read_and_count(input, settings, cli._metrics(), cli._handed_over(letters))
    traced = trace_figure(counted, name)
    _show_figure(traced)
    if xlsx is not None:
        write_rows(traced, counted.settings, xlsx)
        say(f"\n全部行已写入：{xlsx}")


def _trace_paper(
    place: Place, wanted: str, settings: Path | None, xlsx: Path | None, manifest: Path | None
) -> None:
    from docgen.cli.show import say
    from docgen.errors import UsageError
    from docgen.issuing import check_report
    from docgen.issuing.trace_paper import trace_text, write_found

    if settings is not None:
        raise UsageError("--settings 只在查数据时用", "查公文的不写它：发文信息记在数据来源里")
    if xlsx is not None:
        check_report(xlsx, place.path, "--xlsx", "来源行.xlsx")
    answer = trace_text(place, wanted, manifest)
    _show_answer(answer, wanted)
    if xlsx is not None:
        write_found(answer, wanted, xlsx)
        say(f"\n全部行已写入：{xlsx}")


def _show_figure(traced: Traced) -> None:
    from docgen.cli.show import console
    from docgen.figures import shown

    figure, screen = traced.figure, console()
    screen.print(f"[bold]{escape(traced.name)}[/]：{escape(shown(figure))}", soft_wrap=True)
    screen.print(f"怎样数的：{escape(figure.how)}", soft_wrap=True)
    if figure.parts:
        parts = "、".join(f"{part.name} {shown(part)}" for part in figure.parts)
        screen.print(f"分项：{escape(parts)}", soft_wrap=True)
    _show_doubts([str(doubt) for doubt in figure.doubts])
    screen.print(f"来自 {len(figure.rows)} 行。" if figure.rows else "没有一行数到它。", soft_wrap=True)
    for table in traced.telling:
        _show_rows(table)


def _show_doubts(doubts: Sequence[str]) -> None:
    from docgen.cli.show import SHOWN_OF_A_KIND, console

    screen = console()
    for doubt in doubts[:SHOWN_OF_A_KIND]:
        screen.print(f"  [yellow]待核[/]：{escape(doubt)}", soft_wrap=True)
    if len(doubts) > SHOWN_OF_A_KIND:
        screen.print(f"  [yellow]待核[/]：……另有 {len(doubts) - SHOWN_OF_A_KIND} 处", soft_wrap=True)


def _show_rows(table: Table) -> None:
    from docgen.cli.show import console, plain_table
    from docgen.gongwen import cell_text

    shown = plain_table(*(column.header for column in table.columns))
    for row in table.rows[:SHOWN_ROWS]:
        cells = zip(row, table.columns, strict=True)
        shown.add_row(*(escape(cell_text(cell, column.kind)) for cell, column in cells))
    screen = console()
    screen.print(shown)
    rest = len(table.rows) - SHOWN_ROWS
    if rest > 0:
        screen.print(f"……“{table.caption}”另有 {rest} 行，加 --xlsx 来源行.xlsx 可得全部。", soft_wrap=True)


def _show_answer(answer: Answer, wanted: str) -> None:
    from docgen.cli.show import console

    screen = console()
    for warning in answer.warnings:
        screen.print(f"[bold yellow]注意：[/]{escape(warning)}。", soft_wrap=True)
    figures = len({found.figure for found in answer.found if found.figure})
    places = f"有 {len(answer.found)} 处" if len(answer.found) > 1 else ""
    if figures > 1:
        places += f"，是 {figures} 个不同的数"
    if places:
        screen.print(f"“{escape(wanted)}”{places}：", soft_wrap=True)
    told: set[str] = set()
    for number, found in enumerate(answer.found[:_SHOWN_FINDS]):
        if number or answer.warnings or places:
            screen.print()
        screen.print(escape("：".join(filter(None, (found.where, found.words)))), soft_wrap=True)
        if found.figure and found.figure in told:
            screen.print(f"  [bold]{escape(found.figure)}[/]：{escape(found.value)}，同上。", soft_wrap=True)
        else:
            _show_found(found, answer.data)
        told.add(found.figure)
    rest = len(answer.found) - _SHOWN_FINDS
    if rest > 0:
        screen.print(f"\n……另有 {rest} 处。把要查的字写得长一些，或写出页码。", soft_wrap=True)


def _show_found(found: Found, data: str) -> None:
    from docgen.cli.show import console
    from docgen.issuing.rowsets import rows_in_words

    screen = console()
    if not found.figure:
        style = "bold red" if found.is_unfounded else None
        screen.print(f"  {escape(found.how)}。", style=style, soft_wrap=True)
    else:
        screen.print(f"  [bold]{escape(found.figure)}[/]：{escape(found.value)}", soft_wrap=True)
        screen.print(f"  怎样数的：{escape(found.how)}。", soft_wrap=True)
    _show_doubts(found.doubts)
    for (file, sheet), rows in rows_in_words(found.rows).items():
        told = rows if len(rows) <= _LONGEST_ROWS else rows[:_LONGEST_ROWS].rpartition("、")[0] + "……"
        screen.print(f"  来自：{escape(file)} 工作表“{escape(sheet)}” {told}", soft_wrap=True)
    if found.figure and found.rows:
        count = f"共 {len(found.rows)} 行。"
        is_counted = "／" not in found.figure
        look = f"看各行内容：docgen trace {data} {found.figure}" if is_counted else "加 --xlsx 来源行.xlsx 可得全部行号。"
        screen.print(f"  {count}{escape(look)}", soft_wrap=True)


trace.__doc__ = _WHAT_IT_DOES
