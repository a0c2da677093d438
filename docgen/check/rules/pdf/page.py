"""Rules of paper, 版心 and grid, by what is drawn on the pages of a PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from docgen.check.finding import Found
from docgen.check.rules.pdf.expected import (
    TEXT,
    bottom_edge,
    chars_remedy,
    first_tops,
    hanzi,
    is_han,
    left_edge,
    mm_text,
    page_of,
    pages_text,
    pdf_of,
    pitch_remedy,
    pitches,
    right_edge,
    standard,
    start_of,
    text_lines,
    top_edge,
    top_remedy,
    where,
)
from docgen.check.seen import Box, Element, Paper, SeenLine, SeenPage
from docgen.units import mm

_HANGING = frozenset("，。、；：！？）》〉”’」』】〕,.;:!?)")
_OPENING = frozenset("（《〈“‘「『【〔(")
_FIRST = (*TEXT, "附件说明")
_NEAR = 0.5
"""Lines whose places differ by less, in mm, stand alike."""


def paper_is_a4(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.1: 公文用纸采用 A4 型纸，210 mm × 297 mm."""
    page, tolerance = standard().page, standard().tolerance.paper.mm
    wide, high = page.width.mm, page.height.mm
    odd = [
        seen
        for seen in pdf_of(paper).pages
        if abs(min(seen.width, seen.height) - wide) > tolerance
        or abs(max(seen.width, seen.height) - high) > tolerance
    ]
    if odd:
        size = f"{pages_text(seen.number for seen in odd)}纸张 {odd[0].width:.0f} × {odd[0].height:.0f} mm"
        yield Found(size, f"A4，{wide:g} × {high:g} mm", "把纸张改为 A4 后重新导出", page=odd[0].number)


