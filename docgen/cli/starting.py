"""`docgen init`: the folder that a half-year begins with."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.chinese import ChineseArgument, ChineseCommand, ChineseOption


@click.command(cls=ChineseCommand)
@click.argument(
    "folder", type=Path, metavar="DIR", cls=ChineseArgument, explained="一个新文件夹，或空文件夹。"
)
@click.option(
    "--policies",
    type=Path,
    metavar="FILE",
    cls=ChineseOption,
    help="从系统导出的保单（工作簿或 CSV），填入“保单”表。",
)
@click.option(
    "--sample",
    type=Path,
    metavar="FILE",
    cls=ChineseOption,
    help="抽查名单（一列保单号），填入“抽查”表，并生成检查底稿。",
)
def init(folder: Path, policies: Path | None, sample: Path | None) -> None:
    """新建一个文件夹：空的检查数据、发文信息、模板；有抽查名单的另有检查底稿。"""
    from docgen.cli.show import say
    from docgen.issuing import start

    started = start(folder, policies, sample)
    say(f"已建好：{started.folder}")
    for name in started.files:
        say(f"  {name}")
    for remark in started.remarks:
        say(f"  · {remark}")
