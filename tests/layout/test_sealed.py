"""署名 under seals (7.3.5.1): where names and date stand, and that a seal has its room upon each name."""

from __future__ import annotations

import itertools
from math import hypot

import pytest

from docgen.gongwen import Document, Sealing, Signatures
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Pages
from docgen.layout.signatures import SealCircle, seal_circles
from docgen.units import Length, mm
from tests.closings import AGENCIES, CLOSINGS, DATE, signed
from tests.papers import (
    BUREAU,
    PAPERS,
    REGULATOR,
    STYLESHEET,
    blocks,
    composed,
    lines_of_hanzi,
    page_lines,
    paper,
)

LEFT, RIGHT, TOP, BOTTOM = mm(28), mm(184), mm(37), mm(262)
SIZE, LINE = STYLESHEET.body.size, STYLESHEET.grid.line_pitch
SEALED = {
    name: document
    for name, document in (CLOSINGS | PAPERS).items()
    if document.signatures.sealing is Sealing.SEALED
}
EVERY = pytest.mark.parametrize("document", SEALED.values(), ids=SEALED)


def right_end(line: Line) -> Length:
    """The right edge of a line's last character, its spacing left out."""
    return line.runs[-1].x + line.runs[-1].width - line.runs[-1].spacing


def middle(line: Line) -> Length:
    return (line.runs[0].x + right_end(line)) / 2


def em_box(line: Line) -> tuple[float, float, float, float]:
    """The box of a line's characters in mm: left, top, right, bottom."""
    top = line.baseline - SIZE * EM_ASCENT
    return line.runs[0].x.mm, top.mm, right_end(line).mm, (top + SIZE).mm


def is_under(line: Line, circle: SealCircle) -> bool:
    """Whether a seal covers some of a line."""
    left, top, right, bottom = em_box(line)
    x, y = min(max(circle.x.mm, left), right), min(max(circle.y.mm, top), bottom)
    return hypot(circle.x.mm - x, circle.y.mm - y) < circle.diameter.mm / 2


def names_and_circles(pages: Pages) -> list[tuple[tuple[Line, ...], SealCircle]]:
    names = [block.lines for _, block in blocks(pages, "署名")]
    return list(zip(names, seal_circles(pages, STYLESHEET), strict=True))


@EVERY
def test_every_name_has_a_seal_and_they_follow_the_order_of_the_agencies(document: Document) -> None:
    pages = composed(document)
    names = ["".join(line.text for line in lines) for lines, _ in names_and_circles(pages)]
    circles = seal_circles(pages, STYLESHEET)

    assert names == list(document.signatures.names)
    assert list(circles) == sorted(circles, key=lambda circle: (circle.y, circle.x))


@EVERY
def test_seals_are_as_wide_as_asked_and_neither_touch_nor_leave_the_type_area(document: Document) -> None:
    circles = seal_circles(composed(document), STYLESHEET)
    asked = document.signatures.seal_diameter
    for circle in circles:
        half = circle.diameter / 2
        assert circle.diameter == (mm(asked) if asked else mm(42))
        assert circle.x - half >= LEFT
        assert circle.x + half <= RIGHT
        assert circle.y - half >= TOP
        assert circle.y + half <= BOTTOM
    for one, other in itertools.combinations(circles, 2):
        assert hypot(one.x.mm - other.x.mm, one.y.mm - other.y.mm) >= one.diameter.mm + 1.19


@EVERY
def test_the_first_seals_begin_within_one_line_of_the_text(document: Document) -> None:
    pages = composed(document)
    first = seal_circles(pages, STYLESHEET)[0]
    texts = [
        block for element in ("正文", "附件说明") for at, block in blocks(pages, element) if at == first.page
    ]
    text_bottom = max(em_box(line)[3] for block in texts for line in block.lines)

    assert 0 < (first.y - first.diameter / 2).mm - text_bottom <= 10.39 + 0.001


@EVERY
def test_a_seal_covers_its_own_name_and_the_last_one_the_date_and_nothing_else(document: Document) -> None:
    pages = composed(document)
    circles = seal_circles(pages, STYLESHEET)
    own = [*(set(lines) for lines, _ in names_and_circles(pages))]
    own[-1] |= set(blocks(pages, "成文日期")[0][1].lines)
    for circle, covered in zip(circles, own, strict=True):
        page = pages.pages[circle.page - 1]
        assert [
            line.text for line in page_lines(page) if is_under(line, circle) and line not in covered
        ] == []
        assert all(is_under(line, circle) for line in covered)


@EVERY
def test_a_seal_is_centred_over_its_name_which_stands_below_its_middle(document: Document) -> None:
    for lines, circle in names_and_circles(composed(document)):
        last = em_box(lines[-1])
        assert all(middle(line).mm == pytest.approx(circle.x.mm, abs=0.02) for line in lines)
        assert (last[1] + last[3]) / 2 > circle.y.mm


@pytest.mark.parametrize("name", ["sealed by 1, 42 mm", "sealed by 4, 50 mm", "sealed by 6, 60 mm"])
def test_name_and_date_stand_in_the_lower_half_of_the_last_seal(name: str) -> None:
    pages = composed(CLOSINGS[name])
    lines, circle = names_and_circles(pages)[-1]
    ((_, date),) = blocks(pages, "成文日期")

    assert em_box(lines[0])[1] >= circle.y.mm
    assert em_box(date.lines[0])[3] == pytest.approx((circle.y + circle.diameter / 2).mm, abs=0.02)


