"""Find the insured units behind a policy, for lists whose own rows do not name them. Pure.

A policy is known by its number and its insurer: two insurers may use one number, and neither may be told the
other's clients. A co-insured policy has a row for each of its insurers and is each one's own.
"""

from __future__ import annotations

import pandas as pd

from docgen.figures.portfolio import with_units
from docgen.intake.coinsurance import latest_endorsements
from docgen.records import Records

POLICY = ["承保保险公司", "保单号"]
"""The columns that name a policy."""

_NAMED = [*POLICY, "_unit", "被保险单位", "属地"]


def units_by_area(records: Records, policies: pd.DataFrame) -> pd.DataFrame:
    """Give `POLICY`, 属地, 被保险单位 (“某厂”, “某站等3家”), a row for each area of each policy.

    `policies` are rows of any sheet that has the columns of `POLICY`.
    """
    return _named(_units(records, policies), [*POLICY, "属地"])


def insured_names(records: Records, policies: pd.DataFrame) -> pd.Series[str]:
    """Give the insured of each of these rows' policies; index as in `policies`.

    It is "" for a policy that the row's own insurer does not have.
    """
    names = _named(_units(records, policies), POLICY)
    found = policies[POLICY].merge(names, on=POLICY, how="left")["被保险单位"]
    return found.fillna("").astype(str).set_axis(policies.index)


def _units(records: Records, policies: pd.DataFrame) -> pd.DataFrame:
    """Find the units of these policies in 保单 and, for policies missing from the system, in 未上传保单."""
    frames = []
    for sheet in ("保单", "未上传保单"):
        rows = records[sheet]
        own = with_units(rows[rows["保单号"].isin(policies["保单号"])].reset_index(drop=True))
        settled = latest_endorsements(own, "_unit") if sheet == "保单" else own
        frames.append(settled[_NAMED])
    return pd.concat(frames, ignore_index=True)


def _named(units: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    distinct = units.drop_duplicates([*by, "_unit"])
    grouped = distinct.groupby(by, sort=False)["被保险单位"]
    first, size = grouped.first(), grouped.size()
    names = first.where(size == 1, first + "等" + size.astype(str) + "家")
    return names.rename("被保险单位").reset_index()
