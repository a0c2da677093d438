"""Turn a column of raw cells into typed values and problems: by distinct values, each looked at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from docgen.errors import Place, Problem, Severity
from docgen.intake.characters import Characters
from docgen.intake.codes import PENDING, Code, Fault, Reader, Reading, shown
from docgen.intake.sheets import Uncalculated
from docgen.records import Column, Kind

_DTYPES = {Kind.DAY: "datetime64[s]", Kind.COUNT: "Int64", Kind.MONEY: "Int64", Kind.SHARE: "Float64"}
_PLAIN_KINDS = (Kind.TEXT, Kind.NAME)
_BARRING_WHEN_EMPTY = ("保单号", "问题编号", "简称")
LETTER_SHEETS = ("问题", "未上传保单", "服务费用核查", "未全员投保")
"""The sheets whose rows go into an insurer's letter."""
WHEN_EMPTY = {
    ("保单", "保单状态"): "有效",
    ("保单", "共保角色"): "独立",
    ("问题", "核实结论"): "属实",
    ("未上传保单", "情形"): "未上传",
}
_DOUBTFUL_WHEN_EMPTY = {("未上传保单", "情形"): "未上传 或 逾期上传"}
"""Columns that a sheet may lack, but whose empty cells are asked about, and what stands in them."""


@dataclass(frozen=True)
class Cells:
    """The cells of one column in the rows that hold anything; `rows` counts from 1, as on screen."""

    file: str
    sheet: str
    column: Column
    letter: str
    values: Sequence[object]
    rows: npt.NDArray[np.int64]

    def place(self, position: int) -> Place:
        """Name the cell at a position of `values`."""
        row = int(self.rows[position])
        return Place(self.file, self.sheet, row, self.column.header, f"{self.letter}{row}")


def empty_value(column: Column, sheet: str) -> object:
    """Say what stands in the records for an empty cell."""
    if column.kind in _DTYPES:
        return None
    if column.required and column.kind in (Kind.AREA, Kind.INDUSTRY):
        return PENDING
    return WHEN_EMPTY.get((sheet, column.header), "")


def typed(values: Sequence[object], kind: Kind) -> pd.Series:
    """Make a series of a kind's type from read values, None or "" where empty."""
    dtype = _DTYPES.get(kind, "str")
    if dtype == "datetime64[s]":
        return pd.Series(np.array(values, dtype=dtype))
    return pd.Series(pd.array(values, dtype=dtype))  # type: ignore[call-overload]


def read_column(cells: Cells, read: Reader, characters: Characters) -> tuple[pd.Series, tuple[Problem, ...]]:
    """Read a column by `read`, which is shown each distinct value once and never an empty one."""
    values = [value.strip() if isinstance(value, str) else value for value in cells.values]
    is_all_text = pd.api.types.infer_dtype(values, skipna=False) in ("string", "empty")
    if is_all_text and cells.column.kind in _PLAIN_KINDS:
        texts = cast(list[str], values)
        needs_filling = cells.column.required or (cells.sheet, cells.column.header) in WHEN_EMPTY
        if characters.are_plain(texts) and not (needs_filling and "" in texts) and "#" not in "".join(texts):
            return typed(texts, cells.column.kind), ()
    codes, distinct = _distinct(values)
    readings = [_read_cell(value, cells, read, characters) for value in distinct]
    series = typed([reading.value for reading in readings], cells.column.kind).take(codes)
    faults = [reading.faults for reading in readings]
    return series.reset_index(drop=True), tuple(_problems(cells, codes, faults))


def _distinct(values: Sequence[object]) -> tuple[npt.NDArray[np.intp], list[object]]:
    """Number the distinct values in order; a boolean is not the number that it equals."""
    objects = np.empty(len(values), dtype=object)
    objects[:] = ["TRUE" if value is True else "FALSE" if value is False else value for value in values]
    codes, distinct = pd.factorize(objects, use_na_sentinel=False)
    return codes, list(distinct)


def _read_cell(value: object, cells: Cells, read: Reader, characters: Characters) -> Reading:
    faults: tuple[Fault, ...] = ()
    empty = empty_value(cells.column, cells.sheet)
    if isinstance(value, Uncalculated):
        return Reading(empty, (uncalculated(value, _severity_when_empty(cells)),))
    if isinstance(value, str):
        value, faults = characters.clean(value)
    if any(fault.code is Code.CELL_TOO_LONG for fault in faults):
        return Reading(empty, faults)
    if value == "":
        is_asked_about = cells.column.required or (cells.sheet, cells.column.header) in _DOUBTFUL_WHEN_EMPTY
        return Reading(empty, (*faults, _missing(cells)) if is_asked_about else faults)
    reading = read(value)
    is_doubtful = any(fault.severity is Severity.DOUBTFUL for fault in faults)
    # One word on a cell is enough: what follows from a bad character is not said again.
    more = (fault for fault in reading.faults if not (is_doubtful and fault.severity is Severity.DOUBTFUL))
    return Reading(reading.value, (*faults, *more))


def _severity_when_empty(cells: Cells) -> Severity:
    header = cells.column.header
    is_barring = header in _BARRING_WHEN_EMPTY or (header == "承保保险公司" and cells.sheet in LETTER_SHEETS)
    return Severity.BARRING if cells.column.required and is_barring else Severity.DOUBTFUL


def _missing(cells: Cells) -> Fault:
    header = cells.column.header
    right = _DOUBTFUL_WHEN_EMPTY.get((cells.sheet, header)) or _example(cells.column)
    return Fault(
        Code.MISSING_VALUE, _severity_when_empty(cells), "必填的单元格是空的", right, f"照原件补填“{header}”"
    )


def uncalculated(cell: Uncalculated, severity: Severity) -> Fault:
    """Say that a formula came without its value, as from a program that writes workbooks but cannot calculate."""
    return Fault(
        Code.UNCALCULATED,
        severity,
        f"公式{f'“{shown(cell.formula)}”' if cell.formula else ''}没有存下结果，不知道是什么",
        "算好并存下结果的公式，或直接填写的内容",
        "用 WPS 或 Excel 打开这个文件再保存，结果就会存下",
    )


def _example(column: Column) -> str:
    examples = {
        Kind.DAY: "日期，如 2024-08-09",
        Kind.COUNT: "整数，如 12",
        Kind.MONEY: "金额，如 12345.60",
        Kind.SHARE: "比例，如 40%",
        Kind.CODE: "18 位代码，如 91110000600037341L",
        Kind.AREA: "属地名称，如 昆山市",
        Kind.INDUSTRY: "行业类别，如 加油站",
        Kind.ID: f"{column.header}，存为文本",
    }
    return examples.get(column.kind, f"{column.header}，文字")


def _problems(
    cells: Cells, codes: npt.NDArray[np.intp], faults: Sequence[tuple[Fault, ...]]
) -> Iterator[Problem]:
    """Say every fault at its cell, but notices once a column, with how often they occur."""
    faulty = np.array([bool(some) for some in faults], dtype=bool)
    notices: dict[tuple[str, str], tuple[Fault, int, int]] = {}
    for position in np.flatnonzero(faulty[codes]).tolist():
        for fault in faults[codes[position]]:
            if fault.severity is not Severity.NOTICE:
                yield fault.at(cells.place(position))
                continue
            first, at, times = notices.get((fault.code, fault.group), (fault, position, 0))
            notices[fault.code, fault.group] = (first, at, times + 1)
    for fault, position, times in notices.values():
        yield fault.at(cells.place(position), times)
