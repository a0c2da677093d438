"""附件说明 and 附注: numbers, hanging names, brackets, and how far they stand from what is above them."""

from __future__ import annotations

import pytest

from docgen.gongwen import AnnexNote
from docgen.layout.pages import Line
from docgen.units import mm
from tests.closings import CLOSINGS, TITLES
from tests.papers import PAPERS, STYLESHEET, blocks, composed, lines_of_hanzi, metrics, paper

CELL = STYLESHEET.cell
LEFT = mm(28)


def note_lines(*titles: str, remark: str = "") -> list[Line]:
    """The lines of 附件说明 for annexes of these titles."""
    pages = composed(paper("正文。", annex_note=AnnexNote(titles, remark)))
    return [line for _, block in blocks(pages, "附件说明") for line in block.lines]


def x_of(line: Line, char: str) -> float:
    """Where a character stands, in mm from the left of the 版心; a full line is stretched by some hundredths."""
    (run, *_), at = line.runs, line.text.index(char)
    before = metrics().width(line.text[:at], "fangsong", run.size) + run.spacing * at
    return (run.x - LEFT + before).mm


def test_one_annex_has_no_number_and_no_mark_behind_its_name() -> None:
    assert [line.text for line in note_lines("问题清单")] == ["附件：问题清单"]


def test_items_of_the_annex_note_stand_under_one_another() -> None:
    pages = composed(PAPERS["circular"])
    shape = pages.shapes.annex_note
    (first, *following, remark) = [line for _, block in blocks(pages, "附件说明") for line in block.lines]
    numbers = [line for line in following if line.text[0].isdigit()]
    continued = [line for line in following if not line.text[0].isdigit()]

    assert first.text.startswith("附件：1.各地")
    assert first.runs[0].x == LEFT + CELL * 2 == remark.runs[0].x
    assert {line.runs[0].x for line in numbers} == {LEFT + shape.number_x}
    assert continued
    assert {line.runs[0].x for line in continued} == {LEFT + shape.names_x[2]}
    assert shape.number_x.mm == pytest.approx((CELL * 5).mm, abs=0.3)


def test_a_long_name_hangs_under_its_own_first_character_behind_one_digit_and_two() -> None:
    lines = note_lines(*TITLES)
    for number, title in ((2, TITLES[1]), (10, TITLES[9])):
        place = next(place for place, line in enumerate(lines) if line.text.startswith(f"{number}."))
        assert title.startswith(lines[place].text.removeprefix(f"{number}."))
        assert (lines[place + 1].runs[0].x - LEFT).mm == pytest.approx(x_of(lines[place], "第"), abs=0.3)


def test_numbers_of_two_digits_begin_under_those_of_one() -> None:
    numbers = [line for line in note_lines(*TITLES) if line.text[0].isdigit()]

    assert [line.text.split(".")[0] for line in numbers] == [str(number) for number in range(2, 13)]
    assert len({line.runs[0].x for line in numbers}) == 1


def test_the_name_of_the_only_annex_hangs_under_its_first_character() -> None:
    first, second = note_lines(TITLES[1])

    assert first.text.startswith("附件：第2类")
    assert (second.runs[0].x - LEFT).mm == pytest.approx(x_of(first, "第"), abs=0.3)


def test_the_annex_note_stands_one_line_below_the_text() -> None:
    document = paper(lines_of_hanzi(20), annex_note=AnnexNote(("清单",)))
    ((number, note),) = blocks(composed(document), "附件说明")
    (text,) = [block for at, block in blocks(composed(document), "正文") if at == number]
    gap = note.lines[0].baseline - text.lines[-1].baseline - STYLESHEET.body.size

    assert gap.mm == pytest.approx(10.39, abs=0.02)


@pytest.mark.parametrize("name", ["note", "long note", "unsealed note", "stamped note"])
def test_a_note_stands_in_brackets_on_the_line_after_the_date(name: str) -> None:
    pages = composed(CLOSINGS[name])
    ((at, date),) = blocks(pages, "成文日期")
    (number, note), *_ = blocks(pages, "附注")

    assert "".join(line.text for line in note.lines) == f"（{CLOSINGS[name].note}）"
    assert number == at
    assert note.lines[0].baseline - date.lines[0].baseline == STYLESHEET.grid.line_pitch
    assert note.lines[0].runs[0].x == LEFT + CELL * 2
    assert {line.runs[0].x for line in note.lines[1:]} <= {LEFT}


def test_a_long_note_goes_on_at_the_edge() -> None:
    ((_, note),) = blocks(composed(CLOSINGS["long note"]), "附注")

    assert [line.runs[0].x for line in note.lines] == [LEFT + CELL * 2, LEFT]


@pytest.mark.parametrize("lines", range(1, 24))
def test_no_page_ends_between_the_date_and_the_note(lines: int) -> None:
    pages = composed(paper(lines_of_hanzi(lines), note="此件公开发布"))
    ((date, _),), ((note, _),) = blocks(pages, "成文日期"), blocks(pages, "附注")

    assert date == note
