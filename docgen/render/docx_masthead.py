"""版头 and title in a DOCX: every line stands where the composed one does."""

from __future__ import annotations

from docx.shared import Emu
from docx.text.paragraph import Paragraph as WordParagraph

from docgen.gongwen import Masthead
from docgen.layout.pages import Line, Page, Pages, TextBlock
from docgen.render.docx_mark import corner, mark
from docgen.render.docx_number import number, number_and_signers
from docgen.render.word_lines import Stack, grid_box, lines_of
from docgen.render.wordml import Paragraphs
from docgen.styles import Stylesheet
from docgen.units import twips


def masthead(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> str:
    """Write 版头 from the top of the text box down to the red rule."""
    return _masthead(masthead, pages, stylesheet)[0]


def _masthead(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> tuple[str, Stack]:
    page, shape = pages.pages[0], pages.shapes.mark
    if shape is None:
        raise ValueError("a masthead without a mark")
    stack = Stack(twips(grid_box(stylesheet)[0].twips))
    written = corner(page, stack, stylesheet)
    written += mark(page, len(masthead.issuers), shape.pitch, stack, stylesheet)
    if masthead.signers:
        written += number_and_signers(page, masthead.signers, stack, stylesheet)
    else:
        written += number(page, stack, stylesheet)
    return written, stack


def measure_first_page(
    paragraphs: Paragraphs, masthead: Masthead, pages: Pages, stylesheet: Stylesheet
) -> None:
    """Place title and text under the red rule."""
    measure_text(paragraphs, pages, stylesheet, _masthead(masthead, pages, stylesheet)[1])


def measure_text(paragraphs: Paragraphs, pages: Pages, stylesheet: Stylesheet, stack: Stack) -> None:
    """Place the title under what is set so far, and under it 主送机关, or the text where that is in 版记."""
    page = pages.pages[0]
    lines = lines_of(page, "标题")
    title = paragraphs["Title"][0]
    before, _ = stack.place(lines[0].baseline, stylesheet.title.line_pitch, len(lines))
    title.paragraph_format.space_before = Emu(before)
    (following,) = title._p.xpath("following::w:p[1]")
    before, _ = stack.place(_under(page, "标题").baseline, stylesheet.grid.line_pitch)
    WordParagraph(following, title._parent).paragraph_format.space_before = Emu(before)


def _under(page: Page, element: str) -> Line:
    """Give the first line under an element."""
    elements = [block.element if isinstance(block, TextBlock) else "" for block in page.blocks]
    for block in page.blocks[elements.index(element) + 1 :]:
        if isinstance(block, TextBlock):
            return block.lines[0]
    raise ValueError("首页排不下正文，标题或发文机关太长，应当删减")
