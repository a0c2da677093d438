"""Render a paper as DOCX: words into the shell by docxtpl, measures from the composed pages by python-docx.

The file flows by itself; from the composition it takes its row heights, its added pages and the places of what
hangs on the page. Same document and pages, same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cache

from docx.document import Document as WordDocument
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from docgen.gongwen import Annex, AnnexNote, Document, Level, Masthead, Paragraph, Table
from docgen.layout.closing import copy_text
from docgen.layout.pages import Pages, Shapes, TableShape
from docgen.layout.setting import Align
from docgen.layout.table import align_of
from docgen.render.docx_measures import mark_top, measure
from docgen.render.imprint_box import imprint_box
from docgen.render.shell import BODY_ELEMENTS, SHELL_NAME, packed, shell
from docgen.render.wordml import cell, paragraph, row, run, spacer, table
from docgen.shipped import shipped
from docgen.styles import Stylesheet, load_stylesheet
from docgen.units import mm

_ENVIRONMENT = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
_HEAD_ROLE = "heiti"
_LONGEST_PROPERTY = 255
"""Characters that a property of a file may have (ECMA-376-2, as python-docx holds it)."""
_LEAST_GAP = mm("0.2")
"""A table needs a paragraph behind it; so low a one fits under a table that fills its page."""
_LEVELS = dict(zip(Level, BODY_ELEMENTS.values(), strict=True))


@cache
def _shell_bytes(stylesheet: Stylesheet) -> bytes:
    """The shipped shell, or that of a profile other than the standard's."""
    if stylesheet == load_stylesheet():
        return (shipped("templates") / SHELL_NAME).read_bytes()
    return shell(stylesheet)


def render_docx(document: Document, pages: Pages, stylesheet: Stylesheet) -> bytes:
    """Write the paper as an editable DOCX with named styles."""
    template = DocxTemplate(io.BytesIO(_shell_bytes(stylesheet)))
    template.render(_context(document, pages, stylesheet), jinja_env=_ENVIRONMENT, autoescape=True)
    word: WordDocument = template.docx
    word.core_properties.title = pages.title[:_LONGEST_PROPERTY]
    word.core_properties.author = document.masthead.issuers[0][:_LONGEST_PROPERTY]
    measure(word, document, pages, stylesheet)
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as package:
        return packed({name: package.read(name) for name in package.namelist()})


def _context(document: Document, pages: Pages, stylesheet: Stylesheet) -> dict[str, object]:
    shapes = pages.shapes
    return {
        "masthead": Markup(_masthead(document.masthead, pages, stylesheet)),
        "number": str(document.masthead.number),
        "title": "\n".join(shapes.title_lines),
        "addressees": document.addressees,
        "body": [{"element": _LEVELS[part.level], "text": part.text} for part in document.body],
        "annex_note": note_items(document.annex_note),
        "signatures": Markup(_signatures(document.signatures.signing_date, shapes, stylesheet)),
        "note": f"（{document.note}）" if document.note else "",
        "annexes": [
            {
                "label": annex.label,
                "title": "\n".join(shapes.annex_titles[place]),
                "blocks": Markup(_blocks(annex, place, shapes, stylesheet)),
            }
            for place, annex in enumerate(document.annexes)
        ],
        "imprint": Markup(_imprint(document, shapes, stylesheet)),
    }


def note_items(note: AnnexNote | None) -> list[str]:
    """Write 附件说明, an item a paragraph: 附件：1.…, 2.…, and the remark under them."""
    if note is None:
        return []
    is_numbered = len(note.titles) > 1
    items = [
        ("附件：" if place == 1 else "") + (f"{place}." if is_numbered else "") + title
        for place, title in enumerate(note.titles, start=1)
    ]
    return items + ([note.remark] if note.remark else [])


def _masthead(masthead: Masthead, pages: Pages, stylesheet: Stylesheet) -> str:
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


def _signatures(date: str, shapes: Shapes, stylesheet: Stylesheet) -> str:
    """Room for seals, then the names in a row, each in a cell around its middle, the date under the last.

    One row, which no reader divides between two pages. The low line behind it may end a section.
    """
    centres, width = shapes.signature_centres, stylesheet.page.area_width
    half = (centres[1] - centres[0]) / 2 if len(centres) > 1 else width - centres[0]
    pitch = stylesheet.grid.line_pitch
    most = max(map(len, shapes.name_lines))
    cells = []
    for lines in shapes.name_lines:
        above = spacer(pitch * (most - len(lines)) / 2) if len(lines) < most else ""
        cells.append(above + "".join(paragraph("Signature", run(line)) for line in lines))
    below = spacer(pitch * (most - len(shapes.name_lines[-1])) / 2) if len(shapes.name_lines[-1]) < most else ""
    cells[-1] += below + paragraph("Date", run(date), '<w:jc w:val="center"/>')
    names = row([cell(half + half, content) for content in cells], pitch * (most + 1))
    drawn = table([half + half] * len(centres), [names], indent=centres[0] - half)
    return spacer(shapes.signature_blank, "<w:keepNext/>") + drawn + spacer(_LEAST_GAP)


def _blocks(annex: Annex, place: int, shapes: Shapes, stylesheet: Stylesheet) -> str:
    parts = []
    for number, block in enumerate(annex.blocks):
        if isinstance(block, Paragraph):
            style = next(key for key, element in BODY_ELEMENTS.items() if element == _LEVELS[block.level])
            parts.append(paragraph(style, run(block.text)))
        else:
            parts.append(_table(block, place, number, shapes, stylesheet))
    return "".join(parts)


def _table(block: Table, place: int, number: int, shapes: Shapes, stylesheet: Stylesheet) -> str:
    """A table whose rows have the heights that were composed, its head repeated on each page."""
    shape, style = shapes.tables[place, number], stylesheet.table
    size = "Small" if shape.is_small else ""
    heads = ["center"] * len(block.columns)
    aligns = [_WORD_ALIGN[align_of(column)] for column in block.columns]
    headers = [column.header for column in block.columns]
    rows = [row(_cells(f"TableHead{size}", headers, heads, shape), shape.head_height, is_head=True)]
    for composed in shape.rows:
        name = "TableHead" if composed.role == _HEAD_ROLE else "TableText"
        rows.append(row(_cells(f"{name}{size}", composed.texts, aligns, shape), composed.height))
    caption = paragraph("TableCaption", run(block.caption)) if block.caption else ""
    notes = "".join(paragraph("TableNote", run(note)) for note in block.notes)
    drawn = table(shape.widths, rows, border=style.weight, padding=style.padding)
    return caption + drawn + notes + spacer(max(shape.gap, _LEAST_GAP))


def _cells(style: str, texts: Sequence[str], aligns: Sequence[str], shape: TableShape) -> list[str]:
    return [
        cell(width, paragraph(style, run(text), f'<w:jc w:val="{align}"/>'), '<w:vAlign w:val="center"/>')
        for text, align, width in zip(texts, aligns, shape.widths, strict=True)
    ]


_WORD_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}


def _imprint(document: Document, shapes: Shapes, stylesheet: Stylesheet) -> str:
    """The paragraph that 版记 hangs on, on a page of its own where the composition added one."""
    box = imprint_box(document.imprint, copy_text(document.imprint), shapes.imprint, stylesheet)
    anchor = paragraph(
        "Spacer",
        box,
        ("<w:pageBreakBefore/>" if shapes.imprint.added_pages else "")
        + '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    )
    blank = spacer(mm(1)) if shapes.imprint.added_pages == 2 else ""
    return blank + anchor
