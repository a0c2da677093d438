"""Rules of 信函格式, by what is drawn on the first page of a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.check.finding import Found, at
from docgen.check.pdf_frame import is_red
from docgen.check.rules.pdf.expected import hanzi, mm_text, pdf_of, right_edge, standard
from docgen.check.rules.pdf.masthead import mark_of
from docgen.check.seen import Paper, SeenRule

_LONG = 120.0
_PAIR = 4.0


def double_lines(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.1: 标志下 4 mm 处印红色双线（上粗下细），距下页边 20 mm 处印红色双线（上细下粗），线长均为 170 mm."""
    if not paper.is_letter:
        return
    style, tolerance = standard(), standard().tolerance.edge.mm
    upper, lower = _pairs(paper)
    for name, pair in (("上", upper), ("下", lower)):
        if len(pair) != 2:
            yield Found(
                f"首页{name}方没有红色双线", f"{name}方一条红色双线，一粗一细", "补印红色双线", page=1
            )
            continue
        yield from _pair_faults(name, pair)
    mark = mark_of(paper)
    if len(upper) == 2 and mark is not None:
        gap = upper[0].box.top - mark.bottom
        if abs(gap - style.letter.line_gap.mm) > tolerance:
            found = f"双线在标志下 {mm_text(gap)}"
            yield Found(
                found, f"标志下 {style.letter.line_gap.mm:g} mm", "移动双线", page=1, box=upper[0].box
            )
    if len(lower) == 2:
        gap = pdf_of(paper).pages[0].height - lower[1].box.bottom
        if abs(gap - style.letter.foot_white.mm) > tolerance:
            found = f"下方双线距下页边 {mm_text(gap)}"
            yield Found(found, f"{style.letter.foot_white.mm:g} mm", "移动双线", page=1, box=lower[1].box)


def _pairs(paper: Paper) -> tuple[list[SeenRule], list[SeenRule]]:
    """Give the red rules of the upper and of the lower half of the first page, from the top, as far as they are two."""
    page = pdf_of(paper).pages[0]
    red = [rule for rule in page.rules if is_red(rule.colour) and rule.box.width > _LONG]
    halves = [
        [rule for rule in red if (rule.box.top > page.height / 2) is is_low] for is_low in (False, True)
    ]
    upper, lower = halves[0][:2], halves[1][-2:]
    return _close(upper), _close(lower)


def _close(rules: list[SeenRule]) -> list[SeenRule]:
    return rules if len(rules) == 2 and rules[1].box.top - rules[0].box.bottom < _PAIR else []


def _pair_faults(name: str, pair: Sequence[SeenRule]) -> Iterator[Found]:
    style, tolerance = standard(), standard().tolerance.edge.mm
    width, middle = style.letter.line_width.mm, style.page.width.mm / 2
    for rule in pair:
        aside = (rule.box.left + rule.box.right) / 2 - middle
        if abs(rule.box.width - width) > tolerance or abs(aside) > tolerance:
            found = f"{name}方双线长 {mm_text(rule.box.width)}，左端距页边 {mm_text(rule.box.left)}"
            yield Found(found, f"长 {width:g} mm，居中", "改正线长和位置", page=1, box=rule.box)
            break
    thick_is_first = pair[0].weight > pair[1].weight
    if (
        thick_is_first is not (name == "上")
        or abs(pair[0].weight - pair[1].weight) < style.tolerance.rule_weight.mm
    ):
        expected = "上粗下细" if name == "上" else "上细下粗"
        found = f"{name}方双线粗细为 {pair[0].weight:.2f}、{pair[1].weight:.2f} mm"
        yield Found(found, expected, "调换两条线的粗细", page=1, box=pair[0].box)


def letter_number_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.1: 发文字号顶格居版心右边缘编排在第一条红色双线下，距该线为 3 号汉字高度的 7/8."""
    number = paper.first("发文字号")
    if number is None or not paper.is_letter:
        return
    line, style = number.lines[0], standard()
    indent = right_edge() - line.ink.right
    if abs(indent) > style.tolerance.align.mm:
        yield at(number, f"发文字号距版心右边缘 {mm_text(indent)}", "居右顶格", "右对齐，右缩进改为 0")
    upper, _ = _pairs(paper)
    corner = paper.of("份号", "密级", "紧急程度")
    if len(upper) == 2 and not corner:
        gap = min(glyph.ink.top for glyph in hanzi([line])) - upper[1].box.bottom
        if abs(gap - style.letter.first_gap.mm) > style.tolerance.edge.mm + style.tolerance.bearing.mm:
            yield at(
                number,
                f"发文字号在双线下 {mm_text(gap)}",
                f"{style.letter.first_gap.mm:g} mm",
                "调整段前间距",
            )


def no_number_on_letter(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.1: 信函首页不显示页码."""
    number = next((element for element in paper.of("页码") if element.page == 1), None)
    if paper.is_letter and number is not None:
        yield at(number, f"首页有页码“{number.text}”", "信函首页不显示页码", "设置“首页不同”，删去首页页码")
