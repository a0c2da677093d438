"""Say which policies are in force and which units they insure, once for every figure and annex. Pure.

A row counts when it is the latest endorsement of its (保单号, unit, 承保保险公司), its 保单状态 is 有效 or
empty, and the setting 在保口径 admits its dates. A co-insured policy has a row for each insurer: people and
units count at the row that leads (独立, 首席), never at 从共; each insurer's own share of the premium stands
on its own row.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from docgen.errors import Problem, UsageError
from docgen.figures.doubts import Doubts
from docgen.gongwen.numerals import chinese_date, days_between
from docgen.gongwen.table import DOUBT_MARK
from docgen.intake.coinsurance import latest_endorsements
from docgen.records import Records
from docgen.settings import Settings

UNSETTLED = DOUBT_MARK
"""Stands for an area or an industry that is none of the settings' own."""

_DECIDING = ("保单号", "批单号", "保单状态", "保险起期", "保险止期", "共保角色")
_AT_CUTOFF, _BEGUN_IN_PERIOD = "截止日在保", "期间内起保"


@dataclass(frozen=True)
class Portfolio:
    """The rows of 保单, each with `_unit` (code, or name when there is none), `_area` and `_industry`.

    A unit stands in one area and one industry, those of its first row that counts; what the settings do not
    list is `UNSETTLED`. `every` are all rows; `bearing` those of a policy that has a row in force, its older
    endorsements too; `in_force` the latest ones in force; `counted` those of them that count units.
    """

    every: pd.DataFrame
    bearing: pd.DataFrame
    in_force: pd.DataFrame
    counted: pd.DataFrame

    def doubts(self, doubts: Doubts, columns: Collection[str]) -> tuple[Problem, ...]:
        """List what makes a figure over these columns doubtful, each problem once."""
        found = doubts.among(self.every, _DECIDING) + doubts.among(self.bearing, columns)
        return tuple(dict.fromkeys(found))

    def doubtful_rows(self, doubts: Doubts, columns: Collection[str]) -> pd.DataFrame:
        """Give the rows of `every` that make a figure over these columns doubtful."""
        deciding = doubts.mask(self.every, _DECIDING)
        bearing = doubts.mask(self.bearing, columns).reindex(self.every.index, fill_value=False)
        return self.every[deciding | bearing]

    def only(self, header: str, value: str) -> Portfolio:
        """Keep the rows that have this value, such as one insurer's own."""
        frames = (self.every, self.bearing, self.in_force, self.counted)
        return Portfolio(*(frame[frame[header] == value] for frame in frames))


def portfolio(records: Records, settings: Settings) -> Portfolio:
    """Sort out the sheet 保单. Raises UsageError when 在保口径 is unknown or its period is not given."""
    every = with_units(records["保单"].reset_index(drop=True))
    latest = latest_endorsements(every, "_unit")
    in_force = latest[_is_valid(latest, settings)]
    counted = in_force[in_force["共保角色"] != "从共"]
    every = _settle(every, counted, settings)
    bearing = every[every["保单号"].isin(in_force["保单号"])]
    return Portfolio(every, bearing, every.loc[in_force.index], every.loc[counted.index])


def in_force_wording(settings: Settings) -> str:
    """Say in the clerk's words which policies count."""
    if settings.in_force_rule == _BEGUN_IN_PERIOD and settings.period_start and settings.period_end:
        return f"{days_between(settings.period_start, settings.period_end)}起保的有效保单"
    return f"{chinese_date(settings.cutoff)}在保的有效保单"


def with_units(policies: pd.DataFrame) -> pd.DataFrame:
    """Add `_unit`: 统一社会信用代码, or 被保险单位 where it is empty."""
    code = policies["统一社会信用代码"]
    return policies.assign(_unit=code.where(code != "", policies["被保险单位"]))


def looked_up(keys: pd.Series[str], texts: pd.Series[str], otherwise: pd.Series[str] | str) -> pd.Series[str]:
    """Give each key's text (`texts` has the keys as its index), or what stands in `otherwise`."""
    found = keys.map(texts).astype(object)
    return found.where(found.notna(), otherwise).astype(str)


def _is_valid(policies: pd.DataFrame, settings: Settings) -> pd.Series[bool]:
    start, end = policies["保险起期"], policies["保险止期"]
    if settings.in_force_rule == _AT_CUTOFF:
        cutoff = pd.Timestamp(settings.cutoff)
        covered = (start <= cutoff) & (cutoff <= end)
    elif settings.in_force_rule == _BEGUN_IN_PERIOD and settings.period_start and settings.period_end:
        covered = start.between(pd.Timestamp(settings.period_start), pd.Timestamp(settings.period_end))
    else:
        raise UsageError(
            f"在保口径“{settings.in_force_rule}”无法使用",
            f"写“{_AT_CUTOFF}”，或写“{_BEGUN_IN_PERIOD}”并填写期间起日、期间止日",
        )
    return covered & policies["保单状态"].isin(["", "有效"])


def _settle(every: pd.DataFrame, counted: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Give each row its unit's one area and industry."""
    units = counted.drop_duplicates("_unit").set_index("_unit")
    settled = {}
    known_values = (("_area", "属地", settings.areas), ("_industry", "行业类别", settings.industries))
    for name, header, known in known_values:
        of_unit = looked_up(every["_unit"], units[header], every[header])
        settled[name] = of_unit.where(of_unit.isin(known), UNSETTLED)
    return every.assign(**settled)
