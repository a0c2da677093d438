"""Problems as a table: the full list that the screen only samples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from docgen.errors import Place, Problem, Severity, UsageError, rows_shown
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.issuing.refusals import why_refused
from docgen.render.xlsx import Sheet, workbook

NO_DAY = date(2000, 1, 1)
"""What a list of problems is dated: nothing in it depends on a day."""
_COLUMNS = (
    TableColumn("轻重", CellKind.TEXT, 4),
    TableColumn("问题码", CellKind.TEXT, 10),
    TableColumn("文件", CellKind.TEXT, 10),
    TableColumn("工作表", CellKind.TEXT, 8),
    TableColumn("单元格", CellKind.TEXT, 6),
    TableColumn("列", CellKind.TEXT, 8),
    TableColumn("发现", CellKind.TEXT, 24),
    TableColumn("应为", CellKind.TEXT, 24),
    TableColumn("处理", CellKind.TEXT, 24),
    TableColumn("有关的行", CellKind.TEXT, 24),
)
_MANY = 2_000
"""How many rows one cell names: a cell of a workbook holds 32,767 characters."""


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Order problems by how far they reach, then by kind, then as they were found."""
    ranks = list(Severity)
    codes = {problem.code: place for place, problem in reversed(list(enumerate(problems)))}
    return sorted(problems, key=lambda problem: (ranks.index(problem.severity), codes[problem.code]))


def problem_sheet(problems: Sequence[Problem]) -> Sheet:
    """Set out every problem, the gravest first."""
    rows = tuple(
        tuple(
            Cell(text or None)
            for text in (
                problem.severity.value,
                problem.code,
                problem.where.file,
                problem.where.sheet,
                problem.where.cell or _line(problem.where),
                problem.where.column,
                problem.found,
                problem.expected,
                problem.remedy,
                rows_shown(problem.related, _MANY),
            )
        )
        for problem in in_order(problems)
    )
    return Sheet("核对单", "核对单", (Table(_COLUMNS, rows),))


def _line(where: Place) -> str:
    """Name the row or the template line of a place that has no cell."""
    number = where.row or where.line
    return f"第{number}行" if number else ""


def check_report(path: Path, source: Path, option: str = "--report", example: str = "核对单.xlsx") -> None:
    """Refuse a place for a workbook of findings before any work is done. Raise UsageError.

    `option` is the one that named the place, `example` a right name for it.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{option} 写的是“{path.name}”，不是 .xlsx 文件", f"写成工作簿的名称，如 {example}")
    if path.is_dir():
        raise UsageError(f"{option} 写的“{path}”是一个文件夹", f"写出文件名，如 {example}")
    is_among_the_data = source.is_dir() and path.resolve().parent == source.resolve()
    if path.resolve() == source.resolve() or is_among_the_data:
        raise UsageError(
            f"“{path}”在放数据的文件夹里，会盖掉数据或者混进数据", f"换一个位置，如上一级文件夹里的 {example}"
        )


def write_report(problems: Sequence[Problem], path: Path) -> None:
    """Write every problem into a workbook of its own. Raise UsageError when it cannot be written."""
    try:
        path.write_bytes(workbook([problem_sheet(problems)], "核对单", NO_DAY))
    except OSError as error:
        raise UsageError(
            f"不能写入“{path}”：{why_refused(error)}", "请换一个位置，或关闭正打开的同名文件"
        ) from error
