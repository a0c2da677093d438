"""Problems as a table: the full list that the screen only samples."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from docgen.errors import Place, Problem, Severity, UsageError, rows_shown
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.intake import Passed
from docgen.issuing.refusals import why_refused
from docgen.records import PASSES_SHEET
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

_PASSED_COLUMNS = (
    TableColumn("问题码", CellKind.TEXT, 10),
    TableColumn("文件", CellKind.TEXT, 10),
    TableColumn("工作表", CellKind.TEXT, 8),
    TableColumn("单元格", CellKind.TEXT, 6),
    TableColumn("发现", CellKind.TEXT, 24),
    TableColumn("理由", CellKind.TEXT, 24),
    TableColumn("姓名", CellKind.TEXT, 8),
)


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


def passed_sheet(problems: Sequence[Problem]) -> Sheet:
    """Set out what was let pass: what had been found, why it passes, and who says so."""
    rows = tuple(
        tuple(
            Cell(text or None)
            for text in (
                problem.code,
                problem.where.file,
                problem.where.sheet,
                problem.where.cell or _line(problem.where),
                problem.was,
                problem.by.reason,
                problem.by.name,
            )
        )
        for problem in problems
        if isinstance(problem, Passed)
    )
    return Sheet(PASSES_SHEET, PASSES_SHEET, (Table(_PASSED_COLUMNS, rows),))


def check_sheets(problems: Sequence[Problem]) -> list[Sheet]:
    """Give the sheets of 核对单.xlsx: every problem, and what was let pass when anything was."""
    is_any = any(isinstance(problem, Passed) for problem in problems)
    return [problem_sheet(problems), *([passed_sheet(problems)] if is_any else [])]


def check_report(path: Path, source: Path, option: str = "--report", example: str = "核对单.xlsx") -> None:
    """Refuse a place for a workbook that a check writes, before any work is done. Raise UsageError."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{option} 写的是“{path.name}”，不是 .xlsx 文件", f"写成工作簿的名称，如 {example}")
    if path.is_dir():
        raise UsageError(f"{option} 写的“{path}”是一个文件夹", f"写出文件名，如 {example}")
    is_among_the_data = source.is_dir() and path.resolve().parent == source.resolve()
    if path.resolve() == source.resolve() or _are_one_file(path, source) or is_among_the_data:
        raise UsageError(
            f"“{path}”在放数据的文件夹里，会盖掉数据或者混进数据", f"换一个位置，如上一级文件夹里的 {example}"
        )


def write_report(problems: Sequence[Problem], path: Path) -> None:
    """Write every problem into a workbook of its own. Raise UsageError when it cannot be written."""
    try:
        path.write_bytes(workbook(check_sheets(problems), "核对单", NO_DAY))
    except OSError as error:
        raise UsageError(
            f"不能写入“{path}”：{why_refused(error)}", "请换一个位置，或关闭正打开的同名文件"
        ) from error


def _are_one_file(path: Path, source: Path) -> bool:
    """Tell one file under two names, as a hard link or a system that does not heed capitals has it."""
    return path.exists() and source.exists() and path.samefile(source)
