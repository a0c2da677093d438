"""Hand the checker what it holds a paper against: a run's figures from its manifest, the numbers of a register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.check.known_numbers import KnownNumber
from docgen.check.run import Run, RunPaper, RunTable, RunText, Stated
from docgen.errors import Unreadable
from docgen.figures.figure import part_name
from docgen.issuing.manifest_read import Entry, read_manifest
from docgen.records import SETTINGS_SHEET

if TYPE_CHECKING:
    from docgen.register import Register


def run_of(path: Path) -> Run:
    """Read what a run stated from its manifest. Raise UsageError when it is not there, Unreadable when it is none."""
    manifest = read_manifest(path)
    try:
        return run_from(manifest.content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"“{path.name}”改动过，读不了", "从输出文件夹另取一份，或重新生成公文") from error


def numbers_of(register: Register) -> dict[str, KnownNumber]:
    """Read what a register says of each of its numbers."""
    from docgen.register import State

    return {
        str(entry.number): KnownNumber(
            entry.particulars.title,
            entry.state is State.ISSUED,
            entry.state is State.VOID,
            entry.reason,
            frozenset(file.sha256 for file in entry.files),
        )
        for entry in register.entries()
    }


def run_from(content: Entry) -> Run:
    """Give what a run stated from what its manifest holds, which is as it was written."""
    settings = content["发文信息"]
    codes = [settings[item] for item in ("机关代字", "函机关代字")]
    return Run(
        tuple(_paper(paper) for paper in content["文"]),
        tuple(settings["发文机关"]),
        tuple(dict.fromkeys(code for code in codes if code)),
    )


def _paper(paper: Entry) -> RunPaper:
    return RunPaper(
        paper["名称"],
        tuple(
            RunText(
                text["元素"], text["文"],
                tuple(Stated(start, end, _name(name)) for start, end, name, _ in text["数"]),
            )
            for text in paper["段落"]
        ),
        tuple(_tables(paper)),
    )


def _name(name: str) -> str:
    """Name a value; what the settings say is told as theirs."""
    item = name.removeprefix(part_name(SETTINGS_SHEET, ""))
    return f"发文信息“{item}”" if item != name else name


def _tables(paper: Entry) -> Iterator[RunTable]:
    for table in paper["表"]:
        yield RunTable(table["附件"], table["题"], tuple(table["列"]), tuple(tuple(row) for row in table["行"]))
