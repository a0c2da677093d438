"""GB/T 9704-2012, 7.3.3: 文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注."""

import pytest

from docgen.gongwen import Level, Paragraph
from docgen.gongwen.levels import heading_problems, level_of
from docgen.gongwen.numerals import chinese_number


def problems(*texts: str) -> list[tuple[str, int | None, str]]:
    paragraphs = [Paragraph(text, level_of(text), line) for line, text in enumerate(texts, start=1)]
    return [
        (problem.code, problem.where.line, problem.expected)
        for problem in heading_problems(paragraphs, "通报.txt")
    ]


def found(*texts: str) -> list[tuple[str, int | None]]:
    return [(code, line) for code, line, _ in problems(*texts)]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、检查评估情况", Level.FIRST),
        ("十二、其他", Level.FIRST),
        ("（三）应当投保单位", Level.SECOND),
        ("1.保单", Level.THIRD),
        ("（12）细目", Level.FOURTH),
        ("一是认识有偏差。", Level.BODY),
        ("1.5万元以上的保费", Level.BODY),
        ("2024年上半年", Level.BODY),
        ("（以下简称系统）", Level.BODY),
    ],
)
def test_a_level_is_read_from_the_numbering(text, level):
    assert level_of(text) is level


def test_headings_in_order_are_fine():
    assert found("一、甲", "（一）乙", "1.丙", "（1）丁", "（2）戊", "2.己", "（二）庚", "二、辛") == []


def test_the_second_level_may_be_left_out():
    assert problems("一、甲", "1.乙", "2.丙", "二、丁", "1.戊") == []


def test_a_skipped_number_is_found_once():
    assert problems("一、甲", "三、乙", "四、丙") == [
        ("heading-order", 2, "此处序号用“（一）”或“1.”或“二、”")
    ]


def test_a_repeated_number_is_found_once():
    assert found("一、甲", "（一）乙", "（一）丙", "（二）丁") == [("heading-order", 3)]


def test_a_skipped_level_is_found():
    assert found("一、甲", "（1）乙") == [("heading-order", 2)]
    assert found("一、甲", "（一）乙", "（1）丙") == [("heading-order", 3)]


def test_the_first_heading_is_of_the_first_level():
    assert problems("（一）甲") == [("heading-order", 1, "此处序号用“一、”")]


def test_numbers_start_again_below_a_new_heading():
    assert found("一、甲", "（一）乙", "二、丙", "（二）丁") == [("heading-order", 4)]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("一.甲", "一、"), ("（一）、甲", "（一）"), ("(一)甲", "（一）"),
        ("1、甲", "1."), ("1．甲", "1."), ("(1)甲", "（1）"),
    ],
)
def test_a_misshapen_number_is_shown_as_it_should_be(typed, right):
    assert problems(typed) == [("heading-form", 1, f"序号写作“{right}”")]


def test_the_body_may_not_run_on_behind_a_heading():
    assert found("一、甲。各地要抓紧。") == [("heading-runs-on", 1)]
    assert found("一、甲", "1.乙。各地要抓紧。") == []


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_numbers_are_written_in_chinese_and_read_back(number, written):
    assert chinese_number(number) == written
    assert level_of(f"{written}、甲") is Level.FIRST


def test_a_number_beyond_ninety_nine_is_refused():
    with pytest.raises(ValueError, match="不是“100”"):
        chinese_number(100)
