"""Titles and names are broken between words, in a shape that reads well."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docgen.layout.phrases import shape_lines, shape_name
from tests.papers import REGULATOR, TITLE


def of(chars: int) -> Callable[[str], bool]:
    """A line holds so many characters."""
    return lambda line: len(line) <= chars


def test_the_title_of_2024_is_broken_between_its_words_and_grows_downwards() -> None:
    assert shape_lines(TITLE, of(20)) == ("关于重点行业领域工矿企业", "安全生产责任保险工作开展情况的通报")


def test_a_title_that_fits_is_one_line() -> None:
    assert shape_lines("关于开展安全生产检查的通知", of(20)) == ("关于开展安全生产检查的通知",)


def test_a_line_break_that_the_clerk_set_is_kept() -> None:
    assert shape_lines("关于甲市\n开展检查的通知", of(20)) == ("关于甲市", "开展检查的通知")


@pytest.mark.parametrize("chars", range(6, 20))
@pytest.mark.parametrize(
    "title",
    [TITLE, "关于印发《安全生产治本攻坚三年行动实施方案（试行）》的通知", "关于转发“开工第一课”有关工作的通知"],
)
def test_no_line_of_a_title_starts_or_ends_with_what_belongs_to_its_neighbour(title: str, chars: int) -> None:
    lines = shape_lines(title, of(chars))

    assert "".join(lines) == title
    assert all(map(of(chars), lines))
    assert not {line[0] for line in lines} & set("的》）”、，")
    assert not {line[-1] for line in lines} & set("《（“")


@pytest.mark.parametrize("word", ["开展情况", "安全生产", "责任保险", "工矿企业"])
def test_a_listed_word_is_never_broken(word: str) -> None:
    for chars in range(8, 20):
        assert any(word in line for line in shape_lines(TITLE, of(chars)))


def test_what_no_line_holds_is_cut_where_it_must_be() -> None:
    assert shape_lines("PZDB2024000000132", of(6)) == ("PZDB20", "240000", "00132")


def test_a_text_as_long_as_a_page_is_cut_at_once() -> None:
    assert [len(line) for line in shape_lines("某" * 400, of(20))] == [20] * 20


def test_the_co_regulators_name_is_broken_behind_its_head_office() -> None:
    assert shape_name(REGULATOR, of(12)) == ("国家金融监督管理总局", "苏州监管分局")


def test_a_name_that_two_lines_do_not_hold_is_set_on_three_at_words() -> None:
    assert shape_name("苏州市应急管理局监管分局", of(6)) == ("苏州市", "应急管理局", "监管分局")


@pytest.mark.parametrize("chars", [6, 7, 8, 9])
def test_a_word_that_no_line_holds_is_broken_at_a_word_within_it_and_joined_to_no_other(chars: int) -> None:
    assert shape_name(REGULATOR, of(chars)) == ("国家金融", "监督管理总局", "苏州监管分局")


@given(some.text(some.sampled_from("关于安全生产的《》（）、，通知A1 "), min_size=1, max_size=30), some.integers(3, 20))
def test_no_character_of_a_title_is_lost(title: str, chars: int) -> None:
    assert "".join("".join(shape_lines(title, of(chars))).split()) == "".join(title.split())
    assert "".join(shape_name(title, of(chars))) == title


def test_a_title_of_a_hundred_unknown_characters_is_set_at_once() -> None:
    title = "".join(chr(0x4E00 + 7 * place) for place in range(100))

    assert "".join(shape_lines(title, of(20))) == title
    assert all(map(of(20), shape_lines(title, of(20))))


def test_a_typed_line_that_is_too_long_is_broken_too() -> None:
    lines = shape_lines("关于重点行业领域工矿企业安全生产责任保险工作开展情况\n的通报", of(20))

    assert all(map(of(20), lines))
    assert lines[-1] == "的通报"
