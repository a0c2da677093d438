"""Compose a table: column widths, exact row heights, whole rows on each page, the head repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.gongwen import CellKind, Table, TableColumn, cell_text
from docgen.layout.breaker import BrokenLine
from docgen.layout.flow import Flow
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Line, TableBlock, TableRow, TableShape
from docgen.layout.setting import Align, TextStyle, broken, set_line
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length, twips

_SLACK = twips(2)
"""Cells are broken a hair narrower than they are, so that no other reader needs a line more."""
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


def table_style(stylesheet: Stylesheet, role: str = "fangsong") -> TextStyle:
    """The type of a table's cells, its caption and its notes."""
    style = stylesheet.table
    return TextStyle(role, style.size, style.line_pitch, gap=style.size * stylesheet.grid.cjk_latin_gap)


def row_texts(table: Table) -> Iterator[tuple[str, ...]]:
    """Write every row of the table as it is printed, the 合计 row last."""
    kinds = [column.kind for column in table.columns]
    for row in (*table.rows, *((table.total,) if table.total else ())):
        yield tuple(cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True))


def place_table(flow: Flow, table: Table) -> TableShape:
    """Set a table with its caption and notes down the flow; give the shape it was composed to."""
    style = flow.stylesheet.table
    head_style = table_style(flow.stylesheet, "heiti")
    cell_style = table_style(flow.stylesheet)
    texts = list(row_texts(table))
    heads = tuple(column.header for column in table.columns)
    widths = _widths(flow, table, heads, texts)
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
    caption_room = cell_style.pitch + style.gap if table.caption else ZERO
    if flow.y + caption_room + head.height + first > flow.stylesheet.page.area_bottom and not _at_top(flow):
        flow.new_page()
    if table.caption:
        flow.set_paragraph(table.caption, head_style, "表题")
    _place_rows(flow, table, head, rows, widths)
    for note in table.notes:
        flow.set_paragraph(note, cell_style, "表注", align=Align.LEFT)
    flow.y += style.gap
    return TableShape(widths, (head.height, *(row.height for row in rows)))


def _at_top(flow: Flow) -> bool:
    return flow.y <= flow.stylesheet.page.top_white


def _widths(
    flow: Flow, table: Table, heads: Sequence[str], texts: Sequence[Sequence[str]]
) -> tuple[Length, ...]:
    """Share the 版心 among the columns, each at least as wide as its longest word or number, in whole twips."""
    style = table_style(flow.stylesheet)
    around = 2 * int(flow.stylesheet.table.padding) + 2 * int(_SLACK)
    least = []
    for place, head in enumerate(heads):
        column = [head, *(row[place] for row in texts)]
        words = {word for text in column for word in _latin_words(text)}
        widest = max((int(flow.metrics.width(word, style.role, style.size)) for word in words), default=0)
        least.append(max(widest, 2 * int(style.size)) + around)
    total = int(flow.width)
    shares = [column.width * total // sum(c.width for c in table.columns) for column in table.columns]
    if sum(least) >= total:
        final = [width * total // sum(least) for width in least]
    else:
        needed = [max(share, low) for share, low in zip(shares, least, strict=True)]
        spare = [width - low for width, low in zip(needed, least, strict=True)]
        excess = sum(needed) - total
        final = [
            width - (excess * part // sum(spare) if sum(spare) else 0)
            for width, part in zip(needed, spare, strict=True)
        ]
    whole = [twips(width // 635) for width in final]
    rest = twips(total // 635 - sum(width.twips for width in whole))
    widest_place = max(range(len(whole)), key=lambda place: whole[place])
    whole[widest_place] += rest
    return tuple(whole)


def _latin_words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
        elif word:
            yield word
            word = ""
    if word:
        yield word


def _compose(
    metrics: Metrics,
    texts: Sequence[str],
    widths: Sequence[Length],
    style: TextStyle,
    above: Length,
    beside: Length,
) -> ComposedRow:
    cells = tuple(
        tuple(broken(metrics, text, style, width - beside - beside - _SLACK))
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
