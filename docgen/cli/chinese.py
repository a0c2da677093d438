"""click in Chinese: help headings, the names of parameters, and what is wrong with a command line."""

from __future__ import annotations

import re
from typing import Any

import click

_HELP = "显示本帮助，然后退出。"
INPUT_HELP = "检查数据：一个工作簿，或放有若干工作簿、CSV 的文件夹。"
_ARGUMENTS = {"INPUT": INPUT_HELP, "DIR": "一个新文件夹，或空文件夹。"}


class ChineseFormatter(click.HelpFormatter):
    """Help whose headings end in a full-width colon."""

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


class ChineseContext(click.Context):
    """The context of a command whose help is Chinese."""

    formatter_class = ChineseFormatter


class ChineseOption(click.Option):
    """An option whose help is all in its own words: what is required or the default is said there."""

    def get_help_extra(self, ctx: click.Context) -> Any:
        """Add nothing in click's words."""
        return {}


class ChineseCommand(click.Command):
    """A command whose help is Chinese throughout."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **more)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the input and the options under Chinese headings."""
        parameters = self.get_params(ctx)
        inputs = [param.make_metavar(ctx) for param in parameters if isinstance(param, click.Argument)]
        if inputs:
            with formatter.section("参数"):
                formatter.write_dl([(name, _ARGUMENTS.get(name, "")) for name in inputs])
        options = [param for param in parameters if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Explain --help in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help is Chinese throughout."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("subcommand_metavar", "命令 [参数]…")
        super().__init__(*args, **more)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the commands."""
        ChineseCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(60)) for name in self.commands]
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Keep the order in which the work is done."""
        return list(self.commands)


def explained(error: click.ClickException) -> str:
    """Say in Chinese what is wrong with a command line, and where its help is."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "docgen"
    return f"命令有误：{_found(error)}\n处理：用 {path} --help 查看用法，改正后再运行。"


def _found(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，最接近的是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有“{error.option_name}”这个选项{near}。"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少 {_name(error.param, error.ctx)}。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项“{error.option_name}”后面缺少内容，或多写了内容。"
    if isinstance(error, click.BadParameter):
        return error.message
    if isinstance(error, click.UsageError) and error.ctx is not None:
        surplus = _quoted(error.message)
        if isinstance(error.ctx.command, click.Group):
            known = "、".join(error.ctx.command.commands)
            return f"没有“{surplus}”这个命令。可用的命令：{known}。"
        return f"多写了“{surplus}”。路径里有空格的，用英文双引号括起来。"
    return "命令行不合用法。"


def _name(param: click.Parameter, ctx: click.Context | None) -> str:
    """Name a parameter as it is typed: INPUT, or --out DIR."""
    if isinstance(param, click.Option):
        return f"{param.opts[0]} {param.metavar or ''}".strip()
    return param.make_metavar(ctx) if ctx is not None else (param.name or "")


def _quoted(message: str) -> str:
    """Take the word that click complains of out of its message: (b) or 'nonsense'."""
    found = re.search(r"\((.*)\)|'(.*?)'", message, re.DOTALL)
    return (found[1] or found[2] or "") if found else ""
