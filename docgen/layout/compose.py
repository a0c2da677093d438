"""Compose a `Document` into `Pages`: the one place where it is decided what stands on which line of which page."""

from __future__ import annotations

from docgen.gongwen import Document, Format, Sealing
from docgen.layout.annexes import place_annex
from docgen.layout.flow import Flow
from docgen.layout.imprint import place_imprint
from docgen.layout.letter_head import place_letter_head
from docgen.layout.masthead import place_masthead
from docgen.layout.metrics import Metrics
from docgen.layout.page_numbers import numbered
from docgen.layout.pages import MarkShape, Pages, Shapes, TableShape
from docgen.layout.setting import em_top
from docgen.layout.signatures import place_signatures, shape_signatures
from docgen.layout.text import place_text
from docgen.layout.title import place_title
from docgen.styles import Stylesheet
from docgen.units import Length


def compose(document: Document, stylesheet: Stylesheet, metrics: Metrics) -> Pages:
    """Set every line, row and page of a paper. Raise ValueError for a character that no font draws."""
    flow = Flow(metrics, stylesheet)
    is_letter = document.format is Format.LETTER
    mark, title_lines = _place_top(flow, document, is_letter=is_letter)
    signatures = shape_signatures(flow, document.signatures) if document.signatures is not None else None
    annex_note = place_text(flow, document, signatures)
    if signatures is not None:
        place_signatures(flow, signatures)
    if document.note:
        flow.set_paragraph(
            f"（{document.note}）", flow.body_style(), "附注", indent=flow.chars(stylesheet.body.indent_chars)
        )
    annex_titles = []
    tables: dict[tuple[int, int], TableShape] = {}
    for place, annex in enumerate(document.annexes):
        annex_titles.append(place_annex(flow, annex, place, tables))
    imprint = None
    if document.imprint is not None:
        imprint = place_imprint(flow, document.imprint, is_letter=is_letter)
    pages = flow.closed()
    if document.has_page_numbers:
        pages = numbered(pages, metrics, stylesheet, imprint, is_letter=is_letter)
    shapes = Shapes(
        title_lines,
        mark,
        signatures,
        imprint,
        annex_note,
        tuple(annex_titles),
        tables,
    )
    title = document.title or (document.annexes[0].title if document.annexes else "")
    return Pages(
        title.replace("\n", ""),
        pages,
        shapes,
        number=_number(document),
        issuers=_issuers(document),
    )


def _place_top(
    flow: Flow, document: Document, *, is_letter: bool
) -> tuple[MarkShape | None, tuple[str, ...]]:
    """Set what stands above the text: 版头, title and 主送机关; give the mark and the title's lines."""
    stylesheet, style = flow.stylesheet, flow.body_style()
    pitch = stylesheet.grid.line_pitch
    mark: MarkShape | None = None
    title_lines: tuple[str, ...] = ()
    if document.masthead is not None:
        place_head = place_letter_head if is_letter else place_masthead
        mark = place_head(flow, document, document.masthead)
        flow.y += pitch * stylesheet.title.gap_lines
    elif document.title:
        flow.y = _top_of_title(stylesheet)
    if document.title:
        title_lines = place_title(flow, document.title, flow.y)
        flow.y += pitch * stylesheet.body.gap_lines - em_top(style)
    if document.addressees:
        flow.set_paragraph(document.addressees, style, "主送机关")
    return mark, title_lines


def _top_of_title(stylesheet: Stylesheet) -> Length:
    """Where a title begins that has no 版头 above it: at the 版心's edge, its first line within the page's text.

    Lines of the title are farther apart than those of the text; each stands in the middle of its own.
    """
    title = stylesheet.title
    return max(stylesheet.page.top_white, stylesheet.text_top + (title.line_pitch - title.size) / 2)


def _number(document: Document) -> str:
    """Give the paper's number; that of an annex by itself is the one it bears."""
    if document.masthead is not None:
        return str(document.masthead.number)
    return document.annexes[0].bound_to if document.annexes else ""


def _issuers(document: Document) -> tuple[str, ...]:
    """Give the agencies that sign; where their heads sign with a 签名章, those that the mark names."""
    if document.signatures is None:
        return ()
    if document.signatures.sealing is Sealing.STAMPED:
        return document.masthead.issuers if document.masthead is not None else ()
    return document.signatures.names
