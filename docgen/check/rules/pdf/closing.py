"""Rules of 署名, 成文日期, room for seals, and 附注, by what is drawn in a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from docgen.check.finding import Found, Grade, at
from docgen.check.pdf_frame import is_red
from docgen.check.rules.pdf.expected import (
    TEXT,
    box_of,
    left_edge,
    mm_text,
    page_of,
    right_edge,
    standard,
    start_of,
)
from docgen.check.seen import Box, Element, Paper

_NEAR = 60.0
_NEXT = 1.6


def _middle(box: Box) -> float:
    return (box.left + box.right) / 2


def _chars(count: float) -> float:
    return standard().cell.mm * count


def _rows(names: Sequence[Element]) -> list[list[Box]]:
    """Give the boxes of names by rows: those beside one another are one."""
    rows: list[list[Box]] = []
    for box in map(box_of, names):
        if rows and box.top < max(other.bottom for other in rows[-1]) and box.left > rows[-1][-1].left:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _is_sealed(names: Sequence[Element], date: Box) -> bool:
    """Whether the names stand as they do under seals: in rows, or in the middle over the date."""
    rows = _rows(names)
    if any(len(row) > 1 for row in rows):
        return True
    return len(rows) == 1 and abs(_middle(rows[0][0]) - _middle(date)) <= standard().tolerance.align.mm


def date_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.5: 加盖印章的成文日期右空四字; 不加盖印章的在署名下一行，首字比署名首字右移二字."""
    date, names = paper.first("成文日期"), paper.of("署名")
    if date is None:
        return
    style, box = standard(), box_of(date)
    tolerance, white = style.tolerance.date_side.mm, right_edge() - box.right
    is_four = abs(white - _chars(style.signature.date_right_chars)) <= tolerance
    if is_four or (not names and abs(white - _chars(2)) <= tolerance):
        return
    last = box_of(names[-1]) if names else None
    if last is not None and len(names) > 1 and not _overlap(last, box):
        return
    if last is not None:
        is_set_in = abs(date.lines[0].glyphs[0].x - start_of(names[-1].lines[0]) - _chars(2)) <= tolerance
        is_longer = abs(white - _chars(2)) <= tolerance and last.left > box.left
        is_pushed = abs(_middle(last) - _middle(box)) <= tolerance and right_edge() - last.right < _chars(1)
        if is_set_in or is_longer or is_pushed:
            return
    expected = (
        f"加盖印章的右空四字（{_chars(4):.1f} mm）；不加盖印章的首字比署名首字右移二字（{_chars(2):.1f} mm）"
    )
    yield at(
        date,
        f"成文日期右空 {mm_text(white)}（{white / style.cell.mm:.1f} 字）",
        expected,
        "调整成文日期的右缩进",
    )


