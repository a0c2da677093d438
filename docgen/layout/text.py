"""Compose the body and 附件说明 (GB/T 9704-2012, 7.3.3, 7.3.4): what stays together on a page."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.gongwen import AnnexNote, Document, Level, Paragraph
from docgen.layout.annex_note import note_heights, place_annex_note
from docgen.layout.flow import Flow
from docgen.layout.pages import NoteShape, SignatureShape, Tag
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


def place_text(flow: Flow, document: Document, signatures: SignatureShape | None) -> NoteShape | None:
    """Set the body and 附件说明; the last of it shares a page with the signatures (7.3.5.5).

    A short 附件说明 keeps the end of the body with them too; of a long one the first name stays with the body.
    """
    closing = _closing_height(flow, document, signatures)
    note = document.annex_note
    below = closing if note is None else _kept_note(flow, note, closing)
    is_kept = note is None or _has_lines(flow, document.body)
    kept = _kept(flow, document.body, below if is_kept else ZERO)
    for paragraph, keeps in zip(document.body, kept, strict=True):
        place_body_paragraph(flow, paragraph, keeps)
    return place_annex_note(flow, note, closing) if note is not None else None


def _has_lines(flow: Flow, body: Sequence[Paragraph]) -> bool:
    """Whether the text is more than one line, which must stay on the first page (7.3.3)."""
    indent = flow.chars(flow.stylesheet.body.indent_chars)
    return len(body) != 1 or len(flow.break_lines(body[0].text, flow.body_style(), ZERO, indent)) > 1


def _closing_height(flow: Flow, document: Document, signatures: SignatureShape | None) -> Length:
    """Give the height of the signatures, with the line of 附注 that follows the date (7.3.6).

    Raise ValueError where they leave no line of their page to the text.
    """
    if signatures is None:
        return ZERO
    height = signatures.height + (flow.stylesheet.grid.line_pitch if document.note else ZERO)
    if not _leaves_a_line(flow, height):
        raise ValueError("署名、印章和成文日期一页放不下，请减少署名机关，或减小印章直径")
    return height


def _kept_note(flow: Flow, note: AnnexNote, closing: Length) -> Length:
    """Give the height that shares a page with the end of the body: 附件说明 and signatures, or the first name."""
    *_, whole = heights = note_heights(flow, note)
    is_short = len(heights) <= flow.stylesheet.annex_note.short_items
    return whole + closing if is_short and _leaves_a_line(flow, whole + closing) else heights[0]


def _leaves_a_line(flow: Flow, height: Length) -> bool:
    """Whether a page holds so much and a line of text above it."""
    sheet = flow.stylesheet
    return height + sheet.grid.line_pitch <= sheet.text_bottom - sheet.text_top


def _kept(flow: Flow, body: Sequence[Paragraph], closing: Length) -> list[Length]:
    """Give the height that shares a page with the end of each paragraph: that of `closing` after the last.

    A heading stays with the line after it, and with all that this line itself must stay with.
    """
    pitch, indent = flow.stylesheet.grid.line_pitch, flow.chars(flow.stylesheet.body.indent_chars)
    kept = [closing if place == len(body) - 1 else ZERO for place in range(len(body))]
    for place in range(len(body) - 2, -1, -1):
        if body[place].level is Level.BODY:
            continue
        after = body[place + 1]
        style = flow.body_style(LEVEL_ROLES[after.level])
        lines = len(flow.break_lines(after.text, style, ZERO, indent))
        stays_whole = after.level is not Level.BODY or lines == 1
        kept[place] = pitch * lines + kept[place + 1] if stays_whole else pitch
    return kept


def place_body_paragraph(flow: Flow, paragraph: Paragraph, keeps: Length = ZERO) -> None:
    """Set one paragraph of the body or of an annex; a heading stays with the line after it."""
    is_heading = paragraph.level is not Level.BODY
    flow.set_paragraph(
        paragraph.text,
        flow.body_style(LEVEL_ROLES[paragraph.level]),
        _LEVEL_ELEMENTS[paragraph.level],
        indent=flow.chars(flow.stylesheet.body.indent_chars),
        tag=Tag.HEADING if is_heading else Tag.PARAGRAPH,
        keeps_whole=is_heading,
        keeps=max(keeps, flow.stylesheet.grid.line_pitch) if is_heading else keeps,
    )
