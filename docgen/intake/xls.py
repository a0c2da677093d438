"""Read the sheets of an .xls (BIFF 2 to 8, also .et of WPS) as raw rows.

Merged cells, hidden rows, hidden sheets and the calendar of 1904 are known. The format always stores a value
with a formula, so none is `Uncalculated`. Whether a sheet is hidden is said only of those that are read.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import xlrd

from docgen.errors import Unreadable
from docgen.intake.compound import SIGNATURE, CompoundFile
from docgen.intake.grid import closed, trimmed
from docgen.intake.limits import MOST_SHEETS, Allowance
from docgen.intake.serials import NumberKind, moment, number_kind
from docgen.intake.sheets import Merge, RawSheet, Row
from docgen.intake.xml_events import Malformed

MOST_BYTES = 100_000_000
"""65,536 rows of 20 columns, full of text, are about 30 MB."""
_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_BUILT_IN_FORMATS = 164
"""Formats below this number are built in; a file may spell them out in the words of its own country."""
_DAMAGED = (
    xlrd.XLRDError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the reader raises over bytes that are no workbook."""


def read_xls(path: Path, name: str, named: Callable[[str], str]) -> Iterator[RawSheet]:
    """Yield every sheet; only those to which `named` gives a name with their rows.

    Raise `Malformed` when the file is damaged, `Unreadable` when it is encrypted, something else or too large.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Unreadable(f"{name} 超过 {MOST_BYTES // 1_000_000} MB", "按地区或月份分成几个工作簿，放进一个文件夹")
    records = _records(path.read_bytes(), name)
    allowance = Allowance(name, size)
    try:
        with xlrd.open_workbook(
            file_contents=records, logfile=_Silence(), formatting_info=True, on_demand=True, ragged_rows=True
        ) as book:
            titles = book.sheet_names()
            if len(titles) > MOST_SHEETS:
                raise Malformed("too many sheets")
            for index, title in enumerate(titles):
                yield _read_sheet(book, index, RawSheet(name, title, named(title), ()), allowance)
                book.unload_sheet(index)
    except _DAMAGED as error:
        if "encrypted" in str(error):
            raise encrypted(name) from error
        raise Malformed(str(error)) from error


def encrypted(name: str) -> Unreadable:
    """Say that a file asks for a password."""
    return Unreadable(
        f"{name} 已加密，要密码才能打开",
        "用 WPS 或 Excel 打开，在“文件—信息—保护工作簿—用密码进行加密”里清空密码后保存",
    )


class _Silence(io.StringIO):
    """Takes what the reader remarks on a damaged file, and keeps nothing of it."""

    def write(self, text: str) -> int:
        return len(text)


def _records(content: bytes, name: str) -> bytes:
    """Take the workbook's records out of their container; the oldest files have none."""
    if not content.startswith(SIGNATURE):
        return content
    container = CompoundFile(content)
    stream = next((stream for stream in _STREAMS if stream in container), None)
    if stream is not None:
        return container.stream(stream)
    if "EncryptedPackage" in container:
        raise encrypted(name)
    if "WordDocument" in container:
        raise Unreadable(f"{name} 是文字文档，不是工作簿", "把里面的表格复制到工作簿里，另存为 .xlsx")
    raise Malformed("no workbook")


def _read_sheet(book: xlrd.Book, index: int, empty: RawSheet, allowance: Allowance) -> RawSheet:
    if not empty.name:
        return empty
    sheet = book.sheet_by_index(index)
    is_1904 = book.datemode == 1
    kinds = _Kinds(book)
    texts: dict[str, str] = {}
    rows: list[Row] = []
    for number in range(sheet.nrows):
        row: list[object] = []
        for column, kind in enumerate(sheet.row_types(number)):
            content = sheet.cell_value(number, column)
            if kind == xlrd.XL_CELL_TEXT:
                content = texts.setdefault(content, content)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                shown = kinds.of(sheet.cell_xf_index(number, column))
                content = moment(content, shown, is_1904=is_1904)
            elif kind == xlrd.XL_CELL_BOOLEAN:
                content = bool(content)
            elif kind == xlrd.XL_CELL_ERROR:
                content = xlrd.error_text_from_code.get(content, "#N/A")
            row.append(content)
        allowance.take_cells(len(row))
        rows.append(trimmed(row))
    merges = [
        Merge(first_row, end_row - 1, first_column, end_column - 1)
        for first_row, end_row, first_column, end_column in sheet.merged_cells
        if first_row < end_row and first_column < end_column
    ]
    hidden = [number + 1 for number, about in sheet.rowinfo_map.items() if about.hidden]
    known = replace(empty, is_hidden=sheet.visibility != 0, is_1904=is_1904)
    return closed(known, rows, merges, hidden, texts, allowance)


class _Kinds:
    """What the numbers of each cell style mean, each style looked up once."""

    def __init__(self, book: xlrd.Book) -> None:
        self._book = book
        self._known: dict[int, NumberKind] = {}

    def of(self, style: int) -> NumberKind:
        if style not in self._known:
            key = self._book.xf_list[style].format_key
            spelt = self._book.format_map[key].format_str if key >= _BUILT_IN_FORMATS else None
            self._known[style] = number_kind(key, spelt)
        return self._known[style]
