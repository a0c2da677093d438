"""Annexes and their tables in a DOCX."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Emu

from docgen.gongwen import Annex, Paragraph, Table
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Pages, Shapes, TableShape
from docgen.layout.setting import Align, TextStyle
from docgen.layout.table import align_of
from docgen.render.shell import LEVEL_STYLES
from docgen.render.word_lines import Stack
from docgen.render.wordml import LEAST_GAP, Paragraphs, cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet

_HEAD_ROLE = "heiti"
_WORD_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}


def blocks(annex: Annex, place: int, shapes: Shapes, stylesheet: Stylesheet) -> str:
    """Write the paragraphs and tables of one annex."""
    parts = []
    for number, block in enumerate(annex.blocks):
        is_turned = shapes.is_turned(place, number)
        is_last = number + 1 == len(annex.blocks) or shapes.is_turned(place, number + 1) != is_turned
        if isinstance(block, Paragraph):
            parts.append(paragraph(LEVEL_STYLES[block.level], run(block.text)))
        else:
            parts.append(_table(block, shapes.tables[place, number], stylesheet, is_last=is_last))
    return "".join(parts)


def _table(block: Table, shape: TableShape, stylesheet: Stylesheet, *, is_last: bool) -> str:
    """A table whose rows have the heights that were composed, its head repeated on each page.

    The white under it is a rule's weight less than composed, by which LibreOffice makes each table higher; where a
    page begins behind it there is hardly any, for it might not fit. A table that went to a new page is told to:
    where its first row all but fits, LibreOffice sets it on the page before and loses the rows behind it (seen).
    """
    style = stylesheet.table
    size = "Small" if shape.is_small else ""
    heads = ["center"] * len(block.columns)
    aligns = [_WORD_ALIGN[align_of(column, style)] for column in block.columns]
    headers = [column.header for column in block.columns]
    rows = [row(_cells(f"TableHead{size}", headers, heads, shape), shape.head_height, is_head=True)]
    for composed in shape.rows:
        name = "TableHead" if composed.role == _HEAD_ROLE else "TableText"
        rows.append(row(_cells(f"{name}{size}", composed.texts, aligns, shape), composed.height))
    new_page = "<w:pageBreakBefore/>" if shape.starts_page else ""
    caption = paragraph("TableCaption", run(block.caption), new_page) if block.caption else ""
    notes = "".join(paragraph("TableNote", run(note)) for note in block.notes)
    drawn = table(shape.widths, rows, border=style.weight, padding=style.beside(is_small=shape.is_small))
    gap = LEAST_GAP if is_last else max(shape.gap - style.weight, LEAST_GAP)
    return caption + drawn + notes + spacer(gap)


def _cells(style: str, texts: Sequence[str], aligns: Sequence[str], shape: TableShape) -> list[str]:
    return [
        cell(width, paragraph(style, run(text), f'<w:jc w:val="{align}"/>'), '<w:vAlign w:val="center"/>')
        for text, align, width in zip(texts, aligns, shape.widths, strict=True)
    ]


def measure_annexes(paragraphs: Paragraphs, pages: Pages, stylesheet: Stylesheet) -> None:
    """Start each annex on a new page, its title on the third line of the grid."""
    grid, title = stylesheet.grid, stylesheet.title
    label_baseline = stylesheet.text_top + TextStyle("", stylesheet.body.size, grid.line_pitch).baseline
    row = stylesheet.text_top + grid.line_pitch * (stylesheet.annex.title_line - 1)
    baseline = row + TextStyle("", title.size, grid.line_pitch).baseline
    labels, headings = paragraphs.get("AnnexLabel", []), paragraphs.get("AnnexTitle", [])
    for place, label in enumerate(labels):
        label.paragraph_format.page_break_before = place > 0
    for label, heading, lines in zip(labels, headings, pages.shapes.annex_titles, strict=True):
        stack = Stack(stylesheet.page.top_white)
        label.paragraph_format.line_spacing = Emu(stack.place(label_baseline, grid.line_pitch)[1])
        before, _ = stack.place(baseline, title.line_pitch, len(lines))
        under = baseline + title.line_pitch * (len(lines) - 1) + title.size * (1 - EM_ASCENT)
        heading.paragraph_format.space_before = Emu(before)
        heading.paragraph_format.space_after = Emu(under + stylesheet.annex.title_gap - stack.y)
