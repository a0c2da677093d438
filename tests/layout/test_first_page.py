"""版头 and the title, measured on the composed page against the figures of the standard."""

from __future__ import annotations

import itertools

import pytest

from docgen.gongwen import Document, DocumentNumber, Masthead
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Page, Rule
from docgen.units import mm
from tests.first_pages import FIRST_PAGES, first_page
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


OPENINGS = {**PAPERS, **FIRST_PAGES}
EVERY = pytest.mark.parametrize("document", OPENINGS.values(), ids=OPENINGS)
DOWNWARD = {name: document for name, document in OPENINGS.items() if not document.masthead.signers}
UPWARD = {name: document for name, document in OPENINGS.items() if document.masthead.signers}
JOINT = {name: document for name, document in OPENINGS.items() if len(document.masthead.issuers) > 1}


def every(documents: dict[str, Document]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("document", documents.values(), ids=documents)


def names_and_suffix(document: Document) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the issuers' names, and that of 文件 where there is one."""
    set_lines, count = lines(document, "发文机关标志"), len(document.masthead.issuers)
    return set_lines[:count], set_lines[count:]


@EVERY
def test_the_red_marks_ink_begins_35_mm_below_the_type_area(document: Document) -> None:
    assert ink(lines(document, "发文机关标志")[0])[0] == pytest.approx(37 + 35, abs=0.1)


@EVERY
def test_the_mark_stands_within_the_type_area_and_in_its_middle(document: Document) -> None:
    spans = [span(line) for line in lines(document, "发文机关标志")]
    left, right = min(span[0] for span in spans), max(span[1] for span in spans)

    assert 28 - EXACT <= left < right <= 184 + EXACT
    assert (left + right) / 2 == pytest.approx(28 + 78, abs=EXACT)


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


@every(JOINT)
def test_issuers_names_are_of_one_width_lead_agency_first(document: Document) -> None:
    names, _ = names_and_suffix(document)
    spans = [span(line) for line in names]

    assert [line.text for line in names] == list(document.masthead.issuers)
    assert all(one == pytest.approx(spans[0], abs=0.05) for one in spans)
    assert len({(b.baseline - a.baseline) for a, b in itertools.pairwise(names)}) == 1


@every(JOINT)
def test_issuers_names_do_not_touch(document: Document) -> None:
    names, _ = names_and_suffix(document)

    assert all(ink(below)[0] - ink(above)[1] > 0.1 * above.runs[0].size.mm for above, below in itertools.pairwise(names))


@every({name: document for name, document in JOINT.items() if document.masthead.suffix})
def test_the_suffix_stands_beside_the_middle_of_the_names_as_in_figure_3(document: Document) -> None:
    names, (suffix,) = names_and_suffix(document)
    size = names[0].runs[0].size.mm
    block = (ink(names[0])[0] + ink(names[-1])[1]) / 2

    assert sum(ink(suffix)) / 2 == pytest.approx(block, abs=0.1)
    assert span(suffix)[0] - span(names[0])[1] == pytest.approx(0.7 * size, abs=0.1)
    assert suffix.runs[0].size.mm == pytest.approx(1.05 * size, abs=0.2)


def test_a_single_issuer_stands_on_one_line_with_the_suffix() -> None:
    assert [line.text for line in lines(PAPERS["short"], "发文机关标志")] == [f"{BUREAU}文件"]


def test_a_joint_mark_without_suffix_is_just_the_names() -> None:
    document = paper("正文。", masthead=Masthead((BUREAU, REGULATOR), DocumentNumber("苏应急", 2024, 1), ""))

    assert [line.text for line in lines(document, "发文机关标志")] == [BUREAU, REGULATOR]


@every(DOWNWARD)
def test_the_number_stands_two_lines_below_the_mark_and_in_the_middle(document: Document) -> None:
    (number,) = lines(document, "发文字号")
    bottom = max(ink(line)[1] for line in lines(document, "发文机关标志"))

    assert em_top(number) - bottom == pytest.approx(2 * LINE, abs=EXACT)
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
    following = lines(document, "主送机关" if document.addressees else "正文")

    assert em_top(title[0]) - (rule.y + rule.weight / 2).mm == pytest.approx(2 * LINE, abs=EXACT)
    assert em_top(following[0]) - em_bottom(title[-1]) == pytest.approx(LINE, abs=EXACT)
    assert all(sum(span(line)) / 2 == pytest.approx(28 + 78, abs=0.05) for line in title)
    assert "".join(line.text for line in title) == document.title


@EVERY
def test_addressees_begin_at_the_left_edge_and_the_text_two_characters_in(document: Document) -> None:
    two = (STYLESHEET.page.area_width / 28 * 2).mm

    assert not document.addressees or lines(document, "主送机关")[0].runs[0].x == mm(28)
    assert lines(document, "正文")[0].runs[0].x.mm == pytest.approx(28 + two, abs=EXACT)
    assert {line.runs[0].x for line in lines(document, "正文")[1:]} <= {mm(28)}


@EVERY
def test_the_first_page_shows_text_within_the_type_area(document: Document) -> None:
    assert em_bottom(lines(document, "正文")[-1]) <= 262 + EXACT


def test_many_names_first_draw_together_and_then_shrink() -> None:
    def shape(name: str) -> tuple[float, float]:
        mark = composed(FIRST_PAGES[name]).shapes.mark
        return mark.size.pt, mark.pitch.pt / mark.size.pt

    (loose, full), (tight, drawn), (small, least) = map(shape, ("3 个机关", "五个机关和长标题", "六个短名称和长标题"))

    assert loose == tight == 32
    assert full == pytest.approx(1.38, abs=0.01)
    assert 1.15 < drawn < 1.37
    assert least == pytest.approx(1.15, abs=0.01)
    assert STYLESHEET.body.size.pt < small < 28


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("份号密级紧急", [("份号", "000001", 1), ("密级", "机密★1年", 2), ("紧急程度", "特急", 3)]),
        ("只有密级", [("密级", "机密", 2)]),
        ("只有紧急程度", [("紧急程度", "加急", 1)]),
        ("上行文三人", [("份号", "000012", 1), ("紧急程度", "特急", 2)]),
        ("单一机关", []),
    ],
)
def test_what_stands_at_the_upper_left_has_its_lines_of_the_grid(name: str, expected: list[tuple[str, str, int]]) -> None:
    placed = []
    for element in ("份号", "密级", "紧急程度"):
        for _, block in blocks(composed(FIRST_PAGES[name]), element):
            (line,) = block.lines
            assert line.runs[0].x == mm(28)
            assert line.runs[0].face == ("fangsong" if element == "份号" else "heiti")
            placed.append((element, line.text, 1 + (em_top(line) - 37) / LINE))

    assert placed == [(element, text, pytest.approx(line, abs=EXACT)) for element, text, line in expected]


