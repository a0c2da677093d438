"""Compose 版记 (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

from docgen.gongwen import Imprint
from docgen.layout.breaker import BrokenLine
from docgen.layout.flow import Flow
from docgen.layout.pages import ImprintShape, Rule, TextBlock
from docgen.layout.setting import Align, TextStyle, broken, set_line, single_line
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length


def imprint_style(stylesheet: Stylesheet) -> TextStyle:
    """The type of 版记."""
    style = stylesheet.imprint
    return TextStyle("fangsong", style.size, style.line_pitch, gap=style.size * stylesheet.grid.cjk_latin_gap)


def copy_text(imprint: Imprint) -> str:
    """Write 抄送 as it is printed: agencies set off by commas, a full stop at the end (7.4.2)."""
    return f"抄送：{'，'.join(imprint.copy_to)}。" if imprint.copy_to else ""


def place_imprint(flow: Flow, imprint: Imprint) -> ImprintShape:
    """Set 版记 on the last line of an even page, on added pages where the text leaves no room (7.4).

    Raise ValueError where 抄送 is longer than a page.
    """
    style, page = flow.stylesheet.imprint, flow.stylesheet.page
    text = imprint_style(flow.stylesheet)
    hang = flow.metrics.width("抄送：", text.role, text.size)
    inner = flow.width - style.size - style.size
    copies = copy_text(imprint)
    lines = broken(flow.metrics, copies, text, inner - hang, -hang, hangs=False) if copies else []
    office = _office_lines(flow, imprint, text, inner)
    copy_height = text.pitch * len(lines) + style.row_padding * 2 if lines else ZERO
    top = page.area_bottom - copy_height - text.pitch * len(office) - style.row_padding * 2
    if top < page.top_white:
        raise ValueError("版记一页放不下，请减少抄送机关，或写统称")
    is_even = len(flow.pages) % 2 == 0
    has_room = not flow.page.is_turned and flow.y + flow.stylesheet.grid.line_pitch <= top
    added = 0 if is_even and has_room else 2 if is_even else 1
    for _ in range(added):
        flow.new_page(is_turned=False)
    if lines:
        _place_copies(flow, lines, text, top, hang)
    _place_office(flow, imprint, office, text, top + copy_height)
    rules = [(top, style.outer_weight, 1), (page.area_bottom, style.outer_weight, -1)]
    if lines:
        rules.insert(1, (top + copy_height, style.inner_weight, 0))
    for at, weight, side in rules:
        flow.page.rules.append(Rule(flow.left, at + weight / 2 * side, flow.width, weight))
    return ImprintShape(top, added, tuple("".join(glyph.char for glyph in line.glyphs) for line in office))


def _office_lines(flow: Flow, imprint: Imprint, text: TextStyle, inner: Length) -> list[BrokenLine]:
    """Break 印发机关 to the room that 印发日期 leaves beside it."""
    date = flow.metrics.width(imprint.printing_date, text.role, text.size)
    return broken(flow.metrics, imprint.printing_office, text, inner - date - text.size * 2, hangs=False)


def _place_copies(flow: Flow, lines: list[BrokenLine], text: TextStyle, top: Length, hang: Length) -> None:
    style = flow.stylesheet.imprint
    placed = []
    for place, line in enumerate(lines):
        shift = style.size if place == 0 else style.size + hang
        baseline = top + style.row_padding + text.pitch * place + text.baseline
        width = flow.width - shift - style.size
        placed.append(set_line(line, text, flow.left + shift, width, baseline, Align.JUSTIFY))
    flow.page.blocks.append(TextBlock("抄送", tuple(placed)))


def _place_office(
    flow: Flow, imprint: Imprint, office: list[BrokenLine], text: TextStyle, top: Length
) -> None:
    """Set 印发机关 at the left, 印发日期 at the right of its last line."""
    style = flow.stylesheet.imprint
    x, inner = flow.left + style.size, flow.width - style.size - style.size
    first = top + style.row_padding + text.baseline
    placed = tuple(
        set_line(line, text, x, inner, first + text.pitch * place, Align.LEFT)
        for place, line in enumerate(office)
    )
    flow.page.blocks.append(TextBlock("印发机关", placed))
    last = first + text.pitch * (len(office) - 1)
    date = single_line(flow.metrics, imprint.printing_date, text, x, inner, last, Align.RIGHT)
    flow.page.blocks.append(TextBlock("印发日期", (date,)))
