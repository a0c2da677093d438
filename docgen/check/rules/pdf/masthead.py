"""Rules of 版头, by what is drawn on the first page of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.check.finding import Found, at
from docgen.check.pdf_frame import is_red
from docgen.check.pdf_lines import around, pieces
from docgen.check.rules.pdf.expected import (
    end_of,
    first_tops,
    hanzi,
    left_edge,
    middle,
    mm_text,
    page_of,
    right_edge,
    shift,
    standard,
    start_of,
    top_edge,
    type_fault,
)
from docgen.check.seen import Box, Element, Paper, SeenLine, SeenRule

_SUFFIX = "文件"
_LABEL = re.compile(r"签\|?发\|?人\|?[:：]?")
_LONG = 100.0
_WITHIN = 15.0
_SPACED = 0.5


def mark_of(paper: Paper) -> Box | None:
    """Give the box of the 发文机关标志, None where there is none."""
    marks = paper.of("发文机关标志")
    return around(line.ink for mark in marks for line in mark.lines) if marks else None


def is_command(paper: Paper) -> bool:
    """Whether the paper is a 命令: its mark ends so."""
    marks = paper.of("发文机关标志")
    return bool(marks) and marks[-1].text.endswith("令")


def is_minutes(paper: Paper) -> bool:
    """Whether the paper is a 纪要: its mark ends so."""
    marks = paper.of("发文机关标志")
    return bool(marks) and marks[-1].text.endswith("纪要")


def mark_top(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.4: 发文机关标志上边缘至版心上边缘为 35 mm; 10.1: 信函的至上页边为 30 mm."""
    style, box = standard(), mark_of(paper)
    if box is None or is_command(paper):
        return
    expected = style.letter.mark_top.mm if paper.is_letter else top_edge() + style.masthead.top.mm
    if abs(box.top - expected) > style.tolerance.edge.mm:
        off = "上页边" if paper.is_letter else "版心上边缘"
        start = 0.0 if paper.is_letter else top_edge()
        yield at(
            paper.of("发文机关标志")[0],
            f"发文机关标志上边缘距{off} {mm_text(box.top - start)}",
            f"距{off} {expected - start:g} mm",
            "调整发文机关标志的段前间距或位置",
        )


