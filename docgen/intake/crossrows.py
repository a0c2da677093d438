"""Check rows against one another: what each cell cannot show by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from docgen.errors import Problem, Severity
from docgen.intake.checks import Check, run_checks
from docgen.intake.codes import PENDING, Code
from docgen.intake.coinsurance import CO_INSURANCE_CHECKS, latest_endorsements
from docgen.intake.letters import LETTER_CHECKS
from docgen.intake.names import folded, split_names
from docgen.intake.repeats import REPEAT_CHECKS
from docgen.intake.tables import Tables
from docgen.records import SETTINGS_SHEET

_CODE = "统一社会信用代码"
_NAME_OF_UNIT = {
    "保单": "被保险单位",
    "未上传保单": "被保险单位",
    "应保未保": "单位名称",
    "未全员投保": "单位名称",
    "应保单位名册": "单位名称",
}
_WITH_INDUSTRY = ("保单", "应保未保", "未全员投保", "应保单位名册")


def check_rows(tables: Tables) -> Iterator[Problem]:
    """Yield what is wrong between rows, but not of cells already found wrong by themselves; then what is unchecked."""
    said = {problem.where for problem in tables.problems if problem.severity is not Severity.NOTICE}
    found = run_checks(CHECKS, tables.absent, tables)
    yield from (problem for problem in found if problem.code == Code.UNCHECKED or problem.where not in said)


def _marked(mask: pd.Series) -> list[int]:
    return [int(position) for position in np.flatnonzero(mask.to_numpy(dtype=bool, na_value=False))]


def _written(frame: pd.DataFrame, position: int, header: str) -> str:
    """Write a cell of a frame for a message; a day as 2024-08-09."""
    content = frame[header].iloc[position]
    return str(content.date()) if isinstance(content, pd.Timestamp) else str(content)


def _stacked(tables: Tables, columns: dict[str, str]) -> pd.DataFrame:
    """Stack one column of several sheets: code, content, sheet and position of each row that has both."""
    parts = [
        pd.DataFrame(
            {
                "code": tables.frames[sheet][_CODE],
                "content": tables.frames[sheet][header],
                "sheet": pd.Series([sheet] * len(tables.frames[sheet]), dtype="str"),
                "header": pd.Series([header] * len(tables.frames[sheet]), dtype="str"),
                "position": np.arange(len(tables.frames[sheet])),
            }
        )
        for sheet, header in columns.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows[(rows["code"] != "") & (rows["content"] != "") & (rows["content"] != PENDING)]


def _deviating(rows: pd.DataFrame) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Yield, for each unit, the first row of each further content, with the unit's first row before it."""
    distinct = rows.drop_duplicates(["code", "content"])
    further = distinct[distinct.duplicated("code")]
    firsts = distinct.drop_duplicates("code").set_index("code")
    for _, row in further.iterrows():
        yield firsts.loc[row["code"]], row


