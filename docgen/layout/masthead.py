"""Compose 版头 and the title (GB/T 9704-2012, 7.2, 7.3.1): placed by their ink, from the top of the 版心."""

from __future__ import annotations

from docgen.gongwen import Masthead
from docgen.layout.flow import Flow
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Line, Rule, Tag, TextBlock
from docgen.layout.phrases import shape_lines
from docgen.layout.setting import Align, TextStyle, single_line
from docgen.units import ZERO, Length

_ROLE = "xiaobiaosong"


def place_masthead(flow: Flow, masthead: Masthead) -> Length:
    """Set the issuers' names, 文件, the number and the red rule; give the size of the names."""
    style = flow.stylesheet.masthead
    size = mark_size(flow, masthead.issuers, masthead.suffix)
    ink_bottom = _place_mark(flow, masthead, size)
    body = flow.body_style()
    number_top = ink_bottom + flow.stylesheet.grid.line_pitch * style.number_gap_lines
    baseline = number_top + body.size * EM_ASCENT
    line = single_line(
        flow.metrics, str(masthead.number), body, flow.left, flow.width, baseline, Align.CENTRE
    )
    flow.page.blocks.append(TextBlock("发文字号", (line,)))
    rule = number_top + body.size + style.rule_gap + style.rule_weight / 2
    flow.page.rules.append(Rule(flow.left, rule, flow.width, style.rule_weight, style.colour))
    flow.y = rule + style.rule_weight / 2
    return size


def mark_size(flow: Flow, issuers: tuple[str, ...], suffix: str) -> Length:
    """Choose the largest type in which the longest name and 文件 stand side by side in the 版心."""
    style = flow.stylesheet.masthead
    widest = max(map(len, issuers))
    if len(issuers) == 1:
        return min(style.max_size, flow.width / (widest + len(suffix)))
    room = flow.width - (style.suffix_gap if suffix else ZERO)
    return min(style.max_size, room / (widest + len(suffix) * style.suffix_ratio))


def _place_mark(flow: Flow, masthead: Masthead, size: Length) -> Length:
    """Set the red mark, its ink's upper edge 35 mm below that of the 版心; give the lower edge of its ink."""
    style, page = flow.stylesheet.masthead, flow.stylesheet.page
    issuers, suffix = masthead.issuers, masthead.suffix
    face = flow.metrics.faces[_ROLE]
    top = page.top_white + style.top
    names = TextStyle(_ROLE, size, size, colour=style.colour)
    if len(issuers) == 1:
        text = issuers[0] + suffix
        high, low = face.ink(text)
        baseline = top + size * high
        line = single_line(flow.metrics, text, names, flow.left, flow.width, baseline, Align.CENTRE)
        flow.page.blocks.append(TextBlock("发文机关标志", (line,)))
        return baseline - size * low
    pitch = size * style.name_pitch_ratio
    high, _ = face.ink(issuers[0])
    _, low = face.ink(issuers[-1])
    first = top + size * high
    last = first + pitch * (len(issuers) - 1)
    column = size * max(map(len, issuers))
    suffix_size = size * style.suffix_ratio
    block = column + style.suffix_gap + suffix_size * len(suffix) if suffix else column
    x = flow.left + (flow.width - block) / 2
    lines = [
        single_line(flow.metrics, name, names, x, column, first + pitch * place, Align.DISTRIBUTE)
        for place, name in enumerate(issuers)
    ]
    bottom = last - size * low
    if suffix:
        lines.append(
            _suffix_line(flow, suffix, suffix_size, x + column + style.suffix_gap, (top + bottom) / 2)
        )
    flow.page.blocks.append(TextBlock("发文机关标志", tuple(lines)))
    return bottom


def _suffix_line(flow: Flow, suffix: str, size: Length, x: Length, centre: Length) -> Line:
    high, low = flow.metrics.faces[_ROLE].ink(suffix)
    baseline = centre + size * ((high + low) / 2)
    style = TextStyle(_ROLE, size, size, colour=flow.stylesheet.masthead.colour)
    return single_line(flow.metrics, suffix, style, x, size * len(suffix), baseline, Align.LEFT)


def place_title(flow: Flow, title: str, top: Length) -> tuple[str, ...]:
    """Set a title, the em box of its first line at `top`; leave `y` under its last line's em box."""
    style = flow.stylesheet.title
    text = TextStyle(_ROLE, style.size, style.size)

    def fits(line: str) -> bool:
        return flow.metrics.width(line, _ROLE, style.size) <= flow.width

    lines = shape_lines(title, fits)
    baseline = top + style.size * EM_ASCENT
    placed = tuple(
        single_line(
            flow.metrics, line, text, flow.left, flow.width, baseline + style.line_pitch * place, Align.CENTRE
        )
        for place, line in enumerate(lines)
    )
    flow.page.blocks.append(TextBlock("标题", placed, Tag.TITLE))
    flow.y = top + style.line_pitch * (len(lines) - 1) + style.size
    return lines
