"""Find the insured units behind a 保单号, for lists whose own rows do not name them. Pure."""

from __future__ import annotations

import pandas as pd

from docgen.figures.portfolio import latest_endorsements, looked_up, with_units
from docgen.records import Records

_NAMED = ["保单号", "_unit", "被保险单位", "属地"]


def units_by_area(records: Records, numbers: pd.Series[str]) -> pd.DataFrame:
    """Give 保单号, 属地, 被保险单位 (“某厂”, “某站等3家”), a row for each area of each policy."""
    return _named(_units(records, numbers), ["保单号", "属地"])


def insured_names(records: Records, numbers: pd.Series[str]) -> pd.Series[str]:
    """Give the insured of each of these rows' policies, "" for an unknown policy; index as in `numbers`."""
    names = _named(_units(records, numbers), ["保单号"]).set_index("保单号")["被保险单位"]
    return looked_up(numbers, names, "")


def _units(records: Records, numbers: pd.Series[str]) -> pd.DataFrame:
    """Find the units of these policies in 保单 and, for policies missing from the system, in 未上传保单."""
    frames = []
    for sheet, settle in (("保单", latest_endorsements), ("未上传保单", pd.DataFrame.copy)):
        rows = records[sheet]
        own = with_units(rows[rows["保单号"].isin(numbers)].reset_index(drop=True))
        frames.append(settle(own)[_NAMED])
    return pd.concat(frames, ignore_index=True)


def _named(units: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    distinct = units.drop_duplicates([*by, "_unit"])
    grouped = distinct.groupby(by, sort=False)["被保险单位"]
    first, size = grouped.first(), grouped.size()
    names = first.where(size == 1, first + "等" + size.astype(str) + "家")
    return names.rename("被保险单位").reset_index()
