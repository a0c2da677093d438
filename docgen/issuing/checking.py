"""Hand a finished paper to the checker: read the file within bounds, and the run's figures from its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.check.run import Run, RunPaper, RunTable, RunText, Stated
from docgen.errors import Unreadable
from docgen.figures.figure import part_name
from docgen.issuing.manifest_read import Entry, read_manifest
from docgen.records import SETTINGS_SHEET


def run_of(path: Path) -> Run:
    """Read what a run stated from its manifest. Raise UsageError when it is not there, Unreadable when it is none."""
    manifest = read_manifest(path)
    try:
        settings = manifest.content["发文信息"]
        codes = [settings[item] for item in ("机关代字", "函机关代字")]
        return Run(
            tuple(_paper(paper) for paper in manifest.papers),
            tuple(settings["发文机关"]),
            tuple(dict.fromkeys(code for code in codes if code)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"“{path.name}”改动过，读不了", "从输出文件夹另取一份，或重新生成公文") from error


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
