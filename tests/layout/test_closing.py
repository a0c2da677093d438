"""What closes a paper under its text: 版记 on an even page, page numbers."""

from __future__ import annotations

import pytest

from docgen.gongwen import Document, Imprint
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Page, Pages
from docgen.units import Length, mm
from tests.papers import (
    PAPERS,
    STYLESHEET,
    blocks,
    composed,
    lines_of_hanzi,
    metrics,
    page_lines,
    paper,
)

LEFT, RIGHT = mm(28), mm(184)
EVERY = pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS)


def right_end(line: Line) -> Length:
    """The right edge of a line's last character, its spacing left out."""
    return line.runs[-1].x + line.runs[-1].width - line.runs[-1].spacing


def endings() -> dict[int, Pages]:
    """One paper for every way in which 版记 comes to stand on an even page, by the pages that were added."""
    found: dict[int, Pages] = {}
    for lines in range(1, 45):
        pages = composed(paper(lines_of_hanzi(lines)))
        found.setdefault(pages.shapes.imprint.added_pages, pages)
    return found


def numbers(pages: Pages) -> list[str]:
    """What is shown under each page."""
    return [page.page_number.lines[0].text if page.page_number else "" for page in pages.pages]


def test_the_imprint_shares_an_even_page_with_text_where_there_is_room() -> None:
    pages = endings()[0]

    assert numbers(pages) == ["— 1 —", "— 2 —"]
    assert {number for number, _ in blocks(pages, "成文日期")} == {2}


def test_behind_an_odd_page_the_imprint_gets_a_numbered_page_of_its_own() -> None:
    pages = endings()[1]

    assert numbers(pages) == [f"— {page.number} —" for page in pages.pages]
    assert {block.element for block in pages.pages[-1].blocks} == {"印发机关", "印发日期"}  # type: ignore[union-attr]


def test_behind_a_full_even_page_come_a_blank_page_and_the_imprint_both_without_numbers() -> None:
    pages = endings()[2]

    assert numbers(pages)[-3:] == [f"— {len(pages.pages) - 2} —", "", ""]
    assert pages.pages[-2].blocks == ()
    assert pages.pages[-2].rules == ()


@pytest.mark.parametrize("added", [0, 1, 2])
def test_the_imprint_always_ends_an_even_page_at_262_mm(added: int) -> None:
    pages = endings()[added]
    last = pages.pages[-1]
    rule = last.rules[-1]

    assert len(pages.pages) % 2 == 0
    assert (rule.y + rule.weight / 2).mm == pytest.approx(262, abs=0.01)
    assert (rule.x, rule.width) == (LEFT, mm(156))


@EVERY
def test_the_imprint_of_every_paper_stands_clear_of_the_text_above_it(document: Document) -> None:
    pages = composed(document)
    last = pages.pages[-1]
    top = pages.shapes.imprint.top
    own = [block for element in ("抄送", "印发机关", "印发日期") for _, block in blocks(pages, element)]
    above = [line for block in last.blocks if block not in own for line in page_lines(Page(0, (block,)))]

    assert last.number % 2 == 0
    assert all(line.baseline + STYLESHEET.body.size * (1 - EM_ASCENT) < top for line in above)


def test_copies_hang_under_the_first_agency_and_end_with_a_full_stop() -> None:
    ((_, copies),) = blocks(composed(PAPERS["circular"]), "抄送")
    width = metrics().width("抄送：", "fangsong", STYLESHEET.imprint.size)

    assert len(copies.lines) == 2
    assert copies.lines[0].text.startswith("抄送：江苏省应急管理厅，")
    assert copies.lines[-1].text.endswith("。")
    assert copies.lines[0].runs[0].x == LEFT + STYLESHEET.imprint.size
    assert copies.lines[1].runs[0].x == copies.lines[0].runs[0].x + width


def test_heavy_rules_enclose_the_imprint_and_a_light_one_divides_it() -> None:
    weights = [rule.weight.mm for rule in composed(PAPERS["circular"]).pages[-1].rules]

    assert weights == [0.35, 0.25, 0.35]


def test_without_copies_the_imprint_is_one_row_between_heavy_rules() -> None:
    pages = composed(paper("正文。", imprint=Imprint((), "某局办公室", "2024年8月15日印发")))

    assert [rule.weight.mm for rule in pages.pages[-1].rules] == [0.35, 0.35]
    assert blocks(pages, "抄送") == []


@EVERY
def test_printing_office_and_date_stand_one_character_in(document: Document) -> None:
    pages = composed(document)
    ((_, office),), ((_, date),) = blocks(pages, "印发机关"), blocks(pages, "印发日期")

    assert office.lines[0].runs[0].x == LEFT + STYLESHEET.imprint.size
    assert (RIGHT - right_end(date.lines[0])).mm == pytest.approx(STYLESHEET.imprint.size.mm, abs=0.02)
    assert office.lines[0].baseline == date.lines[0].baseline


@EVERY
def test_numbers_stand_on_the_outer_side_with_their_dash_7_mm_down(document: Document) -> None:
    char = STYLESHEET.page_number.size
    high, low = metrics().faces["songti"].ink("—")
    for page in composed(document).pages:
        if page.page_number is None:
            continue
        (line,) = page.page_number.lines
        assert line.text == f"— {page.number} —"
        assert {run.face for run in line.runs} == {"songti"}
        if page.number % 2:
            assert (RIGHT - right_end(line)).mm == pytest.approx(char.mm, abs=0.02)
        else:
            assert line.runs[0].x == LEFT + char
        assert (line.baseline - char * ((high + low) / 2)).mm == pytest.approx(262 + 7, abs=0.02)
