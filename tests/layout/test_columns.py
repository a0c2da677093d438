"""Columns share the 版心 to the twip, keep figures whole and turn to small type when crowded."""

from __future__ import annotations

import pytest

from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.layout.columns import Columns, share_columns
from docgen.layout.table import row_texts
from docgen.units import mm
from tests.papers import PAPERS, STYLESHEET, metrics, table

TABLES = [
    block
    for paper in PAPERS.values()
    for annex in paper.annexes
    for block in annex.blocks
    if isinstance(block, Table)
]


def shared(block: Table) -> Columns:
    return share_columns(metrics(), STYLESHEET, block, list(row_texts(block)))


def texts(columns: int, text: str) -> Table:
    """A row of so many cells that all read alike."""
    heads = tuple(TableColumn(f"项目{number}", CellKind.TEXT, 6) for number in range(columns))
    return Table(heads, ((Cell(text),) * columns,))


@pytest.mark.parametrize("block", [*TABLES, *(texts(count, "说明文字" * 9) for count in range(1, 20))])
def test_widths_are_whole_twips_and_add_up_to_the_type_area(block: Table) -> None:
    widths = shared(block).widths

    assert sum(width.twips for width in widths) == STYLESHEET.page.area_width.twips == 8844
    assert all(int(width) == width.twips * 635 for width in widths)
    assert min(widths) > mm(5)


def test_a_column_that_says_more_is_wider() -> None:
    serial, _area, name, *_ = shared(table(20)).widths

    assert name > serial * 3


def test_an_empty_column_keeps_the_width_it_was_given() -> None:
    block = Table(
        (TableColumn("问题", CellKind.TEXT, 5), TableColumn("整改情况", CellKind.TEXT, 20)),
        ((Cell("未约定服务"), Cell(None)),),
    )
    narrow, wide = shared(block).widths

    assert wide > narrow * 2


def test_a_crowded_table_takes_the_small_type_and_an_easy_one_does_not() -> None:
    text = "说明文字较长，需要分作几行，再加一句"

    assert shared(texts(7, text)).is_small
    assert not shared(texts(3, text)).is_small


def test_a_table_without_rows_shares_its_width_by_its_heads() -> None:
    columns = shared(table(0))

    assert len(columns.widths) == 7
    assert not columns.is_small
