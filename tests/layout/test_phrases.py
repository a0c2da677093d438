"""Titles and names are broken between words, in a shape that reads well."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docgen.layout.phrases import shape_lines, shape_name
from tests.papers import REGULATOR, TITLE

MARKED = (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8").split()
"""Titles of papers and annexes as they are written, with a | wherever a line may end."""
TITLES = [title.replace("|", "") for title in MARKED]


def of(chars: int) -> Callable[[str], bool]:
    """A line holds so many characters, of Latin ones twice as many."""
    return lambda line: sum(0.5 if char.isascii() else 1 for char in line) <= chars


def breaks(lines: tuple[str, ...]) -> list[int]:
    """The places of a title at which its lines end."""
    return list(accumulate(map(len, lines)))[:-1]


@pytest.mark.parametrize("marked", MARKED)
def test_no_word_or_name_that_a_line_holds_is_torn(marked: str) -> None:
    for chars in range(14, 21):
        lines = shape_lines(marked.replace("|", ""), of(chars))
        start = 0
        for piece in marked.split("|"):
            torn = [at for at in breaks(lines) if start < at < start + len(piece)]
            assert torn == [] or not of(chars)(piece), lines
            start += len(piece)
        assert all(map(of(chars), lines))


@pytest.mark.parametrize("title", TITLES)
def test_lines_of_a_title_widen_or_narrow_or_bulge(title: str) -> None:
    """GB/T 9704-2012, 7.3.1: 梯形或菱形."""
    lengths = [len(line) for line in shape_lines(title, of(20))]
    widest = lengths.index(max(lengths))

    assert lengths[: widest + 1] == sorted(lengths[: widest + 1])
    assert lengths[widest:] == sorted(lengths[widest:], reverse=True)


@pytest.mark.parametrize("title", TITLES)
def test_no_line_of_a_title_is_a_stub_or_the_kind_of_paper_alone(title: str) -> None:
    for line in shape_lines(title, of(20)):
        assert len(line) >= 4
        assert line[0] not in "的等，、》）”"
        assert line.removeprefix("的") not in KINDS


AGENCIES = ("甲山市应急管理局", "乙水县人民政府办公室", "丙川区住房和城乡建设局", "国家某某总局甲山监管分局", "甲山财产保险股份有限公司")
VERBS = ("关于印发", "关于转发", "关于做好", "关于进一步加强", "关于开展", "关于请求批准")
OBJECTS = (
    "《甲山市安全生产条例》", "粉尘涉爆企业专项执法检查", "汛期应急值守工作", "甲应急〔2024〕132号文件要求", "2025年元旦春节期间安全防范",
    "安全生产“回头看”活动", "重大事故隐患排查整治情况",
)  # fmt: skip
KINDS = ("通知", "通报", "请示", "实施意见", "紧急通知", "复函", "决定", "报告")


@given(
    some.sampled_from(AGENCIES), some.sampled_from(VERBS), some.sampled_from(OBJECTS), some.sampled_from(OBJECTS),
    some.sampled_from(KINDS),
)  # fmt: skip
def test_names_books_numbers_and_the_kind_of_paper_stay_whole_in_any_title(
    agency: str, verb: str, first: str, second: str, kind: str
) -> None:
    lines = shape_lines(f"{agency}{verb}{first}和{second}的{kind}", of(20))

    assert all(map(of(20), lines))
    for whole in (agency, "《甲山市安全生产条例》", "甲应急〔2024〕132号", "“回头看”", "重大事故隐患", f"的{kind}"):
        assert whole not in "".join(lines) or any(whole in line for line in lines)
    assert not lines[-1].startswith("的")
    assert all(line[-1] != "和" and not line.endswith("关于") for line in lines)


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
    assert shape_lines("PZDB2024000000132", of(6)) == ("PZDB20240000", "00132")


def test_a_text_as_long_as_a_page_is_cut_at_once() -> None:
    lines = shape_lines("某" * 400, of(20))

    assert all(map(of(20), lines))
    assert len(lines) < 25


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


def test_a_title_takes_a_line_more_rather_than_be_a_rectangle() -> None:
    title = "关于进一步做好重点行业领域工矿企业安全生产责任保险承保投保和事故预防技术服务工作有关问题整改情况的通报"

    assert len({len(line) for line in shape_lines(title, lambda line: len(line) <= 20)}) > 1
