"""Find what stands twice, and policy numbers that contradict 保单 by being there or by not being there. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from docgen.errors import Problem, Severity
from docgen.intake.checks import Check
from docgen.intake.codes import Code
from docgen.intake.tables import Tables

_CODE, _NUMBER, _INSURER = "统一社会信用代码", "保单号", "承保保险公司"


def _repeated(keys: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield the position of each row whose key stood before, with that of the first; no part may be empty."""
    repeated = keys.duplicated() & (keys != "").all(axis=1)
    if not repeated.any():
        return
    groups = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    firsts: dict[int, int] = {}
    for position, group in enumerate(groups.tolist()):
        firsts.setdefault(group, position)
    for position in np.flatnonzero(repeated.to_numpy()).tolist():
        yield position, firsts[groups[position]]


def _units(frame: pd.DataFrame) -> pd.Series:
    """Give each row's unit: its code, or its name where it has none."""
    return frame[_CODE].where(frame[_CODE] != "", frame["被保险单位"])


def _duplicate(
    tables: Tables, sheet: str, positions: tuple[int, int], header: str, what: str, right: str, remedy: str
) -> Problem:
    origin = tables.place(sheet, positions[1], header)
    return Problem(
        Code.DUPLICATE_ROW,
        Severity.DOUBTFUL,
        tables.place(sheet, positions[0], header),
        f"{what}与 {origin.file} 第 {origin.row} 行重复",
        right,
        remedy,
    )


