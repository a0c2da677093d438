"""Lengths are exact: whole EMU, whatever they were made from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from docgen.units import Length, mm, pt, twips

LENGTHS = some.integers(-(10**9), 10**9).map(Length)


def test_tenths_of_millimetres_add_up_without_a_rest() -> None:
    assert sum([mm("0.1")] * 10, mm(0)) == mm(1)
    assert mm(0.1) + mm(0.2) == mm("0.3")


def test_one_inch_is_the_same_in_every_unit() -> None:
    assert mm("25.4") == pt(72) == twips(1440)


def test_a_length_reads_in_the_unit_it_is_asked_for() -> None:
    assert (pt(16).pt, mm(37).mm, pt(16).twips) == (16.0, 37.0, 320)


def test_twips_are_rounded_down_so_that_nothing_grows_in_word() -> None:
    assert mm("10.39").twips == 589
    assert (twips(1) - Length(1)).twips == 0


@given(LENGTHS, LENGTHS)
def test_sums_and_differences_are_lengths_and_undo_each_other(a: Length, b: Length) -> None:
    assert a + b - b == a
    assert {type(a + b), type(a - b), type(-a), type(a * 2), type(a / 3), type(sum([a, b]))} == {Length}


@given(LENGTHS, some.integers(1, 60))
def test_parts_make_the_whole_to_half_an_emu_each(whole: Length, parts: int) -> None:
    assert abs(whole / parts * parts - whole) <= parts / 2


def test_a_length_shows_its_millimetres() -> None:
    assert repr(pt(16)) == "mm(5.644)"
