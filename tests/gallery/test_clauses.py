"""Clause distances of GB/T 9704-2012 on every finished case: the PDF within 0.5 mm, the DOCX in LibreOffice within 1 mm."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from docgen.gongwen import Format
from docgen.layout.pages import TextBlock
from tests.gallery.cases import CASES, case
from tests.gallery.conftest import Finished
from tests.measured import Box, Mark, Sheet
from tests.papers import bare, running_lines

Read = Callable[[str], list[Sheet]]

EM_ASCENT = 0.88 * 16 * 25.4 / 72
"""From the upper edge of a character of 三号 down to its baseline, in mm."""
RULE_WEIGHT = 1.5 * 25.4 / 72
RED = (255, 0, 0)
FILES = [name for name in CASES if case(name).document.format is Format.FILE]
ON_GRID = [name for name in CASES if case(name).stylesheet.grid.lead]
"""The cases whose first line stands at 37 mm; the profile visual has its margins there, and the line lower."""


@pytest.fixture(params=[("PDF", 0.5), ("DOCX", 1.0)], ids=lambda kind: kind[0])
def kind(request: pytest.FixtureRequest) -> tuple[str, float]:
    """What is measured, and within how many mm it must agree."""
    found: tuple[str, float] = request.param
    return found


@pytest.fixture
def slack(kind: tuple[str, float]) -> float:
    return kind[1]


@pytest.fixture
def read(kind: tuple[str, float], finished: dict[str, Finished], drawn: dict[str, list[Sheet]]) -> Read:
    return (lambda name: drawn[name]) if kind[0] == "PDF" else (lambda name: finished[name].office)


def rows(sheet: Sheet) -> list[list[Mark]]:
    """The characters of each line, from left to right."""
    found: list[list[Mark]] = []
    for mark in sorted(sheet.marks, key=lambda mark: mark.baseline):
        near = found and abs(found[-1][0].baseline - mark.baseline) < 0.8
        if near:
            found[-1].append(mark)
        else:
            found.append([mark])
    return [sorted(row, key=lambda mark: mark.x) for row in found]


def is_upright(sheet: Sheet) -> bool:
    """Whether it is no turned page of a DOCX; those are measured beside the other turned tables."""
    return sheet.width < sheet.height


def red(sheet: Sheet) -> list[Box]:
    return sorted((box for box in sheet.boxes if box.colour == RED), key=lambda box: box.middle)


@pytest.mark.parametrize("name", CASES)
def test_every_line_stands_where_it_was_composed(name: str, read: Read, slack: float) -> None:
    for sheet, page in zip(read(name), case(name).pages.pages, strict=True):
        found = {"".join(mark.char for mark in row): row[0] for row in rows(sheet)}
        for block in page.blocks:
            if not isinstance(block, TextBlock):
                continue
            for line in block.lines:
                words = bare(line.text)
                start = next((mark for text, mark in found.items() if text == words), None)
                if start is not None:
                    assert start.baseline == pytest.approx(line.baseline.mm, abs=slack), words
                    assert start.x == pytest.approx(line.runs[0].x.mm, abs=slack), words


@pytest.mark.parametrize("name", ON_GRID)
def test_full_pages_begin_at_the_top_white_and_have_22_lines_a_pitch_apart(name: str, read: Read, slack: float) -> None:
    """5.2.1: 天头 37 mm; 5.2.3: 22 lines, which fill the 版心."""
    for sheet, page in zip(read(name), case(name).pages.pages, strict=True):
        if len([*running_lines(page)]) != 22:
            continue
        heights = [row[0].baseline for row in rows(sheet)][:-1]
        assert len(heights) == 22
        assert heights[0] - EM_ASCENT == pytest.approx(37, abs=slack)
        assert all(below - above == pytest.approx(10.39, abs=0.1) for above, below in itertools.pairwise(heights))


@pytest.mark.parametrize("name", CASES)
def test_text_stands_in_the_type_area(name: str, read: Read, slack: float) -> None:
    """5.2.1: 订口 28 mm, 版心 156 mm; a hung mark may stand outside at the right."""
    for sheet in filter(is_upright, read(name)):
        inside = [mark for mark in sheet.marks if mark.char not in "、，。；："]
        assert min((mark.left for mark in inside), default=28) >= 28 - slack
        assert max((mark.right for mark in inside), default=184) <= 184 + slack


@pytest.mark.parametrize("name", FILES)
def test_the_mark_and_the_red_rule_stand_where_the_standard_puts_them(name: str, read: Read, slack: float) -> None:
    """7.2.4: the mark 35 mm under the 版心's upper edge; 7.2.7: the rule as long as the 版心, 4 mm under the number."""
    sheet = read(name)[0]
    above = {"".join(mark.char for mark in row): row for row in rows(sheet)}
    first = case(name).document.masthead.issuers[0][:3]
    mark = next(row for text, row in above.items() if text.startswith(first))
    number = next(row for text, row in above.items() if "〔2024〕" in text)
    rule = min((box for box in sheet.boxes if box.width > 150), key=lambda box: box.middle)
    under = max(one.bottom for one in number if one.char in "〔〕")

    assert min(one.top for one in mark) == pytest.approx(37 + 35, abs=slack)
    assert rule.width == pytest.approx(156, abs=1.1), "a border is seen with its round ends"
    assert rule.left == pytest.approx(28, abs=0.6)
    assert rule.middle - RULE_WEIGHT / 2 - under == pytest.approx(4, abs=slack)


