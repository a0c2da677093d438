"""Where the texts and rows of a composed paper stand: every piece on the page that shows it."""

from __future__ import annotations

import pytest

from docgen.gongwen import Annex, Cell, CellKind, Document, Paragraph, Table, TableColumn
from docgen.layout import PlacedTable, page_of, where_it_stands
from docgen.layout.table import row_texts
from tests.papers import FINDINGS, PAPERS, bare, composed, lines_of_hanzi, page_words, paper, table

EVERY = pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS)


@EVERY
def test_every_paragraph_is_found_once_and_in_order(document: Document) -> None:
    found = where_it_stands(document, composed(document)).texts
    of_annexes = [block for annex in document.annexes for block in annex.blocks if isinstance(block, Paragraph)]

    assert [text.paragraph for text in found if text.paragraph] == [*document.body, *of_annexes]
    assert [text.text for text in found if text.paragraph] == [text.paragraph.text for text in found if text.paragraph]


@EVERY
def test_every_piece_of_a_text_is_shown_by_its_page(document: Document) -> None:
    pages = composed(document)
    for text in where_it_stands(document, pages).texts:
        ends = [first for _, first in text.starts[1:]] + [len(text.text)]
        for (page, first), end in zip(text.starts, ends, strict=True):
            assert bare(text.text[first:end])
            assert bare(text.text[first:end]) in page_words(pages.pages[page - 1])


@EVERY
def test_every_row_is_shown_by_its_page(document: Document) -> None:
    pages = composed(document)
    placed = where_it_stands(document, pages).tables
    for one in placed:
        for at, row in enumerate(row_texts(one.table)):
            assert bare("".join(row)) in page_words(pages.pages[page_of(one.starts, at) - 1])
    assert [(one.annex, one.table) for one in placed] == [
        (place, block)
        for place, annex in enumerate(document.annexes)
        for block in annex.blocks
        if isinstance(block, Table)
    ]


def test_a_paragraph_over_three_pages_says_where_each_page_begins() -> None:
    document = paper(lines_of_hanzi(40))
    (body,) = [text for text in where_it_stands(document, composed(document)).texts if text.paragraph]

    assert [page for page, _ in body.starts] == [1, 2, 3]
    (_, first), (_, second), (_, third) = body.starts
    assert first == 0
    assert third - second == 22 * 28
    assert page_of(body.starts, second - 1) == 1
    assert page_of(body.starts, second) == 2


def test_a_row_longer_than_a_page_stands_where_it_begins_and_the_next_one_behind_it() -> None:
    columns = (TableColumn("编号", CellKind.ID, 4), TableColumn("说明", CellKind.TEXT, 10))
    long = Table(columns, ((Cell("甲"), Cell(FINDINGS * 30)), (Cell("乙"), Cell("短"))))
    document = paper("见附件。", annexes=(Annex(None, "清单", (long,)),))
    (placed,) = where_it_stands(document, composed(document)).tables

    (first, row), (last, next_row) = placed.starts
    assert (row, next_row) == (0, 1)
    assert last - first >= 2
    assert [page_of(placed.starts, at) for at in (0, 1)] == [first, last]


def test_a_table_without_rows_is_no_hindrance_to_the_next_one() -> None:
    document = paper("见附件。", annexes=(Annex(None, "清单", (table(0), table(2))),))
    empty, full = where_it_stands(document, composed(document)).tables

    assert isinstance(empty, PlacedTable)
    assert (empty.table.rows, len(full.table.rows)) == ((), 2)
    assert full.starts[0][1] == 0
