"""Rules of 版记, by what is drawn in a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.pdf.expected import (
    bottom_edge,
    box_of,
    hanzi,
    left_edge,
    mm_text,
    page_of,
    right_edge,
    standard,
    start_of,
    type_fault,
    where,
)
from docgen.check.seen import Element, Paper, SeenRule

_NAMES = ("版记主送", "抄送", "印发机关", "印发日期")
_PRINTED = ("印发机关", "印发日期")
_ABOVE = 7.0
_LONG = 90.0
_COLONS = "：:"


def rules_of(paper: Paper) -> list[SeenRule]:
    """Give the long rules of 版记, from the top: those from just above its first element on."""
    elements = paper.of(*_NAMES)
    if not elements:
        return []
    page = page_of(paper, elements[0].lines[0].page)
    top = min(box_of(element).top for element in elements) - _ABOVE
    return [
        rule
        for rule in page.rules
        if rule.box.width > _LONG and rule.box.width > rule.box.height and rule.box.top > top
        and not (paper.is_letter and page.number == 1 and rule.box.top > bottom_edge())
    ]  # fmt: skip


def _one(element: Element) -> float:
    """One character of 版记 in mm."""
    return standard().imprint.size.mm


def imprint_rules(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.1: 版记分隔线与版心等宽，首条和末条用粗线（0.35 mm），中间的用细线（0.25 mm）."""
    elements = paper.of(*_NAMES)
    if not elements or paper.is_letter:
        return
    rules, style = rules_of(paper), standard()
    groups = len({"印发" if element.name in _PRINTED else "送" for element in elements})
    if len(rules) < groups + 1:
        yield at(
            elements[0], f"版记有 {len(rules)} 条分隔线", f"{groups + 1} 条：首、末条粗，中间细", "补上分隔线"
        )
        return
    for place, rule in enumerate(rules):
        is_outer = place in (0, len(rules) - 1)
        weight = (style.imprint.outer_weight if is_outer else style.imprint.inner_weight).mm
        if abs(rule.box.width - style.page.area_width.mm) > style.tolerance.edge.mm or (
            abs(rule.box.left - left_edge()) > style.tolerance.edge.mm
        ):
            found = f"分隔线长 {mm_text(rule.box.width)}，左端 {mm_text(rule.box.left)}"
            yield Found(
                found,
                f"与版心等宽，{style.page.area_width.mm:g} mm",
                "改正线长",
                page=rule.page,
                box=rule.box,
            )
        elif abs(rule.weight - weight) > style.tolerance.rule_weight.mm:
            found = f"第 {place + 1} 条分隔线粗 {rule.weight:.2f} mm"
            yield Found(
                found, f"{weight:g} mm", "首、末条用 1 磅线，中间用 0.75 磅线", page=rule.page, box=rule.box
            )


