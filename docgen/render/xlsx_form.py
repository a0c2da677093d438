"""Write a workbook to be filled in: headers, lists to choose from, formats, an explanation on each header. Pure.

The same form gives the same bytes. What is given already is written as it stands; no text becomes a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from docgen.render.xlsx import (
    A4,
    CELL_FONT,
    CELL_SIZE_PT,
    FOOTER,
    GIVEN_FILL,
    HEADER_FILL,
    HEADER_WIDTH,
)
from docgen.render.xlsx_plain import write_plain
from docgen.render.xlsx_text import text_lines, text_width

REQUIRED_FILL = "#FFE699"
TO_FILL = "#FFF2CC"
"""The fill of cells that wait for the reader."""
TEXT, DAY, COUNT, MONEY, SHARE = "@", "yyyy-mm-dd", "0", "#,##0.00", "0%"
"""The number formats of columns; TEXT keeps every digit of an id."""
READY_ROWS = 5000
"""Rows below the header that offer lists and formats, at least; always 1000 more than are filled."""
A3 = 8
_A4_WIDTH = 250
"""Characters across a lying A4 page below which its print can no longer be read; A3 takes over."""
_HEADER_HEIGHT_PT = 32
_CREATED = datetime(2000, 1, 1)
_NOTE_WIDTH_PX = 300
_NOTE_LINE_PX = 18
_NOTE_CHARACTERS = 40
_RULES: Mapping[str, dict[str, object]] = {
    DAY: {
        "validate": "date", "criteria": "between", "minimum": datetime(2000, 1, 1), "maximum": datetime(2099, 12, 31),
        "error_title": "不是日期", "error_message": "请写成年月日齐全的日期，如 2024-08-09。",
    },
    COUNT: {
        "validate": "integer", "criteria": ">=", "value": 0,
        "error_title": "不是整数", "error_message": "请写整数，如 12，不带单位。",
    },
    MONEY: {
        "validate": "decimal", "criteria": ">=", "value": 0,
        "error_title": "不是金额", "error_message": "请写数字，如 12345.60，单位看列名。",
    },
}


@dataclass(frozen=True)
class FormColumn:
    """One column of a form.

    `choices` are offered as a list, or the cells that the formula `source` names; other contents are refused
    if `is_closed`, else asked about. `note` explains the column. What `is_given` is not for the reader to fill; cells to be
    filled in rows that are given otherwise have the colour `fill`.
    """

    header: str
    number_format: str = TEXT
    is_required: bool = False
    choices: tuple[str, ...] = ()
    source: str = ""
    is_closed: bool = False
    note: str = ""
    width: float = 0
    is_given: bool = False
    fill: str = ""


@dataclass(frozen=True)
class FormSheet:
    """One sheet: its title, its columns, and the rows that are filled already ("" for an empty cell).

    A guide (`is_guide`) is only to be read: nothing is offered in it, and its texts wrap.
    """

    title: str
    columns: tuple[FormColumn, ...]
    rows: Sequence[Sequence[object]] = ()
    is_guide: bool = False


def form_workbook(sheets: Sequence[FormSheet], title: str) -> bytes:
    """Write the sheets of a form."""
    buffer = BytesIO()
    book = Workbook(buffer, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    book.set_properties({"title": title, "created": _CREATED})
    styles = _Styles(book)
    for sheet in sheets:
        worksheet = book.add_worksheet(sheet.title)
        _write_headers(worksheet, sheet, styles)
        if sheet.is_guide:
            _write_guide(worksheet, sheet, styles)
        else:
            _offer(worksheet, sheet)
            _write_rows(worksheet, sheet, styles)
        _set_up(worksheet, sum(map(_width, sheet.columns)))
    book.close()
    return buffer.getvalue()


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **wanted: object) -> Format:
        properties = {"font_name": CELL_FONT, "font_size": CELL_SIZE_PT, "valign": "vcenter", **wanted}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def of(self, column: FormColumn) -> Format:
        """Give the format of the cells of a column."""
        fill = GIVEN_FILL if column.is_given else column.fill
        if not fill:
            return self(num_format=column.number_format)
        return self(num_format=column.number_format, bg_color=fill, border=1, border_color="#BFBFBF", text_wrap=True)


def _write_headers(worksheet: Worksheet, sheet: FormSheet, styles: _Styles) -> None:
    for number, column in enumerate(sheet.columns):
        header = column.header + ("*" if column.is_required else "")
        width = _width(column)
        worksheet.set_column(number, number, width, None if sheet.is_guide else styles(num_format=column.number_format))
        fill = REQUIRED_FILL if column.is_required else HEADER_FILL
        style = styles(bold=True, border=1, align="center", text_wrap=True, bg_color=fill)
        worksheet.write_string(0, number, header, style)
        if column.note:
            height = _NOTE_LINE_PX * (text_lines(column.note, _NOTE_CHARACTERS) + 1)
            worksheet.write_comment(0, number, column.note, {
                "font_name": CELL_FONT, "font_size": 9, "width": _NOTE_WIDTH_PX, "height": height,
                "author": "docgen",
            })
    worksheet.set_row(0, _HEADER_HEIGHT_PT)


def _offer(worksheet: Worksheet, sheet: FormSheet) -> None:
    last = max(READY_ROWS, len(sheet.rows) + 1000)
    for number, column in enumerate(sheet.columns):
        rule: dict[str, object]
        if column.choices or column.source:
            rule = {
                "validate": "list",
                "source": column.source or list(column.choices),
                "error_title": "不在列表里",
                "error_message": "请从下拉列表中选一项。" if column.is_closed else "列表里没有这一项，确定要这样写吗？",
            }
        elif column.number_format in _RULES:
            rule = dict(_RULES[column.number_format])
        else:
            continue
        rule["error_type"] = "stop" if column.is_closed else "warning"
        worksheet.data_validation(1, number, last, number, rule)


def _write_rows(worksheet: Worksheet, sheet: FormSheet, styles: _Styles) -> None:
    formats = [styles.of(column) for column in sheet.columns]
    days = [styles.of(FormColumn("", DAY, is_given=column.is_given, fill=column.fill)) for column in sheet.columns]
    for row, cells in enumerate(sheet.rows, start=1):
        for number, content in enumerate(cells):
            style = formats[number]
            if (sheet.columns[number].is_given or sheet.columns[number].fill) and content in ("", None):
                worksheet.write_blank(row, number, None, style)
            else:
                write_plain(worksheet, row, number, content, days[number], days[number], style, style)


def _write_guide(worksheet: Worksheet, sheet: FormSheet, styles: _Styles) -> None:
    style = styles(border=1, text_wrap=True, num_format=TEXT)
    for row, cells in enumerate(sheet.rows, start=1):
        for number, content in enumerate(cells):
            worksheet.write_string(row, number, str(content), style)
        widths = (column.width or 12 for column in sheet.columns)
        lines = max(text_lines(str(cell), width - 1) for cell, width in zip(cells, widths, strict=True))
        worksheet.set_row(row, 15 * lines)


def _width(column: FormColumn) -> float:
    """Give a width in half-width characters; a long header wraps."""
    return column.width or min(max(text_width(column.header) + 4, 12), HEADER_WIDTH + 4)


def _set_up(worksheet: Worksheet, width: float) -> None:
    worksheet.freeze_panes(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_paper(A3 if width > _A4_WIDTH else A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer(FOOTER)
