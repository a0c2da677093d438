"""A table of an annex: typed cells, so that the paper and the spreadsheet show the same facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from docgen.gongwen.numerals import percent_cut

DOUBT_MARK = "【待核】"
"""Stands behind whatever is still to be verified, in text and table."""


class CellKind(Enum):
    """How a column's values are shown on paper and stored in a spreadsheet."""

    TEXT = "text"
    ID = "id"
    INTEGER = "integer"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True)
class TableColumn:
    """One column: header, kind, and its width as a share of the others (roughly, characters)."""

    header: str
    kind: CellKind
    width: int
    choices: tuple[str, ...] = ()
    """What a spreadsheet's drop-down list offers in this column."""


@dataclass(frozen=True)
class Cell:
    """One value: as typed (元 as `Decimal`, 0.2 for 20%, None when empty) and whether it is still 待核."""

    value: str | int | Decimal | date | None
    is_doubtful: bool = False
    mark: str = ""
    """A short mark set behind the value, such as “（低于20%）”."""


@dataclass(frozen=True)
class Table:
    """Columns and rows; `total` is the 合计 row; `caption` stands above, `notes` below."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()
    origins: tuple[object, ...] = ()
    """What each row was made from, in the words of whoever made it; nothing is printed of it."""


def cell_text(cell: Cell, kind: CellKind) -> str:
    """Write a cell as it is printed: 1234.50, 20.0%, 2024-08-09, with its mark and 【待核】."""
    value = cell.value
    if value is None:
        text = ""
    elif kind is CellKind.MONEY:
        text = f"{value:.2f}"
    elif kind is CellKind.PERCENT:
        text = percent_cut(Decimal(str(value)))
    elif isinstance(value, date):
        text = value.isoformat()
    else:
        text = str(value)
    is_marked = cell.is_doubtful and text != DOUBT_MARK
    return text + cell.mark + (DOUBT_MARK if is_marked else "")
