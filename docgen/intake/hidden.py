"""Say which hidden sheets and rows were read: they count like all others, but nobody sees them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, row_ranges
from docgen.intake.headers import is_blank_row
from docgen.intake.sheets import RawSheet


def hidden_parts(piece: RawSheet) -> Iterator[Problem]:
    """Yield a notice for a hidden sheet, and one for its hidden rows that hold anything."""
    if piece.is_hidden:
        yield Problem(
            Code.HIDDEN_SHEET,
            Severity.NOTICE,
            Place(piece.file, piece.title),
            f"“{piece.title}”是隐藏的工作表，照常读取",
            "看得见的工作表",
            "核对它的内容；不该采用的，删去或改名",
        )
    rows = sorted(
        number
        for number in piece.hidden_rows
        if number <= len(piece.rows) and not is_blank_row(piece.rows[number - 1])
    )
    if rows:
        yield Problem(
            Code.HIDDEN_ROWS,
            Severity.NOTICE,
            Place(piece.file, piece.title, rows[0]),
            f"第 {row_ranges(rows)}行是隐藏的，照常读取",
            "看得见的行",
            "取消隐藏或筛选后核对；不该采用的，删去",
        )
