"""Read one worksheet of an .xlsx as a stream of events: each cell is placed, typed and kept, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from xml.parsers import expat

from docgen.intake.archive import Archive
from docgen.intake.grid import closed, trimmed
from docgen.intake.limits import MOST_COLUMNS, MOST_MERGES, MOST_ROWS, Allowance
from docgen.intake.serials import NumberKind, moment, plain_day
from docgen.intake.sheets import Merge, RawSheet, Row, Uncalculated
from docgen.intake.xml_events import DEEPEST, Attributes, Malformed, feed, local, new_parser

TRUE = ("1", "true", "on")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_KEPT = 100_000
"""Numbers that are remembered, so that equal cells share one object."""


class SheetEntry(NamedTuple):
    """One line of the workbook's list of sheets."""

    title: str
    link: str
    is_hidden: bool


@dataclass
class Book:
    """What the workbook says of all its sheets."""

    sheets: list[SheetEntry] = field(default_factory=list)
    is_1904: bool = False
    is_to_calculate: bool = False
    texts: list[str] = field(default_factory=list)
    kinds: list[NumberKind] = field(default_factory=list)


def read_sheet(archive: Archive, part: str, book: Book, empty: RawSheet, allowance: Allowance) -> RawSheet:
    """Give `empty` with what its part holds. Raise `Malformed` or, beyond the limits, `Unreadable`."""
    reader = _SheetReader(book, allowance)
    reader.read(archive, part)
    texts = chain(book.texts, reader.texts)
    return closed(empty, reader.rows, reader.merges, reader.hidden, texts, allowance)


