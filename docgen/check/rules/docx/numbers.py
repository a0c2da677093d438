"""Rules of page numbers, by the footers of a DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.check.finding import Found
from docgen.check.rules.docx.expected import (
    font_class,
    has_masthead,
    leading_blanks,
    mm_text,
    pt_text,
    standard,
)
from docgen.check.seen import Paper, SeenParagraph, SeenSection

_FORM = re.compile(r"—[ \u2002\u2005\u2009]?\{PAGE\}[ \u2002\u2005\u2009]?—")
_SHOWN = "— 1 —"
_HOW = "双击页脚，页码写成“— 1 —”：一字线（U+2014）、半角空格、页码、半角空格、一字线"
_MM_PER_PT = 25.4 / 72
_LINE_TIMES = 1.3
"""A single line of a Chinese font to its size."""


def number_form(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.5: 页码一般用 4 号半角宋体阿拉伯数字，数字左右各放一条一字线."""
    size, off = standard().page_number.size.pt, standard().tolerance.type_size.pt
    found = list(_numbers(paper))
    if not found and has_masthead(paper):
        yield Found("没有页码", f"4 号半角宋体，写作“{_SHOWN}”", _HOW)
    told = set()
    for _section, _kind, paragraph in found:
        text = paragraph.text.strip(" 　\t\n")
        if _FORM.fullmatch(text) is None and text not in told:
            told.add(text)
            yield Found(f"页码写作“{text.replace('{PAGE}', '1')}”", f"“{_SHOWN}”", _HOW)
        for run in paragraph.runs:
            fault = f"{run.ascii or run.east_asia or '没有写明的字体'}、{pt_text(run.size)}"
            is_song = font_class(run.ascii or run.east_asia) == "宋体"
            if "{PAGE}" in run.text and (not is_song or abs(run.size - size) > off) and fault not in told:
                told.add(fault)
                yield Found(f"页码是{fault}", "4 号宋体，14 磅", "选中页脚里的页码，字体改为宋体、14 磅")


def number_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.5: 一字线上距版心下边缘 7 mm；单页码居右空一字，双页码居左空一字."""
    told = set()
    for section, kind, paragraph in _numbers(paper):
        for found in (*_height(section, kind, paragraph), *_side(paper, kind, paragraph)):
            if found not in told:
                told.add(found)
                yield found
    if paper.word is not None and any(_numbers(paper)) and not paper.word.odd_even_differ and not _is_outside(paper):
        yield Found(
            "单页和双页的页码在同一边", "单页码居右空一字，双页码居左空一字",
            "在“页面设置—版式”里选奇偶页不同，单页页码右对齐、双页页码左对齐",
        )  # fmt: skip


def _height(section: SeenSection, kind: str, paragraph: SeenParagraph) -> Iterator[Found]:
    """The dash stands in the middle of its line; footers grow upwards from their distance to the page's edge."""
    page, off = standard().page, standard().tolerance.edge.mm
    if paragraph.in_box or paragraph.in_table:
        return
    shown = section.footers[kind]
    below = sum(_line(other) + other.before + other.after for other in shown[shown.index(paragraph) + 1 :])
    dash = section.height - section.footer - below - paragraph.after - _line(paragraph) / 2
    right = page.area_bottom.mm + standard().page_number.dash_below.mm
    if abs(dash - right) > off:
        distance = section.footer + dash - right
        yield Found(
            f"页码的一字线距版心下边缘 {mm_text(dash - page.area_bottom.mm)}（页脚距边界 {mm_text(section.footer)}）",
            f"{standard().page_number.dash_below.mm:g} mm ± {off:g} mm",
            f"在“页面设置—版式”里把页脚距边界改为 {mm_text(distance)}",
        )


def _side(paper: Paper, kind: str, paragraph: SeenParagraph) -> Iterator[Found]:
    least, most = standard().tolerance.number_side_least.mm, standard().tolerance.number_side_most.mm
    is_even = kind == "even" and paper.word is not None and paper.word.odd_even_differ
    side, name = ("left", "双页码居左") if is_even else ("right", "单页码居右")
    align = {"both": "left", "start": "left", "distribute": "left", "end": "right"}.get(paragraph.align, paragraph.align)
    if align == "outside":
        return
    if align != side:
        shown = {"left": "左", "right": "右", "center": "中"}.get(align, align)
        yield Found(f"页码居{shown}", f"{name}空一字", f"选中{'双' if is_even else '单'}页的页码，改为{name[-2:]}空一字")
        return
    text = paragraph.text if side == "left" else paragraph.text[::-1]
    blank = paragraph.left + paragraph.first_line if side == "left" else paragraph.right
    blank += leading_blanks(text) * standard().page_number.size.mm
    if not least <= blank <= most and not paragraph.in_box:
        yield Found(f"{name}空 {mm_text(blank)}", f"{name}空一字", f"{name[-1]}缩进改为 1 字符")


def _is_outside(paper: Paper) -> bool:
    return all(paragraph.align == "outside" for _section, _kind, paragraph in _numbers(paper))


def _line(paragraph: SeenParagraph) -> float:
    """Give the height of a footer's line in mm."""
    size = max((run.size for run in paragraph.runs), default=standard().page_number.size.pt)
    return (paragraph.line if paragraph.line is not None else size * _LINE_TIMES * (paragraph.line_times or 1.0)) * _MM_PER_PT


def _numbers(paper: Paper) -> Iterator[tuple[SeenSection, str, SeenParagraph]]:
    """Give every paragraph that shows the page's number, with its section and the kind of its footer."""
    for section in paper.word.sections if paper.word is not None else ():
        shown: Mapping[str, tuple[SeenParagraph, ...]] = section.footers
        for kind in shown:
            if kind == "even" and paper.word is not None and not paper.word.odd_even_differ:
                continue
            yield from ((section, kind, paragraph) for paragraph in shown[kind] if "{PAGE}" in paragraph.text)