def top_white(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.1: 公文用纸天头（上白边）为 37 mm ± 1 mm."""
    least, most = first_tops()
    odd = [line for line in _first_lines(paper) if not least <= min(g.ink.top for g in hanzi([line])) <= most]
    if odd:
        top = mm_text(odd[0].ink.top)
        found = f"{pages_text(line.page for line in odd)}首行字的上边缘距页边 {top}"
        yield where(odd[0], found, f"天头 {top_edge():g} mm ± 1 mm", top_remedy())


def _first_lines(paper: Paper) -> Iterator[SeenLine]:
    """Give the first line of each page but the first, where it is one of text."""
    for page in pdf_of(paper).pages[1:]:
        if not page.lines or page.turned or page.width > page.height:
            continue
        names = [element.name for element in paper.elements if page.lines[0] in element.lines]
        if names and names[0] in _FIRST and hanzi([page.lines[0]]):
            yield page.lines[0]


def binding_white(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.1: 公文用纸订口（左白边）为 28 mm ± 1 mm."""
    odd: list[tuple[float, SeenLine]] = []
    for page in pdf_of(paper).pages:
        flush = list(_flush_lines(paper, page))
        if flush and page.width <= page.height:
            edge = median(start_of(line) for line in flush)
            if abs(edge - left_edge()) > standard().tolerance.edge.mm:
                odd.append((edge, flush[0]))
    if odd:
        edge, line = odd[0]
        found = f"{pages_text(line.page for _, line in odd)}正文左边距页边 {mm_text(edge)}"
        yield where(line, found, f"订口 {left_edge():g} mm ± 1 mm", f"左边距改为 {left_edge():g} mm")


def _flush_lines(paper: Paper, page: SeenPage) -> Iterator[SeenLine]:
    """Give the lines of a page that go on a paragraph, and so start at the edge."""
    for element in paper.of("正文", "主送机关"):
        for line in element.lines[0 if element.name == "主送机关" else 1 :]:
            if line.page == page.number and line.turn == 0 and is_han(line.glyphs[0].char):
                yield line


def type_area(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.1: 版心尺寸为 156 mm × 225 mm; 7.5: 只有页码在版心之外."""
    apart = {id(line.glyphs[0]) for element in paper.of("页码", "发文机关标志") for line in element.lines}
    odd: list[tuple[SeenLine, Box]] = []
    for page in pdf_of(paper).pages:
        area = _area(paper, page)
        lines = [line for line in (*page.lines, *page.turned) if id(line.glyphs[0]) not in apart]
        odd += [(line, area) for line in lines if _is_out(line, area)][:1]
    if odd:
        out, area = odd[0]
        box, pages = out.ink, pages_text(line.page for line, _ in odd)
        found = f"{pages}文字出版心：左 {box.left:.1f}、上 {box.top:.1f}、右 {box.right:.1f}、下 {box.bottom:.1f} mm"
        expected = f"版心：左 {area.left:g}、上 {area.top:g}、右 {area.right:g}、下 {area.bottom:g} mm 之内"
        yield where(out, found, expected, "把出版心的文字移入版心，或核对页边距")


def _area(paper: Paper, page: SeenPage) -> Box:
    """The 版心 of a page; where its text starts too far to the left, the rule of 订口 says so."""
    style = standard()
    if page.width > page.height:
        return Box(page.height - bottom_edge(), left_edge(), page.height - top_edge(), right_edge())
    if paper.is_letter and page.number == 1:
        foot = style.page.height - style.letter.foot_white
        return Box(left_edge(), style.letter.mark_top.mm, right_edge(), foot.mm)
    flush = [start_of(line) for line in _flush_lines(paper, page)]
    return Box(min([left_edge(), *flush]), top_edge(), right_edge(), bottom_edge())


def _is_out(line: SeenLine, area: Box) -> bool:
    """Whether ink of a line is outside the area; marks may hang beyond the end of a line."""
    allowed = standard().tolerance.edge.mm
    glyphs = line.glyphs[:-1] if line.turn == 0 and line.glyphs[-1].char in _HANGING else line.glyphs
    return any(
        glyph.ink.left < area.left - allowed
        or glyph.ink.top < area.top - allowed
        or glyph.ink.right > area.right + allowed
        or glyph.ink.bottom > area.bottom + allowed + standard().tolerance.bearing.mm
        for glyph in glyphs
    )


def lines_of_a_page(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.3: 一般每面排 22 行，并撑满版心."""
    expected = standard().grid.lines
    for page in pdf_of(paper).pages[1:]:
        lines = _full_page(paper, page)
        if lines is None or len(lines) == expected:
            continue
        least, most = pitches()
        steps = [b.baseline - a.baseline for a, b in pairwise(lines)]
        is_kept_whole = len(lines) == expected - 1 and least <= median(steps) <= most
        if not is_kept_whole:
            yield Found(
                f"第 {page.number} 页排了 {len(lines)} 行",
                f"满页 {expected} 行",
                pitch_remedy(),
                page=page.number,
            )


def _full_page(paper: Paper, page: SeenPage) -> list[SeenLine] | None:
    """Give the lines of a page that holds nothing but text from top to bottom; None of any other."""
    elements = [
        element for element in paper.elements if any(line.page == page.number for line in element.lines)
    ]
    text = [element for element in elements if element.name != "页码"]
    below = [element.name for element in paper.elements if element.page == page.number + 1]
    if not text or any(element.name not in TEXT for element in text) or page.turned or "署名" in below:
        return None
    goes_on = any(line.page > page.number for line in text[-1].lines) and text[0].page is not None
    return (
        [line for element in text for line in element.lines if line.page == page.number] if goes_on else None
    )


def characters_of_a_line(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.3: 一般每行排 28 个字."""
    expected = standard().grid.chars
    full = [line for element in paper.of("正文") for line in element.lines[1:-1] if _is_plain(line)]
    if not full:
        return
    count, times = Counter(len(line.glyphs) for line in full).most_common(1)[0]
    is_few = len(full) < 3 and abs(count - expected) <= 1
    if count != expected and not is_few and times * 2 >= len(full):
        line = next(line for line in full if len(line.glyphs) == count)
        yield where(
            line,
            f"满行排 {count} 字",
            f"满行 {expected} 字",
            chars_remedy(),
        )


def _is_plain(line: SeenLine) -> bool:
    """Whether every character of a line takes a whole cell, and it does not hang."""
    return line.turn == 0 and all(is_han(glyph.char) for glyph in line.glyphs)


def line_pitch(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.3: 22 行撑满版心，行距一致."""
    least, most = pitches()
    steps: list[tuple[float, SeenLine]] = []
    for element in paper.of("正文"):
        steps += [
            (b.baseline - a.baseline, b)
            for a, b in pairwise(element.lines)
            if a.page == b.page and not b.turn
        ]
    if not steps:
        return
    usual = median(step for step, _ in steps)
    odd = [(step, line) for step, line in steps if abs(step - usual) > _NEAR]
    if not least <= usual <= most:
        found, line = f"正文行距 {mm(usual).pt:.2f} 磅", steps[0][1]
    elif odd:
        found, line = f"此行距上一行 {mm(odd[0][0]).pt:.2f} 磅，别处 {mm(usual).pt:.2f} 磅", odd[0][1]
    else:
        return
    expected = f"行距一致，{mm(least).pt:.2f} 到 {mm(most).pt:.2f} 磅"
    yield where(line, found, expected, "段落行距设为固定值，段前、段后为 0")


def body_on_first_page(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.3: 公文首页必须显示正文."""
    if paper.first("标题") is None or paper.first("发文机关标志") is None:
        return
    if not any(line.page == 1 for line in text_lines(paper)):
        yield Found("首页没有正文", "首页必须显示正文", "缩小发文机关标志或减少版头、标题行数", page=1)


def text_is_indented(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.3: 每个自然段左空二字，回行顶格."""
    edge = _edge(paper)
    tolerance = standard().tolerance.indent.mm
    indent = (standard().cell * standard().body.indent_chars).mm
    for element in paper.of(*TEXT):
        if any(line.turn for line in element.lines) or page_of(paper, element.lines[0].page).width > 250:
            continue
        yield from _indent_faults(element, edge, indent, tolerance)


def _edge(paper: Paper) -> float:
    """The edge that the text itself keeps; whether it is the right one, another rule says."""
    starts = [start_of(line) for page in pdf_of(paper).pages for line in _flush_lines(paper, page)]
    return median(starts) if starts else left_edge()


def _indent_faults(element: Element, edge: float, indent: float, tolerance: float) -> Iterator[Found]:
    half = standard().cell.mm / 2
    for at, line in enumerate(element.lines):
        expected = indent if at == 0 else 0.0
        off = start_of(line) - edge - expected
        may_stand_out = half if line.glyphs[0].char in _OPENING else 0.0
        if off > tolerance or off < -tolerance - may_stand_out:
            what = "段首左空二字" if at == 0 else "回行顶格"
            found = f"此行左空 {mm_text(start_of(line) - edge)}（{(start_of(line) - edge) / standard().cell.mm:.1f} 字）"
            yield where(
                line, found, f"{what}（{expected:.1f} mm）", "首行缩进 2 字符，左缩进 0，删去段首空格"
            )
            return


def numbers_stay_whole(paper: Paper) -> Iterator[Found]:
    """实务：数字、年份不回行拆开."""
    for element in paper.of(*TEXT):
        for above, below in pairwise(element.lines):
            last, first = above.glyphs[-1].char, below.glyphs[0].char
            if last.isdigit() and (first.isdigit() or first in "年月日％%‰"):
                found = f"“{above.text[-6:]}”与“{below.text[:4]}”分在两行"
                yield where(above, found, "一个数、一个年份排在同一行", "微调字距，使数字不拆开")
