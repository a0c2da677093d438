"""Small records for tests, written as tables: whitespace parts the columns, — is an empty cell."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import Any

import pandas as pd

from docgen.errors import Place, Problem, Severity
from docgen.gongwen import Table, cell_text
from docgen.records import SHEETS, Column, Kind, Records
from docgen.settings import Settings

FILE = "检查数据.xlsx"
EMPTY = "—"

SETTINGS = Settings(cutoff=date(2024, 8, 9))

_UNLESS_SAID = {
    "保单号": "P-{row}",
    "统一社会信用代码": "U-{row}",
    "保单状态": "有效",
    "承保保险公司": "甲保",
    "共保角色": "独立",
    "被保险单位": "试验{row}厂",
    "单位名称": "试验{row}厂",
    "属地": "常熟市",
    "行业类别": "医药",
    "投保人数": "10",
    "保险起期": "2024-01-01",
    "保险止期": "2024-12-31",
    "问题编号": "W-{row}",
    "问题类别": "数据录入不规范",
    "情况说明": "说明{row}",
    "核实结论": "属实",
    "服务记录编号": "F-{row}",
}
_UNLESS_SAID_IN = {
    "未上传保单": {"情形": "未上传"},
    "应保未保": {"情形": "未续保"},
    "未全员投保": {"从业人员数": "20"},
    "服务费用核查": {"系统填报金额（元）": "100.00", "核实金额（元）": "100.00"},
}


def table(sheet: str, text: str) -> pd.DataFrame:
    """Read a table; its rows are rows 2, 3, … of the sheet, columns left out have their usual value."""
    lines = [line.split() for line in dedent(text).strip().splitlines()]
    header, rows = lines[0], lines[1:]
    unknown = set(header) - set(SHEETS[sheet].headers)
    assert not unknown, f"{sheet} 没有 {unknown} 列"
    usual = {**_UNLESS_SAID, **_UNLESS_SAID_IN.get(sheet, {})}
    columns: dict[str, Any] = {}
    for column in SHEETS[sheet].columns:
        if column.header in header:
            texts = [row[header.index(column.header)].replace(EMPTY, "") for row in rows]
        else:
            usually = usual.get(column.header, "")
            texts = [usually.format(row=number) for number in range(2, len(rows) + 2)]
        columns[column.header] = _typed(texts, column)
    columns["_file"] = pd.Series([FILE] * len(rows), dtype=str)
    columns["_sheet"] = pd.Series([sheet] * len(rows), dtype=str)
    columns["_row"] = pd.Series(range(2, len(rows) + 2), dtype="int64")
    return pd.DataFrame(columns)


def inspection(insurers: str = "甲保 乙保 丙保", **sheets: str) -> Records:
    """Put tables together, by sheet name; sheets left out are empty."""
    names = insurers.split()
    tables = {name: table(name, sheets.get(name, spec.headers[0])) for name, spec in SHEETS.items()}
    lines = [f"{name} {name}财险苏州分公司 — 林某 0512-0000" for name in names]
    tables["保险公司"] = table("保险公司", "\n".join(["简称 全称 主送名称 联系人 联系电话", *lines]))
    return Records(tables)


def doubt(sheet: str, row: int, column: str = "", severity: Severity = Severity.DOUBTFUL) -> Problem:
    """Make a problem of a cell, or of a row when no column is said."""
    return Problem("some-code", severity, Place(FILE, sheet, row, column), "有疑问", "没有疑问", "核实")


def _typed(texts: list[str], column: Column) -> pd.Series[Any]:
    if column.kind is Kind.DAY:
        days = pd.to_datetime(pd.Series(texts, dtype=str).replace("", None), format="%Y-%m-%d")
        return days.astype("datetime64[s]")
    if column.kind is Kind.COUNT:
        return pd.Series([int(text) if text else pd.NA for text in texts], dtype="Int64")
    if column.kind is Kind.MONEY:
        fen = [round(float(text) * column.unit_fen) if text else pd.NA for text in texts]
        return pd.Series(fen, dtype="Int64")
    if column.kind is Kind.SHARE:
        return pd.Series([float(text) if text else pd.NA for text in texts], dtype="Float64")
    return pd.Series(texts, dtype=str)


def printed(shown: Table, *headers: str) -> list[tuple[str, ...]]:
    """Read a table's rows as they are printed, only these columns when any are said."""
    at = [i for i, column in enumerate(shown.columns) if not headers or column.header in headers]
    return [tuple(cell_text(row[i], shown.columns[i].kind) for i in at) for row in shown.rows]


def total(shown: Table, header: str) -> str:
    """Read one cell of the total row as it is printed."""
    at = [column.header for column in shown.columns].index(header)
    return cell_text(shown.total[at], shown.columns[at].kind)
