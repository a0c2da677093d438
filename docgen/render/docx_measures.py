"""Give a rendered DOCX the measures of the composed pages: gaps, indents, the red rule, sections.

docxtpl has put the words in by then; here python-docx sets where the paragraphs stand.
"""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from docgen.gongwen import Document, Format
from docgen.layout.pages import Pages
from docgen.render.docx_annexes import measure_annexes
from docgen.render.docx_closing import keep_text_by_signatures, measure_note
from docgen.render.docx_letter import measure_letter
from docgen.render.docx_masthead import measure_first_page, measure_text
from docgen.render.docx_sections import divide
from docgen.render.word_lines import Stack, grid_box
from docgen.render.wordml import Paragraphs
from docgen.styles import Stylesheet
from docgen.units import twips


def measure(word: WordDocument, document: Document, pages: Pages, stylesheet: Stylesheet) -> None:
    """Set every gap, indent and section that the composition decided."""
    paragraphs = _by_style(word)
    if document.masthead is not None:
        place = measure_letter if document.format is Format.LETTER else measure_first_page
        place(paragraphs, document.masthead, pages, stylesheet)
    elif document.title:
        measure_text(paragraphs, pages, stylesheet, Stack(twips(grid_box(stylesheet)[0].twips)))
    measure_note(paragraphs.get("AnnexNote", []), document.annex_note, pages.shapes, stylesheet)
    if document.signatures is not None:
        keep_text_by_signatures(paragraphs["Signature"][0], pages, stylesheet)
    measure_annexes(paragraphs, pages, stylesheet)
    divide(word, document, pages.shapes, stylesheet)


def _by_style(word: WordDocument) -> Paragraphs:
    found: Paragraphs = {}
    for element in word.element.body.iter(qn("w:p")):
        paragraph = WordParagraph(element, word._body)
        found.setdefault(paragraph._p.style or "", []).append(paragraph)
    return found
