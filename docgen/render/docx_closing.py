"""附件说明 in a DOCX, and what keeps the end of the text by the signatures."""

from __future__ import annotations

from copy import deepcopy

from docx.oxml.ns import qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph as WordParagraph

from docgen.gongwen import AnnexNote
from docgen.layout.pages import Page, Pages, Shapes, TableBlock, TextBlock
from docgen.layout.setting import box_top
from docgen.styles import Stylesheet


def measure_note(
    items: list[WordParagraph], note: AnnexNote | None, shapes: Shapes, stylesheet: Stylesheet
) -> None:
    """Hang the items of 附件说明 under the first character of their names (7.3.4)."""
    shape = shapes.annex_note
    if note is None or shape is None:
        return
    two = stylesheet.cell * stylesheet.body.indent_chars
    for place, item in enumerate(items):
        form = item.paragraph_format
        if place < len(note.titles):
            name_x = shape.names_x[place]
            form.left_indent = Emu(name_x)
            form.first_line_indent = Emu((two if place == 0 else shape.number_x) - name_x)
        else:
            form.first_line_indent = Emu(two)
    items[0].paragraph_format.space_before = Emu(stylesheet.gap(stylesheet.annex_note.gap_lines))


def keep_text_by_signatures(signature: WordParagraph, pages: Pages, stylesheet: Stylesheet) -> None:
    """Let the text that ends above the signatures share a page with them, 附件说明 between them (7.3.5.5).

    A paragraph whose last line was composed onto their page, though the page before had room for it, becomes two:
    told to keep it there, LibreOffice would move all of it. One that two pages share is left to flow.
    """
    of_table = signature._p.xpath("ancestor::w:tbl/preceding-sibling::w:p")
    paragraphs = of_table[:-1] if of_table else signature._p.xpath("preceding-sibling::w:p")
    here = next(page for page in pages.pages if any(_is_element(block, "署名") for block in page.blocks))
    place = next(place for place, block in enumerate(here.blocks) if _is_element(block, "署名"))
    above = zip(reversed(paragraphs), reversed(here.blocks[:place]), reversed(range(place)), strict=False)
    for element, block, number in above:
        end = WordParagraph(element, signature._parent)
        if not isinstance(block, TextBlock):
            return
        kept = "".join(line.text for line in block.lines)
        if kept != end.text and number == 0 and _had_room(pages.pages[here.number - 2], stylesheet):
            end = _divided(end, len(end.text) - len(kept))
        if kept != end.text:
            return
        end.paragraph_format.keep_with_next = True
        if block.element != "附件说明":
            return


def _is_element(block: TextBlock | TableBlock, element: str) -> bool:
    return isinstance(block, TextBlock) and block.element == element


def _had_room(page: Page, stylesheet: Stylesheet) -> bool:
    """Whether one more line of the grid would have stood on a page of text."""
    last, pitch = page.blocks[-1], stylesheet.grid.line_pitch
    if not isinstance(last, TextBlock):
        return False
    top = box_top(last.lines[-1].baseline, stylesheet.body.size, pitch)
    return top + pitch + pitch <= stylesheet.text_bottom


def _divided(paragraph: WordParagraph, at: int) -> WordParagraph:
    """Make two paragraphs of one; give the second, which is not indented."""
    rest = WordParagraph(deepcopy(paragraph._p), paragraph._parent)
    paragraph._p.addnext(rest._p)
    text = paragraph.text
    paragraph.runs[0].text, rest.runs[0].text = text[:at], text[at:]
    rest.paragraph_format.first_line_indent = Emu(0)
    rest._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "0")
    return rest
