"""Turn records into the figures a circular states. Pure: no files, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from docgen.errors import Problem
from docgen.figures.doubts import Doubts
from docgen.figures.fees import short_of_fees
from docgen.figures.figure import FEN, PER_MILLE, Figure
from docgen.figures.portfolio import UNSETTLED, Portfolio, in_force_wording, portfolio
from docgen.figures.roster import rates
from docgen.gongwen.numerals import amount, in_wan, percent_cut
from docgen.gongwen.table import DOUBT_MARK
from docgen.records import Records, SourceRows
from docgen.settings import Settings

KIND_FIGURES = {
    "未规范使用保险方案及费率机制": "未规范使用方案保单数",
    "未明确约定事故预防服务": "未约定预防服务保单数",
    "保额与投保企业人数不匹配": "保额人数不符保单数",
    "数据录入不规范": "录入不规范保单数",
}
"""The kinds of problem that have a figure of their own, whatever the settings list, and its name."""

OTHER_KINDS = "其他类别保单数"

LATE = "逾期上传"

_SHOWN_IN = {FEN: "元", PER_MILLE: "%"}


def count(records: Records, settings: Settings, problems: Iterable[Problem] = ()) -> Mapping[str, Figure]:
    """Count every figure of the circular, by name, in the order of the text.

    参保率 and 续保率 come last, and only where a roster (应保单位名册) is given.
    Of `problems` only the 待核 ones matter: each makes the figures that look at its cell doubtful.
    Raises UsageError when the setting 在保口径 cannot be applied.
    """
    doubts = Doubts(problems)
    policies = portfolio(records, settings)
    insurers = insurer_order(records, policies.in_force["承保保险公司"])
    figures = (
        *_insured(policies, settings, doubts),
        sampled(records["抽查"], doubts),
        *faulty(records["问题"], settings, doubts),
        *not_uploaded(records["未上传保单"], doubts),
        differing_fees(records, records["服务费用核查"], doubts),
        short_of_fees(policies, insurers, settings, doubts),
        _uninsured(records["应保未保"], doubts),
        underinsured(records["未全员投保"], doubts),
        *rates(records, policies, settings, doubts),
    )
    return {figure.name: figure for figure in figures}


def shown(figure: Figure) -> str:
    """Write a figure as the text states it: 2649家, 25.93万余人, 141份【待核】, 1234.50元, 18.8%."""
    number = in_wan(figure.value) if figure.unit == "人" else shown_number(figure)
    return number + _SHOWN_IN.get(figure.unit, figure.unit) + (DOUBT_MARK if figure.doubts else "")


def shown_number(figure: Figure) -> str:
    """Write a figure's value in full, in the unit that it is shown in: 2649, 1234.50 (元), 18.8 (%)."""
    if figure.unit == FEN:
        return amount(figure.value)
    if figure.unit == PER_MILLE:
        return percent_cut(Decimal(figure.value).scaleb(-3)).removesuffix("%")
    return str(figure.value)


def make_figure(
    name: str, unit: str, how: str, rows: pd.DataFrame, doubts: tuple[Problem, ...], *, key: str = ""
) -> Figure:
    """Count these rows, or the distinct values of `key` in them."""
    value = rows[key].nunique() if key else len(rows)
    return Figure(name, value, unit, how, SourceRows(rows), doubts=doubts)


def insurer_order(records: Records, insurers: pd.Series[str]) -> list[str]:
    """List the insurers that occur, in the order of the sheet 保险公司; unknown ones follow."""
    present = dict.fromkeys(insurers)
    known = [name for name in records["保险公司"]["简称"] if name in present]
    return list(dict.fromkeys([*known, *present]))


def insured_units(
    policies: Portfolio, settings: Settings, doubts: Doubts, name: str = "投保单位数"
) -> Figure:
    """Count the units with a policy in force."""
    how = f"{in_force_wording(settings)}的被保险单位，按统一社会信用代码去重，从共的行不计"
    found = policies.doubts(doubts, ("统一社会信用代码",))
    return make_figure(name, "家", how, policies.counted, found, key="_unit")


def sampled(samples: pd.DataFrame, doubts: Doubts) -> Figure:
    """Count the policies that were sampled."""
    found = doubts.among(samples, ("保单号",))
    return make_figure("抽查保单数", "份", "抽查表中的保单号去重", samples, found, key="保单号")


def standing(faults: pd.DataFrame) -> pd.DataFrame:
    """Keep the problems that were not withdrawn (核实结论 撤销)."""
    return faults[faults["核实结论"] != "撤销"]


