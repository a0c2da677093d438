"""Rules of 附件说明, by where its characters stand in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.pdf.expected import TEXT, left_edge, mm_text, standard, start_of, where
from docgen.check.seen import Element, Paper

_LABEL = re.compile(r"附件[:：]")
_NUMBER = re.compile(r"\d{1,2}[.．、]")


def _offsets(element: Element) -> tuple[int | None, int]:
    """Give the place of the item's number among the first line's characters, None without one, and of its name."""
    text = "".join(glyph.char for glyph in element.lines[0].glyphs)
    label = _LABEL.match(text)
    start = label.end() if label else 0
    number = _NUMBER.match(text, start)
    return (start if number else None), (number.end() if number else start)


def names_hang(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.4: 附件名称较长需回行时，应当与上一行附件名称的首字对齐."""
    note = [element for element in paper.of("附件说明") if not element.text.startswith(("（", "("))]
    tolerance = standard().tolerance.hang.mm
    numbers: float | None = None
    for element in note:
        number, name = _offsets(element)
        glyphs = element.lines[0].glyphs
        if number is not None:
            numbers = glyphs[number].x if numbers is None else numbers
            if abs(glyphs[number].x - numbers) > tolerance:
                found = f"序号比第一个序号{'靠右' if glyphs[number].x > numbers else '靠左'} {mm_text(abs(glyphs[number].x - numbers))}"
                yield at(element, found, "各序号上下对齐", "各项用悬挂缩进对齐")
        if name >= len(glyphs):
            continue
        for line in element.lines[1:]:
            aside = start_of(line) - glyphs[name].x
            if abs(aside) > tolerance:
                found = f"回行比名称首字{'靠右' if aside > 0 else '靠左'} {mm_text(abs(aside))}"
                yield where(line, found, "与上一行名称的首字对齐", "用悬挂缩进对齐，不用空格")
                break
    if note:
        indent = start_of(note[0].lines[0]) - left_edge()
        expected = (standard().cell * standard().body.indent_chars).mm
        if _LABEL.match(note[0].text) and abs(indent - expected) > tolerance:
            found = f"“附件”左空 {mm_text(indent)}"
            yield at(note[0], found, f"左空二字（{expected:.1f} mm）", "左缩进改为 2 字符")


def note_gap(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.4: 在正文下空一行编排附件说明."""
    note = paper.first("附件说明")
    body = [element for element in paper.of(*TEXT) if not element.annex]
    if note is None or not body:
        return
    last, line, tolerance = body[-1].lines[-1], note.lines[0], standard().tolerance
    gap = line.ink.top - last.ink.bottom
    if last.page == line.page and not tolerance.one_line_least.mm <= gap <= tolerance.one_line_most.mm:
        found = f"附件说明在正文下 {mm_text(gap)}"
        yield at(
            note, found, f"空一行，约 {standard().grid.line_pitch.mm:.1f} mm", "正文与附件说明之间空一行"
        )