@EVERY
def test_the_date_stands_under_the_last_name_four_characters_in_from_the_right(document: Document) -> None:
    """A row of three large seals needs it up to 2 mm further out (一般右空四字)."""
    pages = composed(document)
    ((_, date),) = blocks(pages, "成文日期")
    (_, last_name) = blocks(pages, "署名")[-1]
    out = (STYLESHEET.cell * 4 - (RIGHT - right_end(date.lines[0]))).mm

    assert -0.02 <= out <= 2.0
    assert middle(date.lines[0]).mm == pytest.approx(middle(last_name.lines[-1]).mm, abs=0.02)
    assert date.lines[0].baseline - last_name.lines[-1].baseline == LINE


@EVERY
def test_names_end_alike_in_their_row_and_keep_apart_within_the_type_area(document: Document) -> None:
    rows = itertools.groupby(names_and_circles(composed(document)), key=lambda pair: pair[1].y)
    for row in ([lines for lines, _ in group] for _, group in rows):
        assert len({lines[-1].baseline for lines in row}) == 1
        assert min(line.runs[0].x for lines in row for line in lines) >= LEFT
        assert max(right_end(line) for lines in row for line in lines) <= RIGHT
        for one, other in itertools.pairwise(row):
            gap = min(line.runs[0].x for line in other) - max(map(right_end, one))
            assert gap.mm >= STYLESHEET.cell.mm - 0.02


def rows_of(count: int, diameter: int) -> list[int]:
    """How many seals each row of so many has."""
    circles = seal_circles(composed(signed(AGENCIES[:count], diameter=diameter)), STYLESHEET)
    return [len(list(row)) for _, row in itertools.groupby(circles, key=lambda circle: circle.y)]


@pytest.mark.parametrize(
    ("count", "diameter", "rows"),
    [
        (2, 60, [2]),
        (3, 42, [3]),
        (3, 45, [3]),
        (3, 50, [2, 1]),
        (4, 42, [2, 2]),
        (5, 42, [3, 2]),
        (5, 50, [3, 2]),
        (6, 42, [3, 3]),
        (6, 50, [2, 2, 2]),
        (6, 60, [2, 2, 2]),
    ],
)
def test_more_seals_than_a_row_holds_stand_in_rows_of_at_most_three(
    count: int, diameter: int, rows: list[int]
) -> None:
    assert rows_of(count, diameter) == rows


def test_two_seals_under_three_are_spread_about_the_middle() -> None:
    circles = seal_circles(composed(signed(AGENCIES[:5], diameter=50)), STYLESHEET)

    assert circles[1].x == (LEFT + RIGHT) / 2
    assert ((circles[3].x + circles[4].x) / 2).mm == pytest.approx(((LEFT + RIGHT) / 2).mm, abs=0.02)


def test_rows_of_as_many_seals_stand_in_columns() -> None:
    circles = seal_circles(composed(signed(AGENCIES, diameter=42)), STYLESHEET)

    assert [circle.x for circle in circles[:3]] == [circle.x for circle in circles[3:]]


def test_two_seals_in_a_row_stand_side_by_side_as_the_standard_draws_them() -> None:
    one, other = seal_circles(composed(signed(("甲山市公安局", "甲山市财政局"), diameter=50)), STYLESHEET)

    assert (other.x - one.x - mm(50)).mm == pytest.approx(1.2, abs=0.01)


def test_a_name_too_wide_for_its_place_is_broken_behind_its_head_office() -> None:
    """At 右空四字 the whole of it would stand 3 mm out of the 版心."""
    for names in ((REGULATOR,), (BUREAU, REGULATOR), (REGULATOR, BUREAU)):
        pages = composed(paper("正文。", signatures=Signatures(names, DATE)))
        broken = [[line.text for line in block.lines] for _, block in blocks(pages, "署名")]

        assert ["国家金融监督管理总局", "苏州监管分局"] in broken


def test_a_paper_without_seals_has_no_circles() -> None:
    assert seal_circles(composed(CLOSINGS["unsealed by 2"]), STYLESHEET) == ()


def test_more_seals_than_a_page_holds_are_refused_in_the_clerks_words() -> None:
    with pytest.raises(ValueError, match="一页放不下，请减少署名机关，或减小印章直径"):
        composed(signed(AGENCIES * 2, diameter=60))


@pytest.mark.parametrize("names", [AGENCIES[:1], AGENCIES[:2], AGENCIES[:5]])
@pytest.mark.parametrize("sealing", Sealing)
def test_signatures_share_a_page_with_text_however_long_it_is(
    names: tuple[str, ...], sealing: Sealing
) -> None:
    for before in range(1, 24):
        for note in (None, PAPERS["circular"].annex_note):
            pages = composed(
                paper(lines_of_hanzi(before), signatures=Signatures(names, DATE, sealing), annex_note=note)
            )
            (page,) = {number for number, _ in blocks(pages, "署名")}
            above = {number for number, _ in blocks(pages, "附件说明" if note else "正文")}

            assert page in above
            assert {number for number, _ in blocks(pages, "成文日期")} == {page}
