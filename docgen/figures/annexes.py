"""The five annexes of the circular. Pure. Annexes 1 and 2 are in `summaries`, the lists 3, 4 and 5 here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docgen.errors import Problem
from docgen.figures.count import LATE, insurer_order
from docgen.figures.doubts import Doubts
from docgen.figures.extract import AnnexTable
from docgen.figures.figure import Figure
from docgen.figures.listing import Listed, in_order, list_table
from docgen.figures.portfolio import portfolio
from docgen.figures.summaries import by_area, by_insurer
from docgen.gongwen import CellKind, Table
from docgen.records import Records
from docgen.settings import Settings

TITLES = (
    "各地投保安责险生产经营单位系统数据一览表",
    "各保险公司承保安责险系统数据一览表",
    "各地未按时续保（投保）生产经营单位清单",
    "重点行业领域未全员投保生产经营单位清单",
    "保险公司未按时上传承保数据清单",
)
"""The annexes' titles; annex 1 is the first."""

_UNINSURED = (
    Listed("属地", CellKind.TEXT, 5),
    Listed("单位名称", CellKind.TEXT, 12, names_row=True),
    Listed("行业类别", CellKind.TEXT, 6),
    Listed("情形", CellKind.TEXT, 4),
    Listed("原承保保险公司", CellKind.TEXT, 6),
    Listed("原保险止期", CellKind.DAY, 6),
)
_UNDERINSURED = (
    Listed("属地", CellKind.TEXT, 5),
    Listed("单位名称", CellKind.TEXT, 13, names_row=True),
    Listed("行业类别", CellKind.TEXT, 6),
    Listed("承保保险公司", CellKind.TEXT, 6),
    Listed("从业人员数", CellKind.INTEGER, 5),
    Listed("投保人数", CellKind.INTEGER, 5),
)
_NOT_UPLOADED = (
    Listed("保险公司", CellKind.TEXT, 5, source="承保保险公司"),
    Listed("保单号", CellKind.ID, 9, names_row=True),
    Listed("被保险单位", CellKind.TEXT, 11),
    Listed("属地", CellKind.TEXT, 5),
    Listed("保险起期", CellKind.DAY, 6),
    Listed("情形", CellKind.TEXT, 4),
)


def annex_tables(
    records: Records, settings: Settings, figures: Mapping[str, Figure], problems: Iterable[Problem] = ()
) -> tuple[AnnexTable, ...]:
    """Make annexes 1 to 5, in order. Widths are in characters of 10.5 pt, about 42 of them in 156 mm.

    `figures` are those of `count`. Annex 5 has a second table when policies were uploaded late (逾期上传).
    """
    doubts = Doubts(problems)
    policies = portfolio(records, settings)
    uninsured = in_order(records["应保未保"], "属地", settings.areas)
    underinsured = in_order(records["未全员投保"], "属地", settings.areas)
    tables = (
        (by_area(policies, settings, doubts),),
        (by_insurer(records, policies, settings, doubts, figures),),
        (list_table(uninsured, _UNINSURED, doubts),),
        (list_table(underinsured, _UNDERINSURED, doubts),),
        _not_uploaded(records, doubts),
    )
    return tuple(AnnexTable(title, annex) for title, annex in zip(TITLES, tables, strict=True))


def _not_uploaded(records: Records, doubts: Doubts) -> tuple[Table, ...]:
    """List what is missing from the system and, apart from it, what came late."""
    missing = records["未上传保单"]
    missing = in_order(missing, "承保保险公司", insurer_order(records, missing["承保保险公司"]))
    is_late = missing["情形"] == LATE
    if not is_late.any():
        return (list_table(missing, _NOT_UPLOADED, doubts),)
    return (
        list_table(missing[~is_late], _NOT_UPLOADED, doubts, caption="一、未上传系统的保单"),
        list_table(missing[is_late], _NOT_UPLOADED, doubts, caption="二、逾期上传系统的保单"),
    )
