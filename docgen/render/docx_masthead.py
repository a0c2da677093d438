"""版头 and title in a DOCX: placed by their composed line boxes."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph as WordParagraph

from docgen.gongwen import Masthead
from docgen.layout.pages import Pages, TextBlock
from docgen.layout.setting import box_top
from docgen.render.wordml import Paragraphs, cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import Length


def masthead(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> str:
    """One line for a single issuer; else the names in one cell, spread to one width, and 文件 beside them."""
    style, size = stylesheet.masthead, pages.shapes.mark_size
    pitch = size * style.name_pitch_ratio
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{pitch.twips}" w:lineRule="exact"/>'
    room = spacer(mark_top(pages, stylesheet) - stylesheet.text_top)
    if len(masthead.issuers) == 1:
        return room + paragraph("Mark", run(masthead.issuers[0] + masthead.suffix, size), exact)
    names = "".join(
        paragraph("Mark", run(name, size), f'{exact}<w:jc w:val="distribute"/>') for name in masthead.issuers
    )
    suffix = paragraph("Mark", run(masthead.suffix, size * style.suffix_ratio), '<w:jc w:val="right"/>')
    column = size * max(map(len, masthead.issuers))
    rest = stylesheet.page.area_width - column
    cells = [cell(column, names), cell(rest, suffix, '<w:vAlign w:val="center"/>')]
    return room + table([column, rest], [row(cells, pitch * len(masthead.issuers))])


def mark_top(pages: Pages, stylesheet: Stylesheet) -> Length:
    """The upper edge of the line box of the first issuer's name."""
    size = pages.shapes.mark_size
    return box_top(baseline(pages, "发文机关标志"), size, size * stylesheet.masthead.name_pitch_ratio)


def measure_first_page(
    paragraphs: Paragraphs, masthead: Masthead, pages: Pages, stylesheet: Stylesheet
) -> None:
    """Place number, red rule, title and text one under another, each by its composed line box."""
    grid, size = stylesheet.grid, stylesheet.body.size
    mark_pitch = pages.shapes.mark_size * stylesheet.masthead.name_pitch_ratio
    mark_bottom = mark_top(pages, stylesheet) + mark_pitch * len(masthead.issuers)
    number_top = box_top(baseline(pages, "发文字号"), size, grid.line_pitch)
    rule = pages.pages[0].rules[0]
    paragraphs["Number"][0].paragraph_format.space_before = Emu(number_top - mark_bottom)
    _draw_rule(paragraphs["Number"][0], rule.y - number_top - grid.line_pitch, stylesheet)
    measure_text(paragraphs, pages, stylesheet, rule.y)


def measure_text(paragraphs: Paragraphs, pages: Pages, stylesheet: Stylesheet, above: Length) -> None:
    """Place the title under what ends at `above`, and under it 主送机关, or the text where that is in 版记."""
    title = stylesheet.title
    title_top = box_top(baseline(pages, "标题"), title.size, title.line_pitch)
    paragraphs["Title"][0].paragraph_format.space_before = Emu(title_top - above)
    title_bottom = title_top + title.line_pitch * len(pages.shapes.title_lines)
    heading = paragraphs["Title"][0]
    under, *_ = heading._p.xpath("following-sibling::w:p")
    first = WordParagraph(under, heading._parent)
    text_top = box_top(_baseline_of_text(pages), stylesheet.body.size, stylesheet.grid.line_pitch)
    first.paragraph_format.space_before = Emu(text_top - title_bottom)


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


def baseline(pages: Pages, element: str) -> Length:
    """The first baseline of an element of the first page. Raise ValueError where it did not come to stand there."""
    for block in _first_page(pages):
        if block.element == element:
            return block.lines[0].baseline
    raise ValueError(f"首页排不下{element}，标题或发文机关太长，应当删减")


def _baseline_of_text(pages: Pages) -> Length:
    """The baseline of the line under the title: of 主送机关, or of the text where that stands in 版记."""
    blocks = _first_page(pages)
    title = next(place for place, block in enumerate(blocks) if block.element == "标题")
    if title + 1 == len(blocks):
        raise ValueError("首页排不下主送机关和正文，标题或发文机关太长，应当删减")
    return blocks[title + 1].lines[0].baseline


def _first_page(pages: Pages) -> list[TextBlock]:
    return [block for block in pages.pages[0].blocks if isinstance(block, TextBlock)]
