"""What can go wrong: errors that stop a command (with its exit code), and problems collected for the clerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum


class ExitCode(IntEnum):
    """The exit codes of every command; the README's table is checked against this enum."""

    MADE = 0
    BARRED = 1
    USAGE = 2
    UNREADABLE = 3
    REGISTER = 4
    INCOMPLETE = 5
    INTERRUPTED = 130


class DocgenError(Exception):
    """Stop the command: tell the operator what happened and what mends it. Subclasses carry the exit code."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UsageError(DocgenError):
    """The command's own words are off: a path that is not there, an output folder that is a file."""


class Unreadable(DocgenError):
    """A file that cannot be read at all."""

    exit_code = ExitCode.UNREADABLE


class Barred(DocgenError):
    """Nothing can be made of this input: `problems` says all of why."""

    exit_code = ExitCode.BARRED

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"有 {len(problems)} 处问题须先改正")
        self.problems = problems


class Severity(Enum):
    """How far a problem reaches: nothing can be made; a draft can be made; said once."""

    BARRING = "阻断"
    DOUBTFUL = "待核"
    NOTICE = "提示"


@dataclass(frozen=True)
class Place:
    """Where a problem is: a cell, a row or a whole sheet of a file, or a line of a template.

    `row` counts from 1 as the spreadsheet shows it; `column` is the canonical header; `cell` is "B12".
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    line: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"工作表“{self.sheet}”")
        if self.cell:
            parts.append(f"{self.cell} 单元格" + (f"（{self.column}）" if self.column else ""))
        elif self.row is not None:
            parts.append(f"第 {self.row} 行")
        elif self.column:
            parts.append(f"“{self.column}”列")
        if self.line is not None:
            parts.append(f"第 {self.line} 行")
        return " ".join(part for part in parts if part)


def rows_shown(rows: Sequence[Place], at_most: int | None = None) -> str:
    """Write rows by file and sheet: 检查数据.xlsx 工作表“保单”第 3、5 行等 12 行; `at_most` of them, or all."""
    by_sheet: dict[str, list[str]] = {}
    for place in rows[:at_most]:
        sheet = f"{place.file} 工作表“{place.sheet}”" if place.file else f"工作表“{place.sheet}”"
        by_sheet.setdefault(sheet, []).append(str(place.row))
    listed = "；".join(f"{sheet}第 {'、'.join(numbers)} 行" for sheet, numbers in by_sheet.items())
    return listed + (f"等 {len(rows)} 行" if at_most is not None and len(rows) > at_most else "")


_FEW = 5
"""How many of its rows a message names; the list of problems names them all."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: what was found, what is right, what to do. The first three words of every message.

    `related` are all the rows that differ where several are held against one another.
    """

    code: str
    severity: Severity
    where: Place
    found: str
    expected: str
    remedy: str
    related: tuple[Place, ...] = ()

    def __str__(self) -> str:
        rows = f"有关的行：{rows_shown(self.related, _FEW)}。" if self.related else ""
        return f"{self.where}：{self.found}。应为：{self.expected}。{rows}处理：{self.remedy}。"
