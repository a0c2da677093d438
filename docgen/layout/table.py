"""Compose a table: column widths, exact row heights, whole rows on each page, the head repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.gongwen import CellKind, Table, TableColumn, cell_text
from docgen.layout.breaker import BrokenLine
from docgen.layout.columns import SLACK, share_columns, table_style
from docgen.layout.flow import Flow
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Line, RowShape, TableBlock, TableRow, TableShape
from docgen.layout.setting import Align, TextStyle, broken, set_line
from docgen.styles.stylesheet import TableStyle
from docgen.units import ZERO, Length, twips


@dataclass(frozen=True)
class ComposedRow:
    """One row broken into lines, before it is placed; `padding` is above and below its cells, `beside` at their sides."""

    cells: tuple[tuple[BrokenLine, ...], ...]
    height: Length
    style: TextStyle
    padding: Length
    beside: Length

    def cut(self, room: Length, least_lines: int) -> tuple[ComposedRow, ComposedRow] | None:
        """Cut between lines what fits into that room from the rest; None where fewer lines would fit than that."""
        lines = (int(room) - 2 * int(self.padding)) // int(self.style.pitch)
        if lines < least_lines:
            return None
        above = tuple(cell[:lines] for cell in self.cells)
        below = tuple(cell[lines:] for cell in self.cells)
        return self._of(above), self._of(below)

    def _of(self, cells: tuple[tuple[BrokenLine, ...], ...]) -> ComposedRow:
        return replace(self, cells=cells, height=row_height(cells, self.style, self.padding))

    @property
    def shape(self) -> RowShape:
        """What another renderer repeats of this row."""
        texts = ("".join(glyph.char for line in cell for glyph in line.glyphs) for cell in self.cells)
        return RowShape(tuple(texts), self.height, self.style.role)


def row_height(cells: Sequence[Sequence[BrokenLine]], style: TextStyle, padding: Length) -> Length:
    """The height of a row's longest cell between its paddings, in whole twips."""
    height = style.pitch * max(len(cell) for cell in cells) + padding + padding
    return twips(-(-int(height) // 635))


def align_of(column: TableColumn, style: TableStyle) -> Align:
    """Figures stand at the right, serial numbers, ids, days and short words in the middle, texts at the left."""
    if column.header == "序号" or column.kind in (CellKind.ID, CellKind.DAY):
        return Align.CENTRE
    if column.kind in (CellKind.INTEGER, CellKind.MONEY, CellKind.PERCENT):
        return Align.RIGHT
    return Align.CENTRE if column.width < style.narrow_chars else Align.LEFT


def row_texts(table: Table) -> Iterator[tuple[str, ...]]:
    """Write every row of the table as it is printed, the 合计 row last."""
    kinds = [column.kind for column in table.columns]
    for row in (*table.rows, *((table.total,) if table.total else ())):
        yield tuple(cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True))


def place_table(flow: Flow, table: Table) -> TableShape:
    """Set a table with its caption and notes down the flow, turned on a turned page; give its shape."""
    style = flow.stylesheet.table
    texts = list(row_texts(table))
    heads = tuple(column.header for column in table.columns)
    columns = share_columns(flow.metrics, flow.stylesheet, table, texts, flow.width)
    widths, beside = columns.widths, style.beside(is_small=columns.is_small)
    head_style = table_style(flow.stylesheet, "heiti", is_small=columns.is_small)
    cell_style = table_style(flow.stylesheet, is_small=columns.is_small)
    note_style = table_style(flow.stylesheet)
    caption_style = replace(table_style(flow.stylesheet, "heiti"), pitch=style.caption_pitch)
    head = _compose(flow.metrics, heads, widths, head_style, style.head_padding, beside)
    rows = [
        _compose(
            flow.metrics,
            row,
            widths,
            head_style if table.total and number == len(texts) - 1 else cell_style,
            style.padding,
            beside,
        )
        for number, row in enumerate(texts)
    ]
    first = min(rows[0].height, cell_style.pitch * style.least_lines * 2) if rows else ZERO
    caption_room = caption_style.pitch if table.caption else ZERO
    starts_page = False
    if flow.y + caption_room + head.height + first > flow.area.bottom and not _at_top(flow):
        flow.new_page()
        starts_page = True
    if table.caption:
        flow.set_paragraph(table.caption, caption_style, "表题")
    printed = _place_rows(flow, table, head, rows, widths)
    for note in table.notes:
        flow.set_paragraph(note, note_style, "表注", align=Align.LEFT)
    gap = min(style.gap, flow.area.bottom - flow.y)
    flow.y += style.gap
    shapes = tuple(row.shape for row in printed)
    return TableShape(widths, head.height, shapes, columns.is_small, gap, flow.page.is_turned, starts_page)


def _at_top(flow: Flow) -> bool:
    return flow.y <= flow.area.top


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
    return ComposedRow(cells, row_height(cells, style, above), style, above, beside)


def _place_rows(
    flow: Flow, table: Table, head: ComposedRow, rows: Sequence[ComposedRow], widths: Sequence[Length]
) -> list[ComposedRow]:
    """Set rows down the pages, each whole; only one that no page could hold is cut. Give them as they were set."""
    area = flow.area
    flow.y = max(flow.y, area.top)
    placed = [_place(flow, table, head, widths, is_head=True)]
    full = area.height - head.height
    printed: list[ComposedRow] = []
    for row in rows:
        rest: ComposedRow | None = row
        while rest is not None:
            piece, rest = _fitting(rest, area.bottom - flow.y, flow.stylesheet.table.least_lines if row.height > full else None)
            if piece is not None:
                placed.append(_place(flow, table, piece, widths))
                printed.append(piece)
            if rest is not None:
                _close(flow, placed, widths)
                flow.new_page()
                flow.y = area.top
                placed = [_place(flow, table, head, widths, is_head=True, is_repeated=True)]
    _close(flow, placed, widths)
    return printed


def _fitting(
    row: ComposedRow, room: Length, least_lines: int | None
) -> tuple[ComposedRow | None, ComposedRow | None]:
    """Divide a row into what stands on this page and what goes to the next one; without `least_lines` it stays whole."""
    if row.height <= room:
        return row, None
    pieces = row.cut(room, least_lines) if least_lines is not None else None
    return pieces if pieces is not None else (None, row)


def _place(
    flow: Flow,
    table: Table,
    row: ComposedRow,
    widths: Sequence[Length],
    *,
    is_head: bool = False,
    is_repeated: bool = False,
) -> TableRow:
    beside = row.beside
    cells: list[tuple[Line, ...]] = []
    x = flow.left
    for column, lines, width in zip(table.columns, row.cells, widths, strict=True):
        align = Align.CENTRE if is_head else align_of(column, flow.stylesheet.table)
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
