"""Compose the head of a letter and its red double lines (GB/T 9704-2012, 10.1, Fig. 11).

The text of a letter stands in the 版心 as that of any paper: 262 mm down it ends well over the lower line (277 mm).
"""

from __future__ import annotations

from docgen.gongwen import Document, Masthead
from docgen.layout.corner import corner_elements, place_corner_element
from docgen.layout.flow import Flow
from docgen.layout.mark import mark_size, place_single_mark
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import MarkShape, Rule, TextBlock
from docgen.layout.setting import Align, single_line
from docgen.units import Length


def place_letter_head(flow: Flow, document: Document, masthead: Masthead) -> MarkShape:
    """Set the lead agency's name, both double lines, what stands under the upper one; give the type of the name."""
    style, page = flow.stylesheet.letter, flow.stylesheet.page
    name = masthead.issuers[0]
    size = mark_size(flow, name, style.mark_size)
    top = place_single_mark(flow, name, size, style.mark_top) + style.line_gap
    _place_double_line(flow, top, (style.thick_weight, style.thin_weight))
    foot = page.height - style.foot_white - style.double_weight
    _place_double_line(flow, foot, (style.thin_weight, style.thick_weight))
    flow.y = _place_elements(flow, masthead, top + style.double_weight + style.first_gap)
    return MarkShape(size, size * flow.stylesheet.masthead.name_pitch_ratio)


def _place_double_line(flow: Flow, top: Length, weights: tuple[Length, Length]) -> None:
    """Draw two lines in the middle of the page, `top` being the upper edge of the first."""
    style = flow.stylesheet.letter
    x = (flow.stylesheet.page.width - style.line_width) / 2
    for weight in weights:
        y = top + weight / 2
        flow.page.rules.append(Rule(x, y, style.line_width, weight, flow.stylesheet.masthead.colour))
        top += weight + style.double_gap


def _place_elements(flow: Flow, masthead: Masthead, top: Length) -> Length:
    """Set 份号, 密级 and 紧急程度 at the left and the number at the right; give the lower edge of the last line."""
    pitch, body = flow.stylesheet.grid.line_pitch, flow.body_style()
    first = top + body.size * EM_ASCENT
    elements = corner_elements(masthead)
    for place, (element, words) in enumerate(elements):
        place_corner_element(flow, element, words, first + pitch * place)
    number = single_line(
        flow.metrics, str(masthead.number), body, flow.left, flow.width, first, Align.RIGHT
    )
    flow.page.blocks.append(TextBlock("发文字号", (number,)))
    return top + pitch * max(len(elements) - 1, 0) + body.size
