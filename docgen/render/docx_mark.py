"""What stands above 发文字号 in a DOCX: 份号, 密级, 紧急程度, and the red mark."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.layout.pages import Line, Page
from docgen.render.word_lines import EXACT_ASCENT, Stack, end_of, lines_of, spacing, spread, start_of
from docgen.render.wordml import cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length, twips

_FIT = twips(20)
"""How much wider than the longest name its cell is: LibreOffice breaks a name that fills it."""
_CORNER = {"份号": "CopyNumber", "密级": "Secrecy", "紧急程度": "Urgency"}


def corner(page: Page, stack: Stack, stylesheet: Stylesheet) -> str:
    """Write 份号, 密级 and 紧急程度, each on its line."""
    written = []
    for element in _CORNER:
        for line in lines_of(page, element):
            exact = spacing(*stack.place(line.baseline, stylesheet.grid.line_pitch))
            written.append(corner_paragraph(page, element, exact))
    return "".join(written)


def corner_paragraph(page: Page, element: str, properties: str = "") -> str:
    """Write one of them, spread as it was composed."""
    (line,) = lines_of(page, element)
    return paragraph(_CORNER[element], spread(line.text, line.runs[0].spacing), properties)


def mark(page: Page, names: int, pitch: Length, stack: Stack, stylesheet: Stylesheet) -> str:
    """Write the mark: one line for a single issuer, else the names in a cell and 文件 in one beside it."""
    lines = lines_of(page, "发文机关标志")
    room = spacer(stack.skip_to(lines[0].baseline - pitch * EXACT_ASCENT))
    if names == 1:
        before, height = stack.place(lines[0].baseline, pitch)
        return room + paragraph("Mark", _sized(lines[0]), spacing(before, height))
    return room + _joint(lines[:names], lines[names:], pitch, stack, stylesheet)


def _joint(
    names: Sequence[Line], suffix: Sequence[Line], pitch: Length, stack: Stack, stylesheet: Stylesheet
) -> str:
    top = stack.y
    _, height = stack.place(names[0].baseline, pitch, len(names))
    start = min(map(start_of, names))
    widths = [max(map(end_of, names)) - start + _FIT]
    distributed = spacing(ZERO, height) + '<w:jc w:val="distribute"/>'
    cells = [cell(widths[0], "".join(paragraph("Mark", _sized(line), distributed) for line in names))]
    for line in suffix:
        tall = line.runs[0].size * stylesheet.masthead.name_pitch_ratio
        at_right = spacing(*Stack(top).place(line.baseline, tall)) + '<w:jc w:val="right"/>'
        widths.append(end_of(line) - start - widths[0])
        cells.append(cell(widths[1], paragraph("Mark", _sized(line), at_right)))
    return table(widths, [row(cells, height * len(names))], indent=start - stylesheet.page.binding_white)


def _sized(line: Line) -> str:
    return run(line.text, line.runs[0].size)
