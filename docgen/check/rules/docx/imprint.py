"""Rules of 版记, by the table or the borders that hold it in a DOCX."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.docx.expected import (
    cells,
    font_class,
    has_hanzi,
    leading_blanks,
    mm_text,
    pt_text,
    runs_of,
    standard,
)
from docgen.check.seen import Element, Paper, SeenBorder, SeenParagraph, SeenTable

_MM_PER_PT = 25.4 / 72
_LABEL_CHARS = 3
"""抄送 and its colon, under whose end lines go on (7.4.2)."""
_NAMES = ("抄送", "版记主送", "印发机关", "印发日期")


def imprint_rules(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.1: 版记中的分隔线与版心等宽，首条和末条用粗线（0.35 mm），中间的用细线（0.25 mm）."""
    elements = paper.of(*_NAMES)
    if not elements or paper.word is None or paper.is_letter:
        return
    style, page, tolerance = standard().imprint, standard().page, standard().tolerance
    rules, width = _rules(paper, elements)
    drawn = [rule for rule in rules if rule is not None]
    if not drawn:
        yield at(
            elements[0], "版记没有分隔线", "首条、末条粗线，中间细线",
            f"给版记加上下框线 {pt_text(style.outer_weight.pt)}，中间框线 {pt_text(style.inner_weight.pt)}",
        )  # fmt: skip
        return
    for place, (rule, name) in enumerate(((rules[0], "首条"), (rules[-1], "末条"))):
        element = elements[-1] if place else elements[0]
        yield from _weighed(element, rule, name, style.outer_weight.mm, tolerance.rule_weight.mm)
    for rule in rules[1:-1]:
        if rule is not None:
            yield from _weighed(elements[0], rule, "中间", style.inner_weight.mm, tolerance.rule_weight.mm)
    if width and abs(width - page.area_width.mm) > tolerance.edge.mm:
        yield at(
            elements[0], f"版记分隔线长 {mm_text(width)}", f"与版心等宽，{page.area_width.mm:g} mm", "把版记的表格拉到与版心等宽"
        )


def copies_are_set(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.2: 抄送机关用 4 号仿宋体字，左右各空一字编排，回行时与冒号后的首字对齐."""
    char, off = standard().imprint.size.mm, standard().tolerance.hang.mm
    width = standard().page.area_width.mm
    for element in paper.of("抄送", "版记主送"):
        yield from _type(element)
        paragraph = element.paragraphs[0]
        start = _start(element)
        if abs(start - char) > off:
            yield at(element, f"{element.name}左空 {mm_text(start)}", f"左空一字（{mm_text(char)}）", "左缩进改为 1 字符")
        if start + cells(element.text) * char > width - char:
            if abs(paragraph.left - start - char * _LABEL_CHARS) > off:
                yield at(
                    element, f"{element.name}回行左空 {mm_text(paragraph.left)}",
                    f"与冒号后的首字对齐，左空 {mm_text(char * (_LABEL_CHARS + 1))}", "悬挂缩进改为 3 字符",
                )  # fmt: skip
            if abs(paragraph.right - char) > off:
                yield at(element, f"{element.name}右空 {mm_text(paragraph.right)}", f"右空一字（{mm_text(char)}）", "右缩进改为 1 字符")


def printing_is_set(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.4.3: 印发机关和印发日期用 4 号仿宋体字，印发机关左空一字，印发日期右空一字."""
    char, off = standard().imprint.size.mm, standard().tolerance.hang.mm
    for element in paper.of("印发机关", "印发日期"):
        yield from _type(element)
        paragraph = element.paragraphs[0]
        if element.name == "印发机关" and abs(_start(element) - char) > off:
            yield at(element, f"印发机关左空 {mm_text(_start(element))}", f"左空一字（{mm_text(char)}）", "左缩进改为 1 字符")
        trailing = leading_blanks(paragraph.text[::-1]) * char
        if element.name == "印发日期" and abs(paragraph.right + trailing - char) > off:
            yield at(
                element, f"印发日期右空 {mm_text(paragraph.right + trailing)}", f"右空一字（{mm_text(char)}）",
                "右缩进改为 1 字符，用右对齐的制表位，不要用空格",
            )  # fmt: skip


def _type(element: Element) -> Iterator[Found]:
    size = standard().imprint.size.pt
    for run in runs_of(element):
        is_other = has_hanzi(run.text) and font_class(run.east_asia) != "仿宋"
        if is_other or abs(run.size - size) > standard().tolerance.type_size.pt:
            found = f"{element.name}是{run.east_asia or '没有写明的字体'}、{pt_text(run.size)}"
            yield at(element, found, "4 号仿宋", f"选中{element.name}，字体改为仿宋、{pt_text(size)}")
            return


def _weighed(element: Element, rule: SeenBorder | None, name: str, weight: float, off: float) -> Iterator[Found]:
    if rule is None:
        yield at(element, f"版记没有{name}分隔线", f"{weight:g} mm", f"给版记加{name}框线，{pt_text(round(weight / _MM_PER_PT * 4) / 4)}")
    elif abs(rule.weight - weight) > off:
        nearest = pt_text(round(weight / _MM_PER_PT * 4) / 4)
        yield at(element, f"版记{name}分隔线 {rule.weight:.2f} mm", f"{weight:g} mm", f"把{name}框线改为 {nearest}")


def _rules(paper: Paper, elements: tuple[Element, ...]) -> tuple[list[SeenBorder | None], float]:
    """Give the rules of 版记 from above to below and their length, of its table or of its paragraphs."""
    tables = _tables(paper, elements)
    if tables:
        return [rule for table in tables for rule in table.rules] or [None, None], tables[0].width
    numbers = [element.paragraphs[0].number for element in elements]
    around = paper.word.paragraphs[max(min(numbers) - 2, 0) : max(numbers) + 1] if paper.word is not None else ()
    found = [_side(paragraph, side) for paragraph in around for side in ("top", "bottom")]
    return [rule for rule in found if rule is not None] or [None, None], 0.0


def _side(paragraph: SeenParagraph, side: str) -> SeenBorder | None:
    """Give the rule at one side of a paragraph; an empty one drawn for its rule alone stands beside 版记."""
    return next((border for border in paragraph.borders if border.side == side), None)


def _tables(paper: Paper, elements: tuple[Element, ...]) -> list[SeenTable]:
    numbers = {element.paragraphs[0].in_table for element in elements} - {0}
    return [table for table in (paper.word.tables if paper.word else ()) if table.number in numbers]


def _start(element: Element) -> float:
    paragraph = element.paragraphs[0]
    return paragraph.left + paragraph.first_line + leading_blanks(paragraph.text) * standard().imprint.size.mm
