"""Mark cells of a finished workbook with a colour and a note, and add sheets that list them. Pure.

All else stays as it is. A workbook that was marked before is marked anew: old colours, notes and lists go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from docgen.render.xlsx_cells import column_letters, column_number, patch_sheet
from docgen.render.xlsx_notes import AUTHOR, put_notes
from docgen.render.xlsx_package import MAIN, OFFICE_RELS, CannotMark, Package
from docgen.render.xlsx_styles import Styles
from docgen.render.xlsx_text import MAX_TEXT, printed_as_is, text_lines

MOST_NOTES = 3000
"""On one sheet: more notes make a workbook slow to open."""
MOST_LINKS = 65_000
"""On one sheet; Excel allows 65,530."""
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BOLD = '<b/><sz val="11"/><name val="宋体"/><charset val="134"/>'
_PLAIN = '<sz val="11"/><name val="宋体"/><charset val="134"/>'
_LINK = '<u/><sz val="11"/><color rgb="FF0563C1"/><name val="宋体"/><charset val="134"/>'
_LINE_PT = 15
_TALLEST_PT = 409
"""The tallest row that a workbook can have."""
_HEADER_FILL = "E7E6E6"


class Mark(NamedTuple):
    """A cell to be marked: the sheet by its title, "B12", the colour (RRGGBB) and the text of the note."""

    sheet: str
    cell: str
    fill: str
    note: str


class ListCell(NamedTuple):
    """A cell of a list: its text, its colour, and the cell ('保单'!B12) that it leads to."""

    text: str
    fill: str = ""
    link: str = ""


@dataclass(frozen=True)
class ListSheet:
    """A sheet to be added: its title, a line above ("" for none), headers with widths in characters, rows.

    A sheet of that title that is there already is written anew, if `replaces`; otherwise it is left alone.
    """

    title: str
    heading: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[ListCell, ...], ...]
    replaces: bool = True


@dataclass(frozen=True)
class Marked:
    """A marked workbook; whether macros were left out, and how many cells got a colour but no note."""

    content: bytes
    lost_macros: bool
    without_note: int


def sheet_titles(content: bytes) -> list[str]:
    """List the titles of a workbook's sheets. Raise CannotMark."""
    return [element.get("name", "") for element in _sheets(Package(content))]


def mark_workbook(
    content: bytes, marks: Sequence[Mark], lists: Sequence[ListSheet], fills: Collection[str]
) -> Marked:
    """Mark cells and add lists. `fills` are all colours that a marking may use. Raise CannotMark."""
    try:
        return _mark_workbook(content, marks, lists, fills)
    except (ValueError, OverflowError, LookupError) as error:
        # A number that is none, an index beyond its table: a reader passes over what a writer cannot keep.
        raise CannotMark(str(error)) from error


def _mark_workbook(
    content: bytes, marks: Sequence[Mark], lists: Sequence[ListSheet], fills: Collection[str]
) -> Marked:
    package = Package(content)
    lost_macros = package.drop_macros()
    styles_part = next(
        (one.part for one in package.relations(package.workbook_part) if one.kind == "styles"), ""
    )
    styles = Styles(package.part(styles_part) if styles_part else None, fills)
    lists_of = {sheet.title: sheet for sheet in lists}
    parts = _sheet_parts(package)
    without_note = 0
    for title, part in parts.items():
        own = [mark for mark in marks if mark.sheet == title]
        if title not in lists_of:
            without_note += _mark_sheet(package, part, own, styles)
    for title, sheet in lists_of.items():
        if title in parts and not sheet.replaces:
            continue
        _add_list(package, parts.get(title, ""), sheet, _ListStyles(styles))
    if styles_part:
        package.parts[styles_part] = styles.to_bytes()
    else:
        type_of = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
        package.relate(
            package.workbook_part, "styles", package.add_part("xl/styles", ".xml", styles.to_bytes(), type_of)
        )
    return Marked(package.to_bytes(), lost_macros, without_note)