class _SheetReader:
    """Reads one worksheet. `rows` hold each row to its last filled cell, `()` when it has none."""

    def __init__(self, book: Book, allowance: Allowance) -> None:
        self.rows: list[Row] = []
        self._row: list[object] = []
        self._row_text = "0"
        self._row_digits = 1
        self.merges: list[Merge] = []
        self.hidden: set[int] = set()
        self._book = book
        self._allowance = allowance
        self._numbers: dict[tuple[str | None, str | None], object] = {}
        self.texts: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._last_column = -1

    def read(self, archive: Archive, part: str) -> None:
        """Read the part to its end."""
        parser = new_parser()

        def root(name: str, _attributes: dict[str, str]) -> None:
            if local(name) != "worksheet":
                raise Malformed("no worksheet")
            self._listen(parser, name.removesuffix("worksheet"))

        parser.StartElementHandler = root
        feed(parser, archive.open(part))
        if self._row:
            raise Malformed("a cell outside a row")

    def _listen(self, parser: expat.XMLParserType, namespace: str) -> None:
        """Hear the elements of one namespace; there are millions, so the frequent ones are asked first."""
        value_tag, cell_tag, row_tag, formula_tag, text_tag, spoken_tag, merge_tag = (
            namespace + tag for tag in ("v", "c", "row", "f", "t", "rPh", "mergeCell")
        )
        put = self._put
        heard: list[str] = []
        inline: list[str] = []
        cell: dict[str, str] | None = None
        value = formula = None
        depth = 1
        spoken = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal cell, value, formula, depth, spoken
            if name == value_tag:
                heard.clear()
            elif name == cell_tag:
                if cell is not None:
                    raise Malformed("a cell in a cell")
                cell = attributes
                value = formula = None
            elif name == row_tag:
                self._begin_row(attributes)
            elif name in (formula_tag, text_tag):
                heard.clear()
            elif name == merge_tag:
                self._merge(attributes)
            elif name == spoken_tag:
                spoken += 1
            depth += 1
            if depth > DEEPEST:
                raise Malformed("nested too deeply")

        def end(name: str) -> None:
            nonlocal cell, value, formula, depth, spoken
            depth -= 1
            if name == value_tag:
                value = heard[0] if len(heard) == 1 else "".join(heard)
            elif name == cell_tag and cell is not None:
                put(cell, "".join(inline) if inline else value, formula)
                cell = None
                if inline:
                    inline.clear()
            elif name == row_tag:
                self._end_row()
            elif name == formula_tag:
                formula = "".join(heard)
            elif name == text_tag and not spoken:
                inline.append("".join(heard))
            elif name == spoken_tag:
                spoken -= 1

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = heard.append

    def _begin_row(self, attributes: Attributes) -> None:
        number = whole(attributes["r"]) if "r" in attributes else int(self._row_text) + 1
        if not 1 <= number <= MOST_ROWS or self._row:
            raise Malformed("a row out of place")
        self._row_text = str(number)
        self._row_digits = len(self._row_text)
        self._last_column = -1
        height = attributes.get("ht", "")
        if attributes.get("hidden", "") in TRUE or (height and not height.strip("0.")):
            self.hidden.add(number)

    def _end_row(self) -> None:
        row = trimmed(self._row)
        if not row:
            return
        number = int(self._row_text)
        self.rows.extend([()] * (number - len(self.rows)))
        if self.rows[number - 1]:
            raise Malformed("a row twice")
        self.rows[number - 1] = row
        self._allowance.take_cells(len(row))
        self._row = []

    def _put(self, cell: dict[str, str], value: str | None, formula: str | None) -> None:
        """Lay a cell down in its row; what nearly all cells are is looked up here, the rest is asked."""
        reference = cell.get("r", "")
        column = self._columns.get(reference[: -self._row_digits])
        if column is None or not reference.endswith(self._row_text):
            column = self._find_column(reference)
        self._last_column = column
        if value is None and formula is None:
            return
        if formula is None and "t" not in cell:
            content = self._numbers.get((value, cell.get("s")))
            if content is None:
                content = self._number(value or "", cell.get("s"))
        else:
            content = self._content(cell, value, formula)
        row = self._row
        gap = column - len(row)
        if gap == 0:
            row.append(content)
        elif gap > 0:
            row.extend([""] * gap)
            row.append(content)
        elif row[column] != "":
            raise Malformed("a cell twice")
        else:
            row[column] = content

    def _find_column(self, reference: str) -> int:
        """Find the column (from 0) of a cell; one that does not say stands behind the one before it."""
        if not reference:
            if self._last_column + 1 >= MOST_COLUMNS:
                raise Malformed("a column out of place")
            return self._last_column + 1
        row, column = _place(reference)
        if row != int(self._row_text) - 1:
            raise Malformed("a cell in another row")
        self._columns[reference[: -self._row_digits]] = column
        return column

    def _content(self, cell: dict[str, str], value: str | None, formula: str | None) -> object:
        kind = cell.get("t")
        is_zero_to_calculate = value == "0" and self._book.is_to_calculate
        if formula is not None and (is_zero_to_calculate or (not value and kind != "str")):
            return Uncalculated(f"={formula}" if formula else "")
        if not value:
            return ""
        if kind == "s":
            try:
                return self._book.texts[int(value) if value.isdecimal() else -1 - len(self._book.texts)]
            except (ValueError, IndexError) as error:
                raise Malformed("a text that is not there") from error
        if kind is None or kind == "n":
            return self._number(value, cell.get("s"))
        if kind == "b":
            return value.strip() in TRUE
        if kind == "d":
            return _iso_day(value)
        if kind in ("str", "inlineStr", "e"):
            text = unescaped(value)
            return self.texts.setdefault(text, text)
        raise Malformed("a cell of an unknown type")

    def _number(self, text: str, style: str | None) -> object:
        if not text:
            return ""
        kind = NumberKind.NUMBER
        if style is not None and self._book.kinds:
            try:
                kind = self._book.kinds[whole(style)]
            except IndexError as error:
                raise Malformed("a style that is not there") from error
        found = moment(exact(text), kind, is_1904=self._book.is_1904)
        if len(self._numbers) < _MOST_KEPT:
            self._numbers[text, style] = found
        return found

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        first_row, first_column = _place(first)
        last_row, last_column = _place(last or first)
        if last_row < first_row or last_column < first_column or len(self.merges) > MOST_MERGES:
            raise Malformed("a merged block out of place")
        self.merges.append(Merge(first_row, last_row, first_column, last_column))


def _place(reference: str) -> tuple[int, int]:
    """Read a reference such as B12 as row and column, from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise Malformed("a cell without a place")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    if not 1 <= row <= MOST_ROWS or column > MOST_COLUMNS:
        raise Malformed("a cell out of place")
    return row - 1, column - 1


def whole(text: str) -> int:
    """Read a number that counts something: an index, a row."""
    if not text.isdecimal() or len(text) > 9:
        raise Malformed("no whole number")
    return int(text)


def exact(text: str) -> float:
    """Read the number of a cell."""
    found = text.strip()
    if not _NUMBER.fullmatch(found):
        raise Malformed("no number")
    return float(found)


def _iso_day(text: str) -> object:
    """Read a day in the form of ISO 8601; what is none stays a text."""
    try:
        return plain_day(datetime.fromisoformat(text.strip().rstrip("Z")))
    except ValueError:
        return text


def unescaped(text: str) -> str:
    """Give the characters that XML cannot hold and that the standard writes as _x000D_."""
    if "_x" not in text or not _ESCAPED.search(text):
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