def test_secrecy_without_a_period_is_spread_with_a_period_it_is_not() -> None:
    (bare,), (period,) = (lines(FIRST_PAGES[name], "密级") for name in ("只有密级", "份号密级紧急"))
    cell = STYLESHEET.cell.mm

    assert span(bare)[1] - span(bare)[0] == pytest.approx(3 * cell, abs=0.05)
    assert span(period)[1] - span(period)[0] < 5 * cell


@every(UPWARD)
def test_signers_begin_two_lines_below_the_mark_one_character_from_the_right(document: Document) -> None:
    signers = lines(document, "签发人")
    bottom = max(ink(line)[1] for line in lines(document, "发文机关标志"))

    assert em_top(signers[0]) - bottom == pytest.approx(2 * LINE, abs=EXACT)
    assert max(span(line)[1] for line in signers) == pytest.approx(184 - STYLESHEET.cell.mm, abs=0.05)
    assert "".join(line.text for line in signers) == "签发人：" + "".join(document.masthead.signers)


@every(UPWARD)
def test_the_number_stands_one_character_from_the_left_on_the_line_of_the_last_signer(document: Document) -> None:
    (number,), signers = lines(document, "发文字号"), lines(document, "签发人")

    assert number.runs[0].x.mm == pytest.approx(28 + STYLESHEET.cell.mm, abs=EXACT)
    assert number.baseline == signers[-1].baseline
    assert span(number)[1] + STYLESHEET.cell.mm <= signers[-1].runs[0].x.mm


