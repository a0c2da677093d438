"""Find the 合计 rows that stand under a table: what they add up is counted here anew, so they are no data. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code
from docgen.intake.headers import Header, column_letter
from docgen.intake.sheets import RawSheet, Row
from docgen.records import SheetSpec

_TOTAL = re.compile(r"(合计|总计|小计)[:：]?")

Numbered = tuple[int, Row]
"""A row with its number, from 1 as on screen."""


def without_totals(
    spec: SheetSpec, piece: RawSheet, header: Header, rows: Sequence[Numbered]
) -> tuple[Sequence[Numbered], tuple[Problem, ...]]:
    """Leave out the last rows that only add up, each with a notice. `rows` are those that hold anything.

    Such a row begins with 合计, 总计 or 小计 and has nothing else where each row has its own number or name (the
    sheet's first column).
    """
    own_name = header.columns.get(spec.columns[0].header)
    problems: list[Problem] = []
    end = len(rows)
    while end:
        number, row = rows[end - 1]
        at = _total_at(row)
        if at is None or not is_total(row, own_name):
            break
        problems.append(_total_row(spec, piece, number, at, _text(row, at)))
        end -= 1
    return rows[:end], tuple(reversed(problems))


def is_total(row: Row, own_name: int | None) -> bool:
    """Tell whether a row says that it is a total, and nothing where each row has its own number or name."""
    at = _total_at(row)
    return at is not None and own_name is not None and (own_name == at or not _text(row, own_name))


def _total_at(row: Row) -> int | None:
    """Tell where a row says that it is a total: in the first of its cells that hold a text."""
    at = next((at for at, content in enumerate(row) if isinstance(content, str) and content.strip()), None)
    return at if at is not None and _TOTAL.fullmatch(_text(row, at)) else None


def _text(row: Row, position: int) -> str:
    content = row[position] if position < len(row) else ""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(content)))


def _total_row(spec: SheetSpec, piece: RawSheet, number: int, at: int, said: str) -> Problem:
    return Problem(
        Code.TOTAL_ROW,
        Severity.NOTICE,
        Place(piece.file, spec.name, number, cell=f"{column_letter(at)}{number}"),
        f"第 {number} 行写着“{said}”，当作合计行，没有读取",
        f"每行是{spec.row_is}",
        "确是合计可不处理，否则补填这一行的" + spec.columns[0].header,
    )
