"""Hold the lists of units against 保单 and the roster: who is insured, for how many, and who should be. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from docgen.errors import Severity
from docgen.figures.checks.check import Evidence, Finding, check, listed, place_of, places_of, rows_by
from docgen.figures.portfolio import in_force_wording, with_units
from docgen.figures.roster import due_units

_OF_INSURER = ["_unit", "承保保险公司"]
_CODE = "统一社会信用代码"
_ROSTER = "应保单位名册"
_MEASURES = "《安全生产责任保险实施办法》（应急〔2025〕27号，2025年3月29日起施行）第十六条：覆盖全体从业人员"


@check(
    "未全员投保的单位在保",
    rule="未全员投保表中的单位，在所写的保险公司有在保保单，或它的保单列在未上传保单表",
    source="figures.md 未全员投保单位数",
    code="underinsured-not-in-force",
    severity=Severity.DOUBTFUL,
    needs=("未全员投保",),
)
def underinsured_units_have_a_policy_in_force(evidence: Evidence) -> Iterator[Finding]:
    """Find units that are said to be insured for too few and are not insured there at all.

    A unit that only other insurers have is another problem (insurer-differs), found when the rows are read.
    """
    policies, units = evidence.policies, _named_units(evidence.records["未全员投保"])
    missing = with_units(evidence.records["未上传保单"])
    insured = set(_keys(policies.in_force)) | set(_keys(missing))
    absent = units[~_keys(units).isin(insured)]
    if absent.empty:
        return
    every = policies.every[policies.every["_unit"].isin(absent["_unit"])]
    wording = in_force_wording(evidence.settings)
    own = dict(rows_by(every, _OF_INSURER))
    elsewhere = set(every["_unit"])
    for (unit, insurer), rows in rows_by(absent, _OF_INSURER):
        older = own.get((unit, insurer), [])
        if unit in elsewhere and not older:
            continue
        held = f"有{insurer}的保单{older[-1]['保单号']}，但不是{wording}" if older else f"没有{insurer}的保单"
        yield Finding(
            place_of(rows[0], "单位名称"),
            f"“{rows[0]['单位名称']}”列为在{insurer}未全员投保，“保单”表里它{held}",
            f"在{insurer}有保单的单位，该保单是{wording}",
            "核对单位、保险公司和保单的起止日期、状态；没有投保的，改列“应保未保”",
            tuple(place_of(row) for row in older),
        )


@check(
    "未全员投保的投保人数与保单一致",
    rule="未全员投保表的投保人数，等于这家单位在该公司各份在保保单的投保人数之和",
    source="figures.md 未全员投保单位数",
    code="people-differ",
    severity=Severity.DOUBTFUL,
    needs=("未全员投保",),
)
def people_of_the_underinsured_are_those_of_the_policies(evidence: Evidence) -> Iterator[Finding]:
    """Compare the people insured; a co-insured policy counts once, as it stands at that insurer."""
    for stated, rows in _with_own_policies(evidence):
        insured = _stated(rows, "投保人数")
        if len(insured) == len(rows):
            yield from _differs(stated, rows, "投保人数", {sum(insured)})


@check(
    "未全员投保的从业人员数与保单填写的一致",
    rule="未全员投保表的从业人员数一般与保单填写的相同；检查时查实得更多的，以查实的为准",
    source=f"figures.md 未全员投保单位数；{_MEASURES}",
    code="employees-differ",
    severity=Severity.NOTICE,
    needs=("未全员投保", "保单.从业人员数"),
)
def employees_of_the_underinsured_are_those_of_the_policies(evidence: Evidence) -> Iterator[Finding]:
    """Compare the people employed: that an inspector found more than the policy says may be the very finding."""
    for stated, rows in _with_own_policies(evidence):
        yield from _differs(stated, rows, "从业人员数", set(_stated(rows, "从业人员数")))


def _with_own_policies(evidence: Evidence) -> Iterator[tuple[dict[str, object], list[dict[str, object]]]]:
    """Yield each unit of 未全员投保 with its policies in force at that insurer, when there are any."""
    units = _named_units(evidence.records["未全员投保"])
    in_force = evidence.policies.in_force
    own = dict(rows_by(in_force[in_force["_unit"].isin(units["_unit"])], _OF_INSURER))
    for key, stated in rows_by(units, _OF_INSURER):
        if key in own:
            yield stated[0], own[key]


def _stated(rows: list[dict[str, object]], column: str) -> list[int]:
    return [number for row in rows if (number := _number(row[column])) is not None]


def _differs(
    stated: dict[str, object], rows: list[dict[str, object]], column: str, known: set[int]
) -> Iterator[Finding]:
    """Say that the policies contradict a unit's number of people; what is not filled in says nothing."""
    number = _number(stated[column])
    if number is None or not known or number in known:
        return
    numbers = "、".join(str(row["保单号"]) for row in rows)
    shown = "、".join(map(str, sorted(known)))
    added = "合计" if len(rows) > 1 and column == "投保人数" else ""
    yield Finding(
        place_of(stated, column),
        f"“{stated['单位名称']}”的{column}写{number}人，“保单”表里它在{stated['承保保险公司']}的在保保单（{numbers}）"
        f"{added}为{shown}人",
        f"与“保单”表一致，如 {shown}",
        "照保单和检查记录核对，改正写错的一处；批改过人数的，在“保单”表补上批单",
        tuple(place_of(row, column) for row in rows),
    )


