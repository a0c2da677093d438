"""Share the content of a cell merged over several rows among them, where it may be shared. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, row_ranges, shown
from docgen.intake.headers import Header, column_letter
from docgen.intake.sheets import Merge, RawSheet
from docgen.intake.totals import Numbered
from docgen.records import Column, Kind, SheetSpec

_AMOUNTS = (Kind.COUNT, Kind.MONEY, Kind.SHARE)
_OWN = (("保险公司", "简称"), ("保险公司", "全称"), ("问题", "问题编号"), ("服务费用核查", "服务记录编号"))
"""Columns of which each row has its own content: a row without it lacks it."""


def share_merged(
    spec: SheetSpec, piece: RawSheet, header: Header, rows: Sequence[Numbered]
) -> tuple[Sequence[Numbered], tuple[Problem, ...]]:
    """Write the content of cells merged downwards into all their rows that hold data; said once for a column.

    An amount may be that of each row or of all together, and an id of its own is no other row's: these stay with the
    first row and are doubtful.
    """
    downward = [
        merge for merge in piece.merges if merge.first_row < merge.last_row and merge.last_row > header.row
    ]
    if not downward or not rows:
        return rows, ()
    shared = {number: list(row) for number, row in rows}
    problems: list[Problem] = []
    for column in spec.columns:
        at = header.columns.get(column.header)
        blocks = [] if at is None else list(_blocks(downward, at, header, shared.keys(), rows[-1][0]))
        if at is None or not blocks:
            continue
        if column.kind in _AMOUNTS or (spec.name, column.header) in _OWN:
            filled = [block for block in blocks if _cell(shared[block[0]], at) != ""]
            problems += (_apart(spec, piece, column, at, block, shared[block[0]][at]) for block in filled)
            continue
        for first, *others in blocks:
            for number in others:
                row = shared[number]
                row.extend([""] * (at + 1 - len(row)))
                row[at] = _cell(shared[first], at)
        problems.append(_shared(spec, piece, column, at, blocks))
    return [(number, shared[number]) for number, _ in rows], tuple(problems)


def _cell(row: Sequence[object], at: int) -> object:
    return row[at] if at < len(row) else ""


def _blocks(
    merges: Sequence[Merge], at: int, header: Header, numbers: Collection[int], last_number: int
) -> Iterator[list[int]]:
    """Yield the numbers of the data rows of each block merged in a column; each row is in one block only."""
    end = header.row + 1
    for merge in sorted(merge for merge in merges if merge.first_column == at):
        start = max(merge.first_row + 1, end + 1)
        end = max(end, merge.last_row + 1)
        rows = range(start, min(merge.last_row + 1, last_number) + 1)
        inside = [number for number in rows if number in numbers]
        if len(inside) > 1 and inside[0] == merge.first_row + 1:
            yield inside


def _shared(spec: SheetSpec, piece: RawSheet, column: Column, at: int, blocks: Sequence[list[int]]) -> Problem:
    number = blocks[0][0]
    return Problem(
        Code.MERGED_CELLS,
        Severity.NOTICE,
        Place(piece.file, spec.name, number, column.header, f"{column_letter(at)}{number}"),
        f"“{column.header}”列第 {row_ranges(number for block in blocks for number in block)}行有纵向合并的单元格，"
        "内容算作所跨各行的",
        "每行各填一格",
        "核对无误可不处理",
    )


def _apart(
    spec: SheetSpec, piece: RawSheet, column: Column, at: int, block: Sequence[int], content: object
) -> Problem:
    letter = column_letter(at)
    is_amount = column.kind in _AMOUNTS
    return Problem(
        Code.MERGED_APART,
        Severity.DOUBTFUL,
        Place(piece.file, spec.name, block[0], column.header, f"{letter}{block[0]}"),
        f"{letter}{block[0]} 到 {letter}{block[-1]} 合并成一格，写的是“{shown(content)}”，"
        + ("不能确定是每行的数还是几行合计，只记在第一行" if is_amount else "只算作第一行的"),
        f"每行各填一格自己的{column.header}",
        "取消合并，各行分别填写",
    )
