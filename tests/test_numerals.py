import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.gongwen.numerals import in_wan


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
])
def test_a_count_is_written_in_wan_from_ten_thousand_on(value: int, written: str) -> None:
    assert in_wan(value) == written


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="0 或正整数"):
        in_wan(-1)


def _stated(text: str) -> int:
    """Read back the exact number that a text states, without 余."""
    text = text.removesuffix("余")
    if not text.endswith("万"):
        return int(text)
    whole, _, decimals = text.removesuffix("万").partition(".")
    return int(whole) * 10_000 + int(decimals.ljust(2, "0")) * 100


counts = st.integers(min_value=0, max_value=10**9)


@given(counts)
def test_cutting_never_states_more_than_there_is(value: int) -> None:
    assert value - 100 < _stated(in_wan(value)) <= value


@given(counts)
def test_something_over_is_said_exactly_when_something_was_cut(value: int) -> None:
    assert in_wan(value).endswith("余") == (_stated(in_wan(value)) != value)


@given(counts, counts)
def test_a_larger_count_is_never_stated_as_less(one: int, other: int) -> None:
    smaller, larger = sorted((one, other))
    assert _stated(in_wan(smaller)) <= _stated(in_wan(larger))
