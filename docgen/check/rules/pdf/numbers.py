"""Rules of page numbers, by what is drawn in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.pdf.expected import (
    bottom_edge,
    class_of,
    left_edge,
    mm_text,
    page_of,
    pages_text,
    pdf_of,
    right_edge,
    standard,
)
from docgen.check.seen import Element, Paper

_FORM = re.compile(r"— ?\d+ ?—")
_DASH = "—"
_IMPRINT = ("版记主送", "抄送", "印发机关", "印发日期")


def number_form(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.5: 页码一般用 4 号半角宋体阿拉伯数字，数字左右各放一条一字线."""
    size = standard().page_number.size.pt
    odd: list[tuple[str, Element]] = []
    for number in paper.of("页码"):
        glyph = next(glyph for glyph in number.lines[0].glyphs if glyph.char.isdigit())
        if not _FORM.fullmatch(number.text.strip()):
            odd.append((f"页码写作“{number.text}”", number))
        elif abs(glyph.size - size) > standard().tolerance.drawn_size.pt:
            odd.append((f"页码 {glyph.size:g} 磅", number))
        elif class_of(glyph.font) not in ("宋体", ""):
            odd.append((f"页码用{class_of(glyph.font)}", number))
    if odd:
        found, number = odd[0]
        pages = pages_text(number.lines[0].page for _, number in odd)
        yield at(number, f"{pages}{found}", f"4 号（{size:g} 磅）半角宋体，如“— 1 —”", "改正页码的写法和字体")


def number_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.5: 一字线上距版心下边缘 7 mm; 单页码居右空一字，双页码居左空一字."""
    style = standard()
    for number in paper.of("页码"):
        line = number.lines[0]
        page = page_of(paper, line.page)
        if page.width > page.height:
            continue
        dash = next((glyph for glyph in line.glyphs if glyph.char == _DASH), None)
        down = (
            (dash.ink.top + dash.ink.bottom) / 2 - bottom_edge() if dash else style.page_number.dash_below.mm
        )
        if abs(down - style.page_number.dash_below.mm) > style.tolerance.edge.mm:
            found = f"页码的一字线在版心下边缘下 {mm_text(down)}"
            yield at(number, found, f"{style.page_number.dash_below.mm:g} mm", "调整页脚距页边的距离")
            return
        is_odd = _value(number) % 2 == 1
        white = right_edge() - line.ink.right if is_odd else line.ink.left - left_edge()
        if not style.tolerance.number_side_least.mm <= white <= style.tolerance.number_side_most.mm:
            side = "右" if is_odd else "左"
            yield at(
                number,
                f"页码距版心{side}边缘 {mm_text(white)}",
                f"{'单' if is_odd else '双'}页居{side}空一字",
                "奇偶页页脚分设",
            )
            return


def _value(number: Element) -> int:
    return int(re.sub(r"\D", "", number.text) or 0)


def blank_pages_bear_none(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.5: 公文的版记页前有空白页的，空白页和版记页均不编排页码."""
    imprint = next(iter(paper.of(*_IMPRINT)), None)
    if imprint is None or imprint.page is None or imprint.page < 2 or not _is_blank(paper, imprint.page - 1):
        return
    for number in paper.of("页码"):
        if number.page in (imprint.page, imprint.page - 1):
            what = "版记页" if number.page == imprint.page else "空白页"
            yield at(number, f"{what}有页码“{number.text}”", "空白页和版记页均不编排页码", "删去这一页的页码")


def _is_blank(paper: Paper, number: int) -> bool:
    page = page_of(paper, number)
    lines = {id(line) for element in paper.of("页码") for line in element.lines}
    return not page.turned and all(id(line) in lines for line in page.lines)


def numbers_go_on(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.5: 页码连续; 公文的附件与正文一起装订时，页码应当连续编排."""
    numbers = {number.lines[0].page: number for number in paper.of("页码")}
    count = len(pdf_of(paper).pages)
    if not numbers:
        if count > 1 and paper.first("发文机关标志") is not None and not (paper.is_letter and count == 2):
            yield Found("没有页码", "每页编排页码", "在页脚加页码")
        return
    first = min(numbers)
    offset = _value(numbers[first]) - first
    for page, number in sorted(numbers.items()):
        if _value(number) - page != offset:
            yield at(number, f"第 {page} 页的页码是 {_value(number)}", f"{page + offset}", "各节的页码续前节")
            return
    bare = [page for page in range(1, count + 1) if page not in numbers and not _may_be_bare(paper, page)]
    if bare:
        yield Found(f"{pages_text(bare)}没有页码", "页码连续", "在这些页的页脚加页码", page=bare[0])


def _may_be_bare(paper: Paper, number: int) -> bool:
    """Whether a page may go without a number: a letter's first, a blank one before 版记, and the page of 版记 after it."""
    if paper.is_letter and (number == 1 or len(pdf_of(paper).pages) == 2):
        return True
    page = page_of(paper, number)
    if _is_blank(paper, number) or page.width > page.height:
        return True
    return number > 1 and _is_blank(paper, number - 1)
