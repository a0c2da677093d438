"""署名 and 成文日期 in a DOCX: each on the place it was composed to, all of them on one page.

Names side by side under seals stand in a table, a cell each; all else are paragraphs of their own, indented from
the side that the standard counts from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from docgen.layout.pages import Hold, SignatureShape, SignedLine, SignedText
from docgen.render.wordml import LEAST_GAP, cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length

_KEEP = "<w:keepNext/>"
_STYLES = {"署名": "Signature", "成文日期": "Date"}


def signatures(shape: SignatureShape, stylesheet: Stylesheet, *, keeps_next: bool) -> str:
    """Write names and date; with `keeps_next` the date shares a page with the line after it (附注)."""
    last_keep = _KEEP if keeps_next else ""
    if len(shape.seals) <= 1:
        return "".join(_paragraphs(shape, stylesheet, last_keep))
    rows = _rows(shape)
    top = min(line.top for text in rows[0] for line in text.lines)
    drawn = _table(rows, top, stylesheet, last_keep)
    return spacer(top - LEAST_GAP, _KEEP) + drawn + spacer(LEAST_GAP, last_keep)


def _paragraphs(shape: SignatureShape, stylesheet: Stylesheet, last_keep: str) -> Iterator[str]:
    """Write each line as a paragraph, as far under the one before as it was composed."""
    top = ZERO
    for text in shape.texts:
        keep = last_keep if text is shape.texts[-1] else _KEEP
        for line in text.lines:
            before = f'<w:spacing w:before="{(line.top - top).twips}"/>'
            place = _place(line, ZERO, stylesheet.page.area_width)
            yield paragraph(_STYLES[text.element], run(line.text), keep + before + place)
            top = line.top + stylesheet.grid.line_pitch


def _place(line: SignedLine, left: Length, right: Length) -> str:
    """Indent a line between two edges."""
    from_left, from_right = line.x - left, right - line.x - line.width
    if line.hold is Hold.LEFT:
        return _indent(from_left, ZERO, "left")
    if line.hold is Hold.RIGHT:
        return _indent(ZERO, from_right, "right")
    if line.hold is Hold.BOTH:
        return _indent(from_left, from_right, "distribute")
    off = from_left - from_right
    return _indent(max(off, ZERO), max(-off, ZERO), "center")


def _indent(left: Length, right: Length, align: str) -> str:
    return f'<w:ind w:left="{left.twips}" w:right="{right.twips}"/><w:jc w:val="{align}"/>'


def _rows(shape: SignatureShape) -> list[list[SignedText]]:
    """Give the names of each row of seals, and the date in a row of its own."""
    *names, date = shape.texts
    pairs = zip(names, shape.seals, strict=True)
    return [[name for name, _ in group] for _, group in groupby(pairs, key=lambda pair: pair[1].y)] + [[date]]


def _table(rows: Sequence[Sequence[SignedText]], top: Length, stylesheet: Stylesheet, last_keep: str) -> str:
    """Write row by row. The rows' cells differ in width: each spans what columns it needs.

    LibreOffice keeps a row by the next one when the first paragraph in it says so itself, not by its style.
    """
    area, pitch = stylesheet.page.area_width, stylesheet.grid.line_pitch
    bounds = [_bounds(texts, area) for texts in rows]
    edges = sorted({edge for row_bounds in bounds for edge in row_bounds})
    written = []
    for texts, row_bounds in zip(rows, bounds, strict=True):
        keep = last_keep if texts is rows[-1] else _KEEP
        bottom = max(text.lines[-1].top for text in texts) + pitch
        cells = []
        for text, (left, right) in zip(texts, pairwise(row_bounds), strict=True):
            spanned = edges.index(right) - edges.index(left)
            span = f'<w:gridSpan w:val="{spanned}"/>' if spanned > 1 else ""
            cells.append(cell(right - left, _cell_text(text, left, right, top, keep), span))
        written.append(row(cells, bottom - top))
        top = bottom
    return table([right - left for left, right in pairwise(edges)], written)


def _bounds(texts: Sequence[SignedText], area: Length) -> list[Length]:
    """Divide a row's width halfway between its names."""
    sides = [
        (min(line.x for line in text.lines), max(line.x + line.width for line in text.lines))
        for text in texts
    ]
    return [ZERO, *((right + left) / 2 for (_, right), (left, _) in pairwise(sides)), area]


def _cell_text(text: SignedText, left: Length, right: Length, top: Length, keep: str) -> str:
    white = text.lines[0].top - top
    above = spacer(white, _KEEP) if white > 0 else ""
    lines = (
        paragraph(_STYLES[text.element], run(line.text), keep + _place(line, left, right))
        for line in text.lines
    )
    return above + "".join(lines)
