"""版记 in a DOCX: a text box placed from the top of the page, its lower edge on that of the 版心.

A floating table is not honoured by every reader; a text box is.
"""

from __future__ import annotations

from docgen.gongwen import Imprint
from docgen.layout.imprint import COPY_LABEL, copy_texts
from docgen.layout.pages import ImprintShape
from docgen.render.anchored import Anchored, text_box
from docgen.render.wordml import cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length, mm

_NUMBER = 1
"""The drawing's own number in the file."""


def imprint_box(imprint: Imprint, shape: ImprintShape, stylesheet: Stylesheet) -> str:
    """Write the run that holds 版记."""
    page = stylesheet.page
    printed = _print_height(shape, stylesheet)
    rows = [row(cells, height) for cells, height in _rows(imprint, shape, printed, stylesheet)]
    content = table([page.area_width], rows) + spacer(mm("0.1"))
    height = shape.copies_height + printed + mm("0.5")
    return text_box(
        Anchored(_NUMBER, "版记", page.binding_white, shape.top, page.area_width, height), content
    )


def _print_height(shape: ImprintShape, stylesheet: Stylesheet) -> Length:
    style = stylesheet.imprint
    if not shape.office_lines:
        return ZERO
    return style.line_pitch * len(shape.office_lines) + style.row_padding * 2


def _rows(
    imprint: Imprint, shape: ImprintShape, printed: Length, stylesheet: Stylesheet
) -> list[tuple[list[str], Length]]:
    """Write the rows with their heights: 主送 and 抄送, then 印发机关 and 印发日期, which a letter has not."""
    style = stylesheet.imprint
    outer, inner = _rule(style.outer_weight), _rule(style.inner_weight)
    rows = []
    if shape.copies_height:
        borders = f"<w:top {outer}/><w:bottom {inner}/>" if shape.office_lines else ""
        rows.append(([_cell(_copies(imprint, stylesheet), borders, stylesheet)], shape.copies_height))
    if shape.office_lines:
        borders = f"<w:top {inner if shape.copies_height else outer}/><w:bottom {outer}/>"
        rows.append(([_cell(_office(imprint, shape, stylesheet), borders, stylesheet)], printed))
    return rows


def _cell(content: str, borders: str, stylesheet: Stylesheet) -> str:
    drawn = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    return cell(stylesheet.page.area_width, content, f'{drawn}<w:vAlign w:val="center"/>')


def _copies(imprint: Imprint, stylesheet: Stylesheet) -> str:
    side, hang = stylesheet.imprint.side.twips, (stylesheet.imprint.size * len(COPY_LABEL)).twips
    indent = f'<w:ind w:left="{side + hang}" w:right="{side}" w:hanging="{hang}"/>'
    return "".join(paragraph("Imprint", run(words), indent) for _, words in copy_texts(imprint))


def _office(imprint: Imprint, shape: ImprintShape, stylesheet: Stylesheet) -> str:
    side, width = stylesheet.imprint.side.twips, stylesheet.page.area_width
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width.twips - side}"/></w:tabs>'
    ends = f'{tab}<w:ind w:left="{side}" w:right="{side}"/><w:jc w:val="left"/>'
    *above, last = shape.office_lines
    words = run(last) + "<w:r><w:tab/></w:r>" + run(imprint.printing_date)
    return "".join(paragraph("Imprint", run(line), ends) for line in above) + paragraph(
        "Imprint", words, ends
    )


def _rule(weight: Length) -> str:
    return f'w:val="single" w:sz="{round(weight.pt * 8)}" w:space="0" w:color="000000"'
