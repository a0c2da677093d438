"""The rows of a figure: named when somebody looks, equal to the rows that they name."""

from __future__ import annotations

import pandas as pd

from docgen.records import SourceRow, SourceRows

FRAME = pd.DataFrame({
    "_file": ["甲.xlsx", "甲.xlsx", "乙.csv"], "_sheet": ["保单"] * 3, "_row": [2, 3, 2], "保单号": list("ABC"),
})


def test_rows_are_named_in_order_with_plain_numbers() -> None:
    rows = SourceRows(FRAME)
    assert list(rows) == [SourceRow("甲.xlsx", "保单", 2), SourceRow("甲.xlsx", "保单", 3), SourceRow("乙.csv", "保单", 2)]
    assert [type(row.row) for row in rows] == [int] * 3


def test_rows_are_taken_by_place_and_by_slice() -> None:
    rows = SourceRows(FRAME)
    assert (len(rows), rows[2], list(rows[1:])) == (3, SourceRow("乙.csv", "保单", 2), list(rows)[1:])


def test_rows_equal_any_sequence_of_the_same_rows_and_no_other() -> None:
    rows = SourceRows(FRAME)
    assert rows == tuple(rows)
    assert hash(rows) == hash(tuple(rows))
    assert rows != tuple(rows)[:2]
    assert rows != SourceRows(FRAME.assign(_row=[2, 3, 4]))