def test_signers_stand_two_on_a_line_further_lines_under_the_first_name() -> None:
    first, second, third = lines(FIRST_PAGES["上行文五人"], "签发人")

    assert [line.text for line in (first, second, third)] == ["签发人：青某白某某", "玄某朱某某", "黄某"]
    assert first.runs[1].x == second.runs[0].x == third.runs[0].x
    assert first.runs[2].x == second.runs[1].x
    assert [run.face for run in first.runs] == ["fangsong", "kaiti", "kaiti"]
    assert (first.runs[2].x - first.runs[1].x - first.runs[1].width + first.runs[1].spacing).mm == pytest.approx(
        0.75 * STYLESHEET.cell.mm, abs=0.05
    )
    assert second.baseline - first.baseline == third.baseline - second.baseline == STYLESHEET.grid.line_pitch


def test_a_long_name_widens_its_own_column_alone() -> None:
    first, second = lines(FIRST_PAGES["上行文三人有复姓"], "签发人")

    assert [line.text for line in (first, second)] == ["签发人：青某某白某某", "欧阳某某"]
    assert first.runs[1].x == second.runs[0].x
    assert span(first)[1] == pytest.approx(184 - STYLESHEET.cell.mm, abs=0.05)


def test_names_of_signers_are_spread_to_three_characters() -> None:
    (line,) = lines(FIRST_PAGES["上行文一人"], "签发人")
    name = line.runs[1]

    assert name.text == "青某"
    assert (name.width - name.spacing).mm == pytest.approx(3 * STYLESHEET.cell.mm, abs=0.05)


def test_long_names_of_signers_stand_one_under_another() -> None:
    texts = [line.text for line in lines(FIRST_PAGES["上行文长姓名"], "签发人")]

    assert texts == ["签发人：阿某某·买某某提", "白某某"]


def test_a_joint_mark_stands_as_in_figure_3() -> None:
    """Fig. 3: ink from the left of its 版心, the pitch of the names, and what is white down to the title."""
    document = first_page("甲山市应急局", "乙山市", "丙山市公安局")
    (first, second, third), (suffix,) = names_and_suffix(document)
    (number,), title, rule = lines(document, "发文字号"), lines(document, "标题"), red_rule(document)
    bearing = 0.4

    assert [edge - 28 for edge in span(first)] == pytest.approx([15.6 - bearing, 101.3 + bearing], abs=1)
    assert [edge - 28 for edge in span(suffix)] == pytest.approx([112.2 - bearing, 141.2 + bearing], abs=1)
    assert [(b.baseline - a.baseline).mm for a, b in ((first, second), (second, third))] == pytest.approx([19.7] * 2, abs=0.2)
    assert ink(number)[0] - ink(third)[1] == pytest.approx(20.2, abs=1.5)
    assert rule.y.mm - ink(number)[1] == pytest.approx(4.5, abs=1)
    assert ink(title[0])[0] - rule.y.mm == pytest.approx(20.7, abs=1.5)


def test_number_and_two_signers_stand_as_in_figure_4() -> None:
    """Fig. 4, its ink from the left of its 版心: the number from 6.4 mm on, the signers from 91.2 to 150.4 mm."""
    document = FIRST_PAGES["上行文二人"]
    (number,), (signers,) = lines(document, "发文字号"), lines(document, "签发人")
    bearing = 0.4

    assert span(number)[0] - 28 + bearing == pytest.approx(6.4, abs=0.5)
    assert span(signers)[0] - 28 + bearing == pytest.approx(91.2, abs=0.5)
    assert span(signers)[1] - 28 - bearing == pytest.approx(150.4, abs=0.5)


def test_a_draft_leaves_a_blank_where_its_number_will_stand() -> None:
    assert lines(PAPERS["letter"], "发文字号")[0].text == "苏应急函〔2024〕　号"


def test_long_names_make_the_mark_smaller_and_short_ones_no_larger_than_the_figure() -> None:
    short, long = (lines(PAPERS[name], "发文机关标志")[0].runs[0].size for name in ("short", "circular"))

    assert long < short <= STYLESHEET.masthead.max_size
