"""docgen register: the register of numbers (发文登记簿) on the command line. Take the words, call `register`, show."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.chinese import ChineseArgument, ChineseCommand, ChineseGroup, ChineseOption
from docgen.cli.register_words import (
    hashed,
    read_count,
    read_day,
    read_number,
    read_serials,
    read_series,
    read_text,
    who_writes,
)
from docgen.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from docgen.register import Entry, Register

Command = Callable[..., Any]

_WHAT_IT_DOES = """发文登记簿：哪个文号给了哪件公文，从取号到作废都记在这里，一个号只用一次。

\b
看：docgen register list --series 苏应急 --year 2024
从纸质登记簿接过来：docgen register start 苏应急 2024 132
办公室给了号段：docgen register reserve 苏应急函 2024 30-40,45
作废：docgen register void 苏应急〔2024〕132号 --reason 内容有误

登记簿在用户的数据文件夹里；在别处的，用 --register 或环境变量 DOCGEN_REGISTER 写出。
"""
_NUMBER_HELP = "发文字号，如 苏应急〔2024〕132号。"
_SHOWN_ENTRIES = 40


@click.group(cls=ChineseGroup, help=_WHAT_IT_DOES)
def register() -> None:
    """发文登记簿：查号、预留、作废、补登、备份。"""


def _on_register(command: Command) -> Command:
    return click.option(
        "--register", "url", metavar="URL", cls=ChineseOption,
        help="登记簿文件或 PostgreSQL 地址；不写时用 DOCGEN_REGISTER，再没有就用用户数据文件夹里的。",
    )(command)  # fmt: skip


def _writes(command: Command) -> Command:
    command = click.option("--by", metavar="NAME", cls=ChineseOption, help="登记人姓名，不写时用登录名。")(command)
    return _on_register(command)


def _argument(name: str, metavar: str, explained: str) -> Callable[[Command], Command]:
    return click.argument(name, metavar=metavar, cls=ChineseArgument, explained=explained)


def _series(command: Command) -> Command:
    command = _argument("year", "YEAR", "年份，如 2024。")(command)
    return _argument("code", "CODE", "机关代字，如 苏应急函。")(command)


def _reason(command: Command) -> Command:
    return click.option("--reason", metavar="TEXT", required=True, cls=ChineseOption, help="理由，必须写。")(command)


def _open(url: str | None, who: str = "", *, must_exist: bool = True) -> Register:
    """Open the register; to read, or to change what is there, it must exist."""
    from docgen.register import open_register

    return open_register(url, who, datetime.now, must_exist=must_exist)


@register.command(name="list", cls=ChineseCommand)
@click.option("--series", default="", metavar="CODE", cls=ChineseOption, help="只列一个机关代字，如 苏应急。")
@click.option("--year", metavar="YEAR", cls=ChineseOption, help="只列一年，如 2024。")
@click.option("--json", "as_json", is_flag=True, cls=ChineseOption, help="按 JSON 输出全部内容。")
@click.option("--xlsx", type=Path, metavar="FILE", cls=ChineseOption, help="写成可打印的工作簿，如 登记簿.xlsx。")
@_on_register
def list_entries(series: str, year: str | None, as_json: bool, xlsx: Path | None, url: str | None) -> None:
    """列出登记的号。"""
    from docgen.cli.show import say, say_list
    from docgen.register.book import plain

    if xlsx is not None and xlsx.suffix.lower() != ".xlsx":
        raise UsageError(f"--xlsx 写的是“{xlsx.name}”，不是 .xlsx 文件", "写成工作簿的名称，如 登记簿.xlsx")
    wanted_year = read_count("--year", year) or 0
    with _open(url) as opened:
        entries = opened.entries(series.strip(), wanted_year)
        where = str(opened)
    if as_json:
        say_list(json.dumps(plain(entry), ensure_ascii=False, indent=1) for entry in entries)
    else:
        _show_entries(entries)
        say(f"登记簿：{where}")
    if xlsx is not None:
        _write_book(entries, xlsx)
        if not as_json:
            say(f"登记簿已写入：{xlsx}")


@register.command(cls=ChineseCommand)
@_argument("number", "NUMBER", _NUMBER_HELP)
@_on_register
def show(number: str, url: str | None) -> None:
    """看一个号的全部登记和经过。"""
    from docgen.cli.show import say

    wanted = read_number(number)
    with _open(url) as opened:
        entry, events = opened.find(wanted), opened.history(wanted)
    if entry is None:
        say(f"{wanted} 没有登记。")
        sys.exit(ExitCode.BARRED)
    _show_entry(entry)
    say("经过：")
    for event in events:
        details = f"：{event.details}" if event.details else ""
        say(f"  {event.happened_at:%Y-%m-%d %H:%M} {event.who} {event.done}{details}")


@register.command(cls=ChineseCommand)
@_series
@_argument("serial", "SERIAL", "下一个号，如 132；新开的号列写 1。")
@_writes
def start(code: str, year: str, serial: str, url: str | None, by: str | None) -> None:
    """在本系统编号的号列，写明从哪个号起（从纸质登记簿接过来）。"""
    from docgen.cli.show import say

    series = read_series(code, year, serial)
    with _open(url, who_writes(by), must_exist=False) as opened:
        opened.start(*series)
        say(f"{code}〔{year}〕的下一个号是 {serial}。登记簿：{opened}")


@register.command(cls=ChineseCommand)
@_series
@_argument("serials", "SERIALS", "号段，可以不连续，如 30-40,45。")
@_writes
def reserve(code: str, year: str, serials: str, url: str | None, by: str | None) -> None:
    """登记办公室给的号段，供 --numbering 号段 取用。"""
    from docgen.cli.show import say

    block = read_serials(code, year, serials)
    with _open(url, who_writes(by), must_exist=False) as opened:
        entries = opened.reserve(*block)
        say(f"预留 {len(entries)} 个号：{entries[0].number} 到 {entries[-1].number}。登记簿：{opened}")


@register.command(cls=ChineseCommand)
@_argument("number", "NUMBER", _NUMBER_HELP)
@_reason
@_writes
def release(number: str, reason: str, url: str | None, by: str | None) -> None:
    """退回一个预留号：原来的公文不用它了，别的公文可以用。"""
    from docgen.cli.show import say

    wanted, reason = read_number(number), read_text("--reason", reason)
    with _open(url, who_writes(by)) as opened:
        opened.release(wanted, reason)
    say(f"{wanted} 已退回，仍是预留号，可以给别的公文。")


@register.command(cls=ChineseCommand)
@_argument("number", "NUMBER", _NUMBER_HELP)
@_reason
@_writes
def void(number: str, reason: str, url: str | None, by: str | None) -> None:
    """作废一个号：号永久保留，不再使用；原来的公文可以另取新号。"""
    from docgen.cli.show import say

    wanted, reason = read_number(number), read_text("--reason", reason)
    with _open(url, who_writes(by)) as opened:
        opened.void(wanted, reason)
    say(f"{wanted} 已作废，理由：{reason}")


@register.command(cls=ChineseCommand)
@_argument("number", "NUMBER", _NUMBER_HELP)
@click.option("--title", metavar="TEXT", required=True, cls=ChineseOption, help="标题，必须写。")
@click.option("--genre", metavar="TEXT", default="", cls=ChineseOption, help="文种，如 函、通报。")
@click.option("--issuer", "issuers", multiple=True, metavar="NAME", cls=ChineseOption, help="发文机关，联合行文的写几次，主办机关在前。")
@click.option("--to", "recipients", multiple=True, metavar="NAME", cls=ChineseOption, help="主送机关，几个的写几次。")
@click.option("--signer", "signers", multiple=True, metavar="NAME", cls=ChineseOption, help="签发人，每个发文机关写一次。")
@click.option("--date", "signing_date", metavar="DAY", cls=ChineseOption, help="成文日期，如 2024-12-19。")
@click.option("--printed", "printing_date", metavar="DAY", cls=ChineseOption, help="印发日期，如 2024-12-20。")
@click.option("--copies", metavar="N", cls=ChineseOption, help="份数，如 12。")
@click.option(
    "--file", "files", multiple=True, type=Path, metavar="FILE", cls=ChineseOption,
    help="印发的文件，记下它的校验值；几个的写几次。",
)  # fmt: skip
@_writes
def record(number: str, url: str | None, by: str | None, **told: Any) -> None:
    """补登一件在别处编号、已经印发的公文。"""
    from docgen.cli.show import say
    from docgen.register import Particulars

    wanted = read_number(number)
    particulars = Particulars(
        read_text("--genre", told["genre"]), read_text("--title", told["title"]),
        issuers=tuple(read_text("--issuer", name) for name in told["issuers"]),
        recipients=tuple(read_text("--to", name) for name in told["recipients"]),
        signers=tuple(read_text("--signer", name) for name in told["signers"]),
        signing_date=read_day("--date", told["signing_date"]),
        printing_date=read_day("--printed", told["printing_date"]),
        copies=read_count("--copies", told["copies"]),
    )  # fmt: skip
    files = hashed(told["files"])
    with _open(url, who_writes(by), must_exist=False) as opened:
        entry = opened.record(wanted, particulars, files)
        say(f"{entry.number} 已补登（{entry}）。登记簿：{opened}")


@register.command(cls=ChineseCommand)
@_on_register
def verify(url: str | None) -> None:
    """查登记簿本身：断号、重号、清单的链、文件损坏。"""
    from docgen.cli.show import say
    from docgen.register import REMARK

    with _open(url) as opened:
        told, where = opened.complaints(), str(opened)
    for one in told:
        say(one if one.startswith(REMARK) else f"有误：{one}")
    faults = sum(not one.startswith(REMARK) for one in told)
    say(f"登记簿有 {faults} 处不对：{where}" if faults else f"登记簿没有问题：{where}")
    if faults:
        sys.exit(ExitCode.BARRED)


@register.command(cls=ChineseCommand)
@_argument("file", "FILE", "新的备份文件，如 登记簿备份.db。")
@_on_register
def backup(file: str, url: str | None) -> None:
    """备份登记簿，别人正在取号也可以。"""
    from docgen.cli.show import say

    with _open(url) as opened:
        opened.backup(Path(file))
    say(f"登记簿已备份到：{file}")


@register.command(cls=ChineseCommand)
@_argument("file", "FILE", "docgen register backup 写的备份文件。")
@_writes
def restore(file: str, url: str | None, by: str | None) -> None:
    """把备份恢复到一个空的登记簿；先核对备份，不盖掉已有的登记。"""
    from docgen.cli.show import say

    with _open(file) as backup:
        backup.entries()  # what is no register is told before another is made
    with _open(url, who_writes(by), must_exist=False) as opened:
        opened.restore(Path(file))
        say(f"已从 {file} 恢复 {len(opened.entries())} 个号。登记簿：{opened}")


def _show_entries(entries: Sequence[Entry]) -> None:
    from rich.markup import escape

    from docgen.cli.show import console, plain_table, say

    table = plain_table("发文字号", "状态", "文种", "标题", "主送机关", "成文日期", "登记")
    for entry in entries[-_SHOWN_ENTRIES:]:
        told = entry.particulars
        more = f"等 {len(told.recipients)} 家" if len(told.recipients) > 1 else ""
        table.add_row(
            str(entry.number), entry.state.value, escape(told.genre), escape(told.title),
            escape("".join(told.recipients[:1])) + more, str(told.signing_date or ""),
            escape(f"{entry.entered_by} {entry.entered_at:%Y-%m-%d}"),
        )  # fmt: skip
    if entries:
        console().print(table)
    before = len(entries) - _SHOWN_ENTRIES
    if before > 0:
        say(f"只列了最后 {_SHOWN_ENTRIES} 个号，前面还有 {before} 个；加 --xlsx 登记簿.xlsx 可得全部。")
    say(f"共 {len(entries)} 个号。")


def _show_entry(entry: Entry) -> None:
    from docgen.cli.show import say
    from docgen.register.book import plain

    for name, value in plain(entry).items():
        if isinstance(value, dict):
            say(f"{name}：{value['何人']} {value['何时'].replace('T', ' ')[:16]}")
        elif name == "文件":
            for one in entry.files:
                say(f"文件：{one.path}{f'（{one.recipient}）' if one.recipient else ''} SHA-256 {one.sha256}")
        elif value:
            say(f"{name}：{'、'.join(map(str, value)) if isinstance(value, list) else value}")


def _write_book(entries: Sequence[Entry], path: Path) -> None:
    from docgen.register.book import book

    try:
        path.write_bytes(book(entries))
    except OSError as error:
        raise UsageError(f"不能写入“{path}”（错误号 {error.errno}）", "换一个位置，或关闭正打开的同名文件") from error
