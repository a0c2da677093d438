"""Read a list that is not yet the clerk's workbook: a policy export, a sample. Its sheet may bear any title.

Headers are found as in the workbook itself. A sample may also be a bare column of policy numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from docgen.errors import Barred, Problem, Severity, UsageError
from docgen.intake.characters import Characters
from docgen.intake.codes import Code, printable, shown
from docgen.intake.headers import is_blank_row
from docgen.intake.sheets import RawSheet, Row, Uncalculated
from docgen.intake.tables import Tables, read_tables
from docgen.intake.workbooks import read_workbook
from docgen.records import SHEETS, Kind, SheetSpec
from docgen.settings import Settings

_NUMBER = "保单号"
_AS_TEXT = (Kind.ID, Kind.CODE)


@dataclass(frozen=True)
class Export:
    """The rows of a list: `cells` as they were written, in the order of the sheet's canonical columns.

    `frame` holds the same rows as they are read; `absent` names the required columns that the list lacks.
    """

    file: str
    frame: pd.DataFrame
    cells: tuple[tuple[object, ...], ...]
    absent: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The policy number of each row, as it is read."""
        return tuple(self.frame[_NUMBER])


def read_export(path: Path, sheet: str) -> Export:
    """Read the list at `path` as that canonical sheet.

    Raise UsageError when there is no such file, Unreadable, or Barred naming what keeps rows from being used.
    """
    spec = SHEETS[sheet]
    pieces = [replace(piece, name=sheet) for piece in _sheets(path) if not all(map(is_blank_row, piece.rows))]
    if not pieces:
        raise UsageError(f"{printable(path.name)} 里没有内容", f"写出含有“{_NUMBER}”列的工作簿或 CSV")
    read = [(piece, read_tables([piece], Settings(), Characters(_nothing), printable(path.name))) for piece in pieces]
    piece, tables = max(read, key=lambda one: _fitness(one[0], one[1], sheet))
    if _NUMBER not in _letters(piece, tables) and sheet == "抽查" and (bare := _bare_numbers(pieces)):
        piece = bare
        tables = read_tables([piece], Settings(), Characters(_nothing), printable(path.name))
    own = [problem for problem in tables.problems if problem.where.sheet == sheet and problem.where.file == piece.file]
    barring = tuple(problem for problem in own if _bars(problem))
    if barring:
        raise Barred(barring)
    return _export(piece, tables, spec)


def _nothing(_text: str) -> Iterable[str]:
    return ()


def _bars(problem: Problem) -> bool:
    """Tell what leaves no usable row; a column that the export lacks stays empty, to be filled in."""
    is_other_column = problem.code == Code.MISSING_COLUMN and problem.where.column != _NUMBER
    return problem.severity is Severity.BARRING and not is_other_column


def _letters(piece: RawSheet, tables: Tables) -> dict[str, int]:
    """Map the headers that a list has to the positions of their columns."""
    letters = tables.letters.get((piece.file, piece.name), {})
    return {header: _position(letter) for header, letter in letters.items()}


def _fitness(piece: RawSheet, tables: Tables, sheet: str) -> tuple[bool, bool, int]:
    """Rank the sheets of a file: those with policy numbers first, then the one of the right title."""
    headers = _letters(piece, tables)
    return _NUMBER in headers, piece.title == sheet, len(headers)


def _position(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _export(piece: RawSheet, tables: Tables, spec: SheetSpec) -> Export:
    frame = tables.frames[spec.name]
    at = _letters(piece, tables)
    positions = [(at.get(column.header), column.kind in _AS_TEXT) for column in spec.columns]
    cells = tuple(
        tuple(_cell(piece.rows[int(row) - 1], position, as_text) for position, as_text in positions)
        for row in frame["_row"]
    )
    absent = tuple(column.header for column in spec.columns if column.required and column.header not in at)
    return Export(piece.file, frame, cells, absent)


def _cell(row: Row, position: int | None, as_text: bool) -> object:
    content = row[position] if position is not None and position < len(row) else ""
    if isinstance(content, Uncalculated):
        return ""
    is_number = isinstance(content, int | float) and not isinstance(content, bool)
    return shown(content) if as_text and is_number else content


def _bare_numbers(pieces: Sequence[RawSheet]) -> RawSheet | None:
    """Take a sheet that is nothing but one column for a list of policy numbers without a header."""
    for piece in pieces:
        used = {at for row in piece.rows for at, content in enumerate(row) if str(content).strip()}
        if len(used) == 1:
            (at,) = used
            numbers = [[row[at] if at < len(row) else ""] for row in piece.rows]
            return replace(piece, rows=[[_NUMBER], *numbers])
    return None


def _sheets(path: Path) -> tuple[RawSheet, ...]:
    """Read every sheet of a file, whatever its title."""
    name = printable(path.name)
    if not path.is_file():
        raise UsageError(f"找不到 {name}", "写出工作簿（.xlsx）或 CSV 的路径")
    return read_workbook(path, lambda title: title or path.stem, lambda stem: stem)
