"""署名 without seals (7.3.5.2), and 职务 beside the room for a 签名章 (7.3.5.3)."""

from __future__ import annotations

import itertools

import pytest

from docgen.gongwen import Sealing
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Pages
from docgen.units import Length, mm
from tests.closings import AGENCIES, CLOSINGS, POSTS, signed
from tests.papers import STYLESHEET, blocks, composed

LEFT, RIGHT = mm(28), mm(184)
SIZE, LINE, CELL = STYLESHEET.body.size, STYLESHEET.grid.line_pitch, STYLESHEET.cell
STYLE = STYLESHEET.signature


def right_white(line: Line) -> float:
    """How many mm are white between a line and the right of the 版心."""
    end = line.runs[-1].x + line.runs[-1].width - line.runs[-1].spacing
    return (RIGHT - end).mm


def white_between(upper: Line, lower: Line) -> float:
    """How many mm are white between two lines."""
    return (lower.baseline - upper.baseline - SIZE).mm


def closing(pages: Pages) -> tuple[Line, list[list[Line]], Line]:
    """The last line of the text, the names' lines, and the date."""
    ((number, date),) = blocks(pages, "成文日期")
    (text,) = [block for at, block in blocks(pages, "正文") if at == number]
    return text.lines[-1], [list(block.lines) for _, block in blocks(pages, "署名")], date.lines[0]


def test_a_name_without_seal_stands_a_line_below_the_text_two_characters_in() -> None:
    text, ((name,),), date = closing(composed(CLOSINGS["unsealed"]))

    assert white_between(text, name) == pytest.approx(LINE.mm, abs=0.01)
    assert right_white(name) == pytest.approx((CELL * 2).mm, abs=0.02)
    assert date.runs[0].x - name.runs[0].x == CELL * 2
    assert date.baseline - name.baseline == LINE


def test_a_date_longer_than_the_name_ends_two_characters_in_and_moves_the_name() -> None:
    _, ((name,),), date = closing(composed(CLOSINGS["unsealed, short name"]))

    assert right_white(date) == pytest.approx((CELL * 2).mm, abs=0.02)
    assert date.runs[0].x - name.runs[0].x == CELL * 2
    assert right_white(name) > (CELL * 2).mm


@pytest.mark.parametrize("count", range(2, 7))
def test_names_without_seals_stand_under_the_lead_agencys_spread_to_one_width(count: int) -> None:
    text, names, date = closing(composed(CLOSINGS[f"unsealed by {count}"]))

    assert ["".join(line.text for line in name) for name in names] == list(AGENCIES[:count])
    assert {name[0].runs[0].x for name in names} == {names[0][0].runs[0].x}
    assert all(right_white(name[0]) == pytest.approx((CELL * 2).mm, abs=0.02) for name in names)
    assert white_between(text, names[0][0]) == pytest.approx(LINE.mm, abs=0.01)
    assert all(b[0].baseline - a[0].baseline == LINE for a, b in itertools.pairwise([*names, [date]]))
    assert date.runs[0].x - names[0][0].runs[0].x == CELL * 2


def test_two_short_names_stand_over_a_longer_date_as_the_standard_draws_them() -> None:
    """图9: names 94.9–132.9 mm from the left of the 版心, date 12.6 mm from its right."""
    _, names, date = closing(composed(CLOSINGS["unsealed by two short names"]))

    assert right_white(date) == pytest.approx(12.6, abs=1.5)
    assert (date.runs[0].x - names[0][0].runs[0].x).mm == pytest.approx(10.9, abs=1.5)


def test_a_name_wider_than_the_page_is_broken_and_keeps_within_the_type_area() -> None:
    _, ((first, *more),), _ = closing(
        composed(signed(("甲山市示例工作领导小组办公室" * 3,), Sealing.UNSEALED))
    )

    assert more
    assert all(line.runs[0].x == first.runs[0].x >= LEFT for line in more)
    assert min(map(right_white, (first, *more))) == pytest.approx((CELL * 2).mm, abs=0.02)


def stamps(pages: Pages) -> list[tuple[Length, Length, Length, Length]]:
    """The rooms for 签名章 on the page: left, top, right, bottom."""
    shape = pages.shapes.signatures
    ((_, date),) = blocks(pages, "成文日期")
    top = date.lines[0].baseline - (LINE - SIZE) / 2 - SIZE * EM_ASCENT - shape.texts[-1].lines[0].top
    rooms = [(LEFT + room.x, top + room.y, room.width, room.height) for room in shape.stamps]
    return [(x, y, x + width, y + height) for x, y, width, height in rooms]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_post_stands_two_characters_left_of_its_stamp_and_level_with_it(count: int) -> None:
    pages = composed(CLOSINGS[f"stamped by {count}"])
    _, posts, _ = closing(pages)

    assert ["".join(line.text for line in post) for post in posts] == list(POSTS[:count])
    for post, (left, top, right, bottom) in zip(posts, stamps(pages), strict=True):
        middle = (post[0].baseline + post[-1].baseline) / 2 + SIZE * (0.5 - EM_ASCENT)
        assert (right - left, bottom - top) == (STYLE.stamp_width, STYLE.stamp_height)
        assert (RIGHT - right).mm == pytest.approx((CELL * 4).mm, abs=0.01)
        assert middle.mm == pytest.approx(((top + bottom) / 2).mm, abs=0.01)
        gaps = [left - line.runs[-1].x - line.runs[-1].width + line.runs[-1].spacing for line in post]
        assert [gap.mm for gap in gaps] == pytest.approx([(CELL * 2).mm] * len(post), abs=0.02)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_stamps_stand_two_lines_below_the_text_and_one_above_the_date(count: int) -> None:
    pages = composed(CLOSINGS[f"stamped by {count}"])
    text, _, date = closing(pages)
    rooms = stamps(pages)
    text_bottom = text.baseline + SIZE * (1 - EM_ASCENT)
    date_top = date.baseline - SIZE * EM_ASCENT

    assert (rooms[0][1] - text_bottom).mm == pytest.approx((LINE * 2).mm, abs=0.01)
    assert (date_top - rooms[-1][3]).mm == pytest.approx(LINE.mm, abs=0.01)
    assert right_white(date) == pytest.approx((CELL * 4).mm, abs=0.02)
    assert all(other[1] > one[3] for one, other in itertools.pairwise(rooms))


def test_a_stamped_paper_is_issued_by_the_agencies_of_its_mark_and_not_by_the_posts() -> None:
    assert composed(CLOSINGS["stamped by 2"]).issuers == CLOSINGS["stamped by 2"].masthead.issuers
