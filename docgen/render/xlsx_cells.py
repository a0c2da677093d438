"""Give single cells of a sheet's XML another style, and leave every other byte of it alone. Pure.

A sheet may hold millions of cells: it is read once by a parser that tells the place of every tag, and only the
tags of the cells in question are written anew; a cell that is not there yet is put in where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from docgen.render.xlsx_package import CannotMark, parse_xml, xml_bytes

DEFAULT_COLUMN_PX = 64
DEFAULT_ROW_PX = 20
"""The size of a cell that no attribute states, in a workbook of 11 pt."""
BEHIND_NOTES = frozenset((
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst", "AlternateContent",
))
"""What follows <legacyDrawing> in a sheet (ECMA-376, 18.3.1.99)."""
_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)""")
_NOT_UTF_8 = (b"\xff\xfe", b"\xfe\xff")

Style = Callable[[int, str], int]
"""Gives the style that a cell gets: from the one it has, and its fill ("" for a cell that is no longer marked)."""


@dataclass
class Geometry:
    """What places a note on a sheet: sizes in pixels of the columns and rows (from 1) that state their own."""

    columns: dict[int, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Patched:
    """A sheet with its cells marked; `legacy_id` is the id of the drawing of its notes, "" without one."""

    content: bytes
    geometry: Geometry
    legacy_id: str


def patch_sheet(
    content: bytes, fills: Mapping[tuple[int, int], str], marked: frozenset[int], style: Style, legacy: str
) -> Patched:
    """Give the cells of `fills` (row and column from 1) a style with that fill; clear others that are `marked`.

    `marked` are the styles of an earlier marking. `legacy` is the element that ties notes to the sheet; it is
    put in when it is not "" and the sheet has none.
    """
    declared = _DECLARED.match(content)
    if content.startswith(_NOT_UTF_8) or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        content = xml_bytes(parse_xml(content))
    scan = _Scan(content, fills, marked, style, legacy)
    scan.run()
    pieces, done = [], 0
    for start, end, new in sorted(scan.edits, key=lambda edit: edit[:2]):
        pieces += [content[done:start], new]
        done = end
    return Patched(b"".join((*pieces, content[done:])), scan.geometry, scan.legacy_id)


class _Scan:
    """One reading of a sheet: collects the edits as (first byte, byte behind the last, what stands there now)."""

    def __init__(
        self,
        content: bytes,
        fills: Mapping[tuple[int, int], str],
        marked: frozenset[int],
        style: Style,
        legacy: str,
    ) -> None:
        self.edits: list[tuple[int, int, bytes]] = []
        self.geometry = Geometry()
        self.legacy_id = ""
        self._content, self._marked, self._style = content, marked, style
        self._legacy = legacy.encode()
        self._wanted: dict[int, dict[int, str]] = {}
        for (row, column), fill in sorted(fills.items()):
            self._wanted.setdefault(row, {})[column] = fill
        self._ahead = sorted(self._wanted, reverse=True)
        self._depth = self._row = self._column = 0
        self._top = ""
        self._prefix = ""
        self._column_styles: list[tuple[int, int, int]] = []
        self._row_style: int | None = None
        self._left: dict[int, str] = {}
        self._start_of_row = self._start_of_rows = 0
        self._parser = expat.ParserCreate()

    def run(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(self._content, True)
        except (expat.ExpatError, ValueError, OverflowError) as error:
            raise CannotMark(str(error)) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 4:
            return
        prefix, _, local = name.rpartition(":")
        at = self._parser.CurrentByteIndex
        if self._depth == 1:
            self._prefix = f"{prefix}:" if prefix else ""
        elif self._depth == 2:
            self._start_top(local, attributes, at)
        elif self._depth == 3 and local == "row" and self._top == "sheetData":
            self._start_row(attributes, at)
        elif self._depth == 3 and local == "col":
            self._read_columns(attributes)
        elif self._depth == 4 and local == "c" and self._top == "sheetData":
            self._cell(attributes, at)

    def _end(self, name: str) -> None:
        self._depth -= 1
        at = self._parser.CurrentByteIndex
        if self._depth == 2 and self._top == "sheetData" and name.endswith("row"):
            self._put_in(self._cells(self._left), self._start_of_row, at, name)
            self._left = {}
        elif self._depth == 1 and self._top == "sheetData":
            rows = "".join(self._new_row(number) for number in sorted(self._wanted))
            self._put_in(rows, self._start_of_rows, at, name)
            self._wanted = {}
        elif self._depth == 0 and self._legacy:
            self.edits.append((at, at, self._legacy_element()))

    def _start_top(self, local: str, attributes: Mapping[str, str], at: int) -> None:
        self._top = local
        if local == "sheetData":
            self._start_of_rows = at
        elif local == "legacyDrawing":
            ids = (text for key, text in attributes.items() if key.rpartition(":")[2] == "id")
            self.legacy_id = next(ids, "")
            self._legacy = b""
        elif local in BEHIND_NOTES and self._legacy:
            self.edits.append((at, at, self._legacy_element()))

    def _legacy_element(self) -> bytes:
        element = self._legacy.replace(b"<", b"<" + self._prefix.encode(), 1)
        self._legacy = b""
        return element

    def _read_columns(self, attributes: Mapping[str, str]) -> None:
        first, last = int(attributes.get("min", 1)), min(int(attributes.get("max", 1)), 16_384)
        if "style" in attributes:
            self._column_styles.append((first, last, int(attributes["style"])))
        if attributes.get("hidden") in ("1", "true"):
            width = 0
        elif "width" in attributes:
            width = int(float(attributes["width"]) * 7 + 5)
        else:
            return
        for column in range(first, min(last, first + 500) + 1):
            self.geometry.columns[column] = width

    def _start_row(self, attributes: Mapping[str, str], at: int) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        self._start_of_row = at
        if attributes.get("hidden") in ("1", "true"):
            self.geometry.rows[self._row] = 0
        elif "ht" in attributes:
            self.geometry.rows[self._row] = round(float(attributes["ht"]) * 4 / 3)
        before = []
        while self._ahead and self._ahead[-1] <= self._row:
            before.append(self._ahead.pop())
        missing = [number for number in before if number < self._row]
        if missing:
            self.edits.append((at, at, "".join(map(self._new_row, missing)).encode()))
            for number in missing:
                del self._wanted[number]
        self._left = self._wanted.pop(self._row, {})
        has_own = attributes.get("customFormat") in ("1", "true") and "s" in attributes
        self._row_style = int(attributes["s"]) if has_own else None

    def _cell(self, attributes: Mapping[str, str], at: int) -> None:
        place = attributes.get("r", "")
        self._column = column_number(place.rstrip("0123456789")) if place else self._column + 1
        before = {column: fill for column, fill in self._left.items() if column < self._column}
        if before:
            self.edits.append((at, at, self._cells(before).encode()))
            for column in before:
                del self._left[column]
        fill = self._left.pop(self._column, "")
        old = int(attributes.get("s", 0))
        if not fill and old not in self._marked:
            return
        tag = _TAG.match(self._content, at)
        if tag is None:
            raise CannotMark("a tag without an end")
        rest = {**attributes, "s": str(self._style(old, fill))}
        written = "".join(f" {key}={quoteattr(text)}" for key, text in rest.items())
        end = "/>" if tag[0].endswith(b"/>") else ">"
        self.edits.append((at, tag.end(), f"<{self._prefix}c{written}{end}".encode()))

    def _cells(self, fills: Mapping[int, str]) -> str:
        """Write cells that hold nothing but their style; it follows that of the row or the column."""
        return "".join(
            f'<{self._prefix}c r="{column_letters(column)}{self._row}" '
            f's="{self._style(self._style_of(column), fill)}"/>'
            for column, fill in sorted(fills.items())
        )

    def _style_of(self, column: int) -> int:
        if self._row_style is not None:
            return self._row_style
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)

    def _new_row(self, number: int) -> str:
        row, style = self._row, self._row_style
        self._row, self._row_style = number, None
        cells = self._cells(self._wanted[number])
        self._row, self._row_style = row, style
        return f'<{self._prefix}row r="{number}">{cells}</{self._prefix}row>'

    def _put_in(self, new: str, start: int, at: int, name: str) -> None:
        """Put XML at the end of an element that begins at `start`; one that closes itself is opened."""
        if not new:
            return
        tag = _TAG.match(self._content, start)
        if tag is not None and tag[0].endswith(b"/>"):
            self.edits.append((tag.end() - 2, tag.end(), f">{new}</{name}>".encode()))
        else:
            self.edits.append((at, at, new.encode()))


def column_number(letters: str) -> int:
    """Read A as 1, AA as 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Write 1 as A, 27 as AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
