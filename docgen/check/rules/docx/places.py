"""Rules of where paragraphs of a DOCX begin: indents, hanging lines, pages, the red rule, what is no seal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.check.docx_units import is_red
from docgen.check.finding import Found, at
from docgen.check.rules.docx.expected import TEXT, cells, leading_blanks, mm_text, runs_of, standard
from docgen.check.seen import Element, Paper, SeenShape, ShapeKind

_NOTE_HEAD = re.compile(r"(附\s*件\s*[:：]\s*)?(\d{1,2}\s*[.．、]\s*)?")
_ENDS = tuple("。；：！？…”’）)」》.;:!?")
_THINNEST_MM = 3.0
"""A filled shape no higher than this is drawn for a line."""


def addressees_are_flush(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.2: 主送机关编排于标题下空一行位置，居左顶格."""
    for element in paper.of("主送机关"):
        if abs(_start(element)) > standard().tolerance.indent.mm or element.paragraphs[0].align in ("center", "right"):
            yield at(element, f"主送机关左空 {mm_text(_start(element))}", "居左顶格", "选中主送机关，左对齐，缩进改为 0")


def text_is_indented(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.3: 正文每个自然段左空二字，回行顶格."""
    sheet = standard()
    right, off = sheet.cell.mm * sheet.body.indent_chars, sheet.tolerance.indent.mm
    for place, element in enumerate(paper.elements):
        paragraph = element.paragraphs[0] if element.paragraphs else None
        if element.name not in TEXT or paragraph is None or paragraph.in_table:
            continue
        if abs(_start(element)) <= off and _is_rest(paper.elements, place):
            continue
        if abs(_start(element) - right) > off:
            yield at(
                element, f"首行左空 {mm_text(_start(element))}", f"左空二字（{mm_text(right)}）",
                "在“段落—缩进”里选首行缩进 2 字符，删去段首的空格",
            )  # fmt: skip
        elif abs(paragraph.left) > off:
            yield at(element, f"回行左空 {mm_text(paragraph.left)}", "回行顶格", "在“段落—缩进”里把左缩进改为 0")


def _is_rest(elements: Sequence[Element], place: int) -> bool:
    """Tell the rest of a paragraph that was divided: its beginning breaks off, or it is kept by the signatures."""
    element, before = elements[place], elements[place - 1] if place else None
    if element.name != "正文" or before is None or before.name != "正文":
        return False
    is_last = place + 1 < len(elements) and elements[place + 1].name not in TEXT
    return not before.text.endswith(_ENDS) or (is_last and element.paragraphs[0].keeps_next)


def annex_names_hang(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.4: 附件名称较长需回行时，应当与上一行附件名称的首字对齐."""
    cell, off = standard().cell.mm, standard().tolerance.hang.mm
    for element in paper.of("附件说明"):
        head = _NOTE_HEAD.match(element.text)
        paragraph = element.paragraphs[0]
        if head is None or not head[0] or "\t" in paragraph.text:
            continue
        start = _start(element)
        if start + cells(element.text) * cell <= standard().page.area_width.mm - paragraph.right:
            continue
        least, most = start + (cells(head[0]) - 0.5 * bool(head[2])) * cell, start + cells(head[0]) * cell
        most += cell / 2 * bool(head[2])
        if not least - off <= paragraph.left <= most + off:
            yield at(
                element, f"附件名称回行左空 {mm_text(paragraph.left)}",
                f"与上一行名称首字对齐，左空 {mm_text(least)}到 {mm_text(most)}",
                "用标尺上的悬挂缩进，把回行对齐名称的首字，不要用空格",
            )  # fmt: skip


def annex_starts_page(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: 附件应当另面编排."""
    for element in paper.of("附件"):
        if element is not paper.elements[0] and not element.paragraphs[0].starts_page:
            yield at(element, f"{element.text}没有另起一页", "附件另面编排", f"选中“{element.text}”，在“段落—换行和分页”里选段前分页")


def annex_title_is_centred(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: 附件标题居中编排在版心第三行."""
    for element in paper.of("附件标题"):
        if element.paragraphs[0].align not in ("center", "distribute"):
            yield at(element, "附件标题没有居中", "附件标题居中", "选中附件标题，点“居中”，删去前面的空格")


def red_rule_is_drawn(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.7: 发文字号之下 4 mm 处居中印一条与版心等宽的红色分隔线."""
    mark, number = paper.first("发文机关标志"), paper.first("发文字号")
    if paper.word is None or mark is None or number is None or paper.is_letter:
        return
    width, off = standard().page.area_width.mm, standard().tolerance.edge.mm
    title = paper.first("标题")
    above = paper.word.paragraphs[: title.paragraphs[0].number] if title is not None else paper.word.paragraphs
    rules = [border for paragraph in above for border in paragraph.borders if border.side in ("top", "bottom", "between")]
    tables = {paragraph.in_table for paragraph in above if paragraph.in_table}
    rules += [rule for table in paper.word.tables if table.number in tables for rule in table.rules if rule is not None]
    shapes = [shape for shape in paper.word.shapes if _is_line(shape) and shape.paragraph <= len(above)]
    if any(is_red(rule.colour) for rule in rules):
        return
    red = [shape for shape in shapes if not shape.colour or is_red(shape.colour)]
    if not red:
        found = "发文字号之下的分隔线不是红色" if rules or shapes else "发文字号之下没有红色分隔线"
        yield at(number, found, "一条与版心等宽的红色分隔线", "在发文字号的段落下加红色下框线，1.5 磅")
    elif all(0 < shape.width < width - off or shape.width > width + off for shape in red):
        shown = mm_text(red[0].width)
        yield at(number, f"红色分隔线长 {shown}", f"与版心等宽，{width:g} mm ± {off:g} mm", "把分隔线拉到与版心等宽")


def no_seal_is_drawn(paper: Paper) -> Iterator[Found]:
    """条例 9(12): 印章由发文机关加盖; a picture of one on a paper is no seal."""
    if paper.word is None:
        return
    least, most = standard().tolerance.seal_least.mm, standard().tolerance.seal_most.mm
    for shape in paper.word.shapes:
        is_round = least <= shape.width <= most and least <= shape.height <= most
        is_picture = shape.kind is ShapeKind.PICTURE
        is_drawn = shape.kind is ShapeKind.OTHER and bool(shape.colour) and is_red(shape.colour)
        by_signature = is_picture and _is_by_signature(paper, shape)
        if by_signature or (is_round and (is_picture or is_drawn)):
            yield Found(
                f"有一幅 {mm_text(shape.width)} × {mm_text(shape.height)} 的图，像印章",
                "文件里没有画上去的印章；用印在印制之后，或由电子印章系统加盖",
                "删去这幅图，留出用印的位置",
                paragraph=shape.paragraph,
            )


def _is_by_signature(paper: Paper, shape: SeenShape) -> bool:
    signed = [paragraph.number for element in paper.of("署名", "成文日期") for paragraph in element.paragraphs]
    return bool(signed) and min(signed) - 2 <= shape.paragraph <= max(signed) + 1


def _is_line(shape: SeenShape) -> bool:
    is_flat = shape.kind is ShapeKind.OTHER and shape.width > 0 and shape.height <= _THINNEST_MM
    return shape.kind is ShapeKind.LINE or is_flat


def _start(element: Element) -> float:
    """Give where the first word stands, in mm from the left edge of the text; typed blanks count."""
    paragraph = element.paragraphs[0]
    size = next((run.size for run in runs_of(element)), 0.0)
    return paragraph.left + paragraph.first_line + leading_blanks(paragraph.text) * size * 25.4 / 72
