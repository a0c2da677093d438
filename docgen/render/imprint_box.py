"""版记 in a DOCX: a text box placed from the top of the page, its lower edge on that of the 版心.

A floating table is not honoured by every reader; a text box is.
"""

from __future__ import annotations

from docgen.gongwen import Imprint
from docgen.layout.pages import ImprintShape
from docgen.render.anchored import Anchored, text_box
from docgen.render.wordml import cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import Length, mm

_NUMBER = 1
"""The drawing's own number in the file."""


def imprint_box(imprint: Imprint, copies: str, shape: ImprintShape, stylesheet: Stylesheet) -> str:
    """Write the run that holds 版记."""
    page = stylesheet.page
    content = _rows(imprint, copies, shape, stylesheet) + spacer(mm("0.1"))
    height = page.area_bottom - shape.top + mm("0.5")
    return text_box(
        Anchored(_NUMBER, "版记", page.binding_white, shape.top, page.area_width, height), content
    )


def _rows(imprint: Imprint, copies: str, shape: ImprintShape, stylesheet: Stylesheet) -> str:
    style, width = stylesheet.imprint, stylesheet.page.area_width
    char = style.size.twips
    hang = (style.size * 3).twips
    outer, inner = _rule(style.outer_weight), _rule(style.inner_weight)
    print_height = style.line_pitch * len(shape.office_lines) + style.row_padding * 2
    rows = []
    if copies:
        copy_height = stylesheet.page.area_bottom - shape.top - print_height
        indent = f'<w:ind w:left="{char + hang}" w:right="{char}" w:hanging="{hang}"/>'
        borders = f"<w:tcBorders><w:top {outer}/><w:bottom {inner}/></w:tcBorders>"
        content = paragraph("Imprint", run(copies), indent)
        rows.append(row([cell(width, content, f'{borders}<w:vAlign w:val="center"/>')], copy_height))
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width.twips - char}"/></w:tabs>'
    ends = f'{tab}<w:ind w:left="{char}" w:right="{char}"/><w:jc w:val="left"/>'
    *above, last = shape.office_lines
    words = run(last) + "<w:r><w:tab/></w:r>" + run(imprint.printing_date)
    borders = f"<w:tcBorders><w:top {inner if copies else outer}/><w:bottom {outer}/></w:tcBorders>"
    content = "".join(paragraph("Imprint", run(line), ends) for line in above) + paragraph(
        "Imprint", words, ends
    )
    rows.append(row([cell(width, content, f'{borders}<w:vAlign w:val="center"/>')], print_height))
    return table([width], rows)


def _rule(weight: Length) -> str:
    return f'w:val="single" w:sz="{round(weight.pt * 8)}" w:space="0" w:color="000000"'
