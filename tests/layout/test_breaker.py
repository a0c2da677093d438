"""Lines of running text: what may stand at their ends, what stays whole, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from docgen.layout.breaker import HANGING, NOT_AT_END, NOT_AT_START, BrokenLine, Measure, break_lines
from docgen.layout.metrics import Glyph
from docgen.layout.setting import TextStyle, broken
from tests.papers import STYLESHEET, lines_of_hanzi, metrics

EM = 100


def glyphs(text: str) -> list[Glyph]:
    """Characters as wide as EM, those of ASCII half as wide."""
    return [Glyph(char, "fangsong", EM // 2 if char.isascii() else EM) for char in text]


def lines(text: str, chars: float, **more: int) -> list[str]:
    """Break a text to a measure of so many full-width characters."""
    return [shown(line) for line in break_lines(glyphs(text), Measure(int(chars * EM), **more))]


def shown(line: BrokenLine) -> str:
    return "".join(glyph.char for glyph in line.glyphs)


def test_a_full_line_of_the_paper_has_28_characters() -> None:
    grid, body = STYLESHEET.grid, STYLESHEET.body
    style = TextStyle("fangsong", body.size, grid.line_pitch, grid.tracking)
    two = STYLESHEET.cell * body.indent_chars

    set_lines = broken(metrics(), lines_of_hanzi(4), style, STYLESHEET.page.area_width, two)

    assert [len(line.glyphs) for line in set_lines] == [26, 28, 28, 28]


def test_a_mark_that_has_no_room_hangs_outside() -> None:
    (first, second) = break_lines(glyphs("甲乙丙，丁"), Measure(3 * EM))

    assert (shown(first), first.is_hung, first.width) == ("甲乙丙，", True, 3 * EM)
    assert (shown(second), second.is_hung) == ("丁", False)


@pytest.mark.parametrize("mark", "、，。；：")
def test_every_stop_and_comma_may_hang(mark: str) -> None:
    assert lines(f"甲乙丙{mark}丁", 3) == [f"甲乙丙{mark}", "丁"]


def test_of_two_marks_none_hangs_and_a_character_goes_down_with_them() -> None:
    assert lines("甲乙丙”，丁", 3) == ["甲乙", "丙”，", "丁"]


def test_no_mark_hangs_in_a_cell() -> None:
    assert lines("甲乙丙，丁", 3, hangs=False) == ["甲乙", "丙，丁"]


def test_a_mark_behind_a_figure_goes_down_with_it() -> None:
    assert lines("甲乙467、丁", 3.5) == ["甲乙", "467、丁"]


def test_a_mark_behind_a_code_as_wide_as_the_line_hangs_since_nothing_can_go_down_with_it() -> None:
    assert lines("PZDB24，甲", 3) == ["PZDB24，", "甲"]


@pytest.mark.parametrize("mark", "？！）》〉」』】〕’”…％℃")
def test_a_closing_mark_takes_the_character_before_it_along(mark: str) -> None:
    assert lines(f"甲乙丙{mark}丁", 3)[1][1] == mark


@pytest.mark.parametrize("mark", "（《〈「『【〔‘“")
def test_an_opening_mark_goes_to_the_next_line_with_what_it_opens(mark: str) -> None:
    assert mark in NOT_AT_END
    assert lines(f"甲乙{mark}丙丁", 3)[0] == "甲乙"


@pytest.mark.parametrize("whole", ["2649", "25.93", "9.7%", "2024", "PZDB2024000000132", "docgen"])
def test_figures_years_and_latin_words_are_whole(whole: str) -> None:
    for before in range(1, 12):
        assert any(whole in line for line in lines("甲" * before + whole + "家单位", 9))


@pytest.mark.parametrize("pair", ["——", "……"])
def test_dashes_and_dots_stay_together(pair: str) -> None:
    for before in range(1, 9):
        assert any(pair in line for line in lines("甲" * before + pair + "乙丙", 5))


@pytest.mark.parametrize(
    ("text", "chars", "broken"),
    [
        ("甲乙0512-65012345丙", 6, ["甲乙0512-", "65012345丙"]),
        ("甲乙2024—2026年", 5, ["甲乙2024—", "2026年"]),
        ("甲乙〔2024〕12号", 6, ["甲乙", "〔2024〕12号"]),
        ("甲乙丙）2024年", 5, ["甲乙", "丙）2024年"]),
        ("甲乙5、2024年", 4.5, ["甲乙", "5、2024年"]),
        ("甲乙丙；2024年", 5, ["甲乙丙；", "2024年"]),
        ("甲乙12%“丙”丁", 4.5, ["甲乙", "12%“丙”", "丁"]),
        ("甲乙12（丙", 3.5, ["甲乙", "12（丙"]),
    ],
)
def test_where_a_figure_fills_the_line_it_ends_by_the_rules_of_western_script(
    text: str, chars: float, broken: list[str]
) -> None:
    assert lines(text, chars) == broken


def test_the_last_character_of_a_run_of_one_script_has_no_tracking() -> None:
    text = glyphs("甲乙12丙丁")
    assert len(break_lines(text, Measure(5 * EM - 30, tracking=-10))) == 1
    assert len(break_lines(text, Measure(5 * EM - 31, tracking=-10))) == 2


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines("甲" + "A" * 13, 3) == ["甲", "AAAAAA", "AAAAAA", "A"]


def test_hanzi_and_figures_stand_a_gap_apart() -> None:
    assert lines("甲乙12丙", 4, gap=20) == ["甲乙12", "丙"]
    assert break_lines(glyphs("甲12乙"), Measure(4 * EM, gap=20))[0].width == 3 * EM + 40


def test_the_first_line_gives_its_indent_away() -> None:
    assert lines("甲乙丙丁戊己", 4, indent=2 * EM) == ["甲乙", "丙丁戊己"]


def test_no_text_is_one_empty_line() -> None:
    assert break_lines([], Measure(EM)) == [BrokenLine((), 0, False, True)]


WORDS = some.sampled_from(["安全", "生产", "责任保险", "2649", "25.93", "A", "PZDB2024", "——", "（试行）", "《办法》", "“安责险”"])
MARKS = some.sampled_from(["", "", "", "，", "。", "、", "；", "："])
TEXTS = some.lists(some.tuples(WORDS, MARKS), max_size=40).map(lambda parts: "".join(a + b for a, b in parts))
ANY = some.text(some.sampled_from("安全生产，。、；：（）《》“”—…%A1.- "), max_size=60)


@given(some.one_of(TEXTS, ANY), some.integers(1, 30), some.integers(0, 40), some.booleans())
def test_all_lines_together_are_the_text(text: str, chars: int, gap: int, hangs: bool) -> None:
    broken_lines = break_lines(glyphs(text), Measure(chars * EM, gap=gap, hangs=hangs))

    assert "".join(map(shown, broken_lines)) == text
    assert [line.is_last for line in broken_lines] == [False] * (len(broken_lines) - 1) + [True]
    assert all(line.glyphs for line in broken_lines) or not text


@given(some.one_of(TEXTS, ANY.map(lambda text: text.replace(" ", ""))), some.integers(1, 30), some.integers(0, 40))
def test_no_line_is_wider_than_its_measure_save_for_one_hung_mark(text: str, chars: int, gap: int) -> None:
    for line in break_lines(glyphs(text), Measure(chars * EM, gap=gap)):
        assert line.width <= chars * EM or len(line.glyphs) == 1
        assert not line.is_hung or line.glyphs[-1].char in HANGING


@given(TEXTS, some.integers(11, 30))
def test_no_line_of_a_sentence_starts_or_ends_with_a_forbidden_mark(text: str, chars: int) -> None:
    for line in map(shown, break_lines(glyphs(text), Measure(chars * EM))):
        assert line[:1] not in NOT_AT_START or text.startswith(line) or line.startswith("——")
        assert line[-1:] not in NOT_AT_END


@pytest.mark.parametrize("mark", "）》”")
@pytest.mark.parametrize("after", ["12", "AB"])
def test_no_line_ends_between_a_closing_mark_and_a_figure_or_a_latin_word(mark: str, after: str) -> None:
    assert lines(f"甲乙丙{mark}{after}丁", 4) == ["甲乙", f"丙{mark}{after}丁"]
    assert lines(f"甲乙丙{mark}丁戊", 4) == [f"甲乙丙{mark}", "丁戊"]


@pytest.mark.parametrize("mark", "、，。")
def test_in_a_cell_no_line_ends_between_a_stop_and_a_figure(mark: str) -> None:
    assert lines(f"甲乙丙{mark}12丁", 4, hangs=False) == ["甲乙", f"丙{mark}12丁"]
    assert lines(f"甲乙丙{mark}12丁", 4) == [f"甲乙丙{mark}", "12丁"]


def test_a_minus_sign_stays_with_what_is_before_it() -> None:
    assert lines("甲乙丙丁-3戊", 4) == ["甲乙丙", "丁-3戊"]
