"""Write tables as a workbook (XLSX). Pure: tables in, bytes out; the same tables give the same bytes.

What a cell says is written as it stands: no text can become a formula, a link or markup. Numbers stay numbers
(their mark and 【待核】 are part of the number format), dates stay dates, ids are text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from itertools import zip_longest

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from docgen.gongwen import Cell, CellKind, Table, TableColumn, cell_text
from docgen.render.xlsx_text import checked, sheet_names, text_lines, text_units, text_width

HEADING_FONT = "黑体"
CELL_FONT = "宋体"
HEADING_SIZE_PT = 16
CELL_SIZE_PT = 11
HEADING_HEIGHT_PT = 30
LINE_HEIGHT_PT = 15
DOUBT_FILL = "#FFFF00"
HEADER_FILL = "#E7E6E6"
GIVEN_FILL = "#F2F2F2"
"""On a form, the fill of the cells that are already filled in: what is left white is for the recipient."""
DOUBT_COMMENT = "待核：此处数据尚未核实。请更正源数据后重新生成，或由负责人说明理由后放行。"
EMPTY_TABLE = "无"
LIST_SHEET = "选项"

MAX_INLINE_LIST = 255
MAX_EXACT_DIGITS = 15
"""Excel keeps 15 digits of a number; a longer one is written as text, so that no digit is lost."""
FIRST_YEAR = 1900
"""Excel knows no earlier date; one is written as text."""

MIN_WIDTH = 6
MAX_WIDTH = 60
HEADER_WIDTH = 12
"""A longer header is wrapped (widths are in half-width characters, as Excel counts them)."""
TEXT_WIDTH = 16
"""Text is given at least this before it is wrapped."""
PORTRAIT_WIDTH = 100
"""Characters of 11 pt that fit across an upright A4 page within the margins below."""
A4 = 9
SIDE_MARGIN_INCH = 0.5
TOP_MARGIN_INCH = 0.7
FOOTER = "&C第 &P 页，共 &N 页"

_NUMBER_FORMATS = {
    CellKind.TEXT: "General",
    CellKind.ID: "@",
    CellKind.INTEGER: "#,##0",
    CellKind.MONEY: "#,##0.00",
    CellKind.PERCENT: "0.0%",
    CellKind.DAY: "yyyy-mm-dd",
}
_CENTRED = {CellKind.ID, CellKind.DAY, CellKind.PERCENT}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name on the tab, the heading above, its tables one under another.

    On a form (`is_form`) the cells that are filled in are shaded; the empty ones are for the recipient. Rows
    are as high as their texts need, at least `row_height_pt`, where this is given: to be printed, or written in by hand.
    """

    name: str
    heading: str
    tables: tuple[Table, ...]
    is_form: bool = False
    row_height_pt: float = 0


def workbook(sheets: Sequence[Sheet], title: str, day: date) -> bytes:
    """Write the sheets as an XLSX workbook.

    `day` is the creation date kept in the file. Raise ValueError when there is no sheet, or when a text holds
    a character that XML forbids or is longer than `MAX_TEXT`: both are refused before, at intake.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    buffer = BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": checked(title), "created": datetime.combine(day, time())})
    styles = _Styles(book)
    names = sheet_names([sheet.name for sheet in sheets] + [LIST_SHEET])
    worksheets = [book.add_worksheet(name) for name in names[:-1]]
    lists = _Lists(book, names[-1])
    for sheet, worksheet in zip(sheets, worksheets, strict=True):
        _write_sheet(_Page(worksheet, styles, lists, sheet))
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


class _Lists:
    """Drop-down lists: in the cell's own rule when they fit there, else on a hidden sheet."""

    def __init__(self, book: Workbook, name: str) -> None:
        self._book = book
        self._name = name
        self._sheet: Worksheet | None = None
        self._places: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        joined = ",".join(checked(choice) for choice in choices)
        is_plain = not any(sign in choice for choice in choices for sign in ',"') and not joined.startswith(
            "="
        )
        if is_plain and text_units(joined) <= MAX_INLINE_LIST:
            return list(choices)
        if choices not in self._places:
            self._places[choices] = self._write(choices)
        return self._places[choices]

    def _write(self, choices: tuple[str, ...]) -> str:
        if self._sheet is None:
            self._sheet = self._book.add_worksheet(self._name)
            self._sheet.hide()
        column = len(self._places)
        for row, choice in enumerate(choices):
            write_text(self._sheet, row, column, choice, None)
        return f"='{self._name}'!{xl_range_abs(0, column, len(choices) - 1, column)}"


