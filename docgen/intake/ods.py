"""Read the sheets of an .ods (OpenDocument 1.2 and later, part 3) as raw rows, as a stream.

Merged cells, hidden and filtered rows, hidden sheets and the calendar of 1904 are known; a formula that no value
is stored with is `Uncalculated`. Rows and columns that are repeated, as they are by the million below and beside
the data, cost nothing while they are empty. Comments and drawings are no part of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from xml.parsers import expat

from docgen.intake.archive import Archive
from docgen.intake.grid import closed, trimmed
from docgen.intake.limits import MOST_COLUMNS, MOST_MERGES, MOST_ROWS, MOST_SHEETS, Allowance
from docgen.intake.serials import plain_day
from docgen.intake.sheets import Merge, RawSheet, Row, Uncalculated
from docgen.intake.xls import encrypted
from docgen.intake.xlsx_sheet import exact, whole
from docgen.intake.xml_events import Malformed, check_depth, feed, local, new_parser

_ALWAYS_CALCULATE = (b"LibreOffice", b"OpenOffice")
"""Programs that store no value with a formula only when its result is an empty text."""
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE = f"{_OASIS}table:1.0 "
_OFFICE = f"{_OASIS}office:1.0 "
_TEXT = f"{_OASIS}text:1.0 "
_STYLE = f"{_OASIS}style:1.0 "
_DRAWING = f"{_OASIS}drawing:1.0 "
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_LINKED_FILE = "'file:"
"""How the title of a sheet begins that only keeps values of another file."""
_MOST_BLANKS = 10_000_000
"""Blanks of a sheet that are written as a number of them."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_SPAN = re.compile(r"(-?)PT(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


def read_ods(archive: Archive, named: Callable[[str], str], allowance: Allowance) -> Iterator[RawSheet]:
    """Yield every sheet; only those to which `named` gives a name with their rows.

    Raise `Malformed` when the content is not what the format prescribes, `Unreadable` beyond the limits.
    """
    if b"encryption-data" in _small_part(archive, "META-INF/manifest.xml"):
        raise encrypted(archive.name)
    meta = _small_part(archive, "meta.xml")
    is_calculated = any(program in meta for program in _ALWAYS_CALCULATE)
    reader = _Reader(archive.name, named, allowance, is_calculated=is_calculated)
    reader.listen(new_parser(), archive)
    for sheet in reader.sheets:
        yield replace(sheet, is_1904=reader.is_1904)


def _small_part(archive: Archive, part: str) -> bytes:
    """Read a part that says something of the file; nothing when there is none."""
    if part not in archive:
        return b""
    with archive.open(part) as stream:
        return stream.read()


class _Reader:
    """Hears the elements of content.xml. `sheets` are those that were read to their end."""

    def __init__(self, file: str, named: Callable[[str], str], allowance: Allowance, *, is_calculated: bool) -> None:
        self._is_calculated = is_calculated
        self.sheets: list[RawSheet] = []
        self.is_1904 = False
        self._file = file
        self._named = named
        self._allowance = allowance
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: _Table | None = None

    def listen(self, parser: expat.XMLParserType, archive: Archive) -> None:
        """Read the whole content."""
        heard: list[str] = []
        depth = muted = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth, muted
            depth += 1
            check_depth(depth)
            if muted or name.startswith(_DRAWING) or name == f"{_OFFICE}annotation" or name == f"{_TEXT}ruby-text":
                muted += 1
                parser.CharacterDataHandler = None
            elif name.startswith(_TABLE):
                self._start_table_part(local(name), attributes)
            elif name.startswith(_TEXT) and self._table:
                self._table.start_text(local(name), attributes, heard)
                parser.CharacterDataHandler = heard.append
            elif name.startswith(_STYLE):
                self._start_style(local(name), attributes)

        def end(name: str) -> None:
            nonlocal depth, muted
            depth -= 1
            if muted:
                muted -= 1
                parser.CharacterDataHandler = heard.append if self._table and not muted else None
            elif name.startswith(_TABLE):
                self._end_table_part(local(name))
            elif name == f"{_TEXT}p" and self._table:
                self._table.end_paragraph(heard)
                parser.CharacterDataHandler = None

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        feed(parser, archive.open("content.xml"))

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == "table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table_part(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._start_sheet(attributes)
        elif name == "null-date":
            self.is_1904 = attributes.get(f"{_TABLE}date-value", "").startswith("1904")
        elif self._table and name == "table-row":
            self._table.start_row(attributes)
        elif self._table and name in ("table-cell", "covered-table-cell"):
            self._table.start_cell(attributes)

    def _end_table_part(self, name: str) -> None:
        if self._table is None:
            return
        if name == "table":
            if not self._table.empty.title.startswith(_LINKED_FILE):
                self.sheets.append(self._table.closed())
            self._table = None
        elif self._table and name == "table-row":
            self._table.end_row()
        elif self._table and name in ("table-cell", "covered-table-cell"):
            self._table.end_cell()

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        if self._table is not None or len(self.sheets) >= MOST_SHEETS:
            raise Malformed("a table in a table, or too many")
        title = attributes.get(f"{_TABLE}name", "")
        is_hidden = attributes.get(f"{_TABLE}style-name", "") in self._hidden_styles
        empty = RawSheet(self._file, title, self._named(title), (), is_hidden=is_hidden)
        self._table = _Table(empty, self._allowance, is_calculated=self._is_calculated)


class _Table:
    """One sheet as it is read; of a sheet that is none of ours the cells are passed over."""

    def __init__(self, empty: RawSheet, allowance: Allowance, *, is_calculated: bool) -> None:
        self.empty = empty
        self._is_calculated = is_calculated
        self._allowance = allowance
        self._rows: list[Row] = []
        self._blank_rows = 0
        self._row: list[object] = []
        self._blank_cells = 0
        self._row_is: dict[str, str] = {}
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._line: list[str] = []
        self._blanks = 0
        self._hidden: list[int] = []
        self._merges: list[Merge] = []
        self._texts: dict[str, str] = {}

    def closed(self) -> RawSheet:
        """Give the sheet with all that was read."""
        return closed(self.empty, self._rows, self._merges, self._hidden, self._texts, self._allowance)

    def start_row(self, attributes: dict[str, str]) -> None:
        """Begin a row, which may stand for many."""
        if self._row or self._cell is not None:
            raise Malformed("a row in a row")
        self._row_is = attributes
        self._blank_cells = 0

    def end_row(self) -> None:
        """Put the row down as often as it is repeated; empty ones only when a filled one follows."""
        times = whole(self._row_is.get(f"{_TABLE}number-rows-repeated", "1"))
        row = trimmed(self._row)
        first = len(self._rows) + self._blank_rows
        if first + times > MOST_ROWS and row:
            raise Malformed("rows out of place")
        if not row:
            self._blank_rows = min(self._blank_rows + times, MOST_ROWS)
            return
        self._allowance.take_cells(len(row) * times)
        self._rows.extend([()] * self._blank_rows)
        self._blank_rows = 0
        self._rows.extend([row] * times)
        if self._row_is.get(f"{_TABLE}visibility", "visible") != "visible":
            self._hidden.extend(range(first + 1, first + times + 1))
        self._row = []

    def start_cell(self, attributes: dict[str, str]) -> None:
        """Begin a cell, which may stand for many."""
        if self._cell is not None:
            raise Malformed("a cell in a cell")
        self._cell = attributes
        self._paragraphs = []
        self._line = []

    def end_cell(self) -> None:
        """Put the cell down as often as it is repeated; empty ones only when a filled one follows."""
        cell, self._cell = self._cell, None
        if cell is None or not self.empty.name:
            return
        times = whole(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        self._merge(cell)
        content = self._content(cell)
        if content == "":
            self._blank_cells = min(self._blank_cells + times, MOST_COLUMNS)
            return
        if len(self._row) + self._blank_cells + times > MOST_COLUMNS:
            raise Malformed("cells out of place")
        if isinstance(content, str):
            content = self._texts.setdefault(content, content)
        self._row.extend([""] * self._blank_cells)
        self._blank_cells = 0
        self._row.extend([content] * times)

    def start_text(self, name: str, attributes: dict[str, str], heard: list[str]) -> None:
        """Take what was heard so far, and what an empty element stands for."""
        if name == "p":
            heard.clear()
            self._line = []
        self._take(heard)
        if name == "s":
            times = whole(attributes.get(f"{_TEXT}c", "1"))
            self._blanks += times
            if self._blanks > _MOST_BLANKS:
                raise Malformed("blanks without end")
            self._line.append(" " * times)
        elif name in ("tab", "line-break"):
            self._line.append("\t" if name == "tab" else "\n")

    def end_paragraph(self, heard: list[str]) -> None:
        """Keep a line of the cell."""
        self._take(heard)
        if self._cell is not None:
            self._paragraphs.append("".join(self._line))
        self._line = []

    def _take(self, heard: list[str]) -> None:
        if heard:
            self._line.append(_BLANKS.sub(" ", "".join(heard)))
            heard.clear()

    def _merge(self, cell: dict[str, str]) -> None:
        height = whole(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        width = whole(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if height * width > 1:
            row, column = len(self._rows) + self._blank_rows, len(self._row) + self._blank_cells
            self._merges.append(Merge(row, row + height - 1, column, column + width - 1))
            if len(self._merges) > MOST_MERGES:
                raise Malformed("too many merged blocks")

    def _content(self, cell: dict[str, str]) -> object:
        kind = cell.get(f"{_OFFICE}value-type", "")
        shown = "\n".join(self._paragraphs)
        formula = cell.get(f"{_TABLE}formula")
        if cell.get(_CALC_TYPE) == "error" or (formula is not None and shown.startswith(("#", "Err:"))):
            return shown if shown in _ERRORS else "#VALUE!"
        if formula is not None and not kind and not shown:
            return "" if self._is_calculated else Uncalculated(formula.partition(":")[2] or formula)
        if kind in ("float", "percentage", "currency"):
            return exact(cell.get(f"{_OFFICE}value", ""))
        if kind == "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
        if kind == "date":
            return _day(cell.get(f"{_OFFICE}date-value", ""))
        if kind == "time":
            return _span(cell.get(f"{_OFFICE}time-value", ""))
        return cell.get(f"{_OFFICE}string-value", shown)


def _day(text: str) -> object:
    try:
        return plain_day(datetime.fromisoformat(text[:26].rstrip("Z")))
    except ValueError as error:
        raise Malformed("no day") from error


def _span(text: str) -> object:
    """Read a time of day, or a longer time as a span."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Malformed("no time")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:4])
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found[1]:
        return -span
    return (datetime.combine(datetime.min, time()) + span).time() if span < timedelta(days=1) else span
