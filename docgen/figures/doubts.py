"""Find which 待核 problems touch which rows and columns. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pandas as pd

from docgen.errors import Problem, Severity
from docgen.records import SourceRow, SourceRows

ROW = ""
"""The column of a problem that concerns its whole row, such as a duplicate."""


class Doubts:
    """The 待核 problems that name a row, ready to be asked for by frame and column.

    A problem without a column concerns every column of its row. Problems of other severities, and those that
    name no row, are left out.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._by_row: dict[SourceRow, list[Problem]] = {}
        for problem in problems:
            where = problem.where
            if problem.severity is Severity.DOUBTFUL and where.row is not None:
                self._by_row.setdefault(SourceRow(where.file, where.sheet, where.row), []).append(problem)
        self._numbers = {row.row for row in self._by_row}

    def among(self, frame: pd.DataFrame, columns: Collection[str]) -> tuple[Problem, ...]:
        """List the problems in these columns of these rows, each once, in row order."""
        found = (problem for _, problem in self._touching(frame) if _concerns(problem, columns))
        return tuple(dict.fromkeys(found))

    def mask(self, frame: pd.DataFrame, columns: Collection[str]) -> pd.Series[bool]:
        """Say of each row whether any of these columns is in doubt; index as in the frame."""
        doubtful = [False] * len(frame)
        for position, problem in self._touching(frame):
            doubtful[position] = doubtful[position] or _concerns(problem, columns)
        return pd.Series(doubtful, index=frame.index, dtype=bool)

    def cells(self, frame: pd.DataFrame) -> frozenset[tuple[int, str]]:
        """Name the cells in doubt as (position in the frame from 0, header, or `ROW` for the whole row)."""
        return frozenset((position, problem.where.column) for position, problem in self._touching(frame))

    def _touching(self, frame: pd.DataFrame) -> Iterator[tuple[int, Problem]]:
        if not self._by_row or frame.empty:
            return
        near = frame["_row"].isin(self._numbers).to_numpy().nonzero()[0]
        for position, row in zip(near.tolist(), SourceRows(frame.iloc[near]), strict=True):
            for problem in self._by_row.get(row, ()):
                yield position, problem


def _concerns(problem: Problem, columns: Collection[str]) -> bool:
    return problem.where.column == ROW or problem.where.column in columns
