"""`docgen verify`: is a run as it was, do its data still give it, does the office's own paper say what it says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseArgument, ChineseCommand, ChineseOption
from docgen.errors import ExitCode

if TYPE_CHECKING:
    from docgen.issuing.verified import Note, Part, Verified
    from docgen.register import Register

_WHAT_IT_DOES = """核对批次：文件有没有改动、缺失、多出，数据还能不能得出同样的公文；办公系统里的成稿与批次是不是一致。

\b
核对批次：docgen verify 通报批次
对照登记簿：docgen verify 通报批次 --register 登记簿.db
核对成稿：docgen verify 通报批次 办公系统取出的通报.docx

什么都不改动。全部一致的退出码是 0，有不同的是 1，批次或成稿读不了的是 3。
"""


@click.command(cls=ChineseCommand, help=_WHAT_IT_DOES)
@click.argument("run", type=Path, metavar="RUN", cls=ChineseArgument, explained="issue circular 或 notices 用 --out 建的批次文件夹。")
@click.argument(
    "files", type=Path, nargs=-1, metavar="[FILE…]", cls=ChineseArgument,
    explained="办公系统取出的、或手工改过的成稿（DOCX、PDF），可写几个，也可不写。",
)
@click.option(
    "--register", "url", metavar="URL", cls=ChineseOption,
    help="定稿时用的发文登记簿，路径或地址；不写时，本人的登记簿里有本批次的就用它。",
)
def verify(run: Path, files: tuple[Path, ...], url: str | None) -> None:
    """核对批次。"""
    from docgen.cli import _metrics, _spare_the_collector
    from docgen.cli.show import progress
    from docgen.issuing.verify import verify as look

    _spare_the_collector()
    with _register(url) as register:
        verified = look(run, files, register, _metrics(), partial(progress, doing="正在核对"), is_own=not url)
    _show(verified, run)
    if not verified.is_read:
        sys.exit(ExitCode.UNREADABLE)
    if verified.faults:
        sys.exit(ExitCode.BARRED)


@contextmanager
def _register(url: str | None) -> Iterator[Register | None]:
    """Open the register that is named, or one's own where there is one; none is made."""
    from docgen.register import open_register
    from docgen.register.place import register_place

    path = register_place(url).path
    if not url and path is not None and not path.is_file():
        yield None
        return
    with open_register(url, "", datetime.now, must_exist=True) as register:
        yield register


def _show(verified: Verified, run: Path) -> None:
    from rich.markup import escape

    from docgen.cli.show import console

    screen = console()
    screen.print(f"\n批次 {verified.batch}（{verified.state}）：{escape(str(run))}", soft_wrap=True)
    for part in verified.parts:
        _show_part(part)
    if verified.faults or not verified.is_read:
        told = f"核对完毕：{verified.faults} 处不同" + ("" if verified.is_read else "，有文件读不了")
    else:
        told = "核对完毕：一致"
    screen.print(f"\n{told}" + (f"，提示 {verified.remarks} 处。" if verified.remarks else "。"), soft_wrap=True)


def _show_part(part: Part) -> None:
    from rich.markup import escape

    from docgen.cli.show import console

    screen = console()
    is_right = part.is_read and not any(note.is_fault for note in part.notes)
    screen.print(f"\n[bold {'green' if is_right else 'red'}]{escape(part.name)}[/]：{escape(part.said)}。", soft_wrap=True)
    for note in part.notes:
        screen.print(f"  · {escape(_line(note))}", soft_wrap=True)


def _line(note: Note) -> str:
    from docgen.check.told import on_one_line

    return on_one_line(str(note) if note.is_fault else f"（提示）{note}")
