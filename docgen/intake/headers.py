"""Find the header of a sheet, of one row or up to three, and which column holds what. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, shown
from docgen.intake.header_units import unit_problems, units_of
from docgen.intake.header_words import Claim, Vocabulary, plain_header
from docgen.intake.sheets import RawSheet, Row
from docgen.records import Column

ROWS_SEARCHED = 20
"""A header may stand under title rows, but not begin further down than this."""
_COLUMNS_SEARCHED = 500
"""Nor further to the right."""
_DEEPEST = 3
"""Rows that one header may take: groups above groups above the columns' own names."""


@dataclass(frozen=True)
class Header:
    """The header of a sheet: its rows, and the column (from 0) of each canonical header that was found.

    `row` is its last row (from 0), `first_row` its first. `units` gives, for each column of money, how many 分 one
    unit of its cells is.
    """

    row: int
    first_row: int
    columns: Mapping[str, int]
    units: Mapping[str, int]


class _Candidate(NamedTuple):
    """Rows that may be the header, with what each of their columns says."""

    first_row: int
    depth: int
    parts: Mapping[int, tuple[str, ...]]
    claims: Mapping[int, Claim]


def column_letter(index: int) -> str:
    """Write a column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_header(sheet: RawSheet, columns: Sequence[Column]) -> tuple[Header | None, tuple[Problem, ...]]:
    """Find the rows that say the most of `columns`, and say what is missing, unused, meant or there twice.

    The header is None when no row says any; `missing-column` problems leave the column out of it.
    """
    found = _most_telling(sheet, columns)
    if found is None:
        return None, (_no_header(sheet, [column.header for column in columns]),)
    row = found.first_row + found.depth - 1
    positions, surplus, problems = _settled(sheet, row, found)
    extra = {at: _said(parts) for at, parts in found.parts.items() if at not in found.claims or at in surplus}
    absent = [column for column in columns if column.header not in positions]
    missing = [column.header for column in absent if column.required]
    problems += _missing_columns(sheet, row, missing, extra.values())
    problems += _extra_columns(sheet, row, extra, [column.header for column in absent], surplus)
    problems += _aliases(sheet, row, found, positions)
    above = [plain_header(cell) for cells in sheet.rows[: found.first_row] for cell in cells]
    claims = {header: found.claims[at] for header, at in positions.items()}
    units = units_of(columns, claims, above)
    places = {name: _place(sheet, row, at, name) for name, at in positions.items()}
    names = {header: _said(found.parts[at]) for header, at in positions.items()}
    problems += unit_problems(columns, claims, above, places, names)
    return Header(row, found.first_row, positions, units), tuple(problems)


def _most_telling(sheet: RawSheet, columns: Sequence[Column]) -> _Candidate | None:
    """Choose the rows with the most required columns, then columns, then units; few rows, and upper ones, first."""
    vocabulary = Vocabulary(columns)
    required = {column.header for column in columns if column.required}
    texts = _header_texts(sheet)
    best: tuple[tuple[int, int, int], _Candidate] | None = None
    for depth in range(1, _DEEPEST + 1):
        for first_row in range(min(ROWS_SEARCHED, len(texts) - depth + 1)):
            parts = _stacked(texts[first_row : first_row + depth])
            said = {at: vocabulary.claim_of(stack) for at, stack in parts.items()}
            claims = {at: claim for at, claim in said.items() if claim}
            hits = {claim.header for claim in claims.values()}
            with_unit = sum(claim.unit_fen is not None for claim in claims.values())
            score = (len(hits & required), len(hits), with_unit)
            if hits and (best is None or score > best[0]):
                best = score, _Candidate(first_row, depth, parts, claims)
    return best[1] if best else None


def _header_texts(sheet: RawSheet) -> list[list[str]]:
    """Give the plain texts of the rows where a header may stand; a merged cell's stands in all of its cells."""
    rows = [
        [plain_header(cell) for cell in row[:_COLUMNS_SEARCHED]]
        for row in sheet.rows[: ROWS_SEARCHED + _DEEPEST - 1]
    ]
    for merge in sheet.merges:
        if merge.first_row >= len(rows) or merge.first_column >= len(rows[merge.first_row]):
            continue
        text = rows[merge.first_row][merge.first_column]
        for row in rows[merge.first_row : merge.last_row + 1]:
            width = min(merge.last_column + 1, len(row)) - merge.first_column
            row[merge.first_column : merge.first_column + max(width, 0)] = [text] * max(width, 0)
    return rows


