"""版头 and the title, measured on the composed page against the figures of the standard."""

from __future__ import annotations

import itertools

import pytest

from docgen.gongwen import Document, DocumentNumber, Masthead
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Page, Rule
from docgen.units import Length, mm
from tests.papers import BUREAU, PAPERS, REGULATOR, STYLESHEET, blocks, composed, metrics, paper

RED = "#FF0000"
EXACT = 0.02
LINE = STYLESHEET.grid.line_pitch.mm


def lines(document: Document, element: str) -> tuple[Line, ...]:
    """The lines of an element on the first page."""
    return next(block.lines for number, block in blocks(composed(document), element) if number == 1)


def em_top(line: Line) -> float:
    """The upper edge of a line's em box, in mm from the top of the page."""
    return (line.baseline - line.runs[0].size * EM_ASCENT).mm


def em_bottom(line: Line) -> float:
    return (line.baseline + line.runs[0].size * (1 - EM_ASCENT)).mm


def ink(line: Line) -> tuple[float, float]:
    """The upper and lower edge of what is printed of a line."""
    run = line.runs[0]
    high, low = metrics().faces[run.face].ink(line.text)
    return line.baseline.mm - high * run.size.mm, line.baseline.mm - low * run.size.mm


def span(line: Line) -> tuple[float, float]:
    """Where a line begins and ends, its last character's spacing left out."""
    last = line.runs[-1]
    return line.runs[0].x.mm, (last.x + last.width - last.spacing).mm


def page(document: Document) -> Page:
    return composed(document).pages[0]


def red_rule(document: Document) -> Rule:
    (rule,) = (rule for rule in page(document).rules if rule.colour == RED)
    return rule


EVERY = pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS)


@EVERY
def test_the_red_marks_ink_begins_35_mm_below_the_type_area(document: Document) -> None:
    assert ink(lines(document, "发文机关标志")[0])[0] == pytest.approx(37 + 35, abs=0.1)


@EVERY
def test_the_mark_stands_within_the_type_area_and_in_its_middle(document: Document) -> None:
    spans = [span(line) for line in lines(document, "发文机关标志")]
    left, right = min(span[0] for span in spans), max(span[1] for span in spans)

    assert 28 - EXACT <= left < right <= 184 + EXACT
    assert (left + right) / 2 == pytest.approx(28 + 78, abs=1)


@EVERY
def test_nothing_but_the_mark_and_its_rule_is_red(document: Document) -> None:
    red = {
        block.element
        for number in range(1, 20)
        for element in ("发文机关标志", "发文字号", "标题", "正文", "署名", "抄送")
        for at, block in blocks(composed(document), element)
        for line in block.lines
        for run in line.runs
        if at == number and run.colour == RED
    }

    assert red == {"发文机关标志"}


@pytest.mark.parametrize("name", ["circular", "three issuers"])
def test_issuers_names_are_of_one_width_lead_agency_first(name: str) -> None:
    *names, suffix = lines(PAPERS[name], "发文机关标志")
    spans = [span(line) for line in names]

    assert [line.text for line in names] == list(PAPERS[name].masthead.issuers)
    assert all(one == pytest.approx(spans[0], abs=0.05) for one in spans)
    assert span(suffix)[0] > spans[0][1] + 4
    assert len({(b.baseline - a.baseline) for a, b in itertools.pairwise(names)}) == 1


@pytest.mark.parametrize("name", ["circular", "three issuers"])
def test_the_suffix_stands_in_the_middle_of_the_names(name: str) -> None:
    *names, suffix = lines(PAPERS[name], "发文机关标志")
    block = (ink(names[0])[0] + ink(names[-1])[1]) / 2

    assert sum(ink(suffix)) / 2 == pytest.approx(block, abs=0.1)


def test_a_single_issuer_stands_on_one_line_with_the_suffix() -> None:
    assert [line.text for line in lines(PAPERS["short"], "发文机关标志")] == [f"{BUREAU}文件"]


def test_a_joint_mark_without_suffix_is_just_the_names() -> None:
    document = paper("正文。", masthead=Masthead((BUREAU, REGULATOR), DocumentNumber("苏应急", 2024, 1), ""))

    assert [line.text for line in lines(document, "发文机关标志")] == [BUREAU, REGULATOR]


@EVERY
def test_the_number_stands_two_lines_below_the_mark_and_in_the_middle(document: Document) -> None:
    (number,) = lines(document, "发文字号")
    bottom = max(ink(line)[1] for line in lines(document, "发文机关标志"))

    assert em_top(number) - bottom == pytest.approx(2 * LINE, abs=1)
    assert sum(span(number)) / 2 == pytest.approx(28 + 78, abs=0.2)
    assert number.text == str(document.masthead.number)


@EVERY
def test_the_red_rule_is_as_long_as_the_type_area_4_mm_below_the_number(document: Document) -> None:
    rule = red_rule(document)
    (number,) = lines(document, "发文字号")

    assert (rule.x, rule.width) == (mm(28), mm(156))
    assert 0.35 <= rule.weight.mm <= 0.8
    assert (rule.y - rule.weight / 2).mm - em_bottom(number) == pytest.approx(4, abs=EXACT)


@EVERY
def test_the_title_stands_two_lines_below_the_rule_and_one_above_the_addressees(document: Document) -> None:
    title, rule = lines(document, "标题"), red_rule(document)
    addressees = lines(document, "主送机关")

    assert em_top(title[0]) - (rule.y + rule.weight / 2).mm == pytest.approx(2 * LINE, abs=EXACT)
    assert em_top(addressees[0]) - em_bottom(title[-1]) == pytest.approx(LINE, abs=EXACT)
    assert all(sum(span(line)) / 2 == pytest.approx(28 + 78, abs=0.05) for line in title)
    assert "".join(line.text for line in title) == document.title


@EVERY
def test_addressees_begin_at_the_left_edge_and_the_text_two_characters_in(document: Document) -> None:
    two = (STYLESHEET.page.area_width / 28 * 2).mm

    assert lines(document, "主送机关")[0].runs[0].x == mm(28)
    assert lines(document, "正文")[0].runs[0].x.mm == pytest.approx(28 + two, abs=EXACT)
    assert {line.runs[0].x for line in lines(document, "正文")[1:]} <= {mm(28)}


@EVERY
def test_the_first_page_shows_text(document: Document) -> None:
    assert lines(document, "正文")


def test_a_draft_leaves_a_blank_where_its_number_will_stand() -> None:
    assert lines(PAPERS["letter"], "发文字号")[0].text == "苏应急函〔2024〕　号"


def test_long_names_make_the_mark_smaller_and_short_ones_no_larger_than_the_figure() -> None:
    short, long = composed(PAPERS["short"]).shapes.mark_size, composed(PAPERS["circular"]).shapes.mark_size

    assert long < short <= STYLESHEET.masthead.max_size
    assert isinstance(long, Length)
