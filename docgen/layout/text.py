"""Compose the body and 附件说明 (GB/T 9704-2012, 7.3.3, 7.3.4): what stays together on a page."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.gongwen import Document, Level, Paragraph
from docgen.layout.annex_note import place_annex_note
from docgen.layout.flow import Flow
from docgen.layout.pages import SignatureShape, Tag
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


BODY_ELEMENTS = frozenset(_LEVEL_ELEMENTS.values())
"""What the text of a paper is called, headings and all."""


def place_text(flow: Flow, document: Document, signatures: SignatureShape | None) -> tuple[Length, Length]:
    """Set the body and 附件说明; the last of it shares a page with the signatures."""
    pitch = flow.stylesheet.grid.line_pitch
    rows = -(-int(signatures.height(pitch)) // int(pitch)) if signatures is not None else 0
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
