"""Columns share the 版心 to the twip, keep figures whole and turn to small type when crowded."""

from __future__ import annotations

import pytest

from docgen.gongwen import Annex, Cell, CellKind, Table, TableColumn
from docgen.layout.columns import Columns, has_to_turn, share_columns
from docgen.layout.table import row_texts
from docgen.units import Length, mm
from tests.papers import PAPERS, STYLESHEET, composed, metrics, paper, table, tables

TABLES = [
    block
    for paper in PAPERS.values()
    for annex in paper.annexes
    for block in annex.blocks
    if isinstance(block, Table)
]


UPRIGHT, TURNED = STYLESHEET.page.area_width, STYLESHEET.page.area_height


def shared(block: Table, width: Length = UPRIGHT) -> Columns:
    return share_columns(metrics(), STYLESHEET, block, list(row_texts(block)), width)


def turns(block: Table) -> bool:
    return has_to_turn(metrics(), STYLESHEET, block, list(row_texts(block)))


def texts(columns: int, text: str) -> Table:
    """A row of so many cells that all read alike."""
    heads = tuple(TableColumn(f"项目{number}", CellKind.TEXT, 6) for number in range(columns))
    return Table(heads, ((Cell(text),) * columns,))


@pytest.mark.parametrize(("width", "total"), [(UPRIGHT, 8844), (TURNED, 12755)])
@pytest.mark.parametrize("block", [*TABLES, *(texts(count, "说明文字" * 9) for count in range(1, 20))])
def test_widths_are_whole_twips_and_add_up_to_the_type_area(block: Table, width: Length, total: int) -> None:
    widths = shared(block, width).widths

    assert sum(width.twips for width in widths) == total == width.twips
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


def test_a_table_that_takes_four_lines_a_cell_keeps_the_full_type_and_one_that_takes_five_takes_the_small() -> None:
    four, five = texts(7, "字" * 17), texts(7, "字" * 18)

    assert (shared(four).lines, shared(four).is_small, turns(four)) == (4, False, False)
    assert (shared(five).lines, shared(five).is_small, turns(five)) == (4, True, False)


def test_a_table_that_takes_six_lines_a_cell_in_the_small_type_stays_upright_and_one_that_takes_seven_turns() -> None:
    six, seven = texts(7, "字" * 34), texts(7, "字" * 35)

    assert (shared(six).lines, shared(six).is_small, turns(six)) == (6, True, False)
    assert (shared(seven).lines, shared(seven).is_small, turns(seven)) == (7, True, True)
    assert (shared(seven, TURNED).lines, shared(seven, TURNED).is_small) == (4, True)


def test_a_table_that_is_no_easier_turned_stays_upright() -> None:
    long = texts(2, "说明文字较长，需要分作几行。" * 40)

    assert shared(long, TURNED).lines > STYLESHEET.table.easy_lines
    assert not turns(long)


def test_columns_that_have_no_room_upright_turn_the_table_however_long_its_cells_are() -> None:
    crowd = texts(30, "说明文字较长，需要分作几行。" * 9)

    assert not shared(crowd).has_room
    assert turns(crowd)


def test_an_empty_column_that_is_not_as_wide_as_it_was_given_turns_the_table() -> None:
    def form(width: int) -> Table:
        heads = [TableColumn(head, CellKind.TEXT, width) for head in ("整改措施", "整改结果", "异议理由")]
        return Table((TableColumn("问题", CellKind.TEXT, 5), *heads), ((Cell("未约定服务"), *[Cell(None)] * 3),))

    assert not turns(form(14))
    assert turns(form(15))


def test_a_table_without_rows_has_nothing_to_be_filled_in_and_stays_upright() -> None:
    assert not turns(table(0))


def test_figures_stay_whole_in_a_table_of_25_industries() -> None:
    heads = [TableColumn(f"第{number}类重点企业", CellKind.INTEGER, 4) for number in range(25)]
    row = (Cell("苏州高新区（虎丘区）"), *[Cell(593)] * 25, Cell(2649), Cell(259312))
    block = Table(
        (TableColumn("属地", CellKind.TEXT, 6), *heads, TableColumn("合计", CellKind.INTEGER, 4),
         TableColumn("投保人数", CellKind.INTEGER, 5)), (row,)
    )  # fmt: skip
    pages = composed(paper("正文。", annexes=(Annex(None, "一览表", (block,)),)))
    ((_, piece),) = tables(pages)

    assert pages.pages[1].is_turned
    assert [len(lines) for lines in piece.rows[1].cells[1:]] == [1] * 27
