"""The head of a letter in a DOCX, and its red double lines: drawn on the page that its first line stands on (10.1)."""

from __future__ import annotations

from docgen.gongwen import Masthead
from docgen.layout.letter_head import letter_elements
from docgen.layout.pages import Pages
from docgen.layout.setting import box_top
from docgen.render.anchored import Anchored, bar, text_box
from docgen.render.docx_masthead import baseline, measure_text
from docgen.render.wordml import Paragraphs, cell, paragraph, row, run, table
from docgen.styles import Stylesheet
from docgen.units import Length

_MARK_NUMBER, _FIRST_NUMBER = 11, 12
"""The numbers in the file of the mark's box and of the first line's drawing; 版记 has 1."""
_MARK_PITCH = 1.27
"""The height of the mark's line in sizes of its type: LibreOffice sets a line of exact height with a fifth of it under
the baseline, and a line so high is set where it was composed."""
_STYLES = {"份号": "CopyNumber", "密级": "Secrecy", "紧急程度": "Urgency"}


def letter_head(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> str:
    """The mark and the lines hang on an empty first line of the text; then comes what stands under the upper one."""
    top = _first_top(pages, stylesheet) - stylesheet.text_top
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{top.twips}" w:lineRule="exact"/>'
    hung = _mark(masthead, pages, stylesheet) + _double_lines(pages)
    return paragraph("Spacer", hung, exact) + _elements(masthead, stylesheet)


def _first_top(pages: Pages, stylesheet: Stylesheet) -> Length:
    """The upper edge of the line box of the number, which is on the first line under the upper double line."""
    return box_top(baseline(pages, "发文字号"), stylesheet.body.size, stylesheet.grid.line_pitch)


def _double_lines(pages: Pages) -> str:
    """The red lines of the first page, each as a bar."""
    return "".join(
        bar(
            Anchored(number, "红色双线", rule.x, rule.y - rule.weight / 2, rule.width, rule.weight), rule.colour
        )
        for number, rule in enumerate(pages.pages[0].rules[:4], start=_FIRST_NUMBER)
    )


def _mark(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> str:
    """The mark in a box, for it stands 30 mm from the edge of the page, over where the text may begin."""
    page, size = stylesheet.page, pages.shapes.mark_size
    pitch = size * _MARK_PITCH
    top = box_top(baseline(pages, "发文机关标志"), size, pitch)
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{pitch.twips}" w:lineRule="exact"/>'
    name = paragraph("Mark", run(masthead.issuers[0], size), exact)
    place = Anchored(_MARK_NUMBER, "发文机关标志", page.binding_white, top, page.area_width, pitch)
    return text_box(place, name, clears=False)


def _elements(masthead: Masthead, stylesheet: Stylesheet) -> str:
    """份号, 密级 and 紧急程度 at the left, the number at the right of the first of them."""
    number = paragraph("Number", run(str(masthead.number)), '<w:jc w:val="right"/>')
    elements = letter_elements(masthead)
    if not elements:
        return number
    half = stylesheet.page.area_width / 2
    left = "".join(paragraph(_STYLES[element], run(words)) for element, words, _ in elements)
    height = stylesheet.grid.line_pitch * len(elements)
    return table([half, half], [row([cell(half, left), cell(half, number)], height)])


def measure_letter(paragraphs: Paragraphs, masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> None:
    """Place title and text under the last line of the head."""
    lines = max(len(letter_elements(masthead)), 1)
    bottom = _first_top(pages, stylesheet) + stylesheet.grid.line_pitch * lines
    measure_text(paragraphs, pages, stylesheet, bottom)
