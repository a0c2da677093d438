"""Small pieces of WordprocessingML, written as text: every value is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.text.paragraph import Paragraph as WordParagraph

from docgen.units import ZERO, Length, mm

Paragraphs = dict[str, list[WordParagraph]]
"""The paragraphs of a rendered file by the id of their style."""

LEAST_GAP = mm("0.2")
"""A table needs a paragraph behind it; so low a one fits under a table that fills its page."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def text(words: str) -> str:
    """Escape what stands between tags."""
    return escape(words)


def attribute(words: str) -> str:
    """Quote and escape an attribute's value."""
    return quoteattr(words)


def run(words: str, size: Length | None = None, spacing: Length | None = None, font: str = "") -> str:
    """A run of text in its paragraph style, or with a size, a spacing, a font of its own.

    Quotes and dashes are drawn in the Chinese face.
    """
    named = "".join(f' w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs") if font)
    apart = f'<w:spacing w:val="{spacing.twips}"/>' if spacing is not None else ""
    half_points = round(size.pt * 2) if size is not None else 0
    sized = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"{named}/>{apart}{sized}</w:rPr>'
        f'<w:t xml:space="preserve">{text(words)}</w:t></w:r>'
    )


def paragraph(style_id: str, content: str, properties: str = "") -> str:
    """A paragraph in a named style; `properties` are further elements of its pPr, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>{content}</w:p>'


def spacer(height: Length, properties: str = "") -> str:
    """An empty line of an exact height: room for seals, a gap after a table."""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{height.twips}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Spacer"/>{properties}{line}</w:pPr></w:p>'


def cell(width: Length, content: str, properties: str = "") -> str:
    """A table cell; `properties` come behind its width."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width.twips}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], height: Length, *, is_head: bool = False) -> str:
    """A table row of a height that it keeps unless a reader without the fonts needs more; whole on one page."""
    exact = f'<w:trHeight w:val="{height.twips}" w:hRule="atLeast"/>'
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{exact}{head}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    widths: Sequence[Length],
    rows: Iterable[str],
    *,
    border: Length | None = None,
    indent: Length = ZERO,
    padding: Length = ZERO,
) -> str:
    """A table of fixed columns; `border` draws every rule, else none."""
    total = sum(width.twips for width in widths)
    size = round(border.pt * 8) if border else 0
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    kind = "single" if border else "nil"
    rules = "".join(
        f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="0" w:color="000000"/>' for side in sides
    )
    grid = "".join(f'<w:gridCol w:w="{width.twips}"/>' for width in widths)
    margins = "".join(
        f'<w:{side} w:w="{value.twips}" w:type="dxa"/>'
        for side, value in (("top", ZERO), ("left", padding), ("bottom", ZERO), ("right", padding))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblInd w:w="{indent.twips}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
