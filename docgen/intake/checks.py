"""Checks that declare what they need: one that lacks a sheet or column is not made, and that is said. Pure.

A check of any room is a `Check`; `run_checks` runs those that can be run, and lists the others as 未检查.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code
from docgen.records import SETTINGS_SHEET

ColumnName = tuple[str, str]
"""A sheet and a header of it; an item of the settings is (发文信息, item)."""


class Absent(NamedTuple):
    """Why a column cannot be used, and where it should be."""

    where: Place
    why: str


def _always(*_facts: object) -> bool:
    return True


@dataclass(frozen=True)
class Check:
    """One check: what it would judge in the clerk's words, how it runs, and what it cannot do without.

    `needs`: whole columns, without which it would be wrong or judge nothing; it is then not made.
    `over`: columns that it goes through row by row; where one is absent, only those rows are not judged.
    `concerns`: whether the input has anything that it could judge; if not, its absence is not said.
    """

    name: str
    run: Callable[..., Iterable[Problem]]
    needs: tuple[ColumnName, ...] = ()
    over: tuple[ColumnName, ...] = ()
    concerns: Callable[..., bool] = _always


def run_checks(
    checks: Iterable[Check], absent: Mapping[ColumnName, Absent], *facts: object
) -> Iterator[Problem]:
    """Yield what the checks find when run on `facts`, then what was not judged for want of a column."""
    unchecked = []
    for check in checks:
        lacks = tuple(column for column in check.needs if column in absent)
        gaps = (*lacks, *(column for column in check.over if column in absent))
        if gaps and check.concerns(*facts):
            unchecked.append(_unchecked(check, gaps, absent, in_part=not lacks))
        if not lacks:
            yield from check.run(*facts)
    yield from unchecked


def _unchecked(
    check: Check, gaps: tuple[ColumnName, ...], absent: Mapping[ColumnName, Absent], *, in_part: bool
) -> Problem:
    reasons = "，".join(dict.fromkeys(absent[column].why for column in gaps))
    sheet, header = gaps[0]
    what = f"项目“{header}”" if sheet == SETTINGS_SHEET else f"“{sheet}”表有“{header}”列"
    return Problem(
        Code.UNCHECKED,
        Severity.NOTICE,
        absent[gaps[0]].where,
        f"{'未全部检查' if in_part else '未检查'}：{check.name}（{reasons}）",
        what,
        "补上后再核对一次；确实没有的，由人核对",
    )
