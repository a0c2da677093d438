"""What one area is sent: its rows of annexes 3 and 4 and its problem policies (分地区). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from docgen.errors import Problem
from docgen.figures.count import standing
from docgen.figures.doubts import Doubts
from docgen.figures.extract import AnnexTable, AreaExtract
from docgen.figures.insured import POLICY, units_by_area
from docgen.figures.listing import NOTHING, Listed, list_table
from docgen.gongwen import Cell, CellKind, Table
from docgen.records import Records
from docgen.settings import Settings

_LISTED_ANNEXES = (2, 3)
"""Annexes 3 and 4, by their place in the tuple."""

_FAULTS = (
    Listed("保单号", CellKind.ID, 8, names_row=True),
    Listed("被保险单位", CellKind.TEXT, 9),
    Listed("承保保险公司", CellKind.TEXT, 6),
    Listed("问题类别", CellKind.TEXT, 7),
    Listed("情况说明", CellKind.TEXT, 10),
)


def area_extracts(
    records: Records, settings: Settings, annexes: Sequence[AnnexTable], problems: Iterable[Problem] = ()
) -> tuple[AreaExtract, ...]:
    """Make each area's tables, in the settings' order; an empty table says “无”.

    A problem stands in every area where its policy, by number and insurer, insures a unit; withdrawn ones
    (撤销) are left out.
    """
    doubts = Doubts(problems)
    faults = standing(records["问题"])
    faults = faults[faults["保单号"] != ""]
    places = units_by_area(records, faults)
    placed = faults.merge(places, on=POLICY, how="inner")
    return tuple(
        AreaExtract(area, (
            *(_own_rows(annexes[at], area) for at in _LISTED_ANNEXES),
            _faults(placed[placed["属地"] == area], doubts),
        ))
        for area in settings.areas
    )


def _own_rows(annex: AnnexTable, area: str) -> Table:
    """Take the area's rows of an annex, numbered anew."""
    table = annex.tables[0]
    at = [column.header for column in table.columns].index("属地")
    own = [
        (row, origin) for row, origin in zip(table.rows, table.origins, strict=True) if row[at].value == area
    ]
    rows = tuple((Cell(number), *row[1:]) for number, (row, _) in enumerate(own, 1))
    origins = tuple(origin for _, origin in own)
    return replace(table, rows=rows, origins=origins, caption=_of_area(annex), notes=() if rows else (NOTHING,))


def _of_area(annex: AnnexTable) -> str:
    """Give the annex's title without 各地: the list is one area's."""
    return annex.title.removeprefix("各地")


def _faults(faults: pd.DataFrame, doubts: Doubts) -> Table:
    return list_table(faults, _FAULTS, doubts, caption="检查发现问题的保单清单")
