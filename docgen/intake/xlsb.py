"""Read the sheets of an .xlsb ([MS-XLSB]: the parts of an .xlsx, as binary records) as raw rows.

Merged cells, hidden rows, hidden sheets and the calendar of 1904 are known. The format always stores a value
with a formula, so none is `Uncalculated`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import isfinite

from docgen.intake.archive import Archive
from docgen.intake.grid import closed
from docgen.intake.limits import MOST_COLUMNS, MOST_MERGES, MOST_ROWS, MOST_SHEETS, Allowance
from docgen.intake.opc import check_apart, links, workbook_part
from docgen.intake.serials import NumberKind, moment, number_kind
from docgen.intake.sheets import Merge, RawSheet, Row
from docgen.intake.xml_events import Malformed

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR = range(8, 12)
_SHARED_ITEM, _FORMAT, _STYLE, _RICH_TEXT = 19, 44, 47, 62
_WORKBOOK, _SHEET, _MERGE = 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
"""Numbers of the records that are read ([MS-XLSB] 2.3)."""

_CELL_BYTES = 8
_IS_HIDDEN = 0x10
"""fDyZero in the twelfth byte of a row's record."""
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass
class _Book:
    """What the workbook says of all its sheets; each as title, link and whether it is hidden."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    is_1904: bool = False
    texts: list[str] = field(default_factory=list)
    kinds: list[NumberKind] = field(default_factory=list)


def read_xlsb(archive: Archive, named: Callable[[str], str], allowance: Allowance) -> Iterator[RawSheet]:
    """Yield every sheet; only those to which `named` gives a name with their rows.

    Raise `Malformed` when the records are not what the format prescribes, `Unreadable` beyond the limits.
    """
    try:
        book = _Book()
        part = workbook_part(archive)
        _read_workbook(archive, part, book)
        linked = links(archive, part)
        parts = [linked.sheet_part(link) if named(title) else "" for title, link, _ in book.sheets]
        check_apart(list(filter(None, parts)))
        if any(parts):
            _read_styles(archive, linked.of_kind("styles"), book)
            _read_texts(archive, linked.of_kind("sharedStrings"), book)
        for (title, _, is_hidden), part in zip(book.sheets, parts, strict=True):
            raw = RawSheet(
                archive.name, title, named(title), (), is_hidden=is_hidden, is_1904=book.is_1904
            )
            yield _read_sheet(archive, part, book, raw, allowance) if part else raw
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Malformed(str(error)) from error


def _records(archive: Archive, part: str) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the content of each record of a part."""
    with archive.open(part) as stream:
        content = stream.read()
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
            if shift > 21:
                raise Malformed("a record without end")
        if at + size > end:
            raise Malformed("a record cut short")
        yield kind, content[at : at + size]
        at += size


def _wide(record: bytes, at: int) -> tuple[str, int]:
    """Read a text that stands behind its length; give it and where it ends."""
    (length,) = struct.unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    if end > len(record):
        raise Malformed("a text cut short")
    return record[at + 4 : end].decode("utf-16-le", "surrogatepass"), end


def _read_workbook(archive: Archive, part: str, book: _Book) -> None:
    for kind, record in _records(archive, part):
        if kind == _WORKBOOK:
            book.is_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            (state,) = struct.unpack_from("<I", record)
            link, end = _wide(record, 8)
            book.sheets.append((_wide(record, end)[0], link, state != 0))
            if len(book.sheets) > MOST_SHEETS:
                raise Malformed("too many sheets")


def _read_styles(archive: Archive, part: str, book: _Book) -> None:
    if not part:
        return
    codes: dict[int, str] = {}
    is_in_cell_styles = False
    for kind, record in _records(archive, part):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _wide(record, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            is_in_cell_styles = kind == _STYLES_BEGIN
        elif kind == _STYLE and is_in_cell_styles:
            (number,) = struct.unpack_from("<H", record, 2)
            book.kinds.append(number_kind(number, codes.get(number)))


def _read_texts(archive: Archive, part: str, book: _Book) -> None:
    if part:
        book.texts += (_wide(record, 1)[0] for kind, record in _records(archive, part) if kind == _SHARED_ITEM)


def _read_sheet(archive: Archive, part: str, book: _Book, empty: RawSheet, allowance: Allowance) -> RawSheet:
    rows: list[Row] = []
    row: list[object] = []
    hidden: list[int] = []
    merges: list[Merge] = []
    texts: dict[str, str] = {}
    for kind, record in _records(archive, part):
        if kind == _ROW:
            (number,) = struct.unpack_from("<I", record)
            if not len(rows) <= number < MOST_ROWS:
                raise Malformed("a row out of place")
            row = []
            rows.extend([()] * (number - len(rows)))
            rows.append(row)
            if record[11] & _IS_HIDDEN:
                hidden.append(number + 1)
        elif _BLANK < kind <= _FORMULA_ERROR or kind == _RICH_TEXT:
            column, style = struct.unpack_from("<II", record)
            if not len(row) <= column < MOST_COLUMNS or not rows:
                raise Malformed("a cell out of place")
            content = _content(kind, record, style & 0xFFFFFF, book)
            if content != "":
                allowance.take_cells(column + 1 - len(row))
                row.extend([""] * (column - len(row)))
                row.append(texts.setdefault(content, content) if isinstance(content, str) else content)
        elif kind == _MERGE:
            merges.append(_merge(record))
            if len(merges) > MOST_MERGES:
                raise Malformed("too many merged blocks")
    return closed(empty, rows, merges, hidden, texts, allowance)


def _content(kind: int, record: bytes, style: int, book: _Book) -> object:
    at = _CELL_BYTES
    if kind == _SHARED:
        return book.texts[struct.unpack_from("<I", record, at)[0]]
    if kind in (_TEXT, _FORMULA_TEXT):
        return _wide(record, at)[0]
    if kind == _RICH_TEXT:
        return _wide(record, at + 1)[0]
    if kind in (_BOOL, _FORMULA_BOOL):
        return record[at] != 0
    if kind in (_ERROR, _FORMULA_ERROR):
        return _ERRORS.get(record[at], "#N/A")
    number = _short_number(record, at) if kind == _RK else struct.unpack_from("<d", record, at)[0]
    if not isfinite(number):
        raise Malformed("no number")
    return moment(number, book.kinds[style] if book.kinds else NumberKind.NUMBER, is_1904=book.is_1904)


def _short_number(record: bytes, at: int) -> float:
    """Read an RkNumber: 30 bits of a whole number or of a float, both perhaps as hundredths."""
    (bits,) = struct.unpack_from("<i", record, at)
    number = float(bits >> 2) if bits & 2 else struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))[0]
    return number / 100 if bits & 1 else number


def _merge(record: bytes) -> Merge:
    first_row, last_row, first_column, last_column = struct.unpack_from("<4I", record)
    if not first_row <= last_row < MOST_ROWS or not first_column <= last_column < MOST_COLUMNS:
        raise Malformed("a merged block out of place")
    return Merge(first_row, last_row, first_column, last_column)
