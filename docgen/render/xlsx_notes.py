"""Put notes (comments) on the cells of a sheet, beside those that stand there already. Pure.

A note has two parts: its text in comments.xml, and a box in the sheet's VML drawing that says how large it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from docgen.render.xlsx_cells import (
    DEFAULT_COLUMN_PX,
    DEFAULT_ROW_PX,
    Geometry,
    column_letters,
    column_number,
)
from docgen.render.xlsx_package import MAIN, parse_xml, xml_bytes
from docgen.render.xlsx_text import text_lines

AUTHOR = "docgen 核对"
JOINT = "\n—— docgen 核对 ——\n"
"""Stands between somebody's own note and ours in the same cell."""
NOTE_WIDTH_PX = 340
LINE_PX = 16
_CHARACTERS = 50
"""Half-width characters of 9 pt in a line of a note."""
_VML, _OFFICE, _EXCEL = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
_FONT = f'<rPr xmlns="{MAIN}"><sz val="9"/><rFont val="宋体"/><charset val="134"/></rPr>'
_NEW_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
_NEW_DRAWING = (
    f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    f'<v:shapetype xmlns:v="{_VML}" xmlns:o="{_OFFICE}" id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_FIRST_ID = 1024 * 900
"""Ids of boxes begin here: those of Office stay far below."""

Cell = tuple[int, int]


class Notes(NamedTuple):
    """The two parts of a sheet's notes."""

    comments: bytes
    drawing: bytes


def put_notes(
    texts: Mapping[Cell, str], geometry: Geometry, comments: bytes | None, drawing: bytes | None
) -> Notes:
    """Set the notes of these cells (row and column from 1), and take away those of an earlier marking."""
    book = parse_xml(comments or _NEW_COMMENTS.encode())
    boxes = parse_xml(drawing or _NEW_DRAWING.encode(), is_lenient=True)
    entries = book.find(f"{{{MAIN}}}commentList")
    authors = book.find(f"{{{MAIN}}}authors")
    if authors is None:
        authors = etree.Element(f"{{{MAIN}}}authors")
        book.insert(0, authors)
    if entries is None:
        entries = etree.SubElement(book, f"{{{MAIN}}}commentList")
    names = [author.text or "" for author in authors]
    shapes = _shapes(boxes)
    for entry in list(entries):
        cell = _cell_of(entry.get("ref", "A1"))
        if _author(entry, names) == AUTHOR:
            entries.remove(entry)
            _drop(shapes.pop(cell, None))
        else:
            _drop_joined(entry)
    if AUTHOR not in names:
        etree.SubElement(authors, f"{{{MAIN}}}author").text = AUTHOR
        names.append(AUTHOR)
    present = {_cell_of(entry.get("ref", "A1")): entry for entry in entries}
    if texts and boxes.find(f"{{{_VML}}}shapetype[@id='_x0000_t202']") is None:
        boxes.append(parse_xml(_SHAPE_TYPE.encode()))
    for number, (cell, text) in enumerate(sorted(texts.items()), start=1):
        if cell in present:
            whole = _join(present[cell], text, names)
        else:
            whole = text
            entries.append(_entry(cell, text, names.index(AUTHOR)))
        _drop(shapes.pop(cell, None))
        boxes.append(_shape(cell, whole, geometry, _FIRST_ID + number))
    entries[:] = sorted(entries, key=lambda entry: _cell_of(entry.get("ref", "A1")))
    return Notes(xml_bytes(book), xml_bytes(boxes))


def _cell_of(reference: str) -> Cell:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or 1), column_number(letters)


def _author(entry: etree._Element, names: list[str]) -> str:
    number = int(entry.get("authorId", 0))
    return names[number] if 0 <= number < len(names) else ""


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{{{MAIN}}}r")
    run.append(parse_xml(_FONT.encode()))
    written = etree.SubElement(run, f"{{{MAIN}}}t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _entry(cell: Cell, text: str, author: int) -> etree._Element:
    reference = f"{column_letters(cell[1])}{cell[0]}"
    entry = etree.Element(f"{{{MAIN}}}comment", {"ref": reference, "authorId": str(author)})
    etree.SubElement(entry, f"{{{MAIN}}}text").append(_run(text))
    return entry


def _runs(entry: etree._Element) -> list[etree._Element]:
    return list(entry.iter(f"{{{MAIN}}}r"))


def _drop_joined(entry: etree._Element) -> None:
    """Take from somebody's note what an earlier marking wrote under it."""
    is_ours = False
    for run in _runs(entry):
        is_ours = is_ours or (run.findtext(f"{{{MAIN}}}t") or "").startswith(JOINT)
        parent = run.getparent()
        if is_ours and parent is not None:
            parent.remove(run)


def _join(entry: etree._Element, text: str, names: list[str]) -> str:
    """Write a text under somebody's own note; give the whole. A threaded note (tc=…) cannot be written in."""
    own = "".join(piece.text or "" for piece in entry.iter(f"{{{MAIN}}}t"))
    holder = entry.find(f"{{{MAIN}}}text")
    if holder is None or _author(entry, names).startswith("tc="):
        return own
    if own and not _runs(entry):
        bare = holder.find(f"{{{MAIN}}}t")
        if bare is not None:
            holder.remove(bare)
            holder.insert(0, _run(own))
    holder.append(_run(JOINT + text))
    return own + JOINT + text


def _shapes(boxes: etree._Element) -> dict[Cell, etree._Element]:
    """Find the box of each note."""
    found = {}
    for shape in boxes.iter(f"{{{_VML}}}shape"):
        entry = shape.find(f"{{{_EXCEL}}}ClientData[@ObjectType='Note']")
        if entry is not None:
            row, column = (entry.findtext(f"{{{_EXCEL}}}{name}") or "0" for name in ("Row", "Column"))
            if re.fullmatch(r"\d{1,7}", row) and re.fullmatch(r"\d{1,5}", column):
                found[int(row) + 1, int(column) + 1] = shape
    return found


def _drop(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)


def _shape(cell: Cell, text: str, geometry: Geometry, number: int) -> etree._Element:
    height = LINE_PX * (text_lines(text, _CHARACTERS) + 1)
    row, column = cell
    anchor = (
        *_span(column + 1, 12, NOTE_WIDTH_PX, geometry.columns, DEFAULT_COLUMN_PX),
        *_span(max(row - 1, 1), 8, height, geometry.rows, DEFAULT_ROW_PX),
    )
    left, left_px, right, right_px, top, top_px, bottom, bottom_px = anchor
    places = ", ".join(map(str, (left, left_px, top, top_px, right, right_px, bottom, bottom_px)))
    return parse_xml(
        f'<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_x0000_s{number}" '
        f'type="#_x0000_t202" style="position:absolute;margin-left:59pt;margin-top:2pt;'
        f'width:{NOTE_WIDTH_PX * 3 / 4:g}pt;height:{height * 3 / 4:g}pt;z-index:{number - _FIRST_ID};'
        f'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        f'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{places}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column>"
        f"</x:ClientData></v:shape>".encode()
    )


def _span(
    first: int, offset: int, length: int, sizes: Mapping[int, int], size: int
) -> tuple[int, int, int, int]:
    """Give where a box of that many pixels begins and ends: column or row (from 0) and pixels within it."""
    last, left = first, offset + length
    while (own := sizes.get(last, size)) < left and last < 1_048_576:
        left -= own
        last += 1
    return first - 1, min(offset, sizes.get(first, size)), last - 1, left
