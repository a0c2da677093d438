"""Compose 版记 (GB/T 9704-2012, 7.4), that of a letter too (10.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.gongwen import Imprint
from docgen.layout.breaker import BrokenLine
from docgen.layout.flow import Flow
from docgen.layout.pages import ImprintShape, Line, Rule, TextBlock
from docgen.layout.setting import Align, TextStyle, broken, em_top, set_line, single_line
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length

COPY_LABEL = "抄送："
"""What lines that go on behind it, and behind 主送：, stand in from by its width (7.4.2)."""
Copies = list[tuple[str, list[BrokenLine]]]
"""主送 and 抄送 as broken, each with its element's name."""


class ImprintTooHigh(ValueError):
    """版记 that no page holds."""


def imprint_style(stylesheet: Stylesheet) -> TextStyle:
    """The type of 版记."""
    style = stylesheet.imprint
    return TextStyle("fangsong", style.size, style.line_pitch, gap=style.size * stylesheet.grid.cjk_latin_gap)


def copy_texts(imprint: Imprint) -> list[tuple[str, str]]:
    """Write 主送, where it stands here, and 抄送 as printed: a full stop at the end (7.4.2), each with its name."""
    found = (
        ("版记主送", "主送：", imprint.addressees),
        ("抄送", COPY_LABEL, "，".join(imprint.copy_to)),
    )
    return [(element, f"{label}{agencies}。") for element, label, agencies in found if agencies]


def place_imprint(flow: Flow, imprint: Imprint, *, is_letter: bool) -> ImprintShape | None:
    """Set 版记 at the foot of the last page; give None where a letter has nothing to set there.

    Raise ImprintTooHigh where its agencies are more than a page holds.
    """
    text = imprint_style(flow.stylesheet)
    inner = _inner(flow.stylesheet)
    hang = flow.metrics.width(COPY_LABEL, text.role, text.size)
    copies = [
        (element, broken(flow.metrics, words, text, inner - hang, -hang, hangs=False))
        for element, words in copy_texts(imprint)
    ]
    if is_letter:
        return _place_in_letter(flow, copies, text, hang) if copies else None
    return _place_in_file(flow, imprint, copies, text, hang)


def _place_in_letter(flow: Flow, copies: Copies, text: TextStyle, hang: Length) -> ImprintShape:
    """Set 抄送 alone, without rules, its last line on the lower edge of the last page's 版心 (10.1)."""
    bottom = flow.stylesheet.page.area_bottom + em_top(text)
    height = text.pitch * _count(copies)
    top = bottom - height
    _refuse_too_high(flow, top)
    added = 0 if _has_room(flow, top) else 1
    if added:
        flow.new_page(is_turned=False)
    _place_copies(flow, copies, text, top, hang)
    return ImprintShape(top, added, (), height)


def _place_in_file(
    flow: Flow, imprint: Imprint, copies: Copies, text: TextStyle, hang: Length
) -> ImprintShape:
    """Set 版记 on the last line of an even page, on added pages where the text leaves no room (7.4)."""
    style, page = flow.stylesheet.imprint, flow.stylesheet.page
    office = _office_lines(flow, imprint, text)
    copies_height = text.pitch * _count(copies) + style.row_padding * 2 if copies else ZERO
    top = page.area_bottom - copies_height - text.pitch * len(office) - style.row_padding * 2
    _refuse_too_high(flow, top)
    is_even = len(flow.pages) % 2 == 0
    added = 0 if is_even and _has_room(flow, top) else 2 if is_even else 1
    for _ in range(added):
        flow.new_page(is_turned=False)
    _place_copies(flow, copies, text, top + style.row_padding, hang)
    _place_office(flow, imprint, office, text, top + copies_height)
    rules = [(top, style.outer_weight, 1), (page.area_bottom, style.outer_weight, -1)]
    if copies:
        rules.insert(1, (top + copies_height, style.inner_weight, 0))
    for at, weight, side in rules:
        flow.page.rules.append(Rule(flow.left, at + weight / 2 * side, flow.width, weight))
    lines = tuple("".join(glyph.char for glyph in line.glyphs) for line in office)
    return ImprintShape(top, added, lines, copies_height)


def _count(copies: Copies) -> int:
    return sum(len(lines) for _, lines in copies)


def _refuse_too_high(flow: Flow, top: Length) -> None:
    if top < flow.stylesheet.page.top_white:
        raise ImprintTooHigh("版记一页放不下，请减少主送、抄送机关，或写统称")


def _has_room(flow: Flow, top: Length) -> bool:
    """Whether a line of the grid stays free between the text and 版记, which is never turned."""
    return not flow.page.is_turned and flow.y + flow.stylesheet.grid.line_pitch <= top


def _inner(stylesheet: Stylesheet) -> Length:
    """The width of its lines."""
    return stylesheet.page.area_width - stylesheet.imprint.side * 2


def _office_lines(flow: Flow, imprint: Imprint, text: TextStyle) -> list[BrokenLine]:
    """Break 印发机关 to the room that 印发日期 leaves beside it."""
    date = flow.metrics.width(imprint.printing_date, text.role, text.size)
    room = _inner(flow.stylesheet) - date - text.size * flow.stylesheet.imprint.date_gap_chars
    return broken(flow.metrics, imprint.printing_office, text, room, hangs=False)


def _place_copies(flow: Flow, copies: Copies, text: TextStyle, top: Length, hang: Length) -> None:
    """Set 主送 and 抄送 under one another, no rule between them (7.4.2)."""
    for element, lines in copies:
        flow.page.blocks.append(TextBlock(element, tuple(_hanging(flow, lines, text, top, hang))))
        top += text.pitch * len(lines)


def _hanging(
    flow: Flow, lines: Sequence[BrokenLine], text: TextStyle, top: Length, hang: Length
) -> Iterator[Line]:
    x, inner = flow.left + flow.stylesheet.imprint.side, _inner(flow.stylesheet)
    for place, line in enumerate(lines):
        shift = hang if place else ZERO
        baseline = top + text.pitch * place + text.baseline
        yield set_line(line, text, x + shift, inner - shift, baseline, Align.JUSTIFY)


def _place_office(
    flow: Flow, imprint: Imprint, office: list[BrokenLine], text: TextStyle, top: Length
) -> None:
    """Set 印发机关 at the left, 印发日期 at the right of its last line."""
    style = flow.stylesheet.imprint
    x, inner = flow.left + style.side, _inner(flow.stylesheet)
    first = top + style.row_padding + text.baseline
    placed = tuple(
        set_line(line, text, x, inner, first + text.pitch * place, Align.LEFT)
        for place, line in enumerate(office)
    )
    flow.page.blocks.append(TextBlock("印发机关", placed))
    last = first + text.pitch * (len(office) - 1)
    date = single_line(flow.metrics, imprint.printing_date, text, x, inner, last, Align.RIGHT)
    flow.page.blocks.append(TextBlock("印发日期", (date,)))
