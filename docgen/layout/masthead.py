"""Compose 版头 (GB/T 9704-2012, 7.2): each element under the one above it, from the top of the 版心."""

from __future__ import annotations

from docgen.gongwen import Document, Masthead
from docgen.layout.corner import place_corner
from docgen.layout.flow import Flow
from docgen.layout.mark import place_mark, shape_mark
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import MarkShape, Rule
from docgen.layout.signers import place_number, signer_rows
from docgen.layout.title import shape_title, title_height
from docgen.units import ZERO, Length


def place_masthead(flow: Flow, document: Document, masthead: Masthead) -> MarkShape:
    """Set what stands at the left, the mark, number, signers and the red rule; leave `y` under the rule."""
    sheet, style = flow.stylesheet, flow.stylesheet.masthead
    place_corner(flow, masthead, sheet.text_top)
    top = sheet.page.top_white + style.top
    height = sheet.page.area_bottom - top - _height_below(flow, document, masthead)
    shape = shape_mark(flow, masthead, flow.width, height)
    ink_bottom = place_mark(flow, masthead, shape, top)
    baseline = place_number(flow, masthead, ink_bottom + sheet.grid.line_pitch * style.number_gap_lines)
    rule = baseline + sheet.body.size * (1 - EM_ASCENT) + style.rule_gap + style.rule_weight / 2
    flow.page.rules.append(Rule(flow.left, rule, flow.width, style.rule_weight, style.colour))
    flow.y = rule + style.rule_weight / 2
    return shape


def _height_below(flow: Flow, document: Document, masthead: Masthead) -> Length:
    """What must stand under the mark on the first page, which shows text whatever stands above it (7.3.3)."""
    sheet, style = flow.stylesheet, flow.stylesheet.masthead
    pitch, body = sheet.grid.line_pitch, flow.body_style()
    number = pitch * (style.number_gap_lines + signer_rows(flow, masthead) - 1) + body.size
    rule = style.rule_gap + style.rule_weight
    title = pitch * sheet.title.gap_lines + title_height(flow, len(shape_title(flow, document.title)))
    lines = style.text_lines
    if document.addressees:
        lines += len(flow.break_lines(document.addressees, body, ZERO, ZERO))
    text = pitch * (sheet.body.gap_lines - 1) + pitch * lines + body.size
    return number + rule + title + text