def names_stand_in_order(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.5: 联合行文加盖印章的署名排成一排，成文日期在最后一个之下; 不加盖印章的自上而下."""
    date, names = paper.first("成文日期"), paper.of("署名")
    if date is None or not names or date.page != names[-1].page:
        return
    rows, box = _rows(names), box_of(date)
    for above, below in pairwise(rows):
        if len(above) == len(below) == 1 and not _overlap(above[0], below[0]):
            name = names[sum(len(row) for row in rows[: rows.index(below)])]
            yield at(
                name,
                "署名错开，既不在一排，也不上下对齐",
                "加盖印章的排成一排；不加盖的上下对齐",
                "重新排列署名",
            )
            return
    last = rows[-1][-1]
    is_stamped = box.top - last.bottom > standard().tolerance.one_line_least.mm
    if is_stamped and last.right < box.right:
        return
    if last.bottom > box.top or not _overlap(last, box):
        yield at(
            date,
            "成文日期不在最后一个署名之下",
            "成文日期在最后一个署名的下一行",
            "把成文日期移到最后一个署名之下",
        )


def _overlap(one: Box, other: Box) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def seal_room(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.5.1: 印章下压署名和成文日期，顶端距正文一行之内; 互不相交或相切，每排两端不出版心.

    No file tells how large the seal is: what suits a smaller or a larger one than usual is only remarked.
    """
    date, names = paper.first("成文日期"), paper.of("署名")
    if date is None or not names or date.page != names[0].page or not _is_sealed(names, box_of(date)):
        return
    rows, size = _rows(names), standard().signature.seal_diameter.mm
    for row in rows:
        middles = [_middle(box) for box in row]
        most = 2 * min(middles[0] - left_edge(), right_edge() - middles[-1]) + standard().tolerance.edge.mm
        if most < size:
            found = f"{size:g} mm 的印章要出版心"
            yield _seal_fault(names[0], most, found, "每排印章两端不出版心", "调整署名的左右位置")
            return
        closest = min((b - a for a, b in pairwise(middles)), default=size)
        if closest < size:
            found = f"相邻署名中心相距 {mm_text(closest)}"
            yield _seal_fault(names[0], closest, found, f"不小于印章直径 {size:g} mm", "拉开署名，或分作两排")
            return
    yield from _height_faults(paper, names, date, rows)


def _seal_fault(name: Element, most: float, found: str, expected: str, remedy: str) -> Found:
    """Tell of too little room; where there is enough for the smallest of seals, as a remark."""
    is_enough = most >= standard().tolerance.seal_least.mm
    return replace(at(name, found, expected, remedy), grade=Grade.INFO if is_enough else None)


def _height_faults(
    paper: Paper, names: Sequence[Element], date: Element, rows: Sequence[Sequence[Box]]
) -> Iterator[Found]:
    style = standard()
    size, allowed = style.signature.seal_diameter.mm, style.tolerance.edge.mm
    above = _text_above(paper, names)
    bottom = box_of(date).bottom if len(rows) == 1 else max(box.bottom for box in rows[0]) + _chars(1)
    if above is None:
        return
    room, line = bottom - above, style.grid.line_pitch.mm
    white = line + style.body.size.mm
    if room < size - allowed:
        found = f"正文末行至成文日期只有 {mm_text(room)}，盖不下 {size:g} mm 的印章"
        yield _seal_fault(names[0], room + allowed, found, f"不少于印章直径 {size:g} mm", "署名上方多空几行")
    elif len(rows) == 1 and room > style.tolerance.largest_seal.mm + white:
        is_of_largest = room <= style.tolerance.seal_most.mm + white
        found = f"正文末行至成文日期有 {mm_text(room)}"
        expected = f"印章顶端距正文一行（{line:.1f} mm）之内"
        yield replace(
            at(names[0], found, expected, "署名上方少空几行"), grade=Grade.INFO if is_of_largest else None
        )


def _text_above(paper: Paper, names: Sequence[Element]) -> float | None:
    """The lower edge of the last text above the names, on their page."""
    top = min(box_of(name).top for name in names)
    lines = [
        line
        for element in paper.of(*TEXT, "附件说明", "表", "表注")
        for line in element.lines
        if line.page == names[0].page and line.ink.bottom < top
    ]
    return max((line.ink.bottom for line in lines), default=None)


def text_shares_page(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.5.5: 署名、成文日期与正文同处一面，不用“此页无正文”."""
    date = paper.first("成文日期")
    body = [element for element in paper.of(*TEXT, "附件说明") if not element.annex]
    if date is None or not body:
        return
    if not any(line.page == date.page for element in body for line in element.lines):
        yield at(
            date,
            f"第 {date.page} 页只有署名和成文日期",
            "署名与正文同处一面",
            "调整行距、字距，使末页至少有一行正文",
        )


def no_seal_is_drawn(paper: Paper) -> Iterator[Found]:
    """党政机关公文处理工作条例, 九(12): 印章是发文机关盖的，不是画上去的."""
    date = paper.first("成文日期")
    if date is None:
        return
    tolerance, box = standard().tolerance, box_of(date)
    for picture in page_of(paper, date.lines[0].page).images:
        size = max(picture.box.width, picture.box.height)
        is_round = abs(picture.box.width - picture.box.height) < size / 4
        is_near = picture.box.top < box.bottom + _NEAR and picture.box.bottom > box.top - _NEAR
        if (
            is_round
            and is_near
            and tolerance.seal_least.mm <= size <= tolerance.seal_most.mm
            and is_red(picture.colour or "#000000")
        ):
            yield Found(
                f"署名处有 {size:.0f} mm 的红色圆形图片",
                "没有画上去的印章",
                "删去图片，印发时盖章或用电子印章",
                page=date.page,
                box=picture.box,
            )


def note_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.6: 附注居左空二字加圆括号编排在成文日期下一行."""
    note, date = paper.first("附注"), paper.first("成文日期")
    if note is None:
        return
    style, line = standard(), note.lines[0]
    indent = start_of(line) - left_edge()
    if abs(indent - _chars(style.body.indent_chars)) > style.tolerance.align.mm:
        yield at(note, f"附注左空 {mm_text(indent)}", f"居左空二字（{_chars(2):.1f} mm）", "首行缩进 2 字符")
    if date is None or date.page != note.page:
        return
    step = line.baseline - date.lines[-1].baseline
    if not 0 < step <= style.grid.line_pitch.mm * _NEXT:
        yield at(note, f"附注在成文日期下 {mm_text(step)}", "成文日期的下一行", "删去附注前的空行")
