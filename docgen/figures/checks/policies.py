"""Hold what the inspectors wrote about policies against 保单: problems, service fees, limits. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from docgen.errors import Place, Severity
from docgen.figures.checks.check import Evidence, Finding, check, place_of, places_of, rows_by
from docgen.figures.count import standing
from docgen.figures.fees import FEE
from docgen.figures.insured import POLICY
from docgen.figures.listing import yuan
from docgen.figures.portfolio import in_force_wording
from docgen.figures.rules import FEE_RULE, LIMIT_RULE, rule_on
from docgen.gongwen.numerals import chinese_date, percent, plain
from docgen.intake.coinsurance import latest_endorsements
from docgen.records import SETTINGS_SHEET

LIMIT = "每人死亡伤残责任限额（万元）"
_FEN_A_WAN = 1_000_000
_VERIFIED = "核实金额（元）"
_ROW = ("_file", "_sheet", "_row")


@check(
    "一家单位的几份在保保单",
    rule="一家单位有几份在保保单的，投保人数逐份相加，各份保单承保的人员不应重复",
    source="figures.md 保障从业人员数",
    code="several-policies",
    severity=Severity.NOTICE,
)
def several_policies(evidence: Evidence) -> Iterator[Finding]:
    """Notice every unit with several policies in force, for a look: its people count on each of them."""
    counted = evidence.policies.counted
    counted = counted[counted["_unit"].duplicated(keep=False)]
    distinct = counted.drop_duplicates(["_unit", "保单号"])
    distinct = distinct[distinct["_unit"].duplicated(keep=False)][[*_ROW, "_unit", "保单号", "被保险单位"]]
    for _, rows in rows_by(distinct, ["_unit"]):
        numbers = "、".join(str(row["保单号"]) for row in rows)
        yield Finding(
            place_of(rows[1], "保单号"),
            f"{rows[1]['被保险单位']}有{len(rows)}份在保保单：{numbers}",
            "各份保单承保的人员不重复",
            "核对投保人数是否重复计算；不重复的不必处理",
            tuple(place_of(row) for row in rows),
        )


@check(
    "问题所在的保单在保",
    rule="问题表中核实结论不是撤销的保单，一般是在保保单；不在保的照计，但须知道",
    source="figures.md 问题保单数",
    code="problem-policy-not-in-force",
    severity=Severity.NOTICE,
    needs=("问题.保单号",),
)
def problems_are_of_policies_in_force(evidence: Evidence) -> Iterator[Finding]:
    """Say which policies with a standing problem are in 保单, but not in force."""
    policies = evidence.policies
    faults = standing(evidence.records["问题"])
    ended = policies.every[policies.every["保单号"].isin(faults["保单号"])]
    ended = ended[~_pairs(ended).isin(_pairs(policies.in_force))].drop_duplicates(POLICY, keep="last")
    merged = faults.merge(ended[[*POLICY, "保单状态", "保险起期", "保险止期"]], on=POLICY, how="inner")
    wording = in_force_wording(evidence.settings)
    for (insurer, number), rows in rows_by(merged, POLICY):
        row = rows[0]
        state = row["保单状态"] or "有效"
        yield Finding(
            place_of(row, "保单号"),
            f"{insurer}的保单“{number}”有问题{len(rows)}个，计入问题保单，却不是{wording}"
            f"（{state}，{_day(row['保险起期'])}至{_day(row['保险止期'])}）",
            f"{wording}，或确是检查时在保、其后到期或退保的保单",
            "核对保单号和“保单”表所载的状态、起止日期；无误的不必处理",
            tuple(place_of(other) for other in rows),
        )


@check(
    "核实的服务费用不超过事故预防服务费",
    rule="一家保险公司核实的服务金额之和，不应多于它各份保单的事故预防服务费之和；单份保单可以多于，因费用可以统筹使用",
    source="苏应急〔2024〕132号三（二）",
    code="fees-above-allotted",
    severity=Severity.NOTICE,
    needs=(f"服务费用核查.{_VERIFIED}", f"保单.{FEE}"),
)
def verified_fees_are_within_what_is_set_aside(evidence: Evidence) -> Iterator[Finding]:
    """Compare by insurer, not by policy: 三（二） of the circular lets a part of the fee be pooled (统筹使用)."""
    records = evidence.records["服务费用核查"]
    every = evidence.policies.every
    known = set(_pairs(every))
    records = records[_pairs(records).isin(known)]
    latest = latest_endorsements(every, "_unit")
    allotted = latest.groupby("承保保险公司")[FEE].sum(min_count=1)
    verified = records.groupby("承保保险公司", sort=False)[_VERIFIED].sum()
    for insurer, spent in verified.items():
        fee = allotted.get(insurer, pd.NA)
        if pd.isna(fee) or spent <= fee:
            continue
        own = records[records["承保保险公司"] == insurer]
        yield Finding(
            place_of(own.iloc[0], _VERIFIED),
            f"{insurer}核实的服务金额共{yuan(spent)}元，而它各份保单的事故预防服务费共{yuan(int(fee))}元",
            "服务金额之和不多于事故预防服务费之和",
            "核对这家公司各条记录的核实金额（如元与万元、多写的零）；确实多于的不必处理",
            places_of(own.sort_values(_VERIFIED, ascending=False, kind="stable")),
        )


@check(
    "每人死亡伤残责任限额不低于规定",
    rule="在保保单的每人死亡伤残责任限额，不低于数据截止日期施行的规定",
    source="《安全生产责任保险实施办法》（应急〔2025〕27号，2025年3月29日起施行）第十五条：40万元；此前安监总办〔2017〕140号：30万元",
    code="limit-below-rule",
    severity=Severity.NOTICE,
    needs=(f"保单.{LIMIT}",),
)
def limits_are_as_high_as_the_rule(evidence: Evidence) -> Iterator[Finding]:
    """Say once for each policy in force that its limit is below the rule of the cut-off day.

    A notice: it changes no figure, and the measures bind the high-risk fields, which are not the settings' industries.
    """
    rule = rule_on(LIMIT_RULE, evidence.settings.cutoff)
    if rule is None:
        return
    in_force = evidence.policies.in_force
    low = in_force[(in_force[LIMIT] < int(rule.value * _FEN_A_WAN)).fillna(False).astype(bool)]
    for (insurer, number), rows in rows_by(low, POLICY):
        least = min(rows, key=lambda row: int(str(row[LIMIT])))
        begun = least["保险起期"]
        is_older = isinstance(begun, pd.Timestamp) and begun < pd.Timestamp(rule.since)
        yield Finding(
            place_of(least, LIMIT),
            f"{insurer}的保单“{number}”每人死亡伤残责任限额为{plain(Decimal(int(str(least[LIMIT]))) / _FEN_A_WAN)}万元"
            + (f"（{_day(begun)}起保，早于该规定施行）" if is_older else ""),
            f"不低于{plain(rule.value)}万元：{rule.source}",
            "照保单核对；确实低于规定的，检查后列入“问题”表",
            tuple(place_of(row) for row in rows),
        )


@check(
    "服务费提取比例与规定一致",
    rule="发文设置的服务费提取比例，就是数据截止日期施行的规定；设置另写的，以设置为准",
    source="苏应急〔2024〕132号三（二）：不低于20%",
    code="rule-overridden",
    severity=Severity.NOTICE,
)
def fee_share_is_that_of_the_rule(evidence: Evidence) -> Iterator[Finding]:
    """Say that the settings' share is another than the rule's, or that no rule is known for that day."""
    settings = evidence.settings
    rule = rule_on(FEE_RULE, settings.cutoff)
    if rule is not None and rule.value == settings.service_fee_share:
        return
    stated = percent(settings.service_fee_share)
    known = f"规定为{percent(rule.value)}" if rule else f"没有查到{chinese_date(settings.cutoff)}施行的规定"
    yield Finding(
        Place(SETTINGS_SHEET),
        f"按{FEE_RULE}{stated}计，而{known}",
        f"{percent(rule.value)}：{rule.source}" if rule else "写明所依据的规定的比例",
        f"依据另有规定的不必处理；写错的，改正发文设置的“{FEE_RULE}”",
    )


def _pairs(rows: pd.DataFrame) -> pd.Series[str]:
    """Name each row's policy by insurer and number in one text."""
    return rows["承保保险公司"] + "\n" + rows["保单号"]


def _day(day: object) -> str:
    return str(day.date()) if isinstance(day, pd.Timestamp) else "不详"
