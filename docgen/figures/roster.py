"""参保率 and 续保率 over the roster of units that must be insured (应保单位名册). Pure.

Without a roster there is neither figure; without 期间起日 and 期间止日, or a policy that ran out between
them, there is no 续保率. Templates may print either only where it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from docgen.errors import Problem
from docgen.figures.doubts import Doubts
from docgen.figures.figure import PER_MILLE, Figure
from docgen.figures.portfolio import Portfolio, in_force_wording
from docgen.gongwen.numerals import days_between
from docgen.intake.coinsurance import latest_endorsements
from docgen.records import Records, SourceRows
from docgen.settings import Settings

INSURED_RATE, RENEWED_RATE = "参保率", "续保率"
_ROSTER = "应保单位名册"
_DECIDING = ("统一社会信用代码", "单位名称", "状态")
_RUN_OUT = ("", "有效", "终止", "已终止", "失效", "已失效", "过期", "已过期", "到期", "已到期")
"""States of a policy that may have run its term; the others broke it off."""


def due_units(records: Records) -> pd.DataFrame:
    """Give the rows of the roster whose 状态 is 生产 or empty, with `_unit` as the policies have it."""
    roster = records[_ROSTER]
    code = roster["统一社会信用代码"]
    roster = roster.assign(_unit=code.where(code != "", roster["单位名称"]))
    return roster[roster["状态"].isin(["", "生产"])]


def rates(records: Records, policies: Portfolio, settings: Settings, doubts: Doubts) -> Iterator[Figure]:
    """State 参保率 and, where the period is given, 续保率, each with its two terms as parts."""
    if records[_ROSTER].empty:
        return
    due = due_units(records)
    found = doubts.among(records[_ROSTER], _DECIDING) + policies.doubts(doubts, ("统一社会信用代码",))
    wording = in_force_wording(settings)
    insured = due[due["_unit"].isin(policies.counted["_unit"])]
    yield from _rate(
        INSURED_RATE, f"应保单位名册里状态为生产（含未填）的单位中，有{wording}的占比",
        ("名册参保单位数", insured), ("名册应保单位数", due), found,
    )
    start, end = settings.period_start, settings.period_end
    if start is None or end is None:
        return
    ended = _ended(policies, start, min(end, settings.cutoff - timedelta(days=1)))
    ended = ended[ended["_unit"].isin(due["_unit"])]
    later = policies.counted.groupby("_unit")["保险止期"].max()
    renewed = ended[later.reindex(ended["_unit"]).to_numpy() > ended["保险止期"].to_numpy()]
    period = days_between(start, end)
    yield from _rate(
        RENEWED_RATE,
        f"应保单位名册里状态为生产（含未填）、有保单在{period}到期（止期早于数据截止日期，退保、注销、中止的不算）的单位中，"
        f"另有止期更晚的{wording}的占比",
        ("到期续保单位数", renewed), ("到期单位数", ended), found,
    )


def _ended(policies: Portfolio, first: date, last: date) -> pd.DataFrame:
    """Give each unit's last policy that ran out between these days."""
    every = latest_endorsements(policies.every, "_unit")
    within = every["保险止期"].between(pd.Timestamp(first), pd.Timestamp(last))
    ended = every[within & every["保单状态"].isin(_RUN_OUT)]
    return ended.sort_values("保险止期", kind="stable").drop_duplicates("_unit", keep="last").sort_index()


def _rate(
    name: str, how: str, part: tuple[str, pd.DataFrame], whole: tuple[str, pd.DataFrame],
    doubts: tuple[Problem, ...],
) -> Iterator[Figure]:
    """Divide distinct units, cut to a tenth of a per cent; of nothing there is no rate."""
    terms = tuple(
        Figure(term, rows["_unit"].nunique(), "家", f"{how}：{term}", SourceRows(rows), doubts=doubts)
        for term, rows in (part, whole)
    )
    having, of = (term.value for term in terms)
    if of:
        rows = SourceRows(whole[1])
        yield Figure(name, having * 1000 // of, PER_MILLE, f"{how}，舍去千分之一以下", rows, terms, doubts)
