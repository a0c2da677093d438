"""Close a sheet that was read: what stands outside its rows is left off, and the limits are held against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from docgen.intake.limits import Allowance
from docgen.intake.sheets import Merge, RawSheet, Row


def closed(
    empty: RawSheet,
    rows: list[Row],
    merges: Collection[Merge],
    hidden: Collection[int],
    texts: Iterable[str],
    allowance: Allowance,
) -> RawSheet:
    """Give `empty` its rows to the last filled one, and the merged blocks and hidden rows among them.

    `texts` are all different texts that may stand in the rows. Raise `Unreadable` beyond the limits.
    """
    while rows and not rows[-1]:
        rows.pop()
    allowance.take_texts(rows, max(map(len, texts), default=0))
    within = tuple(merge for merge in merges if merge.first_row < len(rows))
    allowance.check_merges(within, rows)
    shown = frozenset(number for number in hidden if number <= len(rows) and rows[number - 1])
    return replace(empty, rows=rows, merges=within, hidden_rows=shown)


def trimmed(row: list[object]) -> Row:
    """Cut a row behind its last filled cell; `()` when it has none."""
    while row and row[-1] == "":
        row.pop()
    return row or ()