def policies_stand_once(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: a duplicate row (co-insurers have each their own)."""
    policies = tables.frames["保单"]
    endorsements = "批" + policies["批单号"]
    keys = policies[[_NUMBER, _INSURER]].assign(endorsement=endorsements, unit=_units(policies))
    for positions in _repeated(keys):
        number, unit = policies[_NUMBER].iloc[positions[0]], policies["被保险单位"].iloc[positions[0]]
        yield _duplicate(
            tables, "保单", positions, _NUMBER, f"保单“{number}”（{unit}）",
            "同一保单号、批单号、单位和保险公司只有一行", "删去重复的一行；若是批改，填写批单号",
        )


def missing_policies_stand_once(tables: Tables) -> Iterator[Problem]:
    """Hold 未上传保单 to one row for each policy, unit and insurer; a unit without a code goes by its name."""
    missing = tables.frames["未上传保单"]
    for positions in _repeated(missing[[_NUMBER, _INSURER]].assign(unit=_units(missing))):
        number, unit = missing[_NUMBER].iloc[positions[0]], missing["被保险单位"].iloc[positions[0]]
        yield _duplicate(
            tables, "未上传保单", positions, _NUMBER, f"保单“{number}”（{unit}）",
            "同一保单号、单位和保险公司只有一行", "删去重复的一行，或改正写错的保单号、单位",
        )


def units_stand_once(tables: Tables, sheet: str, key: tuple[str, ...]) -> Iterator[Problem]:
    """Hold a list of units to one row each, or one for each of its insurers: the rows are counted."""
    units = tables.frames[sheet]
    for positions in _repeated(units[list(key)]):
        code, name = units[_CODE].iloc[positions[0]], units["单位名称"].iloc[positions[0]]
        yield _duplicate(
            tables, sheet, positions, _CODE, f"单位“{name}”（{code}）",
            "一个单位只有一行" + ("，几家承保的每家一行" if _INSURER in key else ""),
            "删去重复的一行，或改正写错的代码",
        )


def missing_policies_are_not_there(tables: Tables) -> Iterator[Problem]:
    """A policy that is said never to have been uploaded does not stand in the export; a late one may."""
    missing = tables.frames["未上传保单"]
    is_there = missing[_NUMBER].isin(tables.frames["保单"][_NUMBER]) & (missing[_NUMBER] != "")
    for position in np.flatnonzero((is_there & (missing["情形"] == "未上传")).to_numpy()).tolist():
        yield Problem(
            Code.UPLOADED_AFTER_ALL,
            Severity.DOUBTFUL,
            tables.place("未上传保单", position, _NUMBER),
            f"保单“{missing[_NUMBER].iloc[position]}”情形是未上传，却在“保单”表里",
            "“保单”表里没有的保单号；晚于规定上传的，情形写“逾期上传”",
            "核实后删去这一行，或把情形改为“逾期上传”，或改正保单号",
        )


def policies_are_known(tables: Tables) -> Iterator[Problem]:
    """A policy of 问题 or 服务费用核查 stands in 保单, or in 未上传保单 when it was not uploaded."""
    known = pd.concat([tables.frames[sheet][_NUMBER] for sheet in ("保单", "未上传保单")])
    for sheet in ("问题", "服务费用核查"):
        numbers = tables.frames[sheet][_NUMBER]
        for position in np.flatnonzero(((numbers != "") & ~numbers.isin(known)).to_numpy()).tolist():
            yield Problem(
                Code.POLICY_UNKNOWN,
                Severity.DOUBTFUL,
                tables.place(sheet, position, _NUMBER),
                f"保单号“{numbers.iloc[position]}”既不在“保单”表里，也不在“未上传保单”表里",
                "这两张表里有的保单号",
                "照保单改正保单号，或在“保单”表补上这份保单",
            )


def numbers_stand_once(
    tables: Tables, sheet: str, header: str, code: Code, severity: Severity
) -> Iterator[Problem]:
    """Hold a key to its promise: 问题编号 links the letters to the circular, 服务记录编号 counts records."""
    numbers = tables.frames[sheet][header]
    for position, first in _repeated(numbers.to_frame()):
        origin = tables.place(sheet, first, header)
        yield Problem(
            code,
            severity,
            tables.place(sheet, position, header),
            f"{header}“{numbers.iloc[position]}”与 {origin.file} 第 {origin.row} 行重复",
            f"每行一个不同的{header}",
            "给其中一行改编新号，重复录入的删去一行",
        )


REPEAT_CHECKS = (
    Check(
        "保单有无重复",
        policies_stand_once,
        over=(("保单", _NUMBER), ("保单", _INSURER), ("保单", _CODE)),
    ),
    Check(
        "未上传保单有无重复",
        missing_policies_stand_once,
        over=(("未上传保单", _NUMBER), ("未上传保单", _INSURER)),
    ),
    Check(
        "应保未保单位有无重复",
        partial(units_stand_once, sheet="应保未保", key=(_CODE,)),
        over=(("应保未保", _CODE),),
    ),
    Check(
        "未全员投保单位有无重复",
        partial(units_stand_once, sheet="未全员投保", key=(_CODE, _INSURER)),
        over=(("未全员投保", _CODE), ("未全员投保", _INSURER)),
    ),
    Check(
        "未上传保单是否其实在“保单”表里",
        missing_policies_are_not_there,
        over=(("保单", _NUMBER), ("未上传保单", _NUMBER)),
    ),
    Check(
        "问题、服务费用核查的保单号是否都有其保单",
        policies_are_known,
        needs=(("保单", _NUMBER), ("未上传保单", _NUMBER)),
        over=(("问题", _NUMBER), ("服务费用核查", _NUMBER)),
    ),
    Check(
        "问题编号有无重复",
        partial(
            numbers_stand_once,
            sheet="问题",
            header="问题编号",
            code=Code.DUPLICATE_PROBLEM_NUMBER,
            severity=Severity.BARRING,
        ),
        over=(("问题", "问题编号"),),
    ),
    Check(
        "服务记录编号有无重复",
        partial(
            numbers_stand_once,
            sheet="服务费用核查",
            header="服务记录编号",
            code=Code.DUPLICATE_SERVICE_NUMBER,
            severity=Severity.DOUBTFUL,
        ),
        over=(("服务费用核查", "服务记录编号"),),
    ),
)
"""Rows that would count or be listed twice, and policies that are not what their row says."""