def _sheets(package: Package) -> list[etree._Element]:
    return package.workbook.findall(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")


def _sheet_parts(package: Package) -> dict[str, str]:
    """Map the titles of worksheets to their parts; charts on sheets of their own are none."""
    parts = {one.id: one.part for one in package.relations(package.workbook_part) if one.kind == "worksheet"}
    ids = ((sheet.get("name", ""), sheet.get(f"{{{OFFICE_RELS}}}id", "")) for sheet in _sheets(package))
    return {title: parts[number] for title, number in ids if number in parts}


def _mark_sheet(package: Package, part: str, marks: Sequence[Mark], styles: Styles) -> int:
    """Colour cells and set their notes; give how many have no note because there are too many."""
    fills = {_place(mark.cell): mark.fill for mark in marks}
    notes = {_place(mark.cell): _text(mark.note) for mark in marks[:MOST_NOTES]}
    related = {one.kind: one for one in package.relations(part)}
    has_notes = "comments" in related
    has_ours = has_notes and AUTHOR.encode() in package.part(related["comments"].part)
    if not fills and not has_ours and not styles.marked:
        return 0
    drawing_id = ""
    legacy = ""
    if notes and "vmlDrawing" not in related:
        # Made first: the sheet names it, and the boxes need the sizes that the sheet states.
        drawing = package.add_part("xl/drawings/vmlDrawing", ".vml", b"", _DRAWING_TYPE)
        drawing_id = package.relate(part, "vmlDrawing", drawing)
        legacy = f'<legacyDrawing xmlns:r="{OFFICE_RELS}" r:id="{drawing_id}"/>'
    patched = patch_sheet(package.part(part), fills, styles.marked, styles.filled, legacy)
    package.parts[part] = patched.content
    if not notes and not has_ours:
        return 0
    by_id = {one.id: one.part for one in package.relations(part)}
    drawing = by_id.get(patched.legacy_id or drawing_id, "")
    if not drawing:
        raise CannotMark("notes without a drawing")
    old = package.part(related["comments"].part) if has_notes else None
    made = put_notes(notes, patched.geometry, old, package.part(drawing) or None)
    package.parts[drawing] = made.drawing
    if has_notes:
        package.parts[related["comments"].part] = made.comments
    else:
        package.relate(part, "comments", package.add_part("xl/comments", ".xml", made.comments, _NOTES_TYPE))
    return len(fills) - len(notes)


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


class _ListStyles:
    """The styles of a list, each made once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._made: dict[tuple[str, str], int] = {}

    def __call__(self, fill: str = "", font: str = _PLAIN) -> int:
        if (fill, font) not in self._made:
            self._made[fill, font] = self._styles.text(fill, font=font)
        return self._made[fill, font]


def _add_list(package: Package, part: str, sheet: ListSheet, styles: _ListStyles) -> None:
    content = _list_xml(sheet, styles)
    if part:
        package.drop_relations(part)
        package.parts[part] = content
        return
    part = package.add_part("xl/worksheets/sheet", ".xml", content, _SHEET_TYPE)
    number = max((int(one.get("sheetId", 0)) for one in _sheets(package)), default=0) + 1
    holder = package.workbook.find(f"{{{MAIN}}}sheets")
    if holder is None:
        raise CannotMark("a workbook without sheets")
    etree.SubElement(holder, f"{{{MAIN}}}sheet", {
        "name": sheet.title, "sheetId": str(number),
        f"{{{OFFICE_RELS}}}id": package.relate(package.workbook_part, "worksheet", part),
    })


def _list_xml(sheet: ListSheet, styles: _ListStyles) -> bytes:
    """Write a list as a sheet, its texts in the cells themselves: nothing there can become a formula."""
    rows = [[ListCell(header, _HEADER_FILL) for header, _ in sheet.columns], *sheet.rows]
    first = 2 if sheet.heading else 1
    written: list[str] = []
    links: list[str] = []
    if sheet.heading:
        height = _LINE_PT * (1 + sheet.heading.count("\n"))
        above = _cell_xml("A1", sheet.heading, styles())
        written.append(f'<row r="1" ht="{height}" customHeight="1">{above}</row>')
    for number, cells in enumerate(rows, start=first):
        line = []
        for column, cell in enumerate(cells, start=1):
            place = f"{column_letters(column)}{number}"
            is_link = bool(cell.link) and len(links) < MOST_LINKS
            font = _BOLD if number == first else _LINK if is_link else _PLAIN
            line.append(_cell_xml(place, cell.text, styles(cell.fill, font)))
            if is_link:
                links.append(f'<hyperlink ref="{place}" location={quoteattr(cell.link)}/>')
        lines = max(text_lines(cell.text, width) for cell, (_, width) in zip(cells, sheet.columns, strict=True))
        height = min(_LINE_PT * lines, _TALLEST_PT)
        written.append(f'<row r="{number}" ht="{height}" customHeight="1">{"".join(line)}</row>')
    widths = "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, (_, width) in enumerate(sheet.columns, start=1)
    )
    last = column_letters(len(sheet.columns))
    merged = f'<mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells>' if sheet.heading else ""
    pane = f'<pane ySplit="{first}" topLeftCell="A{first + 1}" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{"".join(written)}</sheetData>{merged}'
        f'{"<hyperlinks>" + "".join(links) + "</hyperlinks>" if links else ""}'
        f'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _cell_xml(place: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    inside = f'<t xml:space="preserve">{escape(_text(text))}</t>'
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>{inside}</is></c>'


def _text(text: str) -> str:
    """Give a text that a workbook can hold: what looks like a code of a character (_x000D_) stays what it is."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", printed_as_is(text))[:MAX_TEXT]


def reference(sheet: str, cell: str) -> str:
    """Write a cell as a link names it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"