def _stacked(rows: Sequence[Sequence[str]]) -> dict[int, tuple[str, ...]]:
    """Give the texts above one another in each column, each once, the lowest last; empty columns are left out.

    Without merged cells (a CSV) a group's name stands only above its first column: it is that of the next ones too.
    """
    stacks: dict[int, tuple[str, ...]] = {}
    for at in range(max(map(len, rows))):
        own = [row[at] if at < len(row) else "" for row in rows]
        texts = [text for text in own if text]
        if len(rows) > 1 and own[-1] and not any(own[:-1]):
            texts = [*(_group(row, at) for row in rows[:-1]), own[-1]]
        if texts:
            stacks[at] = tuple(dict.fromkeys(text for text in texts if text))
    return stacks


def _group(row: Sequence[str], at: int) -> str:
    return next((text for text in reversed(row[: at + 1]) if text), "")


def _said(parts: Sequence[str]) -> str:
    """Write a header for a message, with its group where it says little by itself."""
    return shown("".join(parts[-2:]) if len(parts[-1]) < 2 else parts[-1])


def _place(sheet: RawSheet, row: int, at: int, name: str) -> Place:
    return Place(sheet.file, sheet.name, row + 1, name, f"{column_letter(at)}{row + 1}")


def _settled(
    sheet: RawSheet, row: int, found: _Candidate
) -> tuple[dict[str, int], dict[int, str], list[Problem]]:
    """Give each canonical header its one column; a column that is called so word for word comes first.

    Beside it, another that could mean the same is surplus (position → header); where none is, two of them bar.
    """
    claimed: dict[str, list[int]] = {}
    for at, claim in found.claims.items():
        claimed.setdefault(claim.header, []).append(at)
    positions: dict[str, int] = {}
    surplus: dict[int, str] = {}
    problems: list[Problem] = []
    for name, places in claimed.items():
        exact = [at for at in places if found.claims[at].is_exact]
        first, *others = exact or places
        positions[name] = first
        surplus |= {at: name for at in places if exact and at not in exact}
        texts = [_said(found.parts[at]) for at in (first, *others)]
        problems += (
            _column_twice(sheet, row, name, (first, texts[0]), (at, text), is_exact=bool(exact))
            for at, text in zip(others, texts[1:], strict=True)
        )
    return positions, surplus, problems


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


def _column_twice(
    sheet: RawSheet, row: int, name: str, first: tuple[int, str], second: tuple[int, str], *, is_exact: bool
) -> Problem:
    cells = [f"{column_letter(at)}{row + 1}" for at, _ in (first, second)]
    found = (
        f"列名“{name}”出现两次，{column_letter(first[0])} 列已是“{name}”"
        if is_exact
        else f"{cells[0]} 的“{first[1]}”和 {cells[1]} 的“{second[1]}”都可以是“{name}”，不能确定用哪一列"
    )
    return Problem(
        Code.COLUMN_TWICE,
        Severity.BARRING,
        _place(sheet, row, second[0], name),
        found,
        f"一个“{name}”列",
        "留下正确的一列，另一列改名或删去" if is_exact else f"把正确的一列改名为“{name}”，另一列就不再采用",
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
    sheet: RawSheet, row: int, extra: Mapping[int, str], absent: Sequence[str], surplus: Mapping[int, str]
) -> Iterator[Problem]:
    for at, text in extra.items():
        nearest = difflib.get_close_matches(text, absent, n=1, cutoff=0.6)
        own = surplus.get(at)
        yield Problem(
            Code.EXTRA_COLUMN,
            Severity.NOTICE,
            _place(sheet, row, at, text),
            f"“{text}”列没有用到" + (f"，已有“{own}”列" if own else ""),
            f"列名“{nearest[0]}”" if nearest else "规范的列名，如 " + "、".join(absent[:3] or ("保单号",)),
            f"若就是“{nearest[0]}”，改成这个列名" if nearest else "用不着可不处理",
        )


def _aliases(
    sheet: RawSheet, row: int, found: _Candidate, positions: Mapping[str, int]
) -> Iterator[Problem]:
    """Say once for each sheet which columns go by another name."""
    meant = {name: at for name, at in positions.items() if found.claims[at].is_alias}
    if meant:
        pairs = "，".join(f"“{_said(found.parts[at])}”按“{name}”" for name, at in meant.items())
        name, at = next(iter(meant.items()))
        yield Problem(
            Code.HEADER_ALIAS,
            Severity.NOTICE,
            _place(sheet, row, at, name),
            f"列名{pairs}采用",
            f"规范的列名，如 {name}",
            "核对无误可不处理；不是这个意思的，改掉列名",
        )


def is_blank_row(row: Row) -> bool:
    """Tell whether nothing but blanks stands in a row."""
    return not any(content != "" and (not isinstance(content, str) or content.strip()) for content in row)
