"""Find the header row of a sheet and which column holds what. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, shown
from docgen.intake.sheets import RawSheet, Row

ROWS_SEARCHED = 20
"""A header may stand under title rows, but not further down than this."""


@dataclass(frozen=True)
class Header:
    """The header row of a sheet (from 0) and the column (from 0) of each canonical header that was found."""

    row: int
    columns: Mapping[str, int]


def column_letter(index: int) -> str:
    """Write a column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain_header(content: object) -> str:
    """Give the form in which headers are compared: no blanks, half-width brackets, no * behind."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(content)))
    return text.rstrip("*").replace("(*)", "")


def find_header(
    sheet: RawSheet, headers: Sequence[str], required: Sequence[str]
) -> tuple[Header | None, tuple[Problem, ...]]:
    """Find the row that holds the most of `headers`, and say what is missing, unused or there twice.

    The header is None when no row holds any; `missing-column` problems leave the column out of it.
    """
    canonical = {plain_header(header): header for header in headers}
    rows = [[plain_header(content) for content in row] for row in sheet.rows[:ROWS_SEARCHED]]
    hits = [len(set(row) & canonical.keys()) for row in rows]
    if not any(hits):
        return None, (_no_header(sheet, headers),)
    index = hits.index(max(hits))
    columns: dict[str, int] = {}
    extra: dict[int, str] = {}
    problems: list[Problem] = []
    for position, text in enumerate(rows[index]):
        name = canonical.get(text)
        if name is None:
            if text:
                extra[position] = shown(sheet.rows[index][position])
        elif name in columns:
            problems.append(_column_twice(sheet, index, name, columns[name], position))
        else:
            columns[name] = position
    absent = [name for name in headers if name not in columns]
    problems += _missing_columns(sheet, index, [name for name in absent if name in required], extra.values())
    problems += _extra_columns(sheet, index, extra, absent)
    return Header(index, columns), tuple(problems)


def _no_header(sheet: RawSheet, headers: Sequence[str]) -> Problem:
    first = next((shown(cell) for row in sheet.rows for cell in row if str(cell).strip()), "")
    found = f"前 {ROWS_SEARCHED} 行里没有列名" + (
        f"，第一格有内容的是“{first}”" if first else "，工作表是空的"
    )
    return Problem(
        Code.NO_HEADER,
        Severity.BARRING,
        Place(sheet.file, sheet.name, 1, cell="A1"),
        found,
        f"一行列名：{'、'.join(headers)}",
        f"在“{sheet.name}”表数据的上一行补上列名",
    )


def _column_twice(sheet: RawSheet, row: int, name: str, first: int, second: int) -> Problem:
    place = Place(sheet.file, sheet.name, row + 1, name, f"{column_letter(second)}{row + 1}")
    return Problem(
        Code.COLUMN_TWICE,
        Severity.BARRING,
        place,
        f"列名“{name}”出现两次，{column_letter(first)} 列已是“{name}”",
        f"一个“{name}”列",
        "留下正确的一列，另一列改名或删去",
    )


def _missing_columns(
    sheet: RawSheet, row: int, names: Sequence[str], extra: Collection[str]
) -> Iterator[Problem]:
    for name in names:
        nearest = difflib.get_close_matches(name, extra, n=1, cutoff=0.4)
        found = f"缺少“{name}”列" + (f"，最接近的列名是“{nearest[0]}”" if nearest else "")
        yield Problem(
            Code.MISSING_COLUMN,
            Severity.BARRING,
            Place(sheet.file, sheet.name, row + 1, name, f"A{row + 1}"),
            found,
            f"列名“{name}”",
            f"把“{nearest[0]}”改成“{name}”" if nearest else f"补上“{name}”列并填写",
        )


def _extra_columns(
    sheet: RawSheet, row: int, extra: Mapping[int, str], absent: Sequence[str]
) -> Iterator[Problem]:
    for position, text in extra.items():
        nearest = difflib.get_close_matches(text, absent, n=1, cutoff=0.6)
        yield Problem(
            Code.EXTRA_COLUMN,
            Severity.NOTICE,
            Place(sheet.file, sheet.name, row + 1, text, f"{column_letter(position)}{row + 1}"),
            f"“{text}”列没有用到",
            f"列名“{nearest[0]}”" if nearest else "规范的列名，如 " + "、".join(absent[:3] or ("保单号",)),
            f"若就是“{nearest[0]}”，改成这个列名" if nearest else "用不着可不处理",
        )


def is_blank_row(row: Row) -> bool:
    """Tell whether nothing but blanks stands in a row."""
    return not any(content != "" and (not isinstance(content, str) or content.strip()) for content in row)
