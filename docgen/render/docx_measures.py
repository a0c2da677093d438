"""Give a rendered DOCX the measures of the composed pages: gaps, indents, the red rule, sections.

docxtpl has put the words in by then; here python-docx sets where the paragraphs stand.
"""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu
from docx.text.paragraph import Paragraph as WordParagraph

from docgen.gongwen import AnnexNote, Document
from docgen.layout.closing import note_gap
from docgen.layout.pages import Page, Pages, Shapes, TableBlock, TextBlock
from docgen.layout.setting import box_top
from docgen.render.shell import section_xml, text_section
from docgen.render.wordml import DECLARATIONS
from docgen.styles import Stylesheet
from docgen.units import Length, mm

_SLACK = mm("0.3")
"""How much later than composed a page of a table may end: rounding must not push a row over."""

Paragraphs = dict[str, list[WordParagraph]]


def measure(word: WordDocument, document: Document, pages: Pages, stylesheet: Stylesheet) -> None:
    """Set every gap, indent and section that the composition decided."""
    paragraphs = _by_style(word)
    _measure_first_page(paragraphs, document, pages, stylesheet)
    _measure_note(paragraphs.get("AnnexNote", []), document.annex_note, pages.shapes, stylesheet)
    _keep_text_by_signatures(paragraphs["Signature"][0], pages, stylesheet)
    _measure_annexes(paragraphs, pages, stylesheet)
    _divide(word, paragraphs, document, pages, stylesheet)


def mark_top(pages: Pages, stylesheet: Stylesheet) -> Length:
    """The upper edge of the line box of the first issuer's name."""
    size = pages.shapes.mark_size
    return box_top(_baseline(pages, "发文机关标志"), size, size * stylesheet.masthead.name_pitch_ratio)


def _by_style(word: WordDocument) -> Paragraphs:
    found: Paragraphs = {}
    for element in word.element.body.iter(qn("w:p")):
        paragraph = WordParagraph(element, word._body)
        found.setdefault(paragraph._p.style or "", []).append(paragraph)
    return found


def _baseline(pages: Pages, element: str) -> Length:
    for block in pages.pages[0].blocks:
        if isinstance(block, TextBlock) and block.element == element:
            return block.lines[0].baseline
    raise ValueError(f"首页排不下{element}，标题或发文机关太长，应当删减")


def _measure_first_page(
    paragraphs: Paragraphs, document: Document, pages: Pages, stylesheet: Stylesheet
) -> None:
    """Place number, red rule, title and addressees one under another, each by its composed line box."""
    grid, title, size = stylesheet.grid, stylesheet.title, stylesheet.body.size
    mark_pitch = pages.shapes.mark_size * stylesheet.masthead.name_pitch_ratio
    mark_bottom = mark_top(pages, stylesheet) + mark_pitch * len(document.masthead.issuers)
    number_top = box_top(_baseline(pages, "发文字号"), size, grid.line_pitch)
    title_top = box_top(_baseline(pages, "标题"), title.size, title.line_pitch)
    text_top = box_top(_baseline(pages, "主送机关"), size, grid.line_pitch)
    rule = pages.pages[0].rules[0]
    paragraphs["Number"][0].paragraph_format.space_before = Emu(number_top - mark_bottom)
    _draw_rule(paragraphs["Number"][0], rule.y - number_top - grid.line_pitch, stylesheet)
    paragraphs["Title"][0].paragraph_format.space_before = Emu(title_top - rule.y)
    title_bottom = title_top + title.line_pitch * len(pages.shapes.title_lines)
    paragraphs["Addressees"][0].paragraph_format.space_before = Emu(text_top - title_bottom)


def _draw_rule(paragraph: WordParagraph, below: Length, stylesheet: Stylesheet) -> None:
    """Draw the red rule as the lower border of the number's paragraph."""
    style = stylesheet.masthead
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (
        ("val", "single"),
        ("sz", str(round(style.rule_weight.pt * 8))),
        ("space", str(round(below.pt))),
        ("color", style.colour.removeprefix("#")),
    ):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    style_name = paragraph._p.get_or_add_pPr().get_or_add_pStyle()
    style_name.addnext(border)


