"""The head of a letter in a DOCX, and its red double lines: drawn on the page that its first line stands on (10.1)."""

from __future__ import annotations

from docgen.gongwen import Masthead
from docgen.layout.corner import corner_elements
from docgen.layout.pages import Page, Pages
from docgen.render.anchored import Anchored, bar, text_box
from docgen.render.docx_mark import corner_paragraph
from docgen.render.docx_masthead import measure_text
from docgen.render.word_lines import EXACT_ASCENT, Stack, grid_box, lines_of, spacing
from docgen.render.wordml import Paragraphs, cell, paragraph, row, run, table
from docgen.styles import Stylesheet
from docgen.units import ZERO, twips

_MARK_NUMBER, _FIRST_NUMBER = 11, 12
"""The numbers in the file of the mark's box and of the first line's drawing; 版记 has 1."""


def letter_head(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> str:
    """The mark and the lines hang on an empty first line of the text; then comes what stands under the upper one."""
    return _head(masthead, pages, stylesheet)[0]


def _head(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> tuple[str, Stack]:
    page, pitch = pages.pages[0], stylesheet.grid.line_pitch
    (line,) = lines_of(page, "发文字号")
    stack = Stack(twips(grid_box(stylesheet)[0].twips))
    hung = _mark(pages, stylesheet) + _double_lines(page)
    room = paragraph("Spacer", hung, spacing(ZERO, stack.skip_to(line.baseline - pitch * EXACT_ASCENT)))
    elements = [element for element, _ in corner_elements(masthead)]
    _, height = stack.place(line.baseline, pitch, max(len(elements), 1))
    number = paragraph("Number", run(line.text), '<w:jc w:val="right"/>')
    if not elements:
        return room + number, stack
    half = stylesheet.page.area_width / 2
    left = "".join(corner_paragraph(page, element) for element in elements)
    drawn = table([half, half], [row([cell(half, left), cell(half, number)], height * len(elements))])
    return room + drawn, stack


def _double_lines(page: Page) -> str:
    """The red lines of the first page, each as a bar."""
    return "".join(
        bar(
            Anchored(number, "红色双线", rule.x, rule.y - rule.weight / 2, rule.width, rule.weight), rule.colour
        )
        for number, rule in enumerate(page.rules[:4], start=_FIRST_NUMBER)
    )


def _mark(pages: Pages, stylesheet: Stylesheet) -> str:
    """The mark in a box, for it stands 30 mm from the edge of the page, over where the text may begin."""
    page = stylesheet.page
    (line,) = lines_of(pages.pages[0], "发文机关标志")
    size = line.runs[0].size
    pitch = size * stylesheet.masthead.name_pitch_ratio
    name = paragraph("Mark", run(line.text, size), spacing(ZERO, pitch))
    top = line.baseline - pitch * EXACT_ASCENT
    place = Anchored(_MARK_NUMBER, "发文机关标志", page.binding_white, top, page.area_width, pitch)
    return text_box(place, name, clears=False)


def measure_letter(paragraphs: Paragraphs, masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> None:
    """Place title and text under the last line of the head."""
    measure_text(paragraphs, pages, stylesheet, _head(masthead, pages, stylesheet)[1])
