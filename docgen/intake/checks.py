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
    """Yield what the checks find when run on `facts`; then, for each cause, what was not judged because of it."""
    unmade: dict[Absent, list[_Unmade]] = {}
    for check in checks:
        lacks = tuple(column for column in check.needs if column in absent)
        gaps = (*lacks, *(column for column in check.over if column in absent))
        if gaps and check.concerns(*facts):
            unmade.setdefault(absent[gaps[0]], []).append(_Unmade(check.name, gaps[0], in_part=not lacks))
        if not lacks:
            yield from check.run(*facts)
    for cause, missed in unmade.items():
        yield _unchecked(cause, missed)


class _Unmade(NamedTuple):
    """A check that was not made, or not on all rows, and the first column that it lacks."""

    name: str
    column: ColumnName
    in_part: bool


def _unchecked(cause: Absent, missed: list[_Unmade]) -> Problem:
    wholly = "；".join(one.name for one in missed if not one.in_part)
    in_part = "；".join(one.name for one in missed if one.in_part)
    found = [f"未检查：{wholly}"] * bool(wholly) + [f"未全部检查：{in_part}"] * bool(in_part)
    sheet = missed[0].column[0]
    headers = "、".join(dict.fromkeys(f"“{one.column[1]}”" for one in missed))
    return Problem(
        Code.UNCHECKED,
        Severity.NOTICE,
        cause.where,
        f"{cause.why}，{'。'.join(found)}",
        f"写对项目{headers}" if sheet == SETTINGS_SHEET else f"“{sheet}”表有{headers}列",
        "补上后再核对一次；确实没有的，由人核对",
    )
