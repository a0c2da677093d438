"""Compose what stands at the upper left of the 版心: 份号, 密级和保密期限, 紧急程度 (GB/T 9704-2012, 7.2.1–7.2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.gongwen import Masthead
from docgen.layout.flow import Flow
from docgen.layout.pages import TextBlock
from docgen.layout.setting import Align, single_line
from docgen.units import Length


def corner_elements(masthead: Masthead) -> list[tuple[str, str]]:
    """Give each element that is there, in order: its name and its text."""
    found = (("份号", masthead.copy_number), ("密级", masthead.secrecy), ("紧急程度", masthead.urgency))
    return [(element, text) for element, text in found if text]


def corner_lines(masthead: Masthead, secrecy_line: int) -> Iterator[tuple[str, str, int]]:
    """Give each element that is there: its name, its text, the line it stands on, counted from 1.

    密级 keeps its line without 份号 above it; 紧急程度 takes the next one that is free.
    """
    line = 0
    for element, text in corner_elements(masthead):
        line = secrecy_line if element == "密级" else line + 1
        yield element, text, line


def place_corner(flow: Flow, masthead: Masthead, top: Length) -> None:
    """Set 份号, 密级 and 紧急程度 at the left edge, on lines of the grid whose first begins at `top`."""
    style = flow.body_style()
    for element, text, number in corner_lines(masthead, flow.stylesheet.masthead.secrecy_line):
        place_corner_element(flow, element, text, top + style.pitch * (number - 1) + style.baseline)


def place_corner_element(flow: Flow, element: str, text: str, baseline: Length) -> None:
    """Set one element at the left edge; 密级 without a period is spread: 机　密."""
    style = flow.body_style("fangsong" if element == "份号" else "heiti")
    spread_chars = flow.stylesheet.masthead.spread_chars
    is_spread = element == "密级" and len(text) < spread_chars
    align = Align.DISTRIBUTE if is_spread else Align.LEFT
    width = flow.chars(spread_chars)
    line = single_line(flow.metrics, text, style, flow.left, width, baseline, align)
    flow.page.blocks.append(TextBlock(element, (line,)))
