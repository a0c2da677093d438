"""Numbers as official prose writes them (GB/T 15835-2011, GB/T 15834-2011): the only place where one is written.

Arabic digits, half-width and ungrouped. What is cut is cut, never rounded, so that no paper states more than there
is. ～ stands between quantities; a single — between dates and between serial numbers.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

_CHARACTERS = "一二三四五六七八九"
_WAN, _YI = 10_000, 100_000_000


def in_wan(value: int) -> str:
    """Write 259347 as 25.93万余, 260000 as 26万, 9999 as 9999, 123456789 as 1.23亿余; the unit follows it.

    `value` is a count of single things. Below 10,000 it is written in full. Raises ValueError when negative.
    """
    if value < 0:
        raise ValueError(f"数量应为 0 或正整数，不是“{value}”")
    if value < _WAN:
        return str(value)
    unit, name = (_WAN, "万") if value < _YI else (_YI, "亿")
    hundredths, rest = divmod(value, unit // 100)
    return plain(Decimal(hundredths).scaleb(-2)) + name + ("余" if rest else "")


def plain(number: Decimal) -> str:
    """Write a number exactly, without idle zeros at its end and without an exponent: 25.9, 26, 0.5."""
    return f"{number.normalize():f}" if number else "0"


def percent(share: Decimal) -> str:
    """Write a share exactly: 20% for 0.2, 12.5% for 0.125."""
    return f"{plain(share * 100)}%"


def percent_cut(share: Decimal) -> str:
    """Write a share with one decimal, cut: 18.8% for 0.18853, 20.0% for 0.2."""
    return f"{(share * 100).quantize(Decimal('0.1'), ROUND_DOWN):f}%"


def amount(fen: int) -> str:
    """Write whole 分 as 元 with two decimals: 1234.50."""
    return f"{Decimal(fen).scaleb(-2):.2f}"


def quantities(low: str, high: str, unit: str = "") -> str:
    """Write a range of quantities (GB/T 15835-2011, 5.1.3): 100～150家, 63%～68%, 9万～16万人.

    `low` and `high` are written numbers: % and 万 stand at both, a unit only behind the last. Equal ends are one
    number.
    """
    return f"{low}{unit}" if low == high else f"{low}～{high}{unit}"


def serials(numbers: Iterable[int]) -> str:
    """Write serial numbers, runs of them with one — (GB/T 15834-2011, 4.13.3.2): 7、9—12、15."""
    distinct = sorted(set(numbers))
    ends = [at for at, (one, next_one) in enumerate(pairwise(distinct)) if next_one != one + 1]
    starts = [0, *(at + 1 for at in ends)]
    runs = zip(starts, [*ends, len(distinct) - 1], strict=True) if distinct else ()
    return "、".join(_run(distinct[first], distinct[last]) for first, last in runs)


def _run(first: int, last: int) -> str:
    if last - first < 2:
        return "、".join(str(number) for number in range(first, last + 1))
    return f"{first}—{last}"


def chinese_number(number: int) -> str:
    """Write 1 to 99 as 一 to 九十九; raise ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError(f"汉字序数应在 1 至 99 之间，不是“{number}”")
    tens, ones = divmod(number, 10)
    ten = "" if tens < 2 else _CHARACTERS[tens - 1]
    return ten + "十" * (tens > 0) + (_CHARACTERS[ones - 1] if ones else "")


def working_days(days: int) -> str:
    """Write a term: 五个工作日, 两个工作日; in digits beyond ninety-nine."""
    if days == 2:
        return "两个工作日"
    return f"{chinese_number(days) if 1 <= days <= 99 else days}个工作日"


def chinese_date(day: date) -> str:
    """Write 2024年8月9日: the year in full, no zero before month or day (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def open_date(year: int) -> str:
    """Write the date of a 送审稿, to be filled in when it is signed: 2024年　月　日."""
    return f"{year}年　月　日"


def days_between(first: date, last: date) -> str:
    """Write a period with one — (GB/T 15834-2011, 4.13.3.2): 2024年1—6月, 2024年3月5日—4月2日.

    Whole months are written as months, whole years as years; what both ends share stands once, before the first.
    """
    if first > last:
        raise ValueError(f"起日 {first} 晚于止日 {last}")
    is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if is_whole and first.month == 1 and last.month == 12:
        return f"{first.year}年" if first.year == last.year else f"{first.year}—{last.year}年"
    if is_whole:
        return _months_between(first, last)
    if first == last:
        return chinese_date(first)
    if first.year != last.year:
        return f"{chinese_date(first)}—{chinese_date(last)}"
    if first.month != last.month:
        return f"{chinese_date(first)}—{last.month}月{last.day}日"
    return f"{first.year}年{first.month}月{first.day}—{last.day}日"


def _months_between(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{first.year}年{first.month}月—{last.year}年{last.month}月"
    months = f"{first.month}" if first.month == last.month else f"{first.month}—{last.month}"
    return f"{first.year}年{months}月"

