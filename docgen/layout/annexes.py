"""Compose annexes (GB/T 9704-2012, 7.3.7), upright or turned (clause 8)."""

from __future__ import annotations

from docgen.gongwen import Annex, Paragraph, Table
from docgen.layout.columns import has_to_turn
from docgen.layout.flow import Flow
from docgen.layout.pages import TableShape, Tag
from docgen.layout.table import place_table, row_texts
from docgen.layout.text import place_body_paragraph
from docgen.layout.title import place_title


def place_annex(
    flow: Flow, annex: Annex, place: int, tables: dict[tuple[int, int], TableShape]
) -> tuple[str, ...]:
    """Set one annex from a new page on: label, title on the third line, then its blocks.

    Label and title stand as the first block does; what turns the other way begins a page.
    """
    turned = _turned(flow, annex)
    flow.open_page(is_turned=bool(turned) and turned[0])
    pitch = flow.stylesheet.grid.line_pitch
    flow.set_paragraph(annex.label, flow.body_style("heiti"), "附件", tag=Tag.HEADING)
    row = flow.text_top + pitch * (flow.stylesheet.annex.title_line - 1)
    lines = place_title(flow, annex.title, row + (pitch - flow.stylesheet.title.size) / 2)
    flow.y += flow.stylesheet.annex.title_gap
    for number, (block, is_turned) in enumerate(zip(annex.blocks, turned, strict=True)):
        if is_turned != flow.page.is_turned:
            flow.new_page(is_turned=is_turned)
        if isinstance(block, Paragraph):
            place_body_paragraph(flow, block)
        else:
            tables[place, number] = place_table(flow, block)
    return lines


def _turned(flow: Flow, annex: Annex) -> tuple[bool, ...]:
    """Say which blocks of an annex are turned: all its tables where one has to be, so that they are read one way."""
    is_turned = any(
        has_to_turn(flow.metrics, flow.stylesheet, block, list(row_texts(block)))
        for block in annex.blocks
        if isinstance(block, Table)
    )
    return tuple(is_turned and isinstance(block, Table) for block in annex.blocks)
