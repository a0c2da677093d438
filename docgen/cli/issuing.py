"""`docgen issue`: the 送审稿 of a run, then its numbered papers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.chinese import ChineseArgument, ChineseCommand, ChineseGroup, ChineseOption
from docgen.cli.options import FORMATS, read_formats, read_pdf_kind
from docgen.errors import ExitCode

if TYPE_CHECKING:
    from docgen.issuing.draft_batch import DraftedBatch
    from docgen.issuing.finalise import Finalised
    from docgen.issuing.numbers_sheet import NumberGiven

Command = Callable[..., Any]

_SOURCES = ("办公室编号", "号段", "本系统编号")
_WHAT_IT_DOES = """发文：先出送审稿，签发以后编号、定稿。

\b
送审：docgen issue notices 检查数据.xlsx --out 函批次
定稿：docgen issue finalise 函批次 --by 张示例
通报：docgen issue circular 检查数据.xlsx --letters 函批次 --out 通报批次
定稿：docgen issue finalise 通报批次 --number 苏应急〔2024〕132号 --by 张示例

送审稿连同数据放在一个新文件夹（批次）里，没有文号。签发以后，把办公室给的号填在里面的 取号结果.xlsx，
或写在命令行，再定稿：号码一次取齐，记入发文登记簿；定稿与送审稿只差文号和日期。中断了，再运行同一命令接着做。
"""


@click.group(cls=ChineseGroup, help=_WHAT_IT_DOES)
def issue() -> None:
    """发文：先出送审稿，签发以后编号、定稿。"""


def drafts(command: Command) -> Command:
    """Add the options of a command that makes a 送审稿."""
    for option in (
        click.option("--strict", is_flag=True, cls=ChineseOption, help="有待核问题时也不生成（退出码 1）。"),
        click.option(
            "--pdf", "pdf_kind", default="a", metavar="KIND", callback=read_pdf_kind, cls=ChineseOption,
            help="PDF 的种类：a 供长期保存（不写按此），ua 供读屏软件。",
        ),
        click.option(
            "--format", "formats", default=",".join(FORMATS), metavar="LIST", callback=read_formats, cls=ChineseOption,
            help="输出格式，用逗号隔开；不写时全部生成。",
        ),
        click.option(
            "--out", type=Path, required=True, metavar="RUN", cls=ChineseOption, help="批次文件夹，应是新的，必须写。"
        ),
        click.option(
            "--settings", type=Path, metavar="FILE", cls=ChineseOption, help="发文设置文件，不写时用数据旁边的 发文.toml。"
        ),
    ):
        command = option(command)
    return click.argument("input", type=Path, metavar="INPUT")(command)


@issue.command(cls=ChineseCommand)
@drafts
@click.option(
    "--letters", type=Path, metavar="RUN", cls=ChineseOption,
    help="先前发函的批次文件夹（或其中的 manifest.json），逐个问题编号核对，并记为交办批次。",
)
def circular(**given: Any) -> None:
    """出通报的送审稿，附件和附件工作簿在内。"""
    _draft("CIRCULAR", **given)


@issue.command(cls=ChineseCommand)
@drafts
def notices(**given: Any) -> None:
    """出致各保险公司的函的送审稿。"""
    _draft("LETTERS", letters=None, **given)


def _draft(
    kind: str, *, input: Path, settings: Path | None, letters: Path | None, out: Path, formats: tuple[str, ...],
    pdf_kind: str, strict: bool,
) -> None:
    from docgen.cli import _metrics, _spare_the_collector
    from docgen.cli.show import progress
    from docgen.issuing import Paper, check_kept_formats
    from docgen.issuing.batch_manifest import MANIFEST
    from docgen.issuing.draft_batch import Asked, draft_batch

    _spare_the_collector()
    check_kept_formats(formats)
    if letters is not None and letters.is_dir():
        letters = letters / MANIFEST
    asked = Asked(Paper[kind], input, settings, letters, formats, pdf_kind, strict)
    drafted = draft_batch(asked, out, _metrics(), progress)
    _show_drafted(drafted, out)
    if drafted.batch is None:
        sys.exit(ExitCode.INCOMPLETE)


def _show_drafted(drafted: DraftedBatch, out: Path) -> None:
    from rich.markup import escape

    from docgen.cli.show import console, counted, show_fonts, show_problems
    from docgen.issuing import CHECK_SHEET, in_order

    screen, errors = console(), console(to_errors=True)
    if not drafted.is_new:
        screen.print(f"“{escape(str(out))}”里已是这批数据的送审稿，没有生成新的。", soft_wrap=True)
        return
    show_problems(in_order(drafted.problems), full_list=f"全部问题见 送审稿/{CHECK_SHEET}。")
    for failed in drafted.not_made:
        message = f"{escape(failed.name)}：{escape(failed.reason)}。处理：{escape(failed.remedy)}。"
        errors.print(f"[bold red]没有生成[/] {message}", soft_wrap=True)
    if drafted.batch is None:
        errors.print("有公文没有生成，没有建批次文件夹。", soft_wrap=True)
        return
    if drafted.without_letter:
        screen.print(f"没有问题、不发函的保险公司：{'、'.join(map(escape, drafted.without_letter))}", soft_wrap=True)
    if drafted.fonts is not None:
        show_fonts(drafted.fonts)
    for told in drafted.to_mend:
        screen.print(f"[bold red]定稿前须改[/] {escape(told)}", soft_wrap=True)
    screen.print(f"\n批次 {drafted.batch.id} 的送审稿已生成：{escape(str(out))}", soft_wrap=True)
    if "pdf" not in drafted.batch.formats:
        screen.print("格式里没有 pdf：定稿以后没有正本 PDF，只有定稿 DOCX。要正本的，另建批次，--format 里写上 pdf。", soft_wrap=True)
    screen.print(f"数据核对：{counted(drafted.problems)}。待核的，定稿前须改正或放行。", soft_wrap=True)
    screen.print(f"签发以后：把文号等填在 {escape(str(out))}/取号结果.xlsx，运行 docgen issue finalise {escape(str(out))}", soft_wrap=True)


def _read_numbering(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Read --numbering. Raise BadParameter in the clerk's words."""
    if value.strip() not in _SOURCES:
        raise click.BadParameter(f"--numbering 应为 {'、'.join(_SOURCES)} 中的一种，如 --numbering 号段，不是“{value}”。")
    return value.strip()


