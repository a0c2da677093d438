"""Find the header rows that stand again among the data: printed page heads, pasted blocks, 栏次. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, row_ranges, shown
from docgen.intake.header_words import Claim, Vocabulary, plain_header
from docgen.intake.headers import Header, column_letter
from docgen.intake.sheets import RawSheet, Row
from docgen.intake.totals import Numbered
from docgen.records import SheetSpec

_STEMS = "甲乙丙丁戊己庚辛"


def without_repeated_headers(
    spec: SheetSpec, piece: RawSheet, header: Header, rows: Sequence[Numbered]
) -> tuple[Sequence[Numbered], tuple[Problem, ...]]:
    """Leave out the rows that repeat the header, or a title above it, said once for a sheet.

    A header with its columns in another order or unit bars: the rows under it would be misread.
    """
    vocabulary = Vocabulary(spec.columns)
    key = header.columns.get(spec.columns[0].header, 0)
    known = {word for column in spec.columns for word in (column.header, *column.aliases)}
    known |= {str(content).strip() for row in piece.rows[header.first_row : header.row + 1] for content in row}
    known.discard("")
    heads = [_plain(row) for row in piece.rows[header.first_row : header.row + 1]]
    titles = [texts for row in piece.rows[: header.first_row] if (texts := _plain(row))]
    again: set[int] = set()
    moved: list[int] = []
    for at, (_, row) in enumerate(rows):
        content = row[key] if key < len(row) else ""
        suspects = row if content == "" else (content,)
        if any(isinstance(cell, str) and cell.strip() in known for cell in suspects):
            texts = _plain(row)
            claims = {place: claim for place, text in texts.items() if (claim := vocabulary.claim(text))}
            if texts in heads:
                again.add(at)
            elif len(claims) >= min(2, len(header.columns)) and 2 * len(claims) >= len(texts):
                (again.add if _is_same(header, claims) else moved.append)(at)
        elif at == 0 and _is_numbering(row):
            again.add(at)
    again |= _titles_above(rows, again, titles) if titles else set()
    problems = [_again(spec, piece, rows, again)] if again else []
    problems += (_moved(spec, piece, header, rows[at][0]) for at in moved)
    left_out = again.union(moved)
    kept = [row for at, row in enumerate(rows) if at not in left_out] if left_out else rows
    return kept, tuple(problems)


def _is_same(header: Header, claims: Mapping[int, Claim]) -> bool:
    return all(
        header.columns.get(claim.header) == at and claim.unit_fen in (None, header.units.get(claim.header))
        for at, claim in claims.items()
    )


def _plain(row: Row) -> dict[int, str]:
    return {at: text for at, content in enumerate(row) if (text := plain_header(content))}


def _is_numbering(row: Row) -> bool:
    """Tell a row that numbers its columns, 1, 2, 3 or 甲, 乙, 1, 2, as statistical tables do under the header."""
    texts = [re.sub(r"[()]|\.0$", "", text) for text in _plain(row).values()]
    stems = sum(text in _STEMS for text in texts)
    right = [*_STEMS[:stems], *(str(number) for number in range(1, len(texts) - stems + 1))]
    return len(texts) >= 3 and texts == right


def _titles_above(rows: Sequence[Numbered], again: set[int], titles: Sequence[dict[int, str]]) -> set[int]:
    """Give the rows right above a repeated header that repeat a title of the first one."""
    found: set[int] = set()
    for at in again:
        above = at - 1
        while above >= 0 and _plain(rows[above][1]) in titles:
            found.add(above)
            above -= 1
    return found


def _again(spec: SheetSpec, piece: RawSheet, rows: Sequence[Numbered], again: set[int]) -> Problem:
    number, row = rows[min(again)]
    at, text = next(iter(_plain(row).items()))
    return Problem(
        Code.HEADER_AGAIN,
        Severity.NOTICE,
        Place(piece.file, spec.name, number, cell=f"{column_letter(at)}{number}"),
        f"第 {row_ranges(rows[place][0] for place in again)}行重复了表头（“{shown(text, 20)}”等），没有读取",
        f"列名只有一次，其下每行是{spec.row_is}",
        "核对无误可不处理",
    )


def _moved(spec: SheetSpec, piece: RawSheet, header: Header, number: int) -> Problem:
    return Problem(
        Code.HEADER_MOVED,
        Severity.BARRING,
        Place(piece.file, spec.name, number, cell=f"A{number}"),
        f"第 {number} 行又是列名，列的次序或单位与第 {header.row + 1} 行的不同，其下各行会读错列",
        f"一张表的各行按同一行列名填写，如第 {header.row + 1} 行",
        "把这一段按表头的次序和单位重排，或另存为同名的工作表、CSV",
    )
