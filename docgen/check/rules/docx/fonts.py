"""Rules of type: class, size, weight and colour, by the runs of a DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from docgen.check.docx_units import is_red
from docgen.check.finding import Found, at
from docgen.check.rules.docx.expected import TEXT, font_class, has_hanzi, pt_text, runs_of, standard
from docgen.check.seen import Element, Paper, SeenRun

_LEVELS = {"一级标题": "黑体", "二级标题": "楷体", "三级标题": "仿宋", "四级标题": "仿宋"}
_HEADING = re.compile(r"[^。；]*[。；]?")
_SIGNERS = re.compile(r"签发人\s*[:：]")
_ATTENDING = re.compile(r"(出席|请假|列席)[^:：]{0,6}[:：]")
_DARK = 0x40
"""A colour no part of which is lighter shows as black in print."""
_OPEN = ("发文机关标志", "表", "页码", "其他")
"""Elements whose type the standard leaves open, or that have a rule of their own."""


def body_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.2: 如无特殊说明，公文格式各要素一般用 3 号仿宋体字."""
    elements = paper.of("正文", "主送机关", "附件说明", "署名", "成文日期", "附注", "发文字号")
    yield from _unlike(elements, "仿宋", standard().body.size.pt)


def level_fonts(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.3: 第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字标注."""
    for element in paper.of(*_LEVELS):
        heading = _HEADING.match(element.text)
        length = heading.end() if heading is not None else len(element.text)
        yield from _unlike([element], _LEVELS[element.name], standard().body.size.pt, is_plain=True, length=length)


def title_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.1: 标题一般用 2 号小标宋体字，居中."""
    titles = paper.of("标题")
    yield from _unlike(titles, "小标宋", standard().title.size.pt, is_plain=True)
    for title in titles:
        if title.paragraphs[0].align not in ("center", "distribute"):
            yield at(title, "标题没有居中", "标题居中", "选中标题，点“居中”，删去前面的空格")


def secrecy_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.2: 密级和保密期限一般用 3 号黑体字，顶格编排."""
    yield from _corner(paper.of("密级"))


def urgency_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.3: 紧急程度一般用 3 号黑体字，顶格编排."""
    yield from _corner(paper.of("紧急程度"))


def _corner(elements: Iterable[Element]) -> Iterator[Found]:
    for element in elements:
        yield from _unlike([element], "黑体", standard().body.size.pt)
        paragraph = element.paragraphs[0]
        start = paragraph.left + paragraph.first_line
        if paragraph.align in ("center", "right") or abs(start) > standard().tolerance.indent.mm:
            yield at(element, f"{element.name}没有顶格", "顶格编排在版心左上角", "选中该段，左对齐，缩进改为 0")


def signer_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.6: “签发人”三字用 3 号仿宋体字，签发人姓名用 3 号楷体字."""
    size = standard().body.size.pt
    for element in paper.of("签发人"):
        label = _SIGNERS.match(element.text)
        if label is None:
            yield from _unlike([element], "楷体", size)
            continue
        yield from _unlike([element], "仿宋", size, length=label.end())
        yield from _unlike([element], "楷体", size, start=label.end())


def annex_label_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: “附件”二字及附件顺序号用 3 号黑体字顶格编排."""
    yield from _corner(paper.of("附件"))


def attendance_font(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.3: “出席”“请假”“列席”用 3 号黑体字."""
    for element in paper.of(*TEXT):
        label = _ATTENDING.match(element.text)
        if label is not None and any(name.text.endswith("纪要") for name in paper.of("发文机关标志", "标题")):
            yield from _unlike([element], "黑体", standard().body.size.pt, length=len(label[1]))


def text_is_black(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.4: 如无特殊说明，公文中文字的颜色均为黑色."""
    for element in paper.elements:
        if element.name == "发文机关标志":
            continue
        odd = next((run for run in runs_of(element) if not _is_black(run.colour) and not is_red(run.colour)), None)
        if odd is not None:
            yield at(element, f"“{odd.text[:10]}”的颜色是 {odd.colour}", "黑色", "选中文字，字体颜色改为黑色或自动")


def red_is_for_the_mark(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.4: 发文机关标志颜色为红色; 5.2.4: 其他文字为黑色."""
    red = standard().masthead.colour
    for element in paper.elements:
        runs = list(runs_of(element))
        if element.name == "发文机关标志":
            if any(not is_red(run.colour) for run in runs):
                yield at(element, f"发文机关标志的颜色是 {runs[0].colour}", f"红色（{red}）", "选中发文机关标志，字体颜色改为红色")
            continue
        odd = next((run for run in runs if is_red(run.colour)), None)
        if odd is not None:
            yield at(element, f"“{odd.text[:10]}”是红色", "只有发文机关标志、分隔线、印章用红色", "选中文字，字体颜色改为黑色或自动")


def _is_black(colour: str) -> bool:
    return all(int(colour[place : place + 2], 16) <= _DARK for place in (1, 3, 5))


def _unlike(
    elements: Iterable[Element],
    kind: str,
    size: float,
    *,
    is_plain: bool = False,
    start: int = 0,
    length: int | None = None,
) -> Iterator[Found]:
    """Find runs of another class or size; each other one once. `start` and `length` take a part of each element."""
    told: set[str] = set()
    for element in elements:
        for run in _part(runs_of(element), start, length):
            fault = _fault(run, kind, size, is_plain=is_plain)
            if fault and fault not in told:
                told.add(fault)
                weight = "，不加粗" if is_plain else ""
                yield at(
                    element, f"{element.name}“{run.text.strip()[:10]}”是{fault}", f"{_size_name(size)}{kind}{weight}",
                    f"选中{element.name}，字体改为{kind}、{pt_text(size)}{weight}",
                )  # fmt: skip


def _part(runs: Iterable[SeenRun], start: int, length: int | None) -> Iterator[SeenRun]:
    place = 0
    for run in runs:
        first = max(start - place, 0)
        last = len(run.text) if length is None else min(len(run.text), start + length - place)
        place += len(run.text)
        if first < last and run.text[first:last].strip():
            yield replace(run, text=run.text[first:last])


def _fault(run: SeenRun, kind: str, size: float, *, is_plain: bool) -> str:
    """Say what a run is where it is not what it should be."""
    named = font_class(run.east_asia)
    is_other = has_hanzi(run.text) and named != kind
    is_sized = abs(run.size - size) > standard().tolerance.type_size.pt
    if not (is_other or is_sized or (is_plain and run.is_bold)):
        return ""
    weight = "、加粗" if is_plain and run.is_bold else ""
    return f"{run.east_asia or '没有写明的字体'}、{pt_text(run.size)}{weight}"


def _size_name(size: float) -> str:
    sheet = standard()
    return {sheet.title.size.pt: "2 号", sheet.body.size.pt: "3 号", sheet.imprint.size.pt: "4 号"}.get(size, pt_text(size))