@dataclass(frozen=True)
class _Page:
    """A sheet while it is written."""

    worksheet: Worksheet
    styles: _Styles
    lists: _Lists
    sheet: Sheet

    @cached_property
    def widths(self) -> list[float]:
        """The width of each column of the sheet, enough for every table on it."""
        of_tables = [_column_widths(table) for table in self.sheet.tables]
        return [max(widths) for widths in zip_longest(*of_tables, fillvalue=MIN_WIDTH)] or [MAX_WIDTH]


def _write_sheet(page: _Page) -> None:
    widths = page.widths
    for column, width in enumerate(widths):
        page.worksheet.set_column(column, column, width)
    row = 0
    if page.sheet.heading:
        style = page.styles(font_name=HEADING_FONT, font_size=HEADING_SIZE_PT, align="center", text_wrap=True)
        lines = text_lines(page.sheet.heading, sum(widths) * CELL_SIZE_PT / HEADING_SIZE_PT)
        page.worksheet.set_row(row, HEADING_HEIGHT_PT * lines)
        _write_across(page.worksheet, row, len(widths), page.sheet.heading, style)
        row += 1
    _freeze(page, row)
    for table in page.sheet.tables:
        row = _write_table(page, table, row, sum(widths[: len(table.columns)])) + 1
    _set_up_print(page.worksheet, sum(widths))


def _freeze(page: _Page, first_row: int) -> None:
    """Keep the header in view and repeat it on every printed page.

    Over tables with unlike columns only the heading is kept: the first header would misname the others' columns.
    """
    tables = page.sheet.tables
    if tables and all(_headers(table) == _headers(tables[0]) for table in tables):
        header_row = first_row + bool(tables[0].caption)
        page.worksheet.freeze_panes(header_row + 1, 0)
        page.worksheet.repeat_rows(header_row)
    elif first_row:
        page.worksheet.freeze_panes(first_row, 0)
        page.worksheet.repeat_rows(0, first_row - 1)


def _write_table(page: _Page, table: Table, row: int, width: float) -> int:
    """Write caption, header, rows, total and notes from `row` on, `width` wide; give the row after them."""
    worksheet, across = page.worksheet, len(table.columns)
    if table.caption:
        _write_across(worksheet, row, across, table.caption, page.styles(bold=True))
        row += 1
    header = page.styles(bold=True, border=1, text_wrap=True, align="center", bg_color=HEADER_FILL)
    for column, heading in enumerate(table.columns):
        write_text(worksheet, row, column, heading.header, header)
    row += 1
    if table.rows:
        _offer_choices(page, table, row)
    else:
        _write_across(worksheet, row, across, EMPTY_TABLE, page.styles(border=1, align="center"))
        row += 1
    for cells in table.rows:
        _write_row(page, table, row, cells, is_total=False)
        row += 1
    if table.total:
        _write_row(page, table, row, table.total, is_total=True)
        row += 1
    for note in (note for note in table.notes if table.rows or note != EMPTY_TABLE):
        worksheet.set_row(row, LINE_HEIGHT_PT * text_lines(note, width))
        _write_across(worksheet, row, across, note, page.styles(text_wrap=True))
        row += 1
    return row


def _headers(table: Table) -> tuple[str, ...]:
    return tuple(column.header for column in table.columns)


def _offer_choices(page: _Page, table: Table, first_row: int) -> None:
    last_row = first_row + len(table.rows) - 1
    for number, column in enumerate(table.columns):
        if column.choices:
            page.worksheet.data_validation(
                first_row,
                number,
                last_row,
                number,
                {
                    "validate": "list",
                    "source": page.lists.source(column.choices),
                    "error_title": "不在选项之中",
                    "error_message": "请从下拉列表中选择一项。",
                },
            )


def _write_row(page: _Page, table: Table, row: int, cells: tuple[Cell, ...], *, is_total: bool) -> None:
    if page.sheet.row_height_pt:
        page.worksheet.set_row(row, max(page.sheet.row_height_pt, LINE_HEIGHT_PT * _lines(page, table, cells)))
    for number, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
        _write_cell(page, row, number, cell, column.kind, is_total=is_total)
        if cell.is_doubtful:
            page.worksheet.write_comment(row, number, DOUBT_COMMENT, {"font_name": CELL_FONT, "x_scale": 2})