@issue.command(cls=ChineseCommand)
@click.argument("run", type=Path, metavar="RUN", cls=ChineseArgument, explained="issue circular 或 notices 用 --out 建的批次文件夹。")
@click.option("--number", metavar="NO", cls=ChineseOption, help="办公室给的文号，如 苏应急〔2024〕132号；只用于一个号的批次。")
@click.option("--numbers", type=Path, metavar="FILE", cls=ChineseOption, help="填好的取号结果，不写时用批次文件夹里的 取号结果.xlsx。")
@click.option(
    "--numbering", default=_SOURCES[0], callback=_read_numbering, metavar="HOW", cls=ChineseOption,
    help="谁给号：办公室编号（不写按此）、号段（用登记簿里预留的号）、本系统编号（由登记簿顺次给号）。",
)
@click.option(
    "--signer", "signers", multiple=True, metavar="NAME", cls=ChineseOption,
    help="签发人；联合行文每个机关写一次，主办机关在前。",
)
@click.option("--signed-on", multiple=True, metavar="DATE", cls=ChineseOption, help="签发日期，如 2024-08-15；联合行文每个机关写一次。")
@click.option("--date", "signing_date", metavar="DATE", cls=ChineseOption, help="成文日期，不写按最后的签发日期。")
@click.option("--printed", "printing_date", metavar="DATE", cls=ChineseOption, help="印发日期，函不用写。")
@click.option("--copies", metavar="N", cls=ChineseOption, help="份数，如 60。")
@click.option(
    "--renumber", "renumbers", is_flag=True, cls=ChineseOption,
    help="号码作废了的公文另取一个号，内容照原样重发；不写时不取。",
)
@click.option(
    "--pass", "passes", multiple=True, metavar="CODE=WHY", cls=ChineseOption,
    help='放行一种待核或一条规则，写明理由，如 "TXT-TWICE=两处确应相同"。',
)
@click.option("--by", "who", metavar="NAME", cls=ChineseOption, help="经办人姓名，记入登记簿；不写记登录名。放行时必须写。")
@click.option("--register", "url", metavar="URL", cls=ChineseOption, help="发文登记簿的路径或地址，不写用本人的登记簿。")
def finalise(
    run: Path, number: str | None, numbers: Path | None, numbering: str, passes: tuple[str, ...], who: str | None,
    url: str | None, renumbers: bool, **said: Any,
) -> None:
    """编号、定稿：取号登记，生成正本和定稿，归档。"""
    from docgen.cli import _metrics, _spare_the_collector
    from docgen.cli.register_words import read_text, who_writes
    from docgen.cli.show import progress
    from docgen.issuing.batch import open_batch
    from docgen.issuing.finalise import Asked
    from docgen.issuing.finalise import finalise as make_final
    from docgen.register import Source, is_named, open_register

    _spare_the_collector()
    asked = Asked(Source(numbering), _said(number, **said), numbers, _passes(passes), read_text("--by", who or ""), renumbers)
    open_batch(run)
    with open_register(url, who_writes(who), datetime.now, must_exist=is_named(url)) as register:
        try:
            done = make_final(run, asked, register, _metrics(), progress)
        except KeyboardInterrupt:
            click.echo("已中断：做好的已印发并登记，其余的号已预留。再次运行同一命令，接着做完。", err=True)
            sys.exit(ExitCode.INTERRUPTED)
    _show_finalised(done, run)
    if not done.is_complete:
        sys.exit(ExitCode.INCOMPLETE)


