"""Hold a workbook against the tables of its paper: headers, every cell as it is shown, totals and notes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.check.differences import Difference, differences
from docgen.check.told_texts import Row, Told, folded
from docgen.check.xlsx_seen import SeenSheet, see_xlsx
from docgen.gongwen import Table
from docgen.layout.table import row_texts
from docgen.render.xlsx import EMPTY_TABLE


@dataclass(frozen=True)
class _Line:
    """A row of a sheet with something in it, its trailing empty cells left out."""

    sheet: str
    row: int
    cells: Row


def book_differences(tables: Sequence[Table], content: bytes, file: str = "XLSX") -> tuple[Difference, ...]:
    """Name what a workbook says otherwise than these tables, which it shows in this order, on one sheet or several.

    Captions and headings, and the lists behind drop-down cells, are no figures and are not compared. Raise Unreadable
    for a file that is no workbook.
    """
    shown = [sheet for sheet in see_xlsx(content).sheets if not sheet.is_hidden]
    lines = [line for sheet in shown for line in _lines(sheet)]
    return tuple(_differences(tables, lines, file))


def _lines(sheet: SeenSheet) -> Iterator[_Line]:
    rows: dict[int, dict[int, str]] = {}
    for cell in sheet.cells:
        text = folded(cell.text)
        if text:
            rows.setdefault(cell.row, {})[cell.column] = text
    for row, cells in rows.items():
        yield _Line(sheet.name, row, tuple(cells.get(column, "") for column in range(1, max(cells) + 1)))


def _differences(tables: Sequence[Table], lines: Sequence[_Line], file: str) -> Iterator[Difference]:
    at = 0
    for number, table in enumerate(tables, start=1):
        heads = tuple(folded(column.header) for column in table.columns)
        name = f"“{folded(table.caption)}”" if table.caption else f"第 {number} 张表"
        head = next((place for place in range(at, len(lines)) if lines[place].cells == _bare(heads)), None)
        if head is None:
            yield Difference(file, f"{name}的表头", "", "　".join(heads))
            continue
        yield from _added(lines[at:head], file)
        end = _end(lines, head)
        sheet = lines[head].sheet
        expected = _expected(table, heads, f"工作表“{sheet}”")
        found = [_found(line, len(heads)) for line in lines[head + 1 : end]]
        yield from differences(file, expected, found)
        at = end
    yield from _added(lines[at:], file)


def _added(lines: Sequence[_Line], file: str) -> Iterator[Difference]:
    """Name rows that are of no table; a heading or a caption stands alone in its row."""
    for line in lines:
        if len(line.cells) > 1:
            yield Difference(file, f"工作表“{line.sheet}”第 {line.row} 行", "　".join(filter(None, line.cells)), "")


def _bare(row: Row) -> Row:
    """Leave out the empty cells at the end of a row."""
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _end(lines: Sequence[_Line], head: int) -> int:
    """Find where a table and its notes end: at an empty row, or with the sheet."""
    at = head + 1
    while at < len(lines) and lines[at].sheet == lines[head].sheet and lines[at].row == lines[at - 1].row + 1:
        at += 1
    return at


def _expected(table: Table, heads: Row, sheet: str) -> Iterator[Told]:
    texts = [tuple(map(folded, row)) for row in row_texts(table)]
    if not table.rows:
        yield Told("表", 0, (EMPTY_TABLE, *("",) * (len(heads) - 1)), f"{sheet}空表", heads)
    for number, row in enumerate(texts, start=1):
        where = f"{sheet}合计行" if table.total and number == len(texts) else f"{sheet}表中第 {number} 行"
        yield Told("表", 0, row, where, heads)
    for note in table.notes:
        if table.rows or note != EMPTY_TABLE:
            yield Told("表注", 0, (folded(note), *("",) * (len(heads) - 1)), f"{sheet}表注", heads)


def _found(line: _Line, width: int) -> Told:
    cells = line.cells + ("",) * (width - len(line.cells))
    return Told("表", 0, cells, f"工作表“{line.sheet}”第 {line.row} 行")
