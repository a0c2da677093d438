"""Hold the rows of a co-insured policy (共保) against one another: who leads it, and who bears how much. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from docgen.errors import Problem, Severity
from docgen.intake.checks import Check
from docgen.intake.codes import Code
from docgen.intake.tables import Tables

_CODE, _INSURER, _ROLE, _SHARE = "统一社会信用代码", "承保保险公司", "共保角色", "共保比例"
_ROUNDING = 0.0011
"""Shares written with one decimal of a per cent need not add up exactly: three times 33.3%."""


def latest_endorsements(policies: pd.DataFrame, unit: str = _CODE) -> pd.DataFrame:
    """Keep the latest endorsement of each policy, unit (by this column) and insurer, the first row of equal ones.

    批单号 in natural order (批2 before 批10), an empty one first; index and order of the rows stay.
    """
    key = ["保单号", unit, _INSURER]
    if not policies.duplicated(key).any():
        return policies
    numbers = sorted(policies["批单号"].unique(), key=_natural)
    age = policies["批单号"].map({number: -rank for rank, number in enumerate(numbers)})
    newest_first = policies.loc[age.sort_values(kind="stable").index]
    return newest_first.drop_duplicates(key).sort_index()


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part) for part in re.findall(r"\d+|\D+", text)
    )


def _shared_policies(tables: Tables) -> Iterator[pd.DataFrame]:
    """Yield the rows in force of each policy and unit that has several insurers, or one that does not stand alone."""
    policies = tables.frames["保单"]
    key = ["保单号", _CODE]
    if not (policies.duplicated(key, keep=False) | (policies[_ROLE] != "独立")).any():
        return
    latest = latest_endorsements(policies[(policies["保单号"] != "") & (policies[_CODE] != "")])
    in_force = latest[latest["保单状态"] == "有效"]
    is_shared = in_force.duplicated(key, keep=False) | (in_force[_ROLE] != "独立")
    for _, rows in in_force[is_shared].groupby(key, sort=False):
        yield rows


def one_co_insurer_leads(tables: Tables) -> Iterator[Problem]:
    """Of a unit's insurers on one policy exactly one leads, none stands alone.

    People and units count where an insurer leads: two that do are counted twice, none is counted nowhere.
    """
    for rows in _shared_policies(tables):
        if ((rows[_ROLE] == "首席").sum(), (rows[_ROLE] == "独立").sum()) != (1, 0):
            yield from _wrong_roles(tables, rows)


def shares_make_a_whole(tables: Tables) -> Iterator[Problem]:
    """The shares of a policy's co-insurers add up to 100 per cent, as far as they are given."""
    for rows in _shared_policies(tables):
        given = rows[_SHARE].dropna()
        if len(given) and abs(float(given.sum()) - 1) > _ROUNDING:
            yield _wrong_shares(tables, rows, given)


def _may_be_shared(tables: Tables) -> bool:
    return tables.frames["保单"].empty or any(True for _ in _shared_policies(tables))


def _wrong_roles(tables: Tables, rows: pd.DataFrame) -> Iterator[Problem]:
    """Say it at every row that may be wrong: each marks what is counted of its own insurer."""
    leads = rows[rows[_ROLE] == "首席"]
    alone = rows[rows[_ROLE] == "独立"]
    wrong = alone if len(alone) else leads if len(leads) else rows
    roles = "、".join(f"{insurer}{role}" for insurer, role in zip(rows[_INSURER], rows[_ROLE], strict=True))
    for position in wrong.index:
        yield Problem(
            Code.CO_INSURANCE_ROLES,
            Severity.DOUBTFUL,
            tables.place("保单", int(position), _ROLE),
            f"保单“{rows['保单号'].iloc[0]}”（{rows['被保险单位'].iloc[0]}）的共保角色是：{roles}",
            "共保的一家“首席”，其余“从共”；一家承保的写“独立”",
            "照保单改正共保角色，或补上缺少的一家",
        )


def _wrong_shares(tables: Tables, rows: pd.DataFrame, given: pd.Series) -> Problem:
    shares = "、".join(f"{float(share):.2%}" for share in given)
    return Problem(
        Code.CO_INSURANCE_SHARES,
        Severity.DOUBTFUL,
        tables.place("保单", int(given.index[0]), _SHARE),
        f"保单“{rows['保单号'].iloc[0]}”（{rows['被保险单位'].iloc[0]}）的共保比例 {shares}，"
        f"相加是 {float(given.sum()):.2%}",
        "各家相加为 100% 的比例，如 60% 和 40%",
        "照保单改正共保比例，或补上缺少的一家",
    )


_POLICIES = (("保险公司", "简称"), ("保单", "保单号"), ("保单", _CODE), ("保单", _INSURER))
CO_INSURANCE_CHECKS = (
    Check("共保保单是否只有一家首席", one_co_insurer_leads, needs=_POLICIES),
    Check(
        "共保比例相加是否为 100%",
        shares_make_a_whole,
        needs=(*_POLICIES, ("保单", _SHARE)),
        concerns=_may_be_shared,
    ),
)
