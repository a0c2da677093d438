"""What a cross-check is: a rule in the clerk's words, where it is laid down, what it needs, what it finds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from docgen.errors import Place, Problem, Severity
from docgen.figures.extract import AnnexTable, InsurerExtract
from docgen.figures.figure import Figure
from docgen.figures.portfolio import Portfolio
from docgen.records import Records, SourceRows
from docgen.settings import Settings

ANNEXES, LETTERS = "附件", "函"
"""What a check may need besides sheets and their columns."""


@dataclass(frozen=True)
class Evidence:
    """All that is held against one another: the rows first; then what was counted from them and drawn up."""

    records: Records
    settings: Settings
    policies: Portfolio
    figures: Mapping[str, Figure] = field(default_factory=dict)
    annexes: Sequence[AnnexTable] = ()
    insurers: Sequence[InsurerExtract] = ()

    def has(self, need: str) -> bool:
        """Tell whether there is anything of `ANNEXES`, `LETTERS`, a figure, a sheet, or a column (保单.保险起期)."""
        if need in (ANNEXES, LETTERS):
            return bool(self.annexes if need == ANNEXES else self.insurers)
        sheet, _, header = need.partition(".")
        if sheet not in self.records.tables:
            return need in self.figures
        rows = self.records[sheet]
        if not header:
            return len(rows) > 0
        column = rows[header]
        is_text = pd.api.types.is_string_dtype(column.dtype)
        return bool((column != "").any() if is_text else column.notna().any())


class Finding(NamedTuple):
    """One thing that a check found; `found` holds both values, `related` the rows that differ."""

    where: Place
    found: str
    expected: str
    remedy: str
    related: tuple[Place, ...] = ()


Finder = Callable[[Evidence], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """A rule that rows and figures obey; `source` is where it is laid down, `needs` as `Evidence.has` takes them."""

    name: str
    rule: str
    source: str
    code: str
    severity: Severity
    needs: tuple[str, ...]
    find: Finder

    def examine(self, evidence: Evidence) -> Examined:
        """Hold the evidence to the rule; what is not there is not judged."""
        if not all(map(evidence.has, self.needs)):
            return Examined(self, is_judged=False)
        return Examined(
            self, tuple(Problem(self.code, self.severity, *finding) for finding in self.find(evidence))
        )


@dataclass(frozen=True)
class Examined:
    """What came of a check. Where what it needs is not there it is not judged, which is not the same as in order."""

    check: Check
    problems: tuple[Problem, ...] = ()
    is_judged: bool = True


def check(
    name: str, *, rule: str, source: str, code: str, needs: tuple[str, ...] = (),
    severity: Severity = Severity.BARRING,
) -> Callable[[Finder], Check]:
    """Declare the function below as a check."""
    return lambda find: Check(name, rule, source, code, severity, needs, find)


def place_of(row: Mapping[Any, Any] | pd.Series, column: str = "") -> Place:
    """Name the cell of a frame's row, or the row when no column is said."""
    return Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), column)


def places_of(rows: pd.DataFrame) -> tuple[Place, ...]:
    """Name all rows of a frame, in order."""
    return tuple(Place(*row) for row in SourceRows(rows))


def rows_by(rows: pd.DataFrame, key: list[str]) -> Iterator[tuple[tuple[str, ...], list[dict[str, object]]]]:
    """Yield the rows of each key as plain mappings, in the order in which the keys first stand."""
    groups: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for row in rows.to_dict("records"):
        groups.setdefault(tuple(str(row[part]) for part in key), []).append(
            {str(header): content for header, content in row.items()}
        )
    yield from groups.items()


def listed(names: Sequence[str], at_most: int = 10) -> str:
    """Write the first names for a message: 甲、乙、丙……"""
    return "、".join(names[:at_most]) + ("……" if len(names) > at_most else "")