def _measure_note(
    items: list[WordParagraph], note: AnnexNote | None, shapes: Shapes, stylesheet: Stylesheet
) -> None:
    """Hang the items of 附件说明 under the first character of their names (7.3.4)."""
    if note is None:
        return
    number_x, name_x = shapes.note_indents
    two = stylesheet.cell * stylesheet.body.indent_chars
    for place, item in enumerate(items):
        form = item.paragraph_format
        if place < len(note.titles):
            form.left_indent = Emu(name_x)
            form.first_line_indent = Emu((two if place == 0 else number_x) - name_x)
        else:
            form.first_line_indent = Emu(two)
    items[0].paragraph_format.space_before = Emu(note_gap(stylesheet))


def _keep_text_by_signatures(signature: WordParagraph, pages: Pages, stylesheet: Stylesheet) -> None:
    """Let the text that ends above the signatures share a page with them (7.3.5.5).

    A paragraph whose last line was composed onto their page, though the page before had room for it, becomes two:
    told to keep it there, LibreOffice would move all of it. One that two pages share is left to flow.
    """
    *_, last, _room_for_seals = signature._p.xpath("ancestor::w:tbl/preceding-sibling::w:p")
    end = WordParagraph(last, signature._parent)
    here = next(page for page in pages.pages if any(_is_element(block, "署名") for block in page.blocks))
    place = next(place for place, block in enumerate(here.blocks) if _is_element(block, "署名"))
    above = here.blocks[place - 1] if place else None
    if not isinstance(above, TextBlock):
        return
    kept = "".join(line.text for line in above.lines)
    if kept != end.text and place == 1 and _had_room(pages.pages[here.number - 2], stylesheet):
        end = _divided(end, len(end.text) - len(kept))
    if kept == end.text:
        end.paragraph_format.keep_with_next = True


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


def _measure_annexes(paragraphs: Paragraphs, pages: Pages, stylesheet: Stylesheet) -> None:
    """Start each annex on a new page, its title on the third line of the grid."""
    pitch, title = stylesheet.grid.line_pitch, stylesheet.title
    row = stylesheet.text_top + pitch * (stylesheet.annex.title_line - 1)
    first = row + (pitch - title.line_pitch) / 2
    leading = (title.line_pitch - title.size) / 2
    for place, label in enumerate(paragraphs.get("AnnexLabel", [])):
        label.paragraph_format.page_break_before = place > 0
    for heading in paragraphs.get("AnnexTitle", []):
        heading.paragraph_format.space_before = Emu(first - stylesheet.page.top_white - stylesheet.body.size)
        heading.paragraph_format.space_after = Emu(stylesheet.annex.title_gap - leading)


def _divide(
    word: WordDocument, paragraphs: Paragraphs, document: Document, pages: Pages, stylesheet: Stylesheet
) -> None:
    """End the text's section before the annexes, and the numbered pages before an added 版记."""
    body = word.element.body
    last = _section(stylesheet, is_annex=bool(document.annexes), shows_number=True)
    if document.annexes:
        *_, end = paragraphs["AnnexLabel"][0]._p.xpath("preceding-sibling::w:p")
        end.get_or_add_pPr().append(_section(stylesheet, is_annex=False, shows_number=True))
    if pages.shapes.imprint.added_pages == 2:
        *_, end_of_text, _blank, _imprint = body.iterchildren(qn("w:p"))
        end_of_text.get_or_add_pPr().append(last)
        last = _section(stylesheet, is_annex=bool(document.annexes), shows_number=False)
    body.replace(body.find(qn("w:sectPr")), last)


def _section(stylesheet: Stylesheet, *, is_annex: bool, shows_number: bool) -> BaseOxmlElement:
    page = stylesheet.page
    if is_annex:
        bottom = page.height - page.area_bottom - _SLACK
        text = section_xml(stylesheet, top=page.top_white, bottom=bottom, shows_number=shows_number)
    else:
        text = text_section(stylesheet, shows_number=shows_number)
    return parse_xml(text.replace("<w:sectPr>", f"<w:sectPr {DECLARATIONS}>", 1))
