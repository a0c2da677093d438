"""主送机关 so many that the first page would show no text move to 版记 (GB/T 9704-2012, 7.3.2, 7.4.2)."""

from __future__ import annotations

import pytest

from docgen.gongwen import Document, DocumentNumber, Imprint, Masthead
from docgen.layout import with_addressees_moved
from docgen.units import mm
from tests.papers import (
    BUREAU,
    FINDINGS,
    LETTERS,
    PAPERS,
    REGULATOR,
    STYLESHEET,
    blocks,
    composed,
    letter,
    metrics,
    paper,
)

PRINTED = ("甲山市应急管理局办公室", "2024年8月15日印发")


def agencies(count: int) -> str:
    return "，".join(f"甲山市第{number}镇人民政府" for number in range(1, count + 1)) + "："


def moved(document: Document) -> Document:
    return with_addressees_moved(document, STYLESHEET, metrics())[0]


@pytest.mark.parametrize("make", [paper, letter])
def test_addressees_that_fill_the_first_page_move_to_the_imprint_and_text_shows(make: type) -> None:
    document = make(FINDINGS, addressees=agencies(45))
    result, pages = with_addressees_moved(document, STYLESHEET, metrics())

    assert result.addressees == ""
    assert result.imprint.addressees == agencies(45).rstrip("：")
    assert blocks(pages, "正文")[0][0] == 1
    assert blocks(pages, "主送机关") == []
    ((number, addressees),) = blocks(pages, "版记主送")
    assert number == len(pages.pages)
    assert "".join(line.text for line in addressees.lines) == f"主送：{agencies(45).rstrip('：')}。"


def test_moved_addressees_stand_over_the_copies_between_the_same_rules() -> None:
    document = paper(FINDINGS, addressees=agencies(45), imprint=Imprint((REGULATOR,), *PRINTED))
    _, pages = with_addressees_moved(document, STYLESHEET, metrics())
    ((_, addressees),), ((_, copies),) = blocks(pages, "版记主送"), blocks(pages, "抄送")
    top, middle, bottom = (rule.y for rule in pages.pages[-1].rules)

    assert copies.lines[0].baseline - addressees.lines[-1].baseline == STYLESHEET.imprint.line_pitch
    assert top < addressees.lines[0].baseline < copies.lines[-1].baseline < middle < bottom
    assert len(pages.pages) % 2 == 0


def test_moved_addressees_hang_under_the_first_agency() -> None:
    _, pages = with_addressees_moved(paper(FINDINGS, addressees=agencies(45)), STYLESHEET, metrics())
    ((_, addressees),) = blocks(pages, "版记主送")
    size = STYLESHEET.imprint.size

    assert len(addressees.lines) > 2
    assert addressees.lines[0].runs[0].x == mm(28) + size
    assert {line.runs[0].x for line in addressees.lines[1:]} == {mm(28) + size * 4}


@pytest.mark.parametrize("document", [*PAPERS.values(), *LETTERS.values()], ids=[*PAPERS, *LETTERS])
def test_a_paper_whose_first_page_shows_text_stays_as_it_is(document: Document) -> None:
    assert moved(document) is document


def joint(count: int) -> Document:
    issuers = (BUREAU, REGULATOR, "苏州市公安局")
    return paper(FINDINGS, addressees=agencies(count), masthead=Masthead(issuers, DocumentNumber("苏应急", 2024, 8)))


def test_addressees_move_before_a_joint_mark_takes_smaller_type_for_them() -> None:
    plain = composed(joint(1)).shapes.mark.size
    sizes = {count: with_addressees_moved(joint(count), STYLESHEET, metrics())[1].shapes.mark.size for count in (17, 21)}

    assert composed(joint(21)).shapes.mark.size < plain
    assert sizes == {17: plain, 21: plain}
    assert moved(joint(17)).addressees
    assert not moved(joint(21)).addressees


@pytest.mark.parametrize("count", [6, 11])
def test_a_mark_that_is_close_for_its_own_names_moves_nothing(count: int) -> None:
    issuers = tuple(f"甲山市第{number}局" for number in range(1, count + 1))
    document = paper(FINDINGS, masthead=Masthead(issuers, DocumentNumber("甲应急", 2024, 8)))
    mark = composed(document).shapes.mark

    assert mark.pitch <= mark.size * STYLESHEET.masthead.least_pitch_ratio
    assert moved(document) is document


def test_a_part_without_imprint_keeps_its_addressees() -> None:
    document = paper(FINDINGS, addressees=agencies(45), imprint=None)

    assert moved(document) is document


def test_addressees_stay_where_moving_them_would_not_help() -> None:
    document = paper(FINDINGS, title="关于" + "甚长" * 200 + "的通知")

    assert moved(document) is document


def test_addressees_that_no_imprint_holds_stay_where_they_are() -> None:
    document = paper(FINDINGS, addressees=agencies(400))

    assert moved(document) is document
