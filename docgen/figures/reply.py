"""The table in which an insurer answers (整改情况反馈表): one row for each thing to mend. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from docgen.figures.count import LATE, differing
from docgen.figures.doubts import Doubts
from docgen.figures.listing import NUMBERING, yuan
from docgen.gongwen import Cell, CellKind, Table, TableColumn, cell_text

OUTCOMES = ("已完成整改", "正在整改", "有异议")

_COLUMNS = (
    NUMBERING,
    TableColumn("类别", CellKind.TEXT, 6),
    TableColumn("问题编号", CellKind.ID, 6),
    TableColumn("问题概述", CellKind.TEXT, 10),
    TableColumn("整改措施", CellKind.TEXT, 8),
    TableColumn("整改结果", CellKind.TEXT, 5, choices=OUTCOMES),
    TableColumn("完成时间", CellKind.DAY, 5),
    TableColumn("异议理由", CellKind.TEXT, 6),
)
_TO_FILL_IN = (Cell(None),) * 4


@dataclass(frozen=True)
class _ToMend:
    """Rows of one sheet: what each is called, what it says, and the columns it says it from."""

    rows: pd.DataFrame
    id_header: str
    categories: list[str]
    summaries: list[str]
    said_from: tuple[str, ...]


def reply_table(own: Mapping[str, pd.DataFrame], doubts: Doubts, lacking: Table) -> Table:
    """List all that one insurer has to mend; the last four columns are the insurer's to fill in.

    `own` are the insurer's rows by sheet, withdrawn problems left out; `lacking` is its `shortfall_table`.
    问题编号 is the problem's own number, or the id of the row: 保单号, 服务记录编号, 统一社会信用代码.
    """
    lines: list[tuple[Cell, ...]] = []
    for matter in _matters(own):
        ids = _cells(matter.rows[matter.id_header], doubts.mask(matter.rows, (matter.id_header,)))
        said = _cells(matter.summaries, doubts.mask(matter.rows, matter.said_from))
        for category, name, summary in zip(matter.categories, ids, said, strict=True):
            lines.append((Cell(category), name, summary, *_TO_FILL_IN))
    lines += [_shortfall(row) for row in lacking.rows]
    rows = tuple((Cell(number), *line) for number, line in enumerate(lines, 1))
    return Table(_COLUMNS, rows)


def _matters(own: Mapping[str, pd.DataFrame]) -> Iterator[_ToMend]:
    faults, missing, units = own["问题"], own["未上传保单"], own["未全员投保"]
    fees = differing(own["服务费用核查"])
    yield _ToMend(faults, "问题编号", list(faults["问题类别"]), list(faults["情况说明"]), ("情况说明",))
    is_late = missing["情形"] == LATE
    for rows, category in ((missing[~is_late], "未上传保单"), (missing[is_late], "逾期上传保单")):
        what = "未上传系统" if category == "未上传保单" else "逾期上传系统"
        said = [f"{unit}的保单{what}" for unit in rows["被保险单位"]]
        yield _ToMend(rows, "保单号", [category] * len(rows), said, ("被保险单位",))
    reported, verified = "系统填报金额（元）", "核实金额（元）"
    said = [
        f"系统填报{yuan(claimed)}元，核实为{yuan(actual)}元"
        for claimed, actual in zip(fees[reported], fees[verified], strict=True)
    ]
    yield _ToMend(fees, "服务记录编号", ["服务费用不符"] * len(fees), said, (reported, verified))
    headers = ("单位名称", "从业人员数", "投保人数")
    said = [
        f"{name}从业人员{_people(employed)}人，投保{_people(insured)}人"
        for name, employed, insured in zip(*(units[header] for header in headers), strict=True)
    ]
    yield _ToMend(units, "统一社会信用代码", ["未全员投保"] * len(units), said, headers)


def _shortfall(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Say what a row of `shortfall_table` says; there is one at most, so its number is a word."""
    _, _, _, share, rule, _ = row
    said = f"事故预防服务费占保费的{cell_text(Cell(share.value), CellKind.PERCENT)}，低于规定的{rule.value}"
    return (Cell("服务费提取不足"), Cell("服务费提取"), Cell(said, share.is_doubtful), *_TO_FILL_IN)


def _cells(texts: Iterable[str], doubtful: Iterable[bool]) -> Iterator[Cell]:
    return (Cell(text or None, bool(is_doubtful)) for text, is_doubtful in zip(texts, doubtful, strict=True))


def _people(number: object) -> str:
    return "　" if pd.isna(number) else str(number)  # type: ignore[call-overload]
