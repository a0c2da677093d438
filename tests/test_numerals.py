"""Numbers in official prose, by the clauses of GB/T 15835-2011 and GB/T 15834-2011 and by what cutting promises."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.gongwen.numerals import (
    amount,
    chinese_date,
    days_between,
    in_wan,
    percent,
    percent_cut,
    plain,
    quantities,
    serials,
    working_days,
)


@pytest.mark.parametrize(("value", "written"), [
    (0, "0"),
    (9_999, "9999"),
    (10_000, "1万"),
    (10_001, "1万余"),
    (100_500, "10.05万"),
    (259_000, "25.9万"),
    (259_300, "25.93万"),
    (259_347, "25.93万余"),
    (259_399, "25.93万余"),
    (260_000, "26万"),
    (12_345_678, "1234.56万余"),
    (99_999_999, "9999.99万余"),
    (100_000_000, "1亿"),
    (123_456_789, "1.23亿余"),
])
def test_a_count_is_written_in_wan_from_ten_thousand_on(value: int, written: str) -> None:
    assert in_wan(value) == written


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="0 或正整数"):
        in_wan(-1)


@pytest.mark.parametrize(("share", "exact", "cut"), [
    ("0.2", "20%", "20.0%"),
    ("0.125", "12.5%", "12.5%"),
    ("0.18853", "18.853%", "18.8%"),
    ("0.1999", "19.99%", "19.9%"),
    ("0.005", "0.5%", "0.5%"),
    ("0", "0%", "0.0%"),
    ("1", "100%", "100.0%"),
])
def test_a_share_is_a_percentage_with_a_leading_zero_and_never_rounded_up(
    share: str, exact: str, cut: str
) -> None:
    """GB/T 15835-2011, 5.1.2: 小数点前的 0 不省略."""
    assert (percent(Decimal(share)), percent_cut(Decimal(share))) == (exact, cut)


def test_an_amount_has_two_decimals_and_no_grouping() -> None:
    assert [amount(fen) for fen in (0, 5, 123_450, 1_234_567_890)] == ["0.00", "0.05", "1234.50", "12345678.90"]


def test_a_number_is_written_without_idle_zeros_and_without_an_exponent() -> None:
    numbers = ("25.90", "26.00", "1E+5", "0.50", "0.00")
    assert [plain(Decimal(number)) for number in numbers] == ["25.9", "26", "100000", "0.5", "0"]


@pytest.mark.parametrize(("low", "high", "unit", "written"), [
    ("63%", "68%", "", "63%～68%"),
    ("9万", "16万", "人", "9万～16万人"),
    ("100", "150", "家", "100～150家"),
    ("3", "3", "页", "3页"),
])
def test_quantities_are_joined_by_a_wave_and_keep_percent_and_wan_at_both_ends(
    low: str, high: str, unit: str, written: str
) -> None:
    """GB/T 15835-2011, 5.1.3."""
    assert quantities(low, high, unit) == written


@pytest.mark.parametrize(("numbers", "written"), [
    ((), ""),
    ((7,), "7"),
    ((7, 8), "7、8"),
    ((12, 7, 9, 10, 11, 9, 15), "7、9—12、15"),
    ((1, 2, 3), "1—3"),
])
def test_serial_numbers_that_follow_each_other_are_joined_by_one_dash(
    numbers: tuple[int, ...], written: str
) -> None:
    """GB/T 15834-2011, 4.13.3.2: 一字线 U+2014, once."""
    assert serials(numbers) == written


@pytest.mark.parametrize(("first", "last", "written"), [
    ("2024-01-01", "2024-06-30", "2024年1—6月"),
    ("2024-02-01", "2024-02-29", "2024年2月"),
    ("2023-02-01", "2023-02-28", "2023年2月"),
    ("2024-02-01", "2024-02-28", "2024年2月1—28日"),
    ("2024-01-01", "2024-12-31", "2024年"),
    ("2024-01-01", "2026-12-31", "2024—2026年"),
    ("2023-07-01", "2024-06-30", "2023年7月—2024年6月"),
    ("2024-03-05", "2024-03-20", "2024年3月5—20日"),
    ("2024-03-05", "2024-04-02", "2024年3月5日—4月2日"),
    ("2023-12-05", "2024-01-02", "2023年12月5日—2024年1月2日"),
    ("2024-03-05", "2024-03-05", "2024年3月5日"),
])
def test_a_period_is_joined_by_one_dash_and_never_shortens_the_year(first: str, last: str, written: str) -> None:
    """GB/T 15834-2011, 4.13.3.2; GB/T 15835-2011, 5.1.4: 年份不缩写."""
    assert days_between(date.fromisoformat(first), date.fromisoformat(last)) == written


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="晚于"):
        days_between(date(2024, 6, 30), date(2024, 1, 1))


def test_a_date_has_no_padding_zeros() -> None:
    """GB/T 9704-2012, 7.3.5.4."""
    assert chinese_date(date(2024, 8, 9)) == "2024年8月9日"


def test_a_term_of_days_is_written_in_characters_and_two_is_liang() -> None:
    assert [working_days(days) for days in (1, 2, 10, 15, 100)] == [
        "一个工作日", "两个工作日", "十个工作日", "十五个工作日", "100个工作日"
    ]


def _stated(text: str) -> int:
    """Read back the exact number that a text states, without 余."""
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?([万亿]?)余?", text)
    assert match is not None, text
    whole, decimals, unit = match.groups()
    return int((int(whole) + Decimal(f"0.{decimals or 0}")) * {"": 1, "万": 10_000, "亿": 10**8}[unit])


counts = st.integers(min_value=0, max_value=10**11)


@given(counts)
def test_cutting_never_states_more_than_there_is(value: int) -> None:
    assert value * 0.99 - 1 < _stated(in_wan(value)) <= value


@given(counts)
def test_something_over_is_said_exactly_when_something_was_cut(value: int) -> None:
    assert in_wan(value).endswith("余") == (_stated(in_wan(value)) != value)


@given(counts, counts)
def test_a_larger_count_is_never_stated_as_less(one: int, other: int) -> None:
    smaller, larger = sorted((one, other))
    assert _stated(in_wan(smaller)) <= _stated(in_wan(larger))


days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(days, days)
def test_no_written_period_holds_a_character_that_the_standards_do_not_know(one: date, other: date) -> None:
    written = days_between(*sorted((one, other)))
    assert re.fullmatch(r"\d{4}[\d年月日—]*", written)
    assert written.count("—") <= 1