def _lines(page: _Page, table: Table, cells: tuple[Cell, ...]) -> int:
    """Count the lines of the cell that takes most of them."""
    texts = (_shown(cell, column.kind) for cell, column in zip(cells, table.columns, strict=True))
    return max(text_lines(text, width - 1) for text, width in zip(texts, page.widths, strict=False))


def _write_cell(page: _Page, row: int, column: int, cell: Cell, kind: CellKind, *, is_total: bool) -> None:
    """Write one value: a number or a date as such, its mark in the number format; all else as text."""
    properties: dict[str, object] = {"border": 1, "bold": is_total, "num_format": _NUMBER_FORMATS[kind]}
    if kind in _CENTRED:
        properties["align"] = "center"
    if cell.is_doubtful:
        properties["bg_color"] = DOUBT_FILL
    elif page.sheet.is_form and cell.value is not None and cell.value != "":
        properties["bg_color"] = GIVEN_FILL
    worksheet, value, styles = page.worksheet, cell.value, page.styles
    if isinstance(value, date) and value.year >= FIRST_YEAR:
        style = styles(**{**properties, "num_format": _marked(CellKind.DAY, cell)})
        worksheet.write_datetime(row, column, datetime.combine(value, time()), style)
    elif isinstance(value, int | Decimal) and kind is not CellKind.ID and _is_exact(value):
        style = styles(**{**properties, "num_format": _marked(kind, cell)})
        worksheet.write_number(row, column, value if isinstance(value, int) else float(value), style)
    else:
        text = cell_text(cell, kind)
        style = styles(**properties, text_wrap=True, quote_prefix=text.startswith(("=", "+", "-", "@")))
        write_text(worksheet, row, column, text, style)


def _is_exact(value: int | Decimal) -> bool:
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"not a number that a cell can hold: {value}")
    return len(Decimal(value).normalize().as_tuple().digits) <= MAX_EXACT_DIGITS


def _marked(kind: CellKind, cell: Cell) -> str:
    """Give the number format that shows the cell's mark and 【待核】 behind its number."""
    mark = cell_text(Cell(None, cell.is_doubtful, cell.mark), CellKind.TEXT)
    if not mark:
        return _NUMBER_FORMATS[kind]
    literal = checked(mark).replace('"', "”")
    return f'{_NUMBER_FORMATS[kind]}"{literal}"'


def _write_across(worksheet: Worksheet, row: int, columns: int, text: str, style: Format) -> None:
    if columns > 1:
        worksheet.merge_range(row, 0, row, columns - 1, "", style)
    write_text(worksheet, row, 0, text, style)


def write_text(worksheet: Worksheet, row: int, column: int, text: str, style: Format | None) -> None:
    """Write a text as it stands.

    XlsxWriter takes a text in <r>…</r> for its own markup; written in runs it is escaped like any other.
    """
    checked(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        worksheet.write_rich_string(row, column, text[0], text[1], text[2:], *([style] if style else []))
    else:
        worksheet.write_string(row, column, text, style)


def _set_up_print(worksheet: Worksheet, width: float) -> None:
    worksheet.set_paper(A4)
    if width > PORTRAIT_WIDTH:
        worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(SIDE_MARGIN_INCH, SIDE_MARGIN_INCH, TOP_MARGIN_INCH, TOP_MARGIN_INCH)
    worksheet.center_horizontally()
    worksheet.set_footer(FOOTER)


def _column_widths(table: Table) -> Iterator[float]:
    lines = (*table.rows, table.total) if table.total else table.rows
    for number, column in enumerate(table.columns):
        yield _column_width(column, [cells[number] for cells in lines])


def _column_width(column: TableColumn, cells: Sequence[Cell]) -> float:
    """Give a width in half-width characters: numbers are never cut, long texts and headers are wrapped."""
    stated = 2 * column.width
    needed = max((text_width(_shown(cell, column.kind)) for cell in cells), default=0)
    if needed == 0:
        needed = stated
    elif column.kind is CellKind.TEXT:
        needed = min(needed, max(stated, TEXT_WIDTH))
    needed = max(needed, min(text_width(column.header), HEADER_WIDTH))
    return min(max(needed + 2, MIN_WIDTH), MAX_WIDTH)


def _shown(cell: Cell, kind: CellKind) -> str:
    text = cell_text(cell, kind)
    if kind in (CellKind.INTEGER, CellKind.MONEY) and isinstance(cell.value, int | Decimal):
        thousands = (len(str(abs(int(cell.value)))) - 1) // 3
        return text + "," * thousands
    return text
