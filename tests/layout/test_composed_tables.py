"""Tables on pages: whole rows, repeated heads, exact heights; a cell that no page holds loses nothing."""

from __future__ import annotations

import pytest

from docgen.gongwen import Annex, Cell, CellKind, Document, Table, TableColumn
from docgen.layout.pages import TableBlock, TextBlock
from docgen.units import Length, mm
from tests.papers import PAPERS, STYLESHEET, composed, page_words, paper, table, tables

PAGE = STYLESHEET.page
IN_A_POINT = Length(12700)


def with_table(*blocks: Table) -> Document:
    return paper("正文。", annexes=(Annex(None, "清单", blocks),))


def cell_texts(block: TableBlock, column: int) -> list[str]:
    """What stands in one column, heads left out."""
    return ["".join(line.text for line in row.cells[column]) for row in block.rows if not row.is_head]


def long_table() -> list[TableBlock]:
    return [block for _, block in tables(composed(with_table(table(90))))]


def test_every_row_stands_once_and_in_order() -> None:
    serials = [text for block in long_table() for text in cell_texts(block, 0)]

    assert serials == [str(number) for number in range(1, 91)]


def test_heads_are_repeated_on_every_page_and_marked_as_repeated() -> None:
    pieces = long_table()

    assert len(pieces) > 2
    assert [piece.rows[0].is_repeated for piece in pieces] == [False] + [True] * (len(pieces) - 1)
    assert {"".join(line.text for line in piece.rows[0].cells[0]) for piece in pieces} == {"序号"}
    assert all(piece.rows[0].is_head and not any(row.is_head for row in piece.rows[1:]) for piece in pieces)


@pytest.mark.parametrize("name", PAPERS)
def test_rows_follow_one_another_and_stay_within_the_type_area(name: str) -> None:
    pages = composed(PAPERS[name])
    for number, block in tables(pages):
        area = PAGE.area(is_turned=pages.pages[number - 1].is_turned)
        for row, following in zip(block.rows, block.rows[1:], strict=False):
            assert row.top + row.height == following.top
        assert block.rows[0].top >= area.top
        assert block.rows[-1].top + block.rows[-1].height <= area.bottom
        assert (block.edges[0], block.edges[-1].mm) == (area.left, pytest.approx((area.left + area.width).mm, abs=0.02))


@pytest.mark.parametrize("name", PAPERS)
def test_every_line_of_a_cell_stands_inside_it(name: str) -> None:
    for _, block in tables(composed(PAPERS[name])):
        for row in block.rows:
            for left, right, lines in zip(block.edges, block.edges[1:], row.cells, strict=False):
                for line in (line for line in lines if line.runs):
                    assert row.top < line.baseline - line.runs[0].size * 0.8
                    assert line.baseline + line.runs[0].size * 0.1 < row.top + row.height
                    assert left + mm("0.9") <= line.runs[0].x
                    assert line.runs[-1].x + line.runs[-1].width <= right - mm("0.9")


@pytest.mark.parametrize("name", PAPERS)
def test_the_shape_names_the_height_of_every_row_in_whole_twips(name: str) -> None:
    pages = composed(PAPERS[name])
    heights = [row.height for _, block in tables(pages) for row in block.rows if not row.is_repeated]

    shapes = pages.shapes.tables.values()
    assert heights == [
        height for shape in shapes for height in (shape.head_height, *(row.height for row in shape.rows))
    ]
    assert all(int(height) == height.twips * 635 for height in heights)


@pytest.mark.parametrize("name", PAPERS)
def test_no_policy_number_and_no_amount_is_split(name: str) -> None:
    for _, block in tables(composed(PAPERS[name])):
        for row in block.rows:
            for cell in row.cells:
                whole = "".join(line.text for line in cell)
                if whole.isascii() and whole.isalnum():
                    assert len(cell) == 1


def test_a_row_that_does_not_fit_moves_to_the_next_page_whole() -> None:
    low, high = Cell("短"), Cell("一段很长的说明。" * 130)
    block = Table((TableColumn("说明", CellKind.TEXT, 10),), ((high,), (high,), (low,), (high,)))
    pieces = [piece for _, piece in tables(composed(with_table(block)))]

    assert [[len(text) for text in cell_texts(piece, 0)] for piece in pieces] == [[1040], [1040, 1, 1040]]


def test_a_cell_that_no_page_holds_is_cut_between_lines_and_loses_nothing() -> None:
    text = "".join(f"第{number}句说明，内容较长。" for number in range(500))[:5000]
    columns = (TableColumn("情况说明", CellKind.TEXT, 10), TableColumn("编号", CellKind.ID, 4))
    pages = composed(with_table(Table(columns, ((Cell(text), Cell("W-001")), (Cell("其后"), Cell("W-002"))))))
    pieces = [piece for _, piece in tables(pages)]

    assert len(pieces) > 1
    assert "".join(cell for piece in pieces for cell in cell_texts(piece, 0)) == text + "其后"
    assert all(piece.rows[-1].top + piece.rows[-1].height <= PAGE.area_bottom for piece in pieces)


def test_a_table_without_rows_still_shows_its_head() -> None:
    ((_, block),) = tables(composed(with_table(table(0))))

    assert [row.is_head for row in block.rows] == [True]


@pytest.mark.parametrize("before", range(28, 36))
def test_a_caption_and_the_head_stay_with_the_first_row(before: int) -> None:
    pages = composed(with_table(table(before), table(3, caption="表二")))

    for page in pages.pages:
        for place, block in enumerate(page.blocks):
            if isinstance(block, TextBlock) and block.element == "表题":
                below = page.blocks[place + 1]
                assert isinstance(below, TableBlock)
                assert len(below.rows) >= 2


@pytest.mark.parametrize("before", range(24, 36))
def test_captions_and_notes_stay_within_the_type_area(before: int) -> None:
    notes = tuple(f"第{number}条说明。" for number in range(12))
    for page in composed(with_table(table(before, notes=notes), table(2, caption="表二"))).pages:
        for block in page.blocks:
            if isinstance(block, TextBlock) and block.element in ("表题", "表注"):
                assert block.lines[0].baseline - block.lines[0].runs[0].size * 0.88 >= PAGE.top_white
                assert block.lines[-1].baseline + block.lines[0].runs[0].size * 0.12 <= PAGE.area_bottom


def test_the_total_is_the_last_row_and_set_like_a_head() -> None:
    block = table(3, total=(Cell("合计"), *[Cell(None)] * 6))
    ((_, set_table),) = tables(composed(with_table(block)))

    assert cell_texts(set_table, 0)[-1] == "合计"
    assert set_table.rows[-1].cells[0][0].runs[0].face == "heiti"
    assert set_table.rows[-2].cells[0][0].runs[0].face == "fangsong"


def test_doubt_is_marked_on_paper() -> None:
    assert "未续保【待核】" in page_words(composed(with_table(table(3))).pages[1])


def test_a_row_that_no_page_holds_begins_under_its_head_and_is_cut_between_lines() -> None:
    long = Table((TableColumn("情况", CellKind.TEXT, 20),), ((Cell("该保单存在问题。" * 900),),))
    pages = composed(paper("正文。", annexes=(Annex(None, "清单", (long,)),)))
    pieces = tables(pages)

    assert [number for number, _ in pieces] == list(range(pieces[0][0], pieces[-1][0] + 1))
    assert pieces[0][1].rows[-1].top + pieces[0][1].rows[-1].height > PAGE.area_bottom - mm(15)
    assert "".join(text for row in pages.shapes.tables[0, 0].rows for text in row.texts) == "该保单存在问题。" * 900
