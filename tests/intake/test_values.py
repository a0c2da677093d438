"""How the content of a cell becomes a fact, and which content does not."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docgen.errors import Severity
from docgen.intake.values import money_reader, read_code, read_count, read_day, read_id, read_share

read_yuan = money_reader(100)
read_wan_yuan = money_reader(1_000_000)


def code_of(reading):
    return [fault.code for fault in reading.faults]


@given(some.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_written_in_any_known_form_is_that_day(day):
    for text in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month}-{day.day}",
    ):
        assert read_day(text).value == day


@pytest.mark.parametrize(
    "text", ["8/9/24", "2024-13-1", "2024.8", "24.8.9", "2023-02-29", "八月九日", "2024-8.9"]
)
def test_what_is_not_surely_one_day_is_doubtful(text):
    reading = read_day(text)
    assert reading.value is None
    assert code_of(reading) == ["ambiguous-date"]


def test_a_day_as_a_number_of_eight_digits_is_a_day_with_a_notice():
    reading = read_day(20240809.0)
    assert (reading.value, code_of(reading)) == (date(2024, 8, 9), ["date-form"])


@pytest.mark.parametrize(
    ("serial", "day"),
    [(36526.0, date(2000, 1, 1)), (45513, date(2024, 8, 9)), (45513.75, date(2024, 8, 9)),
     (73050.0, date(2099, 12, 31))],
)
def test_a_day_stored_as_a_number_is_a_day_with_a_notice(serial, day):
    reading = read_day(serial)
    assert (reading.value, code_of(reading)) == (day, ["date-form"])
    assert day.isoformat() in reading.faults[0].found


@pytest.mark.parametrize("content", [date(2024, 1, 2), time(1, 2), timedelta(hours=30)])
@pytest.mark.parametrize("read", [read_id, read_code])
def test_an_id_that_became_a_day_has_lost_how_it_was_written(read, content):
    (fault,) = read(content).faults
    assert (fault.code, fault.severity) == ("id-lost-digits", Severity.BARRING)


@pytest.mark.parametrize(("read", "content"), [(read_yuan, "100000000000.01"), (read_wan_yuan, "10000001")])
def test_an_amount_beyond_all_measure_is_doubtful(read, content):
    assert (read(content).value, code_of(read(content))) == (None, ["not-a-number"])


@pytest.mark.parametrize("content", [36525.0, 73051.0, 0.0, -45513.0, "45513", True])
def test_a_number_beyond_this_century_or_a_text_of_digits_is_no_stored_day(content):
    assert code_of(read_day(content)) == ["ambiguous-date"]


@given(some.integers(0, 10**13))
def test_money_is_exact_to_the_fen(fen):
    yuan = Decimal(fen) / 100
    assert read_yuan(f"{yuan:f}").value == fen
    assert read_yuan(f"{yuan:,.2f}").value == fen


@given(some.integers(0, 10**13))
def test_money_stored_as_a_float_is_exact_to_the_fen(fen):
    assert read_yuan(fen / 100).value == fen


def test_a_sum_of_floats_is_read_as_the_spreadsheet_shows_it():
    assert read_yuan(0.1 + 0.2).value == 30


def test_money_in_wan_yuan_is_kept_in_fen():
    assert read_wan_yuan("50").value == 50_000_000
    assert read_wan_yuan("0.5").value == 500_000


@pytest.mark.parametrize(
    "content", ["12.345", "-1", -1.0, "1,23", "十元", "", "1E+20", 1e20, float("inf"), True]
)
def test_what_is_no_amount_is_doubtful(content):
    reading = read_yuan(content)
    assert reading.value is None
    assert code_of(reading) == ["not-a-number"]


@pytest.mark.parametrize("content", ["12", 12.0, 12, "１２", "1,012"])
def test_a_whole_number_is_a_count(content):
    assert read_count(content).value in (12, 1012)


@pytest.mark.parametrize("content", ["12.5", 12.5, "-3", "十二人", "约12"])
def test_what_is_no_whole_number_is_no_count(content):
    assert code_of(read_count(content)) == ["not-a-number"]


@pytest.mark.parametrize("content", ["40%", "0.4", 0.4, "40", 40.0, "４０％"])
def test_a_share_is_written_in_three_ways(content):
    assert read_share(content).value == 0.4


@pytest.mark.parametrize("content", ["140%", "-0.4", "四成", 400.0])
def test_a_share_is_between_nothing_and_the_whole(content):
    assert code_of(read_share(content)) == ["not-a-number"]


def test_a_whole_number_is_an_id_of_its_digits():
    assert read_id(20240001.0).value == "20240001"


@pytest.mark.parametrize("content", [1e15, 1.2e17, "1.2E+17", "9.1320500E+17"])
def test_an_id_that_lost_its_digits_is_refused(content):
    assert code_of(read_id(content)) == ["id-lost-digits"]


def test_a_code_is_read_in_half_width_and_upper_case():
    reading = read_code("９１１１００００６０００３７３４１l")
    assert reading.value == "91110000600037341L"
    assert code_of(reading) == ["full-width"]


@pytest.mark.parametrize(
    "content", ["91110000600037341M", "9111000060003734", "9111000060003734IL", 911100.0]
)
def test_a_code_that_does_not_verify_is_kept_and_doubtful(content):
    reading = read_code(content)
    assert reading.value
    assert code_of(reading) == ["bad-check-digit"]
