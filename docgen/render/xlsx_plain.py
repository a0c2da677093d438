"""Write raw cells as a workbook, each at the address where it was read. Pure: cells in, bytes out.

A text stays a text, whatever it looks like; numbers and days stay numbers and days.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from docgen.render.xlsx import FIRST_YEAR, write_text
from docgen.render.xlsx_text import MAX_TEXT, printed_as_is, sheet_names, text_units

_CREATED = datetime(2000, 1, 1)
"""What the file is dated: nothing in it depends on a day."""
_COLUMN_WIDTH = 16
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True)
class PlainSheet:
    """A sheet of raw cells, "" where empty; blocks of merged cells as first and last row and column from 0."""

    title: str
    rows: Sequence[Sequence[object]]
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: frozenset[int] = frozenset()


def plain_titles(titles: Sequence[str]) -> list[str]:
    """Give the titles under which sheets of these names stand in a workbook."""
    return sheet_names([printed_as_is(title) for title in titles])


def plain_workbook(sheets: Sequence[PlainSheet]) -> bytes:
    """Write the sheets, under `plain_titles` of their titles."""
    buffer = BytesIO()
    book = Workbook(buffer, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({"created": _CREATED})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    text = book.add_format({"num_format": "@"})
    for sheet, title in zip(sheets, plain_titles([sheet.title for sheet in sheets]), strict=True):
        worksheet = book.add_worksheet(title)
        widest = max(map(len, sheet.rows), default=0)
        if widest:
            worksheet.set_column(0, min(widest, _LAST_COLUMN) - 1, _COLUMN_WIDTH)
        _merge(worksheet, sheet.merges)
        for number in sorted(sheet.hidden_rows):
            worksheet.set_row(number - 1, None, None, {"hidden": True})
        for row, cells in enumerate(sheet.rows[:_LAST_ROW]):
            for column, content in enumerate(cells[:_LAST_COLUMN]):
                write_plain(worksheet, row, column, content, day, moment, text)
    book.close()
    return buffer.getvalue()


def write_plain(
    worksheet: Worksheet,
    row: int,
    column: int,
    content: object,
    day: Format,
    moment: Format,
    text: Format,
    number: Format | None = None,
) -> None:
    """Write one raw cell as what it is; nothing for an empty one."""
    if isinstance(content, bool):
        worksheet.write_boolean(row, column, content)
    elif isinstance(content, int | float) and math.isfinite(content):
        worksheet.write_number(row, column, content, number)
    elif isinstance(content, datetime) and content.year >= FIRST_YEAR:
        worksheet.write_datetime(row, column, content.replace(tzinfo=None), moment)
    elif isinstance(content, date) and content.year >= FIRST_YEAR:
        worksheet.write_datetime(row, column, datetime.combine(content, time()), day)
    elif content is not None and content != "":
        written = printed_as_is(str(content))
        while text_units(written) > MAX_TEXT:
            written = written[: MAX_TEXT - 1 - (text_units(written) - len(written))] + "…"
        write_text(worksheet, row, column, written, text)


def _merge(worksheet: Worksheet, merges: Sequence[tuple[int, int, int, int]]) -> None:
    """Merge the blocks; one that overlaps another, or is a single cell, is left as it is."""
    taken: set[tuple[int, int]] = set()
    for first_row, last_row, first_column, last_column in merges:
        size = (last_row - first_row + 1) * (last_column - first_column + 1)
        if not 1 < size <= 10_000:
            continue
        block = {
            (row, column)
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
        }
        if not taken & block:
            taken |= block
            worksheet.merge_range(first_row, first_column, last_row, last_column, "")
