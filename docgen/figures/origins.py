"""Say which rows stand behind the annexes that add up, 1 and 2: those of each line and those of each column. Pure.

A cell of theirs was made from the rows that are both its line's and its column's. The lists (annexes 3 to 5 and
those of a letter) need nothing of the kind: each of their rows is one row of the data, and names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from docgen.figures.extract import AnnexTable
from docgen.figures.fees import FEE, FEE_SHARE, PREMIUM
from docgen.figures.figure import Figure
from docgen.figures.portfolio import portfolio
from docgen.figures.summaries import FAULTY, PEOPLE, PEOPLE_BY_AREA, SAMPLED, TOTAL, UNITS, sampled_by_insurer
from docgen.gongwen import Table
from docgen.records import Records, SourceRow, SourceRows
from docgen.settings import Settings

Rows = Sequence[SourceRow]


@dataclass(frozen=True)
class Origins:
    """The rows behind each line of a table, the 合计 line last, and behind its columns by their headers.

    A column that is not named states nothing that was counted, such as 序号.
    """

    lines: tuple[Rows, ...]
    columns: Mapping[str, Rows]


def summary_origins(
    records: Records, settings: Settings, figures: Mapping[str, Figure], annexes: Sequence[AnnexTable]
) -> tuple[Origins, Origins]:
    """Find the rows behind annexes 1 and 2; `figures` and `annexes` are those of the same records."""
    policies = portfolio(records, settings)
    areas, insurers = annexes[0].tables[0], annexes[1].tables[0]
    counted, in_force = policies.counted, policies.in_force
    every, faults = SourceRows(counted), records["问题"]
    industries = {
        column.header: SourceRows(counted[counted["_industry"] == column.header]) for column in areas.columns[2:]
    }
    by_area = Origins(
        _lines(areas, (counted, "_area")), industries | {TOTAL: every, PEOPLE_BY_AREA: every}
    )
    headers = {column.header for column in insurers.columns}
    columns: dict[str, Rows] = {UNITS: every, PEOPLE: every}
    columns |= dict.fromkeys((PREMIUM, FEE, FEE_SHARE), SourceRows(in_force))
    frames = [(in_force, "承保保险公司")]
    if SAMPLED in headers:
        columns |= {SAMPLED: figures["抽查保单数"].rows, FAULTY: figures["问题保单数"].rows}
        frames += [(sampled_by_insurer(records, policies), "承保保险公司"), (faults, "承保保险公司")]
    return by_area, Origins(_lines(insurers, *frames), columns)


def _lines(table: Table, *frames: tuple[pd.DataFrame, str]) -> tuple[Rows, ...]:
    """Give the rows of each line by its label, which stands behind 序号, and of the 合计 line all of them."""
    grouped = [(frame, dict(iter(frame.groupby(header, sort=False)))) for frame, header in frames]

    def of(label: str) -> Iterable[SourceRow]:
        for frame, groups in grouped:
            yield from SourceRows(groups.get(label, frame.iloc[:0]))

    lines = [tuple(of(str(row[1].value))) for row in table.rows]
    return (*lines, tuple(row for frame, _ in grouped for row in SourceRows(frame)))
