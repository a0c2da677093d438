"""In which unit each column of money stands, and what is said of it: nothing is silently read as 元. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code
from docgen.intake.header_words import Claim, amount_unit, stated_unit, times
from docgen.records import Column, Kind


def units_of(
    columns: Sequence[Column], claims: Mapping[str, Claim], above: Sequence[str]
) -> Mapping[str, int]:
    """Give the unit of each column of money: its header's own, else that stated above the table, else the usual.

    `claims` holds what the header of each canonical column says, `above` the plain texts over the header.
    """
    stated = stated_unit(above)
    return {
        column.header: claims[column.header].unit_fen or stated or column.unit_fen
        for column in columns
        if column.kind is Kind.MONEY and column.header in claims
    }


def unit_problems(
    columns: Sequence[Column],
    claims: Mapping[str, Claim],
    above: Sequence[str],
    places: Mapping[str, Place],
    names: Mapping[str, str],
) -> Iterator[Problem]:
    """Say each unit that is not the usual one, and each that is only supposed. `names` are headers as written."""
    stated = stated_unit(above)
    money = [column for column in columns if column.kind is Kind.MONEY and column.header in claims]
    for column in money:
        own, name = claims[column.header].unit_fen, names[column.header]
        unit = own or stated or column.unit_fen
        usual = amount_unit(column.unit_fen)
        converted = (
            f"，各数已乘以 {times(unit, column.unit_fen)} 折成{usual}" if unit != column.unit_fen else ""
        )
        if own is None and stated:
            found = f"“{name}”列没有写单位，按表上方写的{amount_unit(unit)}采用{converted}"
        elif own is None:
            found = f"“{name}”列没有写单位，按{usual}采用"
        elif converted:
            found = f"“{name}”列的单位是{amount_unit(unit)}{converted}"
        else:
            continue
        yield _unit_problem(Severity.NOTICE, places[column.header], found, column)
    own_units = [claims[column.header].unit_fen for column in money]
    if stated and own_units and all(unit and unit != stated for unit in own_units):
        column = money[0]
        found = f"表上方写的单位是{amount_unit(stated)}，列名“{names[column.header]}”写的不是，按列名采用"
        yield _unit_problem(Severity.DOUBTFUL, places[column.header], found, column)


def _unit_problem(severity: Severity, place: Place, found: str, column: Column) -> Problem:
    other = column.header.replace("（元）", "（万元）") if "（元）" in column.header else "每人责任限额（元）"
    return Problem(
        Code.HEADER_UNIT,
        severity,
        place,
        found,
        f"列名写明单位，如 {column.header}",
        "核对单位，改成一致" if severity is Severity.DOUBTFUL else f"核对无误可不处理；单位不对的，在列名里写明，如 {other}",
    )
