"""Rules of 标题 and 主送机关, by what is drawn in a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from docgen.check.finding import Found, at
from docgen.check.rules.pdf.expected import left_edge, mm_text, standard, start_of, where
from docgen.check.rules.pdf.masthead import head_rule
from docgen.check.seen import Element, Paper
from docgen.layout.words import Bond, bonds

_FULL = 20
_STUB = 4
_ALIKE = 0.5
_CLINGS = ("的", "、", "，", "》", "）", "”")


def title_gap(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.1: 标题编排于红色分隔线下空二行位置."""
    title = paper.first("标题")
    if title is None or title.page != 1:
        return
    above = _above(paper)
    if above is None:
        return
    tolerance = standard().tolerance
    gap = title.lines[0].ink.top - above
    least = tolerance.two_lines_least.mm - (tolerance.edge.mm if paper.is_letter else 0.0)
    if not least <= gap <= tolerance.two_lines_most.mm:
        name = "最后一个要素" if paper.is_letter else "红色分隔线"
        found = f"标题在{name}下 {mm_text(gap)}"
        yield at(title, found, f"空二行，约 {2 * standard().grid.line_pitch.mm:.1f} mm", "调整标题的段前间距")


def _above(paper: Paper) -> float | None:
    """The lower edge of what the title stands under."""
    if paper.is_letter:
        above = paper.of("发文字号", "份号", "密级", "紧急程度")
        return max((line.ink.bottom for element in above for line in element.lines), default=None)
    rule = head_rule(paper)
    return rule.box.bottom if rule is not None else None


def title_shape(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.1: 标题回行词意完整、排列对称、长短适宜，排列应当使用梯形或菱形."""
    for title in paper.of("标题", "附件标题"):
        if title.name == "标题" and len(title.lines) > 1:
            shape = _shape([line.ink.width for line in title.lines], title.lines[0].glyphs[0].ink.height)
            if shape:
                yield at(title, f"标题排成{shape}", "梯形或菱形", "调整回行位置，使各行长短错开、居中对称")
        yield from _breaks(title)


def _shape(widths: list[float], char: float) -> str:
    """Say what shape lines make where it is neither a trapezium nor a lozenge."""
    steps = [0 if abs(b - a) < _ALIKE * char else 1 if b > a else -1 for a, b in pairwise(widths)]
    if not any(steps):
        return "长方形"
    changes = [step for step in steps if step]
    first_fall = changes.index(-1) if -1 in changes else len(changes)
    return "沙漏形" if 1 in changes[first_fall:] else ""


def _breaks(title: Element) -> Iterator[Found]:
    lines = ["".join(glyph.char for glyph in line.glyphs) for line in title.lines]
    long = next((line for line in title.lines if len(line.glyphs) > _FULL), None)
    if long is not None and title.name == "标题":
        yield where(long, f"这一行 {len(long.glyphs)} 字", f"每行不超过 {_FULL} 字", "分成更多的行")
    held = bonds("".join(lines)) if len(lines) > 1 else []
    for place, (line, (above, below)) in zip(
        accumulate(map(len, lines)), zip(title.lines, pairwise(lines), strict=False), strict=False
    ):
        remedy = "在词与词之间回行"
        if below.startswith(_CLINGS):
            yield where(line, f"“{below[:1]}”排在行首", "“的”和标点随上一行", remedy)
        elif held[place] is Bond.WORD:
            yield where(line, f"“{above[-2:]}／{below[:2]}”拆开了一个词", "回行词意完整", remedy)
    if len(lines) > 1 and len(lines[-1]) < _STUB and title.name == "标题":
        yield at(title, f"末行只有“{lines[-1]}”", "文种不单独成行", "调整回行位置")


def addressees_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.2: 主送机关编排于标题下空一行位置，居左顶格."""
    title, addressees = paper.first("标题"), paper.first("主送机关")
    if title is None or addressees is None:
        return
    tolerance, line = standard().tolerance, addressees.lines[0]
    indent = start_of(line) - left_edge()
    if abs(indent) > tolerance.align.mm:
        yield at(addressees, f"主送机关左空 {mm_text(indent)}", "居左顶格", "左缩进、首行缩进改为 0")
    last = title.lines[-1]
    gap = line.ink.top - last.ink.bottom
    if last.page == line.page and not tolerance.one_line_least.mm <= gap <= tolerance.one_line_most.mm:
        found = f"主送机关在标题下 {mm_text(gap)}"
        yield at(
            addressees, found, f"空一行，约 {standard().grid.line_pitch.mm:.1f} mm", "调整主送机关的段前间距"
        )
