"""Compose a `Document` into `Pages`: the one place where it is decided what stands on which line of which page."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.gongwen import Annex, Document, Level, Paragraph
from docgen.layout.closing import (
    SignatureShape,
    em_top,
    numbered,
    place_annex_note,
    place_imprint,
    place_signatures,
    shape_signatures,
)
from docgen.layout.flow import Flow
from docgen.layout.masthead import place_masthead, place_title
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Pages, Shapes, TableShape, Tag
from docgen.layout.table import place_table
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length

LEVEL_ROLES = {
    Level.BODY: "fangsong",
    Level.FIRST: "heiti",
    Level.SECOND: "kaiti",
    Level.THIRD: "fangsong",
    Level.FOURTH: "fangsong",
}
_LEVEL_ELEMENTS = {
    Level.BODY: "正文",
    Level.FIRST: "一级标题",
    Level.SECOND: "二级标题",
    Level.THIRD: "三级标题",
    Level.FOURTH: "四级标题",
}


def compose(document: Document, stylesheet: Stylesheet, metrics: Metrics) -> Pages:
    """Set every line, row and page of a paper. Raise ValueError for a character that no font draws."""
    flow = Flow(metrics, stylesheet)
    size = place_masthead(flow, document)
    grid = stylesheet.grid
    title_lines = place_title(flow, document.title, flow.y + grid.line_pitch * stylesheet.title.gap_lines)
    style = flow.body_style()
    flow.y += grid.line_pitch * stylesheet.body.gap_lines - em_top(style)
    flow.set_paragraph(document.addressees, style, "主送机关")
    signatures = shape_signatures(flow, document.signatures)
    note_indents = _place_text(flow, document, signatures)
    place_signatures(flow, document.signatures, signatures)
    if document.note:
        flow.set_paragraph(
            f"（{document.note}）", style, "附注", indent=flow.chars(stylesheet.body.indent_chars)
        )
    annex_titles = []
    tables: dict[tuple[int, int], TableShape] = {}
    for place, annex in enumerate(document.annexes):
        annex_titles.append(_place_annex(flow, annex, place, tables))
    imprint = place_imprint(flow, document.imprint)
    pages = tuple(numbered(flow.closed(), metrics, stylesheet, imprint))
    shapes = Shapes(
        title_lines,
        size,
        signatures.lines,
        signatures.centres,
        signatures.blank,
        imprint,
        note_indents,
        tuple(annex_titles),
        tables,
    )
    return Pages(document.title.replace("\n", ""), pages, shapes)


def _place_text(flow: Flow, document: Document, signatures: SignatureShape) -> tuple[Length, Length]:
    """Set the body and 附件说明; the last of it shares a page with the signatures."""
    closing = signatures.height(flow.stylesheet.grid.line_pitch)
    rows = -(-int(closing) // int(flow.stylesheet.grid.line_pitch))
    note = document.annex_note
    kept = _rows_kept(flow, document.body, rows if note is None else 0)
    for paragraph, keeps_rows in zip(document.body, kept, strict=True):
        place_body_paragraph(flow, paragraph, keeps_rows)
    if note is None:
        return ZERO, ZERO
    return place_annex_note(flow, note, keeps_rows=rows)


def _rows_kept(flow: Flow, body: Sequence[Paragraph], closing: int) -> list[int]:
    """Count the rows that share a page with the end of each paragraph: those that `closing` takes after the last.

    A heading stays with the line after it, and with all that this line itself must stay with.
    """
    kept = [closing] * len(body)
    for place in range(len(body) - 2, -1, -1):
        after = body[place + 1]
        lines = len(flow.break_paragraph(after.text, LEVEL_ROLES[after.level]))
        stays_whole = after.level is not Level.BODY or lines == 1
        is_heading = body[place].level is not Level.BODY
        kept[place] = (lines + kept[place + 1] if stays_whole else 1) if is_heading else 0
    return kept


def place_body_paragraph(flow: Flow, paragraph: Paragraph, keeps_rows: int = 0) -> None:
    """Set one paragraph of the body or of an annex; a heading stays with the line after it."""
    is_heading = paragraph.level is not Level.BODY
    flow.set_paragraph(
        paragraph.text,
        flow.body_style(LEVEL_ROLES[paragraph.level]),
        _LEVEL_ELEMENTS[paragraph.level],
        indent=flow.chars(flow.stylesheet.body.indent_chars),
        tag=Tag.HEADING if is_heading else Tag.PARAGRAPH,
        keeps_whole=is_heading,
        keeps_rows=max(keeps_rows, 1) if is_heading else keeps_rows,
    )


def _place_annex(
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
