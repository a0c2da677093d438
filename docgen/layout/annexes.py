"""Compose annexes (GB/T 9704-2012, 7.3.7)."""

from __future__ import annotations

from docgen.gongwen import Annex, Paragraph
from docgen.layout.flow import Flow
from docgen.layout.pages import TableShape, Tag
from docgen.layout.table import place_table
from docgen.layout.text import place_body_paragraph
from docgen.layout.title import place_title


def place_annex(
    flow: Flow, annex: Annex, place: int, tables: dict[tuple[int, int], TableShape]
) -> tuple[str, ...]:
    """Set one annex from a new page on: label, title on the third line, then its blocks."""
    flow.new_page()
    pitch = flow.stylesheet.grid.line_pitch
    flow.set_paragraph(annex.label, flow.body_style("heiti"), "附件", tag=Tag.HEADING)
    row = flow.stylesheet.text_top + pitch * (flow.stylesheet.annex.title_line - 1)
    lines = place_title(flow, annex.title, row + (pitch - flow.stylesheet.title.size) / 2)
    flow.y += flow.stylesheet.annex.title_gap
    for number, block in enumerate(annex.blocks):
        if isinstance(block, Paragraph):
            place_body_paragraph(flow, block)
        else:
            tables[place, number] = place_table(flow, block)
    return lines
