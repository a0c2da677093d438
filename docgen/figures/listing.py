"""Make a numbered list of rows into a table: typed cells, those in doubt marked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from docgen.figures.doubts import ROW, Doubts
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.records import SourceRows

_Value = str | int | Decimal | date | None

NUMBERING = TableColumn("序号", CellKind.INTEGER, 2)
_CODE = "统一社会信用代码"
NOTHING = "无"
"""The note under a list that has no rows."""


@dataclass(frozen=True)
class Listed:
    """A column of a list; its header is the frame's unless `source` names another; width in characters.

    An `is_optional` one is left out when no row fills it and none is in doubt there; the one that `names_row`
    shows a doubt about the whole row, and about the unit's code when that is not listed.
    """

    header: str
    kind: CellKind
    width: int
    source: str = ""
    is_optional: bool = False
    names_row: bool = False

    @property
    def of_frame(self) -> str:
        """The frame's column."""
        return self.source or self.header


def list_table(
    frame: pd.DataFrame, columns: Sequence[Listed], doubts: Doubts, *, caption: str = "",
    notes: tuple[str, ...] = (),
) -> Table:
    """List the frame's rows, numbered from 1, each with its source; an empty list has the note “无”."""
    doubtful = doubts.cells(frame)
    of_row = {ROW, _CODE} - {column.of_frame for column in columns}
    chosen = []
    written = [[Cell(number) for number in range(1, len(frame) + 1)]]
    for column in columns:
        values = values_of(frame[column.of_frame], column.kind)
        shows = {column.of_frame} | (of_row if column.names_row else set())
        marked = {at for at, header in doubtful if header in shows}
        if column.is_optional and not marked and not any(value is not None for value in values):
            continue
        chosen.append(TableColumn(column.header, column.kind, column.width))
        written.append([Cell(value, at in marked) for at, value in enumerate(values)])
    rows = tuple(zip(*written, strict=True))
    return Table(
        (NUMBERING, *chosen), rows, caption=caption, notes=notes if rows else (*notes, NOTHING),
        origins=tuple(SourceRows(frame)),
    )


def values_of(column: pd.Series, kind: CellKind) -> list[_Value]:
    """Give a column of `Records` as the values of cells: 分 as 元, a day as `date`, what is empty as None."""
    if kind is CellKind.DAY:
        return [None if pd.isna(day) else day.date() for day in column]
    if kind is CellKind.MONEY:
        return [None if pd.isna(fen) else yuan(fen) for fen in column]
    if kind is CellKind.INTEGER:
        return [None if pd.isna(number) else int(number) for number in column]
    return [text or None for text in column]


def yuan(fen: int) -> Decimal:
    """Turn whole 分 into 元 with two decimals, exactly."""
    return Decimal(int(fen)).scaleb(-2)


def in_order(frame: pd.DataFrame, header: str, order: Sequence[str]) -> pd.DataFrame:
    """Group the rows by the order of this column's values, what is not in it last; else as they stood."""
    rank = {value: at for at, value in enumerate(order)}
    ranks = frame[header].map(rank).fillna(len(rank))
    return frame.loc[ranks.sort_values(kind="stable").index]