@pytest.mark.parametrize("name", [name for name in CASES if name not in FILES])
def test_a_letters_red_double_lines_stand_where_the_standard_puts_them(
    name: str, read: Read, kind: tuple[str, float], slack: float
) -> None:
    """10.1: the mark 30 mm from the page's upper edge; lines of 170 mm, the lower ones 20 mm from the lower edge."""
    sheet = read(name)[0]
    lines = red(sheet)

    assert len(lines) == 4
    assert [line.width for line in lines] == pytest.approx([170] * 4, abs=slack)
    assert [line.left for line in lines] == pytest.approx([20] * 4, abs=slack)
    assert min(mark.top for mark in sheet.marks) == pytest.approx(30, abs=slack)
    assert lines[-1].bottom == pytest.approx(297 - 20, abs=slack)
    if kind[0] == "PDF":  # LibreOffice draws the stand-in of 小标宋 by another face, whose ink reaches lower
        assert lines[0].top - max(mark.bottom for mark in rows(sheet)[0]) == pytest.approx(4, abs=slack)


@pytest.mark.parametrize("name", FILES)
def test_the_imprint_ends_at_the_foot_of_the_last_even_page(name: str, read: Read, slack: float) -> None:
    """7.4: the last rule on the lower edge of the 版心, at 262 mm, as long as the 版心."""
    last = max(read(name)[-1].boxes, key=lambda box: box.bottom)

    assert last.bottom == pytest.approx(262, abs=slack)
    assert last.width == pytest.approx(156, abs=slack)


@pytest.mark.parametrize("name", CASES)
def test_page_numbers_stand_7_mm_under_the_type_area_on_the_outer_side(name: str, read: Read, slack: float) -> None:
    """7.5: the dashes at 269 mm, a character of 四号 in from the side; odd pages at the right, even ones at the left."""
    for sheet, page in zip(read(name), case(name).pages.pages, strict=True):
        if not is_upright(sheet):
            continue
        below = sorted((mark for mark in sheet.marks if mark.baseline > 268.5 and mark.top < 275), key=lambda mark: mark.x)
        text = "".join(mark.char for mark in below)
        assert text == (f"—{page.number}—" if page.page_number else ""), page.number
        if below:
            assert (below[0].top + below[0].bottom) / 2 == pytest.approx(269, abs=slack)
            side = 184 - below[-1].right if page.number % 2 else below[0].left - 28
            assert side == pytest.approx(4.94, abs=slack)