def faulty(faults: pd.DataFrame, settings: Settings, doubts: Doubts) -> Iterator[Figure]:
    """Count 问题保单数, its parts the kinds of 计入问题保单, then the policies of each kind.

    The four kinds of `KIND_FIGURES` always have their figure, 0 for one that the settings do not list. All
    further kinds share 其他类别保单数, which has a part for each that has any, named by the kind.
    """
    on_policies = standing(faults)
    on_policies = on_policies[on_policies["保单号"] != ""]
    unknown = ~on_policies["问题类别"].isin(settings.kinds)

    def of(name: str, kinds: tuple[str, ...], what: str) -> Figure:
        chosen = on_policies["问题类别"].isin(kinds)
        found = doubts.among(on_policies[chosen | unknown], ("保单号", "问题类别", "核实结论"))
        how = f"问题表中{what}、核实结论不是撤销的保单号去重"
        return make_figure(name, "份", how, on_policies[chosen], found, key="保单号")

    kinds = tuple(dict.fromkeys(settings.kinds))
    by_kind = {kind: of(_kind_figure(kind), (kind,), f"问题类别为“{kind}”") for kind in kinds}
    total = of("问题保单数", settings.faulty_kinds, f"问题类别为{'、'.join(settings.faulty_kinds)}")
    yield with_parts(total, tuple(by_kind[kind] for kind in settings.faulty_kinds if kind in by_kind))
    for kind, name in KIND_FIGURES.items():
        yield by_kind.get(kind, Figure(name, 0, "份", f"设置的问题类别中没有“{kind}”", ()))
    others = tuple(kind for kind in kinds if kind not in KIND_FIGURES)
    shares = tuple(replace(by_kind[kind], name=kind) for kind in others if by_kind[kind])
    yield with_parts(of(OTHER_KINDS, others, f"问题类别为{'、'.join(others) or '其他类别'}"), shares)


def _kind_figure(kind: str) -> str:
    return KIND_FIGURES.get(kind, f"{kind}保单数")


def not_uploaded(missing: pd.DataFrame, doubts: Doubts) -> tuple[Figure, Figure]:
    """Count 未上传保单数 and 逾期上传保单数; a row whose 情形 is in doubt may be of either, and touches both."""
    is_late = missing["情形"] == LATE
    of_either = doubts.among(missing, ("情形",))

    def of(name: str, case: str, rows: pd.DataFrame) -> Figure:
        found = tuple(dict.fromkeys((*doubts.among(rows, ("保单号",)), *of_either)))
        return make_figure(name, "份", f"未上传保单表中情形为“{case}”的行数", rows, found)

    return of("未上传保单数", "未上传", missing[~is_late]), of("逾期上传保单数", LATE, missing[is_late])


def differing(fees: pd.DataFrame) -> pd.DataFrame:
    """Keep the service records whose 系统填报金额 is not the 核实金额; both amounts must be there."""
    return fees[(fees["系统填报金额（元）"] != fees["核实金额（元）"]).fillna(False).astype(bool)]


def differing_fees(records: Records, fees: pd.DataFrame, doubts: Doubts) -> Figure:
    """Count the service records whose amounts differ, with a part for each insurer that has any."""
    how = "服务费用核查表中系统填报金额与核实金额不一致的行数"
    columns = ("服务记录编号", "保单号", "承保保险公司", "系统填报金额（元）", "核实金额（元）")
    rows = differing(fees)
    total = make_figure("服务费用不符记录数", "条", how, rows, doubts.among(fees, columns))
    parts = []
    for insurer in insurer_order(records, rows["承保保险公司"]):
        own = rows[rows["承保保险公司"] == insurer]
        parts.append(make_figure(insurer, "条", f"{insurer}：{how}", own, doubts.among(own, columns)))
    return with_parts(total, tuple(parts))


def underinsured(units: pd.DataFrame, doubts: Doubts) -> Figure:
    """Count the units insured for fewer people than they employ."""
    found = doubts.among(units, ("单位名称", "统一社会信用代码", "从业人员数", "投保人数"))
    return make_figure("未全员投保单位数", "家", "未全员投保表的行数", units, found)


def with_parts(figure: Figure, parts: tuple[Figure, ...]) -> Figure:
    """Give the same figure with its terms."""
    return replace(figure, parts=parts)


def _uninsured(units: pd.DataFrame, doubts: Doubts) -> Figure:
    found = doubts.among(units, ("单位名称", "统一社会信用代码", "情形"))
    return make_figure("应保未保单位数", "家", "应保未保表的行数", units, found)


def _insured(policies: Portfolio, settings: Settings, doubts: Doubts) -> Iterator[Figure]:
    units = insured_units(policies, settings, doubts)
    wording = in_force_wording(settings)
    yield units
    yield _by_industry(policies, settings, doubts, units)
    yield make_figure(
        "承保保险公司数", "家", f"{wording}的承保保险公司（含从共）去重", policies.in_force,
        policies.doubts(doubts, ("承保保险公司",)), key="承保保险公司",
    )
    yield Figure(
        "保障从业人员数", int(policies.counted["投保人数"].sum()), "人",
        f"{wording}的投保人数之和，共保保单只计一次（从共的行不计）", units.rows,
        doubts=policies.doubts(doubts, ("投保人数",)),
    )


def _by_industry(policies: Portfolio, settings: Settings, doubts: Doubts, units: Figure) -> Figure:
    """Split the insured units by industry, in the settings' order, what is unsettled last."""
    how = f"{units.how}，每家单位计入一个行业类别（以第一行为准）"
    columns = ("统一社会信用代码", "行业类别")
    parts = []
    for industry in (*settings.industries, UNSETTLED):
        own = policies.only("_industry", industry)
        if industry != UNSETTLED or len(own.counted):
            found = own.doubts(doubts, columns)
            parts.append(make_figure(industry, "家", f"{industry}：{how}", own.counted, found, key="_unit"))
    return Figure(
        "分行业投保单位数", units.value, "家", how, units.rows, tuple(parts), policies.doubts(doubts, columns)
    )