def units_have_one_industry(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: a unit with two industries."""
    rows = _stacked(tables, dict.fromkeys(_WITH_INDUSTRY, "行业类别"))
    for first, row in _deviating(rows):
        origin = tables.place(first["sheet"], first["position"], first["header"])
        yield Problem(
            Code.TWO_INDUSTRIES,
            Severity.DOUBTFUL,
            tables.place(row["sheet"], row["position"], row["header"]),
            f"单位 {row['code']} 此处是“{row['content']}”，{origin} 是“{first['content']}”",
            f"一个单位一个行业类别，如各处都是“{first['content']}”",
            "核实该单位的行业类别，各处改成一致",
        )


def units_have_one_name(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: a unit with two names; a notice when the roster says that it was renamed."""
    rows = _stacked(tables, _NAME_OF_UNIT)
    changed = list(_deviating(rows.assign(content=rows["content"].map(folded), written=rows["content"])))
    if not changed:
        return
    roster = tables.frames["应保单位名册"]
    names: dict[str, set[str]] = {}
    for code, name, former in zip(roster[_CODE], roster["单位名称"], roster["曾用名"], strict=True):
        names.setdefault(code, set()).update(map(folded, (name, *split_names(former))))
    for first, row in changed:
        is_renamed = {first["content"], row["content"]} <= names.get(row["code"], set())
        origin = tables.place(first["sheet"], first["position"], first["header"])
        yield Problem(
            Code.TWO_NAMES,
            Severity.NOTICE if is_renamed else Severity.DOUBTFUL,
            tables.place(row["sheet"], row["position"], row["header"]),
            f"单位 {row['code']} 此处名称是“{row['written']}”，{origin} 是“{first['written']}”"
            + ("，名册载有曾用名" if is_renamed else ""),
            f"一个单位一个名称，如各处都是“{first['written']}”",
            "核对无误可不处理"
            if is_renamed
            else "核实名称后各处改成一致；改过名的，在应保单位名册的“曾用名”里写明",
        )


def problems_were_sampled(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: a policy in 问题 that was not sampled."""
    numbers = tables.frames["问题"]["保单号"]
    for position in _marked((numbers != "") & ~numbers.isin(tables.frames["抽查"]["保单号"])):
        yield Problem(
            Code.PROBLEM_NOT_SAMPLED,
            Severity.DOUBTFUL,
            tables.place("问题", position, "保单号"),
            f"保单号“{numbers[position]}”不在“抽查”表里",
            "“抽查”表里有的保单号",
            "改正保单号，或在“抽查”表补上这份保单",
        )


def samples_are_policies(tables: Tables) -> Iterator[Problem]:
    """Hold 抽查 against 保单: what was sampled is a policy of the export."""
    numbers = tables.frames["抽查"]["保单号"]
    for position in _marked((numbers != "") & ~numbers.isin(tables.frames["保单"]["保单号"])):
        yield Problem(
            Code.SAMPLE_NOT_A_POLICY,
            Severity.DOUBTFUL,
            tables.place("抽查", position, "保单号"),
            f"抽查的保单号“{numbers[position]}”不在“保单”表里",
            "“保单”表里有的保单号",
            "改正保单号，或在“保单”表补上这份保单",
        )


def policies_end_after_they_start(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: end before start."""
    policies = tables.frames["保单"]
    for position in _marked(policies["保险止期"] < policies["保险起期"]):
        start, end = (_written(policies, position, header) for header in ("保险起期", "保险止期"))
        yield Problem(
            Code.END_BEFORE_START,
            Severity.DOUBTFUL,
            tables.place("保单", position, "保险止期"),
            f"保险止期 {end} 早于保险起期 {start}",
            f"不早于起期的日期，如 {start} 之后一年",
            "照保单改正起期或止期",
        )


def uninsured_units_have_no_policy(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: a unit both insured (in force at the cut-off day) and in 应保未保."""
    if tables.cutoff is None:
        return
    policies = latest_endorsements(tables.frames["保单"])
    cutoff = pd.Timestamp(tables.cutoff)
    in_force = policies[
        (policies["保单状态"] == "有效") & (policies["保险起期"] <= cutoff) & (policies["保险止期"] >= cutoff)
    ]
    first_policy = in_force.drop_duplicates(_CODE).set_index(_CODE)["保单号"]
    uninsured = tables.frames["应保未保"]
    for position in _marked((uninsured[_CODE] != "") & uninsured[_CODE].isin(in_force[_CODE])):
        code, name = (_written(uninsured, position, header) for header in (_CODE, "单位名称"))
        yield Problem(
            Code.INSURED_AND_UNINSURED,
            Severity.DOUBTFUL,
            tables.place("应保未保", position, _CODE),
            f"“{name}”（{code}）在 {tables.cutoff} 有在保保单 {first_policy[code]}",
            "截止日没有在保保单的单位",
            "核实后从“应保未保”删去，或改正保单的起止日期、状态",
        )


def fewer_are_insured_than_employed(tables: Tables) -> Iterator[Problem]:
    """data-contract.md, 待核: 投保人数 ≥ 从业人员数 in 未全员投保."""
    units = tables.frames["未全员投保"]
    for position in _marked(units["投保人数"] >= units["从业人员数"]):
        insured, employed = _written(units, position, "投保人数"), _written(units, position, "从业人员数")
        yield Problem(
            Code.NOT_FEWER_INSURED,
            Severity.DOUBTFUL,
            tables.place("未全员投保", position, "投保人数"),
            f"投保人数 {insured} 不少于从业人员数 {employed}",
            f"少于从业人员数，如 {max(int(employed) - 1, 0)}",
            "改正人数，或从“未全员投保”删去这一行",
        )


def _judged_cell_by_cell(_tables: Tables) -> tuple[Problem, ...]:
    """Find nothing more: each cell was held against the settings' list when it was read."""
    return ()


CHECKS = (
    Check(
        "属地是否在属地表里",
        _judged_cell_by_cell,
        needs=tuple((SETTINGS_SHEET, item) for item in ("属地", "属地别名", "属地待核")),
    ),
    Check("行业类别是否在类别表里", _judged_cell_by_cell, needs=((SETTINGS_SHEET, "行业类别"),)),
    Check("问题类别是否在类别表里", _judged_cell_by_cell, needs=((SETTINGS_SHEET, "问题类别"),)),
    Check(
        "同一单位的行业类别是否各处一致",
        units_have_one_industry,
        over=tuple((sheet, header) for sheet in _WITH_INDUSTRY for header in (_CODE, "行业类别")),
    ),
    Check(
        "同一单位的名称是否各处一致",
        units_have_one_name,
        over=tuple((sheet, header) for sheet, name in _NAME_OF_UNIT.items() for header in (_CODE, name)),
    ),
    Check(
        "问题所涉保单是否抽查过",
        problems_were_sampled,
        needs=(("抽查", "保单号"),),
        over=(("问题", "保单号"),),
    ),
    Check(
        "抽查的保单是否在“保单”表里",
        samples_are_policies,
        needs=(("保单", "保单号"),),
        over=(("抽查", "保单号"),),
    ),
    *LETTER_CHECKS,
    *CO_INSURANCE_CHECKS,
    Check(
        "保险止期是否早于起期",
        policies_end_after_they_start,
        over=(("保单", "保险起期"), ("保单", "保险止期")),
    ),
    Check(
        "应保未保单位是否另有在保保单",
        uninsured_units_have_no_policy,
        needs=(
            (SETTINGS_SHEET, "数据截止日期"),
            *(("保单", header) for header in ("保单号", _CODE, "保险起期", "保险止期")),
        ),
        over=(("应保未保", _CODE),),
    ),
    Check(
        "未全员投保单位的投保人数是否少于从业人员数",
        fewer_are_insured_than_employed,
        over=(("未全员投保", "从业人员数"), ("未全员投保", "投保人数")),
    ),
    *REPEAT_CHECKS,
)
"""All checks between rows, in the order in which they are made and said."""
