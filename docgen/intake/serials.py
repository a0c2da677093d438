"""Tell which number formats show a day or a time, and turn a spreadsheet's serial number into it. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from math import isfinite


class NumberKind(Enum):
    """What the number in a cell means by its number format."""

    NUMBER = "number"
    MOMENT = "moment"
    DURATION = "duration"


_BUILT_IN_MOMENTS = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
"""Formats that a file need not spell out (ECMA-376 part 1, 18.8.30); 27–36 and 50–58 are those of East Asia."""
_BUILT_IN_DURATION = 46
_NOT_MEANT = re.compile(r'"[^"]*"?|\\.|_.|\*.|[eE][+-]|\[(?![hHmMsS]+\])[^\]]*\]')
"""Quoted and escaped characters, exponents, colours, currencies: what a format shows besides the number."""
_ELAPSED = re.compile(r"\[[hHmMsS]+\]")
_GENERAL = re.compile(r"general|g/通用格式", re.IGNORECASE)

_SECONDS_OF_A_DAY = 86_400
_LAST_SERIAL = 2_958_465
"""9999-12-31 in the 1900 system."""
_FALSE_LEAP_DAY = 60
"""29 February 1900, which the 1900 system counts and which never was."""
_DAY_0 = datetime(1899, 12, 30)
_DAY_0_BEFORE_MARCH_1900 = datetime(1899, 12, 31)
_DAY_0_OF_1904 = datetime(1904, 1, 1)


def number_kind(format_id: int, code: str | None = None) -> NumberKind:
    """Tell what numbers of a format mean; `code` is its format code where the file spells it out."""
    if code is None:
        if format_id == _BUILT_IN_DURATION:
            return NumberKind.DURATION
        return NumberKind.MOMENT if format_id in _BUILT_IN_MOMENTS else NumberKind.NUMBER
    positive = _GENERAL.sub("", _NOT_MEANT.sub("", code.partition(";")[0]))
    if _ELAPSED.search(positive):
        return NumberKind.DURATION
    return NumberKind.MOMENT if re.search(r"[ymdhseYMDHSE]", positive) else NumberKind.NUMBER


def moment(serial: float, kind: NumberKind, *, is_1904: bool) -> object:
    """Give the day, the time or both that a serial number stands for; the number itself when it is none."""
    if kind is NumberKind.NUMBER or not isfinite(serial) or abs(serial) > _LAST_SERIAL:
        return serial
    if kind is NumberKind.DURATION:
        return timedelta(milliseconds=round(serial * _SECONDS_OF_A_DAY * 1000))
    if serial < 0 or (int(serial) == _FALSE_LEAP_DAY and not is_1904):
        return serial
    if serial < 1:
        return (_DAY_0 + _of_day(serial)).time()
    day_0 = _DAY_0_OF_1904 if is_1904 else _DAY_0 if serial > _FALSE_LEAP_DAY else _DAY_0_BEFORE_MARCH_1900
    try:
        found = day_0 + _of_day(serial)
    except OverflowError:
        return serial
    return plain_day(found)


def _of_day(serial: float) -> timedelta:
    """Round to a thousandth of a second: the last bits of a serial number mean nothing."""
    return timedelta(days=int(serial), milliseconds=round(serial % 1 * _SECONDS_OF_A_DAY * 1000))


def plain_day(found: datetime) -> date:
    """Give a moment without a time of day as the day."""
    return found.date() if found.time() == time() else found
