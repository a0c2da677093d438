"""Compose a table: column widths, exact row heights, whole rows on each page, the head repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.gongwen import CellKind, Table, TableColumn, cell_text
from docgen.layout.breaker import BrokenLine
from docgen.layout.columns import SLACK, share_columns, table_style
from docgen.layout.flow import Flow
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Line, TableBlock, TableRow, TableShape
from docgen.layout.setting import Align, TextStyle, broken, set_line
from docgen.units import ZERO, Length, twips

_NARROW = 7
"""Text in a column of fewer characters than this is centred."""


@dataclass(frozen=True)
class ComposedRow:
    """One row broken into lines, before it is placed."""

    cells: tuple[tuple[BrokenLine, ...], ...]
    height: Length
    style: TextStyle
    padding: Length


def align_of(column: TableColumn) -> Align:
    """Figures stand at the right, serial numbers, ids, days and short words in the middle, texts at the left."""
    if column.header == "序号" or column.kind in (CellKind.ID, CellKind.DAY):
        return Align.CENTRE
    if column.kind in (CellKind.INTEGER, CellKind.MONEY, CellKind.PERCENT):
        return Align.RIGHT
    return Align.CENTRE if column.width < _NARROW else Align.LEFT


def row_texts(table: Table) -> Iterator[tuple[str, ...]]:
    """Write every row of the table as it is printed, the 合计 row last."""
    kinds = [column.kind for column in table.columns]
    for row in (*table.rows, *((table.total,) if table.total else ())):
        yield tuple(cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True))


def place_table(flow: Flow, table: Table) -> TableShape:
    """Set a table with its caption and notes down the flow; give the shape it was composed to."""
    style = flow.stylesheet.table
    texts = list(row_texts(table))
    heads = tuple(column.header for column in table.columns)
    columns = share_columns(flow.metrics, flow.stylesheet, table, texts)
    widths = columns.widths
    head_style = table_style(flow.stylesheet, "heiti", is_small=columns.is_small)
    cell_style = table_style(flow.stylesheet, is_small=columns.is_small)
    note_style = table_style(flow.stylesheet)
    caption_style = replace(table_style(flow.stylesheet, "heiti"), pitch=style.caption_pitch)
    head = _compose(flow.metrics, heads, widths, head_style, style.head_padding, style.padding)
    rows = [
        _compose(
            flow.metrics,
            row,
            widths,
            head_style if table.total and number == len(texts) - 1 else cell_style,
            style.padding,
            style.padding,
        )
        for number, row in enumerate(texts)
    ]
    first = rows[0].height if rows else ZERO
    caption_room = caption_style.pitch if table.caption else ZERO
    if flow.y + caption_room + head.height + first > flow.stylesheet.page.area_bottom and not _at_top(flow):
        flow.new_page()
    if table.caption:
        flow.set_paragraph(table.caption, caption_style, "表题")
    _place_rows(flow, table, head, rows, widths)
    for note in table.notes:
        flow.set_paragraph(note, note_style, "表注", align=Align.LEFT)
    gap = min(style.gap, flow.stylesheet.page.area_bottom - flow.y)
    flow.y += style.gap
    return TableShape(widths, (head.height, *(row.height for row in rows)), columns.is_small, gap)


def _at_top(flow: Flow) -> bool:
    return flow.y <= flow.stylesheet.page.top_white


def _compose(
    metrics: Metrics,
    texts: Sequence[str],
    widths: Sequence[Length],
    style: TextStyle,
    above: Length,
    beside: Length,
) -> ComposedRow:
    cells = tuple(
        tuple(broken(metrics, text, style, width - beside - beside - SLACK, hangs=False))
        for text, width in zip(texts, widths, strict=True)
    )
    lines = max(len(cell) for cell in cells)
    height = style.pitch * lines + above + above
    return ComposedRow(cells, twips(-(-int(height) // 635)), style, above)


def _place_rows(
    flow: Flow, table: Table, head: ComposedRow, rows: Sequence[ComposedRow], widths: Sequence[Length]
) -> None:
    page = flow.stylesheet.page
    flow.y = max(flow.y, page.top_white)
    placed = [_place(flow, table, head, widths, is_head=True)]
    full = page.area_bottom - page.top_white - head.height
    for row in rows:
        for piece in _pieces(row, full):
            if flow.y + piece.height > page.area_bottom:
                _close(flow, placed, widths)
                flow.new_page()
                flow.y = page.top_white
                placed = [_place(flow, table, head, widths, is_head=True, is_repeated=True)]
            placed.append(_place(flow, table, piece, widths))
    _close(flow, placed, widths)


def _pieces(row: ComposedRow, full: Length) -> Iterator[ComposedRow]:
    """Give a row whole; only a row that no page holds is cut, between lines."""
    if row.height <= full:
        yield row
        return
    lines = (int(full) - 2 * int(row.padding)) // int(row.style.pitch)
    longest = max(len(cell) for cell in row.cells)
    for start in range(0, longest, lines):
        cells = tuple(cell[start : start + lines] for cell in row.cells)
        height = row.style.pitch * max(len(cell) for cell in cells) + row.padding + row.padding
        yield ComposedRow(cells, height, row.style, row.padding)


def _place(
    flow: Flow,
    table: Table,
    row: ComposedRow,
    widths: Sequence[Length],
    *,
    is_head: bool = False,
    is_repeated: bool = False,
) -> TableRow:
    beside = flow.stylesheet.table.padding
    cells: list[tuple[Line, ...]] = []
    x = flow.left
    for column, lines, width in zip(table.columns, row.cells, widths, strict=True):
        align = Align.CENTRE if is_head else align_of(column)
        free = row.height - row.style.pitch * len(lines)
        top = flow.y + free / 2
        cells.append(
            tuple(
                set_line(
                    line,
                    row.style,
                    x + beside,
                    width - beside - beside,
                    top + row.style.pitch * number + row.style.baseline,
                    align,
                )
                for number, line in enumerate(lines)
            )
        )
        x += width
    placed = TableRow(flow.y, row.height, tuple(cells), is_head, is_repeated)
    flow.y += row.height
    return placed


def _close(flow: Flow, rows: list[TableRow], widths: Sequence[Length]) -> None:
    edges = [flow.left]
    for width in widths:
        edges.append(edges[-1] + width)
    flow.page.blocks.append(TableBlock(tuple(rows), tuple(edges), flow.stylesheet.table.weight))