def imprint_bottom(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.1: 末条分隔线与公文最后一面的版心下边缘重合."""
    rules = rules_of(paper)
    if not rules or paper.is_letter:
        return
    last = rules[-1]
    place = (last.box.top + last.box.bottom) / 2
    if abs(place - bottom_edge()) > standard().tolerance.edge.mm:
        found = f"末条分隔线距页顶 {mm_text(place)}"
        yield Found(
            found,
            f"{bottom_edge():g} mm，与版心下边缘重合",
            "把版记移到版心最下方",
            page=last.page,
            box=last.box,
        )


def imprint_page(paper: Paper) -> Iterator[Found]:
    """GB/T 33476.2-2016, 7.3.1: 版记应编排在偶数页上，在公文最后一面."""
    first = next(iter(paper.of(*_NAMES)), None)
    if first is None or first.page is None or paper.pdf is None or paper.is_letter:
        return
    if first.page % 2:
        yield at(
            first,
            f"版记在第 {first.page} 页",
            "版记在偶数页",
            "在版记前加一空白页，或调整正文使版记落在偶数页",
        )
    elif first.page != len(paper.pdf.pages):
        yield at(
            first,
            f"版记在第 {first.page} 页，全文 {len(paper.pdf.pages)} 页",
            "公文最后一面",
            "把版记移到最后一面",
        )


def copies_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.2: 抄送机关一般用 4 号仿宋，左右各空一字，回行时与冒号后的首字对齐."""
    for element in paper.of("抄送", "版记主送"):
        yield from _type(element)
        yield from _sides(element)
        line, tolerance = element.lines[0], standard().tolerance.hang.mm
        chars = [glyph.char for glyph in line.glyphs]
        colon = next((at for at, char in enumerate(chars[:4]) if char in _COLONS), None)
        if colon is None or colon + 1 >= len(chars):
            continue
        hang = line.glyphs[colon + 1].x
        off = next((line for line in element.lines[1:] if abs(start_of(line) - hang) > tolerance), None)
        if off is not None:
            found = f"回行比冒号后首字{'靠右' if start_of(off) > hang else '靠左'} {mm_text(abs(start_of(off) - hang))}"
            yield where(off, found, "与冒号后的首字对齐", "用悬挂缩进 3 字符对齐")


def _type(element: Element) -> Iterator[Found]:
    size = standard().imprint.size.pt
    fault = type_fault(hanzi(element.lines), "仿宋", size)
    if fault:
        yield at(element, f"{element.name}用{fault}", f"4 号仿宋（{size:g} 磅）", "字体改为仿宋_GB2312、四号")


def _sides(element: Element) -> Iterator[Found]:
    tolerance, one = standard().tolerance.align.mm, _one(element)
    indent = start_of(element.lines[0]) - left_edge()
    if element.name != "印发日期" and abs(indent - one) > tolerance:
        yield at(
            element, f"{element.name}左空 {mm_text(indent)}", f"左空一字（{one:.1f} mm）", "左缩进 1 字符"
        )
    white = right_edge() - max(line.ink.right for line in element.lines)
    is_date_off = element.name == "印发日期" and abs(white - one) > tolerance
    if is_date_off or white < one - tolerance:
        yield at(
            element, f"{element.name}右空 {mm_text(white)}", f"右空一字（{one:.1f} mm）", "右缩进 1 字符"
        )


def sent_to_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.2: 移入版记的主送机关在抄送机关之上一行，之间不加分隔线."""
    sent, copied = paper.first("版记主送"), paper.first("抄送")
    if sent is None or copied is None or sent.page != copied.page:
        return
    above, below = box_of(sent), box_of(copied)
    if above.top > below.top:
        yield at(sent, "主送排在抄送之下", "主送在抄送之上", "把主送移到抄送之上")
    between = next((r for r in rules_of(paper) if above.bottom - 1 < r.box.top < below.top + 1), None)
    if between is not None:
        yield Found(
            "主送与抄送之间有分隔线", "之间不加分隔线", "删去这条线", page=between.page, box=between.box
        )


def printing_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.3: 印发机关左空一字，印发日期右空一字，一般用 4 号仿宋，编排在末条分隔线之上."""
    office, date = paper.first("印发机关"), paper.first("印发日期")
    if paper.is_letter:
        return
    for element in (office, date):
        if element is not None:
            yield from _type(element)
            yield from _sides(element)
    if office is not None and date is not None and office.page == date.page:
        step = abs(office.lines[-1].baseline - date.lines[-1].baseline)
        if step > standard().tolerance.align.mm:
            yield at(date, "印发机关与印发日期不在同一行", "同处一行", "把印发日期移到印发机关的一行")


def letter_has_none(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.1: 信函的版记不加印发机关和印发日期、分隔线."""
    if not paper.is_letter:
        return
    printed = next(iter(paper.of(*_PRINTED)), None)
    if printed is not None:
        yield at(
            printed, f"信函的版记有{printed.name}", "信函不加印发机关和印发日期", "删去印发机关和印发日期"
        )
    for rule in rules_of(paper)[:1]:
        yield Found("信函的版记有分隔线", "信函的版记不加分隔线", "删去分隔线", page=rule.page, box=rule.box)
