"""信函格式, measured on the composed pages against GB/T 9704-2012, 10.1 and Fig. 11."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from docgen.gongwen import Document, DocumentNumber, Imprint, Masthead
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Rule, TextBlock
from docgen.units import mm
from tests.papers import (
    BUREAU,
    LETTERS,
    REGULATOR,
    STYLESHEET,
    blocks,
    composed,
    letter,
    lines_of_hanzi,
    metrics,
    page_lines,
)

EVERY = pytest.mark.parametrize("document", LETTERS.values(), ids=LETTERS)
RED = "#FF0000"
LINE = STYLESHEET.grid.line_pitch.mm
SEVEN_EIGHTHS = 4.84
FULL = LETTERS["letter with all that may stand at its head"]


def line(document: Document, element: str) -> Line:
    """The first line of an element of the first page."""
    return next(block.lines[0] for number, block in blocks(composed(document), element) if number == 1)


def em_top(line: Line) -> float:
    return (line.baseline - line.runs[0].size * EM_ASCENT).mm


def em_bottom(line: Line) -> float:
    return (line.baseline + line.runs[0].size * (1 - EM_ASCENT)).mm


def ink(line: Line) -> tuple[float, float]:
    """The upper and lower edge of what is printed of a line."""
    run = line.runs[0]
    high, low = metrics().faces[run.face].ink(line.text)
    return line.baseline.mm - high * run.size.mm, line.baseline.mm - low * run.size.mm


def ends(line: Line) -> tuple[float, float]:
    """Where a line begins and ends, its last character's spacing left out."""
    last = line.runs[-1]
    return line.runs[0].x.mm, (last.x + last.width - last.spacing).mm


def edges(rule: Rule) -> tuple[float, float]:
    return (rule.y - rule.weight / 2).mm, (rule.y + rule.weight / 2).mm


def red_rules(document: Document) -> list[Rule]:
    return [rule for rule in composed(document).pages[0].rules if rule.colour == RED]


@EVERY
def test_the_marks_ink_begins_30_mm_below_the_edge_of_the_page(document: Document) -> None:
    assert ink(line(document, "发文机关标志"))[0] == pytest.approx(30, abs=0.05)


@EVERY
def test_the_mark_is_the_lead_agencys_name_alone_in_the_middle(document: Document) -> None:
    ((number, mark),) = blocks(composed(document), "发文机关标志")
    (name,) = mark.lines

    assert (number, name.text) == (1, BUREAU)
    assert sum(ends(name)) / 2 == pytest.approx(28 + 78, abs=0.05)
    assert {run.colour for run in name.runs} == {RED}


def test_a_joint_letter_bears_neither_the_other_names_nor_the_word_for_a_document() -> None:
    document = letter("正文。", masthead=Masthead((BUREAU, REGULATOR), DocumentNumber("苏应急函", 2024, 1), "文件"))

    assert [line.text for _, block in blocks(composed(document), "发文机关标志") for line in block.lines] == [BUREAU]


def test_a_long_name_is_set_smaller_within_the_type_area() -> None:
    name = "甲山省人民代表大会常务委员会安全生产监督管理办公室"
    mark = line(letter("正文。", masthead=Masthead((name,), DocumentNumber("甲办函", 2024, 1))), "发文机关标志")

    assert 28 <= ends(mark)[0] < ends(mark)[1] <= 184.01
    assert mark.runs[0].size < line(FULL, "发文机关标志").runs[0].size == STYLESHEET.letter.mark_size


@EVERY
def test_a_heavy_line_over_a_light_one_stands_4_mm_under_the_mark(document: Document) -> None:
    heavy, light, *_ = red_rules(document)

    assert edges(heavy)[0] - ink(line(document, "发文机关标志"))[1] == pytest.approx(4, abs=0.01)
    assert (heavy.weight.pt, light.weight.pt) == (3, 0.75)
    assert edges(light)[0] - edges(heavy)[1] == pytest.approx(0.6, abs=0.01)


@EVERY
def test_a_light_line_over_a_heavy_one_stands_20_mm_over_the_foot_of_the_page(document: Document) -> None:
    *_, light, heavy = red_rules(document)

    assert 297 - edges(heavy)[1] == pytest.approx(20, abs=0.01)
    assert (light.weight.pt, heavy.weight.pt) == (0.75, 3)
    assert edges(heavy)[0] - edges(light)[1] == pytest.approx(0.6, abs=0.01)


@EVERY
def test_the_lines_are_170_mm_long_in_the_middle_of_the_first_page_and_of_no_other(document: Document) -> None:
    first, *others = composed(document).pages

    assert [(rule.x, rule.width, rule.colour) for rule in first.rules] == [(mm(20), mm(170), RED)] * 4
    assert [rule for page in others for rule in page.rules] == []


@EVERY
def test_the_number_stands_seven_eighths_under_the_upper_line_at_the_right_edge(document: Document) -> None:
    number = line(document, "发文字号")

    assert number.text == str(document.masthead.number)
    assert em_top(number) - edges(red_rules(document)[1])[1] == pytest.approx(SEVEN_EIGHTHS, abs=0.01)
    assert ends(number)[1] == pytest.approx(184, abs=0.02)