def _said(
    number: str | None, signers: tuple[str, ...], signed_on: tuple[str, ...], signing_date: str | None,
    printing_date: str | None, copies: str | None,
) -> NumberGiven:
    """Read what stands on the command line. Raise UsageError in the clerk's words."""
    from docgen.cli.register_words import read_count, read_day, read_name, read_number
    from docgen.issuing.numbers_sheet import NumberGiven

    return NumberGiven(
        paper="",
        number=read_number(number.strip()) if number is not None else None,
        signers=tuple(read_name("--signer", name) for name in signers),
        signed_on=tuple(day for text in signed_on if (day := read_day("--signed-on", text))),
        signing_date=read_day("--date", signing_date),
        printing_date=read_day("--printed", printing_date),
        copies=read_count("--copies", copies),
    )


def _passes(typed: tuple[str, ...]) -> dict[str, str]:
    from docgen.cli.register_words import read_text
    from docgen.errors import UsageError

    passes = {}
    for text in typed:
        code, mark, reason = read_text("--pass", text).replace("＝", "=").partition("=")
        if not mark or not reason.strip():
            raise UsageError(f"--pass 写的“{text}”没有理由", '写法：--pass "TXT-TWICE=两处确应相同"')
        passes[code.strip()] = reason.strip()
    return passes


def _show_finalised(done: Finalised, run: Path) -> None:
    from rich.markup import escape

    from docgen.cli.show import console

    screen, errors = console(), console(to_errors=True)
    for path in done.kept:
        screen.print(f"原有文件与定稿不同，已移到：{escape(path)}", soft_wrap=True)
    for entry in done.entries:
        is_new = "新" if entry.paper in done.made else "原有"
        screen.print(f"  {entry.number}  {escape(entry.paper)}  {entry.state}（{is_new}）", soft_wrap=True)
    if len(done.entries) == 1 and done.made:
        told = done.entries[0].particulars
        days = "，".join(
            f"{word} {day}" for word, day in (("成文日期", told.signing_date), ("印发日期", told.printing_date)) if day
        )
        screen.print(f"  签发人 {escape('、'.join(told.signers))}，{days}，{told.copies} 份。请核对。", soft_wrap=True)
    for told_so in done.ignored:
        screen.print(f"[yellow]注意：[/]{escape(told_so)}。", soft_wrap=True)
    for failed in done.not_made:
        message = f"{escape(failed.name)}：{escape(failed.reason)}。处理：{escape(failed.remedy)}。"
        errors.print(f"[bold red]没有定稿[/] {message}", soft_wrap=True)
    if done.not_made:
        errors.print(f"有 {len(done.not_made)} 件没有定稿，号码已预留，处理后再运行同一命令。", soft_wrap=True)
    elif done.made:
        screen.print(f"批次 {done.batch.id} 已定稿 {len(done.made)} 件：{escape(str(run))}/正本、定稿。", soft_wrap=True)
    else:
        screen.print(f"批次 {done.batch.id} 早已定稿，没有生成新的，也没有再取号。", soft_wrap=True)
