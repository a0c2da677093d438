"""What the files of an input hold, before anything is made of it: sheets of raw rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Row = Sequence[object]


class Merge(NamedTuple):
    """A block of merged cells: its first and last row and column, all from 0, the last ones within it."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Uncalculated:
    """Stands in a row where a formula has no stored value: what the cell shows is then not known."""

    formula: str = ""


@dataclass(frozen=True)
class RawSheet:
    """One sheet of one file: `rows` from the sheet's first row; a cell is "" when empty.

    `name` is the canonical name, or "" when the sheet is none of ours (its rows are then not read);
    `title` is the name as found; in it and in `file` 〓 stands for a character that cannot be printed.
    `hidden_rows` count from 1, as on screen; they are read like all others, and said. In a workbook that counts
    its days from 1904 (`is_1904`), a plain number in place of a day means a day 1462 days later than elsewhere.
    """

    file: str
    title: str
    name: str
    rows: Sequence[Row]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_1904: bool = False
