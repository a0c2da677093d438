"""click in Chinese: help headings, the names of parameters, and what is wrong with a command line."""

from __future__ import annotations

from typing import Any

import click

_HELP = "显示本帮助，然后退出。"


class ChineseCommand(click.Command):
    """A command whose help is Chinese throughout."""

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **more)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options under a Chinese heading."""
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        if records:
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
    """Say in Chinese what is wrong with a command line."""
    if isinstance(error, click.NoSuchOption):
        near = f"，是否要用 {'、'.join(error.possibilities)}？" if error.possibilities else "。"
        return f"没有“{error.option_name}”这个选项{near}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少“{error.param.human_readable_name}”。"
    if isinstance(error, click.BadOptionUsage):
        return f"选项“{error.option_name}”后面缺少内容，或多写了内容。"
    if isinstance(error, click.BadParameter):
        return error.message
    if (
        isinstance(error, click.UsageError)
        and error.ctx is not None
        and isinstance(error.ctx.command, click.Group)
    ):
        return f"没有这个命令。可用的命令：{'、'.join(error.ctx.command.commands)}。"
    if isinstance(error, click.UsageError):
        return "命令行多了无法识别的内容。"
    return error.format_message()
