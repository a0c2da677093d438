"""Give a rendered DOCX the measures of the composed pages: gaps, indents, the red rule, sections.

docxtpl has put the words in by then; here python-docx sets where the paragraphs stand.
"""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

from docgen.gongwen import Document, Format
from docgen.layout.pages import Pages
from docgen.render.docx_annexes import measure_annexes
from docgen.render.docx_closing import keep_text_by_signatures, measure_note
from docgen.render.docx_letter import measure_letter
from docgen.render.docx_masthead import measure_first_page
from docgen.render.shell import section_xml, text_section
from docgen.render.wordml import DECLARATIONS, Paragraphs
from docgen.styles import Stylesheet
from docgen.units import mm

_SLACK = mm("0.3")
"""How much later than composed a page of a table may end: rounding must not push a row over."""


def measure(word: WordDocument, document: Document, pages: Pages, stylesheet: Stylesheet) -> None:
    """Set every gap, indent and section that the composition decided."""
    paragraphs = _by_style(word)
    if document.masthead is not None:
        place = measure_letter if document.format is Format.LETTER else measure_first_page
        place(paragraphs, document.masthead, pages, stylesheet)
    measure_note(paragraphs.get("AnnexNote", []), document.annex_note, pages.shapes, stylesheet)
    if document.signatures is not None:
        keep_text_by_signatures(paragraphs["Signature"][0], pages, stylesheet)
    measure_annexes(paragraphs, pages, stylesheet)
    _divide(word, paragraphs, document, pages, stylesheet)


def _by_style(word: WordDocument) -> Paragraphs:
    found: Paragraphs = {}
    for element in word.element.body.iter(qn("w:p")):
        paragraph = WordParagraph(element, word._body)
        found.setdefault(paragraph._p.style or "", []).append(paragraph)
    return found


def _divide(
    word: WordDocument, paragraphs: Paragraphs, document: Document, pages: Pages, stylesheet: Stylesheet
) -> None:
    """End the text's section before the annexes, and the numbered pages before an added 版记."""
    body = word.element.body
    is_annex, shows_number = bool(document.annexes), document.has_page_numbers
    hides_first = document.format is Format.LETTER
    last = _section(stylesheet, is_annex=is_annex, shows_number=shows_number, hides_first=hides_first and not is_annex)
    if is_annex:
        *_, end = paragraphs["AnnexLabel"][0]._p.xpath("preceding-sibling::w:p")
        text = _section(stylesheet, is_annex=False, shows_number=shows_number, hides_first=hides_first)
        end.get_or_add_pPr().append(text)
    if pages.shapes.imprint is not None and pages.shapes.imprint.added_pages == 2:
        *_, end_of_text, _blank, _imprint = body.iterchildren(qn("w:p"))
        end_of_text.get_or_add_pPr().append(last)
        last = _section(stylesheet, is_annex=is_annex, shows_number=False)
    body.replace(body.find(qn("w:sectPr")), last)


def _section(
    stylesheet: Stylesheet, *, is_annex: bool, shows_number: bool, hides_first: bool = False
) -> BaseOxmlElement:
    page = stylesheet.page
    if is_annex:
        bottom = page.height - page.area_bottom - _SLACK
        text = section_xml(stylesheet, top=page.top_white, bottom=bottom, shows_number=shows_number)
    else:
        text = text_section(stylesheet, shows_number=shows_number, hides_first=hides_first)
    return parse_xml(text.replace("<w:sectPr>", f"<w:sectPr {DECLARATIONS}>", 1))