def test_copy_number_secrecy_and_urgency_stand_under_one_another_at_the_left_edge() -> None:
    lines = [line(FULL, element) for element in ("份号", "密级", "紧急程度")]

    assert [line.text for line in lines] == ["000001", "秘密★1年", "特急"]
    assert {line.runs[0].x for line in lines} == {mm(28)}
    assert [line.runs[0].face for line in lines] == ["fangsong", "heiti", "heiti"]
    assert [(b.baseline - a.baseline).mm for a, b in pairwise(lines)] == pytest.approx([LINE, LINE], abs=0.01)
    assert lines[0].baseline == line(FULL, "发文字号").baseline


def test_the_only_element_at_the_left_stands_on_the_line_of_the_number() -> None:
    document = LETTERS["joint letter"]

    assert line(document, "紧急程度").baseline == line(document, "发文字号").baseline


@EVERY
def test_the_title_stands_two_lines_under_the_last_element_above_it(document: Document) -> None:
    heads = [block for element in ("发文字号", "份号", "密级", "紧急程度") for _, block in blocks(composed(document), element)]
    lowest = max(em_bottom(block.lines[0]) for block in heads)

    assert em_top(line(document, "标题")) - lowest == pytest.approx(2 * LINE, abs=0.02)


@EVERY
def test_the_first_pages_text_keeps_to_the_type_area_clear_of_the_lower_line(document: Document) -> None:
    page = composed(document).pages[0]
    lowest = max(em_bottom(line) for line in page_lines(page))

    assert lowest <= 262 + 0.01
    assert edges(red_rules(document)[2])[0] - lowest >= SEVEN_EIGHTHS


@EVERY
def test_the_first_page_shows_no_number_and_every_other_its_own(document: Document) -> None:
    first, *others = composed(document).pages

    assert first.page_number is None
    assert [page.page_number.lines[0].text for page in others] == [f"— {page.number} —" for page in others]  # type: ignore[union-attr]


@EVERY
def test_the_imprint_names_no_printing_office_no_date_and_has_no_rules(document: Document) -> None:
    pages = composed(document)
    last = pages.pages[-1]

    assert blocks(pages, "印发机关") == blocks(pages, "印发日期") == []
    assert [rule for rule in last.rules if rule.colour != RED] == []


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "letter without copies"])
def test_copies_stand_on_the_lower_edge_of_the_last_pages_type_area(name: str) -> None:
    pages = composed(LETTERS[name])
    ((number, copies),) = blocks(pages, "抄送")

    assert number == len(pages.pages)
    assert em_bottom(copies.lines[-1]) == pytest.approx(262, abs=0.01)
    assert copies.lines[0].runs[0].x == mm(28) + STYLESHEET.imprint.size
    assert copies.lines[-1].text.endswith("。")


def test_addressees_in_the_imprint_stand_right_above_the_copies() -> None:
    pages = composed(LETTERS["letter whose addressees stand in its imprint"])
    ((_, addressees),), ((_, copies),) = blocks(pages, "版记主送"), blocks(pages, "抄送")

    assert addressees.lines[0].text == "主送：甲山财产保险股份有限公司。"
    assert copies.lines[0].baseline - addressees.lines[-1].baseline == STYLESHEET.imprint.line_pitch


def test_a_letter_without_copies_has_nothing_at_its_foot() -> None:
    document = letter("正文。", imprint=Imprint((), "甲山市应急管理局办公室", "2024年8月15日印发"))
    (page,) = composed(document).pages

    assert [block.element for block in page.blocks if isinstance(block, TextBlock)][-1] == "成文日期"


def test_a_short_letter_is_one_page_and_no_page_is_added_to_make_it_even() -> None:
    counts = {len(composed(letter(lines_of_hanzi(count))).pages) for count in range(1, 40, 4)}

    assert {1, 2, 3} <= counts


def test_copies_that_find_no_room_get_a_numbered_page_of_their_own() -> None:
    pages = next(
        pages
        for pages in (composed(letter(lines_of_hanzi(count))) for count in range(1, 20))
        if pages.shapes.imprint.added_pages
    )
    *_, last = pages.pages

    assert [block.element for block in last.blocks if isinstance(block, TextBlock)] == ["抄送"]
    assert pages.shapes.imprint.added_pages == 1
    assert last.page_number is not None


def test_a_part_without_masthead_has_no_red_lines() -> None:
    pages = composed(replace(LETTERS["plain letter"], masthead=None))

    assert [rule for page in pages.pages for rule in page.rules] == []


def test_copies_that_fill_more_than_a_page_are_refused_in_chinese() -> None:
    endless = letter("正文。", imprint=Imprint(tuple(f"甲山市第{number}分局" for number in range(400)), "", ""))

    with pytest.raises(ValueError, match="版记一页放不下"):
        composed(endless)
