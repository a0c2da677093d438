"""Compose 标题 and the titles of annexes (GB/T 9704-2012, 7.3.1, 7.3.7): shaped lines, each in the middle."""

from __future__ import annotations

from docgen.layout.flow import Flow
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Tag, TextBlock
from docgen.layout.phrases import shape_lines
from docgen.layout.setting import Align, TextStyle, single_line
from docgen.units import Length

_ROLE = "xiaobiaosong"


def shape_title(flow: Flow, title: str) -> tuple[str, ...]:
    """Break a title to lines that the 版心 holds."""
    size = flow.stylesheet.title.size

    def fits(line: str) -> bool:
        return flow.metrics.width(line, _ROLE, size) <= flow.width

    return shape_lines(title, fits)


def title_height(flow: Flow, lines: int) -> Length:
    """From the top of the first line's em box to the bottom of the last one's."""
    style = flow.stylesheet.title
    return style.line_pitch * (lines - 1) + style.size


def place_title(flow: Flow, title: str, top: Length) -> tuple[str, ...]:
    """Set a title, the em box of its first line at `top`; leave `y` under its last line's em box."""
    style = flow.stylesheet.title
    text = TextStyle(_ROLE, style.size, style.size)
    lines = shape_title(flow, title)
    baseline = top + style.size * EM_ASCENT
    placed = tuple(
        single_line(
            flow.metrics, line, text, flow.left, flow.width, baseline + style.line_pitch * place, Align.CENTRE
        )
        for place, line in enumerate(lines)
    )
    flow.page.blocks.append(TextBlock("标题", placed, Tag.TITLE))
    flow.y = top + title_height(flow, len(lines))
    return lines
