"""docgen run in this process, as the clerk's command would be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from docgen import cli
from docgen.cli import main
from docgen.issuing import load_metrics
from docgen.layout import Metrics
from docgen.styles import load_stylesheet


class Ended(NamedTuple):
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


Docgen = Callable[..., Ended]


def commands_below(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Name every command with the words that lead to it: “issue”, “issue circular”."""
    for name, command in group.commands.items():
        yield f"{above}{name}", command
        if isinstance(command, click.Group):
            yield from commands_below(command, f"{above}{name} ")


@cache
def metrics() -> Metrics:
    """The fonts of this machine, looked for once."""
    return load_metrics(load_stylesheet())


@pytest.fixture
def docgen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Docgen:
    """Run docgen; the arguments are its command line."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(cli, "_spare_the_collector", lambda: None)
    monkeypatch.setattr(cli, "_metrics", metrics)

    def run(*words: str | Path) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        shown = capsys.readouterr()
        return Ended(int(ended.value.code or 0), shown.out, shown.err)

    return run
