"""Rules of type and colour, and of the file itself, by the characters that a PDF draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docgen.check.finding import Found, at
from docgen.check.pdf_frame import is_red
from docgen.check.rules.pdf.expected import (
    BODY_TYPE,
    TEXT,
    hanzi,
    is_han,
    middle,
    middle_of,
    mm_text,
    pages_text,
    pdf_of,
    standard,
    type_fault,
    where,
)
from docgen.check.seen import Element, Glyph, Paper, SeenRule

_LEVELS = {"一级标题": "黑体", "二级标题": "楷体", "三级标题": "仿宋", "四级标题": "仿宋"}
_ENDS = frozenset("。；：")
_DARK = 64
_ATTENDING = re.compile(r"(出席|请假|列席)[^:：]{0,6}[:：]")
_LONG = 100.0


def body_type(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.2: 如无特殊说明，公文格式各要素一般用 3 号仿宋体字."""
    size = standard().body.size.pt
    faults: dict[str, list[Element]] = {}
    for element in paper.of(*BODY_TYPE):
        glyphs = hanzi(element.lines)
        if not any(_ATTENDING.match(line.text) for line in element.lines[:1]):
            faults.setdefault(type_fault(glyphs, "仿宋", size), []).append(element)
    for fault, elements in faults.items():
        if fault:
            pages = pages_text(element.lines[0].page for element in elements)
            found = f"{elements[0].name}用{fault}，{pages}共 {len(elements)} 处"
            yield at(elements[0], found, f"3 号仿宋（{size:g} 磅）", "选中文字，字体改为仿宋_GB2312、三号")


def level_type(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.3: 第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字标注."""
    size = standard().body.size.pt
    for element in paper.of(*_LEVELS):
        kind = _LEVELS[element.name]
        fault = type_fault(_heading(element), kind, size)
        if fault:
            yield at(
                element,
                f"{element.name}用{fault}",
                f"3 号{kind}（{size:g} 磅）",
                f"选中标题，字体改为{kind}、三号，不加粗",
            )


def _heading(element: Element) -> list[Glyph]:
    """Give the Chinese characters of a heading: those of its paragraph up to the first stop."""
    glyphs = [glyph for line in element.lines for glyph in line.glyphs]
    stop = next((at for at, glyph in enumerate(glyphs) if glyph.char in _ENDS), len(glyphs))
    return [glyph for glyph in glyphs[:stop] if is_han(glyph.char)]


def title_type(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.1: 标题一般用 2 号小标宋体字，居中."""
    size = standard().title.size.pt
    for title in paper.of("标题"):
        glyphs = hanzi(title.lines)
        fault = type_fault(glyphs, "小标宋", size)
        if fault:
            yield at(
                title, f"标题用{fault}", f"2 号小标宋（{size:g} 磅）", "字体改为方正小标宋简体、二号，不加粗"
            )
        off = next(
            (line for line in title.lines if abs(middle_of(line) - middle()) > _aside()),
            None,
        )
        if off is not None:
            aside = middle_of(off) - middle()
            side = "右" if aside > 0 else "左"
            yield where(
                off, f"标题这一行偏{side} {mm_text(abs(aside))}", "居中", "居中排列，删去行首行尾空格"
            )


def _aside() -> float:
    return standard().tolerance.align.mm + standard().tolerance.bearing.mm


def fonts_are_embedded(paper: Paper) -> Iterator[Found]:
    """GB/T 33476.2-2016, 5: 版式文件应嵌入所用字体."""
    missing = [font.name for font in pdf_of(paper).fonts if not font.is_embedded]
    if missing:
        yield Found(
            f"没有嵌入的字体：{'、'.join(missing)}", "字体全部嵌入", "导出 PDF 时勾选嵌入字体，或导出为 PDF/A"
        )


def text_is_black(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.4: 如无特殊说明，公文中文字的颜色均为黑色."""
    for element in paper.elements:
        odd = [glyph for line in element.lines for glyph in line.glyphs if not _is_black(glyph.colour)]
        odd = [glyph for glyph in odd if not is_red(glyph.colour)]
        if odd and element.name != "发文机关标志":
            words = "".join(glyph.char for glyph in odd[:10])
            yield at(element, f"{element.name}“{words}”是 {odd[0].colour}", "黑色", "把文字颜色改为黑色")


def _is_black(colour: str) -> bool:
    return all(int(colour[place : place + 2], 16) <= _DARK for place in (1, 3, 5))


def red_is_where_it_belongs(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.4, 7.2.7, 10.1: 标志、分隔线、信函双线用红色; 5.2.4: 其他为黑色."""
    for element in paper.elements:
        glyphs = [glyph for line in element.lines for glyph in line.glyphs]
        red = [glyph for glyph in glyphs if is_red(glyph.colour)]
        if element.name == "发文机关标志":
            if len(red) < len(glyphs):
                odd = next(glyph.colour for glyph in glyphs if not is_red(glyph.colour))
                yield at(element, f"发文机关标志是 {odd}", "红色", "把发文机关标志改为红色")
        elif red:
            words = "".join(glyph.char for glyph in red[:10])
            yield at(element, f"{element.name}“{words}”是红色", "黑色", "把文字颜色改为黑色")
    for rule in _stray_red(paper):
        yield Found(
            "此处有红线", "红线只作版头分隔线和信函双线", "删去红线或改为黑色", page=rule.page, box=rule.box
        )


def _stray_red(paper: Paper) -> Iterable[SeenRule]:
    """Red rules across the page that are neither under the head nor a letter's."""
    title = paper.first("标题")
    for page in pdf_of(paper).pages:
        for rule in page.rules:
            if not is_red(rule.colour) or rule.box.width < rule.box.height:
                continue
            is_letters = paper.is_letter and page.number == 1
            is_above = page.number == 1 and (title is None or rule.box.bottom < title.lines[0].ink.top)
            if not (is_letters or is_above) and rule.box.width < _LONG * 3:
                yield rule


def attendance_type(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.3: “出席”“请假”“列席”用 3 号黑体字."""
    for element in paper.of(*TEXT):
        label = _ATTENDING.match(element.text)
        if label is None:
            continue
        fault = type_fault(hanzi(element.lines[:1])[: len(label[1])], "黑体", standard().body.size.pt)
        if fault:
            yield at(element, f"“{label[1]}”用{fault}", "3 号黑体", "字体改为黑体、三号")


def is_made_to_last(paper: Paper) -> Iterator[Found]:
    """GB/T 33476.2-2016, 5: 版式文件适于长期保存，带结构和语种."""
    pdf = pdf_of(paper)
    lacking = [] if pdf.conformance.startswith("PDF/A") else ["不是 PDF/A"]
    lacking += [] if pdf.is_tagged else ["没有结构标记"]
    lacking += [] if pdf.language else ["没有注明语种"]
    if lacking:
        yield Found("，".join(lacking), "PDF/A，带结构标记，语种 zh-CN", "导出时选 PDF/A，勾选文档结构标记")