@check(
    "应保未保的单位仍在生产",
    rule="应保未保表中的单位，在应保单位名册里不是停产、注销",
    source="应急〔2025〕27号第十六条：被依法关闭取缔、完全停止生产经营活动的除外",
    code="uninsured-but-closed",
    severity=Severity.DOUBTFUL,
    needs=("应保未保", _ROSTER),
)
def uninsured_units_are_not_closed(evidence: Evidence) -> Iterator[Finding]:
    """Find units that are reproached with having no policy, and need none."""
    roster = evidence.records[_ROSTER]
    closed = roster[roster["状态"].isin(["停产", "注销"]) & (roster[_CODE] != "")].drop_duplicates(_CODE)
    uninsured = evidence.records["应保未保"]
    merged = uninsured.merge(
        closed[[_CODE, "状态", "_file", "_sheet", "_row"]], on=_CODE, how="inner", suffixes=("", " of roster")
    )
    for row in merged.to_dict("records"):
        origin = {name: row[f"{name} of roster"] for name in ("_file", "_sheet", "_row")}
        yield Finding(
            place_of(row, "单位名称"),
            f"“{row['单位名称']}”列为应保未保，应保单位名册里的状态是“{row['状态']}”",
            "名册里状态为“生产”的单位",
            "核实后从“应保未保”删去，或改正名册的状态",
            (place_of(origin, "状态"),),
        )


@check(
    "应保未保的单位在名册里",
    rule="应保未保表中的单位，都在应保单位名册里",
    source="data-contract.md 应保单位名册",
    code="uninsured-not-on-roster",
    severity=Severity.NOTICE,
    needs=("应保未保", _ROSTER),
)
def uninsured_units_are_on_the_roster(evidence: Evidence) -> Iterator[Finding]:
    """Count the units that should be insured and that the roster of such units does not have, once for all."""
    uninsured, roster = _named_units(evidence.records["应保未保"]), _named_units(evidence.records[_ROSTER])
    strange = uninsured[~uninsured["_unit"].isin(roster["_unit"])]
    if strange.empty:
        return
    yield Finding(
        place_of(strange.iloc[0], "单位名称"),
        f"应保未保表{len(uninsured)}家中有{len(strange)}家不在应保单位名册：{listed(list(strange['单位名称']))}",
        "应保单位名册里有的单位",
        "核对单位代码；确应投保的补进名册，参保率按名册计算",
        places_of(strange),
    )


@check(
    "名册里的单位都有着落",
    rule="应保单位名册里生产的单位，或者有在保保单（含未上传的），或者列为应保未保",
    source="data-contract.md 应保单位名册",
    code="roster-unaccounted",
    severity=Severity.NOTICE,
    needs=(_ROSTER,),
)
def units_of_the_roster_are_accounted_for(evidence: Evidence) -> Iterator[Finding]:
    """Count the units of the roster that are neither insured nor said not to be, once for all."""
    records = evidence.records
    roster = due_units(records)
    known = set(evidence.policies.in_force["_unit"]) | set(with_units(records["未上传保单"])["_unit"])
    known |= set(_named_units(records["应保未保"])["_unit"])
    left = roster[~roster["_unit"].isin(known)].drop_duplicates("_unit")
    if left.empty:
        return
    due = roster["_unit"].nunique()
    yield Finding(
        place_of(left.iloc[0], "单位名称"),
        f"名册里生产的{due}家单位中，有{len(left)}家既没有在保保单，也没有列为应保未保：{listed(list(left['单位名称']))}",
        "有在保保单，或列在“应保未保”表",
        "核实各家是否投保；未投保的补进“应保未保”，停产、注销的改名册的状态",
        places_of(left),
    )


def _named_units(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `_unit` to a list of units, as `with_units` does to policies."""
    code = rows[_CODE]
    return rows.assign(_unit=code.where(code != "", rows["单位名称"]))


def _keys(rows: pd.DataFrame) -> pd.Series[str]:
    return rows["_unit"] + "\n" + rows["承保保险公司"]


def _number(content: object) -> int | None:
    return None if pd.isna(content) else int(str(content))  # type: ignore[call-overload]