def command_top(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 10.2: 命令的发文机关标志上边缘至版心上边缘为 20 mm."""
    style, box = standard(), mark_of(paper)
    if box is None or not is_command(paper):
        return
    if abs(box.top - top_edge() - style.command.mark_top.mm) > style.tolerance.edge.mm:
        found = f"命令的标志上边缘距版心上边缘 {mm_text(box.top - top_edge())}"
        yield at(
            paper.of("发文机关标志")[0], found, f"{style.command.mark_top.mm:g} mm", "调整标志的段前间距"
        )


def mark_is_centred(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.4: 发文机关标志居中排布."""
    lines = [line for mark in paper.of("发文机关标志") for line in mark.lines]
    if not lines:
        return
    aside = (min(map(start_of, lines)) + max(map(end_of, lines))) / 2 - middle()
    if abs(aside) > standard().tolerance.edge.mm:
        found = f"发文机关标志偏{'右' if aside > 0 else '左'} {mm_text(abs(aside))}"
        yield at(paper.of("发文机关标志")[0], found, "居中", "居中排列，删去多余的空格和缩进")


def mark_names_are_even(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.4: 联合行文的机关名称依次分行，“文件”置于右侧，以联署机关名称为准上下居中."""
    marks = paper.of("发文机关标志")
    names = [mark for mark in marks if mark.text != _SUFFIX]
    if len(names) < 2 or paper.is_letter:
        return
    tolerance = standard().tolerance.align.mm
    boxes = [around(line.ink for line in name.lines) for name in names]
    widths = [box.width for box in boxes]
    if max(widths) - min(widths) > tolerance:
        found = f"机关名称宽 {mm_text(min(widths))} 到 {mm_text(max(widths))}，长短不齐"
        yield at(names[0], found, "各机关名称等宽", "把较短的名称分散对齐到最长的一行")
    suffix = next((mark for mark in marks if mark.text == _SUFFIX), None)
    if suffix is None:
        return
    box, block = suffix.lines[0].ink, around(boxes)
    aside = (box.top + box.bottom) / 2 - (block.top + block.bottom) / 2
    if box.left < block.right - tolerance or abs(aside) > tolerance:
        found = f"“文件”距机关名称的中线 {mm_text(abs(aside))}"
        yield at(suffix, found, "“文件”在机关名称右侧，上下居中", "把“文件”移到右侧，与各行的中间对齐")


def mark_fits(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.4: 发文机关标志不出版心."""
    box = mark_of(paper)
    allowed = standard().tolerance.edge.mm
    if box is not None and (box.left < left_edge() - allowed or box.right > right_edge() + allowed):
        found = f"发文机关标志从 {mm_text(box.left)} 到 {mm_text(box.right)}"
        yield at(
            paper.of("发文机关标志")[0],
            found,
            f"在版心 {left_edge():g} 到 {right_edge():g} mm 之内",
            "缩小发文机关标志的字号",
        )


def copy_number_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.1: 份号顶格编排在版心左上角第一行，3 号."""
    for element in paper.of("份号"):
        yield from _corner(element, paper, line=1)
        size = element.lines[0].glyphs[0].size
        if abs(size - standard().body.size.pt) > standard().tolerance.drawn_size.pt:
            yield at(element, f"份号 {size:g} 磅", "3 号（16 磅）", "字号改为三号")


def secrecy_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.2: 密级和保密期限一般用 3 号黑体字，顶格编排在版心左上角第二行."""
    for element in paper.of("密级"):
        yield from _corner(element, paper, line=None if paper.is_letter else 2)
        yield from _black_type(element)


def urgency_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.3: 紧急程度一般用 3 号黑体字，顶格编排，排在密级之下."""
    for element in paper.of("紧急程度"):
        yield from _corner(element, paper, line=None)
        yield from _black_type(element)
        secrecy = paper.first("密级")
        if secrecy is not None and element.lines[0].baseline <= secrecy.lines[0].baseline:
            yield at(
                element, "紧急程度排在密级之上", "份号、密级、紧急程度自上而下", "把紧急程度移到密级下一行"
            )


def _black_type(element: Element) -> Iterator[Found]:
    fault = type_fault(hanzi(element.lines), "黑体", standard().body.size.pt)
    if fault:
        yield at(element, f"{element.name}用{fault}", "3 号黑体", "字体改为黑体、三号")


def _corner(element: Element, paper: Paper, line: int | None) -> Iterator[Found]:
    """Look whether an element starts at the left edge, on a given line of the page."""
    style, seen = standard(), element.lines[0]
    aside = start_of(seen) - left_edge()
    if abs(aside) > style.tolerance.align.mm:
        yield at(
            element, f"{element.name}距版心左边缘 {mm_text(aside)}", "顶格", "左缩进改为 0，删去前面的空格"
        )
    if line is None or paper.is_letter:
        return
    least, most = first_tops()
    down = style.grid.line_pitch.mm * (line - 1)
    if not least + down - shift() <= seen.ink.top <= most + down:
        found = f"{element.name}上边缘距版心上边缘 {mm_text(seen.ink.top - top_edge())}"
        yield at(element, found, f"版心第 {line} 行", f"把{element.name}移到第 {line} 行")


def number_gap(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.5: 发文字号编排在发文机关标志下空二行位置."""
    box = mark_of(paper)
    below = paper.of("发文字号", "签发人")
    if box is None or not below or paper.is_letter:
        return
    tolerance = standard().tolerance
    gap = min(line.ink.top for element in below for line in element.lines) - box.bottom
    if not tolerance.two_lines_least.mm <= gap <= tolerance.two_lines_most.mm:
        found = f"发文字号在标志下 {mm_text(gap)}"
        yield at(
            below[0],
            found,
            f"空二行，约 {2 * standard().grid.line_pitch.mm:.1f} mm",
            "调整发文字号的段前间距",
        )


def number_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.5: 发文字号居中; 上行文居左空一字编排，与最后一个签发人姓名处在同一行."""
    number, signers = paper.first("发文字号"), paper.of("签发人")
    if number is None or paper.is_letter or paper.first("发文机关标志") is None:
        return
    line, tolerance = number.lines[0], standard().tolerance.align.mm
    if not signers:
        aside = (line.ink.left + line.ink.right) / 2 - middle()
        if abs(aside) > tolerance:
            found = f"发文字号偏{'右' if aside > 0 else '左'} {mm_text(abs(aside))}"
            yield at(number, found, "居中", "发文字号居中排列，删去空格")
        return
    indent = start_of(line) - left_edge()
    if abs(indent - standard().cell.mm) > tolerance:
        yield at(
            number,
            f"发文字号左空 {mm_text(indent)}",
            f"左空一字（{standard().cell.mm:.1f} mm）",
            "左缩进 1 字符",
        )
    last = max(signer.lines[-1].baseline for signer in signers)
    if abs(last - line.baseline) > tolerance:
        yield at(
            number, "发文字号与签发人不在同一行", "与最后一个签发人同行", "把发文字号移到最后一个签发人的一行"
        )


def signers_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.6: 签发人居右空一字; 姓名用 3 号楷体字，每行一般排两个姓名."""
    signers = paper.of("签发人")
    if not signers:
        return
    size = standard().body.size.pt
    glyphs = [glyph for signer in signers for line in signer.lines for glyph in line.glyphs]
    label = [glyph for glyph in glyphs if glyph.char in "签发人"][:3]
    names = [
        glyph for glyph in hanzi(line for signer in signers for line in signer.lines) if glyph not in label
    ]
    for words, kind, name in ((label, "仿宋", "“签发人”"), (names, "楷体", "签发人姓名")):
        fault = type_fault(words, kind, size)
        if fault:
            yield at(signers[0], f"{name}用{fault}", f"3 号{kind}", f"字体改为{kind}、三号")
    indent = right_edge() - max(glyph.ink.right for glyph in glyphs)
    if abs(indent - standard().cell.mm) > 2 * standard().tolerance.align.mm:
        yield at(signers[0], f"签发人右空 {mm_text(indent)}", "居右空一字", "右对齐，右缩进 1 字符")
    for row in _rows(signers):
        count = sum(_names_in(line) for line in row)
        if count > 2:
            yield at(
                signers[0],
                f"一行排了 {count} 个签发人",
                "每行一般排两个姓名",
                "按两个一行分排，回行与第一个姓名对齐",
            )


def _names_in(line: SeenLine) -> int:
    """Count the names on a line: one of two characters may be spread by a blank, and a dot joins what is around it."""
    parts = "|".join("".join(glyph.char for glyph in piece.glyphs) for piece in pieces(line, _SPACED))
    names = re.split(r"\|+", re.sub(r"\|?([·•])\|?", r"\1", _LABEL.sub("", parts)).strip("|"))
    spread = sum(len(name) == 1 for name in names)
    return len([name for name in names if name]) - spread // 2


def _rows(signers: Sequence[Element]) -> Iterator[list[SeenLine]]:
    lines = [line for signer in signers for line in signer.lines]
    for baseline in sorted({round(line.baseline, 1) for line in lines}):
        yield [line for line in lines if round(line.baseline, 1) == baseline]


def red_rule(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.2.7: 发文字号之下 4 mm 处居中印一条与版心等宽的红色分隔线."""
    number = paper.first("发文字号")
    if number is None or mark_of(paper) is None or paper.is_letter or is_command(paper) or is_minutes(paper):
        return
    rule = head_rule(paper)
    expected = f"发文字号下 {standard().masthead.rule_gap.mm:g} mm 有与版心等宽的红色分隔线"
    if rule is None:
        yield at(number, "发文字号下没有分隔线", expected, "在发文字号下加一条 156 mm 宽的红线")
        return
    fault = _rule_fault(number, rule)
    if fault:
        yield Found(fault, expected, "改正分隔线的位置、长度、颜色和粗细", page=rule.page, box=rule.box)


def head_rule(paper: Paper) -> SeenRule | None:
    """Find the rule under the 发文字号."""
    number = paper.first("发文字号")
    if number is None:
        return None
    line = number.lines[0]
    under = [
        rule
        for rule in page_of(paper, line.page).rules
        if rule.box.width > _LONG and line.baseline < rule.box.bottom < line.baseline + _WITHIN
    ]
    return min(under, key=lambda rule: rule.box.top, default=None)


def _rule_fault(number: Element, rule: SeenRule) -> str:
    style, tolerance = standard(), standard().tolerance
    gap = rule.box.top - max(glyph.ink.bottom for glyph in hanzi(number.lines))
    if not is_red(rule.colour):
        return f"分隔线是 {rule.colour}，不是红色"
    if abs(rule.box.width - style.page.area_width.mm) > tolerance.edge.mm:
        return f"分隔线长 {mm_text(rule.box.width)}"
    if abs(rule.box.left - left_edge()) > tolerance.edge.mm:
        return f"分隔线左端距页边 {mm_text(rule.box.left)}"
    if abs(gap - style.masthead.rule_gap.mm) > tolerance.edge.mm:
        return f"分隔线在发文字号下 {mm_text(gap)}"
    if not tolerance.red_rule_least.mm <= rule.weight + 0.01 <= tolerance.red_rule_most.mm + 0.02:
        return f"分隔线粗 {rule.weight:.2f} mm"
    return ""
